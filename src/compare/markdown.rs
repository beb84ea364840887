use std::fmt::Write as _;

use super::Comparison;
use super::sections::Section;
use super::sections::headline;
use super::sections::sections;
use crate::visible::visible;

/// Rows of a list in Markdown.
const MOST: usize = 10;

impl Comparison {
    /// What a person reads, the worst first; lists have ten rows at most, and say how many more there are.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("# Comparison\n\n");
        for sentence in headline(self) {
            let _ = writeln!(out, "- {sentence}");
        }
        for section in sections(self, MOST) {
            write_section(&mut out, &section);
        }
        out
    }
}

fn write_section(out: &mut String, section: &Section) {
    let _ = write!(out, "\n## {}\n\n", section.title);
    for note in &section.notes {
        let _ = writeln!(out, "{note}");
    }
    if section.rows.is_empty() {
        return;
    }
    if !section.notes.is_empty() {
        out.push('\n');
    }
    write_row(out, section.columns.iter().map(|column| column.title.clone()));
    write_row(out, section.columns.iter().map(|column| if column.is_number { "---:" } else { "---" }.to_owned()));
    for row in &section.rows {
        write_row(out, row.iter().map(|cell| escaped(cell)));
    }
    if let Some(rest) = section.rest() {
        let _ = writeln!(out, "\n{rest}");
    }
}

fn write_row(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {cell} |");
    }
    out.push('\n');
}

/// A text as one that a Markdown table shows letter by letter: what could be markup or a link is an entity.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in visible(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '@' | ':' | '$' => {
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_and_links_are_shown_letter_by_letter() {
        assert_eq!(escaped("id_card/0001-a.jpg"), "id_card/0001-a.jpg");
        assert_eq!(escaped("<script>`|`\n"), "&lt;script&gt;&#96;&#124;&#96;&#92;n");
        assert_eq!(escaped("[a](http://b) *c* d@e"), "&#91;a&#93;(http&#58;//b) &#42;c&#42; d&#64;e");
    }
}
