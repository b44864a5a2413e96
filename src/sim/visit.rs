//! How a visit opens and how it ends.

use crate::scenario::beat::BeatMoment;
use crate::scenario::{NeedClass, PersonId, Reaction};
use crate::sim::beat;
use crate::sim::dice::Purpose;
use crate::sim::event::{Event, Gauge, Route, Rule, VisitEnd};
use crate::sim::rules::speak_up;
use crate::sim::step::{Refusal, Run};

/// Goes to see a person; he may not be met.
pub(super) fn open(run: &mut Run, person: PersonId) -> Result<(), Refusal> {
    if person >= run.state.headcount || !run.state.person(person).named {
        return Err(Refusal::Unknown);
    }
    if run.state.visits_used >= run.case.visits_per_week {
        return Err(Refusal::NoVisitsLeft);
    }
    run.emit(Event::VisitTried { person });
    let route = route_to(run, person);
    let met = match route {
        None => true,
        Some(route) => {
            let access = &run.model.access;
            let per_cent = match route {
                Route::Referral => access.introduced_per_cent,
                Route::Public => access.public_per_cent,
                Route::Cold => access.cold_per_cent,
            };
            run.chance(Purpose::Met, u64::from(person), per_cent)
        }
    };
    if route == Some(Route::Cold) {
        go_over_heads(run);
    }
    if !met {
        run.emit(Event::NotMet { person });
        return Ok(());
    }
    begin(run, person, route);
    Ok(())
}

/// By which road somebody is reached; `None` for those whose door is open.
fn route_to(run: &Run, person: PersonId) -> Option<Route> {
    let state = run.state.person(person);
    if !run.is_decider(person)
        || run.case.need_class == NeedClass::Must
        || run.case.person(person).known
    {
        return None;
    }
    let occasion = run
        .case
        .occasions
        .iter()
        .any(|o| o.week == run.state.week && o.person == person);
    match state.access {
        3.. => Some(Route::Referral),
        2 if occasion => Some(Route::Public),
        _ => Some(Route::Cold),
    }
}

/// Calling on the decision-maker without anybody's consent: the managers learn of it, met or not.
fn go_over_heads(run: &mut Run) {
    for id in run.state.everybody() {
        let manager = run.case.person(id);
        let passed_over = !run.is_decider(id) && manager.required && run.state.person(id).named;
        if passed_over && !run.state.person(id).opposed {
            run.moved(id, Gauge::Trust, 0, Rule::Bypassed);
            run.emit(Event::Breach {
                person: id,
                rule: Rule::Bypassed,
            });
            run.emit(Event::Opposed {
                person: id,
                on: true,
                rule: Rule::Bypassed,
            });
        }
    }
    run.enforce_caps();
}

fn begin(run: &mut Run, person: PersonId, route: Option<Route>) {
    let state = run.state.person(person);
    let news = run.state.promise_news[person as usize];
    let reaction = match route {
        Some(Route::Cold) => Reaction::OpensCold,
        _ if state.opposed => Reaction::OpensOpposed,
        Some(Route::Referral) if state.visits == 0 => Reaction::OpensIntroduced,
        _ if news == Some(false) => Reaction::OpensAfterBroken,
        _ if news == Some(true) => Reaction::OpensAfterKept,
        _ if state.visits == 0 => Reaction::OpensFirst,
        _ => Reaction::OpensAgain,
    };
    run.emit(Event::VisitBegan { person, route });
    let rule = match route {
        Some(Route::Public) => Rule::MetPublicly,
        Some(Route::Referral) => Rule::MetIntroduced,
        _ => Rule::VisitOpened,
    };
    match route {
        Some(Route::Cold) => run.moved(
            person,
            Gauge::Patience,
            run.model.patience.cold,
            Rule::Bypassed,
        ),
        _ if run.is_decider(person) => run.at_least(person, Gauge::Access, 4, rule),
        _ => {}
    }
    run.reply(person, reaction, None);
    if run.state.last_end[person as usize].is_some() || route.is_none() {
        // A worry that came back between visits is the first thing he mentions; else he may say what is on his mind.
        speak_up(run, person, true);
    }
    beat::fire(run, BeatMoment::Visit);
}

/// The trainee takes his leave.
pub(super) fn leave(run: &mut Run) {
    let Some(visit) = run.state.visit else { return };
    let end = if visit.advance {
        VisitEnd::Advance
    } else if visit.pressed > 0 && run.state.person(visit.person).trust == 0 {
        VisitEnd::NoSale
    } else {
        VisitEnd::Continuation
    };
    farewell(run, end);
}

/// Ends the visit that is on, with the client's parting words.
pub(super) fn farewell(run: &mut Run, end: VisitEnd) {
    let Some(visit) = run.state.visit else { return };
    let reaction = match end {
        VisitEnd::Order => None,
        VisitEnd::Advance => Some(Reaction::FarewellAdvance),
        VisitEnd::Continuation => Some(Reaction::FarewellContinuation),
        VisitEnd::NoSale => Some(Reaction::FarewellNosale),
    };
    if let Some(reaction) = reaction {
        run.reply(visit.person, reaction, None);
    }
    run.emit(Event::VisitEnded {
        person: visit.person,
        end,
    });
}

/// His patience is over.
pub(super) fn run_out(run: &mut Run) {
    let Some(visit) = run.state.visit else { return };
    let end = if visit.route == Some(Route::Cold) {
        run.reply(visit.person, Reaction::SendsBack, None);
        VisitEnd::NoSale
    } else {
        run.reply(visit.person, Reaction::OutOfTime, None);
        if visit.advance {
            VisitEnd::Advance
        } else {
            VisitEnd::Continuation
        }
    };
    run.emit(Event::VisitEnded {
        person: visit.person,
        end,
    });
}
