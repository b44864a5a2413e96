//! How hard a case is, and how long.

use crate::review::players::Player;
use crate::review::prove::Rate;
use crate::scenario::Case;

/// How hard and how long a case is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difficulty {
    /// 1 (easy) to 5 (hard).
    pub level: u8,
    /// Points it was made from, 0–12.
    pub points: u8,
    /// Worries that come out only under probing.
    pub hidden: usize,
    /// People who must be with us, the decision-maker among them.
    pub required: usize,
    /// Turns of talk the strong player takes on average.
    pub turns: f64,
    /// Weeks he takes on average.
    pub weeks: f64,
}

/// The estimate, in points of which each stands for something a trainee meets:
///
/// | | 0 | 1 | 2 | 4 | 6 |
/// |---|---|---|---|---|---|
/// | the average player wins | 60 % or more | | 35–60 % | 15–35 % | less |
/// | turns of the strong player | under 30 | 30–59 | 60 or more | | |
/// | hidden worries | 0–1 | 2–3 | 4 or more | | |
/// | people required | 1–2 | 3 | 4 or more | | |
///
/// 0–12 points are spread evenly over the levels 1–5. Rough on purpose: it puts cases in order and measures nothing.
pub fn difficulty(case: &Case, rates: &[Rate]) -> Difficulty {
    let of = |player| rates.iter().find(|r| r.player == Some(player));
    let average = of(Player::Average).map_or(0.0, |r| r.won);
    let (turns, weeks) = of(Player::Strong).map_or((0.0, 0.0), |r| (r.turns, r.weeks));
    let hidden = case
        .people
        .iter()
        .flat_map(|p| &p.concerns)
        .filter(|c| c.hidden)
        .count();
    let required = (0..case.people.len())
        .filter(|&i| case.people[i].required || i == case.decision_maker as usize)
        .count();
    let by_average = match average {
        a if a >= 0.60 => 0,
        a if a >= 0.35 => 2,
        a if a >= 0.15 => 4,
        _ => 6,
    };
    let by = |value: usize, one: usize, two: usize| match value {
        v if v >= two => 2,
        v if v >= one => 1,
        _ => 0,
    };
    let points = by_average + by(turns as usize, 30, 60) + by(hidden, 2, 4) + by(required, 3, 4);
    Difficulty {
        level: 1 + (points * 4 + 6) / 12,
        points,
        hidden,
        required,
        turns,
        weeks,
    }
}
