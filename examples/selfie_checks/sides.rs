//! How the sides of faces differ, written for `tools/fit_yaw.py`.

use std::error::Error;
use std::path::PathBuf;

use kyclint::photo::Photo;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;

use crate::actions::ANGLES;
use crate::kinds::HEAD_LEFT;
use crate::kinds::HEAD_RIGHT;
use crate::kinds::Kind;

/// Lines of a table, where one is wanted: person, kind, degrees to the viewer's right, odds of the eyes, the numbers.
pub(crate) struct Table {
    path: Option<PathBuf>,
    lines: String,
}

impl Table {
    /// The table in the file that `SIDES` names, if it is set.
    pub(crate) fn wanted() -> Self {
        Self { path: std::env::var_os("SIDES").map(PathBuf::from), lines: String::new() }
    }

    pub(crate) fn add(&mut self, name: &str, kind: &Kind, strength: usize, photo: &Photo) {
        let scene = Scene::declared(photo, Some(DocumentType::Selfie));
        let Some(sitter) = self.path.as_ref().and_then(|_| scene.sitter()) else { return };
        let degrees = match kind.name {
            HEAD_LEFT => ANGLES[strength],
            HEAD_RIGHT => -ANGLES[strength],
            _ => 0.0,
        };
        let head = [name, &format!("{}/{}", kind.group, kind.name), &degrees.to_string()].join(",");
        let numbers = [sitter.landmarks.odds].into_iter().chain(sitter.sides().0).map(|number| format!(",{number:.4}"));
        self.lines += &(head + &numbers.collect::<String>() + "\n");
    }

    pub(crate) fn write(&self) -> Result<(), Box<dyn Error>> {
        if let Some(path) = &self.path {
            std::fs::write(path, &self.lines)?;
        }
        Ok(())
    }
}
