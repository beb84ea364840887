use std::f64::consts::PI;

use super::cells::Cells;

/// How far around a blob its surroundings reach, mm.
const REACH: f64 = 4.0;
/// Mean luma from which a cell is at the sensor's white.
const CLIPPED: u8 = 250;
/// Directions in which the surroundings are looked at apart.
const SECTORS: usize = 8;

/// Connected cells that are at least as bright as a level.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    pub(super) cells: Vec<u32>,
    pub(super) signs: Signs,
}

/// What a blob and its surroundings tell. Brightness and colour are samples, shares 0–1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// Area, mm².
    pub(super) area: f64,
    /// Brightness that a fifth of the blob exceeds.
    pub(super) core: f64,
    /// Share of its cells at the sensor's white.
    pub(super) clipped: f64,
    /// Brightness of the core over the ground, 2–4 mm away.
    pub(super) contrast: f64,
    /// Brightness 1–2 mm away over the ground, as a share of the contrast.
    pub(super) halo: f64,
    /// The same in the direction that only a quarter of directions fall short of.
    pub(super) least_halo: f64,
    /// Fall of brightness at its border, as a share of the contrast.
    pub(super) step: f64,
    /// Share of directions in which brightness falls on and on.
    pub(super) falling: f64,
    pub(super) detail: f64,
    pub(super) detail_around: f64,
    pub(super) colour: f64,
    pub(super) colour_around: f64,
    /// 4π area / perimeter².
    pub(super) roundness: f64,
    /// Share of its perimeter that the document's border cuts.
    pub(super) cut: f64,
    /// Brightness of the core over the brightest quarter of the document.
    pub(super) excess: f64,
    /// Brightness of the core over the ground in the brightest direction.
    pub(super) outshines: f64,
    /// Greatest difference between neighbouring pixels at its border, as a share of the contrast; three quarters of the
    /// border have more.
    pub(super) steepness: f64,
    /// Logarithm by which it grows down to the next level.
    pub(super) growth: f64,
    /// Share of it that reaches the level above.
    pub(super) solid: f64,
    /// Brightness that a quarter of the document exceeds.
    pub(super) white: f64,
    /// Share of its surroundings that is printed.
    pub(super) print: f64,
}

/// Sums over some cells.
#[derive(Clone, Copy, Default)]
struct Sums {
    count: f64,
    paper: f64,
    detail: f64,
    colour: f64,
    print: f64,
}

impl Sums {
    fn add(&mut self, cells: &Cells, at: usize) {
        self.count += 1.0;
        self.paper += f64::from(cells.paper[at]);
        self.detail += f64::from(cells.detail[at]);
        self.colour += cells.colour.get(at).copied().map_or(0.0, f64::from);
        self.print += f64::from(u8::from(cells.printed[at]));
    }

    fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            paper: self.paper + other.paper,
            detail: self.detail + other.detail,
            colour: self.colour + other.colour,
            print: self.print + other.print,
        }
    }

    /// Mean brightness.
    fn level(&self) -> f64 {
        self.mean(self.paper)
    }

    fn mean(&self, of: f64) -> f64 {
        of / self.count.max(1.0)
    }
}

impl Signs {
    /// With what the directions apart tell, of which the ground as a whole has the brightness `ground`.
    fn with_directions(mut self, rings: &[[Sums; 3]; SECTORS], ground: f64) -> Self {
        let complete =
            rings.iter().filter(|of| of.iter().all(|sums| sums.count > 0.0)).map(|of| of.each_ref().map(Sums::level));
        let contrast = self.contrast.max(1.0);
        let mut halos: Vec<f64> = complete.clone().map(|[_, mid, far]| (mid - far) / contrast).collect();
        halos.sort_unstable_by(f64::total_cmp);
        let falling = complete.clone().filter(|[near, mid, far]| *near > mid + 2.0 && *mid > far + 2.0).count();
        self.least_halo = halos.get(halos.len() / 4).copied().unwrap_or(0.0);
        self.falling = falling as f64 / halos.len().max(1) as f64;
        self.outshines = self.core - complete.map(|[.., far]| far).fold(ground, f64::max);
        self
    }
}

/// What lies around a blob.
struct Surroundings {
    /// By direction and distance: next to the blob, up to 40 % of the reach, beyond.
    rings: [[Sums; 3]; SECTORS],
    /// Cells around it, and sides of its cells at the document's border.
    perimeter: f64,
    /// The latter alone.
    cut: f64,
    /// The greatest difference between neighbouring pixels that three quarters of the border reach.
    steepness: f64,
}

/// Marks of cells, with what is needed to walk around a blob.
pub(super) struct Walk {
    stamps: Vec<u32>,
    stamp: u32,
}

impl Walk {
    pub(super) fn new(cells: &Cells) -> Self {
        Self { stamps: vec![0; cells.paper.len()], stamp: 0 }
    }

    fn mark(&mut self, at: usize) -> bool {
        let fresh = self.stamps[at] != self.stamp;
        self.stamps[at] = self.stamp;
        fresh
    }

    /// What the cells and their surroundings tell; `None` where nothing surrounds them.
    pub(super) fn signs(&mut self, cells: &Cells, blob: &[u32], white: f64) -> Option<Signs> {
        self.stamp += 1;
        let mut inside = Sums::default();
        let (mut centre, mut clipped, mut levels) = ([0.0; 2], 0, [0_u32; 256]);
        for at in blob.iter().map(|&at| at as usize) {
            self.mark(at);
            inside.add(cells, at);
            let (x, y) = place(cells, at);
            centre = [centre[0] + x as f64, centre[1] + y as f64];
            clipped += u32::from(cells.mean[at] >= CLIPPED);
            levels[usize::from(cells.paper[at])] += 1;
        }
        let count = inside.count;
        let Surroundings { rings, perimeter, cut, steepness } =
            self.surroundings(cells, blob, centre.map(|sum| sum / count));
        let whole = |ring: usize| rings.iter().fold(Sums::default(), |sum, of| sum.and(of[ring]));
        let (near, far) = (whole(0), whole(2));
        if far.count < 6.0 {
            return None;
        }
        let around = near.and(whole(1)).and(far);
        let core = exceeded(&levels, blob.len() / 5);
        let contrast = (core - far.level()).max(1.0);
        let signs = Signs {
            area: count * cells.side * cells.side,
            core,
            clipped: f64::from(clipped) / count,
            contrast: core - far.level(),
            halo: (whole(1).level() - far.level()) / contrast,
            step: (inside.level() - near.level()) / contrast,
            detail: inside.mean(inside.detail),
            detail_around: around.mean(around.detail),
            colour: inside.mean(inside.colour),
            colour_around: around.mean(around.colour),
            roundness: 4.0 * PI * count / (perimeter * perimeter),
            cut: cut / perimeter,
            excess: core - white,
            white,
            steepness: steepness / contrast,
            print: around.mean(around.print),
            ..Signs::default()
        };
        Some(signs.with_directions(&rings, far.level()))
    }

    fn surroundings(&mut self, cells: &Cells, blob: &[u32], centre: [f64; 2]) -> Surroundings {
        let mut rings = [[Sums::default(); 3]; SECTORS];
        let reach = ((REACH / cells.side).round() as usize).max(3);
        // Neighbours that a cell lacks lie beyond the border.
        let cut = blob.iter().map(|&at| 4 - beside(cells, at as usize).count()).sum::<usize>() as f64;
        let (mut perimeter, mut shell, mut steepness) = (cut, Vec::<u32>::new(), 0.0);
        let mut outer: Vec<u32> = blob.to_vec();
        for distance in 1..=reach {
            shell.clear();
            for &at in &outer {
                for beside in beside(cells, at as usize) {
                    if self.mark(beside) {
                        shell.push(beside as u32);
                    }
                }
            }
            let ring = if distance == 1 { 0 } else { 1 + usize::from(5 * distance > 2 * reach) };
            for &at in &shell {
                let at = at as usize;
                if cells.seen[at] {
                    rings[sector(cells, at, centre)][ring].add(cells, at);
                }
            }
            if distance == 1 {
                perimeter += shell.len() as f64;
                let mut steepest = [0_u32; 256];
                for &at in &shell {
                    steepest[usize::from(cells.steepest[at as usize])] += 1;
                }
                steepness = exceeded(&steepest, 3 * shell.len() / 4);
            }
            std::mem::swap(&mut outer, &mut shell);
        }
        Surroundings { rings, perimeter: perimeter.max(1.0), cut, steepness }
    }
}

/// The cells left, right, above and below.
fn beside(cells: &Cells, at: usize) -> impl Iterator<Item = usize> {
    let (x, y) = place(cells, at);
    let left = (x > 0).then(|| at - 1);
    let right = (x + 1 < cells.width).then(|| at + 1);
    let above = (y > 0).then(|| at - cells.width);
    let below = (y + 1 < cells.height).then(|| at + cells.width);
    [left, right, above, below].into_iter().flatten()
}

/// Column and row.
fn place(cells: &Cells, at: usize) -> (usize, usize) {
    // Half as wide numbers divide faster.
    let (at, width) = (at as u32, cells.width as u32);
    ((at % width) as usize, (at / width) as usize)
}

fn sector(cells: &Cells, at: usize, centre: [f64; 2]) -> usize {
    let (x, y) = place(cells, at);
    let (x, y) = (x as f64 - centre[0], y as f64 - centre[1]);
    usize::from(x < 0.0) | usize::from(y < 0.0) << 1 | usize::from(x.abs() < y.abs()) << 2
}

/// The level that more than `above` of the counted cells reach.
fn exceeded(counts: &[u32; 256], above: usize) -> f64 {
    let mut left = above as u32;
    for (level, &count) in counts.iter().enumerate().rev() {
        if count > left {
            return level as f64;
        }
        left -= count;
    }
    0.0
}
