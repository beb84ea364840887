use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::measurement::Polygon;
use super::on_document;
use super::on_face;
use crate::scene::DocumentType;
use crate::scene::Kinds;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// Whether the photo shows the declared document: 1 where what is seen agrees with the declared type, 0 where it contradicts it.
    ///
    /// # Why it matters
    /// An identity card sent as a passport, a bank card or a selfie in the place of a document fail however good the photo is.
    ///
    /// # Method
    /// A machine-readable zone or the barcode of a licence that was read decides: passports have zones of two lines of 44 (TD3),
    /// visas the same lines with another code, backs of identity cards three lines of 30 (TD1), older cards two of 36 (ICAO Doc
    /// 9303); of a zone that is seen but cannot be read the length of its lines. Else the document's shape (ISO/IEC 7810: ID-1 or
    /// ID-3, by the rigid fit of its four corners) and a portrait on it leave some of the types over; a sharp page without any
    /// long line of print as high as a zone's is no passport, a document of another shape none of them. A face that fills much of the frame, without
    /// a document, is a selfie. Where all types are left, there is no number.
    Check {
        id: "type_match",
        faults: Faults::below(Fault {
            category: Category::TypeMismatch,
            message: "the photo shows another document than the declared one",
            advice: "Photograph the document, and the side of it, that you were asked for.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "0 contradicts, 1 agrees",
        required: &[],
        band: Band::at_least(1.0, 0.5),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let declared = scene.declared_type().ok_or(Unmeasured::Undeclared)?;
    let kinds = scene.kinds();
    if kinds.is_any() {
        return Err(Unmeasured::TypeUnsure);
    }
    Ok(Measurement { number: f64::from(u8::from(kinds.allow(declared))), evidence: subject(scene, kinds) })
}

/// The outline of what the photo shows. A person is not searched for a document: it takes as long as the search for the face.
fn subject(scene: &Scene, kinds: Kinds) -> Vec<Polygon> {
    if kinds.only() == Some(DocumentType::Selfie) {
        scene.faces().largest().map_or_else(Vec::new, on_face::outline)
    } else {
        on_document::outline(scene)
    }
}
