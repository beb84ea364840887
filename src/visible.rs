/// `text` on one line, with everything that cannot be seen written out as `\n` or `\u{202e}`: control characters, line separators, marks of
/// direction, and what is no character at all.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

fn is_hidden(c: char) -> bool {
    let is_direction =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let is_no_character = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    c.is_control() || is_direction || is_no_character
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(visible("a\nb\t\u{1b}[31m\u{202e}c\u{ffff}"), "a\\nb\\t\\u{1b}[31m\\u{202e}c\\u{ffff}");
        assert_eq!(visible("Фото 1 (é)|<b>.jpg"), "Фото 1 (é)|<b>.jpg");
    }
}
