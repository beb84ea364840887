use std::collections::BTreeSet;

use crate::checks::Category;
use crate::names::named;
use crate::record::Cell;
use crate::record::Kind;
use crate::record::Row;
use crate::record::TableColumn;
use crate::verdict::Verdict;

named! {
    /// What changed about a photo.
    pub enum What (UnknownWhat: "change") {
        /// Only the new report has it.
        Added = "added",
        /// Only the old report has it.
        Removed = "removed",
        /// The same file under another path.
        Moved = "moved",
        /// Another file under the same path.
        File = "file",
        /// The document type, declared or else detected.
        Type = "type",
        /// The verdict.
        Verdict = "verdict",
        /// The categories or their order.
        Categories = "categories",
        /// Numbers moved beyond tolerance.
        Numbers = "numbers",
        /// What is not assessed, or why.
        Assessed = "assessed",
    }
}

/// A photo that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its path, the new one where it has two.
    pub path: String,
    /// The old path of a photo that was moved.
    pub old_path: Option<String>,
    /// What changed, at least one thing.
    pub what: BTreeSet<What>,
    /// The old and the new verdict.
    pub verdicts: [Option<Verdict>; 2],
    /// The old and the new categories, the primary one first.
    pub categories: [Vec<Category>; 2],
    /// Checks whose numbers moved, or that are newly assessed or not assessed.
    pub checks: Vec<&'static str>,
}

impl Change {
    /// A photo with nothing said of it yet.
    pub(super) fn of(old: Option<&Row>, new: Option<&Row>) -> Self {
        let path = |row: Option<&Row>| row.map(|row| row.source.path.clone());
        let categories = |row: Option<&Row>| row.map(|row| row.categories.clone()).unwrap_or_default();
        Self {
            path: path(new).or_else(|| path(old)).unwrap_or_default(),
            old_path: path(old).filter(|old| path(new).is_some_and(|new| new != *old)),
            what: BTreeSet::new(),
            verdicts: [old, new].map(|row| row.map(|row| row.verdict)),
            categories: [old, new].map(categories),
            checks: Vec::new(),
        }
    }

    /// Both verdicts, where they differ.
    #[must_use]
    pub fn changed_verdict(&self) -> Option<(Verdict, Verdict)> {
        let [old, new] = self.verdicts;
        Some((old?, new?)).filter(|(old, new)| old != new)
    }

    /// Categories that only the new report, and those that only the old one has.
    pub(super) fn categories_apart(&self) -> [Vec<Category>; 2] {
        let [old, new] = &self.categories;
        let without =
            |these: &[Category], those: &[Category]| these.iter().copied().filter(|one| !those.contains(one)).collect();
        [without(new, old), without(old, new)]
    }
}

/// A column of the table of changed photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a field of `Change`")]
pub enum ChangeColumn {
    Path,
    OldPath,
    What,
    OldVerdict,
    NewVerdict,
    OldCategories,
    NewCategories,
    Checks,
}

/// The columns of the table of changed photos, in order.
pub const CHANGE_COLUMNS: [ChangeColumn; 8] = [
    ChangeColumn::Path,
    ChangeColumn::OldPath,
    ChangeColumn::What,
    ChangeColumn::OldVerdict,
    ChangeColumn::NewVerdict,
    ChangeColumn::OldCategories,
    ChangeColumn::NewCategories,
    ChangeColumn::Checks,
];

impl TableColumn for ChangeColumn {
    type Row = Change;

    fn name(&self) -> &str {
        match self {
            Self::Path => "path",
            Self::OldPath => "old_path",
            Self::What => "what",
            Self::OldVerdict => "old_verdict",
            Self::NewVerdict => "new_verdict",
            Self::OldCategories => "old_categories",
            Self::NewCategories => "new_categories",
            Self::Checks => "checks",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Path | Self::OldPath | Self::OldVerdict | Self::NewVerdict => Kind::Text,
            Self::What | Self::OldCategories | Self::NewCategories | Self::Checks => Kind::List,
        }
    }

    fn cell(&self, change: &Change) -> Cell {
        let verdict = |at: usize| change.verdicts[at].map(Verdict::id).into();
        let categories = |at: usize| change.categories[at].iter().map(ToString::to_string).collect();
        match self {
            Self::Path => Cell::from(&change.path),
            Self::OldPath => change.old_path.as_ref().into(),
            Self::What => change.what.iter().map(|what| what.id().to_owned()).collect(),
            Self::OldVerdict => verdict(0),
            Self::NewVerdict => verdict(1),
            Self::OldCategories => categories(0),
            Self::NewCategories => categories(1),
            Self::Checks => change.checks.iter().map(ToString::to_string).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHANGE_COLUMNS;
    use super::Change;
    use super::What;
    use crate::checks::Category;
    use crate::record::TableColumn;
    use crate::verdict::Verdict;

    #[test]
    fn a_change_stands_in_its_columns() {
        let change = Change {
            path: "b.jpg".to_owned(),
            old_path: Some("a.jpg".to_owned()),
            what: [What::Verdict, What::Moved].into(),
            verdicts: [Some(Verdict::Accept), Some(Verdict::Reject)],
            categories: [vec![Category::Blurry], vec![Category::Glare, Category::Blurry]],
            checks: vec!["glare_area"],
        };
        let cells = CHANGE_COLUMNS.map(|column| column.cell(&change).to_text());
        let expected = ["b.jpg", "a.jpg", "moved;verdict", "accept", "reject", "blurry", "glare;blurry", "glare_area"];
        assert_eq!(cells, expected);
        assert_eq!(change.categories_apart(), [vec![Category::Glare], vec![]]);
    }
}
