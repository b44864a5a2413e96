//! What is said: the client's lines, and the trainee's with what they do.

use std::collections::BTreeMap;
use std::ops::Range;

use jsonc_parser::ast::Value;

use super::fields::{Fields, Reader, place};
use super::{reference, topic_word};
use crate::codebook::{Act, Evidence, Scope, SpokenAct, Step, TopicSet};
use crate::reader::figures;
use crate::scenario::problem::Code;
use crate::scenario::{Band, Fact, Line, Move, Reaction, Temper};
use crate::text::Text;

/// What stands in a client's line and is filled when he says it.
const CLIENT_SLOTS: [&str; 4] = ["{topic}", "{figure}", "{who}", "{category}"];
/// The same for the trainee's.
const TRAINEE_SLOTS: [&str; 1] = ["{who}"];

/// The fact sheet as lines are held against it. Its values are sorted: a hostile file would have each of a million
/// figures looked for among a million others.
pub(in crate::scenario) struct Sheet<'a> {
    ids: Vec<&'a str>,
    values: Vec<f64>,
}

impl<'a> Sheet<'a> {
    pub fn of(facts: &'a [Fact]) -> Sheet<'a> {
        let mut values: Vec<f64> = facts.iter().flat_map(|f| f.values.clone()).collect();
        values.sort_by(f64::total_cmp);
        Sheet {
            ids: facts.iter().map(|f| f.id.as_str()).collect(),
            values,
        }
    }

    /// Whether a fact holds this figure; "98 %" may stand on the sheet as 98 or as 0.98.
    fn holds(&self, figure: f64) -> bool {
        [1.0, 100.0, 0.01].into_iter().any(|by| {
            let wanted = figure * by;
            let near = 1e-9 * wanted.abs().max(1.0);
            let first = self.values.partition_point(|v| *v < wanted - near);
            self.values.get(first).is_some_and(|v| *v <= wanted + near)
        })
    }
}

/// A trainee's line with what it does.
pub(in crate::scenario) fn one_move(
    reader: &mut Reader,
    f: &mut Fields,
    people: &[&str],
    sheet: &Sheet,
) -> Option<Move> {
    let to = f.get("to").and_then(|v| reference(reader, v, people));
    let fact = f.get("fact").and_then(|v| reference(reader, v, &sheet.ids));
    let text = worded(reader, f);
    let mut acts = Vec::new();
    if let Some(value) = f.need(reader, "acts") {
        for item in reader.items(value) {
            acts.extend(spoken(reader, item, fact));
        }
    }
    let claims = fact.is_some()
        || acts
            .iter()
            .any(|a: &SpokenAct| matches!(a.act, Act::Proof | Act::Quantify));
    for (words, at) in f.wordings() {
        slots(reader, words, &at, &TRAINEE_SLOTS);
        if claims && !sheet.ids.is_empty() {
            held(reader, words, &at, sheet);
        }
    }
    Some(Move {
        acts,
        to,
        text: text?,
    })
}

/// Reports figures that no fact holds: the trainee would claim what he cannot show.
fn held(reader: &mut Reader, words: &str, at: &Range<usize>, sheet: &Sheet) {
    for figure in figures(words) {
        // Written-out ones ("half a year", "七八个") are idiom more often than claim.
        if !words[figure.span.clone()].contains(|c: char| c.is_numeric() && !is_han(c)) {
            continue;
        }
        if !sheet.holds(figure.value) {
            let at = within(words, at, &figure.span);
            let found = &words[figure.span];
            reader.report(Code::UnheldFigure, at, found, "facts[].values");
        }
    }
}

/// Reports slots that nothing fills.
fn slots(reader: &mut Reader, words: &str, at: &Range<usize>, known: &[&str]) {
    for (start, _) in words.match_indices('{') {
        let rest = &words[start..];
        // What has no end nearby is a brace and no slot.
        let Some(end) = rest.bytes().take(40).position(|b| b == b'}') else {
            continue;
        };
        let slot = &rest[..=end];
        if !known.contains(&slot) {
            let at = within(words, at, &(start..start + slot.len()));
            let expected = reader.choices(slot, known);
            reader.report(Code::UnknownSlot, at, slot, expected);
        }
    }
}

/// Where a part of a string stands in the file; the whole string where escapes make that unclear.
pub(super) fn within(words: &str, at: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    if at.len() == words.len() + 2 {
        at.start + 1 + part.start..at.start + 1 + part.end
    } else {
        at.clone()
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn spoken(reader: &mut Reader, value: &Value, fact: Option<u8>) -> Option<SpokenAct> {
    let mut f = reader.object(value)?;
    let act = f
        .need(reader, "act")
        .and_then(|v| reader.word(v, Act::ALL, Act::id));
    let mut topics = TopicSet::NONE;
    if let Some(value) = f.get("topics") {
        for item in reader.items(value) {
            topics = topic_word(reader, item).map_or(topics, |t| topics.with(t));
        }
    }
    let scope = f
        .get("scope")
        .and_then(|v| reader.word(v, &[Scope::Category, Scope::Vendor], Scope::id));
    let specific = f.get("specific").is_some_and(|v| reader.boolean(v));
    let step = f
        .get("step")
        .and_then(|v| reader.word(v, &[Step::Small, Step::Pilot, Step::Decision], Step::id));
    f.finish(reader);
    let act = act?;
    let carries = matches!(
        act,
        Act::Quantify | Act::Proof | Act::CategoryCase | Act::Derisk | Act::VendorCase
    );
    let evidence = fact
        .filter(|_| carries)
        .map_or(Evidence::None, Evidence::Fact);
    Some(SpokenAct {
        act,
        topics,
        scope,
        specific,
        step,
        evidence,
    })
}

pub(in crate::scenario) fn by_reaction(
    reader: &mut Reader,
    value: &Value,
) -> BTreeMap<Reaction, Vec<Line>> {
    let mut table = BTreeMap::new();
    let Some(f) = reader.object(value) else {
        return table;
    };
    for (name, at, value) in f.entries() {
        let Some(reaction) = Reaction::from_id(name) else {
            let ids: Vec<&str> = Reaction::ALL.iter().map(|r| r.id()).collect();
            let expected = reader.choices(name, &ids);
            reader.report(Code::UnknownKey, at, name, expected);
            continue;
        };
        if table.insert(reaction, lines(reader, value)).is_some() {
            reader.report(Code::DuplicateKey, at, name, "");
        }
    }
    table
}

/// The words of an entry that says more than words: `text` in the file's language, or one wording for each language.
fn worded(reader: &mut Reader, f: &mut Fields) -> Option<Text> {
    match f.get("text") {
        Some(value) => reader.text(value),
        None => reader.bilingual(f),
    }
}

/// A list of lines; each a text, optionally only for a temper or a stance band.
fn lines(reader: &mut Reader, value: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    for item in reader.items(value) {
        let line = if let Value::StringLit(words) = item {
            slots(reader, &words.value, &place(item), &CLIENT_SLOTS);
            reader.text(item).map(|text| Line {
                text,
                ..Line::default()
            })
        } else {
            reader.object(item).and_then(|f| line(reader, f))
        };
        let Some(line) = line else { continue };
        if line.text == Text::default() {
            reader.report(Code::Empty, place(item), "", "\"…\"");
        }
        lines.push(line);
    }
    lines
}

fn line(reader: &mut Reader, mut f: Fields) -> Option<Line> {
    let text = worded(reader, &mut f);
    for (words, at) in f.wordings() {
        slots(reader, words, &at, &CLIENT_SLOTS);
    }
    let temper = f.get("temper").and_then(|v| {
        let temper = reader.word(v, Temper::ALL, Temper::id)?;
        match reader.temper {
            Some(own) if own != temper => {
                reader.report(Code::NeverSaid, place(v), temper.id(), own.id());
            }
            _ => {}
        }
        Some(temper)
    });
    let band = f.get("stance").and_then(|v| {
        let band = reader.word(v, &Band::ALL, Band::id)?;
        if band < reader.lowest {
            let reached = Band::ALL.into_iter().filter(|b| *b >= reader.lowest);
            let reached: Vec<&str> = reached.map(Band::id).collect();
            reader.report(Code::NeverSaid, place(v), band.id(), reached.join(" | "));
        }
        Some(band)
    });
    f.finish(reader);
    text.map(|text| Line { text, temper, band })
}

pub(in crate::scenario) fn lines_at(
    reader: &mut Reader,
    f: &mut Fields,
    key: &'static str,
) -> Vec<Line> {
    f.get(key)
        .map_or_else(Vec::new, |value| lines(reader, value))
}
