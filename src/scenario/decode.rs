//! JSON text → checked case, with all problems at once.
//!
//! Own decoding over a tree with places instead of serde: serde stops at the first error and forgets where it was.

pub(super) mod fields;

use std::collections::BTreeMap;

use fields::{Fields, Reader, nearest, place};
use jsonc_parser::ast::Value;
use jsonc_parser::{CollectOptions, ParseOptions};

use super::problem::{Code, Problem};
use super::{
    Band, Case, Concern, FORMAT, Fact, FactKind, Gate, Hope, Line, MAX_PEOPLE, Misconception, Mode,
    Move, Need, NeedClass, Occasion, Opening, Person, PersonId, Reach, Reaction, Relation, Role,
    Temper,
};
use crate::codebook::{Act, Evidence, Scope, SpokenAct, Step, Topic, TopicSet};
use crate::text::{Language, Text};

/// Reads a scenario file.
///
/// A case comes back whenever one can be played, even beside problems that are only blemishes
/// ([`Code::OneLanguage`]); every other problem means `None`.
pub fn decode(file: &str) -> (Option<Case>, Vec<Problem>) {
    let mut reader = Reader {
        problems: Vec::new(),
        language: Language::Zh,
    };
    let case = with_tree(file, &mut reader, case);
    let mut problems = reader.problems;
    problems.sort_by_key(|p| p.at.start);
    let fatal = problems.iter().any(|p| p.code != Code::OneLanguage);
    (case.filter(|_| !fatal), problems)
}

/// Parses `file` and hands its tree to `read`; a syntax error is a problem like any other.
pub(super) fn with_tree<T>(
    file: &str,
    reader: &mut Reader,
    read: impl FnOnce(&mut Reader, &Value) -> Option<T>,
) -> Option<T> {
    let body = file.strip_prefix('\u{feff}').unwrap_or(file);
    // Only what JSON with comments allows; anything looser would be refused by the author's editor.
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        ..ParseOptions::default()
    };
    let shift = file.len() - body.len();
    let result = match jsonc_parser::parse_to_ast(body, &CollectOptions::default(), &options) {
        Ok(result) => match &result.value {
            Some(value) => read(reader, value),
            None => {
                reader.report(Code::Empty, 0..0, "", "{…}");
                None
            }
        },
        Err(error) => {
            let range = error.range();
            reader.report(
                Code::Syntax,
                range.start..range.end,
                error.kind().to_string(),
                "",
            );
            None
        }
    };
    for problem in &mut reader.problems {
        problem.at = problem.at.start + shift..problem.at.end + shift;
    }
    result
}

fn case(reader: &mut Reader, value: &Value) -> Option<Case> {
    let mut fields = reader.object(value)?;
    if let Some(value) = fields.get("format")
        && let Some(format) = reader.number(value)
        && format > f64::from(FORMAT)
    {
        reader.report(
            Code::Newer,
            place(value),
            format.to_string(),
            FORMAT.to_string(),
        );
        return None;
    }
    if let Some(value) = fields.get("language")
        && let Some(language) = reader.word(value, &Language::ALL, Language::code)
    {
        reader.language = language;
    }
    let id = fields
        .need(reader, "id")
        .and_then(|v| reader.string(v))
        .unwrap_or_default()
        .to_owned();
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
    let people = people(reader, &mut fields);
    let ids: Vec<String> = people.iter().map(|p| p.id.clone()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let decision_maker = fields
        .need(reader, "decision_maker")
        .and_then(|v| reference(reader, v, &ids))
        .unwrap_or(0);
    let relations = list(reader, &mut fields, "relations", |reader, f| {
        Some(Relation {
            from: f
                .need(reader, "from")
                .and_then(|v| reference(reader, v, &ids))?,
            to: f
                .need(reader, "to")
                .and_then(|v| reference(reader, v, &ids))?,
            value: f
                .need(reader, "value")
                .and_then(|v| reader.within(v, -2..=2))? as i8,
            why: text_or_empty(reader, f, "why"),
        })
    });
    let facts = list(reader, &mut fields, "facts", fact);
    if facts.len() > 255 {
        reader.report(
            Code::TooMany,
            fields.place(),
            facts.len().to_string(),
            "≤ 255",
        );
    }
    let fact_ids: Vec<&str> = facts.iter().map(|f| f.id.as_str()).collect();
    let occasions = list(reader, &mut fields, "events", |reader, f| {
        f.get("kind");
        Some(Occasion {
            week: f
                .need(reader, "week")
                .and_then(|v| reader.within(v, 1..=i64::from(weeks)))? as u8,
            person: f
                .need(reader, "person")
                .and_then(|v| reference(reader, v, &ids))?,
            text: need_text(reader, f, "text"),
        })
    });
    let moves = list(reader, &mut fields, "moves", |reader, f| {
        one_move(reader, f, &ids, &fact_ids)
    });
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
    })
}

fn fact(reader: &mut Reader, f: &mut Fields) -> Option<Fact> {
    Some(Fact {
        id: f
            .need(reader, "id")
            .and_then(|v| reader.string(v))?
            .to_owned(),
        topic: f
            .need(reader, "topic")
            .and_then(|v| reader.word(v, Topic::ALL, Topic::id))?,
        kind: f
            .need(reader, "kind")
            .and_then(|v| reader.word(v, FactKind::ALL, FactKind::id))?,
        scope: f
            .need(reader, "scope")
            .and_then(|v| reader.word(v, &[Scope::Category, Scope::Vendor], Scope::id))?,
        text: need_text(reader, f, "text"),
        values: match f.get("values") {
            Some(value) => reader
                .items(value)
                .iter()
                .filter_map(|v| reader.number(v))
                .collect(),
            None => Vec::new(),
        },
    })
}

fn people(reader: &mut Reader, fields: &mut Fields) -> Vec<Person> {
    let Some(value) = fields.need(reader, "people") else {
        return Vec::new();
    };
    let mut people: Vec<Person> = Vec::new();
    for item in reader.items(value) {
        let Some(mut f) = reader.object(item) else {
            continue;
        };
        let before = people.len();
        if let Some(person) = person(reader, &mut f) {
            if people.iter().any(|p| p.id == person.id) {
                reader.report(Code::DuplicateId, f.place(), person.id.clone(), "");
            }
            people.push(person);
        }
        if before == MAX_PEOPLE {
            reader.report(
                Code::TooMany,
                place(item),
                (before + 1).to_string(),
                format!("≤ {MAX_PEOPLE}"),
            );
        }
        f.finish(reader);
    }
    if people.is_empty() {
        reader.report(Code::Empty, place(value), "people", "[{…}]");
    }
    people
}

fn person(reader: &mut Reader, f: &mut Fields) -> Option<Person> {
    let id = f
        .need(reader, "id")
        .and_then(|v| reader.string(v))
        .unwrap_or_default()
        .to_owned();
    let name = need_text(reader, f, "name");
    let role = f
        .need(reader, "role")
        .and_then(|v| reader.word(v, Role::ALL, Role::id));
    let temper = f
        .get("temper")
        .and_then(|v| reader.word(v, Temper::ALL, Temper::id))
        .unwrap_or(Temper::Cautious);
    let optional = |reader: &mut Reader, f: &mut Fields, key, default: &Text| match f.get(key) {
        Some(value) => reader.text(value).unwrap_or_default(),
        None => default.clone(),
    };
    let call = optional(reader, f, "call", &name);
    let title = optional(reader, f, "title", &Text::default());
    let department = optional(reader, f, "department", &Text::default());
    let about = optional(reader, f, "about", &Text::default());
    let flag = |reader: &mut Reader, f: &mut Fields, key, default| {
        f.get(key).map_or(default, |v| reader.boolean(v))
    };
    let known = flag(reader, f, "known", true);
    let required = flag(reader, f, "required", true);
    let veto = flag(reader, f, "veto", true);
    let opening = f
        .get("opening")
        .map_or(DEFAULT_OPENING, |v| opening(reader, v));
    let threshold = f
        .get("threshold")
        .and_then(|v| reader.within(v, 1..=2))
        .unwrap_or(1) as u8;
    let fear = f.get("fear").and_then(|v| {
        let mut f = reader.object(v)?;
        let reach = f
            .need(reader, "reach")
            .and_then(|v| reader.word(v, Reach::ALL, Reach::id));
        let line = need_text(reader, &mut f, "line");
        f.finish(reader);
        Some((reach?, line))
    });
    let needs = list(reader, f, "needs", |reader, f| {
        Some(Need {
            topic: topic(reader, f)?,
            problem: lines_at(reader, f, "problem"),
            consequence: lines_at(reader, f, "consequence"),
            want: lines_at(reader, f, "want"),
        })
    });
    let mut concerns = list(reader, f, "concerns", |reader, f| {
        Some(Concern {
            topic: topic(reader, f)?,
            gate: f
                .need(reader, "gate")
                .and_then(|v| reader.word(v, Gate::ALL, Gate::id))?,
            hidden: f.get("hidden").is_some_and(|v| reader.boolean(v)),
            raise: lines_at(reader, f, "raise"),
            reason: lines_at(reader, f, "reason"),
            settled: lines_at(reader, f, "settled"),
            recurs: lines_at(reader, f, "recurs"),
        })
    });
    let hopes: Vec<Hope> = list(reader, f, "hopes", |reader, f| {
        let at = f.place();
        let topic = topic(reader, f)?;
        if !needs.iter().any(|n| n.topic == topic) {
            reader.report(Code::Dangling, at, topic.id(), "needs[].topic");
        }
        Some(Hope {
            topic,
            hope: lines_at(reader, f, "hope"),
            measure: lines_at(reader, f, "measure"),
        })
    });
    let misconception = f.get("misconception").and_then(|v| {
        let mut f = reader.object(v)?;
        let found = topic(reader, &mut f).map(|topic| Misconception {
            topic,
            belief: lines_at(reader, &mut f, "belief"),
            truth: need_text(reader, &mut f, "truth"),
        });
        f.finish(reader);
        found
    });
    if let Some(belief) = &misconception
        && !concerns.iter().any(|c: &Concern| c.topic == belief.topic)
    {
        // A half-true belief is a worry he keeps back: it comes out only when he is asked what is behind another one.
        concerns.push(Concern {
            topic: belief.topic,
            gate: Gate::Category,
            hidden: true,
            raise: belief.belief.clone(),
            reason: Vec::new(),
            settled: Vec::new(),
            recurs: belief.belief.clone(),
        });
    }
    let situation = list(reader, f, "situation", |reader, f| {
        Some((topic(reader, f)?, lines_at(reader, f, "lines")))
    });
    let mut own = |key| lines_at(reader, f, key);
    let (criteria, process, steps, price, settled) = (
        own("criteria"),
        own("process"),
        own("steps"),
        own("price"),
        own("settled"),
    );
    let lines = f
        .get("lines")
        .map_or_else(BTreeMap::new, |v| by_reaction(reader, v));
    Some(Person {
        id,
        name,
        call,
        title,
        department,
        about,
        role: role?,
        temper,
        known,
        required,
        veto,
        opening,
        threshold,
        fear,
        needs,
        concerns,
        hopes,
        misconception,
        situation,
        criteria,
        process,
        steps,
        price,
        settled,
        lines,
    })
}

const DEFAULT_OPENING: Opening = Opening {
    category: 1,
    vendor: 0,
    confidence: 0,
    trust: 1,
    mode: Mode::EvenKeel,
};

fn opening(reader: &mut Reader, value: &Value) -> Opening {
    let Some(mut f) = reader.object(value) else {
        return DEFAULT_OPENING;
    };
    let mut level = |reader: &mut Reader, key, top, default: u8| {
        f.get(key)
            .and_then(|v| reader.within(v, 0..=top))
            .map_or(default, |n| n as u8)
    };
    let opening = Opening {
        category: level(reader, "category", 4, 1),
        vendor: level(reader, "vendor", 1, 0),
        confidence: level(reader, "confidence", 3, 0),
        trust: level(reader, "trust", 4, 1),
        mode: f
            .get("mode")
            .and_then(|v| reader.word(v, Mode::ALL, Mode::id))
            .unwrap_or(Mode::EvenKeel),
    };
    f.finish(reader);
    opening
}

/// A trainee's line with what it does.
pub(super) fn one_move(
    reader: &mut Reader,
    f: &mut Fields,
    people: &[&str],
    facts: &[&str],
) -> Option<Move> {
    let to = f.get("to").and_then(|v| reference(reader, v, people));
    let fact = f.get("fact").and_then(|v| reference(reader, v, facts));
    let text = reader.bilingual(f);
    let mut acts = Vec::new();
    if let Some(value) = f.need(reader, "acts") {
        for item in reader.items(value) {
            acts.extend(spoken(reader, item, fact));
        }
    }
    Some(Move {
        acts,
        to,
        text: text?,
    })
}

fn spoken(reader: &mut Reader, value: &Value, fact: Option<u8>) -> Option<SpokenAct> {
    let mut f = reader.object(value)?;
    let act = f
        .need(reader, "act")
        .and_then(|v| reader.word(v, Act::ALL, Act::id));
    let mut topics = TopicSet::NONE;
    if let Some(value) = f.get("topics") {
        for item in reader.items(value) {
            topics = reader
                .word(item, Topic::ALL, Topic::id)
                .map_or(topics, |t| topics.with(t));
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

pub(super) fn by_reaction(reader: &mut Reader, value: &Value) -> BTreeMap<Reaction, Vec<Line>> {
    let mut table = BTreeMap::new();
    let Some(f) = reader.object(value) else {
        return table;
    };
    for (name, at, value) in f.entries() {
        let Some(reaction) = Reaction::from_id(name) else {
            let ids: Vec<&str> = Reaction::ALL.iter().map(|r| r.id()).collect();
            reader.report(
                Code::UnknownKey,
                at,
                name,
                nearest(name, &ids).unwrap_or_default(),
            );
            continue;
        };
        if table.insert(reaction, lines(reader, value)).is_some() {
            reader.report(Code::DuplicateKey, at, name, "");
        }
    }
    table
}

/// A list of lines; each a text, optionally only for a temper or a stance band.
pub(super) fn lines(reader: &mut Reader, value: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    for item in reader.items(value) {
        if let Value::StringLit(_) = item {
            lines.extend(reader.text(item).map(|text| Line {
                text,
                ..Line::default()
            }));
            continue;
        }
        let Some(mut f) = reader.object(item) else {
            continue;
        };
        let text = reader.bilingual(&mut f);
        let temper = f
            .get("temper")
            .and_then(|v| reader.word(v, Temper::ALL, Temper::id));
        let band = f
            .get("stance")
            .and_then(|v| reader.word(v, &Band::ALL, Band::id));
        f.finish(reader);
        lines.extend(text.map(|text| Line { text, temper, band }));
    }
    lines
}

pub(super) fn lines_at(reader: &mut Reader, f: &mut Fields, key: &'static str) -> Vec<Line> {
    f.get(key)
        .map_or_else(Vec::new, |value| lines(reader, value))
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
    f.need(reader, "topic")
        .and_then(|v| reader.word(v, Topic::ALL, Topic::id))
}

/// Index of the entry that `value` names among `ids`.
fn reference(reader: &mut Reader, value: &Value, ids: &[&str]) -> Option<PersonId> {
    let name = reader.string(value)?;
    let found = ids.iter().position(|id| *id == name);
    if found.is_none() {
        let hint = nearest(name, ids).map_or_else(|| ids.join(" | "), str::to_owned);
        reader.report(Code::Dangling, place(value), name, hint);
    }
    found.map(|i| i as PersonId)
}

fn need_text(reader: &mut Reader, f: &mut Fields, key: &'static str) -> Text {
    f.need(reader, key)
        .and_then(|v| reader.text(v))
        .unwrap_or_default()
}

fn text_or_empty(reader: &mut Reader, f: &mut Fields, key: &'static str) -> Text {
    f.get(key).and_then(|v| reader.text(v)).unwrap_or_default()
}
