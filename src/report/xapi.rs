//! Learning records (xAPI, IEEE 9274.1.1): one statement for the attempt, one for each dimension that was assessed.
//!
//! Statements never change: the identifier of each is made of its own content and of the home it comes from, so that
//! sending twice changes nothing, and a deal that was scored anew gives new ones under the same registration.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Deal;
use crate::score::{Dimension, Level};
use crate::sim::Outcome;
use crate::text::{Language, Text};

/// Where identifiers of activities and extensions begin unless the user says otherwise; reserved for nobody, so that no
/// real site is claimed.
pub const BASE: &str = "https://whybuy.invalid/xapi";

/// Whose records these are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where identifiers begin; without a slash at its end.
    pub base: String,
    /// This home: made once and kept, so that the same deal gives the same identifiers wherever the home is copied to.
    pub home: Uuid,
    /// The trainee's name in the learning record store, opaque; the home's own where `None`. Never an e-mail address.
    pub actor: Option<String>,
    /// A class or course the attempt belongs to, as an identifier.
    pub group: Option<String>,
}

/// The statements of the deals that are over, as one array; deals that still go on give none.
pub fn statements(deals: &[Deal], source: &Source) -> String {
    let over = deals
        .iter()
        .filter_map(|deal| Some((deal, deal.report.outcome?)));
    let all: Vec<Value> = over
        .flat_map(|(deal, outcome)| of_deal(deal, outcome, source))
        .collect();
    let mut text = serde_json::to_string_pretty(&all).expect("values are plain");
    text.push('\n');
    text
}

fn of_deal(deal: &Deal, outcome: Outcome, source: &Source) -> Vec<Value> {
    let attempt = attempt(deal, outcome, source);
    let dimensions = deal
        .report
        .levels
        .iter()
        .filter_map(|level| Some(dimension(deal, level, level.level?, source)));
    let all = std::iter::once(attempt).chain(dimensions);
    all.map(|statement| named(statement, source)).collect()
}

fn attempt(deal: &Deal, outcome: Outcome, source: &Source) -> Value {
    let (verb, zh) = match outcome {
        Outcome::Order => ("passed", "通过"),
        Outcome::TimeOut | Outcome::Improper => ("failed", "未通过"),
        Outcome::Abandoned => ("terminated", "中止"),
    };
    let report = deal.report;
    let seconds = deal.ended().saturating_sub(deal.session.header.started);
    let mut result = json!({
        "score": score(report.total),
        "completion": outcome != Outcome::Abandoned,
        "duration": format!("PT{seconds}S"),
        "extensions": {
            format!("{}/extensions/outcome", source.base): outcome.id(),
            format!("{}/extensions/access", source.base): report.reached.access,
        },
    });
    // Who gave up has neither passed nor failed.
    if outcome != Outcome::Abandoned {
        result["success"] = json!(outcome == Outcome::Order);
    }
    let course = json!({
        "objectType": "Activity",
        "id": format!("{}/courses/whybuy", source.base),
        "definition": { "type": "http://adlnet.gov/expapi/activities/course", "name": { "en": "whybuy" } },
    });
    json!({
        "actor": actor(source),
        "verb": { "id": format!("http://adlnet.gov/expapi/verbs/{verb}"), "display": { "en": verb, "zh-CN": zh } },
        "object": case(deal, source),
        "result": result,
        "context": context(deal, source, course),
        "timestamp": timestamp(deal.ended()),
    })
}

fn dimension(deal: &Deal, level: &Level, reached: u8, source: &Source) -> Value {
    let of: Dimension = level.dimension;
    let turns = level.met.iter().chain(&level.missed).flat_map(|f| &f.cites);
    let mut turns: Vec<usize> = turns.map(|cite| cite.turn + 1).collect();
    turns.sort_unstable();
    turns.dedup();
    json!({
        "actor": actor(source),
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/scored",
            "display": { "en": "scored", "zh-CN": "得分" },
        },
        "object": {
            "objectType": "Activity",
            "id": format!("{}/dimensions/{}", source.base, of.id()),
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/objective",
                "name": { "en": of.name(Language::En), "zh-CN": of.name(Language::Zh) },
            },
        },
        "result": {
            "score": score(f64::from(reached)),
            "extensions": { format!("{}/extensions/turns", source.base): turns },
        },
        "context": context(deal, source, case(deal, source)),
        "timestamp": timestamp(deal.ended()),
    })
}

/// The case in the text it was played with: another text is another activity.
fn case(deal: &Deal, source: &Source) -> Value {
    let (header, case) = (&deal.session.header, &deal.session.world.case);
    let version: String = header.content.chars().take(12).collect();
    json!({
        "objectType": "Activity",
        "id": format!("{}/scenarios/{}/{version}", source.base, part(&header.scenario)),
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/simulation",
            "name": words(&case.title),
            "description": words(&case.summary),
        },
    })
}

fn context(deal: &Deal, source: &Source, parent: Value) -> Value {
    let header = &deal.session.header;
    let language = match header.language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    };
    let mut activities = json!({ "parent": [parent] });
    if let Some(group) = &source.group {
        let id = format!("{}/groups/{}", source.base, part(group));
        activities["grouping"] = json!([{ "objectType": "Activity", "id": id }]);
    }
    json!({
        "registration": registration(deal, source),
        "language": language,
        "platform": concat!("whybuy ", env!("CARGO_PKG_VERSION")),
        "contextActivities": activities,
        "extensions": {
            format!("{}/extensions/seed", source.base): header.seed,
            format!("{}/extensions/mode", source.base): header.mode.id(),
            format!("{}/extensions/exam", source.base): header.exam,
            format!("{}/extensions/model", source.base): header.model,
        },
    })
}

/// One deal is one registration.
fn registration(deal: &Deal, source: &Source) -> String {
    Uuid::new_v5(&source.home, format!("deal {}", deal.id).as_bytes()).to_string()
}

fn actor(source: &Source) -> Value {
    let name = source
        .actor
        .clone()
        .unwrap_or_else(|| source.home.to_string());
    json!({
        "objectType": "Agent",
        "account": { "homePage": format!("{}/homes", source.base), "name": name },
    })
}

fn named(statement: Value, source: &Source) -> Value {
    let id = Uuid::new_v5(&source.home, statement.to_string().as_bytes());
    let mut whole = Map::from_iter([("id".to_owned(), json!(id.to_string()))]);
    if let Value::Object(fields) = statement {
        whole.extend(fields);
    }
    Value::Object(whole)
}

/// Levels run from 1 to 4.
fn score(raw: f64) -> Value {
    let scaled = ((raw - 1.0) / 3.0).clamp(0.0, 1.0);
    json!({ "scaled": (scaled * 10_000.0).round() / 10_000.0, "raw": raw, "min": 1, "max": 4 })
}

fn words(text: &Text) -> Value {
    json!({ "zh-CN": text.zh, "en": text.en })
}

fn timestamp(seconds: u64) -> String {
    let stamp = i64::try_from(seconds)
        .ok()
        .and_then(|s| jiff::Timestamp::from_second(s).ok());
    stamp.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// What a user wrote as a part of an identifier that must stay one.
fn part(words: &str) -> String {
    let mut out = String::new();
    for byte in words.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                out.push(char::from(byte))
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
