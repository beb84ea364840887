//! Eyes, nose and mouth of a face.

use super::aligned::Aligned;
use super::aligned::Patch;
use super::eyes::Eyes;
use super::eyes::correlation;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::quantile;

/// Where the middle of the mouth lies below the eyes, with its standard deviation; what is searched.
const MOUTH: [f64; 2] = [1.08, 0.11];
const MOUTH_ROWS: [f64; 2] = [0.8, 1.4];
/// What a place one standard deviation off costs, in darkness of the line between the lips.
const MOUTH_PRIOR: f64 = 0.05;
/// Half the length of the line between the lips that is sought.
const LIPS: f64 = 0.28;
/// Half the height of the lips, from which their line stands out, and half that of the line.
const LIP: f64 = 0.08;
const LINE: f64 = 0.02;
/// Where the opening of a mouth may lie, half the width of the strip on which it is sought, and the cheeks it is darker than.
const OPENING_ROWS: [f64; 2] = [0.8, 1.8];
const OPENING_HALF: f64 = 0.12;
const CHEEK: Patch = Patch([0.25, 0.6, 0.45, 0.9]);
/// Share of the luma of the cheeks below which a row shows the inside of the mouth.
const INSIDE: f64 = 0.5;
/// Corners of a mouth lie so far from its middle.
const CORNER: f64 = 0.42;
/// Height of the tip of the nose below the eyes.
const NOSE: f64 = 0.62;
/// The nose and what is beside it, which mirror each other: half its width, from top to bottom.
const NOSE_HALF: f64 = 0.3;
const NOSE_ROWS: [f64; 2] = [0.2, 0.85];
/// How far the nose may lie off the middle.
const NOSE_OFF: f64 = 0.36;
/// Standard deviation of its place, and what a place as unlikely as one such deviation costs in likeness.
const NOSE_SPREAD: f64 = 0.2;
const NOSE_PRIOR: f64 = 0.15;
/// Steps of the searches.
const STEP: f64 = 0.02;

/// Landmarks of a face in pixels of the upright photo. Left is the viewer's left as the face stands upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landmarks {
    /// Middles of the left and the right eye.
    pub eyes: [Point; 2],
    /// Tip of the nose, as far as its axis of symmetry tells.
    pub nose: Point,
    /// Left and right corner of the mouth, as far as the middle of the line between the lips tells.
    pub mouth: [Point; 2],
    /// Natural logarithm of the odds that the eyes are right; the other landmarks hang on them. Below 0 they are where eyes lie
    /// as a rule.
    pub odds: f64,
    /// Place of the nose off the middle between the eyes, distances between the eyes: to the viewer's right above 0.
    pub nose_off: f64,
    /// By how much the line between the lips is darker than the lips, shares of the span of luma from dark to bright skin.
    pub lip_line: f64,
}

impl Landmarks {
    /// The landmarks of the `face` square in `photo`, and the face aligned by its eyes. `None` where the square is no convex shape
    /// or the photo too long.
    pub(super) fn find(photo: &Photo, face: &Quad) -> Option<(Self, Aligned)> {
        let eyes = Eyes::find(photo, face)?;
        let aligned = Aligned::new(photo, eyes.places)?;
        let nose_off = nose(&aligned);
        let (mouth, lip_line) = mouth(&aligned, nose_off);
        let on_photo = |x: f64, y: f64| aligned.to_photo.apply(Point::new(x, y));
        let landmarks = Self {
            eyes: eyes.places,
            nose: on_photo(nose_off, NOSE),
            mouth: [-CORNER, CORNER].map(|off| on_photo(mouth.x + off, mouth.y)),
            odds: eyes.odds,
            nose_off,
            lip_line,
        };
        Some((landmarks, aligned))
    }

    /// Slope of the line from eye to eye, degrees, -180 to 180: above 0 where the right eye lies lower.
    #[must_use]
    pub fn roll(&self) -> f64 {
        let across = self.eyes[1] - self.eyes[0];
        across.y.atan2(across.x).to_degrees()
    }
}

/// Where the two sides of the nose mirror each other best.
fn nose(face: &Aligned) -> f64 {
    let steps = (NOSE_OFF / STEP).round() as i32;
    let tries = (-steps..=steps).map(|step| {
        let off = f64::from(step) * STEP;
        let side = |patch: Patch| face.luma(patch.moved(off, 0.0));
        let right = Patch([0.0, NOSE_HALF, NOSE_ROWS[0], NOSE_ROWS[1]]);
        let likeness = mirror_likeness(side(right.mirrored()), side(right));
        (off, likeness - NOSE_PRIOR * (off / NOSE_SPREAD).powi(2))
    });
    tries.max_by(|one, other| one.1.total_cmp(&other.1)).map_or(0.0, |(off, _)| off)
}

/// Correlation of the slopes of luma on two sides, the left one mirrored: even light on one side changes little.
fn mirror_likeness(left: (usize, Vec<f32>), right: (usize, Vec<f32>)) -> f64 {
    let width = left.0.min(right.0);
    if width < 3 {
        return 0.0;
    }
    // Rows as they run outwards from the axis; the wider side loses what lies farthest from it.
    let outwards = |(width_here, lumas): (usize, Vec<f32>), is_left: bool| -> Vec<Vec<f64>> {
        let row = |row: &[f32]| {
            let at = |column: usize| if is_left { width_here - 1 - column } else { column };
            (0..width).map(|column| f64::from(row[at(column)])).collect()
        };
        lumas.chunks_exact(width_here).map(row).collect()
    };
    let slopes = |rows: &[Vec<f64>]| -> Vec<f64> {
        let across = rows.iter().flat_map(|row| row.windows(3).map(|near| near[2] - near[0]));
        let down = rows.windows(3).flat_map(|near| near[0].iter().zip(&near[2]).map(|(above, below)| below - above));
        across.chain(down).collect()
    };
    correlation(&slopes(&outwards(left, true)), &slopes(&outwards(right, false)))
}

/// The middle of the mouth, and how dark the line between the lips is.
fn mouth(face: &Aligned, nose_off: f64) -> (Point, f64) {
    let mean = |left: f64, right: f64, top: f64, bottom: f64| {
        let (_, lumas) = face.luma(Patch([left, right, top, bottom]));
        f64::from(lumas.iter().sum::<f32>()) / lumas.len().max(1) as f64
    };
    let span = span(face);
    // The mouth turns with the nose, by half as much.
    let x = 0.5 * nose_off;
    let steps = ((MOUTH_ROWS[1] - MOUTH_ROWS[0]) / STEP).round() as i32;
    let tries = (0..=steps).map(|step| {
        let y = MOUTH_ROWS[0] + f64::from(step) * STEP;
        let row = |off: f64| mean(x - LIPS, x + LIPS, y + off - LINE, y + off + LINE);
        let line = (row(-LIP).min(row(LIP)) - row(0.0)) / span;
        (y, line, line - MOUTH_PRIOR * ((y - MOUTH[0]) / MOUTH[1]).powi(2))
    });
    let best = tries.max_by(|one, other| one.2.total_cmp(&other.2));
    best.map_or((Point::new(x, MOUTH[0]), 0.0), |(y, line, _)| (Point::new(x, y), line))
}

/// Height of the opening of the mouth, distances between the eyes: of the longest run of rows that are much darker than the
/// cheeks.
pub(super) fn mouth_opening(face: &Aligned, nose_off: f64) -> f64 {
    let x = 0.5 * nose_off;
    let (width, strip) = face.luma(Patch([x - OPENING_HALF, x + OPENING_HALF, OPENING_ROWS[0], OPENING_ROWS[1]]));
    let cheeks = [CHEEK, CHEEK.mirrored()].into_iter().flat_map(|cheek| face.luma(cheek).1).collect();
    let skin = quantile(cheeks, 0.5, f32::total_cmp).map_or(0.0, f64::from);
    let rows: Vec<&[f32]> = strip.chunks_exact(width.max(1)).collect();
    let is_inside = |row: &&[f32]| f64::from(row.iter().sum::<f32>()) / (row.len() as f64) < INSIDE * skin;
    let longest = rows.chunk_by(|one, other| is_inside(one) == is_inside(other)).filter(|run| is_inside(&run[0]));
    let longest = longest.map(<[_]>::len).max().unwrap_or(0);
    longest as f64 * (OPENING_ROWS[1] - OPENING_ROWS[0]) / rows.len().max(1) as f64
}

/// Span of luma on the face, from dark to bright parts, at least one grey level.
fn span(face: &Aligned) -> f64 {
    let (_, mut lumas) = face.luma(Patch([-0.7, 0.7, -0.2, 1.3]));
    lumas.sort_by(f32::total_cmp);
    let at = |share: f64| lumas.get((share * lumas.len() as f64) as usize).copied().unwrap_or(0.0);
    f64::from(at(0.9) - at(0.1)).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::mirror_likeness;

    /// Rows of a picture as it runs outwards from the axis.
    fn rows(width: usize) -> Vec<Vec<f32>> {
        (0..12).map(|row| (0..width).map(|column| ((row * 7 + column * 5) % 11) as f32).collect()).collect()
    }

    #[test]
    fn sides_that_mirror_each_other_are_alike_whichever_is_wider() {
        for (left, right) in [(20, 20), (19, 20), (20, 19)] {
            let mirrored = rows(left).into_iter().flat_map(|row| row.into_iter().rev()).collect();
            let likeness = mirror_likeness((left, mirrored), (right, rows(right).concat()));
            assert!((likeness - 1.0).abs() < 1e-9, "{left} and {right} columns: {likeness}");
        }
    }

    #[test]
    fn a_side_of_two_columns_is_like_nothing() {
        let likeness = mirror_likeness((2, vec![1.0, 5.0, 2.0, 9.0]), (2, vec![5.0, 1.0, 9.0, 2.0]));
        assert!(likeness.abs() < 1e-9);
    }
}
