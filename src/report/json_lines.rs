use std::io::Write;

use super::ReportError;
use super::Table;
use crate::record::Column;
use crate::record::Row;
use crate::record::columns;
use crate::record::to_json;

/// Rows as JSON, one object a line, with the columns of the other formats as keys.
pub struct JsonLines<W: Write> {
    out: W,
    columns: Vec<Column>,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `out`; `extra` names the manifest's own columns.
    #[must_use]
    pub fn new(out: W, extra: &[String]) -> Self {
        Self { out, columns: columns(extra) }
    }
}

impl<W: Write> Table for JsonLines<W> {
    fn write(&mut self, row: &Row) -> Result<(), ReportError> {
        serde_json::to_writer(&mut self.out, &to_json(row, &self.columns))?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        Ok(self.out.flush()?)
    }
}
