//! Simulated documents and selfies, whose faces are drawn.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use kyclint::scene::Document;
use kyclint::scene::Portraits;
use kyclint::scene::Scene;

use crate::clock::summary;
use crate::clock::timed;
use crate::labels::rows;
use crate::truth::quad;

#[derive(Default)]
struct Group {
    photos: usize,
    found: usize,
    upright: usize,
    times: Vec<f64>,
}

pub(crate) fn print(labels: &Path) -> Result<(), Box<dyn Error>> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in rows(labels)?.iter().filter(|row| row.cell("fault") == "none") {
        let Some(photo) = row.photo()? else { continue };
        let kind = row.cell("document_type");
        let group = groups.entry(kind.to_owned()).or_default();
        let scene = Scene::declared(&photo, kind.parse().ok());
        let (turn, time) = if let Some(quad) = quad(row) {
            let scene = scene.with_document(Document::known(quad));
            let Some(document) = scene.rectified() else { continue };
            let (portraits, time) = timed(|| Portraits::of(document))?;
            (portraits.main().map(|_| portraits.turn), time)
        } else {
            let (faces, time) = timed(|| scene.faces().clone())?;
            (faces.largest().map(|_| faces.turn), time)
        };
        group.photos += 1;
        group.found += usize::from(turn.is_some());
        group.upright += usize::from(turn == Some(kyclint::photo::Orientation::Upright));
        group.times.push(time);
    }
    println!("| type | photos without fault | with a face | upright | CPU, ms: median / 95 % / longest |");
    println!("|---|---|---|---|---|");
    for (kind, group) in groups {
        let Group { photos, found, upright, times } = group;
        println!("| {kind} | {photos} | {found} | {upright} | {} |", summary(times));
    }
    Ok(())
}
