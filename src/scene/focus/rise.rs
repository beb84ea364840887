//! How wide an edge is: the profile across it.

use crate::geometry::Point;
use crate::pixels::Plane;
use crate::pixels::bilinear;

/// Steps from the edge's middle to either end of the longest profile.
const REACH: usize = 24;
/// How far the steepest place may lie from where the edge was seen, steps.
const SLACK: usize = 4;
/// Steps over which the slope is taken.
const SLOPE: usize = 2;
/// The rise ends where the slope falls below this share of the steepest one.
const TAIL: f32 = 0.1;

/// A straight line across an edge, on the stored raster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Across {
    /// The edge's middle.
    pub middle: Point,
    /// One step towards the bright side.
    pub step: Point,
    /// From the line to the two beside it, of which the mean is taken.
    pub beside: Point,
}

/// The rise from dark to bright across an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rise {
    /// Height over steepest slope, in units of two steps: 0.98 of the 10-90 % width of an edge blurred by a Gaussian.
    pub width: f64,
    /// Height, grey levels.
    pub contrast: f64,
}

/// The rise across the edge of `plane` at `across`; `None` where it has not ended after 12 units on either side.
pub(super) fn rise(plane: &Plane, across: &Across) -> Option<Rise> {
    rise_of(|at| {
        let place = across.middle + across.step * (at as f64 - REACH as f64);
        let lines = [place - across.beside, place, place + across.beside];
        lines.iter().map(|place| bilinear(plane, place.x as f32, place.y as f32)).sum::<f32>() / 3.0
    })
}

/// The rise in a profile of `2 * REACH + 1` steps, of which only the needed ones are sampled.
fn rise_of(sample: impl Fn(usize) -> f32) -> Option<Rise> {
    let mut values = [0.0_f32; 2 * REACH + 1];
    let (mut low, mut high) = (REACH - SLACK - 1, REACH + SLACK + 1);
    (low..=high).for_each(|at| values[at] = sample(at));
    let slope = |at: usize| values[at + 1] - values[at - 1];
    let steepest = (low + 1..high).max_by(|&a, &b| slope(a).total_cmp(&slope(b)))?;
    let most = slope(steepest);
    if most <= 0.0 {
        return None;
    }
    let mut end = steepest;
    loop {
        if end + SLOPE > 2 * REACH {
            return None;
        }
        while high < end + SLOPE {
            high += 1;
            values[high] = sample(high);
        }
        if values[end + SLOPE] - values[end] < TAIL * most {
            break;
        }
        end += 1;
    }
    let mut start = steepest;
    loop {
        if start < SLOPE {
            return None;
        }
        while low > start - SLOPE {
            low -= 1;
            values[low] = sample(low);
        }
        if values[start] - values[start - SLOPE] < TAIL * most {
            break;
        }
        start -= 1;
    }
    let contrast = values[end].max(values[end + 1]) - values[start].min(values[start - 1]);
    Some(Rise { width: f64::from(contrast / most), contrast: f64::from(contrast) })
}

#[cfg(test)]
mod tests {
    use super::REACH;
    use super::rise_of;

    /// From 50 to 150 within `steps`.
    fn ramp(steps: f32) -> impl Fn(usize) -> f32 {
        move |at| 100.0 + 100.0 * ((at as f32 - REACH as f32) / steps).clamp(-0.5, 0.5)
    }

    #[test]
    fn a_ramp_is_as_wide_as_it_is() {
        for steps in [2.0, 4.0, 7.0, 12.0, 30.0] {
            let found = rise_of(ramp(steps)).unwrap();
            assert!((found.width - f64::from(steps) / 2.0).abs() < 0.01, "{found:?} for {steps}");
            assert!((found.contrast - 100.0).abs() < 0.01, "{found:?}");
        }
    }

    #[test]
    fn a_rise_without_end_has_no_width() {
        assert_eq!(rise_of(ramp(60.0)), None);
    }

    #[test]
    fn nothing_rises_on_flat_and_falling_ground() {
        assert_eq!(rise_of(|_| 80.0), None);
        assert_eq!(rise_of(|at| 200.0 - at as f32), None);
    }

    #[test]
    fn the_overshoot_of_a_sharpened_edge_ends_the_rise() {
        let sharpened = |at: usize| match at {
            0..20 => 50.0,
            20..24 => 40.0,
            24 => 100.0,
            25..29 => 160.0,
            _ => 150.0,
        };
        let found = rise_of(sharpened).unwrap();
        assert!((found.width - 1.0).abs() < 1e-6 && (found.contrast - 120.0).abs() < 1e-4, "{found:?}");
    }
}
