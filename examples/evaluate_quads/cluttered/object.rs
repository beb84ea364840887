//! Things that lie on a table, in coordinates of its plane.

use image::RgbImage;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;

/// Red, green and blue, 0–255.
pub type Colour = [f32; 3];

/// A thing on the table.
pub struct Object {
    pub centre: Point,
    /// Direction of its first axis, of length 1.
    pub along: Point,
    /// Half its length along and across that axis.
    pub half: [f64; 2],
    pub look: Look,
    /// Darkness of its shadow, and how soft the shadow is: sigma in pixels.
    pub shadow: [f32; 2],
}

/// What a thing looks like. Radii and widths are shares of its half height.
pub enum Look {
    /// A paper, a card or the cover of a book.
    Sheet {
        print: RgbImage,
        radius: f64,
    },
    /// A pen: lighter along its middle, the cap in the second colour.
    Pen {
        colours: [Colour; 2],
        cap: f64,
    },
    /// A ruler with its ticks.
    Ruler {
        colour: Colour,
        ticks: f64,
    },
    /// A curve across the box.
    Cable {
        colour: Colour,
        width: f64,
        waves: f64,
        phase: f64,
    },
    Keyboard {
        base: Colour,
        key: Colour,
        keys: [f64; 2],
    },
}

impl Object {
    /// Its box.
    pub fn outline(&self) -> Quad {
        let across = Point::new(-self.along.y, self.along.x);
        let corner = |x: f64, y: f64| self.centre + self.along * (x * self.half[0]) + across * (y * self.half[1]);
        Quad([corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)])
    }

    /// Its colour at a point of the plane, or `None` beside it.
    pub fn colour(&self, at: Point) -> Option<Colour> {
        let from = at - self.centre;
        let [x, y] = [from.dot(self.along) / self.half[0], self.along.cross(from) / self.half[1]];
        (x.abs() <= 1.0 && y.abs() <= 1.0).then(|| self.look.colour([x, y], self.half[0] / self.half[1])).flatten()
    }
}

impl Look {
    /// At `x` and `y` from -1 to 1 in a box of `aspect`.
    fn colour(&self, [x, y]: [f64; 2], aspect: f64) -> Option<Colour> {
        match self {
            Self::Sheet { print, radius } => inside_corners([x, y], aspect, *radius).then(|| bilinear(print, [x, y])),
            Self::Pen { colours, cap } => {
                let colour = colours[usize::from(x > *cap)];
                inside_corners([x, y], aspect, 0.9).then(|| shaded(colour, 1.15 - 0.7 * (y + 0.2).powi(2)))
            }
            Self::Ruler { colour, ticks } => Some(shaded(*colour, tick([x, y], *ticks))),
            Self::Cable { colour, width, waves, phase } => cable([x, y], aspect, *width, [*waves, *phase])
                .map(|across| shaded(*colour, 1.1 - 0.6 * across * across)),
            Self::Keyboard { base, key, keys } => {
                inside_corners([x, y], aspect, 0.06).then(|| if on_key([x, y], *keys) { *key } else { *base })
            }
        }
    }
}

fn inside_corners([x, y]: [f64; 2], aspect: f64, radius: f64) -> bool {
    let beyond = |v: f64, length: f64| (v.abs() * length - (length - radius)).max(0.0);
    beyond(x, aspect).hypot(beyond(y, 1.0)) <= radius
}

/// Place across the cable, -1 to 1.
fn cable([x, y]: [f64; 2], aspect: f64, width: f64, [waves, phase]: [f64; 2]) -> Option<f64> {
    let angle = waves * x + phase;
    let room = 1.0 - 2.0 * width;
    let middle = room * (0.7 * angle.sin() + 0.3 * (1.7 * angle).cos());
    let slope = room * waves * (0.7 * angle.cos() - 0.51 * (1.7 * angle).sin()) / aspect;
    let across = (y - middle) / slope.hypot(1.0) / width;
    (across.abs() <= 1.0).then_some(across)
}

/// Every fifth tick is longer.
fn tick([x, y]: [f64; 2], ticks: f64) -> f64 {
    let at = (x + 1.0) * ticks / 2.0;
    let depth = if (at as usize).is_multiple_of(5) { 0.2 } else { 0.55 };
    if at.fract() < 0.25 && y > depth { 0.35 } else { 1.0 }
}

fn on_key([x, y]: [f64; 2], [columns, rows]: [f64; 2]) -> bool {
    let [column, row] = [f64::midpoint(x / 0.96, 1.0) * columns, f64::midpoint(y / 0.9, 1.0) * rows];
    let shifted = column + 0.3 * row.floor();
    let key = |v: f64, gap: f64| v.fract() > gap;
    let space = row.floor() >= rows - 1.0 && (0.3..0.65).contains(&(column / columns));
    x.abs() < 0.96 && y.abs() < 0.9 && key(row, 0.14) && (space || key(shifted, 0.14))
}

fn shaded(colour: Colour, light: f64) -> Colour {
    colour.map(|channel| (channel * light as f32).clamp(0.0, 255.0))
}

/// At `x` and `y` from -1 to 1.
fn bilinear(print: &RgbImage, at: [f64; 2]) -> Colour {
    let place = |v: f64, length: u32| {
        let v = (f64::midpoint(v, 1.0) * f64::from(length) - 0.5).clamp(0.0, f64::from(length - 1));
        (v as u32, (v as u32 + 1).min(length - 1), v.fract() as f32)
    };
    let ((left, right, fx), (top, bottom, fy)) = (place(at[0], print.width()), place(at[1], print.height()));
    let between = |a: Colour, b: Colour, share: f32| std::array::from_fn(|k| a[k] + (b[k] - a[k]) * share);
    let pixel = |x, y| print.get_pixel(x, y).0.map(f32::from);
    between(
        between(pixel(left, top), pixel(right, top), fx),
        between(pixel(left, bottom), pixel(right, bottom), fx),
        fy,
    )
}

#[cfg(test)]
mod tests {
    use image::Rgb;
    use image::RgbImage;
    use kyclint::geometry::Point;

    use super::Look;
    use super::Object;

    #[test]
    fn a_turned_sheet_covers_its_box_only() {
        let print = RgbImage::from_pixel(2, 2, Rgb([9, 8, 7]));
        let (centre, along) = (Point::new(5.0, 5.0), Point::new(0.0, 1.0));
        let look = Look::Sheet { print, radius: 0.0 };
        let sheet = Object { centre, along, half: [3.0, 1.0], look, shadow: [0.0, 1.0] };
        assert_eq!(sheet.colour(Point::new(5.5, 7.5)), Some([9.0, 8.0, 7.0]));
        assert_eq!(sheet.colour(Point::new(7.5, 5.5)), None);
    }
}
