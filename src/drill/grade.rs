//! What a typed first reply is worth: the gate first, then whether it asks before it tells, then the client's action.

use super::memory::Rating;
use crate::codebook::{Act, SpokenAct};
use crate::scenario::Gate;

/// What a reply came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// How well the card was known.
    pub rating: Rating,
    /// Acts that serve at this gate.
    pub served: Vec<Act>,
    /// Acts that knock at another gate or break something.
    pub harmed: Vec<Act>,
}

/// Acts that open any gate a little: he asks or hears before he tells.
const ASKING: [Act; 3] = [Act::Probe, Act::AskCriteria, Act::Summarize];
/// Acts that never serve in a first reply.
const HARMFUL: [Act; 5] = [
    Act::Pressure,
    Act::Bypass,
    Act::Rebut,
    Act::Improper,
    Act::Discount,
];

/// Grades a reply by the acts it was read as.
pub fn grade(gate: Gate, acts: &[SpokenAct]) -> Graded {
    let (serve, tell, harm) = table(gate);
    let has = |set: &[Act]| -> Vec<Act> {
        let found = acts.iter().map(|spoken| spoken.act);
        found.filter(|act| set.contains(act)).collect()
    };
    let mut served = has(serve);
    served.extend(has(&ASKING));
    let mut harmed = has(&HARMFUL);
    harmed.extend(has(harm));
    let moves_on = acts.iter().any(|spoken| {
        spoken.act == Act::ProposeNext && spoken.specific
            || matches!(spoken.act, Act::AskAccess | Act::Equip) && serve.contains(&spoken.act)
    });
    let rating = if !harmed.is_empty() {
        Rating::Again
    } else if !served.is_empty() && moves_on {
        Rating::Easy
    } else if !served.is_empty() || gate == Gate::Engagement && moves_on {
        Rating::Good
    } else if !has(tell).is_empty() || moves_on {
        Rating::Hard
    } else {
        Rating::Again
    };
    Graded {
        rating,
        served,
        harmed,
    }
}

/// For a gate: what serves, what is right but tells first, what knocks elsewhere.
fn table(gate: Gate) -> (&'static [Act], &'static [Act], &'static [Act]) {
    match gate {
        Gate::Category => (
            &[Act::AskProblem, Act::AskImplication, Act::AskPayoff],
            &[Act::CategoryCase, Act::Quantify, Act::AskSituation],
            &[Act::VendorCase, Act::PriceInfo, Act::AskAccess],
        ),
        Gate::Vendor => (
            &[Act::AskProblem, Act::Proof, Act::Candor],
            &[Act::VendorCase, Act::Derisk, Act::Quantify, Act::PriceInfo],
            &[Act::CategoryCase],
        ),
        Gate::Confidence => (
            &[Act::AskProblem, Act::Derisk, Act::Candor],
            &[Act::Quantify, Act::Proof],
            &[Act::VendorCase, Act::CategoryCase, Act::AskImplication],
        ),
        Gate::Process => (
            &[Act::AskProcess, Act::Equip],
            &[Act::Candor, Act::Proof],
            &[Act::VendorCase, Act::CategoryCase],
        ),
        Gate::Authority => (
            &[Act::AskProcess, Act::AskAccess, Act::Equip],
            &[Act::Acknowledge],
            &[Act::CategoryCase, Act::VendorCase],
        ),
        Gate::Engagement => (
            &[
                Act::AskProblem,
                Act::AskImplication,
                Act::Quantify,
                Act::Equip,
            ],
            &[Act::Agenda, Act::CategoryCase],
            &[Act::VendorCase, Act::PriceInfo],
        ),
        Gate::Politics => (
            &[Act::AskProcess, Act::Equip, Act::AskProblem],
            &[Act::Acknowledge, Act::Derisk],
            &[Act::VendorCase, Act::CategoryCase],
        ),
    }
}
