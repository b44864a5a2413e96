//! A proof for programs: one JSON object on one line.

use serde_json::{Value, json};

use crate::review::Player;
use crate::review::prove::{
    Breach, Failure, GUIDED, Passage, Proof, Reached, Target, Verdict, described,
};
use crate::scenario::Case;
use crate::store::entry_line;
use crate::text::Text;

/// The whole proof. The winning run's inputs stand in `entries` as they would in a log.
pub(super) fn of(case: &Case, proof: &Proof) -> Value {
    let failures = proof.failures();
    json!({
        "scenario": case.id,
        "passed": failures.is_empty(),
        "complete": proof.complete,
        "failures": failures.iter().map(failure).collect::<Vec<_>>(),
        "players": proof.rates.iter().map(|r| json!({
            "player": r.player.map_or("guided", Player::id),
            "runs": r.runs,
            "won": r.won,
            "turns": r.turns,
            "weeks": r.weeks,
            "score_quartiles": r.scores,
        })).collect::<Vec<_>>(),
        "laws": proof.laws.iter().map(|(law, v)| json!({
            "law": law.id(),
            "verdict": verdict(case, v),
        })).collect::<Vec<_>>(),
        "difficulty": proof.difficulty.map(|d| json!({
            "level": d.level,
            "points": d.points,
            "strong_turns": d.turns,
            "strong_weeks": d.weeks,
            "hidden_worries": d.hidden,
            "people_required": d.required,
        })),
        "rescue": {
            "runs": proof.rescue.runs,
            "won_by_week": proof.rescue.by_week,
            "examples": proof.rescue.examples.iter().map(|e| json!({
                "seed": e.seed,
                "inputs": e.inputs,
                "last": e.last,
                "week": e.week,
            })).collect::<Vec<_>>(),
        },
        "runs": {
            "played": proof.runs.played,
            "listened": proof.runs.listened,
            "offered": proof.runs.offered,
        },
        "reached": proof.reached.iter().map(|r| reached(case, proof, r)).collect::<Vec<_>>(),
        "winning": proof.winning.as_ref().map(|w| json!({
            "seed": w.seed,
            "turns": w.turns,
            "weeks": w.weeks,
            "entries": w.entries.iter().map(|e| {
                serde_json::from_str(&entry_line(e, None)).unwrap_or(Value::Null)
            }).collect::<Vec<Value>>(),
            "transcript": w.transcript.iter().map(|p| passage(case, p)).collect::<Vec<_>>(),
        })),
    })
}

fn failure(failure: &Failure) -> Value {
    match failure {
        Failure::StrongLoses(won) => json!({ "kind": "strong_loses", "won": won }),
        Failure::LoserWins(player, won) => {
            json!({ "kind": "loser_wins", "player": player.id(), "won": won })
        }
        Failure::NoWinningRun => json!({ "kind": "no_winning_run" }),
        Failure::LawBroken(law) => json!({ "kind": "law_broken", "law": law.id() }),
        Failure::Stopped => json!({ "kind": "stopped" }),
    }
}

fn verdict(case: &Case, verdict: &Verdict) -> Value {
    match verdict {
        Verdict::Proven { states } => json!({ "is": "proven", "states": states }),
        Verdict::Unproven { states, topics } => {
            json!({ "is": "unproven", "states": states, "topics_at_once": topics })
        }
        Verdict::Broken(Breach::Visit { person, lines }) => json!({
            "is": "broken",
            "person": case.person(*person).id,
            "lines": lines.iter().map(|act| text(&described(case, act))).collect::<Vec<_>>(),
        }),
        Verdict::Broken(Breach::Run { player, seed }) => {
            json!({ "is": "broken", "player": player.id(), "seed": seed })
        }
    }
}

fn reached(case: &Case, proof: &Proof, reached: &Reached) -> Value {
    let person = |id: u8| &case.person(id).id;
    let mut value = match &reached.target {
        Target::Raised(id, t) => {
            json!({ "concern": t.id(), "person": person(*id), "is": "raised" })
        }
        Target::Probed(id, t) => {
            json!({ "concern": t.id(), "person": person(*id), "is": "probed" })
        }
        Target::Closed(id, t) => {
            json!({ "concern": t.id(), "person": person(*id), "is": "closed" })
        }
        Target::Admitted(id, t) => {
            json!({ "need": t.id(), "person": person(*id), "is": "admitted" })
        }
        Target::Wanted(id, t) => json!({ "need": t.id(), "person": person(*id), "is": "wanted" }),
        Target::Hoped(id, t) => json!({ "hope": t.id(), "person": person(*id), "is": "voiced" }),
        Target::Measured(id, t) => {
            json!({ "hope": t.id(), "person": person(*id), "is": "measured" })
        }
        Target::Beat(number) => json!({ "beat": case.beats[usize::from(*number)].id }),
        Target::Line { place, words } => json!({ "line": place, "words": text(words) }),
        Target::Move { index, words } => json!({ "move": index, "words": text(words) }),
    };
    let mut by: Vec<&str> = Player::ALL
        .iter()
        .enumerate()
        .filter(|(n, _)| reached.by & 1 << n != 0)
        .map(|(_, player)| player.id())
        .collect();
    if reached.by & 1 << GUIDED != 0 {
        by.push("guided");
    }
    value["by"] = json!(by);
    value["runs"] = json!(reached.runs);
    value["of_runs"] = json!(proof.runs.of(&reached.target));
    value
}

fn passage(case: &Case, passage: &Passage) -> Value {
    let person = |id: u8| &case.person(id).id;
    match passage {
        Passage::Week(week) => json!({ "week": week }),
        Passage::Visit(id, met) => json!({ "visit": person(*id), "met": met }),
        Passage::Kept(id) => json!({ "kept": person(*id) }),
        Passage::Leave => json!({ "leave": true }),
        Passage::Said(said) => json!({
            "by": said.by.map(person),
            "words": text(&said.words),
        }),
    }
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}
