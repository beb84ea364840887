use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use kyclint::budget::Budget;
use kyclint::compare::CHANGE_COLUMNS;
use kyclint::compare::Comparison;
use kyclint::compare::Options;
use kyclint::compare::Report;
use kyclint::compare::drift::Drift;
use kyclint::config::Settings;
use kyclint::record::Digest;
use kyclint::report::CsvTable;
use kyclint::report::Folder;
use kyclint::report::Table;
use kyclint::verdict::Policy;

use super::recorded::Opened;
use super::sums;
use crate::exit::Exit;

/// Groups beyond --max-psi that are named on standard error; all of them stand in the JSON.
const NAMED: usize = 10;

/// Tell what changed between two reports, and how far the numbers have drifted.
///
/// Photos are matched by path, and those that only one report has by the content of their files. Compared are verdicts, categories, numbers,
/// what is not assessed, and submissions, all as the reports say; then the distribution of every check on all photos, by document type
/// and by camera model, by the population stability index (PSI: below 0.1 stable, above 0.25 a large drift). No photo is opened.
#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes:
  0  compared, and within --budget, --max-psi and --max-verdict-changes where they are given
  1  compared, and beyond one of them
  2  a report cannot be read, or a gate cannot be evaluated

Examples:
  kyclint compare last-night/ tonight/
  kyclint compare old/report.parquet new/report.csv --out comparison
  kyclint compare last-night/ tonight/ --max-psi 0.25 --max-verdict-changes 0.01
  kyclint compare last-night/ tonight/ --budget 'reject_rate <= +2pp vs baseline; error <= 0'
  kyclint compare old/ new/ --json | jq '.verdict_changes.share'")]
pub struct CompareArgs {
    /// The report before: a report.parquet or report.csv, or a folder with one
    old: PathBuf,
    /// The report now
    new: PathBuf,
    /// Folder for compare.md, compare.json, compare.html and changes.csv
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the JSON instead of the Markdown
    #[arg(long)]
    json: bool,
    /// A number moved where it did by more than this share of itself, or of the largest default limit of its check
    #[arg(long, value_name = "SHARE", default_value_t = Options::default().tolerance, value_parser = not_negative)]
    tolerance: f64,
    /// Distributions are compared on groups with at least so many photos in both reports
    #[arg(long, value_name = "N", default_value_t = Options::default().least)]
    min_photos: usize,
    /// End with exit code 1 where a distribution has a larger PSI than this, and than chance alone may give
    #[arg(long, value_name = "PSI", value_parser = not_negative)]
    max_psi: Option<f64>,
    /// End with exit code 1 where the verdicts of a larger share than this of the photos in both reports changed, 0-1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    max_verdict_changes: Option<f64>,
    /// End with exit code 1 unless the new report meets these conditions; `vs baseline` is the old one. As of `kyclint audit --budget`; may be repeated
    #[arg(long, value_name = "CONDITIONS")]
    budget: Vec<String>,
}

pub fn run(args: &CompareArgs) -> anyhow::Result<Exit> {
    let budget = args.budget()?;
    let (old, new) = rayon::join(|| read(&args.old, "old"), || read(&args.new, "new"));
    let (old, new) = (old?, new?);
    let options = Options { tolerance: args.tolerance, least: args.min_photos };
    let comparison = Comparison::of(&old, &new, &options)?;
    let held = if budget.conditions.is_empty() { Vec::new() } else { budget.hold(&counted(&new), Ok(&counted(&old))) };
    let beyond = args.gates(&comparison)?;
    let wants_json = args.json || args.out.is_some();
    let (json, tables) = rayon::join(
        || if wants_json { json(&comparison) } else { Ok(Vec::new()) },
        || {
            drop((old, new));
            args.out.as_ref().map(|_| tables(&comparison)).transpose()
        },
    );
    let (json, markdown) = (json?, comparison.to_markdown());
    let files = match args.out.as_ref().zip(tables?) {
        Some((out, [page, changes])) => {
            let files = ["compare.md", "compare.json", "compare.html", "changes.csv"];
            write(out, files.into_iter().zip([markdown.as_bytes(), &json, &page, &changes]))?
        }
        None => Vec::new(),
    };
    let shown = if args.json { &json } else { markdown.as_bytes() };
    anstream::stdout().lock().write_all(shown)?;
    for file in files {
        tracing::info!("wrote {}", file.display());
    }
    for gate in &beyond {
        tracing::error!("{gate}");
    }
    let exit = sums::conclude(&held, &budget);
    Ok(if exit == Exit::Clean && !beyond.is_empty() { Exit::Findings } else { exit })
}

fn counted(report: &Report) -> Digest {
    sums::counted(&report.rows, report.unrecorded.clone(), report.missing, report.second_pass.as_ref())
}

fn read(path: &Path, which: &str) -> anyhow::Result<Report> {
    let Opened { recorded, run, .. } = Opened::any(path, &format!("read the {which} report"))?;
    let mut report = Report {
        version: run.version.clone(),
        config_hash: run.config_hash.clone(),
        missing: run.missing,
        unrecorded: recorded.unrecorded,
        unknown_categories: recorded.unknown_categories,
        ..Report::new(path.display().to_string(), recorded.rows)
    };
    report.find_unknown_checks(&recorded.extra);
    let policy = run.second_pass().unwrap_or_else(|| {
        let has_submissions = report.rows.iter().any(|row| row.source.submission_id.is_some());
        if has_submissions {
            tracing::warn!("the configuration of the {which} report is not recorded: its submissions are judged by the default rules");
        }
        Policy::default()
    });
    report.judge_submissions(&policy);
    Ok(report)
}

fn json(comparison: &Comparison) -> anyhow::Result<Vec<u8>> {
    let mut json = Vec::new();
    comparison.write_json(&mut json)?;
    Ok(json)
}

/// The page, and the table of changed photos.
fn tables(comparison: &Comparison) -> anyhow::Result<[Vec<u8>; 2]> {
    let page = comparison.to_html()?.into_bytes();
    let mut changes = Vec::new();
    let mut table = CsvTable::with_columns(&mut changes, CHANGE_COLUMNS.to_vec())?;
    comparison.changes.iter().try_for_each(|change| table.write(change))?;
    table.finish()?;
    drop(table);
    Ok([page, changes])
}

fn write<'a>(out: &Path, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> anyhow::Result<Vec<PathBuf>> {
    let mut folder = Folder::create(out)?;
    for (name, bytes) in files {
        folder.put(name, bytes)?;
    }
    Ok(folder.publish()?)
}

impl CompareArgs {
    fn budget(&self) -> anyhow::Result<Budget> {
        let mut settings = Settings::default();
        for text in &self.budget {
            settings.add_budget("--budget", text)?;
        }
        Ok(settings.budget)
    }

    /// What lies beyond a gate, in words. A gate that cannot be evaluated is an error, for it would let everything pass.
    fn gates(&self, comparison: &Comparison) -> anyhow::Result<Vec<String>> {
        let mut beyond = Vec::new();
        if let Some(most) = self.max_verdict_changes {
            let Some(share) = comparison.verdict_change_share() else {
                bail!("no photo is in both reports, so --max-verdict-changes says nothing");
            };
            if share > most {
                let (changed, both) = (comparison.verdict_changes(), comparison.both);
                beyond.push(format!(
                    "{changed} of {both} verdicts changed ({share:.4}), more than --max-verdict-changes {most}"
                ));
            }
        }
        if let Some(most) = self.max_psi {
            if comparison.drift.entries.is_empty() {
                bail!(
                    "no group has {} photos in both reports, so --max-psi says nothing; see --min-photos",
                    self.min_photos
                );
            }
            let drifted: Vec<&Drift> = comparison.drift.beyond(most).collect();
            let in_words = |drift: &&Drift| {
                format!("PSI {:.3} of {} on {} is above --max-psi {most}", drift.psi, drift.check.id, drift.group)
            };
            beyond.extend(drifted.iter().take(NAMED).map(in_words));
            if drifted.len() > NAMED {
                beyond.push(format!("{} more are above --max-psi {most}", drifted.len() - NAMED));
            }
        }
        Ok(beyond)
    }
}

fn not_negative(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        _ => Err("expected a number of 0 or more".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    not_negative(text).ok().filter(|share| *share <= 1.0).ok_or_else(|| "expected a share from 0 to 1".to_owned())
}
