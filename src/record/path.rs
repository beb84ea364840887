use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;
use std::path::PathBuf;

/// A path as lossless text: each byte that is no valid UTF-8 becomes `\xHH`, and the backslash of a literal `\x` becomes
/// `\x5C`. Every other path stands as it is. [`unescape_path`] turns it back.
#[must_use]
pub fn escape_path(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text += &chunk.valid().replace("\\x", "\\x5Cx");
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// The path that [`escape_path`] turned into `text`.
#[must_use]
pub fn unescape_path(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        let hex = rest.get(at + 2..at + 4).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        if let Some(byte) = hex {
            bytes.push(byte);
            rest = &rest[at + 4..];
        } else {
            bytes.extend_from_slice(b"\\x");
            rest = &rest[at + 2..];
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    PathBuf::from(os_string(bytes))
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use std::path::Path;
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_ordinary_path_stands_as_it_is() {
        assert_eq!(escape_path(Path::new("füße/a b\\c.jpg")), "füße/a b\\c.jpg");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_escaped() {
        let path = PathBuf::from(OsString::from_vec(b"a\xFF\xFE\\x41.jpg".to_vec()));
        assert_eq!(escape_path(&path), "a\\xFF\\xFE\\x5Cx41.jpg");
    }

    proptest! {
        #[test]
        fn every_path_comes_back(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\\'), Just(b'x'), Just(b'4')], 0..24)) {
            let path = PathBuf::from(OsString::from_vec(bytes));
            prop_assert_eq!(unescape_path(&escape_path(&path)), path);
        }
    }
}
