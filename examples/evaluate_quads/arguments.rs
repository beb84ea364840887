//! The command line.

use std::path::PathBuf;
use std::str::FromStr;

/// What to do.
pub enum Command {
    Evaluate(Arguments),
    /// Write a set made of real photos.
    Derive {
        kind: Kind,
        folder: PathBuf,
        count: usize,
        seed: u64,
    },
}

/// What is made of real photos.
pub enum Kind {
    /// Templates over their documents.
    Composites,
    /// Other things around their documents.
    Cluttered,
    /// What they show beside their documents.
    Empty,
    /// Parts of their documents.
    Pages,
}

/// What to measure and what to write beside the tables.
pub struct Arguments {
    labels: Vec<PathBuf>,
    pub no_document: Vec<PathBuf>,
    pub filled: Vec<PathBuf>,
    pub limit: usize,
    pub worst: usize,
    pub hypotheses: Option<PathBuf>,
    pub json: Option<PathBuf>,
    pub overlays: Option<PathBuf>,
}

/// Real photos with corners.
const SETS: [&str; 3] = ["smartdoc15_frames", "doc_photos_quads", "flatcv_receipts"];

impl Command {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Arguments::default();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--no-document" => arguments.no_document.push(value(&word, words.next())?),
                "--filled" => arguments.filled.push(value(&word, words.next())?),
                "--limit" => arguments.limit = value(&word, words.next())?,
                "--worst" => arguments.worst = value(&word, words.next())?,
                "--hypotheses" => arguments.hypotheses = Some(value(&word, words.next())?),
                "--json" => arguments.json = Some(value(&word, words.next())?),
                "--overlays" => arguments.overlays = Some(value(&word, words.next())?),
                "--composites" => return Self::derive(Kind::Composites, &word, words),
                "--cluttered" => return Self::derive(Kind::Cluttered, &word, words),
                "--empty" => return Self::derive(Kind::Empty, &word, words),
                "--pages" => return Self::derive(Kind::Pages, &word, words),
                _ if word.starts_with('-') => return Err(format!("unknown option {word}")),
                _ => arguments.labels.push(word.into()),
            }
        }
        Ok(Self::Evaluate(arguments))
    }

    fn derive(kind: Kind, option: &str, mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let folder = value(option, words.next())?;
        let count = value(option, words.next())?;
        Ok(Self::Derive { kind, folder, count, seed: value(option, words.next())? })
    }
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            labels: Vec::new(),
            no_document: Vec::new(),
            filled: Vec::new(),
            limit: usize::MAX,
            worst: 20,
            hypotheses: None,
            json: None,
            overlays: None,
        }
    }
}

impl Arguments {
    /// The label files named, or those of the real sets where none is.
    pub fn labels(&self) -> Vec<PathBuf> {
        let named = !(self.labels.is_empty() && self.no_document.is_empty() && self.filled.is_empty());
        if named { self.labels.clone() } else { real_sets() }
    }
}

/// The label files of the real photos with corners.
pub fn real_sets() -> Vec<PathBuf> {
    SETS.map(|set| data().join(set).join("labels.csv")).to_vec()
}

/// The folder of real photos.
pub fn data() -> PathBuf {
    std::env::var_os("KYCLINT_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from)
}

fn value<T: FromStr>(option: &str, word: Option<String>) -> Result<T, String> {
    word.and_then(|word| word.parse().ok()).ok_or_else(|| format!("{option} needs a value"))
}
