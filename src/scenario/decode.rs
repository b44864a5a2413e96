//! JSON text → checked case, with all problems at once.
//!
//! Own decoding over a tree with places instead of serde: serde stops at the first error and forgets where it was.

mod beats;
mod condition;
mod defaults;
mod facts;
pub(super) mod fields;
pub(super) mod hints;
mod person;
mod reach;
mod scan;
mod speech;

use fields::{Fields, Reader, place};
use jsonc_parser::ast::Value;
use jsonc_parser::{CollectOptions, ParseOptions};
use reach::Deal;
pub use scan::MAX_DEPTH;
pub(super) use speech::{Sheet, by_reaction, lines_at, one_move};

use super::problem::{Code, Problem, Severity};
use super::{Case, FORMAT, NeedClass, Occasion, PersonId, Relation, Role};
use crate::codebook::Topic;
use crate::text::{Language, Text};

/// Reads a scenario file.
///
/// A case comes back whenever one can be played, also beside problems that are only warnings; any error means `None`.
pub fn decode(file: &str) -> (Option<Case>, Vec<Problem>) {
    let mut reader = Reader::new();
    let case = parse(file, &mut reader, case);
    let mut problems = reader.problems;
    problems.sort_by_key(|p| p.at.start);
    let broken = problems
        .iter()
        .any(|p| p.code.severity() == Severity::Error);
    (case.filter(|_| !broken), problems)
}

/// Parses `file` and hands its tree to `read`; a syntax error is a problem like any other.
pub(super) fn parse<T>(
    file: &str,
    reader: &mut Reader,
    read: impl FnOnce(&mut Reader, &Value) -> Option<T>,
) -> Option<T> {
    let body = file.strip_prefix('\u{feff}').unwrap_or(file);
    let shift = file.len() - body.len();
    let mended = scan::scan(body, reader);
    let result = mended.and_then(|body| tree(&body, reader, read));
    for problem in &mut reader.problems {
        problem.at = problem.at.start + shift..problem.at.end + shift;
    }
    result
}

fn tree<T>(
    body: &str,
    reader: &mut Reader,
    read: impl FnOnce(&mut Reader, &Value) -> Option<T>,
) -> Option<T> {
    match jsonc_parser::parse_to_ast(body, &CollectOptions::default(), &JSONC) {
        Ok(result) => match &result.value {
            Some(value) => read(reader, value),
            None => {
                reader.report(Code::Empty, 0..0, "", "{…}");
                None
            }
        },
        Err(error) => {
            let range = error.range();
            let found = error.kind().to_string();
            reader.report(Code::Syntax, range.start..range.end, found, "");
            None
        }
    }
}

/// Only what JSON with comments allows; anything looser would be refused by the author's editor. Missing commas are
/// forgiven here because the scan has reported them.
pub(in crate::scenario) const JSONC: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_missing_commas: true,
    allow_loose_object_property_names: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn case(reader: &mut Reader, value: &Value) -> Option<Case> {
    let mut fields = reader.object(value)?;
    // An editor's own key: where the schema lies by which it completes.
    if let Some(value) = fields.get("$schema") {
        reader.string(value);
    }
    if let Some(value) = fields.get("format")
        && !supported(reader, value)
    {
        return None;
    }
    if let Some(value) = fields.get("language")
        && let Some(language) = reader.word(value, &Language::ALL, Language::code)
    {
        reader.language = language;
    }
    let id = reader.identifier(&mut fields);
    let title = need_text(reader, &mut fields, "title");
    let summary = text_or_empty(reader, &mut fields, "summary");
    let brief = need_text(reader, &mut fields, "brief");
    let teaches = text_or_empty(reader, &mut fields, "teaches");
    let industry = text_or_empty(reader, &mut fields, "industry");
    let category = need_text(reader, &mut fields, "category");
    let client = need_text(reader, &mut fields, "client");
    let ours = text_or_empty(reader, &mut fields, "ours");
    let supply_mode = text_or_empty(reader, &mut fields, "supply_mode");
    let need_class = match fields
        .get("need_class")
        .and_then(|v| reader.word(v, &["nice", "must"], |w| w))
    {
        Some("must") => NeedClass::Must,
        _ => NeedClass::Nice,
    };
    let amount = fields
        .get("amount")
        .and_then(|v| reader.number(v))
        .unwrap_or(0.0);
    let weeks = fields
        .get("weeks")
        .and_then(|v| reader.within(v, 1..=52))
        .unwrap_or(12) as u8;
    let visits_per_week = fields
        .get("visits_per_week")
        .and_then(|v| reader.within(v, 1..=7))
        .unwrap_or(2) as u8;
    let decider = fields.get("decision_maker");
    let deal = Deal {
        need_class,
        decision_maker: match decider {
            Some(Value::StringLit(id)) => &id.value,
            _ => "",
        },
    };
    let before = reader.errors();
    let people = person::people(reader, &mut fields, &deal);
    let whole = reader.errors() == before;
    let ids: Vec<String> = people.iter().map(|p| p.id.clone()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let decided_by = fields
        .need(reader, "decision_maker")
        .and_then(|v| reference(reader, v, &ids));
    let decision_maker = decided_by.unwrap_or(0);
    let at_the_top = people
        .get(usize::from(decision_maker))
        .is_none_or(|p| p.role == Role::Executive);
    if let (Some(value), NeedClass::Nice, false) = (decider, need_class, at_the_top) {
        reader.report(Code::Decider, place(value), "", "\"role\": \"executive\"");
    }
    // Every key is read before an entry is given up: what is not read would be reported as unknown.
    let relations = list(reader, &mut fields, "relations", |reader, f| {
        let who = |reader: &mut Reader, f: &mut Fields, key| {
            let value = f.need(reader, key)?;
            reference(reader, value, &ids)
        };
        let (from, to) = (who(reader, f, "from"), who(reader, f, "to"));
        let value = f
            .need(reader, "value")
            .and_then(|v| reader.within(v, -2..=2));
        let why = text_or_empty(reader, f, "why");
        Some(Relation {
            from: from?,
            to: to?,
            value: value? as i8,
            why,
        })
    });
    let facts = facts::facts(reader, &mut fields);
    let occasions = list(reader, &mut fields, "events", |reader, f| {
        f.get("kind");
        let week = f
            .need(reader, "week")
            .and_then(|v| reader.within(v, 1..=i64::from(weeks)));
        let person = f
            .need(reader, "person")
            .and_then(|v| reference(reader, v, &ids));
        let text = need_text(reader, f, "text");
        Some(Occasion {
            week: week? as u8,
            person: person?,
            text,
        })
    });
    let sheet = Sheet::of(&facts);
    let moves = list(reader, &mut fields, "moves", |reader, f| {
        let found = one_move(reader, f, &ids, &sheet)?;
        let to_the_top = found.to.is_some() && found.to == decided_by;
        if found.acts.is_empty() && f.has("acts") && f.count("acts") == 0 {
            reader.report(Code::NeverSaid, f.place_of("acts"), "[]", "[{\"act\": …}]");
        } else if to_the_top && found.text.zh.contains("{who}") {
            // Nobody is asked to be introduced to himself.
            reader.report(
                Code::NeverSaid,
                f.place_of(if f.has("text") { "text" } else { "zh" }),
                "{who}",
                "to ≠ decision_maker",
            );
        }
        Some(found)
    });
    let stage = beats::Stage {
        people: &people,
        whole,
        weeks,
    };
    let beats = beats::beats(reader, &mut fields, &stage);
    fields.finish(reader);
    Some(Case {
        id,
        title,
        summary,
        brief,
        teaches,
        industry,
        category,
        client,
        ours,
        supply_mode,
        need_class,
        amount,
        weeks,
        visits_per_week,
        decision_maker,
        people,
        relations,
        facts,
        occasions,
        moves,
        beats,
    })
}

/// Whether a file of this format can be read.
fn supported(reader: &mut Reader, value: &Value) -> bool {
    let Some(format) = reader.number(value) else {
        return true;
    };
    if format > f64::from(FORMAT) {
        let newest = FORMAT.to_string();
        reader.report(Code::Newer, place(value), format.to_string(), newest);
        return false;
    }
    reader.within(value, 1..=i64::from(FORMAT));
    true
}

/// A list of objects under `key`; entries that cannot be read are reported and left out.
pub(super) fn list<T>(
    reader: &mut Reader,
    fields: &mut Fields,
    key: &'static str,
    mut read: impl FnMut(&mut Reader, &mut Fields) -> Option<T>,
) -> Vec<T> {
    let Some(value) = fields.get(key) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in reader.items(value) {
        let Some(mut f) = reader.object(item) else {
            continue;
        };
        out.extend(read(reader, &mut f));
        f.finish(reader);
    }
    out
}

fn topic(reader: &mut Reader, f: &mut Fields) -> Option<Topic> {
    f.need(reader, "topic").and_then(|v| topic_word(reader, v))
}

fn topic_word(reader: &mut Reader, value: &Value) -> Option<Topic> {
    reader.word(value, Topic::ALL, Topic::id)
}

/// Index of the entry that `value` names among `ids`.
fn reference(reader: &mut Reader, value: &Value, ids: &[&str]) -> Option<PersonId> {
    let name = reader.string(value)?;
    let found = ids.iter().position(|id| *id == name);
    if found.is_none() {
        let expected = reader.choices(name, ids);
        reader.report(Code::Dangling, place(value), name, expected);
    }
    found.map(|i| i as PersonId)
}

/// A text that has to be there and to say something.
fn need_text(reader: &mut Reader, f: &mut Fields, key: &'static str) -> Text {
    let Some(value) = f.need(reader, key) else {
        return Text::default();
    };
    let Some(text) = reader.text(value) else {
        return Text::default();
    };
    if text == Text::default() {
        reader.report(Code::Empty, place(value), key, "\"…\"");
    }
    text
}

fn text_or_empty(reader: &mut Reader, f: &mut Fields, key: &'static str) -> Text {
    f.get(key).and_then(|v| reader.text(v)).unwrap_or_default()
}
