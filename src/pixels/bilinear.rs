use super::Plane;

/// The value of `plane` at the place (`x`, `y`), between the four samples whose middles are nearest: the first sample's
/// middle is at (0.5, 0.5). Outside of the plane the nearest sample; 0 where there is none.
///
/// ```
/// use kyclint::pixels::{Plane, bilinear};
///
/// let plane = Plane::new(2, 1, vec![10, 20]);
/// assert_eq!([0.5, 1.0, 1.25, 9.0].map(|x| bilinear(&plane, x, 0.5)), [10.0, 15.0, 17.5, 20.0]);
/// ```
#[inline]
#[must_use]
pub fn bilinear(plane: &Plane, x: f32, y: f32) -> f32 {
    let (width, height) = (plane.width(), plane.height());
    if width == 0 || height == 0 {
        return 0.0;
    }
    let x = (x - 0.5).max(0.0).min((width - 1) as f32);
    let y = (y - 0.5).max(0.0).min((height - 1) as f32);
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (across, down) = (x - left as f32, y - top as f32);
    let samples = plane.samples();
    let between = |row: usize| {
        let [from, to] = [left, right].map(|column| f32::from(samples[row * width + column]));
        from + (to - from) * across
    };
    let (above, below) = (between(top), between(bottom));
    above + (below - above) * down
}
