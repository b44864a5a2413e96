//! What is kept of one session for lists, charts and search.

use super::mistake::{Miss, misses};
use crate::score::{self, Dimension};
use crate::session::Session;
use crate::sim::Outcome;
use crate::text::Text;

/// One session in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its identifier in the store.
    pub id: String,
    /// The trainee's name for it; often empty.
    pub name: String,
    /// The scenario's identifier.
    pub scenario: String,
    /// The scenario's title.
    pub title: Text,
    /// When it was begun, in seconds since 1970.
    pub started: u64,
    /// When its last turn was put in.
    pub ended: u64,
    /// How it ended; `None` while it goes on.
    pub outcome: Option<Outcome>,
    /// It is over and the trainee has rated himself.
    pub done: bool,
    /// The week it has got to.
    pub week: u8,
    /// The total, 1–4.
    pub total: f64,
    /// How near the decision-maker was reached, 0–5.
    pub access: u8,
    /// The level of each dimension, in the rubric's order.
    pub levels: [Option<u8>; Dimension::ALL.len()],
    /// What went wrong.
    pub misses: Vec<Miss>,
}

/// The row of a session; `ended` is when its last turn was put in.
pub fn row(id: &str, name: &str, session: &Session, ended: u64) -> Row {
    let report = score::report(session);
    let mut levels = [None; Dimension::ALL.len()];
    for level in &report.levels {
        levels[level.dimension as usize] = level.level;
    }
    let case = &session.world.case;
    Row {
        id: id.to_owned(),
        name: name.to_owned(),
        scenario: session.header.scenario.clone(),
        title: case.title.clone(),
        started: session.header.started,
        ended,
        outcome: session.state.outcome,
        done: session.state.outcome.is_some() && session.rated().is_some(),
        week: session.state.week,
        total: report.total,
        access: report.reached.access,
        levels,
        misses: misses(session),
    }
}

/// Every word by which a session may be looked for: what was said, where, on which day, and how it ended. `day` is the
/// day it was begun, as `2026-11-24`.
pub fn search_words(row: &Row, session: &Session, day: &str) -> Vec<String> {
    let mut words = vec![
        row.id.clone(),
        row.name.clone(),
        row.title.zh.clone(),
        row.title.en.clone(),
        day.to_owned(),
    ];
    if let Some(outcome) = row.outcome {
        words.push(outcome.id().to_owned());
        words.push(outcome.name(crate::text::Language::Zh).to_owned());
        words.push(outcome.name(crate::text::Language::En).to_owned());
    }
    for said in session.turns.iter().flat_map(|turn| &turn.said) {
        words.push(said.words.zh.clone());
        if said.words.en != said.words.zh {
            words.push(said.words.en.clone());
        }
    }
    words
}
