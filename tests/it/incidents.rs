//! What a trainer lets happen from outside: it takes away and unsettles, within the law, and replays.

use whybuy::codebook::{Act, SpokenAct, Topic, TopicSet};
use whybuy::session::{Entry, Session};
use whybuy::sim::{Event, Gauge, Incident, Input, Rule, Worry};

use crate::support::{Deal, fit_out, header, say, session, world};

/// A deal some way on: a manager has admitted a difficulty and been promised a page.
fn under_way() -> Deal {
    let mut deal = Deal::new(fit_out(), 7);
    for topic in Topic::ALL {
        deal.tell(
            "wang",
            SpokenAct::new(Act::AskProblem, TopicSet::one(*topic)),
        );
    }
    deal
}

#[test]
fn an_incident_never_brings_anybody_nearer_to_an_order() {
    for &incident in Incident::ALL {
        let mut deal = under_way();
        let before = deal.state.clone();
        let events = deal.input(Input::Befall(incident));
        assert_eq!(events.first(), Some(&Event::Befell { incident }));
        for person in deal.state.everybody() {
            for gauge in [
                Gauge::Category,
                Gauge::Vendor,
                Gauge::Confidence,
                Gauge::Access,
                Gauge::Trust,
            ] {
                let (was, is) = (before.gauge(person, gauge), deal.state.gauge(person, gauge));
                assert!(
                    is <= was,
                    "{incident:?}: {gauge:?} of {person} rose from {was} to {is}"
                );
            }
        }
    }
}

#[test]
fn one_in_the_chair_for_the_first_time_has_heard_nothing() {
    let mut deal = under_way();
    let boss = deal.case.decision_maker;
    deal.input(Input::Befall(Incident::BossReplaced));
    let new = deal.state.person(boss);
    assert_eq!(new.visits, 0);
    assert!(new.wants().is_empty() && new.linked.is_empty() && !new.proven);
    assert!(new.worries().all(|(_, c)| c.worry == Worry::Hidden));
    assert!(new.access <= 1);
    // What the managers hold is theirs.
    assert!(!deal.person("wang").admitted().is_empty());
}

#[test]
fn a_frozen_budget_becomes_a_worry_under_its_own_rule() {
    let mut deal = under_way();
    let events = deal.input(Input::Befall(Incident::BudgetFrozen));
    let rules = events.iter().filter_map(|e| match e {
        Event::Moved { rule, .. } | Event::Concern { rule, .. } => Some(*rule),
        _ => None,
    });
    for rule in rules {
        assert!(matches!(rule, Rule::BudgetFrozen | Rule::DepartmentsSplit));
    }
    let worried = |e: &Event| {
        matches!(
            e,
            Event::Concern {
                topic: Topic::Budget,
                to: Worry::Hidden,
                by_trainee: false,
                ..
            }
        )
    };
    assert!(events.iter().any(worried));
}

#[test]
fn an_incident_is_an_entry_of_the_log_and_replays() {
    let case = fit_out();
    let head = header(&case, 7);
    let mut played = session(case.clone(), 7);
    let ask = SpokenAct::new(Act::AskProblem, TopicSet::one(Topic::AfterSales));
    let mut entries = vec![Entry::Visit(0), say(&[ask])];
    entries.extend(Incident::ALL.iter().map(|&i| Entry::Befall(i)));
    entries.extend([say(&[ask]), Entry::Leave, Entry::NextWeek]);
    for entry in &entries {
        played.apply(entry.clone()).unwrap();
    }
    let again = Session::replay(world(case), head, entries);
    assert_eq!(again.state, played.state);
    assert_eq!(again.turns, played.turns);
}
