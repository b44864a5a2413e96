//! The author's bench: is a case winnable, and only the right way?
//!
//! Six parts: a short winning run, the law searched, players that must win or lose, what nobody ever reached, how late a
//! deal can be saved, and how hard and long the case is. Pure: budgets are counts and never clocks, work is shared among
//! threads and put together in the order of the seeds, so the same case gets the same proof on any machine.
//!
//! What it cannot show: random play finding nothing is no proof that nothing is there, so what was not reached is
//! called *not seen*; and the search of the law looks at a reduced space, described in [`law`].

mod field;
pub mod law;
mod measure;
pub mod reach;
mod rescue;
mod share;
mod shortest;

use crate::review::players::{Player, play};
use crate::scenario::Case;
use crate::scenario::pack::Packs;
use crate::session::World;
use crate::sim::{Model, State};
pub use field::{GUIDED, Rate};
pub use law::{Breach, Law, Verdict};
pub use measure::{Difficulty, difficulty};
pub use reach::{Reached, Target};
pub use rescue::{Rescue, Turning};
pub use shortest::{Passage, Winning, described};
use std::sync::Arc;

/// Strong must win at least this share.
pub const STRONG_AT_LEAST: f64 = 0.80;
/// Every player that must lose may win at most this share.
pub const LOSERS_AT_MOST: f64 = 0.05;

/// How much work a proof may be. Counts and not seconds, so that the result does not depend on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Runs of each player.
    pub seeds: u64,
    /// How many of them are scored and have their words listened to.
    pub scored: u64,
    /// Runs that choose among the lines guided play offers.
    pub guided: u64,
    /// Winning runs that are shortened.
    pub shortened: usize,
    /// Lost average runs taken up again by the strong player.
    pub rescued: usize,
    /// Continuations from each moment of those.
    pub continuations: u64,
    /// States the search of the law may reach in all.
    pub states: usize,
    /// Threads that share the work; the result is the same with any number.
    pub threads: usize,
}

impl Budget {
    /// What `whybuy check --prove` takes.
    pub fn full(threads: usize) -> Budget {
        Budget {
            seeds: 300,
            scored: 60,
            guided: 24,
            shortened: 4,
            rescued: 24,
            continuations: 8,
            states: 300_000,
            threads,
        }
    }

    /// A tenth of it, for tests and for a look while writing.
    pub fn small(threads: usize) -> Budget {
        Budget {
            seeds: 40,
            scored: 6,
            guided: 2,
            shortened: 1,
            rescued: 3,
            continuations: 4,
            states: 4_000,
            threads,
        }
    }
}

/// How far the bench has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Parts of the work done.
    pub done: u32,
    /// Of how many.
    pub of: u32,
}

/// Whether the bench is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continue {
    /// Go on.
    Yes,
    /// Stop; what is there so far is given back and marked as not complete.
    No,
}

/// Why a case does not pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The strong player wins too seldom.
    StrongLoses(f64),
    /// A player wins who must lose.
    LoserWins(Player, f64),
    /// No run of the strong or the average player has ended in an order.
    NoWinningRun,
    /// The law is broken.
    LawBroken(Law),
    /// The bench was stopped.
    Stopped,
}

/// What the bench found.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// A short winning run, where one was found.
    pub winning: Option<Winning>,
    /// The law, one verdict for each of its points that can be searched.
    pub laws: Vec<(Law, Verdict)>,
    /// The players, in the order of [`Player::ALL`], and after them the one who picks the best of the offered lines.
    pub rates: Vec<Rate>,
    /// Every concern, need, hope and authored line, with who reached it.
    pub reached: Vec<Reached>,
    /// In how many runs something could be reached.
    pub runs: Runs,
    /// How late a deal can be saved.
    pub rescue: Rescue,
    /// How hard the case is; `None` where the bench was stopped before it was known.
    pub difficulty: Option<Difficulty>,
    /// Where the strong player stood at the end of the first run he lost; `None` where he lost none.
    pub stuck: Option<Stuck>,
    /// False where the bench was stopped.
    pub complete: bool,
}

/// A lost run of the strong player: what an author has to look at first.
#[derive(Debug, Clone, PartialEq)]
pub struct Stuck {
    /// Its seed.
    pub seed: u64,
    /// How everybody stood at its end.
    pub state: State,
}

fn stuck(world: &World, seeds: u64) -> Option<Stuck> {
    (0..seeds).find_map(|seed| {
        let played = play(&world.case, &world.model, seed, Player::Strong);
        (!played.won()).then_some(Stuck {
            seed,
            state: played.state,
        })
    })
}

/// How many runs there were: without their number, *not seen* says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Played: needs, worries and hopes are looked for in all of them.
    pub played: u64,
    /// Listened to: the clients' lines are looked for in these.
    pub listened: u64,
    /// With lines offered: the trainee's lines are looked for in these.
    pub offered: u64,
}

impl Runs {
    /// The runs in which this could have been reached.
    pub fn of(&self, target: &Target) -> u64 {
        match target {
            Target::Line { .. } => self.listened,
            Target::Move { .. } => self.offered,
            _ => self.played,
        }
    }
}

impl Proof {
    /// Every reason why the case does not pass; empty where all bounds hold. A law left unproven is no reason.
    pub fn failures(&self) -> Vec<Failure> {
        let mut failures = Vec::new();
        for rate in &self.rates {
            match rate.player {
                Some(Player::Strong) if rate.won < STRONG_AT_LEAST => {
                    failures.push(Failure::StrongLoses(rate.won));
                }
                Some(Player::Strong | Player::Average) | None => {}
                Some(player) if rate.won > LOSERS_AT_MOST => {
                    failures.push(Failure::LoserWins(player, rate.won));
                }
                Some(_) => {}
            }
        }
        if self.winning.is_none() {
            failures.push(Failure::NoWinningRun);
        }
        let broken = |v: &Verdict| matches!(v, Verdict::Broken { .. });
        failures.extend(
            self.laws
                .iter()
                .filter(|(_, verdict)| broken(verdict))
                .map(|(law, _)| Failure::LawBroken(*law)),
        );
        if !self.complete {
            failures.push(Failure::Stopped);
        }
        failures
    }

    /// The figures of one player.
    pub fn rate(&self, player: Player) -> Option<&Rate> {
        self.rates.iter().find(|r| r.player == Some(player))
    }
}

/// Proves a case: all six parts, within the budget. `progress` is told how far it has got and may stop it.
pub fn prove(
    case: &Case,
    model: &Model,
    packs: &Packs,
    budget: Budget,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Proof {
    let world = World {
        case: Arc::new(case.clone()),
        packs: Arc::new(packs.clone()),
        model: Arc::new(model.clone()),
    };
    let mut bench = Bench {
        budget,
        progress,
        done: 0,
        of: field::PARTS + rescue::PARTS + shortest::PARTS + law::PARTS,
        stopped: false,
    };
    let field = field::play_all(&world, &mut bench);
    let winning = shortest::find(&world, &field.winners, &mut bench);
    let rescue = rescue::take_over(&world, &field.lost, &mut bench);
    let laws = law::check(&world, &field, &mut bench);
    let complete = !bench.stopped;
    // A stopped bench keeps nobody waiting.
    let seeds = if complete { bench.budget.seeds } else { 0 };
    let stuck = stuck(&world, seeds);
    Proof {
        winning,
        laws,
        difficulty: complete.then(|| difficulty(case, &field.rates)),
        rates: field.rates,
        reached: field.reached,
        runs: field.runs,
        rescue,
        stuck,
        complete,
    }
}

/// The work going on: what it may cost, and whom to tell.
struct Bench<'a> {
    budget: Budget,
    progress: &'a mut dyn FnMut(Progress) -> Continue,
    done: u32,
    of: u32,
    stopped: bool,
}

impl Bench<'_> {
    /// One part is done. False where the bench is to stop.
    fn step(&mut self) -> bool {
        self.done += 1;
        let now = Progress {
            done: self.done,
            of: self.of,
        };
        self.stopped |= (self.progress)(now) == Continue::No;
        !self.stopped
    }
}
