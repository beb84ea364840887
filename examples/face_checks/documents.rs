//! Flat documents that fill their frame, as they are, turned and sparse.

use std::error::Error;
use std::path::Path;

use kyclint::geometry::Quad;
use kyclint::photo::Photo;
use kyclint::scene::Document;
use kyclint::scene::Portraits;
use kyclint::scene::Scene;

use crate::clock::summary;
use crate::clock::timed;
use crate::labels::Row;
use crate::labels::rows;
use crate::truth::TURNS;
use crate::truth::faces;
use crate::truth::name;
use crate::truth::turned;

/// Whether the document shows its holder's portrait: all data pages and fronts do.
fn has_portrait(row: &Row) -> bool {
    !name(row).contains("_back") && row.cell("doc_type") != "TD1" && row.cell("doc_type") != "TD1_SHORT"
}

pub(crate) fn print(data: &Path) -> Result<(), Box<dyn Error>> {
    println!("| document | portrait | found | scores | turn | middle, shares | mm | over height | turned: right |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for set in ["docxpand_templates", "sidtd_templates", "mrz_specimens"] {
        for row in rows(&data.join(set).join("labels.csv"))?.iter().filter(|row| faces(row).is_none()) {
            let Some(photo) = row.photo()? else { continue };
            let scene = filling(&photo);
            let Some(document) = scene.rectified() else { continue };
            let (portraits, time) = timed(|| Portraits::of(document))?;
            if portraits.found.is_empty() { &mut without } else { &mut with }.push(time);
            print_row(row, &photo, &portraits)?;
        }
    }
    println!(
        "\nCPU time of `Portraits::of`, ms, median / 95 % / longest: found {}, none {}\n",
        summary(with),
        summary(without)
    );
    Ok(())
}

fn print_row(row: &Row, photo: &Photo, portraits: &Portraits) -> Result<(), Box<dyn Error>> {
    let scores: Vec<String> = portraits.found.iter().map(|portrait| format!("{:.0}", portrait.score)).collect();
    let mut right = 0;
    for (turn, _) in &TURNS[1..] {
        let turned = turned(photo, *turn)?;
        let same = filling(&turned).portraits().and_then(Portraits::place).zip(portraits.place());
        right += usize::from(same.is_some_and(|(one, other)| (one.middle - other.middle).length() < 0.05));
    }
    let place = portraits.place().map_or_else(
        || "- | - | -".to_owned(),
        |place| {
            let [x, y] = [place.middle.x, place.middle.y];
            format!("{x:.2}, {y:.2} | {:.1} | {:.2}", place.millimetres, place.share)
        },
    );
    let yes = if has_portrait(row) { "yes" } else { "no" };
    let name = name(row);
    let found = portraits.found.len();
    println!("| {name} | {yes} | {found} | {} | {:?} | {place} | {right} of 3 |", scores.join(" "), portraits.turn);
    Ok(())
}

/// The scene of a document that fills the frame.
fn filling(photo: &Photo) -> Scene<'_> {
    let (width, height) = photo.upright_size();
    Scene::new(photo).with_document(Document::known(Quad::rectangle(f64::from(width), f64::from(height))))
}
