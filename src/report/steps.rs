//! The deal as a list of turns with what is true after each: what tables and curves are made of.

use crate::scenario::PersonId;
use crate::session::{Session, Turn};
use crate::sim::{Event, State};

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stance {
    /// 0–4.
    pub category: i8,
    /// 0–4.
    pub vendor: i8,
    /// 0–3.
    pub confidence: i8,
    /// 0–5.
    pub access: i8,
    /// Quarters, 0–16.
    pub trust: i8,
}

/// One turn in its place.
#[derive(Debug)]
pub struct Step<'a> {
    /// Week, from 1.
    pub week: u8,
    /// Which visit of the deal, from 1; 0 at the desk.
    pub visit: u16,
    /// With whom.
    pub person: Option<PersonId>,
    /// The turn.
    pub turn: &'a Turn,
    /// Where everybody stands after it, by person.
    pub after: Vec<Stance>,
}

/// Where everybody stood before the first turn.
pub fn opening(session: &Session) -> Vec<Stance> {
    stances(&dealt(session))
}

/// All turns, in order.
pub fn steps(session: &Session) -> Vec<Step<'_>> {
    let mut state = dealt(session);
    let mut visit = 0;
    let walk = session.turns.iter().map(|turn| {
        let mut person = state.visit.map(|v| v.person);
        let week = state.week;
        for event in &turn.events {
            state.apply(event);
            match event {
                Event::VisitTried { person: tried } => {
                    visit += 1;
                    person = Some(*tried);
                }
                Event::VisitBegan { person: met, .. } => person = Some(*met),
                _ => {}
            }
        }
        Step {
            week,
            visit: if person.is_some() { visit } else { 0 },
            person,
            turn,
            after: stances(&state),
        }
    });
    walk.collect()
}

fn dealt(session: &Session) -> State {
    let mut state = State::new(&session.world.case, session.header.seed);
    session.dealt.iter().for_each(|event| state.apply(event));
    state
}

fn stances(state: &State) -> Vec<Stance> {
    let stance = |id| {
        let p = state.person(id);
        Stance {
            category: p.category,
            vendor: p.vendor,
            confidence: p.confidence,
            access: p.access,
            trust: p.trust,
        }
    };
    state.everybody().map(stance).collect()
}
