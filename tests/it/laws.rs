//! The six points of the law, over random play.

use std::sync::LazyLock;

use proptest::prelude::*;
use whybuy::codebook::{Act, Scope, SpokenAct, Step, Topic};
use whybuy::review::{Player, play_on};
use whybuy::session::{Session, World};
use whybuy::sim::{Event, Gauge, Input, Outcome, Rule, State};
use whybuy::text::Language;

use crate::support::{Deal, Random, fit_out, header, say, world};

/// Packs take longer to parse than a deal to play.
static WORLD: LazyLock<World> = LazyLock::new(|| world(fit_out()));

fn step() -> impl Strategy<Value = Random> {
    any::<(u8, u8, u8, u8, u8)>().prop_map(|(kind, person, act, topic, extra)| Random {
        kind,
        person,
        act,
        topic,
        extra,
    })
}

fn run(seed: u64, steps: &[Random]) -> Deal {
    let mut deal = Deal::new(fit_out(), seed);
    for step in steps {
        step.play(&mut deal);
    }
    deal
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Law 1 and D1c: below *accepted* nobody's vendor stance is more than *aware*, and law 3: who has voiced no want and
    /// accepted no evidence stands at 2 at most.
    #[test]
    fn the_vendor_gate_is_shut_below_accepted(seed: u64, steps in prop::collection::vec(step(), 1..120)) {
        let mut deal = Deal::new(fit_out(), seed);
        let openings: Vec<i8> = deal.state.everybody().map(|id| deal.state.person(id).category).collect();
        for step in &steps {
            let before = deal.state.clone();
            step.play(&mut deal);
            for id in deal.state.everybody() {
                let (was, is) = (before.person(id), deal.state.person(id));
                if was.category < 3 && is.category < 3 {
                    prop_assert!(is.vendor <= was.vendor.max(1));
                }
                let own_words = !is.wants().is_empty();
                let evidence = is.argued.0 & is.evidenced.0 != 0;
                let reported = id == deal.case.decision_maker && !is.heard_wants.is_empty();
                if openings[id as usize] < 3 && !own_words && !evidence && !reported {
                    prop_assert!(is.category <= 2, "{} reached {} by telling", id, is.category);
                }
            }
        }
    }

    /// Law 2 and C10: no order without the decision-maker's own decision, and none before he was met. Random play alone hardly
    /// ever comes so far: the reference player plays each deal to its end.
    #[test]
    fn no_order_without_the_decision_maker(seed: u64, steps in prop::collection::vec(step(), 1..80)) {
        let deal = run(seed, &steps);
        let decider = deal.case.decision_maker;
        let end = play_on(&deal.case, &deal.model, deal.state, deal.events, Player::Strong);
        let decisions = end.events.iter().filter(|e| {
            matches!(**e, Event::StepProposed { person, agreed: true, step: Step::Decision } if person == decider)
        });
        let met = end.events.iter().any(|e| matches!(*e, Event::VisitBegan { person, .. } if person == decider));
        let ordered = end.state.outcome == Some(Outcome::Order);
        prop_assert_eq!(decisions.count(), usize::from(ordered));
        prop_assert_eq!(end.state.person(decider).access == 5, ordered);
        prop_assert!(met || !ordered);
    }

    /// Laws 1 and 3 over deals that come to something: random play, then the reference player. Every rise is held against
    /// the state in which it happened.
    #[test]
    fn no_stance_rises_without_its_reason(seed: u64, steps in prop::collection::vec(step(), 1..80)) {
        let deal = run(seed, &steps);
        let end = play_on(&deal.case, &deal.model, deal.state, deal.events, Player::Strong);
        let mut state = State::new(&deal.case, seed);
        for event in &end.events {
            state.apply(event);
            let Event::Moved { person, gauge, from, to, .. } = *event else { continue };
            let (after, opening) = (state.person(person), deal.case.person(person).opening.category);
            if gauge == Gauge::Vendor && to > from && after.category < 3 {
                prop_assert!(to <= 1, "{} at category {} rose to vendor {}", person, after.category, to);
            }
            if gauge == Gauge::Category && to > from && to >= 3 && opening < 3 {
                let said = !after.wants().is_empty() || !after.heard_wants.is_empty();
                let shown = after.argued.0 & after.evidenced.0 != 0;
                prop_assert!(said || shown, "{} reached {} by telling or trust", person, to);
            }
        }
        prop_assert_eq!(state, end.state);
    }

    /// Law 4: every change of a stance is one event with its rule, and the state is the fold of the events.
    #[test]
    fn every_change_has_its_event(seed: u64, steps in prop::collection::vec(step(), 1..120)) {
        let mut deal = Deal::new(fit_out(), seed);
        for step in &steps {
            let before = deal.state.clone();
            let events = step.play(&mut deal);
            for id in deal.state.everybody() {
                for gauge in [Gauge::Category, Gauge::Vendor, Gauge::Confidence, Gauge::Access, Gauge::Trust] {
                    let mut at = before.gauge(id, gauge);
                    for event in &events {
                        if let Event::Moved { person, gauge: g, from, to, rule } = *event
                            && (person, g) == (id, gauge)
                        {
                            prop_assert_eq!(from, at);
                            prop_assert!(rule != Rule::Dealt);
                            at = to;
                        }
                    }
                    prop_assert_eq!(at, deal.state.gauge(id, gauge));
                }
            }
        }
        let folded = State::fold(&deal.case, seed, &deal.events);
        prop_assert_eq!(folded, deal.state);
    }

    /// Gauges never leave their scales, whatever is said.
    #[test]
    fn gauges_stay_on_their_scales(seed: u64, steps in prop::collection::vec(step(), 1..120)) {
        let deal = run(seed, &steps);
        for id in deal.state.everybody() {
            let p = deal.state.person(id);
            prop_assert!((0..=4).contains(&p.category) && (0..=4).contains(&p.vendor));
            prop_assert!((0..=3).contains(&p.confidence) && (0..=5).contains(&p.access) && (0..=16).contains(&p.trust));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Law 5: same scenario, seed and inputs, same run, in either language; and a replayed log speaks the same words.
    /// Law 6: the same log gets the same report, and every level of it cites a turn.
    #[test]
    fn the_same_log_is_the_same_deal(seed: u64, steps in prop::collection::vec(step(), 1..60)) {
        let mut deal = Session::new(WORLD.clone(), header(&WORLD.case, seed));
        let facts = deal.world.case.facts.len();
        for step in &steps {
            let person = step.person % deal.state.headcount;
            let entry = match (deal.state.visit, step.kind % 8) {
                (None, 0) => whybuy::session::Entry::NextWeek,
                (None, _) => whybuy::session::Entry::Visit(person),
                (Some(_), 0) => whybuy::session::Entry::Leave,
                (Some(_), _) => say(&step.acts(facts)),
            };
            if deal.apply(entry).is_err() && deal.state.outcome.is_none() && deal.state.visit.is_none() {
                let _ = deal.apply(whybuy::session::Entry::NextWeek);
            }
        }
        let entries: Vec<_> = deal.turns.iter().map(|t| t.entry.clone()).collect();
        let english = whybuy::session::Header { language: Language::En, ..header(&deal.world.case, seed) };
        let again = Session::replay(WORLD.clone(), english, entries);
        prop_assert_eq!(&again.state, &deal.state);
        for (a, b) in again.turns.iter().zip(&deal.turns) {
            prop_assert_eq!(&a.said, &b.said);
        }
        let report = whybuy::score::report(&deal);
        prop_assert_eq!(&report, &whybuy::score::report(&again));
        for level in report.levels.iter().filter(|l| l.level.is_some()) {
            let cites = level.met.iter().chain(&level.missed).flat_map(|f| &f.cites);
            prop_assert!(cites.count() > 0, "{:?} cites nothing", level.dimension);
        }
    }
}

/// Law 1, spelled out: 200 vendor arguments, discounts and compliments move nobody below *accepted*.
#[test]
fn two_hundred_vendor_arguments_move_nobody() {
    for seed in 0..20 {
        let mut deal = Deal::new(fit_out(), seed);
        let before = (deal.person("wang").category, deal.person("chen").category);
        for turn in 0..200 {
            let name = ["wang", "chen"][turn % 2];
            if deal.state.outcome.is_some() {
                break;
            }
            let topic = Topic::ALL[turn % Topic::ALL.len()];
            let act = match turn % 5 {
                0 => SpokenAct::on(Act::VendorCase, topic),
                1 => SpokenAct::on(Act::Discount, Topic::Price),
                2 => SpokenAct::bare(Act::Rapport),
                3 => SpokenAct::bare(Act::Acknowledge),
                _ => SpokenAct::on(Act::Proof, topic).scoped(Scope::Vendor),
            };
            if deal.state.visit.is_none() {
                if deal.state.visits_used >= deal.case.visits_per_week {
                    deal.state.visits_used = 0;
                }
                let person = deal.id(name);
                deal.input(Input::Visit(person));
            }
            deal.say(&[act]);
        }
        let after = (deal.person("wang").category, deal.person("chen").category);
        assert_eq!(before, after, "seed {seed}");
        assert!(deal.person("wang").vendor <= 1 && deal.person("chen").vendor <= 1);
    }
}
