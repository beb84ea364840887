use std::io::Write;
use std::path::PathBuf;

use anstyle::AnsiColor;
use anstyle::Style;
use clap::Args;
use clap::builder::PathBufValueParser;
use clap::builder::TypedValueParser;
use kyclint::audit;
use kyclint::audit::Entry;
use kyclint::audit::PathStyle;
use kyclint::checks::REGISTRY;
use kyclint::config::Settings;
use kyclint::identity::Format;
use kyclint::identity::Reading;
use kyclint::record::Row;
use kyclint::record::columns;
use kyclint::record::to_json;
use kyclint::report::Overlay;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::verdict::Finding;
use kyclint::verdict::Grade;
use kyclint::verdict::Verdict;
use kyclint::words::Language;
use serde_json::json;

use super::NAME;
use super::overlay::Target;
use super::spoken::Spoken;
use crate::args::AsOfArgs;
use crate::args::LangArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Explain one photo in words.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint inspect photos/passport/0001.jpg
  kyclint inspect scan.png --type id_card_back --json
  kyclint inspect scan.png --overlay found.png
  kyclint inspect passport.jpg --reveal
  kyclint inspect selfie.jpg --lang ja")]
pub struct InspectArgs {
    /// The photo
    photo: PathBuf,
    /// Document type of the photo; else it follows from folder and file name
    #[arg(long = "type", value_name = "TYPE")]
    document_type: Option<DocumentType>,
    /// Print the row of the report, with findings and evidence, as JSON
    #[arg(long)]
    json: bool,
    /// Draw the photo with the document's corners, the findings and the verdict on it; .png or .jpg
    ///
    /// The picture shows the document itself, nothing made unreadable: keep it as you keep the photo. Only its owner can
    /// read the file.
    #[arg(long, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(Target::new))]
    overlay: Option<Target>,
    /// Print the machine-readable lines in full: names, numbers, dates of birth. Without it they are masked
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    lang: LangArgs,
    #[command(flatten)]
    as_of: AsOfArgs,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// The machine-readable zone as it may be shown: masked, or in full where the person at the terminal asks for it.
struct Zone {
    format: Format,
    lines: Vec<String>,
    /// Whether they hold and no character is unsure: names bear no check digit.
    check_digits_hold: bool,
}

impl Zone {
    fn of(reading: &Reading, reveal: bool) -> Self {
        let lines = if reveal { reading.reveal().into_iter().map(str::to_owned).collect() } else { reading.masked() };
        Self { format: reading.format(), lines, check_digits_hold: reading.is_verified() }
    }
}

pub fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let settings = Settings { as_of: Some(args.as_of.day()), ..args.settings.load()? };
    let mut entry = Entry::found(args.photo.clone(), args.photo.clone());
    entry.document_type = args.document_type.or(entry.document_type);
    if let Some(target) = &args.overlay {
        target.spare(&args.photo)?;
    }
    let show = |scene: &Scene, row: &Row| {
        let findings = || row.judgement(&settings.policy).findings;
        let drawn = args.overlay.as_ref().map(|target| (target, Overlay::draw(scene, row, &findings())));
        (scene.mrz().map(|mrz| Zone::of(&mrz.reading, args.reveal)), drawn)
    };
    let (row, shown) = audit::assess_showing(&entry.path, entry.source(&PathStyle::Given), &settings, show);
    let (zone, drawn) = shown.unwrap_or_default();
    tell(args, &row, zone.as_ref(), &settings)?;
    if let Some((target, overlay)) = drawn {
        target.write(&overlay)?;
    }
    Ok(if row.error.is_some() { Exit::Failure } else { Exit::Clean })
}

fn tell(args: &InspectArgs, row: &Row, zone: Option<&Zone>, settings: &Settings) -> anyhow::Result<()> {
    let findings = row.judgement(&settings.policy).findings;
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &as_json(row, &findings, zone.filter(|_| args.reveal), args.lang.lang))?;
        writeln!(out)?;
    } else {
        let spoken = Spoken(args.lang.lang.unwrap_or_default());
        in_words(&mut out, row, &findings, zone, settings, spoken)?;
    }
    Ok(())
}

fn as_json(row: &Row, findings: &[Finding], zone: Option<&Zone>, lang: Option<Language>) -> serde_json::Value {
    let spoken = Spoken(lang.unwrap_or_default());
    let mut object = to_json(row, &columns(&[]));
    let findings = findings.iter().map(|finding| {
        let at = REGISTRY.iter().position(|check| check.id == finding.check.id);
        let mut said = json!({
            "check": finding.check.id,
            "number": finding.number,
            "unit": finding.check.unit,
            "grade": finding.grade.id(),
            "category": finding.fault.category.id(),
            "message": finding.fault.message,
            "advice": spoken.advice(finding),
            "evidence": at.map(|at| &row.evidence[at]),
        });
        if let Some(language) = lang {
            said["category_name"] = language.category(finding.fault.category).name.as_str().into();
        }
        said
    });
    object.insert("findings".to_owned(), findings.collect());
    if let Some(Zone { format, lines, check_digits_hold }) = zone {
        let zone = json!({"lines": lines, "format": format.id(), "check_digits_hold": check_digits_hold});
        object.insert("mrz".to_owned(), zone);
    }
    object.into()
}

fn in_words(
    out: &mut impl Write,
    row: &Row,
    findings: &[Finding],
    zone: Option<&Zone>,
    settings: &Settings,
    spoken: Spoken,
) -> std::io::Result<()> {
    let bold = Style::new().bold();
    let verdict = colour(row.verdict);
    writeln!(out, "{bold}{}{bold:#}: {verdict}{}{verdict:#}", row.source.path, spoken.verdict(row.verdict))?;
    if let Some(error) = &row.error {
        writeln!(out, "  {error}")?;
        return spoken.advice_on_error().map_or(Ok(()), |advice| writeln!(out, "  {advice}"));
    }
    let (width, height) = row.facts.size.unwrap_or_default();
    let kind = match (row.source.document_type, row.detected_type) {
        (Some(declared), _) => declared.id().to_owned(),
        (None, Some(detected)) => format!("{} (detected)", detected.id()),
        (None, None) => "document type unknown".to_owned(),
    };
    let format = row.facts.format.map_or("", |format| format.id());
    writeln!(out, "  {kind}, {width} x {height}, {format}, {} bytes", row.facts.bytes)?;
    if let Some(Zone { format, lines, check_digits_hold }) = zone {
        let digits = if *check_digits_hold { "hold" } else { "do not all hold, or a character is unsure" };
        writeln!(out, "  machine-readable zone {}, its check digits {digits}", format.id())?;
        for line in lines {
            writeln!(out, "    {line}")?;
        }
    }
    for (at, finding) in findings.iter().enumerate() {
        let category = spoken.category(finding.fault.category);
        writeln!(out, "\n  {}: {bold}{category}{bold:#}{}", spoken.grade(finding.grade), spoken.message(finding))?;
        writeln!(out, "    {} = {} ({}; {})", finding.check.id, finding.number, finding.check.unit, finding.band)?;
        if let Some(advice) = spoken.new_advice(finding, &findings[..at]) {
            writeln!(out, "    {advice}")?;
        }
    }
    writeln!(out)?;
    for (index, check) in REGISTRY.iter().enumerate() {
        let limits = settings.policy.band(index, row.document_type());
        match (row.outcomes[index], row.grades[index]) {
            (Some(Ok(number)), Some(grade)) => {
                writeln!(out, "  {:NAME$} {number:<12} {} {limits}", check.id, spoken.padded_grade(grade))?;
            }
            (Some(Err(reason)), _) => {
                writeln!(out, "  {:NAME$} {}: {reason}", check.id, spoken.grade(Grade::NotAssessed))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn colour(verdict: Verdict) -> Style {
    let colour = match verdict {
        Verdict::Accept => AnsiColor::Green,
        Verdict::Review => AnsiColor::Yellow,
        Verdict::Reject | Verdict::Error => AnsiColor::Red,
    };
    colour.on_default().bold()
}
