//! Lines of print on the rectified document.

mod glyphs;
mod lines;
mod measure;

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Plane;
use crate::pixels::components;
use crate::pixels::minority;
use crate::pixels::transpose;
use crate::scene::Rectified;
use crate::scene::document::least_stretch;
use lines::Line;
use measure::Measured;

/// Side of the squares over which the level and spread of the ground are taken, three by three of them, mm.
const SQUARE_MM: f64 = 0.9;
/// Ink lies so many standard deviations off the mean of its surroundings: halfway to the ground where a fifth of it is ink.
const DEVIATIONS: f32 = 0.75;
/// And at least so many grey levels.
const FLOOR: f32 = 6.0;
/// How much more evidence there must be for lines along the columns.
const SIDEWAYS: f64 = 1.5;
/// Share of the text, by area, that is taken to be real print.
const INKED_SHARE: f64 = 0.3;
/// Lines with less than this share of its contrast are no print.
const PALEST: f64 = 0.3;
/// The same before contrasts are measured, of the span of grey levels.
const FAINTEST: f64 = 0.2;

/// Lines are no print where the average glyph stands in a line of fewer: wood, cloth and noise make many short ones
/// (3.6 to 6.1 in nine of ten photos of bare tables and patterns in which anything was found), documents 7 and more.
const LEAST_LENGTH: f64 = 6.3;

/// The lines of print that can be told from the rectified document, top to bottom.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Lines along the rows of the raster, or along its columns where most text does; upright or upside down.
    pub lines: Vec<TextLine>,
    /// Whether they run along the columns of the raster.
    pub is_sideways: bool,
}

/// A row of glyphs on one baseline.
#[derive(Clone, Debug)]
pub struct TextLine {
    /// Its corners in pixels of the raster, from the top of the capitals down to the baseline, clockwise from the top left.
    pub corners: Quad,
    /// Glyphs told apart, or as many as would fit where they run into one another.
    pub glyphs: usize,
    /// Height of its capitals and figures, pixels of the raster.
    pub cap_height: f64,
    /// The same in millimetres of the document (nominal where its size is not known).
    pub cap_height_mm: f64,
    /// The same in pixels of the photo, as many as it has in the direction that is most foreshortened there.
    pub cap_height_photo: f64,
    /// Contrast of ink and ground where strokes are strongest, in linear light: their difference over the lighter one, 0–1.
    /// What blur has taken is given back as far as the spread of the ink tells it.
    pub contrast: f64,
    /// Whether it is light print on dark ground.
    pub is_light: bool,
}

impl Text {
    /// The text on `rectified`.
    ///
    /// Pixels darker or lighter than most of their surroundings are joined to components; those of the size of glyphs that
    /// stand side by side on a baseline make a line.
    #[must_use]
    pub fn of(rectified: &Rectified) -> Self {
        Self::outside(rectified, None)
    }

    /// The text on `rectified` outside the `barcode` (corners in pixels of the photo), whose modules would pass for print.
    #[must_use]
    pub fn outside(rectified: &Rectified, barcode: Option<&Quad>) -> Self {
        let barcode = barcode.zip(rectified.to_photo.inverse());
        let barcode = barcode.map(|(quad, to_raster)| quad.map(|corner| to_raster.apply(corner)));
        let side = (SQUARE_MM * rectified.px_per_mm).round().max(3.0) as usize;
        let marks = minority(&rectified.luma, side, DEVIATIONS, FLOOR);
        let boxes = glyphs::seen(&components(&marks), rectified, barcode.as_ref());
        let [along, across] = [false, true].map(|is_sideways| {
            let mut lines = lines::group(glyphs::candidates(&boxes, is_sideways, rectified.px_per_mm));
            discard_pale(&mut lines, FAINTEST, |line| (line.depth, weight(line.count(), line.cap_height)));
            lines
        });
        let is_sideways = lines::evidence(&across) > SIDEWAYS * lines::evidence(&along);
        let mut found = if is_sideways {
            measured(&across, &transpose(&rectified.luma), &transpose(&marks))
        } else {
            measured(&along, &rectified.luma, &marks)
        };
        discard_pale(&mut found, PALEST, |(line, found)| (found.seen_contrast, weight(line.count(), found.cap_height)));
        let line = |(line, found): (&Line, Measured)| TextLine::new(line, &found, rectified, is_sideways);
        let mut lines: Vec<TextLine> = found.into_iter().map(line).collect();
        if typical_length(&lines) < LEAST_LENGTH {
            lines.clear();
        }
        lines.sort_by(|one, other| one.corners.0[0].y.total_cmp(&other.corners.0[0].y));
        Self { lines, is_sideways }
    }

    /// Glyphs in all lines.
    #[must_use]
    pub fn glyphs(&self) -> usize {
        self.lines.iter().map(|line| line.glyphs).sum()
    }

    /// The value that lines with `share` of the print, by area, do not surpass; `None` where there are no lines.
    #[must_use]
    pub fn quantile(&self, value: fn(&TextLine) -> f64, share: f64) -> Option<f64> {
        let mut values: Vec<(f64, f64)> = self.lines.iter().map(|line| (value(line), line.weight())).collect();
        values.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let mut wanted = share * values.iter().map(|(_, weight)| weight).sum::<f64>();
        let reached = values.iter().find(|(_, weight)| {
            wanted -= weight;
            wanted <= 0.0
        });
        reached.or(values.last()).map(|(value, _)| *value)
    }
}

fn measured<'a>(lines: &'a [Line], luma: &Plane, marks: &Plane) -> Vec<(&'a Line, Measured)> {
    lines.iter().filter_map(|line| Some((line, measure::measure(line, luma, marks)?))).collect()
}

/// Discards lines with less than `share` of the strength of the stronger ones: patterns of the ground that happen to
/// look like glyphs. `strength` tells that of a line and its weight.
fn discard_pale<T>(lines: &mut Vec<T>, share: f64, strength: impl Fn(&T) -> (f64, f64)) {
    let mut strengths: Vec<(f64, f64)> = lines.iter().map(&strength).collect();
    strengths.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
    let mut stronger = INKED_SHARE * strengths.iter().map(|(_, weight)| weight).sum::<f64>();
    let typical = strengths.iter().find(|(_, weight)| {
        stronger -= weight;
        stronger <= 0.0
    });
    if let Some(&(typical, _)) = typical {
        lines.retain(|line| strength(line).0 >= share * typical);
    }
}

/// Glyphs in the line in which the average glyph stands.
fn typical_length(lines: &[TextLine]) -> f64 {
    let sum = |power| lines.iter().map(|line| (line.glyphs as f64).powi(power)).sum::<f64>();
    sum(2) / sum(1).max(1.0)
}

/// Area of so many glyphs, pixels of the raster.
fn weight(glyphs: usize, cap_height: f64) -> f64 {
    glyphs as f64 * cap_height * cap_height
}

impl TextLine {
    /// Area of its glyphs, pixels of the raster: large print counts for more than captions.
    #[must_use]
    pub fn weight(&self) -> f64 {
        weight(self.glyphs, self.cap_height)
    }

    fn new(line: &Line, found: &Measured, rectified: &Rectified, is_sideways: bool) -> Self {
        let [left, right] = [line.left(), line.right()];
        let corner = |x: f64, above: f64| {
            Point::new(x, found.baseline + line.slope * (x - found.middle) - above * found.cap_height)
        };
        let [a, b, c, d] = [corner(left, 1.0), corner(right, 1.0), corner(right, 0.0), corner(left, 0.0)];
        let swapped = |point: Point| Point::new(point.y, point.x);
        let corners = Quad(if is_sideways { [a, d, c, b].map(swapped) } else { [a, b, c, d] });
        let middle = corners.0.into_iter().fold(Point::default(), |sum, corner| sum + corner * 0.25);
        Self {
            corners,
            glyphs: line.count(),
            cap_height: found.cap_height,
            cap_height_mm: found.cap_height / rectified.px_per_mm,
            cap_height_photo: found.cap_height * least_stretch(rectified.to_photo.jacobian(middle)),
            contrast: found.contrast,
            is_light: line.is_light,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Text;
    use crate::geometry::Homography;
    use crate::geometry::Quad;
    use crate::pixels::Plane;
    use crate::pixels::transpose;
    use crate::scene::Rectified;

    const WIDTH: usize = 400;
    const HEIGHT: usize = 250;

    /// A raster of 10 pixels a millimetre, of which the photo has two for each.
    fn rectified(luma: Plane) -> Rectified {
        let (width, height) = (luma.width(), luma.height());
        let [raster, photo] = [1.0, 2.0].map(|scale| Quad::rectangle(scale * width as f64, scale * height as f64));
        let to_photo = Homography::between(&raster, &photo).unwrap();
        Rectified { luma, px_per_mm: 10.0, to_photo, visible: vec![0..width; height] }
    }

    /// Four lines of twelve letters like E, 20 pixels high, their strokes 4 wide.
    fn letters(ground: u8, ink: u8) -> Plane {
        let is_ink = |x: usize, y: usize| {
            let (x, y) = (x.wrapping_sub(40), y.wrapping_sub(20));
            let (in_x, in_y) = (x % 24, y % 50);
            x < 12 * 24 && y < 200 && in_x < 14 && in_y < 20 && (in_x < 4 || !(4..16).contains(&in_y))
        };
        let sample = |at: usize| if is_ink(at % WIDTH, at / WIDTH) { ink } else { ground };
        Plane::new(WIDTH, HEIGHT, (0..WIDTH * HEIGHT).map(sample).collect())
    }

    #[test]
    fn lines_of_letters_are_found_with_their_height() {
        let text = Text::of(&rectified(letters(200, 30)));
        assert_eq!(text.lines.iter().map(|line| line.glyphs).collect::<Vec<_>>(), [12; 4]);
        let first = &text.lines[0];
        assert!((first.cap_height_mm - 2.0).abs() < 0.05, "{first:?}");
        assert!((first.cap_height_photo - 40.0).abs() < 1.0 && !first.is_light);
        assert!((first.corners.0[2].y - 40.0).abs() < 0.6 && (first.corners.0[3].x - 40.0).abs() < 1.0);
    }

    #[test]
    fn light_letters_on_dark_ground_are_found_too() {
        let text = Text::of(&rectified(letters(30, 200)));
        assert_eq!(text.glyphs(), 48);
        assert!(text.lines.iter().all(|line| line.is_light && line.contrast > 0.9));
    }

    #[test]
    fn lines_along_the_columns_are_found_too() {
        let text = Text::of(&rectified(transpose(&letters(200, 30))));
        assert!(text.is_sideways);
        assert_eq!(text.glyphs(), 48);
        let [a, b, ..] = text.lines[0].corners.0;
        assert!((a.y - b.y).abs() < 1.0 && (b.x - a.x).abs() < 21.0);
    }

    #[test]
    fn paler_ink_has_less_contrast() {
        let contrast = |ink| Text::of(&rectified(letters(200, ink))).quantile(|line| line.contrast, 0.5).unwrap();
        let found = [30, 100, 150, 180].map(contrast);
        assert!(found.is_sorted_by(|one, other| one > other), "{found:?}");
        assert!(found[0] > 0.95 && found[3] < 0.3);
    }

    #[test]
    fn bars_and_blank_paper_are_no_text() {
        let bars = (0..WIDTH * HEIGHT).map(|at| if at % WIDTH % 9 < 3 && at / WIDTH % 60 < 40 { 20 } else { 220 });
        for samples in [bars.collect(), vec![0; WIDTH * HEIGHT], vec![255; WIDTH * HEIGHT]] {
            let text = Text::of(&rectified(Plane::new(WIDTH, HEIGHT, samples)));
            assert!(text.lines.is_empty(), "{:?}", text.lines.first());
        }
    }

    #[test]
    fn what_lies_outside_the_frame_is_no_text() {
        let mut cut = rectified(letters(200, 30));
        cut.visible[100..].fill(0..0);
        assert_eq!(Text::of(&cut).lines.len(), 2);
    }

    #[test]
    fn what_lies_in_a_barcode_is_no_text() {
        let barcode = Quad::rectangle(800.0, 200.0);
        assert_eq!(Text::outside(&rectified(letters(200, 30)), Some(&barcode)).lines.len(), 2);
    }

    #[test]
    fn tiny_rasters_have_no_text() {
        for (width, height) in [(1, 1), (1, 40), (40, 1), (3, 3)] {
            let text = Text::of(&rectified(Plane::new(width, height, vec![90; width * height])));
            assert!(text.quantile(|line| line.contrast, 0.5).is_none());
        }
    }
}
