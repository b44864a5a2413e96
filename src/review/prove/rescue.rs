//! Points of no return: how late the strong player can still save what an average one is losing.

use crate::review::players::{Player, play, play_on};
use crate::review::prove::Bench;
use crate::review::prove::share::share;
use crate::session::{Entry, World};
use crate::sim::dice::{Moment, Purpose, throw};
use crate::sim::{self, Event, Input, State};

/// Progress steps of this part.
pub(super) const PARTS: u32 = 2;
/// Runs followed turn by turn.
const EXAMPLES: usize = 3;

/// How late a deal can be saved.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rescue {
    /// Lost average runs that were looked at.
    pub runs: usize,
    /// By week, from 1: taken over at its end, the share that was still won.
    pub by_week: Vec<f64>,
    /// Example runs.
    pub examples: Vec<Turning>,
}

/// The last moment of one lost run from which it could still be won.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turning {
    /// The run's seed.
    pub seed: u64,
    /// Inputs of the run.
    pub inputs: usize,
    /// After so many of them, at least half of the continuations were still won; `None` where not even from the start.
    pub last: Option<usize>,
    /// The week in which that was.
    pub week: u8,
}

/// Lets the strong player take over along lost average runs.
pub(super) fn take_over(world: &World, lost: &[u64], bench: &mut Bench) -> Rescue {
    let lost = &lost[..lost.len().min(bench.budget.rescued)];
    let mut rescue = Rescue {
        runs: lost.len(),
        ..Rescue::default()
    };
    if bench.stopped {
        return rescue;
    }
    let (threads, continuations) = (bench.budget.threads, bench.budget.continuations);
    let weeks = world.case.weeks;
    let by_run: Vec<Vec<f64>> = share(threads, lost, |&seed| {
        let moments = moments(world, seed);
        let ends = moments
            .windows(2)
            .filter(|w| w[1].0.week != w[0].0.week)
            .map(|w| &w[1]);
        ends.map(|moment| saved(world, moment, continuations))
            .collect()
    });
    // The end of the last week is the end of the deal: nothing is left to take over.
    for week in 0..usize::from(weeks.saturating_sub(1)) {
        let shares: Vec<f64> = by_run.iter().filter_map(|r| r.get(week)).copied().collect();
        if !shares.is_empty() {
            let mean = shares.iter().sum::<f64>() / shares.len() as f64;
            rescue.by_week.push(mean);
        }
    }
    if !bench.step() {
        return rescue;
    }
    let examples = &lost[..lost.len().min(EXAMPLES)];
    rescue.examples = share(threads, examples, |&seed| {
        let moments = moments(world, seed);
        let last = moments
            .iter()
            .rposition(|moment| saved(world, moment, continuations) >= 0.5);
        Turning {
            seed,
            inputs: moments.len() - 1,
            last,
            week: last.map_or(1, |at| moments[at].0.week),
        }
    });
    bench.step();
    rescue
}

/// Every moment of an average run, from before the first input, with all events that led to it.
fn moments(world: &World, seed: u64) -> Vec<(State, Vec<Event>)> {
    let (case, model) = (&world.case, &world.model);
    let played = play(case, model, seed, Player::Average);
    let mut events = Vec::new();
    let mut state = sim::begin(case, model, seed, &mut events);
    let mut moments = vec![(state.clone(), events.clone())];
    let mut spoken = Vec::new();
    for entry in &played.entries {
        let Some(input) = input(case.decision_maker, entry, &mut spoken) else {
            continue;
        };
        if sim::step(case, model, &mut state, input, &mut events).is_err() {
            break;
        }
        moments.push((state.clone(), events.clone()));
    }
    moments
}

/// An entry as the simulation takes it, for entries without words.
pub(super) fn input<'a>(
    decider: u8,
    entry: &Entry,
    spoken: &'a mut Vec<crate::codebook::SpokenAct>,
) -> Option<Input<'a>> {
    Some(match entry {
        Entry::Visit(person) => Input::Visit(*person),
        Entry::Say { acts, .. } => {
            spoken.clear();
            spoken.extend(acts.iter().map(|a| a.spoken));
            let access = spoken
                .iter()
                .any(|a| a.act == crate::codebook::Act::AskAccess);
            Input::Say {
                acts: spoken,
                long: false,
                named: if access { 1 << decider } else { 0 },
            }
        }
        Entry::Leave => Input::Leave,
        Entry::Fulfil(promise) => Input::Fulfil(*promise),
        Entry::NextWeek => Input::NextWeek,
        _ => return None,
    })
}

/// The share of continuations by the strong player that end in an order.
fn saved(world: &World, (state, events): &(State, Vec<Event>), continuations: u64) -> f64 {
    if state.outcome.is_some() {
        return 0.0;
    }
    let won = (0..continuations).filter(|&nth| {
        // What was dealt stays as it is; only the dice from here on fall another way.
        let salt = u64::from(throw(state.seed, Moment::default(), Purpose::Player, nth));
        let state = State {
            seed: state.seed ^ salt << 16 ^ nth,
            ..state.clone()
        };
        play_on(
            &world.case,
            &world.model,
            state,
            events.clone(),
            Player::Strong,
        )
        .won()
    });
    won.count() as f64 / continuations.max(1) as f64
}
