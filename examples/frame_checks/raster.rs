//! Planar photos that can be read, resized, mirrored into a larger frame and saved the way cameras and messengers do.

use std::path::Path;

use image::GrayImage;
use image::imageops::FilterType;
use image::imageops::resize;
use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use jpeg_encoder::QuantizationTableType;
use jpeg_encoder::SamplingFactor;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::PhotoError;
use kyclint::photo::decode;
use kyclint::pixels::Plane;

/// Luma and two colour differences of one size.
#[derive(Clone)]
pub struct Raster {
    pub planes: [GrayImage; 3],
}

/// How a file is written.
#[derive(Clone, Debug)]
pub struct Save {
    pub quality: u8,
    pub table: QuantizationTableType,
    pub progressive: bool,
    /// Camera file: EXIF with make and model, no JFIF header.
    pub exif: bool,
    pub jfif: bool,
}

/// Reads a file through the library.
pub fn open(bytes: &[u8]) -> Result<Photo, PhotoError> {
    decode(bytes, FileFacts::read(bytes), &Limits::default())
}

/// Reads a file's photo, or `None` with files that cannot be decoded.
pub fn open_file(path: &Path) -> Option<Photo> {
    open(&std::fs::read(path).ok()?).ok()
}

impl Raster {
    pub fn of(photo: &Photo) -> Self {
        let luma = grey(photo.luma());
        let (width, height) = luma.dimensions();
        let neutral = || GrayImage::from_pixel(width, height, image::Luma([128]));
        let chroma = |plane: &Plane| match grey(plane) {
            plane if plane.dimensions() == (width, height) => plane,
            plane => resize(&plane, width, height, FilterType::Triangle),
        };
        let (cb, cr) = photo.chroma().map_or_else(|| (neutral(), neutral()), |c| (chroma(&c.cb), chroma(&c.cr)));
        Self { planes: [luma, cb, cr] }
    }

    pub fn width(&self) -> u32 {
        self.planes[0].width()
    }

    pub fn height(&self) -> u32 {
        self.planes[0].height()
    }

    pub fn resized(&self, width: u32, height: u32, filter: FilterType) -> Self {
        Self { planes: self.planes.each_ref().map(|plane| resize(plane, width, height, filter)) }
    }

    /// Scaled so that the long side is `side`.
    pub fn long_side(&self, side: u32, filter: FilterType) -> Self {
        let scale = f64::from(side) / f64::from(self.width().max(self.height()));
        let scaled = |length: u32| (f64::from(length) * scale).round().max(1.0) as u32;
        self.resized(scaled(self.width()), scaled(self.height()), filter)
    }

    pub fn cropped(&self, x: u32, y: u32, width: u32, height: u32) -> Self {
        Self { planes: self.planes.each_ref().map(|p| image::imageops::crop_imm(p, x, y, width, height).to_image()) }
    }

    /// A frame of `width` x `height` filled with mirrored copies.
    pub fn mirrored(&self, width: u32, height: u32) -> Self {
        let fold =
            |n: u32, length: u32| if (n / length).is_multiple_of(2) { n % length } else { length - 1 - n % length };
        let (w, h) = (self.width(), self.height());
        let frame = |p: &GrayImage| GrayImage::from_fn(width, height, |x, y| *p.get_pixel(fold(x, w), fold(y, h)));
        Self { planes: self.planes.each_ref().map(frame) }
    }

    pub fn blurred(&self, sigma: f32) -> Self {
        Self { planes: self.planes.each_ref().map(|plane| image::imageops::blur(plane, sigma)) }
    }

    /// With luma noise of standard deviation `sigma`, the same for the same `seed`.
    pub fn noisy(mut self, sigma: f32, seed: u32) -> Self {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        for sample in self.planes[0].iter_mut() {
            let mut sum = -2.0;
            for _ in 0..4 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                sum += (state >> 8) as f32 / (1 << 24) as f32;
            }
            *sample = (f32::from(*sample) + sum * sigma * 3f32.sqrt()).round().clamp(0.0, 255.0) as u8;
        }
        self
    }

    pub fn jpeg(&self, save: &Save) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, save.quality);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        encoder.set_progressive(save.progressive);
        encoder.set_quantization_tables(save.table.clone(), save.table.clone());
        if save.exif {
            encoder.add_exif_metadata(&camera_exif()).expect("the block is short");
        }
        let [y, cb, cr] = &self.planes;
        let pixels: Vec<u8> = y.iter().zip(cb.iter()).zip(cr.iter()).flat_map(|((y, cb), cr)| [*y, *cb, *cr]).collect();
        encoder
            .encode(&pixels, self.width() as u16, self.height() as u16, ColorType::Ycbcr)
            .expect("encodes to memory");
        if save.jfif { bytes } else { without_jfif(bytes) }
    }
}

fn grey(plane: &Plane) -> GrayImage {
    GrayImage::from_raw(plane.width() as u32, plane.height() as u32, plane.samples().to_vec())
        .expect("a plane is whole")
}

/// A TIFF block with make and model.
fn camera_exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    for (tag, offset) in [(0x010f_u16, 38_u32), (0x0110, 46)] {
        tiff.extend(tag.to_le_bytes());
        tiff.extend([2, 0, 8, 0, 0, 0]);
        tiff.extend(offset.to_le_bytes());
    }
    tiff.extend([0; 4]);
    tiff.extend(b"Example\0Model-1\0");
    tiff
}

/// Cuts the APP0 segment that the encoder writes first.
fn without_jfif(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes[2..4] == [0xff, 0xe0] {
        let length = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
        bytes.drain(2..4 + length);
    }
    bytes
}
