//! Reading a JSON tree with places: every accessor reports what is wrong and goes on.

use std::collections::BTreeSet;
use std::ops::Range;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;

use crate::scenario::problem::{Code, Problem};
use crate::text::{Language, Text, harmless};

/// Collects problems while a file is read.
pub(in crate::scenario) struct Reader {
    pub problems: Vec<Problem>,
    /// Language of plain strings.
    pub language: Language,
}

impl Reader {
    pub fn report(
        &mut self,
        code: Code,
        at: Range<usize>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.problems.push(Problem {
            code,
            at,
            found: found.into(),
            expected: expected.into(),
        });
    }

    pub fn wrong(&mut self, value: &Value, expected: &str) {
        let found = match value {
            Value::StringLit(_) => "string",
            Value::NumberLit(_) => "number",
            Value::BooleanLit(_) => "true/false",
            Value::Object(_) => "{…}",
            Value::Array(_) => "[…]",
            Value::NullKeyword(_) => "null",
        };
        self.report(Code::WrongType, place(value), found, expected);
    }

    pub fn object<'v, 'a>(&mut self, value: &'v Value<'a>) -> Option<Fields<'v, 'a>> {
        match value {
            Value::Object(object) => Some(Fields {
                object,
                read: BTreeSet::new(),
            }),
            other => {
                self.wrong(other, "{…}");
                None
            }
        }
    }

    pub fn items<'v, 'a>(&mut self, value: &'v Value<'a>) -> &'v [Value<'a>] {
        match value {
            Value::Array(array) => &array.elements,
            other => {
                self.wrong(other, "[…]");
                &[]
            }
        }
    }

    pub fn string<'v>(&mut self, value: &'v Value) -> Option<&'v str> {
        match value {
            Value::StringLit(words) => Some(&words.value),
            other => {
                self.wrong(other, "\"…\"");
                None
            }
        }
    }

    pub fn boolean(&mut self, value: &Value) -> bool {
        match value {
            Value::BooleanLit(b) => b.value,
            other => {
                self.wrong(other, "true/false");
                false
            }
        }
    }

    pub fn number(&mut self, value: &Value) -> Option<f64> {
        let parsed = match value {
            Value::NumberLit(n) => n.value.parse().ok().filter(|n: &f64| n.is_finite()),
            _ => None,
        };
        if parsed.is_none() {
            self.wrong(value, "number");
        }
        parsed
    }

    /// A whole number within `range`.
    pub fn within(&mut self, value: &Value, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let number = self.number(value)?;
        if number.fract() == 0.0 && (*range.start() as f64..=*range.end() as f64).contains(&number)
        {
            return Some(number as i64);
        }
        self.report(
            Code::OutOfRange,
            place(value),
            number.to_string(),
            format!("{}–{}", range.start(), range.end()),
        );
        None
    }

    /// One of a closed list of words.
    pub fn word<T: Copy>(
        &mut self,
        value: &Value,
        all: &[T],
        id: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let words = self.string(value)?;
        let found = all.iter().copied().find(|&t| id(t) == words);
        if found.is_none() {
            let ids: Vec<&str> = all.iter().map(|&t| id(t)).collect();
            let expected = nearest(words, &ids).map_or_else(|| ids.join(" | "), str::to_owned);
            self.report(Code::UnknownValue, place(value), words, expected);
        }
        found
    }

    /// A text: a plain string in the file's language, or one for each language.
    pub fn text(&mut self, value: &Value) -> Option<Text> {
        match value {
            Value::StringLit(words) => Some(Text::same(harmless(&words.value))),
            Value::Object(_) => {
                let mut fields = self.object(value)?;
                let text = self.bilingual(&mut fields);
                fields.finish(self);
                text
            }
            other => {
                self.wrong(other, "\"…\" | {\"zh\": …, \"en\": …}");
                None
            }
        }
    }

    /// The two languages among an object's keys; the one that is missing is filled from the other and reported.
    pub fn bilingual(&mut self, fields: &mut Fields) -> Option<Text> {
        let mut of = |reader: &mut Reader, key: &'static str| {
            let value = fields.get(key)?;
            reader.string(value).map(harmless)
        };
        let (zh, en) = (of(self, "zh"), of(self, "en"));
        match (zh, en) {
            (Some(zh), Some(en)) => Some(Text { zh, en }),
            (Some(only), None) | (None, Some(only)) => {
                self.report(
                    Code::OneLanguage,
                    fields.place(),
                    "",
                    "{\"zh\": …, \"en\": …}",
                );
                Some(Text::same(only))
            }
            (None, None) => {
                self.report(Code::Missing, fields.place(), "", "\"zh\", \"en\"");
                None
            }
        }
    }
}

/// An object being read: which of its keys have been asked for, so that the rest can be reported.
pub(in crate::scenario) struct Fields<'v, 'a> {
    object: &'v Object<'a>,
    read: BTreeSet<&'static str>,
}

impl<'v, 'a> Fields<'v, 'a> {
    /// The value of a key that may be absent.
    pub fn get(&mut self, key: &'static str) -> Option<&'v Value<'a>> {
        self.read.insert(key);
        self.object
            .properties
            .iter()
            .find(|p| p.name.as_str() == key)
            .map(|p| &p.value)
    }

    /// The value of a key that must be there.
    pub fn need(&mut self, reader: &mut Reader, key: &'static str) -> Option<&'v Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let at = self.place();
            reader.report(
                Code::Missing,
                at.start..at.start + 1,
                "",
                format!("\"{key}\": …"),
            );
        }
        value
    }

    /// Every property, for objects used as tables. Marks all as read.
    pub fn entries(
        &self,
    ) -> impl Iterator<Item = (&'v str, Range<usize>, &'v Value<'a>)> + use<'v, 'a> {
        self.object
            .properties
            .iter()
            .map(|p| (p.name.as_str(), p.name.start()..p.name.end(), &p.value))
    }

    pub fn place(&self) -> Range<usize> {
        self.object.range.start..self.object.range.end
    }

    /// Reports keys nobody read and keys that stand twice.
    pub fn finish(self, reader: &mut Reader) {
        let mut seen = BTreeSet::new();
        let known: Vec<&str> = self.read.iter().copied().collect();
        for (name, at, _) in self.entries() {
            if !self.read.contains(name) {
                let hint = nearest(name, &known).map_or_else(|| known.join(" | "), str::to_owned);
                reader.report(Code::UnknownKey, at, name, hint);
            } else if !seen.insert(name) {
                reader.report(Code::DuplicateKey, at, name, "");
            }
        }
    }
}

/// Where a value stands.
pub(in crate::scenario) fn place(value: &Value) -> Range<usize> {
    value.start()..value.end()
}

/// The word that was probably meant.
pub(in crate::scenario) fn nearest<'w>(word: &str, among: &[&'w str]) -> Option<&'w str> {
    among
        .iter()
        .copied()
        .map(|candidate| {
            (
                strsim::normalized_damerau_levenshtein(word, candidate),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
