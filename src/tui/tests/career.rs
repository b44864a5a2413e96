//! Progress and drills: what keys do, with a shelf of two sessions and a round of three cards.

use super::*;
use crate::drill::{self, Card, Rating, Task};
use crate::progress::{Mistake, Overview, Row, Score};
use crate::scenario::Gate;
use crate::sim::Outcome;
use crate::tui::Found;

/// What the disk would answer.
pub(super) fn perform(effect: Effect) -> Option<Msg> {
    match effect {
        Effect::Overview => Some(Msg::Overview(Box::new(overview()), 0)),
        Effect::Find { query, from } => {
            let rows = shelf().into_iter();
            let rows: Vec<(Row, String)> = rows
                .filter(|(row, _)| row.title.zh.contains(&query) || row.name.contains(&query))
                .collect();
            Some(Msg::Found(Found {
                query,
                total: rows.len(),
                from,
                rows,
            }))
        }
        Effect::Rename { .. } | Effect::Delete(_) => Some(Msg::Shelved(Ok(()))),
        Effect::Round => Some(Msg::LaidOut(round(), 1000)),
        Effect::Grade { rating, .. } => {
            // A card that was not known takes longer.
            let spent = if rating == Rating::Again { 50 } else { 10 };
            Some(Msg::Graded(Ok(1000 + spent)))
        }
        _ => None,
    }
}

fn overview() -> Overview {
    let mut score = Score {
        scenario: "two-people".into(),
        title: world().case.title.clone(),
        day: 3,
        outcome: Some(Outcome::Order),
        total: 3.4,
        levels: [Some(3); 8],
        mistakes: [0; Mistake::ALL.len()],
    };
    score.mistakes[Mistake::Pressed as usize] = 2;
    let scores: Vec<Score> = (0..60).map(|_| score.clone()).collect();
    Overview::of(&scores, vec![(Gate::Category, 7)], 3)
}

fn shelf() -> Vec<(Row, String)> {
    let row = |id: &str, name: &str| Row {
        id: id.into(),
        name: name.into(),
        scenario: "two-people".into(),
        title: world().case.title.clone(),
        started: 0,
        ended: 0,
        outcome: Some(Outcome::TimeOut),
        done: true,
        week: 3,
        total: 2.5,
        access: 2,
        levels: [None; 8],
        misses: Vec::new(),
    };
    let day = || "2026-11-24".to_owned();
    vec![(row("s2", "第二次"), day()), (row("s1", ""), day())]
}

/// One card of each kind: gate, wrong, reply.
fn round() -> Vec<Card> {
    let deck = drill::deck();
    let first = |kind| deck.iter().find(|c| c.task.kind() == kind).unwrap().clone();
    (0..3).map(first).collect()
}

#[test]
fn progress_shows_trends_and_finds_sessions() {
    for language in Language::ALL {
        let mut play = Play::new(Mode::Free, language);
        play.keys("p");
        let (text, _) = play.draw(100, 60);
        for words in ["60", "3.4", Mistake::Pressed.name(language), "####"] {
            assert!(text.contains(words), "{words}\n{text}");
        }
        play.keys("<Tab>第二");
        let (text, caret) = play.draw(80, 24);
        assert!(caret.is_some() && text.contains("第二次") && text.contains("2026-11-24"));
        play.keys("<Down><Enter>");
        assert_eq!(play.effects.last(), Some(&Effect::Resume("s2".into())));
    }
}

#[test]
fn a_session_is_renamed_and_deleted_only_after_a_question() {
    let mut play = Play::new(Mode::Free, Language::Zh);
    play.keys("p<Tab><F6>甲<Enter>");
    let renamed = Effect::Rename {
        id: "s2".into(),
        name: "第二次甲".into(),
    };
    assert!(play.effects.contains(&renamed), "{:?}", play.effects);
    play.keys("<F6>乙<Esc>");
    assert_eq!(
        play.effects
            .iter()
            .filter(|e| matches!(e, Effect::Rename { .. }))
            .count(),
        1
    );
    play.keys("<F8>").shows("找不回来").shows("第二次");
    play.keys("<Enter>").lacks("找不回来");
    assert!(!play.effects.contains(&Effect::Delete("s2".into())));
    play.keys("<F8>x");
    assert!(play.effects.contains(&Effect::Delete("s2".into())));
    play.keys("<Esc>");
    assert_eq!(play.app.screen, Screen::Home);
}

#[test]
fn a_round_asks_rates_and_sums_up() {
    let mut play = Play::new(Mode::Free, Language::Zh);
    play.keys("d").shows("客户卡在哪一道门");
    let Task::Gate(gate) = round()[0].task else {
        panic!("a gate card comes first")
    };
    let right = Gate::ALL.iter().position(|g| *g == gate).unwrap() + 1;
    play.keys(&right.to_string()).shows("对。").keys("<Enter>");
    play.shows("错在哪里");
    let Task::Wrong {
        answer, choices, ..
    } = round()[1].task
    else {
        panic!("a wrong card comes second")
    };
    let wrong = choices.iter().position(|c| *c != answer).unwrap() + 1;
    play.keys(&wrong.to_string())
        .shows("没认出来")
        .keys("<Enter>");
    play.shows("第一句怎么回");
    // An empty reply is no reply.
    play.keys("<Enter>").shows("第一句怎么回");
    play.keys("我们是行业第一，质量最好<Enter>")
        .shows("理解为")
        .shows("比如");
    play.keys("r").shows("按您说的").keys("<Enter>");
    let rated: Vec<(Rating, bool)> = play
        .effects
        .iter()
        .filter_map(|e| match e {
            Effect::Grade {
                rating, contested, ..
            } => Some((*rating, *contested)),
            _ => None,
        })
        .collect();
    assert_eq!(
        rated,
        [
            (Rating::Good, false),
            (Rating::Again, false),
            (Rating::Good, true)
        ]
    );
    // The card that was not known comes once more, then the round is over.
    play.shows("错在哪里");
    let right = choices.iter().position(|c| *c == answer).unwrap() + 1;
    play.keys(&format!("{right}<Enter>"))
        .shows("4 张")
        .shows("不等于谈得下来");
    play.keys("<Esc>");
    assert_eq!(play.app.screen, Screen::Home);
}

#[test]
fn a_round_ends_after_two_minutes_and_a_rating_that_is_not_on_disk_is_not_lost() {
    let mut play = Play::new(Mode::Free, Language::En);
    play.keys("d1");
    play.send(Msg::Graded(Err("disk full".into())));
    play.shows("disk full").keys("<Enter>");
    let graded = play
        .effects
        .iter()
        .filter(|e| matches!(e, Effect::Grade { .. }));
    assert_eq!(graded.count(), 1);
    play.keys("1");
    play.send(Msg::Graded(Ok(1000 + drill::ROUND)));
    play.shows("This round: 120 seconds");
}

#[test]
fn home_tells_how_many_cards_are_due() {
    let mut play = Play::new(Mode::Free, Language::En);
    play.lacks("cards due");
    play.send(Msg::Due(5, 100));
    play.shows("! 5 cards due");
}
