use std::collections::HashMap;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use globset::GlobSet;
use walkdir::DirEntry;
use walkdir::WalkDir;

use super::Entry;
use crate::scene::DocumentType;

/// What to audit.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files and folders; they must exist. Files named here are audited even where `exclude` matches.
    pub roots: Vec<PathBuf>,
    /// Files that were listed by somebody else; one that is missing becomes an error row.
    pub listed: Vec<Entry>,
    /// Document type of every file, whatever its names say.
    pub document_type: Option<DocumentType>,
    /// Whether to walk into hidden files and folders.
    pub hidden: bool,
    /// Paths, relative to their root, to leave out.
    pub exclude: GlobSet,
    /// Files to leave out wherever they are met: the reports of an earlier run.
    pub skip: Vec<PathBuf>,
}

/// What there is to audit.
#[derive(Debug, Default)]
pub struct Collected {
    /// The files, sorted by path, each once.
    pub entries: Vec<Entry>,
    /// Folders and links that could not be followed.
    pub warnings: Vec<Warning>,
}

/// A folder or link below a root that could not be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Which one.
    pub entry: Entry,
    /// Why not, without its name.
    pub reason: String,
}

/// Why nothing can be audited.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WalkError {
    /// A file or folder named by the user cannot be found.
    #[error("cannot open {}: {error}", path.display())]
    Root {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Lists the files of `inputs`, sorted by path and each once, also where links lead to it twice. `found` hears the number of
/// files now and then; the search ends early when `stop` is set.
///
/// # Errors
/// When a root does not exist. What cannot be read below a root is a warning.
pub fn collect(inputs: &Inputs, stop: &AtomicBool, mut found: impl FnMut(usize)) -> Result<Collected, WalkError> {
    let mut collected = Collected::default();
    let mut seen = Seen::default();
    let mut listed = HashSet::new();
    for entry in &inputs.listed {
        // A photo may be listed for two submissions: these are two rows.
        let real = seen.real(&entry.path, true);
        if listed.insert((real.clone(), entry.submission_id.as_deref(), entry.document_type)) {
            collected.entries.push(entry.clone());
        }
        seen.files.insert(real);
    }
    for path in &inputs.skip {
        seen.insert(path, true);
    }
    for root in &inputs.roots {
        let metadata = root.metadata().map_err(|error| WalkError::Root { path: root.clone(), error })?;
        if metadata.is_dir() {
            let real = root.canonicalize().unwrap_or_else(|_| root.clone());
            let name = real.file_name().map(PathBuf::from).unwrap_or_default();
            seen.folders.insert(root.clone(), real);
            let mut folder = Folder { root, name, inputs, seen: &mut seen, collected: &mut collected };
            folder.walk(stop, &mut found);
        } else if seen.insert(root, true) {
            collected.entries.push(Entry::found(root.clone(), root.clone()));
        }
    }
    if let Some(kind) = inputs.document_type {
        collected.entries.iter_mut().for_each(|entry| entry.document_type = Some(kind));
    }
    collected.entries.sort_by_cached_key(|entry| (entry.path.clone(), entry.submission_id.clone()));
    found(collected.entries.len());
    Ok(collected)
}

/// A root that is walked.
struct Folder<'a> {
    root: &'a Path,
    /// Its own name, also where it was given as `.` or through a link.
    name: PathBuf,
    inputs: &'a Inputs,
    seen: &'a mut Seen,
    collected: &'a mut Collected,
}

impl Folder<'_> {
    fn walk(&mut self, stop: &AtomicBool, found: &mut impl FnMut(usize)) {
        let (root, inputs) = (self.root, self.inputs);
        let hidden = |entry: &DirEntry| !inputs.hidden && is_hidden(entry);
        let excluded = |entry: &DirEntry| inputs.exclude.is_match(entry.path().strip_prefix(root).unwrap_or(root));
        let wanted = |entry: &DirEntry| entry.depth() == 0 || !hidden(entry) && !excluded(entry);
        for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.add(entry),
                Err(error) => self.warn(&error),
            }
            if self.collected.entries.len().is_multiple_of(256) {
                found(self.collected.entries.len());
            }
        }
    }

    fn add(&mut self, entry: DirEntry) {
        if self.seen.insert(entry.path(), entry.path_is_symlink()) {
            let entry = self.entry(entry.into_path());
            self.collected.entries.push(entry);
        }
    }

    fn warn(&mut self, error: &walkdir::Error) {
        let reason = match error.io_error() {
            Some(io) => io.to_string(),
            None => "a loop of links".to_owned(),
        };
        let entry = self.entry(error.path().unwrap_or(self.root).to_owned());
        self.collected.warnings.push(Warning { entry, reason });
    }

    /// The entry at `path` below this root. With several roots, relative paths start with the root's name.
    fn entry(&self, path: PathBuf) -> Entry {
        let below = path.strip_prefix(self.root).unwrap_or(&path);
        let relative = if self.inputs.roots.len() > 1 { self.name.join(below) } else { below.to_owned() };
        let by_root = self.name.to_str().and_then(|name| name.parse().ok());
        let mut entry = Entry::found(path, relative);
        entry.document_type = entry.document_type.or(by_root);
        entry
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The files seen so far, by their real path. Folders are resolved once, files only where they are links.
#[derive(Default)]
struct Seen {
    files: HashSet<PathBuf>,
    folders: HashMap<PathBuf, PathBuf>,
}

impl Seen {
    /// Whether the file is a new one.
    fn insert(&mut self, path: &Path, may_be_link: bool) -> bool {
        let real = self.real(path, may_be_link);
        self.files.insert(real)
    }

    /// The path without links. A file that may be a link is resolved itself.
    fn real(&mut self, path: &Path, may_be_link: bool) -> PathBuf {
        let real = if may_be_link { path.canonicalize().ok() } else { None };
        real.unwrap_or_else(|| self.in_real_folder(path))
    }

    fn in_real_folder(&mut self, path: &Path) -> PathBuf {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return path.to_owned() };
        self.real_folder(folder).join(name)
    }

    /// The folder without links. Each is looked at once: where it is none itself, it lies where the one around it does.
    fn real_folder(&mut self, folder: &Path) -> PathBuf {
        if let Some(real) = self.folders.get(folder) {
            return real.clone();
        }
        let is_named = folder.file_name().is_some() && folder.parent().is_some_and(|parent| parent != Path::new(""));
        let real = if is_named && folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            self.in_real_folder(folder)
        } else {
            folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
        };
        self.folders.insert(folder.to_owned(), real.clone());
        real
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use globset::Glob;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        folder
    }

    fn names(inputs: &Inputs) -> Vec<String> {
        let collected = collect(inputs, &AtomicBool::new(false), |_| {}).unwrap();
        collected.entries.iter().map(|entry| entry.relative.display().to_string()).collect()
    }

    fn roots(roots: &[&Path]) -> Inputs {
        Inputs { roots: roots.iter().map(|root| root.to_path_buf()).collect(), ..Inputs::default() }
    }

    #[test]
    fn files_are_sorted_and_hidden_ones_skipped_unless_asked() {
        let folder = folder(&["b/2.jpg", "a.jpg", ".hidden/3.jpg", "b/.4.jpg", "b/1.jpg"]);
        let mut inputs = roots(&[folder.path()]);
        assert_eq!(names(&inputs), ["a.jpg", "b/1.jpg", "b/2.jpg"]);
        inputs.hidden = true;
        assert_eq!(names(&inputs), [".hidden/3.jpg", "a.jpg", "b/.4.jpg", "b/1.jpg", "b/2.jpg"]);
    }

    #[test]
    fn a_file_named_twice_is_audited_once() {
        let folder = folder(&["b/1.jpg"]);
        let again = folder.path().join("b/../b/./1.jpg");
        let inner = folder.path().join("b");
        assert_eq!(
            collect(&roots(&[folder.path(), &inner, &again]), &AtomicBool::new(false), |_| {}).unwrap().entries.len(),
            1
        );
    }

    #[test]
    fn a_file_listed_for_two_submissions_is_two_entries() {
        let folder = folder(&["1.jpg"]);
        let entry = |submission: &str| Entry {
            submission_id: Some(submission.to_owned()),
            ..Entry::found(folder.path().join("1.jpg"), "1.jpg".into())
        };
        let listed = vec![entry("a"), entry("b"), entry("a")];
        let inputs = Inputs { listed, ..roots(&[folder.path()]) };
        assert_eq!(names(&inputs), ["1.jpg", "1.jpg"]);
    }

    #[test]
    fn a_loop_of_links_is_survived_and_said() {
        let folder = folder(&["b/1.jpg"]);
        symlink(folder.path(), folder.path().join("b/loop")).unwrap();
        symlink(folder.path().join("b/1.jpg"), folder.path().join("link.jpg")).unwrap();
        let collected = collect(&roots(&[folder.path()]), &AtomicBool::new(false), |_| {}).unwrap();
        assert_eq!(collected.entries.len(), 1);
        let reasons: Vec<_> = collected.warnings.iter().map(|warning| warning.reason.as_str()).collect();
        assert_eq!(reasons, ["a loop of links"]);
    }

    #[test]
    fn a_broken_link_is_said() {
        let folder = folder(&["1.jpg"]);
        symlink("nowhere", folder.path().join("2.jpg")).unwrap();
        let collected = collect(&roots(&[folder.path()]), &AtomicBool::new(false), |_| {}).unwrap();
        assert_eq!((collected.entries.len(), collected.warnings.len()), (1, 1));
    }

    #[test]
    fn names_that_are_no_utf8_are_kept() {
        let folder = folder(&[]);
        let name = OsStr::from_bytes(b"\xFF.jpg");
        fs::write(folder.path().join(name), "x").unwrap();
        let collected = collect(&roots(&[folder.path()]), &AtomicBool::new(false), |_| {}).unwrap();
        assert_eq!(collected.entries[0].relative.as_os_str(), name);
    }

    #[test]
    fn excluded_paths_are_left_out_below_a_folder() {
        let folder = folder(&["labels.csv", "a/1.jpg", "a/2.txt", "tmp/3.jpg"]);
        let mut inputs = roots(&[folder.path()]);
        inputs.exclude = GlobSet::builder().add(Glob::new("{*.csv,*.txt,tmp}").unwrap()).build().unwrap();
        assert_eq!(names(&inputs), ["a/1.jpg"]);
    }

    #[test]
    fn the_report_of_an_earlier_run_is_no_input() {
        let folder = folder(&["out/1.jpg", "out/report.csv"]);
        let mut inputs = roots(&[folder.path()]);
        inputs.skip = vec![folder.path().join("./out/report.csv"), folder.path().join("out/report.parquet")];
        assert_eq!(names(&inputs), ["out/1.jpg"]);
    }

    #[test]
    fn a_root_may_declare_a_type_and_roots_are_told_apart() {
        let folder = folder(&["passport/1.jpg", "selfie/1.jpg"]);
        let (passport, selfie) = (folder.path().join("passport"), folder.path().join("selfie"));
        let inputs = roots(&[&passport, &selfie]);
        assert_eq!(names(&inputs), ["passport/1.jpg", "selfie/1.jpg"]);
        let entries = collect(&roots(&[&selfie]), &AtomicBool::new(false), |_| {}).unwrap().entries;
        assert_eq!(entries[0].document_type, Some(DocumentType::Selfie));
        assert_eq!(entries[0].relative, Path::new("1.jpg"));
    }

    #[test]
    fn a_root_that_does_not_exist_is_an_error() {
        let error = collect(&roots(&[Path::new("no/such/folder")]), &AtomicBool::new(false), |_| {}).unwrap_err();
        assert!(error.to_string().starts_with("cannot open no/such/folder: "), "{error}");
    }
}
