//! The reference player: the order of work the trainer teaches, acted on what was said.

use crate::codebook::{Act, Evidence, Scope, SpokenAct, Step, Topic, TopicSet};
use crate::review::players::{Choice, View, topics_of};
use crate::scenario::{Gate, NeedClass, PersonId, Reaction};
use crate::sim::state::{ConcernState, PersonState};
use crate::sim::{PromiseKind, Worry};

/// Visits after which somebody who sees no problem is given up.
const HOPELESS: u8 = 5;

/// How much of the craft a player has, in per cent of turns in which he does the right thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skill {
    right: usize,
    asks_behind: usize,
}

impl Skill {
    /// The reference.
    pub const FULL: Skill = Skill {
        right: 100,
        asks_behind: 100,
    };
    /// A good seller on an ordinary day: by his continuations a position is judged. The reference wins from nearly
    /// everywhere, so that its share says little.
    pub const COMPETENT: Skill = Skill {
        right: 38,
        asks_behind: 50,
    };
    /// Somebody after a first course.
    pub const HALF: Skill = Skill {
        right: 31,
        asks_behind: 40,
    };
}

pub(super) fn choose(view: &View, skill: Skill) -> Choice {
    match view.state.visit {
        None => at_desk(view, skill),
        Some(visit) => match talk(view, skill, visit.person) {
            Some(acts) => Choice::Say(acts),
            None => Choice::Leave,
        },
    }
}

/// Whether a person has said that he wants such a thing, or that it is settled.
fn wants_it(view: &View, id: PersonId) -> bool {
    !view.state.person(id).wants().is_empty() || settled(view, id)
}

/// He said that it is settled to have such a thing (the client told so when asked, or on the card).
fn settled(view: &View, id: PersonId) -> bool {
    let person = view.state.person(id);
    person.visits > 0
        && id != view.case.decision_maker
        && view.case.person(id).opening.category >= 3
}

fn at_desk(view: &View, skill: Skill) -> Choice {
    if let Some(promise) = view.own_promise()
        && view.state.tasks_used < 2
        && view.by_chance(30, skill.right)
    {
        return Choice::Fulfil(promise);
    }
    if !view.visits_left() {
        return Choice::NextWeek;
    }
    let decider = view.case.decision_maker;
    let top = view.state.person(decider);
    // What must be bought anyway is decided by the right manager: he goes straight to him. So he does where there is
    // nobody else to see.
    let alone = view.case.people.len() == 1;
    if (view.case.need_class == NeedClass::Must || alone) && top.named {
        return Choice::Visit(decider);
    }
    let won = view.managers().filter(|&id| wants_it(view, id)).count();
    let unconvinced = view.managers().filter(|&id| against(view, id)).count();
    // One doubter may be left behind, until the top says that his departments disagree.
    let bearable = if view.split() { 0 } else { 1 };
    // Two who want it carry it to the top; where there is only one manager, he has to do.
    let enough = won >= (view.case.people.len() - 1).min(2);
    let ready =
        enough && unconvinced <= bearable && top.access >= 3 && view.own_promise().is_none();
    // The top is seen as often as he lets one in.
    if ready {
        return Choice::Visit(decider);
    }
    let next = view.managers().min_by_key(|&id| {
        let person = view.state.person(id);
        (
            view.split() && !against(view, id),
            wants_it(view, id) && done_with(view, id),
            person.visits,
            id,
        )
    });
    next.map_or(Choice::NextWeek, Choice::Visit)
}

/// Whether a manager may still stand in the way: he sees no problem, or he was hurt. Who was seen again and again to no
/// end is left alone.
fn against(view: &View, id: PersonId) -> bool {
    let person = view.state.person(id);
    let sees_nothing = person.admitted().is_empty() && !settled(view, id);
    (sees_nothing || person.breach) && person.visits < HOPELESS
}

/// Whether a manager can give nothing more.
fn done_with(view: &View, id: PersonId) -> bool {
    let person = view.state.person(id);
    person.process_told >= 2 && person.criteria_told && person.reported
}

fn talk(view: &View, skill: Skill, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    let visit = view.state.visit?;
    if !view.by_chance(40, skill.right) {
        return Some(vec![tell(view)]);
    }
    if visit.turn == 0 && person.visits <= 1 {
        let opening = [SpokenAct::bare(Act::Rapport), SpokenAct::bare(Act::Agenda)];
        return Some(
            opening
                .into_iter()
                .chain(category(view, id).unwrap_or_default())
                .collect(),
        );
    }
    // Whoever was hurt hears a plain word first.
    if person.breach && !visit.candid {
        return Some(vec![SpokenAct::on(Act::Candor, unadmitted(person))]);
    }
    if visit.patience <= 1 && !visit.advance {
        return (!has_promised(view, id, PromiseKind::Small))
            .then(|| vec![SpokenAct::bare(Act::ProposeNext).step(Step::Small)]);
    }
    worry(view, skill, id)
        .or_else(|| category(view, id))
        .or_else(|| certainty(view, id))
        .or_else(|| way_up(view, id))
        .or_else(|| vendor(view, id))
        .or_else(|| close(view, id))
}

/// A limit of ours this person has not heard of yet.
fn unadmitted(person: &PersonState) -> Topic {
    let limits = [
        Topic::VendorTrackRecord,
        Topic::DeliveryCapacity,
        Topic::AfterSales,
    ];
    let fresh = limits.into_iter().find(|&t| !person.candid.has(t));
    fresh.unwrap_or(Topic::VendorTrackRecord)
}

/// What an average seller says when he does not know better: he tells.
fn tell(view: &View) -> SpokenAct {
    let topics = [
        Topic::CustomerSatisfaction,
        Topic::TotalCost,
        Topic::AfterSales,
        Topic::EndCustomerValue,
        Topic::Schedule,
    ];
    let topic = topics[view.draw(41, topics.len())];
    match view.draw(42, 6) {
        0 | 1 => SpokenAct::on(Act::CategoryCase, topic),
        2 => SpokenAct::on(Act::VendorCase, topic),
        3 => SpokenAct::on(Act::AskSituation, topic),
        4 => SpokenAct::bare(Act::ProposeNext),
        _ => SpokenAct::bare(Act::Acknowledge),
    }
}

/// A worry on the table comes first: heard, asked about, answered where the gate allows it, and checked.
fn worry(view: &View, skill: Skill, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    let voiced = person
        .worries()
        .filter(|(_, c)| c.is_open() || c.worry == Worry::Answered);
    for (topic, concern) in voiced {
        match concern.worry {
            Worry::Answered if concern.probed => {
                let check = SpokenAct::on(Act::Summarize, topic);
                return Some(
                    [check]
                        .into_iter()
                        .chain(category(view, id).unwrap_or_default())
                        .collect(),
                );
            }
            Worry::Answered => continue,
            _ if !concern.probed && view.by_chance(43, skill.asks_behind) => {
                let acknowledge = (!concern.heard).then(|| SpokenAct::bare(Act::Acknowledge));
                return Some(
                    acknowledge
                        .into_iter()
                        .chain([SpokenAct::on(Act::Probe, topic)])
                        .collect(),
                );
            }
            // Answered to no avail: that is how one goes round in a circle until his patience is gone.
            _ if view.answered[id as usize].has(topic) => {}
            _ => {
                if let Some(acts) = answer(view, person, topic, concern) {
                    return Some(acts);
                }
            }
        }
    }
    None
}

/// Acts by which a worry is answered.
pub(super) fn answers(act: Act) -> bool {
    matches!(
        act,
        Act::PriceInfo
            | Act::Proof
            | Act::Candor
            | Act::CategoryCase
            | Act::Derisk
            | Act::AskProcess
            | Act::Agenda
            | Act::Equip
    )
}

fn answer(
    view: &View,
    person: &PersonState,
    topic: Topic,
    concern: ConcernState,
) -> Option<Vec<SpokenAct>> {
    let accepted = !person.wants().is_empty();
    let admitted = !person.admitted().is_empty();
    let with = |act: Act, scope: Scope| {
        SpokenAct::on(act, topic)
            .scoped(scope)
            .evidence(view.fact(topic, scope))
    };
    let act = match concern.gate {
        // A worry about the need itself is answered by his own need, not by an argument.
        Gate::Category if !admitted || topic == Topic::Necessity => return None,
        Gate::Category => match view.fact(topic, Scope::Category) {
            Evidence::None => SpokenAct::on(Act::CategoryCase, topic),
            _ => with(Act::Proof, Scope::Category),
        },
        Gate::Confidence if admitted => SpokenAct::on(Act::Derisk, topic).scoped(Scope::Vendor),
        Gate::Vendor if topic == Topic::Price => SpokenAct::on(Act::PriceInfo, Topic::Price)
            .evidence(view.fact(Topic::Price, Scope::Vendor)),
        Gate::Vendor if accepted => match view.fact(topic, Scope::Vendor) {
            Evidence::None => SpokenAct::on(Act::Candor, topic),
            _ => with(Act::Proof, Scope::Vendor),
        },
        Gate::Process => SpokenAct::on(Act::AskProcess, topic),
        Gate::Authority => SpokenAct::on(Act::AskProcess, topic),
        Gate::Engagement => SpokenAct::on(Act::Agenda, topic),
        Gate::Politics => SpokenAct::on(Act::Equip, topic),
        _ => return None,
    };
    Some(vec![act])
}

/// Problem → consequence → worth, on one topic at a time, until he says that he wants it.
fn category(view: &View, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    let implied = person
        .admitted()
        .iter()
        .find(|&t| person.need(t).level == 1);
    // One more want than needed makes the case stronger and gives our strengths something to meet.
    let wants = person.wants().iter().count();
    let top = id == view.case.decision_maker && view.case.need_class == NeedClass::Nice;
    let enough = wants >= if top { 2 } else { 1 };
    if let Some(topic) = implied.filter(|_| !enough) {
        let need = person.need(topic);
        // Who cannot see the worth yet has not seen the whole consequence.
        let unseen =
            need.severity == 0 || need.severity == 1 && view.doubted[id as usize].has(topic);
        let ask = if unseen {
            Act::AskImplication
        } else {
            Act::AskPayoff
        };
        return Some(vec![SpokenAct::on(ask, topic)]);
    }
    if enough {
        return None;
    }
    let role = view.case.person(id).role;
    let asked = |t: Topic| person.admitted().has(t) || view.denied[id as usize].has(t);
    let visit = view.state.visit?;
    if visit.turn >= 9 {
        return None;
    }
    // He goes down his list of what such a post usually suffers from, one question at a time; then he asks openly.
    match topics_of(role).iter().copied().find(|&t| !asked(t)) {
        Some(next) => Some(vec![SpokenAct::on(Act::AskProblem, next)]),
        None => person
            .admitted()
            .is_empty()
            .then(|| vec![SpokenAct::bare(Act::AskProblem)]),
    }
}

/// Hopes become checkable.
fn certainty(view: &View, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    // One checkable result is enough to dare; a second would only be asked for again and again.
    if person.has_concrete_hope() {
        return None;
    }
    let hopes = &view.case.person(id).hopes;
    let vague = hopes
        .iter()
        .take(4)
        .enumerate()
        .find(|(i, h)| !person.hopes[*i][2] && person.admitted().has(h.topic));
    let (_, hope) = vague?;
    Some(vec![
        SpokenAct::on(Act::Quantify, hope.topic)
            .scoped(Scope::Category)
            .evidence(view.fact(hope.topic, Scope::Category)),
    ])
}

/// One more result that can be checked, for somebody who does not dare yet.
fn second_measure(view: &View, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    let hopes = view.case.person(id).hopes.iter().take(4).enumerate();
    let (_, hope) = { hopes }.find(|(i, _)| !person.hopes[*i][2])?;
    let figure = SpokenAct::on(Act::Quantify, hope.topic)
        .scoped(Scope::Category)
        .evidence(view.fact(hope.topic, Scope::Category));
    Some(vec![
        figure,
        SpokenAct::bare(Act::ProposeNext).step(Step::Decision),
    ])
}

/// Who decides, by what, with what paper, and who takes us there.
fn way_up(view: &View, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    let decider = view.case.decision_maker;
    if !person.criteria_told {
        let process =
            (id != decider && person.process_told < 2).then(|| SpokenAct::bare(Act::AskProcess));
        return Some(
            [SpokenAct::bare(Act::AskCriteria)]
                .into_iter()
                .chain(process)
                .collect(),
        );
    }
    if id == decider {
        return None;
    }
    if person.process_told < 2 {
        return Some(vec![SpokenAct::bare(Act::AskProcess)]);
    }
    let trusted = person.trust >= 8;
    let page = view
        .state
        .promises
        .iter()
        .flatten()
        .any(|p| p.person == id && p.kind == PromiseKind::Page);
    if !page && trusted && wants_it(view, id) {
        return Some(vec![SpokenAct::bare(Act::Equip)]);
    }
    if !trusted && person.candid.is_empty() {
        return Some(vec![SpokenAct::on(Act::Candor, Topic::VendorTrackRecord)]);
    }
    let refused = view.state.visit.is_some_and(|v| v.access_refused > 0);
    if view.state.person(decider).access < 3 && trusted && !refused && wants_it(view, id) {
        return Some(vec![SpokenAct::bare(Act::AskAccess)]);
    }
    None
}

/// Our strengths, tied to what he said he wants; then evidence.
fn vendor(view: &View, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    if !wants_it(view, id) {
        return None;
    }
    if person.price_asked {
        return Some(vec![
            SpokenAct::on(Act::PriceInfo, Topic::Price)
                .evidence(view.fact(Topic::Price, Scope::Vendor)),
        ]);
    }
    let wanted: TopicSet = person.wants().union(person.heard_wants);
    if let Some(topic) = wanted
        .iter()
        .find(|&t| !person.linked.has(t))
        .filter(|_| person.linked.iter().count() < 3)
    {
        return Some(vec![SpokenAct::on(Act::VendorCase, topic)]);
    }
    let ours = view
        .case
        .facts
        .iter()
        .position(|f| f.scope == Scope::Vendor && f.kind != crate::scenario::FactKind::Price);
    if let Some(fact) = ours.filter(|_| !person.proven) {
        let topic = view.case.facts[fact].topic;
        return Some(vec![
            SpokenAct::on(Act::Proof, topic)
                .scoped(Scope::Vendor)
                .evidence(Evidence::Fact(fact as u8)),
        ]);
    }
    None
}

/// What is behind it still, a step that fits, and from the top the decision.
fn close(view: &View, id: PersonId) -> Option<Vec<SpokenAct>> {
    let person = view.state.person(id);
    let visit = view.state.visit?;
    let decider = view.case.decision_maker;
    if id == decider
        && visit.turn > 2
        && visit.patience > 3
        && person.confidence_shown() < 2
        && person.declined_steps <= 1
    {
        let probes = person.worries().any(|(_, c)| c.worry == Worry::Closed);
        if probes && !person.worries().any(|(_, c)| c.is_open()) && view.by_chance(44, 50) {
            return Some(vec![SpokenAct::bare(Act::Probe)]);
        }
    }
    if id == decider && wants_it(view, id) {
        let pilot = !has_promised(view, id, PromiseKind::Pilot) && person.declined_steps > 0;
        let propose = |step| Some(vec![SpokenAct::bare(Act::ProposeNext).step(step)]);
        return match view.put_off {
            _ if pilot => propose(Step::Pilot),
            // What is missing is not to be had by asking again: elsewhere, or by making more of it checkable.
            Some(Reaction::DepartmentsSplit) => None,
            Some(_) => second_measure(view, id),
            None => propose(Step::Decision),
        };
    }
    if !visit.advance && !has_promised(view, id, PromiseKind::Small) {
        return Some(vec![SpokenAct::bare(Act::ProposeNext).step(Step::Small)]);
    }
    None
}

fn has_promised(view: &View, id: PersonId, kind: PromiseKind) -> bool {
    view.state.promises.iter().flatten().any(|p| {
        let holds = match kind {
            PromiseKind::Pilot => p.settled != Some(false),
            _ => p.settled.is_none(),
        };
        p.person == id && p.kind == kind && holds
    })
}

impl PersonState {
    /// How sure he has shown himself to be: measures he accepted and worries he let go.
    fn confidence_shown(&self) -> usize {
        let measured = self.hopes.iter().filter(|parts| parts[2]).count();
        let let_go = self
            .worries()
            .filter(|(_, c)| c.gate == Gate::Confidence && c.worry == Worry::Closed)
            .count();
        measured + let_go
    }
}
