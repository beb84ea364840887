use std::io::Write;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context;
use anyhow::bail;
use clap::Args;
use jiff::civil::Date;
use kyclint::tune::Case;
use kyclint::tune::Objective;
use kyclint::tune::Provenance;
use kyclint::tune::TuneOptions;
use kyclint::tune::tune;
use kyclint::tune::write_limits;

use super::is_same_file;
use super::labelled::LabelledArgs;
use super::put;
use crate::args::SettingsArgs;
use crate::args::today;
use crate::exit::Exit;

/// Move limits to where labelled photos are judged best, and write them as TOML.
///
/// Per document type and category the limits of all checks of the category are sought together. A limit is moved only where photos
/// that it was not sought on are judged better. Below 30 bad and 200 good photos of a type nothing is moved; limits sought on all
/// types may be taken over then.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint tune report/report.parquet --labels labels.csv --out tuned.toml
  kyclint tune report/report.parquet --labels labels.csv --config mine.toml --max-false-reject 0.01 --dry-run
  kyclint tune report/report.parquet --labels labels.csv --cost 1:20 --review-budget 0.1 --out tuned.toml")]
pub struct TuneArgs {
    #[command(flatten)]
    labelled: LabelledArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    /// The file to write: the last --config with its comments and order, or a new one
    #[arg(long, short, value_name = "FILE", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// Best balance of precision and recall at which at most this share of good photos is rejected; the default, at 0.02
    #[arg(long, value_name = "SHARE", value_parser = share, group = "objective")]
    max_false_reject: Option<f64>,
    /// Fewest false alarms at which at least this share of the bad photos is found
    #[arg(long, value_name = "SHARE", value_parser = share, group = "objective")]
    min_recall: Option<f64>,
    /// Least cost, of a false reject against a false accept, as `1:20`
    #[arg(long, value_name = "FR:FA", group = "objective")]
    cost: Option<Cost>,
    /// Share of photos that may go to review for moved limits
    #[arg(long, value_name = "SHARE", value_parser = share, default_value_t = 0.05)]
    review_budget: f64,
    /// Seek one limit for all document types, instead of one a type
    #[arg(long)]
    pooled: bool,
    /// Move limits however few the labels are
    #[arg(long)]
    force: bool,
    /// Show what would be moved, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Day that stands in the comments, as 2026-12-31; else today, UTC
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
}

#[derive(Clone, Copy, Debug)]
struct Cost {
    false_reject: f64,
    false_accept: f64,
}

impl FromStr for Cost {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let positive = |text: &str| text.trim().parse::<f64>().ok().filter(|cost| cost.is_finite() && *cost > 0.0);
        let parts = text.split_once(':').and_then(|(one, other)| Some((positive(one)?, positive(other)?)));
        let (false_reject, false_accept) = parts.ok_or("expected two numbers above 0, as `1:20`")?;
        Ok(Self { false_reject, false_accept })
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "expected a share from 0 to 1, as 0.02".to_owned())
}

pub fn run(args: &TuneArgs) -> anyhow::Result<Exit> {
    let settings = args.settings.load()?;
    let base = args.settings.config.last();
    if let Some(out) = args.out.as_ref().filter(|out| base.is_some_and(|base| is_same_file(out, base))) {
        bail!("{} is the configuration that is tuned; give another file with --out", out.display());
    }
    let labelled = args.labelled.read()?;
    let cases = labelled.cases()?;
    let is_good: Vec<bool> = cases.cases.iter().filter_map(Case::is_good).collect();
    if !is_good.contains(&true) || !is_good.contains(&false) {
        let all = if is_good.contains(&true) { "good" } else { "bad" };
        bail!("all labelled photos are {all}; limits need both");
    }
    let options = args.options();
    let tuning = tune(&cases, &settings.policy, &options);
    anstream::stdout().lock().write_all(tuning.to_markdown(&options).as_bytes())?;
    let Some(out) = args.out.as_ref().filter(|_| !args.dry_run) else { return Ok(Exit::Clean) };
    if tuning.moves().next().is_none() {
        tracing::warn!("no limit is moved; {} is not written", out.display());
        return Ok(Exit::Clean);
    }
    let base = base.map_or_else(|| Ok(String::new()), std::fs::read_to_string)?;
    let date = args.date.unwrap_or_else(today);
    let provenance = Provenance {
        objective: options.objective.to_string(),
        labels: labelled.labels.hash.clone(),
        date: date.to_string(),
    };
    let text = write_limits(&base, &tuning, &provenance)?;
    let mut check = settings.clone();
    check.overlay(&out.display().to_string(), &text).context("the limits that were found cross others")?;
    put(out, text.as_bytes())?;
    Ok(Exit::Clean)
}

impl TuneArgs {
    fn options(&self) -> TuneOptions {
        let objective = match (self.min_recall, self.cost) {
            (Some(least), _) => Objective::MinRecall(least),
            (None, Some(Cost { false_reject, false_accept })) => Objective::Cost { false_reject, false_accept },
            (None, None) => Objective::MaxFalseReject(self.max_false_reject.unwrap_or(0.02)),
        };
        TuneOptions {
            objective,
            review_budget: self.review_budget,
            seed: self.labelled.seed,
            is_forced: self.force,
            is_pooled: self.pooled,
        }
    }
}
