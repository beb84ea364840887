//! Components that could be glyphs.

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Component;
use crate::pixels::LIGHT;
use crate::pixels::Plane;
use crate::scene::Rectified;

/// Least height, pixels of the raster: below it letters are specks.
const LEAST_PX: f64 = 3.5;
/// Least and greatest height, mm.
const HEIGHTS_MM: [f64; 2] = [0.45, 6.5];
/// Greatest width in heights: whole words run together where a photo is blurred.
const WIDEST: f64 = 14.0;
/// Least share of the box that is ink.
const LEAST_INK: f64 = 0.1;

/// A glyph, or a few that touch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    /// Share of its box that is ink.
    pub(super) ink: f64,
    /// Span of the grey levels on and beside its strokes.
    pub(super) depth: f64,
    pub(super) is_light: bool,
}

impl Glyph {
    fn new(component: &Component, luma: &Plane) -> Self {
        let [left, top, right, bottom] =
            [component.left, component.top, component.right, component.bottom].map(f64::from);
        Self {
            left,
            top,
            right,
            bottom,
            ink: f64::from(component.area) / ((right - left) * (bottom - top)),
            depth: depth(component, luma),
            is_light: component.value == LIGHT,
        }
    }

    /// The same box with rows and columns swapped.
    fn transposed(self) -> Self {
        Self { left: self.top, top: self.left, right: self.bottom, bottom: self.right, ..self }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The row of its middle.
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    /// Whether it is no more than an upright stroke, like an I and the bar of a bar code.
    pub(super) fn is_bar(&self) -> bool {
        self.width() < 0.35 * self.height() && self.ink > 0.75
    }

    /// Whether it is a rule or a redaction rather than letters that run together.
    fn is_rule(&self) -> bool {
        self.width() > 3.0 * self.height() && self.ink > 0.7
    }

    /// How many glyphs would fit.
    pub(super) fn count(&self) -> f64 {
        (self.width() / (0.8 * self.height())).round().max(1.0)
    }
}

/// Span of the grey levels in three rows through `component`.
fn depth(component: &Component, luma: &Plane) -> f64 {
    let columns = component.left.saturating_sub(1) as usize..(component.right as usize + 1).min(luma.width());
    let (mut low, mut high) = (u8::MAX, 0);
    for part in 1..4 {
        let row = component.top + part * component.height() / 4;
        for &sample in &luma.row(row as usize)[columns.clone()] {
            (low, high) = (low.min(sample), high.max(sample));
        }
    }
    f64::from(high.saturating_sub(low))
}

/// Those of `components` that lie in the frame and outside the `barcode` (corners in pixels of the raster).
pub(super) fn seen(components: &[Component], rectified: &Rectified, barcode: Option<&Quad>) -> Vec<Glyph> {
    let is_seen = |component: &&Component| {
        [component.top, component.bottom - 1].iter().all(|&row| {
            let seen = &rectified.visible[row as usize];
            seen.start <= component.left as usize && component.right as usize <= seen.end
        })
    };
    // What is too small or too large either way is not worth a look.
    let sides = least_height(rectified.px_per_mm)..WIDEST * HEIGHTS_MM[1] * rectified.px_per_mm;
    let is_sizable = |component: &&Component| sides.contains(&f64::from(component.width().max(component.height())));
    let is_outside = |component: &&Component| barcode.is_none_or(|quad| !quad.contains(middle(component)));
    let chosen = components.iter().filter(is_sizable).filter(is_seen).filter(is_outside);
    chosen.map(|component| Glyph::new(component, &rectified.luma)).collect()
}

fn middle(component: &Component) -> Point {
    let [left, top, right, bottom] = [component.left, component.top, component.right, component.bottom].map(f64::from);
    Point::new(f64::midpoint(left, right), f64::midpoint(top, bottom))
}

/// Those of `boxes` that have the size and shape of glyphs in lines along the rows, or along the columns where
/// `is_sideways`; then with rows and columns swapped. From left to right.
pub(super) fn candidates(boxes: &[Glyph], is_sideways: bool, px_per_mm: f64) -> Vec<Glyph> {
    let heights = least_height(px_per_mm)..HEIGHTS_MM[1] * px_per_mm;
    let is_glyph = |glyph: &Glyph| {
        heights.contains(&glyph.height())
            && glyph.width() < WIDEST * glyph.height()
            && glyph.ink > LEAST_INK
            && !glyph.is_rule()
    };
    let boxes = boxes.iter().map(|glyph| if is_sideways { glyph.transposed() } else { *glyph });
    let mut glyphs: Vec<Glyph> = boxes.filter(is_glyph).collect();
    glyphs.sort_by(|one, other| one.left.total_cmp(&other.left));
    glyphs
}

fn least_height(px_per_mm: f64) -> f64 {
    (HEIGHTS_MM[0] * px_per_mm).max(LEAST_PX)
}
