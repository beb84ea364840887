//! A comparison as one page that opens from disk.

use std::fmt::Write as _;

use askama::Template;

use super::Comparison;
use super::drift::BARS;
use super::drift::Drift;
use super::drift::Histogram;
use super::sections::Section;
use super::sections::grouped;
use super::sections::headline;
use super::sections::sections;
use super::six_digits;
use crate::html::Head;
use crate::visible::visible;

/// Rows of a list on the page.
const MOST: usize = 20;
/// Histograms on the page.
const MOST_PLOTS: usize = 24;
/// Size of a plot, in units of the picture.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 100.0;

#[derive(Template)]
#[template(path = "comparison.html")]
struct Page {
    head: Head,
    headline: Vec<String>,
    tiles: Vec<Tile>,
    sections: Vec<Section>,
    plots: Vec<Plot>,
    more_plots: usize,
}

struct Tile {
    number: String,
    words: &'static str,
}

/// Two distributions, the old one as an area and the new one as a line above it.
struct Plot {
    title: String,
    words: String,
    old: String,
    new: String,
    ends: [String; 2],
}

impl Comparison {
    /// The page; it loads nothing from elsewhere and runs nothing.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn to_html(&self) -> askama::Result<String> {
        let drawn = self.drift.entries.iter().filter_map(|drift| Some(plot(drift, drift.histogram.as_ref()?)));
        let plots: Vec<Plot> = drawn.collect();
        let more_plots = plots.len().saturating_sub(MOST_PLOTS);
        Page {
            head: Head::new("en", include_str!("../../templates/comparison.css"), None),
            headline: headline(self),
            tiles: self.tiles(),
            sections: sections(self, MOST),
            plots: plots.into_iter().take(MOST_PLOTS).collect(),
            more_plots,
        }
        .render()
    }

    fn tiles(&self) -> Vec<Tile> {
        let tile = |number, words| Tile { number, words };
        let [old, new] = self.sides.each_ref().map(|side| grouped(side.photos));
        let changed = self.verdict_change_share().map_or_else(
            || "-".to_owned(),
            |share| format!("{} ({:.2} %)", grouped(self.verdict_changes()), 100.0 * share),
        );
        let largest = self.drift.entries.first().map_or_else(|| "-".to_owned(), |drift| format!("{:.3}", drift.psi));
        vec![
            tile(old, "photos before"),
            tile(new, "photos now"),
            tile(grouped(self.both), "in both reports"),
            tile(changed, "verdicts changed"),
            tile(largest, "index of the worst drift"),
        ]
    }
}

fn plot(drift: &Drift, histogram: &Histogram) -> Plot {
    let [old, new] = histogram.heights();
    Plot {
        title: format!("{}, {}", drift.check.id, visible(&drift.group.to_string())),
        words: format!("index {:.3}, {}", drift.psi, drift.check.unit),
        old: format!("{}Z", outline(&old)),
        new: outline(&new),
        ends: histogram.ends.map(|end| six_digits(end).to_string()),
    }
}

/// The outline of bars, from the lower left to the lower right.
fn outline(heights: &[f64]) -> String {
    let mut path = format!("M0 {HEIGHT:.0}");
    for (at, height) in heights.iter().enumerate() {
        let right = WIDTH * (at + 1) as f64 / BARS as f64;
        let _ = write!(path, "V{:.1}H{right:.0}", HEIGHT * (1.0 - height));
    }
    path + &format!("V{HEIGHT:.0}")
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn bars_stand_on_the_ground() {
        assert_eq!(outline(&[0.0, 1.0, 0.25]), "M0 100V100.0H10V0.0H20V75.0H30V100");
    }
}
