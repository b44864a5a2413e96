//! The reduced alphabet: every act but the improper offer, on each of a few topics, with the facts that could serve.

use crate::codebook::{Act, Evidence, Scope, SpokenAct, Step, Topic};
use crate::scenario::{Case, FactKind};

/// What can be said in a visit about `topics`.
pub(super) fn alphabet(case: &Case, topics: &[Topic]) -> Vec<SpokenAct> {
    let mut lines: Vec<SpokenAct> = [
        Act::Rapport,
        Act::Agenda,
        Act::Acknowledge,
        Act::AskCriteria,
        Act::AskProcess,
        Act::VendorCase,
        Act::Discount,
        Act::AskAccess,
        Act::Equip,
        Act::Candor,
        Act::Pressure,
        Act::Bypass,
    ]
    .map(SpokenAct::bare)
    .into();
    lines.push(SpokenAct::on(Act::PriceInfo, Topic::Price));
    lines.push(SpokenAct::bare(Act::ProposeNext));
    for step in [Step::Small, Step::Pilot, Step::Decision] {
        lines.push(SpokenAct::bare(Act::ProposeNext).step(step));
    }
    for &topic in topics {
        for act in [
            Act::AskSituation,
            Act::AskProblem,
            Act::AskImplication,
            Act::AskPayoff,
            Act::Probe,
            Act::Summarize,
            Act::Rebut,
            Act::CategoryCase,
            Act::VendorCase,
            Act::Quantify,
            Act::Derisk,
            Act::Candor,
        ] {
            lines.push(SpokenAct::on(act, topic));
        }
        for (scope, fact) in facts(case, topic) {
            for act in [
                Act::CategoryCase,
                Act::Quantify,
                Act::Derisk,
                Act::VendorCase,
                Act::Proof,
            ] {
                let evidence = Evidence::Fact(fact);
                lines.push(SpokenAct::on(act, topic).scoped(scope).evidence(evidence));
            }
        }
    }
    lines
}

/// For each scope a fact about the topic, or any of that scope where the sheet has none about it: the rules look at a
/// fact's scope, topic and kind alone, and a topic can be named beside any fact.
fn facts(case: &Case, topic: Topic) -> impl Iterator<Item = (Scope, u8)> {
    [Scope::Category, Scope::Vendor]
        .into_iter()
        .filter_map(move |scope| {
            let ours = || {
                let all = case.facts.iter().enumerate();
                all.filter(move |(_, f)| f.scope == scope && f.kind != FactKind::Price)
            };
            let found = ours()
                .find(|(_, f)| f.topic == topic)
                .or_else(|| ours().next());
            found.map(|(i, _)| (scope, i as u8))
        })
}

/// Whether a line argues for us, lowers the price, or is only friendly: what must move nobody below *accepted*.
pub(super) fn is_vendor(case: &Case, line: &SpokenAct) -> bool {
    let ours = match line.evidence {
        Evidence::Fact(number) => case
            .facts
            .get(number as usize)
            .is_some_and(|f| f.scope == Scope::Vendor),
        _ => false,
    };
    match line.act {
        Act::Rapport | Act::Candor | Act::VendorCase | Act::PriceInfo | Act::Discount => true,
        Act::Proof | Act::Quantify | Act::Derisk => ours,
        _ => false,
    }
}
