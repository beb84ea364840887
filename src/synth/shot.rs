//! The measures of one photo, drawn from its seed: first those of a good photo, then its fault.

use crate::scene::DocumentType;
use crate::synth::camera::Pose;
use crate::synth::fault::Fault;
use crate::synth::fault::Severity;
use crate::synth::finger::Finger;
use crate::synth::finger::Hand;
use crate::synth::light::Caster;
use crate::synth::light::Glare;
use crate::synth::light::Light;
use crate::synth::light::Shadow;
use crate::synth::light::edge;
use crate::synth::path::Point;
use crate::synth::path::turn;
use crate::synth::portrait::SKIN_TONES;
use crate::synth::random::Random;
use crate::synth::screen::Screen;
use crate::synth::sensor::Sensor;
use crate::synth::table::Surface;

/// Everything that is to happen between document and file.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of one photo, not states")]
pub(super) struct Shot {
    /// Size of the upright capture, px.
    pub(super) frame: [usize; 2],
    pub(super) pose: Pose,
    /// Push beyond the frame: axis, direction, share of the document's extent.
    pub(super) cut: Option<(usize, f64, f64)>,
    pub(super) surface: Surface,
    pub(super) clutter: usize,
    pub(super) spread: bool,
    pub(super) light: Light,
    pub(super) fingers: Vec<Finger>,
    pub(super) screen: Option<Screen>,
    pub(super) photocopy: bool,
    pub(super) ink: f32,
    /// Radius of the disc of confusion, mm.
    pub(super) defocus_mm: f32,
    /// Length of the shake, mm, and its angle.
    pub(super) motion_mm: f32,
    pub(super) motion_deg: f32,
    pub(super) softness: f32,
    pub(super) sensor: Sensor,
    /// Captured smaller by this factor.
    pub(super) shrink: f32,
    /// Then enlarged again.
    pub(super) enlarge: bool,
    pub(super) quality: u8,
    pub(super) messenger: Option<Messenger>,
    pub(super) file_share: f32,
    pub(super) orientation: u8,
    pub(super) flash: bool,
    pub(super) seed: u64,
}

/// What a messenger does to a photo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Messenger {
    pub(super) long_side: usize,
    pub(super) quality: u8,
}

/// Light skin under lamps to dark skin under daylight: colours of light.
const TINTS: [[f32; 3]; 4] = [[1.0, 1.0, 1.0], [1.08, 1.0, 0.86], [0.95, 1.0, 1.08], [1.03, 1.0, 0.93]];

impl Shot {
    /// A good photo of a document of `size` mm with a sensor of `sensor` pixels.
    pub(super) fn good(kind: DocumentType, size: Point, sensor: [usize; 2], random: &mut Random) -> Self {
        let orientation = if random.chance(0.25) { random.pick(&[6, 6, 6, 8, 3]) } else { 1 };
        let frame = if orientation >= 6 { [sensor[1], sensor[0]] } else { sensor };
        let flash = random.chance(0.08);
        Self {
            frame,
            pose: good_pose(random),
            cut: None,
            surface: Surface::draw(random),
            clutter: 0,
            spread: kind == DocumentType::Passport && random.chance(0.35),
            light: ambient(size, random),
            fingers: Vec::new(),
            screen: None,
            photocopy: false,
            ink: 1.0,
            defocus_mm: 0.0,
            motion_mm: 0.0,
            motion_deg: random.range(0.0, 180.0),
            softness: random.range(0.0, 0.35),
            sensor: good_sensor(random),
            shrink: 1.0,
            enlarge: false,
            quality: 90 + random.below(7) as u8,
            messenger: None,
            file_share: 1.0,
            orientation,
            flash,
            seed: random.next(),
        }
    }

    /// Adds a fault to a good photo.
    pub(super) fn spoil(&mut self, fault: Fault, severity: Severity, size: Point, random: &mut Random) {
        let strong = severity == Severity::Strong;
        // A value from the range of the severity.
        let mut within = |mild: (f32, f32), hard: (f32, f32)| {
            let (low, high) = if strong { hard } else { mild };
            random.range(low, high)
        };
        match fault {
            Fault::Defocus => self.defocus_mm = within((0.15, 0.21), (0.38, 0.62)),
            Fault::Motion => self.motion_mm = within((0.4, 0.55), (1.0, 1.8)),
            Fault::TooFar => self.pose.fill = f64::from(within((0.3, 0.38), (0.14, 0.2))),
            Fault::TooClose => self.approach(f64::from(within((0.97, 0.99), (1.1, 1.28)))),
            Fault::Tilted => self.pose.tilt_deg = f64::from(within((25.0, 31.0), (40.0, 50.0))),
            Fault::Clutter => self.clutter = within((5.0, 7.0), (13.0, 18.0)) as usize,
            Fault::LowResolution | Fault::Upscaled => {
                self.shrink =
                    within((1.8, 2.2), (3.2, 4.2)) * (self.frame[0].max(self.frame[1]) as f32 / 1024.0).max(1.0);
                self.enlarge = fault == Fault::Upscaled;
            }
            Fault::Truncated => self.file_share = within((0.8, 0.95), (0.35, 0.6)),
            Fault::Underexposed => self.darken(within((-2.2, -1.8), (-3.8, -3.2))),
            Fault::Overexposed => self.sensor.ev = within((0.9, 1.2), (1.8, 2.4)),
            Fault::Faded => self.ink = within((0.42, 0.5), (0.16, 0.24)),
            Fault::Screen => self.recapture(within((0.4, 0.55), (0.7, 0.9)), random),
            Fault::Photocopy => self.photocopy = true,
            Fault::LowContrast => self.pose.fill = self.pose.fill.min(0.8),
            Fault::Messenger => self.send(strong, random),
            Fault::CutCorner | Fault::CutSide => self.cut(fault, strong, random),
            Fault::GlareSpot | Fault::GlareWindow => self.dazzle(fault, strong, size, random),
            Fault::ShadowHard | Fault::ShadowSoft => self.overshadow(fault, strong, size, random),
            Fault::Finger | Fault::Glove => self.hold(fault, strong, size, random),
            _ => {}
        }
    }

    fn approach(&mut self, fill: f64) {
        self.pose.fill = fill;
        self.pose.centre = [0.5, 0.5];
        // Nobody comes closer across the frame's short side.
        let along = if self.frame[1] > self.frame[0] { 90.0 } else { 0.0 };
        self.pose.rotation_deg = along + self.pose.rotation_deg % 1.0;
        self.pose.tilt_deg /= 3.0;
    }

    fn darken(&mut self, ev: f32) {
        self.sensor.ev = ev;
        self.sensor.noise *= 2.0;
        self.flash = false;
    }

    fn recapture(&mut self, depth: f32, random: &mut Random) {
        self.screen = Some(Screen { pitch_mm: random.range(0.11, 0.3), depth });
        self.surface = Surface::Screen(random.pick(&[[24, 24, 28], [236, 238, 240], [60, 64, 70]]));
        self.spread = false;
        self.pose.rotation_deg = f64::from(random.range(-5.0, 5.0));
    }

    fn send(&mut self, strong: bool, random: &mut Random) {
        let long_side = if strong { random.pick(&[1280, 1280, 960]) } else { random.pick(&[1600, 2048]) };
        let quality = if strong { 50 + random.below(13) as u8 } else { 70 + random.below(9) as u8 };
        self.messenger = Some(Messenger { long_side, quality });
    }

    fn cut(&mut self, fault: Fault, strong: bool, random: &mut Random) {
        let share = match (fault, strong) {
            (Fault::CutCorner, false) => random.range(0.025, 0.04),
            (Fault::CutCorner, true) => random.range(0.07, 0.09),
            (_, false) => random.range(0.05, 0.08),
            (_, true) => random.range(0.18, 0.3),
        };
        let (low, high) = if fault == Fault::CutCorner { (11.0, 16.0) } else { (0.0, 2.0) };
        let quarter = (self.pose.rotation_deg / 90.0).round() * 90.0;
        self.pose.rotation_deg = quarter + f64::from(random.range(low, high) * random.sign());
        self.pose.tilt_deg = self.pose.tilt_deg.min(5.0);
        self.cut = Some((random.below(2), f64::from(random.sign()), f64::from(share)));
    }

    fn dazzle(&mut self, fault: Fault, strong: bool, size: Point, random: &mut Random) {
        let straight = fault == Fault::GlareWindow;
        let share = if strong { random.range(0.05, 0.12) } else { random.range(0.008, 0.02) };
        let stretch = if straight { random.range(1.6, 3.5) } else { random.range(1.0, 1.6) };
        let short = (share * size[0] * size[1] / (3.3 * stretch)).sqrt();
        self.light.glare.push(Glare {
            centre: [0, 1].map(|i| random.range(-0.3, 0.3) * size[i]),
            half: [short * stretch, short],
            turned: turn(random.unit()),
            straight,
            halo: random.range(0.12, 0.35),
            noise: random.next() as u32,
        });
        self.flash = !straight;
    }

    fn overshadow(&mut self, fault: Fault, strong: bool, size: Point, random: &mut Random) {
        let depth = if strong { random.range(0.6, 0.75) } else { random.range(0.38, 0.48) };
        let offset = random.range(-0.15, 0.2) * size[1];
        let (penumbra, shape) = if fault == Fault::ShadowSoft {
            (random.range(22.0, 40.0), edge(random.unit(), offset))
        } else if random.chance(0.5) {
            (random.range(1.5, 5.0), edge(random.unit(), offset))
        } else {
            let centre = [random.range(-0.25, 0.25) * size[0], random.range(0.1, 0.45) * size[1]];
            let half = [random.range(0.25, 0.33) * size[0], random.range(0.6, 0.9) * size[1]];
            (random.range(2.0, 6.0), Caster::Telephone { centre, half, turned: turn(random.range(-0.06, 0.06)) })
        };
        self.light.shadow = Some(Shadow { shape, penumbra, depth });
        self.flash = false;
    }

    fn hold(&mut self, fault: Fault, strong: bool, size: Point, random: &mut Random) {
        let hand = if fault == Fault::Glove {
            Hand::Glove(random.pick(&[[52, 92, 170], [30, 30, 34], [232, 232, 228]]))
        } else {
            Hand::Skin(random.below(SKIN_TONES.len()))
        };
        let reach = if strong { random.range(13.0, 20.0) } else { random.range(5.0, 8.0) };
        let count = if strong { 2 + random.below(2) } else { 1 };
        // Fingers come in side by side over one border; 0 right, 1 bottom, 2 left, 3 top.
        let side = random.pick(&[0_u8, 1, 1, 2, 2]);
        let along = random.range(-0.4, 0.3) * if side.is_multiple_of(2) { size[1] } else { size[0] };
        let radius = random.range(7.0, 9.2);
        for i in 0..count {
            let (sin, cos) = turn(f32::from(side) / 4.0);
            let half = if side.is_multiple_of(2) { size[0] / 2.0 } else { size[1] / 2.0 };
            let slide = along + i as f32 * radius * 2.05;
            let lean = random.range(-8.0, 8.0);
            let at = |away: f32, slide: f32| [away * cos - slide * sin, away * sin + slide * cos];
            let deep = reach * random.range(0.85, 1.1);
            self.fingers.push(Finger {
                root: at(half + 110.0, slide + lean * 3.0),
                tip: at(half - deep, slide),
                radius,
                hand,
            });
        }
        self.pose.fill = self.pose.fill.min(0.76);
    }
}

fn good_pose(random: &mut Random) -> Pose {
    let quarter = if random.chance(0.15) { random.pick(&[90.0, 180.0, 270.0]) } else { 0.0 };
    let fill = f64::from(random.range(0.66, 0.84));
    let sway = |random: &mut Random| 0.5 + f64::from(random.range(-0.3, 0.3)) * (1.0 - fill);
    Pose {
        tilt_deg: f64::from(random.range(0.0, 9.0)),
        tilt_towards_deg: f64::from(random.range(0.0, 360.0)),
        rotation_deg: quarter + f64::from(random.range(-6.0, 6.0)),
        focal_35mm: f64::from(random.pick(&[24_u8, 26, 26, 28, 35])),
        fill,
        centre: [sway(random), sway(random)],
    }
}

fn ambient(size: Point, random: &mut Random) -> Light {
    let slope = |random: &mut Random, s: f32| random.range(-0.1, 0.1) / s;
    let tint = random.pick(&TINTS);
    let slope = [slope(random, size[0]), slope(random, size[1])];
    let beside = random.chance(0.08).then(|| hot_spot_beside(size, random));
    Light { tint, slope, shadow: None, glare: beside.into_iter().collect() }
}

/// A lamp mirrored in the table next to the document: no fault.
fn hot_spot_beside(size: Point, random: &mut Random) -> Glare {
    let half = random.range(4.0, 8.0);
    let away = random.sign() * (size[1] / 2.0 + 3.0 * half);
    Glare {
        centre: [random.range(-0.4, 0.4) * size[0], away],
        half: [half * random.range(1.0, 1.4), half],
        turned: turn(random.unit()),
        straight: false,
        halo: 0.1,
        noise: random.next() as u32,
    }
}

fn good_sensor(random: &mut Random) -> Sensor {
    Sensor {
        ev: random.range(-0.25, 0.1),
        noise: random.range(0.006, 0.016),
        vignette: random.range(0.02, 0.14),
        sharpening: random.range(0.15, 0.6),
        contrast: random.range(0.05, 0.25),
        balance: [random.range(0.97, 1.03), random.range(0.96, 1.04)],
        seed: random.next(),
    }
}
