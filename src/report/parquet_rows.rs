use std::fs::File;

use polars::prelude as pl;
use polars::prelude::SerReader;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::Recorded;
use super::ReportError;
use super::recorded::Reader;
use crate::record::Cell;
use crate::record::Kind;
use crate::record::Row;
use crate::record::columns;

/// A table of photos that [`super::ParquetTable`] wrote, column by column in memory; rows are made of it one by one.
pub(super) struct ParquetRows {
    reader: Reader,
    /// What stands in the columns of the reader, at their places.
    values: Vec<Values>,
    height: usize,
    /// Key-value metadata of the footer.
    footer: Vec<(String, String)>,
}

/// The values of one column; other types than reports have are looked at value by value.
enum Values {
    Text(pl::StringChunked),
    List(pl::ListChunked),
    Integer(pl::Int64Chunked),
    Number(pl::Float64Chunked),
    Flag(pl::BooleanChunked),
    Other(pl::Column),
}

impl Recorded {
    /// Reads a report that [`super::ParquetTable`] wrote.
    ///
    /// # Errors
    /// When it is no report or a value in it is not understood.
    pub fn from_parquet(file: File) -> Result<Self, ReportError> {
        let table = ParquetRows::read(file, Reader::new)?;
        // Collected before the first error is looked for: which one that is must not hang on who is faster.
        let rows: Vec<Result<Row, ReportError>> = (0..table.height).into_par_iter().map(|at| table.row(at)).collect();
        let rows = rows.into_iter().collect::<Result<_, _>>()?;
        Ok(table.reader.finish(rows))
    }
}

impl ParquetRows {
    /// Reads the columns of `file` that `reader` makes rows of.
    pub(super) fn read(
        file: File,
        reader: impl FnOnce(&[String]) -> Result<Reader, ReportError>,
    ) -> Result<Self, ReportError> {
        let mut table = pl::ParquetReader::new(file);
        Reader::hold(table.num_rows()?)?;
        let derived: Vec<_> = columns(&[]).into_iter().filter(|column| !column.is_read_back()).collect();
        let is_read_back = |name: &String| !derived.iter().any(|column| column.name == *name);
        let names: Vec<String> = table.schema()?.iter_names().map(ToString::to_string).filter(is_read_back).collect();
        let footer = footer(&mut table)?;
        let reader = reader(&names)?;
        let frame = table.with_columns(Some(names.clone())).set_rechunk(true).finish()?;
        let values = names.iter().map(|name| Ok(Values::of(frame.column(name)?)));
        let values = values.collect::<Result<_, ReportError>>()?;
        Ok(Self { reader, values, height: frame.height(), footer })
    }

    /// Rows there are.
    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// What the footer says of `key`.
    pub(super) fn footer(&self, key: &str) -> Option<&str> {
        self.footer.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The texts of the column `name`, row by row; none where there is no such column of texts.
    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = Option<&str>> {
        let values = self.reader.place(name).map(|place| &self.values[place]);
        (0..self.height).map(move |at| if let Some(Values::Text(values)) = values { values.get(at) } else { None })
    }

    /// The row at `at`, from 0.
    pub(super) fn row(&self, at: usize) -> Result<Row, ReportError> {
        self.reader.row(at + 1, |column, place| self.values[place].cell(column.kind, at))
    }
}

/// Key-value metadata in the footer of a Parquet file.
pub(super) fn footer(table: &mut pl::ParquetReader<File>) -> Result<Vec<(String, String)>, ReportError> {
    let pairs = table.get_metadata()?.key_value_metadata().iter().flatten();
    Ok(pairs.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect())
}

impl Values {
    fn of(column: &pl::Column) -> Self {
        let column = column.rechunk();
        let series = column.as_materialized_series();
        match series.dtype() {
            pl::DataType::String => series.str().map(|values| Self::Text(values.clone())),
            pl::DataType::List(_) => series.list().map(|values| Self::List(values.clone())),
            pl::DataType::Int64 => series.i64().map(|values| Self::Integer(values.clone())),
            pl::DataType::Float64 => series.f64().map(|values| Self::Number(values.clone())),
            pl::DataType::Boolean => series.bool().map(|values| Self::Flag(values.clone())),
            _ => Ok(Self::Other(column.clone())),
        }
        .unwrap_or(Self::Other(column))
    }

    /// The cell of a column of that `kind` at `at`, or what stands there and why this is no cell.
    fn cell(&self, kind: Kind, at: usize) -> Result<Cell, (String, String)> {
        match self {
            Self::Text(values) => text(kind, values.get(at).unwrap_or_default()),
            Self::List(values) => values.get_as_series(at).map_or(Ok(Cell::Null), |items| list(&items)),
            Self::Integer(values) => Ok(values.get(at).map_or(Cell::Null, Cell::Integer)),
            Self::Number(values) => values.get(at).map_or(Ok(Cell::Null), number),
            Self::Flag(values) => Ok(values.get(at).into()),
            Self::Other(column) => other(kind, column, at),
        }
    }
}

fn text(kind: Kind, text: &str) -> Result<Cell, (String, String)> {
    match kind {
        Kind::Quad => Cell::from_text(kind, text).map_err(|reason| (text.to_owned(), reason)),
        _ => Ok(text.into()),
    }
}

fn list(items: &pl::Series) -> Result<Cell, (String, String)> {
    let items = items.str().map_err(|error| (items.to_string(), error.to_string()))?;
    Ok(items.iter().flatten().map(str::to_owned).collect())
}

fn number(number: f64) -> Result<Cell, (String, String)> {
    if number.is_finite() {
        Ok(Cell::Number(number))
    } else {
        Err((number.to_string(), "the number is not finite".to_owned()))
    }
}

fn other(kind: Kind, column: &pl::Column, at: usize) -> Result<Cell, (String, String)> {
    let value = column.get(at).map_err(|error| (String::new(), error.to_string()))?;
    match value.get_str() {
        _ if value.is_null() => Ok(Cell::Null),
        Some(found) => text(kind, found),
        None => Err((value.to_string(), format!("a value of the type {} stands in no report", value.dtype()))),
    }
}
