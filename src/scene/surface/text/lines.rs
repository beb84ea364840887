//! Glyphs that stand side by side.

use super::glyphs::Glyph;
use crate::pixels;

/// Greatest distance of neighbours, in heights of the higher one.
const GAP: f64 = 1.3;
/// By how much neighbours may overlap sideways, in heights of the higher one.
const OVERLAP: f64 = 0.25;
/// Greatest ratio of the heights of neighbours: a letter with and one without ascender or descender.
const RATIO: f64 = 2.0;
/// Greatest ratio of the depths of neighbours: what is printed under a text is no part of it.
const UNLIKE: f64 = 2.0;
/// Share of the lower one's height that neighbours have in common.
const LEVEL: f64 = 0.6;
/// Least number of glyphs in a line.
const LEAST_GLYPHS: usize = 3;
/// Greatest median distance of the feet of its glyphs from the baseline, in heights.
const RAGGED: f64 = 0.12;
/// Greatest slope of a baseline.
const STEEP: f64 = 0.12;
/// Greatest share of glyphs that are mere bars.
const BARS: f64 = 0.5;
/// Least share of glyphs about as high as a capital or as a small letter.
const REGULAR: f64 = 0.65;

/// Least share of the glyphs that are as high as capitals.
const CAPITALS: f64 = 0.2;

/// A row of glyphs, left to right.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    /// Height of capitals to the nearest pixel.
    pub(super) cap_height: f64,
    /// Rows that the baseline falls in a column.
    pub(super) slope: f64,
    /// Median depth of its glyphs, grey levels.
    pub(super) depth: f64,
    pub(super) is_light: bool,
}

impl Line {
    /// The line that `glyphs` make, or `None` where they stand too unevenly for print.
    fn new(glyphs: Vec<Glyph>) -> Option<Self> {
        let count: f64 = glyphs.iter().map(Glyph::count).sum();
        if glyphs.len() < 2 || (count as usize) < LEAST_GLYPHS {
            return None;
        }
        let cap_height = cap_height(&glyphs, count);
        let slope = slope(&glyphs);
        let ragged = ragged(&glyphs, slope, |glyph| glyph.bottom).min(ragged(&glyphs, slope, |glyph| glyph.top));
        let share = |is: &dyn Fn(&Glyph) -> bool| {
            glyphs.iter().filter(|glyph| is(glyph)).map(Glyph::count).sum::<f64>() / count
        };
        let regular = share(&|glyph| {
            let height = glyph.height() / cap_height;
            let slack = 0.1 + 1.0 / cap_height;
            (height - 1.0).abs() < slack || (height - 0.73).abs() < slack
        });
        let is_text = ragged <= RAGGED * cap_height + 0.5
            && slope.abs() < STEEP
            && share(&Glyph::is_bar) <= BARS
            && regular >= REGULAR;
        let is_light = glyphs[0].is_light;
        let depth = quantile(glyphs.iter().map(|glyph| glyph.depth).collect(), 0.5);
        is_text.then_some(Self { glyphs, cap_height, slope, depth, is_light })
    }

    /// Whether `glyph` is as high as a capital.
    pub(super) fn is_capital(&self, glyph: &Glyph) -> bool {
        (glyph.height() - self.cap_height).abs() < 0.1 * self.cap_height + 1.0
    }

    pub(super) fn left(&self) -> f64 {
        self.glyphs[0].left
    }

    pub(super) fn right(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.right).fold(0.0, f64::max)
    }

    pub(super) fn count(&self) -> usize {
        self.glyphs.iter().map(Glyph::count).sum::<f64>() as usize
    }
}

/// The lines that `glyphs`, sorted from left to right, make: each is joined to the nearest one to its right that is much
/// of its height and level.
pub(super) fn group(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut chains: Vec<usize> = (0..glyphs.len()).collect();
    let bands = Bands::of(&glyphs);
    for (at, glyph) in glyphs.iter().enumerate() {
        let nearest = |one: &usize, other: &usize| glyphs[*one].left.total_cmp(&glyphs[*other].left);
        if let Some(next) =
            bands.following(at, &glyphs).filter(|&next| are_neighbours(glyph, &glyphs[next])).min_by(nearest)
        {
            let (one, other) = (root(&mut chains, at), root(&mut chains, next));
            chains[one.max(other)] = one.min(other);
        }
    }
    let mut rows: Vec<Vec<Glyph>> = vec![Vec::new(); glyphs.len()];
    for (at, glyph) in glyphs.into_iter().enumerate() {
        rows[root(&mut chains, at)].push(glyph);
    }
    rows.into_iter().filter_map(Line::new).collect()
}

/// Glyphs by the row of their middles.
struct Bands {
    height: f64,
    bands: Vec<Vec<usize>>,
}

impl Bands {
    fn of(glyphs: &[Glyph]) -> Self {
        // Mostly there are many more small ones than large ones.
        let heights: Vec<f64> = glyphs.iter().map(Glyph::height).collect();
        let height = if heights.is_empty() { 1.0 } else { quantile(heights, 0.5).max(1.0) };
        let mut bands = Vec::new();
        for (at, glyph) in glyphs.iter().enumerate() {
            let band = (glyph.middle() / height) as usize;
            if band >= bands.len() {
                bands.resize(band + 1, Vec::new());
            }
            bands[band].push(at);
        }
        Self { height, bands }
    }

    /// Those of `glyphs`, sorted from left to right, that may be neighbours to the right of the one `at`.
    fn following<'a>(&'a self, at: usize, glyphs: &'a [Glyph]) -> impl Iterator<Item = usize> + 'a {
        let glyph = &glyphs[at];
        let reach = glyph.right + GAP * RATIO * glyph.height();
        // Neighbours have more than half of the lower one's height in common.
        let [first, last] = [-1.0, 1.0].map(|side| (glyph.middle() + side * glyph.height()).max(0.0) / self.height);
        let bands = &self.bands[first as usize..(last as usize + 1).min(self.bands.len())];
        bands.iter().flat_map(move |band| {
            let start = band.partition_point(|&other| other <= at);
            band[start..].iter().copied().take_while(move |&other| glyphs[other].left <= reach)
        })
    }
}

fn root(chains: &mut [usize], mut at: usize) -> usize {
    while chains[at] != at {
        chains[at] = chains[chains[at]];
        at = chains[at];
    }
    at
}

fn are_neighbours(one: &Glyph, other: &Glyph) -> bool {
    let (low, high) = (one.height().min(other.height()), one.height().max(other.height()));
    let gap = other.left - one.right;
    let common = one.bottom.min(other.bottom) - one.top.max(other.top);
    one.is_light == other.is_light
        && high <= RATIO * low
        && one.depth.max(other.depth) <= UNLIKE * one.depth.min(other.depth)
        && gap <= GAP * high
        && gap >= -OVERLAP * high
        && common >= LEVEL * low
}

/// The greatest height that a fair share of `glyphs`, which are as wide as `count`, have in common: that of capitals, figures and
/// ascenders. Fillers of machine-readable zones are lower, and can be many.
fn cap_height(glyphs: &[Glyph], count: f64) -> f64 {
    let mut heights: Vec<(f64, f64)> = glyphs.iter().map(|glyph| (glyph.height(), glyph.count())).collect();
    heights.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
    let least = (CAPITALS * count).max(2.0);
    let in_common = |from: usize| {
        let limit = 0.94 * heights[from].0 - 0.5;
        let like = heights[from..].iter().take_while(|(height, _)| *height >= limit);
        like.map(|(_, count)| count).sum::<f64>() >= least
    };
    let at = (0..heights.len()).find(|&from| in_common(from));
    at.map_or_else(|| quantile(heights.iter().map(|(height, _)| *height).collect(), 0.5), |at| heights[at].0)
}

/// How much speaks for `lines`: long, large and strong ones come about by chance less often than others.
pub(super) fn evidence(lines: &[Line]) -> f64 {
    lines.iter().map(|line| (line.count() as f64).powi(2) * line.cap_height * line.depth).sum()
}

/// Distance from a common line that three in five of the `edge`s of `glyphs` keep.
fn ragged(glyphs: &[Glyph], slope: f64, edge: fn(&Glyph) -> f64) -> f64 {
    let level = |glyph: &Glyph| edge(glyph) - slope * f64::midpoint(glyph.left, glyph.right);
    let middle = quantile(glyphs.iter().map(level).collect(), 0.5);
    quantile(glyphs.iter().map(|glyph| (level(glyph) - middle).abs()).collect(), 0.6)
}

/// Rows that the feet of `glyphs` fall in a column: median of the slopes between each and the one half the line further.
fn slope(glyphs: &[Glyph]) -> f64 {
    let half = glyphs.len() / 2;
    let slopes = glyphs.iter().zip(&glyphs[half..]).filter_map(|(one, other)| {
        let distance = other.left + other.right - one.left - one.right;
        (distance > 0.0).then(|| 2.0 * (other.bottom - one.bottom) / distance)
    });
    let slopes: Vec<f64> = slopes.collect();
    if slopes.is_empty() { 0.0 } else { quantile(slopes, 0.5) }
}

/// The value below which `share` of `values` lie; there must be some.
pub(super) fn quantile(values: Vec<f64>, share: f64) -> f64 {
    pixels::quantile(values, share, f64::total_cmp).expect("there are values")
}
