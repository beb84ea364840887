//! Holds the glare checks against photos with mirrored lamps.
//!
//! `cargo run --release --no-default-features --features synth --example glare_checks -- (--derived | --found) LABELS.csv …`
//!
//! With `--derived` mirrored lamps, and what must not be taken for them, are added to the photos named (real, free
//! of glare, with corners) in linear light; prints the area under the ROC curve of four candidates by size of the
//! lamp and by kind of negative. Otherwise the photos are taken as they are, with the columns of the simulator: prints areas,
//! recall and false alarms by fault, and how the number follows the true share. Corners are the true ones; with
//! `--found` those that the program finds.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod candidates;
mod derived;
mod lamps;
mod random;
#[path = "../shared/roc.rs"]
mod roc;
mod simulated;
mod tables;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;

/// A photo with its row in `labels.csv`.
pub struct Labelled {
    /// The photo itself.
    pub photo: Photo,
    /// What its row says, by column.
    pub row: BTreeMap<String, String>,
    /// Its document's true corners.
    pub quad: Quad,
}

impl Labelled {
    /// What its row says in the column `name`; empty where there is none.
    pub fn cell(&self, name: &str) -> &str {
        self.row.get(name).map_or("", String::as_str)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|text| text.starts_with("--"));
    let told = |name: &str| options.iter().any(|option| option == name);
    if told("--derived") {
        derived::report(photos(&paths))
    } else {
        simulated::report(photos(&paths), told("--found"));
        Ok(())
    }
}

/// The photos with corners that `labels.csv` files name; those that cannot be read are left out.
fn photos(paths: &[String]) -> impl Iterator<Item = Labelled> {
    let rows = paths.iter().filter_map(|path| Some((Path::new(path).parent()?, csv::Reader::from_path(path).ok()?)));
    rows.flat_map(|(folder, reader)| {
        let rows = reader.into_deserialize().filter_map(Result::ok);
        rows.filter_map(move |row: BTreeMap<String, String>| {
            let cell = |name: &str| row.get(name).map_or("", String::as_str);
            let quad = (cell("quad").to_owned() + cell("quad_tl_tr_br_bl")).parse().ok()?;
            let bytes = std::fs::read(folder.join(cell("path"))).ok()?;
            let photo = decode(&bytes, FileFacts::read(&bytes), &Limits::default()).ok()?;
            Some(Labelled { photo, row, quad })
        })
    })
}
