//! What stands beside the dimensions: total and caps, the two verdicts, turning points, relationship against authority.

use super::grading::said;
use super::tally::{ACCEPTED, Swing, Tally};
use super::{Dimension, Finding, Level, Moved, Reached, Standing, TurningPoint};
use crate::scenario::PersonId;
use crate::sim::{Gauge, Rule};

/// Quarters of trust from which nobody may be told that the relationship was too weak (C8).
const TRUSTED: i8 = 8;
/// The least gain worth naming, in steps of a stance or points of trust.
const LEAST_GAIN: f64 = 0.5;
/// How many turning points a report names.
const TURNING_POINTS: usize = 3;

/// The weight of a dimension in the total, in hundredths.
fn weight(dimension: Dimension) -> f64 {
    match dimension {
        Dimension::CategoryFirst | Dimension::DecisionMaker => 18.0,
        Dimension::NeedDevelopment | Dimension::Objections => 14.0,
        Dimension::ConcreteOutcome => 12.0,
        Dimension::VendorCase => 10.0,
        Dimension::Conduct | Dimension::Advance => 7.0,
    }
}

/// Weighted mean of the assessed levels; 1 where none is.
pub(super) fn mean(levels: &[Level]) -> f64 {
    let assessed = levels
        .iter()
        .filter_map(|l| Some((weight(l.dimension), f64::from(l.level?))));
    let (sum, weights) = assessed.fold((0.0, 0.0), |(sum, all), (w, level)| {
        (sum + w * level, all + w)
    });
    if weights == 0.0 { 1.0 } else { sum / weights }
}

/// The caps that hold. Before the first turn of talk there is nothing to cap.
pub(super) fn caps(t: &Tally) -> Vec<(f64, Finding)> {
    let mut caps = Vec::new();
    if t.talk.is_empty() {
        return caps;
    }
    let decider = t.case.decision_maker;
    // Where everybody wanted it from the start there was nobody to win over.
    let winnable = t.people.iter().any(|p| p.category < ACCEPTED);
    if !t.must() && winnable && t.people.iter().all(|p| p.accepted.is_none()) {
        let words = said(
            "没有一个人被带到想要这类东西这一步，总分不超过 2.0",
            "Nobody was brought to want such a thing, so the total stays at 2.0 or below",
        );
        caps.push((2.0, t.finding(words, t.moves(Gauge::Category, |_| true))));
    }
    if !t.must() && t.now(decider).access < 3 {
        let boss = t.call(decider);
        let words = said(
            format!("通往{}的门还没打开，总分不超过 2.5", boss.zh),
            format!(
                "The door to {} is not open yet, so the total stays at 2.5 or below",
                boss.en
            ),
        );
        caps.push((
            2.5,
            t.finding(words, t.moves(Gauge::Access, |id| id == decider)),
        ));
    }
    if !t.improper.is_empty() {
        let words = said(
            "许了不当的好处，总分就是 1.0",
            "An improper favour was offered, so the total is 1.0",
        );
        caps.push((1.0, t.finding(words, t.improper.clone())));
    }
    caps
}

/// First verdict: who was moved from category to vendor.
pub(super) fn moved(t: &Tally) -> Vec<Moved> {
    let met = t.everybody().filter(|(id, _)| t.now(*id).visits > 0);
    met.map(|(person, p)| {
        let now = t.now(person);
        let premature = if p.accepted.is_some() {
            p.premature_before
        } else {
            p.premature.len()
        };
        Moved {
            person,
            category: (p.category as u8, now.category as u8),
            vendor: now.vendor as u8,
            accepted_at: p.accepted.map(|c| c.turn),
            premature: u8::try_from(premature).unwrap_or(u8::MAX),
        }
    })
    .collect()
}

/// Second verdict: whether the decision-maker was reached.
pub(super) fn reached(t: &Tally) -> Reached {
    Reached {
        access: t.now(t.case.decision_maker).access as u8,
        route: t.met.and_then(|(_, route)| route),
        turn: t.met.map(|(cite, _)| cite.turn),
    }
}

/// Relationship against authority. Zhang Jin blames the relationship where nobody had the authority (C8, C9).
pub(super) fn standings(t: &Tally) -> Vec<(PersonId, Standing)> {
    let met = t.everybody().filter(|(id, _)| t.now(*id).visits > 0);
    met.map(|(id, p)| {
        let standing = if t.decides(id) {
            Standing::Decides
        } else if t.now(id).trust >= TRUSTED {
            if p.asked_up {
                Standing::NotHisToDecide
            } else {
                Standing::Fine
            }
        } else if p.authority && (t.settled_from_start(id) || !p.refused) {
            // He was truthful about it; more trust would not have given him the right to decide.
            Standing::NotHisToDecide
        } else if p.refused {
            Standing::TooWeak
        } else {
            Standing::Fine
        };
        (id, standing)
    })
    .collect()
}

/// The turns on which the deal hung.
pub(super) fn turning_points(t: &Tally) -> Vec<TurningPoint> {
    let mut swings = by_turn(&t.swings);
    // A greeting that pleased is no turning point; a small loss may be all that went wrong.
    swings.retain(|s| (s.size < 0.0 || s.size >= LEAST_GAIN) && s.rule != Rule::VisitOpened);
    swings.sort_by(|a, b| {
        b.size
            .abs()
            .total_cmp(&a.size.abs())
            .then(a.turn.cmp(&b.turn))
    });
    let mut chosen: Vec<Swing> = Vec::new();
    while chosen.len() < TURNING_POINTS {
        let fresh = |s: &&Swing| chosen.iter().all(|c| c.turn != s.turn);
        let elsewhere = |s: &&Swing| chosen.iter().all(|c| c.visit != s.visit);
        let next = swings
            .iter()
            .filter(fresh)
            .find(elsewhere)
            .or_else(|| swings.iter().find(fresh));
        let Some(&next) = next else { break };
        chosen.push(next);
    }
    // Praise alone teaches little: the worst turn is among them, if there was a bad one.
    if chosen.iter().all(|s| s.size > 0.0)
        && let Some(worst) = swings.iter().find(|s| s.size < 0.0)
    {
        match chosen.iter_mut().find(|s| s.turn == worst.turn) {
            Some(same) => *same = *worst,
            None => {
                chosen.truncate(TURNING_POINTS - 1);
                chosen.push(*worst);
            }
        }
    }
    chosen.sort_by_key(|s| s.turn);
    let point = |s: Swing| TurningPoint {
        turn: s.turn,
        gain: s.size > 0.0,
        rule: s.rule,
        person: s.person,
    };
    chosen.into_iter().map(point).collect()
}

/// What moved with one person in one turn, for better and for worse apart, under the name of its largest part.
fn by_turn(swings: &[Swing]) -> Vec<Swing> {
    let mut sums: Vec<(Swing, f64)> = Vec::new();
    for swing in swings {
        let same = |s: &&mut (Swing, f64)| {
            (s.0.turn, s.0.person) == (swing.turn, swing.person)
                && (s.0.size > 0.0) == (swing.size > 0.0)
        };
        match sums.iter_mut().find(same) {
            None => sums.push((*swing, swing.size.abs())),
            Some((sum, largest)) => {
                sum.size += swing.size;
                // Of equal parts the last: the want that was voiced, not the question before it.
                if swing.size.abs() >= *largest {
                    (sum.rule, *largest) = (swing.rule, swing.size.abs());
                }
            }
        }
    }
    sums.into_iter().map(|(swing, _)| swing).collect()
}
