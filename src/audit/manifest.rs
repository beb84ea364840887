use std::io::Read;
use std::path::Path;

use super::Entry;
use crate::record::columns;
use crate::record::unescape_path;
use crate::scene::DocumentType;
use crate::scene::UnknownDocumentType;

/// A list of photos: CSV with the header `path`, optionally `document_type` and `submission_id`, and columns of its own, which
/// are carried through to the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The photos, in the order of the file.
    pub entries: Vec<Entry>,
    /// Names of the manifest's own columns.
    pub extra: Vec<String>,
}

/// Why a manifest cannot be used. Reads as a fragment after "failed to read the manifest: ".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The file is no CSV, or not of one width.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The header lacks `path`.
    #[error("the header has no column `path`; it has {}", .0.join(", "))]
    NoPath(Vec<String>),
    /// A column stands twice in the header.
    #[error("the header has the column `{0}` twice")]
    Twice(String),
    /// A column of the manifest's own has the name of a report column.
    #[error("the column `{0}` is one of the report's own; give it another name")]
    Collision(String),
    /// A row without a path.
    #[error("line {0}: the path is empty")]
    EmptyPath(u64),
    /// A row with an unknown type.
    #[error("line {line}: {error}")]
    Type {
        /// The line, from 1.
        line: u64,
        /// What it names.
        error: UnknownDocumentType,
    },
}

/// Where the known columns stand.
struct Header {
    path: usize,
    document_type: Option<usize>,
    submission_id: Option<usize>,
    extra: Vec<(usize, String)>,
}

impl Manifest {
    /// Reads a manifest; relative paths in it are taken from `folder`. Paths may be escaped as they stand in reports.
    ///
    /// # Errors
    /// The first thing in it that is not understood.
    pub fn read(input: impl Read, folder: &Path) -> Result<Self, ManifestError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(input);
        let header = Header::read(reader.headers()?)?;
        let mut manifest =
            Self { entries: Vec::new(), extra: header.extra.iter().map(|(_, name)| name.clone()).collect() };
        for record in reader.records() {
            manifest.entries.push(header.entry(&record?, folder)?);
        }
        Ok(manifest)
    }
}

impl Header {
    fn read(names: &csv::StringRecord) -> Result<Self, ManifestError> {
        let names: Vec<String> = names.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let known = columns(&[]);
        let (mut path, mut document_type, mut submission_id, mut extra) = (None, None, None, Vec::new());
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                return Err(ManifestError::Twice(name.clone()));
            }
            match name.as_str() {
                "path" => path = Some(at),
                "document_type" => document_type = Some(at),
                "submission_id" => submission_id = Some(at),
                _ if known.iter().any(|column| column.name == *name) => {
                    return Err(ManifestError::Collision(name.clone()));
                }
                _ => extra.push((at, name.clone())),
            }
        }
        let path = path.ok_or(ManifestError::NoPath(names))?;
        Ok(Self { path, document_type, submission_id, extra })
    }

    fn entry(&self, record: &csv::StringRecord, folder: &Path) -> Result<Entry, ManifestError> {
        let line = record.position().map_or(0, csv::Position::line);
        let field = |at: usize| record.get(at).filter(|text| !text.trim().is_empty());
        let named = unescape_path(field(self.path).ok_or(ManifestError::EmptyPath(line))?);
        let found = Entry::found(folder.join(&named), named);
        let document_type = match self.document_type.and_then(field) {
            Some(text) => {
                Some(text.trim().parse::<DocumentType>().map_err(|error| ManifestError::Type { line, error })?)
            }
            None => found.document_type,
        };
        let submission_id =
            self.submission_id.and_then(field).map(|text| text.trim().to_owned()).or(found.submission_id.clone());
        let extra = self.extra.iter().map(|(at, _)| field(*at).map(str::to_owned)).collect();
        Ok(Entry { submission_id, document_type, extra, ..found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Manifest, String> {
        Manifest::read(text.as_bytes(), Path::new("in")).map_err(|error| error.to_string())
    }

    #[test]
    fn own_columns_are_carried_through() {
        let manifest =
            read("\u{feff}campaign,path,submission_id,document_type\nspring,a.jpg,7,passport\n,b.jpg,,\n").unwrap();
        assert_eq!(manifest.extra, ["campaign"]);
        let [first, second] = &manifest.entries[..] else { panic!("two entries") };
        assert_eq!(first.path, Path::new("in/a.jpg"));
        assert_eq!(first.submission_id.as_deref(), Some("7"));
        assert_eq!(first.document_type, Some(DocumentType::Passport));
        assert_eq!(first.extra, [Some("spring".to_owned())]);
        assert_eq!((&second.document_type, &second.extra[0]), (&None, &None));
    }

    #[test]
    fn every_mistake_is_named() {
        let mistakes = [
            ("file,type\n", "the header has no column `path`; it has file, type"),
            ("path,path\n", "the header has the column `path` twice"),
            ("path,verdict\n", "the column `verdict` is one of the report's own; give it another name"),
            ("path,document_type\na.jpg,pasport\n", "line 2: unknown document type `pasport`"),
            ("path,submission_id\n\"\",7\n", "line 2: the path is empty"),
            ("path\na.jpg,b\n", "CSV error: record 1 (line: 2, byte: 5): found record with 2 fields"),
        ];
        for (text, start) in mistakes {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
    }
}
