mod cells;
mod light;

use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::ink_contrast::ink_contrast;
use super::on_document::outline;
use super::on_document::rectified;
use super::on_text::text;
use crate::photo::Photo;
use crate::pixels::Lab;
use crate::pixels::Plane;
use crate::pixels::linear_rgb;
use crate::pixels::quantile;
use crate::scene::DocumentType;
use crate::scene::Scene;
use cells::Cell;
use cells::cells;
use light::Hue;
use light::Light;

check! {
    /// # What it measures
    /// Root mean square chroma (CIELAB C*ab) of the document after white balance, relative to its paper white. A grey
    /// print has about 0.4, under any light; a coloured document 2 to 20.
    ///
    /// # Why it matters
    /// A document without colour is a photocopy. Letters and receipts can be grey and genuine: the number says "grey", not
    /// "copy".
    ///
    /// # Method
    /// Mean colours of cells of 1/57 of the document's length: averaging leaves little of the noise of sensor and chroma
    /// compression. Grey paper and ink have the hue of the light that falls on them, whatever their lightness. So a
    /// polynomial of degree two over the document is fitted to the logarithms of red and blue over green by reweighted
    /// least squares (Cauchy's weights): the hue of the light, which may change from one end of the document to the other
    /// under two lamps. The cells' colours divided by that light and by the lightness of the paper (90th percentile) have
    /// the chroma of the print. The camera's tone curve leaves a grey print a chroma that grows with the tint of the light,
    /// so the number is divided by one more than the tint: the sum of both logarithms' absolute means. Clipped cells, which
    /// have lost their hue, and those darker than 8 % of the paper are left out. What has faded has lost colour and contrast
    /// alike: the number is divided by the contrast of its ink, if that is below 0.9, over 0.9. A file without any colour has no number.
    ///
    /// The limits lie between grey prints, all below 1.0, and coloured documents, of which one in a hundred is below 1.1:
    /// pale ones, and such as have faded. Measured against grey-world, white-patch and others in docs/accuracy.md.
    Check {
        id: "colourfulness",
        faults: Faults::below(Fault {
            category: Category::Photocopy,
            message: "the document shows no colour",
            advice: "Photograph the original document in colour, not a copy of it.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "CIELAB chroma",
        required: &[],
        band: Band::at_least(1.05, 0.9),
        measure,
    }
}

/// Luminance, of that of the paper, below which a cell says nothing of its hue.
const DARK: f32 = 0.08;
/// Luminance of paper, of the brightest possible, below which there is too little light.
const LEAST_PAPER: f32 = 0.01;
/// Share of the cells that must be neither clipped nor dark.
const LEAST_USABLE: f32 = 0.1;
/// Cells that must be there.
const LEAST_CELLS: usize = 60;
/// Percentile of luminance that stands for the paper.
const PAPER: f64 = 0.9;
/// Of so many cells one is fitted: the light has six numbers.
const FITTED: usize = 2;
/// Contrast of print that has not faded, and the least share of it that is made up for.
const FULL_CONTRAST: f64 = 0.9;
const LEAST_INK: f64 = 0.25;
/// Difference of blue and red from neutral that grey files have from rounding.
const NEUTRAL: u8 = 1;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let document = rectified(scene)?;
    if !holds_colour(scene.photo()) {
        return Err(Unmeasured::NoColour);
    }
    let chroma = scene.rectified_chroma().ok_or(Unmeasured::NoColour)?;
    let number = colourfulness(&cells(document, chroma))? / ink(scene);
    Ok(Measurement { number, evidence: outline(scene) })
}

/// How much of its ink the print has kept, 0–1: what has faded has lost colour and contrast alike.
fn ink(scene: &Scene) -> f64 {
    let contrast = text(scene).ok().and_then(|(text, _)| ink_contrast(text));
    contrast.map_or(1.0, |contrast| (contrast / FULL_CONTRAST).clamp(LEAST_INK, 1.0))
}

/// Whether any of some thousand samples of the photo differs from grey.
fn holds_colour(photo: &Photo) -> bool {
    let coloured = |plane: &Plane| {
        let step = (plane.samples().len() / 20_000).max(1) | 1;
        plane.samples().iter().step_by(step).any(|sample| sample.abs_diff(128) > NEUTRAL)
    };
    photo.stored_chroma().is_some_and(|chroma| coloured(&chroma.cb) || coloured(&chroma.cr))
}

fn colourfulness(cells: &[Cell]) -> Result<f64, Unmeasured> {
    if cells.len() < LEAST_CELLS {
        return Err(Unmeasured::TooSmall);
    }
    let colours: Vec<_> = cells.iter().map(|cell| linear_rgb(cell.ycbcr)).collect();
    let paper = quantile(colours.iter().copied().map(luminance).collect(), PAPER, f32::total_cmp).unwrap_or(0.0);
    if paper < LEAST_PAPER {
        return Err(Unmeasured::TooDark);
    }
    let usable = |(cell, colour): &(&Cell, &[f32; 3])| !cell.is_clipped && luminance(**colour) > DARK * paper;
    let prints: Vec<_> = cells.iter().zip(&colours).filter(usable).map(|(cell, &colour)| (cell.place, colour)).collect();
    if (prints.len() as f32) < LEAST_USABLE * cells.len() as f32 {
        return Err(Unmeasured::Dazzled);
    }
    let hues: Vec<_> = prints.iter().step_by(FITTED).map(|&(place, colour)| hue(place, colour, paper)).collect();
    let light = Light::over(&hues);
    let square = |&(place, colour): &([f32; 2], [f32; 3])| f64::from(chroma(colour, light.at(place), paper)).powi(2);
    let mean = prints.iter().map(square).sum::<f64>() / prints.len() as f64;
    let tint: f64 = light.at([0.0; 2]).into_iter().map(f64::abs).sum();
    Ok(mean.sqrt() / (1.0 + tint))
}

fn hue(place: [f32; 2], colour: [f32; 3], paper: f32) -> Hue {
    let [red, green, blue] = colour.map(|light| (light + 1e-4).ln());
    Hue { place, ratios: [red - green, blue - green], weight: (luminance(colour) / paper).min(1.0) }
}

/// Chroma of a print that looks like `colour` under a light whose logarithms of red and blue over green are `light`, before
/// `paper` as bright as white.
fn chroma([red, green, blue]: [f32; 3], light: [f64; 2], paper: f32) -> f32 {
    let [light_red, light_blue] = light.map(|ratio| ratio.exp() as f32);
    let white = luminance([light_red, 1.0, light_blue]) / paper;
    Lab::of_linear([red / light_red, green, blue / light_blue].map(|light| light * white)).chroma()
}

fn luminance([red, green, blue]: [f32; 3]) -> f32 {
    0.212_673 * red + 0.715_152 * green + 0.072_175 * blue
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use super::colourfulness;
    use crate::checks::Unmeasured;

    /// 20 x 20 cells of that linear red, green and blue, as sRGB codes have them.
    fn document(colour: impl Fn(f32, f32) -> [f32; 3]) -> Vec<Cell> {
        let cell = |at: u16| {
            let (x, y) = (f32::from(at % 20) / 9.5 - 1.0, f32::from(at / 20) / 9.5 - 1.0);
            let [r, g, b] = colour(x, y).map(|light| 255.0 * (1.055 * light.powf(1.0 / 2.4) - 0.055));
            let luma = 0.299 * r + 0.587 * g + 0.114 * b;
            Cell { ycbcr: [luma, 128.0 + (b - luma) / 1.772, 128.0 + (r - luma) / 1.402], place: [x, y], is_clipped: false }
        };
        (0..400).map(cell).collect()
    }

    /// Grey print of several tones.
    fn tone(x: f32, y: f32) -> f32 {
        [0.75, 0.7, 0.3, 0.75][(8.0 * (x + 1.0) + 5.0 * (y + 1.0)) as usize % 4]
    }

    #[test]
    fn a_grey_print_has_no_colour_under_a_warm_lamp_and_a_window() {
        let lamps = |x: f32, y: f32| [1.2 + 0.1 * x, 1.0, 0.5 - 0.1 * x].map(|light| light * tone(x, y));
        for print in [document(|x, y| [tone(x, y); 3]), document(lamps)] {
            let number = colourfulness(&print).unwrap();
            assert!(number < 1.0, "{number}");
        }
    }

    #[test]
    fn a_small_portrait_is_colour_enough_at_any_exposure() {
        for exposure in [0.25, 0.5, 1.0] {
            let portrait = |x: f32, y: f32| x < -0.4 && y < 0.0;
            let print = |x: f32, y: f32| if portrait(x, y) { [0.5, 0.3, 0.2] } else { [tone(x, y); 3] };
            let number = colourfulness(&document(|x, y| print(x, y).map(|light| light * exposure))).unwrap();
            assert!((8.0..16.0).contains(&number), "{number} at {exposure}");
        }
    }

    #[test]
    fn darkness_dazzle_and_nothing_have_no_number() {
        let mut dazzled = document(|_, _| [0.9; 3]);
        for cell in &mut dazzled {
            cell.is_clipped = true;
        }
        assert_eq!(colourfulness(&dazzled), Err(Unmeasured::Dazzled));
        assert_eq!(colourfulness(&document(|_, _| [0.004; 3])), Err(Unmeasured::TooDark));
        assert_eq!(colourfulness(&[]), Err(Unmeasured::TooSmall));
    }
}
