/// `text` with the values in place of `{name}`.
///
/// ```
/// assert_eq!(kyclint::words::fill("{shown} of {all}", &[("shown", "3"), ("all", "{shown}")]), "3 of {shown}");
/// ```
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, at)| Some((before, at.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    filled + rest
}
