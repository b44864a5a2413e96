//! Everything the rubric counts: what was done with whom, and in which turn it shows.
//!
//! No dimension reads the log: whatever it asks for has a place here, filled by the one pass in `gather`.

use super::{Cite, Finding, VisitRow};
use crate::codebook::{Act, Topic};
use crate::scenario::{Case, Gate, NeedClass, PersonId, Role};
use crate::session::Session;
use crate::sim::state::PersonState;
use crate::sim::{Gauge, Route, Rule, State};
use crate::text::Text;

/// Category stance from which somebody wants such a thing.
pub(super) const ACCEPTED: i8 = 3;

/// A difficulty that was voiced, by the turns of its chain.
#[derive(Debug)]
pub(super) struct Difficulty {
    pub topic: Topic,
    pub admitted: Cite,
    pub consequence: Option<Cite>,
    pub want: Option<Cite>,
}

/// An objection that was raised; one for each person and topic, however often it came up.
#[derive(Debug)]
pub(super) struct Objection {
    pub topic: Topic,
    pub gate: Gate,
    pub raised: Cite,
    pub caused: Vec<Cite>,
    pub probed: Option<Cite>,
    pub answered: Option<Cite>,
    /// Asked about before it was answered for the first time.
    pub probed_first: bool,
    /// The act that answered it last.
    pub by: Option<Act>,
    pub closed: Option<Cite>,
    pub recurred: Option<Cite>,
    /// Came back after a contradiction.
    pub rebutted: bool,
    pub hidden: Option<Cite>,
    pub open: bool,
}

/// A breach of conduct.
#[derive(Debug)]
pub(super) struct Breach {
    pub rule: Rule,
    pub cite: Cite,
    pub repaired: bool,
}

/// What was done with one person.
#[derive(Debug, Default)]
pub(super) struct PersonTally {
    /// Category stance and trust in quarters when the deal was dealt.
    pub category: i8,
    pub trust: i8,
    pub talked: Vec<Cite>,
    /// Turns with a vendor argument before he had accepted the category.
    pub premature: Vec<Cite>,
    /// How many of them came before he accepted it for the first time.
    pub premature_before: usize,
    pub lectures: Vec<Cite>,
    pub accepted: Option<Cite>,
    pub moves: Vec<(Gauge, Cite)>,
    pub difficulties: Vec<Difficulty>,
    pub questionnaires: Vec<Cite>,
    pub confirmed: Vec<Cite>,
    /// Parts of hopes that became known: hope, part, where.
    pub hopes: Vec<(u8, u8, Cite)>,
    pub objections: Vec<Objection>,
    /// Vendor claims, with whether they were linked to a want.
    pub claims: Vec<(bool, Cite)>,
    pub breaches: Vec<Breach>,
    pub rebuts: u16,
    pub candid: Vec<Cite>,
    /// Turns in which he was engaged on what is his own.
    pub own_topics: Vec<Cite>,
    /// He said that it is not his to decide.
    pub authority: bool,
    /// A decision or an introduction was asked of him.
    pub asked_up: bool,
    /// He refused something other than the decision.
    pub refused: bool,
    pub decision_asked: Vec<Cite>,
}

/// A visit, with how much the client agreed to in it: 0 nothing · 1 a small step · 2 trial or introduction · 3 order.
#[derive(Debug)]
pub(super) struct VisitTally {
    pub row: VisitRow,
    pub rank: u8,
    /// Where he agreed to it.
    pub agreed: Option<Cite>,
    /// The turn in which it ended, or its last one so far.
    pub last: usize,
}

/// A movement that may have been a turning point; trust counts in points, so that it compares with the stances.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swing {
    pub turn: usize,
    /// Visits begun by then, and whether one was on.
    pub visit: (usize, bool),
    pub person: PersonId,
    pub rule: Rule,
    pub size: f64,
}

/// Everything the rubric counts.
pub(super) struct Tally<'s> {
    pub session: &'s Session,
    pub case: &'s Case,
    pub people: Vec<PersonTally>,
    pub talk: Vec<Cite>,
    pub visits: Vec<VisitTally>,
    pub swings: Vec<Swing>,
    pub quantified: Vec<Cite>,
    pub proofs: Vec<Cite>,
    pub facts: Vec<Cite>,
    pub process: Vec<Cite>,
    pub criteria: Vec<Cite>,
    pub unsupported: Vec<Cite>,
    pub discounts: Vec<Cite>,
    pub proposals: Vec<Cite>,
    pub pilots: Vec<Cite>,
    pub reported: Vec<Cite>,
    pub broken: Vec<Cite>,
    pub improper: Vec<Cite>,
    /// First meeting with the decision-maker.
    pub met: Option<(Cite, Option<Route>)>,
    pub met_by_referral: Option<Cite>,
    /// Just before the last visit that ended did so.
    pub at_parting: Option<State>,
    /// The week the pass is in.
    pub(super) week: u8,
    /// The act the pass saw last in this turn: an answered worry was answered by it.
    pub(super) last_act: Option<Act>,
}

impl Tally<'_> {
    /// How somebody stands now.
    pub fn now(&self, id: PersonId) -> &PersonState {
        self.session.state.person(id)
    }

    /// Everybody with his number.
    pub fn everybody(&self) -> impl Iterator<Item = (PersonId, &PersonTally)> {
        (0..).zip(&self.people)
    }

    /// Managers, the decision-maker left out.
    pub fn managers(&self) -> impl Iterator<Item = (PersonId, &PersonTally)> {
        self.everybody().filter(|(id, _)| !self.decides(*id))
    }

    /// Whether he is the decision-maker.
    pub fn decides(&self, id: PersonId) -> bool {
        id == self.case.decision_maker
    }

    /// Whether the scenario is one of a thing that must be bought anyway.
    pub fn must(&self) -> bool {
        self.case.need_class == NeedClass::Must
    }

    /// Whether it was settled before the first word that such a thing is bought (pattern 2, or must-buy).
    pub fn settled_from_start(&self, id: PersonId) -> bool {
        self.must() || (!self.decides(id) && self.people[id as usize].category >= ACCEPTED)
    }

    /// Whether two people count as two roles. Department managers are of different departments.
    pub fn two_roles(&self, a: PersonId, b: PersonId) -> bool {
        let (one, other) = (self.case.person(a).role, self.case.person(b).role);
        a != b && (one != other || one == Role::DepartmentManager)
    }

    /// How he is addressed.
    pub fn call(&self, id: PersonId) -> &Text {
        &self.case.person(id).call
    }

    /// Several people by name.
    pub fn names(&self, ids: &[PersonId]) -> Text {
        let all: Vec<&Text> = ids.iter().map(|&id| self.call(id)).collect();
        let zh: Vec<&str> = all.iter().map(|t| t.zh.as_str()).collect();
        let en: Vec<&str> = all.iter().map(|t| t.en.as_str()).collect();
        let en = match en.as_slice() {
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            few => few.concat(),
        };
        Text {
            zh: zh.join("、"),
            en,
        }
    }

    /// Where a gauge moved, over everybody the test lets through.
    pub fn moves(&self, gauge: Gauge, of: impl Fn(PersonId) -> bool) -> Vec<Cite> {
        self.everybody()
            .filter(|(id, _)| of(*id))
            .flat_map(|(_, p)| p.moves.iter().filter(|(g, _)| *g == gauge).map(|(_, c)| *c))
            .collect()
    }

    /// A finding. One that rests on an absence is shown by the last turn of talk: until then it had not been done.
    pub fn finding(&self, words: Text, cites: impl IntoIterator<Item = Cite>) -> Finding {
        let mut cites: Vec<Cite> = cites.into_iter().collect();
        cites.sort_unstable();
        cites.dedup();
        if cites.is_empty() {
            cites.extend(self.talk.last());
        }
        Finding { words, cites }
    }
}

impl PersonTally {
    /// Whether his category stance is anything of the trainee's doing: a stance nobody has touched is no merit.
    pub fn touched(&self) -> bool {
        !self.talked.is_empty() || self.moves.iter().any(|(g, _)| *g == Gauge::Category)
    }

    /// Breaches nobody has mended.
    pub fn unrepaired(&self) -> impl Iterator<Item = &Breach> {
        self.breaches.iter().filter(|b| !b.repaired)
    }
}
