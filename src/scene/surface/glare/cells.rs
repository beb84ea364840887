use crate::geometry::Point;
use crate::pixels::Plane;
use crate::scene::Rectified;

/// Side of a cell, mm.
const SIDE: f64 = 0.5;
/// Mean difference between neighbouring pixels, across and down together, from which a cell holds print.
const PRINT: u8 = 12;

/// The document in cells of about half a millimetre.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Side of a cell in pixels of the raster.
    pub(super) pixels: usize,
    /// Side of a cell, mm.
    pub(super) side: f64,
    /// Brightness of what is printed on, strokes closed.
    pub(super) paper: Vec<u8>,
    /// Mean luma.
    pub(super) mean: Vec<u8>,
    /// Mean difference between neighbouring pixels, across and down together; 255 at most.
    pub(super) detail: Vec<u8>,
    /// Greatest difference between neighbouring pixels.
    pub(super) steepest: Vec<u8>,
    /// Distance from grey in both colour differences together; empty where the photo is grey.
    pub(super) colour: Vec<u8>,
    /// Whether there is print in the cell or beside it.
    pub(super) printed: Vec<bool>,
    /// Whether the frame shows the cell.
    pub(super) seen: Vec<bool>,
}

impl Cells {
    /// `None` where the raster is too small to hold a cell.
    pub(super) fn of(rectified: &Rectified, chroma: Option<&[Plane; 2]>) -> Option<Self> {
        let luma = &rectified.luma;
        let pixels = ((SIDE * rectified.px_per_mm).round() as usize).max(1);
        // The last row and column lack neighbours.
        let (width, height) = (luma.width().checked_sub(1)? / pixels, luma.height().checked_sub(1)? / pixels);
        if width < 3 || height < 3 {
            return None;
        }
        let count = width * height;
        let mut cells = Self {
            width,
            height,
            pixels,
            side: pixels as f64 / rectified.px_per_mm,
            paper: Vec::with_capacity(count),
            mean: Vec::with_capacity(count),
            detail: Vec::with_capacity(count),
            steepest: Vec::with_capacity(count),
            colour: Vec::new(),
            printed: Vec::new(),
            seen: Vec::with_capacity(count),
        };
        let mut band = Band::new(width * pixels);
        for y in 0..height {
            band.read(luma, y * pixels, pixels);
            cells.push(&band);
            let range = &rectified.visible[y * pixels + pixels / 2];
            cells.seen.extend((0..width).map(|x| range.contains(&(x * pixels + pixels / 2))));
        }
        cells.paper = closed(&cells.paper, width, height);
        cells.printed = neighbours(&cells.detail, width, height, u8::max).into_iter().map(|of| of >= PRINT).collect();
        cells.colour = chroma.map(|chroma| cells.colours(chroma)).unwrap_or_default();
        Some(cells)
    }

    /// The brightness that a quarter of the cells exceeds.
    pub(super) fn white(&self) -> f64 {
        let mut sorted = self.paper.clone();
        let quarter = 3 * sorted.len() / 4;
        f64::from(*sorted.select_nth_unstable(quarter).1)
    }

    /// The corners of cells `of`, pixels of the raster.
    pub(super) fn corners(&self, of: &[u32]) -> Vec<Point> {
        let side = self.pixels as f64;
        let corners = |&at: &u32| {
            let at = at as usize;
            let (x, y) = ((at % self.width) as f64, (at / self.width) as f64);
            [(x, y), (x + 1.0, y), (x, y + 1.0), (x + 1.0, y + 1.0)].map(|(x, y)| Point::new(x * side, y * side))
        };
        of.iter().flat_map(corners).collect()
    }

    fn push(&mut self, band: &Band) {
        let count = self.pixels as u32;
        let columns = band.brightest.chunks_exact(self.pixels);
        self.paper.extend(columns.map(|of| (of.iter().map(|&s| u32::from(s)).sum::<u32>() / count) as u8));
        let mean =
            |sums: &[u16]| (sums.iter().map(|&sum| u32::from(sum)).sum::<u32>() / (count * count)).min(255) as u8;
        self.mean.extend(band.sums.chunks_exact(self.pixels).map(mean));
        self.detail.extend(band.differences.chunks_exact(self.pixels).map(mean));
        let steepest = |of: &[u8]| of.iter().copied().max().unwrap_or(0);
        self.steepest.extend(band.steepest.chunks_exact(self.pixels).map(steepest));
    }

    fn colours(&self, [cb, cr]: &[Plane; 2]) -> Vec<u8> {
        let middle = |cell: usize| cell * self.pixels + self.pixels / 2;
        let mut colours = Vec::with_capacity(self.paper.len());
        for y in 0..self.height {
            let row = middle(y) / 2;
            let (cb, cr) = (cb.row(row.min(cb.height() - 1)), cr.row(row.min(cr.height() - 1)));
            colours.extend((0..self.width).map(|x| {
                let at = (middle(x) / 2).min(cb.len() - 1);
                cb[at].abs_diff(128).saturating_add(cr[at].abs_diff(128))
            }));
        }
        colours
    }
}

/// What is gathered of a row of cells, column by column.
struct Band {
    brightest: Vec<u8>,
    steepest: Vec<u8>,
    sums: Vec<u16>,
    differences: Vec<u16>,
}

impl Band {
    fn new(width: usize) -> Self {
        Self { brightest: vec![0; width], steepest: vec![0; width], sums: vec![0; width], differences: vec![0; width] }
    }

    fn read(&mut self, luma: &Plane, from: usize, rows: usize) {
        let width = self.sums.len();
        self.brightest.fill(0);
        self.steepest.fill(0);
        self.sums.fill(0);
        self.differences.fill(0);
        for y in from..from + rows {
            let (row, right, below) = (&luma.row(y)[..width], &luma.row(y)[1..=width], &luma.row(y + 1)[..width]);
            for (brightest, sample) in self.brightest.iter_mut().zip(row) {
                *brightest = (*brightest).max(*sample);
            }
            for (sum, sample) in self.sums.iter_mut().zip(row) {
                *sum = sum.saturating_add(u16::from(*sample));
            }
            let differences = self.differences.iter_mut().zip(&mut self.steepest);
            for (((of, here), right), below) in differences.zip(row).zip(right).zip(below) {
                let (across, down) = (here.abs_diff(*right), here.abs_diff(*below));
                *of.0 = of.0.saturating_add(u16::from(across) + u16::from(down));
                *of.1 = (*of.1).max(across).max(down);
            }
        }
    }
}

/// The closing by 3 x 3: the least of the greatest of neighbours.
fn closed(samples: &[u8], width: usize, height: usize) -> Vec<u8> {
    let dilated = neighbours(samples, width, height, u8::max);
    neighbours(&dilated, width, height, u8::min)
}

fn neighbours(samples: &[u8], width: usize, height: usize, choose: fn(u8, u8) -> u8) -> Vec<u8> {
    let mut across = samples.to_vec();
    for (out, row) in across.chunks_exact_mut(width).zip(samples.chunks_exact(width)) {
        for (out, three) in out[1..].iter_mut().zip(row.windows(3)) {
            *out = choose(choose(three[0], three[1]), three[2]);
        }
        out[0] = choose(row[0], row[1]);
        out[width - 1] = choose(row[width - 2], row[width - 1]);
    }
    let mut both = across.clone();
    for y in 0..height {
        let (above, below) = (y.saturating_sub(1), (y + 1).min(height - 1));
        for x in 0..width {
            let at = |y: usize| across[y * width + x];
            both[y * width + x] = choose(choose(at(above), at(y)), at(below));
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::closed;

    #[test]
    fn a_thin_stroke_is_closed_and_a_thick_one_stays() {
        let row = [9, 9, 2, 9, 9, 9, 2, 2, 2, 2, 9, 9];
        let plane: Vec<u8> = row.repeat(5);
        let found = closed(&plane, row.len(), 5);
        assert_eq!(found[24..36], [9, 9, 9, 9, 9, 9, 2, 2, 2, 2, 9, 9]);
    }
}
