//! Photos and what is known of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::DocumentType;

/// A line of a `labels.csv`, real or simulated.
pub(crate) struct Row {
    folder: PathBuf,
    pub(crate) path: String,
    pub(crate) labels: String,
    pub(crate) fault: String,
    pub(crate) kind: Option<DocumentType>,
    pub(crate) quad: Option<Quad>,
}

impl Row {
    pub(crate) fn photo(&self) -> Option<Photo> {
        let bytes = std::fs::read(self.folder.join(&self.path)).ok()?;
        decode(&bytes, FileFacts::read(&bytes), &Limits::default()).ok()
    }
}

pub(crate) fn rows(labels: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new("."));
    let mut rows = Vec::new();
    for row in csv::Reader::from_path(labels)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        rows.push(Row {
            folder: folder.to_owned(),
            path: cell("path"),
            labels: cell("labels"),
            fault: format!("{} {}", cell("fault"), cell("severity")),
            kind: cell("document_type").parse().ok(),
            quad: (cell("quad") + &cell("quad_tl_tr_br_bl")).parse::<Quad>().ok(),
        });
    }
    Ok(rows)
}
