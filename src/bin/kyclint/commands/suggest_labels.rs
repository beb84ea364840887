use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::decode;
use kyclint::record::unescape_path;
use kyclint::report::Folder;
use kyclint::report::thumbnail;
use kyclint::scene::DocumentType;
use kyclint::tune::Alias;
use kyclint::tune::Cases;
use kyclint::tune::SheetPhoto;
use kyclint::tune::Suggestion;
use kyclint::tune::contact_sheet;
use kyclint::tune::suggest;

use super::labelled::read_labels;
use super::recorded::Opened;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Longest side of a picture on the contact sheet, pixels.
const LONGEST: u32 = 360;

/// Name the photos whose labels would help most.
///
/// Those with numbers near limits or with checks that disagree, spread over categories and types, at most one a submission. Writes
/// `to_label.csv`, whose column `labels` is to be filled in (categories joined by `;`, or `ok`) and which `evaluate` and `tune` then read, and
/// `to_label.html` with the pictures.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint suggest-labels report/report.parquet --count 200 --out labelling
  kyclint suggest-labels report/report.parquet --labels labels.csv --photos inbox --out labelling")]
pub struct SuggestLabelsArgs {
    /// A folder, report.parquet or report.csv that `kyclint audit` wrote
    report: PathBuf,
    /// Photos to name
    #[arg(long, short = 'n', default_value_t = 200, value_name = "N")]
    count: usize,
    /// Labels there are already; their photos are not named again
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// What a name in the labels means: `their name=category`, `…=ok` or `…=ignore`; may be repeated
    #[arg(long, value_name = "NAME=CATEGORY")]
    alias: Vec<Alias>,
    /// Folder in which the paths of the report lie, for the pictures; else where the program runs
    #[arg(long, value_name = "DIR")]
    photos: Option<PathBuf>,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Folder for `to_label.csv` and `to_label.html`
    #[arg(long, short, value_name = "DIR", default_value = "kyclint-labelling")]
    out: PathBuf,
}

pub fn run(args: &SuggestLabelsArgs) -> anyhow::Result<Exit> {
    let settings = args.settings.load()?;
    let mut rows = Opened::read(&args.report, "read")?.recorded.rows;
    for row in &mut rows {
        row.judge(&settings.policy);
    }
    let labels = args.labels.as_deref().map(|path| read_labels(path, &args.alias)).transpose()?;
    let cases = labels.as_ref().map(|labels| Cases::join(&rows, labels)).transpose()?;
    let labelled: BTreeSet<&str> =
        cases.iter().flat_map(|cases| &cases.cases).map(|case| case.row.source.path.as_str()).collect();
    let is_labelled = |row: &kyclint::record::Row| labelled.contains(row.source.path.as_str());
    let suggestions = suggest(&rows, is_labelled, &settings.policy, args.count);
    if suggestions.is_empty() {
        bail!("no photo has a number near a limit; nothing was written");
    }
    let photos: Vec<SheetPhoto> =
        suggestions.iter().map(|suggestion| args.sheet_photo(suggestion, &settings.limits)).collect();
    let missing = photos.iter().filter(|photo| photo.picture.is_none()).count();
    if missing > 0 {
        tracing::warn!("{missing} photos are not at hand for the contact sheet; --photos names the folder they lie in");
    }
    let mut folder = Folder::create(&args.out)?;
    folder.put("to_label.csv", &table(&suggestions)?)?;
    folder.put("to_label.html", contact_sheet(&photos)?.as_bytes())?;
    for file in folder.publish()? {
        tracing::info!("wrote {}", file.display());
    }
    Ok(Exit::Clean)
}

impl SuggestLabelsArgs {
    fn sheet_photo(&self, suggestion: &Suggestion, limits: &Limits) -> SheetPhoto {
        let path = unescape_path(&suggestion.row.source.path);
        let path = self.photos.as_ref().map_or(path.clone(), |folder| folder.join(path));
        SheetPhoto {
            path: suggestion.row.source.path.clone(),
            kind: suggestion.row.document_type().map_or_else(String::new, |kind| kind.id().to_owned()),
            category: suggestion.category.to_string(),
            reason: suggestion.reason.clone(),
            picture: picture(&path, limits),
        }
    }
}

/// The photo at `path`, small; `None` where there is none that decodes.
fn picture(path: &Path, limits: &Limits) -> Option<String> {
    let length = path.metadata().ok()?.len();
    limits.admit_file(length).ok()?;
    let bytes = std::fs::read(path).ok()?;
    let photo = decode(&bytes, FileFacts::read(&bytes), limits).ok()?;
    Some(STANDARD.encode(thumbnail(&photo, LONGEST).ok()?))
}

/// A table that `evaluate` and `tune` read once `labels` is filled in.
fn table(suggestions: &[Suggestion]) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "path",
        "labels",
        "document_type",
        "submission_id",
        "doubtful",
        "reason",
        "verdict",
        "score",
    ])?;
    for suggestion in suggestions {
        let row = suggestion.row;
        table.write_record([
            row.source.path.as_str(),
            "",
            row.document_type().map_or("", DocumentType::id),
            row.source.submission_id.as_deref().unwrap_or(""),
            suggestion.category.id(),
            &suggestion.reason,
            row.verdict.id(),
            &format!("{:.3}", suggestion.score),
        ])?;
    }
    Ok(table.into_inner()?)
}
