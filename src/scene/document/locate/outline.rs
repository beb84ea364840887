/// The corners of a hypothesis, either way round.
pub(super) struct Outline(pub(super) [[f32; 2]; 4]);

impl Outline {
    pub(super) fn side(&self, at: usize) -> [f32; 2] {
        let (from, to) = (self.0[at % 4], self.0[(at + 1) % 4]);
        [to[0] - from[0], to[1] - from[1]]
    }

    pub(super) fn side_length(&self, at: usize) -> f32 {
        let [x, y] = self.side(at);
        x.hypot(y).max(1.0)
    }

    /// Twice the area, negative when the corners run counter-clockwise.
    pub(super) fn turn(&self) -> f32 {
        let cross = |at: usize| self.0[at][0] * self.0[(at + 1) % 4][1] - self.0[at][1] * self.0[(at + 1) % 4][0];
        (0..4).map(cross).sum()
    }

    pub(super) fn area(&self) -> f32 {
        self.turn().abs() / 2.0
    }

    pub(super) fn centre(&self) -> [f32; 2] {
        [0, 1].map(|axis| self.0.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0)
    }

    /// Unit normal of a side.
    pub(super) fn inwards(&self, at: usize) -> [f32; 2] {
        let ([x, y], sign) = (self.side(at), self.turn().signum() / self.side_length(at));
        [-y * sign, x * sign]
    }

    /// Distance to the nearest side's line, negative outside.
    pub(super) fn depth(&self, p: [f32; 2], normals: &[[f32; 2]; 4]) -> f32 {
        let to_side = |at: usize| {
            let (corner, normal) = (self.0[at], normals[at]);
            normal[0] * (p[0] - corner[0]) + normal[1] * (p[1] - corner[1])
        };
        (0..4).map(to_side).fold(f32::MAX, f32::min)
    }

    pub(super) fn contains(&self, other: &Self) -> bool {
        let normals = [0, 1, 2, 3].map(|at| self.inwards(at));
        other.0.iter().all(|corner| self.depth(*corner, &normals) > -6.0)
    }

    /// Distance of the aspect ratio to the nearest of an identity document, natural logarithm.
    pub(super) fn off_aspect(&self) -> f32 {
        let [one, other] = [0, 1].map(|at| self.side_length(at) + self.side_length(at + 2));
        let aspect = (one.max(other) / one.min(other)).ln();
        [1.586_f32, 1.42].map(|known| (aspect - known.ln()).abs()).into_iter().fold(0.5, f32::min)
    }

    /// Largest ratio of opposite sides, natural logarithm.
    pub(super) fn opposite_sides(&self) -> f32 {
        (0..2).map(|at| (self.side_length(at) / self.side_length(at + 2)).ln().abs()).fold(0.0, f32::max)
    }

    /// Largest cosine at a corner.
    pub(super) fn off_square(&self) -> f32 {
        let cosine = |at: usize| {
            let ([a, b], [c, d]) = (self.side(at), self.side(at + 1));
            (a * c + b * d).abs() / (self.side_length(at) * self.side_length(at + 1))
        };
        (0..4).map(cosine).fold(0.0, f32::max)
    }
}
