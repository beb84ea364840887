use super::Key;
use super::Label;

/// What a file says of one photo, in its own names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// Everything but the faults.
    pub(super) label: Label,
    /// Names of the categories that it has; none where nobody labelled it.
    pub(super) names: Vec<String>,
}

impl Said {
    /// The names of a photo whose label is complete.
    pub(super) fn new(key: Key, place: impl Into<String>, names: Vec<String>) -> Self {
        Self { label: Label::new(key, place), names: names.into_iter().filter_map(trimmed).collect() }
    }
}

fn trimmed(name: String) -> Option<String> {
    let short = name.trim();
    if short.len() == name.len() {
        return (!name.is_empty()).then_some(name);
    }
    (!short.is_empty()).then(|| short.to_owned())
}
