use crate::geometry::Point;
use crate::pixels::Plane;
use crate::pixels::flip;
use crate::pixels::mirror;
use crate::pixels::transpose;
use crate::pixels::transverse;
use crate::pixels::turn_half;
use crate::pixels::turn_left;
use crate::pixels::turn_right;

/// How the stored raster must be turned to stand upright (EXIF tag 0x0112).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    Mirrored,
    /// 3: turned by 180 degrees.
    Turned180,
    /// 4: mirrored top to bottom.
    Flipped,
    /// 5: mirrored at the main diagonal.
    Transposed,
    /// 6: to be turned clockwise by 90 degrees.
    Turned90,
    /// 7: mirrored at the other diagonal.
    Transversed,
    /// 8: to be turned counter-clockwise by 90 degrees.
    Turned270,
}

impl Orientation {
    /// The orientation of EXIF `value`; values that EXIF does not define count as upright.
    #[must_use]
    pub fn from_exif(value: u32) -> Self {
        match value {
            2 => Self::Mirrored,
            3 => Self::Turned180,
            4 => Self::Flipped,
            5 => Self::Transposed,
            6 => Self::Turned90,
            7 => Self::Transversed,
            8 => Self::Turned270,
            _ => Self::Upright,
        }
    }

    /// Whether columns become rows.
    #[must_use]
    pub fn swaps_axes(self) -> bool {
        matches!(self, Self::Transposed | Self::Turned90 | Self::Transversed | Self::Turned270)
    }

    /// Width and height of the upright raster, of which `size` are those of the stored one.
    #[must_use]
    pub fn upright_size(self, size: (u32, u32)) -> (u32, u32) {
        if self.swaps_axes() { (size.1, size.0) } else { size }
    }

    /// Turns a stored plane upright.
    #[must_use]
    pub fn apply(self, plane: Plane) -> Plane {
        match self {
            Self::Upright => plane,
            Self::Mirrored => mirror(plane),
            Self::Turned180 => turn_half(plane),
            Self::Flipped => flip(plane),
            Self::Transposed => transpose(&plane),
            Self::Turned90 => turn_right(&plane),
            Self::Transversed => transverse(&plane),
            Self::Turned270 => turn_left(&plane),
        }
    }

    /// Where a point of the upright raster lies in the stored one, of which `stored` are width and height.
    #[must_use]
    pub fn to_stored(self, Point { x, y }: Point, stored: (u32, u32)) -> Point {
        let (width, height) = (f64::from(stored.0), f64::from(stored.1));
        match self {
            Self::Upright => Point::new(x, y),
            Self::Mirrored => Point::new(width - x, y),
            Self::Turned180 => Point::new(width - x, height - y),
            Self::Flipped => Point::new(x, height - y),
            Self::Transposed => Point::new(y, x),
            Self::Turned90 => Point::new(y, height - x),
            Self::Transversed => Point::new(width - y, height - x),
            Self::Turned270 => Point::new(width - y, x),
        }
    }

    /// Where a point of the stored raster, of which `stored` are width and height, lies in the upright one.
    #[must_use]
    pub fn to_upright(self, point: Point, stored: (u32, u32)) -> Point {
        match self {
            Self::Turned90 => Self::Turned270.to_stored(point, self.upright_size(stored)),
            Self::Turned270 => Self::Turned90.to_stored(point, self.upright_size(stored)),
            own_inverse => own_inverse.to_stored(point, own_inverse.upright_size(stored)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Orientation;
    use crate::geometry::Point;
    use crate::pixels::Plane;

    #[test]
    fn each_of_the_eight_values_turns_as_exif_says() {
        let stored = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
        let upright: [(usize, [u8; 6]); 8] = [
            (3, [1, 2, 3, 4, 5, 6]),
            (3, [3, 2, 1, 6, 5, 4]),
            (3, [6, 5, 4, 3, 2, 1]),
            (3, [4, 5, 6, 1, 2, 3]),
            (2, [1, 4, 2, 5, 3, 6]),
            (2, [4, 1, 5, 2, 6, 3]),
            (2, [6, 3, 5, 2, 4, 1]),
            (2, [3, 6, 2, 5, 1, 4]),
        ];
        for (value, (width, samples)) in (1..).zip(upright) {
            let turned = Orientation::from_exif(value).apply(stored.clone());
            assert_eq!((turned.width(), turned.samples()), (width, &samples[..]), "EXIF {value}");
        }
    }

    #[test]
    fn points_of_the_upright_raster_are_found_in_the_stored_one_and_back() {
        let stored = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
        for value in 1..=8 {
            let orientation = Orientation::from_exif(value);
            let upright = orientation.apply(stored.clone());
            for (y, row) in upright.rows().enumerate() {
                for (x, sample) in row.iter().enumerate() {
                    let middle = Point::new(x as f64 + 0.5, y as f64 + 0.5);
                    let there = orientation.to_stored(middle, (3, 2));
                    assert_eq!(stored.row(there.y as usize)[there.x as usize], *sample, "EXIF {value} at {x}, {y}");
                    assert_eq!(orientation.to_upright(there, (3, 2)), middle, "EXIF {value} at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn undefined_values_are_upright() {
        assert_eq!(Orientation::from_exif(0), Orientation::Upright);
        assert_eq!(Orientation::from_exif(9), Orientation::Upright);
    }
}
