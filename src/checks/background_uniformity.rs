use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::face;
use crate::geometry::Point;
use crate::scene::DocumentType;
use crate::scene::Rectified;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How plain the background is, 0–1: 1 is a wall without anything on it.
    ///
    /// # Why it matters
    /// Other things and people behind the head draw attention from it, and hide where it ends.
    ///
    /// # Method
    /// The mean slope of luma outside head and shoulders, as in ISO/IEC 29794-5, on the frame reduced to 320 pixels: exp(-slope / 8 grey
    /// levels a pixel). The head is an ellipse about the face, the shoulders widen below the chin.
    Check {
        id: "background_uniformity",
        faults: Faults::below(Fault {
            category: Category::ClutteredBackground,
            message: "the background is cluttered",
            advice: "Stand before a plain wall.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_least(0.15, 0.0),
        measure,
    }
}

/// Half the axes of the head, and its middle above that of the face's square, sides of the square.
const HEAD: [f64; 2] = [0.85, 1.05];
const RAISED: f64 = 0.15;
/// Half the width of the shoulders at the chin, and by how much it grows a row.
const SHOULDERS: f64 = 0.9;
const WIDENING: f64 = 1.2;
/// Longest side of the raster, pixels, and the slope at which the number has fallen to a third.
const LONGEST: f64 = 320.0;
const SLOPE: f64 = 8.0;
/// Share of the frame that the background must fill.
const LEAST_SHARE: f64 = 0.05;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let face = face(scene)?;
    let raster = Rectified::frame(scene.photo(), LONGEST, 1.0).ok_or(Unmeasured::TooSmall)?;
    let to_raster = raster.to_photo.inverse().ok_or(Unmeasured::TooSmall)?;
    let quad = face.quad.map(|corner| to_raster.apply(corner));
    let is_person = |place: Point| {
        let [a, b, c, d] = quad.0;
        let side = quad.area().sqrt();
        let off = place - a.towards(c, 0.5);
        let [across, down] = [(b - a).unit(), (d - a).unit()].map(|axis| off.dot(axis) / side);
        let is_head = (across / HEAD[0]).powi(2) + ((down + RAISED) / HEAD[1]).powi(2) <= 1.0;
        is_head || down > 0.5 && across.abs() <= SHOULDERS + WIDENING * (down - 0.5)
    };
    let luma = &raster.luma;
    let (mut sum, mut count) = (0.0, 0_u32);
    for y in 1..luma.height().saturating_sub(1) {
        let [above, here, below] = [y - 1, y, y + 1].map(|row| luma.row(row));
        for x in 1..luma.width().saturating_sub(1) {
            if !is_person(Point::new(x as f64 + 0.5, y as f64 + 0.5)) {
                let slope = |one: u8, other: u8| (f64::from(one) - f64::from(other)) / 2.0;
                sum += slope(here[x + 1], here[x - 1]).hypot(slope(below[x], above[x]));
                count += 1;
            }
        }
    }
    if f64::from(count) < LEAST_SHARE * luma.samples().len() as f64 {
        return Err(Unmeasured::TooSmall);
    }
    Ok(Measurement::of_photo((-sum / f64::from(count) / SLOPE).exp()))
}
