use std::error::Error;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// What the command line asks for: some parts of an evaluation, and the folder with the sets of photos.
pub(crate) struct Wanted {
    parts: Vec<String>,
    pub(crate) data: PathBuf,
}

impl Wanted {
    /// From the arguments: parts, then the folder.
    pub(crate) fn from_arguments() -> Result<Self, Box<dyn Error>> {
        let mut parts: Vec<String> = std::env::args().skip(1).collect();
        let data = parts.pop().ok_or("the folder with the sets of photos is missing")?;
        Ok(Self { parts, data: data.into() })
    }

    /// Whether `part` is asked for: where none is named, all are.
    pub(crate) fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }
}

/// The sets of photos in `data` but those that are `left_out`, by name, each with the folder of its images.
pub(crate) fn sets(data: &Path, left_out: &[&str]) -> Result<Vec<(String, PathBuf)>, io::Error> {
    let mut sets = Vec::new();
    for entry in std::fs::read_dir(data)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let images = path.join("images");
        if images.is_dir() && !left_out.contains(&name.as_str()) {
            sets.push((name, images));
        }
    }
    sets.sort();
    Ok(sets)
}
