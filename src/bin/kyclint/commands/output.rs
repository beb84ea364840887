use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::record::Summary;
use kyclint::report::CsvTable;
use kyclint::report::Folder;
use kyclint::report::JsonLines;
use kyclint::report::ParquetTable;
use kyclint::report::ReportError;
use kyclint::report::RunInfo;
use kyclint::report::Slot;
use kyclint::report::Table;
use kyclint::verdict::Verdict;

use crate::exit::Exit;
use crate::progress::tally;

/// Where a report goes, and when it makes the command fail.
#[derive(Args, Debug)]
pub struct OutputArgs {
    /// Folder for report.csv, report.parquet and run.json; files of an earlier run are replaced at the end
    #[arg(long, short, value_name = "DIR", default_value = "kyclint-report")]
    out: PathBuf,
    /// What to write: `csv` and `parquet` to the folder, `jsonl` to standard output
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Format::Csv, Format::Parquet])]
    format: Vec<Format>,
    /// End with exit code 1 when a photo is at least this bad
    #[arg(long, value_enum, value_name = "VERDICT")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Parquet,
    Jsonl,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// Anything but accepted photos
    Review,
    /// Rejected photos and files that cannot be assessed
    Reject,
    /// Files that cannot be assessed
    Error,
}

/// The tables of a report while rows come in.
pub struct Output {
    folder: Option<Folder>,
    tables: Vec<Box<dyn Table>>,
}

impl Output {
    /// Opens what the arguments ask for; in the folder nothing is replaced before [`Output::publish`].
    pub fn open(args: &OutputArgs, extra: &[String], settings: &Settings) -> Result<Self, ReportError> {
        let mut output = Self { folder: None, tables: Vec::new() };
        if args.format.contains(&Format::Csv) {
            let slot = output.slot(args, "report.csv")?;
            output.tables.push(Box::new(CsvTable::new(slot, extra)?));
        }
        if args.format.contains(&Format::Parquet) {
            let slot = output.slot(args, "report.parquet")?;
            output.tables.push(Box::new(ParquetTable::new(slot, extra, RunInfo::footer(settings))?));
        }
        if args.format.contains(&Format::Jsonl) {
            output.tables.push(Box::new(JsonLines::new(std::io::stdout().lock(), extra)));
        }
        Ok(output)
    }

    fn slot(&mut self, args: &OutputArgs, name: &str) -> Result<Slot, ReportError> {
        let folder = match self.folder.take() {
            Some(folder) => folder,
            None => Folder::create(&args.out)?,
        };
        self.folder.insert(folder).slot(name)
    }

    /// Adds one row to every table.
    pub fn write(&mut self, row: &Row) -> Result<(), ReportError> {
        let written = self.tables.iter_mut().try_for_each(|table| table.write(row));
        written.map_err(|error| self.explain(error))
    }

    fn explain(&self, error: ReportError) -> ReportError {
        match &self.folder {
            Some(folder) => folder.explain(error),
            None => error,
        }
    }

    /// Finishes the tables and puts them in place, with `run.json` beside them.
    pub fn publish(mut self, info: &RunInfo) -> Result<Vec<PathBuf>, ReportError> {
        let finished = self.tables.iter_mut().try_for_each(|table| table.finish());
        finished.map_err(|error| self.explain(error))?;
        drop(self.tables);
        let Some(mut folder) = self.folder else { return Ok(Vec::new()) };
        let mut json = serde_json::to_vec_pretty(info)?;
        json.push(b'\n');
        folder.put("run.json", &json)?;
        folder.publish()
    }
}

impl OutputArgs {
    /// Every file that a report may have.
    pub fn files(&self) -> Vec<PathBuf> {
        ["report.csv", "report.parquet", "run.json"].map(|name| self.out.join(name)).into()
    }

    /// Whether a file of the report would take the place of `path`.
    pub fn replaces(&self, path: &Path) -> bool {
        let to_folder = self.format.iter().any(|format| *format != Format::Jsonl);
        let folder = |path: &Path| path.canonicalize().ok();
        let own = path.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned));
        to_folder && own.is_some() && folder(&self.out) == own
    }

    /// Tells what the run came to and how it ends.
    pub fn conclude(&self, summary: &Summary, files: &[PathBuf]) -> Exit {
        tracing::info!("{} photos: {}", summary.rows, tally(summary));
        for (category, count) in &summary.categories {
            tracing::info!("{count:6} {category}");
        }
        for file in files {
            tracing::info!("wrote {}", file.display());
        }
        let bad: &[Verdict] = match self.fail_on {
            None => &[],
            Some(FailOn::Error) => &[Verdict::Error],
            Some(FailOn::Reject) => &[Verdict::Error, Verdict::Reject],
            Some(FailOn::Review) => &[Verdict::Error, Verdict::Reject, Verdict::Review],
        };
        if bad.iter().any(|verdict| summary.of(*verdict) > 0) { Exit::Findings } else { Exit::Clean }
    }
}
