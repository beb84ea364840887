use super::Plane;

/// Samples of a column at most that [`shrink`] takes into one: sums of them are kept in 16 bits.
pub const LARGEST_STEP: usize = 257;

/// A step on an axis: so many source samples make so many target samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Source samples.
    pub from: usize,
    /// Target samples.
    pub to: usize,
}

impl Step {
    /// The source samples under target sample `at`, at least one.
    fn under(self, at: usize, length: usize) -> (usize, usize) {
        let start = (at * self.from / self.to).min(length - 1);
        let end = ((at + 1) * self.from / self.to).clamp(start + 1, length);
        (start, end)
    }
}

/// `plane` at `width` x `height` samples, each the mean of the source samples under it (box filter, rounded). Where a step
/// enlarges, samples repeat; source samples beyond the last target sample are left out. Empty when either is.
///
/// # Panics
/// When a step down takes more than [`LARGEST_STEP`] samples into one.
#[must_use]
pub fn shrink(plane: &Plane, width: usize, height: usize, [across, down]: [Step; 2]) -> Plane {
    if plane.samples().is_empty() || width == 0 || height == 0 {
        return Plane::default();
    }
    assert!(down.from <= LARGEST_STEP * down.to, "sums of columns are kept in 16 bits");
    let spans: Vec<(usize, usize)> = (0..width).map(|x| across.under(x, plane.width())).collect();
    let mut samples = Vec::with_capacity(width * height);
    let mut sums = vec![0_u16; plane.width()];
    for y in 0..height {
        let (top, bottom) = down.under(y, plane.height());
        add_rows(&mut sums, plane, top, bottom);
        let mean = |&(left, right): &(usize, usize)| {
            let count = ((right - left) * (bottom - top)) as u32;
            let sum: u32 = sums[left..right].iter().map(|&sum| u32::from(sum)).sum();
            ((sum + count / 2) / count) as u8
        };
        samples.extend(spans.iter().map(mean));
    }
    Plane::new(width, height, samples)
}

fn add_rows(sums: &mut [u16], plane: &Plane, top: usize, bottom: usize) {
    for (sum, &sample) in sums.iter_mut().zip(plane.row(top)) {
        *sum = u16::from(sample);
    }
    for y in top + 1..bottom {
        for (sum, &sample) in sums.iter_mut().zip(plane.row(y)) {
            *sum += u16::from(sample);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Step;
    use super::shrink;
    use crate::pixels::Plane;

    const HALF: Step = Step { from: 2, to: 1 };

    #[test]
    fn blocks_become_their_mean() {
        let plane = Plane::new(4, 2, vec![0, 2, 10, 20, 4, 6, 30, 41]);
        assert_eq!(shrink(&plane, 2, 1, [HALF, HALF]), Plane::new(2, 1, vec![3, 25]));
    }

    #[test]
    fn what_does_not_fill_a_block_is_left_out() {
        let plane = Plane::new(3, 1, vec![10, 20, 99]);
        assert_eq!(shrink(&plane, 1, 1, [HALF, Step { from: 1, to: 1 }]).samples(), [15]);
    }

    #[test]
    fn a_broken_step_shares_samples_out() {
        let plane = Plane::new(3, 1, vec![10, 20, 40]);
        let step = Step { from: 3, to: 2 };
        assert_eq!(shrink(&plane, 2, 1, [step, Step { from: 1, to: 1 }]).samples(), [10, 30]);
    }

    #[test]
    fn an_enlarging_step_repeats_samples() {
        let plane = Plane::new(2, 1, vec![10, 20]);
        let step = Step { from: 1, to: 2 };
        assert_eq!(shrink(&plane, 4, 1, [step, step]).samples(), [10, 10, 20, 20]);
    }
}
