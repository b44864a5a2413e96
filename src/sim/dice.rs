//! Chance that can be replayed: a throw depends on the seed, the moment and its purpose, and on nothing else.
//!
//! There is no generator to carry along, so a throw added for one purpose never shifts the throws for another.

use rand::Rng;
use rand_pcg::Pcg32;

/// What a throw is for. The number is part of every run: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Which of a person's needs the seed takes away.
    DropNeed = 1,
    /// Spread of patience.
    Patience = 2,
    /// Whether a person can be met.
    Met = 3,
    /// Whether the client speaks up.
    SpeakUp = 4,
    /// Whether a client does what he agreed to.
    ActionDone = 5,
    /// Whether a quote is repeated.
    Repeat = 6,
    /// Whether a rival unsettles the decision-maker.
    Undo = 7,
    /// Whether a worry comes back.
    Recur = 8,
    /// Which wording.
    Wording = 9,
    /// Which lines are offered in guided play.
    Offer = 10,
    /// What a seeded player does.
    Player = 11,
}

/// A moment of the deal; every input begins a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Week, from 1.
    pub week: u8,
    /// Visits tried so far in the deal.
    pub visit: u16,
    /// Turn within the visit.
    pub turn: u16,
}

impl Moment {
    fn salt(self) -> u64 {
        u64::from(self.week) << 32 | u64::from(self.visit) << 16 | u64::from(self.turn)
    }
}

/// A throw of 32 even bits. `index` tells apart throws for one purpose at one moment (a person, a promise).
pub fn throw(seed: u64, moment: Moment, purpose: Purpose, index: u64) -> u32 {
    // Golden-ratio multiplication spreads neighbouring moments over the whole state space of the generator.
    let state = seed
        ^ moment
            .salt()
            .wrapping_add(1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Pcg32::new(state, (purpose as u64) << 32 | index).next_u32()
}

/// Whether a throw falls under `per_cent`.
pub fn chance(seed: u64, moment: Moment, purpose: Purpose, index: u64, per_cent: u8) -> bool {
    below(throw(seed, moment, purpose, index), 100) < u32::from(per_cent)
}

/// Maps a throw to 0..`n` (0 where `n` is 0).
pub fn below(throw: u32, n: u32) -> u32 {
    ((u64::from(throw) * u64::from(n)) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throw_depends_on_seed_moment_and_purpose_alone() {
        let at = |turn| Moment {
            week: 1,
            visit: 2,
            turn,
        };
        assert_eq!(
            throw(7, at(3), Purpose::Met, 0),
            throw(7, at(3), Purpose::Met, 0)
        );
        assert_ne!(
            throw(7, at(3), Purpose::Met, 0),
            throw(7, at(4), Purpose::Met, 0)
        );
        assert_ne!(
            throw(7, at(3), Purpose::Met, 0),
            throw(7, at(3), Purpose::Recur, 0)
        );
        assert_ne!(
            throw(7, at(3), Purpose::Met, 0),
            throw(8, at(3), Purpose::Met, 0)
        );
    }

    #[test]
    fn per_cents_come_out_as_per_cents() {
        let hits = (0..10_000)
            .filter(|&seed| chance(seed, Moment::default(), Purpose::Met, 0, 15))
            .count();
        assert!(
            (1_350..1_650).contains(&hits),
            "{hits} of 10,000 at 15 per cent"
        );
    }
}
