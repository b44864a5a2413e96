//! Missteps: pushing, going over heads, contradicting, favours.

use super::{Talk, resolved};
use crate::codebook::SpokenAct;
use crate::scenario::Reaction;
use crate::sim::event::{Event, Form, Gauge, Outcome, Rule, VisitEnd, Worry};
use crate::sim::step::Run;

pub(super) fn pressure(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    run.trust(person, run.model.trust.pressure_quarters, Rule::Pressed);
    run.shift(person, Gauge::Confidence, -1, Rule::Pressed);
    run.emit(Event::Breach {
        person,
        rule: Rule::Pressed,
    });
    talk.answer(6, Reaction::ResistsPressure, None);
}

pub(super) fn bypass(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    if run.is_decider(person) {
        talk.answer(4, Reaction::SendsBack, None);
        return;
    }
    run.trust(person, run.model.trust.bypass_talk_quarters, Rule::Bypassed);
    run.emit(Event::Breach {
        person,
        rule: Rule::Bypassed,
    });
    talk.answer(7, Reaction::OffendedByBypass, None);
}

pub(super) fn rebut(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    run.trust(person, run.model.trust.rebut_quarters, Rule::Rebutted);
    run.emit(Event::Breach {
        person,
        rule: Rule::Rebutted,
    });
    let table = run.state.visit.and_then(|v| v.on_table);
    let hurt = act.topics.iter().chain(table).find(|&t| {
        run.state
            .person(person)
            .concern(t)
            .is_some_and(|c| matches!(c.worry, Worry::Open | Worry::Answered))
    });
    if let Some(topic) = hurt {
        run.worry(person, topic, Worry::Recurred, Rule::Rebutted);
    }
    talk.answer(6, Reaction::Bristles, hurt);
}

pub(super) fn improper(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    run.trust(person, -run.model.trust.max_quarters, Rule::ImproperOffer);
    run.emit(Event::Breach {
        person,
        rule: Rule::ImproperOffer,
    });
    run.reply(person, Reaction::RefusesImproper, None);
    run.emit(Event::VisitEnded {
        person,
        end: VisitEnd::NoSale,
    });
    run.emit(Event::DealEnded {
        outcome: Outcome::Improper,
    });
}
