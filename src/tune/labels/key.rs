use std::fmt;
use std::path::Path;

use crate::record::escape_path;
use crate::record::unescape_path;

/// What tells a photo from all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Its path, escaped as in reports, with `/` between folders and without `./` before it.
    Path(String),
    /// BLAKE3 of its bytes, 64 hex digits in lower case.
    Content(String),
}

impl Key {
    /// The key of a path as it stands in reports, which escape bytes that are no UTF-8. The paths of a report are turned
    /// into keys this way before they are compared with labels.
    #[must_use]
    pub fn path(text: &str) -> Self {
        Self::of(&unescape_path(text))
    }

    /// The key of a photo's BLAKE3, or `None` where the text is none.
    #[must_use]
    pub fn content(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(Self::from)
    }

    /// The key of a path that is not escaped.
    pub(super) fn of(path: &Path) -> Self {
        let path = with_slashes(&escape_path(path));
        Self::Path(path.trim_start_matches("./").to_owned())
    }
}

impl From<blake3::Hash> for Key {
    fn from(hash: blake3::Hash) -> Self {
        Self::Content(hash.to_hex().to_string())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Path(text) | Self::Content(text)) = self;
        f.write_str(text)
    }
}

/// Turns the backslashes of an escaped path into slashes, save for those that begin an escaped byte.
fn with_slashes(escaped: &str) -> String {
    let escaped = escaped.replace("\\x5Cx", "/x");
    let mut parts = escaped.split('\\');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        path.push(if part.starts_with('x') { '\\' } else { '/' });
        path += part;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_with_slashes_and_without_the_folder_one_is_in() {
        for (text, key) in [
            ("in/a.jpg", "in/a.jpg"),
            ("./in/a.jpg", "in/a.jpg"),
            (".\\in\\a b.jpg", "in/a b.jpg"),
            ("in\\\\x.jpg", "in//x.jpg"),
            ("../a.jpg", "../a.jpg"),
            ("/in/./a.jpg", "/in/./a.jpg"),
        ] {
            assert_eq!(Key::path(text), Key::Path(key.to_owned()), "{text}");
        }
    }

    #[test]
    fn escaped_bytes_stay_and_escaped_backslashes_are_slashes() {
        assert_eq!(Key::path("a\\xFF.jpg").to_string(), "a\\xFF.jpg");
        assert_eq!(Key::path("in\\x5Cx.jpg").to_string(), "in/x.jpg");
        assert_eq!(Key::of(Path::new("in\\xab.jpg")).to_string(), "in/xab.jpg");
    }

    #[test]
    fn a_content_has_64_hex_digits() {
        assert_eq!(Key::content(&"AB".repeat(32)), Some(Key::Content("ab".repeat(32))));
        assert_eq!(Key::content("abc"), None);
        assert_eq!(Key::content(&"zz".repeat(32)), None);
    }
}
