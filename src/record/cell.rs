use super::corners;
use crate::geometry::Quad;
use crate::scene::PictureHash;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A list of texts without `;` in them.
    List,
    /// A whole number.
    Integer,
    /// A finite number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Four corners, `x,y x,y x,y x,y`; text in Parquet and JSON.
    Quad,
}

/// One value of a row. What is missing is `Null`, never 0, -1 or NaN.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// A list; an empty one reads back as `Null`.
    List(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// A flag.
    Flag(bool),
    /// Four corners, to a tenth.
    Quad(Quad),
}

/// A recorded value that cannot be understood. Reads as a fragment after "failed to read the report: ".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column `{column}` holds `{value}`: {reason}")]
pub struct CellError {
    /// The column.
    pub column: String,
    /// What it holds.
    pub value: String,
    /// Why this is not understood.
    pub reason: String,
}

impl Cell {
    /// As CSV text: lists joined by `;`, nothing as the empty text.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(items) => items.join(";"),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Quad(quad) => corners::to_text(quad),
        }
    }

    /// Reads what [`Cell::to_text`] wrote in a column of this kind.
    ///
    /// # Errors
    /// The reason, in words.
    pub fn from_text(kind: Kind, text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::Null);
        }
        match kind {
            Kind::Text => Ok(Self::Text(text.to_owned())),
            Kind::List => Ok(Self::List(text.split(';').map(str::to_owned).collect())),
            Kind::Integer => text.parse().map(Self::Integer).map_err(|error| error.to_string()),
            Kind::Number => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Self::Number(number)),
                Ok(_) => Err("the number is not finite".to_owned()),
                Err(error) => Err(error.to_string()),
            },
            Kind::Flag => text.parse().map(Self::Flag).map_err(|error| error.to_string()),
            Kind::Quad => corners::from_text(text).map(Self::Quad),
        }
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.as_slice().into(),
            Self::Integer(number) => (*number).into(),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Quad(quad) => corners::to_text(quad).into(),
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<PictureHash> for Cell {
    fn from(hash: PictureHash) -> Self {
        Self::Text(hash.to_string())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Quad> for Cell {
    fn from(quad: Quad) -> Self {
        Self::Quad(quad)
    }
}

impl FromIterator<String> for Cell {
    fn from_iter<I: IntoIterator<Item = String>>(items: I) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        if items.is_empty() { Self::Null } else { Self::List(items) }
    }
}
