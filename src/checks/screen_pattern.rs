use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::document;
use super::on_document::outline;
use crate::scene::DocumentType;
use crate::scene::NoPattern;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// Evidence, 0–1, that the photo shows a screen: a pattern of one frequency that covers the document as well as what
    /// lies around it, as the pixels of a screen do and their moiré. On selfies the middle of the frame stands for the
    /// document.
    ///
    /// # Why it matters
    /// Whoever photographs a screen holds a picture of the document, not the document.
    ///
    /// # Method
    /// The pattern of a screen crosses the document's border (Kunina et al. 2023), where print, weave and grain end. 24
    /// tiles of 64 x 64 pixels of the stored photo within the document and up to 24 around it are Fourier transformed.
    /// The logarithm of each power less its mean over the 9 x 9 frequencies around it says how far a wave stands out;
    /// it is averaged over the tiles within and over those around, and the smaller of both counts, at the frequency where
    /// it is largest. Periods above 13 pixels, the harmonics of the 8 x 8 block grid and frequencies next to the Nyquist
    /// frequency are left out. 0.5 stands for a mean of 3.8. Where there is nothing around the document, its own
    /// waves must reach 6.1, for print has some of its own. No clean real photo reaches 3, one simulated photo in 300
    /// reaches 3.8, and 15 of 16 simulated screens do; measured in docs/accuracy.md.
    ///
    /// A pattern that the camera cannot resolve, or that making the photo smaller has wiped out, leaves nothing to find:
    /// where a pixel of the screen takes less than 2 pixels of the photo, most screens show too little. Nor does the number
    /// survive making the photo smaller, which moves the pattern to other frequencies.
    Check {
        id: "screen_pattern",
        faults: Faults::above(Fault {
            category: Category::ScreenRecapture,
            message: "the photo shows a screen",
            advice: "Photograph the document itself, not a picture of it on a screen.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "0–1",
        required: &[],
        band: Band::at_most(0.5, 0.8),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let of_document = scene.is_of_document();
    if of_document {
        document(scene)?;
    }
    let number = scene.screen().map_err(|reason| match reason {
        NoPattern::TooSmall => Unmeasured::TooSmall,
        NoPattern::TooDark => Unmeasured::TooDark,
        NoPattern::Dazzled => Unmeasured::Dazzled,
        NoPattern::Flat => Unmeasured::NoDetail,
    })?;
    Ok(Measurement { number, evidence: if of_document { outline(scene) } else { Vec::new() } })
}
