//! Guided play: the four lines are mixed, and the best cannot be told from outside.

use std::collections::BTreeSet;

use whybuy::codebook::ReadAct;
use whybuy::session::offer::{OFFERED, Offer, offers};
use whybuy::session::{Entry, Session};
use whybuy::sim::Outcome;
use whybuy::text::Language;

use crate::support::{fit_out, session};

fn choose(offer: &Offer) -> Entry {
    let acts = offer.acts.iter().map(|&spoken| ReadAct {
        spoken,
        span: 0..0,
        confidence: 1.0,
    });
    Entry::Say {
        words: offer.words.clone(),
        acts: acts.collect(),
    }
}

/// Plays a deal by always taking the offer `pick` names; calls `see` with every set of offers.
fn play(
    seed: u64,
    pick: impl Fn(&[Offer]) -> usize,
    mut see: impl FnMut(&Session, &[Offer]),
) -> Session {
    let mut deal = session(fit_out(), seed);
    let order = ["wang", "chen", "zhou", "he"].map(|id| deal.world.case.find(id).unwrap());
    let liu = deal.world.case.decision_maker;
    for turn in 0..400 {
        if deal.state.outcome.is_some() {
            break;
        }
        let entry = match deal.state.visit {
            Some(visit) => {
                let offered = offers(&deal);
                see(&deal, &offered);
                let best = offered.iter().map(|o| o.worth).max().unwrap_or(0);
                if best <= 0 && visit.turn > 0 {
                    Entry::Leave
                } else {
                    choose(&offered[pick(&offered)])
                }
            }
            None => {
                let page = deal
                    .state
                    .open_promises()
                    .find(|(_, p)| p.kind == whybuy::sim::PromiseKind::Page);
                let top = deal.state.person(liu);
                let known: Vec<u8> = order
                    .iter()
                    .copied()
                    .filter(|&id| deal.state.person(id).named)
                    .collect();
                // First two colleagues who say that they want it, then the top: what the trainer teaches.
                let wanting = known
                    .iter()
                    .filter(|&&id| !deal.state.person(id).wants().is_empty())
                    .count();
                let next = if top.named && top.access >= 3 && wanting >= 3 {
                    liu
                } else {
                    known[turn % known.len()]
                };
                match page {
                    Some((number, _)) if deal.check(&Entry::Fulfil(number)).is_ok() => {
                        Entry::Fulfil(number)
                    }
                    _ if deal.check(&Entry::Visit(next)).is_ok() => Entry::Visit(next),
                    _ => Entry::NextWeek,
                }
            }
        };
        deal.apply(entry).expect("only possible entries are chosen");
    }
    deal
}

fn best(offered: &[Offer]) -> usize {
    (0..offered.len())
        .max_by_key(|&i| offered[i].worth)
        .unwrap()
}

#[test]
fn the_best_line_wins_and_the_worst_does_not() {
    let won = |pick: fn(&[Offer]) -> usize| {
        (0..10)
            .filter(|&seed| play(seed, pick, |_, _| {}).state.outcome == Some(Outcome::Order))
            .count()
    };
    // Greedy at every turn and simple at the desk: more than half is what such a player reaches.
    assert!(won(best) >= 5, "{} of 10", won(best));
    let worst = |offered: &[Offer]| {
        (0..offered.len())
            .min_by_key(|&i| offered[i].worth)
            .unwrap()
    };
    assert_eq!(won(worst), 0);
}

#[test]
fn four_different_lines_are_offered_and_none_twice_in_a_deal() {
    play(3, best, |deal, offered| {
        assert_eq!(offered.len(), OFFERED);
        let words: BTreeSet<_> = offered.iter().map(|o| &o.words).collect();
        assert_eq!(words.len(), OFFERED);
        for offer in offered {
            assert!(!deal.has_said(&offer.words));
        }
        // The same moment offers the same lines: switching the language or redrawing changes nothing.
        assert_eq!(offers(deal), offered);
    });
}

/// Whoever always takes the longest, the shortest, the first or the one that asks must do no better than chance.
#[test]
fn the_best_is_not_recognisable_from_outside() {
    for language in Language::ALL {
        let (mut sets, mut ranks, mut places) = (0, [0; OFFERED], [0; OFFERED]);
        for seed in 0..12 {
            play(seed, best, |_, offered| {
                let at = best(offered);
                let ties = offered
                    .iter()
                    .filter(|o| o.worth == offered[at].worth)
                    .count();
                if ties > 1 || offered[at].worth <= 0 {
                    return;
                }
                let length = |o: &Offer| o.words.get(language).chars().count();
                let rank = offered
                    .iter()
                    .filter(|o| length(o) < length(&offered[at]))
                    .count();
                sets += 1;
                ranks[rank] += 1;
                places[at] += 1;
            });
        }
        let share = |n: i32| f64::from(n) / f64::from(sets);
        for n in ranks.into_iter().chain(places) {
            assert!(
                (0.12..=0.42).contains(&share(n)),
                "{language:?}: by length {ranks:?}, by place {places:?} of {sets}"
            );
        }
    }
}
