//! Ways to hash a picture, to choose among.

use kyclint::pixels::Plane;
use kyclint::pixels::turn_half;
use kyclint::pixels::turn_left;
use kyclint::pixels::turn_right;

/// Means on either axis from which the candidates are made.
const SIDE: usize = 96;

/// The bits of a picture in its four turns.
pub type Turns = [Vec<bool>; 4];

/// A way to hash.
pub struct Candidate {
    pub name: &'static str,
    hash: fn(&Plane) -> Vec<bool>,
}

pub const CANDIDATES: [Candidate; 9] = [
    Candidate { name: "DCT 8 x 8 against its median (pHash), 64 bits", hash: |plane| against_median(&dct(plane, 8)) },
    Candidate { name: "DCT 8 x 8, signs, 64 bits", hash: |plane| signs(&dct(plane, 8)) },
    Candidate { name: "DCT 12 x 12, signs, 144 bits", hash: |plane| signs(&dct(plane, 12)) },
    Candidate { name: "DCT 16 x 16, signs, 256 bits", hash: |plane| signs(&dct(plane, 16)) },
    Candidate { name: "DCT 16 x 16, signs, without the 6 lowest", hash: without_the_lowest },
    Candidate { name: "differences across 8 x 8 (dHash), 64 bits", hash: |plane| across(plane, 8, 8) },
    Candidate { name: "differences 11 x 11 across and down, 242 bits", hash: across_and_down },
    Candidate {
        name: "means 16 x 16 against their median, 256 bits",
        hash: |plane| against_median(&means(plane, 16, 16)),
    },
    Candidate { name: "means 16 x 16 against their neighbours, 256 bits", hash: against_neighbours },
];

impl Candidate {
    /// The bits of `small`, which [`small`] made.
    pub fn turns(&self, small: &Plane) -> Turns {
        [small.clone(), turn_right(small), turn_half(small.clone()), turn_left(small)].map(|plane| (self.hash)(&plane))
    }
}

/// The share of bits that differ, the least over the turns of the second.
pub fn distance(one: &Turns, other: &Turns) -> f64 {
    let differing = |turn: &Vec<bool>| one[0].iter().zip(turn).filter(|(a, b)| a != b).count() as f64;
    other.iter().map(differing).fold(f64::INFINITY, f64::min) / one[0].len() as f64
}

/// The picture at the size that every candidate starts from.
pub fn small(luma: &Plane) -> Plane {
    let samples = means(luma, SIDE, SIDE).into_iter().map(|mean| mean.round() as u8).collect();
    Plane::new(SIDE, SIDE, samples)
}

fn means(plane: &Plane, width: usize, height: usize) -> Vec<f32> {
    let span = |at: usize, count: usize, length: usize| {
        let start = (at * length / count).min(length - 1);
        start..((at + 1) * length / count).max(start + 1)
    };
    let mut means = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let columns = span(x, width, plane.width());
            let rows = span(y, height, plane.height());
            let count = (rows.len() * columns.len()) as f32;
            let sum: u32 = rows.flat_map(|y| &plane.row(y)[columns.clone()]).map(|sample| u32::from(*sample)).sum();
            means.push(sum as f32 / count);
        }
    }
    means
}

/// The `count` x `count` lowest frequencies but the mean, of 32 x 32 means.
fn dct(plane: &Plane, count: usize) -> Vec<f32> {
    let means = means(plane, 32, 32);
    let wave = |order: usize, at: usize| ((2 * at + 1) as f32 * order as f32 * std::f32::consts::PI / 64.0).cos();
    let waves: Vec<Vec<f32>> = (0..count).map(|order| (0..32).map(|at| wave(order, at)).collect()).collect();
    let dot = |row: &[f32], wave: &[f32]| row.iter().zip(wave).map(|(a, b)| a * b).sum::<f32>();
    let across: Vec<Vec<f32>> = means.chunks(32).map(|row| waves.iter().map(|wave| dot(row, wave)).collect()).collect();
    let coefficient = |at: usize| {
        let column: Vec<f32> = across.iter().map(|row| row[at % count]).collect();
        dot(&column, &waves[at / count])
    };
    (1..count * count).map(coefficient).collect()
}

fn signs(numbers: &[f32]) -> Vec<bool> {
    numbers.iter().map(|number| *number > 0.0).collect()
}

fn against_median(numbers: &[f32]) -> Vec<bool> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    numbers.iter().map(|number| *number > sorted[sorted.len() / 2]).collect()
}

fn without_the_lowest(plane: &Plane) -> Vec<bool> {
    let bits = signs(&dct(plane, 16));
    let kept = bits.into_iter().enumerate().filter(|(at, _)| (at + 1) % 16 + (at + 1) / 16 > 2);
    kept.map(|(_, bit)| bit).collect()
}

fn across(plane: &Plane, width: usize, height: usize) -> Vec<bool> {
    let means = means(plane, width + 1, height);
    means.chunks(width + 1).flat_map(|row| row.windows(2).map(|pair| pair[1] > pair[0])).collect()
}

fn across_and_down(plane: &Plane) -> Vec<bool> {
    [across(plane, 11, 11), across(&kyclint::pixels::transpose(plane), 11, 11)].concat()
}

fn against_neighbours(plane: &Plane) -> Vec<bool> {
    let means = means(plane, 16, 16);
    let near = |at: usize| at.saturating_sub(2)..(at + 3).min(16);
    let bit = |at: usize| {
        let around: Vec<f32> =
            near(at / 16).flat_map(|y| near(at % 16).map(move |x| (x, y))).map(|(x, y)| means[16 * y + x]).collect();
        means[at] > around.iter().sum::<f32>() / around.len() as f32
    };
    (0..256).map(bit).collect()
}
