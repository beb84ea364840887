//! A head and shoulders before a wall or in a room.

use crate::synth::canvas::Affine;
use crate::synth::canvas::Canvas;
use crate::synth::colour::hsv;
use crate::synth::colour::linear;
use crate::synth::colour::mix;
use crate::synth::fault::Fault;
use crate::synth::fault::Severity;
use crate::synth::frame::Frame;
use crate::synth::path::Path;
use crate::synth::path::turn;
use crate::synth::portrait;
use crate::synth::portrait::Covering;
use crate::synth::portrait::Look;
use crate::synth::random::Random;
use crate::synth::random::fractal_noise;
use crate::synth::random::smoothstep;

/// A posed person; positions are shares of the frame's width and height.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    pub(super) look: Look,
    /// Point between the eyes.
    pub(super) centre: [f32; 2],
    /// Head's width, share of the frame's shorter side.
    pub(super) head: f32,
    pub(super) roll_deg: f32,
    pub(super) room: bool,
    pub(super) clutter: usize,
    /// Light on the darker half over that on the lighter.
    pub(super) half_light: f32,
    pub(super) lit_from_left: bool,
    pub(super) second: Option<Look>,
    pub(super) nobody: bool,
    seed: u64,
}

impl Sitting {
    pub(super) fn draw(look: &Look, fault: Fault, severity: Severity, random: &mut Random) -> Self {
        let strong = severity == Severity::Strong;
        let mut sitting = Self {
            look: look.clone(),
            centre: [0.5 + random.range(-0.04, 0.04), random.range(0.4, 0.46)],
            head: random.range(0.34, 0.42),
            roll_deg: random.range(-4.0, 4.0),
            room: false,
            clutter: 0,
            half_light: random.range(0.85, 1.0),
            lit_from_left: random.chance(0.5),
            second: None,
            nobody: fault == Fault::NoFace,
            seed: random.next(),
        };
        let mut within = |mild: (f32, f32), hard: (f32, f32)| {
            let (low, high) = if strong { hard } else { mild };
            random.range(low, high)
        };
        match fault {
            Fault::TooFar => sitting.head = within((0.13, 0.16), (0.06, 0.09)),
            Fault::TooClose => sitting.head = within((0.68, 0.74), (0.9, 1.05)),
            Fault::CutSide => sitting.centre[0] = within((0.12, 0.15), (0.0, 0.05)),
            Fault::HeadRoll => sitting.roll_deg = within((14.0, 19.0), (26.0, 36.0)) * random.sign(),
            Fault::HeadYaw => sitting.look.turn = within((0.06, 0.08), (0.12, 0.15)) * random.sign(),
            Fault::HalfLit => sitting.half_light = within((0.35, 0.45), (0.08, 0.16)),
            Fault::EyesClosed => sitting.look.eyes_open = within((0.16, 0.22), (0.0, 0.06)),
            Fault::Clutter => {
                sitting.room = true;
                sitting.clutter = within((14.0, 20.0), (50.0, 70.0)) as usize;
            }
            Fault::Mask => sitting.look.covering = Covering::Mask,
            Fault::Sunglasses => sitting.look.covering = Covering::Sunglasses,
            Fault::TwoFaces => sitting.second = Some(Look::draw(random)),
            _ => {}
        }
        sitting
    }

    fn unit(&self, frame: [usize; 2]) -> f32 {
        self.head * frame[0].min(frame[1]) as f32
    }

    fn middle(&self, frame: [usize; 2]) -> [f32; 2] {
        [0, 1].map(|i| self.centre[i] * frame[i] as f32)
    }

    /// Centres of the eyes, px, left in the picture first; nobody has none.
    pub(super) fn eyes(&self, frame: [usize; 2]) -> Option<[[f64; 2]; 2]> {
        let place = Affine::place(self.middle(frame), self.unit(frame), turn(self.roll_deg / 360.0));
        let half = portrait::eye_distance(&self.look) / 2.0;
        let eye = |side: f32| place.apply([side * half + self.look.turn, 0.0]).map(f64::from);
        (!self.nobody).then(|| [eye(-1.0), eye(1.0)])
    }

    /// Pixels per mm on the face, taking 63 mm between the eyes.
    pub(super) fn density(&self, frame: [usize; 2]) -> f32 {
        portrait::eye_distance(&self.look) * self.unit(frame) / 63.0
    }

    pub(super) fn photograph(&self, frame: [usize; 2]) -> Frame {
        let mut canvas = Canvas::new(frame[0] as f32, frame[1] as f32, 1.0, [200; 3]);
        self.wall(&mut canvas);
        let (unit, middle) = (self.unit(frame), self.middle(frame));
        if let Some(second) = &self.second {
            let place = Affine::place([middle[0] + unit * 1.25, middle[1] + unit * 0.2], unit * 0.72, turn(0.02));
            canvas.within(place, |canvas| portrait::draw(canvas, second));
        }
        if !self.nobody {
            let place = Affine::place(middle, unit, turn(self.roll_deg / 360.0));
            canvas.within(place, |canvas| portrait::draw(canvas, &self.look));
        }
        self.lit(&canvas, middle, unit)
    }

    fn wall(&self, canvas: &mut Canvas) {
        let mut random = Random::stream(self.seed, 0, "wall");
        let (width, height) = (canvas.width as f32, canvas.height as f32);
        let colour = hsv(random.unit(), random.range(0.02, 0.16), random.range(0.72, 0.9));
        let noise = random.next() as u32;
        canvas
            .shade(|p, _| mix(colour, [0; 3], 0.12 * fractal_noise(noise, p[0] / width * 5.0, p[1] / width * 5.0, 3)));
        if !self.room {
            return;
        }
        for i in 0..self.clutter {
            let (w, h) = (random.range(0.02, 0.07) * width, random.range(0.08, 0.2) * height);
            let shelf = (i % 4) as f32 * 0.26 + 0.22;
            let x = random.range(-0.02, 0.98) * width;
            let book = Path::rectangle(x, shelf * height - h, w, h);
            let cover = hsv(random.unit(), random.range(0.2, 0.8), random.range(0.2, 0.85));
            canvas.fill(&book, cover, 1.0);
            canvas.fill(
                &Path::rectangle(x + w * 0.2, shelf * height - h * 0.8, w * 0.6, h * 0.15),
                mix(cover, [255; 3], 0.6),
                1.0,
            );
        }
        for row in 0..4_u8 {
            let y = (f32::from(row) * 0.26 + 0.22) * height;
            canvas.fill(&Path::rectangle(0.0, y, width, 0.018 * height), [92, 66, 46], 1.0);
        }
    }

    /// Light falls from one side; it fades across the face, less on the wall behind.
    fn lit(&self, canvas: &Canvas, middle: [f32; 2], unit: f32) -> Frame {
        let mut frame = Frame::dark(canvas.width, canvas.height);
        let side = if self.lit_from_left { 1.0 } else { -1.0 };
        for (i, (light, pixel)) in frame.light.iter_mut().zip(&canvas.pixels).enumerate() {
            let x = (i % canvas.width) as f32;
            let along = side * (x - middle[0]) / unit;
            let level = 1.0 + (self.half_light - 1.0) * smoothstep(-0.4, 0.35, along);
            *light = linear(*pixel).map(|v| v * level);
        }
        frame
    }
}
