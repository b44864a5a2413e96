//! What happens between visits: promises fall due, people talk, worries come back, the calendar turns.

use crate::scenario::beat::BeatMoment;
use crate::scenario::{NeedClass, PersonId};
use crate::sim::beat;
use crate::sim::dice::Purpose;
use crate::sim::event::{Event, Gauge, Outcome, PromiseKind, Rule, Worry};
use crate::sim::state::pair;
use crate::sim::step::Run;

/// The week ends.
pub(super) fn end(run: &mut Run) {
    promises(run);
    reports(run);
    quotes(run);
    rivals(run);
    recurrences(run);
    run.enforce_caps();
    if run.state.week >= run.case.weeks {
        run.emit(Event::DealEnded {
            outcome: Outcome::TimeOut,
        });
    } else {
        run.emit(Event::WeekBegan {
            week: run.state.week + 1,
        });
        beat::fire(run, BeatMoment::Week);
    }
}

fn promises(run: &mut Run) {
    let week = run.state.week;
    let mut due = [None; crate::sim::state::MAX_PROMISES];
    for (number, promise) in run.state.open_promises() {
        due[number as usize] = Some(promise);
    }
    for (number, promise) in due
        .into_iter()
        .enumerate()
        .filter_map(|(i, p)| p.map(|p| (i as u8, p)))
    {
        let person = promise.person;
        if promise.due > week {
            continue;
        }
        if promise.kind == PromiseKind::Page {
            run.emit(Event::Broken { promise: number });
            run.trust(
                person,
                run.model.trust.promise_broken_quarters,
                Rule::PromiseBroken,
            );
        } else if run.chance(
            Purpose::ActionDone,
            u64::from(number),
            run.model.desk.action_done_per_cent,
        ) {
            run.emit(Event::Kept { promise: number });
            learn(run, person, promise.kind);
        } else {
            run.emit(Event::Broken { promise: number });
        }
    }
}

/// What a client learns by doing what he agreed to.
fn learn(run: &mut Run, person: PersonId, kind: PromiseKind) {
    for hope in 0..run.case.person(person).hopes.len().min(4) as u8 {
        let known = run.state.person(person).hopes[hope as usize];
        if !known[0] {
            run.emit(Event::Hope {
                person,
                hope,
                part: 0,
                rule: Rule::FunctionKnown,
            });
        }
        if kind == PromiseKind::Pilot && !known[1] {
            run.emit(Event::Hope {
                person,
                hope,
                part: 1,
                rule: Rule::OperationKnown,
            });
        }
    }
    if kind == PromiseKind::Pilot {
        run.shift(person, Gauge::Confidence, 1, Rule::TrialRun);
    }
}

/// Managers who were equipped report upward: the decision-maker hears wants and criteria from inside.
fn reports(run: &mut Run) {
    let decider = run.case.decision_maker;
    for id in run.state.everybody() {
        let person = run.state.person(id);
        let delivered = run
            .state
            .promises
            .iter()
            .flatten()
            .any(|p| p.person == id && p.kind == PromiseKind::Page && p.settled == Some(true));
        if run.is_decider(id)
            || person.reported
            || !delivered
            || person.opposed
            || person.category < 2
        {
            continue;
        }
        let (category, wants) = (person.category, person.wants());
        run.emit(Event::Told {
            from: id,
            to: decider,
            rule: Rule::ReportedUpward,
        });
        run.emit(Event::WantsHeard {
            person: decider,
            topics: wants,
        });
        run.at_least(decider, Gauge::Access, 2, Rule::ReportedUpward);
        if category >= run.model.category.accepted as i8 {
            run.at_least(id, Gauge::Category, 4, Rule::ReportedUpward);
        }
        // The top *starts* where the report leaves him: he takes the question as open for as much as was said in it. A
        // want somebody has voiced carries him to *accepted*; a page without one only tells him of the problem (law 3).
        // Vendor, confidence and the door itself still have to be earned with him.
        let told = if wants.is_empty() {
            run.model.category.told_only_max
        } else {
            run.model.executive.report_max
        };
        let report = category.min(told as i8);
        if run.case.need_class == NeedClass::Nice {
            run.at_least(decider, Gauge::Category, report, Rule::ReportedUpward);
        }
    }
}

/// What was carried from one to another may reach the one who was quoted.
fn quotes(run: &mut Run) {
    let corridor = &run.model.corridor;
    for person in run.state.everybody() {
        for about in run.state.everybody() {
            if run.state.quotes & pair(person, about) == 0 {
                continue;
            }
            let per_cent = match run.case.relation(person, about) {
                ..0 => corridor.repeat_enemy_per_cent,
                0 => corridor.repeat_neutral_per_cent,
                _ => corridor.repeat_friend_per_cent,
            };
            let index = u64::from(person) * 8 + u64::from(about);
            if run.chance(Purpose::Repeat, index, per_cent) {
                run.emit(Event::Told {
                    from: person,
                    to: about,
                    rule: Rule::QuoteCameBack,
                });
                run.trust(about, run.model.trust.quoted_quarters, Rule::QuoteCameBack);
            }
        }
    }
}

/// A manager who is against, and at odds with one who is for us, may unsettle the decision-maker.
fn rivals(run: &mut Run) {
    let decider = run.case.decision_maker;
    if run.state.person(decider).access < 4 {
        return;
    }
    let against = run.model.executive.against_at_most as i8;
    for id in run.state.everybody() {
        let state = run.state.person(id);
        let hostile = state.opposed || (state.category <= against && run.case.person(id).required);
        let has_enemy = run
            .case
            .relations
            .iter()
            .any(|r| r.from == id && r.value < 0 && run.accepted(r.to));
        let rival = !run.is_decider(id) && hostile && has_enemy;
        if rival
            && run.chance(
                Purpose::Undo,
                u64::from(id),
                run.model.corridor.rival_undo_per_cent,
            )
        {
            run.emit(Event::Told {
                from: id,
                to: decider,
                rule: Rule::RivalUndid,
            });
            run.shift(decider, Gauge::Confidence, -1, Rule::RivalUndid);
        }
    }
}

/// A worry that was answered without being understood may come back, once.
fn recurrences(run: &mut Run) {
    for person in run.state.everybody() {
        for &topic in crate::codebook::Topic::ALL {
            let Some(concern) = run.state.person(person).concern(topic) else {
                continue;
            };
            let shaky = concern.worry == Worry::Answered && !concern.probed && !concern.recurred;
            let index = u64::from(person) * 32 + topic as u64;
            if shaky && run.chance(Purpose::Recur, index, run.model.corridor.recur_per_cent) {
                run.worry(person, topic, Worry::Recurred, Rule::ConcernRecurred);
            }
        }
    }
}
