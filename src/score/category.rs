//! D1: whether such a thing should be had at all comes before whose it should be.

use super::grading::{Grading, count, said, shares};
use super::tally::{ACCEPTED, Tally};
use super::{Cite, Dimension, Level};
use crate::scenario::PersonId;
use crate::sim::Gauge;

/// D1: why such a thing comes before why ours.
pub(super) fn category_first(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::CategoryFirst);
    let lectures = |settled: bool| -> Vec<(PersonId, usize)> {
        t.everybody()
            .filter(|(id, p)| !p.lectures.is_empty() && (!settled || t.settled_from_start(*id)))
            .map(|(id, p)| (id, p.lectures.len()))
            .collect()
    };
    let wasted = lectures(true);
    let wasted_cites: Vec<Cite> = wasted
        .iter()
        .flat_map(|(id, _)| t.people[*id as usize].lectures.clone())
        .collect();
    let n: usize = wasted.iter().map(|(_, n)| n).sum();
    let who = shares(t, &wasted);
    if t.must() {
        // The rubric turned over: what must be bought anyway needs no reasons for buying it.
        let none = said(
            "这东西本来就得买，没有花时间讲为什么要买",
            "They must buy this anyway, and no time went into why they should",
        );
        let some = said(
            format!("这东西本来就得买，却讲了 {n} 次为什么要买（{}）", who.zh),
            format!(
                "They must buy this anyway, yet why they should was argued {} ({})",
                count(n, "time", "times"),
                who.en
            ),
        );
        for (level, most) in [(2, 2), (3, 1), (4, 0)] {
            let met = if n == 0 { none.clone() } else { some.clone() };
            g.needs(level, n <= most, met, some.clone(), wasted_cites.clone());
        }
        return g.level();
    }

    let stands = |id: PersonId, at: i8| t.now(id).category >= at && t.people[id as usize].touched();
    let moved = |at: i8| {
        let mut cites = t.moves(Gauge::Category, |id| stands(id, at));
        if cites.is_empty() {
            // They stood there from the start: the talk with them shows it.
            cites.extend(
                t.everybody()
                    .filter(|(id, _)| stands(*id, at))
                    .filter_map(|(_, p)| p.talked.last()),
            );
        }
        cites
    };
    let at = |level: i8| -> Vec<PersonId> {
        t.everybody()
            .map(|(id, _)| id)
            .filter(|&id| stands(id, level))
            .collect()
    };
    let (admitting, won) = (t.names(&at(2)), t.names(&at(ACCEPTED)));
    g.needs(
        2,
        !at(2).is_empty(),
        said(
            format!("{}至少承认这类东西能解决一个难点", admitting.zh),
            format!("At least a problem admitted: {}", admitting.en),
        ),
        said(
            "还没有人承认有什么难点：先问出一个他自己的难处",
            "Nobody has admitted a problem yet: begin with a difficulty that is really theirs",
        ),
        moved(2),
    );
    let worst: Vec<(PersonId, usize)> = t
        .everybody()
        .filter(|(_, p)| !p.premature.is_empty())
        .map(|(id, p)| (id, p.premature.len()))
        .collect();
    let most = worst.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let early = shares(t, &worst);
    let early_cites: Vec<Cite> = t.people.iter().flat_map(|p| p.premature.clone()).collect();
    for (level, limit) in [(2, 2), (3, 1), (4, 0)] {
        let met = if most == 0 {
            said(
                "厂商的话都留到了认可品类之后",
                "No word for us before the category was accepted",
            )
        } else {
            said(
                format!("过早讲厂商的次数还不多(对{})", early.zh),
                format!("Few vendor arguments came too early ({})", early.en),
            )
        };
        let missed = match worst.as_slice() {
            [(id, n)] => said(
                format!(
                    "对{}过早讲了 {n} 次厂商：那时还没认可这类东西",
                    t.call(*id).zh
                ),
                format!(
                    "{} to {} before the category was accepted",
                    count(*n, "vendor argument", "vendor arguments"),
                    t.call(*id).en
                ),
            ),
            _ => said(
                format!("过早讲了厂商(对{}):那时还没认可这类东西", early.zh),
                format!(
                    "Vendor arguments before the category was accepted: {}",
                    early.en
                ),
            ),
        };
        g.needs(level, most <= limit, met, missed, early_cites.clone());
    }
    let required: Vec<PersonId> = t
        .managers()
        .map(|(id, _)| id)
        .filter(|&id| t.case.person(id).required)
        .collect();
    let decider = t.case.decision_maker;
    let lacking: Vec<PersonId> = required
        .iter()
        .copied()
        .chain(required.is_empty().then_some(decider))
        .filter(|&id| !stands(id, ACCEPTED))
        .collect();
    let top = stands(decider, ACCEPTED);
    let accepted = said(
        format!("{}已经想要这类东西", won.zh),
        format!("Such a thing is wanted by {}", won.en),
    );
    let lack = t.names(&lacking);
    g.needs(
        3,
        top || (!required.is_empty() && lacking.is_empty()),
        accepted.clone(),
        said(
            format!("{}还没到自己想要这一步", lack.zh),
            format!("Not yet at the point of wanting such a thing: {}", lack.en),
        ),
        moved(ACCEPTED),
    );
    g.needs(
        4,
        top && t.managers().any(|(id, _)| stands(id, ACCEPTED)),
        accepted,
        said(
            format!(
                "还差一步：{}和至少一位经理都想要这类东西",
                t.call(decider).zh
            ),
            format!(
                "One step short: both {} and at least one manager wanting such a thing",
                t.call(decider).en
            ),
        ),
        moved(ACCEPTED),
    );
    g.needs(
        4,
        n == 0,
        said(
            "对已经要买的人没有再讲为什么要买",
            "Nobody who had settled on buying was told again why to buy",
        ),
        said(
            format!("对已经要买的人又讲了为什么要买（{}）", who.zh),
            format!(
                "Why to buy was argued with people who had settled that already ({})",
                who.en
            ),
        ),
        wasted_cites,
    );
    g.level()
}
