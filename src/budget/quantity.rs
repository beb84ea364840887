use std::fmt;

use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::scene::DocumentType;
use crate::verdict::Rule;
use crate::verdict::Verdict;

/// Whose photos are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of one document type, declared or else detected; `None` are those of no known type.
    Type(Option<DocumentType>),
}

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Photos.
    Photos(Scope),
    /// Submissions.
    Submissions,
    /// Captures.
    Captures,
}

/// What a condition is about. Displays as its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// How many there are.
    Total(Group),
    /// How many have this verdict.
    Verdict(Group, Verdict),
    /// The share with this verdict.
    Rate(Group, Verdict),
    /// The share of photos with a finding of this category.
    Category(Scope, Category),
    /// The share of photos that are rejected with this primary category.
    RejectedFor(Scope, Category),
    /// The share of photos on which the check at this place of the registry was made and has no number.
    NotAssessed(Scope, usize),
    /// The share of submissions that break this rule.
    Rule(Rule),
}

impl Scope {
    /// The name of photos of no known type.
    pub const UNKNOWN: &'static str = "unknown";

    /// The scope of that name before a quantity.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == Self::UNKNOWN {
            Some(Self::Type(None))
        } else {
            name.parse().ok().map(|kind| Self::Type(Some(kind)))
        }
    }

    /// The name before a quantity; `None` for all photos.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Type(kind) => Some(kind.map_or(Self::UNKNOWN, DocumentType::id)),
        }
    }
}

impl Quantity {
    /// Every quantity of the photos in `scope`.
    pub fn of_photos(scope: Scope) -> impl Iterator<Item = Self> {
        let categories = || Category::ALL.into_iter();
        Self::of_verdicts(Group::Photos(scope))
            .chain(categories().map(move |category| Self::Category(scope, category)))
            .chain(categories().map(move |category| Self::RejectedFor(scope, category)))
            .chain((0..REGISTRY.len()).map(move |check| Self::NotAssessed(scope, check)))
    }

    /// Every quantity of submissions and captures.
    pub fn of_groups() -> impl Iterator<Item = Self> {
        Self::of_verdicts(Group::Submissions)
            .chain(Rule::ALL.into_iter().map(Self::Rule))
            .chain(Self::of_verdicts(Group::Captures))
    }

    /// Whether it is a share, and not a count.
    #[must_use]
    pub fn is_share(self) -> bool {
        !matches!(self, Self::Total(_) | Self::Verdict(..))
    }

    /// The photos it counts; `None` where it is about submissions or captures.
    #[must_use]
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::Total(Group::Photos(scope))
            | Self::Verdict(Group::Photos(scope), _)
            | Self::Rate(Group::Photos(scope), _)
            | Self::Category(scope, _)
            | Self::RejectedFor(scope, _)
            | Self::NotAssessed(scope, _) => Some(scope),
            _ => None,
        }
    }

    fn of_verdicts(group: Group) -> impl Iterator<Item = Self> {
        let counts = Verdict::ALL.into_iter().map(move |verdict| Self::Verdict(group, verdict));
        let rates = Verdict::ALL.into_iter().map(move |verdict| Self::Rate(group, verdict));
        std::iter::once(Self::Total(group)).chain(rates).chain(counts)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Photos(_) => "photos",
            Self::Submissions => "submissions",
            Self::Captures => "captures",
        })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.scope().and_then(Scope::name) {
            write!(f, "{name}.")?;
        }
        match self {
            Self::Total(group) => write!(f, "{group}"),
            Self::Verdict(Group::Photos(_), verdict) => write!(f, "{verdict}"),
            Self::Rate(Group::Photos(_), verdict) => write!(f, "{verdict}_rate"),
            Self::Verdict(group, verdict) => write!(f, "{group}.{verdict}"),
            Self::Rate(group, verdict) => write!(f, "{group}.{verdict}_rate"),
            Self::Category(_, category) => write!(f, "{category}"),
            Self::RejectedFor(_, category) => write!(f, "rejected_for.{category}"),
            Self::NotAssessed(_, check) => write!(f, "not_assessed.{}", REGISTRY[*check].id),
            Self::Rule(rule) => write!(f, "submissions.{rule}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_quantities_have_one_name() {
        let all: Vec<_> = Quantity::of_photos(Scope::All)
            .chain(Quantity::of_photos(Scope::Type(None)))
            .chain(DocumentType::ALL.into_iter().flat_map(|kind| Quantity::of_photos(Scope::Type(Some(kind)))))
            .chain(Quantity::of_groups())
            .collect();
        let names: BTreeSet<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(names.len(), all.len());
    }

    #[test]
    fn no_document_type_is_called_unknown() {
        assert_eq!(Scope::named("unknown"), Some(Scope::Type(None)));
        assert_eq!(Scope::named("passport"), Some(Scope::Type(Some(DocumentType::Passport))));
        assert_eq!(Scope::named("reject"), None);
    }
}
