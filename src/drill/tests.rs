//! The deck is whole, the spacing spaces, and the model replies of the library are good by their own table.

use super::card::CHOICES;
use super::*;
use crate::codebook::{Act, SpokenAct, TopicSet};
use crate::progress::{Miss, Mistake};
use crate::reader::{Context, Reader};
use crate::scenario::Gate;
use crate::text::{Language, Text};

const DAY: u64 = 86_400;

#[test]
fn the_library_is_large_mixed_and_in_both_languages() {
    let deck = deck();
    assert!(deck.len() >= 120, "{}", deck.len());
    let mut ids: Vec<&str> = deck.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), deck.len(), "an identifier twice");
    for kind in 0..3 {
        assert!(deck.iter().filter(|c| c.task.kind() == kind).count() >= 30);
    }
    for card in &deck {
        let words = [&card.setting, &card.client, &card.why];
        for text in words {
            assert_eq!(
                Language::of_line(&text.zh),
                Language::Zh,
                "{}: {}",
                card.id,
                text.zh
            );
            assert_eq!(
                Language::of_line(&text.en),
                Language::En,
                "{}: {}",
                card.id,
                text.en
            );
        }
    }
    for gate in Gate::ALL {
        let asks = |c: &&Card| matches!(&c.task, Task::Gate(g) if g == gate);
        assert!(deck.iter().filter(asks).count() >= 5, "{gate:?}");
    }
}

#[test]
fn every_wrong_card_offers_the_answer_once() {
    for card in deck() {
        if let Task::Wrong {
            answer, choices, ..
        } = card.task
        {
            assert_eq!(
                choices.iter().filter(|c| **c == answer).count(),
                1,
                "{}",
                card.id
            );
        }
    }
    // The answer does not always stand in the same place.
    let places = deck().into_iter().filter_map(|card| match card.task {
        Task::Wrong {
            answer, choices, ..
        } => choices.iter().position(|c| *c == answer),
        _ => None,
    });
    let mut count = [0; CHOICES];
    places.for_each(|place| count[place] += 1);
    assert!(count.iter().all(|n| *n >= 5), "{count:?}");
}

#[test]
fn what_is_known_waits_longer_and_what_is_not_comes_back_at_once() {
    let good = Memory::after(None, Rating::Good, 0);
    let again = Memory::after(None, Rating::Again, 0);
    assert!(again.due < DAY && good.due >= DAY);
    let mut memory = good;
    let mut waits = Vec::new();
    for _ in 0..5 {
        waits.push(memory.due - memory.last);
        memory = Memory::after(Some(&memory), Rating::Good, memory.due);
    }
    assert!(waits.windows(2).all(|w| w[0] < w[1]), "{waits:?}");
    let lapsed = Memory::after(Some(&memory), Rating::Again, memory.due);
    assert!(lapsed.stability < memory.stability);
    // A clock that ran backwards breaks nothing.
    assert!(Memory::after(Some(&memory), Rating::Good, 5).due > 5);
}

#[test]
fn a_round_brings_what_is_due_first_and_own_misses_before_the_library() {
    let miss = Miss {
        turn: 3,
        mistake: Mistake::Pressed,
        gate: Gate::Confidence,
        person: Text::same("Wang"),
        client: Text::same("Later."),
        own: Text::same("Sign today!"),
    };
    let mut cards = deck();
    cards.extend(of_miss("1-a", &miss, &[Mistake::Pressed]));
    let own = cards.last().unwrap().id.clone();
    assert!(own.starts_with("own:1-a:4:"));
    let first = round(&cards, &Memories::new(), 0, 9);
    assert_eq!(first.len(), 8);
    assert!(first.iter().any(|card| card.id == own));
    for kind in 0..3 {
        assert!(first.iter().any(|card| card.task.kind() == kind));
    }
    let reviews: Vec<Review> = first
        .iter()
        .map(|card| Review {
            card: card.id.clone(),
            rating: Rating::Good,
            at: 100,
            contested: false,
        })
        .collect();
    let memories = remember(&reviews);
    assert_eq!(due(&cards, &memories, 101), (0, cards.len() - 8));
    let later = 100 + 40 * DAY;
    assert_eq!(due(&cards, &memories, later).0, 8);
    let next = round(&cards, &memories, later, 10);
    assert!(next[..8].iter().all(|card| memories.contains_key(&card.id)));
    assert_ne!(
        round(&cards, &Memories::new(), 0, 1),
        round(&cards, &Memories::new(), 0, 2)
    );
}

#[test]
fn the_gate_counts_before_fluency() {
    let rated = |gate, acts: &[Act]| {
        let spoken: Vec<SpokenAct> = acts.iter().map(|a| SpokenAct::bare(*a)).collect();
        grade(gate, &spoken).rating
    };
    assert_eq!(
        rated(Gate::Category, &[Act::Acknowledge, Act::AskProblem]),
        Rating::Good
    );
    assert_eq!(rated(Gate::Category, &[Act::CategoryCase]), Rating::Hard);
    assert_eq!(
        rated(Gate::Category, &[Act::AskProblem, Act::VendorCase]),
        Rating::Again
    );
    assert_eq!(
        rated(Gate::Authority, &[Act::AskProcess, Act::Equip]),
        Rating::Easy
    );
    assert_eq!(rated(Gate::Authority, &[Act::CategoryCase]), Rating::Again);
    assert_eq!(
        rated(Gate::Confidence, &[Act::AskImplication]),
        Rating::Again
    );
    assert_eq!(rated(Gate::Vendor, &[]), Rating::Again);
    let mut step = SpokenAct::new(Act::ProposeNext, TopicSet::NONE);
    step.specific = true;
    assert_eq!(grade(Gate::Engagement, &[step]).rating, Rating::Good);
}

/// The reader is a first one; most of the library's own good replies must be good in its eyes, or the drill misleads.
#[test]
fn most_model_replies_are_read_as_good() {
    let reader = Reader::shipped();
    let (mut good, mut all) = (0, 0);
    let mut missed = Vec::new();
    for card in deck() {
        let Task::Reply { gate, strong } = &card.task else {
            continue;
        };
        for language in Language::ALL {
            let context = Context {
                client_said: card.client.get(language),
                ..Context::default()
            };
            let reading = reader.read(strong.get(language), &context);
            let graded = grade(*gate, &reading.spoken());
            all += 1;
            if graded.rating >= Rating::Good {
                good += 1;
            } else {
                missed.push(format!(
                    "{} {language:?} {graded:?} {:?}",
                    card.id,
                    reading
                        .spoken()
                        .iter()
                        .map(|a| a.act.id())
                        .collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(
        good * 100 >= all * 70,
        "{good} of {all}\n{}",
        missed.join("\n")
    );
}
