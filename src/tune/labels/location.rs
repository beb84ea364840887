use std::path::Path;

use super::Key;
use crate::record::escape_path;
use crate::record::unescape_path;

const EXTENSIONS: [&str; 14] =
    ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "gif", "tif", "tiff", "heic", "heif", "avif", "mpo"];

/// The key of a photo as annotation tools name it.
///
/// | address | path |
/// |---|---|
/// | `/data/local-files/?d=in/a%20b.jpg` | `in/a b.jpg` |
/// | `/data/upload/1/abcdef12-a.jpg` | `a.jpg` |
/// | `https://host/in/a.jpg?size=2` | `in/a.jpg` |
/// | `s3://bucket/in/a.jpg` and other buckets | `in/a.jpg` |
/// | `file:///in/a.jpg` | `/in/a.jpg` |
/// | `in/a%20b.jpg` and everything else | as it stands |
pub(super) fn locate(address: &str) -> Key {
    match address.split_once("://") {
        None if address.starts_with("/data/") => served(address).unwrap_or_else(|| Key::of(Path::new(address))),
        None => Key::of(Path::new(address)),
        Some(("file", rest)) => decoded(rest.strip_prefix("localhost").unwrap_or(rest)),
        Some(("http" | "https", rest)) => {
            served(rest).unwrap_or_else(|| decoded(below_host(rest.split(['?', '#']).next().unwrap_or_default())))
        }
        Some((_, rest)) => decoded(below_host(rest)),
    }
}

/// Whether a text looks like the path or address of a photo.
pub(super) fn is_address(text: &str) -> bool {
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    let named = EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    !is_embedded(text) && (named || text.contains("://") || text.starts_with("/data/"))
}

/// Whether a text is a photo itself, not its address.
pub(super) fn is_embedded(text: &str) -> bool {
    text.starts_with("data:")
}

/// What Label Studio serves itself: files of its own disk, and uploads, before whose names it puts eight hex digits.
fn served(address: &str) -> Option<Key> {
    if let Some((_, query)) = address.split_once("/data/local-files/?") {
        return query.split('&').find_map(|pair| pair.strip_prefix("d=")).map(decoded);
    }
    let (_, upload) = address.split_once("/data/upload/")?;
    let name = upload.split('?').next()?.rsplit('/').next()?;
    Some(decoded(without_prefix(name)))
}

fn without_prefix(name: &str) -> &str {
    let is_hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match name.split_once('-') {
        Some((prefix, rest)) if prefix.len() == 8 && is_hex(prefix) && !rest.is_empty() => rest,
        _ => name,
    }
}

fn below_host(rest: &str) -> &str {
    rest.split_once('/').map_or(rest, |(_, path)| path)
}

/// The key of a path in which `%20` stands for a space and so on; a `%` without two hex digits stands for itself.
fn decoded(path: &str) -> Key {
    let escaped = escape_path(Path::new(path));
    let mut parts = escaped.split('%');
    let mut bytes = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_code = part.len() > 1 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        bytes += if is_code { "\\x" } else { "%" };
        bytes += part;
    }
    Key::of(&unescape_path(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_give_the_useful_part_of_the_path() {
        for (address, path) in [
            ("/data/local-files/?d=in/a%20b.jpg", "in/a b.jpg"),
            ("http://localhost:8080/data/local-files/?x=1&d=in%2Fa.jpg&y=2", "in/a.jpg"),
            ("/data/local-files/?x=1", "/data/local-files/?x=1"),
            ("/data/upload/1/abcdef12-a-b.jpg", "a-b.jpg"),
            ("/data/upload/abcdef12-a.jpg", "a.jpg"),
            ("https://host/ls/data/upload/12/a.jpg?x=1", "a.jpg"),
            ("/data/upload/1/passport-a.jpg", "passport-a.jpg"),
            ("s3://bucket/in/a.jpg", "in/a.jpg"),
            ("gs://bucket/in/f%C3%BC%C3%9Fe.jpg", "in/füße.jpg"),
            ("https://host/in/a.jpg?size=2#top", "in/a.jpg"),
            ("file:///in/100%.jpg", "/in/100%.jpg"),
            ("file://localhost/in/a.jpg", "/in/a.jpg"),
            ("in/a%20b.jpg", "in/a%20b.jpg"),
            (".\\in\\xab.jpg", "in/xab.jpg"),
            ("s3://bucket/in%5Cxab%FF%é.jpg", "in/xab\\xFF%é.jpg"),
            ("://", ""),
        ] {
            assert_eq!(locate(address), Key::Path(path.to_owned()), "{address}");
        }
    }

    #[test]
    fn a_photo_is_told_from_other_texts() {
        for address in ["in/a.JPG", "a.tiff", "s3://bucket/1", "/data/upload/1/x"] {
            assert!(is_address(address), "{address}");
        }
        for text in ["A sentence.", "passport", "", "data:image/png;base64,AAAA.jpg"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
