use std::path::PathBuf;

use crate::record::Source;
use crate::record::escape_path;
use crate::scene::DocumentType;
use crate::verdict::Prompt;

/// A file to audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it lies.
    pub path: PathBuf,
    /// The part of the path below the folder that was walked; the whole path where the file was named itself.
    pub relative: PathBuf,
    /// The submission it belongs to.
    pub submission_id: Option<String>,
    /// The declared document type.
    pub document_type: Option<DocumentType>,
    /// The capture of which it is a frame.
    pub capture_id: Option<String>,
    /// Its place among the frames of the capture.
    pub frame: Option<u32>,
    /// What the person was asked to do.
    pub prompt: Option<Prompt>,
    /// Values of the manifest's own columns.
    pub extra: Vec<Option<String>>,
}

/// How paths stand in reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PathStyle {
    /// As they were given.
    #[default]
    Given,
    /// Relative to the folder that was walked.
    Relative,
    /// BLAKE3 of the relative path, keyed: file names may hold names.
    Hash {
        /// The key; equal keys give equal hashes.
        key: [u8; 32],
    },
}

impl Entry {
    /// The file at `path`, found as `relative`; type and submission follow from the folder names.
    ///
    /// A folder named after a document type declares it (`passport/a.jpg`), the nearest one counts. A file named after a
    /// document type declares it too, and its folder is the submission (`0042/id_card_front.jpg`).
    #[must_use]
    pub fn found(path: PathBuf, relative: PathBuf) -> Self {
        let named = |name: Option<&std::ffi::OsStr>| name?.to_str()?.parse::<DocumentType>().ok();
        let by_stem = named(relative.file_stem());
        let by_folder = || relative.ancestors().skip(1).find_map(|folder| named(folder.file_name()));
        let submission = relative.parent().filter(|parent| by_stem.is_some() && !parent.as_os_str().is_empty());
        Self {
            submission_id: submission.map(escape_path),
            document_type: by_stem.or_else(by_folder),
            capture_id: None,
            frame: None,
            prompt: None,
            extra: Vec::new(),
            path,
            relative,
        }
    }

    /// How the entry stands in reports.
    #[must_use]
    pub fn source(&self, style: &PathStyle) -> Source {
        let folder = self.relative.parent().map(escape_path);
        let named_by_folder = self.submission_id.is_some() && self.submission_id == folder;
        let submission_id = match style {
            PathStyle::Hash { .. } if named_by_folder => folder.map(|folder| style.text(&folder)),
            _ => self.submission_id.clone(),
        };
        Source {
            path: style.path(self),
            submission_id,
            document_type: self.document_type,
            capture_id: self.capture_id.clone(),
            frame: self.frame,
            prompt: self.prompt,
            extra: self.extra.clone(),
        }
    }
}

impl PathStyle {
    /// The path of `entry` as it stands in reports, escaped.
    #[must_use]
    pub fn path(&self, entry: &Entry) -> String {
        let path = if *self == Self::Given { &entry.path } else { &entry.relative };
        self.text(&escape_path(path))
    }

    fn text(&self, text: &str) -> String {
        match self {
            Self::Hash { key } => blake3::keyed_hash(key, text.as_bytes()).to_hex().to_string(),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str) -> (Option<DocumentType>, Option<String>) {
        let entry = Entry::found(PathBuf::from("in").join(path), PathBuf::from(path));
        (entry.document_type, entry.submission_id)
    }

    #[test]
    fn the_nearest_folder_named_after_a_type_declares_it() {
        assert_eq!(found("selfie/passport/x/1.jpg"), (Some(DocumentType::Passport), None));
        assert_eq!(found("x/1.jpg"), (None, None));
    }

    #[test]
    fn a_file_named_after_a_type_makes_its_folder_the_submission() {
        assert_eq!(found("may/0042/id_card_back.jpg"), (Some(DocumentType::IdCardBack), Some("may/0042".to_owned())));
        assert_eq!(found("selfie.jpg"), (Some(DocumentType::Selfie), None));
    }

    #[test]
    fn a_hashed_path_shows_nothing_of_the_name() {
        let entry = Entry::found("in/jane_doe.jpg".into(), "jane_doe.jpg".into());
        let hash = |key| entry.source(&PathStyle::Hash { key }).path;
        assert_eq!(hash([1; 32]).len(), 64);
        assert_ne!(hash([1; 32]), hash([2; 32]));
        let entry = Entry::found("in/jane_doe/selfie.jpg".into(), "jane_doe/selfie.jpg".into());
        let submission = entry.source(&PathStyle::Hash { key: [1; 32] }).submission_id.unwrap();
        assert!(submission.len() == 64 && !submission.contains("jane"), "{submission}");
    }
}
