//! The players on the field: everybody plays the case from the same seeds, and everything they reach is noted.

use crate::codebook::ReadAct;
use crate::review::players::{self, Memory, Played, Player, View, play, remember};
use crate::review::prove::law::{self, Law};
use crate::review::prove::reach::{Marks, Reached, Targets};
use crate::review::prove::share::share;
use crate::review::prove::{Bench, Runs};
use crate::score;
use crate::session::offer::offers;
use crate::session::{Entry, Header, Mode, Session, World};
use crate::sim::dice::{Purpose, below, throw};
use crate::sim::{Event, Outcome};
use crate::text::Language;

/// Progress steps of this part: one for each player, one for guided play.
pub(super) const PARTS: u32 = Player::ALL.len() as u32 + 1;
/// The place of guided play in [`Reached::by`], after the players.
pub const GUIDED: usize = Player::ALL.len();
/// Inputs after which guided play is stopped.
const MOST_INPUTS: usize = 400;

/// How one player fared.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Who; `None` for the one who picks the best of the lines that guided play offers.
    pub player: Option<Player>,
    /// Runs.
    pub runs: u64,
    /// Share that ended in an order, 0–1.
    pub won: f64,
    /// Turns of talk on average.
    pub turns: f64,
    /// Weeks on average.
    pub weeks: f64,
    /// Totals of the report (1–4) at a quarter, half and three quarters of the scored runs.
    pub scores: Option<[f64; 3]>,
}

/// All that was played.
pub(super) struct Field {
    pub rates: Vec<Rate>,
    pub reached: Vec<Reached>,
    pub runs: Runs,
    /// Runs that were won by the strong player, or where he won none by the average one; the shortest first.
    pub winners: Vec<(Player, u64)>,
    /// Seeds the average player lost.
    pub lost: Vec<u64>,
    /// A run in which the law was broken.
    pub broken: Option<(Law, Player, u64)>,
}

/// What is kept of a run.
struct Run {
    won: bool,
    turns: f64,
    weeks: f64,
    score: Option<f64>,
    marks: Marks,
    broken: Option<Law>,
}

/// Plays everybody on every seed.
pub(super) fn play_all(world: &World, bench: &mut Bench) -> Field {
    let targets = Targets::of(world);
    let mut reached = targets.none_reached();
    let mut field = Field {
        rates: Vec::new(),
        reached: Vec::new(),
        runs: Runs {
            played: 0,
            listened: 0,
            offered: 0,
        },
        winners: Vec::new(),
        lost: Vec::new(),
        broken: None,
    };
    let budget = bench.budget;
    let seeds: Vec<u64> = (0..budget.seeds).collect();
    for (place, player) in Player::ALL.into_iter().enumerate() {
        if bench.stopped {
            break;
        }
        let runs = share(budget.threads, &seeds, |&seed| {
            let played = play(&world.case, &world.model, seed, player);
            note(world, &targets, &played, seed < budget.scored)
        });
        for run in &runs {
            targets.add(&mut reached, &run.marks, place);
        }
        let with_seed = || runs.iter().zip(&seeds);
        if matches!(player, Player::Strong | Player::Average) && field.winners.is_empty() {
            let mut won: Vec<(u64, u64)> = with_seed()
                .filter(|(run, _)| run.won)
                .map(|(run, &seed)| (run.turns as u64, seed))
                .collect();
            won.sort_unstable();
            field.winners = won.into_iter().map(|(_, seed)| (player, seed)).collect();
        }
        if player == Player::Average {
            field.lost = with_seed()
                .filter(|(run, _)| !run.won)
                .map(|(_, &seed)| seed)
                .collect();
        }
        let broken = with_seed().find_map(|(run, &seed)| run.broken.map(|l| (l, player, seed)));
        field.broken = field.broken.or(broken);
        field.runs.played += budget.seeds;
        field.runs.listened += budget.scored.min(budget.seeds);
        field.rates.push(rate(Some(player), &runs));
        bench.step();
    }
    if !bench.stopped {
        let seeds: Vec<u64> = (0..budget.guided).collect();
        let runs = share(budget.threads, &seeds, |&seed| {
            guided(world, &targets, seed)
        });
        for run in &runs {
            targets.add(&mut reached, &run.marks, GUIDED);
        }
        for count in [
            &mut field.runs.played,
            &mut field.runs.listened,
            &mut field.runs.offered,
        ] {
            *count += budget.guided;
        }
        // Those on odd seeds pick anything, for the sake of what they reach; they are nobody's way of selling.
        let best: Vec<Run> = runs.into_iter().step_by(2).collect();
        field.rates.push(rate(None, &best));
        bench.step();
    }
    field.reached = reached;
    field
}

fn note(world: &World, targets: &Targets, played: &Played, listened: bool) -> Run {
    let mut marks = targets.no_marks();
    targets.events(&mut marks, &played.events);
    let score = listened.then(|| {
        let session = played.session(world.clone());
        targets.words(&mut marks, &session);
        score::report(&session).total
    });
    Run {
        won: played.won(),
        turns: f64::from(played.state.turns),
        weeks: f64::from(played.state.week),
        score,
        marks,
        broken: law::of_run(&world.case, &world.model, &played.state, &played.events),
    }
}

/// Someone who picks among offered lines: the best on even seeds, any of them on odd ones. At the desk he goes where
/// the average player would.
fn guided(world: &World, targets: &Targets, seed: u64) -> Run {
    let header = Header {
        scenario: world.case.id.clone(),
        content: String::new(),
        model: world.model.version,
        seed,
        language: Language::Zh,
        mode: Mode::Guided,
        exam: false,
        started: 0,
        past: Default::default(),
    };
    let mut session = Session::new(world.clone(), header);
    let mut marks = targets.no_marks();
    let mut memory = Memory::default();
    for nth in 0..MOST_INPUTS {
        if session.state.outcome.is_some() {
            break;
        }
        let next = if session.state.visit.is_some() {
            let offered = offers(&session);
            targets.moves(&mut marks, &offered);
            let any = below(
                throw(seed, session.state.moment(), Purpose::Player, nth as u64),
                offered.len() as u32,
            ) as usize;
            let best = (0..offered.len()).max_by_key(|&i| offered[i].worth);
            let pick = if seed.is_multiple_of(2) {
                best
            } else {
                Some(any)
            };
            match pick.and_then(|i| offered.get(i)) {
                Some(line) => Entry::Say {
                    words: line.words.clone(),
                    acts: line
                        .acts
                        .iter()
                        .map(|&spoken| ReadAct {
                            spoken,
                            span: 0..0,
                            confidence: 1.0,
                        })
                        .collect(),
                },
                None => Entry::Leave,
            }
        } else {
            let view = View::new(&world.case, &session.state, &memory);
            players::choose(Player::Average, &view).entry()
        };
        let way_out = if session.state.visit.is_some() {
            Entry::Leave
        } else {
            Entry::NextWeek
        };
        if session.apply(next).is_err() && session.apply(way_out).is_err() {
            break;
        }
        if let Some(turn) = session.turns.last() {
            turn.events.iter().for_each(|e| remember(&mut memory, e));
        }
    }
    let events: Vec<Event> = session.events().copied().collect();
    targets.events(&mut marks, &events);
    targets.words(&mut marks, &session);
    Run {
        won: session.state.outcome == Some(Outcome::Order),
        turns: f64::from(session.state.turns),
        weeks: f64::from(session.state.week),
        score: Some(score::report(&session).total),
        marks,
        broken: law::of_run(&world.case, &world.model, &session.state, &events),
    }
}

fn rate(player: Option<Player>, runs: &[Run]) -> Rate {
    let n = runs.len().max(1) as f64;
    let mean = |of: fn(&Run) -> f64| runs.iter().map(of).sum::<f64>() / n;
    let mut scores: Vec<f64> = runs.iter().filter_map(|r| r.score).collect();
    scores.sort_by(f64::total_cmp);
    let at = |quarter: usize| scores[(scores.len() - 1) * quarter / 4];
    Rate {
        player,
        runs: runs.len() as u64,
        won: mean(|r| f64::from(u8::from(r.won))),
        turns: mean(|r| r.turns),
        weeks: mean(|r| r.weeks),
        scores: (!scores.is_empty()).then(|| [at(1), at(2), at(3)]),
    }
}
