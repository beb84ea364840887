//! One [`Row`] a photo and the one list of [`columns`], made from the registry. Every report format is written from these
//! columns and read back through them. Submissions have columns of their own.

mod capture;
mod cell;
mod column;
mod corners;
mod dated;
mod digest;
mod gathered;
mod path;
mod photo_counts;
mod row;
mod submission;
mod summary;
mod table_column;
mod worst;

pub use capture::CAPTURE_COLUMNS;
pub use capture::CaptureColumn;
pub use capture::captured_frame;
pub use cell::Cell;
pub use cell::CellError;
pub use cell::Kind;
pub use column::Column;
pub use column::columns;
pub use column::measured_columns;
pub use column::to_json;
pub use digest::Digest;
pub use gathered::Gathered;
pub use path::escape_path;
pub use path::unescape_path;
pub use photo_counts::CheckCounts;
pub use photo_counts::PhotoCounts;
pub use row::Row;
pub use row::Source;
pub use submission::SUBMISSION_COLUMNS;
pub use submission::SubmissionColumn;
pub use summary::Summary;
pub use table_column::TableColumn;
pub use worst::PhotoFinding;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub(crate) use worst::findings;
