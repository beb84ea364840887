use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::LabelMistake;
use super::LabelsIssue;
use super::location::locate;
use super::said::Said;

/// Reads an export "CVAT for images 1.1". Only the tags of images count, not what is drawn on them; an image without a tag
/// is not labelled.
pub(super) fn read(text: &str) -> Result<Vec<Said>, LabelsIssue> {
    let mut reader = Reader::from_str(text);
    let mut images = Images::default();
    loop {
        let event = reader.read_event();
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let wrong = |message: String| LabelsIssue::Xml { line: line(text, position), message };
        match event.map_err(|error| wrong(error.to_string()))? {
            Event::Start(element) => images.start(&element).map_err(|stop| stop.issue(wrong))?,
            Event::Empty(element) => {
                images.start(&element).map_err(|stop| stop.issue(wrong))?;
                images.end();
            }
            Event::End(_) => images.end(),
            Event::Eof if images.depth > 0 => return Err(wrong("it ends before its elements do".to_owned())),
            Event::Eof => return Ok(images.said),
            _ => {}
        }
    }
}

/// The images so far.
#[derive(Default)]
struct Images {
    said: Vec<Said>,
    /// How many elements are open.
    depth: usize,
    /// Whether the last image is open, and its tags therefore belong to it.
    is_open: bool,
}

/// Why an element stops the reading.
enum Stop {
    Syntax(String),
    Issue(LabelsIssue),
}

/// Depth at which images stand, below `<annotations>`.
const IMAGE: usize = 1;

impl Images {
    fn start(&mut self, element: &BytesStart) -> Result<(), Stop> {
        match (self.depth, element.name().as_ref()) {
            (0, b"annotations") => {}
            (0, _) => return Err(Stop::Issue(LabelsIssue::UnknownFormat)),
            (IMAGE, b"image") => self.image(element)?,
            (depth, b"tag") if depth == IMAGE + 1 && self.is_open => self.tag(element)?,
            _ => {}
        }
        self.depth += 1;
        Ok(())
    }

    fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.is_open &= self.depth > IMAGE;
    }

    fn image(&mut self, element: &BytesStart) -> Result<(), Stop> {
        let id = attribute(element, "id")?.unwrap_or_else(|| (self.said.len() + 1).to_string());
        let place = format!("image {id}");
        let name = attribute(element, "name")?.filter(|name| !name.trim().is_empty());
        let Some(name) = name else { return Err(Stop::Issue(LabelMistake::NoPhoto.at(place))) };
        self.said.push(Said::new(locate(&name), place, Vec::new()));
        self.is_open = true;
        Ok(())
    }

    fn tag(&mut self, element: &BytesStart) -> Result<(), Stop> {
        let name = attribute(element, "label")?.unwrap_or_default();
        if let Some(said) = self.said.last_mut()
            && !name.trim().is_empty()
        {
            said.names.push(name.trim().to_owned());
        }
        Ok(())
    }
}

impl Stop {
    fn issue(self, wrong: impl Fn(String) -> LabelsIssue) -> LabelsIssue {
        match self {
            Self::Syntax(message) => wrong(message),
            Self::Issue(issue) => issue,
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, Stop> {
    let found = element.try_get_attribute(name).map_err(|error| Stop::Syntax(error.to_string()))?;
    let value =
        found.map(|attribute| attribute.decoded_and_normalized_value(XmlVersion::Implicit1_0, element.decoder()));
    value.transpose().map(|value| value.map(Into::into)).map_err(|error| Stop::Syntax(error.to_string()))
}

fn line(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::super::tests::read;

    #[test]
    fn tags_are_categories_and_boxes_are_not() {
        let text = r#"<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta><job><labels><label><name>blurry</name></label></labels></job></meta>
  <image id="4" name="in/a&amp;b.jpg" width="10" height="10">
    <tag label="blurry" source="manual"></tag>
    <box label="face" xtl="1"><attribute name="tag">x</attribute></box>
    <tag label="glare"><attribute name="sure">yes</attribute></tag>
  </image>
  <image id="5" name="b.jpg"><tag label="ok"/></image>
  <image id="6" name="c.jpg"><box label="face"/></image>
  <image id="7" name="d.jpg"/>
  <tag label="shadow"/>
</annotations>"#;
        let expected = ["image 4, in/a&b.jpg: blurry glare", "image 5, b.jpg: ", "image 6, c.jpg?", "image 7, d.jpg?"];
        assert_eq!(lines(text, &[]), expected);
    }

    #[test]
    fn every_mistake_is_named() {
        let mistakes = [
            ("<annotations>\n<image name='a'>", "line 2: it is no XML: it ends before its elements do"),
            ("<annotations>\n</image>", "line 2: it is no XML: "),
            ("<annotations><image name='&oops;'/>", "line 1: it is no XML: "),
            ("<annotations><image id='3'/></annotations>", "image 3: it names no photo"),
            (
                "<annotations><image name='a'><tag label='x1'/></image></annotations>",
                "an unknown category: `x1` (image 1)",
            ),
        ];
        for (text, start) in mistakes {
            let error = read(text, &[]).unwrap_err();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
    }
}
