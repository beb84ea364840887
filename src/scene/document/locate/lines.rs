//! Straight lines through many edge points: a Hough transform directed by the gradient (O'Gorman and Clowes 1976) over
//! edge points of several scales, each peak refined by least squares.

use std::ops::Range;

use super::edges::EdgePoint;

/// Bins of the direction, one degree each.
const ANGLES: usize = 180;

/// Width of a bin of the distance, pixels of the search raster.
const RHO: f32 = 1.5;

/// A line `normal · p = rho`, coordinates of the search raster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) normal: [f32; 2],
    pub(super) rho: f32,
}

impl Line {
    pub(super) fn at_angle(angle: f32, rho: f32) -> Self {
        Self { normal: [angle.cos(), angle.sin()], rho }
    }

    pub(super) fn distance(&self, x: f32, y: f32) -> f32 {
        self.normal[0] * x + self.normal[1] * y - self.rho
    }

    /// The direction along the line.
    pub(super) fn along(&self) -> [f32; 2] {
        [-self.normal[1], self.normal[0]]
    }

    /// The point at `t` along the line, counted from the foot of the origin.
    pub(super) fn point(&self, t: f32) -> [f32; 2] {
        let [nx, ny] = self.normal;
        [nx * self.rho - ny * t, ny * self.rho + nx * t]
    }

    pub(super) fn position(&self, p: [f32; 2]) -> f32 {
        -self.normal[1] * p[0] + self.normal[0] * p[1]
    }

    pub(super) fn meet(&self, other: &Self) -> Option<[f32; 2]> {
        let det = self.normal[0] * other.normal[1] - self.normal[1] * other.normal[0];
        (det.abs() > 1e-3).then(|| {
            [
                (self.rho * other.normal[1] - other.rho * self.normal[1]) / det,
                (self.normal[0] * other.rho - other.normal[0] * self.rho) / det,
            ]
        })
    }

    /// Angle of the normal, radians in `[0, π)`.
    pub(super) fn angle(&self) -> f32 {
        let angle = self.normal[1].atan2(self.normal[0]);
        angle.rem_euclid(std::f32::consts::PI)
    }
}

/// At most `count` lines, strongest first.
pub(super) fn find(points: &[EdgePoint], width: usize, height: usize, count: usize) -> Vec<Line> {
    let mut votes = Votes::new(width, height);
    for point in points {
        votes.cast(point);
    }
    let buckets = Buckets::of(points);
    let mut lines: Vec<Line> = Vec::new();
    for (angle, rho) in votes.peaks(count) {
        let rough = Line::at_angle(angle, rho);
        let line = [3.0, 1.6].into_iter().fold(rough, |line, reach| buckets.fit(&line, reach).unwrap_or(line));
        lines.push(line);
    }
    lines
}

struct Votes {
    cells: Vec<f32>,
    distances: usize,
    offset: f32,
    directions: Vec<[f32; 2]>,
    /// Cells of each direction that points of the frame may vote for.
    spans: Vec<Range<usize>>,
}

impl Votes {
    fn new(width: usize, height: usize) -> Self {
        let reach = (width as f32).hypot(height as f32);
        let offset = reach + 3.0 * RHO;
        let distances = (2.0 * offset / RHO) as usize + 1;
        let directions: Vec<[f32; 2]> =
            (0..ANGLES).map(|at| (at as f32 + 0.5).to_radians()).map(|a| [a.cos(), a.sin()]).collect();
        let span = |[nx, ny]: &[f32; 2]| {
            let (across, down) = (nx * width as f32, ny * height as f32);
            let [low, high] = [across.min(0.0) + down.min(0.0), across.max(0.0) + down.max(0.0)];
            let [low, high] = [low, high].map(|rho| ((rho + offset) / RHO) as usize);
            low.saturating_sub(1).max(3)..(high + 3).min(distances - 3)
        };
        let spans = directions.iter().map(span).collect();
        Self { cells: vec![0.0; ANGLES * distances], distances, offset, directions, spans }
    }

    fn cast(&mut self, point: &EdgePoint) {
        const SPREAD: [f32; 5] = [0.25, 0.75, 1.0, 0.75, 0.25];
        let centre = point.angle.to_degrees() as usize;
        for (step, share) in SPREAD.iter().enumerate() {
            let at = (centre + ANGLES + step - 2) % ANGLES;
            let [nx, ny] = self.directions[at];
            let rho = nx * point.x + ny * point.y;
            let cell = (rho + self.offset) / RHO;
            let low = cell as usize;
            let part = cell - low as f32;
            let row = &mut self.cells[at * self.distances..(at + 1) * self.distances];
            row[low] += share * point.weight * (1.0 - part);
            row[low + 1] += share * point.weight * part;
        }
    }

    /// The highest cells that nothing near them tops, above what their neighbourhood holds, as (angle, rho).
    fn peaks(&self, count: usize) -> Vec<(f32, f32)> {
        let raised = self.raised();
        let mut peaks = Vec::new();
        for (angle, span) in self.spans.iter().enumerate() {
            for at in span.clone() {
                let here = raised[angle * self.distances + at];
                if here > 12.0 && self.tops(&raised, angle, at) {
                    peaks.push((here, angle, at));
                }
            }
        }
        peaks.sort_by(|a, b| b.0.total_cmp(&a.0));
        peaks.truncate(count);
        let place =
            |(_, angle, at): (f32, usize, usize)| ((angle as f32 + 0.5).to_radians(), at as f32 * RHO - self.offset);
        peaks.into_iter().map(place).collect()
    }

    /// Cells less the mean of their surroundings on the distance axis, which is what texture gives everywhere; zero where
    /// no point of the frame votes.
    fn raised(&self) -> Vec<f32> {
        const REACH: usize = 16;
        let mut out = vec![0.0; self.cells.len()];
        let mut sums = vec![0.0; self.distances + 1];
        let rows = self.cells.chunks_exact(self.distances).zip(out.chunks_exact_mut(self.distances));
        for (span, (row, target)) in self.spans.iter().zip(rows) {
            let (first, last) = (span.start.saturating_sub(REACH), (span.end + REACH).min(self.distances));
            sums[first] = 0.0;
            for at in first..last {
                sums[at + 1] = sums[at] + row[at];
            }
            for at in span.clone() {
                let (low, high) = (at.saturating_sub(REACH), (at + REACH + 1).min(self.distances));
                let mean = (sums[high] - sums[low]) / (high - low) as f32;
                let here = 0.5 * row[at - 1] + row[at] + 0.5 * row[at + 1];
                target[at] = here - 2.0 * mean;
            }
        }
        out
    }

    fn tops(&self, raised: &[f32], angle: usize, at: usize) -> bool {
        let here = raised[angle * self.distances + at];
        for step in 0..7 {
            let turned = angle + step;
            // Beyond 180 degrees the distance changes its sign.
            let (row, centre) = match turned {
                0..3 => (turned + ANGLES - 3, self.mirrored(at)),
                3..183 => (turned - 3, at),
                _ => (turned - 3 - ANGLES, self.mirrored(at)),
            };
            for cell in centre.saturating_sub(3)..(centre + 4).min(self.distances) {
                let other = raised[row * self.distances + cell];
                if other > here || (other.total_cmp(&here).is_eq() && (row, cell) < (angle, at)) {
                    return false;
                }
            }
        }
        true
    }

    fn mirrored(&self, at: usize) -> usize {
        ((2.0 * self.offset / RHO) as usize).saturating_sub(at)
    }
}

/// Edge points by direction.
struct Buckets<'a> {
    points: Vec<&'a EdgePoint>,
    starts: Vec<usize>,
}

impl<'a> Buckets<'a> {
    fn of(points: &'a [EdgePoint]) -> Self {
        let bucket = |point: &EdgePoint| (point.angle.to_degrees() as usize).min(ANGLES - 1);
        let mut starts = vec![0; ANGLES + 1];
        for point in points {
            starts[bucket(point) + 1] += 1;
        }
        for at in 0..ANGLES {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut sorted: Vec<Option<&EdgePoint>> = vec![None; points.len()];
        for point in points {
            sorted[next[bucket(point)]] = Some(point);
            next[bucket(point)] += 1;
        }
        Self { points: sorted.into_iter().flatten().collect(), starts }
    }

    /// The line of least squares through the points within `reach` of `line` whose direction agrees.
    fn fit(&self, line: &Line, reach: f32) -> Option<Line> {
        let centre = line.angle().to_degrees() as usize;
        let (mut sum, mut mean, mut square) = (0.0_f64, [0.0_f64; 2], [0.0_f64; 3]);
        for step in 0..13 {
            let bucket = (centre + ANGLES + step - 6) % ANGLES;
            for point in &self.points[self.starts[bucket]..self.starts[bucket + 1]] {
                if line.distance(point.x, point.y).abs() > reach {
                    continue;
                }
                let [x, y, w] = [point.x, point.y, point.weight].map(f64::from);
                sum += w;
                mean[0] += w * x;
                mean[1] += w * y;
                square[0] += w * x * x;
                square[1] += w * x * y;
                square[2] += w * y * y;
            }
        }
        if sum < 8.0 {
            return None;
        }
        let [mx, my] = mean.map(|m| m / sum);
        let (xx, xy, yy) = (square[0] / sum - mx * mx, square[1] / sum - mx * my, square[2] / sum - my * my);
        let along = 0.5 * (2.0 * xy).atan2(xx - yy);
        let mut normal = [-along.sin(), along.cos()];
        if normal[0] * f64::from(line.normal[0]) + normal[1] * f64::from(line.normal[1]) < 0.0 {
            normal = normal.map(|part| -part);
        }
        let rho = normal[0] * mx + normal[1] * my;
        Some(Line { normal: normal.map(|part| part as f32), rho: rho as f32 })
    }
}
