use super::Plane;

/// Side of the squares that are looked at.
const SQUARE: usize = 16;
/// Squares on each axis at most.
const SQUARES: usize = 24;
/// Share of the squares that are smoother than the one that tells.
const SMOOTH: usize = 5;

/// Standard deviation of the noise between neighbouring samples, grey levels: that of the smoothest fifth of the squares,
/// where a picture has nothing else to show. 0 for planes that are too small.
///
/// A filter that planes and straight edges pass without response (Immerkaer 1996, "Fast noise variance estimation").
#[must_use]
pub fn noise_level(plane: &Plane) -> f64 {
    let starts = |length: usize| {
        let span = length.saturating_sub(SQUARE + 2);
        let count = (span / SQUARE).min(SQUARES);
        (0..count).map(move |at| 1 + at * span / count)
    };
    let places = starts(plane.height()).flat_map(|y| starts(plane.width()).map(move |x| (x, y)));
    let mut levels: Vec<u32> = places.map(|(x, y)| roughness(plane, x, y)).collect();
    if levels.is_empty() {
        return 0.0;
    }
    let at = levels.len() / SMOOTH;
    let (_, level, _) = levels.select_nth_unstable(at);
    (std::f64::consts::FRAC_PI_2).sqrt() / 6.0 * f64::from(*level) / (SQUARE * SQUARE) as f64
}

/// Sum of the absolute responses in the square that starts at column `x` and row `y`.
fn roughness(plane: &Plane, x: usize, y: usize) -> u32 {
    const AROUND: usize = SQUARE + 2;
    let across = |y: usize| {
        let row = plane.row(y)[x - 1..].first_chunk::<AROUND>().map_or([0; AROUND], |row| row.map(i16::from));
        std::array::from_fn::<i16, SQUARE, _>(|at| row[at] - 2 * row[at + 1] + row[at + 2])
    };
    let (mut above, mut here) = (across(y - 1), across(y));
    let mut sums = [0_u16; SQUARE];
    for y in y..y + SQUARE {
        let below = across(y + 1);
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum += (above[at] - 2 * here[at] + below[at]).unsigned_abs();
        }
        (above, here) = (here, below);
    }
    sums.iter().map(|sum| u32::from(*sum)).sum()
}

#[cfg(test)]
mod tests {
    use super::noise_level;
    use crate::pixels::Plane;

    #[test]
    fn slopes_and_steps_are_no_noise() {
        let slope = Plane::new(100, 100, (0..10_000).map(|at| (at % 100 + at / 100) as u8).collect());
        let step = Plane::new(100, 100, (0..10_000).map(|at| if at % 100 < 50 { 10 } else { 200 }).collect());
        assert!(noise_level(&slope) < 1e-9 && noise_level(&step) < 1e-9);
    }

    #[test]
    fn grain_of_two_levels_has_their_deviation() {
        let grain =
            |at: usize| if (at.wrapping_mul(2_654_435_761) >> 13).count_ones().is_multiple_of(2) { 96 } else { 104 };
        let level = noise_level(&Plane::new(200, 200, (0..40_000).map(grain).collect()));
        assert!((level - 4.0).abs() < 1.0, "{level}");
    }

    #[test]
    fn the_smallest_planes_have_none() {
        assert!(noise_level(&Plane::default()) < 1e-9 && noise_level(&Plane::new(17, 40, vec![3; 680])) < 1e-9);
    }
}
