//! The whole review: every note with its example line, the curve, three turning points, accuracy by dimension.

use crate::codebook::{Act, Scope, SpokenAct};
use crate::review::annotate::{CONTINUATIONS, Mark, Note};
use crate::review::example::{example, said};
use crate::review::players::Choice;
use crate::score::Dimension;
use crate::session::{Entry, Session};
use crate::sim::State;
use crate::text::Text;

/// A deal, reviewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// What is said of every move, in order.
    pub moves: Vec<Reviewed>,
    /// Up to three moves on which the outlook or the work hung most, in order of time: indices into `moves`.
    pub turning_points: Vec<usize>,
    /// Accuracy in per cent, for each dimension in which at least one move asked for something.
    pub accuracy: Vec<(Dimension, Accuracy)>,
}

/// A deal of a family: one that was begun, and those that branch off from it.
#[derive(Debug, Clone)]
pub struct Relative {
    /// Its identifier.
    pub id: String,
    /// The deal.
    pub session: Session,
}

/// The family of a deal out of all deals: the one all go back to first, every branch behind the one it leaves. What
/// branches off from a deal that is gone is a family of its own.
pub fn family(id: &str, all: Vec<Relative>) -> Vec<Relative> {
    let parent = |of: &str| {
        let one = all.iter().find(|r| r.id == of)?;
        let branch = one.session.header.past.branch.as_ref()?;
        all.iter()
            .any(|r| r.id == branch.of)
            .then(|| branch.of.clone())
    };
    let mut root = id.to_owned();
    // A log may have been edited into a circle: no further than there are deals.
    for _ in 0..all.len() {
        match parent(&root) {
            Some(next) => root = next,
            None => break,
        }
    }
    let mut left = all;
    let mut out = Vec::new();
    let mut wanted = vec![root];
    while let Some(next) = wanted.pop() {
        let Some(at) = left.iter().position(|r| r.id == next) else {
            continue;
        };
        out.push(left.swap_remove(at));
        let branches = left.iter().filter(|r| {
            let branch = r.session.header.past.branch.as_ref();
            branch.is_some_and(|b| b.of == next)
        });
        let mut branches: Vec<(u64, String)> = branches
            .map(|r| (r.session.header.started, r.id.clone()))
            .collect();
        branches.sort_unstable();
        wanted.extend(branches.into_iter().rev().map(|(_, id)| id));
    }
    out
}

/// One move with what goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// The note.
    pub note: Note,
    /// The week it was made in, from 1.
    pub week: u8,
    /// The dimension the moment asked for.
    pub dimension: Dimension,
    /// An earlier move of the same visit already asked for the same: it is not explained again.
    pub again: bool,
    /// Words that would have served; `None` where the move needs none or there are none.
    pub example: Option<Text>,
}

/// How near the moves of a dimension came to the best there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accuracy {
    /// 0–100.
    pub per_cent: u8,
    /// Moves it rests on.
    pub moves: u16,
}

impl Review {
    /// Puts the notes of a deal together; they may come in any order, and some may be missing still.
    pub fn of(session: &Session, notes: &[Note]) -> Review {
        let mut notes: Vec<&Note> = notes.iter().collect();
        notes.sort_by_key(|n| n.turn);
        notes.dedup_by_key(|n| n.turn);
        let turning_points = turning_points(&notes);
        let world = &session.world;
        let mut state = State::fold(&world.case, session.header.seed, &session.dealt);
        let mut folded = 0;
        // What has been proposed in the visit that is on.
        let (mut visit, mut told): (u16, Vec<Option<&Choice>>) = (0, Vec::new());
        let mut taken = said(session, session.turns.len());
        let mut moves = Vec::with_capacity(notes.len());
        for (i, note) in notes.into_iter().enumerate() {
            for turn in &session.turns[folded..note.turn] {
                turn.events.iter().for_each(|e| state.apply(e));
            }
            folded = note.turn;
            let better = note.better.as_ref();
            if visit != state.visit_count {
                (visit, told) = (state.visit_count, Vec::new());
            }
            // A turning point stands alone in the summary and says everything.
            let again = better.is_some()
                && !turning_points.contains(&i)
                && state.visit.is_some()
                && told.contains(&better);
            told.push(better);
            moves.push(Reviewed {
                note: note.clone(),
                week: state.week,
                dimension: dimension(session, &state, note),
                again,
                example: better
                    .filter(|_| !again)
                    .and_then(|b| example(session, &state, b, &mut taken)),
            });
        }
        Review {
            turning_points,
            accuracy: accuracy(&moves),
            moves,
        }
    }

    /// Outlook before the first move and after each, of [`CONTINUATIONS`].
    pub fn curve(&self) -> Vec<u8> {
        let first = self.moves.first().map(|m| m.note.before);
        first
            .into_iter()
            .chain(self.moves.iter().map(|m| m.note.after))
            .collect()
    }

    /// How many moves have this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.moves.iter().filter(|m| m.note.mark == mark).count()
    }
}

/// An outlook in per cent.
pub fn per_cent(won: u8) -> u8 {
    (u32::from(won) * 100 / u32::from(CONTINUATIONS)) as u8
}

/// The three that hurt or helped most; of a run of the same mistake only its worst.
fn turning_points(moves: &[&Note]) -> Vec<usize> {
    let weight = |note: &Note| {
        let gain = i32::from(note.after) - i32::from(note.before);
        // A bad move that luck mended turned nothing, nor did a good one that luck spoilt.
        let swing = match note.mark {
            Mark::Excellent | Mark::Good => gain.max(0),
            Mark::Fine => gain.abs() / 2,
            _ if gain > 0 => return 0,
            _ => -gain,
        };
        // What happens when all is lost turns nothing.
        let by_mark = if note.mark.is_bad() && note.before > 3 {
            i32::from(note.cost.min(240)) / 24
        } else {
            0
        };
        swing + by_mark
    };
    let mut order: Vec<usize> = (0..moves.len()).collect();
    order.sort_by_key(|&i| (-weight(moves[i]), i));
    let mut picked: Vec<usize> = Vec::new();
    for i in order {
        // Two neighbours tell one story.
        let apart = picked.iter().all(|&p| p.abs_diff(i) > 3);
        if apart && weight(moves[i]) >= 3 {
            picked.push(i);
        }
        if picked.len() == 3 {
            break;
        }
    }
    picked.sort_unstable();
    picked
}

fn accuracy(moves: &[Reviewed]) -> Vec<(Dimension, Accuracy)> {
    let of = |dimension: Dimension| {
        let costs: Vec<u16> = moves
            .iter()
            .filter(|m| m.dimension == dimension)
            .map(|m| m.note.cost)
            .collect();
        if costs.is_empty() {
            return None;
        }
        // A move that costs three steps is half a move.
        let each = costs.iter().map(|&c| 3_000 / (30 + u32::from(c)));
        let per_cent = (each.sum::<u32>() / costs.len() as u32) as u8;
        Some((
            dimension,
            Accuracy {
                per_cent,
                moves: costs.len() as u16,
            },
        ))
    };
    Dimension::ALL.iter().filter_map(|&d| of(d)).collect()
}

/// What the moment asked for: the dimension of the better act, or of what was done where that was right.
fn dimension(session: &Session, state: &State, note: &Note) -> Dimension {
    let of_acts = |acts: &[SpokenAct]| {
        let worry = state.visit.is_some_and(|v| v.on_table.is_some());
        let main = acts.last();
        main.map_or(Dimension::Conduct, |a| of_act(a, worry))
    };
    let made = &session.turns[note.turn].entry;
    match (&note.better, made) {
        (Some(Choice::Say(acts)), _) => of_acts(acts),
        (Some(Choice::Visit(_)), _) => Dimension::DecisionMaker,
        (Some(Choice::Leave | Choice::NextWeek), _) => Dimension::Advance,
        (Some(Choice::Fulfil(_)), _) => Dimension::Conduct,
        (None, Entry::Say { acts, .. }) => {
            let acts: Vec<SpokenAct> = acts.iter().map(|a| a.spoken).collect();
            of_acts(&acts)
        }
        (None, Entry::Visit(_)) => Dimension::DecisionMaker,
        (None, Entry::Fulfil(_)) => Dimension::Conduct,
        (None, _) => Dimension::Advance,
    }
}

fn of_act(act: &SpokenAct, worry: bool) -> Dimension {
    match act.act {
        Act::AskSituation | Act::AskProblem | Act::AskImplication | Act::AskPayoff => {
            Dimension::NeedDevelopment
        }
        Act::CategoryCase => Dimension::CategoryFirst,
        Act::Proof if act.scope == Some(Scope::Category) => Dimension::ConcreteOutcome,
        Act::Quantify | Act::Derisk => Dimension::ConcreteOutcome,
        Act::VendorCase | Act::Proof | Act::PriceInfo | Act::Discount => Dimension::VendorCase,
        Act::Probe => Dimension::Objections,
        Act::Acknowledge | Act::Summarize if worry => Dimension::Objections,
        Act::Summarize => Dimension::NeedDevelopment,
        Act::AskCriteria | Act::AskProcess | Act::AskAccess | Act::Equip => {
            Dimension::DecisionMaker
        }
        Act::ProposeNext | Act::Agenda => Dimension::Advance,
        Act::Rapport
        | Act::Acknowledge
        | Act::Candor
        | Act::Pressure
        | Act::Bypass
        | Act::Rebut
        | Act::Improper => Dimension::Conduct,
    }
}
