//! Curves as inline SVG.

use std::fmt::Write as _;

/// Size of the area of the curves, and the margin for words, in units of the picture.
const SIDE: f64 = 200.0;
const MARGIN: f64 = 40.0;

/// A plot of shares against shares, both 0 to `most`.
pub(super) struct Plot<'a> {
    pub(super) title: &'a str,
    pub(super) across: &'a str,
    pub(super) up: &'a str,
    /// Largest values of both axes.
    pub(super) most: [f64; 2],
    pub(super) points: &'a [(f64, f64)],
    /// A second line to compare with, such as what chance gives.
    pub(super) reference: Option<[(f64, f64); 2]>,
}

impl Plot<'_> {
    /// The plot; words in it are ids and English, nothing that needs escaping.
    pub(super) fn svg(&self) -> String {
        let size = SIDE + MARGIN + 12.0;
        let mut svg = format!(
            "<svg viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{}: {} against {}\"><g class=\"axes\">",
            self.title, self.up, self.across
        );
        for step in 0..=4 {
            let share = f64::from(step) / 4.0;
            let (x, y) = self.place((share * self.most[0], share * self.most[1]));
            let _ = write!(
                svg,
                "<path d=\"M{x:.1} 12V{bottom}M{MARGIN} {y:.1}H{right}\"/><text x=\"{x:.1}\" y=\"{low}\">{}</text><text class=\"up\" x=\"{left}\" y=\"{y:.1}\">{}</text>",
                short(share * self.most[0]),
                short(share * self.most[1]),
                bottom = SIDE + 12.0,
                right = SIDE + MARGIN,
                low = SIDE + 26.0,
                left = MARGIN - 4.0,
            );
        }
        let _ = write!(
            svg,
            "<text x=\"{middle}\" y=\"{low}\">{}</text><text class=\"side\" transform=\"translate(10 {half}) rotate(-90)\">{}</text></g>",
            self.across,
            self.up,
            middle = MARGIN + SIDE / 2.0,
            low = SIDE + 42.0,
            half = 12.0 + SIDE / 2.0,
        );
        if let Some(reference) = &self.reference {
            let _ = write!(svg, "<path class=\"reference\" d=\"{}\"/>", self.path(reference));
        }
        let _ = write!(svg, "<path class=\"curve\" d=\"{}\"/></svg>", self.path(self.points));
        svg
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let mut path = String::new();
        for (at, point) in points.iter().enumerate() {
            let (x, y) = self.place(*point);
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        }
        path
    }

    fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let share = |value: f64, most: f64| if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
        (MARGIN + SIDE * share(x, self.most[0]), 12.0 + SIDE * (1.0 - share(y, self.most[1])))
    }
}

fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::Plot;

    #[test]
    fn a_curve_goes_from_the_lower_left_to_the_upper_right() {
        let points = [(0.0, 0.0), (1.0, 1.0)];
        let plot = Plot { title: "glare", across: "x", up: "y", most: [1.0, 1.0], points: &points, reference: None };
        assert!(plot.svg().contains("class=\"curve\" d=\"M40.0 212.0L240.0 12.0\""), "{}", plot.svg());
    }

    #[test]
    fn numbers_on_axes_are_short() {
        assert_eq!([0.0, 0.25, 1.0, 0.125].map(super::short), ["0", "0.25", "1", "0.125"]);
    }
}
