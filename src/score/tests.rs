//! The rubric, on small deals played by acts.

use std::sync::Arc;

use super::*;
use crate::codebook::{Act, Evidence, ReadAct, SpokenAct, Step, Topic};
use crate::scenario::pack::Packs;
use crate::scenario::{Gate, decode};
use crate::session::{Entry, Header, Mode, World};
use crate::sim::Model;
use crate::text::{Language, Text};

const WANG: PersonId = 0;
const CHEN: PersonId = 1;
const LIU: PersonId = 2;

/// A developer, two managers and the one who signs. Two needs each, so that the seed drops none.
const CASE: &str = r#"{
  "id": "test", "title": {"zh": "测试", "en": "Test"}, "brief": {"zh": "测试", "en": "Test"},
  "category": {"zh": "新风", "en": "ventilation"}, "client": {"zh": "开发商", "en": "developer"},
  "need_class": "NEED", "weeks": 20, "visits_per_week": 7, "decision_maker": "liu",
  "people": [
    {"id": "wang", "name": {"zh": "王经理", "en": "Mr Wang"}, "role": "procurement_manager", "temper": "warm",
     "opening": {"category": WANG_CATEGORY, "trust": WANG_TRUST, "mode": "trouble"},
     "needs": [{"topic": "total_cost"}, {"topic": "after_sales"}],
     "concerns": [{"topic": "liability", "gate": "confidence"}],
     "hopes": [{"topic": "total_cost"}]},
    {"id": "chen", "name": {"zh": "陈工", "en": "Mr Chen"}, "role": "project_manager", "temper": "warm",
     "opening": {"category": 1, "trust": 2, "mode": "trouble"},
     "needs": [{"topic": "site_coordination"}, {"topic": "schedule"}],
     "concerns": [{"topic": "usability_maintenance", "gate": "confidence"}]},
    {"id": "liu", "name": {"zh": "刘总", "en": "Director Liu"}, "role": "executive", "temper": "warm", "known": false,
     "opening": {"category": 1, "trust": 1, "mode": "growth"},
     "needs": [{"topic": "customer_satisfaction"}, {"topic": "strategic_fit"}],
     "concerns": [{"topic": "effect_uncertainty", "gate": "confidence"}],
     "hopes": [{"topic": "customer_satisfaction"}]}
  ],
  "facts": [{"id": "f", "topic": "total_cost", "kind": "report", "scope": "vendor", "text": {"zh": "九成八", "en": "98"}, "values": [98]}]
}"#;

struct Play(Session);

impl Play {
    fn nice(seed: u64) -> Play {
        Play::of("nice", 1, 2, seed)
    }

    fn of(need: &str, wang_category: u8, wang_trust: u8, seed: u64) -> Play {
        let file = CASE
            .replace("NEED", need)
            .replace("WANG_CATEGORY", &wang_category.to_string())
            .replace("WANG_TRUST", &wang_trust.to_string());
        let (case, problems) = decode::decode(&file);
        let case = case.unwrap_or_else(|| panic!("{problems:?}"));
        let world = World {
            case: Arc::new(case),
            packs: Arc::new(Packs::shipped()),
            model: Arc::new(Model::shipped()),
        };
        let header = Header {
            scenario: "test".to_owned(),
            content: String::new(),
            model: 1,
            seed,
            language: Language::Zh,
            mode: Mode::Free,
            exam: false,
            started: 0,
            past: Default::default(),
        };
        Play(Session::new(world, header))
    }

    #[track_caller]
    fn enter(&mut self, entry: Entry) -> &mut Play {
        if let Err(refusal) = self.0.apply(entry.clone()) {
            panic!("{entry:?}: {refusal}");
        }
        self
    }

    /// Goes there until he is met.
    #[track_caller]
    fn visit(&mut self, person: PersonId) -> &mut Play {
        while self.0.state.visit.is_none() {
            if self.0.state.visits_used >= 7 {
                self.enter(Entry::NextWeek);
            }
            self.enter(Entry::Visit(person));
        }
        self
    }

    #[track_caller]
    fn say(&mut self, acts: &[SpokenAct]) -> &mut Play {
        let read = |&spoken: &SpokenAct| ReadAct {
            spoken,
            span: 0..0,
            confidence: 1.0,
        };
        let acts = acts.iter().map(read).collect();
        self.enter(Entry::Say {
            words: Text::same("…"),
            acts,
        })
    }

    /// Asks about every worry on the table, answers it, and checks that it is gone.
    fn settle(&mut self, person: PersonId) -> &mut Play {
        loop {
            let open = self
                .0
                .state
                .person(person)
                .worries()
                .find(|(_, c)| c.is_open());
            let Some((topic, concern)) = open.filter(|_| self.0.state.visit.is_some()) else {
                return self;
            };
            let answer = if concern.gate == Gate::Confidence {
                Act::Derisk
            } else {
                Act::Proof
            };
            let probe = SpokenAct::on(Act::Probe, topic);
            self.say(&[probe, SpokenAct::on(answer, topic), probe]);
        }
    }

    fn leave(&mut self) -> &mut Play {
        if self.0.state.visit.is_some() {
            self.enter(Entry::Leave);
        }
        self
    }

    fn report(&self) -> Report {
        report(&self.0)
    }
}

fn on(act: Act, topic: Topic) -> SpokenAct {
    SpokenAct::on(act, topic)
}

fn chain(topic: Topic) -> [SpokenAct; 3] {
    [
        on(Act::AskProblem, topic),
        on(Act::AskImplication, topic),
        on(Act::AskPayoff, topic),
    ]
}

/// Needs first, worries understood, way up by introduction, a step at the end of every visit.
fn good(seed: u64) -> Play {
    let mut play = Play::nice(seed);
    play.visit(WANG).say(&chain(Topic::TotalCost)).settle(WANG);
    play.say(&[
        on(Act::Candor, Topic::AfterSales),
        on(Act::Summarize, Topic::TotalCost),
    ]);
    play.say(&[
        SpokenAct::bare(Act::AskProcess),
        SpokenAct::bare(Act::AskProcess),
        SpokenAct::bare(Act::AskCriteria),
    ]);
    play.settle(WANG);
    play.say(&[on(Act::Quantify, Topic::TotalCost).evidence(Evidence::Fact(0))]);
    play.say(&[
        on(Act::VendorCase, Topic::TotalCost),
        on(Act::Proof, Topic::TotalCost).evidence(Evidence::Fact(0)),
    ]);
    play.settle(WANG)
        .say(&[SpokenAct::bare(Act::AskAccess), SpokenAct::bare(Act::Equip)]);
    play.settle(WANG).leave().enter(Entry::Fulfil(0));
    play.visit(CHEN)
        .say(&chain(Topic::SiteCoordination))
        .settle(CHEN);
    play.say(&[
        on(Act::Candor, Topic::Schedule),
        on(Act::VendorCase, Topic::SiteCoordination),
    ])
    .settle(CHEN);
    play.say(&[SpokenAct::bare(Act::ProposeNext).step(Step::Pilot)])
        .settle(CHEN)
        .leave();
    play.enter(Entry::NextWeek);
    play.visit(LIU)
        .say(&chain(Topic::CustomerSatisfaction))
        .settle(LIU);
    play.say(&[
        on(Act::Quantify, Topic::CustomerSatisfaction),
        on(Act::VendorCase, Topic::CustomerSatisfaction),
    ]);
    play.settle(LIU)
        .say(&[SpokenAct::bare(Act::ProposeNext).step(Step::Pilot)])
        .settle(LIU)
        .leave();
    play
}

/// Old habits: ourselves, the price, pressure, figures from nowhere, and over everybody's head.
fn bad(seed: u64) -> Play {
    let mut play = Play::nice(seed);
    play.visit(WANG);
    for _ in 0..3 {
        play.say(&[on(Act::VendorCase, Topic::QualityRisk).evidence(Evidence::Unsupported)]);
        play.say(&[
            on(Act::VendorCase, Topic::QualityRisk),
            SpokenAct::bare(Act::Discount),
        ]);
    }
    play.say(&[SpokenAct::bare(Act::Rebut)])
        .say(&[SpokenAct::bare(Act::Pressure)])
        .leave();
    play.visit(CHEN)
        .say(&[SpokenAct::bare(Act::Bypass)])
        .leave();
    play
}

fn level(report: &Report, dimension: Dimension) -> Option<u8> {
    report.levels[dimension as usize].level
}

#[test]
fn the_same_log_gets_the_same_report() {
    for play in [good(3), bad(3)] {
        let entries = play
            .0
            .turns
            .iter()
            .map(|t| t.entry.clone())
            .collect::<Vec<_>>();
        let again = Session::replay(play.0.world.clone(), play.0.header.clone(), entries);
        assert_eq!(play.report(), report(&again));
    }
}

#[test]
fn a_bad_run_scores_lower_wherever_both_can_be_judged() {
    for seed in 0..12 {
        let (good, bad) = (good(seed).report(), bad(seed).report());
        let mut judged = 0;
        for (strong, weak) in good.levels.iter().zip(&bad.levels) {
            if let (Some(g), Some(b)) = (strong.level, weak.level) {
                judged += 1;
                assert!(g > b, "seed {seed}: {strong:#?}\n{weak:#?}");
            }
        }
        // Where nobody came to want such a thing, why ours is no question; nor are worries nobody voiced.
        assert!(judged >= 6, "seed {seed}: {judged} judged");
        assert!(
            good.total > bad.total + 1.0,
            "seed {seed}: {} {}",
            good.total,
            bad.total
        );
    }
}

#[test]
fn a_good_run_reaches_the_top_of_what_it_did() {
    let report = good(1).report();
    assert_eq!(level(&report, Dimension::CategoryFirst), Some(4));
    assert_eq!(level(&report, Dimension::NeedDevelopment), Some(4));
    assert_eq!(level(&report, Dimension::DecisionMaker), Some(4));
    assert_eq!(report.caps, []);
    assert_eq!(report.reached.route, Some(Route::Referral));
    assert!(
        report
            .moved
            .iter()
            .all(|m| m.accepted_at.is_some() && m.premature == 0)
    );
    assert!(report.standings.contains(&(LIU, Standing::Decides)));
}

/// Every level is shown by turns that exist, in both languages.
#[track_caller]
fn check_findings(session: &Session, report: &Report) {
    for level in &report.levels {
        let all = || {
            level
                .met
                .iter()
                .chain(&level.missed)
                .chain(report.caps.iter().map(|(_, f)| f))
        };
        for finding in all() {
            assert!(!finding.cites.is_empty(), "{finding:?}");
            assert!(
                finding.cites.iter().all(|c| c.turn < session.turns.len()),
                "{finding:?}"
            );
            assert_eq!(
                Language::of_line(&finding.words.zh),
                Language::Zh,
                "{finding:?}"
            );
            assert_eq!(
                Language::of_line(&finding.words.en),
                Language::En,
                "{finding:?}"
            );
        }
        if let Some(n) = level.level {
            assert!((1..=4).contains(&n) && level.met.len() + level.missed.len() > 0);
            assert_eq!(level.missed.is_empty(), n == 4, "{level:?}");
        }
    }
    assert!((1.0..=4.0).contains(&report.total) && report.total <= report.uncapped);
    assert!(report.turning_points.len() <= 3);
    assert!(report.turning_points.is_sorted_by(|a, b| a.turn < b.turn));
}

#[test]
fn any_run_stays_within_the_scale_and_shows_its_turns() {
    for seed in 0..40u64 {
        let mut play = Play::of(if seed % 3 == 0 { "must" } else { "nice" }, 1, 2, seed);
        let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut throw = |n: usize| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            (dice % n as u64) as usize
        };
        for _ in 0..60 {
            let acts: Vec<SpokenAct> = (0..1 + throw(3))
                .map(|_| on(Act::ALL[throw(Act::ALL.len() - 1)], Topic::ALL[throw(24)]))
                .collect();
            let read = |&spoken: &SpokenAct| ReadAct {
                spoken,
                span: 0..0,
                confidence: 1.0,
            };
            let say = Entry::Say {
                words: Text::same("…"),
                acts: acts.iter().map(read).collect(),
            };
            let entry = match throw(8) {
                0 => Entry::NextWeek,
                1 => Entry::Leave,
                2 => Entry::Visit(throw(3) as PersonId),
                3 => Entry::Fulfil(throw(3) as u8),
                _ => say,
            };
            // A refused entry is no turn: the run goes on with the next.
            if play.0.apply(entry).is_ok() && play.0.state.turns > 0 {
                check_findings(&play.0, &play.report());
            }
        }
    }
    for play in [good(5), bad(5)] {
        check_findings(&play.0, &play.report());
    }
}

#[test]
fn before_the_first_word_nothing_is_judged() {
    let mut play = Play::nice(1);
    play.visit(WANG);
    let report = play.report();
    assert!(
        report
            .levels
            .iter()
            .all(|l| l.level.is_none() && l.missed.len() == 1)
    );
    assert_eq!((report.total, report.caps.len()), (1.0, 0));
    assert_eq!(report.visits.len(), 1);
}

#[test]
fn unassessed_dimensions_drop_out_of_the_mean() {
    let report = bad(2).report();
    assert_eq!(level(&report, Dimension::VendorCase), None);
    let weights = [18.0, 14.0, 12.0, 10.0, 14.0, 18.0, 7.0, 7.0];
    let judged = report
        .levels
        .iter()
        .zip(weights)
        .filter_map(|(l, w)| Some((f64::from(l.level?), w)));
    let (sum, all) = judged.fold((0.0, 0.0), |(s, a), (l, w)| (s + l * w, a + w));
    assert!((report.uncapped - sum / all).abs() < 1e-9);
}

#[test]
fn early_vendor_turns_lower_the_first_dimension() {
    // One word for us each: even with the category won afterwards, two cost level 3 and three cost level 2.
    for (early, expected) in [(0, 3), (1, 3), (2, 2), (3, 1)] {
        let mut play = Play::nice(4);
        play.visit(CHEN).say(&chain(Topic::Schedule)).leave();
        play.visit(WANG);
        for _ in 0..early {
            play.say(&[
                on(Act::VendorCase, Topic::QualityRisk),
                on(Act::VendorCase, Topic::Efficiency),
            ]);
        }
        play.say(&chain(Topic::TotalCost));
        let report = play.report();
        assert_eq!(
            level(&report, Dimension::CategoryFirst),
            Some(expected),
            "{early} early"
        );
        let wang = report
            .moved
            .iter()
            .find(|m| m.person == WANG)
            .map(|m| m.premature);
        assert_eq!(wang, Some(early));
        if early == 3 {
            let first = &report.levels[0].missed[0].words;
            assert_eq!(
                first.en,
                "3 vendor arguments to Mr Wang before the category was accepted"
            );
            assert_eq!(first.zh, "对王经理过早讲了 3 次厂商：那时还没认可这类东西");
        }
    }
}

#[test]
fn what_must_be_bought_anyway_needs_no_lecture() {
    for (lectures, expected) in [(0, 4), (1, 3), (2, 2), (3, 1), (4, 1)] {
        let mut play = Play::of("must", 1, 2, 1);
        play.visit(WANG).say(&[SpokenAct::bare(Act::Rapport)]);
        for _ in 0..lectures {
            play.say(&[on(Act::CategoryCase, Topic::TotalCost)]);
        }
        let report = play.report();
        assert_eq!(
            level(&report, Dimension::CategoryFirst),
            Some(expected),
            "{lectures} lectures"
        );
        assert_eq!(report.caps, [], "a must-buy has neither gate");
    }
}

#[test]
fn an_ordinary_order_takes_the_right_person_asked_for_the_decision() {
    let mut play = Play::of("must", 1, 2, 1);
    play.visit(WANG).say(&[SpokenAct::bare(Act::Agenda)]);
    assert_eq!(level(&play.report(), Dimension::DecisionMaker), Some(1));
    play.say(&[SpokenAct::bare(Act::AskProcess)]).leave();
    assert_eq!(
        level(&play.report(), Dimension::DecisionMaker),
        Some(1),
        "known, but not sat with"
    );
    play.visit(LIU).say(&[SpokenAct::bare(Act::Agenda)]);
    assert_eq!(level(&play.report(), Dimension::DecisionMaker), Some(3));
    play.say(&[SpokenAct::bare(Act::ProposeNext).step(Step::Decision)]);
    assert_eq!(level(&play.report(), Dimension::DecisionMaker), Some(4));
}

#[test]
fn caps_hold_the_total_down() {
    let caps = |play: &Play| {
        play.report()
            .caps
            .iter()
            .map(|(cap, _)| *cap)
            .collect::<Vec<_>>()
    };
    assert_eq!(caps(&bad(1)), [2.0, 2.5]);

    // He wanted it before the first word: that is nobody's doing and lifts no cap.
    let mut start = Play::of("nice", 3, 2, 1);
    start.visit(WANG).say(&[SpokenAct::bare(Act::AskProcess)]);
    assert_eq!(caps(&start), [2.0, 2.5]);
    assert!(start.report().total <= 2.0);

    let mut won = Play::nice(1);
    won.visit(WANG).say(&chain(Topic::TotalCost));
    assert_eq!(caps(&won), [2.5]);

    let mut bribe = good(1);
    bribe.visit(WANG).say(&[SpokenAct::bare(Act::Improper)]);
    let report = bribe.report();
    assert_eq!(
        (report.total, report.outcome),
        (1.0, Some(Outcome::Improper))
    );
    assert!(report.uncapped > 1.0);
    assert_eq!(level(&report, Dimension::Conduct), Some(1));
}

#[test]
fn relationship_is_never_blamed_for_missing_authority() {
    for trust in 0..=4 {
        let mut play = Play::of("nice", 3, trust, 1);
        play.visit(WANG)
            .say(&[SpokenAct::bare(Act::ProposeNext).step(Step::Decision)]);
        play.say(&[SpokenAct::bare(Act::AskAccess)]).leave();
        assert_eq!(
            play.report().standings,
            [(WANG, Standing::NotHisToDecide)],
            "trust {trust}"
        );
    }
    // With somebody who trusts us little, an introduction refused is about the relationship.
    let mut play = Play::of("nice", 1, 0, 1);
    play.visit(WANG).say(&[SpokenAct::bare(Act::AskAccess)]);
    assert_eq!(play.report().standings, [(WANG, Standing::TooWeak)]);
    // Nothing asked, nothing refused, nothing to explain.
    let mut play = Play::of("nice", 1, 0, 1);
    play.visit(WANG).say(&[SpokenAct::bare(Act::Agenda)]);
    assert_eq!(play.report().standings, [(WANG, Standing::Fine)]);
}

#[test]
fn a_breach_mended_by_candour_counts_no_more() {
    let mut play = Play::nice(1);
    play.visit(WANG).say(&[SpokenAct::bare(Act::Bypass)]);
    let before = play.report();
    assert_eq!(level(&before, Dimension::DecisionMaker), Some(1));
    assert_eq!(level(&before, Dimension::Conduct), Some(2));
    play.say(&[SpokenAct::bare(Act::Pressure)]);
    assert_eq!(level(&play.report(), Dimension::Conduct), Some(1));
    play.say(&[on(Act::Candor, Topic::AfterSales)]);
    assert_eq!(
        level(&play.report(), Dimension::Conduct),
        Some(2),
        "trust is still below where it was"
    );
    let passed = |r: &Report| {
        r.levels[Dimension::DecisionMaker as usize]
            .missed
            .iter()
            .any(|f| f.words.en.contains("Gone round"))
    };
    assert!(passed(&before) && !passed(&play.report()));
}

#[test]
fn visits_are_listed_with_how_they_ended() {
    let mut play = Play::nice(1);
    play.visit(WANG)
        .say(&[SpokenAct::bare(Act::Agenda)])
        .leave();
    assert_eq!(level(&play.report(), Dimension::Advance), Some(1));
    play.enter(Entry::NextWeek);
    play.visit(WANG)
        .say(&[SpokenAct::bare(Act::ProposeNext).step(Step::Small)])
        .leave();
    let report = play.report();
    let rows: Vec<_> = report
        .visits
        .iter()
        .map(|v| (v.week, v.person, v.end, v.turns, v.began))
        .collect();
    assert_eq!(
        rows,
        [
            (1, WANG, Some(VisitEnd::Continuation), 1, 0),
            (2, WANG, Some(VisitEnd::Advance), 1, 4)
        ]
    );
    assert_eq!(level(&report, Dimension::Advance), Some(3));
}

#[test]
fn turning_points_name_the_worst_turn_too() {
    let mut play = good(1);
    assert!(play.report().turning_points.iter().any(|p| p.gain));
    play.visit(CHEN).say(&[SpokenAct::bare(Act::Pressure)]);
    let worst = play.0.turns.len() - 1;
    let points = play.report().turning_points;
    assert!(
        points
            .iter()
            .any(|p| (p.turn, p.gain, p.person) == (worst, false, CHEN)),
        "{points:?}"
    );
}
