//! What the marks and the outlook are worth: measured, not asserted.

use crate::review::annotate::{CONTINUATIONS, Mark};
use crate::review::judge::Judge;
use crate::review::outlook::{Moment, Table, seed_of, with_input};
use crate::review::players::{self, Choice, Player, View, remember};
use crate::review::strong::Skill;
use crate::scenario::Case;
use crate::sim::{self, Input, Model, Outcome};

/// Inputs after which a deal is stopped, as players are.
const MOST_INPUTS: usize = 600;

/// One deal of the average player, played as he plays it and with his blunders replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// Won as he plays it.
    pub won: bool,
    /// Won with every move that is marked a blunder replaced by the proposed one, he himself going on after it.
    pub won_without: bool,
    /// How many were replaced.
    pub blunders: usize,
}

/// Plays a deal of the average player both ways.
pub fn replace_blunders(case: &Case, model: &Model, seed: u64) -> Replaced {
    let table = Table { case, model };
    let (won, _) = average(table, seed, false);
    let (won_without, blunders) = average(table, seed, true);
    Replaced {
        won,
        won_without,
        blunders,
    }
}

fn average(table: Table, seed: u64, replace: bool) -> (bool, usize) {
    let judge = Judge { table, seed };
    let mut blunders = 0;
    let state = walk(table, seed, |moment, choice| {
        if !replace {
            return choice;
        }
        let verdict = with_input(table.case, &choice, |made| judge.verdict(moment, made));
        match verdict {
            Some(verdict) if verdict.mark == Mark::Blunder => {
                blunders += 1;
                verdict.best
            }
            _ => choice,
        }
    });
    (state.state.outcome == Some(Outcome::Order), blunders)
}

/// Plays a deal of the average player; `change` sees every moment and what he chose, and says what is done.
fn walk(table: Table, seed: u64, mut change: impl FnMut(&Moment, Choice) -> Choice) -> Moment {
    let Table { case, model } = table;
    let mut events = Vec::new();
    let mut moment = Moment {
        state: sim::begin(case, model, seed, &mut events),
        memory: Default::default(),
    };
    for _ in 0..MOST_INPUTS {
        for event in events.drain(..) {
            remember(&mut moment.memory, &event);
        }
        if moment.state.outcome.is_some() {
            break;
        }
        let view = View::new(case, &moment.state, &moment.memory);
        let choice = players::choose(Player::Average, &view);
        let choice = change(&moment, choice);
        let state = &mut moment.state;
        let taken = with_input(case, &choice, |i| {
            sim::step(case, model, state, i, &mut events)
        });
        if taken.is_err() {
            let way_out = match state.visit {
                Some(_) => Input::Leave,
                None => Input::NextWeek,
            };
            if sim::step(case, model, state, way_out, &mut events).is_err() {
                break;
            }
        }
    }
    moment
}

/// Outlooks of moments held against what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// How many moments had an outlook in this tenth.
    pub moments: u32,
    /// Sum of their outlooks, in continuations of [`CONTINUATIONS`].
    pub foretold: u32,
    /// How many of them a seller of the same skill brought to an order with dice the outlook had not seen.
    pub won: u32,
    /// How many the average player, whose deals they are, brought to an order himself.
    pub won_by_average: u32,
}

/// Looks at every `every`th moment of an average deal, and adds it to its tenth.
pub fn reliability(case: &Case, model: &Model, seed: u64, every: usize, bins: &mut [Bin; 10]) {
    let table = Table { case, model };
    let judge = Judge { table, seed };
    let mut seen: Vec<(u8, bool)> = Vec::new();
    let mut count = 0;
    let end = walk(table, seed, |moment, choice| {
        if count % every == 0 {
            let fresh = seed_of(seed, 1_000 + count as u64);
            let won = table.wins(moment, None, Skill::COMPETENT, fresh);
            seen.push((judge.outlook(moment, None), won));
        }
        count += 1;
        choice
    });
    let won_by_average = end.state.outcome == Some(Outcome::Order);
    for (outlook, won) in seen {
        let tenth = usize::from(outlook) * 10 / usize::from(CONTINUATIONS);
        let bin = &mut bins[tenth.min(9)];
        bin.moments += 1;
        bin.foretold += u32::from(outlook);
        bin.won += u32::from(won);
        bin.won_by_average += u32::from(won_by_average);
    }
}
