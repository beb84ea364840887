use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use crate::pixels::LineSpectra;
use crate::pixels::LineSpectrum;
use crate::pixels::Plane;
use crate::pixels::detailed_tiles;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The share of the photo's nominal resolution, along a line, that carries detail, 0–1: an enlargement to twice
    /// the width has about 0.5.
    ///
    /// # Why it matters
    /// An enlarged thumbnail or a digital zoom has the pixels that the resolution check asks for and shows no more
    /// than before. The number cannot tell why detail is missing: a photo blurred by its processing has as little as
    /// an enlarged one. Sensor noise counts as detail, for it too is lost in enlarging, so that an out-of-focus photo
    /// straight from the sensor can have 1: sharpness is another check.
    ///
    /// # Method
    /// Spectral cut-off, after the observation that interpolation leaves nothing above the former Nyquist frequency
    /// (Gallagher 2005; Mahdian and Saic 2008). In the 48 tiles of 64 x 64 pixels that have the most detail, so that a
    /// blurred background does not count, the power of rows and columns is pooled; the harmonics of the 8 x 8 block
    /// grid are bridged over and the level near the Nyquist frequency, which is noise and quantisation, is taken off.
    /// The cut-off is the frequency below which 95 % of the power of the gradient lies; a line fitted on enlargements
    /// by 1.25 to 3 turns it into the share. Turning the photo changes nothing. A photo without detail or with nothing
    /// but noise has no number. Measured in docs/accuracy.md.
    Check {
        id: "effective_resolution",
        faults: Faults::below(Fault {
            category: Category::LowResolution,
            message: "the photo holds less detail than its pixels promise",
            advice: "Send the original photo from the camera, neither enlarged nor zoomed, and hold the camera still.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "share of the nominal resolution",
        required: &[],
        band: Band::at_least(0.4, 0.22),
        measure,
    }
}

/// Tiles that are pooled.
const TILES: usize = 48;
/// Mean difference between neighbours, grey levels, below which a tile shows nothing.
const LEAST_DIFFERENCE: f64 = 1.0;
/// Frequencies, of 32, whose power is taken for noise.
const FLOOR: std::ops::Range<usize> = 26..31;
/// Share of the gradient's power below the cut-off.
const CUT: f64 = 0.95;
/// Least share of the power that must be more than noise.
const LEAST_SIGNAL: f64 = 0.1;
/// Cut-offs, of 1, that mean no and full resolution.
const NONE_AND_FULL: (f64, f64) = (0.19, 0.73);

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    share_of_detail(scene.photo().stored_luma()).map(Measurement::of_photo)
}

fn share_of_detail(luma: &Plane) -> Result<f64, Unmeasured> {
    let mut tiles = detailed_tiles(luma, TILES);
    if tiles.is_empty() {
        return Err(Unmeasured::TooSmall);
    }
    tiles.retain(|(difference, _)| *difference >= LEAST_DIFFERENCE);
    let spectra = LineSpectra::default();
    let mut gradient = [0.0; 33];
    let mut power = 0.0;
    for (_, tile) in &tiles {
        let (rows, columns) = spectra.measure(tile);
        let spectrum = without_block_harmonics(std::array::from_fn(|k| rows[k] + columns[k]));
        let floor = spectrum[FLOOR].iter().sum::<f32>() / FLOOR.len() as f32;
        for (k, sum) in gradient.iter_mut().enumerate() {
            let weight = (k * k) as f64;
            *sum += weight * f64::from((spectrum[k] - floor).max(0.0));
            power += weight * f64::from(spectrum[k]);
        }
    }
    if gradient.iter().sum::<f64>() <= LEAST_SIGNAL * power {
        return Err(Unmeasured::NoDetail);
    }
    let (none, full) = NONE_AND_FULL;
    Ok(((cut_off(&gradient) - none) / (full - none)).clamp(0.0, 1.0))
}

/// The spectrum with the frequencies around 8, 16 and 24, where the borders of 8 x 8 blocks stand, bridged by a
/// geometric line, and the ones around 32 levelled.
fn without_block_harmonics(spectrum: LineSpectrum) -> LineSpectrum {
    let mut bridged = spectrum;
    for harmonic in [8, 16, 24] {
        let (left, right) = (spectrum[harmonic - 2] + 1e-6, spectrum[harmonic + 2] + 1e-6);
        let ratio = (right / left).sqrt().sqrt();
        for place in harmonic - 1..harmonic + 2 {
            bridged[place] = bridged[place - 1] * ratio;
        }
    }
    bridged[31] = bridged[30];
    bridged[32] = bridged[30];
    bridged
}

/// The frequency, as a share of 33 bins, below which [`CUT`] of the power lies.
fn cut_off(power: &[f64; 33]) -> f64 {
    let wanted = CUT * power.iter().sum::<f64>();
    let mut below = 0.0;
    for (k, &here) in power.iter().enumerate() {
        if below + here >= wanted && here > 0.0 {
            return (k as f64 + (wanted - below) / here) / 33.0;
        }
        below += here;
    }
    1.0
}

#[cfg(test)]
mod tests {
    use super::share_of_detail;
    use crate::checks::Unmeasured;
    use crate::pixels::Plane;
    use proptest::prelude::*;

    /// Rectangles of random place, size and grey, as text and edges have them, without noise.
    fn scene(seed: u32, width: usize, height: usize) -> Plane {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let mut samples = vec![128; width * height];
        for _ in 0..width * height / 60 {
            let (x, y, w, h, grey) = (draw(width), draw(height), 1 + draw(12), 1 + draw(12), draw(256) as u8);
            for row in y..(y + h).min(height) {
                samples[row * width + x..row * width + (x + w).min(width)].fill(grey);
            }
        }
        Plane::new(width, height, samples)
    }

    fn enlarged(plane: &Plane, factor: usize) -> Plane {
        let (width, height) = (plane.width() * factor, plane.height() * factor);
        let at = |x: usize, y: usize| f32::from(plane.row(y.min(plane.height() - 1))[x.min(plane.width() - 1)]);
        let samples = (0..width * height).map(|n| {
            let (x, y) = (n % width, n / width);
            let (fx, fy) = ((x % factor) as f32 / factor as f32, (y % factor) as f32 / factor as f32);
            let (x, y) = (x / factor, y / factor);
            let top = at(x, y) * (1.0 - fx) + at(x + 1, y) * fx;
            let bottom = at(x, y + 1) * (1.0 - fx) + at(x + 1, y + 1) * fx;
            (top * (1.0 - fy) + bottom * fy).round() as u8
        });
        Plane::new(width, height, samples.collect())
    }

    fn turned(plane: &Plane) -> Plane {
        let (width, height) = (plane.height(), plane.width());
        let samples = (0..width * height).map(|n| plane.row(width - 1 - n % width)[n / width]);
        Plane::new(width, height, samples.collect())
    }

    #[test]
    fn a_flat_photo_has_no_detail_and_a_tiny_one_is_too_small() {
        assert_eq!(share_of_detail(&Plane::new(200, 200, vec![90; 40_000])), Err(Unmeasured::NoDetail));
        assert_eq!(share_of_detail(&Plane::new(63, 200, vec![90; 12_600])), Err(Unmeasured::TooSmall));
        assert_eq!(share_of_detail(&Plane::default()), Err(Unmeasured::TooSmall));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn enlarging_lowers_the_share(seed in 0u32..10_000) {
            let native = scene(seed, 256, 192);
            let shares = [1, 2, 3].map(|factor| share_of_detail(&enlarged(&native, factor)).unwrap_or(f64::NAN));
            prop_assert!(shares[0] > shares[1] + 0.03 && shares[1] > shares[2] + 0.03, "{shares:?}");
        }

        #[test]
        fn turning_by_90_degrees_changes_nothing(seed in 0u32..10_000, width in 64usize..400, height in 64usize..400) {
            let native = scene(seed, width, height);
            let (upright, turned) = (share_of_detail(&native), share_of_detail(&turned(&native)));
            let difference = upright.and_then(|a| turned.map(|b| (a - b).abs()));
            prop_assert!(difference.is_ok_and(|difference| difference <= 0.05), "{upright:?} {turned:?}");
        }
    }
}
