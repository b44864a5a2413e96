//! The people of a case: who they are, where they stand, what troubles them.

use std::collections::{BTreeMap, BTreeSet};

use jsonc_parser::ast::Value;

use super::defaults;
use super::fields::{Fields, Reader, place};
use super::reach::{Deal, lowest_band, out_of_place};
use super::speech::{by_reaction, lines_at};
use super::{list, need_text, text_or_empty, topic, topic_word};
use crate::codebook::TopicSet;
use crate::scenario::problem::Code;
use crate::scenario::{
    Band, Concern, Gate, Hope, MAX_PEOPLE, Misconception, Mode, Need, Opening, Person, Reach, Role,
    Temper,
};

pub(super) fn people(reader: &mut Reader, fields: &mut Fields, deal: &Deal) -> Vec<Person> {
    let Some(value) = fields.need(reader, "people") else {
        return Vec::new();
    };
    let items = reader.items(value);
    let mut people: Vec<Person> = Vec::new();
    let mut ids = BTreeSet::new();
    for item in items.iter().take(MAX_PEOPLE) {
        let Some(mut f) = reader.object(item) else {
            continue;
        };
        let person = person(reader, &mut f, deal);
        if !ids.insert(person.id.clone()) && !person.id.is_empty() {
            let at = f.place_of("id");
            reader.report(Code::DuplicateId, at, person.id.clone(), "");
        }
        people.push(person);
        f.finish(reader);
    }
    if let Some(first) = items.get(MAX_PEOPLE) {
        let found = items.len().to_string();
        reader.report(
            Code::TooMany,
            place(first),
            found,
            format!("≤ {MAX_PEOPLE}"),
        );
    }
    if let (Value::Array(_), []) = (value, items) {
        reader.report(Code::Empty, place(value), "people", "[{…}]");
    }
    people
}

fn person(reader: &mut Reader, f: &mut Fields, deal: &Deal) -> Person {
    let id = reader.identifier(f);
    let name = need_text(reader, f, "name");
    let role = f
        .need(reader, "role")
        .and_then(|v| reader.word(v, Role::ALL, Role::id));
    let temper = f
        .get("temper")
        .and_then(|v| reader.word(v, Temper::ALL, Temper::id))
        .unwrap_or(Temper::Cautious);
    let call = match f.get("call") {
        Some(value) => reader.text(value).unwrap_or_default(),
        None => name.clone(),
    };
    let title = match f.get("title") {
        Some(value) => reader.text(value).unwrap_or_default(),
        None => role.map(defaults::title).unwrap_or_default(),
    };
    let department = text_or_empty(reader, f, "department");
    let about = text_or_empty(reader, f, "about");
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
    let decides = id == deal.decision_maker;
    reader.temper = Some(temper);
    reader.lowest = lowest_band(deal, decides, opening);
    let fear = f.get("fear").and_then(|v| {
        let mut f = reader.object(v)?;
        let reach = f
            .need(reader, "reach")
            .and_then(|v| reader.word(v, Reach::ALL, Reach::id));
        let line = need_text(reader, &mut f, "line");
        f.finish(reader);
        Some((reach?, line))
    });
    let (mut needs, mut concerns, mut hopes) = troubles(reader, f);
    let silent = ["needs", "concerns", "hopes"].iter().all(|key| !f.has(key));
    if let (true, Some(role)) = (silent, role) {
        // Nothing is known of what troubles him: he gets what people of his role are troubled by.
        (needs, concerns, hopes) = defaults::troubles(role, deal.need_class);
    }
    let misconception = f
        .get("misconception")
        .and_then(|v| misconception(reader, v, &mut concerns));
    let mut told = TopicSet::NONE;
    let situation = list(reader, f, "situation", |reader, f| {
        let topic = fresh_topic(reader, f, &mut told);
        let lines = lines_at(reader, f, "lines");
        Some((topic?, lines))
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
    for (reaction, instead) in out_of_place(decides, &concerns, &hopes) {
        if lines.contains_key(&reaction) {
            let at = f.place_within("lines", reaction.id());
            reader.report(Code::NeverSaid, at, reaction.id(), instead);
        }
    }
    (reader.temper, reader.lowest) = (None, Band::Closed);
    Person {
        id,
        name,
        call,
        title,
        department,
        about,
        // Without a role the case is refused; the person stays, so that nothing seems to refer to nobody.
        role: role.unwrap_or(Role::Executive),
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
    }
}

/// Needs, concerns and hopes.
pub(super) fn troubles(reader: &mut Reader, f: &mut Fields) -> defaults::Troubles {
    let needs = needs(reader, f);
    let concerns = concerns(reader, f);
    let hopes = hopes(reader, f, &needs);
    (needs, concerns, hopes)
}

fn needs(reader: &mut Reader, f: &mut Fields) -> Vec<Need> {
    let mut seen = TopicSet::NONE;
    list(reader, f, "needs", |reader, f| {
        let topic = fresh_topic(reader, f, &mut seen);
        let mut own = |key| lines_at(reader, f, key);
        let (problem, consequence, want) = (own("problem"), own("consequence"), own("want"));
        Some(Need {
            topic: topic?,
            problem,
            consequence,
            want,
        })
    })
}

fn concerns(reader: &mut Reader, f: &mut Fields) -> Vec<Concern> {
    let mut seen = TopicSet::NONE;
    list(reader, f, "concerns", |reader, f| {
        let topic = fresh_topic(reader, f, &mut seen);
        let gate = f
            .need(reader, "gate")
            .and_then(|v| reader.word(v, Gate::ALL, Gate::id));
        let hidden = f.get("hidden").is_some_and(|v| reader.boolean(v));
        let mut own = |key| lines_at(reader, f, key);
        let (raise, reason) = (own("raise"), own("reason"));
        let (settled, recurs) = (own("settled"), own("recurs"));
        Some(Concern {
            topic: topic?,
            gate: gate?,
            hidden,
            raise,
            reason,
            settled,
            recurs,
        })
    })
}

fn hopes(reader: &mut Reader, f: &mut Fields, needs: &[Need]) -> Vec<Hope> {
    let needed: TopicSet = needs.iter().map(|n| n.topic).collect();
    // A need whose topic is misspelt is reported there and not once more for each hope.
    let all_read = f.count("needs") == needs.len();
    let mut seen = TopicSet::NONE;
    list(reader, f, "hopes", |reader, f| {
        let topic = fresh_topic(reader, f, &mut seen);
        if let Some(topic) = topic.filter(|t| all_read && !needed.has(*t)) {
            let ids: Vec<&str> = needed.iter().map(|t| t.id()).collect();
            let expected = format!("needs[].topic: {}", ids.join(" | "));
            reader.report(Code::Dangling, f.place_of("topic"), topic.id(), expected);
        }
        let hope = lines_at(reader, f, "hope");
        let measure = lines_at(reader, f, "measure");
        Some(Hope {
            topic: topic?,
            hope,
            measure,
        })
    })
}

fn misconception(
    reader: &mut Reader,
    value: &Value,
    concerns: &mut Vec<Concern>,
) -> Option<Misconception> {
    let mut f = reader.object(value)?;
    let topic = topic(reader, &mut f);
    let belief = lines_at(reader, &mut f, "belief");
    let truth = need_text(reader, &mut f, "truth");
    f.finish(reader);
    let topic = topic?;
    if let Some(concern) = concerns.iter_mut().find(|c| c.topic == topic) {
        // Somebody who worries about the same thing anyway worries because of what he believes.
        concern.raise.extend(belief.iter().cloned());
    } else {
        // A half-true belief is a worry he keeps back: it comes out only when he is asked what is behind another one.
        concerns.push(Concern {
            topic,
            gate: Gate::Category,
            hidden: true,
            raise: belief.clone(),
            reason: Vec::new(),
            settled: Vec::new(),
            recurs: belief.clone(),
        });
    }
    Some(Misconception {
        topic,
        belief,
        truth,
    })
}

/// The topic of an entry; a second entry of the same topic would never be spoken of.
fn fresh_topic(
    reader: &mut Reader,
    f: &mut Fields,
    seen: &mut TopicSet,
) -> Option<crate::codebook::Topic> {
    let value = f.need(reader, "topic")?;
    let topic = topic_word(reader, value)?;
    if seen.has(topic) {
        reader.report(Code::NeverSaid, place(value), topic.id(), "");
    }
    *seen = seen.with(topic);
    Some(topic)
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
