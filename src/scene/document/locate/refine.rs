//! Sides to a fraction of a pixel of the photo: along each side the steepest place across it, and the line through most of
//! these places.

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::Plane;

/// Places looked at on a side.
const PLACES: usize = 64;

/// Reaches of the passes on either side of the line, and widths of the step looked for, in pixels of the search raster.
const PASSES: [(f64, f64); 2] = [(2.5, 0.8), (0.9, 0.3)];

/// Corners do not move farther than this, pixels of the search raster.
const FARTHEST: f64 = 4.0;

/// `quad` with its sides, but those `at_frame`, moved to where the photo has them. `scale` is the size of a pixel of the
/// search raster, pixels of the photo. Stays as it is where the photo shows no clear sides near it.
pub(super) fn refine(photo: &Photo, quad: &Quad, at_frame: [bool; 4], scale: f64) -> Quad {
    let channels = Channels::of(photo);
    PASSES.into_iter().fold(*quad, |quad, (reach, width)| {
        let width = (width * scale).max(1.0);
        let sides = [0, 1, 2, 3].map(|at| {
            let side = quad.sides()[at];
            if at_frame[at] { Some(side) } else { channels.fit(side, (reach * scale).max(2.0), width) }.unwrap_or(side)
        });
        let moved = meet(&sides).map(Quad).filter(Quad::is_convex);
        moved.filter(|moved| moved.farthest_corner(&quad) < FARTHEST * scale).unwrap_or(quad)
    })
}

/// Corner k is where the side before meets side k.
fn meet(sides: &[[Point; 2]; 4]) -> Option<[Point; 4]> {
    let corner = |at: usize| {
        let ([a, b], [c, d]) = (sides[(at + 3) % 4], sides[at]);
        let turned = (b - a).cross(d - c);
        let at = a + (b - a) * ((c - a).cross(d - c) / turned);
        (at.x.is_finite() && at.y.is_finite()).then_some(at)
    };
    Some([corner(0)?, corner(1)?, corner(2)?, corner(3)?])
}

/// The planes of a photo as stored, each with the photo pixels under one of its samples.
struct Channels<'a> {
    planes: Vec<(&'a Plane, [f64; 2])>,
    size: Point,
}

impl<'a> Channels<'a> {
    fn of(photo: &'a Photo) -> Self {
        let luma = photo.stored_luma();
        let (width, height) = (luma.width() as f64, luma.height() as f64);
        let colour = photo.stored_chroma().into_iter().flat_map(|chroma| [&chroma.cb, &chroma.cr]);
        let planes = std::iter::once(luma).chain(colour);
        let coarseness = |plane: &Plane| [width / plane.width() as f64, height / plane.height() as f64].map(f64::round);
        Self { planes: planes.map(|plane| (plane, coarseness(plane))).collect(), size: Point::new(width, height) }
    }

    /// The side moved onto the edge it lies near, or `None` where there is none.
    fn fit(&self, [from, to]: [Point; 2], reach: f64, width: f64) -> Option<[Point; 2]> {
        let along = to - from;
        let normal = Point::new(-along.y, along.x).unit();
        let places: Vec<(f64, Point)> = (0..PLACES)
            .map(|place| 0.06 + 0.88 * (place as f64 + 0.5) / PLACES as f64)
            .map(|share| (share, from.towards(to, share)))
            .filter(|(_, at)| at.x > 0.0 && at.y > 0.0 && at.x < self.size.x && at.y < self.size.y)
            .collect();
        let (plane, coarseness) = self.clearest(&places, normal, reach)?;
        let steps =
            places.iter().map(|(share, at)| Steps::across(plane, *coarseness, (*at, *share), normal, reach, width));
        let steps: Vec<Steps> = steps.collect();
        let sign = steps.iter().map(Steps::total).sum::<f64>().signum();
        let edges: Vec<Edge> = steps.iter().filter_map(|steps| steps.steepest(sign)).collect();
        let (offset, slope) = robust_line(&edges, width)?;
        Some([from + normal * offset, to + normal * (offset + slope)])
    }

    /// The plane whose levels differ most across the side; chroma counts twice.
    fn clearest(&self, places: &[(f64, Point)], normal: Point, reach: f64) -> Option<&(&'a Plane, [f64; 2])> {
        let difference = |(plane, coarseness): &(&Plane, [f64; 2])| {
            let level = |at: Point| sample(plane, *coarseness, at);
            let step = |(_, at): &(f64, Point)| level(*at + normal * reach) - level(*at - normal * reach);
            places.iter().map(step).sum::<f64>().abs()
        };
        let rank = |(at, plane): (usize, &(&Plane, [f64; 2]))| difference(plane) * if at == 0 { 1.0 } else { 2.0 };
        let ranks: Vec<f64> = self.planes.iter().enumerate().map(rank).collect();
        let best = (0..ranks.len()).max_by(|a, b| ranks[*a].total_cmp(&ranks[*b]))?;
        self.planes.get(best)
    }
}

fn sample(plane: &Plane, [across, down]: [f64; 2], at: Point) -> f64 {
    let x = ((at.x / across).max(0.0) as usize).min(plane.width() - 1);
    let y = ((at.y / down).max(0.0) as usize).min(plane.height() - 1);
    f64::from(plane.row(y)[x])
}

/// Differences of the mean levels on either side of each place on a cut across the border.
struct Steps {
    share: f64,
    reach: f64,
    sizes: Vec<f64>,
}

/// Where a cut crosses the border.
struct Edge {
    /// Share of the way along the side.
    share: f64,
    /// Distance from the side, in the direction of its normal.
    offset: f64,
    clear: f64,
}

impl Steps {
    fn across(
        plane: &Plane,
        coarseness: [f64; 2],
        (at, share): (Point, f64),
        normal: Point,
        reach: f64,
        width: f64,
    ) -> Self {
        let window = width.ceil().max(1.0) as usize;
        let half = reach.ceil() as i32 + window as i32;
        let mut sums = vec![0.0];
        for offset in -half..half {
            let level = sample(plane, coarseness, at + normal * (f64::from(offset) + 0.5));
            sums.push(sums[sums.len() - 1] + level);
        }
        let middle = |at: usize| sums[at + window] - 2.0 * sums[at] + sums[at - window];
        let sizes = (window..sums.len() - window).map(|at| middle(at) / window as f64).collect();
        Self { share, reach: f64::from(half - window as i32), sizes }
    }

    fn total(&self) -> f64 {
        self.sizes.iter().sum()
    }

    /// The steepest step of that sign, between pixels by a parabola.
    fn steepest(&self, sign: f64) -> Option<Edge> {
        let value = |at: usize| sign * self.sizes[at];
        let best = (0..self.sizes.len()).max_by(|a, b| value(*a).total_cmp(&value(*b)))?;
        if value(best) < 2.0 || best == 0 || best + 1 == self.sizes.len() {
            return None;
        }
        let (before, here, after) = (value(best - 1), value(best), value(best + 1));
        let bend = before - 2.0 * here + after;
        let part = if bend < 0.0 { 0.5 * (before - after) / bend } else { 0.0 };
        Some(Edge { share: self.share, offset: best as f64 + part - self.reach, clear: here.min(20.0) })
    }
}

/// Offset at the side's start and its change to the end, by least squares with Tukey's biweight, the width of which shrinks
/// to `width`.
fn robust_line(edges: &[Edge], width: f64) -> Option<(f64, f64)> {
    let mut line = (median(edges.iter().map(|edge| edge.offset).collect())?, 0.0);
    for spread in [6.0, 4.0, 2.5, 2.0, 2.0] {
        let reach = (spread * width).max(1.5);
        let mut sums = [0.0; 5];
        for edge in edges {
            let away = (edge.offset - line.0 - line.1 * edge.share) / reach;
            if away.abs() < 1.0 {
                let weight = edge.clear * (1.0 - away * away).powi(2);
                let terms = [1.0, edge.share, edge.share * edge.share, edge.offset, edge.share * edge.offset];
                for (sum, term) in sums.iter_mut().zip(terms) {
                    *sum += weight * term;
                }
            }
        }
        let [w, x, xx, y, xy] = sums;
        let determinant = w * xx - x * x;
        if determinant < 1e-3 * w * w {
            return None;
        }
        line = ((xx * y - x * xy) / determinant, (w * xy - x * y) / determinant);
    }
    let near = edges.iter().filter(|edge| (edge.offset - line.0 - line.1 * edge.share).abs() < 2.0 * width.max(1.0));
    (near.count() >= 12).then_some(line)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    Some(*values.select_nth_unstable_by(middle, f64::total_cmp).1)
}
