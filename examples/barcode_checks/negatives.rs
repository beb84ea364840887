//! Photos without barcodes.

use std::error::Error;
use std::path::Path;

use kyclint::scene::Barcode;

use crate::milliseconds;
use crate::photos::open;
use crate::sets::sets;
use crate::timed;

/// The set of symbols, and one of lines of text by the thousand that are no photos.
const LEFT_OUT: [&str; 2] = ["pdf417_zxing", "mrz_lines"];

pub fn report(data: &Path) -> Result<(), Box<dyn Error>> {
    println!("\n| set | photos | seen | read | ms: median | most |");
    println!("|---|---|---|---|---|---|");
    sets(data, &LEFT_OUT)?.iter().try_for_each(|(name, images)| of_set(name, images))
}

fn of_set(name: &str, images: &Path) -> Result<(), Box<dyn Error>> {
    let (mut seen, mut read, mut times) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(images)? {
        let path = entry?.path();
        let Some(photo) = open(&std::fs::read(&path)?) else { continue };
        let (found, time) = timed(&photo);
        times.push(time);
        seen += usize::from(found.is_some());
        read += usize::from(found.as_ref().is_some_and(Barcode::is_read));
        if let (Some(found), true) = (found, std::env::var_os("SHOW").is_some()) {
            println!("{} {:?} {time:?}", path.display(), found.quad.0.map(|corner| [corner.x as i32, corner.y as i32]));
        }
    }
    println!("| {name} | {} | {seen} | {read} | {} |", times.len(), milliseconds(times));
    Ok(())
}
