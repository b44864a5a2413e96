//! Hints: three steps, after an attempt of one's own, fading with success.

use crate::session::{Entry, Session};
use crate::sim::Event;

/// The steps: 1 which gate · 2 which act · 3 an example line.
pub const STEPS: u8 = 3;

/// Deals won alone after which help fades by a step.
const FADES_AFTER: u8 = 2;

/// Why there is no hint now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHint {
    /// In an exam nobody helps.
    Exam,
    /// No visit is on.
    NotInVisit,
    /// First a line of one's own in this visit.
    TryFirst,
    /// All steps that are left have been taken; `faded` where success has taken some away.
    NoMore {
        /// Fewer than three steps are left.
        faded: bool,
    },
}

/// How many steps are left to a trainee who has won so many deals alone: 3, 2, 1, and the first for ever.
pub fn steps(session: &Session) -> u8 {
    (STEPS - (session.header.past.unaided_wins / FADES_AFTER).min(STEPS - 1))
        * u8::from(!session.header.exam)
}

/// Whether marks are shown after each line: only while nothing has faded yet, and never in an exam.
pub fn marks(session: &Session) -> bool {
    steps(session) == STEPS
}

/// The step a hint would be now.
///
/// # Errors
/// Why there is none.
pub fn next(session: &Session) -> Result<u8, NoHint> {
    if session.header.exam {
        return Err(NoHint::Exam);
    }
    let Some(visit) = session.state.visit else {
        return Err(NoHint::NotInVisit);
    };
    if visit.turn == 0 {
        return Err(NoHint::TryFirst);
    }
    let left = steps(session);
    match taken(session) {
        taken if taken >= left => Err(NoHint::NoMore {
            faded: left < STEPS,
        }),
        taken => Ok(taken + 1),
    }
}

/// Hints taken since the last thing that was said or done.
pub fn taken(session: &Session) -> u8 {
    let since = session.turns.iter().rev().take_while(|t| {
        !matches!(t.entry, Entry::Say { .. })
            && !t
                .events
                .iter()
                .any(|e| matches!(e, Event::VisitBegan { .. }))
    });
    since.filter(|t| matches!(t.entry, Entry::Hint(_))).count() as u8
}
