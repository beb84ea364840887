//! Races the JPEG decoders this project could use against C libjpeg-turbo, on the JPEG files of one folder.
//!
//! `cargo run --release --no-default-features --features referee --example decoder_race -- FOLDER`
//!
//! Prints, for each decoder: how far its samples lie from the referee's, what it makes of truncated and bit-flipped files
//! in its strict mode, and the best time of nine for each file over 10 megapixels.
#![expect(clippy::print_stdout, reason = "a program that prints a table")]

use std::path::PathBuf;
use std::time::Instant;

/// Planes as far as a decoder gives them: the first component first.
type Outcome = Result<Vec<u8>, String>;

struct Racer {
    name: &'static str,
    /// Luma of a grey or YCbCr file; all four channels, interleaved, of a CMYK file.
    samples: fn(&[u8], four: bool) -> Outcome,
    /// Every component, in the form the decoder gives fastest without going through RGB.
    planar: fn(&[u8]) -> Result<(), String>,
    /// Luma only, where the decoder can leave out the rest.
    luma: fn(&[u8]) -> Result<(), String>,
}

const RACERS: [Racer; 4] = [
    Racer { name: "C libjpeg-turbo", samples: c::samples, planar: c::planar, luma: c::luma },
    Racer { name: "libjpeg-turbo-rs", samples: port::samples, planar: port::planar, luma: port::luma },
    Racer { name: "zune-jpeg", samples: zune::samples, planar: zune::planar, luma: zune::luma },
    Racer { name: "jpeg-decoder", samples: old::samples, planar: old::planar, luma: old::planar },
];

fn main() -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let photos: Vec<_> = files.iter().filter_map(|path| Some((path, std::fs::read(path).ok()?))).collect();
    for racer in &RACERS {
        println!("\n## {}", racer.name);
        fidelity(racer, &photos);
        damage(racer, &photos);
        speed(racer, &photos);
    }
    Ok(())
}

fn guarded<T>(work: impl FnOnce() -> Result<T, String> + std::panic::UnwindSafe) -> Result<T, String> {
    std::panic::catch_unwind(work).unwrap_or_else(|_| Err("panic".to_owned()))
}

fn components(bytes: &[u8]) -> usize {
    kyclint::photo::FileFacts::read(bytes).jpeg.map_or(0, |jpeg| jpeg.components.len())
}

fn fidelity(racer: &Racer, photos: &[(&PathBuf, Vec<u8>)]) {
    let (mut same, mut worst, mut total, mut count, mut refused) = (0, 0, 0_u64, 0_u64, Vec::new());
    for (path, bytes) in photos {
        let four = components(bytes) == 4;
        let Ok(reference) = guarded(|| c::samples(bytes, four)) else { continue };
        match guarded(|| (racer.samples)(bytes, four)) {
            Err(reason) => refused.push(format!("{}: {reason}", path.file_name().unwrap_or_default().display())),
            Ok(samples) if samples.len() != reference.len() => {
                refused.push(format!("{}: other size", path.display()));
            }
            Ok(samples) => {
                let differences = samples.iter().zip(&reference).map(|(a, b)| u64::from(a.abs_diff(*b)));
                let highest = differences.clone().max().unwrap_or(0);
                same += usize::from(highest == 0);
                worst = worst.max(highest);
                total += differences.sum::<u64>();
                count += samples.len() as u64;
                if highest > 8 {
                    println!("differs by {highest}: {}", path.display());
                }
            }
        }
    }
    let mean = total as f64 / count.max(1) as f64;
    println!("files identical to C: {same}; largest difference {worst}, mean {mean:.5}; refused: {refused:#?}");
}

fn damage(racer: &Racer, photos: &[(&PathBuf, Vec<u8>)]) {
    let small = photos.iter().filter(|(_, bytes)| (100_000..1_000_000).contains(&bytes.len()));
    let (mut cut_passes, mut cuts, mut flip_passes, mut silent, mut flips, mut panics) = (0, 0, 0, 0, 0, 0);
    for (_, bytes) in small {
        let four = components(bytes) == 4;
        let Ok(whole) = guarded(|| (racer.samples)(bytes, four)) else { continue };
        for percent in [5, 50, 95] {
            let outcome = guarded(|| (racer.samples)(&bytes[..bytes.len() * percent / 100], four));
            cuts += 1;
            cut_passes += usize::from(outcome.is_ok());
            panics += usize::from(outcome.is_err_and(|reason| reason == "panic"));
        }
        let mut seed = bytes.len() as u64;
        for _ in 0..20 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = 1000 + (seed >> 33) as usize % (bytes.len() - 1100);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (seed >> 29 & 7);
            let outcome = guarded(|| (racer.samples)(&flipped, four));
            flips += 1;
            flip_passes += usize::from(outcome.is_ok());
            silent += usize::from(outcome.as_ref().is_ok_and(|samples| far_apart(samples, &whole)));
            panics += usize::from(outcome.is_err_and(|reason| reason == "panic"));
        }
    }
    println!(
        "truncated and passed: {cut_passes} of {cuts}; flipped and passed: {flip_passes} of {flips}, \
         of these visibly wrong: {silent}; panics: {panics}"
    );
}

/// Whether more than 2 % of the samples are wrong by more than 8.
fn far_apart(samples: &[u8], whole: &[u8]) -> bool {
    samples.iter().zip(whole).filter(|(a, b)| a.abs_diff(**b) > 8).count() * 50 > whole.len()
}

fn speed(racer: &Racer, photos: &[(&PathBuf, Vec<u8>)]) {
    for (path, bytes) in photos.iter().filter(|(path, _)| path.to_string_lossy().contains("m12_")) {
        let best = |decode: fn(&[u8]) -> Result<(), String>| {
            let times = (0..9).map(|_| {
                let start = Instant::now();
                let _ = guarded(|| decode(bytes));
                start.elapsed().as_secs_f64() * 1e3
            });
            times.fold(f64::INFINITY, f64::min)
        };
        let name = path.file_name().unwrap_or_default().display();
        println!("{name}: planar {:.1} ms, luma {:.1} ms", best(racer.planar), best(racer.luma));
    }
}

fn fragment(error: &impl std::fmt::Debug) -> String {
    format!("{error:?}")
}

mod c {
    use super::fragment;

    fn yuv(bytes: &[u8]) -> Result<turbojpeg::YuvImage<Vec<u8>>, String> {
        turbojpeg::decompress_to_yuv(bytes).map_err(|error| fragment(&error))
    }

    pub(super) fn samples(bytes: &[u8], four: bool) -> super::Outcome {
        if four {
            let image = turbojpeg::decompress(bytes, turbojpeg::PixelFormat::CMYK);
            return image.map(|image| image.pixels).map_err(|error| fragment(&error));
        }
        let image = yuv(bytes)?;
        let rows = image.pixels.chunks_exact(image.y_width()).take(image.height);
        Ok(rows.flat_map(|row| &row[..image.width]).copied().collect())
    }

    pub(super) fn planar(bytes: &[u8]) -> Result<(), String> {
        yuv(bytes).map(drop)
    }

    pub(super) fn luma(bytes: &[u8]) -> Result<(), String> {
        turbojpeg::decompress(bytes, turbojpeg::PixelFormat::GRAY).map(drop).map_err(|error| fragment(&error))
    }
}

mod port {
    use super::fragment;
    use libjpeg_turbo_rs::PixelFormat;

    pub(super) fn samples(bytes: &[u8], four: bool) -> super::Outcome {
        if four {
            let image = libjpeg_turbo_rs::decompress_to(bytes, PixelFormat::Cmyk);
            return image.map(|image| image.data).map_err(|error| fragment(&error));
        }
        let raw = libjpeg_turbo_rs::decompress_raw(bytes).map_err(|error| fragment(&error))?;
        let rows = raw.planes[0].chunks_exact(raw.plane_widths[0]).take(raw.height);
        Ok(rows.flat_map(|row| &row[..raw.width]).copied().collect())
    }

    pub(super) fn planar(bytes: &[u8]) -> Result<(), String> {
        libjpeg_turbo_rs::decompress_raw(bytes).map(drop).map_err(|error| fragment(&error))
    }

    pub(super) fn luma(bytes: &[u8]) -> Result<(), String> {
        let image = libjpeg_turbo_rs::decompress_to(bytes, PixelFormat::Grayscale);
        image.map(drop).map_err(|error| fragment(&error))
    }
}

mod zune {
    use super::fragment;
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::bytestream::ZCursor;
    use zune_jpeg::zune_core::colorspace::ColorSpace;
    use zune_jpeg::zune_core::options::DecoderOptions;

    fn decode(bytes: &[u8], space: ColorSpace) -> super::Outcome {
        let options = DecoderOptions::new_fast().set_strict_mode(true).jpeg_set_out_colorspace(space);
        JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().map_err(|error| fragment(&error))
    }

    pub(super) fn samples(bytes: &[u8], four: bool) -> super::Outcome {
        decode(bytes, if four { ColorSpace::CMYK } else { ColorSpace::Luma })
    }

    pub(super) fn planar(bytes: &[u8]) -> Result<(), String> {
        decode(bytes, ColorSpace::YCbCr).map(drop)
    }

    pub(super) fn luma(bytes: &[u8]) -> Result<(), String> {
        decode(bytes, ColorSpace::Luma).map(drop)
    }
}

mod old {
    use super::fragment;

    /// Without its colour transform the decoder writes each row component after component.
    fn decode(bytes: &[u8], raw: bool) -> Result<(Vec<u8>, usize, usize), String> {
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        if raw {
            decoder.set_color_transform(jpeg_decoder::ColorTransform::None);
        }
        let pixels = decoder.decode().map_err(|error| fragment(&error))?;
        let info = decoder.info().ok_or("no header")?;
        Ok((pixels, info.width.into(), info.pixel_format.pixel_bytes()))
    }

    pub(super) fn samples(bytes: &[u8], four: bool) -> super::Outcome {
        let (pixels, width, channels) = decode(bytes, !four)?;
        let rows = pixels.chunks_exact(width * channels);
        Ok(if four { pixels } else { rows.flat_map(|row| &row[..width]).copied().collect() })
    }

    pub(super) fn planar(bytes: &[u8]) -> Result<(), String> {
        decode(bytes, true).map(drop)
    }
}
