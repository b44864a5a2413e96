//! What people say: they answer what was said, and nobody repeats himself within a visit.

use std::collections::BTreeSet;
use std::path::Path;

use whybuy::codebook::{Act, SpokenAct, Topic};
use whybuy::review::{Player, play};
use whybuy::scenario::{Case, Line};
use whybuy::session::{Entry, Session};
use whybuy::sim::Model;
use whybuy::text::Text;

use crate::support::{fit_out, say, session, world};

fn shipped() -> Vec<Case> {
    let nobodys = Path::new("no folder of anybody's");
    let cases = whybuy::library::list(nobodys).into_iter().map(|entry| {
        let case = entry.case().expect("a shipped case can be played");
        Case::clone(case)
    });
    cases.collect()
}

/// Good players and bad ones, talking of all kinds of things, in every shipped case.
#[test]
fn nobody_says_the_same_twice_in_a_visit() {
    let model = Model::shipped();
    for case in shipped() {
        let world = world(case);
        for player in Player::ALL {
            for seed in 0..3 {
                let deal = play(&world.case, &model, seed, player).session(world.clone());
                no_repetition(&deal, player);
            }
        }
    }
}

fn no_repetition(deal: &Session, player: Player) {
    let mut said = BTreeSet::new();
    for turn in &deal.turns {
        if matches!(turn.entry, Entry::Visit(_)) {
            said.clear();
        }
        for line in turn.said.iter().filter(|line| line.by.is_some()) {
            let Text { zh, en } = &line.words;
            let (id, seed) = (&deal.world.case.id, deal.header.seed);
            assert!(zh != "……", "{id} {player:?} {seed}: out of words");
            assert!(
                said.insert(zh.clone()) && said.insert(en.clone()),
                "{id} {player:?} {seed}: {zh} / {en}"
            );
        }
    }
}

/// What a person of the fit-out case answers to acts in a first visit, the words typed with them being `words`.
fn answer(who: &str, seed: u64, words: &str, acts: &[SpokenAct]) -> Vec<Text> {
    let mut deal = session(fit_out(), seed);
    let person = deal.world.case.find(who).expect("he is in the case");
    deal.apply(Entry::Visit(person)).expect("he is known");
    let Entry::Say { acts, .. } = say(acts) else {
        unreachable!("`say` says something");
    };
    let words = Text::same(words);
    let turn = deal
        .apply(Entry::Say { words, acts })
        .expect("a visit is on");
    turn.said[1..]
        .iter()
        .map(|said| said.words.clone())
        .collect()
}

fn one_of(lines: &[Line], said: &[Text]) -> bool {
    lines.iter().any(|line| said.contains(&line.text))
}

/// The topic: asked for a trouble he has, he tells of that one and no other.
#[test]
fn they_answer_the_topic() {
    let case = fit_out();
    let mut asked = 0;
    for who in ["wang", "chen"] {
        let person = case.person(case.find(who).expect("he is in the case"));
        for need in &person.needs {
            for seed in 0..10 {
                let deal = session(fit_out(), seed);
                let id = deal.world.case.find(who).expect("he is in the case");
                if !deal.state.person(id).live.has(need.topic) {
                    continue;
                }
                asked += 1;
                let said = answer(
                    who,
                    seed,
                    "?",
                    &[SpokenAct::on(Act::AskProblem, need.topic)],
                );
                assert!(
                    one_of(&need.problem, &said),
                    "{who} on {:?}: {said:?}",
                    need.topic
                );
            }
        }
    }
    assert!(asked > 20, "{asked}");
}

/// The question: asked who decides, he names them; asked by what, he says by what.
#[test]
fn they_answer_the_question() {
    let case = fit_out();
    let wang = case.person(case.find("wang").expect("he is in the case"));
    for seed in 0..20 {
        let process = answer("wang", seed, "?", &[SpokenAct::bare(Act::AskProcess)]);
        assert!(one_of(&wang.process, &process), "{process:?}");
        let criteria = answer("wang", seed, "?", &[SpokenAct::bare(Act::AskCriteria)]);
        assert!(one_of(&wang.criteria, &criteria), "{criteria:?}");
    }
}

/// The figure: whoever puts a number on the table hears that number again, not always, and never another.
#[test]
fn they_answer_the_figure() {
    let mut taken_up = 0;
    for seed in 0..60 {
        let acts = [
            SpokenAct::on(Act::AskProblem, Topic::TotalCost),
            SpokenAct::on(Act::Quantify, Topic::TotalCost),
        ];
        let said = answer("wang", seed, "返修能从每年38单降到19单，行不行？", &acts);
        taken_up += usize::from(said.iter().any(|text| text.zh.contains("19单")));
        assert!(!said.iter().any(|text| text.zh.contains("38")), "{said:?}");
    }
    assert!(taken_up >= 10, "{taken_up} of 60");
}
