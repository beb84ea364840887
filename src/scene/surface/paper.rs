use crate::pixels::Grid;
use crate::pixels::linear_light;
use crate::pixels::local_levels;
use crate::scene::Rectified;

/// Share of the samples in a window that the paper's level exceeds: most print is finer than that.
const SHARE: f32 = 0.85;
/// Level from which paper is more likely the mirror image of a lamp, unless most of the document is as bright.
const CLIPPED: f32 = 248.0;
/// Share of the document from which on it is the paper itself that is clipped.
const MOSTLY: f32 = 0.4;
/// Halo around clipped cells that is left out too, cells.
const HALO: usize = 3;
/// Dark print up to twice as wide, or as wide as this at the border, is bridged, cells.
const BRIDGE: usize = 10;
/// Cells within which holes are filled with the mean of what is known, one try after the other.
const FILLS: [usize; 3] = [4, 12, 40];
/// Share of the document's paper that is at most as bright as its white.
const WHITE: f32 = 0.95;
/// Paper below it is dark: two stops under white.
const DARK: f32 = 0.25;
/// White of a document that is too dark as a whole, and of one that is not.
const ILL_LIT: [f32; 2] = [0.3, 0.45];
/// White of a document that is not too bright as a whole, and of one that is.
const DAZZLING: [f32; 2] = [0.9, 0.97];

/// How bright the blank document is, place by place: its paper in the light that falls on it.
///
/// All numbers are linear light, 0–1 of what the sensor can tell apart, in cells of about one (nominal) millimetre.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The paper white around each cell: smooth, above print up to about 20 mm wide, and without the mirror images of lamps.
    /// Cells that the frame does not show are filled from their neighbours.
    pub local: Grid,
    /// What is really there: the 85th percentile of luma in the 3 x 3 cells around, nothing bridged, nothing left out (a
    /// portrait is dark, glare is bright); negative in cells that the frame does not show.
    pub raw: Grid,
    /// Which cells show paper: in the frame and not in the mirror image of a lamp.
    pub known: Vec<bool>,
    /// The document's paper white where it is best lit, glare left out.
    pub white: f32,
    /// Pixels of the rectified raster a cell, across and down.
    cell: [f32; 2],
}

impl Paper {
    /// The paper of `document`; `None` where the frame shows next to nothing of it.
    #[must_use]
    pub fn of(document: &Rectified) -> Option<Self> {
        let luma = &document.luma;
        let cells = |pixels: usize| ((pixels as f64 / document.px_per_mm).round() as usize).clamp(1, pixels.max(1));
        let [columns, rows] = [cells(luma.width()), cells(luma.height())];
        let levels = local_levels(luma, &document.visible, [columns, rows], SHARE);
        let light = |level: &Option<f32>| level.map_or(-1.0, linear_light);
        let raw = Grid::new(columns, levels.iter().map(light).collect());
        let known = without_glare(&raw)?;
        let bridged = filled(&known)?.spread(BRIDGE, f32::max).spread(BRIDGE, f32::min);
        let white = quantile(bridged.values().iter().zip(known.values()), WHITE)?;
        let cell = [luma.width() as f32 / columns as f32, luma.height() as f32 / rows as f32];
        let known = known.values().iter().map(|light| *light >= 0.0).collect();
        Some(Self { local: bridged.mean(1), raw, known, white, cell })
    }

    /// The paper white at a place of the rectified raster, interpolated between cells.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> f32 {
        self.local.between(x / self.cell[0], y / self.cell[1])
    }

    /// Pixels of the rectified raster a cell, across and down.
    #[must_use]
    pub fn cell(&self) -> [f32; 2] {
        self.cell
    }
}

impl Paper {
    /// The share of the document, 0–1, whose paper is below a quarter of the range, less what is dark beside lit paper:
    /// in full where [`Paper::white`] is at most 0.3, nothing where it is 0.45 or more.
    #[must_use]
    pub fn dark_share(&self) -> f64 {
        let known = self.local.values().iter().zip(&self.known).filter(|(_, known)| **known);
        let [dark, all] = known.fold([0, 0], |[dark, all], (light, _)| [dark + i32::from(*light < DARK), all + 1]);
        let ill_lit = (ILL_LIT[1] - self.white) / (ILL_LIT[1] - ILL_LIT[0]);
        f64::from(dark) / f64::from(all.max(1)) * f64::from(ill_lit.clamp(0.0, 1.0))
    }

    /// The share of the document, 0–1, whose paper is clipped, less the mirror images of lamps: in full where
    /// [`Paper::white`], which leaves them out, is at least 0.97, nothing where it is 0.9 or less.
    #[must_use]
    pub fn clipped_share(&self) -> f64 {
        let ceiling = linear_light(CLIPPED);
        let seen = self.raw.values().iter().filter(|light| **light >= 0.0);
        let [clipped, all] = seen.fold([0, 0], |[hot, all], light| [hot + i32::from(*light >= ceiling), all + 1]);
        let dazzling = (self.white - DAZZLING[0]) / (DAZZLING[1] - DAZZLING[0]);
        f64::from(clipped) / f64::from(all.max(1)) * f64::from(dazzling.clamp(0.0, 1.0))
    }
}

/// The paper's light with −1 where it is not known: out of the frame, or in the mirror image of a lamp. `None` where
/// nothing is seen at all.
fn without_glare(raw: &Grid) -> Option<Grid> {
    let ceiling = linear_light(CLIPPED);
    let seen = raw.values().iter().filter(|light| **light >= 0.0).count();
    let hot = raw.values().iter().filter(|light| **light >= ceiling).count();
    if seen == 0 || hot as f32 > MOSTLY * seen as f32 {
        return (seen > 0).then(|| raw.clone());
    }
    let around = raw.spread(HALO, f32::max);
    let known = raw.values().iter().zip(around.values());
    let known = known.map(|(&light, &brightest)| if brightest >= ceiling { -1.0 } else { light }).collect();
    let known = Grid::new(raw.columns(), known);
    // Spots all over the document leave nothing: then better the paper with them.
    Some(if known.values().iter().any(|light| *light >= 0.0) { known } else { raw.clone() })
}

/// `known` with the negative cells filled by means of what is around them; `None` where nothing is known.
fn filled(known: &Grid) -> Option<Grid> {
    let is_known = |light: &f32| if *light >= 0.0 { 1.0 } else { 0.0 };
    let all: f32 = known.values().iter().map(is_known).sum();
    let mean = known.values().iter().map(|light| light.max(0.0)).sum::<f32>() / all;
    let mut values = known.values().to_vec();
    for reach in FILLS {
        if values.iter().all(|light| *light >= 0.0) {
            break;
        }
        let grid = |value: &dyn Fn(&f32) -> f32| Grid::new(known.columns(), known.values().iter().map(value).collect());
        let [sums, counts] = [grid(&|light| light.max(0.0)), grid(&is_known)].map(|grid| grid.mean(reach));
        for (value, (sum, count)) in values.iter_mut().zip(sums.values().iter().zip(counts.values())) {
            if *value < 0.0 && *count > 0.0 {
                *value = sum / count;
            }
        }
    }
    (all > 0.0).then(|| Grid::new(known.columns(), values.iter().map(|&v| if v < 0.0 { mean } else { v }).collect()))
}

/// The value below which lies `share` of those that are known.
fn quantile<'a>(cells: impl Iterator<Item = (&'a f32, &'a f32)>, share: f32) -> Option<f32> {
    let mut values: Vec<f32> = cells.filter(|(_, known)| **known >= 0.0).map(|(value, _)| *value).collect();
    let at = (values.len() as f32 * share) as usize;
    let at = at.min(values.len().checked_sub(1)?);
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::Paper;
    use crate::geometry::Homography;
    use crate::geometry::Quad;
    use crate::pixels::Plane;
    use crate::scene::Rectified;

    /// A document of 80 x 50 mm at 4 pixels a millimetre.
    fn paper(sample: impl Fn(usize, usize) -> u8) -> Paper {
        let frame = Quad::rectangle(320.0, 200.0);
        let document = Rectified {
            luma: Plane::new(320, 200, (0..64_000).map(|at| sample(at % 320, at / 320)).collect()),
            px_per_mm: 4.0,
            to_photo: Homography::between(&frame, &frame).unwrap(),
            visible: vec![0..320; 200],
        };
        Paper::of(&document).unwrap()
    }

    #[test]
    fn print_and_portraits_are_bridged_and_lamps_left_out() {
        let stripes = paper(|x, _| if x % 8 < 3 { 40 } else { 188 });
        let portrait = paper(|x, y| if (100..160).contains(&x) && (60..120).contains(&y) { 60 } else { 188 });
        let lamp = paper(|x, y| if (100..160).contains(&x) && (60..120).contains(&y) { 255 } else { 188 });
        for paper in [stripes, portrait, lamp] {
            assert!(paper.local.values().iter().all(|light| (light - 0.503).abs() < 0.02), "{paper:?}");
            assert!((paper.white - 0.503).abs() < 0.02);
        }
    }

    #[test]
    fn half_a_document_in_shadow_stays_dark_and_is_not_underexposed() {
        let paper = paper(|x, _| if x < 160 { 90 } else { 200 });
        assert!(paper.at(20.0, 100.0) < 0.12 && paper.at(300.0, 100.0) > 0.55);
        assert!(paper.dark_share() < 1e-9);
    }

    #[test]
    fn a_dark_document_is_dark_and_a_white_one_clipped() {
        let shares = [30, 120, 200, 255].map(|level| paper(|_, _| level)).map(|p| [p.dark_share(), p.clipped_share()]);
        let wanted = [[1.0, 0.0], [1.0, 0.0], [0.0, 0.0], [0.0, 1.0]];
        assert!(shares.iter().flatten().zip(wanted.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-6), "{shares:?}");
    }
}
