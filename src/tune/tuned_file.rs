//! Moved limits written into a configuration file, whose other lines stay as they are.

use std::fmt::Write as _;

use toml_edit::DocumentMut;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::TomlError;
use toml_edit::value;

use super::fit::Moved;
use super::fit::Trial;
use super::fit::Tuning;
use super::metrics::Estimate;
use crate::checks::Limit;
use crate::scene::DocumentType;

/// How comments of this program start; those of an earlier run are replaced.
const MARK: &str = "# tuned: ";

/// What the comments say of where limits come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// What limits were moved for.
    pub objective: String,
    /// The hash of the labels.
    pub labels: String,
    /// The day, as 2026-12-31.
    pub date: String,
}

/// `base` with the limits that `tuning` moved, each with a comment: old value, objective, figures on held-out photos, labels, day. All
/// else, comments and order too, stays as it is.
///
/// # Errors
/// When `base` is no TOML.
pub fn write_limits(base: &str, tuning: &Tuning, provenance: &Provenance) -> Result<String, TomlError> {
    let mut document: DocumentMut = base.parse()?;
    for (trial, moved) in tuning.moves() {
        let check = check_table(&mut document, trial.kind, moved.side.check.id);
        let reject = format!("{}\n", comment(trial, moved, provenance));
        let review = format!("{MARK}where a person looks\n");
        let mut limits = [(moved.side.reject(), moved.reject, reject), (moved.side.review(), moved.review, review)];
        limits.sort_by_key(|(limit, ..)| Limit::ALL.iter().position(|one| one == limit));
        for (limit, number, comment) in limits {
            set(check, limit.key(), number, &comment);
        }
    }
    Ok(document.to_string())
}

/// The table of a check; made where there is none.
fn check_table<'a>(document: &'a mut DocumentMut, kind: Option<DocumentType>, check: &str) -> &'a mut Table {
    let section = kind.map_or("default", DocumentType::id);
    let parent = table_in(document.as_table_mut(), section);
    if parent.is_empty() {
        parent.set_implicit(true);
    }
    table_in(parent, check)
}

/// The table `name` in `parent`; an inline one is written out.
fn table_in<'a>(parent: &'a mut Table, name: &str) -> &'a mut Table {
    let entry = parent.entry(name).or_insert_with(|| Item::Table(Table::new()));
    if !entry.is_table() {
        let written_out = std::mem::take(entry).into_table().unwrap_or_default();
        *entry = Item::Table(written_out);
    }
    entry.as_table_mut().expect("it was made a table")
}

/// Sets a number, with a comment before it in place of an earlier one of this program.
fn set(table: &mut Table, key: &str, number: f64, comment: &str) {
    let before = table.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str()).unwrap_or_default();
    let kept: String = before.lines().filter(|line| !line.starts_with(MARK)).fold(String::new(), |mut kept, line| {
        let _ = writeln!(kept, "{line}");
        kept
    });
    let suffix =
        table.get(key).and_then(|item| item.as_value()?.decor().suffix()?.as_str()).unwrap_or_default().to_owned();
    let mut item = value(number);
    if let Some(value) = item.as_value_mut() {
        value.decor_mut().set_suffix(suffix);
    }
    table.insert(key, item);
    if let Some(mut key) = table.key_mut(key) {
        key.leaf_decor_mut().set_prefix(kept + comment);
    }
}

/// `# tuned: was 0.3; best F1 at …; held out: recall 0.91 (0.85–0.95), false rejects 0.012 (0.008–0.02); labels 0123abcd; 2026-12-31`
fn comment(trial: &Trial, moved: &Moved, provenance: &Provenance) -> String {
    let was = moved.was.map_or_else(|| "was not set".to_owned(), |was| format!("was {was}"));
    let estimate = |name: &str, estimate: Option<Estimate>| match estimate {
        Some(Estimate { value, low, high }) => format!("{name} {value:.3} ({low:.3}–{high:.3})"),
        None => format!("{name} unknown"),
    };
    let held_out = trial.held_out.unwrap_or(trial.before);
    let pooled = if trial.is_pooled { "; on all document types" } else { "" };
    format!(
        "{MARK}{was}; {}; held out: {}, {}{pooled}; labels {}; {}",
        provenance.objective,
        estimate("recall", held_out.recall),
        estimate("false rejects", held_out.false_reject),
        &provenance.labels[..provenance.labels.len().min(8)],
        provenance.date
    )
}
