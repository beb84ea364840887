//! The cascade against the crate `rustface`, which carries its model.

use std::error::Error;
use std::fs::File;
use std::path::Path;

use kyclint::pixels::Plane;
use kyclint::pixels::reduce;
use kyclint::scene::FaceDetector;
use kyclint::scene::SeetaFace;
use kyclint::scene::Sighting;

use crate::clock::timed;
use crate::labels::rows;

/// Longest side of the rasters, pixels, about.
const LONGEST: usize = 640;
/// Sets with and without faces.
const SETS: [&str; 6] = [
    "faces_comprefa",
    "docxpand_templates",
    "sidtd_templates",
    "mrz_specimens",
    "doc_photos_quads",
    "cleanvision_issues",
];

pub(crate) fn print(data: &Path, model: &Path) -> Result<(), Box<dyn Error>> {
    let mut reference = rustface::create_detector_with_model(rustface::read_model(File::open(model)?)?);
    reference.set_score_thresh(2.0);
    let (mut rasters, mut seen, mut expected, mut same, mut times) = (0, 0, 0, 0, [0.0; 2]);
    for set in SETS {
        for row in rows(&data.join(set).join("labels.csv"))? {
            let Some(photo) = row.photo()? else { continue };
            let plane = photo.luma();
            let factor = plane.width().max(plane.height()).div_ceil(LONGEST);
            let raster = reduce(plane, 0..plane.width(), 0..plane.height(), factor);
            let (own, time) = timed(|| SeetaFace.faces(&raster, f64::INFINITY))?;
            let (others, reference_time) = timed(|| reference.detect(&image_of(&raster)))?;
            rasters += 1;
            seen += own.len();
            expected += others.len();
            same += others.iter().filter(|other| own.iter().any(|face| is_same(face, other))).count();
            times = [times[0] + time, times[1] + reference_time];
        }
    }
    let [own, other] = times.map(|time| time / f64::from(rasters));
    println!(
        "{rasters} rasters: {seen} faces, rustface {expected}, the same {same}; {own:.1} ms, rustface {other:.1} ms\n"
    );
    Ok(())
}

fn image_of(raster: &Plane) -> rustface::ImageData<'_> {
    rustface::ImageData::new(raster.samples(), raster.width() as u32, raster.height() as u32)
}

/// To a pixel, and to a hundredth of the score.
fn is_same(face: &Sighting, other: &rustface::FaceInfo) -> bool {
    let frame = other.bbox();
    let half = f64::from(frame.width()) / 2.0;
    let off = [face.middle.x - f64::from(frame.x()) - half, face.middle.y - f64::from(frame.y()) - half];
    let is_near = off.iter().all(|off| off.abs() <= 1.0) && (face.side - 2.0 * half).abs() <= 1.0;
    is_near && (face.score / other.score() - 1.0).abs() < 0.01
}
