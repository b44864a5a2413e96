//! Reading a JSON tree with places: every accessor reports what is wrong and goes on.

use std::collections::BTreeSet;
use std::ops::Range;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;

use super::hints::{choices, clipped};
use crate::scenario::Band;
use crate::scenario::Temper;
use crate::scenario::problem::{Code, Problem, Severity};
use crate::text::{Language, Text, harmless};

/// The most problems that are noted down for one file. Who has more has one cause for most of them, and a hostile file
/// must not fill the memory with words about it.
const MAX_PROBLEMS: usize = 500;

/// Collects problems while a file is read.
pub(in crate::scenario) struct Reader {
    pub problems: Vec<Problem>,
    /// Language of plain strings.
    pub language: Language,
    /// Temper of the person whose words are read; `None` for words that are no person's own.
    pub temper: Option<Temper>,
    /// The lowest stance band in which these words can be asked for.
    pub lowest: Band,
}

impl Reader {
    pub fn new() -> Reader {
        Reader {
            problems: Vec::new(),
            language: Language::Zh,
            temper: None,
            lowest: Band::Closed,
        }
    }

    pub fn report(
        &mut self,
        code: Code,
        at: Range<usize>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let (code, found, expected) = match self.problems.len() {
            ..MAX_PROBLEMS => (code, found.into(), expected.into()),
            // Said once, so that nobody takes the list for all there is.
            MAX_PROBLEMS => (Code::TooMany, format!("> {MAX_PROBLEMS}"), String::new()),
            _ => return,
        };
        self.problems.push(Problem {
            code,
            at,
            found: clipped(&found, 80),
            expected: clipped(&expected, 240),
        });
    }

    /// How many problems so far keep the case from being played.
    pub fn errors(&self) -> usize {
        let errors = self.problems.iter();
        errors
            .filter(|p| p.code.severity() == Severity::Error)
            .count()
    }

    /// What should stand there instead of `word`. Nothing once the list is full: likeness is dear, and a hostile file
    /// would have it worked out for every one of a million keys.
    pub fn choices(&self, word: &str, among: &[&str]) -> String {
        if self.problems.len() > MAX_PROBLEMS {
            return String::new();
        }
        choices(word, among)
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

    /// The identifier of what is being read: there, and not blank.
    pub fn identifier(&mut self, fields: &mut Fields) -> String {
        let value = fields.need(self, "id");
        let id = value.and_then(|v| self.string(v)).unwrap_or_default();
        if let (Some(value @ Value::StringLit(_)), "") = (value, id.trim()) {
            self.report(Code::Empty, place(value), "id", "\"…\"");
        }
        id.to_owned()
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
            self.report(
                Code::UnknownValue,
                place(value),
                words,
                choices(words, &ids),
            );
        }
        found
    }

    /// A text: a plain string in the file's language, or one for each language.
    pub fn text(&mut self, value: &Value) -> Option<Text> {
        match value {
            Value::StringLit(words) if words.value.trim().is_empty() => Some(Text::default()),
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
        let blank = |words: &Option<String>| words.as_ref().is_some_and(|w| w.trim().is_empty());
        // A blank wording is a missing one, unless both are.
        let (zh, en) = match (blank(&zh), blank(&en)) {
            (true, true) => return Some(Text::default()),
            (true, false) if en.is_some() => (None, en),
            (false, true) if zh.is_some() => (zh, None),
            _ => (zh, en),
        };
        match (zh, en) {
            (Some(zh), Some(en)) => Some(Text { zh, en }),
            (Some(only), None) | (None, Some(only)) => {
                let expected = "{\"zh\": …, \"en\": …}";
                self.report(Code::OneLanguage, fields.place(), "", expected);
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

    /// Whether the object has this key. Does not mark it as read.
    pub fn has(&self, key: &str) -> bool {
        self.property(key).is_some()
    }

    /// How many entries the list under `key` has.
    pub fn count(&self, key: &str) -> usize {
        match self.property(key).map(|p| &p.value) {
            Some(Value::Array(array)) => array.elements.len(),
            _ => 0,
        }
    }

    /// Where the value of `key` stands; the object where it has none.
    pub fn place_of(&self, key: &str) -> Range<usize> {
        self.property(key)
            .map_or_else(|| self.place(), |p| place(&p.value))
    }

    /// Where the key `inner` stands in the object under `key`.
    pub fn place_within(&self, key: &str, inner: &str) -> Range<usize> {
        let inside = match self.property(key).map(|p| &p.value) {
            Some(Value::Object(object)) => {
                object.properties.iter().find(|p| p.name.as_str() == inner)
            }
            _ => None,
        };
        inside.map_or_else(|| self.place_of(key), |p| p.name.start()..p.name.end())
    }

    /// The words under `text`, `zh` and `en` as they stand in the file.
    pub fn wordings(&self) -> Vec<(&'v str, Range<usize>)> {
        let words = ["text", "zh", "en"]
            .into_iter()
            .filter_map(|key| self.property(key));
        words
            .filter_map(|p| match &p.value {
                Value::StringLit(words) => Some((words.value.as_ref(), place(&p.value))),
                _ => None,
            })
            .collect()
    }

    fn property(&self, key: &str) -> Option<&'v jsonc_parser::ast::ObjectProp<'a>> {
        self.object
            .properties
            .iter()
            .find(|p| p.name.as_str() == key)
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
                let expected = reader.choices(name, &known);
                reader.report(Code::UnknownKey, at, name, expected);
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
