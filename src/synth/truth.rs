//! What is known of a photo because it was made so.

use serde::Serialize;

/// One row of `labels.csv`: a photo and the truth of everything about it. What does not apply is `None`, an empty cell.
///
/// Pixels are those of the upright photo as delivered; millimetres are on the document (on the face for selfies, taking 63 mm
/// between the eyes).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Truth {
    /// File, relative to the folder of `labels.csv`.
    pub path: String,
    /// Document type id.
    pub document_type: String,
    /// Photos of one applicant share it.
    pub submission_id: String,
    /// Fault categories joined by `;`, `ok` when there is none.
    pub labels: String,
    /// `none`, `mild` or `strong`.
    pub severity: String,
    /// Fault id.
    pub fault: String,
    /// Corners `x,y x,y x,y x,y`: the document's own top left, top right, bottom right, bottom left; sharp corners, which may
    /// lie outside the frame.
    pub quad: Option<String>,
    /// Lines of the machine-readable zone joined by `|`.
    pub mrz: Option<String>,
    /// Text of the barcode, its control characters escaped as in a Rust string.
    pub barcode: Option<String>,
    /// Expiry, `YYYY-MM-DD`.
    pub expires: Option<String>,
    /// Width of the upright photo, px.
    pub width: u32,
    /// Height of the upright photo, px.
    pub height: u32,
    /// Whether the photo shows the opposite page of the passport too.
    pub spread: bool,
    /// Kind of surface behind the document: `plain`, `wood`, `cloth`, `stone`, `screen`, `wall`, `room`.
    pub background: String,
    /// Things strewn around the document.
    pub clutter: u32,
    /// Radius of the disc that defocus makes of a point, px.
    pub defocus_px: f32,
    /// The same, mm.
    pub defocus_mm: f32,
    /// Length of the camera's shake, px.
    pub motion_px: f32,
    /// The same, mm.
    pub motion_mm: f32,
    /// Direction of the shake, degrees clockwise from the horizontal.
    pub motion_deg: Option<f32>,
    /// Share of the document where mirrored light lifts pale paper to the sensor's white.
    pub glare_share: f32,
    /// Share of the document in the shadow's darker half.
    pub shadow_share: f32,
    /// Share of the light that the full shadow takes.
    pub shadow_depth: f32,
    /// Width of the half-shadow, mm.
    pub shadow_penumbra_mm: Option<f32>,
    /// Exposure against a good one, stops.
    pub ev: f32,
    /// Standard deviation of the noise at white, share of white.
    pub noise: f32,
    /// Angle between the document's normal and the optical axis, degrees.
    pub tilt_deg: Option<f32>,
    /// Turn of the document or head within the picture, degrees clockwise.
    pub rotation_deg: f32,
    /// Pixel density at the document's least dense corner, dots per inch of the document.
    pub dpi: Option<f32>,
    /// Area of the visible part of the document over the photo's.
    pub fill: Option<f32>,
    /// Share of the document's area beyond the frame.
    pub cut_share: f32,
    /// Share of the document's area under fingers.
    pub finger_share: f32,
    /// Share of the document's border under fingers.
    pub finger_border_share: f32,
    /// Skin tone of the fingers, 0 light to 7 dark, or `glove`.
    pub finger_tone: Option<String>,
    /// What is left of the print's contrast, `[0, 1]`.
    pub ink: f32,
    /// Whether the document is a grey copy.
    pub photocopy: bool,
    /// Distance between the pixels of the photographed screen, mm of the document.
    pub screen_pitch_mm: Option<f32>,
    /// How much the photo was made smaller before it was enlarged again (1: never).
    pub upscale: f32,
    /// Quality of the camera's JPEG, 1–100.
    pub jpeg_quality: u8,
    /// Quality of the messenger's JPEG, 1–100.
    pub messenger_quality: Option<u8>,
    /// Longest side that the messenger allows, px.
    pub messenger_long_side: Option<u32>,
    /// Share of the file that is there, `(0, 1]`.
    pub file_share: f32,
    /// EXIF orientation as stored, where there is EXIF.
    pub exif_orientation: Option<u8>,
    /// Skin tone of the holder, 0 light to 7 dark.
    pub skin_tone: u8,
    /// Centres of the eyes in a selfie, `x,y x,y`, left in the picture first.
    pub eyes: Option<String>,
    /// Light on the darker half of the face over that on the lighter.
    pub half_light: Option<f32>,
    /// Seed of the whole set.
    pub seed: u64,
}

/// Points as `x,y x,y …`, one decimal.
pub(super) fn points(points: &[[f64; 2]]) -> String {
    points.iter().map(|p| format!("{:.1},{:.1}", p[0], p[1])).collect::<Vec<_>>().join(" ")
}

/// To three decimals, so that the last bits of a float never reach a file.
pub(super) fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// `labels.csv` of these rows, header included.
///
/// # Errors
/// When a row cannot be written as CSV.
pub fn labels_csv(rows: &[Truth]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::Truth;
    use super::labels_csv;
    use super::points;

    #[test]
    fn the_header_of_the_labels_is_stable() {
        let text = String::from_utf8(labels_csv(&[Truth::default()]).unwrap()).unwrap();
        assert_eq!(
            text.lines().next().unwrap(),
            "path,document_type,submission_id,labels,severity,fault,quad,mrz,barcode,expires,width,height,spread,background,clutter,\
             defocus_px,defocus_mm,motion_px,motion_mm,motion_deg,glare_share,shadow_share,shadow_depth,shadow_penumbra_mm,ev,\
             noise,tilt_deg,rotation_deg,dpi,fill,cut_share,finger_share,finger_border_share,finger_tone,ink,photocopy,\
             screen_pitch_mm,upscale,jpeg_quality,messenger_quality,messenger_long_side,file_share,exif_orientation,skin_tone,\
             eyes,half_light,seed"
        );
    }

    #[test]
    fn corners_are_written_with_one_decimal() {
        assert_eq!(points(&[[1.0, 2.25], [-3.04, 4.0]]), "1.0,2.2 -3.0,4.0");
    }
}
