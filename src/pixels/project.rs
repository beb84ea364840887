use super::Plane;
use crate::geometry::Homography;

/// Pixels of a row between which places are interpolated: a raster about as dense as the plane is off by less than
/// a twentieth of a pixel even where its far side is twice as far as its near side.
const SPAN: usize = 8;
/// Samples on a side of a plane at most that [`project`] takes.
pub const LONGEST_SIDE: usize = 100_000;
/// Binary digits behind the point of places in fixed point.
const FRACTION: u32 = 12;
/// One pixel in fixed point.
const ONE: i32 = 1 << FRACTION;

/// A raster of `width` x `height` samples, each interpolated bilinearly where `map` (pixels of the raster to pixels of
/// `plane`) sends its middle; outside `plane` the nearest sample stands in. A plane without samples gives black.
///
/// `map` must not send the raster's pixels to infinity; where it does, any sample of `plane` may stand.
///
/// ```
/// use kyclint::geometry::{Homography, Quad};
/// use kyclint::pixels::{Plane, project};
///
/// let half_a_pixel = Quad::rectangle(2.0, 1.0).map(|point| point + kyclint::geometry::Point::new(0.5, 0.0));
/// let map = Homography::between(&Quad::rectangle(2.0, 1.0), &half_a_pixel).unwrap();
/// let plane = Plane::new(3, 1, vec![10, 20, 60]);
/// assert_eq!(project(&plane, &map, 2, 1), Plane::new(2, 1, vec![15, 40]));
/// ```
///
/// # Panics
/// When a side of `plane` is longer than [`LONGEST_SIDE`].
#[must_use]
pub fn project(plane: &Plane, map: &Homography, width: usize, height: usize) -> Plane {
    assert!(plane.width().max(plane.height()) <= LONGEST_SIDE, "places in so long a plane are beyond fixed point");
    match (plane.width(), plane.height()) {
        (0, _) | (_, 0) => Plane::new(width, height, vec![0; width * height]),
        (1, _) | (_, 1) => project(&doubled(plane), map, width, height),
        _ => project_between(plane, map, width, height),
    }
}

/// The same plane with its last column and row once more, for there to be four samples around every place.
fn doubled(plane: &Plane) -> Plane {
    let (width, height) = (plane.width() + 1, plane.height() + 1);
    let sample = |x: usize, y: usize| plane.row(y.min(height - 2))[x.min(width - 2)];
    Plane::new(width, height, (0..width * height).map(|at| sample(at % width, at / width)).collect())
}

fn project_between(plane: &Plane, map: &Homography, width: usize, height: usize) -> Plane {
    let mut samples = vec![0; width * height];
    let mut places = Vec::new();
    for (y, row) in samples.chunks_exact_mut(width.max(1)).enumerate() {
        let line = Line::new(map, y);
        places.clear();
        places.extend((0..=width.div_ceil(SPAN)).map(|at| line.place(at * SPAN)));
        for (span, ends) in row.chunks_mut(SPAN).zip(places.windows(2)) {
            fill(span, plane, ends[0], ends[1]);
        }
    }
    Plane::new(width, height, samples)
}

/// Fills a span with what lies from `from` up to `to`.
fn fill(span: &mut [u8], plane: &Plane, from: [i32; 2], to: [i32; 2]) {
    let last = [plane.width(), plane.height()].map(|length| (length as i32 - 1) * ONE);
    let is_inside = |place: [i32; 2]| (0..2).all(|axis| (0..last[axis]).contains(&place[axis]));
    let step = steps(from, to);
    if is_inside(from) && is_inside(to) {
        for (at, sample) in (0..).zip(span) {
            *sample = interpolated(plane, along(from, step, at));
        }
    } else {
        for (at, sample) in (0..).zip(span) {
            let place = along(from, step, at);
            *sample = interpolated(plane, [0, 1].map(|axis| place[axis].clamp(0, last[axis] - 1)));
        }
    }
}

fn steps(from: [i32; 2], to: [i32; 2]) -> [i32; 2] {
    [0, 1].map(|axis| (to[axis] - from[axis]) / SPAN as i32)
}

fn along(from: [i32; 2], step: [i32; 2], at: i32) -> [i32; 2] {
    [0, 1].map(|axis| from[axis] + step[axis] * at)
}

/// The value at a place with samples to its right and below it, in steps of 1/128 pixel.
fn interpolated(plane: &Plane, [x, y]: [i32; 2]) -> u8 {
    let stride = plane.width();
    let start = (y >> FRACTION) as usize * stride + (x >> FRACTION) as usize;
    let window = &plane.samples()[start..start + stride + 2];
    let [right, down] = [x, y].map(|place| place >> (FRACTION - 7) & 127);
    let mix = |one: i32, other: i32, share: i32| one * 128 + (other - one) * share;
    let above = mix(i32::from(window[0]), i32::from(window[1]), right);
    let below = mix(i32::from(window[stride]), i32::from(window[stride + 1]), right);
    ((mix(above, below, down) + (1 << 13)) >> 14) as u8
}

/// A row of the raster as `map` sends it: numerators and denominator as slope and start.
struct Line([[f64; 2]; 3]);

impl Line {
    fn new(map: &Homography, y: usize) -> Self {
        Self(map.rows().map(|[a, b, c]| [a, 0.5 * a + b * (y as f64 + 0.5) + c]))
    }

    /// Where the middle of column `x` goes, as an index of samples in fixed point.
    fn place(&self, x: usize) -> [i32; 2] {
        const FAR: f64 = (LONGEST_SIDE as i32 * ONE) as f64;
        let [u, v, w] = self.0.map(|[slope, start]| slope * x as f64 + start);
        let scale = f64::from(ONE) / w;
        [u, v].map(|numerator| (numerator * scale - f64::from(ONE / 2)).clamp(-FAR, FAR) as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use super::ONE;
    use super::Plane;
    use super::SPAN;
    use super::along;
    use super::project;
    use super::steps;
    use crate::geometry::Homography;
    use crate::geometry::Point;
    use crate::geometry::Quad;

    fn tilted(width: f64, height: f64) -> Homography {
        let corners = [(100.0, 70.0), (1230.0, 230.0), (1170.0, 770.0), (170.0, 970.0)].map(|(x, y)| Point::new(x, y));
        Homography::between(&Quad::rectangle(width, height), &Quad(corners)).unwrap()
    }

    #[test]
    fn places_are_within_a_twentieth_of_a_pixel_of_the_projection() {
        let map = tilted(856.0, 540.0);
        for y in [0, 100, 539] {
            let line = Line::new(&map, y);
            for x in 0..856 {
                let span = x / SPAN * SPAN;
                let (from, to) = (line.place(span), line.place(span + SPAN));
                let found =
                    along(from, steps(from, to), (x - span) as i32).map(|place| f64::from(place) / f64::from(ONE));
                let found = Point::new(found[0] + 0.5, found[1] + 0.5);
                let exact = map.apply(Point::new(x as f64 + 0.5, y as f64 + 0.5));
                assert!((found - exact).length() < 0.05, "{x}, {y}: {found:?} for {exact:?}");
            }
        }
    }

    #[test]
    fn what_lies_outside_is_the_nearest_sample() {
        let map = Homography::between(
            &Quad::rectangle(4.0, 4.0),
            &Quad::rectangle(4.0, 4.0).map(|point| point - Point::new(1.0, 1.0)),
        );
        let raster = project(&Plane::new(2, 2, vec![1, 2, 3, 4]), &map.unwrap(), 4, 4);
        assert_eq!(raster.samples(), [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
    }

    #[test]
    fn small_and_empty_planes_are_no_trouble() {
        let map = tilted(9.0, 3.0);
        assert_eq!(project(&Plane::new(1, 1, vec![7]), &map, 9, 3).samples(), [7; 27]);
        assert_eq!(project(&Plane::default(), &map, 9, 3).samples(), [0; 27]);
        assert_eq!(project(&Plane::new(1, 1, vec![7]), &map, 0, 3).samples(), [0; 0]);
    }
}
