use super::Cell;
use super::Column;
use super::Kind;
use super::Row;

/// A column of a table, for what writes tables of several things.
pub trait TableColumn {
    /// What a row of the table is about.
    type Row;

    /// The header.
    fn name(&self) -> &str;

    /// What the column holds.
    fn kind(&self) -> Kind;

    /// The value in `row`.
    fn cell(&self, row: &Self::Row) -> Cell;
}

impl TableColumn for Column {
    type Row = Row;

    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn cell(&self, row: &Row) -> Cell {
        Self::cell(self, row)
    }
}
