use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use kyclint::report::Folder;
use kyclint::tune::Evaluation;
use kyclint::tune::PageFacts;
use kyclint::tune::metrics::Bootstrap;
use serde_json::Value;
use serde_json::json;

use super::labelled::LabelledArgs;
use super::labelled::unmatched;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Compare a report with labels: what is found, missed and rejected for nothing, with 95 % intervals.
///
/// Per category and document type: precision, recall, F1, false rejects and accepts, areas under curves; what becomes of photos in review;
/// how failures of a later step (column `outcome` of the labels) fall where bad photos are left out. Nothing but recorded numbers is
/// read: under another --config they are judged anew.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint evaluate report/report.parquet --labels labels.csv
  kyclint evaluate report/report.parquet --labels labels.csv --config tuned.toml --split test --json | jq .macro_f1
  kyclint evaluate report/report.parquet --labels export.json --alias 'Out of focus=blurry' --alias 'Cat=ignore'")]
pub struct EvaluateArgs {
    #[command(flatten)]
    labelled: LabelledArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Folder for evaluation.csv, checks.csv, unmatched.csv, evaluation.json, evaluation.md and evaluation.html
    #[arg(long, short, value_name = "DIR", default_value = "kyclint-evaluation")]
    out: PathBuf,
    /// Print the JSON instead of the table of all document types together
    #[arg(long)]
    json: bool,
}

pub fn run(args: &EvaluateArgs) -> anyhow::Result<Exit> {
    let settings = args.settings.load()?;
    let labelled = args.labelled.read()?;
    let cases = labelled.cases()?;
    let bootstrap = Bootstrap { seed: args.labelled.seed, ..Bootstrap::default() };
    let evaluation = Evaluation::of(&cases, &settings.policy, &bootstrap);
    let mut json = json!({
        "labels_hash": labelled.labels.hash,
        "config_hash": settings.hash(),
        "seed": args.labelled.seed,
        "photos_without_label": cases.unlabelled.len(),
        "labels_without_photo": cases.unmatched.len(),
    });
    if let (Some(facts), Value::Object(figures)) = (json.as_object_mut(), evaluation.to_json()) {
        facts.extend(figures);
    }
    let facts = PageFacts {
        report: args.labelled.report.display().to_string(),
        labels: args.labelled.labels.display().to_string(),
        unlabelled: cases.unlabelled.len(),
        unmatched: cases.unmatched.len(),
    };
    let json = serde_json::to_string_pretty(&json)? + "\n";
    let mut folder = Folder::create(&args.out)?;
    let (mut categories, mut checks) = (Vec::new(), Vec::new());
    evaluation.write_categories(&mut categories)?;
    evaluation.write_checks(&mut checks)?;
    folder.put("evaluation.csv", &categories)?;
    folder.put("checks.csv", &checks)?;
    folder.put("unmatched.csv", &unmatched(&cases, &labelled.labels)?)?;
    folder.put("evaluation.json", json.as_bytes())?;
    folder.put("evaluation.md", evaluation.to_markdown(true).as_bytes())?;
    folder.put("evaluation.html", evaluation.to_html(&facts)?.as_bytes())?;
    let files = folder.publish()?;
    let shown = if args.json { json } else { evaluation.to_markdown(false) };
    anstream::stdout().lock().write_all(shown.as_bytes())?;
    for file in files {
        tracing::info!("wrote {}", file.display());
    }
    Ok(Exit::Clean)
}
