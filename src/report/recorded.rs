use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::sync::Mutex;

use super::ReportError;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::checks::Unmeasured;
use crate::photo::FileFacts;
use crate::record::Cell;
use crate::record::CellError;
use crate::record::Column;
use crate::record::Row;
use crate::record::Source;
use crate::record::columns;
#[cfg(feature = "tables")]
use crate::record::measured_columns;

/// Rows that are read at most: one takes 5.5 kB, and a comparison holds two reports.
pub(super) const MOST_ROWS: usize = 2_000_000;

/// A report read back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded {
    /// Its rows, in the order of the file, with the verdicts and categories that were recorded. Grades are not read: they follow from
    /// judging anew.
    pub rows: Vec<Row>,
    /// Names of the manifest's own columns.
    pub extra: Vec<String>,
    /// Checks that were not there yet, or left out, when it was written.
    pub unrecorded: Vec<&'static str>,
    /// Categories that this version does not know; no row has them.
    pub unknown_categories: Vec<String>,
}

impl Recorded {
    /// Reads `report.parquet` or `report.csv`, told by content.
    ///
    /// # Errors
    /// When the file cannot be opened, is no report, holds a value that is not understood or more than 2,000,000
    /// rows.
    pub fn open(path: &Path) -> Result<Self, ReportError> {
        let refused = |source| ReportError::File { action: "read", path: path.to_owned(), source };
        let mut file = File::open(path).map_err(refused)?;
        #[cfg(feature = "tables")]
        {
            use std::io::Read;
            use std::io::Seek;
            let mut magic = Vec::new();
            (&mut file).take(4).read_to_end(&mut magic).map_err(refused)?;
            file.rewind().map_err(refused)?;
            if magic == b"PAR1" {
                return Self::from_parquet(file);
            }
        }
        Self::from_csv(std::io::BufReader::new(&mut file))
    }
}

/// Takes the rows of a table whose columns stand in any order.
pub(super) struct Reader {
    extra: Vec<String>,
    unrecorded: Vec<&'static str>,
    /// The columns that the table has, each with its place there.
    columns: Vec<(usize, Column)>,
    unknown_categories: Mutex<BTreeSet<String>>,
}

impl Reader {
    /// For a table with the columns `names`; those that this version does not know are carried through.
    pub(super) fn new(names: &[String]) -> Result<Self, ReportError> {
        let known = columns(&[]);
        let is_known = |name: &String| known.iter().any(|column| column.name == *name);
        let extra: Vec<String> = names.iter().filter(|name| !is_known(name)).cloned().collect();
        Self::of(names, columns(&extra), extra)
    }

    /// For a table that a later run takes rows from.
    #[cfg(feature = "tables")]
    pub(super) fn measured(names: &[String]) -> Result<Self, ReportError> {
        Self::of(names, measured_columns(), Vec::new())
    }

    fn of(names: &[String], columns: Vec<Column>, extra: Vec<String>) -> Result<Self, ReportError> {
        for needed in ["path", "verdict"] {
            if !names.iter().any(|name| name == needed) {
                return Err(ReportError::NoReport(needed));
            }
        }
        let place = |column: Column| Some((names.iter().position(|name| *name == column.name)?, column));
        let columns = columns.into_iter().filter(Column::is_read_back).filter_map(place).collect();
        let unrecorded =
            REGISTRY.iter().map(|check| check.id).filter(|id| !names.iter().any(|name| name == id)).collect();
        Ok(Self { extra, unrecorded, columns, unknown_categories: Mutex::default() })
    }

    /// The row of that number, from 1; `read` gives the cell of a column at its place, or what it holds and why this is no cell.
    pub(super) fn row(
        &self,
        number: usize,
        read: impl Fn(&Column, usize) -> Result<Cell, (String, String)>,
    ) -> Result<Row, ReportError> {
        Self::hold(number)?;
        let mut row = Row::blank(Source::default(), FileFacts::default());
        for (at, column) in &self.columns {
            let cell = read(column, *at);
            let cell = cell.map_err(|(value, reason)| CellError { column: column.name.clone(), value, reason });
            if let ("categories", Ok(Cell::List(names))) = (column.name.as_str(), &cell) {
                self.note_unknown(names);
            }
            cell.and_then(|cell| column.store(&mut row, &cell))
                .map_err(|source| ReportError::Cell { row: number, source })?;
        }
        mark_unrecorded(&mut row);
        Ok(row)
    }

    /// Refuses more rows than are held in memory.
    pub(super) fn hold(rows: usize) -> Result<(), ReportError> {
        if rows > MOST_ROWS { Err(ReportError::TooLong) } else { Ok(()) }
    }

    /// Where the table has the column `name`.
    #[cfg(feature = "tables")]
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().find(|(_, column)| column.name == name).map(|(at, _)| *at)
    }

    /// The report of these rows.
    pub(super) fn finish(self, rows: Vec<Row>) -> Recorded {
        let unknown = self.unknown_categories.into_inner().unwrap_or_default();
        let unknown_categories = unknown.into_iter().collect();
        Recorded { rows, extra: self.extra, unrecorded: self.unrecorded, unknown_categories }
    }

    fn note_unknown(&self, names: &[String]) {
        for name in names.iter().filter(|name| name.parse::<Category>().is_err()) {
            if let Ok(mut unknown) = self.unknown_categories.lock() {
                unknown.insert(name.clone());
            }
        }
    }
}

/// A check that applies and has neither a number nor a reason was not there when the report was written.
fn mark_unrecorded(row: &mut Row) {
    if row.error.is_some() {
        return;
    }
    for (check, outcome) in REGISTRY.iter().zip(&mut row.outcomes) {
        if check.applies_to(row.source.document_type) && outcome.is_none() {
            *outcome = Some(Err(Unmeasured::NotRecorded));
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "tables")]
    use super::MOST_ROWS;
    use super::Recorded;
    use crate::checks::Category;

    #[test]
    fn categories_are_those_recorded_and_unknown_ones_are_told() {
        let csv = "path,verdict,categories\na.jpg,reject,glare;smudge;blurry\nb.jpg,accept,\n";
        let recorded = Recorded::from_csv(csv.as_bytes()).unwrap();
        assert_eq!(recorded.rows[0].categories, [Category::Glare, Category::Blurry]);
        assert_eq!(recorded.unknown_categories, ["smudge"]);
    }

    #[test]
    #[cfg(feature = "tables")]
    fn more_rows_than_memory_holds_are_refused_before_they_are_read() {
        use polars::prelude::*;
        let constant =
            |name: &str| Column::new_scalar(name.into(), Scalar::from(PlSmallStr::from_static("x")), MOST_ROWS + 1);
        let mut frame = DataFrame::new(MOST_ROWS + 1, vec![constant("path"), constant("verdict")]).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        ParquetWriter::new(file.as_file()).finish(&mut frame).unwrap();
        let refused = Recorded::open(file.path()).unwrap_err();
        assert!(refused.to_string().starts_with("a report of more than 2000000 rows is not read"), "{refused}");
    }
}
