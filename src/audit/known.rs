use std::fmt;
use std::fs::Metadata;
use std::path::Path;

use super::assess::read;
use super::last_change::last_change;
use super::last_change::nanoseconds;
use crate::config::Settings;
use crate::photo::Limits;
use crate::record::Row;
use crate::record::Source;

/// What an earlier run measured: its rows are taken over where the file is still the same.
pub struct Known<'a> {
    /// The row of the photo that has this path and declared type, as it would be measured today.
    pub find: &'a (dyn Fn(&Source) -> Option<Row> + Sync),
    /// How it is told that the file is the same.
    pub same_by: SameBy,
}

/// How it is told that a file is the one that was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SameBy {
    /// It has the same size and was changed last at the same time.
    #[default]
    SizeAndTime,
    /// It has the same BLAKE3: every file is read, none is decoded.
    Content,
}

impl fmt::Debug for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known").field("same_by", &self.same_by).finish_non_exhaustive()
    }
}

impl Known<'_> {
    /// The row of an earlier run for the file at `path`, judged anew; `None` where it must be measured. What was no photo then is
    /// looked at again.
    pub(super) fn take_over(&self, path: &Path, source: &Source, settings: &Settings) -> Option<Row> {
        let row = (self.find)(source).filter(|row| row.error.is_none())?;
        let (modified_ns, is_same) = match self.same_by {
            SameBy::SizeAndTime => (row.modified_ns, has_size_and_time(path, &row)),
            SameBy::Content => (last_change(path), has_content(path, &row, &settings.limits)),
        };
        is_same.then(|| {
            let mut row = Row { source: source.clone(), modified_ns, ..row };
            row.judge(&settings.policy);
            row
        })
    }
}

fn has_size_and_time(path: &Path, row: &Row) -> bool {
    let is_same = |metadata: &Metadata| metadata.len() == row.facts.bytes && nanoseconds(metadata) == row.modified_ns;
    row.modified_ns.is_some() && path.metadata().is_ok_and(|metadata| metadata.is_file() && is_same(&metadata))
}

fn has_content(path: &Path, row: &Row, limits: &Limits) -> bool {
    read(path, limits).is_ok_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == row.facts.blake3)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::fs::File;
    use std::path::PathBuf;
    use std::time::Duration;
    use std::time::SystemTime;

    use tempfile::TempDir;

    use super::*;
    use crate::photo::FileFacts;
    use crate::verdict::Verdict;

    fn write(path: &Path, bytes: &[u8], seconds: u64) {
        fs::write(path, bytes).unwrap();
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }

    /// A file and the row that was measured on it.
    fn measured() -> (TempDir, PathBuf, Row) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        write(&path, b"photo", 7);
        let mut row = Row::blank(Source::default(), FileFacts::read(b"photo"));
        row.modified_ns = Some(7_000_000_000);
        (folder, path, row)
    }

    fn taken_over(path: &Path, row: &Row, same_by: SameBy) -> Option<Row> {
        let find = |_: &Source| Some(row.clone());
        Known { find: &find, same_by }.take_over(path, &Source::default(), &Settings::default())
    }

    #[test]
    fn a_file_of_the_same_size_and_time_is_taken_over_and_judged_anew() {
        let (_folder, path, row) = measured();
        assert_eq!(row.verdict, Verdict::Error);
        let taken = taken_over(&path, &row, SameBy::SizeAndTime).unwrap();
        assert_eq!((taken.verdict, taken.modified_ns), (Verdict::Accept, Some(7_000_000_000)));
    }

    #[test]
    fn another_size_or_time_is_another_file() {
        let (_folder, path, row) = measured();
        for (bytes, seconds) in [(&b"photos"[..], 7), (b"photo", 8)] {
            write(&path, bytes, seconds);
            assert_eq!(taken_over(&path, &row, SameBy::SizeAndTime), None, "{bytes:?} {seconds}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(taken_over(&path, &row, SameBy::SizeAndTime), None);
    }

    #[test]
    fn a_time_that_is_not_known_is_never_the_same() {
        let (_folder, path, row) = measured();
        assert_eq!(taken_over(&path, &Row { modified_ns: None, ..row }, SameBy::SizeAndTime), None);
    }

    #[test]
    fn content_counts_whatever_the_time_where_asked() {
        let (_folder, path, row) = measured();
        write(&path, b"photo", 8);
        assert_eq!(taken_over(&path, &row, SameBy::Content).unwrap().modified_ns, Some(8_000_000_000));
        write(&path, b"other", 7);
        assert_eq!(taken_over(&path, &row, SameBy::Content), None);
        assert!(taken_over(&path, &row, SameBy::SizeAndTime).is_some());
    }

    #[test]
    fn a_row_with_an_error_is_never_taken_over() {
        let (_folder, path, row) = measured();
        assert_eq!(taken_over(&path, &Row { error: Some("busy".to_owned()), ..row }, SameBy::SizeAndTime), None);
    }

    #[test]
    fn what_the_manifest_says_today_stands_in_the_row() {
        let (_folder, path, row) = measured();
        let source = Source { submission_id: Some("7".to_owned()), ..Source::default() };
        let known = Known { find: &|_| Some(row.clone()), same_by: SameBy::default() };
        assert_eq!(known.take_over(&path, &source, &Settings::default()).unwrap().source, source);
    }
}
