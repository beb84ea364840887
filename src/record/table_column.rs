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

/// A column that is a field of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldColumn<F> {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) field: F,
}

/// What stands in a column.
pub trait Field: Copy {
    /// Whose field it is.
    type Row;

    /// Its value in `row`.
    fn cell(self, row: &Self::Row) -> Cell;
}

impl<F: Field> TableColumn for FieldColumn<F> {
    type Row = F::Row;

    fn name(&self) -> &str {
        self.name
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn cell(&self, row: &F::Row) -> Cell {
        self.field.cell(row)
    }
}

/// A column of that name and kind.
pub(super) const fn column<F>(name: &'static str, kind: Kind, field: F) -> FieldColumn<F> {
    FieldColumn { name, kind, field }
}
