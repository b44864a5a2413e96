//! D4: why from us, to people who want such a thing; and claims that can be looked up.

use super::grading::{Grading, at_least, count, said, short_of};
use super::tally::{ACCEPTED, Tally};
use super::{Cite, Dimension, Level};
use crate::scenario::PersonId;
use crate::sim::Gauge;
use crate::text::Text;

/// D4: why from us, to people who want such a thing.
pub(super) fn vendor_case(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::VendorCase);
    let reached = t.everybody().any(|(id, p)| {
        !p.talked.is_empty()
            && (p.accepted.is_some() || p.category >= ACCEPTED || t.now(id).category >= ACCEPTED)
    });
    if !reached {
        return g.not_assessed(said(
            "还没有人想要这类东西，谈不上为什么选我们",
            "Nobody wants such a thing yet, so why ours could not be the question",
        ));
    }
    let claims: Vec<(bool, Cite)> = t.people.iter().flat_map(|p| p.claims.clone()).collect();
    let linked: Vec<Cite> = claims
        .iter()
        .filter(|(linked, _)| *linked)
        .map(|(_, c)| *c)
        .collect();
    let (n, all) = (linked.len(), claims.len());
    let every: Vec<Cite> = claims.iter().map(|(_, c)| *c).collect();
    let share = said(
        format!("讲了 {all} 次我们的优势，{n} 次对上了客户说过想要的事"),
        format!(
            "{} for us, {n} tied to something the client had said he wants",
            count(all, "argument", "arguments")
        ),
    );
    let none = said(
        "有人已经想要了，还没讲为什么选我们",
        "Somebody wants such a thing by now, and why ours has not been said yet",
    );
    let lacking = if all == 0 { none } else { share.clone() };
    g.needs(2, n >= 1, share.clone(), lacking, every.clone());
    g.needs(
        3,
        n >= 1 && at_least(n, all, 50),
        share.clone(),
        short_of(&share, 50),
        every.clone(),
    );
    g.needs(
        3,
        !t.facts.is_empty(),
        said(
            format!("举了 {} 次查得到的证据", t.facts.len()),
            format!(
                "Evidence that can be checked was given {}",
                count(t.facts.len(), "time", "times")
            ),
        ),
        said(
            "还没举出资料里查得到的证据",
            "No evidence from the fact sheet was given yet",
        ),
        t.facts.clone(),
    );
    let required: Vec<PersonId> = t
        .everybody()
        .map(|(id, _)| id)
        .filter(|&id| t.case.person(id).required)
        .collect();
    for (level, vendor, zh, en) in [
        (3, 2, "把我们列入人选", "have us on the list"),
        (4, 3, "倾向选我们", "prefer us"),
    ] {
        let lacking: Vec<PersonId> = required
            .iter()
            .copied()
            .filter(|&id| t.now(id).vendor < vendor)
            .collect();
        let (who, short) = (t.names(&required), t.names(&lacking));
        g.needs(
            level,
            lacking.is_empty(),
            said(
                format!("{}都已{zh}", who.zh),
                format!("All who count {en}: {}", who.en),
            ),
            said(
                format!("还没{zh}的：{}", short.zh),
                format!("Those who do not yet {en}: {}", short.en),
            ),
            t.moves(Gauge::Vendor, |id| required.contains(&id)),
        );
    }
    g.needs(
        4,
        n >= 1 && at_least(n, all, 70),
        share.clone(),
        short_of(&share, 70),
        every,
    );
    g.needs(
        4,
        t.discounts.is_empty(),
        said("没有主动让价", "No discount was offered unasked"),
        said(
            format!("没人开口就让了 {} 次价", t.discounts.len()),
            format!(
                "{} given before anybody asked",
                count(t.discounts.len(), "discount", "discounts")
            ),
        ),
        t.discounts.clone(),
    );
    unsupported(t, &mut g);
    g.level()
}

/// What dimensions 3 and 4 ask at the top: nothing claimed that cannot be looked up.
pub(super) fn unsupported(t: &Tally, g: &mut Grading) {
    let n = t.unsupported.len();
    let (met, missed) = claims_words(n);
    g.needs(4, n == 0, met, missed, t.unsupported.clone());
}

/// How claims without a source are spoken of, here and under conduct.
pub(super) fn claims_words(n: usize) -> (Text, Text) {
    (
        said("说出的数都有出处", "Every figure given had a source"),
        said(
            format!("有 {n} 处说法资料里查不到出处"),
            format!(
                "{} no fact on the sheet supports",
                count(n, "claim", "claims")
            ),
        ),
    )
}
