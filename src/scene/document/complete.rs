//! Where a document ends beyond the frame.

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::scene::DocumentType;
use crate::scene::document::pose::CORNER_ERROR;
use crate::scene::document::pose::Size;
use crate::scene::document::pose::TILT_SPREAD;
use crate::scene::document::pose::focal_pixels;
use crate::scene::document::pose::view::Vector;
use crate::scene::document::pose::view::View;
use crate::scene::document::pose::view::cross;
use crate::scene::document::pose::view::dot;
use crate::scene::document::pose::view::length;
use crate::scene::document::pose::view::unit;

/// By how much the seen part may exceed a known format, because corners are never exact; share of the format.
const TOLERANCE: f64 = 0.015;
/// Length of a document over that of its seen part at most: what shows less may be anything, for one a page of a passport
/// and part of the next one.
const LONGEST: f64 = 1.45;
/// Formats that documents are taken to have, the likeliest first: what is seen of a card can mostly be seen of a passport as
/// well. ID-2 has the aspect ratio of ID-3, and so have two pages of a passport.
fn formats(declared: Option<DocumentType>) -> &'static [Size] {
    if declared == Some(DocumentType::Passport) { &[Size::Id3] } else { &[Size::Id1, Size::Id3] }
}

/// The whole document in `photo` of which `quad` is the part within the frame, pixels of the upright photo. `at_frame` tells
/// which sides are borders of the frame. Corners keep their order. `None` where not exactly one side lies at the frame, or no
/// format of the `declared` type fits.
///
/// Three seen sides of a rectangle before a known camera tell its plane: the planes through the eye and either lateral side
/// meet in the direction of the laterals, their vanishing point; the side between them is at right angles to that direction,
/// in its own plane through the eye. The length of that side and a known aspect ratio tell how far the laterals go.
pub(super) fn complete(
    quad: &Quad,
    at_frame: [bool; 4],
    photo: &Photo,
    declared: Option<DocumentType>,
) -> Option<Quad> {
    let (width, height) = photo.upright_size();
    let frame = (f64::from(width), f64::from(height));
    beyond(quad, hidden_side(at_frame)?, frame, photo.facts().exif.focal_length_35mm, formats(declared))
}

/// The whole of a document that goes on beyond side `hidden`, photographed with `focal_35mm` in a `frame` of (width, height)
/// pixels.
fn beyond(quad: &Quad, hidden: usize, frame: (f64, f64), focal_35mm: Option<f64>, formats: &[Size]) -> Option<Quad> {
    let strip = Strip::of(&quad.turned(hidden + 2), frame, focal_35mm)?;
    let whole = strip.ending_at(strip.whole(formats)?)?.turned(2 + 4 - hidden);
    whole.is_convex().then_some(whole)
}

/// The only side at the frame.
fn hidden_side(at_frame: [bool; 4]) -> Option<usize> {
    let mut sides = (0..4).filter(|&side| at_frame[side]);
    sides.next().filter(|_| sides.next().is_none())
}

/// A rectangle in space of which one end is not seen. Its unit of length is arbitrary.
struct Strip {
    /// x along the seen end from its first corner, y along the laterals away from it.
    view: View,
    /// Middle of the frame, pixels.
    middle: Point,
    /// Of the seen end.
    width: f64,
    /// Of the longer lateral, as far as it is seen.
    seen: f64,
}

impl Strip {
    /// The strip that has its seen end as the first side of `quad` and leaves the frame at the third.
    fn of(quad: &Quad, (width, height): (f64, f64), focal_35mm: Option<f64>) -> Option<Self> {
        let focal = focal_pixels(focal_35mm, width.hypot(height));
        let middle = Point::new(width / 2.0, height / 2.0);
        let rays = quad.0.map(|corner| [corner.x - middle.x, corner.y - middle.y, focal]);
        let [a, b, c, d] = in_plane(rays)?;
        let step = |from: Vector, to: Vector| [0, 1, 2].map(|k| to[k] - from[k]);
        let [across, down] = [step(a, b), step(a, d)];
        let seen = length(down).max(length(step(b, c)));
        let view = View { across: unit(across), down: unit(down), centre: a, focal };
        Some(Self { view, middle, width: length(across), seen })
    }

    /// Its length in the likeliest format that agrees with what is seen.
    fn whole(&self, formats: &[Size]) -> Option<f64> {
        let fits = |length: &f64| (self.seen * (1.0 - TOLERANCE)..=self.seen * LONGEST).contains(length);
        formats.iter().find_map(|format| {
            let [long, short] = format.millimetres();
            [short / long, long / short].map(|aspect| self.width * aspect).into_iter().find(fits)
        })
    }

    /// The picture of the strip up to `length`, counted from the seen end.
    fn ending_at(&self, length: f64) -> Option<Quad> {
        let corners = Quad::rectangle(self.width, length);
        let depths = corners.0.map(|p| self.view.centre[2] + p.x * self.view.across[2] + p.y * self.view.down[2]);
        let quad = corners.map(|corner| self.view.project(corner) + self.middle);
        depths.iter().all(|&depth| depth > 0.0).then_some(quad)
    }
}

/// The points of the document's plane on the rays from the eye through its corners, when its second and fourth side are
/// parallel and its first is nearly at right angles to them. `None` where no such plane lies before the camera.
fn in_plane(rays: [Vector; 4]) -> Option<[Vector; 4]> {
    let [a, b, c, d] = rays;
    let down = unit(cross(cross(a, d), cross(b, c)));
    let normal = unit(cross(down, across(down, unit(cross(a, b)), angle_error(rays))));
    let points = rays.map(|ray| ray.map(|x| x * dot(normal, a) / dot(normal, ray)));
    points.iter().all(|point| point[2] > 0.0 && length(*point).is_finite()).then_some(points)
}

/// The direction of the seen end, in the plane through the eye with normal `plane`: as near a right angle to `down` as
/// `error` (standard deviation, radians) makes likely.
///
/// Seen from straight above, an angle a little off 90 degrees would be that of an end that leads steeply away from the camera.
/// Hence the slope t along that plane is the most probable one: it minimises (cos / error)^2 + (t / spread)^2 (ridge
/// regression).
fn across(down: Vector, plane: Vector, error: f64) -> Vector {
    let level = unit(cross(plane, [0.0, 0.0, 1.0]));
    let rising = cross(plane, level);
    let (p, q) = (dot(level, down), dot(rising, down));
    let slope = -p * q / (q * q + (error / TILT_SPREAD).powi(2));
    [0, 1, 2].map(|k| level[k] + slope * rising[k])
}

/// Standard deviation of the angle between the seen end and the laterals in the picture, radians.
fn angle_error(rays: [Vector; 4]) -> f64 {
    let side = |from: usize, to: usize| (rays[to][0] - rays[from][0]).hypot(rays[to][1] - rays[from][1]);
    let (end, lateral) = (side(0, 1), f64::midpoint(side(1, 2), side(3, 0)));
    CORNER_ERROR * end.min(lateral) * (2.0 / end.powi(2) + 1.0 / lateral.powi(2)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::beyond;
    use super::formats;
    use super::hidden_side;
    use crate::geometry::Point;
    use crate::geometry::Quad;

    /// Half its diagonal is 2,500 px: 26 mm are 3,004.4 px.
    const FRAME: (f64, f64) = (4000.0, 3000.0);
    const FOCAL_PX: f64 = 26.0 / 43.27 * 5000.0;
    const ID1: [f64; 2] = [85.60, 53.98];
    const ID3: [f64; 2] = [125.0, 88.0];
    const AT_RIGHT: [bool; 4] = [false, true, false, false];

    /// A rectangle of `size` mm of which `share` lies left of the frame's right border, 200 mm away, turned about a
    /// vertical and a horizontal axis (degrees): the part in the frame and all of it.
    fn cut(size: [f64; 2], share: f64, [yaw, pitch]: [f64; 2]) -> [Quad; 2] {
        let ((sy, cy), (sp, cp)) = (f64::to_radians(yaw).sin_cos(), f64::to_radians(pitch).sin_cos());
        // The share of its width that is on the right border at half its height.
        let border = FRAME.0 / 2.0 / FOCAL_PX;
        let left = border * 200.0 - share * size[0] * (cy - border * sy);
        let place = |corner: Point| {
            let (x, y) = (corner.x, corner.y - size[1] / 2.0);
            let space = [left + x * cy - y * sp * sy, y * cp, 200.0 + x * sy + y * sp * cy];
            Point::new(2000.0 + FOCAL_PX * space[0] / space[2], 1500.0 + FOCAL_PX * space[1] / space[2])
        };
        let [a, b, c, d] = Quad::rectangle(size[0], size[1]).map(place).0;
        let at_border = |from: Point, to: Point| from.towards(to, (FRAME.0 - from.x) / (to.x - from.x));
        [Quad([a, at_border(a, b), at_border(d, c), d]), Quad([a, b, c, d])]
    }

    fn complete(quad: &Quad, at_frame: [bool; 4], frame: (f64, f64), focal_35mm: Option<f64>) -> Option<Quad> {
        beyond(quad, hidden_side(at_frame)?, frame, focal_35mm, formats(None))
    }

    fn apart(one: &Quad, other: &Quad) -> f64 {
        one.farthest_corner(other)
    }

    #[test]
    fn a_card_from_above_is_as_long_as_a_card() {
        let seen = Quad::rectangle(684.8, 539.8).map(|corner| corner + Point::new(3315.2, 500.0));
        let all = Quad::rectangle(856.0, 539.8).map(|corner| corner + Point::new(3315.2, 500.0));
        let whole = complete(&seen, AT_RIGHT, FRAME, Some(26.0)).unwrap();
        assert!(apart(&whole, &all) < 1e-6, "{whole:?}");
    }

    #[test]
    fn a_tilted_card_is_completed_in_its_plane() {
        for tilt in [[20.0, 0.0], [0.0, 20.0], [15.0, 10.0], [-25.0, 15.0]] {
            let [seen, all] = cut(ID1, 0.8, tilt);
            let whole = complete(&seen, AT_RIGHT, FRAME, Some(26.0)).unwrap();
            // 1 % of the short side.
            assert!(apart(&whole, &all) < 8.0, "{} px at {tilt:?}", apart(&whole, &all));
        }
    }

    #[test]
    fn any_side_may_be_hidden_and_corners_keep_their_order() {
        let [seen, all] = cut(ID1, 0.8, [10.0, 0.0]);
        for steps in 0..4 {
            let mut at_frame = AT_RIGHT;
            at_frame.rotate_left(steps);
            let whole = complete(&seen.turned(steps), at_frame, FRAME, Some(26.0)).unwrap();
            assert!(apart(&whole, &all.turned(steps)) < 8.0, "{steps}");
        }
    }

    #[test]
    fn a_page_of_which_more_is_seen_than_a_card_has_is_one_of_a_passport() {
        let [seen, all] = cut([ID3[1], ID3[0]], 0.95, [0.0, 0.0]);
        let whole = complete(&seen, AT_RIGHT, FRAME, None).unwrap();
        assert!(apart(&whole, &all) < 1e-6, "{whole:?}");
    }

    #[test]
    fn a_corner_that_is_a_pixel_off_moves_the_hidden_ones_little() {
        let [seen, all] = cut(ID1, 0.8, [0.0, 0.0]);
        let [a, b, c, d] = seen.0;
        let whole = complete(&Quad([a + Point::new(1.0, -1.0), b, c, d]), AT_RIGHT, FRAME, None).unwrap();
        assert!(apart(&whole, &all) < 8.0, "{}", apart(&whole, &all));
    }

    #[test]
    fn what_no_format_explains_stays_as_it_is() {
        let [fifth, _] = cut(ID1, 0.2, [0.0, 0.0]);
        assert_eq!(complete(&fifth, AT_RIGHT, FRAME, None), None);
        let [seen, _] = cut(ID1, 0.8, [0.0, 0.0]);
        for at_frame in [[false; 4], [true, true, false, false], [false, true, false, true]] {
            assert_eq!(complete(&seen, at_frame, FRAME, None), None);
        }
        assert_eq!(complete(&Quad([Point::default(); 4]), AT_RIGHT, FRAME, None), None);
        assert_eq!(complete(&seen, AT_RIGHT, (0.0, 0.0), None), None);
    }
}
