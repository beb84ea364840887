//! A comparison as titled tables of words, for pages and Markdown alike. Cells hold texts as they are: whoever prints them escapes them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::CategoryChange;
use super::Change;
use super::CheckChange;
use super::Comparison;
use super::Lack;
use super::Mover;
use super::SubmissionChange;
use super::VerdictTable;
use super::What;
use super::changed;
use super::drift::Drift;
use super::drift::Stability;
use super::six_digits;
use crate::checks::Category;
use crate::scene::DocumentType;
use crate::verdict::Verdict;

/// A table under a title.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub title: &'static str,
    /// What to know about it, a sentence each.
    pub notes: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
    /// Rows that there are beside those of the table.
    pub left_out: usize,
}

#[derive(Debug)]
pub(super) struct Column {
    pub title: String,
    pub is_number: bool,
}

impl Section {
    /// `… and 1,234 more`, where rows are left out.
    pub(super) fn rest(&self) -> Option<String> {
        (self.left_out > 0).then(|| format!("… and {} more", grouped(self.left_out)))
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.notes.is_empty()
    }
}

/// What the comparison comes to, in a few sentences.
pub(super) fn headline(comparison: &Comparison) -> Vec<String> {
    let both = grouped(comparison.both);
    if comparison.is_empty() {
        return vec![format!("no change in {both} photos, within a tolerance of {}", comparison.options.tolerance)];
    }
    let of = |what| grouped(comparison.count(what));
    let mut said = vec![format!(
        "{both} photos in both reports ({} moved, {} with another file under the same path), {} removed, {} added.",
        of(What::Moved),
        of(What::File),
        of(What::Removed),
        of(What::Added)
    )];
    if let Some(share) = comparison.verdict_change_share() {
        let count = grouped(comparison.verdict_changes());
        said.push(format!("{count} of {both} verdicts changed ({:.2} %).", 100.0 * share));
    }
    let drift = &comparison.drift;
    let count = |stability| grouped(drift.count(stability));
    said.push(format!(
        "Of {} distributions {} drifted far and {} moderately.",
        grouped(drift.entries.len()),
        count(Stability::Large),
        count(Stability::Moderate)
    ));
    said
}

/// The tables, those with nothing in them left out; each of lists that grow with the report has `most` rows at most.
pub(super) fn sections(comparison: &Comparison, most: usize) -> Vec<Section> {
    let mut sections = vec![reports(comparison)];
    if !comparison.is_empty() {
        sections.push(verdict_table("Verdicts", &comparison.verdicts));
        sections.push(changed_verdicts(&comparison.changes, most));
        sections.push(categories(comparison));
        sections.extend(submissions(comparison, most));
        sections.push(numbers(comparison));
        sections.push(assessed(&comparison.checks));
        sections.push(drift(comparison, most));
        sections.push(types(comparison));
        sections.extend(files(&comparison.changes, most));
    }
    sections.push(not_compared(comparison));
    sections.retain(|section| !section.is_empty());
    sections
}

fn reports(comparison: &Comparison) -> Section {
    let or_unknown = |text: Option<&str>| text.unwrap_or("unknown").to_owned();
    let hash = |hash: &Option<String>| or_unknown(hash.as_ref().and_then(|hash| hash.get(..8)));
    let rows = comparison.sides.iter().zip(["old", "new"]).map(|(side, which)| {
        let (version, config) = (or_unknown(side.version.as_deref()), hash(&side.config_hash));
        vec![which.to_owned(), side.name.clone(), grouped(side.photos), version, config]
    });
    let [old, new] = &comparison.sides;
    let mut notes = Vec::new();
    if old.config_hash != new.config_hash && old.config_hash.is_some() && new.config_hash.is_some() {
        notes.push("The reports were judged under different configurations.".to_owned());
    }
    for (side, which) in [(old, "old"), (new, "new")] {
        if side.missing > 0 {
            notes.push(format!("The {which} run was stopped: {} photos have no row.", grouped(side.missing)));
        }
    }
    let columns = [text("report"), text("path"), number("photos"), text("version"), text("configuration")];
    Section { title: "Reports", notes, columns: columns.into(), rows: rows.collect(), left_out: 0 }
}

fn verdict_table(title: &'static str, table: &VerdictTable) -> Section {
    if changed(table) == 0 {
        return Section::default();
    }
    let seen: BTreeSet<Verdict> = table.keys().flat_map(|(old, new)| [*old, *new]).collect();
    let columns = std::iter::once(text("old ↓ new →")).chain(seen.iter().map(|verdict| number(verdict.id())));
    let cell =
        |old: Verdict, new: Verdict| table.get(&(old, new)).map_or_else(|| "-".to_owned(), |count| grouped(*count));
    let row = |old: &Verdict| {
        let counts = seen.iter().map(|new| cell(*old, *new));
        std::iter::once(old.id().to_owned()).chain(counts).collect()
    };
    Section { title, columns: columns.collect(), rows: seen.iter().map(row).collect(), ..Section::default() }
}

fn changed_verdicts(changes: &[Change], most: usize) -> Section {
    let mut changed: Vec<(&Change, (Verdict, Verdict))> =
        changes.iter().filter_map(|change| Some((change, change.changed_verdict()?))).collect();
    changed.sort_by_key(|(_, (old, new))| (Reverse(*new as i32 - *old as i32), Reverse(*new)));
    let row = |(change, (old, new)): &(&Change, (Verdict, Verdict))| {
        let [appeared, vanished] = change.categories_apart().map(|categories| ids(&categories));
        let note = if change.what.contains(&What::File) { "another file" } else { "" };
        vec![change.path.clone(), old.to_string(), new.to_string(), appeared, vanished, note.to_owned()]
    };
    let titles = ["photo", "old", "new", "categories that appeared", "that vanished", "note"];
    listed("Changed verdicts, the worst first", titles.map(text).into(), &changed, most, row)
}

fn categories(comparison: &Comparison) -> Section {
    let changed = comparison.categories.iter().filter(|category| !category.is_empty());
    let row = |category: &CategoryChange| {
        let counts = [category.photos[0], category.photos[1], category.appeared, category.vanished];
        std::iter::once(category.category.to_string()).chain(counts.map(grouped)).collect()
    };
    let columns = [text("category"), number("photos before"), number("now"), number("appeared"), number("vanished")];
    Section { title: "Categories", columns: columns.into(), rows: changed.map(row).collect(), ..Section::default() }
}

fn submissions(comparison: &Comparison, most: usize) -> Vec<Section> {
    let Some(changes) = &comparison.submissions else {
        let notes = vec!["They are not compared: a run that was stopped judges none.".to_owned()];
        return vec![Section { title: "Submissions", notes, ..Section::default() }];
    };
    let mut table = verdict_table("Submissions", &changes.verdicts);
    if !changes.is_empty() {
        table.title = "Submissions";
        let counts = [changes.both(), changed(&changes.verdicts), changes.removed.len(), changes.added.len()];
        let [both, changed, removed, added] = counts.map(grouped);
        table
            .notes
            .push(format!("{both} in both reports, of which {changed} changed; {removed} removed, {added} added."));
    }
    let mut worst: Vec<_> = changes.changes.iter().collect();
    worst.sort_by_key(|change| Reverse(change.verdicts[1] as i32 - change.verdicts[0] as i32));
    let row = |change: &&SubmissionChange| {
        let [old, new] = change.verdicts.map(|verdict| verdict.to_string());
        vec![change.id.clone(), old, new]
    };
    let columns = ["submission", "old", "new"].map(text).into();
    vec![table, listed("Changed submissions, the worst first", columns, &worst, most, row)]
}

fn numbers(comparison: &Comparison) -> Section {
    let mut moved: Vec<&CheckChange> = comparison.checks.iter().filter(|check| check.moved() > 0).collect();
    moved.sort_by_key(|check| Reverse(check.moved()));
    let row = |check: &&CheckChange| {
        let counts = [check.compared, check.moved(), check.rose, check.fell].map(grouped);
        let (way, photo) = check.largest.first().map(farthest).unwrap_or_default();
        std::iter::once(check.check.id.to_owned()).chain(counts).chain([way, photo]).collect()
    };
    let columns = [
        text("check"),
        number("compared"),
        number("moved"),
        number("rose"),
        number("fell"),
        text("farthest"),
        text("photo"),
    ];
    Section {
        title: "Numbers that moved",
        notes: if moved.is_empty() { Vec::new() } else { vec![tolerance_in_words(comparison)] },
        columns: columns.into(),
        rows: moved.iter().map(row).collect(),
        left_out: 0,
    }
}

fn tolerance_in_words(comparison: &Comparison) -> String {
    let share = comparison.options.tolerance;
    format!("By more than {share} of themselves or of the largest default limit of the check.")
}

fn farthest(mover: &Mover) -> (String, String) {
    let [old, new] = mover.numbers.map(six_digits);
    (format!("{old} → {new}"), mover.path.clone())
}

fn assessed(checks: &[CheckChange]) -> Section {
    let mut changed: Vec<&CheckChange> =
        checks.iter().filter(|check| check.newly_not_assessed() + check.newly_assessed() > 0).collect();
    changed.sort_by_key(|check| Reverse(check.newly_not_assessed()));
    let reasons = |counts: &BTreeMap<Lack, usize>| {
        counts.iter().map(|(lack, count)| format!("{} {}", grouped(*count), lack.id())).collect::<Vec<_>>().join(", ")
    };
    let row = |check: &&CheckChange| {
        vec![
            check.check.id.to_owned(),
            grouped(check.newly_not_assessed()),
            reasons(&check.lost),
            grouped(check.newly_assessed()),
            reasons(&check.gained),
        ]
    };
    let columns =
        [text("check"), number("newly not assessed"), text("because"), number("newly assessed"), text("before that")];
    Section {
        title: "Newly not assessed",
        columns: columns.into(),
        rows: changed.iter().map(row).collect(),
        ..Section::default()
    }
}

fn drift(comparison: &Comparison, most: usize) -> Section {
    let drifts = &comparison.drift;
    let drifted: Vec<&Drift> = drifts.entries.iter().filter(|drift| drift.stability() != Stability::Stable).collect();
    let titles = [
        "PSI",
        "by chance up to",
        "KS",
        "p",
        "photos before",
        "now",
        "median before",
        "now",
        "not assessed before",
        "now",
    ];
    let columns = [text("check"), text("on"), text("drift")].into_iter().chain(titles.map(number)).collect();
    let mut section = listed("Drift", columns, &drifted, most, |drift| drift_row(drift));
    let least = comparison.options.least;
    section.notes.extend(match drifts.entries.first() {
        None => Some(format!("No group has {least} photos in both reports: no distribution is compared.")),
        Some(worst) if drifted.is_empty() => {
            Some(format!("No distribution drifted; the largest index is {:.3}, of {}.", worst.psi, worst.check.id))
        }
        Some(_) => None,
    });
    if !drifts.too_few.is_empty() {
        let groups = drifts.too_few.iter().map(|(kind, count)| format!("{} by {kind}", grouped(*count)));
        let groups = groups.collect::<Vec<_>>().join(", ");
        section.notes.push(format!("Groups with fewer than {least} photos in a report are left out: {groups}."));
    }
    section
}

fn drift_row(drift: &Drift) -> Vec<String> {
    let test = drift.kolmogorov_smirnov;
    let or_none = |number: Option<String>| number.unwrap_or_else(|| "-".to_owned());
    let [before, now] = drift.photos().map(grouped);
    let [old_median, new_median] =
        drift.medians.map(|median| or_none(median.map(|median| six_digits(median).to_string())));
    let [old_lacking, new_lacking] = drift.not_assessed.map(grouped);
    vec![
        drift.check.id.to_owned(),
        drift.group.to_string(),
        drift.stability().id().to_owned(),
        format!("{:.3}", drift.psi),
        format!("{:.3}", drift.by_chance),
        or_none(test.map(|test| format!("{:.3}", test.statistic))),
        or_none(test.map(|test| if test.p < 0.001 { "< 0.001".to_owned() } else { format!("{:.3}", test.p) })),
        before,
        now,
        old_median,
        new_median,
        old_lacking,
        new_lacking,
    ]
}

fn types(comparison: &Comparison) -> Section {
    let name = |kind: &Option<DocumentType>| kind.map_or("unknown", DocumentType::id).to_owned();
    let rows = comparison.types.iter().map(|((old, new), count)| vec![name(old), name(new), grouped(*count)]);
    let columns = [text("old"), text("new"), number("photos")].into();
    Section { title: "Document types", columns, rows: rows.collect(), ..Section::default() }
}

fn files(changes: &[Change], most: usize) -> Vec<Section> {
    let list = |title, what| {
        let photos: Vec<&Change> = changes.iter().filter(|change| change.what.contains(&what)).collect();
        let is_moved = what == What::Moved;
        let row = |change: &&Change| {
            let old = change.old_path.clone().filter(|_| is_moved);
            std::iter::once(change.path.clone()).chain(old).collect()
        };
        let columns = if is_moved { vec![text("photo"), text("old path")] } else { vec![text("photo")] };
        listed(title, columns, &photos, most, row)
    };
    vec![
        list("Removed photos", What::Removed),
        list("Added photos", What::Added),
        list("Moved photos", What::Moved),
        list("Other files under the same path", What::File),
    ]
}

fn not_compared(comparison: &Comparison) -> Section {
    let checks = comparison.not_compared.iter().map(|check| vec![check.check.clone(), check.reason().to_owned()]);
    let unknown: BTreeSet<&String> = comparison.sides.iter().flat_map(|side| &side.unknown_categories).collect();
    let unknown =
        unknown.into_iter().map(|name| vec![name.clone(), "this version does not know the category".to_owned()]);
    let columns = ["check", "why"].map(text).into();
    Section { title: "Not compared", columns, rows: checks.chain(unknown).collect(), ..Section::default() }
}

/// A table of the first `most` of `items`.
fn listed<T>(
    title: &'static str,
    columns: Vec<Column>,
    items: &[T],
    most: usize,
    row: impl Fn(&T) -> Vec<String>,
) -> Section {
    let rows = items.iter().take(most).map(row).collect();
    Section { title, notes: Vec::new(), columns, rows, left_out: items.len().saturating_sub(most) }
}

fn text(title: &str) -> Column {
    Column { title: title.to_owned(), is_number: false }
}

fn number(title: &str) -> Column {
    Column { title: title.to_owned(), is_number: true }
}

fn ids(categories: &[Category]) -> String {
    categories.iter().map(|category| category.id()).collect::<Vec<_>>().join(", ")
}

/// `1,234,567`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
