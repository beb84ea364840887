//! Long rows of print, in which a machine-readable zone is sought.

use crate::geometry::Point;
use crate::scene::surface::Text;
use crate::scene::surface::TextLine;

/// Least length of a row, in heights of its capitals: 17 of the 30 characters of the shortest line.
const SHORTEST: f64 = 17.0;
/// Pieces of a row lie at most so many heights apart: a stamp or a lamp may hide some characters.
const GAP: f64 = 6.0;
/// Pieces of a row overlap by at most so many heights.
const OVERLAP: f64 = 1.0;
/// Pieces of a row lie within so many heights of each other's baseline.
const OFFSET: f64 = 0.35;
/// Greatest ratio of the heights of pieces of a row.
const RATIO: f64 = 1.4;

/// A row of print, from one end of its middle line to the other; which end is its beginning is not known.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene) struct Row {
    pub(super) from: Point,
    pub(super) to: Point,
    /// Height of its capitals.
    pub(in crate::scene) height: f64,
}

impl Row {
    fn of(line: &TextLine, is_sideways: bool) -> Self {
        let [a, b, c, d] = line.corners.0;
        let [from, to] = if is_sideways { [[a, b], [d, c]] } else { [[a, d], [b, c]] };
        Self { from: from[0].towards(from[1], 0.5), to: to[0].towards(to[1], 0.5), height: line.cap_height }
    }

    pub(in crate::scene) fn length(&self) -> f64 {
        (self.to - self.from).length()
    }

    /// The step of length 1 along the row.
    pub(super) fn along(&self) -> Point {
        (self.to - self.from).unit()
    }

    /// The row that this piece and a later one make, or `None` where they are none.
    fn joined(&self, other: &Self) -> Option<Self> {
        let [low, high] = [self.height.min(other.height), self.height.max(other.height)];
        let step = other.from - self.to;
        // Most pieces are of other heights or far away.
        if high > RATIO * low || step.length() > (GAP + OFFSET) * high {
            return None;
        }
        let longer = if self.length() > other.length() { self } else { other };
        let along = longer.along();
        let (gap, offset) = (step.dot(along), step.cross(along).abs());
        let is_one = (-OVERLAP * high..=GAP * high).contains(&gap) && offset <= OFFSET * high;
        is_one.then_some(Self { from: self.from, to: other.to, height: longer.height })
    }
}

/// The rows of dark print in `text` that are long enough for a line of a zone or a good part of it, pieces joined; from the upper
/// side of the text to its lower one.
pub(in crate::scene) fn rows(text: &Text) -> Vec<Row> {
    let dark = text.lines.iter().filter(|line| !line.is_light && line.cap_height > 1.0);
    let mut rows: Vec<Row> = dark.map(|line| Row::of(line, text.is_sideways)).collect();
    while let Some((one, other, joined)) = next_pair(&rows) {
        rows[one] = joined;
        rows.swap_remove(other);
    }
    rows.retain(|row| row.length() >= SHORTEST * row.height);
    let place = |row: &Row| if text.is_sideways { -row.from.x } else { row.from.y };
    rows.sort_by(|one, other| place(one).total_cmp(&place(other)));
    rows
}

fn next_pair(rows: &[Row]) -> Option<(usize, usize, Row)> {
    let pairs = (0..rows.len()).flat_map(|one| (0..rows.len()).map(move |other| (one, other)));
    pairs
        .filter(|(one, other)| one != other)
        .find_map(|(one, other)| Some((one, other, rows[one].joined(&rows[other])?)))
}

#[cfg(test)]
mod tests {
    use super::Row;
    use crate::geometry::Point;

    /// A piece 10 pixels high from column `from` to column `to` at row `y`.
    fn piece(from: f64, to: f64, y: f64) -> Row {
        Row { from: Point::new(from, y), to: Point::new(to, y), height: 10.0 }
    }

    #[test]
    fn pieces_on_one_baseline_are_one_row() {
        let joined = piece(0.0, 100.0, 50.0).joined(&piece(140.0, 300.0, 52.0)).unwrap();
        assert_eq!((joined.from, joined.to), (Point::new(0.0, 50.0), Point::new(300.0, 52.0)));
    }

    #[test]
    fn pieces_far_apart_on_other_lines_or_of_other_heights_are_not() {
        let first = piece(0.0, 100.0, 50.0);
        assert!(first.joined(&piece(170.0, 300.0, 50.0)).is_none());
        assert!(first.joined(&piece(110.0, 300.0, 55.0)).is_none());
        assert!(first.joined(&piece(50.0, 300.0, 50.0)).is_none());
        assert!(first.joined(&Row { height: 15.0, ..piece(110.0, 300.0, 50.0) }).is_none());
    }
}
