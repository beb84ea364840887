//! A property of the search raster, cell by cell.

use super::edges::EdgePoint;
use super::outline::Outline;
use crate::pixels::Plane;

/// Side of a cell in which edges are counted, pixels of the search raster.
const EDGE_CELL: usize = 12;
/// Side of a cell that is looked at for print: about three lines of a page that fills the frame.
const PRINT_CELL: usize = 16;
/// Least deviation from the cell's plane, as a share of its mean, that print has.
const LEAST_DEVIATION: f32 = 0.03;
/// Skewness below which dark strokes stand on brighter paper; other surfaces have as much that is bright as that is dark.
const SKEWNESS: f32 = -0.6;
/// Cells without print that are counted outside besides those that are there: a narrow margin tells little.
const MARGIN: f32 = 8.0;

/// One value a square cell.
#[derive(Debug)]
pub(super) struct Cells {
    values: Vec<f32>,
    columns: usize,
    side: usize,
    /// Cells outside that are counted with the value 0.
    margin: f32,
}

impl Cells {
    /// Weight of the edges in each cell.
    pub(super) fn of_edges(points: &[EdgePoint], width: usize, height: usize) -> Self {
        let (columns, rows) = (width.div_ceil(EDGE_CELL), height.div_ceil(EDGE_CELL));
        let mut values = vec![0.0; columns * rows];
        for point in points {
            let (x, y) = (point.x as usize / EDGE_CELL, point.y as usize / EDGE_CELL);
            values[y.min(rows - 1) * columns + x.min(columns - 1)] += point.weight;
        }
        Self { values, columns, side: EDGE_CELL, margin: 1.0 }
    }

    /// 1 for cells of print, 0 for others: print is a minority of dark strokes on brighter paper, so that grey values are
    /// skewed, which those of wood, stone and cloth hardly are.
    pub(super) fn of_print(luma: &Plane) -> Self {
        let (columns, rows) = (luma.width() / PRINT_CELL, luma.height() / PRINT_CELL);
        let is_print = |at: usize| has_print(luma, at % columns * PRINT_CELL, at / columns * PRINT_CELL);
        let values = (0..columns * rows).map(|at| f32::from(u8::from(is_print(at)))).collect();
        Self { values, columns, side: PRINT_CELL, margin: MARGIN }
    }

    /// Mean values inside and outside, the cells on the border left out.
    pub(super) fn means(&self, outline: &Outline) -> (f32, f32) {
        let (mut sums, mut counts) = ([0.0; 2], [1.0, self.margin]);
        let normals = [0, 1, 2, 3].map(|at| outline.inwards(at));
        for (at, value) in self.values.iter().enumerate() {
            let depth = outline.depth(self.middle(at), &normals);
            if depth.abs() > self.side as f32 / 2.0 {
                let side = usize::from(depth < 0.0);
                sums[side] += value;
                counts[side] += 1.0;
            }
        }
        (sums[0] / counts[0], sums[1] / counts[1])
    }

    /// The least mean of the four quarters that axes through the centre of the outline cut from it.
    pub(super) fn least_quarter(&self, outline: &Outline) -> f32 {
        let (mut sums, mut counts) = ([0.0; 4], [1.0_f32; 4]);
        let normals = [0, 1, 2, 3].map(|at| outline.inwards(at));
        let [centre_x, centre_y] = outline.centre();
        for (at, value) in self.values.iter().enumerate() {
            let [x, y] = self.middle(at);
            if outline.depth([x, y], &normals) > 0.0 {
                let quarter = usize::from(x > centre_x) + 2 * usize::from(y > centre_y);
                sums[quarter] += value;
                counts[quarter] += 1.0;
            }
        }
        sums.iter().zip(counts).map(|(sum, count)| sum / count).fold(f32::MAX, f32::min)
    }

    fn middle(&self, at: usize) -> [f32; 2] {
        [at % self.columns, at / self.columns].map(|index| (index * self.side + self.side / 2) as f32)
    }
}

/// Whether the cell that begins at a pixel shows dark strokes on brighter paper, its shading aside.
fn has_print(luma: &Plane, left: usize, top: usize) -> bool {
    const MIDDLE: f32 = (PRINT_CELL as f32 - 1.0) / 2.0;
    const COUNT: f32 = (PRINT_CELL * PRINT_CELL) as f32;
    // Sum of the squared distances of the columns to the middle one, in all rows.
    const SPREAD: f32 = COUNT * (COUNT - 1.0) / 12.0;
    let cell = || {
        (0..PRINT_CELL).flat_map(move |y| {
            let row = &luma.row(top + y)[left..left + PRINT_CELL];
            row.iter().enumerate().map(move |(x, grey)| (x as f32 - MIDDLE, y as f32 - MIDDLE, f32::from(*grey)))
        })
    };
    let [sum, along, down] =
        cell().fold([0.0; 3], |[sum, along, down], (x, y, grey)| [sum + grey, along + x * grey, down + y * grey]);
    let (mean, along, down) = (sum / COUNT, along / SPREAD, down / SPREAD);
    let [squares, cubes] = cell().fold([0.0; 2], |[squares, cubes], (x, y, grey)| {
        let off = grey - mean - along * x - down * y;
        [squares + off * off, cubes + off * off * off]
    });
    let deviation = (squares / COUNT).sqrt();
    deviation > LEAST_DEVIATION * (mean + 8.0) && cubes / COUNT < SKEWNESS * deviation.powi(3)
}

#[cfg(test)]
mod tests {
    use super::Cells;
    use super::Outline;
    use crate::pixels::Plane;

    /// A raster of 64 x 32 whose left half has a dark stroke in every fourth column.
    fn half_printed() -> Plane {
        let grey = |at: usize| if at % 64 < 32 && at.is_multiple_of(4) { 60 } else { 200 };
        Plane::new(64, 32, (0..64 * 32).map(grey).collect())
    }

    #[test]
    fn dark_strokes_on_paper_are_print_and_bright_ones_are_not() {
        let cells = Cells::of_print(&half_printed());
        assert_eq!(cells.values, [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        let negative = half_printed().samples().iter().map(|grey| 255 - grey).collect();
        assert_eq!(Cells::of_print(&Plane::new(64, 32, negative)).values, [0.0; 8]);
    }

    #[test]
    fn shading_alone_is_no_print() {
        let slope = Plane::new(32, 32, (0..1024).map(|at| (at % 32 * 5 + at / 32 * 2) as u8).collect());
        assert_eq!(Cells::of_print(&slope).values, [0.0; 4]);
    }

    #[test]
    fn a_quarter_without_print_is_the_least() {
        let cells = Cells::of_print(&half_printed());
        let around = Outline([[-9.0, -9.0], [73.0, -9.0], [73.0, 41.0], [-9.0, 41.0]]);
        assert!(cells.least_quarter(&around) < 0.01);
        assert!(cells.means(&around).0 > 0.4);
    }
}
