use std::io;
use std::path::Path;
use std::path::PathBuf;

use super::Key;
use super::names::categories;
use super::names::guess;
use crate::scene::UnknownDocumentType;

/// Letters of somebody's text that a message repeats at most.
const SHOWN: usize = 60;

/// Why labels cannot be used. Reads as a fragment after "failed to read the labels: ".
#[derive(Debug, thiserror::Error)]
#[error("{}: {issue}", path.display())]
pub struct LabelsError {
    /// The file or folder, or a file below it.
    pub path: PathBuf,
    /// What is wrong with it.
    pub issue: LabelsIssue,
}

/// What is wrong with a file or folder of labels.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LabelsIssue {
    /// The file system refuses.
    #[error("cannot read it: {0}")]
    Read(io::Error),
    /// More bytes than labels need.
    #[error("it is larger than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// It is none of the known formats.
    #[error(
        "its format is unknown; understood are CSV (UTF-8, with commas) with the columns `labels` and `path` or \
         `blake3`, Label Studio JSON and JSON-MIN, CVAT for images XML, COCO JSON, and a folder with sub-folders that are \
         named after categories"
    )]
    UnknownFormat,
    /// It is no CSV, or not of one width.
    #[error("{0}")]
    Csv(csv::Error),
    /// It is no JSON, or not of that tool.
    #[error("it is no {what}: {error}")]
    Json {
        /// The format it was taken for.
        what: &'static str,
        /// Where it fails.
        error: serde_json::Error,
    },
    /// It is no XML.
    #[error("line {line}: it is no XML: {message}")]
    Xml {
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// The header of a CSV lacks a column.
    #[error("the header has no column {wanted}; it has {}", has.join(", "))]
    NoColumn {
        /// Which one.
        wanted: &'static str,
        /// Those that it has.
        has: Vec<String>,
    },
    /// A column that is read stands twice in the header.
    #[error("the header has the column `{0}` twice")]
    Twice(&'static str),
    /// Something in one place is not understood.
    #[error("{place}: {mistake}")]
    Mistake {
        /// Where.
        place: String,
        /// What.
        mistake: LabelMistake,
    },
    /// Names that are no categories and have no alias.
    #[error("{}", unknown(names, *more))]
    UnknownNames {
        /// The first ten of them, in the order of the file.
        names: Vec<UnknownName>,
        /// How many there are besides.
        more: usize,
    },
    /// Two places say different things of one photo.
    #[error("{0}")]
    Disagree(Box<Disagreement>),
    /// There is nothing to learn from it.
    #[error("no photo in it is labelled")]
    NoneLabelled,
}

/// What is wrong in one place of a label file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LabelMistake {
    /// A row of a CSV without a key.
    #[error("it has neither a path nor a BLAKE3")]
    NoKey,
    /// A photo of an annotation tool without a path.
    #[error("it names no photo")]
    NoPhoto,
    /// The BLAKE3 is none.
    #[error("the BLAKE3 `{0}` has not 64 hex digits")]
    Content(String),
    /// The document type is none.
    #[error(transparent)]
    Type(UnknownDocumentType),
    /// The weight is none.
    #[error("the weight `{0}` is no finite number above 0")]
    Weight(String),
    /// The outcome is none.
    #[error(
        "unknown outcome `{0}`; known are 1, true, yes, fail, failed, reject, rejected and 0, false, no, pass, passed, \
         accept, accepted"
    )]
    Outcome(String),
    /// The photo is both without and with a fault.
    #[error("it is both `ok` and `{0}`")]
    OkAndFault(String),
    /// An annotation names nothing that is declared.
    #[error("no {what} has the id {id}")]
    NoId {
        /// `image` or `category`.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// An id is declared again.
    #[error("its id stands twice")]
    IdTwice,
}

/// Two places that say different things of one photo.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{first} and {second} disagree about {key}: {says}; {but}")]
pub struct Disagreement {
    /// The earlier place.
    pub first: String,
    /// The later place.
    pub second: String,
    /// The photo.
    pub key: Key,
    /// What the earlier place says.
    pub says: String,
    /// What the later place says.
    pub but: String,
}

/// A name in a label file that is no category and has no alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// Where it stands first.
    pub place: String,
}

impl LabelsError {
    pub(super) fn new(path: impl AsRef<Path>, issue: LabelsIssue) -> Self {
        Self { path: path.as_ref().to_owned(), issue }
    }
}

impl LabelMistake {
    /// This mistake in one place.
    pub(super) fn at(self, place: impl Into<String>) -> LabelsIssue {
        LabelsIssue::Mistake { place: place.into(), mistake: self }
    }
}

/// The beginning of somebody's text, which may be of any length.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn unknown(names: &[UnknownName], more: usize) -> String {
    let mut list: Vec<String> = names.iter().map(described).collect();
    if more > 0 {
        list.push(format!("{more} more"));
    }
    let what = if list.len() == 1 { "an unknown category" } else { "unknown categories" };
    let first = names.first().map_or_else(String::new, |unknown| shortened(&unknown.name));
    format!(
        "{what}: {}; translate with `--alias \"{first}=blurry\"` or leave out with `--alias \"{first}=ignore\"`; known are \
         ok, {}",
        list.join(", "),
        categories()
    )
}

fn described(UnknownName { name, place }: &UnknownName) -> String {
    let guess = guess(name);
    let guess = if guess.is_empty() { guess } else { format!("; {}", guess.trim_end()) };
    format!("`{}` ({place}{guess})", shortened(name))
}
