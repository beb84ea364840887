use std::ops::Range;

use super::LARGEST_STEP;
use super::Plane;

/// The mean of every square of `factor` x `factor` samples of the window of `columns` and `rows`, rounded; what is left over
/// at the right and bottom is dropped. A `factor` of 0 counts as 1.
///
/// ```
/// use kyclint::pixels::{Plane, reduce};
///
/// let plane = Plane::new(5, 2, vec![0, 2, 10, 20, 99, 4, 6, 30, 40, 99]);
/// assert_eq!(reduce(&plane, 0..5, 0..2, 2), Plane::new(2, 1, vec![3, 25]));
/// ```
///
/// # Panics
/// When the window leaves the plane.
#[must_use]
pub fn reduce(plane: &Plane, columns: Range<usize>, rows: Range<usize>, factor: usize) -> Plane {
    match factor {
        0 | 1 => window(plane, &columns, &rows),
        2 => reduce_by::<2>(plane, &columns, &rows),
        3 => reduce_by::<3>(plane, &columns, &rows),
        4 => reduce_by_4(plane, &columns, &rows),
        5..=LARGEST_STEP => reduce_by_sums(plane, &columns, &rows, factor),
        _ => reduce_by_any(plane, &columns, &rows, factor),
    }
}

fn window(plane: &Plane, columns: &Range<usize>, rows: &Range<usize>) -> Plane {
    let samples = rows.clone().flat_map(|y| &plane.row(y)[columns.clone()]).copied().collect();
    Plane::new(columns.len(), rows.len(), samples)
}

fn reduce_by<const FACTOR: usize>(plane: &Plane, columns: &Range<usize>, rows: &Range<usize>) -> Plane {
    let (width, height) = (columns.len() / FACTOR, rows.len() / FACTOR);
    // Division by 4 or 9 as a multiplication, exact for sums of so few bytes.
    let area = (FACTOR * FACTOR) as u32;
    let inverse = 65_536_u32.div_ceil(area);
    let mut sums = vec![0_u16; width * FACTOR];
    let mut samples = Vec::with_capacity(width * height);
    for y in 0..height {
        sums.fill(0);
        for row in 0..FACTOR {
            let row = &plane.row(rows.start + y * FACTOR + row)[columns.start..][..width * FACTOR];
            sums.iter_mut().zip(row).for_each(|(sum, sample)| *sum += u16::from(*sample));
        }
        let sums = sums.as_chunks::<FACTOR>().0.iter().map(|sums| u32::from(sums.iter().sum::<u16>()));
        samples.extend(sums.map(|sum| (((sum + area / 2) * inverse) >> 16) as u8));
    }
    Plane::new(width, height, samples)
}

/// Four samples of a row in one word: sums of pairs of them fit into its halves.
fn reduce_by_4(plane: &Plane, columns: &Range<usize>, rows: &Range<usize>) -> Plane {
    let (width, height) = (columns.len() / 4, rows.len() / 4);
    let pairs = |samples: &[u8; 4]| {
        let word = u32::from_ne_bytes(*samples);
        (word & 0x00FF_00FF) + ((word >> 8) & 0x00FF_00FF)
    };
    let mut samples = Vec::with_capacity(width * height);
    for y in 0..height {
        let [a, b, c, d] =
            [0, 1, 2, 3].map(|row| plane.row(rows.start + 4 * y + row)[columns.clone()].as_chunks::<4>().0);
        let sums = a.iter().zip(b).zip(c).zip(d).map(|(((a, b), c), d)| pairs(a) + pairs(b) + pairs(c) + pairs(d));
        samples.extend(sums.map(|sum| (((sum & 0xFFFF) + (sum >> 16) + 8) >> 4) as u8));
    }
    Plane::new(width, height, samples)
}

/// Sums down the columns first, in 16 bits.
fn reduce_by_sums(plane: &Plane, columns: &Range<usize>, rows: &Range<usize>, factor: usize) -> Plane {
    let (width, height) = (columns.len() / factor, rows.len() / factor);
    let area = (factor * factor) as u32;
    let mut sums = vec![0_u16; width * factor];
    let mut samples = Vec::with_capacity(width * height);
    for y in 0..height {
        sums.fill(0);
        for row in 0..factor {
            let row = &plane.row(rows.start + y * factor + row)[columns.start..][..width * factor];
            sums.iter_mut().zip(row).for_each(|(sum, sample)| *sum += u16::from(*sample));
        }
        let sums = sums.chunks_exact(factor).map(|sums| sums.iter().map(|sum| u32::from(*sum)).sum::<u32>());
        samples.extend(sums.map(|sum| ((sum + area / 2) / area) as u8));
    }
    Plane::new(width, height, samples)
}

fn reduce_by_any(plane: &Plane, columns: &Range<usize>, rows: &Range<usize>, factor: usize) -> Plane {
    let (width, height) = (columns.len() / factor, rows.len() / factor);
    let area = (factor * factor) as u64;
    let mean = |x: usize, y: usize| {
        let rows =
            (0..factor).map(|row| &plane.row(rows.start + y * factor + row)[columns.start + x * factor..][..factor]);
        let sum: u64 = rows.flatten().map(|sample| u64::from(*sample)).sum();
        ((sum + area / 2) / area) as u8
    };
    let samples = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect();
    Plane::new(width, height, samples)
}

#[cfg(test)]
mod tests {
    use super::Plane;
    use super::reduce;
    use super::reduce_by_any;

    fn grainy() -> Plane {
        Plane::new(41, 23, (0..41 * 23).map(|index: usize| (index.wrapping_mul(2_654_435_761) >> 7) as u8).collect())
    }

    #[test]
    fn every_factor_gives_the_rounded_mean() {
        for factor in 2..=9 {
            assert_eq!(reduce(&grainy(), 3..40, 1..23, factor), reduce_by_any(&grainy(), &(3..40), &(1..23), factor));
        }
    }

    #[test]
    fn the_brightest_samples_stay_what_they_are() {
        let white = Plane::new(12, 12, vec![255; 144]);
        for factor in 1..=6 {
            assert!(reduce(&white, 0..12, 0..12, factor).samples().iter().all(|sample| *sample == 255));
        }
    }

    #[test]
    fn a_factor_of_one_cuts_the_window_out() {
        let plane = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
        assert_eq!(reduce(&plane, 1..3, 1..2, 1), Plane::new(2, 1, vec![5, 6]));
        assert_eq!(reduce(&plane, 1..1, 0..0, 2), Plane::new(0, 0, vec![]));
    }
}
