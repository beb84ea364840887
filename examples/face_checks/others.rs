//! Photos without faces.

use std::error::Error;
use std::path::Path;

use kyclint::scene::Portraits;
use kyclint::scene::Scene;

use crate::clock::summary;
use crate::clock::timed;
use crate::labels::rows;
use crate::truth::name;

/// Sets in which nobody is.
const SETS: [&str; 8] = [
    "blur_kwentar",
    "cleanvision_issues",
    "doc_photos_quads",
    "doctypes_mindee",
    "flatcv_receipts",
    "pdf417_zxing",
    "shadow_phone_mit",
    "smartdoc15_frames",
];

pub(crate) fn print(data: &Path) -> Result<(), Box<dyn Error>> {
    println!("| set | photos | with false faces | documents found | with false portraits | what |");
    println!("|---|---|---|---|---|---|");
    let mut times = Vec::new();
    for set in SETS {
        let (mut photos, mut alarmed, mut documents, mut printed) = (0, 0, 0, 0);
        let mut what = Vec::new();
        for row in rows(&data.join(set).join("labels.csv"))? {
            let Some(photo) = row.photo()? else { continue };
            let scene = Scene::new(&photo);
            let (faces, time) = timed(|| scene.faces().clone())?;
            times.push(time);
            photos += 1;
            if let Some(face) = faces.found.first() {
                alarmed += 1;
                what.push(format!("{} face {:.1} {:?}", name(&row), face.score, faces.turn));
            }
            let Some(document) = scene.rectified() else { continue };
            documents += 1;
            let portraits = Portraits::of(document);
            if let Some(portrait) = portraits.found.first() {
                printed += 1;
                what.push(format!("{} portrait {:.1} {:?}", name(&row), portrait.score, portraits.turn));
            }
        }
        println!("| {set} | {photos} | {alarmed} | {documents} | {printed} | {} |", what.join(", "));
    }
    println!("\nCPU time of `Scene::faces` where there is none, ms, median / 95 % / longest: {}\n", summary(times));
    Ok(())
}
