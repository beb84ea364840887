//! Four numbers that may tell glare.

use kyclint::geometry::Quad;
use kyclint::photo::Photo;
use kyclint::pixels::Plane;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;

pub const NAMES: [&str; 5] =
    ["largest clipped blob", "of the document", "bright and pale", "glare_area", "glare_on_text"];

/// Luma from which a pixel counts as clipped.
const CLIPPED: u8 = 250;

/// The numbers of a photo whose document has the corners `quad`; `None` where it cannot be rectified.
pub fn measure(photo: &Photo, quad: &Quad, declared: Option<DocumentType>) -> Option<[f64; NAMES.len()]> {
    let scene = Scene::declared(photo, declared).with_document(Document::known(*quad));
    let (rectified, glare) = (scene.rectified()?, scene.glare()?);
    Some([
        largest_blob(photo.luma()),
        largest_blob(&rectified.luma),
        scene.rectified_chroma().map_or(0.0, |chroma| bright_and_pale(&rectified.luma, chroma)),
        glare.share(),
        glare.share_of_print().unwrap_or(0.0),
    ])
}

/// Share of the plane that its largest connected clipped part covers.
fn largest_blob(plane: &Plane) -> f64 {
    let (width, samples) = (plane.width(), plane.samples());
    let mut open: Vec<bool> = samples.iter().map(|&sample| sample >= CLIPPED).collect();
    let (mut largest, mut stack) = (0, Vec::new());
    for start in 0..open.len() {
        let mut size = 0;
        if open[start] {
            open[start] = false;
            stack.push(start);
        }
        while let Some(at) = stack.pop() {
            size += 1;
            let x = at % width;
            let beside = [
                (x > 0, at.wrapping_sub(1)),
                (x + 1 < width, at + 1),
                (true, at.wrapping_sub(width)),
                (true, at + width),
            ];
            for (_, beside) in beside.into_iter().filter(|&(fits, beside)| fits && beside < samples.len()) {
                if open[beside] {
                    open[beside] = false;
                    stack.push(beside);
                }
            }
        }
        largest = largest.max(size);
    }
    f64::from(largest) / samples.len().max(1) as f64
}

/// Share of pixels far brighter than the median and without colour: the thresholds on brightness and saturation that
/// most inpainting of highlights starts from.
fn bright_and_pale(luma: &Plane, [cb, cr]: &[Plane; 2]) -> f64 {
    let mut sorted = luma.samples().to_vec();
    sorted.sort_unstable();
    let bright = sorted[sorted.len() * 3 / 4].saturating_add(20).max(200);
    let pale = |x: usize, y: usize| cb.row(y / 2)[x / 2].abs_diff(128) + cr.row(y / 2)[x / 2].abs_diff(128) < 8;
    let count = luma
        .rows()
        .enumerate()
        .map(|(y, row)| row.iter().enumerate().filter(|&(x, &sample)| sample >= bright && pale(x, y)).count());
    count.sum::<usize>() as f64 / luma.samples().len().max(1) as f64
}
