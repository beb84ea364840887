use std::io::Write;
use std::iter;

use polars::prelude as pl;
use polars::prelude::SchemaExt;
use polars_parquet::write::schema_to_metadata_key;

use super::ReportError;
use super::Table;
use super::column_builder::ColumnBuilder;
use crate::record::Column;
use crate::record::Kind;
use crate::record::TableColumn;
use crate::record::columns;

/// Rows that are put into one row group, and held in memory until then.
const ROW_GROUP: usize = 2000;

/// Rows as Parquet (zstd): lists are lists, what is missing is null.
pub struct ParquetTable<W: Write, C = Column> {
    writer: pl::BatchedWriter<W>,
    columns: Vec<C>,
    /// The rows that are held, column by column.
    builders: Vec<ColumnBuilder>,
    height: usize,
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
        Ok(Self { writer, builders: builders(&columns), columns, height: 0 })
    }

    fn flush(&mut self) -> Result<(), ReportError> {
        let height = std::mem::take(&mut self.height);
        if height == 0 {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.builders, builders(&self.columns));
        let frame = pl::DataFrame::new(height, full.into_iter().map(|column| column.finish().into()).collect())?;
        Ok(self.writer.write_batch(&frame)?)
    }
}

impl<W: Write, C: TableColumn> Table<C::Row> for ParquetTable<W, C> {
    fn write(&mut self, row: &C::Row) -> Result<(), ReportError> {
        for (column, builder) in self.columns.iter().zip(&mut self.builders) {
            builder.push(&column.cell(row));
        }
        self.height += 1;
        if self.height == ROW_GROUP { self.flush() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.flush()?;
        self.writer.finish()?;
        Ok(())
    }
}

fn builders(columns: &[impl TableColumn]) -> Vec<ColumnBuilder> {
    columns.iter().map(ColumnBuilder::new).collect()
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
