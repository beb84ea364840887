//! Pictures without a document that a search for quads may stumble over.

/// A picture: the colour of a pixel at column x, row y of so many columns and rows.
#[derive(Clone, Copy)]
pub struct Pattern {
    /// What it shows.
    pub name: &'static str,
    /// How it is painted.
    pub paint: fn(u32, u32, [u32; 2]) -> [u8; 3],
}

impl Pattern {
    /// All samples of a picture of `width` x `height` pixels, red, green, blue.
    pub fn rgb(&self, width: u32, height: u32) -> Vec<u8> {
        let row = |y: u32| (0..width).flat_map(move |x| (self.paint)(x, y, [width, height]));
        (0..height).flat_map(row).collect()
    }
}

/// Every pattern.
pub const PATTERNS: [Pattern; 18] = [
    Pattern { name: "black", paint: |_, _, _| [0; 3] },
    Pattern { name: "white", paint: |_, _, _| [255; 3] },
    Pattern { name: "noise", paint: |x, y, _| noise(x, y) },
    Pattern { name: "coarse noise", paint: |x, y, _| noise(x / 9, y / 9) },
    Pattern { name: "checkerboard of 1", paint: |x, y, _| checkers(x, y, 1) },
    Pattern { name: "checkerboard of 2", paint: |x, y, _| checkers(x, y, 2) },
    Pattern { name: "checkerboard of 8", paint: |x, y, _| checkers(x, y, 8) },
    Pattern { name: "checkerboard of 32", paint: |x, y, _| checkers(x, y, 32) },
    Pattern { name: "stripes", paint: |x, _, _| [if x / 20 % 2 == 0 { 40 } else { 220 }; 3] },
    Pattern { name: "blinds", paint: |_, y, _| [(y % 24 * 10) as u8; 3] },
    Pattern { name: "graph paper", paint: |x, y, _| [if x % 18 < 2 || y % 18 < 2 { 90 } else { 240 }; 3] },
    Pattern { name: "bricks", paint: |x, y, _| bricks(x, y) },
    Pattern { name: "text", paint: |x, y, _| text(x, y) },
    Pattern { name: "radial gradient", paint: radial },
    Pattern { name: "rays", paint: rays },
    Pattern { name: "sticks", paint: |x, y, size| sticks(x, y, size, 40) },
    Pattern { name: "many sticks", paint: |x, y, size| sticks(x, y, size, 90) },
    Pattern { name: "shards", paint: shards },
];

fn hash(x: u32, y: u32) -> u32 {
    let mixed = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x2C1B_3C6D);
    (mixed ^ mixed >> 12).wrapping_mul(0x297A_2D39) >> 8
}

fn noise(x: u32, y: u32) -> [u8; 3] {
    let [red, green, blue, _] = hash(x, y).to_le_bytes();
    [red, green, blue]
}

fn checkers(x: u32, y: u32, side: u32) -> [u8; 3] {
    [if (x / side + y / side).is_multiple_of(2) { 0 } else { 255 }; 3]
}

fn bricks(x: u32, y: u32) -> [u8; 3] {
    let (row, shifted) = (y / 30, x + y / 30 % 2 * 40);
    if y % 30 < 3 || shifted % 80 < 3 {
        return [200, 195, 185];
    }
    let shade = (hash(shifted / 80, row) % 50) as u8;
    [150 + shade, 70 + shade / 2, 50]
}

/// Lines of bars as long as words.
fn text(x: u32, y: u32) -> [u8; 3] {
    let is_ink = y % 20 > 8 && x % 60 > 6 + hash(x / 60, y / 20) % 24;
    [if is_ink { 30 } else { 235 }; 3]
}

fn radial(x: u32, y: u32, [width, height]: [u32; 2]) -> [u8; 3] {
    let [x, y] = [(x, width), (y, height)].map(|(at, length)| f64::from(at) / f64::from(length) - 0.5);
    [(255.0 - 350.0 * x.hypot(y)).max(0.0) as u8; 3]
}

/// Rays from beyond a corner and from beyond the one across, so that most lines cross.
fn rays(x: u32, y: u32, [width, height]: [u32; 2]) -> [u8; 3] {
    let [x, y] = [f64::from(x) / f64::from(width), f64::from(y) / f64::from(height)];
    let ray = |x: f64, y: f64| (((y + 0.3).atan2(x + 0.3) * 40.0) as u32).is_multiple_of(2);
    [if ray(x, y) == ray(1.0 - x, y) { 60 } else { 210 }; 3]
}

/// Dark lines across the whole frame in all directions.
fn sticks(x: u32, y: u32, [width, height]: [u32; 2], count: u32) -> [u8; 3] {
    let [x, y] = [f64::from(x) - f64::from(width) / 2.0, f64::from(y) - f64::from(height) / 2.0];
    let share = |at: u32, what: u32| f64::from(hash(at, what) & 0xFFFF) / 65_536.0;
    let reach = 0.35 * f64::from(width.min(height));
    let is_near = |at: u32| {
        let (sin, cos) = (std::f64::consts::PI * share(at, 1)).sin_cos();
        (x * cos + y * sin - reach * (2.0 * share(at, 2) - 1.0)).abs() < f64::from(width) / 400.0
    };
    [if (0..count).any(is_near) { 40 } else { 225 }; 3]
}

/// A pane broken along 50 lines, of which many quads can be made.
fn shards(x: u32, y: u32, [width, height]: [u32; 2]) -> [u8; 3] {
    let [x, y] = [(x, width), (y, height)].map(|(at, length)| f64::from(at) / f64::from(length) - 0.5);
    let share = |at: u32, what: u32| f64::from(hash(at, what) & 0xFFFF) / 65_536.0;
    let is_beyond = |at: &u32| {
        let (sin, cos) = (std::f64::consts::PI * share(*at, 1)).sin_cos();
        x * cos + y * sin > 0.66 * (share(*at, 2) - 0.5)
    };
    [if (0..50).filter(is_beyond).count().is_multiple_of(2) { 40 } else { 220 }; 3]
}
