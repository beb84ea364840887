//! The tables, in Markdown. A dash stands where there is nothing to count.

use super::labels::Truth;
use super::measure::Outcome;
use super::measure::Verdict;
use super::summary::Detection;
use super::summary::Summary;
use super::summary::quantile;
use super::summary::separation;
use super::summary::share;

/// Below this confidence an answer counts as "no document".
const SURE: f64 = 0.5;
/// Tags of simulated photos that name their fault begin so.
const FAULT: &str = "fault ";
/// How many of the most confident false alarms are listed.
const ALARMS: usize = 10;

/// Prints every table but that of the worst photos.
pub fn print(outcomes: &[Outcome]) {
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let sets = groups(&all, |outcome| vec![outcome.set.clone()]);
    print_sets(&sets, &all);
    for (set, of_set) in &sets {
        print_tags(set, of_set);
    }
    print_outside(&all);
    print_confidence(&all);
    print_without_document(&all);
    print_unmarked(&all);
    print_time(&all);
}

/// Prints the photos by name.
pub fn print_worst(worst: &[&Outcome]) {
    println!("\n| worst | set | photo | Jaccard | confidence |\n|---|---|---|---|---|");
    for (rank, outcome) in worst.iter().enumerate() {
        let jaccard = outcome.verdict.as_ref().map_or(f64::NAN, |verdict| verdict.jaccard);
        let confidence = outcome.found.as_ref().map_or(f64::NAN, |found| found.confidence);
        let (set, photo) = (&outcome.set, &outcome.name);
        println!("| {} | {set} | {photo} | {} | {} |", rank + 1, decimal(jaccard, 3), decimal(confidence, 2));
    }
}

fn print_sets(sets: &[(String, Vec<&Outcome>)], all: &[&Outcome]) {
    print_head("photos");
    for (set, outcomes) in sets {
        print_frames(set, outcomes);
    }
    if sets.len() > 1 {
        print_frames("**all**", all);
    }
}

fn print_frames(title: &str, outcomes: &[&Outcome]) {
    let with = |cut: bool| -> Vec<&Outcome> {
        outcomes.iter().filter(|o| o.verdict.as_ref().is_some_and(|v| v.is_cut() == cut)).copied().collect()
    };
    let (whole, cut) = (with(false), with(true));
    print_line(title, outcomes);
    if !cut.is_empty() {
        print_line(&format!("{title}: all four corners in frame"), &whole);
        print_line(&format!("{title}: some corner outside"), &cut);
    }
}

fn print_tags(set: &str, outcomes: &[&Outcome]) {
    let mut tags = groups(outcomes, |outcome| outcome.tags.clone());
    tags.retain(|(_, of_tag)| of_tag.iter().any(|outcome| outcome.verdict.is_some()));
    tags.sort_by(|a, b| a.0.cmp(&b.0));
    if tags.len() > 1 {
        print_head(set);
        for (tag, of_tag) in &tags {
            print_line(tag, of_tag);
        }
    }
}

fn print_head(title: &str) {
    println!("\n| {title} | n | found % | mean Jaccard | hits % | corner hits % | mean confidence |");
    println!("|---|---|---|---|---|---|---|");
}

fn print_line(title: &str, outcomes: &[&Outcome]) {
    let Some(Summary { n, found, jaccard, hits, corner_hits, confidence }) = Summary::of(outcomes) else { return };
    let [found, hits, corner_hits] = [found, hits, corner_hits].map(|number| decimal(number, 1));
    let (jaccard, confidence) = (decimal(jaccard, 3), decimal(confidence, 2));
    println!("| {title} | {n} | {found} | {jaccard} | {hits} | {corner_hits} | {confidence} |");
}

/// Whether it is seen that corners lie outside the frame.
fn print_outside(all: &[&Outcome]) {
    let verdicts: Vec<&Verdict> = all.iter().filter_map(|outcome| outcome.verdict.as_ref()).collect();
    let photos = Detection::of(verdicts.iter().map(|verdict| (verdict.is_cut(), verdict.found_cut())));
    let corners =
        Detection::of(verdicts.iter().flat_map(|verdict| verdict.outside.into_iter().zip(verdict.found_outside)));
    println!("\n| corner outside the frame | cases | precision | recall |\n|---|---|---|---|");
    for (title, counts) in [("by photo", photos), ("by corner", corners)] {
        let (precision, recall) = (decimal(counts.precision(), 3), decimal(counts.recall(), 3));
        println!("| {title} | {} | {precision} | {recall} |", counts.right + counts.missed);
    }
    print_outside_by_fault(all);
}

/// The same photo by photo under each fault that has cases or false alarms.
fn print_outside_by_fault(all: &[&Outcome]) {
    println!(
        "\n| photos with a corner outside the frame | photos | cases | found | false alarms |\n|---|---|---|---|---|"
    );
    let mut faults = groups(all, |outcome| outcome.tags.iter().filter(|tag| tag.starts_with(FAULT)).cloned().collect());
    faults.sort_by(|a, b| a.0.cmp(&b.0));
    for (fault, outcomes) in faults {
        let verdicts: Vec<&Verdict> = outcomes.iter().filter_map(|outcome| outcome.verdict.as_ref()).collect();
        let counts = Detection::of(verdicts.iter().map(|verdict| (verdict.is_cut(), verdict.found_cut())));
        let (cases, alarms) = (counts.right + counts.missed, counts.false_alarms);
        if cases + alarms > 0 {
            println!("| {fault} | {} | {cases} | {} | {alarms} |", verdicts.len(), counts.right);
        }
    }
}

/// Whether confidence tells right quads from wrong ones.
fn print_confidence(all: &[&Outcome]) {
    let answered = |hit: bool| confidences(all, |o| o.verdict.as_ref().is_some_and(|verdict| verdict.hit == hit));
    let absent = confidences(all, |outcome| outcome.truth == Truth::Absent);
    let (right, wrong) = (answered(true), answered(false));
    println!("\n| confidence of | n | 5th percentile | median | 95th | >= {SURE} % | AUC of right against these |");
    println!("|---|---|---|---|---|---|---|");
    for (title, numbers) in [("right quads", &right), ("wrong quads", &wrong), ("quads without a document", &absent)] {
        let [low, median, high] = [0.05, 0.5, 0.95].map(|at| decimal(quantile(numbers.clone(), at), 2));
        let sure = decimal(share(numbers, |&number| number >= SURE), 1);
        let auc = if title.starts_with("right") { f64::NAN } else { separation(&right, numbers) };
        println!("| {title} | {} | {low} | {median} | {high} | {sure} | {} |", numbers.len(), decimal(auc, 3));
    }
}

fn print_without_document(all: &[&Outcome]) {
    let mut absent: Vec<&Outcome> = all.iter().filter(|outcome| outcome.truth == Truth::Absent).copied().collect();
    if absent.is_empty() {
        return;
    }
    println!(
        "\n| photos without a document | n | no answer % | no answer or confidence < {SURE} % |\n|---|---|---|---|"
    );
    for (set, of_set) in groups(&absent, |outcome| vec![outcome.set.clone()]) {
        let none = share(&of_set, |outcome| outcome.found.is_none());
        let unsure = share(&of_set, |outcome| outcome.confidence() < SURE);
        println!("| {set} | {} | {} | {} |", of_set.len(), decimal(none, 1), decimal(unsure, 1));
    }
    absent.sort_by(|a, b| b.confidence().total_cmp(&a.confidence()));
    println!("\nThe most confident of these:\n");
    for outcome in absent.iter().filter(|outcome| outcome.found.is_some()).take(ALARMS) {
        println!("- {} {}: {}", outcome.set, outcome.name, decimal(outcome.confidence(), 2));
    }
}

/// Documents whose corners nobody marked: all that can be said is whether something was found.
fn print_unmarked(all: &[&Outcome]) {
    let unmarked: Vec<&Outcome> = all.iter().filter(|outcome| outcome.truth == Truth::Unmarked).copied().collect();
    if unmarked.is_empty() {
        return;
    }
    println!("\n| documents without marked corners | found | confidence |\n|---|---|---|");
    for outcome in unmarked {
        let confidence = outcome.found.as_ref().map_or(f64::NAN, |found| found.confidence);
        let answer = if outcome.found.is_some() { "yes" } else { "no" };
        println!("| {} {} | {answer} | {} |", outcome.set, outcome.name, decimal(confidence, 2));
    }
}

fn print_time(all: &[&Outcome]) {
    let times: Vec<f64> = all.iter().filter(|o| o.searched).map(|outcome| outcome.milliseconds).collect();
    let [median, high] = [0.5, 0.95].map(|at| decimal(quantile(times.clone(), at), 1));
    let (n, failed) = (all.len(), all.len() - times.len());
    println!("\n{n} photos, {failed} not searched. Search: median {median} ms, 95th percentile {high} ms.");
}

fn confidences(all: &[&Outcome], holds: impl Fn(&Outcome) -> bool) -> Vec<f64> {
    all.iter().filter(|o| holds(o)).filter_map(|o| o.found.as_ref()).map(|found| found.confidence).collect()
}

/// The outcomes under each of their keys, in the order of appearance.
fn groups<'a>(all: &[&'a Outcome], keys: impl Fn(&Outcome) -> Vec<String>) -> Vec<(String, Vec<&'a Outcome>)> {
    let mut groups: Vec<(String, Vec<&Outcome>)> = Vec::new();
    for &outcome in all {
        for key in keys(outcome) {
            match groups.iter_mut().find(|(name, _)| *name == key) {
                Some((_, members)) => members.push(outcome),
                None => groups.push((key, vec![outcome])),
            }
        }
    }
    groups
}

fn decimal(number: f64, places: usize) -> String {
    if number.is_finite() { format!("{number:.places$}") } else { "–".to_owned() }
}
