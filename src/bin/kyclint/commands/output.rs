use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;
use kyclint::config::Settings;
use kyclint::record::CAPTURE_COLUMNS;
use kyclint::record::Row;
use kyclint::record::SUBMISSION_COLUMNS;
use kyclint::record::Summary;
use kyclint::record::TableColumn;
use kyclint::record::captured_frame;
use kyclint::report::CsvTable;
use kyclint::report::Folder;
use kyclint::report::JsonLines;
use kyclint::report::ParquetTable;
use kyclint::report::ReportError;
use kyclint::report::RunInfo;
use kyclint::report::Slot;
use kyclint::report::Table;
use kyclint::verdict::CapturedFrame;
use kyclint::verdict::SubmittedPhoto;
use kyclint::verdict::Verdict;
use kyclint::verdict::judge_captures;
use kyclint::verdict::judge_submissions;

use crate::exit::Exit;
use crate::progress::in_words;
use crate::progress::tally;

/// Where a report goes, and when it makes the command fail.
#[derive(Args, Debug)]
pub struct OutputArgs {
    /// Folder for report.csv, submissions.csv, the same as Parquet, and run.json; files of an earlier run are replaced at the end
    #[arg(long, short, value_name = "DIR", default_value = "kyclint-report")]
    out: PathBuf,
    /// What to write: `csv` and `parquet` to the folder, `jsonl` to standard output
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Format::Csv, Format::Parquet])]
    format: Vec<Format>,
    /// End with exit code 1 when a photo or a submission is at least this bad
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
    /// Anything but accepted photos and submissions
    Review,
    /// Rejected photos and submissions, and files that cannot be assessed
    Reject,
    /// Files that cannot be assessed
    Error,
}

/// The tables of a report while rows come in.
pub struct Output {
    folder: Option<Folder>,
    tables: Vec<Box<dyn Table>>,
    /// Formats of the folder's tables.
    formats: Vec<Format>,
    /// What the second pass needs of the rows so far.
    submitted: Vec<SubmittedPhoto>,
    captured: Vec<CapturedFrame>,
}

impl Output {
    /// Opens what the arguments ask for; in the folder nothing is replaced before [`Output::publish`].
    pub fn open(args: &OutputArgs, extra: &[String], settings: &Settings) -> Result<Self, ReportError> {
        let formats =
            [Format::Csv, Format::Parquet].into_iter().filter(|format| args.format.contains(format)).collect();
        let mut output =
            Self { folder: None, tables: Vec::new(), formats, submitted: Vec::new(), captured: Vec::new() };
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
        self.submitted.push(SubmittedPhoto::from(row));
        self.captured.extend(captured_frame(row));
        let written = self.tables.iter_mut().try_for_each(|table| table.write(row));
        written.map_err(|error| self.explain(error))
    }

    fn explain(&self, error: ReportError) -> ReportError {
        match &self.folder {
            Some(folder) => folder.explain(error),
            None => error,
        }
    }

    /// Judges the captures and submissions of the rows that were written, and counts and writes them. Where photos have no row,
    /// nobody can say what is missing: then none is judged.
    pub fn judge_submissions(&mut self, summary: &mut Summary, settings: &Settings) -> Result<(), ReportError> {
        let (submitted, captured) = (std::mem::take(&mut self.submitted), std::mem::take(&mut self.captured));
        let (mut submissions, mut captures) = (Vec::new(), Vec::new());
        if summary.missing == 0 {
            captures = judge_captures(&captured, &settings.policy.capture);
            summary.count_captures(&captures);
            let found = judge_submissions(&submitted, &captures, &settings.policy.submission);
            summary.count_submissions(&found);
            submissions = found.submissions;
        } else if submitted.iter().any(|photo| photo.submission_id.is_some()) {
            tracing::warn!("submissions are not judged: {} photos have no row", summary.missing);
        }
        let formats = std::mem::take(&mut self.formats);
        let written = formats.iter().try_for_each(|format| {
            self.write_table("captures", *format, &CAPTURE_COLUMNS, &captures, settings)?;
            self.write_table("submissions", *format, &SUBMISSION_COLUMNS, &submissions, settings)
        });
        written.map_err(|error| self.explain(error))
    }

    /// Writes the table `name` in one format; where it has no rows, that of an older report goes.
    fn write_table<C: TableColumn + Clone + 'static>(
        &mut self,
        name: &str,
        format: Format,
        columns: &[C],
        rows: &[C::Row],
        settings: &Settings,
    ) -> Result<(), ReportError> {
        let Some(folder) = &mut self.folder else { return Ok(()) };
        let name = format!("{name}.{}", format.extension());
        if rows.is_empty() {
            folder.withdraw(name);
            return Ok(());
        }
        let (slot, columns) = (folder.slot(name)?, columns.to_vec());
        let mut table: Box<dyn Table<C::Row>> = match format {
            Format::Parquet => Box::new(ParquetTable::with_columns(slot, columns, RunInfo::footer(settings))?),
            _ => Box::new(CsvTable::with_columns(slot, columns)?),
        };
        rows.iter().try_for_each(|row| table.write(row))?;
        table.finish()
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

impl Format {
    /// How names of its files end.
    fn extension(self) -> &'static str {
        if self == Self::Parquet { "parquet" } else { "csv" }
    }
}

impl OutputArgs {
    /// Every file that a report may have.
    pub fn files(&self) -> Vec<PathBuf> {
        let tables = ["report", "submissions", "captures"].into_iter();
        let files = tables.flat_map(|table| ["csv", "parquet"].map(|extension| format!("{table}.{extension}")));
        files.chain(["run.json".to_owned()]).map(|name| self.out.join(name)).collect()
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
        let captures: usize = summary.captures.values().sum();
        if captures > 0 {
            tracing::info!("{captures} captures: {}", in_words(|verdict| summary.captures_of(verdict)));
        }
        let submissions: usize = summary.submissions.values().sum();
        if submissions > 0 {
            tracing::info!("{submissions} submissions: {}", in_words(|verdict| summary.submissions_of(verdict)));
        }
        for (rule, count) in &summary.rules {
            tracing::info!("{count:6} {rule}");
        }
        if summary.duplicate_photos > 0 {
            tracing::info!("{} photos were sent in more than once", summary.duplicate_photos);
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
        let is_there = |verdict: &Verdict| {
            summary.of(*verdict) + summary.submissions_of(*verdict) + summary.captures_of(*verdict) > 0
        };
        if bad.iter().any(is_there) { Exit::Findings } else { Exit::Clean }
    }
}
