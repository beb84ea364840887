//! A pinhole camera above the plane the document lies in. The plane is measured in mm from the document's centre.

use crate::geometry;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::geometry::intersection;

/// Where the camera stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pose {
    /// Angle between the plane's normal and the optical axis, degrees.
    pub(super) tilt_deg: f64,
    /// Direction in the picture towards which the plane recedes, degrees.
    pub(super) tilt_towards_deg: f64,
    /// Turn of the document within the picture, degrees clockwise.
    pub(super) rotation_deg: f64,
    /// Focal length in 35 mm equivalents, mm.
    pub(super) focal_35mm: f64,
    /// Larger of the document's width and height in the picture over the picture's, ratio.
    pub(super) fill: f64,
    /// Centre of the document in the picture, as shares of width and height.
    pub(super) centre: [f64; 2],
}

/// The homography between plane and picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Camera {
    to_picture: [[f64; 3]; 3],
    to_plane: [[f64; 3]; 3],
}

impl Camera {
    /// Moves the camera until a document of `size` mm fills a picture of `frame` pixels as `pose` says.
    pub(super) fn aim(frame: [f64; 2], size: [f64; 2], pose: &Pose) -> Self {
        let focal = pose.focal_35mm / 43.27 * frame[0].hypot(frame[1]);
        let rotation = rotation(pose);
        let mut eye = [0.0, 0.0, 2.0 * size[0] * focal / frame[0]];
        let mut camera = Self::at(&rotation, eye, focal, frame);
        for _ in 0..40 {
            let (low, high) = camera.bounds(size);
            let extent = ((high[0] - low[0]) / frame[0]).max((high[1] - low[1]) / frame[1]);
            eye[2] *= extent / pose.fill;
            for axis in 0..2 {
                eye[axis] += (pose.centre[axis] * frame[axis] - f64::midpoint(low[axis], high[axis])) * eye[2] / focal;
            }
            camera = Self::at(&rotation, eye, focal, frame);
        }
        camera
    }

    fn at(r: &[[f64; 3]; 3], eye: [f64; 3], focal: f64, frame: [f64; 2]) -> Self {
        let row = |axis: usize, c: f64| [0, 1].map(|k| focal * r[axis][k] + c * r[2][k]);
        let ([a, b], [d, e]) = (row(0, frame[0] / 2.0), row(1, frame[1] / 2.0));
        let to_picture = [
            [a, b, focal * eye[0] + frame[0] / 2.0 * eye[2]],
            [d, e, focal * eye[1] + frame[1] / 2.0 * eye[2]],
            [r[2][0], r[2][1], eye[2]],
        ];
        Self { to_picture, to_plane: inverse(&to_picture) }
    }

    /// Plane point (mm) to picture point (pixels; pixel centres at one half).
    pub(super) fn project(&self, p: [f64; 2]) -> [f64; 2] {
        apply(&self.to_picture, p)
    }

    /// Picture point to plane point.
    pub(super) fn unproject(&self, p: [f64; 2]) -> [f64; 2] {
        apply(&self.to_plane, p)
    }

    /// The map from picture to plane, rows of a 3 x 3 matrix.
    pub(super) fn plane_rows(&self) -> &[[f64; 3]; 3] {
        &self.to_plane
    }

    /// The document's corners in the picture: its own top left, top right, bottom right, bottom left.
    pub(super) fn quad(&self, size: [f64; 2]) -> [[f64; 2]; 4] {
        corners(size).map(|corner| self.project(corner))
    }

    /// Least singular value of the map's Jacobian at a plane point: pixels per mm in the most squeezed direction.
    pub(super) fn density(&self, p: [f64; 2]) -> f64 {
        let step = 0.01;
        let o = self.project(p);
        let (u, v) = (self.project([p[0] + step, p[1]]), self.project([p[0], p[1] + step]));
        let [a, b, c, d] = [u[0] - o[0], v[0] - o[0], u[1] - o[1], v[1] - o[1]].map(|x| x / step);
        let (sum, det) = (a * a + b * b + c * c + d * d, a * d - b * c);
        let root = (sum * sum - 4.0 * det * det).max(0.0).sqrt();
        ((sum - root) / 2.0).max(0.0).sqrt()
    }

    /// Least density over the document's corners and centre.
    pub(super) fn least_density(&self, size: [f64; 2]) -> f64 {
        corners(size).into_iter().chain([[0.0, 0.0]]).map(|p| self.density(p)).fold(f64::MAX, f64::min)
    }

    /// Largest density over the document's corners and centre.
    pub(super) fn greatest_density(&self, size: [f64; 2]) -> f64 {
        corners(size).into_iter().chain([[0.0, 0.0]]).map(|p| self.density(p)).fold(0.0, f64::max)
    }

    fn bounds(&self, size: [f64; 2]) -> ([f64; 2], [f64; 2]) {
        let quad = self.quad(size);
        let fold = |axis: usize, start: f64, pick: fn(f64, f64) -> f64| quad.iter().map(|p| p[axis]).fold(start, pick);
        let low = [0, 1].map(|axis| fold(axis, f64::MAX, f64::min));
        (low, [0, 1].map(|axis| fold(axis, f64::MIN, f64::max)))
    }
}

fn corners(size: [f64; 2]) -> [[f64; 2]; 4] {
    let [x, y] = size.map(|s| s / 2.0);
    [[-x, -y], [x, -y], [x, y], [-x, y]]
}

/// First turned in the plane, then tilted about an axis in the picture.
fn rotation(pose: &Pose) -> [[f64; 3]; 3] {
    let (sin_r, cos_r) = libm::sincos(pose.rotation_deg.to_radians());
    let (sin_t, cos_t) = libm::sincos(pose.tilt_deg.to_radians());
    // The direction that recedes; the axis of the tilt stands at a right angle to it.
    let (ty, tx) = libm::sincos(pose.tilt_towards_deg.to_radians());
    let tilt = [
        [1.0 + (cos_t - 1.0) * tx * tx, (cos_t - 1.0) * tx * ty, -sin_t * tx],
        [(cos_t - 1.0) * tx * ty, 1.0 + (cos_t - 1.0) * ty * ty, -sin_t * ty],
        [sin_t * tx, sin_t * ty, cos_t],
    ];
    let turn = [[cos_r, -sin_r, 0.0], [sin_r, cos_r, 0.0], [0.0, 0.0, 1.0]];
    [0, 1, 2].map(|i| [0, 1, 2].map(|j| (0..3).map(|k| tilt[i][k] * turn[k][j]).sum()))
}

fn apply(m: &[[f64; 3]; 3], p: [f64; 2]) -> [f64; 2] {
    let row = |r: &[f64; 3]| r[0] * p[0] + r[1] * p[1] + r[2];
    let w = row(&m[2]);
    [row(&m[0]) / w, row(&m[1]) / w]
}

fn inverse(m: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let minor = |r: usize, c: usize| {
        let [r0, r1] = [(r + 1) % 3, (r + 2) % 3];
        let [c0, c1] = [(c + 1) % 3, (c + 2) % 3];
        m[r0][c0] * m[r1][c1] - m[r0][c1] * m[r1][c0]
    };
    let det: f64 = (0..3).map(|c| m[0][c] * minor(0, c)).sum();
    [0, 1, 2].map(|r| [0, 1, 2].map(|c| minor(c, r) / det))
}

/// Share of the quadrilateral `quad` that lies outside a picture of `frame` pixels.
pub(super) fn share_outside(quad: &[[f64; 2]; 4], [width, height]: [f64; 2]) -> f64 {
    let quad = outline(quad);
    let visible = intersection(quad.corners(), Quad::rectangle(width, height).corners());
    (1.0 - geometry::area(&visible) / quad.area()).clamp(0.0, 1.0)
}

/// Area of a quadrilateral, square pixels.
pub(super) fn area(quad: &[[f64; 2]; 4]) -> f64 {
    outline(quad).area()
}

fn outline(quad: &[[f64; 2]; 4]) -> Quad {
    Quad(quad.map(|[x, y]| Point::new(x, y)))
}

#[cfg(test)]
mod tests {
    use super::Camera;
    use super::Pose;
    use super::share_outside;

    const ID_1: [f64; 2] = [85.6, 53.98];
    const FLAT: Pose = Pose {
        tilt_deg: 0.0,
        tilt_towards_deg: 0.0,
        rotation_deg: 0.0,
        focal_35mm: 26.0,
        fill: 0.5,
        centre: [0.5, 0.5],
    };

    fn near(a: [f64; 2], b: [f64; 2]) -> bool {
        (a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01
    }

    #[test]
    fn seen_from_above_the_card_is_a_rectangle_of_half_the_frame() {
        let quad = Camera::aim([800.0, 600.0], ID_1, &FLAT).quad(ID_1);
        let height = 400.0 / 85.6 * 53.98;
        assert!(near(quad[0], [200.0, 300.0 - height / 2.0]), "{quad:?}");
        assert!(near(quad[2], [600.0, 300.0 + height / 2.0]), "{quad:?}");
    }

    #[test]
    fn a_card_turned_by_180_degrees_has_its_own_top_left_at_the_bottom_right() {
        let camera = Camera::aim([800.0, 600.0], ID_1, &Pose { rotation_deg: 180.0, ..FLAT });
        assert!(near(camera.quad(ID_1)[0], [600.0, 300.0 + 400.0 / 85.6 * 26.99]));
    }

    #[test]
    fn picture_and_plane_map_onto_each_other() {
        let camera = Camera::aim(
            [800.0, 600.0],
            ID_1,
            &Pose { tilt_deg: 30.0, tilt_towards_deg: 40.0, rotation_deg: 12.0, ..FLAT },
        );
        for corner in [[-42.8, -26.99], [42.8, 26.99], [3.0, 5.0]] {
            assert!(near(camera.unproject(camera.project(corner)), corner));
        }
    }

    #[test]
    fn the_receding_side_is_less_dense() {
        let camera = Camera::aim([800.0, 600.0], ID_1, &Pose { tilt_deg: 35.0, tilt_towards_deg: 0.0, ..FLAT });
        assert!(camera.density([40.0, 0.0]) < 0.9 * camera.density([-40.0, 0.0]));
    }

    #[test]
    fn a_square_pushed_halfway_out_is_half_outside() {
        let quad = [[-50.0, 0.0], [50.0, 0.0], [50.0, 100.0], [-50.0, 100.0]];
        assert!((share_outside(&quad, [200.0, 200.0]) - 0.5).abs() < 1e-9);
        assert!(share_outside(&[[10.0, 10.0], [20.0, 10.0], [20.0, 20.0], [10.0, 20.0]], [200.0, 200.0]).abs() < 1e-9);
    }
}
