use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::gallery::Picture;
use super::gallery::Thumbnails;
use super::rows::JPEG_URL;
use super::rows::PagePicture;
use crate::checks;
use crate::checks::Polygon;
use crate::geometry::Point;

/// The pictures of an earlier page, for photos that are not opened again.
#[derive(Debug)]
pub struct EarlierPictures {
    /// What they show.
    pub thumbnails: Thumbnails,
    /// The pictures, by path as it stands in the report.
    pub pictures: BTreeMap<String, Picture>,
}

#[derive(Deserialize)]
struct Lists {
    thumbnails: String,
    checks: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Pictured {
    path: String,
    picture: Option<PagePicture>,
}

impl EarlierPictures {
    /// Reads the pictures back out of a page; `None` where it is no page of this version.
    #[must_use]
    pub fn read(page: &str) -> Option<Self> {
        let lists: Lists = data(page, "lists")?;
        let rows: Vec<Pictured> = data(page, "row-data")?;
        let pictures = rows.into_iter().filter_map(|row| Some((row.path, picture(row.picture?, &lists.checks)?)));
        Some(Self { thumbnails: lists.thumbnails.parse().ok()?, pictures: pictures.collect() })
    }
}

/// What stands in the element `script` of this id.
fn data<T: DeserializeOwned>(page: &str, id: &str) -> Option<T> {
    let (_, rest) = page.split_once(&format!("<script type=\"application/json\" id=\"{id}\">"))?;
    serde_json::from_str(rest.split_once("</script>")?.0).ok()
}

fn picture(shown: PagePicture, names: &[Named]) -> Option<Picture> {
    let jpeg = STANDARD.decode(shown.source.strip_prefix(JPEG_URL)?).ok()?;
    let regions = shown.evidence.into_iter().filter_map(|(at, regions)| {
        let (_, check) = checks::find(&names.get(at)?.id)?;
        Some((check.id, regions.iter().map(|corners| polygon(corners)).collect()))
    });
    Some(Picture { jpeg, size: shown.size, evidence: regions.collect() })
}

fn polygon(corners: &[i64]) -> Polygon {
    corners.chunks_exact(2).map(|corner| Point::new(corner[0] as f64, corner[1] as f64)).collect()
}
