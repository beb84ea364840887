//! Drawing in a plane measured in millimetres (or any unit): filled paths with exact area coverage, soft blobs, tints.

use crate::synth::colour::Rgb;
use crate::synth::colour::byte_of_linear;
use crate::synth::colour::linear;
use crate::synth::colour::linear_of_byte;
use crate::synth::path::Path;
use crate::synth::path::Point;

/// An affine map: `[a b c; d e f]`, x' = a x + b y + c.
#[derive(Clone, Copy, Debug)]
pub(super) struct Affine(pub(super) [f32; 6]);

impl Affine {
    pub(super) fn scale(s: f32) -> Self {
        Self([s, 0.0, 0.0, 0.0, s, 0.0])
    }

    /// First turned by (`sin`, `cos`), then scaled, then moved.
    pub(super) fn place(origin: Point, scale: f32, (sin, cos): (f32, f32)) -> Self {
        Self([scale * cos, -scale * sin, origin[0], scale * sin, scale * cos, origin[1]])
    }

    pub(super) fn apply(&self, p: Point) -> Point {
        let m = &self.0;
        [m[0] * p[0] + m[1] * p[1] + m[2], m[3] * p[0] + m[4] * p[1] + m[5]]
    }

    /// `inner` first, then `self`.
    pub(super) fn after(&self, inner: &Self) -> Self {
        let (m, n) = (&self.0, &inner.0);
        let o = self.apply([n[2], n[5]]);
        Self([
            m[0] * n[0] + m[1] * n[3],
            m[0] * n[1] + m[1] * n[4],
            o[0],
            m[3] * n[0] + m[4] * n[3],
            m[3] * n[1] + m[4] * n[4],
            o[1],
        ])
    }

    fn stretch(&self) -> f32 {
        let m = &self.0;
        (m[0] * m[4] - m[1] * m[3]).abs().sqrt()
    }
}

/// A raster of sRGB bytes that is drawn on in user units.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<Rgb>,
    to_pixels: Affine,
}

impl Canvas {
    /// A canvas of `w` x `h` units at `density` pixels per unit.
    pub(super) fn new(w: f32, h: f32, density: f32, paper: Rgb) -> Self {
        let (width, height) = ((w * density).round().max(1.0) as usize, (h * density).round().max(1.0) as usize);
        Self { width, height, pixels: vec![paper; width * height], to_pixels: Affine::scale(density) }
    }

    /// Draws in a part of the canvas that has its own units.
    pub(super) fn within(&mut self, inner: Affine, draw: impl FnOnce(&mut Self)) {
        let outer = self.to_pixels;
        self.to_pixels = outer.after(&inner);
        draw(self);
        self.to_pixels = outer;
    }

    /// Pixels per unit as drawn now.
    pub(super) fn density(&self) -> f32 {
        self.to_pixels.stretch()
    }

    pub(super) fn fill(&mut self, path: &Path, colour: Rgb, alpha: f32) {
        let Some(coverage) = self.coverage(path) else { return };
        let ink = linear(colour);
        for (row, shares) in coverage.shares.chunks_exact(coverage.width).enumerate() {
            let start = (coverage.top + row) * self.width + coverage.left;
            for (pixel, share) in self.pixels[start..start + coverage.width].iter_mut().zip(shares) {
                blend(pixel, ink, colour, share * alpha);
            }
        }
    }

    /// Draws many lines as one coat of ink: where they cross, the ink is no thicker.
    pub(super) fn coat(&mut self, lines: &[Vec<Point>], width: f32, colour: Rgb, alpha: f32) {
        let mut coat = vec![0_u8; self.width * self.height];
        // Short overlapping pieces, because the work grows with the box around a piece.
        for piece in
            lines.iter().flat_map(|line| (0..line.len() - 1).step_by(20).map(|i| &line[i..line.len().min(i + 22)]))
        {
            let Some(coverage) = self.coverage(&Path::stroke(piece, width)) else { continue };
            for (row, shares) in coverage.shares.chunks_exact(coverage.width).enumerate() {
                let start = (coverage.top + row) * self.width + coverage.left;
                for (level, share) in coat[start..start + coverage.width].iter_mut().zip(shares) {
                    *level = (*level).max((share * 255.0) as u8);
                }
            }
        }
        let ink = linear(colour);
        for (pixel, level) in self.pixels.iter_mut().zip(coat) {
            blend(pixel, ink, colour, f32::from(level) / 255.0 * alpha);
        }
    }

    pub(super) fn stroke(&mut self, points: &[Point], width: f32, colour: Rgb, alpha: f32) {
        self.fill(&Path::stroke(points, width), colour, alpha);
    }

    /// A blob that fades from its centre (`alpha`) to nothing at the radii.
    pub(super) fn blob(&mut self, centre: Point, radii: Point, colour: Rgb, alpha: f32) {
        let [rx, ry] = radii;
        let corners = [[-rx, -ry], [rx, -ry], [rx, ry], [-rx, ry]]
            .map(|d| self.to_pixels.apply([centre[0] + d[0], centre[1] + d[1]]));
        let Some((left, top, right, bottom)) = bounds(&corners, self.width, self.height) else { return };
        let m = self.to_pixels.0;
        let det = m[0] * m[4] - m[1] * m[3];
        let c = self.to_pixels.apply(centre);
        let ink = linear(colour);
        for y in top..bottom {
            for x in left..right {
                let (dx, dy) = (x as f32 + 0.5 - c[0], y as f32 + 0.5 - c[1]);
                let (u, v) = ((m[4] * dx - m[1] * dy) / det / rx, (m[0] * dy - m[3] * dx) / det / ry);
                let fade = (1.0 - u * u - v * v).max(0.0);
                blend(&mut self.pixels[y * self.width + x], ink, colour, fade * fade * alpha);
            }
        }
    }

    /// Recolours every pixel from its unit coordinates.
    pub(super) fn shade(&mut self, colour: impl Fn(Point, Rgb) -> Rgb) {
        let step = 1.0 / self.density();
        for (y, row) in self.pixels.chunks_exact_mut(self.width).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel = colour([(x as f32 + 0.5) * step, (y as f32 + 0.5) * step], *pixel);
            }
        }
    }

    fn coverage(&self, path: &Path) -> Option<Coverage> {
        let path = path.map(|p| self.to_pixels.apply(p));
        let all: Vec<Point> = path.contours.iter().flatten().copied().collect();
        let (left, top, right, bottom) = bounds(&all, self.width, self.height)?;
        let mut area = Accumulator::new(left, top, right - left, bottom - top);
        for contour in &path.contours {
            for (i, &point) in contour.iter().enumerate() {
                area.edge(point, contour[(i + 1) % contour.len()]);
            }
        }
        Some(area.finish())
    }
}

/// The share of each pixel of a raster that lies within `path`, which is measured in pixels; row after row.
pub(super) fn shares(path: &Path, width: usize, height: usize) -> Vec<f32> {
    let mut area = Accumulator::new(0, 0, width, height);
    for contour in &path.contours {
        for (i, &point) in contour.iter().enumerate() {
            area.edge(point, contour[(i + 1) % contour.len()]);
        }
    }
    area.finish().shares
}

fn bounds(points: &[Point], width: usize, height: usize) -> Option<(usize, usize, usize, usize)> {
    let fold = |axis: usize, start: f32, pick: fn(f32, f32) -> f32| points.iter().map(|p| p[axis]).fold(start, pick);
    let left = fold(0, f32::MAX, f32::min).floor().max(0.0) as usize;
    let top = fold(1, f32::MAX, f32::min).floor().max(0.0) as usize;
    let right = (fold(0, f32::MIN, f32::max).ceil().max(0.0) as usize).min(width);
    let bottom = (fold(1, f32::MIN, f32::max).ceil().max(0.0) as usize).min(height);
    (left < right && top < bottom).then_some((left, top, right, bottom))
}

fn blend(pixel: &mut Rgb, ink: [f32; 3], colour: Rgb, share: f32) {
    if share >= 0.998 {
        *pixel = colour;
    } else if share > 0.002 {
        let table = linear_of_byte();
        for (code, ink) in pixel.iter_mut().zip(ink) {
            let paper = table[usize::from(*code)];
            *code = byte_of_linear(paper + (ink - paper) * share);
        }
    }
}

struct Coverage {
    left: usize,
    top: usize,
    width: usize,
    shares: Vec<f32>,
}

/// Exact signed area coverage (the method of `font-rs` and `stb_truetype`): each edge adds its area to the cells it crosses,
/// a running sum along the row turns it into coverage.
struct Accumulator {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    cells: Vec<f32>,
}

impl Accumulator {
    fn new(left: usize, top: usize, width: usize, height: usize) -> Self {
        Self { left, top, width, height, cells: vec![0.0; (width + 2) * height] }
    }

    fn edge(&mut self, a: Point, b: Point) {
        let offset = |p: Point| [p[0] - self.left as f32, p[1] - self.top as f32];
        let (a, b) = (offset(a), offset(b));
        if a[1].total_cmp(&b[1]).is_eq() {
            return;
        }
        let (direction, low, high) = if a[1] < b[1] { (1.0, a, b) } else { (-1.0, b, a) };
        let slope = (high[0] - low[0]) / (high[1] - low[1]);
        let (first, last) = (low[1].max(0.0), high[1].min(self.height as f32));
        let mut y = first;
        while y < last {
            let row = y as usize;
            let next = last.min(row as f32 + 1.0);
            let (x0, x1) = (low[0] + (y - low[1]) * slope, low[0] + (next - low[1]) * slope);
            self.span(row, x0.min(x1), x0.max(x1), direction * (next - y));
            y = next;
        }
    }

    /// Adds an edge piece of signed height `dy` that runs from `x0` to `x1` within one row.
    fn span(&mut self, row: usize, x0: f32, x1: f32, dy: f32) {
        let limit = self.width as f32;
        let (x0, x1) = (x0.clamp(0.0, limit), x1.clamp(0.0, limit));
        let cells = &mut self.cells[row * (self.width + 2)..(row + 1) * (self.width + 2)];
        let (first, last) = (x0 as usize, x1 as usize);
        if first == last {
            let inside = 1.0 - (f32::midpoint(x0, x1) - first as f32);
            cells[first] += dy * inside;
            cells[first + 1] += dy * (1.0 - inside);
            return;
        }
        let per_column = dy / (x1 - x0);
        let mut before = 0.0;
        for (column, cell) in cells.iter_mut().enumerate().take(last + 1).skip(first) {
            let (from, to) = (x0.max(column as f32), x1.min(column as f32 + 1.0));
            // Area to the right of the edge within this cell, and full coverage beyond it.
            let covered = per_column * (to - from) * (1.0 - (f32::midpoint(from, to) - column as f32));
            let full_before = per_column * (from - x0);
            *cell += covered + full_before - before;
            before = covered + full_before;
        }
        cells[last + 1] += dy - before;
    }

    fn finish(self) -> Coverage {
        let mut shares = Vec::with_capacity(self.width * self.height);
        for row in self.cells.chunks_exact(self.width + 2) {
            let mut sum = 0.0;
            for cell in &row[..self.width] {
                sum += cell;
                shares.push(sum.abs().min(1.0));
            }
        }
        Coverage { left: self.left, top: self.top, width: self.width, shares }
    }
}

#[cfg(test)]
mod tests {
    use super::Canvas;
    use crate::synth::path::Path;

    fn red(canvas: &Canvas) -> Vec<u8> {
        canvas.pixels.iter().map(|p| p[0]).collect()
    }

    #[test]
    fn a_square_on_the_grid_covers_whole_pixels() {
        let mut canvas = Canvas::new(4.0, 3.0, 1.0, [255; 3]);
        canvas.fill(&Path::rectangle(1.0, 1.0, 2.0, 1.0), [0; 3], 1.0);
        assert_eq!(red(&canvas), [255, 255, 255, 255, 255, 0, 0, 255, 255, 255, 255, 255]);
    }

    #[test]
    fn half_a_pixel_is_half_the_light() {
        let mut canvas = Canvas::new(3.0, 1.0, 1.0, [255; 3]);
        canvas.fill(&Path::rectangle(0.5, 0.0, 2.0, 1.0), [0; 3], 1.0);
        assert_eq!(red(&canvas), [188, 0, 188]);
    }

    #[test]
    fn a_triangle_covers_half_its_box() {
        let mut canvas = Canvas::new(10.0, 10.0, 1.0, [255; 3]);
        canvas.fill(&Path::polygon(&[[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]]), [0; 3], 1.0);
        assert_eq!(canvas.pixels[0], [0; 3]);
        assert_eq!(canvas.pixels[99], [255; 3]);
        assert_eq!(canvas.pixels[5 * 10 + 4], [188; 3]);
    }

    #[test]
    fn what_lies_outside_is_not_drawn() {
        let mut canvas = Canvas::new(2.0, 2.0, 1.0, [255; 3]);
        canvas.fill(&Path::rectangle(-5.0, -5.0, 2.0, 2.0), [0; 3], 1.0);
        canvas.fill(&Path::rectangle(-5.0, -5.0, 6.0, 20.0), [0; 3], 1.0);
        assert_eq!(red(&canvas), [0, 255, 0, 255]);
    }
}
