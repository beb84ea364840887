//! Lamps mirrored in the document's surface.

mod blob;
mod cells;
mod levels;
mod likelihood;
mod outline;

use std::ops::Add;

use blob::Blob;
use blob::Walk;
use cells::Cells;
use levels::Components;
use levels::places;
use outline::hull;

use crate::geometry::Point;
use crate::pixels::Plane;
use crate::scene::Rectified;

/// Levels of luma at which blobs are looked for.
const LEVELS: [u8; 12] = [251, 246, 238, 228, 216, 202, 186, 168, 148, 126, 104, 84];
/// Area of a mirrored lamp at least, mm².
const LEAST_AREA: f64 = 1.5;
/// Share of the document that a mirrored lamp covers at most.
const GREATEST_SHARE: f64 = 0.35;
/// Blobs with a lower logarithm of the odds of being a lamp are none.
const LEAST_ODDS: f64 = -2.0;
/// From this one on a lamp is drawn and masked.
const LIKELY_ODDS: f64 = 2.0;
/// What has even odds counts as so much of the document at most, and more by [`VOUCHED_GROWTH`] where it is surer: a large
/// unsure blob must not outdo a small sure lamp.
const VOUCHED: f64 = 1e-4;
/// Growth of that with the logarithm of the odds.
const VOUCHED_GROWTH: f64 = 1.8;
/// What has these odds counts half.
const HALF_ODDS: f64 = 3.0;
/// Lamps at most.
const MOST_SPOTS: usize = 12;
/// Mean luma of a cell that holds nothing but the sensor's white.
const BLIND: u8 = 251;
/// Share of the document that may be blind before nothing can be told of lamps.
const MOST_BLIND: f64 = 0.6;

/// A mirrored lamp.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Logarithm of the odds that it is a lamp and not bright print.
    pub log_odds: f64,
    /// Share of its surroundings that is printed, 0–1; what it covers is taken to be so too.
    pub print: f64,
    /// A convex polygon around it, pixels of the upright photo.
    pub outline: Vec<Point>,
    cells: usize,
}

impl Spot {
    /// Whether it is surely enough a lamp to be called one.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.log_odds >= LIKELY_ODDS
    }

    /// Cells of the `seen` ones that it covers, fewer where it is not sure.
    fn weight(&self, seen: usize) -> f64 {
        let sure = 1.0 / (1.0 + (-2.0 * (self.log_odds - HALF_ODDS)).exp());
        let vouched = VOUCHED * (VOUCHED_GROWTH * self.log_odds).exp() * seen as f64;
        sure * vouched.min(self.cells as f64)
    }
}

/// Where lamps are mirrored in the document.
#[derive(Clone, Debug)]
pub struct Glare {
    /// The mirrored lamps, likeliest first; unlikely ones are left out.
    pub spots: Vec<Spot>,
    width: usize,
    pixels: usize,
    mask: Vec<bool>,
    seen: usize,
    printed: usize,
    blind: usize,
}

impl Glare {
    /// The lamps mirrored in `rectified`, whose colour differences are `chroma`; `None` where it is too small to tell.
    #[must_use]
    pub fn find(rectified: &Rectified, chroma: Option<&[Plane; 2]>) -> Option<Self> {
        let cells = Cells::of(rectified, chroma)?;
        let seen =
            |chosen: &dyn Fn(usize) -> bool| (0..cells.seen.len()).filter(|&at| cells.seen[at] && chosen(at)).count();
        let mut glare = Self {
            spots: Vec::new(),
            width: cells.width,
            pixels: cells.pixels,
            mask: vec![false; cells.seen.len()],
            seen: seen(&|_| true),
            printed: 0,
            blind: seen(&|at| cells.mean[at] >= BLIND),
        };
        if !glare.is_dazzled() {
            let mut taken = vec![false; cells.seen.len()];
            for (blob, log_odds) in likeliest(&cells) {
                if glare.spots.len() < MOST_SPOTS && !blob.cells.iter().any(|&at| taken[at as usize]) {
                    blob.cells.iter().for_each(|&at| taken[at as usize] = true);
                    glare.add(&blob, log_odds, &cells, rectified);
                }
            }
            glare.printed = seen(&|at| cells.printed[at] && !glare.mask[at]);
        }
        Some(glare)
    }

    fn add(&mut self, blob: &Blob, log_odds: f64, cells: &Cells, rectified: &Rectified) {
        let spot = Spot {
            log_odds,
            print: blob.signs.print,
            outline: hull(&cells.corners(&blob.cells)).into_iter().map(|p| rectified.to_photo.apply(p)).collect(),
            cells: blob.cells.len(),
        };
        if spot.is_likely() {
            blob.cells.iter().for_each(|&at| self.mask[at as usize] = true);
        }
        self.spots.push(spot);
    }

    /// The spots that are surely enough lamps.
    pub fn likely(&self) -> impl Iterator<Item = &Spot> {
        self.spots.iter().filter(|spot| spot.is_likely())
    }

    /// Whether so much of the document is the sensor's white that lamps cannot be told from too much light.
    #[must_use]
    pub fn is_dazzled(&self) -> bool {
        self.seen == 0 || self.blind as f64 > MOST_BLIND * self.seen as f64
    }

    /// Whether a lamp likely covers the pixel of the rectified raster in column `x` and row `y`.
    #[must_use]
    pub fn covers(&self, x: usize, y: usize) -> bool {
        let (x, y) = (x / self.pixels, y / self.pixels);
        x < self.width && self.mask.get(y * self.width + x).is_some_and(|&covered| covered)
    }

    /// Share of the document's visible area that lamps cover, 0–1; unsure ones count in part.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.spots.iter().map(|spot| spot.weight(self.seen)).fold(0.0, f64::add) / self.seen.max(1) as f64
    }

    /// Share of the document's print that lamps cover, 0–1; `None` where there is no print.
    #[must_use]
    pub fn share_of_print(&self) -> Option<f64> {
        let hidden = self.spots.iter().map(|spot| spot.print * spot.weight(self.seen)).fold(0.0, f64::add);
        let all = hidden + self.printed as f64;
        (all >= 1.0).then(|| hidden / all)
    }
}

/// The blobs that may be lamps, likeliest first.
fn likeliest(cells: &Cells) -> Vec<(Blob, f64)> {
    let judged = blobs(cells).into_iter().map(|blob| {
        let log_odds = likelihood::log_odds(&blob.signs);
        (blob, log_odds)
    });
    let mut found: Vec<(Blob, f64)> = judged.filter(|(_, log_odds)| *log_odds >= LEAST_ODDS).collect();
    found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    found
}

/// The blobs of every level but the lowest.
fn blobs(cells: &Cells) -> Vec<Blob> {
    let area = cells.side * cells.side;
    let (least, most) = ((LEAST_AREA / area).ceil() as usize, (GREATEST_SHARE * cells.seen.len() as f64) as usize);
    let white = cells.white();
    let mut walk = Walk::new(cells);
    let mut components = Components::new(cells);
    let mut found: Vec<Blob> = Vec::new();
    // The blobs of the level above, each with a place in it.
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut above = u8::MAX;
    for (level, places) in LEVELS.into_iter().zip(places(cells, &LEVELS)) {
        components.add(&places);
        for (blob, place) in open.drain(..) {
            let blob = &mut found[blob];
            blob.signs.growth = (components.size(place) as f64 / blob.cells.len() as f64).ln();
        }
        if level == LEVELS[LEVELS.len() - 1] {
            break;
        }
        for &root in components.roots() {
            if !(least..=most).contains(&components.size(root)) {
                continue;
            }
            let component = components.cells(root);
            if let Some(mut signs) = walk.signs(cells, &component, white) {
                let solid = component.iter().filter(|&&at| cells.paper[at as usize] >= above).count();
                signs.solid = solid as f64 / component.len() as f64;
                open.push((found.len(), root));
                found.push(Blob { cells: component, signs });
            }
        }
        above = level;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Glare;
    use crate::geometry::Homography;
    use crate::geometry::Quad;
    use crate::pixels::Plane;
    use crate::scene::Rectified;

    /// A card of 60 x 40 mm with lines of print, at 4 px/mm, to which `light` (x, y in mm) is added.
    fn card(light: impl Fn(f64, f64) -> f64) -> Rectified {
        let (width, height) = (240, 160);
        let sample = |at: usize| {
            let (x, y) = (at % width, at / width);
            let ink = y % 12 < 6 && x % 5 < 2 && (20..220).contains(&x);
            let print = if ink { 60.0 } else { 170.0 };
            (print + light(x as f64 / 4.0, y as f64 / 4.0)).clamp(0.0, 255.0) as u8
        };
        let frame = Quad::rectangle(width as f64, height as f64);
        Rectified {
            luma: Plane::new(width, height, (0..width * height).map(sample).collect()),
            px_per_mm: 4.0,
            to_photo: Homography::between(&frame, &frame).unwrap(),
            visible: vec![0..width; height],
        }
    }

    fn lamp(size: f64) -> impl Fn(f64, f64) -> f64 {
        move |x, y| 900.0 * (-((x - 30.0).powi(2) + (y - 20.0).powi(2)) / (size * size)).exp()
    }

    fn find(light: impl Fn(f64, f64) -> f64) -> Glare {
        Glare::find(&card(light), None).unwrap()
    }

    #[test]
    fn a_lamp_in_the_middle_is_found_where_it_is() {
        let glare = find(lamp(3.0));
        assert!(glare.covers(120, 80) && !glare.covers(20, 20) && !glare.covers(9999, 0));
        assert!(glare.share() > 0.003 && glare.share_of_print().unwrap() > 0.003, "{glare:?}");
        let outline = &glare.likely().next().unwrap().outline;
        assert!(outline.iter().all(|corner| (corner.x - 120.0).hypot(corner.y - 80.0) < 30.0));
    }

    #[test]
    fn a_printed_card_has_no_glare() {
        assert!(find(|_, _| 0.0).share() < 1e-5);
    }

    #[test]
    fn a_white_sticker_is_no_lamp() {
        let sticker = |x: f64, y: f64| if (x - 30.0).abs() < 6.0 && (y - 20.0).abs() < 4.0 { 255.0 } else { 0.0 };
        assert!(find(sticker).share() < 1e-3);
    }

    #[test]
    fn a_larger_lamp_covers_more() {
        let shares = [2.0, 3.0, 4.0, 5.0].map(|size| find(lamp(size)).share());
        assert!(shares.is_sorted(), "{shares:?}");
    }

    #[test]
    fn a_white_raster_dazzles_and_a_tiny_one_tells_nothing() {
        assert!(find(|_, _| 255.0).is_dazzled());
        let mut tiny = card(|_, _| 0.0);
        (tiny.luma, tiny.visible) = (Plane::new(1, 1, vec![255]), std::iter::once(0..1).collect());
        assert!(Glare::find(&tiny, None).is_none());
    }

    #[test]
    fn what_the_frame_does_not_show_has_no_glare() {
        let mut unseen = card(lamp(3.0));
        unseen.visible.fill(0..0);
        assert!(Glare::find(&unseen, None).unwrap().is_dazzled());
    }
}
