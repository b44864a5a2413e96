//! A vote on the next line by show of hands, and what two of the lines would have come to.

use ratatui::crossterm::event::KeyCode;

use crate::codebook::ReadAct;
use crate::scenario::PersonId;
use crate::session::offer::Offer;
use crate::session::{Entry, Said, Session};
use crate::sim::{Event, Gauge, Rule};
use crate::text::Text;

/// The most hands that can be typed.
const MOST: u16 = 999;

/// Hands for each line, before and after the room has talked about it.
#[derive(Debug, Clone)]
pub(super) struct Vote {
    /// The lines.
    pub options: Vec<Offer>,
    /// Hands in each round, the first one first.
    pub rounds: Vec<Vec<u16>>,
    /// The marked line.
    pub at: usize,
}

impl Vote {
    /// A vote on these lines; there are two at least.
    pub fn on(options: Vec<Offer>) -> Vote {
        let none = vec![0; options.len()];
        Vote {
            options,
            rounds: vec![none],
            at: 0,
        }
    }

    /// The room has talked: hands go up again, and both counts stay.
    pub fn again(&mut self) {
        if self.rounds.len() == 1 {
            self.rounds.push(vec![0; self.options.len()]);
            self.at = 0;
        }
    }

    /// A digit of a count, or one taken back.
    pub fn typed(&mut self, code: KeyCode) {
        let at = self.at;
        let Some(count) = self.rounds.last_mut().and_then(|r| r.get_mut(at)) else {
            return;
        };
        match code {
            KeyCode::Char(c) => {
                if let Some(digit) = c.to_digit(10) {
                    let more = count.saturating_mul(10).saturating_add(digit as u16);
                    *count = if more > MOST { *count } else { more };
                }
            }
            KeyCode::Backspace => *count /= 10,
            _ => {}
        }
    }

    /// The two lines with most hands in the last round; of equal ones the upper first.
    pub fn leaders(&self) -> (usize, usize) {
        let counts = self.rounds.last().map_or(&[][..], |r| r);
        let mut order: Vec<usize> = (0..self.options.len()).collect();
        order.sort_by_key(|&n| std::cmp::Reverse(counts.get(n).copied().unwrap_or(0)));
        (order[0], order[1])
    }
}

/// What a line would have come to.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    /// The number of the line among those offered.
    pub number: usize,
    /// The line.
    pub words: Text,
    /// What the clients would have said.
    pub replies: Vec<Said>,
    /// Whose stance would have moved: whose, which, from, to, by which rule.
    pub moved: Vec<(PersonId, Gauge, i8, i8, Rule)>,
}

impl Branch {
    /// Says the line in a copy of the deal; the deal itself stays where it is.
    pub fn of(session: &Session, number: usize, offer: &Offer) -> Branch {
        let read = |&spoken| ReadAct {
            spoken,
            span: 0..0,
            confidence: 1.0,
        };
        let entry = Entry::Say {
            words: offer.words.clone(),
            acts: offer.acts.iter().map(read).collect(),
        };
        let mut copy = session.clone();
        let turn = copy.apply(entry).ok();
        let (events, said) = turn.map_or((&[][..], &[][..]), |t| (&t.events, &t.said));
        let moved = events.iter().filter_map(|event| match *event {
            Event::Moved {
                person,
                gauge,
                from,
                to,
                rule,
            } if gauge != Gauge::Patience => Some((person, gauge, from, to, rule)),
            _ => None,
        });
        Branch {
            number,
            words: offer.words.clone(),
            replies: said.iter().filter(|s| s.by.is_some()).cloned().collect(),
            moved: moved.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote() -> Vote {
        let offer = |words: &str| Offer {
            words: Text::same(words),
            acts: Vec::new(),
            worth: 0,
        };
        Vote::on(["a", "b", "c"].map(offer).to_vec())
    }

    #[test]
    fn hands_are_typed_and_both_rounds_are_kept() {
        let mut vote = vote();
        for (at, keys) in [(0, "12"), (1, "7"), (2, "x5")] {
            vote.at = at;
            keys.chars().for_each(|c| vote.typed(KeyCode::Char(c)));
        }
        assert_eq!(vote.rounds, [[12, 7, 5]]);
        assert_eq!(vote.leaders(), (0, 1));
        vote.again();
        vote.at = 2;
        "9999".chars().for_each(|c| vote.typed(KeyCode::Char(c)));
        assert_eq!(vote.rounds, [[12, 7, 5], [0, 0, 999]]);
        vote.typed(KeyCode::Backspace);
        assert_eq!(vote.rounds[1][2], 99);
        assert_eq!(vote.leaders(), (2, 0));
        vote.again();
        assert_eq!(vote.rounds.len(), 2, "there is one revote");
    }
}
