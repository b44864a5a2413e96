//! A deal annotated as chess programs annotate a game: how it stood, what a better move was, and a mark.
//!
//! Two yardsticks. The *outlook* is the share of continuations that a good seller on an ordinary day brings to an
//! order: it says how the deal stands. The *cost* of a move is what everybody's standing (needs, worries, stances, trust)
//! falls short of after it and a few more moves of the reference player, against the best alternative: it says what the
//! move itself was worth, long before the outlook of a twelve-week deal would notice one line. Both are figures of the
//! teaching model and of nothing else.

use crate::codebook::vocabulary;
use crate::review::choices::choices;
use crate::review::outlook::{Moment, Table, seed_of, with_input};
use crate::review::players::{Choice, Memory, remember};
use crate::review::strong::Skill;
use crate::session::{Entry, Session};
use crate::sim::{Input, State};

/// Changes whenever the same log may get another review.
pub const VERSION: u32 = 1;

/// Continuations behind an outlook.
pub const CONTINUATIONS: u8 = 64;

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
        let before = self.outlook(moment, None);
        let after = self.outlook(&self.moments[turn + 1], None);
        let ranked = self.ranked(moment);
        let (best, runner_up) = self.pick(moment, &ranked)?;
        let worth_made = self.worth(moment, made, VERDICT_SEEDS);
        let worth_best = self.worth_of(moment, &best, VERDICT_SEEDS);
        let lead = worth_made - worth_best;
        let cost = (-lead).clamp(0, 10_000);
        let (mut outlook_best, mut loss) = (after.max(before), 0);
        if cost > 0 {
            let world = &self.session.world;
            outlook_best = with_input(&world.case, &best, |i| self.outlook(moment, Some(i)));
            loss = i32::from(outlook_best) - i32::from(self.outlook(moment, Some(made)));
        }
        let second = runner_up.map_or(worth_best, |c| self.worth_of(moment, &c, VERDICT_SEEDS));
        let mark = mark(
            cost,
            loss,
            worth_made - second.max(worth_best.min(worth_made - 1)),
        );
        Some(Note {
            turn,
            before,
            after,
            best: outlook_best,
            cost: cost as u16,
            mark,
            better: mark.is_bad().then_some(best),
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
        let all = choices(self.table(), moment);
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
        let own = &choices(self.table(), moment)[0];
        let (worth, _) = ranked.iter().find(|(_, choice)| choice == own)?;
        let ahead = ranked.iter().filter(|(w, _)| *w > worth + ALIKE);
        let outlook = |choice: &Choice| {
            let case = &self.session.world.case;
            with_input(case, choice, |input| self.outlook(moment, Some(input)))
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

    fn table(&self) -> Table<'_> {
        Table {
            case: &self.session.world.case,
            model: &self.session.world.model,
        }
    }

    fn outlook(&self, moment: &Moment, first: Option<Input>) -> u8 {
        let seed = self.session.header.seed;
        let dice = (0..u64::from(CONTINUATIONS)).map(|k| seed_of(seed, k));
        let won = dice.filter(|&d| self.table().wins(moment, first, Skill::COMPETENT, d));
        won.count() as u8
    }

    fn worth_of(&self, moment: &Moment, choice: &Choice, seeds: std::ops::Range<u64>) -> i32 {
        with_input(&self.session.world.case, choice, |input| {
            self.worth(moment, input, seeds)
        })
    }

    /// What everybody's standing comes to after an input and what follows, in tenths, on average over the seeds.
    fn worth(&self, moment: &Moment, input: Input, seeds: std::ops::Range<u64>) -> i32 {
        let seed = self.session.header.seed;
        let count = (seeds.end - seeds.start) as i32;
        let ahead = |k| {
            let dice = seed_of(seed, k);
            // What is not possible is worth less than anything that is.
            let worth = self.table().ahead(moment, input, dice, AHEAD);
            worth.unwrap_or(-10_000)
        };
        seeds.map(ahead).sum::<i32>() * 10 / count
    }
}

/// Seeds the alternatives were not picked by: the one that looked best by luck gets no credit for it here.
const VERDICT_SEEDS: std::ops::Range<u64> = FIRST + SECOND..FIRST + SECOND + VERDICT;

/// `cost` and `lead` (over the next best) in tenths of a point, `loss` in continuations of [`CONTINUATIONS`].
fn mark(cost: i32, loss: i32, lead: i32) -> Mark {
    let share = loss * 100 / i32::from(CONTINUATIONS);
    match (cost, share) {
        (220.., _) | (60.., 20..) => Mark::Blunder,
        (140.., _) | (60.., 12..) => Mark::Mistake,
        (80.., _) => Mark::Missed,
        (0..=20, _) if lead >= 60 => Mark::Excellent,
        (0..=20, _) => Mark::Good,
        _ => Mark::Fine,
    }
}
