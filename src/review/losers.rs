//! Two ways of talking past a client that look like work: every word at once, and the lecture.

use crate::codebook::{Act, Evidence, Scope, SpokenAct, Step, Topic};
use crate::review::players::View;
use crate::scenario::FactKind;

/// A line of five acts on as many topics, as somebody says it who has learnt the words and not their order.
pub(super) fn keywords(view: &View) -> Vec<SpokenAct> {
    let topic = |salt| Topic::ALL[view.draw(salt, Topic::ALL.len())];
    let acts = Act::ALL;
    (0..5)
        .map(|i| {
            let act = acts[view.draw(60 + i, acts.len())];
            // An improper offer would end the deal at once and hide whether the rest of the line wins.
            let act = if act == Act::Improper {
                Act::ProposeNext
            } else {
                act
            };
            let topics = [70, 80, 90]
                .map(|salt| topic(salt + i))
                .into_iter()
                .collect();
            let spoken = SpokenAct::new(act, topics);
            match act {
                Act::ProposeNext => {
                    spoken.step([Step::Small, Step::Pilot, Step::Decision][view.draw(100 + i, 3)])
                }
                Act::Proof | Act::Quantify => {
                    let scope = [Scope::Category, Scope::Vendor][view.draw(110 + i, 2)];
                    spoken
                        .scoped(scope)
                        .evidence(any_fact(view, scope, 120 + i))
                }
                _ => spoken,
            }
        })
        .collect()
}

/// The category argued, in figures and by proof, on whatever the fact sheet holds; now and then he asks for the order.
pub(super) fn lecture(view: &View) -> SpokenAct {
    let topic = Topic::ALL[view.draw(60, Topic::ALL.len())];
    let fact = any_fact(view, Scope::Category, 61);
    let about = match fact {
        Evidence::Fact(number) => view.case.facts[number as usize].topic,
        _ => topic,
    };
    match view.draw(62, 10) {
        0..=3 => SpokenAct::on(Act::CategoryCase, about),
        4 | 5 => SpokenAct::on(Act::Quantify, about)
            .scoped(Scope::Category)
            .evidence(fact),
        6..=8 => SpokenAct::on(Act::Proof, about)
            .scoped(Scope::Category)
            .evidence(fact),
        _ => SpokenAct::bare(Act::ProposeNext).step(Step::Decision),
    }
}

fn any_fact(view: &View, scope: Scope, salt: u64) -> Evidence {
    let facts = &view.case.facts;
    let fits: Vec<usize> = (0..facts.len())
        .filter(|&i| facts[i].scope == scope && facts[i].kind != FactKind::Price)
        .collect();
    fits.get(view.draw(salt, fits.len().max(1)))
        .map_or(Evidence::None, |&i| Evidence::Fact(i as u8))
}
