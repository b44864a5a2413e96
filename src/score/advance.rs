//! D8: whether the client did something after each visit.

use super::grading::{Grading, at_least, count, said, short_of};
use super::tally::{Tally, VisitTally};
use super::{Cite, Dimension, Level};
use crate::codebook::{Act, SpokenAct, Step};
use crate::sim::event::Event;
use crate::sim::{Input, VisitEnd};

/// D8: whether the client did something after each visit.
pub(super) fn advance(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::Advance);
    // A visit that is on counts as soon as something is agreed in it, or where there is no other; else it is too soon.
    let over = t.visits.iter().any(|v| v.row.end.is_some());
    let counts = |v: &&VisitTally| v.row.end.is_some() || v.rank > 0 || (!over && v.row.turns > 0);
    let visits: Vec<&VisitTally> = t.visits.iter().filter(counts).collect();
    let moved: Vec<&VisitTally> = visits.iter().copied().filter(|v| v.rank > 0).collect();
    let (n, all) = (moved.len(), visits.len());
    let ends: Vec<Cite> = visits
        .iter()
        .map(|v| Cite {
            turn: v.last,
            rule: None,
        })
        .collect();
    let agreed: Vec<Cite> = moved.iter().filter_map(|v| v.agreed).collect();
    let proposed: Vec<Cite> = t.proposals.iter().chain(&agreed).copied().collect();
    g.needs(
        2,
        !proposed.is_empty(),
        said("提出了具体的下一步", "A specific next step was proposed"),
        said(
            "还没提过具体的下一步：谁、做什么、哪天",
            "No specific next step was proposed yet: who does what, by when",
        ),
        if proposed.is_empty() {
            ends.clone()
        } else {
            proposed
        },
    );
    let sour: Vec<Cite> = visits
        .iter()
        .filter(|v| v.row.end == Some(VisitEnd::NoSale))
        .map(|v| Cite {
            turn: v.last,
            rule: None,
        })
        .collect();
    g.needs(
        2,
        sour.is_empty(),
        said("没有一次谈崩", "No visit ended badly"),
        said(
            format!("有 {} 次拜访谈崩了", sour.len()),
            format!("{} ended badly", count(sour.len(), "visit", "visits")),
        ),
        sour,
    );
    let share = said(
        format!("{all} 次拜访里，{n} 次客户答应了要做的事"),
        format!(
            "The client agreed to do something in {n} of {}",
            count(all, "visit", "visits")
        ),
    );
    let missing = || {
        visits
            .iter()
            .filter(|v| v.rank == 0)
            .map(|v| Cite {
                turn: v.last,
                rule: None,
            })
            .collect::<Vec<_>>()
    };
    let half = n >= 1 && at_least(n, all, 50);
    g.needs(
        3,
        half,
        share.clone(),
        short_of(&share, 50),
        if half { agreed.clone() } else { missing() },
    );
    let every = n >= 1 && n == all;
    g.needs(
        4,
        every,
        share.clone(),
        share,
        if every { agreed } else { missing() },
    );
    let ended = t.visits.iter().rev().find(|v| v.row.end.is_some());
    if let Some((last, more)) = ended.and_then(|v| Some((v, bigger_step(t, v.rank)?))) {
        g.needs(
            4,
            !more,
            said(
                "最后一次拜访，要到了当时能要到的最大一步",
                "The last visit got the largest step it could have got",
            ),
            said(
                "最后一次拜访，当时还能要到更大的一步",
                "The last visit could have got a larger step than it did",
            ),
            [Cite {
                turn: last.last,
                rule: None,
            }],
        );
    }
    g.level()
}

/// Whether the client would have agreed to more just before the last visit ended. Asked of the simulation itself,
/// so that score and client never disagree on what was possible.
fn bigger_step(t: &Tally, had: u8) -> Option<bool> {
    let state = t.at_parting.as_ref()?;
    let tries = [
        (3, SpokenAct::bare(Act::ProposeNext).step(Step::Decision)),
        (2, SpokenAct::bare(Act::AskAccess)),
        (2, SpokenAct::bare(Act::ProposeNext).step(Step::Pilot)),
        (1, SpokenAct::bare(Act::ProposeNext).step(Step::Small)),
    ];
    Some(tries.into_iter().any(|(rank, act)| {
        if rank <= had {
            return false;
        }
        let mut events = Vec::new();
        let input = Input::Say {
            acts: &[act],
            long: false,
            named: 0,
        };
        let world = &t.session.world;
        let taken = crate::sim::step(
            &world.case,
            &world.model,
            &mut state.clone(),
            input,
            &mut events,
        );
        let won = |e: &Event| match e {
            Event::Advanced { .. } => rank < 3,
            Event::VisitEnded { end, .. } => *end == VisitEnd::Order,
            _ => false,
        };
        taken.is_ok() && events.iter().any(won)
    }))
}
