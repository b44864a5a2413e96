//! Moving on: introductions, help with a report, next steps, the decision.

use super::{Talk, answer_worries, repeated, resolved};
use crate::codebook::{SpokenAct, Step};
use crate::scenario::{NeedClass, PersonId, Reaction};
use crate::sim::event::{Event, Form, Gauge, Outcome, PromiseKind, Rule, VisitEnd};
use crate::sim::state::MAX_PROMISES;
use crate::sim::step::Run;

pub(super) fn access(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    let person = talk.person;
    let decider = run.case.decision_maker;
    if person == decider {
        resolved(run, talk, act, Form::Plain);
        talk.answer(2, Reaction::AgreesToIntroduce, None);
        return;
    }
    let colleague = (0..run.state.headcount).find(|&id| {
        id != person
            && id != decider
            && talk.named & (1 << id) != 0
            && talk.named & (1 << decider) == 0
    });
    if let Some(colleague) = colleague {
        introduce_colleague(run, talk, act, colleague);
        return;
    }
    let state = run.state.person(person);
    let reason = run.accepted(person) || state.process_told >= 1;
    let trusted = state.trust >= run.model.trust.access_from_quarters && !state.opposed;
    let convinced = state.category >= 2;
    let consent = reason && trusted && convinced;
    let refused_before = run.state.visit.is_some_and(|v| v.access_refused > 0);
    let form = match (consent, refused_before) {
        (true, _) => Form::Consented,
        (false, false) => Form::Refused,
        (false, true) => Form::Bypass,
    };
    resolved(run, talk, act, form);
    answer_worries(run, talk, act);
    match form {
        Form::Consented if run.state.person(decider).access >= 3 => {
            repeated(run, talk, Reaction::AlreadyTold, None)
        }
        Form::Consented => {
            if !run.state.person(decider).named {
                run.emit(Event::Named { person: decider });
            }
            run.at_least(decider, Gauge::Access, 3, Rule::IntroductionAgreed);
            run.emit(Event::Advanced { person });
            talk.answer(6, Reaction::AgreesToIntroduce, None);
        }
        Form::Refused => {
            run.emit(Event::AccessRefused { person });
            let reaction = if trusted && convinced {
                Reaction::WhyGoUp
            } else {
                Reaction::DeclinesIntroduction
            };
            talk.answer(5, reaction, None);
        }
        _ => {
            run.trust(
                person,
                run.model.trust.press_for_access_quarters,
                Rule::IntroductionRefused,
            );
            // Who presses on after a no goes round him, in his own office.
            run.emit(Event::Breach {
                person,
                rule: Rule::Bypassed,
            });
            talk.answer(6, Reaction::OffendedByBypass, None);
        }
    }
}

/// A colleague's door is opened by a word; it needs a little trust and no conviction.
fn introduce_colleague(run: &mut Run, talk: &mut Talk, act: SpokenAct, colleague: PersonId) {
    let person = talk.person;
    let state = run.state.person(person);
    let willing = state.trust >= run.model.trust.process_from_quarters
        && !state.opposed
        && run.case.relation(person, colleague) > -2;
    resolved(
        run,
        talk,
        act,
        if willing {
            Form::Consented
        } else {
            Form::Refused
        },
    );
    if willing {
        run.emit(Event::Named { person: colleague });
        talk.answer(5, Reaction::AgreesToIntroduce, None);
    } else {
        talk.answer(5, Reaction::DeclinesIntroduction, None);
    }
}

pub(super) fn equip(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    let answered = answer_worries(run, talk, act);
    let state = run.state.person(person);
    let promised = run
        .state
        .open_promises()
        .any(|(_, p)| p.person == person && p.kind == PromiseKind::Page);
    if run.is_decider(person) {
        let reaction = if answered.is_some() {
            Reaction::FeelsHeard
        } else {
            Reaction::NoReportNeeded
        };
        talk.answer(4, reaction, answered);
    } else if promised || state.reported {
        talk.answer(2, Reaction::AlreadyTold, None);
    } else if state.trust < run.model.trust.equip_from_quarters
        || state.category < 2
        || state.opposed
    {
        talk.answer(4, Reaction::NoReportNeeded, None);
    } else if promise(run, person, PromiseKind::Page, run.model.desk.promise_weeks) {
        run.emit(Event::Advanced { person });
        talk.answer(6, Reaction::AcceptsHelpToReport, None);
    }
}

fn promise(run: &mut Run, person: PersonId, kind: PromiseKind, weeks: u8) -> bool {
    if usize::from(run.state.promise_count) >= MAX_PROMISES {
        return false;
    }
    run.emit(Event::Promised {
        person,
        kind,
        due: run.state.week + weeks,
    });
    true
}

pub(super) fn propose(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    let step = match (act.step, act.specific) {
        (Some(Step::Decision), _) => Step::Decision,
        (_, false) => {
            talk.answer(3, Reaction::Noncommittal, None);
            return;
        }
        (step, true) => step.unwrap_or(Step::Small),
    };
    match step {
        Step::Decision if run.is_decider(person) => decide(run, talk),
        Step::Decision => {
            run.emit(Event::StepProposed {
                person,
                step,
                agreed: false,
            });
            talk.answer(6, Reaction::NotMineToDecide, None);
        }
        Step::Pilot if !run.accepted(person) => too_big(run, talk, step),
        Step::Small | Step::Pilot => agree(run, talk, act, step),
    }
}

fn agree(run: &mut Run, talk: &mut Talk, act: SpokenAct, step: Step) {
    let person = talk.person;
    let (kind, weeks, reaction) = match step {
        Step::Pilot => (
            PromiseKind::Pilot,
            run.model.desk.pilot_weeks,
            Reaction::AgreesPilot,
        ),
        Step::Small | Step::Decision => (
            PromiseKind::Small,
            run.model.desk.promise_weeks,
            Reaction::AgreesStep,
        ),
    };
    let state = run.state.person(person);
    if state.trust < run.model.trust.step_from_quarters || state.opposed {
        run.emit(Event::StepProposed {
            person,
            step,
            agreed: false,
        });
        talk.answer(4, Reaction::Noncommittal, None);
        return;
    }
    let running = run.state.promises.iter().flatten().any(|p| {
        p.person == person
            && p.kind == kind
            && (p.settled.is_none() || kind == PromiseKind::Pilot && p.settled == Some(true))
    });
    if running {
        talk.answer(3, Reaction::AlreadyTold, None);
        return;
    }
    if !promise(run, person, kind, weeks) {
        talk.answer(3, Reaction::Noncommittal, None);
        return;
    }
    answer_worries(run, talk, act);
    run.emit(Event::StepProposed {
        person,
        step,
        agreed: true,
    });
    run.emit(Event::Advanced { person });
    talk.answer(6, reaction, None);
}

/// Too big a step is declined; the first time at no cost.
fn too_big(run: &mut Run, talk: &mut Talk, step: Step) {
    let person = talk.person;
    let before = run.state.person(person).declined_steps;
    run.emit(Event::StepProposed {
        person,
        step,
        agreed: false,
    });
    if before > 0 {
        run.impatient(person, run.model.patience.repeated, Rule::StepTooBig);
    }
    talk.answer(5, Reaction::StepTooBig, None);
}

/// The decision-maker is asked to decide: the only way to an order.
fn decide(run: &mut Run, talk: &mut Talk) {
    let person = talk.person;
    let Some(reason) = not_ready(run, person) else {
        run.emit(Event::StepProposed {
            person,
            step: Step::Decision,
            agreed: true,
        });
        run.at_least(person, Gauge::Access, 5, Rule::Decided);
        run.reply(person, Reaction::DecidesOrder, None);
        run.emit(Event::VisitEnded {
            person,
            end: VisitEnd::Order,
        });
        run.emit(Event::DealEnded {
            outcome: Outcome::Order,
        });
        return;
    };
    let before = run.state.person(person).declined_steps;
    run.emit(Event::StepProposed {
        person,
        step: Step::Decision,
        agreed: false,
    });
    if before > 0 {
        run.impatient(person, run.model.patience.repeated, Rule::StepTooBig);
    }
    talk.answer(6, reason, None);
}

/// Why he will not decide now; `None` where he will.
fn not_ready(run: &Run, person: PersonId) -> Option<Reaction> {
    let order = &run.model.order;
    let must = run.case.need_class == NeedClass::Must;
    let state = run.state.person(person);
    let vendor = if must {
        order.vendor_must
    } else {
        order.vendor
    } as i8;
    let confidence = if must {
        order.confidence_must
    } else {
        order.confidence
    } as i8;
    let vetoed = run
        .state
        .everybody()
        .any(|id| run.case.person(id).veto && run.state.person(id).opposed);
    if state.category < order.category as i8 {
        Some(Reaction::NotReadyCategory)
    } else if vetoed || (!must && run.split()) {
        Some(Reaction::DepartmentsSplit)
    } else if state.vendor < vendor {
        Some(Reaction::NotReadyVendor)
    } else if state.confidence < confidence {
        Some(Reaction::NotReadyConfidence)
    } else if state.access < order.access as i8 {
        Some(Reaction::SendsBack)
    } else if !must && run.state.visit_count <= 1 {
        Some(Reaction::StepTooBig)
    } else {
        None
    }
}
