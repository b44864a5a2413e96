//! How well a card is remembered, and when it is due again: FSRS with its published default parameters.

use fsrs::{FSRS, MemoryState};

use crate::codebook::vocabulary;

/// The share of due cards that should still be known.
const RETENTION: f32 = 0.9;
/// A card that was not known comes back after so many seconds.
const AGAIN: u64 = 600;
const DAY: u64 = 86_400;

vocabulary! {
    /// How well a card was known.
    Rating {
        /// Not known: the wrong gate.
        Again = "again", "没认出", "again";
        /// The right gate, but told first.
        Hard = "hard", "勉强", "hard";
        /// Right.
        Good = "good", "对", "good";
        /// Right, with an action of the client's.
        Easy = "easy", "又对又有下一步", "easy";
    }
}

/// One answer to one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The card's identifier.
    pub card: String,
    /// How well it was known.
    pub rating: Rating,
    /// When, in seconds since 1970.
    pub at: u64,
    /// The trainee contested what his reply was read as.
    pub contested: bool,
}

/// What a card's reviews add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days after which the card is still known with 90 %.
    pub stability: f32,
    /// 1–10.
    pub difficulty: f32,
    /// The last review, in seconds since 1970.
    pub last: u64,
    /// When it is due again.
    pub due: u64,
    /// How often it was reviewed.
    pub reviews: u32,
}

impl Memory {
    /// The memory after one more review. A clock that ran backwards counts as no time at all.
    pub fn after(before: Option<&Memory>, rating: Rating, at: u64) -> Memory {
        let known = before.map(|m| MemoryState {
            stability: m.stability,
            difficulty: m.difficulty,
        });
        let days = before.map_or(0, |m| at.saturating_sub(m.last) / DAY);
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        let next = FSRS::default()
            .next_states(known, RETENTION, days)
            .expect("a memory this program made is one the scheduler takes");
        let state = match rating {
            Rating::Again => next.again,
            Rating::Hard => next.hard,
            Rating::Good => next.good,
            Rating::Easy => next.easy,
        };
        let wait = match rating {
            Rating::Again => AGAIN,
            _ => DAY * state.interval.round().clamp(1.0, 36_500.0) as u64,
        };
        Memory {
            stability: state.memory.stability,
            difficulty: state.memory.difficulty,
            last: at,
            due: at.saturating_add(wait),
            reviews: before.map_or(0, |m| m.reviews) + 1,
        }
    }
}
