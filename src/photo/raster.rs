use super::Chroma;
use crate::pixels::Plane;
use crate::pixels::ycbcr;

/// What a decoder makes of a file: planes as stored, and the share of them that is real.
#[derive(Debug)]
pub(super) struct Raster {
    pub luma: Plane,
    pub chroma: Option<Chroma>,
    pub integrity: f64,
}

/// What the channels of interleaved 8-bit pixels mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channels {
    Grey,
    GreyAlpha,
    Rgb,
    RgbAlpha,
}

impl Channels {
    pub(super) const fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::RgbAlpha => 4,
        }
    }
}

impl Raster {
    /// The raster of interleaved pixels of `channels`, transparency laid over white.
    pub(super) fn of_pixels(width: usize, height: usize, channels: Channels, pixels: Vec<u8>) -> Self {
        match channels {
            Channels::Grey => Self::whole(Plane::new(width, height, pixels), None),
            Channels::GreyAlpha => {
                let grey = pixels.as_chunks::<2>().0.iter().map(|&[grey, alpha]| over_white(grey, alpha)).collect();
                Self::whole(Plane::new(width, height, grey), None)
            }
            Channels::Rgb => Self::of_colours(width, height, pixels.as_chunks::<3>().0, |&colour| colour),
            Channels::RgbAlpha => {
                let opaque =
                    |&[red, green, blue, alpha]: &[u8; 4]| [red, green, blue].map(|part| over_white(part, alpha));
                Self::of_colours(width, height, pixels.as_chunks::<4>().0, opaque)
            }
        }
    }

    /// The raster of `pixels`, of which `colour` tells red, green and blue.
    pub(super) fn of_colours<P>(width: usize, height: usize, pixels: &[P], colour: impl Fn(&P) -> [u8; 3]) -> Self {
        let mut planes = [(); 3].map(|()| vec![0; width * height]);
        let [y, cb, cr] = &mut planes;
        for (((y, cb), cr), pixel) in y.iter_mut().zip(cb).zip(cr).zip(pixels) {
            let [red, green, blue] = colour(pixel);
            [*y, *cb, *cr] = ycbcr(red, green, blue);
        }
        let [y, cb, cr] = planes.map(|samples| Plane::new(width, height, samples));
        Self::whole(y, Some(Chroma { cb, cr }))
    }

    pub(super) fn whole(luma: Plane, chroma: Option<Chroma>) -> Self {
        Self { luma, chroma, integrity: 1.0 }
    }
}

/// `part` of a colour seen through `alpha` on white paper.
#[inline]
fn over_white(part: u8, alpha: u8) -> u8 {
    let (part, alpha) = (u32::from(part), u32::from(alpha));
    ((part * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::Channels;
    use super::Raster;

    #[test]
    fn what_is_transparent_is_white() {
        let raster = Raster::of_pixels(2, 1, Channels::RgbAlpha, vec![9, 9, 9, 0, 255, 0, 0, 255]);
        assert_eq!(raster.luma.samples(), [255, 76]);
        let grey = Raster::of_pixels(3, 1, Channels::GreyAlpha, vec![0, 255, 0, 128, 0, 0]);
        assert_eq!(grey.luma.samples(), [0, 127, 255]);
        assert!(grey.chroma.is_none());
    }

    #[test]
    fn two_by_two_colours_have_these_planes() {
        let pixels = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128];
        let raster = Raster::of_pixels(2, 2, Channels::Rgb, pixels);
        let chroma = raster.chroma.unwrap();
        assert_eq!(raster.luma.samples(), [76, 150, 29, 128]);
        assert_eq!(chroma.cb.samples(), [85, 44, 255, 128]);
        assert_eq!(chroma.cr.samples(), [255, 21, 107, 128]);
    }
}
