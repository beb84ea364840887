//! Where records stand in a CSV, for messages.

/// The line of a record of `text`, from 1. The reader takes it before it passes over the rest of a line end and over empty lines.
pub(crate) fn line(text: &[u8], record: &csv::StringRecord) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|at| text.get(at..)).unwrap_or_default();
    let passed = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() + passed as u64
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn lines_are_counted_as_an_editor_does_whatever_ends_them() {
        for text in ["path\na\n\nb\n", "path\r\na\r\n\r\nb\r\n"] {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let lines: Vec<u64> = reader.records().map(|record| line(text.as_bytes(), &record.unwrap())).collect();
            assert_eq!(lines, [2, 4], "{text:?}");
        }
    }
}
