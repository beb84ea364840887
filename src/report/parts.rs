//! What a run leaves for later ones in its report folder: [`MEASURED`], a table of what was measured, and while it runs, parts of
//! that table in a folder of their own. Neither is a report: their rows are judged when they are taken over.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use polars::prelude as pl;
use polars::prelude::SerReader;

use super::Conditions;
use super::Folder;
use super::ParquetTable;
use super::ReportError;
use super::Slot;
use super::Table;
use super::claim::sweep;
use crate::record::Row;
use crate::record::measured_columns;

/// The table of a finished run.
pub(super) const MEASURED: &str = "measured.parquet";
/// The folder of parts of an unfinished one.
const PARTS: &str = "parts";
/// Rows of a whole part.
const ROWS: usize = 2000;

/// The measured rows of a run that is not finished. They reach the disk as parts of up to 2,000 rows; the last part is written
/// anew, with the rows it had and later ones, until it is whole. So a run that is killed loses what it measured since then.
#[derive(Debug)]
pub struct Parts {
    folder: PathBuf,
    conditions: Conditions,
    every: Duration,
    number: u32,
    /// The rows of the last part.
    rows: Vec<Row>,
    /// When the first row came that is not on the disk.
    waiting_since: Option<Instant>,
}

impl Parts {
    /// Parts in the report folder `out`, after those of earlier runs; a row waits no longer than `every` for the next one to
    /// take it to the disk.
    #[must_use]
    pub fn new(out: &Path, conditions: Conditions, every: Duration) -> Self {
        let folder = out.join(PARTS);
        let number = parts(out).last().and_then(|path| number(path)).map_or(1, |last| last.saturating_add(1));
        Self { folder, conditions, every, number, rows: Vec::new(), waiting_since: None }
    }

    /// Adds a row that was measured, and writes the part where it is time. Errors are no rows to take over, and are left out.
    ///
    /// # Errors
    /// When the part cannot be written.
    pub fn keep(&mut self, row: &Row) -> Result<(), ReportError> {
        if row.error.is_some() {
            return Ok(());
        }
        self.rows.push(Row { evidence: Vec::new(), ..row.clone() });
        let waiting_since = *self.waiting_since.get_or_insert_with(Instant::now);
        if self.rows.len() >= ROWS || waiting_since.elapsed() >= self.every { self.flush() } else { Ok(()) }
    }

    /// Takes the rows that wait to the disk.
    ///
    /// # Errors
    /// When the part cannot be written.
    pub fn flush(&mut self) -> Result<(), ReportError> {
        let written = if self.waiting_since.take().is_some() { self.write() } else { Ok(()) };
        if written.is_err() {
            // No empty folder is left; one with parts stays.
            let _ = fs::remove_dir(&self.folder);
        }
        if self.rows.len() >= ROWS {
            self.rows.clear();
            self.number = self.number.saturating_add(1);
        }
        written
    }

    /// Puts the rows of the part in its place, all at once.
    fn write(&self) -> Result<(), ReportError> {
        private_folder(&self.folder)?;
        let mut folder = Folder::create(&self.folder)?;
        let slot = folder.slot(format!("{:05}.parquet", self.number))?;
        let written = measured_table(slot, &self.conditions).and_then(|mut table| {
            self.rows.iter().try_for_each(|row| table.write(row))?;
            table.finish()
        });
        written.map_err(|error| folder.explain(error))?;
        folder.publish()?;
        Ok(())
    }

    /// Removes all parts, also those of earlier runs: for when a finished run has put its table in place.
    ///
    /// # Errors
    /// When a part cannot be removed.
    pub fn remove(self) -> Result<(), ReportError> {
        for path in parts_in(&self.folder) {
            let refused = |source| ReportError::File { action: "remove", path: path.clone(), source };
            fs::remove_file(&path).map_err(refused)?;
        }
        // Only the run that has claimed the report folder writes here.
        sweep(&self.folder, Duration::ZERO);
        // What is not ours stays, and so does the folder then.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }
}

/// Puts a table of measured rows in place beside a report, all at once.
pub struct MeasuredTable {
    folder: Folder,
    table: ParquetTable<Slot>,
}

impl MeasuredTable {
    /// A table for the report folder `out`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(out: &Path, conditions: &Conditions) -> Result<Self, ReportError> {
        let mut folder = Folder::create(out)?;
        let table = measured_table(folder.slot(MEASURED)?, conditions)?;
        Ok(Self { folder, table })
    }

    /// Adds a row; errors are left out.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&mut self, row: &Row) -> Result<(), ReportError> {
        if row.error.is_some() { Ok(()) } else { self.table.write(row).map_err(|error| self.folder.explain(error)) }
    }

    /// Puts the table in place of an older one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn publish(mut self) -> Result<(), ReportError> {
        self.table.finish().map_err(|error| self.folder.explain(error))?;
        drop(self.table);
        self.folder.publish()?;
        Ok(())
    }
}

fn measured_table<W: Write>(out: W, conditions: &Conditions) -> Result<ParquetTable<W>, ReportError> {
    ParquetTable::with_columns(out, measured_columns(), conditions.footer())
}

/// Every file in the report folder `out` that is kept for later runs.
#[must_use]
pub fn kept_files(out: &Path) -> Vec<PathBuf> {
    let mut files = vec![out.join(MEASURED)];
    files.extend(parts(out));
    files
}

/// Rows that an unfinished run left in the report folder `out`.
#[must_use]
pub fn rows_left(out: &Path) -> usize {
    let rows = |path: &PathBuf| pl::ParquetReader::new(fs::File::open(path).ok()?).num_rows().ok();
    parts(out).iter().filter_map(rows).sum()
}

/// The parts in the report folder `out`, the oldest first.
fn parts(out: &Path) -> Vec<PathBuf> {
    parts_in(&out.join(PARTS))
}

fn parts_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut parts: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    parts.retain(|path| number(path).is_some());
    parts.sort_by_key(|path| number(path));
    parts
}

/// The number of a part, from its name.
fn number(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.strip_suffix(".parquet")?.parse().ok()
}

/// Makes a folder that only its owner can look into.
fn private_folder(path: &Path) -> Result<(), ReportError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| ReportError::File {
        action: "make the folder",
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::photo::FileFacts;
    use crate::record::Source;
    use crate::report::Recorded;

    fn conditions() -> Conditions {
        Conditions { fingerprint: "f".to_owned(), as_of: None }
    }

    fn row(at: usize) -> Row {
        let mut row = Row::blank(Source { path: format!("{at}.jpg"), ..Source::default() }, FileFacts::default());
        row.modified_ns = Some(at as i64);
        row
    }

    fn never() -> Duration {
        Duration::from_secs(9999)
    }

    fn paths(out: &Path) -> BTreeSet<String> {
        let rows = parts(out).into_iter().flat_map(|path| Recorded::open(&path).unwrap().rows);
        rows.map(|row| row.source.path).collect()
    }

    #[test]
    fn rows_wait_for_their_time_and_a_part_grows_until_it_is_whole() {
        let out = tempfile::tempdir().unwrap();
        let mut parts = Parts::new(out.path(), conditions(), never());
        for at in 0..ROWS - 1 {
            parts.keep(&row(at)).unwrap();
        }
        assert_eq!(rows_left(out.path()), 0);
        parts.every = Duration::ZERO;
        for at in ROWS - 1..ROWS + 2 {
            parts.keep(&row(at)).unwrap();
        }
        assert_eq!((rows_left(out.path()), kept_files(out.path()).len()), (ROWS + 2, 3));
        assert_eq!(paths(out.path()).len(), ROWS + 2);
    }

    #[test]
    fn an_error_is_nothing_to_take_over() {
        let out = tempfile::tempdir().unwrap();
        let mut parts = Parts::new(out.path(), conditions(), Duration::ZERO);
        parts.keep(&Row { error: Some("busy".to_owned()), ..row(1) }).unwrap();
        assert!(!out.path().join(PARTS).exists());
    }

    #[test]
    fn a_later_run_writes_after_the_parts_of_the_earlier_one_and_removes_all() {
        let out = tempfile::tempdir().unwrap();
        for at in [1, 2] {
            Parts::new(out.path(), conditions(), Duration::ZERO).keep(&row(at)).unwrap();
        }
        assert_eq!(paths(out.path()), BTreeSet::from(["1.jpg".to_owned(), "2.jpg".to_owned()]));
        Parts::new(out.path(), conditions(), never()).remove().unwrap();
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_no_part_stays() {
        let out = tempfile::tempdir().unwrap();
        Parts::new(out.path(), conditions(), Duration::ZERO).keep(&row(1)).unwrap();
        fs::write(out.path().join("parts/mine.parquet"), "").unwrap();
        Parts::new(out.path(), conditions(), never()).remove().unwrap();
        assert_eq!(fs::read_dir(out.path().join("parts")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_look_into_parts() {
        use std::os::unix::fs::PermissionsExt;
        let out = tempfile::tempdir().unwrap();
        Parts::new(out.path(), conditions(), Duration::ZERO).keep(&row(1)).unwrap();
        let mode = |name: &str| fs::metadata(out.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("parts"), mode("parts/00001.parquet")), (0o700, 0o600));
    }
}
