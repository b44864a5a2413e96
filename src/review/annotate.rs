//! A deal annotated as chess programs annotate a game: how it stood, what a better move was, and a mark.
//!
//! Two yardsticks. The *outlook* is the share of continuations that a good seller on an ordinary day brings to an
//! order: it says how the deal stands. The *cost* of a move is what everybody's standing (needs, worries, stances, trust)
//! falls short of after it and a few more moves of the reference player, against the best alternative: it says what the
//! move itself was worth, long before the outlook of a twelve-week deal would notice one line. Both are figures of the
//! teaching model and of nothing else.

use crate::codebook::{Act, vocabulary};
use crate::review::judge::Judge;
use crate::review::outlook::{Moment, Table};
use crate::review::players::{Choice, Memory, remember};
use crate::session::{Entry, Session};
use crate::sim::{Event, State};

/// Changes whenever the same log may get another review.
pub const VERSION: u32 = 1;

/// Continuations behind an outlook.
pub const CONTINUATIONS: u8 = 64;

vocabulary! {
    /// How good a move was. Each has a sign that is read out by its name.
    Mark {
        /// The only good one there was.
        Excellent = "excellent", "妙手", "excellent";
        /// As good as any.
        Good = "good", "好", "good";
        /// Nothing to remark.
        Fine = "fine", "平常", "fair";
        /// A better one was there.
        Missed = "missed", "可惜", "missed chance";
        /// It cost some steps.
        Mistake = "mistake", "失误", "mistake";
        /// It cost many, or hurt the outlook.
        Blunder = "blunder", "大错", "blunder";
    }
}

impl Mark {
    /// The sign used in chess.
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Excellent => "!!",
            Mark::Good => "!",
            Mark::Fine => "",
            Mark::Missed => "?!",
            Mark::Mistake => "?",
            Mark::Blunder => "??",
        }
    }

    /// Whether a better move is worth telling.
    pub fn is_bad(self) -> bool {
        matches!(self, Mark::Missed | Mark::Mistake | Mark::Blunder)
    }
}

/// What is said of one move.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Index into the session's turns.
    pub turn: usize,
    /// Continuations won from before the move, of [`CONTINUATIONS`].
    pub before: u8,
    /// The same after the move, as it came out.
    pub after: u8,
    /// The same after the best alternative, on average of what could have come of it.
    pub best: u8,
    /// What the move cost against the best alternative, in tenths of a point of standing.
    pub cost: u16,
    /// How good it was.
    pub mark: Mark,
    /// What would have served better; `None` where the move was as good as any.
    pub better: Option<Choice>,
}

/// A deal taken apart into moments, ready to be annotated move by move, in any order and on any thread.
pub struct Annotator<'a> {
    session: &'a Session,
    /// Before each turn, and after the last.
    moments: Vec<Moment>,
}

impl<'a> Annotator<'a> {
    /// Takes a deal apart.
    pub fn new(session: &'a Session) -> Annotator<'a> {
        let world = &session.world;
        let mut moment = Moment {
            state: State::fold(&world.case, session.header.seed, &session.dealt),
            memory: Memory::default(),
        };
        let mut moments = vec![moment.clone()];
        for turn in &session.turns {
            for event in &turn.events {
                moment.state.apply(event);
                remember(&mut moment.memory, event);
            }
            moments.push(moment.clone());
        }
        Annotator { session, moments }
    }

    /// The turns that are moves of the deal: notes, cards and ratings are none.
    pub fn moves(&self) -> Vec<usize> {
        let is_move = |entry: &Entry| {
            matches!(
                entry,
                Entry::Visit(_)
                    | Entry::Say { .. }
                    | Entry::Leave
                    | Entry::Fulfil(_)
                    | Entry::NextWeek
                    | Entry::Abandon
            )
        };
        let turns = self.session.turns.iter().enumerate();
        turns
            .filter(|(_, t)| is_move(&t.entry))
            .map(|(i, _)| i)
            .collect()
    }

    /// Annotates one move; `None` for a turn that is no move.
    pub fn annotate(&self, turn: usize) -> Option<Note> {
        let entry = &self.session.turns.get(turn)?.entry;
        let mut spoken = Vec::new();
        let made = self.session.input(entry, &mut spoken)?;
        let moment = &self.moments[turn];
        let judge = self.judge();
        let before = judge.outlook(moment, None);
        let after = judge.outlook(&self.moments[turn + 1], None);
        let verdict = judge.verdict(moment, made)?;
        let mark = floor(verdict.mark, &self.session.turns[turn].events);
        Some(Note {
            turn,
            before,
            after,
            best: verdict.outlook.unwrap_or(after.max(before)),
            cost: verdict.cost,
            mark,
            better: mark.is_bad().then_some(verdict.best),
        })
    }

    fn judge(&self) -> Judge<'_> {
        let world = &self.session.world;
        Judge {
            table: Table {
                case: &world.case,
                model: &world.model,
            },
            seed: self.session.header.seed,
        }
    }
}

/// What the lesson is about is never passed over, whatever came of it: a vendor argument before the category is accepted
/// is a missed chance at least, pushing, contradicting or going round somebody a mistake, a bribe a blunder.
fn floor(mark: Mark, events: &[Event]) -> Mark {
    let worst = events.iter().filter_map(|event| match event {
        Event::Resolved {
            act: Act::Improper, ..
        } => Some(Mark::Blunder),
        Event::Resolved {
            act: Act::Pressure | Act::Rebut | Act::Bypass,
            ..
        }
        | Event::Breach { .. } => Some(Mark::Mistake),
        Event::Resolved {
            premature: true, ..
        } => Some(Mark::Missed),
        _ => None,
    });
    worst.fold(mark, Mark::max)
}
