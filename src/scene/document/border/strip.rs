use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Lab;

/// Short side of every document in units: millimetres of an ID-1 card.
const SHORT_SIDE: f64 = 54.0;

/// How many stations a border has, those at its corners included.
const STATIONS: f64 = 240.0;

/// Left out at either end of a side, units: a rounded corner of 3.18 mm (ISO/IEC 7810) and a little.
const CORNER: f64 = 4.0;

/// Distances from the line that are read on either side, units.
const DEPTHS: [f64; 2] = [0.95, 1.9];

/// Half the depth of a cell, units.
const HALF_CELL: f64 = 0.22;

/// The row of the ring nearest to the document, units from the line; the others follow at steps of one unit, so that the
/// ring reaches out to a fifth of the short side.
const NEAREST_ROW: f64 = 2.5;

/// Rows of the ring around the document.
pub(super) const ROWS: usize = 9;

/// The sample that a decoder makes up where a file breaks off.
const BROKEN_OFF: f32 = 128.0;

/// A place on the border and what is seen across it.
#[derive(Clone, Debug)]
pub(super) struct Station {
    /// Side of the quad, 0–3.
    pub side: usize,
    /// On the border, px.
    pub at: Point,
    /// Half the way to the next station, px.
    pub half_step: Point,
    /// One unit inwards, px.
    pub inwards: Point,
    /// Colours inside, about 1 and 2 units from the line.
    pub inside: [Lab; 2],
    /// Colours outside, about 1 and 2 units from the line.
    pub outside: [Lab; 2],
    /// Colours of the surroundings, from the document outwards; `None` beyond the frame.
    pub ring: [Option<Lab>; ROWS],
}

/// The border of a document unrolled: colours across it, station by station, clockwise.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    /// `None` beyond the frame.
    pub stations: Vec<Option<Station>>,
    /// From one station to the next, units.
    pub step: f64,
}

impl Strip {
    /// Unrolls the border of `quad`, or `None` where it is no picture of a rectangle.
    pub(super) fn read(colour: impl Fn(Point) -> Option<[f32; 3]>, quad: &Quad) -> Option<Self> {
        let flat = flattened(quad);
        let reader = Reader { map: Homography::between(&flat, quad)?, colour };
        let step = flat.perimeter() / STATIONS;
        let places = flat.sides().into_iter().enumerate().flat_map(|(side, ends)| places(side, ends, step));
        Some(Self { stations: places.map(|place| reader.station(place, step)).collect(), step })
    }

    /// The stations within the frame.
    pub(super) fn seen(&self) -> impl Iterator<Item = &Station> {
        self.stations.iter().flatten()
    }

    /// Share of the border within the frame, 0–1.
    pub(super) fn share_seen(&self) -> f64 {
        self.seen().count() as f64 / self.stations.len().max(1) as f64
    }

    /// The strip without these stations.
    pub(super) fn without(mut self, stations: impl Iterator<Item = usize>) -> Self {
        for at in stations {
            self.stations[at] = None;
        }
        self
    }
}

/// The rectangle, in units, that `quad` is taken for: its proportions are those of the mean opposite sides.
fn flattened(quad: &Quad) -> Quad {
    let [top, right, bottom, left] = quad.sides().map(|[from, to]| (to - from).length());
    let (width, height) = (top + bottom, right + left);
    let scale = SHORT_SIDE / width.min(height);
    Quad::rectangle(width * scale, height * scale)
}

/// A station of the flat document, and the direction of its side.
#[derive(Clone, Copy)]
struct Place {
    side: usize,
    at: Point,
    along: Point,
}

fn places(side: usize, [from, to]: [Point; 2], step: f64) -> impl Iterator<Item = Place> {
    let (length, along) = ((to - from).length(), (to - from).unit());
    let count = ((length - 2.0 * CORNER) / step).max(0.0) as usize;
    let first = f64::midpoint(length - step * count as f64, step);
    (0..count).map(move |number| Place { side, at: from + along * (first + step * number as f64), along })
}

/// Reads colours of the flat document and its surroundings.
struct Reader<C> {
    map: Homography,
    colour: C,
}

impl<C: Fn(Point) -> Option<[f32; 3]>> Reader<C> {
    fn station(&self, Place { side, at, along }: Place, step: f64) -> Option<Station> {
        let inwards = Point::new(-along.y, along.x);
        let (half_along, half_across) = (along * (step / 4.0), inwards * HALF_CELL);
        let cell = |depth: f64| self.cell(at + inwards * depth, half_along, half_across);
        let ring = |row: usize| {
            let middle = at - inwards * (NEAREST_ROW + row as f64);
            self.coarse_cell(middle, half_along, half_across)
        };
        let border = self.map.apply(at);
        Some(Station {
            side,
            at: border,
            half_step: self.map.apply(at + along * (step / 2.0)) - border,
            inwards: self.map.apply(at + inwards) - border,
            inside: [cell(DEPTHS[0])?, cell(DEPTHS[1])?],
            outside: [cell(-DEPTHS[0])?, cell(-DEPTHS[1])?],
            ring: std::array::from_fn(ring),
        })
    }

    /// The mean colour of four points around `middle`; `None` outside the frame and where the file broke off.
    fn cell(&self, middle: Point, along: Point, across: Point) -> Option<Lab> {
        self.mean(middle, [along + across, along - across, across - along, (along + across) * -1.0])
    }

    /// The same of two points.
    fn coarse_cell(&self, middle: Point, along: Point, across: Point) -> Option<Lab> {
        self.mean(middle, [along + across, (along + across) * -1.0])
    }

    fn mean<const N: usize>(&self, middle: Point, steps: [Point; N]) -> Option<Lab> {
        let mut sum = [0.0; 3];
        for step in steps {
            let colour = (self.colour)(self.map.apply(middle + step))?;
            sum = [0, 1, 2].map(|part| sum[part] + colour[part]);
        }
        let mean = sum.map(|part| part / N as f32);
        let broken_off = mean.iter().all(|part| part.total_cmp(&BROKEN_OFF).is_eq());
        (!broken_off).then(|| Lab::of_ycbcr(mean))
    }
}

#[cfg(test)]
mod tests {
    use super::Strip;
    use crate::geometry::Point;
    use crate::geometry::Quad;

    const CARD: Quad =
        Quad([Point::new(20.0, 20.0), Point::new(191.0, 20.0), Point::new(191.0, 128.0), Point::new(20.0, 128.0)]);

    #[test]
    fn inside_and_outside_are_told_apart_on_every_side() {
        let within = |p: Point| p.x > 20.0 && p.x < 191.0 && p.y > 20.0 && p.y < 128.0;
        let strip = Strip::read(|p| Some([if within(p) { 200.0 } else { 40.0 }, 128.0, 128.0]), &CARD).unwrap();
        assert!(strip.seen().count() > 190 && strip.seen().all(|s| s.inside[0].l > 70.0 && s.outside[1].l < 30.0));
        assert!(strip.seen().all(|s| (s.inwards.length() - 2.0).abs() < 1e-9));
        assert!((0..4).all(|side| strip.seen().any(|s| s.side == side)));
    }

    #[test]
    fn what_lies_beyond_the_frame_or_was_lost_is_not_seen() {
        let colour = |p: Point| (p.x > 10.0).then_some([if p.y > 100.0 { 128.0 } else { 90.0 }, 128.0, 128.0]);
        let strip = Strip::read(colour, &CARD).unwrap();
        assert!(strip.seen().all(|s| s.at.y < 103.0) && strip.share_seen() < 0.75);
        assert!(strip.seen().filter(|s| s.side == 3).all(|s| s.ring[8].is_none() && s.ring[0].is_some()));
    }

    #[test]
    fn corners_in_one_point_have_no_border() {
        assert!(Strip::read(|_| Some([0.0; 3]), &Quad::rectangle(0.0, 0.0)).is_none_or(|s| s.stations.is_empty()));
    }
}
