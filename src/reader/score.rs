//! How good a reader is: its readings beside those of people.

use crate::codebook::{Act, Topic, TopicSet};

/// What people read in a line.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Acts all of them gave.
    pub acts: Vec<Act>,
    /// Acts one of them gave: right or wrong, they are not counted.
    pub maybe: Vec<Act>,
    /// Topics all of them gave.
    pub topics: TopicSet,
    /// Topics one of them gave.
    pub topics_maybe: TopicSet,
}

/// Found, invented, missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// In gold and read.
    pub right: u32,
    /// Read, and not in gold.
    pub invented: u32,
    /// In gold, and not read.
    pub missed: u32,
}

impl Counts {
    /// The harmonic mean of precision and recall, 0–1; 1 where there was nothing to find and nothing was invented.
    pub fn f1(self) -> f64 {
        let all = 2 * self.right + self.invented + self.missed;
        if all == 0 {
            1.0
        } else {
            f64::from(2 * self.right) / f64::from(all)
        }
    }

    fn is_empty(self) -> bool {
        self == Counts::default()
    }

    fn count(&mut self, wanted: bool, got: bool) {
        match (wanted, got) {
            (true, true) => self.right += 1,
            (false, true) => self.invented += 1,
            (true, false) => self.missed += 1,
            (false, false) => {}
        }
    }
}

/// A reader's score over many lines.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Lines compared.
    pub lines: u32,
    /// Lines whose acts were all right and no more.
    pub exact: u32,
    /// By act, in codebook order.
    pub acts: Vec<Counts>,
    /// All topics together.
    pub topics: Counts,
    /// How often one act was read where another stood alone unread: missed, then read.
    pub confused: std::collections::BTreeMap<(Act, Act), u32>,
}

impl Score {
    /// Adds one line.
    pub fn add(&mut self, gold: &Gold, acts: &[Act], topics: TopicSet) {
        self.acts.resize(Act::ALL.len(), Counts::default());
        self.lines += 1;
        let mut exact = true;
        let mut missed = Vec::new();
        let mut invented = Vec::new();
        for &act in Act::ALL {
            let wanted = gold.acts.contains(&act);
            let got = acts.contains(&act) && !gold.maybe.contains(&act);
            self.acts[act as usize].count(wanted, got);
            exact &= wanted == got;
            if wanted && !got {
                missed.push(act);
            }
            if got && !wanted {
                invented.push(act);
            }
        }
        for &was in &missed {
            for &read in &invented {
                *self.confused.entry((was, read)).or_default() += 1;
            }
        }
        self.exact += u32::from(exact);
        for &topic in Topic::ALL {
            let wanted = gold.topics.has(topic);
            let got = topics.has(topic) && (wanted || !gold.topics_maybe.has(topic));
            self.topics.count(wanted, got);
        }
    }

    /// Over all acts together, 0–1.
    pub fn micro(&self) -> f64 {
        let mut all = Counts::default();
        for counts in &self.acts {
            all.right += counts.right;
            all.invented += counts.invented;
            all.missed += counts.missed;
        }
        all.f1()
    }

    /// The mean over acts that occur or were invented, 0–1.
    pub fn macro_mean(&self) -> f64 {
        let seen: Vec<f64> = self
            .acts
            .iter()
            .filter(|c| !c.is_empty())
            .map(|c| c.f1())
            .collect();
        seen.iter().sum::<f64>() / seen.len().max(1) as f64
    }

    /// The share of lines whose acts were all right, 0–1.
    pub fn exact_share(&self) -> f64 {
        f64::from(self.exact) / f64::from(self.lines.max(1))
    }
}
