use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use rayon::prelude::*;
use walkdir::DirEntry;
use walkdir::WalkDir;

use super::Key;
use super::LabelNames;
use super::LabelsError;
use super::LabelsIssue;
use super::Meaning;
use super::gather::check_names;
use super::said::Said;
use crate::record::escape_path;
use crate::record::unescape_path;

/// What a folder says of the files below its sub-folders, and the BLAKE3 of their paths.
///
/// Files of the folder `ok` have no fault; of the others it is only known that they have the one their folder is named
/// after. Hidden files and folders, files beside the sub-folders, and sub-folders to be ignored are left out.
pub(super) fn read(root: &Path, names: &LabelNames) -> Result<(Vec<Said>, String), LabelsError> {
    let folders = folders(root).map_err(|error| LabelsError::new(root, LabelsIssue::Read(error)))?;
    let named: Vec<(String, String)> = folders.iter().map(|name| (name.clone(), format!("folder {name}"))).collect();
    check_names(named.iter().map(|(name, place)| (&**name, &**place)), names)
        .map_err(|issue| LabelsError::new(root, issue))?;
    let mut files = Vec::new();
    for name in folders.into_iter().filter(|name| names.meaning(name) != Some(Meaning::Ignored)) {
        files.extend(below(root, &name)?);
    }
    let said = files.par_iter().map(|file| file.said(names)).collect::<Vec<_>>();
    let said = said.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok((said, hash(&files)))
}

/// A file below a sub-folder.
struct File {
    path: PathBuf,
    /// Its path below the root, escaped.
    place: String,
    /// The name of the sub-folder.
    name: String,
}

impl File {
    fn said(&self, names: &LabelNames) -> Result<Said, LabelsError> {
        let key = content(&self.path).map_err(|error| LabelsError::new(&self.path, LabelsIssue::Read(error)))?;
        let mut said = Said::new(key, &self.place, vec![self.name.clone()]);
        said.label.is_complete = names.meaning(&self.name) == Some(Meaning::Faultless);
        Ok(said)
    }
}

/// The names of the sub-folders, escaped and sorted.
fn folders(root: &Path) -> io::Result<Vec<String>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if !is_hidden(&entry.file_name()) && entry.path().is_dir() {
            folders.push(escape_path(Path::new(&entry.file_name())));
        }
    }
    folders.sort();
    Ok(folders)
}

/// The files below one sub-folder.
fn below(root: &Path, name: &str) -> Result<Vec<File>, LabelsError> {
    let wanted = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let mut files = Vec::new();
    for entry in WalkDir::new(root.join(unescape_path(name)))
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(wanted)
    {
        let entry = entry.map_err(|error| LabelsError::new(root, LabelsIssue::Read(error.into())))?;
        if entry.file_type().is_file() {
            let path = entry.into_path();
            let place = escape_path(path.strip_prefix(root).unwrap_or(&path));
            files.push(File { path, place, name: name.to_owned() });
        }
    }
    Ok(files)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn content(path: &Path) -> io::Result<Key> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(path)?)?;
    Ok(hasher.finalize().into())
}

fn hash(files: &[File]) -> String {
    let mut places: Vec<&str> = files.iter().map(|file| &*file.place).collect();
    places.sort_unstable();
    blake3::hash(places.join("\n").as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Labels;
    use super::super::tests::names;
    use super::*;
    use crate::checks::Category;

    fn read(files: &[(&str, &str)], aliases: &[&str]) -> Result<Labels, String> {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let prefix = format!("{}: ", folder.path().display());
        Labels::read(folder.path(), &names(aliases)).map_err(|error| error.to_string().replace(&prefix, ""))
    }

    #[test]
    fn a_file_has_the_fault_its_folder_is_named_after() {
        let files = [
            ("blurry/may/a.jpg", "1"),
            ("Spiegelung/b.jpg", "2"),
            ("ok/c.jpg", "3"),
            ("later/d.jpg", "4"),
            ("readme.txt", "5"),
            ("ok/.DS_Store", "1"),
        ];
        let labels = read(&files, &["Spiegelung=glare", "later=ignore"]).unwrap();
        let places: Vec<&str> = labels.labels.iter().map(|label| &*label.place).collect();
        assert_eq!(places, ["Spiegelung/b.jpg", "blurry/may/a.jpg", "ok/c.jpg"]);
        let [glare, blurry, ok] = &labels.labels[..] else { panic!("three labels") };
        assert_eq!(blurry.key, Key::from(blake3::hash(b"1")));
        assert_eq!([Category::Blurry, Category::Glare].map(|one| blurry.truth(one)), [Some(true), None]);
        assert_eq!(glare.truth(Category::Glare), Some(true));
        assert_eq!(ok.truth(Category::Glare), Some(false));
    }

    #[test]
    fn a_photo_in_two_folders_has_both_faults() {
        let labels = read(&[("blurry/a.jpg", "1"), ("glare/b.jpg", "1"), ("glare/c.jpg", "1")], &[]).unwrap();
        assert_eq!(labels.labels.len(), 1);
        assert_eq!(labels.labels[0].faults, BTreeSet::from([Category::Blurry, Category::Glare]));
        assert_eq!(labels.hash, blake3::hash(b"blurry/a.jpg\nglare/b.jpg\nglare/c.jpg").to_hex().to_string());
    }

    #[test]
    fn a_photo_cannot_be_fine_and_not() {
        let error = read(&[("blurry/a.jpg", "1"), ("ok/b.jpg", "1")], &[]).unwrap_err();
        let hash = blake3::hash(b"1");
        assert_eq!(error, format!("blurry/a.jpg and ok/b.jpg disagree about {hash}: blurry; ok"));
    }

    #[test]
    fn a_folder_of_an_unknown_name_is_met_before_anything_is_read() {
        let error = read(&[("blury/a.jpg", "1")], &[]).unwrap_err();
        assert!(error.starts_with("an unknown category: `blury` (folder blury; did you mean `blurry`?)"), "{error}");
        assert_eq!(read(&[("a.jpg", "1")], &[]), Err("no photo in it is labelled".to_owned()));
    }
}
