//! When a file was changed last.

use std::fs::Metadata;
use std::path::Path;
use std::time::Duration;
use std::time::SystemTime;

/// File systems tell times to no less than this: a file may change within it and its time does not.
const COARSEST: Duration = Duration::from_secs(2);

/// When the file at `path` was changed last, nanoseconds since 1970; `None` where this cannot be told, or was so short a time ago
/// that a further change might not show.
pub(super) fn last_change(path: &Path) -> Option<i64> {
    let metadata = path.metadata().ok()?;
    is_settled(metadata.modified().ok()?).then(|| nanoseconds(&metadata))?
}

/// As the file system tells it, nanoseconds since 1970.
pub(super) fn nanoseconds(metadata: &Metadata) -> Option<i64> {
    let time = metadata.modified().ok()?;
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|before| -before),
    }
}

/// A time in the future is no recent one, only a wrong one.
fn is_settled(modified: SystemTime) -> bool {
    modified.elapsed().map_or(true, |age| age >= COARSEST)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn last_change_of(modified: SystemTime) -> Option<i64> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        File::create(&path).unwrap().set_modified(modified).unwrap();
        last_change(&path)
    }

    #[test]
    fn times_before_1970_and_in_the_future_are_times_too() {
        let second = Duration::from_secs(1);
        assert_eq!(last_change_of(SystemTime::UNIX_EPOCH + second), Some(1_000_000_000));
        assert_eq!(last_change_of(SystemTime::UNIX_EPOCH - second), Some(-1_000_000_000));
        assert!(last_change_of(SystemTime::now() + 1000 * second).is_some());
    }

    #[test]
    fn a_file_that_was_just_written_may_change_unseen() {
        assert_eq!(last_change_of(SystemTime::now()), None);
        assert_eq!(last_change(Path::new("no/such/file")), None);
    }
}
