use super::Change;
use crate::checks::Category;
use crate::record::Row;

/// What became of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryChange {
    /// The category.
    pub category: Category,
    /// Photos that have it in the old and in the new report, those of one report alone included.
    pub photos: [usize; 2],
    /// Photos in both reports that have it now and did not.
    pub appeared: usize,
    /// Photos in both reports that had it and do not now.
    pub vanished: usize,
}

impl CategoryChange {
    /// What became of every category that either report has, in the order of [`Category`].
    pub(super) fn all(olds: &[Row], news: &[Row], changes: &[Change]) -> Vec<Self> {
        let mut all = Category::ALL.map(|category| Self { category, photos: [0; 2], appeared: 0, vanished: 0 });
        for (side, rows) in [olds, news].into_iter().enumerate() {
            for category in rows.iter().flat_map(|row| &row.categories) {
                all[*category as usize].photos[side] += 1;
            }
        }
        for change in changes.iter().filter(|change| change.verdicts.iter().all(Option::is_some)) {
            let [appeared, vanished] = change.categories_apart();
            for category in appeared {
                all[category as usize].appeared += 1;
            }
            for category in vanished {
                all[category as usize].vanished += 1;
            }
        }
        all.into_iter().filter(|category| category.photos != [0; 2]).collect()
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.photos[0] == self.photos[1] && self.appeared == 0 && self.vanished == 0
    }
}
