//! What an author's beats make happen: looked at where a turn ends and where a week begins.

use crate::scenario::PersonId;
use crate::scenario::beat::{BeatMoment, Condition, Effect, Is, Level, MAX_BEATS};
use crate::sim::event::{Event, Gauge, Rule, Worry};
use crate::sim::state::State;
use crate::sim::step::Run;

/// Lets every beat happen whose time has come, in the order of the file: those of the person the visit is with, or, where
/// a week begins, those of anybody.
pub(super) fn fire(run: &mut Run, moment: BeatMoment) {
    let case = run.case;
    for (number, beat) in case.beats.iter().enumerate().take(MAX_BEATS) {
        if run.state.outcome.is_some() {
            return;
        }
        let here = match moment {
            BeatMoment::Visit => run.state.visit.is_some_and(|v| v.person == beat.who),
            BeatMoment::Week => true,
        };
        let due = here && beat.moment == moment && run.state.beats & 1 << number == 0;
        if due && holds(&beat.when, run.state) {
            run.emit(Event::Beat { beat: number as u8 });
            beat.then.iter().for_each(|effect| happen(run, *effect));
            run.enforce_caps();
        }
    }
}

fn happen(run: &mut Run, effect: Effect) {
    match effect {
        Effect::Trust(person, points) => {
            let quarters = points * run.model.trust.scale_quarters;
            run.trust(person, quarters, Rule::Beat);
        }
        Effect::Confidence(person, by) => run.shift(person, Gauge::Confidence, by, Rule::Beat),
        Effect::Admits(person, topic) => {
            let state = run.state.person(person);
            if state.live.has(topic) && state.need(topic).level == 0 {
                run.emit(Event::Need {
                    person,
                    topic,
                    level: 1,
                    severity: 0,
                    rule: Rule::Beat,
                });
                let admitted = run.model.category.admitted_max as i8;
                run.at_least(person, Gauge::Category, admitted, Rule::Beat);
            }
        }
        Effect::Worries(person, topic) => {
            let concern = run.state.person(person).concern(topic);
            if concern.is_some_and(|c| !c.is_open()) {
                run.worry(person, topic, Worry::Open, Rule::Beat);
            }
        }
        Effect::Known(person) => {
            if !run.state.person(person).named {
                run.emit(Event::Named { person });
            }
        }
    }
}

/// Whether a condition holds.
fn holds(condition: &Condition, state: &State) -> bool {
    match condition {
        Condition::All(all) => all.iter().all(|c| holds(c, state)),
        Condition::Any(any) => any.iter().any(|c| holds(c, state)),
        Condition::Not(inner) => !holds(inner, state),
        Condition::Week(compare, week) => compare.holds(state.week as i8, *week),
        Condition::Level(person, level, compare, than) => {
            compare.holds(level_of(*person, *level, state), *than)
        }
        Condition::Is(person, is) => is_so(*person, *is, state),
        Condition::Happened(beat) => state.beats & 1 << beat != 0,
    }
}

fn level_of(person: PersonId, level: Level, state: &State) -> i8 {
    let person = state.person(person);
    match level {
        Level::Category => person.category,
        Level::Vendor => person.vendor,
        Level::Confidence => person.confidence,
        Level::Access => person.access,
        // Whole points, as an author writes them.
        Level::Trust => person.trust / 4,
        Level::Visits => person.visits.min(99) as i8,
        Level::Wants => person.wants().iter().count() as i8,
    }
}

fn is_so(person: PersonId, is: Is, state: &State) -> bool {
    let person = state.person(person);
    match is {
        Is::Known => person.named,
        Is::Opposed => person.opposed,
        Is::Admits(topic) => person.admitted().has(topic),
        Is::Wants(topic) => person.wants().has(topic),
        Is::Worries(topic) => person.concern(topic).is_some_and(|c| c.is_open()),
        Is::Settled(topic) => person
            .concern(topic)
            .is_some_and(|c| c.worry == Worry::Closed),
    }
}
