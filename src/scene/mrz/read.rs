use std::ops::Range;

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::identity::Format;
use crate::identity::Reading;
use crate::identity::Scores;
use crate::identity::decode;
use crate::photo::Photo;
use crate::scene::Rectified;
use crate::scene::Text;
use crate::scene::mrz::Cell;
use crate::scene::mrz::classify;
use crate::scene::mrz::line::Flat;
use crate::scene::mrz::line::Grid;
use crate::scene::mrz::rows::rows;

/// The whole photo is searched at that many pixels along its longer side; the shortest lines that are found then have 30
/// characters of 8 pixels.
const FRAME: f64 = 1400.0;
/// Pixels of that raster to a nominal millimetre: as if a passport filled it.
const FRAME_DENSITY: f64 = FRAME / 125.0;
/// Rows that are read at most: the longest; pages of letters have more.
const MOST_ROWS: usize = 8;
/// Cells that are read beyond either end of the print, which may have been missed.
const BEYOND: isize = 2;
/// Cells by which print may fall short of a line, or go beyond.
const SLACK: isize = 3;
/// Natural log of the odds of a glyph that one cell may have at most, either way: one cell alone decides nothing.
const SUREST: f32 = 4.0;

/// A machine-readable zone in a photo.
#[derive(Clone, Debug)]
pub struct Mrz {
    /// What it says.
    pub reading: Reading,
    /// The lines that were read, in pixels of the upright photo; corners from the beginning of the line, tops first.
    pub lines: Vec<Quad>,
}

impl Mrz {
    /// The zone in the print on the `rectified` document, or `None` where there is none to read.
    #[must_use]
    pub fn on_document(photo: &Photo, rectified: &Rectified, text: &Text) -> Option<Self> {
        let mut found = rows(text);
        if found.len() > MOST_ROWS {
            let mut lengths: Vec<f64> = found.iter().map(|row| row.length() / row.height).collect();
            lengths.sort_by(|one, other| other.total_cmp(one));
            found.retain(|row| row.length() / row.height >= lengths[MOST_ROWS - 1]);
        }
        let cut = |row| Flat::new(row, |map, width, height| rectified.cut(photo, map, width, height));
        let lines: Vec<Line> = found.iter().filter_map(|row| Line::fit(cut(row)?)).collect();
        let both = [false, true].map(|is_turned| read(&lines, is_turned));
        let (reading, lines) = both.into_iter().flatten().max_by(|a, b| a.0.evidence().total_cmp(&b.0.evidence()))?;
        let lines = lines.iter().map(|line| line.map(|corner| rectified.to_photo.apply(corner))).collect();
        Some(Self { reading, lines })
    }

    /// The zone anywhere in `photo`, as on a scan or a bare strip, or `None` where there is none to read.
    #[must_use]
    pub fn in_frame(photo: &Photo) -> Option<Self> {
        let frame = Rectified::frame(photo, FRAME, FRAME_DENSITY)?;
        Self::on_document(photo, &frame, &Text::of(&frame))
    }
}

/// A row of print with its cells.
struct Line {
    flat: Flat,
    grid: Grid,
    printed: Range<isize>,
}

impl Line {
    fn fit(flat: Flat) -> Option<Self> {
        let (grid, printed) = Grid::fit(&flat)?;
        Some(Self { flat, grid, printed })
    }

    /// The cells, in the order of reading.
    fn cells(&self, is_turned: bool) -> Vec<Cell> {
        let count = self.printed.len() + 2 * BEYOND as usize;
        classify(&self.flat.strip(&self.grid, self.printed.start - BEYOND, count, is_turned))
    }

    /// The outline of the cells from the one at place `first` in the order of reading on.
    fn outline(&self, first: usize, length: usize, is_turned: bool) -> Quad {
        let total = self.printed.len() as isize + 2 * BEYOND;
        let start = self.printed.start - BEYOND;
        let (first, length) = (first as isize, length as isize);
        let from = if is_turned { start + total - first - length } else { start + first };
        let [left, right] = [from, from + length].map(|at| self.grid.place(at as f64));
        let corner = |x: f64, up: f64| self.flat.to_source.apply(Point::new(x, self.grid.foot(x) - up));
        let top = self.grid.capital;
        let quad = Quad([corner(left, top), corner(right, top), corner(right, 0.0), corner(left, 0.0)]);
        if is_turned { quad.turned(2) } else { quad }
    }
}

/// Cells of a row that may be a whole line of a format.
struct Candidate {
    row: usize,
    first: usize,
    scores: Vec<Scores>,
}

fn read(lines: &[Line], is_turned: bool) -> Option<(Reading, Vec<Quad>)> {
    let order: Vec<usize> = if is_turned { (0..lines.len()).rev().collect() } else { (0..lines.len()).collect() };
    let candidates: Vec<Candidate> = order.into_iter().flat_map(|row| candidates(row, &lines[row], is_turned)).collect();
    let scores: Vec<Vec<Scores>> = candidates.iter().map(|candidate| candidate.scores.clone()).collect();
    let reading = decode(&scores)?;
    let length = reading.format().length();
    let outline = |line: &crate::identity::Line| {
        let candidate = &candidates[line.source];
        lines[candidate.row].outline(candidate.first, length, is_turned)
    };
    let outlines = reading.lines().iter().map(outline).collect();
    Some((reading, outlines))
}

/// The cells of `line` that are likeliest to be a whole line of each length that is about as long.
fn candidates(row: usize, line: &Line, is_turned: bool) -> Vec<Candidate> {
    let lengths: std::collections::BTreeSet<usize> = Format::ALL.iter().map(|format| format.length()).collect();
    let printed = line.printed.len() as isize;
    let fitting = lengths.into_iter().filter(|length| (*length as isize - printed).abs() <= SLACK);
    let fitting: Vec<usize> = fitting.collect();
    if fitting.is_empty() {
        return Vec::new();
    }
    let cells = line.cells(is_turned);
    let glyph: Vec<f32> = cells.iter().map(|cell| odds_of_glyph(cell)).collect();
    let candidate = |length: usize| {
        let starts = 0..=cells.len().checked_sub(length)?;
        let evidence = |start: &usize| glyph[*start..start + length].iter().sum::<f32>();
        let first = starts.max_by(|a, b| evidence(a).total_cmp(&evidence(b)))?;
        let scores = cells[first..first + length].iter().map(|cell| cell.scores).collect();
        Some(Candidate { row, first, scores })
    };
    fitting.into_iter().filter_map(candidate).collect()
}

fn odds_of_glyph(cell: &Cell) -> f32 {
    let glyph = (-cell.blank.exp()).ln_1p();
    (glyph - cell.blank).clamp(-SUREST, SUREST)
}
