use std::ops::Range;

use super::Plane;

/// Side of the squares of which each gives at most one [`Edge`].
const CELL: usize = 8;
/// The last place in a square, and how many bits it takes.
const LAST_PLACE: i32 = (CELL * CELL - 1) as i32;
const PLACE_BITS: u32 = LAST_PLACE.count_ones();

/// A sample and the gradient there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Column.
    pub x: usize,
    /// Row.
    pub y: usize,
    /// Sobel gradient, eight times the grey levels per sample, to the right and down.
    pub gradient: [i32; 2],
}

impl Edge {
    /// Square of the gradient's length.
    #[must_use]
    pub fn strength(&self) -> i32 {
        self.gradient[0] * self.gradient[0] + self.gradient[1] * self.gradient[1]
    }
}

/// The sample with the strongest Sobel gradient of every square of 8 x 8 samples, where its [`Edge::strength`] is at least
/// `least`; squares lie side by side in the window of `columns` and `rows`, and what is left over is left out.
///
/// The window is taken without the outermost samples of `plane`, which have no gradient.
#[must_use]
pub fn strongest_edges(plane: &Plane, columns: &Range<usize>, rows: &Range<usize>, least: i32) -> Vec<Edge> {
    let inner = |range: &Range<usize>, length: usize| range.start.max(1)..range.end.min(length.saturating_sub(1));
    let (columns, rows) = (inner(columns, plane.width()), inner(rows, plane.height()));
    let (across, down) = (columns.len() / CELL, rows.len() / CELL);
    if across == 0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let width = across * CELL;
    let mut parts = Columns::new(width);
    let mut strengths = vec![0_i32; width];
    let mut greatest = vec![0_i32; width];
    for cells in 0..down {
        let top = rows.start + cells * CELL;
        greatest.fill(0);
        for row in 0..CELL {
            parts.strengths(plane, columns.start, top + row, &mut strengths);
            let squares = greatest.as_chunks_mut::<CELL>().0.iter_mut().zip(strengths.as_chunks::<CELL>().0);
            squares.for_each(|(most, here)| keep_greater(most, here, row));
        }
        for (cell, greatest) in greatest.as_chunks::<CELL>().0.iter().enumerate() {
            let most = greatest.iter().copied().max().unwrap_or(0);
            if most >> PLACE_BITS >= least.max(1) {
                let place = (LAST_PLACE - (most & LAST_PLACE)) as usize;
                let (x, y) = (place % CELL, place / CELL);
                found.push(edge_at(plane, columns.start + cell * CELL + x, top + y));
            }
        }
    }
    found
}

/// The greater of each strength of row `row` of a square and what is kept of the rows above: strengths have 21 bits, and the
/// place below them, counted from the last, tells where the greatest is, the first of equal ones.
fn keep_greater(most: &mut [i32; CELL], here: &[i32; CELL], row: usize) {
    for (column, (most, here)) in most.iter_mut().zip(here).enumerate() {
        *most = (*most).max((here << PLACE_BITS) | (LAST_PLACE - (row * CELL + column) as i32));
    }
}

/// The parts of the gradients of a row that come from the columns: three samples weighted 1, 2, 1, and the last less the
/// first.
struct Columns {
    smooth: Vec<i16>,
    slope: Vec<i16>,
}

impl Columns {
    fn new(length: usize) -> Self {
        Self { smooth: vec![0; length + 2], slope: vec![0; length + 2] }
    }

    /// Strengths from column `x` on along row `y`, in loops of vectors.
    fn strengths(&mut self, plane: &Plane, x: usize, y: usize, strengths: &mut [i32]) {
        let [above, here, below] = [y - 1, y, y + 1].map(|y| &plane.row(y)[x - 1..][..strengths.len() + 2]);
        let parts = self.smooth.iter_mut().zip(&mut self.slope);
        for ((smooth, slope), ((above, here), below)) in parts.zip(above.iter().zip(here).zip(below)) {
            let [above, here, below] = [*above, *here, *below].map(i16::from);
            *smooth = above + 2 * here + below;
            *slope = below - above;
        }
        let right = self.smooth[2..].iter().zip(&self.smooth).map(|(right, left)| right - left);
        let slopes = self.slope.iter().zip(&self.slope[1..]).zip(&self.slope[2..]);
        let down = slopes.map(|((left, middle), right)| left + 2 * middle + right);
        for (strength, (right, down)) in strengths.iter_mut().zip(right.zip(down)) {
            *strength = i32::from(right) * i32::from(right) + i32::from(down) * i32::from(down);
        }
    }
}

fn edge_at(plane: &Plane, x: usize, y: usize) -> Edge {
    let [above, here, below] = [y - 1, y, y + 1].map(|y| [0, 1, 2].map(|at| plane.row(y)[x - 1 + at]));
    Edge { x, y, gradient: sobel(above, here, below).map(i32::from) }
}

#[inline]
fn sobel(above: [u8; 3], here: [u8; 3], below: [u8; 3]) -> [i16; 2] {
    let ([a, b, c], [d, _, e], [f, g, h]) = (above.map(i16::from), here.map(i16::from), below.map(i16::from));
    [(c - a) + 2 * (e - d) + (h - f), (f - a) + 2 * (g - b) + (h - c)]
}

#[cfg(test)]
mod tests {
    use super::Edge;
    use super::strongest_edges;
    use crate::pixels::Plane;

    /// 20 x 18 samples, black up to the column `edge` and white from there on.
    fn step(edge: usize) -> Plane {
        Plane::new(20, 18, (0..20 * 18).map(|at| if at % 20 < edge { 0 } else { 100 }).collect())
    }

    #[test]
    fn each_square_along_a_step_gives_one_edge_that_points_to_the_white_side() {
        let found = strongest_edges(&step(12), &(0..20), &(0..18), 1);
        assert_eq!(found, [1, 9].map(|y| Edge { x: 11, y, gradient: [400, 0] }));
    }

    #[test]
    fn what_is_weaker_than_asked_for_is_left_out() {
        assert!(strongest_edges(&step(12), &(0..20), &(0..18), 400 * 400 + 1).is_empty());
    }

    #[test]
    fn planes_without_an_inner_square_have_no_edges() {
        for (width, height) in [(0, 0), (1, 9), (2, 90), (9, 9), (30, 2)] {
            let plane = Plane::new(width, height, vec![7; width * height]);
            assert!(strongest_edges(&plane, &(0..width), &(0..height), 0).is_empty());
        }
    }
}
