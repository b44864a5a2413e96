//! What the trainee makes of the people he meets, and how near it comes to the truth.

use crate::codebook::{Topic, TopicSet, vocabulary};
use crate::scenario::PersonId;
use crate::session::Session;
use crate::sim::State;

vocabulary! {
    /// What somebody can do for or against an order.
    Power {
        /// He decides.
        Decides = "decides", "拍板", "decides";
        /// He can stop it and cannot say yes.
        CanStop = "can_stop", "能否决", "can stop it";
        /// He is heard.
        Advises = "advises", "提意见", "is heard";
    }
}

/// What is put on the map about one person; what is not known is left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guess {
    /// What worries him most.
    pub concern: Option<Topic>,
    /// What he can do.
    pub power: Option<Power>,
    /// How he stands to the category, 0–4.
    pub stance: Option<u8>,
}

/// One person's entry on the map held against the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Who.
    pub person: PersonId,
    /// What was put down; all open where nothing was.
    pub guess: Guess,
    /// What worries him, said or not.
    pub worries: TopicSet,
    /// What he can do.
    pub power: Power,
    /// How he stood to the category when that was put down, 0–4; at the end where nothing was.
    pub stance: u8,
}

impl Checked {
    /// How many of the things put down are right, of how many. A stance counts within one step.
    pub fn right(&self) -> (u8, u8) {
        let concern = self.guess.concern.map(|c| self.worries.has(c));
        let power = self.guess.power.map(|p| p == self.power);
        let stance = self.guess.stance.map(|s| s.abs_diff(self.stance) <= 1);
        let all: Vec<bool> = [concern, power, stance].into_iter().flatten().collect();
        let right = all.iter().filter(|&&r| r).count();
        (right as u8, all.len() as u8)
    }
}

/// The map of a deal, for everybody who was met or put down.
pub fn check(session: &Session) -> Vec<Checked> {
    let case = &session.world.case;
    let everybody = session.state.everybody();
    let known =
        everybody.filter(|&id| session.state.person(id).visits > 0 || session.guess(id).is_some());
    known
        .map(|id| {
            let (turn, guess) = session
                .guess(id)
                .unwrap_or((session.turns.len(), Guess::default()));
            let person = case.person(id);
            let mut state = State::fold(case, session.header.seed, &session.dealt);
            let turns = session.turns.iter().take(turn);
            turns.flat_map(|t| &t.events).for_each(|e| state.apply(e));
            let worries = person.concerns.iter().map(|c| c.topic);
            Checked {
                person: id,
                guess,
                worries: worries.collect(),
                power: match () {
                    () if id == case.decision_maker => Power::Decides,
                    () if person.veto => Power::CanStop,
                    () => Power::Advises,
                },
                stance: state.person(id).category.clamp(0, 4) as u8,
            }
        })
        .collect()
}
