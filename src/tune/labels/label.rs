use std::collections::BTreeSet;
use std::path::Path;

use super::Key;
use super::LabelNames;
use super::LabelsError;
use super::file;
use super::folders;
use super::gather::gather;
use crate::checks::Category;
use crate::scene::DocumentType;

/// What people say of one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Which photo.
    pub key: Key,
    /// Where it stands, for messages: `line 7` of a CSV, `task 12`, `image 4`, a path below a folder.
    pub place: String,
    /// Categories that it has.
    pub faults: BTreeSet<Category>,
    /// Whether categories that are not named are absent; else they are unknown.
    pub is_complete: bool,
    /// What it is said to show.
    pub document_type: Option<DocumentType>,
    /// The submission it is labelled for.
    pub submission_id: Option<String>,
    /// How much it counts: finite and above 0.
    pub weight: f64,
    /// The part of the data that it belongs to.
    pub split: Option<String>,
    /// Whether a later reader or reviewer failed on it.
    pub outcome: Option<bool>,
}

/// The labels of one file or folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// In the order of the file. No two are of one photo, save for different submissions.
    pub labels: Vec<Label>,
    /// Categories that somebody looked for: those that at least one photo has.
    pub judged: BTreeSet<Category>,
    /// Photos that are listed without labels.
    pub unlabelled: Vec<Unlabelled>,
    /// BLAKE3 of the file, or of the sorted list of the paths below a folder: 64 hex digits.
    pub hash: String,
}

/// A photo that is listed and not labelled, or only with names that are to be ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlabelled {
    /// Which photo.
    pub key: Key,
    /// Where it stands, for messages.
    pub place: String,
}

impl Label {
    /// A label without a fault, of weight 1.
    pub(crate) fn new(key: Key, place: impl Into<String>) -> Self {
        Self {
            key,
            place: place.into(),
            faults: BTreeSet::new(),
            is_complete: true,
            document_type: None,
            submission_id: None,
            weight: 1.0,
            split: None,
            outcome: None,
        }
    }

    /// Whether the photo has `category`; `None` where nobody said. A complete label answers for every category, also for
    /// those that [`Labels::judged`] lacks.
    #[must_use]
    pub fn truth(&self, category: Category) -> Option<bool> {
        if self.faults.contains(&category) { Some(true) } else { self.is_complete.then_some(false) }
    }
}

impl Labels {
    /// Leaves only the labels of one part of the data.
    pub fn keep_split(&mut self, split: &str) {
        self.labels.retain(|label| label.split.as_deref() == Some(split));
        self.judged = self.labels.iter().flat_map(|label| label.faults.iter().copied()).collect();
    }

    /// Reads the labels in the file or folder at `path`.
    ///
    /// # Errors
    /// The first thing in it that is not understood or contradicts another; of unknown names all, up to ten.
    pub fn read(path: &Path, names: &LabelNames) -> Result<Self, LabelsError> {
        let (said, hash) = if path.is_dir() { folders::read(path, names)? } else { file::read(path, names)? };
        gather(said, names, hash).map_err(|issue| LabelsError::new(path, issue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_that_is_not_named_is_absent_only_from_a_complete_label() {
        let mut label = Label::new(Key::path("a.jpg"), "line 2");
        label.faults.insert(Category::Blurry);
        assert_eq!([Category::Blurry, Category::Glare].map(|one| label.truth(one)), [Some(true), Some(false)]);
        label.is_complete = false;
        assert_eq!([Category::Blurry, Category::Glare].map(|one| label.truth(one)), [Some(true), None]);
    }
}
