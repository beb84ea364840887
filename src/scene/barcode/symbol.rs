//! A symbol by its ends.

use super::guard;
use super::guard::Ends;
use super::guard::Guard;
use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Plane;
use crate::pixels::project;

/// Lines on which start and stop patterns are sought.
const LINES: usize = 48;
/// Samples of such a line, at least and at most.
const LENGTHS: [f64; 2] = [200.0, 2400.0];
/// Modules of a column of codewords.
const COLUMN: f32 = 17.0;
/// Columns of the narrowest symbol: start, stop, two of row indicators and one of codewords; of the widest one.
const COLUMNS: [f32; 2] = [5.0, 34.0];

/// A symbol of which at least one end is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Symbol {
    /// Its corners in samples of the plane: the start at the left, the top first.
    pub(super) quad: Quad,
    /// The same where both ends are taken to be as high as the higher one.
    pub(super) straight: Quad,
    /// The same where both ends are taken to be as high as the region.
    pub(super) whole: Quad,
    /// Modules from end to end.
    pub(super) modules: u32,
    /// Whether the start and the stop pattern are seen.
    pub(super) seen: [bool; 2],
}

impl Symbol {
    /// The symbol that `region` of `plane` shows, the first two corners of which lie along its rows; `None` where neither end
    /// is seen.
    pub(super) fn find(plane: &Plane, region: &Quad) -> Option<Self> {
        let [top, _, bottom, _] = region.sides().map(|[from, to]| (to - from).length());
        let width = f64::midpoint(top, bottom).clamp(LENGTHS[0], LENGTHS[1]).ceil();
        let map = Homography::between(&Quad::rectangle(width, LINES as f64), region)?;
        let ends = guard::ends(&project(plane, &map, width as usize, LINES))?;
        Self::between(&ends, width as f32, &map)
    }

    /// The symbol between `ends` on lines of `width` samples, which `map` sends to the plane.
    fn between(ends: &Ends, width: f32, map: &Homography) -> Option<Self> {
        let Ends { start, stop, reversed } = *ends;
        let [left, right] = if reversed { [stop, start] } else { [start, stop] }.map(|end| end.map(Side::from));
        let is_whole = left.is_some() && right.is_some();
        let left = left.or_else(|| right.map(|right| right.moved_to(0.0)))?;
        let right = right.unwrap_or_else(|| left.moved_to(width));
        let middle = f32::midpoint(left.middle(), right.middle());
        let module = f32::midpoint(left.module, right.module);
        let modules = modules((right.at(middle) - left.at(middle)) / module, is_whole)?;
        let high = Side::range(&left, &right);
        let corners = |lefts: [f32; 2], rights: [f32; 2]| {
            let quad =
                Quad([left.point(lefts[0]), right.point(rights[0]), right.point(rights[1]), left.point(lefts[1])]);
            quad.map(|corner| map.apply(corner)).turned(if reversed { 2 } else { 0 })
        };
        Some(Self {
            quad: corners(left.lines, right.lines),
            straight: corners(high, high),
            whole: corners([0.0, LINES as f32], [0.0, LINES as f32]),
            modules,
            seen: [start.is_some(), stop.is_some()],
        })
    }
}

/// One side of the symbol.
#[derive(Clone, Copy)]
struct Side {
    guard: Guard,
    /// By how much it is moved against the pattern, samples.
    moved: f32,
    module: f32,
    /// Where it begins and ends, lines.
    lines: [f32; 2],
}

impl From<Guard> for Side {
    fn from(guard: Guard) -> Self {
        let [first, last] = guard.lines;
        Self { guard, moved: 0.0, module: guard.module, lines: [first, last + 1.0] }
    }
}

impl Side {
    /// The opposite side where its pattern is not seen: parallel, at the end of the lines.
    fn moved_to(&self, place: f32) -> Self {
        Self { moved: place - self.at(self.middle()), ..*self }
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.lines[0], self.lines[1])
    }

    fn at(&self, line: f32) -> f32 {
        // The first line's samples lie half a line below its upper end.
        self.guard.at(line - 0.5) + self.moved
    }

    fn point(&self, line: f32) -> Point {
        Point::new(f64::from(self.at(line)), f64::from(line))
    }

    /// From the first line on which either is seen to the last.
    fn range(one: &Self, other: &Self) -> [f32; 2] {
        [one.lines[0].min(other.lines[0]), one.lines[1].max(other.lines[1])]
    }
}

/// Modules of a symbol that measures `measured`: a number of whole columns and one module where both ends are seen.
fn modules(measured: f32, is_whole: bool) -> Option<u32> {
    let columns = (measured - 1.0) / COLUMN;
    let columns = if is_whole { columns.round() } else { columns };
    (COLUMNS[0]..=COLUMNS[1]).contains(&columns).then_some((columns * COLUMN + 1.0).round() as u32)
}
