//! A JSON Schema as a test: the keywords of draft 7 that the schema of SARIF has.

use serde_json::Value;

/// Every place where `value` is not as `schema` says.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, faults: Vec::new() };
    checker.check(schema, value, "");
    checker.faults
}

struct Checker<'a> {
    root: &'a Value,
    faults: Vec<String>,
}

impl<'a> Checker<'a> {
    fn check(&mut self, schema: &'a Value, value: &Value, at: &str) {
        for (keyword, rule) in schema.as_object().into_iter().flatten() {
            let is_fine = match keyword.as_str() {
                "$ref" => {
                    let place = rule.as_str().and_then(|place| self.root.pointer(place.strip_prefix('#')?));
                    self.check(place.expect("a place in the schema"), value, at);
                    true
                }
                "anyOf" => rule.as_array().into_iter().flatten().any(|one| self.holds(one, value)),
                "oneOf" => rule.as_array().into_iter().flatten().filter(|one| self.holds(one, value)).count() == 1,
                "type" => is_of(rule, value),
                "enum" => rule.as_array().is_some_and(|known| known.contains(value)),
                "minimum" => value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|least| number >= least)),
                "maximum" => value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|most| number <= most)),
                "required" => {
                    let names = rule.as_array().into_iter().flatten().filter_map(Value::as_str);
                    value.as_object().is_none_or(|object| names.into_iter().all(|name| object.contains_key(name)))
                }
                "minItems" => value.as_array().is_none_or(|items| Some(items.len() as u64) >= rule.as_u64()),
                "uniqueItems" => value.as_array().is_none_or(|items| {
                    items.iter().enumerate().all(|(at, item)| rule != &Value::Bool(true) || !items[..at].contains(item))
                }),
                "properties" | "additionalProperties" | "items" => {
                    self.check_parts(schema, keyword, value, at);
                    true
                }
                "pattern" | "format" | "$schema" | "$id" | "title" | "description" | "default" | "definitions" => true,
                unknown => panic!("the schema has the keyword `{unknown}`, which is not checked"),
            };
            if !is_fine {
                self.faults.push(format!("{at}: {keyword} {rule} does not hold for {value}"));
            }
        }
    }

    fn holds(&self, schema: &'a Value, value: &Value) -> bool {
        let mut checker = Checker { root: self.root, faults: Vec::new() };
        checker.check(schema, value, "");
        checker.faults.is_empty()
    }

    fn check_parts(&mut self, schema: &'a Value, keyword: &str, value: &Value, at: &str) {
        match (keyword, value) {
            ("properties", Value::Object(parts)) => {
                for (name, part) in parts {
                    if let Some(own) = schema["properties"].get(name) {
                        self.check(own, part, &format!("{at}/{name}"));
                    }
                }
            }
            ("additionalProperties", Value::Object(parts)) => {
                for (name, part) in parts.iter().filter(|(name, _)| schema["properties"].get(name).is_none()) {
                    match &schema["additionalProperties"] {
                        Value::Bool(true) => {}
                        Value::Bool(false) => self.faults.push(format!("{at}: `{name}` is not known")),
                        others => self.check(others, part, &format!("{at}/{name}")),
                    }
                }
            }
            ("items", Value::Array(items)) => {
                for (place, item) in items.iter().enumerate() {
                    self.check(&schema["items"], item, &format!("{at}/{place}"));
                }
            }
            _ => {}
        }
    }
}

fn is_of(kinds: &Value, value: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("null") => value.is_null(),
        _ => false,
    };
    kinds.as_array().map_or_else(|| is(kinds), |kinds| kinds.iter().any(is))
}
