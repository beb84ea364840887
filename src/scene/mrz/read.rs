use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::identity::FILLER;
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
use crate::scene::mrz::margins::Margins;
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
const TRIED: isize = 6;
/// Cells by which print may go beyond a line, and fall short of it: some of it may be hidden or not joined.
const LONGER: usize = 3;
const SHORTER: usize = 10;
/// Cells that are read at either end beyond those that a line may lack.
const BEYOND: isize = 1;
/// Natural log of the odds of a glyph that one cell may have at most, either way: one cell alone decides nothing.
const SUREST: f32 = 4.0;
/// Fillers in a row by which a line of a zone is known, and the natural log of the share of a cell's probability that they have.
const FILLERS: usize = 5;
const SURE_FILLER: f32 = -0.1;
/// Characters by which the length of such a line may be off.
const UNCERTAIN: usize = 1;
/// The document code of passports.
const PASSPORT: char = 'P';

/// A machine-readable zone that was read.
#[derive(Clone, Debug)]
pub struct Mrz {
    /// What it says.
    pub reading: Reading,
    /// The lines that were read, in pixels of the upright photo; corners from the beginning of the line, tops first.
    pub lines: Vec<Quad>,
}

impl Mrz {
    /// Lines that lie in the upright photo of that size from end to end, over those that the format has, 0–1.
    #[must_use]
    pub fn lines_in_photo(&self, photo: (u32, u32)) -> f64 {
        let seen = self.margins(photo).filter(|margins| !margins.are_exceeded()).count();
        seen as f64 / self.reading.format().lines() as f64
    }

    /// Whether these may be lines of a passport that the border of the photo cuts: what is left of them begins as those of a card
    /// (TD2) do, and all but the last check digit are at the same places.
    fn is_part_of_longer(&self, photo: (u32, u32)) -> bool {
        let is_in_doubt = !self.reading.all_digits_hold() || self.reading.document_code() == Some(PASSPORT);
        let is_shorter = self.reading.format().length() == Format::Td2.length();
        is_shorter && is_in_doubt && self.margins(photo).any(Margins::are_cut)
    }

    /// The room beside each line in the upright photo of that size.
    fn margins(&self, (width, height): (u32, u32)) -> impl Iterator<Item = Margins> {
        let frame = (f64::from(width), f64::from(height));
        self.lines.iter().map(move |line| Margins::of(line, self.reading.format().length(), frame))
    }
}

/// What was found of a machine-readable zone.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    /// The zone, where it can be read.
    pub mrz: Option<Mrz>,
    /// Characters of its lines, where some print looks like one that cannot be read.
    unread: Option<usize>,
}

impl Zone {
    /// The zone in the print on the `rectified` document.
    #[must_use]
    pub fn on_document(photo: &Photo, rectified: &Rectified, text: &Text) -> Self {
        let cut = |row: &Row| Flat::new(row, |map, width, height| rectified.cut(photo, map, width, height));
        let fit = |(place, row): &(usize, Row)| Line::fit(*place, cut(row)?);
        let rows = longest_first(rows(text));
        let (longest, others) = rows.split_at(rows.len().min(LONGEST_ROWS));
        let mut lines: Vec<Line> = longest.iter().filter_map(fit).collect();
        let is_whole = |(reading, _): &(Reading, Vec<Quad>)| reading.is_whole();
        let found = read_clearest(&mut lines).filter(is_whole).or_else(|| {
            lines.extend(others.iter().filter_map(fit));
            read_clearest(&mut lines).filter(is_whole).or_else(|| read(&lines, is_turned(&lines)))
        });
        let to_photo = |line: &Quad| line.map(|corner| rectified.to_photo.apply(corner));
        let mrz = found.map(|(reading, lines)| Mrz { reading, lines: lines.iter().map(to_photo).collect() });
        let zone = Self { mrz: mrz.filter(|mrz| !mrz.is_part_of_longer(photo.upright_size())), unread: None };
        let frame = (rectified.luma.width() as f64, rectified.luma.height() as f64);
        let unread = if zone.trusted().is_none() { length_of_any(&lines, frame) } else { None };
        Self { unread, ..zone }
    }

    /// What it says, where most of its check digits hold.
    #[must_use]
    pub fn trusted(&self) -> Option<&Reading> {
        self.mrz.as_ref().map(|mrz| &mrz.reading).filter(|reading| !reading.is_contradicted())
    }

    /// Characters of its lines, whether they can be read or not; `None` where no print looks like one.
    #[must_use]
    pub fn length(&self) -> Option<usize> {
        self.trusted().map(|reading| reading.format().length()).or(self.unread)
    }

    /// The zone anywhere in `photo`, as on a scan or a bare strip.
    #[must_use]
    pub fn in_frame(photo: &Photo) -> Self {
        frame(photo).map_or_else(Self::default, |frame| Self::on_document(photo, &frame, &Text::of(&frame)))
    }

    /// What this one and one that was found in another way tell together.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let evidence = |one: &Mrz, other: &Mrz| one.reading.evidence().total_cmp(&other.reading.evidence());
        Self { mrz: self.mrz.into_iter().chain(other.mrz).max_by(evidence), unread: self.unread.or(other.unread) }
    }

    /// Whether every line of its format was read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.mrz.as_ref().is_some_and(|mrz| mrz.reading.is_whole())
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
    let is_turned = is_turned(std::slice::from_ref(&line));
    let cells = line.cells(is_turned);
    let evidence = |window: &Range<usize>| cells[window.clone()].iter().map(odds_of_glyph).sum::<f32>();
    let window = line.windows(is_turned).max_by(|one, other| evidence(one).total_cmp(&evidence(other)))?;
    Some(cells[window].to_vec())
}

/// The raster of the whole photo in which lines are sought.
fn frame(photo: &Photo) -> Option<Rectified> {
    let (width, height) = photo.upright_size();
    let is_strip = f64::from(width.max(height)) >= STRIP_RATIO * f64::from(width.min(height));
    if is_strip {
        Rectified::frame(photo, STRIP, FRAME_DENSITY)
    } else {
        Rectified::about_frame(photo, FRAME, FRAME_DENSITY)
    }
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

/// A row of print with its cells.
struct Line {
    /// Its place among the rows, from the upper side of the text to the lower one.
    place: usize,
    flat: Flat,
    grid: Grid,
    /// Lengths of lines that it may be, the longest last.
    lengths: Vec<usize>,
    /// The cells that are read: the printed ones and those that the longest of these lines reaches beyond.
    range: Range<isize>,
    /// Cells in its middle that are tried either way up.
    tried: Range<isize>,
    /// Its cells either way up, and how surely those in the middle are glyphs, once they are read.
    cells: [OnceCell<Vec<Cell>>; 2],
    legibility: [OnceCell<f32>; 2],
}

impl Line {
    fn fit(place: usize, flat: Flat) -> Option<Self> {
        let (grid, printed) = Grid::fit(&flat)?;
        let lengths = lengths(printed.len());
        let beyond = lengths.last()?.saturating_sub(printed.len()) as isize + BEYOND;
        let first = isize::midpoint(printed.start, printed.end) - TRIED / 2;
        Some(Self {
            place,
            flat,
            grid,
            lengths,
            range: printed.start - beyond..printed.end + beyond,
            tried: first..first + TRIED,
            cells: <[OnceCell<_>; 2]>::default(),
            legibility: <[OnceCell<_>; 2]>::default(),
        })
    }

    /// How surely some cells in the middle are glyphs when seen that way up, natural logs of probabilities.
    fn legibility(&self, is_turned: bool) -> f32 {
        let surest = |cell: &Cell| cell.scores.iter().copied().fold(f32::MIN, f32::max);
        let tried = || self.read(&self.tried, is_turned).iter().map(surest).sum();
        *self.legibility[usize::from(is_turned)].get_or_init(tried)
    }

    /// The cells, in the order of reading.
    fn cells(&self, is_turned: bool) -> &[Cell] {
        self.cells[usize::from(is_turned)].get_or_init(|| self.read(&self.range, is_turned))
    }

    /// Of each length of a line that it may be, the places of the cells that are likeliest that line.
    fn windows(&self, is_turned: bool) -> impl Iterator<Item = Range<usize>> {
        self.lengths.iter().filter_map(move |length| likeliest(self.cells(is_turned), *length))
    }

    fn read(&self, range: &Range<isize>, is_turned: bool) -> Vec<Cell> {
        classify(&self.flat.strip(&self.grid, range.start, range.len(), is_turned))
    }

    /// The outline of the cells at the places `window` in the order of reading.
    fn outline(&self, window: &Range<usize>, is_turned: bool) -> Quad {
        let range = &self.range;
        let (first, length) = (window.start as isize, window.len() as isize);
        let from = if is_turned { range.end - first - length } else { range.start + first };
        let [left, right] = [from, from + length].map(|at| self.grid.place(at as f64));
        let corner = |x: f64, up: f64| self.flat.to_source.apply(Point::new(x, self.grid.foot(x) - up));
        let top = self.grid.capital;
        let quad = Quad([corner(left, top), corner(right, top), corner(right, 0.0), corner(left, 0.0)]);
        if is_turned { quad.turned(2) } else { quad }
    }
}

/// The lengths of lines that so many printed cells may be, in order.
fn lengths(printed: usize) -> Vec<usize> {
    let lengths: BTreeSet<usize> = Format::ALL.iter().map(|format| format.length()).collect();
    let fits = |length: &usize| (printed.saturating_sub(LONGER)..=printed + SHORTER).contains(length);
    lengths.into_iter().filter(fits).collect()
}

/// Whether the line that reads most surely stands on its head.
fn is_turned(lines: &[Line]) -> bool {
    let legibility = |is_turned| {
        lines.iter().take(TRIED_ROWS).map(|line| line.legibility(is_turned)).fold(f32::NEG_INFINITY, f32::max)
    };
    legibility(true) > legibility(false)
}

fn read(lines: &[Line], is_turned: bool) -> Option<(Reading, Vec<Quad>)> {
    let mut lines: Vec<&Line> = lines.iter().collect();
    lines.sort_by_key(|line| line.place);
    if is_turned {
        lines.reverse();
    }
    let windows: Vec<(&Line, Range<usize>)> =
        lines.into_iter().flat_map(|line| line.windows(is_turned).map(move |window| (line, window))).collect();
    let scores = |(line, window): &(&Line, Range<usize>)| -> Vec<Scores> {
        line.cells(is_turned)[window.clone()].iter().map(|cell| cell.scores).collect()
    };
    let reading = decode(&windows.iter().map(scores).collect::<Vec<_>>())?;
    let read = reading.lines().iter().map(|read| &windows[read.source]);
    let outlines = read.map(|(line, window)| line.outline(window, is_turned)).collect();
    Some((reading, outlines))
}

/// Where the `length` cells that are likeliest glyphs stand.
fn likeliest(cells: &[Cell], length: usize) -> Option<Range<usize>> {
    let glyph: Vec<f32> = cells.iter().map(odds_of_glyph).collect();
    let starts = 0..=cells.len().checked_sub(length)?;
    let evidence = |start: &usize| glyph[*start..start + length].iter().sum::<f32>();
    let first = starts.max_by(|a, b| evidence(a).total_cmp(&evidence(b)))?;
    Some(first..first + length)
}

/// Characters of the lines of a zone of which the clearest of `lines` looks like one, on a document of that width and height. What is
/// left of a longer line, which a hand or the border of the photo hides, is none.
fn length_of_any(lines: &[Line], document: (f64, f64)) -> Option<usize> {
    let is_turned = is_turned(lines);
    lines.iter().find_map(|line| {
        let (length, glyphs) = length_of_zone(line.cells(is_turned))?;
        let margins = || Margins::of(&line.outline(&glyphs, is_turned), glyphs.len(), document);
        (length == Format::Td3.length() || margins().are_usual()).then_some(length)
    })
}

/// Characters of the lines of a zone of which `cells` look like one, whatever it says, and where they stand: as many glyphs in a row,
/// and some fillers in a row among them, which no other print has.
fn length_of_zone(cells: &[Cell]) -> Option<(usize, Range<usize>)> {
    let glyphs = longest_run(cells, |cell| odds_of_glyph(cell) > 0.0);
    let fillers = longest_run(&cells[glyphs.clone()], |cell| cell.scores[FILLER] > SURE_FILLER);
    let mut lengths = Format::ALL.iter().map(|format| format.length());
    let near = lengths.find(|length| length.abs_diff(glyphs.len()) <= UNCERTAIN);
    near.filter(|_| fillers.len() >= FILLERS).map(|length| (length, glyphs))
}

/// The longest run of cells that `fits`.
fn longest_run(cells: &[Cell], fits: impl Fn(&Cell) -> bool) -> Range<usize> {
    let (mut longest, mut start) = (0..0, 0);
    for (at, cell) in cells.iter().enumerate() {
        if !fits(cell) {
            start = at + 1;
        } else if at + 1 - start > longest.len() {
            longest = start..at + 1;
        }
    }
    longest
}

fn odds_of_glyph(cell: &Cell) -> f32 {
    let glyph = (-cell.blank.exp()).ln_1p();
    (glyph - cell.blank).clamp(-SUREST, SUREST)
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use super::length_of_zone;
    use super::longest_first;
    use crate::geometry::Point;
    use crate::identity::GLYPHS;
    use crate::identity::glyph;
    use crate::photo::FileFacts;
    use crate::photo::Limits;
    use crate::photo::decode;
    use crate::scene::mrz::classify::Cell;
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

    /// Cells that show these characters for sure, and none where there is a space.
    fn cells(text: &str) -> Vec<Cell> {
        let cell = |character| match glyph(character) {
            Some(shown) => {
                Cell { scores: std::array::from_fn(|at| if at == shown { 0.0 } else { -20.0 }), blank: -20.0 }
            }
            None => Cell { scores: [-3.6; GLYPHS.len()], blank: -1e-6 },
        };
        text.chars().map(cell).collect()
    }

    #[test]
    fn a_line_is_known_by_its_length_and_its_fillers_whatever_it_says() {
        let length = |text: &str| length_of_zone(&cells(text)).map(|(length, _)| length);
        let line = |length: usize| format!("  {:<<length$} ", "LINE<1");
        assert_eq!([30, 36, 44].map(|characters| length(&line(characters))), [30, 36, 44].map(Some));
        assert_eq!(length(&line(43)), Some(44));
        assert_eq!(length(&line(40)), None);
        assert_eq!(length(&"A".repeat(44)), None);
        assert_eq!(length("  "), None);
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
        let zone = Zone::in_frame(&photo);
        assert!(zone.mrz.is_none() && zone.length().is_none());
    }
}
