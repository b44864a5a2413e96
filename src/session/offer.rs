//! Guided play: four lines to choose from, strong, average and weak mixed.
//!
//! How good a line is, is found by letting the simulation take it on a copy of the state. The trainee must not see it
//! from outside: the mix is shuffled, and the three others are picked so that the best one's length tells nothing.

use crate::codebook::{Act, SpokenAct, TopicSet};
use crate::scenario::{Gate, Move, PersonId};
use crate::session::{Session, facts};
use crate::sim::dice::{Purpose, below, throw};
use crate::sim::state::PersonState;
use crate::sim::{self, Event, Input, Outcome, State, Worry};
use crate::text::Text;

/// How many lines are offered.
pub const OFFERED: usize = 4;

/// While a case has this many lines of its own left for a person, none of the common ones are offered.
const ENOUGH: usize = 24;

/// A line to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The words, slots filled.
    pub words: Text,
    /// What it does.
    pub acts: Vec<SpokenAct>,
    /// What it would bring now, in the model's own units; never shown before the choice.
    pub worth: i32,
}

/// The lines offered now; empty where no visit is on. The same deal at the same turn offers the same lines.
pub fn offers(session: &Session) -> Vec<Offer> {
    let Some(visit) = session.state.visit else {
        return Vec::new();
    };
    let mut pool = candidates(session, visit.person);
    pool.sort_by_key(|offer| std::cmp::Reverse(offer.worth));
    let mut chance = Chance { session, drawn: 0 };
    // The best one is not always the very best: a class that compares choices should see more than one good road.
    let Some(best) = pool.first().map(|o| o.worth) else {
        return Vec::new();
    };
    let near = pool
        .iter()
        .take_while(|o| o.worth > 0 && o.worth * 10 >= best * 8)
        .count()
        .clamp(1, 4);
    let strong = pool.remove(chance.below(near));
    let shorter = chance.below(OFFERED);
    let mut picked = vec![strong];
    // Two from the middle, one from below: a weak line must always tempt.
    for (slot, class) in [Class::Average, Class::Average, Class::Weak]
        .into_iter()
        .enumerate()
    {
        let wants_shorter = slot < shorter;
        let strong_length = length(&picked[0].words);
        let ceiling = picked[0].worth;
        let fits = |o: &Offer| {
            Class::of(o.worth, ceiling) == class && !picked.iter().any(|p| p.acts == o.acts)
        };
        let sized = |o: &Offer| (length(&o.words) < strong_length) == wants_shorter;
        let mut choice: Vec<usize> = (0..pool.len())
            .filter(|&i| fits(&pool[i]) && sized(&pool[i]))
            .collect();
        if choice.is_empty() {
            choice = (0..pool.len())
                .filter(|&i| pool[i].worth < ceiling && sized(&pool[i]))
                .collect();
        }
        if choice.is_empty() {
            choice = (0..pool.len()).collect();
        }
        if choice.is_empty() {
            break;
        }
        let at = choice[chance.below(choice.len())];
        picked.push(pool.remove(at));
    }
    // Fisher–Yates with the deal's own dice.
    for i in (1..picked.len()).rev() {
        picked.swap(i, chance.below(i + 1));
    }
    picked
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Strong,
    Average,
    Weak,
}

impl Class {
    fn of(worth: i32, best: i32) -> Class {
        match worth {
            ..0 => Class::Weak,
            w if w * 2 <= best => Class::Average,
            _ => Class::Strong,
        }
    }
}

struct Chance<'a> {
    session: &'a Session,
    drawn: u64,
}

impl Chance<'_> {
    fn below(&mut self, n: usize) -> usize {
        self.drawn += 1;
        let state = &self.session.state;
        below(
            throw(state.seed, state.moment(), Purpose::Offer, self.drawn),
            n as u32,
        ) as usize
    }
}

/// Length as the eye takes it, over both languages: an English letter is about a third of a Han character.
fn length(words: &Text) -> usize {
    words.zh.chars().count() * 3 + words.en.chars().count()
}

fn candidates(session: &Session, person: PersonId) -> Vec<Offer> {
    let world = &session.world;
    let case = &world.case;
    let on_table = session.state.visit.and_then(|v| v.on_table);
    let gate = on_table
        .and_then(|t| session.state.person(person).concern(t))
        .map(|c| c.gate);
    let role = case.person(person).role;
    let replies = world.packs.objections.iter().filter(|o| {
        o.role == role && Some(o.topic) == on_table && gate.is_none_or(|g: Gate| g == o.gate)
    });
    let replies = replies.flat_map(|o| o.replies.iter().map(|(_, reply)| reply));
    let who = &case.person(case.decision_maker).call;
    let own: Vec<&Move> = case
        .moves
        .iter()
        .filter(|m| m.to.is_none_or(|to| to == person) && !session.has_said(&m.text))
        .collect();
    // Words made for this case are better than words for any; those fill in where few are left.
    let sparse = own.len() < ENOUGH;
    let replies = replies.filter(|_| sparse);
    let common = world.packs.moves.iter().filter(|_| sparse);
    let at_top = person == case.decision_maker;
    own.into_iter()
        .chain(replies)
        .chain(common)
        // Nobody is asked to be introduced to himself.
        .filter(|m| !(m.acts.is_empty() || at_top && m.text.zh.contains("{who}")))
        .filter(|m| follows(session, person, m))
        .map(|m| Move {
            text: Text {
                zh: m.text.zh.replace("{who}", &who.zh),
                en: m.text.en.replace("{who}", &who.en),
            },
            ..m.clone()
        })
        // A line once said in a deal is not offered again: who repeats himself has to type it.
        .filter(|m| !session.has_said(&m.text))
        .map(|m| Offer {
            worth: worth(session, person, &m),
            words: m.text,
            acts: m.acts,
        })
        .collect()
}

/// Whether a line is about something that was said: nobody asks what follows from a trouble he has not heard of, what lies
/// behind a worry nobody voiced, or plays back what was never said.
fn follows(session: &Session, person: PersonId, line: &Move) -> bool {
    let state = session.state.person(person);
    let voiced: TopicSet = state
        .worries()
        .filter(|(_, concern)| concern.worry != Worry::Hidden)
        .map(|(topic, _)| topic)
        .collect();
    let said = voiced.union(state.admitted()).union(state.situation_told);
    let about = |act: &SpokenAct, known: TopicSet| {
        known.0 & act.topics.0 != 0 || act.topics.is_empty() && !known.is_empty()
    };
    line.acts.iter().all(|act| match act.act {
        Act::AskImplication => about(act, state.admitted()),
        Act::Probe if act.topics.is_empty() => about(act, said),
        Act::Probe => about(act, voiced),
        Act::Summarize => about(act, said),
        // Greetings belong to the beginning.
        Act::Rapport => session.state.visit.is_some_and(|visit| visit.turn < 2),
        _ => true,
    })
}

/// What a line would bring, by playing it on a copy.
fn worth(session: &Session, person: PersonId, line: &Move) -> i32 {
    let world = &session.world;
    let mut after = session.state.clone();
    let mut events = Vec::new();
    let named = facts::mentions(&world.case, &line.text);
    let input = Input::Say {
        acts: &line.acts,
        long: false,
        named,
    };
    if sim::step(&world.case, &world.model, &mut after, input, &mut events).is_err() {
        return i32::MIN;
    }
    let decider = world.case.decision_maker;
    let of = |state: &State| {
        let also = if decider == person {
            0
        } else {
            standing(state.person(decider))
        };
        standing(state.person(person)) + also
    };
    of(&after) - of(&session.state) + passing(&events)
}

/// A person's standing in one number; only differences of it mean anything.
pub(crate) fn standing(p: &PersonState) -> i32 {
    let needs: i32 = p
        .needs
        .iter()
        .map(|n| i32::from(n.level) * 4 + i32::from(n.severity) * 3)
        .sum();
    let concerns: i32 = p
        .worries()
        .map(|(_, c)| {
            let stage = match c.worry {
                Worry::Hidden => 0,
                Worry::Open => -2,
                Worry::Recurred => -3,
                Worry::Answered => 1,
                Worry::Closed => 3,
            };
            stage + i32::from(c.probed) * 3
        })
        .sum();
    let hopes: i32 = p
        .hopes
        .iter()
        .flatten()
        .map(|&known| i32::from(known) * 2)
        .sum();
    let gauges = i32::from(p.category) * 8
        + i32::from(p.vendor) * 6
        + i32::from(p.confidence) * 6
        + i32::from(p.access) * 5;
    let opposed = if p.opposed { 20 } else { 0 };
    gauges + i32::from(p.trust) + needs + concerns + hopes - opposed
}

/// What a line makes happen beside the standing of people.
pub(crate) fn passing(events: &[Event]) -> i32 {
    events
        .iter()
        .map(|event| match event {
            Event::Moved {
                gauge: sim::Gauge::Patience,
                from,
                to,
                ..
            } => i32::from(*to - *from) * 2 + 2,
            Event::Advanced { .. } => 6,
            Event::Concern {
                to: Worry::Open,
                by_trainee: true,
                ..
            } => -3,
            Event::Concern {
                to: Worry::Open,
                rule: sim::Rule::HiddenSurfaced,
                ..
            } => 6,
            Event::Breach { .. } => -12,
            Event::CriteriaTold { .. } | Event::ProcessTold { .. } => 3,
            Event::SituationTold { .. } | Event::Confirmed { .. } => 1,
            Event::Resolved {
                premature: true, ..
            } => -4,
            Event::DealEnded {
                outcome: Outcome::Order,
            } => 100,
            Event::DealEnded { .. } => -100,
            _ => 0,
        })
        .sum()
}
