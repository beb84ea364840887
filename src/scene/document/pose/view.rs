//! A rectangle before a pinhole camera.

use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;

/// A vector in the camera's space: x to the right, y downwards, z away from the camera.
pub(in crate::scene::document) type Vector = [f64; 3];

/// Where the plane of a document stands: a point (x, y) of it lies at `x across + y down + centre` before the camera.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene::document) struct View {
    pub(in crate::scene::document) across: Vector,
    pub(in crate::scene::document) down: Vector,
    pub(in crate::scene::document) centre: Vector,
    /// Focal length, in the unit of the picture.
    pub(in crate::scene::document) focal: f64,
}

impl View {
    /// The picture of a point of the plane.
    pub(in crate::scene::document) fn project(&self, point: Point) -> Point {
        let [x, y, z] = [0, 1, 2].map(|k| point.x * self.across[k] + point.y * self.down[k] + self.centre[k]);
        Point::new(self.focal * x / z, self.focal * y / z)
    }

    /// Angle between the plane's normal and the optical axis, degrees.
    pub(super) fn tilt_deg(&self) -> f64 {
        tilt_deg(self.across, self.down)
    }

    /// The view whose vanishing points are those of `map` (plane to picture): the first two columns of a homography, freed
    /// of the camera, are the directions of the plane's axes, and parallel sides merely have a last entry of 0 (Zhang 2000,
    /// "A flexible new technique for camera calibration").
    pub(super) fn of_vanishing_points(map: &Homography, focal: f64) -> Option<Self> {
        let [across, down, centre] = directions(map, focal);
        let scale = (length(across) * length(down)).sqrt();
        let (one, other) = (unit(across), unit(down));
        let both = unit([0, 1, 2].map(|k| one[k] + other[k]));
        let apart = unit([0, 1, 2].map(|k| one[k] - other[k]));
        let mix = |sign: f64| [0, 1, 2].map(|k| (both[k] + sign * apart[k]) * std::f64::consts::FRAC_1_SQRT_2);
        Self { across: mix(1.0), down: mix(-1.0), centre: centre.map(|x| x / scale), focal }.sound()
    }

    /// The two views, each the other's mirror image, that foreshorten like `map` about the plane's origin, whatever its
    /// vanishing points: the larger singular value of the derivative is the scale, the ratio of the two the cosine of the
    /// tilt.
    pub(super) fn of_foreshortening(map: &Homography, focal: f64) -> [Option<Self>; 2] {
        let [[a, b], [c, d]] = map.jacobian(Point::default());
        let (p, q, r) = (a * a + c * c, a * b + c * d, b * b + d * d);
        let root = ((p - r) / 2.0).hypot(q);
        let (most, least) = (f64::midpoint(p, r) + root, f64::midpoint(p, r) - root);
        // The direction in the plane that is foreshortened.
        let angle = f64::atan2(2.0 * q, p - r) / 2.0 + std::f64::consts::FRAC_PI_2;
        let (scale, sine) = (most.sqrt(), (1.0 - least / most).max(0.0).sqrt());
        let origin = map.apply(Point::default());
        let depth = focal / scale;
        [1.0, -1.0].map(|sign| {
            let across = [a / scale, c / scale, sign * sine * angle.cos()];
            let down = [b / scale, d / scale, sign * sine * angle.sin()];
            Self { across, down, centre: [origin.x / scale, origin.y / scale, depth], focal }.sound()
        })
    }

    /// The view after a small turn by the vector `turn` (radians), a step by `step` times the distance, and a focal length
    /// longer by the factor `exp(zoom)`.
    pub(super) fn moved(&self, [tx, ty, tz, sx, sy, sz, zoom]: [f64; 7]) -> Self {
        let step = [sx, sy, sz];
        Self {
            across: rotated(self.across, [tx, ty, tz]),
            down: rotated(self.down, [tx, ty, tz]),
            centre: [0, 1, 2].map(|k| self.centre[k] + step[k] * self.centre[2]),
            focal: self.focal * zoom.exp(),
        }
    }

    fn sound(self) -> Option<Self> {
        let finite = [self.across, self.down, self.centre].as_flattened().iter().all(|x| x.is_finite());
        (finite && self.centre[2] > 0.0).then_some(self)
    }
}

/// The columns of `map` without the camera: directions of the plane's axes, as long as one unit of the plane, and its
/// origin before the camera.
pub(super) fn directions(map: &Homography, focal: f64) -> [Vector; 3] {
    let [x, y, w] = map.rows();
    let sign = w[2].signum();
    [0, 1, 2].map(|column| [x[column] / focal * sign, y[column] / focal * sign, w[column] * sign])
}

/// Angle between the optical axis and the normal of a plane with two directions in it, degrees.
pub(super) fn tilt_deg(across: Vector, down: Vector) -> f64 {
    let normal = cross(across, down);
    f64::atan2(normal[0].hypot(normal[1]), normal[2].abs()).to_degrees()
}

/// `quad`'s map from the rectangle of `width` and `height` about the origin.
pub(super) fn from_rectangle([width, height]: [f64; 2], quad: &Quad) -> Option<Homography> {
    Homography::between(&rectangle([width, height]), quad)
}

/// The rectangle of `width` and `height` about the origin.
pub(super) fn rectangle([width, height]: [f64; 2]) -> Quad {
    Quad::rectangle(width, height).map(|corner| corner - Point::new(width / 2.0, height / 2.0))
}

pub(in crate::scene::document) fn length(v: Vector) -> f64 {
    dot(v, v).sqrt()
}

pub(in crate::scene::document) fn dot(a: Vector, b: Vector) -> f64 {
    (0..3).map(|k| a[k] * b[k]).sum()
}

pub(in crate::scene::document) fn unit(v: Vector) -> Vector {
    v.map(|x| x / length(v))
}

pub(in crate::scene::document) fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// `v` turned about `axis` by its length in radians (Rodrigues).
fn rotated(v: Vector, axis: Vector) -> Vector {
    let angle = length(axis);
    if angle == 0.0 {
        return v;
    }
    let k = axis.map(|x| x / angle);
    let (sin, cos) = angle.sin_cos();
    let along = dot(k, v);
    let side = cross(k, v);
    [0, 1, 2].map(|i| v[i] * cos + side[i] * sin + k[i] * along * (1.0 - cos))
}
