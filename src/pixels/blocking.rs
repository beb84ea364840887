use super::dct::LowDct;
use super::sample::TILE;
use super::sample::Tile;

/// How unsteady the histograms of quantised DCT coefficients are, 0–1: about 0 where the blocks were quantised once,
/// up to 1 where levels stand empty or doubled because they had been quantised with other steps before.
///
/// `steps` are the quantisation steps of the 4 x 4 lowest frequencies, index `4 * v + u`. Levels of a coefficient that
/// was quantised once fall off exponentially (Lam and Goodman 2000), so each count is near the geometric mean of its
/// neighbours; what is more than counting noise is second quantisation (Popescu and Farid 2004). `None` where fewer
/// than three coefficients have levels enough to tell.
#[must_use]
pub fn coefficient_roughness(blocks: &[LowDct], steps: &[u16; 16]) -> Option<f64> {
    let coefficients = [1, 2, 3, 4, 5, 6, 8, 9, 12];
    let mut roughness: Vec<f64> =
        coefficients.iter().filter_map(|&index| histogram_roughness(&levels(blocks, index, steps[index]))).collect();
    if roughness.len() < 3 {
        return None;
    }
    roughness.sort_by(f64::total_cmp);
    let upper = &roughness[roughness.len() / 2..];
    Some(upper.iter().sum::<f64>() / upper.len() as f64)
}

/// How far the strongest 8-pixel grid other than the one `tiles` are aligned to stands out, in units of the mean
/// difference between neighbours: about 0 where there is none.
///
/// Blocks leave a step at their border (Fan and de Queiroz 2003). The step at each of the eight phases is compared
/// with the mirrored phase, because quantisation on the present grid is symmetric within its blocks.
#[must_use]
pub fn foreign_grid<'a>(tiles: impl IntoIterator<Item = &'a Tile>) -> f64 {
    let (mut across, mut down, mut total) = ([0; 8], [0; 8], 0);
    for tile in tiles {
        total += add_steps(&turned(tile), &mut across);
        total += add_steps(tile, &mut down);
    }
    if total == 0 { 0.0 } else { asymmetry(&across, total).min(1.0).max(asymmetry(&down, total).min(1.0)) }
}

const LEVELS: usize = 24;

/// How often each absolute level up to [`LEVELS`] occurs.
fn levels(blocks: &[LowDct], index: usize, step: u16) -> [f64; LEVELS] {
    let mut counts = [0.0; LEVELS];
    let inverse = 1.0 / f32::from(step.max(1));
    for block in blocks {
        let level = (block[index].abs() * inverse).round() as usize;
        if let Some(count) = counts.get_mut(level) {
            *count += 1.0;
        }
    }
    counts
}

fn histogram_roughness(counts: &[f64; LEVELS]) -> Option<f64> {
    if counts[1..].iter().sum::<f64>() < 200.0 {
        return None;
    }
    let (mut excess, mut power) = (0.0, 0.0);
    for window in counts[1..].windows(3) {
        let (left, count, right) = (window[0] + 0.5, window[1], window[2] + 0.5);
        let expected = (left * right).sqrt();
        let noise = count.max(1.0) + expected * expected * (1.0 / left + 1.0 / right) / 4.0;
        // Neighbouring blocks are alike, so counts scatter more than independent ones.
        excess += (count - expected).powi(2) - 3.0 * noise;
        power += expected * expected + count * count;
    }
    Some((excess.max(0.0) / power).sqrt())
}

/// Adds the step between rows at each phase; returns the sum of differences. One pass over 64 lanes a row.
fn add_steps(tile: &Tile, phases: &mut [i64; 8]) -> i64 {
    let row = |n: usize| &tile[n * TILE..(n + 1) * TILE];
    let mut differences = [[0_i16; TILE]; TILE];
    for (n, line) in differences.iter_mut().enumerate().skip(1) {
        for ((difference, here), before) in line.iter_mut().zip(row(n)).zip(row(n - 1)) {
            *difference = i16::from(here.abs_diff(*before));
        }
    }
    let mut total = 0;
    for n in 2..TILE - 1 {
        let (mut steps, mut sum) = (0, 0);
        let neighbours = differences[n - 1].iter().zip(&differences[n + 1]);
        for (here, (before, after)) in differences[n].iter().zip(neighbours) {
            steps += (2 * here - before - after).clamp(-16, 16);
            sum += i32::from(*here);
        }
        phases[n % 8] += i64::from(steps);
        total += i64::from(sum);
    }
    total
}

/// The tile with rows and columns exchanged.
fn turned(tile: &Tile) -> Box<Tile> {
    let mut turned = Box::new([0; TILE * TILE]);
    for (x, column) in turned.chunks_exact_mut(TILE).enumerate() {
        for (y, sample) in column.iter_mut().enumerate() {
            *sample = tile[y * TILE + x];
        }
    }
    turned
}

fn asymmetry(phases: &[i64; 8], total: i64) -> f64 {
    let mut inner: Vec<i64> = phases[1..].to_vec();
    inner.sort_unstable();
    let median = inner[3];
    let excess = (1..8).map(|phase| phases[phase] - phases[8 - phase].max(median)).max().unwrap_or(0);
    // Twice the step, an eighth of the differences: 2 / 8.
    4.0 * excess as f64 / total as f64
}

#[cfg(test)]
mod tests {
    use super::coefficient_roughness;
    use super::foreign_grid;
    use crate::pixels::sample::TILE;

    /// Laplacian coefficients, quantised by each of `steps` in turn.
    fn blocks(steps: &[f32]) -> Vec<[f32; 16]> {
        (0..4000)
            .map(|n| {
                std::array::from_fn(|index| {
                    let uniform = ((n * 16 + index) as f32 * 0.618_034).fract().mul_add(0.998, 0.001);
                    let laplacian = -20.0 * uniform.ln();
                    steps.iter().fold(laplacian, |value, step| (value / step).round() * step)
                })
            })
            .collect()
    }

    #[test]
    fn one_quantisation_leaves_smooth_histograms() {
        assert!(coefficient_roughness(&blocks(&[3.0]), &[3; 16]).is_some_and(|roughness| roughness < 0.1));
    }

    #[test]
    fn two_quantisations_leave_rough_histograms() {
        assert!(coefficient_roughness(&blocks(&[5.0, 3.0]), &[3; 16]) > Some(0.3));
        assert!(coefficient_roughness(&blocks(&[7.0, 2.0]), &[2; 16]) > Some(0.3));
    }

    #[test]
    fn flat_blocks_tell_nothing() {
        assert_eq!(coefficient_roughness(&vec![[0.0; 16]; 500], &[3; 16]), None);
    }

    #[test]
    fn a_grid_off_the_present_one_stands_out() {
        let stepped = |offset: usize| {
            let mut tile = Box::new([0; TILE * TILE]);
            for (index, sample) in tile.iter_mut().enumerate() {
                *sample = 100 + 5 * (((index % TILE + offset) / 8) % 3) as u8 + (index % 3) as u8;
            }
            tile
        };
        assert!(foreign_grid([stepped(0).as_ref()]) < 0.02);
        assert!(foreign_grid([stepped(3).as_ref()]) > 0.4);
        assert!(foreign_grid([Box::new([9; TILE * TILE]).as_ref()]).abs() < 1e-9);
    }
}
