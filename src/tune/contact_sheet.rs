//! Photos to label on one page.

use askama::Template;

use crate::html::Head;

/// A photo on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPhoto {
    /// Its path as it stands in the report.
    pub path: String,
    /// Its document type.
    pub kind: String,
    /// The category about which there is doubt.
    pub category: String,
    /// Why, in words.
    pub reason: String,
    /// The picture as JPEG in base 64; `None` where the photo is not at hand.
    pub picture: Option<String>,
}

#[derive(Template)]
#[template(path = "contact_sheet.html")]
struct Sheet<'a> {
    head: Head,
    photos: &'a [SheetPhoto],
}

/// A page with the pictures of `photos`; it loads nothing from elsewhere.
///
/// # Errors
/// When it cannot be rendered.
pub fn contact_sheet(photos: &[SheetPhoto]) -> askama::Result<String> {
    let head = Head::new("en", include_str!("../../templates/contact_sheet.css"), None);
    Sheet { head, photos }.render()
}

#[cfg(test)]
mod tests {
    use super::SheetPhoto;
    use super::contact_sheet;

    #[test]
    fn names_of_files_are_no_markup() {
        let photo = SheetPhoto {
            path: "<b>&.jpg".to_owned(),
            kind: "passport".to_owned(),
            category: "glare".to_owned(),
            reason: "glare_area 7 is near its limit 6".to_owned(),
            picture: None,
        };
        let page = contact_sheet(&[photo]).unwrap();
        assert!(!page.contains("<b>&.jpg") && page.contains("the photo is not at hand"), "{page}");
    }
}
