use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::Entry;
use crate::csv_lines::line;
use crate::record::columns;
use crate::record::unescape_path;
use crate::scene::DocumentType;
use crate::scene::UnknownDocumentType;
use crate::verdict::UnknownPrompt;

/// A list of photos: CSV with the header `path`, optionally `document_type`, `submission_id`, and, for frames of a capture,
/// `capture_id`, `frame` and `prompt`; columns of its own are carried through to the report.
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
    /// A frame that cannot be placed in its capture.
    #[error("line {line}: {reason}")]
    Frame {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A row with an unknown prompt.
    #[error("line {line}: {error}")]
    Prompt {
        /// The line, from 1.
        line: u64,
        /// What it names.
        error: UnknownPrompt,
    },
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
    capture_id: Option<usize>,
    frame: Option<usize>,
    prompt: Option<usize>,
    extra: Vec<(usize, String)>,
}

impl Manifest {
    /// Reads a manifest; relative paths in it are taken from `folder`. Paths may be escaped as they stand in reports.
    ///
    /// # Errors
    /// The first thing in it that is not understood.
    pub fn read(mut input: impl Read, folder: &Path) -> Result<Self, ManifestError> {
        let mut text = Vec::new();
        input.read_to_end(&mut text).map_err(csv::Error::from)?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(&text[..]);
        let header = Header::read(reader.headers()?)?;
        let mut manifest =
            Self { entries: Vec::new(), extra: header.extra.iter().map(|(_, name)| name.clone()).collect() };
        let mut frames = Frames::default();
        for record in reader.records() {
            let record = record?;
            let line = line(&text, &record);
            let entry = header.entry(&record, line, folder)?;
            frames.admit(&entry, line)?;
            manifest.entries.push(entry);
        }
        Ok(manifest)
    }
}

impl Header {
    fn read(names: &csv::StringRecord) -> Result<Self, ManifestError> {
        let names: Vec<String> = names.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let known = columns(&[]);
        let mut extra = Vec::new();
        let place = |wanted: &str| names.iter().position(|name| name == wanted);
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                return Err(ManifestError::Twice(name.clone()));
            }
            match name.as_str() {
                "path" | "document_type" | "submission_id" | "capture_id" | "frame" | "prompt" => {}
                _ if known.iter().any(|column| column.name == *name) => {
                    return Err(ManifestError::Collision(name.clone()));
                }
                _ => extra.push((at, name.clone())),
            }
        }
        Ok(Self {
            path: place("path").ok_or(ManifestError::NoPath(names.clone()))?,
            document_type: place("document_type"),
            submission_id: place("submission_id"),
            capture_id: place("capture_id"),
            frame: place("frame"),
            prompt: place("prompt"),
            extra,
        })
    }

    fn entry(&self, record: &csv::StringRecord, line: u64, folder: &Path) -> Result<Entry, ManifestError> {
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
        let frame = |text: &str| {
            let reason = format!("the frame `{text}` is no whole number from 0");
            text.parse().map_err(|_| ManifestError::Frame { line, reason })
        };
        let prompt = |text: &str| text.parse().map_err(|error| ManifestError::Prompt { line, error });
        let trimmed = |at: usize| field(at).map(str::trim);
        Ok(Entry {
            submission_id,
            document_type,
            capture_id: self.capture_id.and_then(trimmed).map(str::to_owned),
            frame: self.frame.and_then(trimmed).map(frame).transpose()?,
            prompt: self.prompt.and_then(trimmed).map(prompt).transpose()?,
            extra: self.extra.iter().map(|(at, _)| field(*at).map(str::to_owned)).collect(),
            ..found
        })
    }
}

/// The lines of the frames of each capture.
#[derive(Default)]
struct Frames(BTreeMap<(String, u32), u64>);

impl Frames {
    /// Refuses a frame or a prompt without capture, a capture's photo without frame, and a frame that was there before.
    fn admit(&mut self, entry: &Entry, line: u64) -> Result<(), ManifestError> {
        let refused = |reason: String| Err(ManifestError::Frame { line, reason });
        match (&entry.capture_id, entry.frame) {
            (Some(capture), Some(frame)) => match self.0.insert((capture.clone(), frame), line) {
                Some(before) => refused(format!("capture `{capture}` has the frame {frame} on line {before} already")),
                None => Ok(()),
            },
            (Some(capture), None) => refused(format!("a photo of capture `{capture}` needs its number in `frame`")),
            (None, _) if entry.frame.is_some() || entry.prompt.is_some() => {
                refused("a `frame` or `prompt` needs a `capture_id`".to_owned())
            }
            _ => Ok(()),
        }
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
            (
                "path,capture_id,frame,prompt\na.jpg,c,1,wink\n",
                "line 2: unknown prompt `wink`; known are neutral, blink",
            ),
            ("path,capture_id,frame\na.jpg,c,-1\n", "line 2: the frame `-1` is no whole number from 0"),
            ("path,capture_id\na.jpg,c\n", "line 2: a photo of capture `c` needs its number in `frame`"),
            (
                "path,document_type\r\na.jpg,passport\r\n\r\nb.jpg,pasport\r\n",
                "line 4: unknown document type `pasport`",
            ),
            ("path,frame\na.jpg,1\n", "line 2: a `frame` or `prompt` needs a `capture_id`"),
            ("path,capture_id,frame\na.jpg,c,1\nb.jpg,c,1\n", "line 3: capture `c` has the frame 1 on line 2 already"),
            ("path\na.jpg,b\n", "CSV error: record 1 (line: 2, byte: 5): found record with 2 fields"),
        ];
        for (text, start) in mistakes {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
    }
}
