//! The condition of a beat: text → tree, every mistake with its place in the file.
//!
//! ```text
//! week >= 3 and not (he.category >= 3 or lu.known)
//! he.admits.liability and happened.inspection
//! ```

use std::ops::Range;

use super::fields::Reader;
use crate::codebook::Topic;
use crate::scenario::PersonId;
use crate::scenario::beat::{Compare, Condition, Is, Level};
use crate::scenario::problem::Code;

/// The longest condition that is read, in bytes.
const LONGEST: usize = 1_000;
/// The deepest nesting.
const DEEPEST: usize = 16;
/// What may stand after a person's name.
const FLAGS: [&str; 2] = ["known", "opposed"];
const TOPICAL: [&str; 4] = ["admits", "wants", "worries", "settled"];

/// What a condition may name.
pub(super) struct Names<'a> {
    pub people: &'a [&'a str],
    /// Topics somebody has a difficulty with, and topics he worries about.
    pub needs: &'a dyn Fn(PersonId) -> Vec<Topic>,
    pub concerns: &'a dyn Fn(PersonId) -> Vec<Topic>,
    /// The beats above this one.
    pub beats: &'a [String],
    /// People and what troubles them could be read; else what seems to refer to nothing is passed over.
    pub whole: bool,
    pub weeks: u8,
}

/// Reads a condition that stands at `at` in the file, quotation marks included.
pub(super) fn condition(
    reader: &mut Reader,
    words: &str,
    at: &Range<usize>,
    names: &Names,
) -> Option<Condition> {
    let mut parser = Parser {
        words,
        at,
        names,
        reader,
        tokens: Vec::new(),
        next: 0,
        depth: 0,
    };
    if words.len() > LONGEST {
        let found = words.len().to_string();
        parser
            .reader
            .report(Code::TooMany, at.clone(), found, format!("≤ {LONGEST}"));
        return None;
    }
    parser.split()?;
    let found = parser.any()?;
    match parser.peek() {
        None => Some(found),
        Some(_) => parser.wrong("and | or"),
    }
}

struct Parser<'p, 'r> {
    words: &'p str,
    at: &'p Range<usize>,
    names: &'p Names<'p>,
    reader: &'r mut Reader,
    tokens: Vec<Range<usize>>,
    next: usize,
    depth: usize,
}

impl<'p> Parser<'p, '_> {
    /// Cuts the words up: names with their dots, numbers, signs.
    fn split(&mut self) -> Option<()> {
        let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let mut rest = self.words;
        while let Some(first) = rest.chars().next() {
            let start = self.words.len() - rest.len();
            let sign = Compare::ALL
                .iter()
                .map(|(sign, _)| *sign)
                .find(|s| rest.starts_with(s));
            let length = if first.is_whitespace() {
                first.len_utf8()
            } else if let Some(sign) = sign {
                sign.len()
            } else if matches!(first, '(' | ')') {
                1
            } else {
                rest.find(|c| !of_name(c)).unwrap_or(rest.len())
            };
            if length == 0 {
                return self.stray(start..start + first.len_utf8(), first);
            }
            if !first.is_whitespace() {
                self.tokens.push(start..start + length);
            }
            rest = &rest[length..];
        }
        Some(())
    }

    /// A mark that has no place in a condition; what was meant is said where it is plain.
    fn stray(&mut self, at: Range<usize>, mark: char) -> Option<()> {
        let (code, expected) = match mark {
            '（' => (Code::FullWidth, "("),
            '）' => (Code::FullWidth, ")"),
            '＞' => (Code::FullWidth, ">"),
            '＜' => (Code::FullWidth, "<"),
            '＝' => (Code::FullWidth, "=="),
            '。' | '．' => (Code::FullWidth, "."),
            // Nothing is ever assigned.
            '=' => (Code::Condition, "=="),
            '&' => (Code::Condition, "and"),
            '|' => (Code::Condition, "or"),
            '!' => (Code::Condition, "not"),
            _ => (Code::Condition, ""),
        };
        let at = super::speech::within(self.words, self.at, &at);
        self.reader.report(code, at, mark, expected);
        None
    }

    fn peek(&self) -> Option<&'p str> {
        self.tokens.get(self.next).map(|at| &self.words[at.clone()])
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.next += usize::from(found);
        found
    }

    /// Where the next word stands in the file; its end where there is none.
    fn place(&self, token: usize) -> Range<usize> {
        let end = self.words.len()..self.words.len();
        let part = self.tokens.get(token).cloned().unwrap_or(end);
        super::speech::within(self.words, self.at, &part)
    }

    fn wrong<T>(&mut self, expected: &str) -> Option<T> {
        let found = self.peek().unwrap_or("").to_owned();
        let at = self.place(self.next);
        self.reader.report(Code::Condition, at, found, expected);
        None
    }

    fn any(&mut self) -> Option<Condition> {
        let mut all = vec![self.all()?];
        while self.take("or") {
            all.push(self.all()?);
        }
        Some(one_or(all, Condition::Any))
    }

    fn all(&mut self) -> Option<Condition> {
        let mut all = vec![self.not()?];
        while self.take("and") {
            all.push(self.not()?);
        }
        Some(one_or(all, Condition::All))
    }

    fn not(&mut self) -> Option<Condition> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let at = self.place(self.next);
            let found = self.depth.to_string();
            self.reader
                .report(Code::TooDeep, at, found, format!("≤ {DEEPEST}"));
            return None;
        }
        let found = if self.take("not") {
            Condition::Not(Box::new(self.not()?))
        } else if self.take("(") {
            let inner = self.any()?;
            if !self.take(")") {
                return self.wrong(")");
            }
            inner
        } else {
            self.test()?
        };
        self.depth -= 1;
        Some(found)
    }

    fn test(&mut self) -> Option<Condition> {
        let token = self.next;
        let Some(name) = self.peek().filter(|w| w.starts_with(char::is_alphanumeric)) else {
            return self.wrong("week >= 2 | wang.category >= 3 | not … | (…)");
        };
        self.next += 1;
        if name == "week" {
            let (compare, number) = self.comparison(1, self.names.weeks as i8)?;
            return Some(Condition::Week(compare, number));
        }
        let parts: Vec<&str> = name.split('.').collect();
        match parts[..] {
            ["happened", beat] => {
                let found = self.names.beats.iter().position(|b| b == beat);
                if found.is_none() {
                    let above: Vec<&str> = self.names.beats.iter().map(String::as_str).collect();
                    let expected = self.reader.choices(beat, &above);
                    let at = self.place(token);
                    self.reader.report(Code::Dangling, at, beat, expected);
                }
                Some(Condition::Happened(found? as u8))
            }
            [person, field] => {
                let who = self.person(person, token)?;
                if let Some(&(_, level, top)) = Level::ALL.iter().find(|(id, ..)| *id == field) {
                    let (compare, number) = self.comparison(0, top)?;
                    return Some(Condition::Level(who, level, compare, number));
                }
                match field {
                    "known" => Some(Condition::Is(who, Is::Known)),
                    "opposed" => Some(Condition::Is(who, Is::Opposed)),
                    _ => self.unknown(token, field),
                }
            }
            [person, field, topic] => {
                let who = self.person(person, token)?;
                if !TOPICAL.contains(&field) {
                    return self.unknown(token, field);
                }
                let own = match field {
                    "admits" | "wants" => (self.names.needs)(who),
                    _ => (self.names.concerns)(who),
                };
                let topic = self.topic(topic, &own, token)?;
                Some(Condition::Is(
                    who,
                    match field {
                        "admits" => Is::Admits(topic),
                        "wants" => Is::Wants(topic),
                        "worries" => Is::Worries(topic),
                        _ => Is::Settled(topic),
                    },
                ))
            }
            _ => {
                self.next = token;
                self.wrong("week >= 2 | wang.category >= 3 | wang.wants.price")
            }
        }
    }

    /// A comparison with a whole number that can come out both ways.
    fn comparison(&mut self, from: i8, to: i8) -> Option<(Compare, i8)> {
        let sign = Compare::ALL
            .iter()
            .find(|(sign, _)| self.peek() == Some(sign));
        let Some(&(_, compare)) = sign else {
            return self.wrong(">= | <= | == | != | > | <");
        };
        self.next += 1;
        let Some(number) = self.peek().and_then(|w| w.parse::<i64>().ok()) else {
            return self.wrong("0, 1, 2 …");
        };
        let fits = (i64::from(from)..=i64::from(to)).contains(&number);
        if !fits {
            let at = self.place(self.next);
            self.reader.report(
                Code::OutOfRange,
                at,
                number.to_string(),
                format!("{from}–{to}"),
            );
            return None;
        }
        self.next += 1;
        Some((compare, number as i8))
    }

    fn person(&mut self, id: &str, token: usize) -> Option<PersonId> {
        let found = self.names.people.iter().position(|p| *p == id);
        if found.is_none() {
            let expected = self.reader.choices(id, self.names.people);
            let at = self.place(token);
            self.reader.report(Code::Dangling, at, id, expected);
        }
        found.map(|i| i as PersonId)
    }

    fn topic(&mut self, id: &str, own: &[Topic], token: usize) -> Option<Topic> {
        let found = own.iter().copied().find(|t| t.id() == id);
        if found.is_none() && self.names.whole {
            let ids: Vec<&str> = own.iter().map(|t| t.id()).collect();
            let expected = self.reader.choices(id, &ids);
            let at = self.place(token);
            self.reader.report(Code::Dangling, at, id, expected);
        }
        found
    }

    fn unknown<T>(&mut self, token: usize, field: &str) -> Option<T> {
        let levels = Level::ALL.iter().map(|(id, ..)| *id);
        let all: Vec<&str> = levels.chain(FLAGS).chain(TOPICAL).collect();
        let expected = self.reader.choices(field, &all);
        let at = self.place(token);
        self.reader.report(Code::UnknownValue, at, field, expected);
        None
    }
}

fn one_or(mut all: Vec<Condition>, many: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    match (all.len(), all.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            all.push(last);
            many(all)
        }
        (_, None) => many(all),
    }
}
