//! Text from embedded outlines. Their origin and licences: `assets/NOTICE.md`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::synth::canvas::Affine;
use crate::synth::canvas::Canvas;
use crate::synth::canvas::shares;
use crate::synth::colour::Rgb;
use crate::synth::path::Path;
use crate::synth::path::Point;
use crate::synth::path::turn;

/// The embedded typefaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A condensed sans serif.
    Sans,
    /// The same, bold.
    SansBold,
    /// A condensed serif.
    Serif,
    /// The typeface of machine-readable zones.
    OcrB,
}

/// Pitch of the machine-readable zone, mm (ICAO 9303-3).
pub(super) const MRZ_PITCH_MM: f32 = 2.54;

/// Height of capitals in pitches: 713 of 723 units in `assets/ocr_b.outlines`.
const MRZ_CAP_HEIGHT: f32 = 0.986;

struct Font {
    cap_height: f32,
    glyphs: BTreeMap<char, Glyph>,
}

struct Glyph {
    advance: f32,
    outline: Path,
}

fn font(face: Face) -> &'static Font {
    static FONTS: [OnceLock<Font>; 4] = [const { OnceLock::new() }; 4];
    let (slot, text) = match face {
        Face::Sans => (0, include_str!("assets/sans.outlines")),
        Face::SansBold => (1, include_str!("assets/sans_bold.outlines")),
        Face::Serif => (2, include_str!("assets/serif.outlines")),
        Face::OcrB => (3, include_str!("assets/ocr_b.outlines")),
    };
    FONTS[slot].get_or_init(|| parse(text))
}

/// Draws `text` with its baseline starting at `origin` and capitals `cap_height` units high; returns its width.
pub(super) fn draw(
    canvas: &mut Canvas,
    face: Face,
    text: &str,
    origin: Point,
    cap_height: f32,
    ink: (Rgb, f32),
) -> f32 {
    let font = font(face);
    let scale = cap_height / font.cap_height;
    let mut x = origin[0];
    for glyph in text.chars().filter_map(|character| font.glyphs.get(&character)) {
        canvas.within(Affine::place([x, origin[1]], scale, turn(0.0)), |canvas| {
            canvas.fill(&glyph.outline, ink.0, ink.1);
        });
        x += glyph.advance * scale;
    }
    x - origin[0]
}

/// Width of `text` in units, set as by [`draw`].
pub(super) fn width(face: Face, text: &str, cap_height: f32) -> f32 {
    let font = font(face);
    let advance: f32 =
        text.chars().filter_map(|character| font.glyphs.get(&character)).map(|glyph| glyph.advance).sum();
    advance * cap_height / font.cap_height
}

/// Draws one line of a machine-readable zone, in millimetres, at its standard pitch and size.
pub(super) fn draw_mrz_line(canvas: &mut Canvas, line: &str, origin: Point, ink: (Rgb, f32)) {
    let font = font(Face::OcrB);
    let advance = font.glyphs.get(&'<').map_or(1.0, |glyph| glyph.advance);
    draw(canvas, Face::OcrB, line, origin, MRZ_PITCH_MM / advance * font.cap_height, ink);
}

/// Prints a glyph in each cell of a line: the share of ink, 0–1, in each pixel of a raster of `width` x `height`.
///
/// `place` says where on the raster, in pixels, a point of the glyph in a cell lies. It is given the cell's number and the
/// point in pitches: x from the cell's left edge, y from the line's foot downwards, capitals 0.986 high. Strokes are `weight`
/// pitches wider than drawn, or narrower. Other characters than the face has leave their cell empty.
///
/// ```
/// use kyclint::synth::{Face, print_cells};
///
/// let ink = print_cells(Face::OcrB, "I1", 0.0, [40, 24], |cell, [x, y]| [20.0 * (cell as f32 + x), 22.0 + 20.0 * y]);
/// assert!(ink[12 * 40 + 9] > 0.9);
/// assert_eq!(ink[12 * 40], 0.0);
/// ```
#[must_use]
pub fn print_cells(
    face: Face,
    text: &str,
    weight: f32,
    [width, height]: [usize; 2],
    place: impl Fn(usize, Point) -> Point,
) -> Vec<f32> {
    let font = font(face);
    let scale = MRZ_CAP_HEIGHT / font.cap_height;
    let mut all = Path::default();
    for (cell, character) in text.chars().enumerate() {
        let Some(glyph) = font.glyphs.get(&character) else { continue };
        let pitches = glyph.outline.map(|point| point.map(|value| value * scale));
        all.contours.extend(pitches.widened(weight / 2.0).map(|point| place(cell, point)).contours);
    }
    shares(&all, width, height)
}

fn parse(text: &str) -> Font {
    let mut lines = text.lines();
    let cap_height = lines.next().and_then(|line| line.parse().ok()).unwrap_or(700.0);
    Font { cap_height, glyphs: lines.filter_map(parse_glyph).collect() }
}

fn parse_glyph(line: &str) -> Option<(char, Glyph)> {
    let mut words = line.split_whitespace();
    let character = char::from_u32(u32::from_str_radix(words.next()?, 16).ok()?)?;
    let advance = words.next()?.parse().ok()?;
    let mut outline = Path::default();
    let mut contour: Vec<Point> = Vec::new();
    while let Some(operator) = words.next() {
        let mut point = || Some([words.next()?.parse().ok()?, -words.next()?.parse::<f32>().ok()?]);
        match operator {
            "M" => contour = vec![point()?],
            "L" => contour.push(point()?),
            "Q" => quadratic(&mut contour, point()?, point()?),
            "C" => cubic(&mut contour, point()?, point()?, point()?),
            "Z" => outline.contours.push(std::mem::take(&mut contour)),
            _ => return None,
        }
    }
    Some((character, Glyph { advance, outline }))
}

fn quadratic(contour: &mut Vec<Point>, control: Point, end: Point) {
    let Some(&start) = contour.last() else { return };
    let toward = |p: Point| [0, 1].map(|i| p[i] + (control[i] - p[i]) * 2.0 / 3.0);
    cubic(contour, toward(start), toward(end), end);
}

fn cubic(contour: &mut Vec<Point>, first: Point, second: Point, end: Point) {
    let Some(&start) = contour.last() else { return };
    contour.extend((1..=8_u8).map(|step| {
        let t = f32::from(step) / 8.0;
        let s = 1.0 - t;
        [0, 1].map(|i| {
            s * s * s * start[i] + 3.0 * s * s * t * first[i] + 3.0 * s * t * t * second[i] + t * t * t * end[i]
        })
    }));
}

#[cfg(test)]
mod tests {
    use super::Face;
    use super::draw_mrz_line;
    use super::font;
    use super::width;
    use crate::synth::canvas::Canvas;

    #[test]
    fn the_mrz_face_has_its_37_characters_at_one_pitch() {
        let font = font(Face::OcrB);
        assert_eq!(font.glyphs.len(), 37);
        assert!(font.glyphs.values().all(|glyph| (glyph.advance - 723.0).abs() < 1.0));
    }

    #[test]
    fn a_td3_line_is_44_pitches_wide() {
        let mut canvas = Canvas::new(120.0, 6.0, 4.0, [255; 3]);
        draw_mrz_line(&mut canvas, &"0".repeat(44), [2.0, 5.0], ([0; 3], 1.0));
        let inked = |x: usize| (0..canvas.height).any(|y| canvas.pixels[y * canvas.width + x][0] < 128);
        let right = (0..canvas.width).rev().find(|&x| inked(x)).unwrap();
        assert!((right as f32 / 4.0 - (2.0 + 44.0 * 2.54)).abs() < 1.0, "{right}");
    }

    #[test]
    fn every_printable_character_is_drawn() {
        for face in [Face::Sans, Face::SansBold, Face::Serif] {
            assert_eq!(font(face).glyphs.len(), 95);
            assert!(width(face, "M", 1.0) > width(face, "i", 1.0));
        }
    }
}
