use jiff::civil::Date;

use super::parquet_rows::ParquetRows;

const FINGERPRINT: &str = "kyclint.measuring";
const AS_OF: &str = "kyclint.as_of";

/// Under which conditions rows were measured: they stand in the footer of the tables from which later runs take rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// What decides the numbers, as the audit tells it; rows of another fingerprint are not taken over.
    pub fingerprint: String,
    /// Day on which documents had to be valid.
    pub as_of: Option<Date>,
}

impl Conditions {
    pub(super) fn footer(&self) -> Vec<(String, String)> {
        let mut footer = vec![
            ("kyclint.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            (FINGERPRINT.to_owned(), self.fingerprint.clone()),
        ];
        footer.extend(self.as_of.map(|day| (AS_OF.to_owned(), day.to_string())));
        footer
    }

    /// As the footer of `table` tells them; an empty fingerprint where it tells none.
    pub(super) fn of(table: &ParquetRows) -> Self {
        Self {
            fingerprint: table.footer(FINGERPRINT).unwrap_or_default().to_owned(),
            as_of: table.footer(AS_OF).and_then(|day| day.parse().ok()),
        }
    }
}
