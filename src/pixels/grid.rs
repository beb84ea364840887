/// A coarse raster of numbers, row-major.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    columns: usize,
    values: Vec<f32>,
}

impl Grid {
    /// Wraps `values`, rows of `columns`.
    ///
    /// # Panics
    /// When the last row is not full.
    #[must_use]
    pub fn new(columns: usize, values: Vec<f32>) -> Self {
        assert_eq!(values.len(), values.len() / columns.max(1) * columns, "a grid has whole rows");
        Self { columns, values }
    }

    /// Numbers in a row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    /// All numbers, row after row.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The number of that column and row.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    #[inline]
    pub fn at(&self, column: usize, row: usize) -> f32 {
        self.values[row * self.columns + column]
    }

    /// The number at a place between the middles of cells, cells being 1 wide and the first middle at 0.5, 0.5; beyond the
    /// outermost middles their own.
    ///
    /// # Panics
    /// When the grid is empty.
    #[must_use]
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let split = |along: f32, length: usize| {
            let along = (along - 0.5).clamp(0.0, length as f32 - 1.0);
            let low = (along as usize).min(length.saturating_sub(2));
            (low, (low + 1).min(length - 1), along - low as f32)
        };
        let ((left, right, u), (top, bottom, v)) = (split(x, self.columns), split(y, self.rows()));
        let upper = self.at(left, top) * (1.0 - u) + self.at(right, top) * u;
        let lower = self.at(left, bottom) * (1.0 - u) + self.at(right, bottom) * u;
        upper * (1.0 - v) + lower * v
    }

    /// Each number replaced by `fold`, the smaller or the larger of two, over those up to `reach` cells away along rows and
    /// columns.
    #[must_use]
    pub fn spread(&self, reach: usize, fold: impl Fn(f32, f32) -> f32) -> Self {
        let (columns, rows) = (self.columns, self.rows());
        if self.values.is_empty() {
            return self.clone();
        }
        // The outermost numbers once more for what lies beyond: they are among those folded anyway.
        let row = |at: usize| &self.values[at.saturating_sub(reach).min(rows - 1) * columns..][..columns];
        let padded = (0..rows + 2 * reach).flat_map(row).copied().collect();
        let down = windows(padded, 2 * reach + 1, columns, &fold);
        let mut padded = Vec::with_capacity((columns + 2 * reach) * rows);
        for row in down.chunks_exact(columns) {
            padded.extend(std::iter::repeat_n(row[0], reach));
            padded.extend_from_slice(row);
            padded.extend(std::iter::repeat_n(row[columns - 1], reach));
        }
        let across = windows(padded, 2 * reach + 1, 1, &fold);
        let values = across.chunks(columns + 2 * reach).flat_map(|row| &row[..columns]).copied().collect();
        Self { columns, values }
    }

    /// Means over the squares of cells up to `reach` away, of those within the grid.
    #[must_use]
    pub fn mean(&self, reach: usize) -> Self {
        let (columns, rows) = (self.columns, self.rows());
        let within = |at: usize, length: usize| at.saturating_sub(reach)..(at + reach + 1).min(length);
        let row = |at: usize| &self.values[at * columns..][..columns];
        let mut sums = vec![0.0_f64; columns];
        let mut values = Vec::with_capacity(self.values.len());
        let mut added = 0..0;
        for y in 0..rows {
            let near = within(y, rows);
            for at in added.end..near.end {
                sums.iter_mut().zip(row(at)).for_each(|(sum, value)| *sum += f64::from(*value));
            }
            for at in added.start..near.start {
                sums.iter_mut().zip(row(at)).for_each(|(sum, value)| *sum -= f64::from(*value));
            }
            let (mut sum, mut summed) = (0.0, 0..0);
            for x in 0..columns {
                let across = within(x, columns);
                sum += sums[summed.end..across.end].iter().sum::<f64>();
                sum -= sums[summed.start..across.start].iter().sum::<f64>();
                values.push((sum / (across.len() * near.len()) as f64) as f32);
                summed = across;
            }
            added = near;
        }
        Self { columns, values }
    }
}

/// `fold` over each `length` values that stand `stride` apart, in steps that double what is folded.
fn windows(mut values: Vec<f32>, length: usize, stride: usize, fold: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let mut apart = |by: usize| {
        values = values.iter().zip(values.get(by * stride..).unwrap_or_default()).map(|(a, b)| fold(*a, *b)).collect();
    };
    let mut folded = 1;
    while 2 * folded <= length {
        apart(folded);
        folded *= 2;
    }
    if folded < length {
        apart(length - folded);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::Grid;

    fn grid() -> Grid {
        Grid::new(3, vec![0.0, 1.0, 2.0, 10.0, 11.0, 18.0])
    }

    #[test]
    fn between_middles_numbers_are_interpolated() {
        let column = Grid::new(1, vec![4.0]);
        let found =
            [grid().between(0.5, 0.5), grid().between(9.0, 9.0), grid().between(1.0, 1.0), column.between(0.3, 7.0)];
        assert!(
            found.iter().zip([0.0, 18.0, 5.5, 4.0]).all(|(found, wanted)| (found - wanted).abs() < 1e-6),
            "{found:?}"
        );
    }

    #[test]
    fn the_largest_neighbour_spreads() {
        assert_eq!(grid().spread(1, f32::max).values(), [11.0, 18.0, 18.0, 11.0, 18.0, 18.0]);
    }

    #[test]
    fn wide_spreads_find_the_least_of_each_square() {
        let values: Vec<f32> = (0..19 * 13).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 20) as f32).collect();
        let grid = Grid::new(19, values);
        for reach in [1, 4, 10, 30] {
            let near = |at: usize, length: usize| at.saturating_sub(reach)..(at + reach + 1).min(length);
            let least = |at: usize| {
                let cells = near(at / 19, 13).flat_map(|y| near(at % 19, 19).map(move |x| (x, y)));
                cells.map(|(x, y)| grid.at(x, y)).fold(f32::INFINITY, f32::min)
            };
            assert_eq!(grid.spread(reach, f32::min).values(), (0..19 * 13).map(least).collect::<Vec<_>>(), "{reach}");
        }
        assert_eq!(Grid::default().spread(2, f32::max), Grid::default());
    }

    #[test]
    fn means_leave_out_what_lies_beyond() {
        assert_eq!(grid().mean(1).values(), [5.5, 7.0, 8.0, 5.5, 7.0, 8.0]);
        assert_eq!(grid().mean(0), grid());
        assert_eq!(Grid::default().mean(2), Grid::default());
    }
}
