//! Reading a symbol of which it is known where it lies.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use rxing::Point as Vertex;
use rxing::common::BitMatrix;
use rxing::pdf417::decoder::pdf_417_scanning_decoder;
use rxing::pdf417::detector::pdf_417_detector;

use super::guard::START_MODULES;
use super::guard::STOP_MODULES;
use super::ink;
use super::symbol::Symbol;
use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Plane;
use crate::scene::document::sampled;

/// Modules of white left and right of the symbol.
const QUIET: u32 = 2;
/// Modules of a codeword.
const CODEWORD: u32 = 17;
/// Samples along a bar over those of the same length across it: rows are at least three modules high.
const DOWN: f64 = 0.75;
/// Samples from top to bottom at most.
const HIGHEST: f64 = 1200.0;

/// Samples a module that pictures of bare symbols are taken to have.
const FINE: f32 = 2.0;

/// A way to make black and white of a symbol.
struct Try {
    /// Samples a module.
    module: u32,
    /// How much the threshold follows the line, see [`ink::black`].
    local: f32,
    shape: Shape,
}

/// What is taken for the outline of the symbol.
#[derive(Clone, Copy)]
enum Shape {
    /// Its ends as they are seen.
    Seen,
    /// Both ends as high as the higher one.
    Straight,
    /// Both as high as the region: parts of an end may be hidden.
    Whole,
    /// As seen, in a mirror.
    Mirrored,
}

/// In the order of trying.
const TRIES: [Try; 6] = [
    Try { module: 4, local: 0.5, shape: Shape::Seen },
    Try { module: 4, local: 0.5, shape: Shape::Straight },
    Try { module: 3, local: 0.8, shape: Shape::Seen },
    Try { module: 5, local: 0.2, shape: Shape::Seen },
    Try { module: 4, local: 0.5, shape: Shape::Whole },
    Try { module: 4, local: 0.5, shape: Shape::Mirrored },
];

/// The text of `symbol` in `plane`; `None` where it cannot be read.
pub(super) fn read(plane: &Plane, symbol: &Symbol) -> Option<String> {
    TRIES.iter().find_map(|way| {
        let raster = raster(plane, symbol, way)?;
        decode(&ink::black(&raster, way.module as f32, way.local)?, way.module, symbol)
    })
}

/// The symbol with modules of whole samples, and white on both sides.
fn raster(plane: &Plane, symbol: &Symbol, way: &Try) -> Option<Plane> {
    let Quad([a, b, c, d]) = match way.shape {
        Shape::Straight => symbol.straight,
        Shape::Whole => symbol.whole,
        Shape::Seen | Shape::Mirrored => symbol.quad,
    };
    let corners = if matches!(way.shape, Shape::Mirrored) { Quad([d, c, b, a]) } else { Quad([a, b, c, d]) };
    let [across, down] = [(b - a).length().max((c - d).length()), (d - a).length().max((c - b).length())];
    let width = f64::from(symbol.modules * way.module);
    let height = (width * down / across * DOWN).clamp(4.0, HIGHEST).round();
    let quiet = f64::from(QUIET * way.module);
    let inner = Quad::rectangle(width, height).map(|corner| corner + Point::new(quiet, 0.0));
    let map = Homography::between(&inner, &corners)?;
    sampled(plane, &map, (width + 2.0 * quiet) as usize, height as usize)
}

/// The text of the symbol in `matrix`.
fn decode(matrix: &BitMatrix, module: u32, symbol: &Symbol) -> Option<String> {
    let left = ((QUIET + START_MODULES) * module) as f32;
    let right = matrix.width() as f32 - ((QUIET + STOP_MODULES) * module) as f32;
    let bottom = matrix.height() as f32 - 1.0;
    let corners = |x: f32, is_seen: bool| [0.0, bottom].map(|y| is_seen.then(|| Vertex::new(x, y)));
    let [[top_left, bottom_left], [top_right, bottom_right]] =
        [corners(left, symbol.seen[0]), corners(right, symbol.seen[1])];
    let width = CODEWORD * module;
    decode_between(matrix, [top_left, bottom_left, top_right, bottom_right], [width - 2, width + 2])
}

/// The text of the codewords between corners (top left, bottom left, top right, bottom right), of these least and greatest
/// widths. The decoder takes some things about damaged symbols for granted, and panics where they do not hold: such a symbol
/// is unread.
fn decode_between(matrix: &BitMatrix, corners: [Option<Vertex>; 4], [least, most]: [u32; 2]) -> Option<String> {
    let [top_left, bottom_left, top_right, bottom_right] = corners;
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        pdf_417_scanning_decoder::decode(matrix, top_left, bottom_left, top_right, bottom_right, least, most)
    }));
    Some(decoded.ok()?.ok()?.getText().to_owned())
}

/// The text of the first symbol that the decoder's own search finds in the whole of `plane`, turned by quarters.
pub(super) fn anywhere(plane: &Plane) -> Option<String> {
    let mut matrix = ink::black(plane, FINE, 0.0)?;
    for _ in 0..4 {
        let found = catch_unwind(AssertUnwindSafe(|| pdf_417_detector::detect(false, &matrix)));
        if let Some(vertices) = found.ok().flatten().and_then(|found| found.first().copied()) {
            let corners = [4, 5, 6, 7].map(|at| vertices[at]);
            if let Some(text) = decode_between(&matrix, corners, codeword_widths(&vertices)) {
                return Some(text);
            }
        }
        matrix.rotate90();
    }
    None
}

/// Least and greatest width of a codeword that the start and stop patterns tell, samples.
fn codeword_widths(vertices: &[Option<Vertex>; 8]) -> [u32; 2] {
    let width = |one: usize, other: usize| Some((vertices[one]?.x - vertices[other]?.x).abs() as u32);
    let stop = |width: Option<u32>| Some(width? * CODEWORD / STOP_MODULES);
    let all = [width(0, 4), width(1, 5), stop(width(6, 2)), stop(width(7, 3))];
    let known = || all.iter().flatten().copied();
    [known().min().unwrap_or(u32::MAX), known().max().unwrap_or(0)]
}
