use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::document;
use super::Polygon;
use crate::geometry::Point;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How far the corner nearest to the frame's edge lies within the frame, as a share of the document's short side;
    /// negative where it lies outside.
    ///
    /// # Why it matters
    /// A corner that is cut off hides print, and lets a forged or overlapping document pass. Examiners reject photos
    /// that do not show all four corners.
    ///
    /// # Method
    /// Sides are lines through what is seen of them; corners are where they meet, in the frame or outside. Where the
    /// document goes on beyond the frame, its hidden side is placed by the aspect ratio of ISO/IEC 7810 and the
    /// camera's focal length; where these do not fit, the margin counts as 0. Rounded corners are measured at the
    /// corner that the sides would make.
    Check {
        id: "corner_margin",
        faults: Faults::below(Fault {
            category: Category::Incomplete,
            message: "a corner of the document is cut off",
            advice: "Move the camera back until all four corners of the document are in the picture.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the short side",
        required: DocumentType::DOCUMENTS,
        band: Band::at_least(0.008, 0.004),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let document = document(scene)?;
    let short = document.quad.short_side();
    let (width, height) = scene.size();
    let inside = |corner: &Point| corner.x.min(corner.y).min(width - corner.x).min(height - corner.y);
    let margin = |at: usize| {
        let inside = inside(&document.quad.corners()[at]);
        if document.is_cut_at(at) { inside.min(0.0) } else { inside }
    };
    let margins = [0, 1, 2, 3].map(margin);
    let least = margins.into_iter().fold(f64::MAX, f64::min);
    let nearest = (0..4).filter(|at| margins[*at] <= least.max(0.0));
    let evidence = nearest.map(|at| square_around(document.quad.corners()[at], 0.06 * short)).collect();
    Ok(Measurement { number: least / short, evidence })
}

fn square_around(centre: Point, half: f64) -> Polygon {
    [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| centre + Point::new(x, y)).to_vec()
}
