//! From conditions to a level: the highest whose conditions, and those of all levels below, hold.

use super::tally::Tally;
use super::{Cite, Dimension, Finding, Level};
use crate::scenario::PersonId;
use crate::text::Text;

/// One dimension being graded.
pub(super) struct Grading<'t, 's> {
    tally: &'t Tally<'s>,
    dimension: Dimension,
    conditions: Vec<(u8, bool, Finding)>,
}

impl<'t, 's> Grading<'t, 's> {
    /// Begins a dimension.
    pub fn new(tally: &'t Tally<'s>, dimension: Dimension) -> Grading<'t, 's> {
        Grading {
            tally,
            dimension,
            conditions: Vec::new(),
        }
    }

    /// What a level (2–4) takes. A condition for level 2 also serves to hold somebody at 1.
    pub fn needs(
        &mut self,
        level: u8,
        holds: bool,
        met: Text,
        missed: Text,
        cites: impl IntoIterator<Item = Cite>,
    ) {
        let finding = self.tally.finding(if holds { met } else { missed }, cites);
        self.conditions.push((level, holds, finding));
    }

    /// The level, with why it is not lower and what the next would have taken.
    pub fn level(self) -> Level {
        let held = |level: u8| {
            self.conditions
                .iter()
                .all(|(at, holds, _)| *at != level || *holds)
        };
        let level = (2..=4).take_while(|&l| held(l)).last().unwrap_or(1);
        let mut result = Level {
            dimension: self.dimension,
            level: Some(level),
            met: Vec::new(),
            missed: Vec::new(),
        };
        for (at, holds, finding) in self.conditions {
            let into = if holds {
                &mut result.met
            } else {
                &mut result.missed
            };
            // A graded figure stands as a condition of several levels; it is said once.
            if at <= level + 1 && !into.contains(&finding) {
                into.push(finding);
            }
        }
        result
    }

    /// Nothing has been said yet.
    pub fn nothing_said(self) -> Level {
        self.not_assessed(said(
            "还没有谈过，这一项先不评",
            "Nothing has been said yet, so there is nothing to judge here",
        ))
    }

    /// The case gave no occasion.
    pub fn not_assessed(self, why: Text) -> Level {
        let missed = vec![self.tally.finding(why, [])];
        Level {
            dimension: self.dimension,
            level: None,
            met: Vec::new(),
            missed,
        }
    }
}

/// The same thing said in both languages.
pub(super) fn said(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text {
        zh: zh.into(),
        en: en.into(),
    }
}

/// A number with its English noun.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Who got how many, as “3 to Mr Wang and 1 to Ms Chen”.
pub(super) fn shares(tally: &Tally, of: &[(PersonId, usize)]) -> Text {
    let zh: Vec<String> = of
        .iter()
        .map(|&(id, n)| format!("{} {n} 次", tally.call(id).zh))
        .collect();
    let en: Vec<String> = of
        .iter()
        .map(|&(id, n)| format!("{n} to {}", tally.call(id).en))
        .collect();
    Text {
        zh: zh.join("、"),
        en: en.join(", "),
    }
}

/// A share in words.
pub(super) fn portion(per_cent: usize) -> Text {
    match per_cent {
        25 => said("四分之一", "a quarter"),
        50 => said("一半", "half"),
        75 => said("四分之三", "three quarters"),
        other => said(format!("百分之 {other}"), format!("{other} per cent")),
    }
}

/// A sentence with what it would have taken added to it.
pub(super) fn short_of(fact: &Text, per_cent: usize) -> Text {
    let share = portion(per_cent);
    Text {
        zh: format!("{}，至少要有{}", fact.zh, share.zh),
        en: format!("{}; it takes {} at least", fact.en, share.en),
    }
}

/// Whether `part` of `whole` is at least `per_cent`; of nothing, nothing is missing.
pub(super) fn at_least(part: usize, whole: usize, per_cent: usize) -> bool {
    part * 100 >= whole * per_cent
}
