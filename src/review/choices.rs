//! What could have been done at a moment: acts on the topics that are alive in this person, or a way at the desk.

use crate::codebook::{Act, Evidence, Scope, SpokenAct, Step, Topic, TopicSet};
use crate::review::outlook::{Moment, Table};
use crate::review::players::{Choice, View};
use crate::review::strong::{self, Skill};
use crate::scenario::{Case, FactKind, PersonId};
use crate::sim::{PromiseKind, Worry};

/// Alternatives at a moment; the first is what the reference player would do.
pub(super) fn choices(table: Table, moment: &Moment) -> Vec<Choice> {
    let view = View::new(table.case, &moment.state, &moment.memory);
    let mut all = vec![strong::choose(&view, Skill::FULL)];
    let rest = match moment.state.visit {
        // Taking one's leave is advice only where the reference player gives it: by standing alone it always pays to
        // run to the next.
        Some(visit) => lines(table.case, moment, visit.person),
        None => ways(moment),
    };
    for choice in rest {
        if !all.contains(&choice) {
            all.push(choice);
        }
    }
    all
}

fn ways(moment: &Moment) -> Vec<Choice> {
    let state = &moment.state;
    let people = state.everybody().filter(|&id| state.person(id).named);
    let pages = state
        .open_promises()
        .filter(|(_, p)| p.kind == PromiseKind::Page)
        .map(|(number, _)| Choice::Fulfil(number));
    people
        .map(Choice::Visit)
        .chain(pages)
        .chain([Choice::NextWeek])
        .collect()
}

/// Everything helpful that could be said; missteps are nobody's advice.
fn lines(case: &Case, moment: &Moment, id: PersonId) -> Vec<Choice> {
    let person = moment.state.person(id);
    let voiced = |worry: Worry| matches!(worry, Worry::Open | Worry::Recurred | Worry::Answered);
    let worries: TopicSet = person
        .worries()
        .filter(|(_, c)| voiced(c.worry))
        .map(|(t, _)| t)
        .collect();
    let hopes: TopicSet = case.person(id).hopes.iter().map(|h| h.topic).collect();
    let wants = person.wants().union(person.heard_wants);
    let needs = person.live.union(person.admitted());
    let mut all: Vec<Vec<SpokenAct>> = Vec::new();
    let mut on = |act: Act, topics: TopicSet| {
        all.extend(topics.iter().map(|t| vec![SpokenAct::on(act, t)]));
    };
    on(Act::AskSituation, needs);
    on(Act::AskProblem, needs);
    on(Act::AskImplication, person.admitted());
    on(Act::AskPayoff, person.admitted());
    on(Act::Summarize, worries.union(person.admitted()));
    on(Act::CategoryCase, needs.union(worries));
    on(Act::VendorCase, wants);
    on(Act::Probe, worries);
    on(Act::Candor, worries);
    all.extend(worries.iter().map(|t| {
        vec![
            SpokenAct::bare(Act::Acknowledge),
            SpokenAct::on(Act::Probe, t),
        ]
    }));
    for topic in hopes.union(needs).iter() {
        let evidence = sheet(case, topic, Scope::Category, |_| true);
        all.push(vec![
            SpokenAct::on(Act::Quantify, topic)
                .scoped(Scope::Category)
                .evidence(evidence),
        ]);
    }
    for topic in worries.union(hopes).iter() {
        all.push(vec![
            SpokenAct::on(Act::Derisk, topic).scoped(Scope::Vendor),
        ]);
    }
    for (i, fact) in case.facts.iter().enumerate() {
        let act = match fact.kind {
            FactKind::Price => Act::PriceInfo,
            _ => Act::Proof,
        };
        let evidence = Evidence::Fact(i as u8);
        all.push(vec![
            SpokenAct::on(act, fact.topic)
                .scoped(fact.scope)
                .evidence(evidence),
        ]);
    }
    for act in [
        Act::Rapport,
        Act::Agenda,
        Act::Acknowledge,
        Act::Probe,
        Act::AskCriteria,
        Act::AskProcess,
        Act::AskAccess,
        Act::Equip,
    ] {
        all.push(vec![SpokenAct::bare(act)]);
    }
    all.push(vec![SpokenAct::on(Act::Candor, Topic::VendorTrackRecord)]);
    for step in [Step::Small, Step::Pilot, Step::Decision] {
        all.push(vec![SpokenAct::bare(Act::ProposeNext).step(step)]);
    }
    all.into_iter().map(Choice::Say).collect()
}

/// A fact on the sheet about `topic` that passes `test`.
fn sheet(case: &Case, topic: Topic, scope: Scope, test: impl Fn(FactKind) -> bool) -> Evidence {
    let found = case
        .facts
        .iter()
        .position(|f| f.topic == topic && f.scope == scope && test(f.kind));
    found.map_or(Evidence::None, |i| Evidence::Fact(i as u8))
}
