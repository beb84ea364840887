use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use clap::Args;
use jiff::civil::Date;
use kyclint::record::Summary;
use kyclint::report::Recorded;
use kyclint::report::RunInfo;
use serde_json::Value;

use super::output::Output;
use super::output::OutputArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Judge the numbers of a report under another configuration, without opening a photo.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint judge report/report.parquet --preset strict --out strict-report
  kyclint judge report/report.csv --config mine.toml --format jsonl")]
pub struct JudgeArgs {
    /// A report.parquet or report.csv that `kyclint audit` wrote
    report: PathBuf,
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &JudgeArgs) -> anyhow::Result<Exit> {
    let mut settings = args.settings.load()?;
    let unreadable = || format!("cannot judge {}", args.report.display());
    let Recorded { mut rows, extra, .. } = Recorded::open(&args.report).with_context(unreadable)?;
    if rows.is_empty() {
        bail!("the report {} has no rows; nothing was written", args.report.display());
    }
    if args.output.replaces(&args.report) {
        bail!("this would replace the report that is judged; give another folder with --out");
    }
    let (missing, warnings, as_of) = audited(&args.report.with_file_name("run.json"));
    settings.as_of = as_of;
    let mut output = Output::open(&args.output, &extra, &settings)?;
    let mut summary = Summary { missing, ..Summary::default() };
    for row in &mut rows {
        row.judge(&settings.policy);
        summary.count(row);
        output.write(row)?;
    }
    output.judge_submissions(&mut summary, &settings)?;
    let files = output.publish(&RunInfo::new(&summary, &settings, warnings))?;
    Ok(args.output.conclude(&summary, &files))
}

/// What the `run.json` beside the report says of photos that are not in it, and the day to which it counted; nothing where
/// there is none.
fn audited(run: &Path) -> (usize, Vec<String>, Option<Date>) {
    let info: Value = std::fs::read(run).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let missing = info["counts"]["missing"].as_u64().unwrap_or_default();
    let warnings = info["warnings"].as_array().into_iter().flatten();
    let warnings = warnings.filter_map(|warning| warning.as_str().map(str::to_owned)).collect();
    (missing as usize, warnings, info["as_of"].as_str().and_then(|day| day.parse().ok()))
}
