//! A file to begin with: a template for a role, or a shipped case brought down to one language.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, parse_to_ast};

use super::Role;
use super::decode::JSONC;
use super::layout::laid_out;
use crate::text::Language;

/// The longest name, in characters: it becomes the name of a file.
const LONGEST_NAME: usize = 60;
/// Where the schema lies, seen from the folder of the user's scenarios.
const SCHEMA: &str = "../scenario.schema.json";

/// Whether a name can be the identifier of a case and the name of its file everywhere: letters of any script, digits,
/// `-` and `_`, at most 60 of them.
pub fn is_name(name: &str) -> bool {
    let fit = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    name.chars().all(fit) && (1..=LONGEST_NAME).contains(&name.chars().count())
}

/// A small case of two people that plays as it is, with comments that explain it. `first` is the role of the person
/// the trainee knows at the start; the other one is the executive who decides.
pub fn template(name: &str, first: Role, language: Language) -> String {
    let template = match language {
        Language::Zh => include_str!("../../assets/new/zh.json"),
        Language::En => include_str!("../../assets/new/en.json"),
    };
    template
        .replace("@NAME@", name)
        .replace("@ROLE@", first.id())
}

/// A copy of a case under another name, with the wording of one language alone. Comments are lost; `None` where the
/// file is no object.
pub fn copy(file: &str, name: &str, language: Language) -> Option<String> {
    let tree = parse_to_ast(file, &CollectOptions::default(), &JSONC).ok()?;
    let Some(Value::Object(case)) = &tree.value else {
        return None;
    };
    let head = [
        ("$schema", SCHEMA),
        ("language", language.code()),
        ("id", name),
    ];
    let mut out = String::with_capacity(file.len() / 2);
    out.push('{');
    for (key, value) in head {
        out.push_str(&format!("\"{key}\": \"{value}\","));
    }
    let own = |key: &str| head.iter().any(|(k, _)| *k == key);
    for property in &case.properties {
        if !own(property.name.as_str()) {
            key(&mut out, file, property.name.range());
            write(&mut out, file, &property.value, language);
            out.push(',');
        }
    }
    out.push('}');
    laid_out(&out).ok()
}

fn key(out: &mut String, file: &str, at: jsonc_parser::common::Range) {
    out.push_str(&file[at.start..at.end]);
    out.push(':');
}

fn write(out: &mut String, file: &str, value: &Value, language: Language) {
    match value {
        Value::Object(object) => write_object(out, file, object, language),
        Value::Array(array) => {
            out.push('[');
            for item in &array.elements {
                write(out, file, item, language);
                out.push(',');
            }
            out.push(']');
        }
        plain => out.push_str(&file[plain.start()..plain.end()]),
    }
}

/// An object; one that is nothing but a text becomes the string of its language, and a text among other keys `text`.
fn write_object(out: &mut String, file: &str, object: &Object, language: Language) {
    let of = |code: &str| {
        let found = object.properties.iter().find(|p| p.name.as_str() == code);
        found.map(|p| &p.value)
    };
    let codes = Language::ALL.map(Language::code);
    let wanted = codes
        .iter()
        .all(|code| of(code).is_some())
        .then(|| of(language.code()))
        .flatten();
    if let (Some(words), 2) = (wanted, object.properties.len()) {
        write(out, file, words, language);
        return;
    }
    out.push('{');
    for property in &object.properties {
        let name = property.name.as_str();
        if wanted.is_some() && codes.contains(&name) {
            if name == language.code() {
                out.push_str("\"text\":");
                write(out, file, &property.value, language);
                out.push(',');
            }
            continue;
        }
        key(out, file, property.name.range());
        write(out, file, &property.value, language);
        out.push(',');
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::decode::decode;

    #[test]
    fn names_are_fit_for_files() {
        for good in ["mine", "我的客户", "case-2_b"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            "../x",
            "a/b",
            "a b",
            "con:",
            "\u{1b}[2J",
            "x.json",
            "a\\b",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
        assert!(!is_name(&"x".repeat(61)));
    }

    #[test]
    fn every_template_is_without_problems() {
        for language in Language::ALL {
            for &role in Role::ALL {
                let (case, problems) = decode(&template("mine", role, language));
                assert!(problems.is_empty(), "{problems:#?}");
                let case = case.expect("it can be played");
                assert_eq!((&*case.id, case.people[0].role), ("mine", role));
            }
        }
    }

    /// What was said in one language is said in the copy, and nothing else has changed.
    #[test]
    fn a_copy_says_the_same_in_one_language() {
        let file = r#"{"id": "a", "title": {"zh": "甲", "en": "A"}, "brief": {"zh": "乙", "en": "B"},
            "category": {"zh": "丙", "en": "C"}, "client": {"zh": "丁", "en": "D"}, "decision_maker": "w",
            "people": [{"id": "w", "name": {"zh": "王", "en": "Wang"}, "role": "executive",
                "price": [{"zh": "多少?", "en": "How much?", "stance": "won"}, {"zh": "贵", "en": "Dear"}]}],
            "facts": [{"id": "p", "topic": "price", "kind": "price", "scope": "vendor", "text": {"zh": "8元", "en": "8 yuan"}, "values": [8]}]}"#;
        let (original, problems) = decode(file);
        assert!(problems.is_empty(), "{problems:#?}");
        let original = original.expect("it can be played");
        for language in Language::ALL {
            let copied = copy(file, "b", language).expect("it is an object");
            let (case, problems) = decode(&copied);
            assert!(problems.is_empty(), "{problems:#?}\n{copied}");
            let case = case.expect("it can be played");
            assert_eq!(case.id, "b");
            assert_eq!(case.title.zh, original.title.get(language));
            let (line, before) = (&case.people[0].price[0], &original.people[0].price[0]);
            assert_eq!(line.text.en, before.text.get(language));
            assert_eq!(line.band, before.band);
            assert_eq!(case.facts[0].values, [8.0]);
        }
    }
}
