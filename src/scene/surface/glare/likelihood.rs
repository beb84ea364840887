use super::blob::Signs;

/// Log odds of a blob whose every sign stands at its first knot.
const CONSTANT: f64 = -12.97;

/// The logarithm of the odds that a blob is a mirrored lamp.
///
/// A sum of piecewise linear functions of its signs (an additive logistic model, Hastie and Tibshirani 1986), fitted on
/// lamps composited into photos of real documents, on the same photos without lamps, with holograms, stickers, sheen and
/// more exposure, and on faults of other kinds from the simulator.
pub(super) fn log_odds(signs: &Signs) -> f64 {
    let terms: [(f64, &[(f64, f64)]); 22] = [
        (signs.area.max(0.1).ln(), &[(0.4, 0.0), (1.2, 0.76), (2.2, 1.22), (3.5, 1.17), (5.0, 0.46), (7.0, 1.85)]),
        (signs.core, &[(120.0, 0.0), (180.0, 0.02), (220.0, -0.3), (240.0, 0.32), (250.0, -1.04), (255.0, 2.38)]),
        (signs.clipped, &[(0.0, 0.0), (0.1, 1.38), (0.4, 0.86), (0.8, 1.51), (1.0, 0.84)]),
        (signs.contrast, &[(0.0, 0.0), (10.0, 0.77), (25.0, 1.05), (50.0, 0.31), (90.0, -0.19), (150.0, -0.1)]),
        (signs.halo, &[(-0.2, 0.0), (0.0, 0.37), (0.1, 0.86), (0.25, 0.56), (0.5, 0.67)]),
        (signs.least_halo, &[(-0.2, 0.0), (-0.03, 0.09), (0.05, 0.54), (0.15, 1.06), (0.35, 1.72)]),
        (signs.step, &[(-0.1, 0.0), (0.1, -0.51), (0.25, -0.06), (0.4, 1.14), (0.6, 0.14), (0.9, -0.84)]),
        (signs.falling, &[(0.0, 0.0), (0.25, -0.44), (0.5, -0.05), (0.75, 0.16), (1.0, 1.15)]),
        (signs.detail, &[(0.0, 0.0), (2.0, -0.52), (6.0, 0.33), (12.0, 0.07), (25.0, -1.2)]),
        (lost(signs.detail, signs.detail_around), &[(-0.5, 0.0), (0.0, 1.35), (0.3, 1.28), (0.6, 1.67), (1.0, 0.54)]),
        (signs.colour, &[(0.0, 0.0), (4.0, 0.88), (10.0, 0.55), (20.0, 0.64), (40.0, -0.2)]),
        (lost(signs.colour, signs.colour_around), &[(-0.5, 0.0), (0.0, 0.36), (0.3, 1.51), (0.7, 0.35)]),
        (signs.roundness, &[(0.0, 0.0), (0.2, -0.02), (0.4, 0.95), (0.6, 0.45), (0.8, 1.82), (1.0, 1.99)]),
        (signs.cut, &[(0.0, 0.0), (0.05, -0.81), (0.2, -1.65), (0.5, -2.71)]),
        (signs.excess, &[(-60.0, 0.0), (-10.0, -0.3), (0.0, -1.05), (15.0, 0.38), (40.0, 1.01), (80.0, 1.2)]),
        (signs.outshines, &[(-40.0, 0.0), (-5.0, -0.38), (5.0, -0.29), (20.0, 0.17), (50.0, 0.28), (100.0, 0.19)]),
        (signs.steepness, &[(0.0, 0.0), (0.1, -0.2), (0.2, -0.37), (0.35, -0.03), (0.55, -0.08), (0.9, -0.24)]),
        (signs.growth, &[(0.0, 0.0), (0.05, 0.49), (0.15, 1.26), (0.4, 0.85), (1.0, 1.62), (3.0, 1.1)]),
        (signs.solid, &[(0.0, 0.0), (0.2, 2.64), (0.5, 3.27), (0.8, 3.58), (1.0, 1.74)]),
        (signs.white, &[(100.0, 0.0), (170.0, 0.73), (220.0, 0.31), (240.0, -0.4), (252.0, -0.55)]),
        (signs.clipped * signs.steepness.clamp(0.0, 1.0), &[(0.0, 0.0), (0.1, 1.41), (0.25, 1.16), (0.5, 0.6)]),
        (
            signs.outshines.clamp(0.0, 100.0) * (1.0 - signs.steepness).clamp(0.0, 1.0),
            &[(0.0, 0.0), (5.0, 0.02), (15.0, -0.3), (40.0, 0.16), (90.0, 0.87)],
        ),
    ];
    CONSTANT + terms.into_iter().map(|(sign, knots)| piecewise(sign, knots)).sum::<f64>()
}

/// Share of what is around that is missing inside, softened where there is little of it.
fn lost(inside: f64, around: f64) -> f64 {
    (around - inside) / (around + 4.0)
}

/// The function through `knots`, constant beyond them.
fn piecewise(at: f64, knots: &[(f64, f64)]) -> f64 {
    let Some(after) = knots.iter().position(|&(x, _)| at < x) else { return knots.last().map_or(0.0, |&(_, y)| y) };
    let Some(before) = after.checked_sub(1) else { return knots[0].1 };
    let ((x0, y0), (x1, y1)) = (knots[before], knots[after]);
    y0 + (y1 - y0) * (at - x0) / (x1 - x0)
}

#[cfg(test)]
mod tests {
    use super::super::blob::Signs;
    use super::log_odds;
    use super::piecewise;

    #[test]
    fn between_knots_the_function_is_straight_and_beyond_them_constant() {
        let knots = [(0.0, 1.0), (2.0, 5.0), (4.0, 3.0)];
        let found = [-1.0, 0.0, 1.0, 2.0, 3.0, 9.0].map(|at| piecewise(at, &knots));
        assert!(found.iter().zip([1.0, 1.0, 3.0, 5.0, 4.0, 3.0]).all(|(found, truth)| (found - truth).abs() < 1e-12));
    }

    #[test]
    fn what_tells_nothing_is_no_lamp() {
        assert!(log_odds(&Signs::default()) < -3.0);
    }
}
