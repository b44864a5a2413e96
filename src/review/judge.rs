//! The judge of one move at one moment: what it was worth, what the best alternative is worth, and the mark.

use crate::review::annotate::{CONTINUATIONS, Mark};
use crate::review::choices::choices;
use crate::review::outlook::{Moment, Table, seed_of, with_input};
use crate::review::players::Choice;
use crate::review::strong::Skill;
use crate::sim::Input;

/// Continuations for a first look at every alternative, for the best of them, and for the verdict.
const FIRST: u64 = 4;
const SECOND: u64 = 12;
const VERDICT: u64 = 24;

/// Alternatives whose outlook is held against that of the reference player's own choice.
const RIVALS: usize = 2;

/// Continuations of [`CONTINUATIONS`] by which an outlook has to be better to be more than chance.
const FELT: u8 = 6;

/// Alternatives that get a second look.
const SHORTLIST: usize = 6;

/// Moves the reference player makes before it is looked how everybody stands.
const AHEAD: u16 = 6;

/// Tenths of a point by which an alternative has to stand better to be looked at more closely: less is the luck of the
/// look-ahead.
const ALIKE: i32 = 80;

/// Tenths of a point below which nobody asks for the outlook of a move: it could not tell.
const OUTLOOK_FROM: i32 = 60;

/// Judges moves of one deal.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub table: Table<'a>,
    pub seed: u64,
}

/// What came of it.
pub(super) struct Verdict {
    /// What the move cost against the best alternative, in tenths of a point of standing.
    pub cost: u16,
    /// Outlook after the best alternative, where it was asked for.
    pub outlook: Option<u8>,
    pub mark: Mark,
    pub best: Choice,
}

impl Judge<'_> {
    /// Judges a move; `None` where there is no alternative at all.
    pub fn verdict(&self, moment: &Moment, made: Input) -> Option<Verdict> {
        let ranked = self.ranked(moment);
        let (best, runner_up) = self.pick(moment, &ranked)?;
        let worth_made = self.worth(moment, made, VERDICT_SEEDS);
        let worth_best = self.worth_of(moment, &best, VERDICT_SEEDS);
        let cost = (worth_best - worth_made).clamp(0, 10_000);
        let mut outlook = None;
        let mut loss = 0;
        let waits = matches!(made, Input::NextWeek);
        if cost >= OUTLOOK_FROM || waits {
            let of_best = with_input(self.table.case, &best, |i| self.outlook(moment, Some(i)));
            loss = i32::from(of_best) - i32::from(self.outlook(moment, Some(made)));
            outlook = Some(of_best);
        }
        let hopeless = outlook == Some(0);
        let second = runner_up.map_or(worth_best, |c| self.worth_of(moment, &c, VERDICT_SEEDS));
        Some(Verdict {
            cost: cost as u16,
            outlook,
            mark: match made {
                // Nothing would have helped any more.
                _ if hopeless => Mark::Fine,
                Input::NextWeek => of_waiting(cost, loss),
                Input::Say { .. } => mark(cost, loss, worth_made - second),
                Input::Visit(_) => mark(cost, loss, 0),
                // Leaving and doing what was promised are no feats.
                _ => match mark(cost, loss, 0) {
                    Mark::Good | Mark::Excellent => Mark::Fine,
                    other => other,
                },
            },
            best,
        })
    }

    /// The best alternatives with what they are worth, the best first.
    fn ranked(&self, moment: &Moment) -> Vec<(i32, Choice)> {
        let look = |seeds: std::ops::Range<u64>, list: Vec<Choice>| {
            let mut seen: Vec<(i32, Choice)> = list
                .into_iter()
                .map(|choice| (self.worth_of(moment, &choice, seeds.clone()), choice))
                .collect();
            // Stable: among equals the order of `choices` stands.
            seen.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
            seen
        };
        let all = choices(self.table, moment);
        let own = all[0].clone();
        let mut short: Vec<Choice> = look(0..FIRST, all)
            .into_iter()
            .take(SHORTLIST)
            .map(|(_, c)| c)
            .collect();
        if !short.contains(&own) {
            short.push(own);
        }
        look(FIRST..FIRST + SECOND, short)
    }

    /// The alternative to tell of, and the next best. The reference player's own choice keeps to the order of work that
    /// is taught, so that it stands unless something else helps the outlook too: by standing alone it would always pay to
    /// grab what lies nearest.
    fn pick(&self, moment: &Moment, ranked: &[(i32, Choice)]) -> Option<(Choice, Option<Choice>)> {
        let own = &choices(self.table, moment)[0];
        let (worth, _) = ranked.iter().find(|(_, choice)| choice == own)?;
        let ahead = ranked.iter().filter(|(w, _)| *w > worth + ALIKE);
        let outlook = |choice: &Choice| {
            with_input(self.table.case, choice, |input| {
                self.outlook(moment, Some(input))
            })
        };
        let mut best = own;
        let mut rivals = ahead.take(RIVALS).map(|(_, choice)| choice).peekable();
        if rivals.peek().is_some() {
            let least = outlook(own) + FELT;
            best = rivals.find(|rival| outlook(rival) >= least).unwrap_or(own);
        }
        let next = ranked.iter().map(|(_, c)| c).find(|c| *c != best).cloned();
        Some((best.clone(), next))
    }

    /// Continuations won from a moment, of [`CONTINUATIONS`]; `first` is taken before anything else.
    pub fn outlook(&self, moment: &Moment, first: Option<Input>) -> u8 {
        let dice = (0..u64::from(CONTINUATIONS)).map(|k| seed_of(self.seed, k));
        let won = dice.filter(|&d| self.table.wins(moment, first, Skill::COMPETENT, d));
        won.count() as u8
    }

    fn worth_of(&self, moment: &Moment, choice: &Choice, seeds: std::ops::Range<u64>) -> i32 {
        with_input(self.table.case, choice, |input| {
            self.worth(moment, input, seeds)
        })
    }

    /// What everybody's standing comes to after an input and what follows, in tenths, on average over the seeds.
    fn worth(&self, moment: &Moment, input: Input, seeds: std::ops::Range<u64>) -> i32 {
        let count = (seeds.end - seeds.start) as i32;
        let ahead = |k| {
            let dice = seed_of(self.seed, k);
            // What is not possible is worth less than anything that is.
            let worth = self.table.ahead(moment, input, dice, AHEAD);
            worth.unwrap_or(-10_000)
        };
        seeds.map(ahead).sum::<i32>() * 10 / count
    }
}

/// Seeds the alternatives were not picked by: the one that looked best by luck gets no credit for it here.
const VERDICT_SEEDS: std::ops::Range<u64> = FIRST + SECOND..FIRST + SECOND + VERDICT;

/// A week let go costs time, which no standing shows: it goes by the outlook.
fn of_waiting(cost: i32, loss: i32) -> Mark {
    match loss * 100 / i32::from(CONTINUATIONS) {
        20.. => Mark::Blunder,
        12.. => Mark::Mistake,
        7.. => Mark::Missed,
        _ if cost >= 140 && loss > 2 => Mark::Missed,
        _ => Mark::Fine,
    }
}

/// `cost` and `lead` (over the next best) in tenths of a point, `loss` in continuations of [`CONTINUATIONS`].
fn mark(cost: i32, loss: i32, lead: i32) -> Mark {
    let share = loss * 100 / i32::from(CONTINUATIONS);
    match (cost, share) {
        (220.., _) | (60.., 20..) => Mark::Blunder,
        (140.., _) | (60.., 12..) => Mark::Mistake,
        (80.., _) => Mark::Missed,
        (0..=20, _) if lead >= 80 => Mark::Excellent,
        (0..=20, _) => Mark::Good,
        _ => Mark::Fine,
    }
}
