//! Thresholds from what people say of photos: labels beside recorded numbers. No photo is measured here.

pub mod metrics;

mod labels;

pub use labels::Alias;
pub use labels::AliasError;
pub use labels::Disagreement;
pub use labels::Key;
pub use labels::Label;
pub use labels::LabelMistake;
pub use labels::LabelNames;
pub use labels::Labels;
pub use labels::LabelsError;
pub use labels::LabelsIssue;
pub use labels::Meaning;
pub use labels::UnknownName;
pub use labels::Unlabelled;
