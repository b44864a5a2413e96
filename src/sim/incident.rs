//! What comes from outside while a deal is on: a trainer lets it happen, no act of the trainee does.
//!
//! An incident takes away and unsettles; it never brings anybody nearer to an order. It is one entry of the log, and all
//! it moves is moved in that turn, under rules of its own.

use crate::codebook::Topic;
use crate::scenario::{Gate, PersonId};
use crate::sim::event::{Event, Gauge, Incident, Rule, Worry};
use crate::sim::step::Run;
use crate::sim::visit;

/// Lets it happen.
pub(super) fn happen(run: &mut Run, incident: Incident) {
    run.emit(Event::Befell { incident });
    match incident {
        Incident::BudgetFrozen => budget_frozen(run),
        Incident::BossReplaced => boss_replaced(run),
        Incident::RivalVisited => rival_visited(run),
        Incident::QualityIncident => quality_incident(run),
    }
    run.enforce_caps();
}

/// Nobody may commit himself, and everybody has to be shown how it could be paid for all the same.
fn budget_frozen(run: &mut Run) {
    let by = run.model.incident.confidence;
    for person in run.state.everybody() {
        unsettle(run, person, by, Rule::BudgetFrozen);
        let gate = Gate::Process;
        worry(run, person, Topic::Budget, gate, Rule::BudgetFrozen);
    }
}

/// A new man sits in the chair. What was won with the one before is gone with him; he starts where the case lets its
/// decision-maker start, and has to be introduced anew.
fn boss_replaced(run: &mut Run) {
    let boss = run.case.decision_maker;
    if run.state.visit.is_some_and(|v| v.person == boss) {
        visit::leave(run);
    }
    let opening = run.case.person(boss).opening;
    run.emit(Event::Replaced { person: boss });
    let fresh = [
        (Gauge::Category, opening.category as i8),
        (Gauge::Vendor, opening.vendor as i8),
        (Gauge::Confidence, opening.confidence as i8),
        (Gauge::Access, run.model.incident.access_left),
        (
            Gauge::Trust,
            opening.trust as i8 * run.model.trust.scale_quarters,
        ),
    ];
    for (gauge, at) in fresh {
        // Never a gain: one who had been talked down is not talked up by leaving.
        let at = at.min(run.state.gauge(boss, gauge));
        run.moved(boss, gauge, at, Rule::BossReplaced);
    }
}

/// Whoever prefers us has something to compare us with again.
fn rival_visited(run: &mut Run) {
    for person in run.state.everybody() {
        let vendor = run.state.gauge(person, Gauge::Vendor);
        if vendor > run.model.incident.vendor_left {
            run.moved(person, Gauge::Vendor, vendor - 1, Rule::RivalVisited);
        }
        if !run.is_decider(person) {
            let gate = Gate::Vendor;
            worry(
                run,
                person,
                Topic::VendorTrackRecord,
                gate,
                Rule::RivalVisited,
            );
        }
    }
}

/// It went wrong at somebody else's with such a thing: nobody wants to be the next.
fn quality_incident(run: &mut Run) {
    let by = run.model.incident.confidence;
    for person in run.state.everybody() {
        unsettle(run, person, by, Rule::QualityIncident);
        let gate = Gate::Confidence;
        worry(run, person, Topic::QualityRisk, gate, Rule::QualityIncident);
    }
}

fn unsettle(run: &mut Run, person: PersonId, by: i8, rule: Rule) {
    run.shift(person, Gauge::Confidence, -by, rule);
}

/// A worry he keeps to himself until it is his turn to speak; one that is on the table already stays there.
fn worry(run: &mut Run, person: PersonId, topic: Topic, gate: Gate, rule: Rule) {
    let before = run.state.person(person).concern(topic);
    if before.is_some_and(|c| c.is_open() || c.worry == Worry::Hidden) {
        return;
    }
    run.emit(Event::Concern {
        person,
        topic,
        gate: before.map_or(gate, |c| c.gate),
        to: Worry::Hidden,
        by_trainee: false,
        rule,
    });
}
