//! Formats that sum a run up, and the budget that it is held to.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::ensure;
use clap::Args;
use clap::ValueEnum;
use kyclint::budget::Budget;
use kyclint::budget::Held;
use kyclint::budget::NotEvaluable;
use kyclint::budget::Tally;
use kyclint::config::Settings;
use kyclint::record::Digest;
use kyclint::record::Gathered;
use kyclint::record::Row;
use kyclint::record::Summary;
use kyclint::report;
use kyclint::report::Folder;
use kyclint::report::Gallery;
use kyclint::report::PhotoCases;
use kyclint::report::ReportError;
use kyclint::report::Run;
use kyclint::verdict::Capture;
use kyclint::verdict::SecondPass;
use kyclint::verdict::Verdict;

use super::output::Format;
use super::page;
use super::page::PageArgs;
use super::page::PageOutput;
use super::recorded::Opened;
use crate::exit::Exit;

/// What a run is held to.
#[derive(Args, Clone, Debug)]
pub struct HoldArgs {
    /// End with exit code 1 when a photo or a submission is at least this bad
    #[arg(long, value_enum, value_name = "VERDICT")]
    fail_on: Option<FailOn>,
    /// End with exit code 1 unless these conditions are met, as `reject_rate<=12%; glare<=+2pp vs baseline; error<=0`; may be repeated, and adds to those of the configuration
    #[arg(long, value_name = "CONDITIONS")]
    budget: Vec<String>,
    /// The report that conditions `vs baseline` compare with: a folder, report.parquet or report.csv
    #[arg(long, value_name = "REPORT")]
    baseline: Option<PathBuf>,
    /// In junit.xml, photos are test cases too, the first 100,000
    #[arg(long)]
    junit_per_photo: bool,
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

/// Renders a run.
type Render = fn(&Run, Option<&PhotoCases>) -> Result<Vec<u8>, ReportError>;

/// Formats of the folder that sum a run up: the file, and what renders it.
const FILES: [(Format, &str, Render); 6] = [
    (Format::Junit, "junit.xml", report::junit),
    (Format::Sarif, "kyclint.sarif", |run, _| report::sarif(run)),
    (Format::Markdown, "summary.md", |run, _| Ok(report::markdown(run))),
    (Format::Gitlab, "gl-code-quality-report.json", |run, _| report::gitlab(run)),
    (Format::Prometheus, "kyclint.prom", |run, _| Ok(report::prometheus(run))),
    (Format::Summary, "summary.json", |run, _| report::summary_json(run)),
];

/// The formats that sum a run up, with their files: also the page, which is gathered while rows come in.
fn named() -> impl Iterator<Item = (Format, &'static str)> {
    FILES.iter().map(|(format, file, _)| (*format, *file)).chain([(Format::Html, page::FILE)])
}

/// The files of the formats that sum a run up.
pub fn files() -> impl Iterator<Item = &'static str> {
    named().map(|(_, file)| file)
}

impl HoldArgs {
    /// Lays what the arguments say over the budget of the configuration.
    pub fn lay_over(&self, settings: &mut Settings) -> anyhow::Result<()> {
        for text in &self.budget {
            settings.add_budget("--budget", text)?;
        }
        if let Some(fail_on) = self.fail_on {
            settings.budget.fail_on = Some(match fail_on {
                FailOn::Review => Verdict::Review,
                FailOn::Reject => Verdict::Reject,
                FailOn::Error => Verdict::Error,
            });
        }
        Ok(())
    }

    /// What the baseline comes to, or why there is none; it is not read where no condition asks for it.
    fn baseline(&self, settings: &Settings) -> Result<Digest, NotEvaluable> {
        let path =
            self.baseline.as_deref().filter(|_| settings.budget.needs_baseline()).ok_or(NotEvaluable::NoBaseline)?;
        read_baseline(path, settings).map_err(|error| NotEvaluable::Baseline(format!("{error:#}")))
    }
}

/// The counts of a report as it was judged.
fn read_baseline(path: &Path, settings: &Settings) -> anyhow::Result<Digest> {
    let Opened { recorded, run, .. } = Opened::any(path, "read the baseline")?;
    ensure!(!recorded.rows.is_empty(), "the baseline {} has no rows", path.display());
    let policy = run.second_pass().unwrap_or_else(|| settings.policy.clone());
    let second_pass = recorded.rows.iter().collect::<Gathered>().judge(&policy);
    Ok(counted(&recorded.rows, recorded.unrecorded, run.missing, Some(&second_pass)))
}

/// What the rows of a report come to, as they were judged.
pub fn counted(
    rows: &[Row],
    unrecorded: Vec<&'static str>,
    missing: usize,
    second_pass: Option<&(Vec<Capture>, SecondPass)>,
) -> Digest {
    let mut digest = Digest::default();
    digest.unrecorded = unrecorded;
    for row in rows {
        digest.count_recorded(row);
    }
    if let Some((captures, found)) = second_pass {
        digest.summary.count_captures(captures);
        digest.summary.count_submissions(found);
    }
    digest.summary.missing = missing;
    digest
}

/// Sums a run up while rows come in, and holds it to its budget when all are there.
pub struct Sums {
    formats: Vec<Format>,
    settings: Settings,
    baseline: Result<Digest, NotEvaluable>,
    digest: Digest,
    photos: Option<PhotoCases>,
    page: Option<PageOutput>,
    held: Vec<Held>,
}

impl Sums {
    /// Reads the baseline, which the run may be about to replace.
    pub fn open(formats: &[Format], args: &HoldArgs, page: &PageArgs, settings: &Settings) -> Self {
        let is_junit = args.junit_per_photo && formats.contains(&Format::Junit);
        let baseline = args.baseline(settings);
        if let (true, Err(reason)) = (settings.budget.needs_baseline(), &baseline) {
            tracing::warn!("conditions `vs baseline` cannot be evaluated: {reason}");
        }
        Self {
            formats: formats.to_vec(),
            settings: settings.clone(),
            baseline,
            digest: Digest::default(),
            photos: is_junit.then(PhotoCases::default),
            page: formats.contains(&Format::Html).then(|| PageOutput::open(page, settings)),
            held: Vec::new(),
        }
    }

    /// Notes the checks that the report does not hold.
    pub fn note_unrecorded(&mut self, checks: Vec<&'static str>) {
        self.digest.unrecorded = checks;
    }

    /// Adds one row.
    pub fn count(&mut self, row: &Row) {
        self.digest.count(row, &self.settings.policy);
        if let Some(photos) = &mut self.photos {
            photos.count(row);
        }
        if let Some(page) = &mut self.page {
            page.add(row);
        }
    }

    /// Where pictures for the page are drawn, where there is one.
    pub fn gallery(&self) -> Option<Arc<Gallery>> {
        self.page.as_ref().map(PageOutput::gallery)
    }

    /// Holds the run, of which all is in the summary, to its budget.
    pub fn hold(&mut self, summary: &Summary) {
        self.digest.summary = summary.clone();
        let baseline = self.baseline.as_ref().map(|digest| digest as &dyn Tally);
        self.held = self.settings.budget.hold(&self.digest, baseline);
    }

    /// What the run is held to.
    pub fn budget(&self) -> &Budget {
        &self.settings.budget
    }

    /// What came of the budget.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// Writes the files that were asked for.
    pub fn put(&mut self, folder: &mut Folder) -> Result<(), ReportError> {
        for (format, file, render) in FILES {
            if self.formats.contains(&format) {
                folder.put(file, &render(&self.run(), self.photos.as_ref())?)?;
            }
        }
        match self.page.take() {
            Some(page) => page.put(folder, &self.run()),
            None => Ok(()),
        }
    }

    /// Lets files of an older report go that were not asked for: they would tell of another run.
    pub fn withdraw_others(&self, folder: &mut Folder) {
        for (_, file) in named().filter(|(format, _)| !self.formats.contains(format)) {
            folder.withdraw(file);
        }
    }

    /// Tells GitHub Actions: annotations on standard output, and the summary where it is to stand.
    pub fn tell_github(&self) -> Result<(), ReportError> {
        if !self.formats.contains(&Format::Github) {
            return Ok(());
        }
        std::io::stdout().lock().write_all(&report::github(&self.run()))?;
        let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
        let refused = |source| ReportError::File { action: "write", path: PathBuf::from(&path), source };
        let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(refused)?;
        file.write_all(&report::step_summary(&self.run())).map_err(refused)
    }

    fn run(&self) -> Run<'_> {
        Run { digest: &self.digest, settings: &self.settings, held: &self.held }
    }
}

/// Tells what came of the budget and how the run ends.
pub fn conclude(held: &[Held], budget: &Budget) -> Exit {
    for held in held {
        if !held.is_met() {
            tracing::error!("budget {held}");
        } else if budget.conditions.contains(&held.condition) {
            tracing::info!("budget {held}");
        }
    }
    if held.iter().any(|held| held.evaluated.is_err()) {
        Exit::Failure
    } else if held.iter().any(Held::is_broken) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
