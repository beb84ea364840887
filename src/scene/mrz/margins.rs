//! How far a line of a zone lies off the sides of what it stands on: ICAO Doc 9303 leaves two to three characters free.

use crate::geometry::Point;
use crate::geometry::Quad;

/// Characters between a line and the border of the photo below which the line may go on beyond it.
const CUT: f64 = 0.75;
/// Characters of a line that may seem to lie beyond the border: its ends are known to a fraction of one.
const BEYOND: f64 = 0.25;
/// Characters between a whole line and the side of the document at most; 1.9 are free on a card, 2.7 on a page.
const WIDEST: f64 = 4.0;

/// Room at both ends of a line, characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Margins([f64; 2]);

impl Margins {
    /// Of a line with so many `characters` whose `outline` (corners from the beginning of the line, tops first) lies in a frame of
    /// that width and height.
    pub(super) fn of(outline: &Quad, characters: usize, frame: (f64, f64)) -> Self {
        let [a, b, c, d] = outline.0;
        let [start, end] = [a.towards(d, 0.5), b.towards(c, 0.5)];
        let pitch = (end - start).length() / characters.max(1) as f64;
        let along = (end - start).unit();
        Self([room(start, along * -1.0, frame), room(end, along, frame)].map(|room| room / pitch))
    }

    /// Whether the line reaches beyond the frame.
    pub(super) fn are_exceeded(self) -> bool {
        self.0.iter().any(|room| *room < -BEYOND)
    }

    /// Whether the line may go on beyond the frame.
    pub(super) fn are_cut(self) -> bool {
        self.0.iter().any(|room| *room < CUT)
    }

    /// Whether as little is free on both sides as beside a whole line: more is where a hand or a lamp hides some of it.
    pub(super) fn are_usual(self) -> bool {
        !self.are_cut() && self.0.iter().all(|room| *room <= WIDEST)
    }
}

/// The way from `point` along the step `along` to where it leaves a frame of that size; negative where the point lies outside.
fn room(point: Point, along: Point, (width, height): (f64, f64)) -> f64 {
    let way = |at: f64, step: f64, length: f64| match step {
        step if step > 0.0 => (length - at) / step,
        step if step < 0.0 => -at / step,
        _ => f64::INFINITY,
    };
    way(point.x, along.x, width).min(way(point.y, along.y, height))
}

#[cfg(test)]
mod tests {
    use super::Margins;
    use crate::geometry::Point;
    use crate::geometry::Quad;

    /// A line of 30 characters of 10 pixels that begins at column `x`.
    fn line(x: f64) -> Quad {
        Quad::rectangle(300.0, 12.0).map(|corner| corner + Point::new(x, 50.0))
    }

    #[test]
    fn a_line_in_the_middle_of_a_card_is_whole() {
        let margins = Margins::of(&line(20.0), 30, (340.0, 100.0));
        assert_eq!(margins, Margins([2.0, 2.0]));
        assert!(margins.are_usual() && !margins.are_cut() && !margins.are_exceeded());
    }

    #[test]
    fn a_line_at_the_border_may_go_on_beyond_it() {
        for (x, width, is_beyond) in
            [(5.0, 340.0, false), (20.0, 325.0, false), (-30.0, 400.0, true), (20.0, 310.0, true)]
        {
            let margins = Margins::of(&line(x), 30, (width, 100.0));
            assert!(margins.are_cut() && margins.are_exceeded() == is_beyond, "{x} {width}");
        }
    }

    #[test]
    fn a_line_far_off_one_side_is_partly_hidden_whichever_way_it_runs() {
        let (flat, steep) = (line(100.0), line(100.0).map(|corner| Point::new(100.0 - corner.y, corner.x)));
        for margins in [Margins::of(&flat, 30, (420.0, 100.0)), Margins::of(&steep, 30, (100.0, 420.0))] {
            assert_eq!(margins, Margins([10.0, 2.0]));
            assert!(!margins.are_usual() && !margins.are_cut());
        }
    }
}
