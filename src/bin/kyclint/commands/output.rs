use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::ensure;
use clap::Args;
use clap::ValueEnum;
use kyclint::budget::Budget;
use kyclint::budget::Held;
use kyclint::config::Settings;
use kyclint::record::CAPTURE_COLUMNS;
use kyclint::record::Gathered;
use kyclint::record::Row;
use kyclint::record::SUBMISSION_COLUMNS;
use kyclint::record::Summary;
use kyclint::record::TableColumn;
use kyclint::report::CsvTable;
use kyclint::report::Folder;
use kyclint::report::Gallery;
use kyclint::report::JsonLines;
use kyclint::report::ParquetTable;
use kyclint::report::ReportError;
use kyclint::report::RunInfo;
use kyclint::report::Table;
use kyclint::report::kept_files;
use kyclint::verdict::SecondPass;

use super::page::PageArgs;
use super::sums;
use super::sums::HoldArgs;
use super::sums::Sums;
use crate::exit::Exit;
use crate::progress::in_words;
use crate::progress::tally;

/// Where a report goes, and when it makes the command fail.
#[derive(Args, Debug)]
pub struct OutputArgs {
    /// Folder for the report and run.json; files of an earlier run are replaced at the end
    #[arg(long, short, value_name = "DIR", default_value = "kyclint-report")]
    pub out: PathBuf,
    /// What to write, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Format::Csv, Format::Parquet, Format::Html])]
    format: Vec<Format>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    hold: HoldArgs,
    /// Whether the report stands in the folder and only other formats of it are added.
    #[arg(skip)]
    is_beside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables of photos, submissions and captures: report.csv …
    Csv,
    /// The same as Parquet: report.parquet …
    Parquet,
    /// report.html: a page that opens from disk, with a table of photos, their findings and how each number is spread
    Html,
    /// One JSON object a photo, to standard output
    Jsonl,
    /// junit.xml: a suite is a document type, a test case is a condition of the budget
    Junit,
    /// kyclint.sarif: SARIF 2.1.0, the worst 20 findings of each category
    Sarif,
    /// At most three annotations to standard output, and the summary to the file that `GITHUB_STEP_SUMMARY` names
    Github,
    /// summary.md
    Markdown,
    /// gl-code-quality-report.json: code quality of GitLab, the worst 20 findings of each category
    Gitlab,
    /// kyclint.prom: metrics for the textfile collector of Prometheus
    Prometheus,
    /// summary.json: counts, shares with 95 % intervals, and the budget
    Summary,
}

/// The tables of a report while rows come in.
pub struct Output {
    folder: Option<Folder>,
    tables: Vec<Box<dyn Table>>,
    /// Formats of the folder's tables.
    formats: Vec<Format>,
    /// What the second pass needs of the rows so far.
    gathered: Gathered,
    sums: Sums,
    is_beside: bool,
}

/// A report that is in its place.
pub struct Published {
    files: Vec<PathBuf>,
    held: Vec<Held>,
    budget: Budget,
}

impl Output {
    /// Opens what the arguments ask for; in the folder nothing is replaced before [`Output::publish`].
    pub fn open(args: &OutputArgs, extra: &[String], settings: &Settings) -> Result<Self, ReportError> {
        let formats =
            [Format::Csv, Format::Parquet].into_iter().filter(|format| args.format.contains(format)).collect();
        let mut output = Self {
            folder: args.folder().map(Folder::create).transpose()?,
            tables: Vec::new(),
            formats,
            gathered: Gathered::default(),
            sums: Sums::open(&args.format, &args.hold, &args.page, settings),
            is_beside: args.is_beside,
        };
        if let Some(folder) = &mut output.folder {
            if args.format.contains(&Format::Csv) {
                let slot = folder.slot("report.csv")?;
                output.tables.push(Box::new(CsvTable::new(slot, extra)?));
            }
            if args.format.contains(&Format::Parquet) {
                let slot = folder.slot("report.parquet")?;
                output.tables.push(Box::new(ParquetTable::new(slot, extra, RunInfo::footer(settings))?));
            }
        }
        if args.format.contains(&Format::Jsonl) {
            output.tables.push(Box::new(JsonLines::new(std::io::stdout().lock(), extra)));
        }
        Ok(output)
    }

    /// Where pictures for the page are drawn, where there is one.
    pub fn gallery(&self) -> Option<Arc<Gallery>> {
        self.sums.gallery()
    }

    /// Notes the checks that the rows to come do not hold.
    pub fn note_unrecorded(&mut self, checks: Vec<&'static str>) {
        self.sums.note_unrecorded(checks);
    }

    /// Adds one row to every table.
    pub fn write(&mut self, row: &Row) -> Result<(), ReportError> {
        self.sums.count(row);
        self.gathered.add(row);
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
    /// nobody can say what is missing: then none is judged. The run is then held to its budget.
    pub fn judge_submissions(&mut self, summary: &mut Summary, settings: &Settings) -> Result<(), ReportError> {
        let gathered = std::mem::take(&mut self.gathered);
        let (mut captures, mut found) = (Vec::new(), SecondPass::default());
        if summary.missing == 0 {
            (captures, found) = gathered.judge(&settings.policy);
            summary.count_captures(&captures);
            summary.count_submissions(&found);
        } else if gathered.has_submissions() {
            tracing::warn!("submissions are not judged: {} photos have no row", summary.missing);
        }
        self.sums.hold(summary);
        let formats = std::mem::take(&mut self.formats);
        let written = formats.iter().try_for_each(|format| {
            self.write_table("captures", *format, &CAPTURE_COLUMNS, &captures, settings)?;
            self.write_table("submissions", *format, &SUBMISSION_COLUMNS, &found.submissions, settings)
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

    /// Finishes the tables and puts them in place, with the files that sum them up and `run.json` beside them.
    pub fn publish(mut self, info: RunInfo) -> Result<Published, ReportError> {
        let finished = self.tables.iter_mut().try_for_each(|table| table.finish());
        finished.map_err(|error| self.explain(error))?;
        drop(self.tables);
        let held = self.sums.held().to_vec();
        let mut files = Vec::new();
        if let Some(mut folder) = self.folder {
            self.sums.put(&mut folder)?;
            if !self.is_beside {
                self.sums.withdraw_others(&mut folder);
                let mut json = serde_json::to_vec_pretty(&info.with_budgets(&held))?;
                json.push(b'\n');
                folder.put("run.json", &json)?;
            }
            files = folder.publish()?;
        }
        self.sums.tell_github()?;
        Ok(Published { files, held, budget: self.sums.budget().clone() })
    }
}

impl Format {
    /// How names of its files end.
    fn extension(self) -> &'static str {
        if self == Self::Parquet { "parquet" } else { "csv" }
    }
}

impl OutputArgs {
    /// For a report of its own in the folder `out`.
    pub fn apart(out: PathBuf, format: Vec<Format>, page: PageArgs, hold: HoldArgs) -> Self {
        Self { out, format, page, hold, is_beside: false }
    }

    /// The same for formats that are added beside the report that stands there.
    pub fn beside(self) -> Self {
        Self { is_beside: true, ..self }
    }

    /// Lays what the arguments say over the budget of the configuration.
    pub fn lay_over(&self, settings: &mut Settings) -> anyhow::Result<()> {
        let to_stdout = [Format::Jsonl, Format::Github].iter().all(|format| self.format.contains(format));
        ensure!(!to_stdout, "`jsonl` and `github` both write to standard output; ask for one of them");
        self.hold.lay_over(settings)
    }

    /// The folder of the report, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        let to_folder = |format: &Format| !matches!(format, Format::Jsonl | Format::Github);
        self.format.iter().any(to_folder).then_some(&self.out)
    }

    /// Every file that a report in `folder` may have.
    pub fn files_in(folder: &Path) -> Vec<PathBuf> {
        let tables = ["report", "submissions", "captures"].into_iter();
        let files = tables.flat_map(|table| ["csv", "parquet"].map(|extension| format!("{table}.{extension}")));
        let others = sums::files().chain(["run.json"]).map(str::to_owned);
        files.chain(others).map(|name| folder.join(name)).chain(kept_files(folder)).collect()
    }

    /// Whether a file of the report would take the place of `path`.
    pub fn replaces(&self, path: &Path) -> bool {
        let folder = |path: &Path| path.canonicalize().ok();
        let own = path.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned));
        self.folder().is_some() && own.is_some() && folder(&self.out) == own
    }

    /// Tells what the run came to and how it ends.
    pub fn conclude(summary: &Summary, published: &Published) -> Exit {
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
        for file in &published.files {
            tracing::info!("wrote {}", file.display());
        }
        sums::conclude(&published.held, &published.budget)
    }
}
