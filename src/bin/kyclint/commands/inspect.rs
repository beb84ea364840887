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
use kyclint::record::Row;
use kyclint::record::columns;
use kyclint::record::to_json;
use kyclint::report::Overlay;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::verdict::Finding;
use kyclint::verdict::Grade;
use kyclint::verdict::Verdict;
use serde_json::json;

use super::overlay::Target;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Explain one photo in words.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint inspect photos/passport/0001.jpg
  kyclint inspect scan.png --type id_card_back --json
  kyclint inspect scan.png --overlay found.png")]
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
    #[command(flatten)]
    settings: SettingsArgs,
}

pub fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let settings = args.settings.load()?;
    let mut entry = Entry::found(args.photo.clone(), args.photo.clone());
    entry.document_type = args.document_type.or(entry.document_type);
    if let Some(target) = &args.overlay {
        target.spare(&args.photo)?;
    }
    let draw = |scene: &Scene, row: &Row| {
        let findings = || row.judgement(&settings.policy).findings;
        args.overlay.as_ref().map(|target| (target, Overlay::draw(scene, row, &findings())))
    };
    let (row, drawn) = audit::assess_showing(&entry.path, entry.source(&PathStyle::Given), &settings, draw);
    tell(args, &row, &settings)?;
    if let Some((target, overlay)) = drawn.flatten() {
        target.write(&overlay)?;
    }
    Ok(if row.error.is_some() { Exit::Failure } else { Exit::Clean })
}

fn tell(args: &InspectArgs, row: &Row, settings: &Settings) -> anyhow::Result<()> {
    let findings = row.judgement(&settings.policy).findings;
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &as_json(row, &findings))?;
        writeln!(out)?;
    } else {
        in_words(&mut out, row, &findings, settings)?;
    }
    Ok(())
}

fn as_json(row: &Row, findings: &[Finding]) -> serde_json::Value {
    let mut object = to_json(row, &columns(&[]));
    let findings = findings.iter().map(|finding| {
        let at = REGISTRY.iter().position(|check| check.id == finding.check.id);
        json!({
            "check": finding.check.id,
            "number": finding.number,
            "unit": finding.check.unit,
            "grade": finding.grade.id(),
            "category": finding.fault.category.id(),
            "message": finding.fault.message,
            "advice": finding.fault.advice,
            "evidence": at.map(|at| &row.evidence[at]),
        })
    });
    object.insert("findings".to_owned(), findings.collect());
    object.into()
}

fn in_words(out: &mut impl Write, row: &Row, findings: &[Finding], settings: &Settings) -> std::io::Result<()> {
    let bold = Style::new().bold();
    let verdict = colour(row.verdict);
    writeln!(out, "{bold}{}{bold:#}: {verdict}{}{verdict:#}", row.source.path, row.verdict)?;
    if let Some(error) = &row.error {
        return writeln!(out, "  {error}");
    }
    let (width, height) = row.facts.size.unwrap_or_default();
    let kind = row.source.document_type.map_or("document type unknown", DocumentType::id);
    let format = row.facts.format.map_or("", |format| format.id());
    writeln!(out, "  {kind}, {width} x {height}, {format}, {} bytes", row.facts.bytes)?;
    for finding in findings {
        let fault = finding.fault;
        writeln!(out, "\n  {}: {bold}{}{bold:#}, {}", finding.grade.id(), fault.category, fault.message)?;
        writeln!(out, "    {} = {} ({}; {})", finding.check.id, finding.number, finding.check.unit, finding.band)?;
        writeln!(out, "    {}", fault.advice)?;
    }
    writeln!(out)?;
    for (index, check) in REGISTRY.iter().enumerate() {
        let limits = settings.policy.band(index, row.source.document_type);
        match (row.outcomes[index], row.grades[index]) {
            (Some(Ok(number)), Some(grade)) => {
                writeln!(out, "  {:22} {number:<12} {:8} {limits}", check.id, grade.id())?;
            }
            (Some(Err(reason)), _) => writeln!(out, "  {:22} {}: {reason}", check.id, Grade::NotAssessed.id())?,
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
