//! Photos of people, as they are and turned.

use std::error::Error;
use std::path::Path;

use kyclint::scene::Face;
use kyclint::scene::Faces;

use crate::clock::summary;
use crate::clock::timed;
use crate::labels::rows;
use crate::truth::TURNS;
use crate::truth::faces;
use crate::truth::name;
use crate::truth::turned;

pub(crate) fn print(data: &Path) -> Result<(), Box<dyn Error>> {
    println!("| photo | faces | found | scores | largest, share of the height | turned: main face found, turn right |");
    println!("|---|---|---|---|---|---|");
    let mut times = Vec::new();
    for set in ["faces_comprefa", "docxpand_templates"] {
        for row in rows(&data.join(set).join("labels.csv"))? {
            let (Some(faces), Some(photo)) = (faces(&row), row.photo()?) else { continue };
            let (found, time) = timed(|| Faces::of(&photo))?;
            times.push(time);
            let share = |face: &Face| face.quad.area().sqrt() / f64::from(photo.upright_size().1);
            let scores: Vec<String> = found.found.iter().map(|face| format!("{:.0}", face.score)).collect();
            let mut right = 0;
            for (turn, back) in &TURNS[1..] {
                let found = Faces::of(&turned(&photo, *turn)?);
                right += usize::from(!found.found.is_empty() && found.turn == *back);
            }
            println!(
                "| {} | {faces} | {} | {} | {:.2} | {right} of 3 |",
                name(&row),
                found.found.len(),
                scores.join(" "),
                found.largest().map_or(0.0, share)
            );
        }
    }
    println!("\nCPU time of `Faces::of`, ms, median / 95 % / longest: {}\n", summary(times));
    Ok(())
}
