//! A deal's log → a report with evidence: what was good, by turn and rule.
//!
//! Pure: the same log always gets the same report, and every level cites the turns that earned it. Rubric: eight
//! dimensions with four levels each, two verdicts beside them that are never merged in, and the outcome of each visit.

mod advance;
mod category;
mod conduct;
mod decision;
mod gather;
mod grading;
mod needs;
mod notes;
mod objections;
mod outcome;
mod tally;
#[cfg(test)]
mod tests;
mod vendor;
mod verdict;

use crate::codebook::vocabulary;
use crate::scenario::PersonId;
use crate::session::Session;
use crate::sim::{Outcome, Route, Rule, VisitEnd};
use tally::Tally;

vocabulary! {
    /// The dimensions, in the order of the rubric.
    Dimension {
        /// D1.
        CategoryFirst = "category_first", "品类先行", "Category first";
        /// D2.
        NeedDevelopment = "need_development", "需求开发", "Need development";
        /// D3.
        ConcreteOutcome = "concrete_outcome", "效果具体化与降险", "Concrete outcome, lower risk";
        /// D4.
        VendorCase = "vendor_case", "厂商论证", "Vendor case";
        /// D5.
        Objections = "objections", "异议处理", "Objection handling";
        /// D6.
        DecisionMaker = "decision_maker", "决策链与决策者", "Stakeholders and decision-maker";
        /// D7.
        Conduct = "conduct", "信任与合规", "Trust and conduct";
        /// D8.
        Advance = "advance", "推进", "Advance";
    }
}

/// One place in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cite {
    /// Index into the session's turns.
    pub turn: usize,
    /// The rule that worked there.
    pub rule: Option<Rule>,
}

/// A condition of the rubric, met or missed, with the turns that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found, in both languages, figures filled in.
    pub words: crate::text::Text,
    /// The turns that show it; empty only where nothing at all happened (then the words say so).
    pub cites: Vec<Cite>,
}

/// One dimension's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Which dimension.
    pub dimension: Dimension,
    /// 1–4; `None` where the case gave no occasion (not assessed).
    pub level: Option<u8>,
    /// Why it is not lower.
    pub met: Vec<Finding>,
    /// What the next level would have taken; empty at 4.
    pub missed: Vec<Finding>,
}

/// Whether and when a person was moved from category to vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Whom.
    pub person: PersonId,
    /// Category stance at the start and now.
    pub category: (u8, u8),
    /// Vendor stance now.
    pub vendor: u8,
    /// Turn at which he first stood at category 3 or more; `None` where he never did, or did from the start.
    pub accepted_at: Option<usize>,
    /// Vendor arguments he got before that.
    pub premature: u8,
}

/// Whether the decision-maker was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// Access level, 0–5.
    pub access: u8,
    /// By which road he was met first.
    pub route: Option<Route>,
    /// The turn in which he was met first.
    pub turn: Option<usize>,
}

/// One visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitRow {
    /// Week.
    pub week: u8,
    /// Whom.
    pub person: PersonId,
    /// How it ended; `None` where he could not be met or the visit is still on.
    pub end: Option<VisitEnd>,
    /// Turns of talk.
    pub turns: u16,
    /// Index of the turn it began.
    pub began: usize,
}

/// A turn on which the deal hung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurningPoint {
    /// Where.
    pub turn: usize,
    /// For better (true) or worse.
    pub gain: bool,
    /// The rule that worked.
    pub rule: Rule,
    /// With whom.
    pub person: PersonId,
}

/// Why somebody did not give what was asked of him: never both at once (the article's confusion).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Relationship too weak: trust below what the step takes.
    TooWeak,
    /// The relationship is fine; this is not his to decide.
    NotHisToDecide,
    /// He is the one who decides.
    Decides,
    /// Fine.
    Fine,
}

/// The report of a deal, finished or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The eight dimensions, in order.
    pub levels: Vec<Level>,
    /// Weighted mean of the assessed levels, 1–4, after caps, not rounded.
    pub total: f64,
    /// The same before caps.
    pub uncapped: f64,
    /// Caps that held, with the reason.
    pub caps: Vec<(f64, Finding)>,
    /// First verdict: moved from category to vendor? One entry for each person met.
    pub moved: Vec<Moved>,
    /// Second verdict: reached the decision-maker?
    pub reached: Reached,
    /// Visits in order.
    pub visits: Vec<VisitRow>,
    /// Up to three turning points, in order of time.
    pub turning_points: Vec<TurningPoint>,
    /// Relationship against authority, one for each person met.
    pub standings: Vec<(PersonId, Standing)>,
    /// How the deal ended.
    pub outcome: Option<Outcome>,
}

/// The report of a deal as far as it has got: a pure fold over what was dealt and the turns.
pub fn report(session: &Session) -> Report {
    let tally = Tally::of(session);
    let levels: Vec<Level> = Dimension::ALL.iter().map(|&d| grade(&tally, d)).collect();
    let uncapped = verdict::mean(&levels);
    let caps = verdict::caps(&tally);
    Report {
        total: caps
            .iter()
            .fold(uncapped, |total, (cap, _)| total.min(*cap)),
        levels,
        uncapped,
        caps,
        moved: verdict::moved(&tally),
        reached: verdict::reached(&tally),
        visits: tally.visits.iter().map(|v| v.row).collect(),
        turning_points: verdict::turning_points(&tally),
        standings: verdict::standings(&tally),
        outcome: session.state.outcome,
    }
}

fn grade(tally: &Tally, dimension: Dimension) -> Level {
    if tally.talk.is_empty() {
        return grading::Grading::new(tally, dimension).nothing_said();
    }
    match dimension {
        Dimension::CategoryFirst => category::category_first(tally),
        Dimension::NeedDevelopment => needs::need_development(tally),
        Dimension::ConcreteOutcome => outcome::concrete_outcome(tally),
        Dimension::VendorCase => vendor::vendor_case(tally),
        Dimension::Objections => objections::objections(tally),
        Dimension::DecisionMaker => decision::decision_maker(tally),
        Dimension::Conduct => conduct::conduct(tally),
        Dimension::Advance => advance::advance(tally),
    }
}
