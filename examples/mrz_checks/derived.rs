//! Pictures derived from real specimens and flat passports.

use std::error::Error;
use std::path::Path;

use image::RgbImage;
use image::imageops::crop_imm;
use image::imageops::rotate90;
use image::imageops::rotate180;
use image::imageops::rotate270;
use kyclint::scene::Scene;

use crate::outcome::Outcome;
use crate::outcome::TITLES;
use crate::outcome::cells;
use crate::photos::open;
use crate::picture::jpeg;
use crate::picture::on_table;
use crate::picture::resized;
use crate::picture::tilted;
use crate::show;
use crate::specimens::specimens;
use crate::upright::upright;

/// Quality of the JPEGs that are not made worse on purpose.
const QUALITY: u8 = 92;
/// Angles, degrees clockwise.
const ANGLES: [f64; 6] = [-10.0, -6.0, -3.0, 3.0, 6.0, 10.0];
/// Widths, pixels.
const WIDTHS: [u32; 6] = [250, 400, 600, 1000, 1600, 2400];
/// Qualities of a messenger's JPEG.
const QUALITIES: [u8; 2] = [50, 30];
/// Shares of the width that are cut off.
const CUTS: [f64; 2] = [0.05, 0.1];
/// The passports among the flat templates.
const PASSPORTS: [&str; 2] = ["aze00.jpg", "aze01.jpg"];

/// A picture and the lines that are printed on it.
struct Original {
    name: String,
    picture: RgbImage,
    lines: Vec<String>,
    /// Row of the picture above which only the lines before the last stand, where they were found.
    last: Option<u32>,
}

pub(crate) fn report(data: &Path) -> Result<(), Box<dyn Error>> {
    let originals = originals(data)?;
    let mut made: Vec<(String, Vec<Outcome>)> = Vec::new();
    for original in &originals {
        for (place, (title, bytes)) in variants(original)?.into_iter().enumerate() {
            let photo = open(&bytes).ok_or("a derived picture decodes")?;
            let lines: Vec<&str> = original.lines.iter().map(String::as_str).collect();
            let outcome = Outcome::of(&photo, &lines);
            show(&format!("{} {title}", original.name), &outcome);
            if made.len() <= place {
                made.push((title, Vec::new()));
            }
            made[place].1.push(outcome);
        }
    }
    println!("\n| derived | {TITLES}");
    for (title, outcomes) in &made {
        println!("| {title} | {} |", cells(outcomes));
    }
    let all: Vec<Outcome> = made.into_iter().flat_map(|(_, outcomes)| outcomes).collect();
    println!("| all | {} |", cells(&all));
    Ok(())
}

/// The specimens, and the passports whose lines were read with all digits holding: what is read of the whole picture is
/// taken for what is printed.
fn originals(data: &Path) -> Result<Vec<Original>, Box<dyn Error>> {
    let mut originals: Vec<Original> = Vec::new();
    for specimen in specimens(data)? {
        let scene = Scene::declared(&specimen.photo, None);
        let last = scene.mrz().filter(|mrz| mrz.reading.is_whole()).and_then(|mrz| top_of(&mrz.lines.last()?.0));
        let (name, picture) = (specimen.name, upright(&specimen.photo));
        originals.push(Original { name, picture, lines: specimen.lines, last });
    }
    for name in PASSPORTS {
        let bytes = std::fs::read(data.join("sidtd_templates/images").join(name))?;
        let photo = open(&bytes).ok_or("a template is no photo")?;
        let scene = Scene::declared(&photo, None);
        let Some(mrz) = scene.mrz().filter(|mrz| mrz.reading.is_whole() && mrz.reading.all_digits_hold()) else {
            continue;
        };
        let lines = mrz.reading.reveal().into_iter().map(str::to_owned).collect();
        let last = mrz.lines.last().and_then(|quad| top_of(&quad.0));
        originals.push(Original { name: name.to_owned(), picture: upright(&photo), lines, last });
    }
    Ok(originals)
}

/// The row just above a line whose corners these are.
fn top_of(corners: &[kyclint::geometry::Point; 4]) -> Option<u32> {
    let top = corners.iter().map(|corner| corner.y).fold(f64::INFINITY, f64::min);
    (top >= 1.0).then(|| top as u32 - 1)
}

/// The name of a variant, and its file.
type Variant = (String, Vec<u8>);

/// Every variant, always as many: a lowest line that was not found is left in place.
fn variants(original: &Original) -> Result<Vec<Variant>, Box<dyn Error>> {
    let picture = &original.picture;
    let (width, height) = picture.dimensions();
    let mut all = vec![("as it is".to_owned(), jpeg(picture, QUALITY, 1)?)];
    let turned = [("90", rotate90(picture), 8), ("180", rotate180(picture), 3), ("270", rotate270(picture), 6)];
    for (degrees, turned, orientation) in &turned {
        all.push((format!("turned by {degrees}°"), jpeg(turned, QUALITY, 1)?));
        all.push((format!("turned by {degrees}°, EXIF turns it back"), jpeg(turned, QUALITY, *orientation)?));
    }
    for degrees in ANGLES {
        all.push((format!("tilted by {degrees}°"), jpeg(&tilted(picture, degrees), QUALITY, 1)?));
    }
    for width in WIDTHS {
        all.push((format!("{width} px wide"), jpeg(&resized(picture, width), QUALITY, 1)?));
    }
    for quality in QUALITIES {
        all.push((format!("JPEG quality {quality}"), jpeg(picture, quality, 1)?));
    }
    for share in CUTS {
        let gone = (share * f64::from(width)) as u32;
        for (side, left) in [("left", gone), ("right", 0)] {
            let rest = crop_imm(picture, left, 0, width - gone, height).to_image();
            all.push((format!("{:.0} % cut off {side}", 100.0 * share), jpeg(&rest, QUALITY, 1)?));
        }
    }
    let rest = crop_imm(picture, 0, 0, width, original.last.unwrap_or(height)).to_image();
    all.push(("lowest line cut off".to_owned(), jpeg(&rest, QUALITY, 1)?));
    all.push(("on a table".to_owned(), jpeg(&on_table(picture), QUALITY, 1)?));
    Ok(all)
}
