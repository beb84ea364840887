use std::collections::BTreeMap;

use serde::Deserialize;

use crate::names::Named;

/// A text for every one of the things that `K` names, none missing.
#[derive(Debug, Deserialize)]
#[serde(try_from = "BTreeMap<String, T>", bound = "K: Named, T: Deserialize<'de>")]
pub(super) struct Texts<K, T>(BTreeMap<K, T>);

impl<K: Named, T> Texts<K, T> {
    pub(super) fn of(&self, key: K) -> &T {
        &self.0[&key]
    }
}

impl<K: Named, T> TryFrom<BTreeMap<String, T>> for Texts<K, T> {
    type Error = String;

    fn try_from(mut texts: BTreeMap<String, T>) -> Result<Self, String> {
        let take = |key: &K| match texts.remove(key.id()) {
            Some(text) => Ok((*key, text)),
            None => Err(format!("there is no text for `{}`", key.id())),
        };
        let found = K::EVERY.iter().map(take).collect::<Result<_, _>>()?;
        match texts.into_keys().next() {
            Some(name) => Err(format!("there is nothing called `{name}`")),
            None => Ok(Self(found)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::verdict::Verdict;

    fn refused(text: &str) -> String {
        toml::from_str::<Texts<Verdict, String>>(text).unwrap_err().message().to_owned()
    }

    #[test]
    fn a_text_too_few_or_too_many_is_named() {
        let three = "accept = 'A'\nreview = 'B'\nerror = 'D'";
        assert_eq!(refused(three), "there is no text for `reject`");
        assert_eq!(refused(&format!("{three}\nreject = 'C'\nmaybe = 'E'")), "there is nothing called `maybe`");
    }
}
