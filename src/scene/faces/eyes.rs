//! The eyes of a face: a pair of dark round things at the distance and height at which eyes lie in the detector's square.

use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::Grid;
use crate::pixels::Plane;
use crate::scene::document::cut_luma;

/// Side of the face's square on the raster on which eyes are sought, pixels.
const SIDE: f64 = 96.0;
/// What the raster shows beyond the square on each side, pixels.
const MARGIN: f64 = 24.0;
/// Middle of the square on the raster.
const MIDDLE: Point = Point::new(SIDE / 2.0 + MARGIN, SIDE / 2.0 + MARGIN);

/// Half the side of the squares over which grey levels are brought to one mean and spread, pixels.
const SURROUNDINGS: usize = 15;
/// Least variance of a square, grey levels squared: flat skin stays flat.
const LEAST_VARIANCE: f32 = 25.0;
/// Slopes above this, standard deviations a pixel, count no more.
const STEEP: f32 = 0.35;
/// Radius of the largest iris, pixels.
const RADIUS: i32 = 8;

/// Where the left eye may lie in the square, shares of its side: from left to right, from top to bottom. The right one mirrored.
const ACROSS: [f64; 2] = [0.08, 0.5];
const DOWN: [f64; 2] = [0.12, 0.52];
/// Peaks of votes that are looked at on either side, and how far apart they lie at least, pixels.
const PEAKS: usize = 8;
const APART: usize = 4;

/// Distance between the eyes, how far the middle between them lies beside and above that of the square, seen along their line, and
/// the slope of that line, with standard deviations: shares of the square's side and degrees, over frontal faces.
const DISTANCE: [f64; 2] = [0.4, 0.04];
const BESIDE: [f64; 2] = [0.0, 0.055];
const ABOVE: [f64; 2] = [0.137, 0.035];
const SLOPE: [f64; 2] = [0.0, 18.0];
/// Distances and slopes that no eyes have.
const DISTANCES: std::ops::Range<f64> = 0.28..0.6;
const STEEPEST: f64 = 32.0;
/// Weight of the likeness of one eye to the other, mirrored.
const LIKENESS: f64 = 2.0;
/// Weight of the ground below less that above, standard deviations: a brow lies above an eye, skin below it.
const BROW: f64 = 0.8;
/// How far above and below, and half the side of the squares there, pixels.
const BROW_OFF: f64 = 10.0;
const BROW_HALF: i32 = 3;
/// Half the side of the squares that are compared, pixels.
const COMPARED: i32 = 9;
/// Votes that count as none, of those for the best place.
const NO_VOTE: f64 = 0.03;
/// Logarithmic score at which eyes are as likely right as wrong, and how fast that changes.
const DOUBTFUL: f64 = -3.2;
const DOUBT: f64 = 0.45;

/// A pair of eyes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Eyes {
    /// Their middles in pixels of the upright photo, the viewer's left one of the upright face first.
    pub(super) places: [Point; 2],
    /// Natural logarithm of the odds that they are eyes.
    pub(super) odds: f64,
}

impl Eyes {
    /// The eyes in the `face` square of `photo`; where none are seen, where they should be. `None` where the square is no convex
    /// shape or the photo too long.
    ///
    /// Slopes vote for the middles of dark discs (Timm and Barth 2011, "Accurate eye centre localisation by means of
    /// gradients") on grey levels brought to one mean and spread; of all pairs of places the one stays that has most votes,
    /// whose halves mirror each other and that lies as eyes lie in the detector's squares.
    pub(super) fn find(photo: &Photo, face: &Quad) -> Option<Self> {
        let to_photo = to_photo(face)?;
        let side = (SIDE + 2.0 * MARGIN) as usize;
        let raster = cut_luma(photo, &to_photo, side, side)?;
        let (places, score) = likeliest(&raster);
        let places = if score >= DOUBTFUL { places } else { expected() };
        Some(Self { places: places.map(|place| to_photo.apply(place)), odds: (score - DOUBTFUL) / DOUBT })
    }
}

/// Where eyes lie as a rule in the `face` square, pixels of the photo; `None` where it is no convex shape.
pub(super) fn usual(face: &Quad) -> Option<[Point; 2]> {
    let to_photo = to_photo(face)?;
    Some(expected().map(|place| to_photo.apply(place)))
}

/// From pixels of the raster on which the eyes of a `face` are sought.
fn to_photo(face: &Quad) -> Option<Homography> {
    Homography::between(&Quad::rectangle(SIDE, SIDE).map(|corner| corner + Point::new(MARGIN, MARGIN)), face)
}

/// The likeliest pair of eyes, pixels of the raster, and its logarithmic score.
fn likeliest(raster: &Plane) -> ([Point; 2], f64) {
    let levels = normalised(raster);
    let votes = votes(&levels);
    let peaks = [false, true].map(|is_right| peaks(&votes, is_right));
    let most = peaks.iter().flatten().map(|peak| peak.votes).fold(f64::MIN_POSITIVE, f64::max);
    let mut best = (expected(), f64::NEG_INFINITY);
    for left in &peaks[0] {
        for right in &peaks[1] {
            let places = [left.middle(), right.middle()];
            let Some(prior) = prior(places) else { continue };
            let voted = [left, right].iter().map(|peak| (peak.votes / most + NO_VOTE).ln()).sum::<f64>();
            let pair = Pair { levels: &levels, places, along: (places[1] - places[0]).unit() };
            let score = voted + prior + LIKENESS * pair.likeness() + BROW * pair.browed();
            if score > best.1 {
                best = (places, score);
            }
        }
    }
    best
}

/// Where eyes lie as a rule.
fn expected() -> [Point; 2] {
    [-0.5, 0.5].map(|side| MIDDLE + Point::new(side * DISTANCE[0], -ABOVE[0]) * SIDE)
}

/// Logarithm of how usual that place of the eyes is; `None` where eyes never lie so.
fn prior([left, right]: [Point; 2]) -> Option<f64> {
    let (across, off) = (right - left, left.towards(right, 0.5) - MIDDLE);
    let distance = across.length() / SIDE;
    let slope = across.y.atan2(across.x).to_degrees();
    let along = across.unit();
    let [beside, above] = [off.dot(along), -along.cross(off)].map(|pixels| pixels / SIDE);
    let deviation = |value: f64, [mean, spread]: [f64; 2]| ((value - mean) / spread).powi(2);
    let sum =
        deviation(distance, DISTANCE) + deviation(beside, BESIDE) + deviation(above, ABOVE) + deviation(slope, SLOPE);
    (DISTANCES.contains(&distance) && slope.abs() <= STEEPEST).then_some(-0.5 * sum)
}

/// Grey levels less the mean of their surroundings, over their spread.
pub(super) fn normalised(raster: &Plane) -> Grid {
    let grey: Vec<f32> = raster.samples().iter().map(|&sample| f32::from(sample)).collect();
    let grid = Grid::new(raster.width(), grey);
    let smooth = |grid: Grid| grid.mean(SURROUNDINGS).mean(SURROUNDINGS);
    let mean = smooth(grid.clone());
    let off: Vec<f32> = grid.values().iter().zip(mean.values()).map(|(grey, mean)| grey - mean).collect();
    let variance = smooth(Grid::new(grid.columns(), off.iter().map(|off| off * off).collect()));
    let levels = off.iter().zip(variance.values()).map(|(off, variance)| off / variance.max(LEAST_VARIANCE).sqrt());
    Grid::new(grid.columns(), levels.collect())
}

/// How much speaks for the middle of a dark disc at each place where an eye may lie; elsewhere only some of it is counted.
fn votes(levels: &Grid) -> Grid {
    let (width, height) = (levels.columns(), levels.rows());
    let smooth = levels.mean(1);
    let offsets: Vec<(i32, i32)> = (-RADIUS..=RADIUS)
        .flat_map(|y| (-RADIUS..=RADIUS).map(move |x| (x, y)))
        .filter(|(x, y)| (3..=RADIUS * RADIUS).contains(&(x * x + y * y)))
        .collect();
    let mut votes = vec![0.0_f32; width * height];
    let reach = RADIUS as usize;
    for y in pixels(DOWN[0]) - reach..pixels(DOWN[1]) + reach {
        for x in pixels(ACROSS[0]) - reach..pixels(1.0 - ACROSS[0]) + reach {
            let slope =
                [(smooth.at(x + 1, y) - smooth.at(x - 1, y)) / 2.0, (smooth.at(x, y + 1) - smooth.at(x, y - 1)) / 2.0];
            let steepness = slope[0].hypot(slope[1]);
            if steepness > 0.0 {
                let strength = steepness.min(STEEP) / steepness.powi(2);
                let at = (y * width + x) as i32;
                for &(dx, dy) in &offsets {
                    // The middle lies against the slope, which climbs out of the dark.
                    let along = slope[0] * dx as f32 + slope[1] * dy as f32;
                    if along > 0.0 {
                        let distance = (dx * dx + dy * dy) as f32;
                        votes[(at - dy * width as i32 - dx) as usize] +=
                            along * along * strength / (distance * distance.sqrt());
                    }
                }
            }
        }
    }
    let dark = levels.mean(1).mean(1);
    let weighted = votes.iter().zip(dark.values()).map(|(votes, level)| votes * (0.2 - level).clamp(0.0, 2.5));
    Grid::new(width, weighted.collect())
}

/// The row or column of the raster at that share of the square.
fn pixels(share: f64) -> usize {
    (share * SIDE + MARGIN) as usize
}

/// A place with more votes than those around it.
struct Peak {
    column: usize,
    row: usize,
    votes: f64,
}

impl Peak {
    fn middle(&self) -> Point {
        Point::new(self.column as f64 + 0.5, self.row as f64 + 0.5)
    }
}

/// The places on one side of the face with most votes.
fn peaks(votes: &Grid, is_right: bool) -> Vec<Peak> {
    let [from, to] = if is_right { [1.0 - ACROSS[1], 1.0 - ACROSS[0]] } else { ACROSS };
    let places =
        (pixels(DOWN[0])..pixels(DOWN[1])).flat_map(|row| (pixels(from)..pixels(to)).map(move |column| (column, row)));
    let mut places: Vec<Peak> =
        places.map(|(column, row)| Peak { column, row, votes: f64::from(votes.at(column, row)) }).collect();
    places.sort_by(|one, other| other.votes.total_cmp(&one.votes));
    let mut peaks: Vec<Peak> = Vec::new();
    for place in places.into_iter().take_while(|place| place.votes > 0.0) {
        let is_apart = |peak: &Peak| peak.column.abs_diff(place.column).max(peak.row.abs_diff(place.row)) > APART;
        if peaks.len() < PEAKS && peaks.iter().all(is_apart) {
            peaks.push(place);
        }
    }
    peaks
}

/// Two places that may be eyes, looked at along the line from one to the other.
struct Pair<'a> {
    levels: &'a Grid,
    places: [Point; 2],
    along: Point,
}

impl Pair<'_> {
    /// The level so far beside and below one of the places.
    fn level(&self, place: Point, beside: f64, below: f64) -> f64 {
        let at = place + self.along * beside + Point::new(-self.along.y, self.along.x) * below;
        f64::from(self.levels.between(at.x as f32, at.y as f32))
    }

    /// Correlation of the squares about both places, one of them mirrored, -1 to 1.
    fn likeness(&self) -> f64 {
        let span = || -COMPARED..=COMPARED;
        let square = |place: Point, sign: f64| -> Vec<f64> {
            span()
                .flat_map(|y| span().map(move |x| (f64::from(x), f64::from(y))))
                .map(|(x, y)| self.level(place, sign * x, y))
                .collect()
        };
        correlation(&square(self.places[0], 1.0), &square(self.places[1], -1.0))
    }

    /// By how much the ground below the eyes is lighter than that above, standard deviations, -1 to 1; of the eye at which it is
    /// less.
    fn browed(&self) -> f64 {
        let span = || -BROW_HALF..=BROW_HALF;
        let mean = |place: Point, below: f64| {
            let levels = span().flat_map(|y| span().map(move |x| (f64::from(x), f64::from(y))));
            let sum: f64 = levels.map(|(x, y)| self.level(place, x, below + y)).sum();
            sum / f64::from((2 * BROW_HALF + 1).pow(2))
        };
        let step = |place: Point| (mean(place, BROW_OFF) - mean(place, -BROW_OFF)).clamp(-1.0, 1.0);
        step(self.places[0]).min(step(self.places[1]))
    }
}

/// Pearson's coefficient of correlation; 0 where one of the two is flat.
pub(super) fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let [mean_one, mean_other] = [mean(one), mean(other)];
    let mut sums = [0.0; 3];
    for (a, b) in one.iter().zip(other).map(|(a, b)| (a - mean_one, b - mean_other)) {
        sums = [sums[0] + a * b, sums[1] + a * a, sums[2] + b * b];
    }
    if sums[1] > 0.0 && sums[2] > 0.0 { sums[0] / (sums[1] * sums[2]).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::Plane;
    use super::correlation;
    use super::expected;
    use super::likeliest;

    const SIDE: usize = 144;

    /// A light square with dark discs of 4 pixels.
    fn discs(places: &[[f64; 2]]) -> Plane {
        let sample = |at: usize| {
            let near = |[x, y]: &[f64; 2]| ((at % SIDE) as f64 + 0.5 - x).hypot((at / SIDE) as f64 + 0.5 - y) < 4.0;
            if places.iter().any(near) { 40 } else { 180 }
        };
        Plane::new(SIDE, SIDE, (0..SIDE * SIDE).map(sample).collect())
    }

    #[test]
    fn two_dark_discs_where_eyes_lie_are_eyes() {
        for [left, right] in [[[52.0, 56.0], [92.0, 56.0]], [[54.0, 52.0], [92.0, 62.0]], [[50.0, 60.0], [88.0, 50.0]]]
        {
            // A third one, where a mole may be.
            let ([one, other], score) = likeliest(&discs(&[left, right, [80.0, 95.0]]));
            let off = [(one, left), (other, right)].map(|(found, [x, y])| (found.x - x).hypot(found.y - y));
            assert!(off.iter().all(|off| *off < 1.5) && score > -2.0, "{off:?} {score}");
        }
    }

    #[test]
    fn nothing_is_seen_in_a_flat_square() {
        let (eyes, score) = likeliest(&Plane::new(SIDE, SIDE, vec![120; SIDE * SIDE]));
        assert_eq!((eyes, score), (expected(), f64::NEG_INFINITY));
    }

    #[test]
    fn what_is_level_correlates_with_nothing() {
        assert!((correlation(&[1.0, 2.0, 4.0], &[3.0, 5.0, 9.0]) - 1.0).abs() < 1e-12);
        assert!(correlation(&[1.0, 1.0], &[3.0, 5.0]).abs() < 1e-12);
    }
}
