use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use clap::Args;
use kyclint::config::Settings;
use kyclint::report::Recorded;
use kyclint::words::letter_for;
use kyclint::words::letter_for_photo;
use serde_json::Value;

use crate::args::LangArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Write the message to one applicant: what is wrong, and how to retake each photo.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint letter report --submission 0042
  kyclint letter report/report.csv --submission 0042 --lang ko
  kyclint letter report --photo photos/passport/0001.jpg --preset strict")]
pub struct LetterArgs {
    /// A report.parquet or report.csv that `kyclint audit` wrote, or its folder
    report: PathBuf,
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    lang: LangArgs,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// What the letter is about.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct About {
    /// Write about all photos of this submission
    #[arg(long, value_name = "ID")]
    submission: Option<String>,
    /// Write about this one photo; its path as it stands in the report
    #[arg(long, value_name = "PATH")]
    photo: Option<String>,
}

pub fn run(args: &LetterArgs) -> anyhow::Result<Exit> {
    let report = table(&args.report)?;
    let run = report.with_file_name("run.json");
    let run: Value = std::fs::read(run).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let policy = settings(&args.settings, &run)?.policy;
    let unreadable = || format!("cannot write a letter from {}", report.display());
    let mut rows = Recorded::open(&report).with_context(unreadable)?.rows;
    if rows.is_empty() {
        bail!("the report {} has no rows", report.display());
    }
    for row in &mut rows {
        row.judge(&policy);
    }
    let language = args.lang.lang.unwrap_or_default();
    let letter = match (&args.about.submission, &args.about.photo) {
        (Some(id), _) => {
            refuse_stopped(&run)?;
            letter_for(&rows, id, &policy, language)?
        }
        (None, Some(path)) => letter_for_photo(&rows, path, language)?,
        (None, None) => bail!("say what the letter is about: --submission or --photo"),
    };
    write!(anstream::stdout().lock(), "{letter}")?;
    Ok(Exit::Clean)
}

/// The configuration that is asked for, else the one under which the report was written.
fn settings(asked: &SettingsArgs, run: &Value) -> anyhow::Result<Settings> {
    let mut settings = asked.load()?;
    if let Some(recorded) = run["config"].as_str().filter(|_| !asked.is_given()) {
        let unknown = "the configuration in run.json is of another version; give one with --preset or --config";
        settings.overlay("run.json", recorded).context(unknown)?;
    }
    Ok(settings)
}

/// Where photos have no row, nobody can say what a submission lacks.
fn refuse_stopped(run: &Value) -> anyhow::Result<()> {
    match run["counts"]["missing"].as_u64().unwrap_or_default() {
        0 => Ok(()),
        missing => {
            bail!("the run was stopped and {missing} photos have no row: audit them first, or write about one --photo")
        }
    }
}

/// The table of a report that is given as a folder.
fn table(report: &Path) -> anyhow::Result<PathBuf> {
    if !report.is_dir() {
        return Ok(report.to_owned());
    }
    let tables = ["report.parquet", "report.csv"].map(|name| report.join(name));
    let none = || {
        format!("the folder {} has no report.parquet and no report.csv; `kyclint audit` writes them", report.display())
    };
    tables.into_iter().find(|table| table.is_file()).with_context(none)
}
