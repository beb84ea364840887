use polars::prelude as pl;
use polars::prelude::ChunkedBuilder;
use polars::prelude::IntoSeries;
use polars::prelude::ListBuilderTrait;

use crate::record::Cell;
use crate::record::Kind;
use crate::record::TableColumn;

/// A column of a Parquet table while rows come in.
pub(super) enum ColumnBuilder {
    Text(pl::StringChunkedBuilder),
    List(pl::ListStringChunkedBuilder),
    Integer(pl::PrimitiveChunkedBuilder<pl::Int64Type>),
    Number(pl::PrimitiveChunkedBuilder<pl::Float64Type>),
    Flag(pl::BooleanChunkedBuilder),
}

impl ColumnBuilder {
    pub(super) fn new(column: &impl TableColumn) -> Self {
        let name = pl::PlSmallStr::from_str(column.name());
        match column.kind() {
            Kind::Text | Kind::Quad => Self::Text(pl::StringChunkedBuilder::new(name, 0)),
            Kind::List => Self::List(pl::ListStringChunkedBuilder::new(name, 0, 0)),
            Kind::Integer => Self::Integer(pl::PrimitiveChunkedBuilder::new(name, 0)),
            Kind::Number => Self::Number(pl::PrimitiveChunkedBuilder::new(name, 0)),
            Kind::Flag => Self::Flag(pl::BooleanChunkedBuilder::new(name, 0)),
        }
    }

    /// Adds a cell. One of another kind than the column's, which cannot occur as both come from [`TableColumn`], is nothing.
    pub(super) fn push(&mut self, cell: &Cell) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_value(text),
            (Self::Text(column), Cell::Quad(_)) => column.append_value(cell.to_text()),
            (Self::Text(column), _) => column.append_null(),
            (Self::List(column), Cell::List(items)) => column.append_values_iter(items.iter().map(String::as_str)),
            (Self::List(column), _) => column.append_null(),
            (Self::Integer(column), Cell::Integer(number)) => column.append_value(*number),
            (Self::Integer(column), _) => column.append_null(),
            (Self::Number(column), Cell::Number(number)) => column.append_value(*number),
            (Self::Number(column), _) => column.append_null(),
            (Self::Flag(column), Cell::Flag(flag)) => column.append_value(*flag),
            (Self::Flag(column), _) => column.append_null(),
        }
    }

    /// The column of the cells so far.
    pub(super) fn finish(self) -> pl::Series {
        match self {
            Self::Text(column) => column.finish().into_series(),
            Self::List(mut column) => column.finish().into_series(),
            Self::Integer(column) => column.finish().into_series(),
            Self::Number(column) => column.finish().into_series(),
            Self::Flag(column) => column.finish().into_series(),
        }
    }
}
