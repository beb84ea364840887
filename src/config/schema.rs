use serde_json::Value;
use serde_json::json;

use super::budget::FAIL_ON;
use super::file::File;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::REGISTRY;
use crate::scene::DocumentType;
use crate::verdict::Consequence;
use crate::verdict::Rule;

/// A JSON Schema of configuration files, for editors: it knows the checks of every document type, the categories and the rules.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(File).to_value();
    let categories: Vec<_> = Category::ALL.iter().map(|category| category.id()).collect();
    schema["$defs"]["VerdictTable"]["properties"]["reject_on"]["items"] = json!({"type": "string", "enum": categories});
    for rule in Rule::ALL {
        let known = Consequence::ALL.map(Consequence::id);
        schema["$defs"]["SubmissionTable"]["properties"][rule.id()] =
            json!({"type": "string", "enum": known, "description": rule.message()});
    }
    schema["$defs"]["BudgetTable"]["properties"]["fail_on"]["enum"] = json!(FAIL_ON);
    for (section, kind) in sections() {
        let checks = || REGISTRY.iter().filter(move |check| kind.is_none() || check.applies_to(kind));
        let ids: Vec<_> = checks().map(|check| check.id).collect();
        let bands: serde_json::Map<_, _> = checks().map(|check| (check.id.to_owned(), band(check))).collect();
        let table = &mut schema["properties"][section];
        table["properties"] = Value::Object(bands);
        table["additionalProperties"] = json!(false);
        schema["$defs"]["RequiredTable"]["properties"][section]["items"] = json!({"type": "string", "enum": ids});
    }
    schema
}

fn sections() -> impl Iterator<Item = (&'static str, Option<DocumentType>)> {
    std::iter::once(("default", None)).chain(DocumentType::ALL.map(|kind| (kind.id(), Some(kind))))
}

fn band(check: &Check) -> Value {
    json!({"$ref": "#/$defs/BandTable", "description": format!("{} ({})", check.summary(), check.unit)})
}
