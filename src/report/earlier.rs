use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::Path;

use jiff::civil::Date;

use super::Conditions;
use super::ReportError;
use super::kept_files;
use super::parquet_rows::ParquetRows;
use super::recorded::Reader;
use crate::record::Row;
use crate::record::Source;
use crate::scene::DocumentType;

/// What earlier runs measured, finished ones and others, by path and declared document type.
#[derive(Default)]
pub struct Earlier {
    tables: Vec<Measured>,
    /// Table and row.
    places: HashMap<(String, Option<DocumentType>), (usize, usize)>,
    /// The day on which documents must be valid now.
    as_of: Option<Date>,
    /// Rows that were measured under other conditions, and are not taken over.
    pub outdated: usize,
    /// Files that cannot be read, in words.
    pub warnings: Vec<String>,
}

/// A table, and the day to which its rows count.
struct Measured {
    rows: ParquetRows,
    as_of: Option<Date>,
}

impl Earlier {
    /// Reads what was kept in the report folders `folders`; where a photo stands in several, the later one counts. What cannot
    /// be read is a warning: its photos are as good as new.
    #[must_use]
    pub fn read(folders: &[&Path], conditions: &Conditions) -> Self {
        let mut earlier = Self { as_of: conditions.as_of, ..Self::default() };
        for path in folders.iter().flat_map(|folder| kept_files(folder)) {
            match open(&path) {
                Ok(Some(rows)) => earlier.add(rows, conditions),
                Ok(None) => {}
                Err(error) => earlier.warnings.push(in_words(&path, &error)),
            }
        }
        earlier
    }

    fn add(&mut self, rows: ParquetRows, now: &Conditions) {
        let then = Conditions::of(&rows);
        if then.fingerprint != now.fingerprint {
            self.outdated += rows.height();
            return;
        }
        for (at, (path, kind)) in rows.texts("path").zip(rows.texts("document_type")).enumerate() {
            let kind = kind.map(str::parse).transpose();
            if let (Some(path), Ok(kind)) = (path, kind) {
                self.places.insert((path.to_owned(), kind), (self.tables.len(), at));
            }
        }
        self.tables.push(Measured { rows, as_of: then.as_of });
    }

    /// Photos there are rows of.
    #[must_use]
    pub fn photos(&self) -> usize {
        self.places.len()
    }

    /// The row of a photo, as if it had been measured under the conditions of today; whether its file is still the same is not
    /// looked at. It is not judged.
    #[must_use]
    pub fn find(&self, source: &Source) -> Option<Row> {
        let (table, at) = self.places.get(&(source.path.clone(), source.document_type))?;
        let Measured { rows, as_of } = &self.tables[*table];
        rows.row(*at).ok()?.dated(*as_of, self.as_of)
    }
}

/// The table at `path`; `None` where there is no such file.
fn open(path: &Path) -> Result<Option<ParquetRows>, ReportError> {
    match File::open(path) {
        Ok(file) => ParquetRows::read(file, Reader::measured).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ReportError::File { action: "read", path: path.to_owned(), source }),
    }
}

fn in_words(path: &Path, error: &ReportError) -> String {
    let why = std::error::Error::source(error).map_or(String::new(), |source| format!(": {source}"));
    format!("{} cannot be read, its photos are measured anew: {error}{why}", path.display())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use jiff::civil::date;

    use super::*;
    use crate::checks;
    use crate::photo::FileFacts;
    use crate::report::MeasuredTable;
    use crate::report::Parts;

    fn conditions(fingerprint: &str, day: i8) -> Conditions {
        Conditions { fingerprint: fingerprint.to_owned(), as_of: Some(date(2026, 5, day)) }
    }

    fn row(path: &str, kind: Option<DocumentType>, number: f64) -> Row {
        let source = Source { path: path.to_owned(), document_type: kind, ..Source::default() };
        let mut row = Row::blank(source, FileFacts::read(b"photo"));
        for id in ["resolution", "days_to_expiry"] {
            row.outcomes[checks::find(id).unwrap().0] = Some(Ok(number));
        }
        row.modified_ns = Some(-7);
        row
    }

    fn put(out: &Path, rows: &[Row]) {
        let mut table = MeasuredTable::create(out, &conditions("now", 1)).unwrap();
        for row in rows {
            table.keep(row).unwrap();
        }
        table.publish().unwrap();
    }

    #[test]
    fn a_row_comes_back_whole_but_for_what_judging_makes() {
        let out = tempfile::tempdir().unwrap();
        let passport = row("a.jpg", Some(DocumentType::Passport), 700.0);
        put(out.path(), &[passport.clone(), row("a.jpg", None, 800.0)]);
        let earlier = Earlier::read(&[out.path()], &conditions("now", 1));
        let found = earlier.find(&passport.source).unwrap();
        let (at, _) = checks::find("resolution").unwrap();
        assert_eq!((found.outcomes[at], found.modified_ns), (Some(Ok(700.0)), Some(-7)));
        assert_eq!((&found.source, &found.facts), (&passport.source, &passport.facts));
        let selfie = Source { document_type: Some(DocumentType::Selfie), ..passport.source };
        assert_eq!((earlier.photos(), earlier.find(&selfie)), (2, None));
    }

    #[test]
    fn days_to_expiry_count_to_today() {
        let out = tempfile::tempdir().unwrap();
        let passport = row("a.jpg", Some(DocumentType::Passport), 700.0);
        put(out.path(), std::slice::from_ref(&passport));
        let found = Earlier::read(&[out.path()], &conditions("now", 11)).find(&passport.source).unwrap();
        assert_eq!(found.outcomes[checks::find("days_to_expiry").unwrap().0], Some(Ok(690.0)));
    }

    #[test]
    fn rows_of_other_conditions_are_counted_and_not_found() {
        let out = tempfile::tempdir().unwrap();
        put(out.path(), &[row("a.jpg", None, 1.0)]);
        let earlier = Earlier::read(&[out.path()], &conditions("other", 1));
        assert_eq!((earlier.photos(), earlier.outdated), (0, 1));
    }

    #[test]
    fn later_parts_count_and_a_broken_one_is_said() {
        let out = tempfile::tempdir().unwrap();
        put(out.path(), &[row("a.jpg", None, 1.0), row("b.jpg", None, 2.0)]);
        let mut parts = Parts::new(out.path(), conditions("now", 1), Duration::ZERO);
        parts.keep(&row("a.jpg", None, 3.0)).unwrap();
        let whole = fs::read(out.path().join("parts/00001.parquet")).unwrap();
        fs::write(out.path().join("parts/00002.parquet"), &whole[..whole.len() / 2]).unwrap();
        fs::write(out.path().join("parts/00003.parquet"), "only words").unwrap();
        let earlier = Earlier::read(&[out.path()], &conditions("now", 1));
        let resolution = |path: &str| {
            let source = Source { path: path.to_owned(), ..Source::default() };
            earlier.find(&source).unwrap().outcomes[checks::find("resolution").unwrap().0]
        };
        assert_eq!((resolution("a.jpg"), resolution("b.jpg")), (Some(Ok(3.0)), Some(Ok(2.0))));
        assert_eq!(earlier.warnings.len(), 2, "{:?}", earlier.warnings);
        assert!(earlier.warnings[0].contains("00002.parquet cannot be read, its photos are measured anew: "));
    }

    #[test]
    fn a_folder_without_anything_kept_is_empty() {
        let earlier = Earlier::read(&[Path::new("no/such/folder")], &conditions("now", 1));
        assert_eq!((earlier.photos(), earlier.warnings.len()), (0, 0));
    }
}
