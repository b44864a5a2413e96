//! How one person stands at the start, and what can be asked of him.

use super::{ConcernState, NeedState, PersonState};
use crate::codebook::{TOPICS, Topic, TopicSet};
use crate::scenario::{Gate, Mode};
use crate::sim::event::Worry;

impl PersonState {
    pub(super) fn nobody() -> PersonState {
        PersonState {
            category: 0,
            vendor: 0,
            confidence: 0,
            access: 0,
            trust: 0,
            patience_start: 0,
            mode: Mode::EvenKeel,
            opposed: false,
            breach: false,
            named: false,
            visits: 0,
            live: TopicSet::NONE,
            needs: [NeedState::default(); TOPICS],
            concerns: [None; TOPICS],
            hopes: [[false; 3]; 4],
            argued: TopicSet::NONE,
            evidenced: TopicSet::NONE,
            linked: TopicSet::NONE,
            proven: false,
            candid: TopicSet::NONE,
            heard_wants: TopicSet::NONE,
            process_told: 0,
            criteria_told: false,
            price_asked: false,
            price_told: false,
            seen_through: false,
            brushed_off: false,
            premature: 0,
            declined_steps: 0,
            situation_told: TopicSet::NONE,
            reported: false,
        }
    }

    /// Somebody else takes his chair: what goes with the chair stays, what was said with the man does not. Stances are
    /// moved by events of their own.
    pub(super) fn replace(&mut self) {
        let mut concerns = self.concerns;
        for concern in concerns.iter_mut().flatten() {
            *concern = ConcernState {
                worry: Worry::Hidden,
                by_trainee: false,
                probed: false,
                recurred: false,
                heard: false,
                ..*concern
            };
        }
        *self = PersonState {
            category: self.category,
            vendor: self.vendor,
            confidence: self.confidence,
            access: self.access,
            trust: self.trust,
            patience_start: self.patience_start,
            mode: self.mode,
            named: self.named,
            live: self.live,
            premature: self.premature,
            concerns,
            ..PersonState::nobody()
        };
    }

    /// How a difficulty stands.
    pub fn need(&self, topic: Topic) -> NeedState {
        self.needs[topic as usize]
    }

    /// How a worry stands, if he has one on the topic.
    pub fn concern(&self, topic: Topic) -> Option<ConcernState> {
        self.concerns[topic as usize]
    }

    /// Topics on which he has said that he wants a remedy.
    pub fn wants(&self) -> TopicSet {
        self.topics_where(|n| n.level == 2)
    }

    /// Topics on which he has at least admitted a difficulty.
    pub fn admitted(&self) -> TopicSet {
        self.topics_where(|n| n.level >= 1)
    }

    fn topics_where(&self, test: impl Fn(&NeedState) -> bool) -> TopicSet {
        let mut bits = 0;
        for (i, need) in self.needs.iter().enumerate() {
            bits |= u32::from(test(need)) << i;
        }
        TopicSet(bits)
    }

    /// Worries with their topics.
    pub fn worries(&self) -> impl Iterator<Item = (Topic, ConcernState)> + '_ {
        self.concerns
            .iter()
            .enumerate()
            .filter_map(|(i, c)| c.map(|c| (Topic::ALL[i], c)))
    }

    /// Whether a worry of this gate stands open.
    pub fn has_open(&self, gate: Gate) -> bool {
        self.concerns
            .iter()
            .flatten()
            .any(|c| c.gate == gate && c.is_open())
    }

    /// Whether the effect of one of his hopes is checkable.
    pub fn has_concrete_hope(&self) -> bool {
        self.hopes.iter().any(|parts| parts[2])
    }
}
