//! Laws of [`super::decode`] over files of every format, drawn and encoded here.

use std::io::Cursor;

use image::DynamicImage;
use image::ImageFormat;
use image::RgbImage;
use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use jpeg_encoder::SamplingFactor;
use proptest::prelude::*;

use super::FileFacts;
use super::Format;
use super::Limits;
use super::Photo;
use super::PhotoError;
use super::decode;

const WIDTH: u32 = 61;
const HEIGHT: u32 = 45;

/// Colour ramps under a fine texture.
fn drawing(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let texture = (x * 7 + y * 13) % 32;
        image::Rgb([(x * 3 + texture) as u8, (y * 4 + texture) as u8, (220 - (x + y / 2) % 150 - texture) as u8])
    })
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// How a JPEG is written.
#[derive(Clone, Copy)]
struct Jpeg {
    colour: ColorType,
    sampling: SamplingFactor,
    progressive: bool,
    restart_interval: u16,
    orientation: Option<u8>,
}

const BASELINE: Jpeg = Jpeg {
    colour: ColorType::Rgb,
    sampling: SamplingFactor::F_2_2,
    progressive: false,
    restart_interval: 0,
    orientation: None,
};

fn jpeg(pixels: &[u8], (width, height): (u32, u32), options: Jpeg) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(options.sampling);
    encoder.set_progressive(options.progressive);
    encoder.set_restart_interval(options.restart_interval);
    if let Some(orientation) = options.orientation {
        let mut block = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        encoder.add_app_segment(1, block).unwrap();
    }
    encoder.encode(pixels, width as u16, height as u16, options.colour).unwrap();
    bytes
}

fn jpeg_of_drawing(options: Jpeg) -> Vec<u8> {
    jpeg(drawing(WIDTH, HEIGHT).as_raw(), (WIDTH, HEIGHT), options)
}

/// A file of every format that an encoder is at hand for, by name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let rgb = DynamicImage::ImageRgb8(drawing(WIDTH, HEIGHT));
    vec![
        ("baseline.jpg", jpeg_of_drawing(BASELINE)),
        ("restarts.jpg", jpeg_of_drawing(Jpeg { restart_interval: 2, ..BASELINE })),
        ("progressive.jpg", jpeg_of_drawing(Jpeg { progressive: true, ..BASELINE })),
        ("rgb.png", encoded(&rgb, ImageFormat::Png)),
        ("sixteen_bits.png", encoded(&DynamicImage::ImageRgba16(rgb.to_rgba16()), ImageFormat::Png)),
        ("lossless.webp", encoded(&rgb, ImageFormat::WebP)),
        ("rgb.tif", encoded(&rgb, ImageFormat::Tiff)),
        ("sixteen_bits.tif", encoded(&DynamicImage::ImageRgb16(rgb.to_rgb16()), ImageFormat::Tiff)),
        ("rgb.bmp", encoded(&rgb, ImageFormat::Bmp)),
        ("first_frame.gif", encoded(&rgb, ImageFormat::Gif)),
    ]
}

fn read(bytes: &[u8]) -> Result<Photo, PhotoError> {
    decode(bytes, FileFacts::read(bytes), &Limits::default())
}

fn integrity(bytes: &[u8]) -> f64 {
    read(bytes).map_or(0.0, |photo| photo.integrity())
}

/// Mean distance of the photo's luma from that of the drawing.
fn distance(photo: &Photo, drawing: &RgbImage) -> f64 {
    let lumas = drawing.pixels().map(|pixel| crate::pixels::luma(pixel[0], pixel[1], pixel[2]));
    let sum: u32 = photo.luma().samples().iter().zip(lumas).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
    f64::from(sum) / f64::from(drawing.width() * drawing.height())
}

#[test]
fn whole_files_of_every_format_show_the_drawing() {
    for (name, bytes) in files() {
        let photo = read(&bytes).unwrap();
        assert_eq!(photo.facts().size, Some((WIDTH, HEIGHT)), "{name}");
        assert_eq!(FileFacts::read(&bytes).size, Some((WIDTH, HEIGHT)), "{name}");
        assert!(photo.chroma().is_some(), "{name}");
        assert!((photo.integrity() - 1.0).abs() < f64::EPSILON, "{name}");
        let limit = if name.ends_with("jpg") {
            3.0
        } else if name.ends_with("gif") {
            8.0
        } else {
            0.6
        };
        assert!(distance(&photo, &drawing(WIDTH, HEIGHT)) < limit, "{name}");
    }
}

#[test]
fn every_subsampling_keeps_chroma_as_stored() {
    let stored = [
        (SamplingFactor::F_1_1, (61, 45)),
        (SamplingFactor::F_2_1, (31, 45)),
        (SamplingFactor::F_1_2, (61, 23)),
        (SamplingFactor::F_2_2, (31, 23)),
        (SamplingFactor::F_4_1, (16, 45)),
    ];
    for (sampling, size) in stored {
        for progressive in [false, true] {
            let photo = read(&jpeg_of_drawing(Jpeg { sampling, progressive, ..BASELINE })).unwrap();
            let chroma = photo.chroma().unwrap();
            assert_eq!((chroma.cb.width(), chroma.cb.height()), size, "{sampling:?} {progressive}");
            assert_eq!((chroma.cr.width(), chroma.cr.height()), size);
            assert!(distance(&photo, &drawing(WIDTH, HEIGHT)) < 3.0, "{sampling:?} {progressive}");
        }
    }
}

#[test]
fn grey_files_have_no_chroma() {
    let grey = DynamicImage::ImageRgb8(drawing(WIDTH, HEIGHT)).to_luma8();
    let file = jpeg(grey.as_raw(), (WIDTH, HEIGHT), Jpeg { colour: ColorType::Luma, ..BASELINE });
    for bytes in [file, encoded(&DynamicImage::ImageLuma8(grey), ImageFormat::Png)] {
        let photo = read(&bytes).unwrap();
        assert!(photo.chroma().is_none());
        assert!((photo.integrity() - 1.0).abs() < f64::EPSILON);
    }
}

#[test]
fn inks_and_their_ycck_form_show_the_same_photo() {
    // Inks that print the drawing without black, left out as Adobe's files store them.
    let inks: Vec<u8> = drawing(WIDTH, HEIGHT)
        .pixels()
        .flat_map(|pixel| pixel.0.map(|part| 255 - part).into_iter().chain([0]))
        .collect();
    for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let photo =
            read(&jpeg(&inks, (WIDTH, HEIGHT), Jpeg { colour, sampling: SamplingFactor::F_1_1, ..BASELINE })).unwrap();
        assert!(
            distance(&photo, &drawing(WIDTH, HEIGHT)) < 3.0,
            "{colour:?}: {}",
            distance(&photo, &drawing(WIDTH, HEIGHT))
        );
        assert!(photo.chroma().is_some());
    }
}

#[test]
fn all_eight_orientations_of_one_scene_give_the_same_upright_photo() {
    // How a camera stores an upright scene under each orientation.
    let stored: [fn(&DynamicImage) -> DynamicImage; 8] = [
        Clone::clone,
        DynamicImage::fliph,
        DynamicImage::rotate180,
        DynamicImage::flipv,
        |scene| scene.rotate90().fliph(),
        DynamicImage::rotate270,
        |scene| scene.rotate270().fliph(),
        DynamicImage::rotate90,
    ];
    let (width, height) = (64, 48);
    let scene = DynamicImage::ImageRgb8(drawing(width, height));
    for (orientation, store) in (1..).zip(stored) {
        let raster = store(&scene).to_rgb8();
        let options = Jpeg { orientation: Some(orientation), ..BASELINE };
        let photo = read(&jpeg(raster.as_raw(), raster.dimensions(), options)).unwrap();
        assert_eq!((photo.luma().width(), photo.luma().height()), (64, 48), "EXIF {orientation}");
        assert_eq!(photo.facts().size, Some((64, 48)));
        assert!(distance(&photo, &drawing(width, height)) < 3.0, "EXIF {orientation}");
        let chroma = photo.chroma().unwrap();
        assert_eq!((chroma.cb.width(), chroma.cb.height()), (32, 24), "EXIF {orientation}");
    }
}

#[test]
fn no_file_that_was_cut_passes_as_whole() {
    for (name, bytes) in files() {
        // An end marker or a trailer adds no image data: what ends just before it may be whole.
        for cut in (0..bytes.len() - 4).step_by(bytes.len() / 150 + 1) {
            assert!(integrity(&bytes[..cut]) < 1.0, "{name} cut at {cut} of {}", bytes.len());
        }
    }
}

#[test]
fn a_longer_part_of_a_jpeg_never_has_less_integrity() {
    for (name, bytes) in files().iter().filter(|(name, _)| name.ends_with("jpg")) {
        let parts: Vec<f64> = (0..=100).map(|percent| integrity(&bytes[..bytes.len() * percent / 100])).collect();
        assert!(parts.is_sorted(), "{name}: {parts:?}");
        assert!((parts[100] - 1.0).abs() < f64::EPSILON, "{name}");
    }
}

#[test]
fn half_of_a_baseline_photo_is_about_half_a_photo() {
    let (width, height) = (320, 240);
    let bytes = jpeg(drawing(width, height).as_raw(), (width, height), BASELINE);
    for share in [0.3, 0.5, 0.95] {
        let part = &bytes[..(bytes.len() as f64 * share) as usize];
        assert!((integrity(part) - share).abs() < 0.15, "{share} has {}", integrity(part));
    }
}

#[test]
fn a_jpeg_without_its_end_marker_is_whole_and_so_is_one_with_a_tail() {
    for (name, bytes) in files().iter().filter(|(name, _)| name.ends_with("jpg")) {
        assert!((integrity(&bytes[..bytes.len() - 2]) - 1.0).abs() < f64::EPSILON, "{name}");
        let tail = [bytes.as_slice(), b"\0\0\0 a trailer \xFF\xD8\xFF"].concat();
        assert!((integrity(&tail) - 1.0).abs() < f64::EPSILON, "{name}");
    }
}

#[test]
fn the_rows_of_a_png_before_its_break_are_kept() {
    let (width, height) = (200, 200);
    let whole = encoded(&DynamicImage::ImageRgb8(drawing(width, height)), ImageFormat::Png);
    let photo = read(&whole[..whole.len() * 3 / 4]).unwrap();
    assert!((0.1..1.0).contains(&photo.integrity()));
    let rows = (photo.integrity() * f64::from(height)).round() as usize;
    assert_eq!(photo.luma().row(rows), [128; 200]);
    assert_eq!(photo.luma().row(rows - 1), read(&whole).unwrap().luma().row(rows - 1));
}

#[test]
fn a_data_error_in_a_jpeg_is_told() {
    let bytes = jpeg(drawing(320, 240).as_raw(), (320, 240), BASELINE);
    let start = bytes.len() / 2;
    let mut broken = bytes.clone();
    broken[start..start + 40].fill(0xA5);
    assert!(integrity(&broken) < 1.0);
    let missing = [&bytes[..start], &bytes[start + 1000..]].concat();
    assert!(integrity(&missing) < 1.0, "a thousand bytes fell out");
}

#[test]
fn a_limit_is_held_before_anything_is_decoded() {
    let huge = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0";
    assert!(matches!(read(huge).unwrap_err(), PhotoError::TooLarge { key: "max_side", .. }));
    for (name, bytes) in files() {
        let facts = || FileFacts::read(&bytes);
        let few = Limits { max_pixels: 100, ..Limits::default() };
        assert!(matches!(decode(&bytes, facts(), &few), Err(PhotoError::TooLarge { key: "max_pixels", .. })), "{name}");
        let small = Limits { max_file_bytes: 100, ..Limits::default() };
        assert!(
            matches!(decode(&bytes, facts(), &small), Err(PhotoError::TooLarge { key: "max_file_bytes", .. })),
            "{name}"
        );
    }
}

#[test]
fn the_tallest_jpeg_that_libjpeg_takes_decodes() {
    let tall = Limits { max_side: u32::MAX, ..Limits::default() };
    let grey = Jpeg { colour: ColorType::Luma, ..BASELINE };
    let bytes = jpeg(&vec![90; 65_500], (1, 65_500), grey);
    let integrity = |bytes: &[u8]| decode(bytes, FileFacts::read(bytes), &tall).unwrap().integrity();
    assert!((integrity(&bytes) - 1.0).abs() < f64::EPSILON);
    assert!(integrity(&bytes[..bytes.len() - 500]) < 0.95);
}

#[test]
fn a_jpeg_without_a_quantisation_table_says_so() {
    let bytes = jpeg_of_drawing(BASELINE);
    let mut broken = bytes.clone();
    while let Some(table) = broken.windows(2).position(|pair| pair == b"\xFF\xDB") {
        broken[table + 1] = 0xFE;
    }
    assert_eq!(read(&broken).unwrap_err().to_string(), "the JPEG data is damaged: it has no quantisation table");
    assert!(read(&bytes).unwrap().luma_quantisation().is_some());
}

#[test]
fn what_is_no_photo_says_what_it_is() {
    assert_eq!(read(b"").unwrap_err().to_string(), "the file is empty");
    assert!(matches!(read(b"dear sir, find attached").unwrap_err(), PhotoError::NotAPhoto));
    let twelve_bits =
        b"\xFF\xD8\xFF\xC1\0\x0B\x0C\0\x08\0\x08\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0abc\xFF\xD9";
    assert_eq!(read(twelve_bits).unwrap_err().to_string(), "JPEG with 12 bits a sample is not supported");
    let arithmetic = b"\xFF\xD8\xFF\xC9\0\x0B\x08\0\x08\0\x08\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0abc\xFF\xD9";
    assert_eq!(read(arithmetic).unwrap_err().to_string(), "JPEG with arithmetic coding is not supported");
}

#[cfg(not(feature = "heif"))]
#[test]
fn a_heif_names_the_feature_it_needs() {
    let error = read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap_err();
    assert_eq!(error.to_string(), "HEIF needs a build with `--features heif`");
}

#[test]
fn flipped_bits_never_panic_and_never_leave_the_range() {
    let mut state = 1_u64;
    for (name, bytes) in files() {
        for _ in 0..150 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut flipped = bytes.clone();
            let at = (state >> 33) as usize % bytes.len();
            flipped[at] ^= 1 << (state >> 30 & 7);
            if let Ok(photo) = read(&flipped) {
                assert!((0.0..=1.0).contains(&photo.integrity()), "{name} at {at}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_behind_any_signature_never_panic(
        format in prop::sample::select(Format::ALL.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let signature: &[u8] = match format {
            Format::Jpeg => b"\xFF\xD8\xFF",
            Format::Png => b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR",
            Format::WebP => b"RIFF\x10\0\0\0WEBP",
            Format::Tiff => b"II*\0\x08\0\0\0",
            Format::Bmp => b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
            Format::Gif => b"GIF89a",
            Format::Heif => b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            Format::Avif => b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        };
        let small = Limits { max_pixels: 1_000_000, ..Limits::default() };
        let file = [signature, &bytes].concat();
        let _ = decode(&file, FileFacts::read(&file), &small);
        let _ = FileFacts::read(&bytes);
    }
}
