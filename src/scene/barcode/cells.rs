//! Where a raster shows bars: the structure tensor of its cells.

use crate::pixels::Plane;

/// Side of a cell, samples.
pub(super) const CELL: usize = 8;

/// Sums over a cell's samples of squares and products of grey-level differences across two samples: the structure tensor
/// (Förstner and Gülch 1987).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tensor {
    xx: f32,
    yy: f32,
    xy: f32,
}

impl Tensor {
    /// Mean square of the gradient, grey levels squared, and how much of it points one way, 0–1.
    pub(super) fn energy_and_coherence(&self) -> (f32, f32) {
        let energy = self.xx + self.yy;
        let along = (self.xx - self.yy).hypot(2.0 * self.xy);
        (energy, along / energy.max(f32::MIN_POSITIVE))
    }

    /// The direction most gradients point to or from, radians clockwise from the x axis, -π/2 to π/2.
    pub(super) fn direction(&self) -> f64 {
        f64::from((2.0 * self.xy).atan2(self.xx - self.yy)) / 2.0
    }

    /// The turning double angle of the gradients, as a vector as long as they are strong.
    pub(super) fn double_angle(&self) -> [f32; 2] {
        [self.xx - self.yy, 2.0 * self.xy]
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }

    fn scaled(self, factor: f32) -> Self {
        Self { xx: self.xx * factor, yy: self.yy * factor, xy: self.xy * factor }
    }
}

/// Tensors of the cells of a raster, row after row; what does not fill a cell is left out.
pub(super) struct Cells {
    pub(super) columns: usize,
    pub(super) tensors: Vec<Tensor>,
}

impl Cells {
    /// The mean tensors of cells of `plane`.
    pub(super) fn of(plane: &Plane) -> Self {
        let columns = plane.width().saturating_sub(2) / CELL;
        let rows = plane.height().saturating_sub(2) / CELL;
        let mut tensors = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            let mut sums = vec![[0_i32; 3]; columns];
            for y in row * CELL + 1..=(row + 1) * CELL {
                let (above, here, below) = (plane.row(y - 1), plane.row(y), plane.row(y + 1));
                add_row(&mut sums, above, here, below);
            }
            tensors.extend(sums.iter().map(|[xx, yy, xy]| {
                Tensor { xx: *xx as f32, yy: *yy as f32, xy: *xy as f32 }.scaled(1.0 / (CELL * CELL) as f32)
            }));
        }
        Self { columns, tensors }
    }

    pub(super) fn rows(&self) -> usize {
        self.tensors.len() / self.columns.max(1)
    }

    /// Means over the 3 x 3 cells around each.
    pub(super) fn smoothed(&self) -> Self {
        let rows = self.rows();
        let near = |at: usize, length: usize| at.saturating_sub(1)..(at + 2).min(length);
        let mean = |at: usize| {
            let (x, y) = (near(at % self.columns, self.columns), near(at / self.columns, rows));
            let mut sum = Tensor::default();
            for row in y.clone() {
                self.tensors[row * self.columns..][x.clone()].iter().for_each(|tensor| sum.add(tensor));
            }
            sum.scaled(1.0 / (x.len() * y.len()) as f32)
        };
        Self { columns: self.columns, tensors: (0..self.tensors.len()).map(mean).collect() }
    }
}

fn add_row(sums: &mut [[i32; 3]], above: &[u8], here: &[u8], below: &[u8]) {
    for (at, sums) in sums.iter_mut().enumerate() {
        let start = at * CELL;
        let cut = |row: &[u8], from: usize| -> [i32; CELL] {
            let mut cut = [0; CELL];
            cut.iter_mut().zip(&row[from..from + CELL]).for_each(|(to, from)| *to = i32::from(*from));
            cut
        };
        let (left, right) = (cut(here, start), cut(here, start + 2));
        let (up, down) = (cut(above, start + 1), cut(below, start + 1));
        for k in 0..CELL {
            let (dx, dy) = (right[k] - left[k], down[k] - up[k]);
            sums[0] += dx * dx;
            sums[1] += dy * dy;
            sums[2] += dx * dy;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cells;
    use crate::pixels::Plane;

    fn waves(step: [f32; 2]) -> Cells {
        let sample = |at: usize| {
            let along = (at % 66) as f32 * step[0] + (at / 66) as f32 * step[1];
            (128.0 + 100.0 * along.sin()) as u8
        };
        Cells::of(&Plane::new(66, 34, (0..66 * 34).map(sample).collect()))
    }

    #[test]
    fn bars_point_one_way() {
        for (step, degrees) in [([0.8, 0.0], 0.0), ([0.0, 0.8], 90.0), ([0.6, 0.6], 45.0), ([0.6, -0.6], -45.0)] {
            let cells = waves(step);
            assert_eq!((cells.columns, cells.rows()), (8, 4));
            let tensor = cells.smoothed().tensors[12];
            let (energy, coherence) = tensor.energy_and_coherence();
            assert!(energy > 1000.0 && coherence > 0.95, "{energy} {coherence}");
            assert!((tensor.direction().to_degrees().abs() - f64::abs(degrees)).abs() < 1.0, "{}", tensor.direction());
        }
    }

    #[test]
    fn what_has_no_cells_has_no_tensors() {
        for (width, height) in [(0, 0), (9, 40), (40, 9), (1, 1)] {
            assert!(Cells::of(&Plane::new(width, height, vec![0; width * height])).smoothed().tensors.is_empty());
        }
    }
}
