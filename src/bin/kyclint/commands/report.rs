use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::output::Format;
use super::output::OutputArgs;
use super::page;
use super::page::PageArgs;
use super::recorded::Opened;
use super::sums::HoldArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Render a report in other formats.
///
/// No photo is opened, but for the pictures in report.html those that it shows, where they are at hand.
/// The verdicts are those of the configuration that is recorded with the report, unless --preset or --config is given. The budget is not recorded: give
/// it again where the formats are to tell of it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint report report --format junit,sarif --budget 'reject_rate<=12%'
  kyclint report report/report.parquet --format markdown --out elsewhere
  kyclint report report --format html --lang zh --photos inbox
  kyclint report report --format summary --preset strict --out strict-report")]
pub struct ReportArgs {
    /// A folder, report.parquet or report.csv that `kyclint audit` wrote
    report: PathBuf,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Folder to write to; else that of the report, to which only formats other than tables are added
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', required_unless_present = "letter")]
    format: Vec<Format>,
    /// Print the letter to the applicant of this submission instead, as `kyclint letter` does
    #[arg(long, value_name = "SUBMISSION", conflicts_with = "format")]
    letter: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    /// Folder in which the paths of the report lie, for the pictures in report.html; else where the program runs
    #[arg(long, value_name = "DIR")]
    photos: Option<PathBuf>,
    #[command(flatten)]
    hold: HoldArgs,
}

pub fn run(args: &ReportArgs) -> anyhow::Result<Exit> {
    let opened = Opened::read(&args.report, "render")?;
    let mut settings = opened.settings(&args.settings)?;
    if let Some(id) = &args.letter {
        let letter = opened.letter(id, &settings, args.page.language())?;
        write!(anstream::stdout().lock(), "{letter}")?;
        return Ok(Exit::Clean);
    }
    let output = args.output(&opened.table)?;
    output.lay_over(&mut settings)?;
    opened
        .write(settings, &output, |gallery, rows, settings| page::draw(gallery, rows, args.photos.as_deref(), settings))
}

impl ReportArgs {
    fn output(&self, table: &Path) -> anyhow::Result<OutputArgs> {
        let folder = table.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let out = self.out.as_deref().unwrap_or(folder).to_owned();
        let apart = OutputArgs::apart(out, self.format.clone(), self.page.clone(), self.hold.clone());
        if !apart.replaces(table) {
            return Ok(apart);
        }
        if self.settings.is_given() {
            bail!("files of another configuration do not belong beside the report; give another folder with --out");
        }
        if self.format.iter().any(|format| matches!(format, Format::Csv | Format::Parquet)) {
            bail!("this would replace the tables of the report; give another folder with --out");
        }
        Ok(apart.beside())
    }
}
