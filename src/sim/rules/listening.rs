//! Small talk, purpose, worries asked about and heard, play-back, candour.

use super::{Talk, answer_worries, repeated, resolved};
use crate::codebook::{SpokenAct, Topic, TopicSet};
use crate::scenario::Reaction;
use crate::sim::event::{Event, Form, Rule, Worry};
use crate::sim::step::Run;

pub(super) fn rapport(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    let before = run.state.visit.map_or(0, |v| v.small_talk);
    resolved(run, talk, act, Form::Plain);
    if before == 0 {
        run.trust(
            talk.person,
            run.model.trust.small_talk_quarters,
            Rule::SmallTalk,
        );
        talk.answer(1, Reaction::Greets, None);
    } else {
        run.impatient(talk.person, run.model.patience.small_talk, Rule::SmallTalk);
        talk.answer(1, Reaction::TiredOfSmallTalk, None);
    }
}

pub(super) fn agenda(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    answer_worries(run, talk, act);
    talk.answer(2, Reaction::HearsAgenda, None);
}

pub(super) fn probe(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    let state = run.state.person(person);
    let voiced = |t: &Topic| {
        state
            .concern(*t)
            .is_some_and(|c| c.is_open() || c.worry == Worry::Answered)
    };
    let table = run.state.visit.and_then(|v| v.on_table);
    let meant = act
        .topics
        .iter()
        .find(voiced)
        .or(table.filter(voiced))
        .or_else(|| state.worries().find(|(_, c)| c.is_open()).map(|(t, _)| t))
        .or_else(|| {
            state
                .worries()
                .find(|(_, c)| c.worry == Worry::Answered)
                .map(|(t, _)| t)
        });
    let hidden = run
        .case
        .person(person)
        .concerns
        .iter()
        .filter(|c| c.hidden)
        .map(|c| c.topic)
        .find(|&t| state.concern(t).is_some_and(|c| c.worry == Worry::Hidden));
    match meant.and_then(|t| state.concern(t).map(|c| (t, c))) {
        Some((topic, concern)) if concern.worry == Worry::Answered && concern.probed => {
            close(run, talk, topic)
        }
        Some((topic, concern)) if !concern.probed => {
            run.emit(Event::Probed { person, topic });
            talk.answer(5, Reaction::ExplainsConcern, Some(topic));
        }
        // Asked again, and only of somebody who has explained one worry, the next one behind it comes out.
        Some(_) if hidden.is_some() => {
            if let Some(topic) = hidden {
                run.worry(person, topic, Worry::Open, Rule::HiddenSurfaced);
                talk.answer(6, Reaction::RevealsHidden, Some(topic));
            }
        }
        Some(_) => talk.answer(3, Reaction::NothingBehind, None),
        None if hidden.is_some() && state.worries().any(|(_, c)| c.worry == Worry::Closed) => {
            if let Some(topic) = hidden {
                run.worry(person, topic, Worry::Open, Rule::HiddenSurfaced);
                talk.answer(6, Reaction::RevealsHidden, Some(topic));
            }
        }
        None => talk.answer(3, Reaction::NothingBehind, None),
    }
}

fn close(run: &mut Run, talk: &mut Talk, topic: Topic) {
    run.worry(talk.person, topic, Worry::Closed, Rule::ConcernClosed);
    talk.answer(5, Reaction::ClosesConcern, Some(topic));
}

pub(super) fn acknowledge(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    let state = run.state.person(person);
    let open = state.worries().find(|(_, c)| c.is_open());
    match open {
        Some((topic, concern)) if !concern.heard => {
            run.emit(Event::Heard { person, topic });
            run.trust(person, run.model.trust.heard_quarters, Rule::Heard);
            talk.answer(2, Reaction::FeelsHeard, Some(topic));
        }
        _ => talk.answer(1, Reaction::WaitsForSubstance, None),
    }
}

pub(super) fn summarize(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    let state = run.state.person(person);
    let voiced: TopicSet = state
        .worries()
        .filter(|(_, c)| c.worry != Worry::Hidden)
        .map(|(t, _)| t)
        .collect();
    let said = voiced.union(state.admitted()).union(state.situation_told);
    let right = if act.topics.is_empty() {
        !said.is_empty()
    } else {
        act.topics.iter().any(|t| said.has(t))
    };
    if !right {
        run.trust(
            person,
            run.model.trust.wrong_summary_quarters,
            Rule::SummaryWrong,
        );
        talk.answer(5, Reaction::CorrectsSummary, None);
        return;
    }
    let settled = state
        .worries()
        .find(|(t, c)| {
            c.worry == Worry::Answered && c.probed && (act.topics.is_empty() || act.topics.has(*t))
        })
        .map(|(t, _)| t);
    match settled {
        Some(topic) => close(run, talk, topic),
        None => talk.answer(3, Reaction::ConfirmsSummary, None),
    }
    run.emit(Event::Confirmed { person });
}

pub(super) fn candor(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let person = talk.person;
    answer_worries(run, talk, act);
    let state = run.state.person(person);
    // A limit without a topic counts once, as one about our own standing.
    let topics = if act.topics.is_empty() {
        TopicSet::one(Topic::VendorTrackRecord)
    } else {
        act.topics
    };
    let new =
        topics.iter().any(|t| !state.candid.has(t)) && !run.state.visit.is_some_and(|v| v.candid);
    if state.breach {
        run.emit(Event::Repaired { person });
        if state_opposed(run, person) {
            run.emit(Event::Opposed {
                person,
                on: false,
                rule: Rule::Repaired,
            });
        }
    }
    if new {
        run.emit(Event::Candid { person, topics });
        run.trust(person, run.model.trust.candor_quarters, Rule::CandorShown);
        talk.answer(4, Reaction::ValuesCandor, topics.iter().next());
    } else {
        repeated(run, talk, Reaction::CandorNoted, None);
    }
}

fn state_opposed(run: &Run, person: u8) -> bool {
    run.state.person(person).opposed
}
