//! Fictitious documents, flat, at their true size.

use crate::scene::DocumentType;
use crate::synth::barcode::Barcode;
use crate::synth::canvas::Affine;
use crate::synth::canvas::Canvas;
use crate::synth::card;
use crate::synth::colour::Rgb;
use crate::synth::colour::hsv;
use crate::synth::colour::mix;
use crate::synth::glyphs;
use crate::synth::glyphs::Face;
use crate::synth::guilloche;
use crate::synth::licence;
use crate::synth::passport;
use crate::synth::path::Path;
use crate::synth::path::Point;
use crate::synth::path::turn;
use crate::synth::person::Person;
use crate::synth::portrait;
use crate::synth::portrait::Look;
use crate::synth::random::Random;
use crate::synth::random::value_noise;

/// A document as its issuer made it.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Width and height, mm.
    pub(super) size: [f32; 2],
    /// Radius of the corners, mm.
    pub(super) corner_radius: f32,
    /// The printed face.
    pub(super) canvas: Canvas,
    /// Lines of the machine-readable zone, none where the type has none.
    pub(super) mrz: Vec<String>,
    /// Text of the barcode, `None` where there is none.
    pub(super) barcode: Option<String>,
    /// Mean colour just inside the border.
    pub(super) border: Rgb,
}

/// Holder and design, shared by all sides of a submission's document.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) person: Person,
    pub(super) look: Look,
    pub(super) style: Style,
}

/// One issuer's design.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) variant: usize,
    pub(super) paper: Rgb,
    pub(super) second: Rgb,
    pub(super) line: Rgb,
    pub(super) label: Rgb,
    pub(super) band: Rgb,
    pub(super) ink: Rgb,
    pub(super) face: Face,
    pub(super) portrait_right: bool,
    pub(super) seed: u64,
}

impl Holder {
    pub(super) fn draw(random: &mut Random) -> Self {
        Self { person: Person::draw(random), look: Look::draw(random), style: Style::draw(random) }
    }

    /// The same person with another issuer's design.
    pub(super) fn with_design(self, random: &mut Random) -> Self {
        Self { style: Style::draw(random), ..self }
    }
}

impl Style {
    fn draw(random: &mut Random) -> Self {
        let hue = random.unit();
        let other = (hue + random.range(0.08, 0.3)) % 1.0;
        let pale = random.range(0.06, 0.2);
        Self {
            variant: random.below(3),
            paper: hsv(hue, pale, random.range(0.88, 0.97)),
            second: hsv(other, pale, random.range(0.84, 0.95)),
            line: hsv((hue + 0.05) % 1.0, random.range(0.25, 0.45), random.range(0.6, 0.78)),
            label: hsv(hue, 0.55, 0.42),
            band: hsv(hue, random.range(0.45, 0.75), random.range(0.35, 0.65)),
            ink: random.pick(&[[22, 22, 26], [30, 28, 44], [34, 26, 24]]),
            face: random.pick(&[Face::Sans, Face::SansBold, Face::Serif]),
            portrait_right: random.chance(0.25),
            seed: random.next(),
        }
    }

    pub(super) fn random(&self, name: &str) -> Random {
        Random::stream(self.seed, 0, name)
    }
}

/// Draws one side at `density` pixels per mm. A selfie is no document.
pub(super) fn draw(kind: DocumentType, holder: &Holder, density: f32) -> Option<Document> {
    let (size, corner_radius, mrz) = match kind {
        DocumentType::Selfie => return None,
        DocumentType::Passport => ([125.0, 88.0], 3.18, crate::synth::mrz::td3(&holder.person)),
        DocumentType::IdCardBack => ([85.6, 53.98], 3.18, crate::synth::mrz::td1(&holder.person)),
        _ => ([85.6, 53.98], 3.18, Vec::new()),
    };
    let barcode = (kind == DocumentType::DriverLicenseBack).then(|| Barcode::of(holder)).flatten();
    let mut canvas = Canvas::new(size[0], size[1], density, holder.style.paper);
    background(&mut canvas, size, &holder.style, kind);
    match kind {
        DocumentType::IdCardFront => card::front(&mut canvas, holder),
        DocumentType::IdCardBack => card::back(&mut canvas, holder, &mrz),
        DocumentType::Passport => passport::data_page(&mut canvas, holder, &mrz),
        DocumentType::DriverLicenseFront => licence::front(&mut canvas, holder),
        _ => licence::back(&mut canvas, holder, barcode.as_ref()),
    }
    let border = border_colour(&canvas);
    let barcode = barcode.map(|barcode| barcode.text);
    Some(Document { size, corner_radius, canvas, mrz, barcode, border })
}

fn background(canvas: &mut Canvas, size: [f32; 2], style: &Style, kind: DocumentType) {
    let mut random = style.random(kind.id());
    let (sin, cos) = turn(random.unit());
    let noise = random.next() as u32;
    let (paper, second) = (style.paper, style.second);
    canvas.shade(|p, _| {
        let along = 0.5 + ((p[0] / size[0] - 0.5) * cos + (p[1] / size[1] - 0.5) * sin);
        let cloud = value_noise(noise, p[0] / 22.0, p[1] / 22.0);
        mix(paper, second, 0.75 * along + 0.4 * (cloud - 0.5))
    });
    let waves = guilloche::waves(size[0], size[1], random.range(1.1, 2.0), &mut random);
    canvas.coat(&waves, random.range(0.12, 0.2), style.line, random.range(0.3, 0.5));
    let centre = [size[0] * random.range(0.35, 0.75), size[1] * random.range(0.4, 0.6)];
    let rosette = guilloche::rosette(centre, size[1] * random.range(0.3, 0.45), 14, &mut random);
    canvas.coat(&rosette, 0.16, mix(style.band, style.paper, 0.45), random.range(0.3, 0.5));
}

fn border_colour(canvas: &Canvas) -> Rgb {
    let inset = (canvas.height / 50).max(1);
    let mut sum = [0_u64; 3];
    let mut count = 0;
    for x in (canvas.width / 10..canvas.width * 9 / 10).step_by(7) {
        for y in [inset, canvas.height - 1 - inset] {
            for (total, code) in sum.iter_mut().zip(canvas.pixels[y * canvas.width + x]) {
                *total += u64::from(code);
            }
            count += 1;
        }
    }
    sum.map(|total| (total / count.max(1)) as u8)
}

/// A caption in small type above its value; `cap` is the value's cap height, mm.
pub(super) fn field(canvas: &mut Canvas, style: &Style, origin: Point, texts: (&str, &str), cap: f32) {
    let (caption, value) = texts;
    glyphs::draw(
        canvas,
        Face::Sans,
        caption,
        [origin[0], origin[1] - cap * 1.45],
        (cap * 0.5).max(0.85),
        (style.label, 0.95),
    );
    glyphs::draw(canvas, style.face, value, origin, cap, (style.ink, 0.95));
}

/// The holder's portrait in a box, mm; a faint one serves as ghost image.
pub(super) fn portrait(canvas: &mut Canvas, holder: &Holder, frame: [f32; 4], alpha: f32) {
    let [x, y, w, h] = frame;
    let density = canvas.density();
    let mut photo = Canvas::new(w, h, density, mix(holder.style.paper, [214, 220, 226], 0.8));
    let unit = w * 0.56;
    photo.within(Affine::place([w * 0.5, h * 0.42], unit, turn(0.0)), |photo| portrait::draw(photo, &holder.look));
    let (left, top) = ((x * density).round() as usize, (y * density).round() as usize);
    for row in 0..photo.height.min(canvas.height.saturating_sub(top)) {
        for column in 0..photo.width.min(canvas.width.saturating_sub(left)) {
            let target = &mut canvas.pixels[(top + row) * canvas.width + left + column];
            let source = photo.pixels[row * photo.width + column];
            *target = if alpha < 1.0 { ghost(*target, source, holder.style.band, alpha) } else { source };
        }
    }
}

fn ghost(paper: Rgb, photo: Rgb, tint: Rgb, alpha: f32) -> Rgb {
    let grey = (2.0 * f32::from(photo[1]) + f32::from(photo[0]) + f32::from(photo[2])) / 1020.0;
    mix(paper, mix(tint, paper, grey), alpha)
}

/// The arms of Utopia: a ringed star.
pub(super) fn emblem(canvas: &mut Canvas, centre: Point, radius: f32, colour: Rgb) {
    let mut star = Vec::new();
    for i in 0..16_u8 {
        let (sin, cos) = turn(f32::from(i) / 16.0);
        let r = radius * if i % 2 == 0 { 0.8 } else { 0.34 };
        star.push([centre[0] + r * sin, centre[1] - r * cos]);
    }
    canvas.fill(&Path::polygon(&star), colour, 0.95);
    let ring: Vec<Point> = Path::ellipse(centre[0], centre[1], radius, radius).contours.concat();
    canvas.stroke(&[ring.clone(), vec![ring[0]]].concat(), radius * 0.12, colour, 0.95);
}

/// A contact chip, 12 x 10 mm.
pub(super) fn chip(canvas: &mut Canvas, origin: Point) {
    let [x, y] = origin;
    let gold = [212, 180, 104];
    canvas.fill(&Path::rounded_rectangle(x, y, 12.0, 10.0, 1.6), gold, 1.0);
    canvas.blob([x + 4.0, y + 3.0], [7.0, 5.0], [250, 236, 190], 0.6);
    let groove = mix(gold, [60, 40, 10], 0.6);
    for line in [
        [[x, y + 3.3], [x + 4.0, y + 3.3]],
        [[x, y + 6.6], [x + 4.0, y + 6.6]],
        [[x + 8.0, y + 3.3], [x + 12.0, y + 3.3]],
        [[x + 8.0, y + 6.6], [x + 12.0, y + 6.6]],
        [[x + 4.0, y], [x + 4.0, y + 10.0]],
        [[x + 8.0, y], [x + 8.0, y + 10.0]],
        [[x + 4.0, y + 5.0], [x + 8.0, y + 5.0]],
    ] {
        canvas.stroke(&line, 0.2, groove, 0.9);
    }
}

/// Text centred on `centre`, mm.
pub(super) fn centred(canvas: &mut Canvas, face: Face, text: &str, centre: Point, cap: f32, ink: (Rgb, f32)) {
    let width = glyphs::width(face, text, cap);
    glyphs::draw(canvas, face, text, [centre[0] - width / 2.0, centre[1]], cap, ink);
}

#[cfg(test)]
mod tests {
    use super::Holder;
    use super::draw;
    use crate::scene::DocumentType;
    use crate::synth::random::Random;

    #[test]
    fn documents_have_their_standard_sizes() {
        let holder = Holder::draw(&mut Random::new(1));
        for (kind, size) in [
            (DocumentType::IdCardFront, [85.6, 53.98]),
            (DocumentType::DriverLicenseBack, [85.6, 53.98]),
            (DocumentType::Passport, [125.0, 88.0]),
        ] {
            let drawn = draw(kind, &holder, 2.0).unwrap();
            assert!((drawn.size[0] - size[0]).abs() < 1e-3 && (drawn.size[1] - size[1]).abs() < 1e-3);
        }
        assert!(draw(DocumentType::Selfie, &holder, 2.0).is_none());
    }

    #[test]
    fn only_passports_and_card_backs_have_an_mrz() {
        let holder = Holder::draw(&mut Random::new(2));
        let lines = |kind| draw(kind, &holder, 2.0).unwrap().mrz.len();
        assert_eq!(lines(DocumentType::Passport), 2);
        assert_eq!(lines(DocumentType::IdCardBack), 3);
        assert_eq!(lines(DocumentType::DriverLicenseFront), 0);
    }

    #[test]
    fn licence_backs_have_a_barcode_except_in_one_design() {
        for seed in 0..12 {
            let holder = Holder::draw(&mut Random::new(seed));
            let back = draw(DocumentType::DriverLicenseBack, &holder, 2.0).unwrap();
            assert_eq!(back.barcode.is_some(), holder.style.variant != 2);
            assert!(draw(DocumentType::DriverLicenseFront, &holder, 2.0).unwrap().barcode.is_none());
        }
    }
}
