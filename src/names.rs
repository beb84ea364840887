/// Declares an enum whose variants have a fixed name in configuration and reports: `ALL`, `id()`, `Display`, `FromStr`, and an
/// error that lists the known names.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $type:ident ($unknown:ident: $what:literal) {
            $($(#[$variant_meta:meta])* $variant:ident = $id:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$variant_meta])* $variant),+
        }

        impl $type {
            /// Every one, in order.
            pub const ALL: [Self; [$($id),+].len()] = [$(Self::$variant),+];

            /// The name in configuration and reports.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id),+
                }
            }
        }

        impl crate::names::Named for $type {
            const EVERY: &'static [Self] = &Self::ALL;

            fn id(self) -> &'static str {
                self.id()
            }
        }

        impl std::str::FromStr for $type {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.into_iter().find(|one| one.id() == text).ok_or_else(|| $unknown(text.to_owned()))
            }
        }

        /// A name that is none of the known ones.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[error("unknown {} `{}`; known are {}", $what, .0, $type::ALL.map($type::id).join(", "))]
        pub struct $unknown(pub String);
    };
}

pub(crate) use named;

/// What [`named!`] declares, for code that serves any of them.
pub(crate) trait Named: Copy + Ord + 'static {
    /// Every one, in order.
    const EVERY: &'static [Self];

    /// The name in configuration and reports.
    fn id(self) -> &'static str;
}

/// The one of `known` that `given` seems to mean: that which is most like it, by more than `least`, 0–1.
pub(crate) fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>, least: f64) -> Option<&'a str> {
    let alike = |name: &str| strsim::normalized_damerau_levenshtein(name, given);
    let rated = known.into_iter().map(|name| (alike(name), name)).filter(|(likeness, _)| *likeness > least);
    rated.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, name)| name)
}

/// Names of keys less alike than this are no guess at what was meant.
pub(crate) const ALIKE: f64 = 0.7;
