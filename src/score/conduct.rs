//! D7: what the talks did to trust.

use super::grading::{Grading, count, said};
use super::tally::Tally;
use super::vendor::claims_words;
use super::{Cite, Dimension, Level};
use crate::scenario::PersonId;
use crate::sim::Gauge;

/// D7: what the talks did to trust.
pub(super) fn conduct(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::Conduct);
    g.needs(
        2,
        t.improper.is_empty(),
        said("没有许不当的好处", "No improper favour was offered"),
        said(
            "许了不当的好处：这条线不能碰",
            "An improper favour was offered: that line is not to be touched",
        ),
        t.improper.clone(),
    );
    // A cold call hurts every manager passed over, and was still one breach.
    let mut left: Vec<Cite> = t
        .people
        .iter()
        .flat_map(|p| p.unrepaired().map(|b| b.cite))
        .collect();
    left.sort_unstable();
    left.dedup();
    let n = left.len();
    for (level, most) in [(2, 1), (3, 0)] {
        g.needs(
            level, n <= most,
            if n == 0 {
                said("没有留下没补救的失礼", "No breach was left unmended")
            } else {
                said("没补救的失礼只有 1 次", "Only 1 breach was left unmended")
            },
            said(format!("施压、反驳或越级有 {n} 次没补救：说一句实在话，能挽回来"), format!("{} of pushing, contradicting or going round left unmended; candour would mend it", count(n, "case", "cases"))),
            left.clone(),
        );
    }
    let net = |id: PersonId| t.now(id).trust - t.people[id as usize].trust;
    let lost: Vec<PersonId> = t
        .everybody()
        .map(|(id, _)| id)
        .filter(|&id| t.case.person(id).required && net(id) < 0)
        .collect();
    let who = t.names(&lost);
    g.needs(
        3,
        lost.is_empty(),
        said(
            "关键的人对我们的信任都没有比开始时少",
            "No key person trusts us less than at the start",
        ),
        said(
            format!("{}的信任比开始时少了", who.zh),
            format!("Trust is less than at the start with {}", who.en),
        ),
        t.moves(Gauge::Trust, |id| {
            if lost.is_empty() {
                t.case.person(id).required
            } else {
                lost.contains(&id)
            }
        }),
    );
    let claims = t.unsupported.len();
    let (met, missed) = claims_words(claims);
    for (level, most) in [(3, 1), (4, 0)] {
        let met = if claims == 0 {
            met.clone()
        } else {
            missed.clone()
        };
        g.needs(
            level,
            claims <= most,
            met,
            missed.clone(),
            t.unsupported.clone(),
        );
    }
    let point = t.session.world.model.trust.scale_quarters;
    let closer: Vec<PersonId> = t
        .everybody()
        .map(|(id, _)| id)
        .filter(|&id| net(id) >= point)
        .collect();
    let names = t.names(&closer);
    g.needs(
        4, closer.len() >= t.people.len().min(2),
        said(format!("{}比开始时更信任我们", names.zh), format!("Trust has grown by a point or more with {}", names.en)),
        said("至少和两个人的信任要长一分：问出后果、说实话、守承诺都长信任", "With two people trust should grow by a point: consequences asked, candour and kept promises build it"),
        t.moves(Gauge::Trust, |id| closer.contains(&id)),
    );
    let candid: Vec<Cite> = t.people.iter().flat_map(|p| p.candid.clone()).collect();
    g.needs(
        4,
        !candid.is_empty(),
        said("坦白说了自己的短处", "A limit of ours was admitted openly"),
        said(
            "还没有坦白说过一处自己的短处",
            "No limit of ours was admitted yet",
        ),
        candid,
    );
    let broken = t.broken.len();
    g.needs(
        4,
        broken == 0,
        said("没有失约", "No promise was broken"),
        said(
            format!("失约 {broken} 次"),
            format!("{} broken", count(broken, "promise", "promises")),
        ),
        t.broken.clone(),
    );
    g.level()
}
