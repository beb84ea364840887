//! Random numbers and random grain that are the same for the same seed.

/// `SplitMix64` (Steele, Lea and Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// From `low` to `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * share(self.next())
    }

    /// One of `items`, of which there is at least one.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[(self.next() % items.len() as u64) as usize]
    }

    /// -1 or 1.
    pub(crate) fn sign(&mut self) -> f32 {
        self.pick(&[-1.0, 1.0])
    }
}

/// Value noise on the plane: smooth, from -1 to 1, with features about 1 wide.
#[derive(Clone, Copy)]
pub(crate) struct Grain(u64);

impl Grain {
    pub(crate) fn new(random: &mut Random) -> Self {
        Self(random.next())
    }

    pub(crate) fn at(self, x: f32, y: f32) -> f32 {
        let [left, top] = [x, y].map(f32::floor);
        let [right, below] = [x - left, y - top].map(|part| part * part * (3.0 - 2.0 * part));
        let node = |dx: i64, dy: i64| self.node(left as i64 + dx, top as i64 + dy);
        let upper = node(0, 0) + (node(1, 0) - node(0, 0)) * right;
        let lower = node(0, 1) + (node(1, 1) - node(0, 1)) * right;
        upper + (lower - upper) * below
    }

    /// Four octaves, each half as wide and strong as the one before.
    pub(crate) fn rough(self, x: f32, y: f32) -> f32 {
        let octave = |n: u8| {
            let scale = f32::from(1_u8 << n);
            self.at(x * scale + 17.3 * f32::from(n), y * scale - 9.1 * f32::from(n)) / scale
        };
        (0..4).map(octave).sum::<f32>() / 1.875
    }

    fn node(self, x: i64, y: i64) -> f32 {
        let place = (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        2.0 * share(mixed(mixed(place ^ self.0).wrapping_add(self.0))) - 1.0
    }
}

fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

fn share(bits: u64) -> f32 {
    (bits >> 40) as f32 / 16_777_216.0
}
