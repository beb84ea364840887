//! Photos without barcodes.

use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use kyclint::scene::Barcode;

use crate::milliseconds;
use crate::open;
use crate::timed;

/// The set of symbols, and one of lines of text by the thousand that are no photos.
const LEFT_OUT: [&str; 2] = ["pdf417_zxing", "mrz_lines"];

pub fn report(data: &Path) -> Result<(), Box<dyn Error>> {
    println!("\n| set | photos | seen | read | ms: median | most |");
    println!("|---|---|---|---|---|---|");
    let mut sets: Vec<PathBuf> =
        std::fs::read_dir(data)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    sets.sort();
    for set in sets {
        let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if set.join("images").is_dir() && !LEFT_OUT.contains(&name.as_str()) {
            of_set(&name, &set.join("images"))?;
        }
    }
    Ok(())
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
