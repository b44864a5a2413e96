//! Questions: facts, problems, consequences, worth, criteria, process.

use super::{Talk, category_won, repeated, resolved};
use crate::codebook::{SpokenAct, Topic};
use crate::scenario::{Mode, NeedClass, Reaction, Role};
use crate::sim::event::{Event, Form, Gauge, Rule};
use crate::sim::step::Run;

/// Notes the question; one too many tires him.
fn asked(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, Form::Plain);
    let over = run
        .state
        .visit
        .is_some_and(|v| v.questions > run.model.talk.questions);
    if over {
        run.impatient(
            talk.person,
            run.model.patience.question_overload,
            Rule::QuestionOverload,
        );
        talk.answer(5, Reaction::TiredOfQuestions, None);
    }
}

pub(super) fn situation(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    asked(run, talk, act);
    let limit = match run.case.person(talk.person).role {
        Role::Executive => run.model.talk.situation_run_executive,
        _ => run.model.talk.situation_run,
    };
    if run.state.visit.is_some_and(|v| v.situation_run > limit) {
        run.impatient(
            talk.person,
            run.model.patience.question_overload,
            Rule::QuestionOverload,
        );
        talk.answer(5, Reaction::TiredOfQuestions, None);
        return;
    }
    let topic = act.topics.iter().next();
    match topic {
        Some(topic) if run.state.person(talk.person).situation_told.has(topic) => {
            talk.answer(2, Reaction::AlreadyTold, Some(topic));
        }
        Some(topic) => {
            run.emit(Event::SituationTold {
                person: talk.person,
                topic,
            });
            talk.answer(3, Reaction::AnswersSituation, Some(topic));
        }
        None => talk.answer(3, Reaction::AnswersSituation, None),
    }
}

pub(super) fn problem(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    asked(run, talk, act);
    let person = talk.person;
    let state = run.state.person(person);
    let next = run
        .case
        .person(person)
        .needs
        .iter()
        .map(|n| n.topic)
        .find(|&t| state.live.has(t) && state.need(t).level == 0);
    if act.topics.is_empty() {
        let content = matches!(state.mode, Mode::EvenKeel | Mode::Overconfident)
            && state.admitted().is_empty();
        if content && !state.brushed_off {
            run.emit(Event::BrushedOff { person });
            talk.answer(4, Reaction::AllFine, None);
        } else if let Some(topic) = next {
            admit(run, talk, topic);
        } else {
            repeated(run, talk, Reaction::AlreadyTold, None);
        }
        return;
    }
    let mut nothing = None;
    let mut again = None;
    let mut found = false;
    for topic in act.topics.iter() {
        let state = run.state.person(person);
        if !state.live.has(topic) {
            nothing = nothing.or(Some(topic));
        } else if state.need(topic).level == 0 {
            admit(run, talk, topic);
            found = true;
        } else {
            again = again.or(Some(topic));
        }
    }
    match (found, again, nothing) {
        (true, ..) => {}
        (_, Some(topic), _) => repeated(run, talk, Reaction::AlreadyTold, Some(topic)),
        (_, None, Some(topic)) => {
            run.impatient(person, run.model.patience.nothing_there, Rule::NothingThere);
            talk.answer(4, Reaction::NoSuchProblem, Some(topic));
        }
        (_, None, None) => {}
    }
}

fn admit(run: &mut Run, talk: &mut Talk, topic: Topic) {
    let person = talk.person;
    run.emit(Event::Need {
        person,
        topic,
        level: 1,
        severity: 0,
        rule: Rule::ProblemAdmitted,
    });
    run.at_least(
        person,
        Gauge::Category,
        run.model.category.admitted_max as i8,
        Rule::ProblemAdmitted,
    );
    talk.answer(5, Reaction::AdmitsProblem, Some(topic));
}

pub(super) fn implication(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    asked(run, talk, act);
    let person = talk.person;
    let Some(mut topic) = topic_meant(run, talk, act) else {
        talk.answer(3, Reaction::NothingFollows, None);
        return;
    };
    let state = run.state.person(person);
    // "What does it cost you?" names the consequence, not the trouble: that is the one they are talking of.
    if !state.live.has(topic)
        && let Some(table) = run.state.visit.and_then(|v| v.last_need)
    {
        topic = table;
    }
    let need = state.need(topic);
    if !state.live.has(topic) {
        run.impatient(person, run.model.patience.nothing_there, Rule::NothingThere);
        talk.answer(4, Reaction::NothingFollows, Some(topic));
    } else if need.level == 0 {
        // Asked for the consequences of something not yet said, he first has to admit it.
        admit(run, talk, topic);
    } else if run.accepted(person) && need.severity >= 1 {
        run.shift(person, Gauge::Confidence, -1, Rule::PainRepeated);
        talk.answer(6, Reaction::UneasyAgain, Some(topic));
    } else if need.severity < run.model.category.severity_max {
        let severity = need.severity + 1;
        run.emit(Event::Need {
            person,
            topic,
            level: need.level,
            severity,
            rule: Rule::ConsequenceTold,
        });
        if !run.state.person(person).seen_through {
            run.emit(Event::SeenThrough { person });
            run.trust(
                person,
                run.model.trust.implication_quarters,
                Rule::ConsequenceTold,
            );
        }
        wake_up(run, talk, severity);
        talk.answer(5, Reaction::TellsConsequence, Some(topic));
    } else {
        repeated(run, talk, Reaction::AlreadyTold, Some(topic));
    }
}

/// Consequences said aloud change how somebody content sees his situation.
fn wake_up(run: &mut Run, talk: &Talk, severity: u8) {
    let person = talk.person;
    let wakes = match run.state.person(person).mode {
        Mode::EvenKeel => severity >= 1,
        Mode::Overconfident => severity >= 2,
        Mode::Growth | Mode::Trouble => false,
    };
    if wakes {
        run.emit(Event::ModeChanged {
            person,
            mode: Mode::Trouble,
            rule: Rule::TroubleSeen,
        });
    }
}

pub(super) fn payoff(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    asked(run, talk, act);
    let person = talk.person;
    let Some(topic) = topic_meant(run, talk, act) else {
        talk.answer(3, Reaction::SeesNoValue, None);
        return;
    };
    let state = run.state.person(person);
    let need = state.need(topic);
    if need.level == 2 {
        repeated(run, talk, Reaction::AlreadyTold, Some(topic));
    } else if need.level == 0 || need.severity < run.model.severity_to_want(state.mode) {
        talk.answer(4, Reaction::SeesNoValue, Some(topic));
    } else {
        run.emit(Event::Need {
            person,
            topic,
            level: 2,
            severity: need.severity,
            rule: Rule::WantVoiced,
        });
        let wants = run.state.person(person).wants().iter().count();
        // He cannot voice more wants than he has difficulties in this run.
        let threshold = usize::from(run.case.person(person).threshold)
            .min(run.state.person(person).live.iter().count());
        if wants >= threshold {
            run.at_least(
                person,
                Gauge::Category,
                run.model.category.accepted as i8,
                Rule::WantVoiced,
            );
            category_won(run, person);
        }
        talk.answer(6, Reaction::VoicesWant, Some(topic));
    }
}

/// The difficulty a question without a topic is about: the one last talked of.
fn topic_meant(run: &Run, talk: &Talk, act: SpokenAct) -> Option<Topic> {
    let state = run.state.person(talk.person);
    let named = act.topics.iter();
    let best = named.max_by_key(|&t| {
        (
            state.need(t).level == 1,
            state.live.has(t),
            std::cmp::Reverse(t as u8),
        )
    });
    best.or_else(|| run.state.visit.and_then(|v| v.last_need))
}

pub(super) fn criteria(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    asked(run, talk, act);
    let person = talk.person;
    if act.topics.has(Topic::Necessity) && run.settled_from_start(person) {
        run.impatient(person, run.model.patience.waste, Rule::CategoryWasted);
        talk.answer(4, Reaction::CategorySettled, None);
        return;
    }
    if run.state.person(person).criteria_told {
        talk.answer(2, Reaction::AlreadyTold, None);
        return;
    }
    run.emit(Event::CriteriaTold { person });
    way_up(run, Rule::CriteriaTold);
    super::answer_worries(run, talk, act);
    talk.answer(4, Reaction::NamesCriteria, None);
}

pub(super) fn process(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    asked(run, talk, act);
    let person = talk.person;
    super::answer_worries(run, talk, act);
    let told = run.state.person(person).process_told;
    if told >= 2 {
        talk.answer(2, Reaction::AlreadyTold, None);
    } else if run.state.person(person).trust < run.model.trust.process_from_quarters {
        talk.answer(3, Reaction::ProcessNotMine, None);
    } else if told == 0 {
        run.emit(Event::ProcessTold { person, level: 1 });
        for id in run.state.everybody() {
            if !run.state.person(id).named {
                run.emit(Event::Named { person: id });
            }
        }
        let own = run.case.relations.iter().filter(|r| r.from == person);
        for relation in own {
            run.emit(Event::RelationSeen {
                from: relation.from,
                to: relation.to,
            });
        }
        run.at_least(run.case.decision_maker, Gauge::Access, 1, Rule::ProcessTold);
        talk.answer(4, Reaction::NamesProcess, None);
    } else {
        run.emit(Event::ProcessTold { person, level: 2 });
        way_up(run, Rule::ProcessTold);
        talk.answer(4, Reaction::NamesSteps, None);
    }
}

/// Steps or criteria known from anybody open the way towards the decision-maker, up to *known*.
fn way_up(run: &mut Run, rule: Rule) {
    let decider = run.case.decision_maker;
    let access = run.state.person(decider).access;
    if run.case.need_class == NeedClass::Nice && access < 2 {
        run.shift(decider, Gauge::Access, 1, rule);
    }
}
