//! D3: hopes that can be checked, and less to be afraid of.

use super::grading::{Grading, count, said};
use super::tally::{Objection, Tally};
use super::vendor::unsupported;
use super::{Cite, Dimension, Level};
use crate::codebook::Act;
use crate::scenario::{Gate, PersonId};

/// D3: hopes that can be checked, and less to be afraid of.
pub(super) fn concrete_outcome(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::ConcreteOutcome);
    let hoped = t.case.people.iter().any(|p| !p.hopes.is_empty());
    let feared = t
        .case
        .people
        .iter()
        .any(|p| p.concerns.iter().any(|c| c.gate == Gate::Confidence));
    if !hoped && !feared {
        return g.not_assessed(said(
            "这个案子里没有要具体化的期望",
            "Nobody in this case has a hope to be made concrete",
        ));
    }
    let figures: Vec<Cite> = t
        .quantified
        .iter()
        .chain(&t.proofs)
        .chain(&t.criteria)
        .copied()
        .collect();
    g.needs(
        2, !figures.is_empty(),
        said("拿出了数字或证据，或者问了客户怎么算成功", "Figures or evidence were given, or it was asked what would count as success"),
        said("效果还停在空话：没有数字，也没问怎样才算成功", "The effect is still vague: no figure, and nobody was asked what would count as success"),
        figures,
    );
    let effects: Vec<(PersonId, Cite)> = t
        .everybody()
        .flat_map(|(id, p)| p.hopes.iter().filter(|h| h.1 == 2).map(move |h| (id, h.2)))
        .collect();
    if hoped {
        let ids: Vec<PersonId> = t
            .everybody()
            .map(|(id, _)| id)
            .filter(|id| effects.iter().any(|(e, _)| e == id))
            .collect();
        let who = t.names(&ids);
        g.needs(
            3,
            !effects.is_empty(),
            said(
                format!("{}认可了一个可查的效果", who.zh),
                format!("A result that can be checked was accepted by {}", who.en),
            ),
            said(
                "还没有一个期望变成客户点头的、可查的数",
                "No hope has become a figure the client accepts as the test",
            ),
            effects.iter().map(|(_, c)| *c),
        );
    }
    let worries: Vec<(PersonId, &Objection)> = t
        .everybody()
        .flat_map(|(id, p)| p.objections.iter().map(move |o| (id, o)))
        .filter(|(_, o)| o.gate == Gate::Confidence)
        .collect();
    if feared {
        let calmed: Vec<Cite> = worries
            .iter()
            .filter(|(_, o)| o.by == Some(Act::Derisk))
            .filter_map(|(_, o)| o.closed)
            .collect();
        let tried = worries
            .iter()
            .filter_map(|(_, o)| o.answered.or(Some(o.raised)));
        g.needs(
            3, !calmed.is_empty(),
            said(format!("用试用、担保或责任条款放下了 {} 个不敢定的顾虑", calmed.len()), format!("{} about deciding settled by trial, guarantee or liability terms", count(calmed.len(), "fear", "fears"))),
            said("还没有一个不敢定的顾虑靠试用、担保或责任条款真正放下", "No fear of deciding has yet been laid to rest by a trial, a guarantee or liability terms"),
            if calmed.is_empty() { tried.collect() } else { calmed },
        );
    }
    let decider = t.case.decision_maker;
    let boss = t.call(decider);
    if !t.case.person(decider).hopes.is_empty() {
        let accepted: Vec<Cite> = effects
            .iter()
            .filter(|(id, _)| *id == decider)
            .map(|(_, c)| *c)
            .collect();
        g.needs(
            4,
            !accepted.is_empty(),
            said(
                format!("{}认了衡量效果的数", boss.zh),
                format!("{} accepted the measure of success", boss.en),
            ),
            said(
                format!("{}还没认一个衡量效果的数", boss.zh),
                format!("{} has not accepted a measure of success yet", boss.en),
            ),
            accepted,
        );
    }
    if hoped {
        let whole = t.everybody().find_map(|(_, p)| {
            let parts = |hope| p.hopes.iter().filter(move |h| h.0 == hope);
            (0..4)
                .find(|&hope| (0..3).all(|part| parts(hope).any(|h| h.1 == part)))
                .map(|hope| parts(hope).map(|h| h.2).collect::<Vec<_>>())
        });
        let part = t.people.iter().flat_map(|p| p.hopes.iter().map(|h| h.2));
        g.needs(
            4,
            whole.is_some(),
            said(
                "一个期望的功能、操作、效果都说清了",
                "For one hope, what it does, how it is worked and what it brings are all clear",
            ),
            said(
                "还没有一个期望把功能、操作、效果三样都说清",
                "For no hope are what it does, how it is worked and what it brings all clear yet",
            ),
            whole.unwrap_or_else(|| part.collect()),
        );
    }
    // Terms count as agreed where a trial was, or where the one who signs took them as the answer to his worry.
    let terms: Vec<Cite> = t
        .pilots
        .iter()
        .copied()
        .chain(
            worries
                .iter()
                .filter(|(id, o)| *id == decider && o.by == Some(Act::Derisk))
                .filter_map(|(_, o)| o.answered),
        )
        .collect();
    g.needs(
        4,
        !terms.is_empty(),
        said(
            "约定了试用或验收条件",
            "A trial or terms of acceptance were agreed",
        ),
        said(
            "还没约定试用或验收条件：先做一小块，验过再铺开",
            "No trial or terms of acceptance agreed yet: one small part first, then the rest",
        ),
        terms,
    );
    let open: Vec<Cite> = worries
        .iter()
        .filter(|(_, o)| o.open)
        .map(|(_, o)| o.recurred.unwrap_or(o.raised))
        .collect();
    g.needs(
        4,
        open.is_empty(),
        said(
            "没有留下不敢定的顾虑",
            "No fear of deciding was left standing",
        ),
        said(
            format!("还有 {} 个不敢定的顾虑悬着", open.len()),
            format!(
                "{} of deciding still standing",
                count(open.len(), "fear", "fears")
            ),
        ),
        open,
    );
    unsupported(t, &mut g);
    g.level()
}
