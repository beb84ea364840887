//! The report as one page that opens from disk: totals, how each number is spread, and a table of photos with their findings drawn on
//! small pictures. The page loads nothing; a few kilobytes of script sort, filter and show.

mod cards;
mod earlier;
mod gallery;
mod histogram;
mod rows;
mod selection;
mod sheet;

pub use earlier::EarlierPictures;
pub use gallery::Gallery;
pub use gallery::Picture;
pub use gallery::Thumbnails;
pub use gallery::UnknownThumbnails;

use histogram::Histogram;
use rows::PageRow;
use selection::Rank;
use selection::Selection;
use selection::Size;

use crate::checks::REGISTRY;
use crate::record::Row;
use crate::verdict::Policy;

/// Rows of the table: all while the page opens quickly with them, else the worst of each category and a sample.
const ROWS: Size = Size { all: 20_000, worst: 250, sample: 3_000 };

/// Takes rows one by one, in bounded memory, for the page.
#[derive(Debug)]
pub struct Page {
    policy: Policy,
    rows: Selection<PageRow>,
    histograms: Vec<Histogram>,
}

impl Page {
    /// An empty page; `policy` is the one by which the rows are judged.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, rows: Selection::new(ROWS), histograms: vec![Histogram::default(); REGISTRY.len()] }
    }

    /// Adds a judged row.
    pub fn add(&mut self, row: &Row) {
        for ((outcome, grade), histogram) in row.outcomes.iter().zip(&row.grades).zip(&mut self.histograms) {
            if let (Some(Ok(number)), Some(grade)) = (outcome, grade) {
                histogram.add(*number, *grade);
            }
        }
        self.rows.offer(Rank::of(row, &self.policy), |rank| PageRow::of(row, rank));
    }
}

#[cfg(test)]
mod tests;
