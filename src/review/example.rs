//! An example line for a proposed act: from the case's own lines to this person, from the known objections, from the
//! lines anybody can say. Never one that was said already or proposed before in the same review, while others are left.

use std::collections::BTreeSet;

use crate::codebook::{Act, Evidence, SpokenAct};
use crate::review::Choice;
use crate::scenario::pack::Level;
use crate::scenario::{Move, PersonId};
use crate::session::{Entry, Session};
use crate::sim::State;
use crate::text::Text;

/// Words that would do what `choice` says to the person the visit in `state` is with; `None` where nobody has
/// written any. `taken` holds lines not to be proposed again; the one that is proposed is added.
pub fn example(
    session: &Session,
    state: &State,
    choice: &Choice,
    taken: &mut BTreeSet<String>,
) -> Option<Text> {
    let (Choice::Say(wanted), Some(visit)) = (choice, state.visit) else {
        return None;
    };
    let person = visit.person;
    let at_top = person == session.world.case.decision_maker;
    let mut best: Option<(i32, Text)> = None;
    for (bonus, line) in pool(session, state, person) {
        if at_top && line.text.zh.contains("{who}") {
            continue;
        }
        let Some(fit) = fit(wanted, &line.acts) else {
            continue;
        };
        let text = filled(session, &line.text);
        let worn = i32::from(taken.contains(&text.zh)) * 3;
        let score = fit + bonus - worn;
        // The first of equals, so that the order of the files decides and nothing else.
        if best.as_ref().is_none_or(|(least, _)| score > *least) {
            best = Some((score, text));
        }
    }
    let (_, text) = best.filter(|(score, _)| *score > 0).or_else(|| {
        let text = made(session, wanted)?;
        Some((1, text))
    })?;
    taken.insert(text.zh.clone());
    Some(text)
}

/// Every line said so far in the deal: nobody is told to repeat himself.
pub fn said(session: &Session, turns: usize) -> BTreeSet<String> {
    let turns = session.turns.iter().take(turns);
    turns
        .filter_map(|t| match &t.entry {
            Entry::Say { words, .. } => Some(words.zh.clone()),
            _ => None,
        })
        .collect()
}

/// Lines with what speaks for them beside their acts: words made for this case come first.
fn pool<'a>(
    session: &'a Session,
    state: &'a State,
    person: PersonId,
) -> impl Iterator<Item = (i32, &'a Move)> {
    let world = &session.world;
    let role = world.case.person(person).role;
    let on_table = state.visit.and_then(|v| v.on_table);
    let own = world.case.moves.iter();
    let own = own
        .filter(move |m| m.to.is_none_or(|to| to == person))
        .map(|m| (4, m));
    let known = world.packs.objections.iter();
    let replies = known
        .filter(move |o| o.role == role && Some(o.topic) == on_table)
        .flat_map(|o| &o.replies)
        .filter(|(level, _)| *level == Level::Strong)
        .map(|(_, reply)| (2, reply));
    own.chain(replies)
        .chain(world.packs.moves.iter().map(|m| (0, m)))
}

/// How well a line does what is wanted; `None` where it does something else, or something harmful beside it.
fn fit(wanted: &[SpokenAct], line: &[SpokenAct]) -> Option<i32> {
    let main = wanted
        .iter()
        .rev()
        .find(|a| !is_frame(a.act))
        .or(wanted.last())?;
    let same = line.iter().find(|a| a.act == main.act)?;
    let mut score = 6;
    if main.topics.0 != 0 {
        let shared = main.topics.0 & same.topics.0 != 0;
        // Only a question about the very point can be met with *I cannot answer that now*.
        if !shared && (same.topics.0 != 0 || main.act == Act::Candor) {
            return None;
        }
        score += if shared { 4 } else { 0 };
    } else if same.topics.0 != 0
        && !matches!(main.act, Act::AskProcess | Act::AskCriteria | Act::Equip)
    {
        score -= 5;
    }
    if main.step != same.step
        || main.scope.is_some() && same.scope.is_some() && main.scope != same.scope
    {
        return None;
    }
    match (main.evidence, same.evidence) {
        (a, b) if a == b => score += 2,
        (_, Evidence::Unsupported) => return None,
        (Evidence::Fact(_), Evidence::Fact(_)) => score -= 2,
        _ => {}
    }
    for act in line.iter().filter(|a| a.act != main.act) {
        let harmful = matches!(
            act.act,
            Act::Pressure | Act::Bypass | Act::Rebut | Act::Improper | Act::Discount
        );
        if harmful {
            return None;
        }
        score += match wanted.iter().any(|w| w.act == act.act) {
            true => 1,
            false if is_frame(act.act) => 0,
            false => -5,
        };
    }
    Some(score)
}

/// Acts that go round another one.
fn is_frame(act: Act) -> bool {
    matches!(
        act,
        Act::Acknowledge | Act::Rapport | Act::Agenda | Act::Summarize
    )
}

fn filled(session: &Session, text: &Text) -> Text {
    let who = &session
        .world
        .case
        .person(session.world.case.decision_maker)
        .call;
    Text {
        zh: text.zh.replace("{who}", &who.zh),
        en: text.en.replace("{who}", &who.en),
    }
}

/// Where nobody has written a line: the fact itself, offered for checking.
fn made(session: &Session, wanted: &[SpokenAct]) -> Option<Text> {
    let fact = wanted.iter().find_map(|a| match a.evidence {
        Evidence::Fact(i) => session.world.case.facts.get(usize::from(i)),
        _ => None,
    })?;
    Some(Text {
        zh: format!("{}您可以自己核实。", fact.text.zh),
        en: format!("{} You can check that for yourself.", fact.text.en),
    })
}
