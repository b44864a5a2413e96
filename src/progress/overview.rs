//! The picture over time: trends, streaks, best and latest of each case, and what goes wrong most.

use super::mistake::Mistake;
use crate::scenario::Gate;
use crate::score::Dimension;
use crate::sim::Outcome;
use crate::text::Text;

/// How many finished sessions a trend shows.
pub const TREND: usize = 40;

/// What the overview needs of one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The scenario's identifier.
    pub scenario: String,
    /// The scenario's title.
    pub title: Text,
    /// The day its last turn was put in, counted from any fixed day.
    pub day: i64,
    /// How it ended; `None` while it goes on.
    pub outcome: Option<Outcome>,
    /// The total, 1–4.
    pub total: f64,
    /// The level of each dimension.
    pub levels: [Option<u8>; Dimension::ALL.len()],
    /// How often each mistake was made, by its place in [`Mistake::ALL`].
    pub mistakes: [u16; Mistake::ALL.len()],
}

/// One case's history.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseLine {
    /// The scenario's identifier.
    pub scenario: String,
    /// Its title, as it was last played.
    pub title: Text,
    /// Sessions finished.
    pub finished: usize,
    /// Orders among them.
    pub orders: usize,
    /// The best total, 1–4.
    pub best: f64,
    /// The latest total, 1–4.
    pub latest: f64,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overview {
    /// Sessions begun.
    pub sessions: usize,
    /// Sessions that came to an end.
    pub finished: usize,
    /// Orders among them.
    pub orders: usize,
    /// Days in a row with practice, up to today or yesterday.
    pub streak: usize,
    /// The longest such row.
    pub longest: usize,
    /// Days with practice in all.
    pub days: usize,
    /// Totals of the last [`TREND`] finished sessions, oldest first.
    pub totals: Vec<f64>,
    /// Levels of the same sessions, by dimension.
    pub levels: Vec<(Dimension, Vec<Option<u8>>)>,
    /// Mistakes in the same sessions, the most frequent first; those never made are left out.
    pub mistakes: Vec<(Mistake, Vec<u16>)>,
    /// Mistakes of all sessions by the gate that was shut, the most frequent first.
    pub gates: Vec<(Gate, usize)>,
    /// Each case played to an end, in order of its identifier.
    pub cases: Vec<CaseLine>,
}

impl Overview {
    /// The picture of `scores`, oldest first; `gates` counts mistakes by gate; `today` is counted as the scores' days are.
    pub fn of(scores: &[Score], mut gates: Vec<(Gate, usize)>, today: i64) -> Overview {
        let finished: Vec<&Score> = scores.iter().filter(|s| s.outcome.is_some()).collect();
        let recent = &finished[finished.len().saturating_sub(TREND)..];
        let levels = Dimension::ALL.iter().map(|&dimension| {
            let of = recent.iter().map(|s| s.levels[dimension as usize]);
            (dimension, of.collect())
        });
        let mistakes = Mistake::ALL.iter().map(|&mistake| {
            let of: Vec<u16> = recent
                .iter()
                .map(|s| s.mistakes[mistake as usize])
                .collect();
            (mistake, of)
        });
        let sum = |of: &[u16]| of.iter().map(|&n| usize::from(n)).sum::<usize>();
        let mut mistakes: Vec<(Mistake, Vec<u16>)> =
            mistakes.filter(|(_, of)| sum(of) > 0).collect();
        mistakes.sort_by_key(|(_, of)| std::cmp::Reverse(sum(of)));
        gates.retain(|(_, count)| *count > 0);
        gates.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let (streak, longest, days) = streaks(scores, today);
        let won = |s: &&&Score| s.outcome == Some(Outcome::Order);
        Overview {
            sessions: scores.len(),
            finished: finished.len(),
            orders: finished.iter().filter(won).count(),
            streak,
            longest,
            days,
            totals: recent.iter().map(|s| s.total).collect(),
            levels: levels.collect(),
            mistakes,
            gates,
            cases: cases(&finished),
        }
    }
}

/// Days in a row up to today or yesterday, the longest row, and days in all.
fn streaks(scores: &[Score], today: i64) -> (usize, usize, usize) {
    let mut days: Vec<i64> = scores.iter().map(|s| s.day).collect();
    days.sort_unstable();
    days.dedup();
    let (mut row, mut longest, mut last) = (0, 0, None);
    for &day in &days {
        row = if last == Some(day - 1) { row + 1 } else { 1 };
        longest = longest.max(row);
        last = Some(day);
    }
    // Today is not over: who practised yesterday has not broken his row.
    let current = last.is_some_and(|day| day >= today - 1);
    (if current { row } else { 0 }, longest, days.len())
}

fn cases(finished: &[&Score]) -> Vec<CaseLine> {
    let mut lines: std::collections::BTreeMap<&str, CaseLine> = Default::default();
    for score in finished {
        let line = lines.entry(&score.scenario).or_insert_with(|| CaseLine {
            scenario: score.scenario.clone(),
            title: score.title.clone(),
            finished: 0,
            orders: 0,
            best: score.total,
            latest: score.total,
        });
        line.title = score.title.clone();
        line.finished += 1;
        line.orders += usize::from(score.outcome == Some(Outcome::Order));
        line.best = line.best.max(score.total);
        line.latest = score.total;
    }
    lines.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(scenario: &str, day: i64, total: f64, outcome: Option<Outcome>) -> Score {
        Score {
            scenario: scenario.into(),
            title: Text::same(scenario),
            day,
            outcome,
            total,
            levels: [Some(2); 8],
            mistakes: [0; Mistake::ALL.len()],
        }
    }

    #[test]
    fn a_row_of_days_lasts_until_a_day_is_missed() {
        let days = [1, 2, 3, 5, 6].map(|day| score("a", day, 2.0, None));
        let rows = |today| {
            let seen = Overview::of(&days, Vec::new(), today);
            (seen.streak, seen.longest, seen.days)
        };
        assert_eq!(rows(6), (2, 3, 5));
        assert_eq!(rows(7), (2, 3, 5), "today is not over");
        assert_eq!(rows(8), (0, 3, 5));
        assert_eq!(Overview::of(&[], Vec::new(), 8).streak, 0);
    }

    #[test]
    fn a_case_shows_its_best_and_its_latest() {
        let order = Some(Outcome::Order);
        let scores = [
            score("b", 1, 3.4, order),
            score("a", 2, 1.2, Some(Outcome::TimeOut)),
            score("b", 3, 2.9, Some(Outcome::TimeOut)),
            score("b", 4, 4.0, None),
        ];
        let seen = Overview::of(&scores, Vec::new(), 4);
        let lines: Vec<(&str, usize, usize, f64, f64)> = seen
            .cases
            .iter()
            .map(|c| (&*c.scenario, c.finished, c.orders, c.best, c.latest))
            .collect();
        assert_eq!(lines, [("a", 1, 0, 1.2, 1.2), ("b", 2, 1, 3.4, 2.9)]);
        assert_eq!((seen.sessions, seen.finished, seen.orders), (4, 3, 1));
        assert_eq!(seen.totals, [3.4, 1.2, 2.9]);
    }

    #[test]
    fn the_most_frequent_mistake_comes_first() {
        let mut one = score("a", 1, 2.0, Some(Outcome::TimeOut));
        one.mistakes[Mistake::Pressed as usize] = 3;
        one.mistakes[Mistake::VendorTooEarly as usize] = 1;
        let gates = vec![(Gate::Vendor, 0), (Gate::Politics, 1), (Gate::Category, 5)];
        let seen = Overview::of(&[one], gates, 1);
        let names: Vec<Mistake> = seen.mistakes.iter().map(|(m, _)| *m).collect();
        assert_eq!(names, [Mistake::Pressed, Mistake::VendorTooEarly]);
        assert_eq!(seen.gates, [(Gate::Category, 5), (Gate::Politics, 1)]);
    }
}
