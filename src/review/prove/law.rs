//! The law as checked facts.
//!
//! Three points can be broken by something that is said, and are searched for breadth first: no order while the
//! decision-maker has not accepted the category, no order without the decision-maker's decision, and no vendor argument,
//! discount or friendliness that moves somebody below *accepted*.
//!
//! # What is searched
//!
//! One visit with each person, from the opening and from states met in played runs, over the reduced alphabet of
//! `alphabet` (each act, on each topic this person has a stake in, with the facts of the sheet). The space is made
//! small so that it stays on the safe side: whatever could only hold a client back is taken away. Trust and confidence are
//! full, patience is endless, no seed takes a need away, everybody is known and the way up is open, so that what protects
//! the law can be the law alone. A client
//! speaks up both when the dice say so and when they do not. See `space` for each simplification.
//!
//! # What it leaves out
//!
//! - what changes between visits (reports, quotes, rivals, broken promises): seen in the played runs only;
//! - colleagues' names in a line, lines that lean on the last topic without naming one, figures no fact holds, and
//!   improper offers (they end the deal);
//! - caps between two acts of one line: a line of several acts is searched as several lines;
//! - worries at other gates than vendor, since no rule reads them for the category or vendor stance;
//! - confidence itself: *moved* means the category or the vendor stance.
//!
//! A search that ends before its budget does makes a point **proven** within this space; else it is **unproven**, and
//! says how many topics in one visit were still searched to the end.

mod alphabet;
mod search;
mod space;

use crate::codebook::{SpokenAct, Step};
use crate::review::players::Player;
use crate::review::prove::Bench;
use crate::review::prove::field::Field;
use crate::review::prove::share::share;
use crate::scenario::{Case, PersonId};
use crate::session::World;
use crate::sim::{Event, Model, Outcome, State};
use space::Space;

/// Progress steps of this part.
pub(super) const PARTS: u32 = 1;

/// A point of the law that can be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// No order while the decision-maker has not accepted the category.
    CategoryFirst,
    /// No order without the decision-maker's decision.
    DecisionMaker,
    /// No vendor argument, discount or friendliness moves a person below *accepted*.
    VendorMovesNobody,
}

impl Law {
    /// All points, in the order of the law.
    pub const ALL: [Law; 3] = [
        Law::CategoryFirst,
        Law::DecisionMaker,
        Law::VendorMovesNobody,
    ];

    /// The identifier used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Law::CategoryFirst => "category_first",
            Law::DecisionMaker => "decision_maker",
            Law::VendorMovesNobody => "vendor_moves_nobody",
        }
    }
}

/// What the search says of a point.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It holds in all states of the reduced space.
    Proven {
        /// How many those were.
        states: usize,
    },
    /// The budget ended; no breach so far.
    Unproven {
        /// States searched.
        states: usize,
        /// With every person, visits about at most so many topics were searched to the end.
        topics: usize,
    },
    /// It is broken.
    Broken(Breach),
}

/// How a point was broken.
#[derive(Debug, Clone, PartialEq)]
pub enum Breach {
    /// In a visit with this person, by these lines, the last one breaking it.
    Visit {
        /// With whom.
        person: PersonId,
        /// What was said to him.
        lines: Vec<SpokenAct>,
    },
    /// In a played run.
    Run {
        /// Whose.
        player: Player,
        /// On which seed.
        seed: u64,
    },
}

/// Which point a finished run broke.
pub(super) fn of_run(case: &Case, model: &Model, state: &State, events: &[Event]) -> Option<Law> {
    if state.outcome != Some(Outcome::Order) {
        return None;
    }
    let decider = case.decision_maker;
    let decided = events.iter().any(|e| {
        matches!(e, Event::StepProposed { person, step: Step::Decision, agreed: true } if *person == decider)
    });
    if state.person(decider).category < model.category.accepted as i8 {
        Some(Law::CategoryFirst)
    } else if !decided || state.person(decider).access < 5 {
        Some(Law::DecisionMaker)
    } else {
        None
    }
}

/// What a search of one person's visits found.
struct Found {
    states: usize,
    /// How many topics at once were searched to the end; `usize::MAX` for all of them.
    topics: usize,
    broken: Vec<(Law, Vec<SpokenAct>)>,
}

/// Searches the visits with everybody.
pub(super) fn check(world: &World, field: &Field, bench: &mut Bench) -> Vec<(Law, Verdict)> {
    if bench.stopped {
        return Vec::new();
    }
    let people: Vec<PersonId> = (0..world.case.people.len() as PersonId).collect();
    let each = bench.budget.states / people.len().max(1);
    let roots = space::roots(world);
    let found = share(bench.budget.threads, &people, |&person| {
        let space = Space::new(world, person);
        search::search(&space, &roots, each)
    });
    bench.step();
    let states = found.iter().map(|f| f.states).sum();
    let topics = found.iter().map(|f| f.topics).min().unwrap_or(0);
    Law::ALL
        .into_iter()
        .map(|law| {
            let said = found.iter().zip(&people).find_map(|(f, &person)| {
                let (_, lines) = f.broken.iter().find(|(l, _)| *l == law)?;
                Some(Breach::Visit {
                    person,
                    lines: lines.clone(),
                })
            });
            let run = field
                .broken
                .filter(|(l, ..)| *l == law)
                .map(|(_, player, seed)| Breach::Run { player, seed });
            let verdict = match said.or(run) {
                Some(breach) => Verdict::Broken(breach),
                None if topics == usize::MAX => Verdict::Proven { states },
                None => Verdict::Unproven { states, topics },
            };
            (law, verdict)
        })
        .collect()
}
