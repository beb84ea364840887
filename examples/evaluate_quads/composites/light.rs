//! How light falls on the document of a photo.

use image::RgbImage;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;

/// Cells along each side of the document.
const CELLS: usize = 9;
/// Samples along each side of a cell.
const SAMPLES: usize = 12;
/// Paper is about as bright as the brightest samples of a cell.
const PAPER: f64 = 0.9;
/// What is darker than this share of the brightest cell is print, not shadow.
const DARKEST: f64 = 0.55;
/// Luma of white paper in good light, and the least exposure that is taken over.
const WHITE: f64 = 225.0;
const LEAST_EXPOSURE: f64 = 0.45;

/// Brightness over the document, 1 where it is in full light.
pub struct Light([[f64; CELLS]; CELLS]);

impl Light {
    /// On the document that `to_photo` takes from the unit square to the picture.
    pub fn of(picture: &RgbImage, to_photo: &Homography) -> Self {
        let paper = indices().map(|row| indices().map(|column| cell(picture, to_photo, column, row)));
        let smooth = smoothed(&smoothed(&paper));
        let brightest = smooth.iter().flatten().fold(1.0, |most: f64, &cell| most.max(cell));
        let exposure = (brightest / WHITE).clamp(LEAST_EXPOSURE, 1.0);
        Self(smooth.map(|row| row.map(|cell| (cell / brightest).max(DARKEST) * exposure)))
    }

    /// At a point of the unit square; beyond it the same as at its border.
    pub fn at(&self, point: Point) -> f64 {
        let [x, y] = [point.x, point.y].map(|v| (v * CELLS as f64 - 0.5).clamp(0.0, CELLS as f64 - 1.0));
        let [column, row] = [x, y].map(|v| (v as usize).min(CELLS - 2));
        let across = |row: usize| {
            let share = x - column as f64;
            self.0[row][column] * (1.0 - share) + self.0[row][column + 1] * share
        };
        let share = y - row as f64;
        across(row) * (1.0 - share) + across(row + 1) * share
    }
}

fn indices() -> [usize; CELLS] {
    std::array::from_fn(|index| index)
}

/// Luma of the paper in one cell.
fn cell(picture: &RgbImage, to_photo: &Homography, column: usize, row: usize) -> f64 {
    let place = |cell: usize, sample: usize| (cell as f64 + (sample as f64 + 0.5) / SAMPLES as f64) / CELLS as f64;
    let points = (0..SAMPLES * SAMPLES).map(|k| Point::new(place(column, k % SAMPLES), place(row, k / SAMPLES)));
    let mut samples: Vec<f64> = points.map(|point| luma(picture, to_photo.apply(point))).collect();
    samples.sort_by(f64::total_cmp);
    samples[(PAPER * (samples.len() - 1) as f64) as usize]
}

fn luma(picture: &RgbImage, point: Point) -> f64 {
    let x = point.x.clamp(0.0, f64::from(picture.width() - 1)) as u32;
    let y = point.y.clamp(0.0, f64::from(picture.height() - 1)) as u32;
    let [red, green, blue] = picture.get_pixel(x, y).0;
    f64::from(kyclint::pixels::luma(red, green, blue))
}

/// Means over 3 x 3 cells.
fn smoothed(cells: &[[f64; CELLS]; CELLS]) -> [[f64; CELLS]; CELLS] {
    let near = |at: usize| at.saturating_sub(1)..=(at + 1).min(CELLS - 1);
    let mean = |row: usize, column: usize| {
        let around: Vec<f64> = near(row).flat_map(|r| near(column).map(move |c| cells[r][c])).collect();
        around.iter().sum::<f64>() / around.len() as f64
    };
    indices().map(|row| indices().map(|column| mean(row, column)))
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use image::RgbImage;
    use kyclint::geometry::Homography;
    use kyclint::geometry::Point;
    use kyclint::geometry::Quad;

    use super::Light;

    #[test]
    fn a_shadow_over_one_half_darkens_that_half() {
        let halves = RgbImage::from_fn(90, 90, |x, _| if x < 45 { Rgb([225; 3]) } else { Rgb([150; 3]) });
        let map = Homography::between(&Quad::rectangle(1.0, 1.0), &Quad::rectangle(90.0, 90.0)).expect("squares");
        let light = Light::of(&halves, &map);
        let [lit, shaded] = [0.0, 1.0].map(|x| light.at(Point::new(x, 0.5)));
        assert!((lit - 1.0).abs() < 1e-9 && (shaded - 150.0 / 225.0).abs() < 1e-9);
    }
}
