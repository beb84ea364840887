//! What is known of the photos: the label files of the real sets and of the simulator.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use kyclint::geometry::NoQuad;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use walkdir::WalkDir;

use super::name;

/// Photos that are reported together.
pub struct Set {
    pub name: String,
    pub rows: Vec<Row>,
}

/// A photo and what it shows.
pub struct Row {
    pub name: String,
    pub path: PathBuf,
    pub truth: Truth,
    pub document_type: String,
    /// Conditions of the photo.
    pub tags: Vec<String>,
}

/// Where the document is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Truth {
    /// Its corners, clockwise, pixels of the upright photo.
    Quad(Quad),
    /// Somewhere: nobody marked its corners.
    Unmarked,
    /// There is none.
    Absent,
}

/// One line of a label file by the names of its columns.
type Line = HashMap<String, String>;

impl Set {
    /// The photos of a label file; their paths are relative to its folder.
    pub fn read(labels: &Path) -> Result<Self, Box<dyn Error>> {
        let folder = labels.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut reader = csv::Reader::from_path(labels).map_err(|error| format!("{}: {error}", labels.display()))?;
        let lines: Vec<Line> = reader.deserialize().collect::<Result<_, _>>()?;
        let rows = lines.iter().map(|line| row(folder, line)).collect::<Result<_, _>>()?;
        Ok(Self { name: name(&folder.canonicalize()?), rows })
    }

    /// Every image below `folder`; none shows a document.
    pub fn without_documents(folder: &Path) -> Self {
        Self { name: name(folder), rows: images(folder).map(|path| untyped(path, Truth::Absent)).collect() }
    }

    /// Every image below `folder`; each is filled by a document.
    pub fn filled(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let row = |path: PathBuf| {
            let facts = FileFacts::read(&std::fs::read(&path)?);
            let (width, height) = facts.size.ok_or_else(|| format!("{} is no photo", path.display()))?;
            let truth = Truth::Quad(Quad::rectangle(f64::from(width), f64::from(height)));
            Ok(untyped(path, truth))
        };
        Ok(Self { name: name(folder), rows: images(folder).map(row).collect::<Result<_, Box<dyn Error>>>()? })
    }
}

fn images(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten().map(walkdir::DirEntry::into_path);
    files.filter(|path| is_image(path))
}

fn untyped(path: PathBuf, truth: Truth) -> Row {
    Row { name: name(&path), path, truth, document_type: String::new(), tags: Vec::new() }
}

fn row(folder: &Path, line: &Line) -> Result<Row, String> {
    let path = folder.join(field(line, "path"));
    let simulated = line.contains_key("fault");
    let (truth, tags) = if simulated {
        (simulated_truth(line), simulated_tags(line))
    } else {
        (real_truth(line), field(line, "labels").split(';').map(str::to_owned).collect())
    };
    let truth = truth.map_err(|error| format!("{}: {error}", path.display()))?;
    let document_type = field(line, if simulated { "document_type" } else { "doc_type" }).to_owned();
    Ok(Row { name: field(line, "path").to_owned(), path, truth, document_type, tags })
}

fn simulated_truth(line: &Line) -> Result<Truth, String> {
    if field(line, "fault") == "no_document" { Ok(Truth::Absent) } else { quad(field(line, "quad")) }
}

fn simulated_tags(line: &Line) -> Vec<String> {
    let fault = match field(line, "fault") {
        "none" => "none".to_owned(),
        fault => format!("{fault}_{}", field(line, "severity")),
    };
    let mut tags = vec![
        format!("fault {fault}"),
        format!("background {}", field(line, "background")),
        format!("type {}", field(line, "document_type")),
    ];
    if field(line, "spread") == "true" {
        tags.push("spread".to_owned());
    }
    tags
}

/// Flat documents fill the frame; scenes and faces are no documents.
fn real_truth(line: &Line) -> Result<Truth, String> {
    let corners = field(line, "quad_tl_tr_br_bl");
    if !corners.is_empty() {
        return quad(corners);
    }
    match field(line, "doc_type") {
        "scene" | "face" | "selfie_portrait" => Ok(Truth::Absent),
        _ if field(line, "labels").contains("flat_full_frame") => frame(line).map(Truth::Quad),
        _ => Ok(Truth::Unmarked),
    }
}

fn frame(line: &Line) -> Result<Quad, String> {
    Ok(Quad::rectangle(number(field(line, "width"))?, number(field(line, "height"))?))
}

fn quad(text: &str) -> Result<Truth, String> {
    text.parse().map(Truth::Quad).map_err(|error: NoQuad| format!("{text:?}: {error}"))
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("{text:?} is no number"))
}

fn field<'a>(line: &'a Line, column: &str) -> &'a str {
    line.get(column).map_or("", String::as_str)
}

fn is_image(path: &Path) -> bool {
    const ENDINGS: [&str; 5] = ["jpg", "jpeg", "png", "webp", "bmp"];
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}
