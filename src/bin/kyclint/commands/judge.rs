use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::output::OutputArgs;
use super::recorded::Opened;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Judge the numbers of a report under another configuration, without opening a photo.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint judge report/report.parquet --preset strict --out strict-report
  kyclint judge report/report.csv --config mine.toml --format jsonl")]
pub struct JudgeArgs {
    /// A folder, report.parquet or report.csv that `kyclint audit` wrote
    report: PathBuf,
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &JudgeArgs) -> anyhow::Result<Exit> {
    let mut settings = args.settings.load()?;
    args.output.lay_over(&mut settings)?;
    let opened = Opened::read(&args.report, "judge")?;
    if args.output.replaces(&opened.table) {
        bail!("this would replace the report that is judged; give another folder with --out");
    }
    opened.write(settings, &args.output, |_, _, _| Ok(()))
}
