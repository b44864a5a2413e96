//! Beats: they happen when they should, once, and never do what only talk may do.

use proptest::prelude::*;
use whybuy::codebook::{Act, SpokenAct, Topic};
use whybuy::review::prove::{Budget, Continue, Target, Verdict, prove};
use whybuy::scenario::Case;
use whybuy::scenario::pack::Packs;
use whybuy::session::{Entry, Session};
use whybuy::sim::{Event, Gauge, Input, Model, Rule, State, Worry};

use crate::support::{Deal, Random, case, header, world};

/// Two people who want for nothing, and these beats.
fn with(beats: &str) -> Case {
    case(&format!(
        r#"{{"id": "x", "title": "x", "brief": "x", "category": "提醒", "client": "x", "weeks": 6,
        "people": [
            {{"id": "he", "name": "何芳", "role": "procurement_manager",
              "needs": [{{"topic": "liability"}}, {{"topic": "total_cost"}}],
              "concerns": [{{"topic": "necessity", "gate": "category", "hidden": true}}]}},
            {{"id": "lu", "name": "陆国安", "role": "executive", "known": false}}],
        "decision_maker": "lu", "beats": [{beats}]}}"#
    ))
}

fn happened(events: &[Event]) -> Vec<u8> {
    let beats = events.iter().filter_map(|e| match e {
        Event::Beat { beat } => Some(*beat),
        _ => None,
    });
    beats.collect()
}

/// Plays idle weeks with one visit each; in which week beat 0 happened.
#[track_caller]
fn check(when: &str, expected: Option<u8>) {
    let beat =
        format!(r#"{{"id": "b", "who": "he", "at": "week", "when": "{when}", "say": ["…"]}}"#);
    let mut deal = Deal::new(with(&beat), 1);
    let mut found = None;
    while deal.state.outcome.is_none() {
        deal.input(Input::Visit(0));
        deal.input(Input::Leave);
        if !happened(&deal.input(Input::NextWeek)).is_empty() {
            assert_eq!(found, None, "{when}: twice");
            found = Some(deal.state.week);
        }
    }
    assert_eq!(found, expected, "{when}");
}

#[test]
fn conditions_read_week_and_state() {
    check("week >= 3", Some(3));
    check("week == 5", Some(5));
    check("week > 5", Some(6));
    check("week != 2 and week < 5", Some(3));
    check("week <= 1", None);
    check("he.visits >= 2", Some(3));
    check("he.category >= 2 or week >= 4", Some(4));
    check("not (he.known and not lu.known)", None);
    check("he.trust <= 4 and not he.opposed", Some(2));
    check("he.trust >= 2", None);
    check(
        "not he.wants.liability and not he.admits.total_cost and week >= 2",
        Some(2),
    );
    check("he.worries.necessity or he.settled.necessity", None);
    check("he.wants == 0 and lu.access < 1", Some(2));
}

#[test]
fn a_beat_waits_for_its_person_and_for_the_beats_it_names() {
    let beats = r#"{"id": "a", "who": "he", "say": ["第一句"], "then": [{"person": "lu", "known": true}]},
        {"id": "b", "who": "lu", "when": "happened.a", "say": ["不会在他那儿说"]},
        {"id": "c", "who": "he", "when": "happened.a and he.visits >= 2", "say": ["第二句"]}"#;
    let mut deal = Deal::new(with(beats), 1);
    assert!(!deal.person("lu").named);
    assert_eq!(happened(&deal.input(Input::Visit(0))), [0]);
    assert!(deal.person("lu").named);
    assert_eq!(
        happened(&deal.say(&[SpokenAct::bare(Act::Rapport)])),
        [0_u8; 0]
    );
    deal.input(Input::Leave);
    assert_eq!(happened(&deal.input(Input::Visit(0))), [2]);
}

#[test]
fn what_a_beat_makes_happen_carries_its_rule() {
    let beats = r#"{"id": "a", "who": "he", "at": "week", "then": [
        {"person": "he", "trust": 2, "confidence": 1, "admits": "liability", "worries": "necessity"}]}"#;
    let mut deal = Deal::new(with(beats), 1);
    let before = deal.person("he").clone();
    let events = deal.input(Input::NextWeek);
    let he = deal.person("he");
    assert_eq!(he.trust, before.trust + 8);
    assert_eq!(he.need(Topic::Liability).level, 1);
    assert_eq!(he.category, 2);
    assert_eq!(
        he.concern(Topic::Necessity).map(|c| c.worry),
        Some(Worry::Open)
    );
    for event in &events {
        if let Event::Moved { rule, .. } | Event::Need { rule, .. } | Event::Concern { rule, .. } =
            event
        {
            assert_eq!(*rule, Rule::Beat);
        }
    }
}

#[test]
fn the_words_are_said_by_the_person_and_replayed() {
    let beats = r#"{"id": "a", "who": "he", "at": "week", "say": ["{who}问起{category}", "{who}想看看{category}"]}"#;
    let case = with(beats);
    let entries = [Entry::NextWeek, Entry::NextWeek];
    let mut first = None;
    for _ in 0..2 {
        let session = Session::replay(world(case.clone()), header(&case, 3), entries.clone());
        let said = session.turns[0].said.clone();
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].by, Some(0));
        let words = &said[0].words.zh;
        assert!(
            words.starts_with("陆国安") && words.ends_with("提醒"),
            "{words}"
        );
        assert!(session.turns[1].said.is_empty());
        assert_eq!(first.get_or_insert(said.clone()), &said);
    }
}

#[test]
fn the_bench_says_which_beats_nobody_reaches() {
    let beats = r#"{"id": "a", "who": "he", "when": "week >= 2", "say": ["到过"]},
        {"id": "b", "who": "lu", "when": "lu.opposed and he.vendor == 4", "say": ["没到过"]}"#;
    let proof = prove(
        &with(beats),
        &Model::shipped(),
        &Packs::shipped(),
        Budget::small(2),
        &mut |_| Continue::Yes,
    );
    let of = |number| {
        let found = proof
            .reached
            .iter()
            .find(|r| r.target == Target::Beat(number));
        found.expect("every beat is a target").never()
    };
    assert_eq!((of(0), of(1)), (false, true));
    assert!(
        !proof
            .laws
            .iter()
            .any(|(_, v)| matches!(v, Verdict::Broken { .. }))
    );
}

/// Everything a beat may do, whenever it may be done, to everybody.
fn generous() -> Case {
    let mut beats = Vec::new();
    for (n, at) in ["visit", "week", "visit", "week"].iter().enumerate() {
        for who in ["he", "lu"] {
            beats.push(format!(
                r#"{{"id": "{who}{n}", "who": "{who}", "at": "{at}", "when": "{who}.visits >= {}", "then": [
                    {{"person": "he", "trust": 2, "confidence": 1, "admits": "liability", "worries": "necessity", "known": true}},
                    {{"person": "lu", "trust": 2, "confidence": 1, "admits": "total_cost", "worries": "effect_uncertainty", "known": true}}]}}"#,
                n / 2
            ));
        }
    }
    with(&beats.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The law holds whatever a file says: a beat moves no vendor stance, nobody beyond *admits a problem*, and ends no
    /// deal; every state is still the fold of its events.
    #[test]
    fn beats_never_do_what_only_talk_may_do(
        seed: u64,
        steps in prop::collection::vec(any::<(u8, u8, u8, u8, u8)>(), 1..80)
    ) {
        let mut deal = Deal::new(generous(), seed);
        for (kind, person, act, topic, extra) in steps {
            Random { kind, person, act, topic, extra }.play(&mut deal);
        }
        for event in &deal.events {
            if let Event::Moved { gauge, to, rule: Rule::Beat, .. } = *event {
                prop_assert_ne!(gauge, Gauge::Vendor);
                prop_assert!(gauge != Gauge::Category || to <= 2);
            }
        }
        let mut seen = happened(&deal.events);
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), count, "a beat happened twice");
        prop_assert_eq!(State::fold(&deal.case, seed, &deal.events), deal.state);
    }
}
