//! Everything about deals as JSON, for programs. What the fields mean stands in `assets/report/forms.md`.

use serde_json::{Value, json};

use super::Deal;
use super::steps::{Stance, Step, opening, steps};
use crate::codebook::{Evidence, ReadAct};
use crate::score::{Cite, Finding, Standing};
use crate::session::Entry;
use crate::sim::Event;
use crate::text::Text;

/// The version of the form. It grows where a field changes its meaning or goes; new fields may come without.
pub const VERSION: u32 = 1;

/// The document, indented, with a line break at its end.
pub fn document(deals: &[Deal]) -> String {
    let sessions: Vec<Value> = deals.iter().map(session).collect();
    let document = json!({ "form": "whybuy.sessions", "version": VERSION, "sessions": sessions });
    let mut text = serde_json::to_string_pretty(&document).expect("values are plain");
    text.push('\n');
    text
}

fn session(deal: &Deal) -> Value {
    let (session, case) = (deal.session, &deal.session.world.case);
    let header = &session.header;
    let people = case.people.iter().map(|p| {
        json!({ "id": p.id, "name": text(&p.name), "role": p.role.id(), "required": p.required, "veto": p.veto })
    });
    let steps = steps(session);
    let turns = steps
        .iter()
        .enumerate()
        .map(|(index, step)| turn(deal, index, step));
    json!({
        "id": deal.id,
        "name": deal.name,
        "scenario": { "id": header.scenario, "content": header.content, "title": text(&case.title) },
        "model": header.model,
        "seed": header.seed,
        "language": header.language.code(),
        "mode": header.mode.id(),
        "exam": header.exam,
        "started": header.started,
        "ended": deal.ended(),
        "outcome": session.state.outcome.map(|o| o.id()),
        "people": people.collect::<Vec<_>>(),
        "decision_maker": case.person(case.decision_maker).id,
        "opening": stances(deal, &opening(session)),
        "turns": turns.collect::<Vec<_>>(),
        "report": report(deal),
    })
}

fn turn(deal: &Deal, index: usize, step: &Step) -> Value {
    let id = |person: u8| deal.session.world.case.person(person).id.as_str();
    let said = step.turn.said.iter().filter(|s| s.by.is_some());
    let replies = said.map(|s| json!({ "by": s.by.map(id), "words": text(&s.words) }));
    let moves = step.turn.events.iter().filter_map(|event| match *event {
        Event::Moved {
            person,
            gauge,
            from,
            to,
            rule,
        } => Some(json!({
            "person": id(person), "gauge": gauge.id(), "from": from, "to": to, "rule": rule.id(),
        })),
        _ => None,
    });
    let acts: &[ReadAct] = match &step.turn.entry {
        Entry::Say { acts, .. } => acts,
        _ => &[],
    };
    json!({
        "turn": index + 1,
        "at": deal.at.get(index).copied().flatten(),
        "week": step.week,
        "visit": (step.visit > 0).then_some(step.visit),
        "person": step.person.map(id),
        "entry": kind(&step.turn.entry),
        "words": words(&step.turn.entry),
        "acts": acts.iter().map(act).collect::<Vec<_>>(),
        "replies": replies.collect::<Vec<_>>(),
        "moves": moves.collect::<Vec<_>>(),
        "after": stances(deal, &step.after),
    })
}

fn kind(entry: &Entry) -> &'static str {
    match entry {
        Entry::Visit(_) => "visit",
        Entry::Say { .. } => "say",
        Entry::Leave => "leave",
        Entry::Fulfil(_) => "fulfil",
        Entry::NextWeek => "next_week",
        Entry::Abandon => "abandon",
        Entry::Prepare(..) => "prepare",
        Entry::Note(..) => "note",
        Entry::Rate(_) => "rate",
        Entry::Hint(_) => "hint",
        Entry::Map(..) => "map",
        Entry::Rule(_) => "rule",
        Entry::RuleKept(_) => "rule_kept",
        Entry::Befall(_) => "befall",
    }
}

fn words(entry: &Entry) -> Value {
    match entry {
        Entry::Say { words, .. } => text(words),
        Entry::Note(_, words) | Entry::Rule(words) => json!(words),
        Entry::Befall(incident) => json!(incident.id()),
        _ => Value::Null,
    }
}

fn act(read: &ReadAct) -> Value {
    let spoken = read.spoken;
    let topics: Vec<&str> = spoken.topics.iter().map(|t| t.id()).collect();
    json!({
        "act": spoken.act.id(),
        "topics": topics,
        "scope": spoken.scope.map(|s| s.id()),
        "specific": spoken.specific,
        "step": spoken.step.map(|s| s.id()),
        "supported": match spoken.evidence {
            Evidence::None => Value::Null,
            Evidence::Fact(_) => json!(true),
            Evidence::Unsupported => json!(false),
        },
        "confidence": read.confidence,
    })
}

fn stances(deal: &Deal, stances: &[Stance]) -> Value {
    let people = deal.session.world.case.people.iter().zip(stances);
    let one = |(person, s): (&crate::scenario::Person, &Stance)| {
        let stance = json!({
            "category": s.category, "vendor": s.vendor, "confidence": s.confidence, "access": s.access,
            "trust": f64::from(s.trust) / 4.0,
        });
        (person.id.clone(), stance)
    };
    Value::Object(people.map(one).collect())
}

fn report(deal: &Deal) -> Value {
    let report = deal.report;
    let id = |person: u8| deal.session.world.case.person(person).id.as_str();
    let dimensions = report.levels.iter().map(|level| {
        json!({
            "dimension": level.dimension.id(),
            "level": level.level,
            "met": level.met.iter().map(finding).collect::<Vec<_>>(),
            "missed": level.missed.iter().map(finding).collect::<Vec<_>>(),
        })
    });
    let caps = report
        .caps
        .iter()
        .map(|(cap, why)| json!({ "cap": cap, "why": finding(why) }));
    let moved = report.moved.iter().map(|m| {
        json!({
            "person": id(m.person), "category": [m.category.0, m.category.1], "vendor": m.vendor,
            "accepted_turn": m.accepted_at.map(|t| t + 1), "premature": m.premature,
        })
    });
    let visits = report.visits.iter().map(|v| {
        json!({
            "week": v.week, "person": id(v.person), "end": v.end.map(|e| e.id()), "talk": v.turns,
            "turn": v.began + 1,
        })
    });
    let points = report.turning_points.iter().map(|p| {
        json!({ "turn": p.turn + 1, "gain": p.gain, "rule": p.rule.id(), "person": id(p.person) })
    });
    let standings = report.standings.iter().map(|(person, standing)| {
        let standing = match standing {
            Standing::TooWeak => "too_weak",
            Standing::NotHisToDecide => "not_his_to_decide",
            Standing::Decides => "decides",
            Standing::Fine => "fine",
        };
        json!({ "person": id(*person), "standing": standing })
    });
    json!({
        "total": report.total,
        "uncapped": report.uncapped,
        "caps": caps.collect::<Vec<_>>(),
        "dimensions": dimensions.collect::<Vec<_>>(),
        "moved": moved.collect::<Vec<_>>(),
        "reached": {
            "access": report.reached.access,
            "route": report.reached.route.map(|r| r.id()),
            "turn": report.reached.turn.map(|t| t + 1),
        },
        "visits": visits.collect::<Vec<_>>(),
        "turning_points": points.collect::<Vec<_>>(),
        "standings": standings.collect::<Vec<_>>(),
        "own_rating": deal.session.rated(),
    })
}

fn finding(finding: &Finding) -> Value {
    let turn = |cite: &Cite| cite.turn + 1;
    json!({ "words": text(&finding.words), "turns": finding.cites.iter().map(turn).collect::<Vec<_>>() })
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}
