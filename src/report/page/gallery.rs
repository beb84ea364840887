use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use super::selection::Rank;
use super::selection::Selection;
use super::selection::Size;
use crate::checks::Polygon;
use crate::checks::REGISTRY;
use crate::names::named;
use crate::photo::Photo;
use crate::record::Row;
use crate::record::findings;
use crate::report::overlay;
use crate::scene::Scene;
use crate::verdict::Policy;
use crate::verdict::Verdict;

/// Long side of a redacted picture, pixels: what is printed on a document or who is on it cannot be told from so few.
const REDACTED: u32 = 24;
/// Long side of a full picture, pixels.
const FULL: u32 = 320;
/// Of how many photos there are pictures.
const PICTURES: Size = Size { all: 500, worst: 20, sample: 200 };
/// Regions of one check that are kept, and corners of one region.
const MOST_REGIONS: usize = 40;
const MOST_CORNERS: usize = 200;

named! {
    /// What pictures of photos a page shows.
    #[derive(Default)]
    pub enum Thumbnails (UnknownThumbnails: "kind of thumbnails") {
        /// Shrunk until nothing on the document can be read and nobody be recognised.
        #[default]
        Redacted = "redacted",
        /// As they are.
        Full = "full",
        /// None.
        None = "none",
    }
}

/// A small picture of a photo, and where on the photo findings are.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The picture, JPEG.
    pub jpeg: Vec<u8>,
    /// Width and height of the upright photo, pixels.
    pub size: [usize; 2],
    /// Regions of the findings, in pixels of the upright photo, by id of the check.
    pub evidence: BTreeMap<&'static str, Vec<Polygon>>,
}

/// Draws pictures of the photos that will be shown, while they are measured; may be shared by workers.
#[derive(Debug)]
pub struct Gallery {
    thumbnails: Thumbnails,
    policy: Policy,
    pictures: Mutex<Selection<Picture>>,
}

impl fmt::Display for Thumbnails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Gallery {
    /// A gallery of such pictures; `policy` says which photos are worst.
    #[must_use]
    pub fn new(thumbnails: Thumbnails, policy: Policy) -> Self {
        Self { thumbnails, policy, pictures: Mutex::new(Selection::new(PICTURES)) }
    }

    /// The rows of which there will be pictures.
    #[must_use]
    pub fn chosen<'a>(&self, rows: &'a [Row]) -> Vec<&'a Row> {
        let mut chosen = Selection::new(PICTURES);
        for row in rows.iter().filter(|row| row.verdict != Verdict::Error && self.thumbnails != Thumbnails::None) {
            chosen.offer(Rank::of(row, &self.policy), |_| row);
        }
        chosen.finish().0.into_values().collect()
    }

    /// Draws the photo of `scene` where it may be one of those that are shown.
    pub fn see(&self, scene: &Scene, row: &Row) {
        if self.thumbnails == Thumbnails::None {
            return;
        }
        let rank = Rank::of(row, &self.policy);
        if !self.lock().wants(&rank) {
            return;
        }
        // A picture that cannot be encoded is one less on the page; its row says all there is to say.
        if let Ok(picture) = self.draw(scene, row) {
            self.lock().offer(rank, |_| picture);
        }
    }

    /// Adds a picture of a photo that is not opened, where it may be one of those that are shown.
    pub fn add(&self, row: &Row, picture: Picture) {
        self.lock().offer(Rank::of(row, &self.policy), |_| picture);
    }

    /// What its pictures show.
    #[must_use]
    pub fn thumbnails(&self) -> Thumbnails {
        self.thumbnails
    }

    /// A panic of one photo leaves the pictures of the others as they are.
    fn lock(&self) -> MutexGuard<'_, Selection<Picture>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self, scene: &Scene, row: &Row) -> std::io::Result<Picture> {
        let photo: &Photo = scene.photo();
        let longest = if self.thumbnails == Thumbnails::Full { FULL } else { REDACTED };
        let found: BTreeSet<&str> = findings(row, &self.policy).map(|found| found.check.id).collect();
        let regions = REGISTRY.iter().zip(&row.evidence).filter(|(check, _)| found.contains(check.id));
        let small = |regions: &Vec<Polygon>| regions.iter().take(MOST_REGIONS).map(thinned).collect::<Vec<_>>();
        Ok(Picture {
            jpeg: overlay::thumbnail(photo, longest)?,
            size: [photo.luma().width(), photo.luma().height()],
            evidence: regions
                .map(|(check, regions)| (check.id, small(regions)))
                .filter(|(_, regions)| !regions.is_empty())
                .collect(),
        })
    }

    /// The pictures so far, by path as it stands in the report.
    #[must_use]
    pub fn pictures(&self) -> BTreeMap<String, Picture> {
        std::mem::replace(&mut *self.lock(), Selection::new(PICTURES)).finish().0
    }
}

/// The region with as many of its corners as are kept, evenly left out.
fn thinned(region: &Polygon) -> Polygon {
    region.iter().step_by(region.len().div_ceil(MOST_CORNERS).max(1)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    #[test]
    fn a_region_of_many_corners_is_thinned() {
        let corners = |count: usize| (0..count).map(|at| Point::new(at as f64, 0.0)).collect::<Polygon>();
        assert_eq!(thinned(&corners(4)), corners(4));
        assert_eq!(thinned(&corners(1000)).len(), 200);
    }
}
