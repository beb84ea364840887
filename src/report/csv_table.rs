use std::io::Read;
use std::io::Write;

use super::Recorded;
use super::ReportError;
use super::Table;
use super::recorded::Reader;
use crate::record::Cell;
use crate::record::Column;
use crate::record::Kind;
use crate::record::TableColumn;
use crate::record::columns;

/// What a spreadsheet takes for a formula where a text starts with it; `'` itself marks one that was made safe.
const ACTIVE: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// Rows as CSV with a header; lists joined by `;`, nothing as the empty field. Texts that a spreadsheet would take for a
/// formula have a `'` before them, which [`Recorded::from_csv`] takes away again.
pub struct CsvTable<W: Write, C = Column> {
    writer: csv::Writer<W>,
    columns: Vec<C>,
}

impl<W: Write> CsvTable<W> {
    /// Writes the header of a table of photos; `extra` names the manifest's own columns.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn new(out: W, extra: &[String]) -> Result<Self, ReportError> {
        Self::with_columns(out, columns(extra))
    }
}

impl<W: Write, C: TableColumn> CsvTable<W, C> {
    /// Writes the header of a table of these columns.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn with_columns(out: W, columns: Vec<C>) -> Result<Self, ReportError> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns.iter().map(|column| inert(column.name().to_owned())))?;
        Ok(Self { writer, columns })
    }
}

impl<W: Write, C: TableColumn> Table<C::Row> for CsvTable<W, C> {
    fn write(&mut self, row: &C::Row) -> Result<(), ReportError> {
        let field = |column: &C| match column.cell(row) {
            Cell::Text(text) => inert(text),
            cell @ Cell::List(_) => inert(cell.to_text()),
            other => other.to_text(),
        };
        Ok(self.writer.write_record(self.columns.iter().map(field))?)
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        Ok(self.writer.flush()?)
    }
}

impl Recorded {
    /// Reads a report that [`CsvTable`] wrote.
    ///
    /// # Errors
    /// When it is no report or a value in it is not understood.
    pub fn from_csv(input: impl Read) -> Result<Self, ReportError> {
        let mut reader = csv::Reader::from_reader(input);
        let names: Vec<String> = reader.headers()?.iter().map(|name| original(name).to_owned()).collect();
        let table = Reader::new(&names)?;
        let row = |(number, record): (usize, csv::Result<csv::StringRecord>)| {
            let record = record?;
            let read = |column: &Column, at: usize| {
                let text = if column.kind == Kind::Text { original(&record[at]) } else { &record[at] };
                Cell::from_text(column.kind, text).map_err(|reason| (text.to_owned(), reason))
            };
            table.row(number, read)
        };
        let rows = (1..).zip(reader.records()).map(row).collect::<Result<_, ReportError>>()?;
        Ok(table.finish(rows))
    }
}

fn inert(text: String) -> String {
    if text.starts_with(ACTIVE) { format!("'{text}") } else { text }
}

fn original(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(ACTIVE)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::CsvTable;
    use super::Recorded;
    use super::Table;
    use super::inert;
    use super::original;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;

    #[test]
    fn a_formula_is_made_text_and_reads_back() {
        assert_eq!(inert("=cmd|x".to_owned()), "'=cmd|x");
        for text in ["=1+1", "'=1+1", "''", "@a", "-1.jpg", "plain", "it's", ""] {
            assert_eq!(original(&inert(text.to_owned())), text);
        }
    }

    #[test]
    fn corners_left_of_the_frame_stand_as_numbers_and_read_back() {
        let quad = Quad::rectangle(640.0, 400.0).map(|corner| corner - Point::new(12.5, 0.0));
        let row = Row::failed(Source::default(), FileFacts::default(), "x".to_owned()).with_document(Some(quad));
        let mut csv = Vec::new();
        CsvTable::new(&mut csv, &[]).and_then(|mut table| table.write(&row)).unwrap();
        let text = String::from_utf8(csv).unwrap();
        assert!(text.contains(",\"-12.5,0.0 627.5,0.0 627.5,400.0 -12.5,400.0\","), "{text}");
        assert_eq!(Recorded::from_csv(text.as_bytes()).unwrap().rows[0].document_quad, Some(quad));
    }
}
