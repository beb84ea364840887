use std::fs::File;
use std::io::Write;
use std::iter;

use polars::prelude as pl;
use polars::prelude::IntoSeries;
use polars::prelude::ListBuilderTrait;
use polars::prelude::NewChunkedArray;
use polars::prelude::SchemaExt;
use polars::prelude::SerReader;
use polars_parquet::write::schema_to_metadata_key;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::Recorded;
use super::ReportError;
use super::Table;
use super::recorded::Reader;
use crate::record::Cell;
use crate::record::Column;
use crate::record::Kind;
use crate::record::Row;
use crate::record::TableColumn;
use crate::record::columns;

/// Rows that are put into one row group, and held in memory until then.
const ROW_GROUP: usize = 2000;

/// Rows as Parquet (zstd): lists are lists, what is missing is null.
pub struct ParquetTable<W: Write, C = Column> {
    writer: pl::BatchedWriter<W>,
    columns: Vec<C>,
    cells: Vec<Vec<Cell>>,
}

impl<W: Write> ParquetTable<W> {
    /// Writes a table of photos to `out`; `extra` names the manifest's own columns, `footer` holds key-value metadata for the
    /// file's footer.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn new(out: W, extra: &[String], footer: Vec<(String, String)>) -> Result<Self, ReportError> {
        Self::with_columns(out, columns(extra), footer)
    }
}

impl<W: Write, C: TableColumn> ParquetTable<W, C> {
    /// Writes a table of these columns to `out`; `footer` holds key-value metadata for the file's footer.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn with_columns(out: W, columns: Vec<C>, footer: Vec<(String, String)>) -> Result<Self, ReportError> {
        let schema = columns.iter().map(|column| pl::Field::new(column.name().into(), dtype(column.kind()))).collect();
        let metadata = iter::once(arrow_schema(&schema)).chain(footer).collect();
        let writer = pl::ParquetWriter::new(out)
            .with_key_value_metadata(Some(pl::KeyValueMetadata::from_static(metadata)))
            .set_parallel(false)
            .batched(&schema)?;
        Ok(Self { writer, cells: vec![Vec::new(); columns.len()], columns })
    }

    fn flush(&mut self) -> Result<(), ReportError> {
        let height = self.cells[0].len();
        if height == 0 {
            return Ok(());
        }
        let series = self.columns.iter().zip(&self.cells).map(|(column, cells)| series(column, cells).into());
        let frame = pl::DataFrame::new(height, series.collect())?;
        self.writer.write_batch(&frame)?;
        self.cells.iter_mut().for_each(Vec::clear);
        Ok(())
    }
}

impl<W: Write, C: TableColumn> Table<C::Row> for ParquetTable<W, C> {
    fn write(&mut self, row: &C::Row) -> Result<(), ReportError> {
        for (column, cells) in self.columns.iter().zip(&mut self.cells) {
            cells.push(column.cell(row));
        }
        if self.cells[0].len() == ROW_GROUP { self.flush() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.flush()?;
        self.writer.finish()?;
        Ok(())
    }
}

impl Recorded {
    /// Reads a report that [`ParquetTable`] wrote.
    ///
    /// # Errors
    /// When it is no report or a value in it is not understood.
    pub fn from_parquet(file: File) -> Result<Self, ReportError> {
        let frame = pl::ParquetReader::new(file).finish()?;
        let names: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
        let reader = Reader::new(&names)?;
        let columns: Vec<_> = frame.columns().iter().map(pl::Column::rechunk).collect();
        let row = |at: usize| {
            let read = |column: &Column, place: usize| match columns[place].get(at) {
                Ok(value) => cell(column.kind, &value).map_err(|reason| (value.to_string(), reason)),
                Err(error) => Err((String::new(), error.to_string())),
            };
            reader.row(at + 1, read)
        };
        // Collected before the first error is looked for: which one that is must not hang on who is faster.
        let rows: Vec<Result<Row, ReportError>> = (0..frame.height()).into_par_iter().map(row).collect();
        let rows = rows.into_iter().collect::<Result<_, _>>()?;
        Ok(reader.finish(rows))
    }
}

/// Key-value metadata in the footer of a Parquet file; empty where it is none.
pub(super) fn footer(file: File) -> Vec<(String, String)> {
    let mut reader = pl::ParquetReader::new(file);
    let pairs = reader.get_metadata().ok().and_then(|metadata| metadata.key_value_metadata().clone());
    pairs.into_iter().flatten().filter_map(|pair| Some((pair.key, pair.value?))).collect()
}

/// The schema for readers that go by Arrow's, with texts as every version of Arrow knows them: pandas opens no list of what polars takes for texts.
fn arrow_schema(schema: &pl::Schema) -> (String, String) {
    let pair = schema_to_metadata_key(&schema.to_arrow(pl::CompatLevel::oldest()));
    (pair.key, pair.value.unwrap_or_default())
}

fn dtype(kind: Kind) -> pl::DataType {
    match kind {
        Kind::Text | Kind::Quad => pl::DataType::String,
        Kind::List => pl::DataType::List(Box::new(pl::DataType::String)),
        Kind::Integer => pl::DataType::Int64,
        Kind::Number => pl::DataType::Float64,
        Kind::Flag => pl::DataType::Boolean,
    }
}

/// The cells as one column. A cell of another kind than the column's cannot occur: both come from [`TableColumn`].
fn series(column: &impl TableColumn, cells: &[Cell]) -> pl::Series {
    let name = || pl::PlSmallStr::from_str(column.name());
    match column.kind() {
        Kind::Text => pl::StringChunked::from_iter_options(name(), cells.iter().map(text)).into_series(),
        Kind::Quad => pl::StringChunked::from_iter_options(name(), cells.iter().map(quad)).into_series(),
        Kind::Integer => pl::Int64Chunked::from_iter_options(name(), cells.iter().map(integer)).into_series(),
        Kind::Number => pl::Float64Chunked::from_iter_options(name(), cells.iter().map(number)).into_series(),
        Kind::Flag => pl::BooleanChunked::from_iter_options(name(), cells.iter().map(flag)).into_series(),
        Kind::List => {
            let mut builder = pl::ListStringChunkedBuilder::new(name(), cells.len(), cells.len());
            for cell in cells {
                match cell {
                    Cell::List(items) => builder.append_values_iter(items.iter().map(String::as_str)),
                    _ => builder.append_null(),
                }
            }
            builder.finish().into_series()
        }
    }
}

fn text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

fn quad(cell: &Cell) -> Option<String> {
    matches!(cell, Cell::Quad(_)).then(|| cell.to_text())
}

fn integer(cell: &Cell) -> Option<i64> {
    if let Cell::Integer(number) = cell { Some(*number) } else { None }
}

fn number(cell: &Cell) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(*number) } else { None }
}

fn flag(cell: &Cell) -> Option<bool> {
    if let Cell::Flag(flag) = cell { Some(*flag) } else { None }
}

fn cell(kind: Kind, value: &pl::AnyValue) -> Result<Cell, String> {
    match value {
        pl::AnyValue::Null => Ok(Cell::Null),
        pl::AnyValue::Boolean(flag) => Ok(Cell::Flag(*flag)),
        pl::AnyValue::Int64(number) => Ok(Cell::Integer(*number)),
        pl::AnyValue::Float64(number) if number.is_finite() => Ok(Cell::Number(*number)),
        pl::AnyValue::List(items) => {
            let items = items.str().map_err(|error| error.to_string())?;
            Ok(items.iter().flatten().map(str::to_owned).collect())
        }
        other => match other.get_str() {
            Some(text) if kind == Kind::Quad => Cell::from_text(kind, text),
            Some(text) => Ok(Cell::from(text)),
            None => Err(format!("a value of the type {} stands in no report", other.dtype())),
        },
    }
}
