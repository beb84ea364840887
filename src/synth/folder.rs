use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::synth::plan::GenerateError;
use crate::synth::plan::Options;
use crate::synth::plan::Plan;
use crate::synth::truth::Truth;
use crate::synth::truth::labels_csv;

/// A set of photos could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A photo could not be made.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A file or folder could not be written.
    #[error("failed to write `{}`", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The labels could not be written as CSV.
    #[error("failed to write the labels")]
    Labels(#[from] csv::Error),
}

/// Makes the photos of `options` under `folder` as `photos/<submission>/<document type>.jpg`, and `labels.csv` beside `photos`.
/// Photos are made in parallel on rayon's current pool; `progress` is told how many are done.
///
/// # Errors
/// When a photo cannot be made or a file cannot be written; what was written until then stays.
pub fn write(folder: &Path, options: &Options, progress: &(dyn Fn(u64) + Sync)) -> Result<Vec<Truth>, WriteError> {
    let plans: Vec<Plan> = (0..options.count).map(|index| options.plan(index)).collect::<Result<_, _>>()?;
    write_plans(folder, &plans, progress)
}

/// Like [`write()`], for a list of plans of one's own. Two plans of the same submission and type overwrite each other.
///
/// # Errors
/// When a photo cannot be made or a file cannot be written; what was written until then stays.
pub fn write_plans(folder: &Path, plans: &[Plan], progress: &(dyn Fn(u64) + Sync)) -> Result<Vec<Truth>, WriteError> {
    let done = AtomicU64::new(0);
    let rows: Vec<Result<Truth, WriteError>> = plans
        .par_iter()
        .with_max_len(1)
        .map(|plan| {
            let photo = plan.photograph()?;
            save(&folder.join(&photo.truth.path), &photo.bytes)?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
            Ok(photo.truth)
        })
        .collect();
    let rows = rows.into_iter().collect::<Result<Vec<_>, _>>()?;
    save(&folder.join("labels.csv"), &labels_csv(&rows)?)?;
    Ok(rows)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |source| WriteError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::write;
    use crate::synth::Fault;
    use crate::synth::Options;

    fn options() -> Options {
        Options { count: 8, width: 160, height: 120, faults: vec![Fault::Defocus], ..Options::default() }
    }

    #[test]
    fn a_set_is_one_photo_per_row_in_folders_named_by_submission() {
        let folder = tempfile::tempdir().unwrap();
        let told = Mutex::new(Vec::new());
        let rows = write(folder.path(), &options(), &|done| told.lock().unwrap().push(done)).unwrap();
        assert_eq!(rows[0].path, "photos/s00000/id_card_front.jpg");
        assert_eq!(rows[7].path, "photos/s00002/selfie.jpg");
        assert!(rows.iter().all(|row| folder.path().join(&row.path).is_file()));
        let mut told = told.into_inner().unwrap();
        told.sort_unstable();
        assert_eq!(told, [1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn one_thread_and_four_write_the_same_labels() {
        let labels = |threads| {
            let folder = tempfile::tempdir().unwrap();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| write(folder.path(), &options(), &|_| ())).unwrap();
            let photo = std::fs::read(folder.path().join("photos/s00001/passport.jpg")).unwrap();
            (std::fs::read(folder.path().join("labels.csv")).unwrap(), photo)
        };
        assert_eq!(labels(1), labels(4));
    }
}
