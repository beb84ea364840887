//! Whether the photo shows a screen: a pattern that crosses the document's border.

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::Plane;
use crate::pixels::Prominence;
use crate::pixels::TILE;
use crate::pixels::Tile;
use crate::pixels::TileSpectra;
use crate::pixels::tile_at;

/// Columns and rows of tiles within the document.
const WITHIN: (usize, usize) = (6, 4);
/// Columns and rows of tiles of a wide frame of which those around the document are taken.
const AROUND: (usize, usize) = (9, 7);
/// Of those so many.
const MOST_AROUND: usize = 24;
/// Columns and rows of tiles of a wide frame without a document.
const FRAME: (usize, usize) = (8, 6);
/// Tiles that must be there.
const LEAST_TILES: usize = 4;
/// Mean grey levels of tiles in which a pattern would show.
const LIT: std::ops::RangeInclusive<u32> = 8..=248;
/// Difference of grey levels up to which a tile shows nothing, not even noise.
const FLAT: u8 = 2;
/// Lowest frequency, cycles a tile.
const LOWEST: f32 = 5.0;
/// Prominence that means 0.5.
const MIDDLE: f32 = 3.8;
/// Prominence by which the logit grows by 1.
const STEP: f32 = 0.25;
/// What prominence loses where there is nothing around the document.
const ALONE: f32 = 2.3;

/// Why it cannot be told whether there is a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPattern {
    /// Too few pixels.
    TooSmall,
    /// Too little light.
    TooDark,
    /// Too much light.
    Dazzled,
    /// Not even noise.
    Flat,
}

/// Evidence, 0–1, that `photo` shows a screen: a wave that stands out from the spectra of tiles within the document at `quad`
/// (pixels of the upright photo) and around it alike; without a document, from those about the middle of the frame and
/// from the others.
pub(super) fn evidence(photo: &Photo, quad: Option<&Quad>) -> Result<f64, NoPattern> {
    let luma = photo.stored_luma();
    if luma.width().min(luma.height()) < TILE {
        return Err(NoPattern::TooSmall);
    }
    let (within, around) = quad.map_or_else(
        || of_frame(luma),
        |quad| {
            let quad = stored(photo, quad);
            (within(luma, &quad), around(luma, &quad))
        },
    );
    likelihood(luma, &within, &around)
}

/// Where a tile starts.
type Place = (usize, usize);

/// The evidence of the tiles of `luma` within and around the document.
fn likelihood(luma: &Plane, within: &[Place], around: &[Place]) -> Result<f64, NoPattern> {
    let mut seen = Seen::default();
    let within = prominence(luma, within, &mut seen);
    let around = prominence(luma, around, &mut seen);
    if within.tiles() < LEAST_TILES {
        return Err(seen.why_not());
    }
    if seen.flat == seen.tiles {
        return Err(NoPattern::Flat);
    }
    let (around, loss) = if around.tiles() < LEAST_TILES { (&within, ALONE) } else { (&around, 0.0) };
    let level = (strongest(&within, around) - loss - MIDDLE) / STEP;
    Ok(f64::from(1.0 / (1.0 + (-level).exp())))
}

/// What the tiles looked like.
#[derive(Default)]
struct Seen {
    tiles: usize,
    flat: usize,
    dark: usize,
    bright: usize,
}

impl Seen {
    /// Whether a pattern would show in `tile`.
    fn admits(&mut self, tile: &Tile) -> bool {
        let mean = tile.iter().map(|&sample| u32::from(sample)).sum::<u32>() / (TILE * TILE) as u32;
        let (low, high) = tile.iter().fold((u8::MAX, 0), |(low, high), &sample| (low.min(sample), high.max(sample)));
        self.tiles += 1;
        self.flat += usize::from(high - low <= FLAT);
        self.dark += usize::from(mean < *LIT.start());
        self.bright += usize::from(mean > *LIT.end());
        LIT.contains(&mean)
    }

    /// Why too few tiles were left.
    fn why_not(&self) -> NoPattern {
        match (self.dark, self.bright) {
            (0, 0) => NoPattern::TooSmall,
            (dark, bright) if dark > bright => NoPattern::TooDark,
            _ => NoPattern::Dazzled,
        }
    }
}

fn prominence(luma: &Plane, places: &[Place], seen: &mut Seen) -> Prominence {
    let tiles: Vec<_> = places.iter().map(|&(x, y)| tile_at(luma, x, y)).filter(|tile| seen.admits(tile)).collect();
    let (spectra, mut sum) = (TileSpectra::default(), Prominence::default());
    for pair in tiles.chunks(2) {
        let [one, other] = spectra.measure([&pair[0], &pair[pair.len() - 1]]);
        sum.add(&one);
        if pair.len() == 2 {
            sum.add(&other);
        }
    }
    sum
}

/// The prominence of the wave that stands out most both here and there.
fn strongest(here: &Prominence, there: &Prominence) -> f32 {
    let all = (0..=TILE / 2).flat_map(|across| (0..TILE).map(move |down| (across, down)));
    let counted = all.filter(|&(across, down)| counts(across, down));
    counted.fold(0.0, |best, (across, down)| best.max(here.mean(across, down).min(there.mean(across, down))))
}

/// Whether a wave of `across` and `down` (modulo 64) cycles a tile may be a screen's.
fn counts(across: usize, down: usize) -> bool {
    let down = down.min(TILE - down);
    let off_grid = |cycles: usize| (cycles % 8).min(8 - cycles % 8);
    let is_grid = off_grid(across) == 0 && off_grid(down) == 0
        || off_grid(across) <= 1 && off_grid(down) <= 1 && across.min(down) <= 1;
    (across as f32).hypot(down as f32) >= LOWEST && across.max(down) < TILE / 2 - 1 && !is_grid
}

/// `quad` in pixels of the stored photo, so that its inside lies to the right of its sides.
fn stored(photo: &Photo, quad: &Quad) -> Quad {
    let Quad([a, b, c, d]) = quad.map(|corner| photo.to_stored(corner));
    if (b - a).cross(d - a) < 0.0 { Quad([a, d, c, b]) } else { Quad([a, b, c, d]) }
}

/// Tiles about points spread over the document, those that lie in the frame.
fn within(luma: &Plane, quad: &Quad) -> Vec<Place> {
    let Quad([top_left, top_right, bottom_right, bottom_left]) = *quad;
    let (columns, rows) = WITHIN;
    let place = |at: usize| {
        let (s, t) = ((at % columns) as f64 + 0.5, (at / columns) as f64 + 0.5);
        let (s, t) = (s / columns as f64, t / rows as f64);
        let middle = top_left.towards(top_right, s).towards(bottom_left.towards(bottom_right, s), t);
        let (x, y) = (middle.x - TILE as f64 / 2.0, middle.y - TILE as f64 / 2.0);
        let fits =
            x >= 0.0 && y >= 0.0 && x + TILE as f64 <= luma.width() as f64 && y + TILE as f64 <= luma.height() as f64;
        fits.then_some((x as usize, y as usize))
    };
    (0..columns * rows).filter_map(place).collect()
}

/// Tiles of a lattice over the frame that lie beyond the document's sides.
fn around(luma: &Plane, quad: &Quad) -> Vec<Place> {
    let beyond = |&(x, y): &Place| {
        let middle = Point::new((x + TILE / 2) as f64, (y + TILE / 2) as f64);
        quad.sides().iter().any(|&[from, to]| (to - from).unit().cross(middle - from) < -0.45 * TILE as f64)
    };
    let places: Vec<_> = lattice(luma, AROUND).into_iter().filter(beyond).collect();
    let count = places.len().min(MOST_AROUND);
    (0..count).map(|at| places[at * places.len() / count]).collect()
}

/// Tiles of a lattice over the frame: those about its middle, and the others.
fn of_frame(luma: &Plane) -> (Vec<Place>, Vec<Place>) {
    let central = |start: usize, length: usize| (length / 4..length - length / 4).contains(&(start + TILE / 2));
    let places = lattice(luma, FRAME).into_iter();
    places.partition(|&(x, y)| central(x, luma.width()) && central(y, luma.height()))
}

/// Tiles from end to end of the frame, more of them along its longer side.
fn lattice(luma: &Plane, (long, short): (usize, usize)) -> Vec<Place> {
    let (columns, rows) = if luma.width() < luma.height() { (short, long) } else { (long, short) };
    let start = |at: usize, count: usize, length: usize| at * (length - TILE) / (count - 1);
    let places = (0..columns * rows).map(|at| (at % columns, at / columns));
    places.map(|(x, y)| (start(x, columns, luma.width()), start(y, rows, luma.height()))).collect()
}

#[cfg(test)]
mod tests {
    use super::NoPattern;
    use super::around;
    use super::counts;
    use super::likelihood;
    use super::of_frame;
    use super::within;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use crate::pixels::Plane;
    use std::f64::consts::TAU;

    const SIZE: (usize, usize) = (640, 480);

    fn card() -> Quad {
        Quad::rectangle(340.0, 220.0).map(|corner| corner + Point::new(150.0, 130.0))
    }

    /// Grain, and the waves that `wave` draws.
    fn plane(wave: impl Fn(f64, f64) -> f64) -> Plane {
        let mut state = 1_u32;
        let samples = (0..SIZE.0 * SIZE.1).map(|at| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = f64::from(state >> 28) - 7.5;
            (128.0 + grain + wave((at % SIZE.0) as f64, (at / SIZE.0) as f64)).round() as u8
        });
        Plane::new(SIZE.0, SIZE.1, samples.collect())
    }

    fn of_card(plane: &Plane) -> Result<f64, NoPattern> {
        likelihood(plane, &within(plane, &card()), &around(plane, &card()))
    }

    fn ripple(x: f64, y: f64) -> f64 {
        12.0 * (TAU * (0.21 * x + 0.07 * y)).sin()
    }

    fn is_inside(x: f64, y: f64) -> bool {
        (150.0..490.0).contains(&x) && (130.0..350.0).contains(&y)
    }

    #[test]
    fn a_wave_over_the_whole_frame_is_a_screen() {
        assert!(of_card(&plane(ripple)).unwrap() > 0.9);
        let (middle, edge) = of_frame(&plane(ripple));
        assert!(likelihood(&plane(ripple), &middle, &edge).unwrap() > 0.9);
    }

    #[test]
    fn a_wave_on_the_document_or_on_the_table_alone_is_none() {
        let print = plane(|x, y| if is_inside(x, y) { ripple(x, y) } else { 0.0 });
        let cloth = plane(|x, y| if is_inside(x, y) { 0.0 } else { ripple(x, y) });
        assert!(of_card(&print).unwrap() < 0.1 && of_card(&cloth).unwrap() < 0.1);
    }

    #[test]
    fn grain_is_no_screen_and_nothing_at_all_has_no_number() {
        assert!(of_card(&plane(|_, _| 0.0)).unwrap() < 0.01);
        let solid = |grey: u8| of_card(&Plane::new(SIZE.0, SIZE.1, vec![grey; SIZE.0 * SIZE.1]));
        assert_eq!([0, 120, 255].map(solid), [NoPattern::TooDark, NoPattern::Flat, NoPattern::Dazzled].map(Err));
    }

    #[test]
    fn the_block_grid_is_left_out() {
        assert!(
            !counts(8, 0) && !counts(0, 48) && !counts(1, 24) && !counts(16, 16) && !counts(31, 4) && !counts(3, 3)
        );
        assert!(counts(12, 5) && counts(8, 3) && counts(0, 20));
    }
}
