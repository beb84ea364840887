use std::cell::OnceCell;
use std::collections::BTreeSet;
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
use crate::scene::mrz::rows::Row;
use crate::scene::mrz::rows::rows;

/// The whole photo is searched at that many pixels along its longer side; the shortest lines that are found then have 30
/// characters of 8 pixels.
const FRAME: f64 = 1400.0;
/// The same of strips, photos so many times as long as high: lines that span them have capitals of 22 to 33 pixels, and
/// from about 40 on glyphs are too large for the squares in which ink is told from its ground.
const STRIP: f64 = 1000.0;
const STRIP_RATIO: f64 = 3.0;
/// Pixels of that raster to a nominal millimetre: as if a passport filled it.
const FRAME_DENSITY: f64 = FRAME / 125.0;
/// Rows that are divided into cells at most: the longest; pages of letters have more.
const MOST_ROWS: usize = 8;
/// Rows that are divided before all others: lines of a zone are longer than most print, and there are three of them at most.
const LONGEST_ROWS: usize = 4;
/// Rows that are read first, those whose cells are told apart best: mostly the lines of the zone.
const FIRST_ROWS: usize = 3;
/// Rows, and cells of each, that are tried either way up.
const TRIED_ROWS: usize = 2;
const TRIED: usize = 6;
/// Cells by which print may go beyond a line, and fall short of it: some of it may be hidden or not joined.
const LONGER: isize = 3;
const SHORTER: isize = 10;
/// Cells that are read at either end beyond those that a line may lack.
const BEYOND: isize = 1;
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
        let cut = |row: &Row| Flat::new(row, |map, width, height| rectified.cut(photo, map, width, height));
        let fit = |(place, row): &(usize, Row)| Line::fit(*place, cut(row)?);
        let rows = longest_first(rows(text));
        let (longest, others) = rows.split_at(rows.len().min(LONGEST_ROWS));
        let mut lines: Vec<Line> = longest.iter().filter_map(fit).collect();
        let (reading, outlines) = if let Some(whole) = read_clearest(&mut lines).filter(is_whole) {
            whole
        } else {
            lines.extend(others.iter().filter_map(fit));
            read_clearest(&mut lines).filter(is_whole).or_else(|| read(&lines, is_turned(&lines)))?
        };
        let lines = outlines.iter().map(|line| line.map(|corner| rectified.to_photo.apply(corner))).collect();
        Some(Self { reading, lines })
    }

    /// Whether every line of its format was read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lines.len() == self.reading.format().lines()
    }

    /// The zone anywhere in `photo`, as on a scan or a bare strip, or `None` where there is none to read.
    #[must_use]
    pub fn in_frame(photo: &Photo) -> Option<Self> {
        let frame = frame(photo)?;
        Self::on_document(photo, &frame, &Text::of(&frame))
    }
}

/// The cells of the longest row of print in `photo`, in the order of reading: those that are likeliest a whole line of one of the
/// formats, each read on its own, whatever it may spell. For strips that show one line only, which bear too few check digits to
/// be told from other text; `None` where there is no row of cells as long as a line.
#[must_use]
pub fn read_strip(photo: &Photo) -> Option<Vec<Cell>> {
    let frame = frame(photo)?;
    let (_, row) = longest_first(rows(&Text::of(&frame))).into_iter().next()?;
    let flat = Flat::new(&row, |map, width, height| frame.cut(photo, map, width, height))?;
    let line = Line::fit(0, flat)?;
    let cells = line.cells(is_turned(std::slice::from_ref(&line)));
    let windows = line.lengths().into_iter().filter_map(|length| likeliest(cells, length));
    let evidence = |window: &Range<usize>| cells[window.clone()].iter().map(odds_of_glyph).sum::<f32>();
    let window = windows.max_by(|one, other| evidence(one).total_cmp(&evidence(other)))?;
    Some(cells[window].to_vec())
}

/// The raster of the whole photo in which lines are sought.
fn frame(photo: &Photo) -> Option<Rectified> {
    let (width, height) = photo.upright_size();
    let is_strip = f64::from(width.max(height)) >= STRIP_RATIO * f64::from(width.min(height));
    Rectified::frame(photo, if is_strip { STRIP } else { FRAME }, FRAME_DENSITY)
}

/// The [`MOST_ROWS`] longest of `rows`, each after its place among all.
fn longest_first(rows: Vec<Row>) -> Vec<(usize, Row)> {
    let characters = |row: &Row| row.length() / row.height;
    let mut rows: Vec<(usize, Row)> = rows.into_iter().enumerate().collect();
    rows.sort_by(|(_, one), (_, other)| characters(other).total_cmp(&characters(one)));
    rows.truncate(MOST_ROWS);
    rows
}

/// What the [`FIRST_ROWS`] of `lines` say whose cells are told apart best; those come first afterwards.
fn read_clearest(lines: &mut [Line]) -> Option<(Reading, Vec<Quad>)> {
    lines.sort_by(|one, other| one.grid.between.total_cmp(&other.grid.between));
    read(&lines[..lines.len().min(FIRST_ROWS)], is_turned(lines))
}

fn is_whole((reading, outlines): &(Reading, Vec<Quad>)) -> bool {
    outlines.len() == reading.format().lines()
}

/// A row of print with its cells.
struct Line {
    /// Its place among the rows, from the upper side of the text to the lower one.
    place: usize,
    flat: Flat,
    grid: Grid,
    printed: Range<isize>,
    /// Its cells either way up, once they are read.
    cells: [OnceCell<Vec<Cell>>; 2],
}

impl Line {
    fn fit(place: usize, flat: Flat) -> Option<Self> {
        let (grid, printed) = Grid::fit(&flat)?;
        let line = Self { place, flat, grid, printed, cells: [OnceCell::new(), OnceCell::new()] };
        (!line.lengths().is_empty()).then_some(line)
    }

    /// How surely some cells in the middle are glyphs when seen that way up, natural logs of probabilities.
    fn legibility(&self, is_turned: bool) -> f32 {
        let middle = isize::midpoint(self.printed.start, self.printed.end);
        let first = middle - TRIED as isize / 2;
        let cells = classify(&self.flat.strip(&self.grid, first, TRIED, is_turned));
        cells.iter().map(|cell| cell.scores.iter().copied().fold(f32::MIN, f32::max)).sum()
    }

    /// The lengths of lines that the row may be.
    fn lengths(&self) -> Vec<usize> {
        let printed = self.printed.len() as isize;
        let lengths: BTreeSet<usize> = Format::ALL.iter().map(|format| format.length()).collect();
        let fits = |length: &usize| (printed - LONGER..=printed + SHORTER).contains(&(*length as isize));
        lengths.into_iter().filter(fits).collect()
    }

    /// The cells, in the order of reading.
    fn cells(&self, is_turned: bool) -> &[Cell] {
        let range = self.range();
        let read = || classify(&self.flat.strip(&self.grid, range.start, range.len(), is_turned));
        self.cells[usize::from(is_turned)].get_or_init(read)
    }

    /// The cells that are read: the printed ones and those that the longest line it may be reaches beyond.
    fn range(&self) -> Range<isize> {
        let longest = self.lengths().last().map_or(0, |length| *length as isize);
        let beyond = (longest - self.printed.len() as isize).max(0) + BEYOND;
        self.printed.start - beyond..self.printed.end + beyond
    }

    /// The outline of the cells from the one at place `first` in the order of reading on.
    fn outline(&self, first: usize, length: usize, is_turned: bool) -> Quad {
        let range = self.range();
        let (first, length) = (first as isize, length as isize);
        let from = if is_turned { range.end - first - length } else { range.start + first };
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

/// Whether the line that reads most surely stands on its head.
fn is_turned(lines: &[Line]) -> bool {
    let legibility = |is_turned| {
        lines.iter().take(TRIED_ROWS).map(|line| line.legibility(is_turned)).fold(f32::NEG_INFINITY, f32::max)
    };
    legibility(true) > legibility(false)
}

fn read(lines: &[Line], is_turned: bool) -> Option<(Reading, Vec<Quad>)> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|row| lines[*row].place);
    if is_turned {
        order.reverse();
    }
    let candidates: Vec<Candidate> =
        order.into_iter().flat_map(|row| candidates(row, &lines[row], is_turned)).collect();
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
    let cells = line.cells(is_turned);
    let candidate = |length: usize| {
        let window = likeliest(cells, length)?;
        Some(Candidate { row, first: window.start, scores: cells[window].iter().map(|cell| cell.scores).collect() })
    };
    line.lengths().into_iter().filter_map(candidate).collect()
}

/// Where the `length` cells that are likeliest glyphs stand.
fn likeliest(cells: &[Cell], length: usize) -> Option<Range<usize>> {
    let glyph: Vec<f32> = cells.iter().map(odds_of_glyph).collect();
    let starts = 0..=cells.len().checked_sub(length)?;
    let evidence = |start: &usize| glyph[*start..start + length].iter().sum::<f32>();
    let first = starts.max_by(|a, b| evidence(a).total_cmp(&evidence(b)))?;
    Some(first..first + length)
}

fn odds_of_glyph(cell: &Cell) -> f32 {
    let glyph = (-cell.blank.exp()).ln_1p();
    (glyph - cell.blank).clamp(-SUREST, SUREST)
}

#[cfg(test)]
mod tests {
    use super::Mrz;
    use super::longest_first;
    use crate::geometry::Point;
    use crate::photo::FileFacts;
    use crate::photo::Limits;
    use crate::photo::decode;
    use crate::scene::mrz::rows::Row;

    #[test]
    fn the_longest_rows_come_first_and_keep_their_places() {
        let row = |length: f64| Row { from: Point::default(), to: Point::new(length, 0.0), height: 10.0 };
        let places = |lengths: &[f64]| -> Vec<usize> {
            longest_first(lengths.iter().map(|length| row(*length)).collect()).iter().map(|(place, _)| *place).collect()
        };
        assert_eq!(places(&[200.0, 440.0, 300.0]), [1, 2, 0]);
        assert_eq!(places(&[300.0; 12]).len(), 8);
    }

    #[test]
    fn there_is_nothing_to_read_in_noise() {
        let (width, height) = (600_u32, 400_u32);
        let noise = (0..width * height).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&noise.collect::<Vec<u8>>()).unwrap();
        writer.finish().unwrap();
        let photo = decode(&bytes, FileFacts::read(&bytes), &Limits::default()).unwrap();
        assert!(Mrz::in_frame(&photo).is_none());
    }
}
