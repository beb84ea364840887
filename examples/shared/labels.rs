use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use kyclint::photo::Photo;

use crate::photos::open;

/// A line of a `labels.csv`, real or simulated.
pub(crate) struct Row {
    folder: PathBuf,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// What stands in a column, nothing where there is no such column.
    pub(crate) fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    /// The photo it is about, or `None` where the file is none.
    pub(crate) fn photo(&self) -> Result<Option<Photo>, io::Error> {
        Ok(open(&std::fs::read(self.folder.join(self.cell("path")))?))
    }
}

/// The lines of a `labels.csv`.
pub(crate) fn rows(labels: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new(".")).to_owned();
    let read = |cells: Result<_, _>| Ok(Row { folder: folder.clone(), cells: cells? });
    csv::Reader::from_path(labels)?.deserialize().map(read).collect()
}
