//! Whether tuning finds its way back: the bands of a simulated report are spoiled, tuned on one half of the submissions and judged on the
//! other, beside the defaults and the best limits there are on that other half.
//!
//! ```text
//! kyclint synth --out sim --count 5000 --seed 77 --size 1600x1200 --good-share 0.4
//! kyclint audit sim/photos --out sim-report --paths-as relative --as-of 2026-01-01
//! cargo run --release --example tune_checks -- sim-report/report.parquet sim/labels.csv
//! ```
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use kyclint::checks::Band;
use kyclint::checks::Category;
use kyclint::pixels::quantile;
use kyclint::record::Row;
use kyclint::report::Recorded;
use kyclint::tune::Case;
use kyclint::tune::Cases;
use kyclint::tune::CheckSide;
use kyclint::tune::Evaluation;
use kyclint::tune::LabelNames;
use kyclint::tune::Labels;
use kyclint::tune::Objective;
use kyclint::tune::TuneOptions;
use kyclint::tune::metrics::Bootstrap;
use kyclint::tune::tune;
use kyclint::verdict::Policy;

/// Limits that are tried on each side of a check.
const CANDIDATES: usize = 200;
/// Bounds on false rejects.
const BOUND: f64 = 0.02;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (report, labels) = arguments.next().zip(arguments.next()).ok_or("give a report and its labels")?;
    let rows = Recorded::open(&report)?.rows;
    let labels = Labels::read(&labels, &LabelNames::default())?;
    let all = Cases::join(&rows, &labels)?;
    let [one, other] = [0, 1].map(|half| Cases {
        cases: all.cases.iter().filter(|case| case.group % 2 == half).copied().collect(),
        ..all.clone()
    });
    let defaults = Policy::default();
    let spoiled = spoiled(&rows);
    println!("{} photos to tune on, {} to judge\n", one.cases.len(), other.cases.len());
    println!("Limits that are not tuned reject {:.3} of the good photos to judge.\n", fixed(&other));
    println!("| bands | macro F1 | false-reject rate |\n|---|---|---|");
    line("spoiled", &other, &spoiled);
    let objective = Objective::MaxFalseReject(BOUND);
    let options = TuneOptions { objective, review_budget: 0.05, seed: 0, is_forced: false, is_pooled: false };
    let tuning = tune(&one, &spoiled, &options);
    line("spoiled, then tuned by type", &other, &tuning.policy);
    let pooled = tune(&one, &spoiled, &TuneOptions { is_pooled: true, ..options.clone() });
    line("spoiled, then tuned for all types together", &other, &pooled.policy);
    let forced = TuneOptions { is_pooled: true, is_forced: true, ..options.clone() };
    line("the same, however few the labels", &other, &tune(&one, &spoiled, &forced).policy);
    line("defaults", &other, &defaults);
    line("defaults, then tuned by type", &other, &tune(&one, &defaults, &options).policy);
    best(&one, &other, &pooled.policy);
    println!("\n{}", tuning.to_markdown(&options));
    Ok(())
}

/// The share of good photos that limits reject which follow from what they mean.
fn fixed(cases: &Cases) -> f64 {
    let sides: Vec<CheckSide> = CheckSide::all().filter(|side| !side.is_tunable()).collect();
    let is_rejected = |case: &&Case| {
        sides.iter().any(|side| {
            let limit = side.limits(&Policy::default(), case.kind)[0];
            let number = case.row.outcomes[side.index].and_then(Result::ok).map(|number| side.badness(number));
            number.zip(limit).is_some_and(|(number, limit)| number > limit)
        })
    };
    let good: Vec<&Case> = cases.cases.iter().filter(|case| case.is_good() == Some(true)).collect();
    good.iter().copied().filter(is_rejected).count() as f64 / good.len().max(1) as f64
}

fn line(name: &str, cases: &Cases, policy: &Policy) {
    let evaluation = Evaluation::of(cases, policy, &Bootstrap { replicates: 20, seed: 0 });
    let rate = evaluation.categories.iter().find(|result| result.kind.is_none() && result.category.is_none());
    let rate = rate.and_then(|result| result.confusion.false_positive_rate()).unwrap_or(f64::NAN);
    println!("| {name} | {:.3} | {rate:.3} |", evaluation.macro_f1().unwrap_or(f64::NAN));
}

/// Bands whose limits of reject lie in turn at the middle of all photos and beyond the last one.
fn spoiled(rows: &[Row]) -> Policy {
    let mut policy = Policy::default();
    for (at, side) in CheckSide::all().filter(CheckSide::is_tunable).enumerate() {
        let numbers: Vec<f64> = rows.iter().filter_map(|row| row.outcomes[side.index]?.ok()).collect();
        let badness: Vec<f64> = numbers.iter().map(|number| side.badness(*number)).collect();
        let share = if at % 2 == 0 { 0.7 } else { 1.0 };
        if let Some(limit) = quantile(badness, share, f64::total_cmp) {
            let mut band = Band::default();
            band.set(side.reject(), Some(side.badness(limit)));
            band.set(side.review(), Some(side.badness(limit)));
            if band.or(policy.band(side.index, None)).validate().is_ok() {
                policy.lay(side.index, None, band);
            }
        }
    }
    policy
}

/// The best limits there are for each category, sought among many on the half they are judged on, and those sought on the other half.
fn best(one: &Cases, other: &Cases, tuned: &Policy) {
    let mut sums = [0.0; 2];
    let mut count = 0.0;
    let tuned = Evaluation::of(other, tuned, &Bootstrap { replicates: 20, seed: 0 });
    let mut lines =
        String::from("\n| category | tuned for all types | best here | best there | limits |\n|---|---|---|---|---|\n");
    for category in &other.judged {
        let sides: Vec<CheckSide> = CheckSide::all().filter(|side| side.category() == *category).collect();
        if sides.is_empty() || !other.cases.iter().any(|case| case.truth(*category) == Some(true)) {
            continue;
        }
        let (there, here) = (Table::new(other, *category, &sides), Table::new(one, *category, &sides));
        let found = [there.search(), here.search()].map(|limits| there.f1(&limits));
        let own = tuned.categories.iter().find(|result| result.kind.is_none() && result.category == Some(*category));
        let own = own.and_then(|result| result.confusion.f1()).unwrap_or(f64::NAN);
        let ids: Vec<&str> = sides.iter().map(|side| side.check.id).collect();
        let _ = writeln!(lines, "| {category} | {own:.3} | {:.3} | {:.3} | {} |", found[0], found[1], ids.join(", "));
        sums = [sums[0] + found[0], sums[1] + found[1]];
        count += 1.0;
    }
    println!("| best of all limits, sought on the half they are judged on | {:.3} | |", sums[0] / count);
    println!("| the same sought on the other half | {:.3} | |", sums[1] / count);
    println!("{lines}");
}

/// Numbers of the sides of a category, larger is worse, and the truth.
struct Table {
    photos: Vec<(bool, Vec<f64>)>,
    /// Limits to be tried on each side.
    candidates: Vec<Vec<f64>>,
}

impl Table {
    fn new(cases: &Cases, category: Category, sides: &[CheckSide]) -> Self {
        let fixed: BTreeMap<usize, [Option<f64>; 2]> = sides
            .iter()
            .filter(|side| !side.is_tunable())
            .map(|side| (side.index, side.limits(&Policy::default(), None)))
            .collect();
        let number = |case: &Case, side: &CheckSide| match case.row.outcomes[side.index] {
            Some(Ok(number)) => side.badness(number),
            _ => f64::NEG_INFINITY,
        };
        let photo = |case: &Case| {
            Some((case.truth(category)?, sides.iter().map(|side| number(case, side)).collect::<Vec<_>>()))
        };
        let photos: Vec<_> = cases.cases.iter().filter_map(photo).collect();
        let candidates = sides.iter().enumerate().map(|(at, side)| match fixed.get(&side.index) {
            Some([reject, _]) => vec![reject.unwrap_or(f64::INFINITY)],
            None => candidates(photos.iter().map(|(_, numbers)| numbers[at])),
        });
        Self { candidates: candidates.collect(), photos }
    }

    /// Every limit of one side against every one of each other in turn, from every start on the first side.
    fn search(&self) -> Vec<f64> {
        let mut best = vec![f64::INFINITY; self.candidates.len()];
        for start in &self.candidates[0] {
            let mut limits: Vec<f64> = self.candidates.iter().map(|limits| limits[limits.len() - 1]).collect();
            limits[0] = *start;
            for _ in 0..2 {
                for side in (0..limits.len()).rev() {
                    limits[side] = self.best_of(&limits, side);
                }
            }
            if self.f1(&limits) > self.f1(&best) {
                best = limits;
            }
            if self.candidates.len() == 1 {
                break;
            }
        }
        best
    }

    fn best_of(&self, limits: &[f64], side: usize) -> f64 {
        let with = |limit: f64| {
            let mut limits = limits.to_vec();
            limits[side] = limit;
            self.f1(&limits)
        };
        let scored = self.candidates[side].iter().map(|limit| (*limit, with(*limit)));
        scored.max_by(|one, other| one.1.total_cmp(&other.1)).map_or(f64::INFINITY, |(limit, _)| limit)
    }

    fn f1(&self, limits: &[f64]) -> f64 {
        let (mut found, mut bad, mut rejected) = (0.0, 0.0, 0.0);
        for (is_bad, numbers) in &self.photos {
            let is_rejected = numbers.iter().zip(limits).any(|(number, limit)| number > limit);
            bad += f64::from(u8::from(*is_bad));
            rejected += f64::from(u8::from(is_rejected));
            found += f64::from(u8::from(*is_bad && is_rejected));
        }
        if bad + rejected > 0.0 { 2.0 * found / (bad + rejected) } else { 0.0 }
    }
}

/// Numbers between which a limit may lie, and no limit at all as the last one.
fn candidates(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.filter(|number| number.is_finite()).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let step = (numbers.len() / CANDIDATES).max(1);
    numbers.into_iter().step_by(step).chain([f64::INFINITY]).collect()
}
