//! Arguments: for the category, in figures, against risk, for us, in evidence, by price.

use super::{Talk, answer_worries, category_won, repeated, resolved, weigh};
use crate::codebook::{Evidence, Scope, SpokenAct, Topic, TopicSet};
use crate::scenario::{FactKind, Gate, NeedClass, Reaction};
use crate::sim::event::{Event, Form, Gauge, Rule, Worry};
use crate::sim::step::Run;

pub(super) fn category(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, form_of(act.evidence));
    let person = talk.person;
    if unsupported(run, talk, act) {
        return;
    }
    let answered = answer_worries(run, talk, act);
    if run.accepted(person) {
        if run.settled_from_start(person) && answered.is_none() {
            run.impatient(person, run.model.patience.waste, Rule::CategoryWasted);
            talk.answer(4, Reaction::CategorySettled, None);
        } else {
            learn(run, talk, act.topics, 0, Rule::FunctionKnown);
            talk.answer(3, Reaction::HeardThatArgument, None);
        }
        return;
    }
    let state = run.state.person(person);
    let needed = act.topics.iter().find(|&t| state.need(t).level >= 1);
    match needed {
        None => {
            let told = run.state.gauge(person, Gauge::Category);
            if told < 1 {
                run.shift(person, Gauge::Category, 1, Rule::CategoryUntimely);
            }
            run.cause_worry(
                person,
                Topic::Necessity,
                Gate::Category,
                Rule::CategoryUntimely,
            );
            talk.answer(5, Reaction::DoubtsCategory, act.topics.iter().next());
        }
        Some(topic) if state.argued.has(topic) && act.evidence == Evidence::None => {
            repeated(run, talk, Reaction::HeardThatArgument, Some(topic));
        }
        Some(topic) => {
            if for_the_category(run, act) {
                run.emit(Event::Weighed {
                    person,
                    topic,
                    evidence: true,
                });
            }
            learn(run, talk, TopicSet::one(topic), 0, Rule::FunctionKnown);
            weigh(run, person, topic, false, Rule::CategoryArgued);
            talk.answer(5, Reaction::WarmsToCategory, Some(topic));
        }
    }
}

pub(super) fn quantify(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, form_of(act.evidence));
    let person = talk.person;
    if unsupported(run, talk, act) {
        return;
    }
    answer_worries(run, talk, act);
    let state = run.state.person(person);
    let hopes = &run.case.person(person).hopes;
    let hope = hopes
        .iter()
        .take(4)
        .position(|h| act.topics.has(h.topic))
        .or_else(|| {
            // A target named without its subject belongs to the hope that is still vague.
            act.topics
                .is_empty()
                .then(|| (0..hopes.len().min(4)).find(|&i| !state.hopes[i][2]))
                .flatten()
        });
    if let Some(hope) = hope.filter(|&i| !state.hopes[i][2])
        && state.category >= 2
    {
        run.emit(Event::Hope {
            person,
            hope: hope as u8,
            part: 2,
            rule: Rule::EffectMeasured,
        });
        run.shift(person, Gauge::Confidence, 1, Rule::EffectMeasured);
        evidence_on_needs(run, talk, act);
        talk.answer(
            5,
            Reaction::AcceptsMeasure,
            Some(run.case.person(person).hopes[hope].topic),
        );
    } else if act.evidence != Evidence::None && evidence_on_needs(run, talk, act) {
        talk.answer(5, Reaction::AcceptsFigure, act.topics.iter().next());
    } else if run.state.person(person).category < 2 {
        talk.answer(3, Reaction::SeesNoValue, act.topics.iter().next());
    } else {
        talk.answer(3, Reaction::AcceptsFigure, act.topics.iter().next());
    }
}

/// Whether a fact of the sheet that holds for any maker stands behind an act. One of ours is evidence for us, and moves
/// nobody who sees no use in the thing (law 1).
fn for_the_category(run: &Run, act: SpokenAct) -> bool {
    let Evidence::Fact(number) = act.evidence else {
        return false;
    };
    let fact = run.case.facts.get(number as usize);
    fact.is_some_and(|f| f.scope == Scope::Category)
}

/// A figure or case that can be checked, held against a difficulty he admits.
fn evidence_on_needs(run: &mut Run, talk: &Talk, act: SpokenAct) -> bool {
    let person = talk.person;
    let mut weighed = false;
    if !for_the_category(run, act) || run.accepted(person) {
        return false;
    }
    for topic in act.topics.iter() {
        let state = run.state.person(person);
        if state.need(topic).level >= 1 && !state.evidenced.has(topic) {
            weigh(run, person, topic, true, Rule::CategoryEvidenced);
            weighed = true;
        }
    }
    weighed
}

pub(super) fn derisk(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, form_of(act.evidence));
    let person = talk.person;
    if unsupported(run, talk, act) {
        return;
    }
    if run.state.person(person).category < 2 {
        talk.answer(4, Reaction::GuaranteeTooEarly, act.topics.iter().next());
        return;
    }
    learn(
        run,
        talk,
        TopicSet((1 << crate::codebook::TOPICS) - 1),
        1,
        Rule::OperationKnown,
    );
    match answer_worries(run, talk, act) {
        Some(topic) => {
            if run
                .state
                .person(person)
                .concern(topic)
                .is_some_and(|c| c.gate == Gate::Confidence)
            {
                run.shift(person, Gauge::Confidence, 1, Rule::RiskLowered);
            }
            talk.answer(5, Reaction::Relieved, Some(topic));
        }
        // Said alone it is set right; beside a step he agrees to, it passes without a word.
        None => talk.answer(2, Reaction::NoRiskThere, None),
    }
}

pub(super) fn vendor(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    let person = talk.person;
    let accepted = run.accepted(person);
    let state = run.state.person(person);
    let quoted_want = (0..run.state.headcount)
        .filter(|&id| id != person && talk.named & (1 << id) != 0)
        .fold(TopicSet::NONE, |all, id| {
            all.union(run.state.person(id).wants())
        });
    let wanted = state.wants().union(state.heard_wants).union(quoted_want);
    let asked_about_us = act.topics.iter().any(|t| {
        state
            .concern(t)
            .is_some_and(|c| c.gate == Gate::Vendor && c.is_open() && !c.by_trainee)
    });
    let hit = act.topics.iter().find(|&t| wanted.has(t));
    let form = match hit {
        Some(_) if accepted => Form::Benefit,
        // Answering what he himself asked about us is no premature pitch.
        _ if asked_about_us => Form::Prompted,
        _ if act.topics.is_empty() => Form::BareFact,
        _ => Form::Advantage,
    };
    resolved(run, talk, act, form);
    if unsupported(run, talk, act) {
        return;
    }
    if !accepted {
        if form == Form::Prompted {
            talk.answer(3, Reaction::PriceQuestion, None);
            return;
        }
        run.cause_worry(
            person,
            Topic::Necessity,
            Gate::Category,
            Rule::VendorTooEarly,
        );
        let reaction = if form == Form::BareFact {
            Reaction::PriceQuestion
        } else {
            Reaction::ValueObjection
        };
        talk.answer(5, reaction, act.topics.iter().next());
        return;
    }
    learn(run, talk, act.topics, 0, Rule::FunctionKnown);
    let answered = answer_worries(run, talk, act);
    let fresh = act
        .topics
        .iter()
        .find(|&t| wanted.has(t) && !run.state.person(person).linked.has(t));
    match (fresh, hit) {
        (Some(topic), _) => {
            run.emit(Event::Linked {
                person,
                topic: Some(topic),
            });
            run.shift(person, Gauge::Vendor, 1, Rule::BenefitLinked);
            talk.answer(5, Reaction::SeesBenefit, Some(topic));
        }
        (None, Some(topic)) => repeated(run, talk, Reaction::HeardThatArgument, Some(topic)),
        (None, None) if answered.is_some() => {}
        (None, None) => talk.answer(4, Reaction::SoWhat, act.topics.iter().next()),
    }
}

pub(super) fn proof(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    resolved(run, talk, act, form_of(act.evidence));
    let person = talk.person;
    let Evidence::Fact(number) = act.evidence else {
        if !unsupported(run, talk, act) {
            talk.answer(4, Reaction::AsksForSource, None);
        }
        return;
    };
    let Some(fact) = run.case.facts.get(number as usize) else {
        return;
    };
    let topics = act.topics.with(fact.topic);
    let act = SpokenAct { topics, ..act };
    let answered = answer_worries(run, talk, act);
    if fact.kind == FactKind::Visit {
        learn(
            run,
            talk,
            TopicSet((1 << crate::codebook::TOPICS) - 1),
            1,
            Rule::OperationKnown,
        );
    }
    let accepted = run.accepted(person);
    if !accepted && evidence_on_needs(run, talk, act) {
        category_won(run, person);
        talk.answer(5, Reaction::AcceptsEvidence, Some(fact.topic));
    } else if fact.scope == Scope::Vendor && accepted && !run.state.person(person).proven {
        run.emit(Event::Linked {
            person,
            topic: None,
        });
        run.shift(person, Gauge::Vendor, 1, Rule::VendorEvidenced);
        talk.answer(5, Reaction::AcceptsEvidence, Some(fact.topic));
    } else if answered.is_some() {
        talk.answer(4, Reaction::AcceptsEvidence, answered);
    } else if accepted {
        let state = run.state.person(person);
        let wanted = state.wants().union(state.heard_wants).has(fact.topic);
        // More evidence on what matters to him is welcome, and changes nothing any more.
        let reaction = if wanted || state.concern(fact.topic).is_some() {
            Reaction::AcceptsEvidence
        } else {
            Reaction::HeardThatArgument
        };
        talk.answer(3, reaction, Some(fact.topic));
    } else if fact.scope == Scope::Category {
        // A figure about such things in general is no praise of ours; he just does not see what it is to him.
        talk.answer(4, Reaction::DoubtsCategory, Some(fact.topic));
    } else {
        talk.answer(4, Reaction::ValueObjection, Some(fact.topic));
    }
}

pub(super) fn price(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    let person = talk.person;
    let asked = was_asked(run, talk);
    resolved(
        run,
        talk,
        act,
        if asked {
            Form::Prompted
        } else {
            Form::Unprompted
        },
    );
    if asked {
        run.emit(Event::PriceAsked {
            person,
            open: false,
        });
        settle_price(run, talk);
        talk.answer(4, Reaction::TakesPrice, Some(Topic::Price));
    } else {
        run.cause_worry(person, Topic::Price, Gate::Vendor, Rule::PriceUnasked);
        talk.answer(5, Reaction::PriceObjection, Some(Topic::Price));
    }
}

pub(super) fn discount(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    let person = talk.person;
    let asked = was_asked(run, talk);
    resolved(
        run,
        talk,
        act,
        if asked {
            Form::Prompted
        } else {
            Form::Unprompted
        },
    );
    if !asked {
        run.trust(
            person,
            run.model.trust.unprompted_discount_quarters,
            Rule::DiscountUnprompted,
        );
        run.cause_worry(person, Topic::Price, Gate::Vendor, Rule::DiscountUnprompted);
        talk.answer(5, Reaction::PriceSuspicion, Some(Topic::Price));
    } else if run.accepted(person) {
        settle_price(run, talk);
        talk.answer(4, Reaction::TakesDiscount, Some(Topic::Price));
    } else {
        run.cause_worry(
            person,
            Topic::Necessity,
            Gate::Category,
            Rule::VendorTooEarly,
        );
        talk.answer(5, Reaction::DiscountUseless, Some(Topic::Price));
    }
}

fn was_asked(run: &Run, talk: &Talk) -> bool {
    let state = run.state.person(talk.person);
    state.price_asked
        || state
            .concern(Topic::Price)
            .is_some_and(|c| c.is_open() && !c.by_trainee)
}

fn settle_price(run: &mut Run, talk: &Talk) {
    let open = run
        .state
        .person(talk.person)
        .concern(Topic::Price)
        .is_some_and(|c| c.is_open());
    if open {
        run.worry(
            talk.person,
            Topic::Price,
            Worry::Answered,
            Rule::PriceAnswered,
        );
    }
}

/// A claim nothing supports costs trust and argues nothing. True where that was so.
fn unsupported(run: &mut Run, talk: &mut Talk, act: SpokenAct) -> bool {
    if act.evidence != Evidence::Unsupported {
        return false;
    }
    run.trust(
        talk.person,
        run.model.trust.unsupported_quarters,
        Rule::Unsupported,
    );
    talk.answer(6, Reaction::DoubtsFigure, act.topics.iter().next());
    true
}

/// A part of his hopes on these topics becomes known to somebody who sees a problem.
fn learn(run: &mut Run, talk: &Talk, topics: TopicSet, part: u8, rule: Rule) {
    let person = talk.person;
    if run.state.person(person).category < 2 && run.case.need_class == NeedClass::Nice {
        return;
    }
    for (hope, of) in run.case.person(person).hopes.iter().take(4).enumerate() {
        if topics.has(of.topic) && !run.state.person(person).hopes[hope][part as usize] {
            run.emit(Event::Hope {
                person,
                hope: hope as u8,
                part,
                rule,
            });
        }
    }
}

fn form_of(evidence: Evidence) -> Form {
    match evidence {
        Evidence::None => Form::Plain,
        Evidence::Fact(_) => Form::Supported,
        Evidence::Unsupported => Form::Unsupported,
    }
}
