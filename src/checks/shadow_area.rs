use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Polygon;
use super::Unmeasured;
use super::check;
use super::on_document::paper;
use super::on_document::rectified;
use crate::geometry::Point;
use crate::pixels::patches;
use crate::scene::DocumentType;
use crate::scene::Paper;
use crate::scene::Rectified;
use crate::scene::Scene;
use crate::scene::Shade;

check! {
    /// # What it measures
    /// The share of the document in shadow, 0–1, each place counted by how deep the shadow is: in full where at most 0.4 of
    /// the light of the best lit paper is left, by a quarter where 0.6 is left, by a fiftieth where 0.8 is.
    ///
    /// # Why it matters
    /// In a shadow print loses contrast and noise covers what is left. A telephone held between lamp and document is the
    /// usual cause.
    ///
    /// # Method
    /// The paper white around each place over that of the document, in linear light: the 85th percentile in windows of
    /// 3 mm, closed over dark print up to 20 mm wide, mirror images of lamps left out (after the background estimates of Bako
    /// et al. 2016 and Lin et al. 2020). Print changes the ratios between colour channels, shadows hardly do: paper is only
    /// held against lit paper of its own tint, with more tolerance the deeper the shadow, for the light that is left in it
    /// comes from elsewhere. The weight is the cube of the depth, from 0.05 to 0.6, so that the gentle slope of light towards the
    /// far side of the document (10 % a side) is none, faint shadows have little and hard ones much. Grey and black
    /// print wider than 20 mm cannot be told from a shadow.
    ///
    /// Of 860 simulated photos with every other fault or none 99 % lie below 0.035, of those with a mild shadow 95 % above 0.047,
    /// with a strong one above 0.2 (docs/accuracy.md).
    Check {
        id: "shadow_area",
        faults: Faults::above(Fault {
            category: Category::Shadow,
            message: "a shadow lies on the document",
            advice: "Move so that neither you nor the telephone stands between the light and the document.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the document",
        required: &[],
        band: Band::at_most(0.045, 0.2),
        measure,
    }
}

/// Weight from which on a place is shown as shadowed: three quarters of the light are left.
const SHOWN: f32 = 0.05;
/// Patches shown at most, and cells of them at least.
const PATCHES: usize = 6;
const LEAST_PATCH: usize = 12;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let (document, paper) = (rectified(scene)?, paper(scene)?);
    let shade = Shade::of(document, paper, scene.rectified_chroma());
    let shadowed: Vec<bool> = shade.weights().map(|weight| weight >= SHOWN).collect();
    Ok(Measurement { number: shade.share(), evidence: outlines(document, paper, &shadowed) })
}

fn outlines(document: &Rectified, paper: &Paper, shadowed: &[bool]) -> Vec<Polygon> {
    let [across, down] = paper.cell().map(f64::from);
    let found = patches(paper.local.columns(), shadowed);
    let large = found.into_iter().filter(|patch| patch.cells >= LEAST_PATCH).take(PATCHES);
    let to_photo = |[x, y]: [usize; 2]| document.to_photo.apply(Point::new(x as f64 * across, y as f64 * down));
    large.map(|patch| patch.outline.into_iter().map(to_photo).collect()).collect()
}
