use std::ffi::OsStr;
use std::fs;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;

use tempfile::NamedTempFile;

use super::ReportError;

/// How names of temporary files start and end.
const TEMPORARY: (&str, &str) = (".kyclint-", ".tmp");

/// A folder of report files that appear together: each is written to a temporary file beside its place, and
/// [`Folder::publish`] syncs all of them before it renames the first. Files are readable by their owner only.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    files: Vec<(PathBuf, NamedTempFile)>,
    withdrawn: Vec<PathBuf>,
    failure: Failure,
}

/// The first failure of a slot: what writes to it may wrap the error beyond recognition.
type Failure = Arc<Mutex<Option<ReportError>>>;

/// A file of a [`Folder`] to write to. Writes are buffered; they must be flushed.
#[derive(Debug)]
pub struct Slot {
    path: PathBuf,
    file: BufWriter<File>,
    failure: Failure,
}

impl Slot {
    fn note(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        if let Ok(mut failure) = self.failure.lock() {
            failure.get_or_insert(refused("write", &self.path)(error));
        }
        kind.into()
    }
}

impl Write for Slot {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| self.note(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|error| self.note(error))
    }
}

impl Folder {
    /// Opens the folder, making it where there is none.
    ///
    /// # Errors
    /// When it cannot be made, or is a file.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        fs::create_dir_all(path).map_err(refused("make the folder", path))?;
        Ok(Self { path: path.to_owned(), files: Vec::new(), withdrawn: Vec::new(), failure: Failure::default() })
    }

    /// A place to write the file `name`.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn slot(&mut self, name: impl AsRef<Path>) -> Result<Slot, ReportError> {
        let path = self.path.join(name);
        let builder = || tempfile::Builder::new().prefix(TEMPORARY.0).suffix(TEMPORARY.1).tempfile_in(&self.path);
        let file = builder().map_err(refused("write", &path))?;
        // Tells who sweeps the folder that somebody writes to it. Locks of other systems would keep the slot from writing.
        #[cfg(unix)]
        let _ = file.as_file().try_lock();
        let handle = file.reopen().map_err(refused("write", &path))?;
        self.files.push((path.clone(), file));
        Ok(Slot { path, file: BufWriter::new(handle), failure: Arc::clone(&self.failure) })
    }

    /// Whether a file of that name is a temporary one of a report.
    pub(super) fn is_temporary(name: &OsStr) -> bool {
        name.to_str().is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1))
    }

    /// The failure of a slot where there was one, else `error`.
    #[must_use]
    pub fn explain(&self, error: ReportError) -> ReportError {
        self.failure.lock().ok().and_then(|mut failure| failure.take()).unwrap_or(error)
    }

    /// Writes the whole file `name`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, name: impl AsRef<Path>, bytes: &[u8]) -> Result<(), ReportError> {
        let mut slot = self.slot(name)?;
        slot.write_all(bytes).and_then(|()| slot.flush()).map_err(|error| self.explain(error.into()))
    }

    /// Lets the file `name` of an older report, which the new one does not have, disappear when the new one is published.
    pub fn withdraw(&mut self, name: impl AsRef<Path>) {
        self.withdrawn.push(self.path.join(name));
    }

    /// Puts the files in their places, in the order they were opened. Until here nothing in the folder has changed.
    ///
    /// # Errors
    /// When a file cannot be brought to the disk; then none is put in place. When a rename fails, those before it stand.
    pub fn publish(self) -> Result<Vec<PathBuf>, ReportError> {
        for (path, file) in &self.files {
            file.as_file().sync_all().map_err(refused("write", path))?;
        }
        let mut paths = Vec::new();
        for (path, file) in self.files {
            file.persist(&path).map_err(|error| refused("replace", &path)(error.error))?;
            paths.push(path);
        }
        for path in self.withdrawn {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused("remove", &path)(error)),
                _ => {}
            }
        }
        #[cfg(unix)]
        File::open(&self.path).and_then(|folder| folder.sync_all()).map_err(refused("write", &self.path))?;
        Ok(paths)
    }
}

fn refused(action: &'static str, path: &Path) -> impl Fn(io::Error) -> ReportError + use<> {
    let path = path.to_owned();
    move |source| ReportError::File { action, path: path.clone(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes_before_all_is_published() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("a.txt"), "old").unwrap();
        let mut folder = Folder::create(out.path()).unwrap();
        folder.put("a.txt", b"new").unwrap();
        folder.put("b.txt", b"new").unwrap();
        assert_eq!(fs::read(out.path().join("a.txt")).unwrap(), b"old");
        folder.publish().unwrap();
        assert_eq!(fs::read(out.path().join("a.txt")).unwrap(), b"new");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 2, "no temporary file is left");
    }

    #[test]
    fn a_folder_that_is_dropped_leaves_nothing() {
        let out = tempfile::tempdir().unwrap();
        Folder::create(out.path()).unwrap().put("a.txt", b"new").unwrap();
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_withdrawn_file_goes_when_the_others_come() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("old.txt"), "old").unwrap();
        let mut folder = Folder::create(out.path()).unwrap();
        for name in ["old.txt", "never.txt"] {
            folder.withdraw(name);
        }
        folder.put("a.txt", b"new").unwrap();
        assert!(out.path().join("old.txt").exists());
        folder.publish().unwrap();
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_a_report() {
        use std::os::unix::fs::PermissionsExt;
        let out = tempfile::tempdir().unwrap();
        let mut folder = Folder::create(out.path()).unwrap();
        folder.put("a.txt", b"new").unwrap();
        folder.publish().unwrap();
        assert_eq!(fs::metadata(out.path().join("a.txt")).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_named() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("a"), "").unwrap();
        let error = Folder::create(&out.path().join("a")).unwrap_err().to_string();
        assert!(error.starts_with("cannot make the folder ") && error.ends_with("/a"), "{error}");
    }
}
