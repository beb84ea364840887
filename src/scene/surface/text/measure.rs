//! Height and contrast of a line, finer than to the pixel.

use std::ops::Range;

use super::glyphs::Glyph;
use super::lines::Line;
use super::lines::quantile;
use crate::pixels::ORDINARY;
use crate::pixels::Plane;
use crate::pixels::linear_light;
use crate::pixels::srgb_code;

/// Glyphs of a line that are measured at most.
const SAMPLE: usize = 24;
/// Glyphs that share a measure of the ground: light changes along a line.
const GROUND: usize = 6;
/// Share of the ground that is darker than its level (lighter, for light print): it holds the flanks of strokes and what
/// else is printed under the text.
const GROUND_SHARE: f64 = 0.6;
/// The ink's strength is what a tenth of a glyph's rows surpass: where strokes are widest or meet.
const STRONGEST: f64 = 0.9;
/// Shares of the ink's strength between which the flanks of strokes lie.
const FLANKS: [f32; 2] = [0.3, 0.7];
/// Ratio of the areas inked to these shares in sharp print, at most.
const SHARP: f64 = 1.7;

/// What was measured on a line.
pub(super) struct Measured {
    pub(super) cap_height: f64,
    /// Row of the baseline in column `middle`.
    pub(super) baseline: f64,
    pub(super) middle: f64,
    /// Contrast as the pixels show it.
    pub(super) seen_contrast: f64,
    /// Contrast without blur.
    pub(super) contrast: f64,
}

/// A glyph against its ground.
struct Inked {
    /// Rows where the ink starts and ends.
    top: f64,
    bottom: f64,
    contrast: f64,
    /// Area inked to the lower share of its strength over that inked to the upper one.
    spread: f64,
}

/// Measures `line`; `None` where its glyphs cannot be told from the ground.
pub(super) fn measure(line: &Line, luma: &Plane, marks: &Plane) -> Option<Measured> {
    let step = line.glyphs.len().div_ceil(SAMPLE);
    let chosen: Vec<&Glyph> = line.glyphs.iter().step_by(step).collect();
    let middle = f64::midpoint(line.left(), line.right());
    let (mut heights, mut feet, mut contrasts, mut spreads) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in chosen.chunks(GROUND) {
        let ground = ground(part, line.is_light, luma, marks)?;
        for glyph in part {
            let Some(inked) = inked(glyph, ground, luma) else { continue };
            contrasts.push(inked.contrast);
            spreads.push(inked.spread);
            if line.is_capital(glyph) {
                heights.push(inked.bottom - inked.top);
                feet.push(inked.bottom - line.slope * (f64::midpoint(glyph.left, glyph.right) - middle));
            }
        }
    }
    if heights.is_empty() {
        return None;
    }
    let [cap_height, baseline, seen_contrast, spread] =
        [heights, feet, contrasts, spreads].map(|values| quantile(values, 0.5));
    let contrast = (seen_contrast * (spread / SHARP).max(1.0)).min(1.0);
    Some(Measured { cap_height, baseline, middle, seen_contrast, contrast })
}

/// Level of the ground around `glyphs`, or `None` where there is nothing else than ink.
fn ground(glyphs: &[&Glyph], is_light: bool, luma: &Plane, marks: &Plane) -> Option<f64> {
    let mut histogram = [0_usize; 256];
    for glyph in glyphs {
        let margin = (0.3 * glyph.height()).max(2.0);
        let columns = (glyph.left - margin).max(0.0) as usize..((glyph.right + margin) as usize).min(luma.width());
        let rows =
            (glyph.top - margin / 2.0).max(0.0) as usize..((glyph.bottom + margin / 2.0) as usize).min(luma.height());
        for row in rows {
            let pairs = luma.row(row)[columns.clone()].iter().zip(&marks.row(row)[columns.clone()]);
            pairs.filter(|(_, mark)| **mark == ORDINARY).for_each(|(sample, _)| histogram[usize::from(*sample)] += 1);
        }
    }
    let share = if is_light { 1.0 - GROUND_SHARE } else { GROUND_SHARE };
    let wanted = (share * histogram.iter().sum::<usize>() as f64).ceil().max(1.0) as usize;
    let mut below = 0;
    histogram
        .iter()
        .position(|count| {
            below += count;
            below >= wanted
        })
        .map(|level| level as f64)
}

/// `glyph` on a ground of that level.
fn inked(glyph: &Glyph, ground: f64, luma: &Plane) -> Option<Inked> {
    let margin = (0.25 * glyph.height()).max(2.0) as usize;
    let rows = (glyph.top as usize).saturating_sub(margin)..(glyph.bottom as usize + margin).min(luma.height());
    let columns = (glyph.left as usize).saturating_sub(1)..(glyph.right as usize + 1).min(luma.width());
    let sign = if glyph.is_light { -1.0 } else { 1.0 };
    let strongest = |row: usize| {
        let samples = luma.row(row)[columns.clone()].iter();
        let level = if glyph.is_light { samples.max() } else { samples.min() };
        level.map_or(0.0, |&level| sign * (ground - f64::from(level)))
    };
    let depths: Vec<f64> = rows.clone().map(strongest).collect();
    let within = glyph.top as usize - rows.start..glyph.bottom as usize - rows.start;
    let [usual, strength] = [0.5, STRONGEST].map(|share| quantile(depths[within.clone()].to_vec(), share));
    if usual <= 0.0 {
        return None;
    }
    let (top, bottom) = span(&depths, &within, usual / 2.0)?;
    let ink = ground - sign * strength;
    let [lower, upper] = FLANKS.map(|share| {
        let limit = between(ground, ink, share);
        let is_inked = |sample: &&u8| if glyph.is_light { **sample > limit } else { **sample < limit };
        rows.clone().map(|row| luma.row(row)[columns.clone()].iter().filter(is_inked).count()).sum::<usize>() as f64
    });
    let start = rows.start as f64;
    let spread = lower / upper.max(1.0);
    Some(Inked { top: start + top, bottom: start + bottom, contrast: contrast(ground, ink), spread })
}

/// Where `depths` rise above and fall below `half`, next to either end of the rows `within`, between the rows' middles.
fn span(depths: &[f64], within: &Range<usize>, half: f64) -> Option<(f64, f64)> {
    let rises = |row: &usize| depths[row - 1] < half && depths[*row] >= half;
    let falls = |row: &usize| depths[*row] < half && depths[row - 1] >= half;
    let inside = within.start.max(1)..within.end;
    let rise = (1..=within.start).rev().find(rises).or_else(|| inside.clone().find(rises))?;
    let fall = (within.end..depths.len()).find(falls).or_else(|| inside.rev().find(falls))?;
    let crossing = |outer: usize, inner: usize| (half - depths[outer]) / (depths[inner] - depths[outer]);
    Some((rise as f64 - 0.5 + crossing(rise - 1, rise), fall as f64 + 0.5 - crossing(fall, fall - 1)))
}

/// Difference of two levels over the lighter one, in linear light.
fn contrast(one: f64, other: f64) -> f64 {
    let [dark, light] = [one.min(other), one.max(other)].map(|level| f64::from(linear_light(level as f32)));
    if light > 0.0 { (light - dark) / light } else { 0.0 }
}

/// The level that lies a `share` of the way from one to the other in linear light.
fn between(one: f64, other: f64, share: f32) -> u8 {
    let [one, other] = [one, other].map(|level| linear_light(level as f32));
    srgb_code(one + (other - one) * share).round() as u8
}
