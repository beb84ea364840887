//! Mean colours of the cells of a grid over the document.

use std::ops::Range;

use crate::pixels::Plane;
use crate::scene::Rectified;

/// Cells along the longer side of the document: 1.5 mm each on a card.
const ALONG: f64 = 57.0;
/// From this level on, of 255, a channel may be clipped.
const CLIPPED: f32 = 250.0;
/// Share of a cell that may be clipped.
const CLIPPED_SHARE: f32 = 0.02;

/// A cell of the grid.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    /// Mean luma, blue and red difference.
    pub(super) ycbcr: [f32; 3],
    /// Where its middle lies, -1 to 1 along both sides of the document.
    pub(super) place: [f32; 2],
    /// Whether a channel is clipped somewhere in it, so that its colour is lost.
    pub(super) is_clipped: bool,
}

/// The cells of `document` that lie wholly in the frame.
pub(super) fn cells(document: &Rectified, [cb, cr]: &[Plane; 2]) -> Vec<Cell> {
    let (width, height) = (cb.width(), cb.height());
    let side = (width.max(height) as f64 / ALONG).max(1.0);
    let [columns, rows] = [width, height].map(|length| ((length as f64 / side).round() as usize).max(1));
    let mut cells = Vec::with_capacity(columns * rows);
    let mut sums = Sums::new(width);
    for row in 0..rows {
        let lines = row * height / rows..(row + 1) * height / rows;
        sums.clear();
        for y in lines.clone() {
            sums.add([2 * y, 2 * y + 1].map(|y| line(document, y)), cb.row(y), cr.row(y));
        }
        for column in 0..columns {
            let samples = column * width / columns..(column + 1) * width / columns;
            let span = 2 * samples.start..2 * samples.end;
            if is_visible(document, &span, 2 * lines.start) && is_visible(document, &span, 2 * lines.end - 1) {
                let middle = |at: usize, count: usize| (2 * at + 1) as f32 / count as f32 - 1.0;
                let count = (samples.len() * lines.len()) as f32;
                cells.extend(sums.cell(samples, count, [middle(column, columns), middle(row, rows)]));
            }
        }
    }
    cells
}

fn line(document: &Rectified, y: usize) -> &[u8] {
    document.luma.row(y.min(document.luma.height() - 1))
}

fn is_visible(document: &Rectified, span: &Range<usize>, y: usize) -> bool {
    let seen = &document.visible[y.min(document.visible.len() - 1)];
    seen.start <= span.start && span.end.min(document.luma.width()) <= seen.end
}

/// Sums down the columns of chroma samples of a row of cells.
struct Sums {
    /// Four samples of luma each.
    luma: Vec<u32>,
    cb: Vec<u32>,
    cr: Vec<u32>,
    /// How many are clipped.
    clipped: Vec<u32>,
    /// Luma of the latest line: of samples above each other, then of all four.
    pairs: Vec<u16>,
    fours: Vec<u16>,
}

impl Sums {
    fn new(width: usize) -> Self {
        let empty = || vec![0; width];
        let (pairs, fours) = (Vec::new(), Vec::new());
        Self { luma: empty(), cb: empty(), cr: empty(), clipped: empty(), pairs, fours }
    }

    fn clear(&mut self) {
        for sums in [&mut self.luma, &mut self.cb, &mut self.cr, &mut self.clipped] {
            sums.fill(0);
        }
    }

    /// Adds a line of chroma samples and the two lines of luma on which they lie.
    fn add(&mut self, [above, below]: [&[u8]; 2], cb: &[u8], cr: &[u8]) {
        self.pairs.clear();
        self.pairs.extend(above.iter().zip(below).map(|(&one, &other)| u16::from(one) + u16::from(other)));
        if above.len() < 2 * cb.len() {
            self.pairs.extend_from_within(above.len() - 1..);
        }
        self.fours.clear();
        self.fours.extend(self.pairs.as_chunks::<2>().0.iter().map(|[left, right]| left + right));
        let samples = self.fours.iter().zip(cb.iter().zip(cr));
        self.clipped.iter_mut().zip(samples).for_each(|(sum, (&four, (&cb, &cr)))| *sum += is_clipped(four, cb, cr));
        self.luma.iter_mut().zip(&self.fours).for_each(|(sum, &four)| *sum += u32::from(four));
        self.cb.iter_mut().zip(cb).for_each(|(sum, &cb)| *sum += u32::from(cb));
        self.cr.iter_mut().zip(cr).for_each(|(sum, &cr)| *sum += u32::from(cr));
    }

    /// The cell of `count` chroma samples in these columns; `None` where there are none.
    fn cell(&self, columns: Range<usize>, count: f32, place: [f32; 2]) -> Option<Cell> {
        let sum = |of: &[u32]| of[columns.clone()].iter().sum::<u32>() as f32;
        let ycbcr = [sum(&self.luma) / 4.0, sum(&self.cb), sum(&self.cr)].map(|sum| sum / count);
        let is_clipped = sum(&self.clipped) > CLIPPED_SHARE * count;
        (count > 0.0).then_some(Cell { ycbcr, place, is_clipped })
    }
}

/// 1 where a channel is clipped, of four samples of luma and their chroma; otherwise 0.
fn is_clipped(four: u16, cb: u8, cr: u8) -> u32 {
    let (y, cb, cr) = (f32::from(four) / 4.0, f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let (red, green, blue) = (y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb);
    u32::from(red >= CLIPPED) | u32::from(green >= CLIPPED) | u32::from(blue >= CLIPPED)
}
