use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use super::Folder;
use super::ReportError;

/// Where others write too, files that were written to longer ago may be left over from a run that was killed.
const LEFT_OVER: Duration = Duration::from_mins(1);

/// The right to be the one run that writes to a folder, as long as it lives. The operating system takes it back from a run that is
/// killed. Where the file system knows no locks, nobody is refused.
#[derive(Debug)]
pub struct Claim {
    _folder: Option<File>,
}

impl Claim {
    /// Claims the folder `path`, making it where there is none, and removes temporary files that a killed run left there.
    ///
    /// # Errors
    /// When it cannot be made, or another run has it.
    pub fn of(path: &Path) -> Result<Self, ReportError> {
        Folder::create(path)?;
        let folder = File::open(path).ok();
        if let Some(Err(TryLockError::WouldBlock)) = folder.as_ref().map(File::try_lock) {
            return Err(ReportError::Busy(path.to_owned()));
        }
        sweep(path, LEFT_OVER);
        Ok(Self { _folder: folder })
    }
}

/// Removes temporary files from `folder` that nobody writes to and nobody has for as long as `age`; only where this can be told.
pub(super) fn sweep(folder: &Path, age: Duration) {
    for path in left_over(folder) {
        let is_free = cfg!(unix) && File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        let written =
            path.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
        if is_free && written.is_some_and(|ago| ago >= age) {
            // One that stays does no harm.
            let _ = fs::remove_file(path);
        }
    }
}

fn left_over(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| Folder::is_temporary(&entry.file_name())).map(|entry| entry.path()).collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_folder_has_one_run_at_a_time() {
        let out = tempfile::tempdir().unwrap();
        let claim = Claim::of(out.path()).unwrap();
        let error = Claim::of(out.path()).unwrap_err().to_string();
        assert!(error.starts_with("another kyclint writes to "), "{error}");
        drop(claim);
        Claim::of(out.path()).unwrap();
    }

    fn grow_old(folder: &Path) {
        for path in left_over(folder) {
            File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - LEFT_OVER).unwrap();
        }
    }

    #[test]
    fn only_old_files_that_nobody_writes_to_are_swept() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join(".kyclint-dead.tmp"), "").unwrap();
        fs::write(out.path().join("report.csv"), "").unwrap();
        let mut folder = Folder::create(out.path()).unwrap();
        let slot = folder.slot("a.txt").unwrap();
        sweep(out.path(), LEFT_OVER);
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 3, "the dead one is still young");
        grow_old(out.path());
        sweep(out.path(), LEFT_OVER);
        assert_eq!((left_over(out.path()).len(), out.path().join("report.csv").exists()), (1, true));
        drop(slot);
        folder.publish().unwrap();
        assert!(out.path().join("a.txt").exists());
    }
}
