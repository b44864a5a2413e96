//! Beats: what a file makes happen, and only to whom and about what the case knows.

use super::condition::{Names, condition};
use super::fields::{Fields, Reader, place};
use super::speech::lines_at;
use super::{reference, topic_word};
use crate::codebook::Topic;
use crate::scenario::beat::{Beat, BeatMoment, Condition, Effect, MAX_BEATS};
use crate::scenario::problem::Code;
use crate::scenario::{Person, PersonId};

/// What beats may refer to.
pub(super) struct Stage<'a> {
    pub people: &'a [Person],
    /// Nothing was wrong with them. Else a misspelt difficulty would be reported once more for each beat that names it.
    pub whole: bool,
    pub weeks: u8,
}

pub(super) fn beats(reader: &mut Reader, fields: &mut Fields, stage: &Stage) -> Vec<Beat> {
    let ids: Vec<&str> = stage.people.iter().map(|p| p.id.as_str()).collect();
    let needs = |id: PersonId| -> Vec<Topic> {
        let person = stage.people.get(usize::from(id));
        person.map_or(Vec::new(), |p| p.needs.iter().map(|n| n.topic).collect())
    };
    let concerns = |id: PersonId| -> Vec<Topic> {
        let person = stage.people.get(usize::from(id));
        person.map_or(Vec::new(), |p| p.concerns.iter().map(|c| c.topic).collect())
    };
    let Some(value) = fields.get("beats") else {
        return Vec::new();
    };
    let items = reader.items(value);
    let (mut beats, mut above): (Vec<Beat>, Vec<String>) = (Vec::new(), Vec::new());
    for item in items.iter().take(MAX_BEATS) {
        let Some(mut f) = reader.object(item) else {
            continue;
        };
        let names = Names {
            people: &ids,
            needs: &needs,
            concerns: &concerns,
            beats: &above,
            whole: stage.whole,
            weeks: stage.weeks,
        };
        let (id, found) = beat(reader, &mut f, &names);
        f.finish(reader);
        above.push(id);
        beats.extend(found);
    }
    if let Some(first) = items.get(MAX_BEATS) {
        let found = items.len().to_string();
        reader.report(Code::TooMany, place(first), found, format!("≤ {MAX_BEATS}"));
    }
    beats
}

/// One beat, and its identifier also where it cannot be read.
fn beat(reader: &mut Reader, f: &mut Fields, names: &Names) -> (String, Option<Beat>) {
    let id = reader.identifier(f);
    if names.beats.contains(&id) && !id.is_empty() {
        reader.report(Code::DuplicateId, f.place_of("id"), id.clone(), "");
    }
    let who = f.need(reader, "who");
    let who = who.and_then(|v| reference(reader, v, names.people));
    let at = f.get("at");
    let moment = at.and_then(|v| reader.word(v, &BeatMoment::ALL, BeatMoment::id));
    let when = match f.get("when") {
        None => Some(Condition::All(Vec::new())),
        Some(value) => reader
            .string(value)
            .and_then(|words| condition(reader, words, &place(value), names)),
    };
    let say = lines_at(reader, f, "say");
    let mut then = Vec::new();
    if let Some(value) = f.get("then") {
        for item in reader.items(value) {
            if let Some(mut f) = reader.object(item) {
                effects(reader, &mut f, names, &mut then);
                f.finish(reader);
            }
        }
    }
    if !f.has("say") && !f.has("then") {
        reader.report(Code::Empty, f.place(), "", "\"say\", \"then\"");
    }
    let beat = who.zip(when).map(|(who, when)| Beat {
        id: id.clone(),
        who,
        moment: moment.unwrap_or(BeatMoment::Visit),
        when,
        say,
        then,
    });
    (id, beat)
}

/// What one entry makes happen to its person.
fn effects(reader: &mut Reader, f: &mut Fields, names: &Names, into: &mut Vec<Effect>) {
    let who = f
        .need(reader, "person")
        .and_then(|v| reference(reader, v, names.people));
    let number = |reader: &mut Reader, f: &mut Fields, key, range| {
        let value = f.get(key)?;
        reader.within(value, range).map(|n| n as i8)
    };
    let trust = number(reader, f, "trust", -2..=2);
    let confidence = number(reader, f, "confidence", -2..=1);
    let own = |reader: &mut Reader, f: &mut Fields, key, of: &dyn Fn(PersonId) -> Vec<Topic>| {
        let value = f.get(key)?;
        let topic = topic_word(reader, value)?;
        let topics = of(who?);
        if names.whole && !topics.contains(&topic) {
            let ids: Vec<&str> = topics.iter().map(|t| t.id()).collect();
            let expected = reader.choices(topic.id(), &ids);
            reader.report(Code::Dangling, place(value), topic.id(), expected);
        }
        Some(topic)
    };
    let admits = own(reader, f, "admits", names.needs);
    let worries = own(reader, f, "worries", names.concerns);
    let known = f.get("known").is_some_and(|v| reader.boolean(v));
    let said = ["trust", "confidence", "admits", "worries", "known"];
    if !said.iter().any(|key| f.has(key)) {
        reader.report(Code::Missing, f.place(), "", said.join(" | "));
    }
    let Some(who) = who else { return };
    into.extend(trust.map(|by| Effect::Trust(who, by)));
    into.extend(confidence.map(|by| Effect::Confidence(who, by)));
    into.extend(admits.map(|topic| Effect::Admits(who, topic)));
    into.extend(worries.map(|topic| Effect::Worries(who, topic)));
    into.extend(known.then_some(Effect::Known(who)));
}
