//! The schema says what the decoder says: a full example, spoilt in every place, is refused by both or by neither.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use whybuy::scenario::decode::decode;
use whybuy::scenario::problem::Code;
use whybuy::scenario::schema::schema;

use crate::support::{FIT_OUT, WATER};

const EVERY_KEY: &str = include_str!("../fixtures/every-key.json");

/// The keywords of a schema that this test understands; one it does not know would be passed over in silence.
const KNOWN: [&str; 22] = [
    "$schema",
    "title",
    "definitions",
    "description",
    "enumDescriptions",
    "allowComments",
    "allowTrailingCommas",
    "type",
    "enum",
    "properties",
    "additionalProperties",
    "required",
    "items",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "pattern",
    "anyOf",
    "allOf",
    "$ref",
    "const",
];

struct Validator {
    whole: Value,
}

impl Validator {
    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let Some(rules) = schema.as_object() else {
            return schema == &json!(true);
        };
        rules.iter().all(|(keyword, rule)| {
            assert!(
                KNOWN.contains(&&**keyword),
                "this test does not know {keyword}"
            );
            self.keyword(rules, keyword, rule, value)
        })
    }

    fn keyword(
        &self,
        rules: &serde_json::Map<String, Value>,
        keyword: &str,
        rule: &Value,
        value: &Value,
    ) -> bool {
        let each = |schemas: &Value| -> Vec<bool> {
            let schemas = schemas.as_array().expect("a list of schemas");
            schemas.iter().map(|s| self.holds(s, value)).collect()
        };
        match keyword {
            "type" => match rule.as_str().expect("one type") {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "number" => value.is_number(),
                "integer" => value.as_f64().is_some_and(|n| n.fract() == 0.0),
                other => panic!("type {other}"),
            },
            "enum" => rule.as_array().is_some_and(|all| all.contains(value)),
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().unwrap()),
            "minItems" => value
                .as_array()
                .is_none_or(|a| a.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|a| a.len() as u64 <= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|s| {
                regex::Regex::new(rule.as_str().unwrap())
                    .unwrap()
                    .is_match(s)
            }),
            "items" => value
                .as_array()
                .is_none_or(|a| a.iter().all(|v| self.holds(rule, v))),
            "required" => value.as_object().is_none_or(|object| {
                let keys = rule.as_array().unwrap();
                keys.iter()
                    .all(|k| object.contains_key(k.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|object| {
                let known = rule.as_object().unwrap();
                object
                    .iter()
                    .all(|(k, v)| known.get(k).is_none_or(|s| self.holds(s, v)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|object| {
                assert_eq!(rule, &json!(false));
                let known = rules["properties"].as_object().unwrap();
                object.keys().all(|k| known.contains_key(k))
            }),
            "anyOf" => each(rule).contains(&true),
            "allOf" => !each(rule).contains(&false),
            "$ref" => {
                let name = rule
                    .as_str()
                    .unwrap()
                    .strip_prefix("#/definitions/")
                    .unwrap();
                self.holds(&self.whole["definitions"][name], value)
            }
            _ => true,
        }
    }
}

/// Whether the decoder finds nothing a schema could find: references and meaning are its own.
fn decodes(file: &str) -> bool {
    let of_shape = [
        Code::Missing,
        Code::UnknownKey,
        Code::WrongType,
        Code::UnknownValue,
        Code::OutOfRange,
        Code::Empty,
        Code::TooMany,
        Code::Newer,
    ];
    !decode(file).1.iter().any(|p| of_shape.contains(&p.code))
}

fn parsed(file: &str) -> Value {
    serde_json::from_str(file).expect("strict JSON")
}

fn validator() -> Validator {
    Validator { whole: schema() }
}

#[test]
fn what_is_shipped_and_the_full_example_hold() {
    let validator = validator();
    for file in [WATER, FIT_OUT, EVERY_KEY] {
        assert!(validator.holds(&validator.whole, &parsed(file)));
        assert!(decodes(file));
    }
    assert_eq!(decode(EVERY_KEY).1, []);
}

/// All keys the schema knows, as far as they can be told apart by name.
fn keys(schema: &Value, into: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(properties) = map.get("properties").and_then(Value::as_object) {
                into.extend(properties.keys().cloned());
            }
            map.values().for_each(|v| keys(v, into));
        }
        Value::Array(items) => items.iter().for_each(|v| keys(v, into)),
        _ => {}
    }
}

#[test]
fn the_full_example_has_every_key() {
    let mut known = BTreeSet::new();
    keys(&schema(), &mut known);
    let reactions: BTreeSet<String> = whybuy::scenario::Reaction::ALL
        .iter()
        .map(|r| r.id().to_owned())
        .collect();
    for key in known.difference(&reactions) {
        assert!(
            EVERY_KEY.contains(&format!("\"{key}\":")),
            "{key} is in no example"
        );
    }
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                places(
                    value,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    into,
                );
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{i}"), into);
            }
        }
        _ => {}
    }
}

#[test]
fn schema_and_decoder_agree_on_every_spoilt_place() {
    let validator = validator();
    let whole = parsed(EVERY_KEY);
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    let mut tried = 0;
    let mut check = |what: &str, spoilt: &Value| {
        let text = spoilt.to_string();
        let (by_schema, by_decoder) = (validator.holds(&validator.whole, spoilt), decodes(&text));
        let found = decode(&text).1;
        assert_eq!(
            by_schema, by_decoder,
            "{what}: schema {by_schema}, decoder {by_decoder}: {found:?}"
        );
        tried += 1;
    };
    for place in &all {
        let others = [
            json!(7),
            json!(-3),
            json!(1.5),
            json!("zzz"),
            json!(true),
            json!(null),
            json!([]),
            json!({}),
        ];
        for other in others {
            let mut spoilt = whole.clone();
            *spoilt.pointer_mut(place).unwrap() = other.clone();
            check(&format!("{place} = {other}"), &spoilt);
        }
        let Some((parent, key)) = place.rsplit_once('/') else {
            continue;
        };
        let mut spoilt = whole.clone();
        if let Some(map) = spoilt.pointer_mut(parent).and_then(Value::as_object_mut) {
            map.remove(key);
            check(&format!("without {place}"), &spoilt);
        }
    }
    for place in &all {
        let mut spoilt = whole.clone();
        if let Some(map) = spoilt.pointer_mut(place).and_then(Value::as_object_mut) {
            map.insert("no_such_key".to_owned(), json!("x"));
            check(&format!("one key more in {place}"), &spoilt);
        }
    }
    assert!(tried > 800, "only {tried} places");
}
