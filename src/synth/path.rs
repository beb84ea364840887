//! Outlines: closed contours of straight lines, built from curves, strokes and letters.

/// A point, x to the right, y down.
pub(super) type Point = [f32; 2];

/// Closed contours, filled by the non-zero rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub(super) contours: Vec<Vec<Point>>,
}

impl Path {
    pub(super) fn polygon(points: &[Point]) -> Self {
        Self { contours: vec![points.to_vec()] }
    }

    pub(super) fn rectangle(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self::polygon(&[[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
    }

    pub(super) fn rounded_rectangle(x: f32, y: f32, w: f32, h: f32, r: f32) -> Self {
        let corners =
            [(x + w - r, y + r, 0.75), (x + w - r, y + h - r, 0.0), (x + r, y + h - r, 0.25), (x + r, y + r, 0.5)];
        let mut points = Vec::new();
        for (cx, cy, start) in corners {
            for step in 0..=8_u8 {
                let (sin, cos) = turn(start + f32::from(step) / 32.0);
                points.push([cx + r * cos, cy + r * sin]);
            }
        }
        Self::polygon(&points)
    }

    pub(super) fn ellipse(cx: f32, cy: f32, rx: f32, ry: f32) -> Self {
        let points: Vec<Point> = (0..48_u8)
            .map(|i| {
                let (sin, cos) = turn(f32::from(i) / 48.0);
                [cx + rx * cos, cy + ry * sin]
            })
            .collect();
        Self::polygon(&points)
    }

    /// A smooth closed curve through `points` (Catmull-Rom).
    pub(super) fn smooth_closed(points: &[Point]) -> Self {
        let n = points.len();
        let mut contour = Vec::with_capacity(n * 8);
        for i in 0..n {
            let [a, b, c, d] = [(i + n - 1) % n, i, (i + 1) % n, (i + 2) % n].map(|k| points[k]);
            contour.extend((0..8_u8).map(|s| catmull_rom(a, b, c, d, f32::from(s) / 8.0)));
        }
        Self { contours: vec![contour] }
    }

    /// A line of constant `width` along `points`, with mitre-free joints and butt ends.
    pub(super) fn stroke(points: &[Point], width: f32) -> Self {
        let half = width / 2.0;
        let normals = normals(points);
        let offset = |sign: f32| {
            points.iter().zip(&normals).map(move |(p, n)| [p[0] + sign * half * n[0], p[1] + sign * half * n[1]])
        };
        let mut contour: Vec<Point> = offset(1.0).collect();
        contour.extend(offset(-1.0).rev());
        Self { contours: vec![contour] }
    }

    /// With every outline moved outwards by `distance`, or inwards: outer contours turn to the left as one looks at them with
    /// y down, inner ones to the right.
    pub(super) fn widened(&self, distance: f32) -> Self {
        let contours = self.contours.iter().map(|contour| widened(contour, distance)).collect();
        Self { contours }
    }

    pub(super) fn map(&self, place: impl Fn(Point) -> Point) -> Self {
        Self { contours: self.contours.iter().map(|c| c.iter().map(|&p| place(p)).collect()).collect() }
    }
}

/// Sine and cosine of an angle in turns.
pub(super) fn turn(turns: f32) -> (f32, f32) {
    libm::sincosf(turns * std::f32::consts::TAU)
}

/// A smooth open curve through `points`, `steps` straight pieces between two of them.
pub(super) fn smooth_open(points: &[Point], steps: u8) -> Vec<Point> {
    let last = points.len() - 1;
    let mut curve = Vec::new();
    for i in 0..last {
        let [a, b, c, d] = [i.saturating_sub(1), i, i + 1, (i + 2).min(last)].map(|k| points[k]);
        curve.extend((0..steps).map(|s| catmull_rom(a, b, c, d, f32::from(s) / f32::from(steps))));
    }
    curve.push(points[last]);
    curve
}

fn widened(contour: &[Point], distance: f32) -> Vec<Point> {
    let n = contour.len();
    let normal = |from: Point, to: Point| {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        [-dy / length, dx / length]
    };
    (0..n)
        .map(|i| {
            let [a, b, c] = [(i + n - 1) % n, i, (i + 1) % n].map(|k| contour[k]);
            let (before, after) = (normal(a, b), normal(b, c));
            let sum = [before[0] + after[0], before[1] + after[1]];
            // A mitre, no longer than twice the distance.
            let mitre = 2.0 / (sum[0] * sum[0] + sum[1] * sum[1]).max(1.0);
            [b[0] + sum[0] * mitre * distance, b[1] + sum[1] * mitre * distance]
        })
        .collect()
}

fn catmull_rom(a: Point, b: Point, c: Point, d: Point, t: f32) -> Point {
    [0, 1].map(|i| {
        let (a, b, c, d) = (a[i], b[i], c[i], d[i]);
        b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
    })
}

fn normals(points: &[Point]) -> Vec<Point> {
    (0..points.len())
        .map(|i| {
            let (a, b) = (points[i.saturating_sub(1)], points[(i + 1).min(points.len() - 1)]);
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            [-dy / length, dx / length]
        })
        .collect()
}
