//! Rows to bytes and back, one file a format; the columns are those of [`crate::record`].
//!
//! Formats that sum a run up ([`summary_json`], [`markdown`], [`junit`], [`sarif`], [`gitlab`], [`prometheus`], [`github`]) are rendered from a [`Run`]
//! when all rows are counted. Whatever stands in a file name is text in them, and what cannot be seen is written out.
//!
//! A [`Folder`] puts finished files in place of older ones all at once, so that a full disk or a crash never leaves half a
//! report where a good one was. While a run lasts, [`Parts`] keep what it measured, and [`Earlier`] finds it again.

mod claim;
#[cfg(feature = "tables")]
mod column_builder;
#[cfg(feature = "tables")]
mod conditions;
mod csv_table;
#[cfg(feature = "tables")]
mod earlier;
mod folder;
mod github;
mod gitlab;
mod json_lines;
#[cfg(feature = "tables")]
mod junit;
mod markdown;
#[cfg(feature = "overlay")]
mod overlay;
#[cfg(all(feature = "overlay", feature = "tables"))]
mod page;
#[cfg(feature = "tables")]
mod parquet_rows;
#[cfg(feature = "tables")]
mod parquet_table;
#[cfg(feature = "tables")]
mod parts;
mod prometheus;
mod recorded;
mod recorded_run;
mod run;
mod run_info;
mod sarif;
mod summary_json;

pub use claim::Claim;
#[cfg(feature = "tables")]
pub use conditions::Conditions;
pub use csv_table::CsvTable;
#[cfg(feature = "tables")]
pub use earlier::Earlier;
pub use folder::Folder;
pub use folder::Slot;
pub use github::github;
pub use github::step_summary;
pub use gitlab::gitlab;
pub use json_lines::JsonLines;
#[cfg(feature = "tables")]
pub use junit::PhotoCases;
#[cfg(feature = "tables")]
pub use junit::junit;
pub use markdown::markdown;
#[cfg(feature = "overlay")]
pub use overlay::Overlay;
#[cfg(feature = "overlay")]
pub use overlay::PictureFormat;
#[cfg(feature = "overlay")]
pub use overlay::UnknownPictureFormat;
#[cfg(feature = "overlay")]
pub use overlay::thumbnail;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub use page::EarlierPictures;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub use page::Gallery;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub use page::Page;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub use page::Picture;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub use page::Thumbnails;
#[cfg(all(feature = "overlay", feature = "tables"))]
pub use page::UnknownThumbnails;
#[cfg(feature = "tables")]
pub use parquet_table::ParquetTable;
#[cfg(feature = "tables")]
pub use parts::MeasuredTable;
#[cfg(feature = "tables")]
pub use parts::Parts;
#[cfg(feature = "tables")]
pub use parts::kept_files;
#[cfg(feature = "tables")]
pub use parts::rows_left;
pub use prometheus::prometheus;
pub use recorded::Recorded;
pub use recorded_run::RecordedRun;
pub use recorded_run::table_of;
pub use run::Run;
pub use run_info::Counts;
pub use run_info::RunInfo;
pub use run_info::Timing;
pub use sarif::sarif;
pub use summary_json::summary_json;

use std::path::PathBuf;

use crate::record::CellError;
use crate::record::Row;

/// Takes rows one by one, of photos or of something else, and writes them in one format.
pub trait Table<R = Row> {
    /// Writes one row.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn write(&mut self, row: &R) -> Result<(), ReportError>;

    /// Writes what is left, so that the bytes are a whole file.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn finish(&mut self) -> Result<(), ReportError>;
}

/// Why a report cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The file system refuses.
    #[error("cannot {action} {}", path.display())]
    File {
        /// What was tried.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Another run writes to the folder.
    #[error("another kyclint writes to {}: let it finish, or give another folder", .0.display())]
    Busy(PathBuf),
    /// Bytes cannot be written.
    #[error("cannot write the report")]
    Io(#[from] std::io::Error),
    /// The CSV cannot be written or is none.
    #[error("the CSV")]
    Csv(#[from] csv::Error),
    /// The JSON cannot be written.
    #[error("the JSON")]
    Json(#[from] serde_json::Error),
    /// The Parquet cannot be written or is none.
    #[cfg(feature = "tables")]
    #[error("the Parquet")]
    Parquet(#[from] polars::error::PolarsError),
    /// A folder without a table of photos.
    #[error("the folder {} has neither report.parquet nor report.csv", .0.display())]
    NoTable(PathBuf),
    /// The JUnit XML cannot be written.
    #[cfg(feature = "tables")]
    #[error("the JUnit XML")]
    Junit(#[from] quick_junit::SerializeError),
    /// A table that kyclint did not write.
    #[error("this is no kyclint report: it has no column `{0}`")]
    NoReport(&'static str),
    /// More rows than are held in memory at once.
    #[error(
        "a report of more than {} rows is not read: audit fewer photos at a time, each into a folder of its own",
        recorded::MOST_ROWS
    )]
    TooLong,
    /// A value that is not understood.
    #[error("row {row}")]
    Cell {
        /// The row, from 1.
        row: usize,
        /// What is wrong with it.
        source: CellError,
    },
}
