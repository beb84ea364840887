use crate::checks::jpeg_quality::nearest_quality;
use crate::photo::ExifFacts;
use crate::photo::Photo;
use crate::pixels::Plane;
use crate::pixels::Tile;
use crate::pixels::coefficient_roughness;
use crate::pixels::foreign_grid;
use crate::pixels::low_dct;
use crate::pixels::tile_at;
use crate::pixels::tile_starts;

/// What speaks for a second compression, each 0–1, where 0 is what a camera's own file shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cues {
    /// The file names no camera: messengers strip EXIF.
    pub anonymous: f64,
    /// The long side is shorter than cameras deliver: 0 from 3,000 px, 1 to 1,600 px.
    pub small: f64,
    /// The quality is lower than cameras save at: 0 from 95, 1 to 75.
    pub coarse: f64,
    /// The process is progressive.
    pub progressive: f64,
    /// A JFIF header, which encoders on servers and in apps write and cameras leave out.
    pub jfif: f64,
    /// DCT levels stand empty or doubled.
    pub double_quantised: f64,
    /// Block borders of another grid.
    pub foreign_grid: f64,
}

impl Cues {
    /// Their names, in the order of [`Self::array`].
    pub const NAMES: [&'static str; 7] = [
        "anonymous",
        "small",
        "coarse",
        "progressive",
        "jfif",
        "double_quantised",
        "foreign_grid",
    ];

    /// Reads them from `photo`; `None` where it is no JPEG.
    #[must_use]
    pub fn of(photo: &Photo) -> Option<Self> {
        let facts = photo.facts();
        let jpeg = facts.jpeg.as_ref()?;
        let table = photo.luma_quantisation()?;
        let luma = photo.stored_luma();
        let long_side = luma.width().max(luma.height());
        let tiles = grid_tiles(luma);
        Some(Self {
            anonymous: flag(!names_camera(&facts.exif)),
            small: ramp(long_side as f64, 3000.0, 1600.0),
            coarse: ramp(f64::from(nearest_quality(table)), 95.0, 75.0),
            progressive: flag(jpeg.progressive),
            jfif: flag(jpeg.jfif),
            double_quantised: double_quantised(&tiles, table),
            foreign_grid: ramp(foreign_grid(tiles.iter().map(AsRef::as_ref)), 0.02, 0.12),
        })
    }

    /// All of them, in the order of [`Self::NAMES`].
    #[must_use]
    pub fn array(&self) -> [f64; 7] {
        [
            self.anonymous,
            self.small,
            self.coarse,
            self.progressive,
            self.jfif,
            self.double_quantised,
            self.foreign_grid,
        ]
    }
}

impl From<[f64; 7]> for Cues {
    /// From the order of [`Self::NAMES`].
    fn from(cues: [f64; 7]) -> Self {
        let [anonymous, small, coarse, progressive, jfif, double_quantised, foreign_grid] = cues;
        Self {
            anonymous,
            small,
            coarse,
            progressive,
            jfif,
            double_quantised,
            foreign_grid,
        }
    }
}

/// The IJG quality of the luma table.
pub(super) fn quality(photo: &Photo) -> Option<u8> {
    photo.luma_quantisation().map(nearest_quality)
}

/// Whether EXIF says with what or when the photo was taken. Apps that save again often leave a block without either.
fn names_camera(exif: &ExifFacts) -> bool {
    exif.make.is_some() || exif.model.is_some() || exif.captured_at.is_some()
}

fn flag(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// 0 at `none`, 1 at `full`, linear between.
fn ramp(value: f64, none: f64, full: f64) -> f64 {
    ((value - none) / (full - none)).clamp(0.0, 1.0)
}

/// Up to 8 x 8 tiles spread over the photo as it is stored, aligned to the block grid.
fn grid_tiles(luma: &Plane) -> Vec<Box<Tile>> {
    let aligned = |length| tile_starts(length, 8).into_iter().map(|start| start / 8 * 8);
    let columns: Vec<_> = aligned(luma.width()).collect();
    aligned(luma.height()).flat_map(|y| columns.iter().map(move |&x| tile_at(luma, x, y))).collect()
}

fn double_quantised(tiles: &[Box<Tile>], table: &[u16; 64]) -> f64 {
    let steps = std::array::from_fn(|index| table[8 * (index / 4) + index % 4]);
    let blocks: Vec<_> = tiles.iter().flat_map(|tile| low_dct(tile)).collect();
    coefficient_roughness(&blocks, &steps).map_or(0.0, |roughness| ramp(roughness, 0.1, 0.5))
}

#[cfg(test)]
mod tests {
    use super::Cues;
    use super::names_camera;
    use super::ramp;
    use crate::photo::ExifFacts;

    #[test]
    fn the_array_reads_back_in_the_order_of_the_names() {
        let array = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        assert_eq!(Cues::from(array).array().map(f64::to_bits), array.map(f64::to_bits));
        assert_eq!(Cues::NAMES[5], "double_quantised");
        assert!((Cues::from(array).double_quantised - 0.5).abs() < 1e-9);
    }

    #[test]
    fn an_exif_block_without_camera_or_date_names_no_camera() {
        assert!(!names_camera(&ExifFacts::default()));
        assert!(names_camera(&ExifFacts { make: Some("Canon".into()), ..ExifFacts::default() }));
    }

    #[test]
    fn a_ramp_runs_either_way_and_stops_at_its_ends() {
        assert!((ramp(85.0, 95.0, 75.0) - 0.5).abs() < 1e-9);
        assert!((ramp(2.0, 0.0, 1.0) - 1.0).abs() < 1e-9);
        assert!(ramp(99.0, 95.0, 75.0).abs() < 1e-9);
    }
}
