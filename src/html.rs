//! What pages that open from disk have in common: they load nothing, and what may run on them is named by its hash.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest;
use sha2::Sha256;

/// The head of a page: of `templates/page.html`, which every page extends.
pub(crate) struct Head {
    /// Tag of BCP 47.
    pub language: &'static str,
    /// What the page may do.
    pub policy: String,
    pub style: String,
}

impl Head {
    /// The head of a page with this style beside the one that all share, and with this script.
    pub(crate) fn new(language: &'static str, style: &str, script: Option<&str>) -> Self {
        let style = [include_str!("../templates/base.css"), style].concat();
        Self { language, policy: policy(&style, script), style }
    }
}

/// A content-security policy under which a page has this style sheet, this script and pictures of its own, and nothing else.
fn policy(style: &str, script: Option<&str>) -> String {
    let script = script.map_or_else(String::new, |script| format!("; script-src '{}'", hash(script)));
    format!(
        "default-src 'none'; style-src '{}'{script}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(style)
    )
}

/// As a source of a content-security policy: SHA-256 in base 64.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// `json` so that it can stand in an element `script`: no text in it ends the element or starts a comment.
pub(crate) fn json_in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_the_hash_of_the_script() {
        // `printf x | openssl dgst -sha256 -binary | base64`
        let hash = "sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=";
        let policy = policy("x", Some("x"));
        assert!(policy.contains(&format!("style-src '{hash}'; script-src '{hash}'")), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }

    #[test]
    fn text_in_a_script_ends_no_element_and_is_the_same_json() {
        let value = serde_json::json!(["</script><!--", "&amp;", "\u{2028}"]);
        let safe = json_in_script(&value.to_string());
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
