//! How a deal would go on from a moment: seeded continuations of a player who knows the craft.
//!
//! Common random numbers: continuation *k* throws the same dice from every moment and after every alternative, so that
//! two of them differ by what was done and little else.

use crate::review::players::{Choice, Memory, View, mentions, remember};
use crate::review::strong::{self, Skill};
use crate::scenario::Case;
use crate::session::offer::{passing, standing};
use crate::sim::{self, Input, Model, Outcome, State};

/// Inputs after which a continuation counts as lost.
const MOST_INPUTS: u16 = 400;

/// What an order counts beside the standing of people; a deal that ended without one counts as much less.
const WON: i32 = 150;

/// Refused inputs after which it counts as lost.
const MOST_REFUSED: u16 = 60;

/// A moment of a deal, with what a player would remember of it.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub state: State,
    pub memory: Memory,
}

/// What continuations are played on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    pub case: &'a Case,
    pub model: &'a Model,
}

/// The seed of continuation `k` of the deal with `seed`. The top bit keeps them apart from any deal a user begins.
pub(super) fn seed_of(seed: u64, k: u64) -> u64 {
    let mixed =
        (seed ^ (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ mixed >> 29) | 1 << 63
}

impl Table<'_> {
    /// Whether a player of this skill brings the deal to an order from `moment`, with the dice of `seed`, taking `first`
    /// before anything else. A `first` that is not possible loses.
    pub fn wins(self, moment: &Moment, first: Option<Input>, skill: Skill, seed: u64) -> bool {
        self.play(moment, first, skill, seed, MOST_INPUTS)
            .is_some_and(|state| state.outcome == Some(Outcome::Order))
    }

    /// What everybody's standing comes to after `first` and so many inputs of the reference player. `None` where
    /// `first` is not possible.
    pub fn ahead(self, moment: &Moment, first: Input, seed: u64, inputs: u16) -> Option<i32> {
        let Table { case, model } = self;
        let mut after = moment.clone();
        after.state.seed = seed;
        let mut events = Vec::with_capacity(32);
        sim::step(case, model, &mut after.state, first, &mut events).ok()?;
        for event in &events {
            remember(&mut after.memory, event);
        }
        let state = self.play(&after, None, Skill::FULL, seed, inputs)?;
        let people = state.everybody().map(|id| standing(state.person(id)));
        let sum = people.sum::<i32>() + passing(&events);
        Some(match state.outcome {
            None => sum,
            Some(Outcome::Order) => sum + WON,
            Some(_) => sum - WON,
        })
    }

    fn play(
        self,
        moment: &Moment,
        first: Option<Input>,
        skill: Skill,
        seed: u64,
        most: u16,
    ) -> Option<State> {
        let Table { case, model } = self;
        let mut state = moment.state.clone();
        let mut memory = moment.memory.clone();
        state.seed = seed;
        let mut events = Vec::with_capacity(64);
        if let Some(input) = first {
            sim::step(case, model, &mut state, input, &mut events).ok()?;
        }
        let mut refused = 0;
        let mut inputs = 0;
        while state.outcome.is_none() && inputs < most && refused < MOST_REFUSED {
            for event in events.drain(..) {
                remember(&mut memory, &event);
            }
            let choice = strong::choose(&View::new(case, &state, &memory), skill);
            let taken = with_input(case, &choice, |input| {
                sim::step(case, model, &mut state, input, &mut events)
            });
            if taken.is_err() {
                refused += 1;
                let way_out = match state.visit {
                    Some(_) => Input::Leave,
                    None => Input::NextWeek,
                };
                sim::step(case, model, &mut state, way_out, &mut events).ok()?;
            }
            inputs += 1;
        }
        Some(state)
    }
}

/// Hands a choice over as the simulation takes it.
pub(super) fn with_input<R>(case: &Case, choice: &Choice, take: impl FnOnce(Input) -> R) -> R {
    take(match choice {
        Choice::Visit(person) => Input::Visit(*person),
        Choice::Say(acts) => Input::Say {
            acts,
            long: false,
            named: mentions(case, acts),
        },
        Choice::Leave => Input::Leave,
        Choice::Fulfil(promise) => Input::Fulfil(*promise),
        Choice::NextWeek => Input::NextWeek,
    })
}
