use std::collections::BTreeMap;
use std::fmt;

use crate::record::Row;
use crate::scene::DocumentType;

/// Photos whose distributions are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// All.
    All,
    /// Those of one document type, declared or else detected.
    Type(DocumentType),
    /// Those of one camera model, as EXIF names it.
    Camera(String),
}

impl Group {
    /// What it is a group by: `all`, `document_type` or `camera_model`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Type(_) => "document_type",
            Self::Camera(_) => "camera_model",
        }
    }

    /// Which of its kind; `None` for all photos.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Type(kind) => Some(kind.id()),
            Self::Camera(model) => Some(model),
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all photos"),
            Self::Type(kind) => kind.fmt(f),
            Self::Camera(model) => write!(f, "camera {model}"),
        }
    }
}

/// The groups with enough photos in both reports.
#[derive(Debug)]
pub(super) struct Groups {
    /// The groups.
    pub names: Vec<Group>,
    /// The groups of each row of either report, as places in `names`.
    pub places: [Vec<Places>; 2],
    /// Groups with too few photos, by kind.
    pub too_few: BTreeMap<&'static str, usize>,
    /// How many photos are enough.
    pub least: usize,
}

/// The groups of one row: at most one of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places([Option<u32>; 3]);

impl Places {
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flatten().map(|place| *place as usize)
    }
}

impl Groups {
    pub(super) fn of(rows: [&[Row]; 2], least: usize) -> Self {
        let mut sizes: BTreeMap<Key, [usize; 2]> = BTreeMap::new();
        for (side, rows) in rows.iter().enumerate() {
            for key in rows.iter().flat_map(keys).flatten() {
                sizes.entry(key).or_default()[side] += 1;
            }
        }
        let mut places: BTreeMap<Key, u32> = BTreeMap::new();
        let (mut names, mut too_few) = (Vec::new(), BTreeMap::new());
        for (key, sizes) in sizes {
            let group = key.group();
            if sizes[0].min(sizes[1]) < least {
                *too_few.entry(group.kind()).or_default() += 1;
            } else {
                places.insert(key, names.len() as u32);
                names.push(group);
            }
        }
        let of_row = |row: &Row| Places(keys(row).map(|key| places.get(&key?).copied()));
        let places = rows.map(|rows| rows.iter().map(of_row).collect());
        Self { names, places, too_few, least }
    }
}

/// A group, without a text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    All,
    Type(DocumentType),
    Camera(&'a str),
}

impl Key<'_> {
    fn group(self) -> Group {
        match self {
            Self::All => Group::All,
            Self::Type(kind) => Group::Type(kind),
            Self::Camera(model) => Group::Camera(model.to_owned()),
        }
    }
}

fn keys(row: &Row) -> [Option<Key<'_>>; 3] {
    let model = row.facts.exif.model.as_deref().map(str::trim).filter(|model| !model.is_empty());
    [Some(Key::All), row.document_type().map(Key::Type), model.map(Key::Camera)]
}

#[cfg(test)]
mod tests {
    use super::Group;
    use super::Groups;
    use crate::photo::ExifFacts;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::scene::DocumentType;

    fn row(kind: Option<DocumentType>, model: &str) -> Row {
        let exif = ExifFacts { model: Some(model.to_owned()), ..ExifFacts::default() };
        let facts = FileFacts { exif, ..FileFacts::default() };
        Row::blank(Source { document_type: kind, ..Source::default() }, facts)
    }

    #[test]
    fn groups_need_enough_photos_on_both_sides() {
        let old = [row(Some(DocumentType::Passport), "A"), row(Some(DocumentType::Passport), "B ")];
        let new = [row(Some(DocumentType::Passport), "B"), row(None, "B"), row(Some(DocumentType::Selfie), "")];
        let groups = Groups::of([&old, &new], 1);
        let (passport, b) = (Group::Type(DocumentType::Passport), Group::Camera("B".to_owned()));
        assert_eq!(groups.names, [Group::All, passport, b]);
        assert_eq!(groups.too_few, [("camera_model", 1), ("document_type", 1)].into());
        let places = groups.places.map(|rows| rows.iter().map(|row| row.iter().collect()).collect::<Vec<Vec<_>>>());
        assert_eq!(places, [vec![vec![0, 1], vec![0, 1, 2]], vec![vec![0, 1, 2], vec![0, 2], vec![0]]]);
    }
}
