//! The way of one photo: document, light, lens, sensor, file.

use crate::scene::DocumentType;
use crate::synth::GenerateError;
use crate::synth::Photograph;
use crate::synth::Plan;
use crate::synth::camera;
use crate::synth::camera::Camera;
use crate::synth::colour::mix;
use crate::synth::compose;
use crate::synth::compose::Scenery;
use crate::synth::deliver;
use crate::synth::document;
use crate::synth::document::Document;
use crate::synth::document::Holder;
use crate::synth::exif::Capture;
use crate::synth::fault::Fault;
use crate::synth::fault::Severity;
use crate::synth::finger::Hand;
use crate::synth::frame::Frame;
use crate::synth::picture::Filter;
use crate::synth::picture::Picture;
use crate::synth::random::Random;
use crate::synth::selfie::Sitting;
use crate::synth::shot::Shot;
use crate::synth::table;
use crate::synth::table::Surface;
use crate::synth::table::Table;
use crate::synth::truth;
use crate::synth::truth::Truth;
use crate::synth::truth::rounded;

const CAMERAS: [(&str, &str); 4] =
    [("Nusquam", "Raphael 7"), ("Nusquam", "Raphael 8 Pro"), ("Anyder", "River X2"), ("Ademus", "Harbour 11")];

pub(super) fn photograph(plan: &Plan) -> Result<Photograph, GenerateError> {
    let mut random = Random::stream(plan.seed, plan.submission, "holder");
    let holder = Holder::draw(&mut random);
    let holder = match plan.design {
        Some(design) => holder.with_design(&mut Random::stream(plan.seed, design, "design")),
        None => holder,
    };
    let index = (Fault::ALL.iter().position(|fault| *fault == plan.fault).unwrap_or(0) as u64) << 8
        | DocumentType::ALL.iter().position(|kind| *kind == plan.document_type).unwrap_or(0) as u64;
    let mut random = Random::stream(plan.seed ^ plan.submission.rotate_left(32), index, plan.severity.id());
    let size = if plan.document_type == DocumentType::Passport { [125.0, 88.0] } else { [85.6, 53.98] };
    let sensor = [plan.width as usize, plan.height as usize];
    let mut shot = Shot::good(plan.document_type, size, sensor, &mut random);
    shot.spoil(plan.fault, plan.severity, size, &mut random);
    let mut truth = known(plan, &shot, &holder);
    let frame = if plan.document_type == DocumentType::Selfie {
        sit(plan, &shot, &holder, &mut random, &mut truth)
    } else {
        lay(plan, &shot, &holder, &mut truth)
    };
    finish(plan, &shot, frame, &mut random, truth)
}

/// What is known before anything is drawn.
fn known(plan: &Plan, shot: &Shot, holder: &Holder) -> Truth {
    let expires = &holder.person.expires;
    let dated = plan.document_type != DocumentType::Selfie && plan.fault != Fault::NoDocument;
    let mut labels = plan.fault.category().to_owned();
    if plan.fault == Fault::TooClose && plan.severity == Severity::Strong {
        labels.push_str(";incomplete");
    }
    Truth {
        path: plan.path(),
        document_type: plan.document_type.id().to_owned(),
        submission_id: plan.submission_id(),
        labels,
        severity: plan.severity.id().to_owned(),
        fault: plan.fault.id().to_owned(),
        expires: dated.then(|| format!("20{}-{}-{}", &expires[..2], &expires[2..4], &expires[4..])),
        ev: rounded(shot.sensor.ev),
        noise: rounded(shot.sensor.noise),
        ink: rounded(shot.ink),
        photocopy: shot.photocopy,
        upscale: 1.0,
        messenger_quality: shot.messenger.map(|messenger| messenger.quality),
        messenger_long_side: shot.messenger.map(|messenger| messenger.long_side as u32),
        file_share: rounded(shot.file_share),
        skin_tone: holder.look.tone as u8,
        seed: plan.seed,
        ..Truth::default()
    }
}

/// Size in which the scene is captured: smaller where the fault wants few pixels.
fn captured(shot: &Shot) -> [usize; 2] {
    shot.frame.map(|s| ((s as f32 / shot.shrink).round() as usize).max(16))
}

fn lay(plan: &Plan, shot: &Shot, holder: &Holder, truth: &mut Truth) -> Frame {
    let [width, height] = captured(shot);
    let frame = [width as f64, height as f64];
    let millimetres = document_size(plan.document_type);
    let camera = aim(shot, frame, millimetres);
    let densest = camera.greatest_density(millimetres) as f32;
    let drawn_at = (densest * 1.1).max((densest * 2.5).min(14.0)).clamp(2.0, 44.0);
    let document = document::draw(plan.document_type, holder, drawn_at).map(|document| worn(document, shot));
    let document = document.filter(|_| plan.fault != Fault::NoDocument);
    let table = lay_table(plan, shot, holder, document.as_ref(), &camera, frame);
    let scenery = Scenery {
        camera: &camera,
        table: &table,
        document: document.as_ref(),
        light: &shot.light,
        fingers: &shot.fingers,
        screen: shot.screen.as_ref(),
    };
    let mut picture = compose::compose(&scenery, width, height);
    let density = camera.density([0.0, 0.0]) as f32;
    blur(&mut picture, shot, density, truth);
    if let Some(document) = &document {
        describe(shot, document, &camera, frame, truth);
    }
    surface(shot, truth);
    picture
}

fn document_size(kind: DocumentType) -> [f64; 2] {
    if kind == DocumentType::Passport { [125.0, 88.0] } else { [85.6, 53.98] }
}

/// The camera as the pose says; for a cut it is moved sideways until the stated share lies beyond the frame.
fn aim(shot: &Shot, frame: [f64; 2], size: [f64; 2]) -> Camera {
    let camera = Camera::aim(frame, size, &shot.pose);
    let Some((axis, direction, share)) = shot.cut else { return camera };
    let quad = camera.quad(size);
    let low = quad.iter().map(|p| p[axis]).fold(f64::MAX, f64::min);
    let high = quad.iter().map(|p| p[axis]).fold(f64::MIN, f64::max);
    let extent = (high - low) / frame[axis];
    let mut pose = shot.pose;
    pose.centre[axis] = 0.5 + direction * (0.5 - extent * (0.5 - share));
    Camera::aim(frame, size, &pose)
}

/// Fading and copying change the print before any light falls on it.
fn worn(mut document: Document, shot: &Shot) -> Document {
    if shot.ink < 1.0 {
        let (paper, ink) = (mix(document.border, [240, 238, 232], 0.4), shot.ink);
        document.canvas.shade(|_, print| mix(paper, print, ink));
    }
    if shot.photocopy {
        document.canvas.shade(|_, print| {
            let grey = 0.3 * f32::from(print[0]) + 0.59 * f32::from(print[1]) + 0.11 * f32::from(print[2]);
            [((grey - 128.0) * 1.25 + 148.0).clamp(12.0, 250.0) as u8; 3]
        });
    }
    document
}

fn lay_table(
    plan: &Plan,
    shot: &Shot,
    holder: &Holder,
    document: Option<&Document>,
    camera: &Camera,
    frame: [f64; 2],
) -> Table {
    let (mut low, mut high) = ([0.0_f32; 2], [0.0_f32; 2]);
    for corner in [[0.0, 0.0], [frame[0], 0.0], frame, [0.0, frame[1]]] {
        let p = camera.unproject(corner);
        for axis in 0..2 {
            low[axis] = low[axis].min(p[axis] as f32 - 2.0).max(-700.0);
            high[axis] = high[axis].max(p[axis] as f32 + 2.0).min(700.0);
        }
    }
    let area = (high[0] - low[0]) * (high[1] - low[1]);
    // As dense as the picture, but never many more pixels than it has.
    let density = (camera.density([0.0, 0.0]) as f32 * 0.7).max(0.5);
    let density = density.min(((frame[0] * frame[1]) as f32 * 0.4 / area).sqrt());
    let surface = match (plan.fault, document) {
        (Fault::LowContrast, Some(document)) => low_contrast(plan.severity, document),
        _ => shot.surface,
    };
    let mut table = Table::draw(surface, low, high, density, shot.seed);
    if shot.clutter > 0 {
        table::clutter(&mut table, shot.clutter, [high[0] * 0.8, high[1] * 0.8], shot.seed);
    }
    if shot.spread && document.is_some() {
        table::opposite_page(&mut table, holder.style.paper);
    }
    table
}

fn low_contrast(severity: Severity, document: &Document) -> Surface {
    let off = if severity == Severity::Strong { 0.03 } else { 0.11 };
    Surface::Plain(mix(document.border, [70, 70, 76], off))
}

fn blur(picture: &mut Frame, shot: &Shot, density: f32, truth: &mut Truth) {
    let (defocus, motion) = (shot.defocus_mm * density, shot.motion_mm * density);
    picture.soften(shot.softness);
    picture.defocus(defocus);
    picture.shake(motion, shot.motion_deg);
    truth.defocus_px = rounded(defocus);
    truth.defocus_mm = rounded(shot.defocus_mm);
    truth.motion_px = rounded(motion);
    truth.motion_mm = rounded(shot.motion_mm);
    truth.motion_deg = (shot.motion_mm > 0.0).then(|| rounded(shot.motion_deg));
}

/// Truth about the document, in pixels of the capture.
fn describe(shot: &Shot, document: &Document, camera: &Camera, frame: [f64; 2], truth: &mut Truth) {
    let size = document.size.map(f64::from);
    let quad = camera.quad(size);
    let outside = camera::share_outside(&quad, frame);
    truth.quad = Some(truth::points(&quad));
    truth.mrz = (!document.mrz.is_empty()).then(|| document.mrz.join("|"));
    truth.barcode = document.barcode.as_ref().map(|text| text.escape_default().to_string());
    truth.cut_share = rounded(outside as f32);
    truth.fill = Some(rounded((camera::area(&quad) * (1.0 - outside) / (frame[0] * frame[1])) as f32));
    truth.dpi = Some(rounded((camera.least_density(size) * 25.4) as f32));
    truth.tilt_deg = Some(rounded(shot.pose.tilt_deg as f32));
    truth.rotation_deg = rounded(shot.pose.rotation_deg as f32);
    let (glare, shadow) = shot.light.shares(document.size);
    truth.glare_share = rounded(glare);
    truth.shadow_share = rounded(shadow);
    truth.shadow_depth = rounded(shot.light.shadow.map_or(0.0, |shadow| shadow.depth));
    truth.shadow_penumbra_mm = shot.light.shadow.map(|shadow| rounded(shadow.penumbra));
    truth.screen_pitch_mm = shot.screen.map(|screen| rounded(screen.pitch_mm));
    truth.spread = shot.spread;
    hidden(shot, document.size, truth);
}

/// Shares of the document's area and border under fingers.
fn hidden(shot: &Shot, size: [f32; 2], truth: &mut Truth) {
    const STEPS: u16 = 200;
    let Some(first) = shot.fingers.first() else { return };
    let hides = |p| shot.fingers.iter().any(|finger| finger.hides(p));
    let at = |k: u16, s: f32| ((f32::from(k) + 0.5) / f32::from(STEPS) - 0.5) * s;
    let area = (0..STEPS)
        .flat_map(|i| (0..STEPS).map(move |j| [i, j]))
        .filter(|[i, j]| hides([at(*i, size[0]), at(*j, size[1])]));
    truth.finger_share = rounded(area.count() as f32 / (f32::from(STEPS) * f32::from(STEPS)));
    let [w, h] = size;
    let along = |length: f32, other: f32, place: &dyn Fn(f32, f32) -> [f32; 2]| {
        let covered =
            |side: f32| (0..STEPS).filter(|&i| hides(place(at(i, length), side * other / 2.0))).count() as f32;
        (covered(-1.0) + covered(1.0)) * length / f32::from(STEPS)
    };
    let border = along(w, h, &|x, y| [x, y]) + along(h, w, &|y, x| [x, y]);
    truth.finger_border_share = rounded(border / (2.0 * (w + h)));
    truth.finger_tone = Some(match first.hand {
        Hand::Skin(tone) => tone.to_string(),
        Hand::Glove(_) => "glove".to_owned(),
    });
}

fn surface(shot: &Shot, truth: &mut Truth) {
    shot.surface.id().clone_into(&mut truth.background);
    truth.clutter = shot.clutter as u32;
}

fn sit(plan: &Plan, shot: &Shot, holder: &Holder, random: &mut Random, truth: &mut Truth) -> Frame {
    let size = captured(shot);
    let sitting = Sitting::draw(&holder.look, plan.fault, plan.severity, random);
    let mut picture = sitting.photograph(size);
    if let Some(screen) = &shot.screen {
        let pixel = 1.0 / sitting.density(size);
        for (i, light) in picture.light.iter_mut().enumerate() {
            let p = [(i % size[0]) as f32 * pixel, (i / size[0]) as f32 * pixel];
            // A face on a telephone is shown several times smaller than life.
            *light = screen.shown([p[0] / 4.0, p[1] / 4.0], *light, pixel / 4.0, 0.0);
        }
    }
    // Blur is stated on the document; a face stands farther away.
    let density = sitting.density(size) * 5.0;
    blur(&mut picture, shot, density, truth);
    truth.defocus_mm = rounded(shot.defocus_mm * 5.0);
    truth.motion_mm = rounded(shot.motion_mm * 5.0);
    truth.eyes = sitting.eyes(size).map(|eyes| truth::points(&eyes));
    truth.half_light = Some(rounded(sitting.half_light));
    truth.rotation_deg = rounded(sitting.roll_deg);
    truth.screen_pitch_mm = shot.screen.map(|screen| rounded(screen.pitch_mm * 4.0));
    if sitting.room { "room" } else { "wall" }.clone_into(&mut truth.background);
    truth.clutter = sitting.clutter as u32;
    picture
}

fn finish(
    plan: &Plan,
    shot: &Shot,
    frame: Frame,
    random: &mut Random,
    mut truth: Truth,
) -> Result<Photograph, GenerateError> {
    let mut picture = shot.sensor.expose(&frame);
    drop(frame);
    let mut scale = 1.0;
    if shot.enlarge {
        scale = shot.frame[0] as f64 / picture.width as f64;
        truth.upscale = rounded(scale as f32);
        picture = picture.resized(shot.frame[0], shot.frame[1], Filter::Cubic);
    }
    let before = picture.width;
    let file = develop(plan, shot, picture, random)?;
    rescale(&mut truth, scale * file.size[0] as f64 / before as f64);
    truth.width = file.size[0] as u32;
    truth.height = file.size[1] as u32;
    truth.jpeg_quality = file.quality;
    truth.exif_orientation = file.orientation;
    Ok(Photograph { bytes: file.bytes, truth })
}

struct Developed {
    bytes: Vec<u8>,
    /// Size of the upright photo, px.
    size: [usize; 2],
    /// Quality of the camera's JPEG.
    quality: u8,
    /// Where there is EXIF.
    orientation: Option<u8>,
}

fn develop(plan: &Plan, shot: &Shot, picture: Picture, random: &mut Random) -> Result<Developed, GenerateError> {
    let mut size = [picture.width, picture.height];
    let orientation = if shot.messenger.is_some() { 1 } else { shot.orientation };
    let stored = picture.stored_for(orientation);
    let (make, model) = CAMERAS[(plan.seed.wrapping_add(plan.submission) % 4) as usize];
    let capture = Capture {
        make,
        model,
        taken: moment(random),
        orientation,
        flash: shot.flash,
        size: [stored.width as u32, stored.height as u32],
        focal_35mm: shot.pose.focal_35mm as u16,
    };
    // A messenger's photo has its own, smaller size.
    let limit = plan.max_file_bytes.filter(|_| shot.messenger.is_none());
    let (mut bytes, quality) = deliver::camera_jpeg(&stored, shot.quality, &capture, limit)?;
    if let Some(messenger) = shot.messenger {
        (bytes, size) = deliver::forward(&bytes, stored, messenger)?;
    }
    bytes.truncate((bytes.len() as f32 * shot.file_share) as usize);
    Ok(Developed { bytes, size, quality, orientation: shot.messenger.is_none().then_some(orientation) })
}

/// A moment of the year 2026, as EXIF writes it.
fn moment(random: &mut Random) -> String {
    let (month, day) = (1 + random.below(9), 1 + random.below(28));
    let (hour, minute, second) = (8 + random.below(12), random.below(60), random.below(60));
    format!("2026:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// Pixel measures follow when the picture is resized after the capture.
fn rescale(truth: &mut Truth, scale: f64) {
    if (scale - 1.0).abs() < 1e-9 {
        return;
    }
    for cell in [&mut truth.quad, &mut truth.eyes].into_iter().flatten() {
        let scaled: Vec<[f64; 2]> = cell
            .split(' ')
            .filter_map(|pair| pair.split_once(','))
            .filter_map(|(x, y)| Some([x.parse::<f64>().ok()? * scale, y.parse::<f64>().ok()? * scale]))
            .collect();
        *cell = truth::points(&scaled);
    }
    truth.dpi = truth.dpi.map(|dpi| rounded(dpi * scale as f32));
    truth.defocus_px = rounded(truth.defocus_px * scale as f32);
    truth.motion_px = rounded(truth.motion_px * scale as f32);
}

#[cfg(test)]
mod tests {
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::bytestream::ZCursor;

    use crate::scene::DocumentType;
    use crate::synth::Fault;
    use crate::synth::Photograph;
    use crate::synth::Plan;
    use crate::synth::Severity;

    fn photo(fault: Fault, severity: Severity, submission: u64) -> Photograph {
        let plan =
            Plan { fault, severity, width: 400, height: 300, ..Plan::good(5, submission, DocumentType::IdCardFront) };
        plan.photograph().unwrap()
    }

    fn pixels(photo: &Photograph) -> Vec<u8> {
        JpegDecoder::new(ZCursor::new(&photo.bytes)).decode().unwrap()
    }

    #[test]
    fn the_share_under_glare_is_white_in_the_photo() {
        for submission in 0..4 {
            let photo = photo(Fault::GlareSpot, Severity::Strong, submission);
            let white = pixels(&photo).chunks_exact(3).filter(|pixel| pixel.iter().all(|&v| v >= 250)).count() as f32;
            let document = photo.truth.fill.unwrap() * (400 * 300) as f32;
            let ratio = white / document / photo.truth.glare_share;
            assert!((0.65..1.5).contains(&ratio), "{ratio} of the stated share {}", photo.truth.glare_share);
        }
    }

    #[test]
    fn less_light_is_a_darker_photo() {
        let mean = |photo: &Photograph| pixels(photo).iter().map(|&v| u64::from(v)).sum::<u64>() / 360_000;
        let dark = photo(Fault::Underexposed, Severity::Strong, 1);
        let bright = photo(Fault::Overexposed, Severity::Strong, 1);
        assert!(mean(&dark) < 70 && mean(&bright) > 130, "{} {}", mean(&dark), mean(&bright));
    }

    #[test]
    fn a_photocopy_is_grey_where_the_card_is() {
        let copy = photo(Fault::Photocopy, Severity::Strong, 2);
        assert!(copy.truth.photocopy);
        assert_eq!(copy.truth.labels, "photocopy");
    }

    #[test]
    fn an_enlarged_photo_has_the_full_size_and_says_by_how_much() {
        let truth = photo(Fault::Upscaled, Severity::Strong, 3).truth;
        assert_eq!(truth.width.max(truth.height), 400);
        assert!(truth.upscale > 3.0 && truth.upscale < 4.4, "{}", truth.upscale);
    }

    #[test]
    fn a_finger_hides_border_and_area() {
        let truth = photo(Fault::Finger, Severity::Strong, 4).truth;
        assert!(truth.finger_share > 0.02 && truth.finger_border_share > 0.05, "{truth:?}");
        assert!(truth.finger_tone.unwrap().parse::<u8>().unwrap() < 8);
    }

    #[test]
    fn a_truncated_file_lacks_its_end() {
        let photo = photo(Fault::Truncated, Severity::Mild, 5);
        assert_ne!(photo.bytes[photo.bytes.len() - 2..], [0xFF, 0xD9]);
    }

    #[test]
    fn an_empty_table_has_no_quad() {
        let truth = photo(Fault::NoDocument, Severity::Strong, 6).truth;
        assert_eq!((truth.quad, truth.expires, truth.labels.as_str()), (None, None, "no_document"));
    }

    #[test]
    fn every_fault_and_type_can_be_photographed() {
        for kind in DocumentType::ALL {
            for fault in Fault::ALL.into_iter().filter(|fault| fault.applies_to(kind)) {
                let plan = Plan { fault, severity: Severity::Strong, width: 96, height: 64, ..Plan::good(9, 1, kind) };
                assert!(plan.photograph().is_ok(), "{fault} on {kind}");
            }
        }
    }
}
