use std::collections::BTreeMap;

use super::Paper;
use crate::pixels::Grid;
use crate::pixels::Plane;
use crate::pixels::Step;
use crate::pixels::linear_light;
use crate::pixels::shrink;
use crate::scene::Rectified;

/// Width of the groups of one tint, natural logarithm of red over green and of blue over green.
const GROUP: f32 = 0.1;
/// Share of the document that a group covers before others are held against it.
const LEAST_GROUP: f32 = 0.03;
/// Where the tint changes by more than this between cells so far apart, print ends and its light is that of both sides: such
/// cells tell nothing of the white of a group.
const EVEN: f32 = 0.2;
const APART: usize = 2;
/// Share of a group's paper that is at most as bright as its white.
const WHITE: f32 = 0.9;
/// How far the tint of paper may lie from that of lit paper: red over green and blue over green …
const SPREAD: [f32; 2] = [0.06, 0.06];
/// … and how much farther for each unit of depth. In the shadow of a lamp the window's or the sky's light is left: measured
/// on photos of shadows up to 0.2 and 0.38.
const SHIFT: [f32; 2] = [0.2, 0.4];
/// Light that every channel is taken to have more of, so that noise in black has no tint.
const BLACK: f32 = 0.004;
/// Depths from which on and to which a shadow counts more and more.
const DEPTHS: [f32; 2] = [0.05, 0.6];

/// How much of the light falls on each cell of the document.
#[derive(Clone, Debug)]
pub struct Shade {
    /// Light over that on the best lit paper of the same tint, 0–1, in the cells of [`Paper`]; negative where no paper is
    /// seen.
    pub lit: Grid,
}

/// A cell that shows paper.
struct Cell {
    at: usize,
    light: f32,
    tint: [f32; 2],
    is_even: bool,
}

/// Cells of about one tint, of even ones.
struct Group {
    white: f32,
    tint: [f32; 2],
    cells: usize,
}

impl Shade {
    /// The shade on `document` with that `paper`, told from print by its `chroma`: print changes the ratios between
    /// channels, shadows hardly do.
    #[must_use]
    pub fn of(document: &Rectified, paper: &Paper, chroma: Option<&[Plane; 2]>) -> Self {
        let cells = cells(paper, &tints(document, paper, chroma));
        let (groups, own) = groups(&cells);
        let least = (LEAST_GROUP * cells.len() as f32) as usize;
        let large: Vec<&Group> = groups.iter().filter(|group| group.cells >= least.max(1)).collect();
        let mut lit = vec![-1.0; paper.known.len()];
        for (cell, own) in cells.iter().zip(own) {
            let fitting = large.iter().filter(|group| group.may_be(cell)).map(|group| group.white);
            let white = fitting.fold(groups[own].white, f32::max).min(paper.white);
            lit[cell.at] = if white > 0.0 { (cell.light / white).min(1.0) } else { 1.0 };
        }
        Self { lit: Grid::new(paper.local.columns(), lit) }
    }
}

impl Shade {
    /// How much each cell counts as shadow, 0–1: the cube of its depth, from 0.05 to 0.6. In full where at most 0.4 of the
    /// light is left, by a quarter where 0.6 is left, by a fiftieth where 0.8 is, not at all where no paper is seen.
    pub fn weights(&self) -> impl Iterator<Item = f32> {
        self.lit.values().iter().map(|&lit| weight(lit))
    }

    /// Share of the document that lies in shadow, 0–1, each cell counted by its weight.
    #[must_use]
    pub fn share(&self) -> f64 {
        let seen = self.lit.values().iter().filter(|lit| **lit >= 0.0).count();
        f64::from(self.weights().sum::<f32>()) / seen.max(1) as f64
    }
}

/// How much a place counts of whose light the share `lit` is left; not at all where that is negative.
fn weight(lit: f32) -> f32 {
    let depth = if lit < 0.0 { 0.0 } else { (1.0 - lit - DEPTHS[0]) / (DEPTHS[1] - DEPTHS[0]) };
    depth.clamp(0.0, 1.0).powi(3)
}

impl Group {
    fn new(even: &[&Cell]) -> Self {
        let mut lights: Vec<f32> = even.iter().map(|cell| cell.light).collect();
        if lights.is_empty() {
            return Self { white: 0.0, tint: [0.0; 2], cells: 0 };
        }
        let at = ((lights.len() as f32 * WHITE) as usize).min(lights.len() - 1);
        let white = *lights.select_nth_unstable_by(at, f32::total_cmp).1;
        let mean = |c: usize| even.iter().map(|cell| cell.tint[c]).sum::<f32>() / lights.len() as f32;
        Self { white, tint: [mean(0), mean(1)], cells: lights.len() }
    }

    /// Whether `cell` may be paper of this group in less light.
    fn may_be(&self, cell: &Cell) -> bool {
        let depth = (1.0 - cell.light / self.white.max(f32::MIN_POSITIVE)).max(0.0);
        (0..2).all(|c| (cell.tint[c] - self.tint[c]).abs() < SPREAD[c] + SHIFT[c] * depth)
    }
}

/// The cells that show paper.
fn cells(paper: &Paper, tints: &[Grid; 2]) -> Vec<Cell> {
    let lows = tints.each_ref().map(|tint| tint.spread(APART, f32::min));
    let highs = tints.each_ref().map(|tint| tint.spread(APART, f32::max));
    let known = paper.known.iter().enumerate().filter(|(_, known)| **known);
    let cell = |(at, _)| {
        let of = |grids: &[Grid; 2]| [0, 1].map(|c: usize| grids[c].values()[at]);
        let (low, high) = (of(&lows), of(&highs));
        let is_even = (0..2).all(|c| high[c] - low[c] < EVEN);
        Cell { at, light: paper.local.values()[at], tint: of(tints), is_even }
    };
    known.map(cell).collect()
}

/// Groups of cells of about one tint, and for each cell which is its own.
fn groups(cells: &[Cell]) -> (Vec<Group>, Vec<usize>) {
    let mut members: BTreeMap<[i32; 2], Vec<usize>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        members.entry(cell.tint.map(|ratio| (ratio / GROUP).round() as i32)).or_default().push(at);
    }
    let mut own = vec![0; cells.len()];
    for (group, members) in members.values().enumerate() {
        for &at in members {
            own[at] = group;
        }
    }
    let group = |members: &Vec<usize>| {
        let even: Vec<&Cell> = members.iter().map(|&at| &cells[at]).filter(|cell| cell.is_even).collect();
        Group::new(&even)
    };
    (members.values().map(group).collect(), own)
}

/// Logarithms of red over green and of blue over green, mean of the 3 x 3 cells around each.
fn tints(document: &Rectified, paper: &Paper, chroma: Option<&[Plane; 2]>) -> [Grid; 2] {
    let (columns, rows) = (paper.local.columns(), paper.local.rows());
    let Some([cb, cr]) = chroma else { return [0, 1].map(|_| Grid::new(columns, vec![0.0; columns * rows])) };
    let means = |plane: &Plane| {
        let step = [Step { from: plane.width(), to: columns }, Step { from: plane.height(), to: rows }];
        shrink(plane, columns, rows, step)
    };
    let [luma, cb, cr] = [&document.luma, cb, cr].map(means);
    let ratios = luma.samples().iter().zip(cb.samples().iter().zip(cr.samples())).map(|(&y, (&cb, &cr))| {
        let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
        let [r, g, b] = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb]
            .map(|code| linear_light(code) + BLACK);
        [(r / g).ln(), (b / g).ln()]
    });
    let ratios: Vec<[f32; 2]> = ratios.collect();
    [0, 1].map(|c| Grid::new(columns, ratios.iter().map(|ratio| ratio[c]).collect()).mean(1))
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use super::Group;
    use super::Shade;
    use super::weight;
    use crate::geometry::Homography;
    use crate::geometry::Quad;
    use crate::pixels::Plane;
    use crate::scene::Paper;
    use crate::scene::Rectified;

    /// A document of 80 x 50 mm, dark from column 40 on, there with that blue difference.
    fn darkest(blue: u8) -> f32 {
        let plane = |width: usize, height: usize, sample: &dyn Fn(usize) -> u8| {
            Plane::new(width, height, (0..width * height).map(|at| sample(at % width)).collect())
        };
        let frame = Quad::rectangle(160.0, 100.0);
        let document = Rectified {
            luma: plane(160, 100, &|x| if x < 80 { 220 } else { 120 }),
            px_per_mm: 2.0,
            to_photo: Homography::between(&frame, &frame).unwrap(),
            visible: vec![0..160; 100],
        };
        let chroma = [plane(80, 50, &|x| if x < 40 { 128 } else { blue }), plane(80, 50, &|_| 128)];
        let paper = Paper::of(&document).unwrap();
        let lit = Shade::of(&document, &paper, Some(&chroma)).lit;
        lit.at(60, 25)
    }

    #[test]
    fn less_light_is_shade_and_another_colour_is_print() {
        assert!((darkest(128) - 0.26).abs() < 0.02, "{}", darkest(128));
        assert!((darkest(132) - 0.26).abs() < 0.02, "{}", darkest(132));
        assert!(darkest(170) > 0.98, "{}", darkest(170));
    }

    #[test]
    fn deeper_shadows_count_more_and_slopes_of_light_nothing() {
        let weights = [1.0, 0.96, 0.4, 0.1, -1.0].map(weight);
        assert!(weights.iter().zip([0.0, 0.0, 1.0, 1.0, 0.0]).all(|(weight, wanted)| (weight - wanted).abs() < 1e-6));
        assert!((weight(0.6) - 0.26).abs() < 0.01 && (weight(0.8) - 0.02).abs() < 0.005);
    }

    #[test]
    fn deeper_shade_may_change_its_tint_more() {
        let group = Group { white: 0.8, tint: [0.0, 0.0], cells: 100 };
        let cell = |light| Cell { at: 0, light, tint: [0.0, 0.3], is_even: true };
        assert!(group.may_be(&cell(0.2)) && !group.may_be(&cell(0.6)));
    }
}
