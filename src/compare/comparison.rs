use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::CategoryChange;
use super::Change;
use super::CheckChange;
use super::CompareError;
use super::Report;
use super::SubmissionChanges;
use super::VerdictTable;
use super::What;
use super::changed;
use super::drift::Drifts;
use super::matching::Matched;
use super::matching::Pair;
use super::numbers::Noted;
use crate::checks::Check;
use crate::checks::REGISTRY;
use crate::record::Row;
use crate::scene::DocumentType;

/// How two reports are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Share of itself, or of the largest limit of the default band, by which a number must move to count.
    pub tolerance: f64,
    /// Photos that a group must have in either report before its distributions are compared.
    pub least: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { tolerance: 1e-3, least: 50 }
    }
}

/// What changed between two reports. Of each pair in it the first is the old report's.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The two reports.
    pub sides: [SideFacts; 2],
    /// How they were compared.
    pub options: Options,
    /// Photos in both, moved ones included.
    pub both: usize,
    /// Every photo that is not as it was, by path.
    pub changes: Vec<Change>,
    /// Photos in both by old and new verdict.
    pub verdicts: VerdictTable,
    /// Every category that either report has.
    pub categories: Vec<CategoryChange>,
    /// Photos in both by old and new document type, where these differ.
    pub types: BTreeMap<(Option<DocumentType>, Option<DocumentType>), usize>,
    /// Every check that both reports have, in the order of the registry.
    pub checks: Vec<CheckChange>,
    /// Checks that are not compared.
    pub not_compared: Vec<NotCompared>,
    /// How far distributions have drifted.
    pub drift: Drifts,
    /// What became of submissions; `None` where a report judges none because photos are missing.
    pub submissions: Option<SubmissionChanges>,
}

/// One of the two reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideFacts {
    /// What it is called.
    pub name: String,
    /// Version of kyclint that wrote it, where it says so.
    pub version: Option<String>,
    /// Hash of the configuration that judged it, where it says so.
    pub config_hash: Option<String>,
    /// Its rows.
    pub photos: usize,
    /// Photos that have no row, because the run was stopped.
    pub missing: usize,
    /// Categories in it that this version does not know; they are not compared.
    pub unknown_categories: Vec<String>,
}

/// A check that is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// The check.
    pub check: String,
    /// Whether the old and the new report have it.
    pub is_in: [bool; 2],
    /// Whether this version knows it.
    pub is_known: bool,
}

impl Comparison {
    /// Compares two reports, whatever the order of their rows.
    ///
    /// # Errors
    /// When a report has no rows, or two of one path.
    pub fn of(old: &Report, new: &Report, options: &Options) -> Result<Self, CompareError> {
        let matched = Matched::of(old, new)?;
        let is_recorded = |check: &Check| [old, new].map(|report| !report.unrecorded.contains(&check.id));
        let compared: Vec<usize> = (0..REGISTRY.len()).filter(|at| is_recorded(&REGISTRY[*at]) == [true; 2]).collect();
        let mut comparison = Self {
            sides: [old, new].map(SideFacts::of),
            options: *options,
            both: matched.pairs.len(),
            changes: Vec::new(),
            verdicts: VerdictTable::new(),
            categories: Vec::new(),
            types: BTreeMap::new(),
            checks: compared.iter().map(|at| CheckChange::new(&REGISTRY[*at])).collect(),
            not_compared: NotCompared::all(old, new, is_recorded),
            drift: Drifts::of([&old.rows, &new.rows], &compared, options.least),
            submissions: old.submissions().zip(new.submissions()).map(|(old, new)| SubmissionChanges::of(&old, &new)),
        };
        for pair in &matched.pairs {
            comparison.add(pair, &old.rows[pair.old], &new.rows[pair.new], &compared);
        }
        comparison.changes.extend(matched.removed.iter().map(|at| alone(What::Removed, Some(&old.rows[*at]), None)));
        comparison.changes.extend(matched.added.iter().map(|at| alone(What::Added, None, Some(&new.rows[*at]))));
        comparison.changes.sort_by(|one, other| (&one.path, &one.what).cmp(&(&other.path, &other.what)));
        comparison.categories = CategoryChange::all(&old.rows, &new.rows, &comparison.changes);
        Ok(comparison)
    }

    /// Whether nothing changed that is compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.not_compared.iter().all(|check| check.is_in[0] == check.is_in[1])
            && self.submissions.as_ref().is_none_or(SubmissionChanges::is_empty)
    }

    /// Photos about which this changed.
    #[must_use]
    pub fn count(&self, what: What) -> usize {
        self.changes.iter().filter(|change| change.what.contains(&what)).count()
    }

    /// Photos in both whose verdict changed.
    #[must_use]
    pub fn verdict_changes(&self) -> usize {
        changed(&self.verdicts)
    }

    /// The same as a share of the photos in both, 0–1; `None` where there are none.
    #[must_use]
    pub fn verdict_change_share(&self) -> Option<f64> {
        (self.both > 0).then(|| self.verdict_changes() as f64 / self.both as f64)
    }

    fn add(&mut self, pair: &Pair, old: &Row, new: &Row, compared: &[usize]) {
        let mut change = Change::of(Some(old), Some(new));
        let what = pair_changes(pair, old, new);
        change.what.extend(what.iter().filter(|(is_so, _)| *is_so).map(|(_, what)| *what));
        for (index, check) in compared.iter().zip(&mut self.checks) {
            let what = match check.add(*index, old, new, self.options.tolerance) {
                Noted::Nothing => continue,
                Noted::Moved => What::Numbers,
                Noted::Assessed => What::Assessed,
            };
            change.what.insert(what);
            change.checks.push(check.check.id);
        }
        *self.verdicts.entry((old.verdict, new.verdict)).or_default() += 1;
        if change.what.contains(&What::Type) {
            *self.types.entry((old.document_type(), new.document_type())).or_default() += 1;
        }
        if !change.what.is_empty() {
            self.changes.push(change);
        }
    }
}

/// What there is to change about a photo in both beside its numbers, each with whether it did.
fn pair_changes(pair: &Pair, old: &Row, new: &Row) -> [(bool, What); 5] {
    let [before, now] = [old, new].map(|row| row.facts.blake3.as_str());
    let is_other_file = before != now && !before.is_empty() && !now.is_empty();
    [
        (pair.is_moved, What::Moved),
        (is_other_file, What::File),
        (old.document_type() != new.document_type(), What::Type),
        (old.verdict != new.verdict, What::Verdict),
        (old.categories != new.categories, What::Categories),
    ]
}

fn alone(what: What, old: Option<&Row>, new: Option<&Row>) -> Change {
    Change { what: BTreeSet::from([what]), ..Change::of(old, new) }
}

impl SideFacts {
    fn of(report: &Report) -> Self {
        Self {
            name: report.name.clone(),
            version: report.version.clone(),
            config_hash: report.config_hash.clone(),
            photos: report.rows.len(),
            missing: report.missing,
            unknown_categories: report.unknown_categories.clone(),
        }
    }
}

impl NotCompared {
    /// Checks that a report does not have, then those that this version does not know.
    fn all(old: &Report, new: &Report, is_recorded: impl Fn(&Check) -> [bool; 2]) -> Vec<Self> {
        let known =
            REGISTRY.iter().map(|check| (check.id, is_recorded(check))).filter(|(_, is_in)| *is_in != [true; 2]);
        let known = known.map(|(id, is_in)| Self { check: id.to_owned(), is_in, is_known: true });
        let unknown: BTreeSet<&String> = [old, new].iter().flat_map(|report| &report.unknown_checks).collect();
        let is_in = |check: &String| [old, new].map(|report| report.unknown_checks.contains(check));
        let unknown =
            unknown.into_iter().map(|check| Self { check: check.clone(), is_in: is_in(check), is_known: false });
        known.chain(unknown).collect()
    }

    /// Why it is not compared, in words.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match (self.is_known, self.is_in) {
            (false, [true, true]) => "this version does not know it",
            (false, [true, false]) => "this version does not know it, nor has the new report it",
            (false, _) => "this version does not know it, nor has the old report it",
            (true, [true, _]) => "the new report does not have it",
            (true, [false, true]) => "the old report does not have it",
            (true, [false, false]) => "neither report has it",
        }
    }
}
