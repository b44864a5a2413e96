//! The pieces schemas are put together from.

use serde_json::{Map, Value, json};

use crate::text::Language;

/// A text: a string in the file's language, or one for each language.
pub(super) fn text() -> Value {
    let mut pair = object(
        &[],
        vec![
            ("zh", said("string", "中文", "Chinese wording")),
            ("en", said("string", "英文", "English wording")),
        ],
    );
    let one_of = ["zh", "en"].map(|key| json!({"required": [key]}));
    pair.insert("anyOf".to_owned(), json!(one_of));
    json!({"anyOf": [{"type": "string"}, pair]})
}

pub(super) fn object(
    required: &[&'static str],
    properties: Vec<(&'static str, Value)>,
) -> Map<String, Value> {
    let properties: Map<String, Value> = properties
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    let mut out = Map::new();
    out.insert("type".to_owned(), json!("object"));
    out.insert("properties".to_owned(), Value::Object(properties));
    out.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    out
}

pub(super) fn described(mut object: Map<String, Value>, zh: &str, en: &str) -> Value {
    object.insert("description".to_owned(), json!(both(zh, en)));
    Value::Object(object)
}

pub(super) fn both(zh: &str, en: &str) -> String {
    format!("{zh} / {en}")
}

pub(super) fn refer(to: &str) -> Value {
    json!({"$ref": format!("#/definitions/{to}")})
}

/// Draft 7 lets nothing stand beside a reference, so that it is wrapped where it is described.
pub(super) fn referred(to: &str, zh: &str, en: &str) -> Value {
    json!({"allOf": [refer(to)], "description": both(zh, en)})
}

pub(super) fn texts(zh: &str, en: &str) -> Value {
    referred("text", zh, en)
}

pub(super) fn lines(zh: &str, en: &str) -> Value {
    referred("lines", zh, en)
}

pub(super) fn list(zh: &str, en: &str, of: &str) -> Value {
    json!({"type": "array", "items": refer(of), "description": both(zh, en)})
}

pub(super) fn said(kind: &str, zh: &str, en: &str) -> Value {
    json!({"type": kind, "description": both(zh, en)})
}

pub(super) fn identifier(zh: &str, en: &str) -> Value {
    json!({"type": "string", "pattern": "\\S", "description": both(zh, en)})
}

pub(super) fn number(zh: &str, en: &str, from: i64, to: i64) -> Value {
    json!({"type": "integer", "minimum": from, "maximum": to, "description": both(zh, en)})
}

pub(super) fn choice(zh: &str, en: &str, among: &[(&str, &str, &str)]) -> Value {
    let ids: Vec<&str> = among.iter().map(|(id, ..)| *id).collect();
    let names: Vec<String> = among.iter().map(|(_, zh, en)| both(zh, en)).collect();
    json!({"type": "string", "enum": ids, "enumDescriptions": names, "description": both(zh, en)})
}

pub(super) fn words<T: Copy>(
    zh: &str,
    en: &str,
    all: &[T],
    id: impl Fn(T) -> &'static str,
    name: impl Fn(T, Language) -> &'static str,
) -> Value {
    let of = |&t: &T| (id(t), name(t, Language::Zh), name(t, Language::En));
    let among: Vec<(&str, &str, &str)> = all.iter().map(of).collect();
    choice(zh, en, &among)
}

/// An object that holds words: `text`, or one wording for each language.
pub(super) fn worded(required: &[&'static str], properties: Vec<(&'static str, Value)>) -> Value {
    let own = [
        ("text", texts("要说的话", "the words")),
        ("zh", said("string", "中文", "Chinese wording")),
        ("en", said("string", "英文", "English wording")),
    ];
    let mut object = object(required, own.into_iter().chain(properties).collect());
    let one_of = ["text", "zh", "en"].map(|key| json!({"required": [key]}));
    object.insert("anyOf".to_owned(), json!(one_of));
    Value::Object(object)
}
