use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::error::shortened;
use crate::checks::Category;

const OK: &str = "ok";
const IGNORE: &str = "ignore";
/// From how alike a known name is worth a mention.
const ALIKE: f64 = 0.6;

/// What a name in a label file stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The photo has this fault.
    Fault(Category),
    /// The photo has no fault: `ok`.
    Faultless,
    /// The name says nothing: `ignore`.
    Ignored,
}

/// One name and its translation, as a text `their name=category`, where the category may be `ok` or `ignore`, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name in the label file.
    pub theirs: String,
    /// What it stands for.
    pub ours: Meaning,
}

/// How the names in a label file translate. Names without an alias are ids of categories, or `ok`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelNames {
    aliases: BTreeMap<String, Meaning>,
}

/// Why a name cannot be translated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AliasError {
    /// The text has not the form of an alias.
    #[error("`{0}` is not of the form `their name=category`")]
    Form(String),
    /// The right side is no category.
    #[error("unknown category `{ours}` in `{alias}`; {}known are {OK}, {IGNORE}, {}", guess(ours), categories())]
    Unknown {
        /// The whole text.
        alias: String,
        /// Its right side.
        ours: String,
    },
    /// One name is to stand for two things.
    #[error("`{theirs}` cannot stand for both `{first}` and `{second}`")]
    Twice {
        /// The name.
        theirs: String,
        /// What it stands for at first.
        first: Meaning,
        /// What it stands for later.
        second: Meaning,
    },
}

impl LabelNames {
    /// The names with these translations.
    ///
    /// # Errors
    /// When one name has two.
    pub fn new(aliases: impl IntoIterator<Item = Alias>) -> Result<Self, AliasError> {
        let mut names = Self::default();
        for Alias { theirs, ours } in aliases {
            match names.aliases.insert(theirs.clone(), ours) {
                Some(first) if first != ours => return Err(AliasError::Twice { theirs, first, second: ours }),
                _ => {}
            }
        }
        Ok(names)
    }

    /// What `name` stands for; `None` where it is unknown. An alias goes before a category of that name.
    #[must_use]
    pub fn meaning(&self, name: &str) -> Option<Meaning> {
        self.aliases.get(name).copied().or_else(|| known(name))
    }
}

impl FromStr for Alias {
    type Err = AliasError;

    fn from_str(text: &str) -> Result<Self, AliasError> {
        let form = || AliasError::Form(text.to_owned());
        let (theirs, ours) = text.rsplit_once('=').ok_or_else(form)?;
        let (theirs, ours) = (theirs.trim(), ours.trim());
        if theirs.is_empty() || ours.is_empty() {
            return Err(form());
        }
        let meaning = if ours == IGNORE { Some(Meaning::Ignored) } else { known(ours) };
        let unknown = || AliasError::Unknown { alias: text.to_owned(), ours: ours.to_owned() };
        Ok(Self { theirs: theirs.to_owned(), ours: meaning.ok_or_else(unknown)? })
    }
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fault(category) => category.id(),
            Self::Faultless => OK,
            Self::Ignored => IGNORE,
        })
    }
}

fn known(name: &str) -> Option<Meaning> {
    if name == OK { Some(Meaning::Faultless) } else { name.parse().ok().map(Meaning::Fault) }
}

/// The ids of all categories, parted by commas.
pub(super) fn categories() -> String {
    Category::ALL.map(Category::id).join(", ")
}

/// Up to three known names that are like `given`, the likest first.
pub(super) fn nearest(given: &str) -> Vec<&'static str> {
    let given = shortened(given).to_lowercase().replace([' ', '-'], "_");
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(name, &given);
    let names = std::iter::once(OK).chain(Category::ALL.map(Category::id));
    let mut alike: Vec<_> = names.map(|name| (likeness(name), name)).filter(|(alike, _)| *alike > ALIKE).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    alike.into_iter().map(|(_, name)| name).take(3).collect()
}

/// The question whether the names that are like `given` were meant; empty where none is.
pub(super) fn guess(given: &str) -> String {
    let names: Vec<String> = nearest(given).into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { String::new() } else { format!("did you mean {}? ", names.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(aliases: &[&str]) -> Result<LabelNames, AliasError> {
        LabelNames::new(aliases.iter().map(|text| text.parse().unwrap()))
    }

    #[test]
    fn an_alias_goes_before_a_category() {
        let names = names(&["Not sharp = blurry", "a=b=ok", "glare=ignore"]).unwrap();
        assert_eq!(names.meaning("Not sharp"), Some(Meaning::Fault(Category::Blurry)));
        assert_eq!(names.meaning("a=b"), Some(Meaning::Faultless));
        assert_eq!(names.meaning("glare"), Some(Meaning::Ignored));
        assert_eq!(names.meaning("shadow"), Some(Meaning::Fault(Category::Shadow)));
        assert_eq!(names.meaning("ok"), Some(Meaning::Faultless));
        assert_eq!(names.meaning("ignore"), None);
    }

    #[test]
    fn every_mistake_is_named() {
        let error = |text: &str| text.parse::<Alias>().unwrap_err().to_string();
        assert_eq!(error("blurry"), "`blurry` is not of the form `their name=category`");
        assert_eq!(error("=blurry"), "`=blurry` is not of the form `their name=category`");
        let unknown = error("x=Bluury");
        let start =
            "unknown category `Bluury` in `x=Bluury`; did you mean `blurry`? known are ok, ignore, damaged_file, ";
        assert!(unknown.starts_with(start), "{unknown}");
        let twice = names(&["x=blurry", "x=blurry", "x=ok"]).unwrap_err().to_string();
        assert_eq!(twice, "`x` cannot stand for both `blurry` and `ok`");
    }

    #[test]
    fn case_and_spaces_do_not_hide_what_was_meant() {
        assert_eq!(nearest("Too Far"), ["too_far"]);
        assert_eq!(nearest("no-face")[0], "no_face");
        assert!(nearest("weird").is_empty());
        assert!(nearest(&"x".repeat(1 << 20)).is_empty());
    }
}
