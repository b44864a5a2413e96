//! D6: who decides, how, and by which way he was reached.

use super::grading::{Grading, said};
use super::tally::{ACCEPTED, Tally};
use super::{Cite, Dimension, Level};
use crate::scenario::PersonId;
use crate::sim::{Gauge, Rule};

/// D6: who decides, how, and how he was reached.
pub(super) fn decision_maker(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::DecisionMaker);
    let decider = t.case.decision_maker;
    let boss = t.call(decider);
    let passed: Vec<(PersonId, Cite)> = t
        .everybody()
        .flat_map(|(id, p)| {
            p.unrepaired()
                .filter(|b| b.rule == Rule::Bypassed)
                .map(move |b| (id, b.cite))
        })
        .collect();
    let ids: Vec<PersonId> = t
        .everybody()
        .map(|(id, _)| id)
        .filter(|id| passed.iter().any(|(p, _)| p == id))
        .collect();
    let hurt = t.names(&ids);
    g.needs(
        2,
        passed.is_empty(),
        said("没有留下越级的疙瘩", "Nobody was gone round and left so"),
        said(
            format!("越过了{}，还没补救", hurt.zh),
            format!("Gone round, and not mended yet: {}", hurt.en),
        ),
        passed.iter().map(|(_, c)| *c),
    );
    let known: Vec<Cite> = t.process.iter().chain(&t.criteria).copied().collect();
    if t.must() {
        let sat = &t.people[decider as usize].talked;
        let asked = &t.people[decider as usize].decision_asked;
        g.needs(
            2,
            !sat.is_empty(),
            said(
                format!("找对了人：{}能定", boss.zh),
                format!("The right person was seen: {} decides", boss.en),
            ),
            said(
                format!("还没和能定的人（{}）谈过", boss.zh),
                format!(
                    "The one who decides ({}) has not been talked to yet",
                    boss.en
                ),
            ),
            sat.first().copied(),
        );
        let step = !known.is_empty() || !asked.is_empty();
        let how = said("问清了流程或标准", "How or by what it is decided was asked");
        g.needs(
            3,
            step,
            if known.is_empty() {
                said(
                    format!("请{}定了", boss.zh),
                    format!("{} was asked to decide", boss.en),
                )
            } else {
                how.clone()
            },
            said(
                "流程和标准都还没问，也没请能定的人定",
                "Neither how nor by what it is decided was asked, nor was the decision",
            ),
            known.iter().chain(asked).copied(),
        );
        g.needs(
            4,
            !known.is_empty(),
            how,
            said(
                "还没问流程或标准",
                "How and by what it is decided has not been asked",
            ),
            known.clone(),
        );
        g.needs(
            4,
            !asked.is_empty(),
            said(
                format!("请{}做了决定", boss.zh),
                format!("{} was asked for the decision", boss.en),
            ),
            said(
                format!("还没请{}做决定", boss.zh),
                format!("{} has not been asked for the decision yet", boss.en),
            ),
            asked.clone(),
        );
        return g.level();
    }

    let access = t.now(decider).access;
    let steps = t.moves(Gauge::Access, |id| id == decider);
    g.needs(
        2,
        access >= 2,
        said("怎么评、怎么定已经问清", "It is known how this is decided"),
        said(
            "还不清楚怎么评、怎么定：问流程，也问标准",
            "How it is decided is not known yet: ask for the steps, and by what they judge",
        ),
        steps.clone(),
    );
    // The simulation raises access past 2 by an introduction or an open occasion alone, never by a cold call.
    g.needs(
        3,
        access >= 3,
        said(
            format!("通往{}的门打开了", boss.zh),
            format!("The way to {} is open", boss.en),
        ),
        said(
            format!("还没有人愿意引荐{}", boss.zh),
            format!("Nobody has agreed to introduce {} yet", boss.en),
        ),
        steps.clone(),
    );
    let engaged: Vec<PersonId> = t
        .everybody()
        .filter(|(_, p)| !p.own_topics.is_empty())
        .map(|(id, _)| id)
        .collect();
    let two = engaged
        .iter()
        .any(|&a| engaged.iter().any(|&b| t.two_roles(a, b)));
    let who = t.names(&engaged);
    g.needs(
        3,
        two,
        said(
            format!("和{}谈的是各自的事", who.zh),
            format!("Each on matters of their own: {}", who.en),
        ),
        said(
            "真正谈到自己的事的，还不到两个部门",
            "Fewer than two departments were talked to about matters of their own",
        ),
        t.people
            .iter()
            .filter_map(|p| p.own_topics.first().copied()),
    );
    g.needs(
        4,
        access >= 4,
        said(format!("见到了{}", boss.zh), format!("{} was met", boss.en)),
        said(
            format!("还没见到{}", boss.zh),
            format!("{} has not been met yet", boss.en),
        ),
        t.met.map(|(c, _)| c).into_iter().chain(steps),
    );
    g.needs(
        4,
        t.now(decider).category >= ACCEPTED,
        said(
            format!("{}也想要这类东西", boss.zh),
            format!("{} wants such a thing as well", boss.en),
        ),
        said(
            format!("{}自己还没想要这类东西", boss.zh),
            format!("{} does not yet want such a thing", boss.en),
        ),
        t.moves(Gauge::Category, |id| id == decider),
    );
    let carried: Vec<Cite> = t
        .reported
        .iter()
        .copied()
        .chain(t.met_by_referral)
        .collect();
    g.needs(
        4,
        !carried.is_empty(),
        said(
            "经理替我们往上说了话，或者带我们去见了",
            "A manager carried it upward, or took us along",
        ),
        said(
            "还没有经理往上汇报，也没有经理带着去见",
            "No manager has reported upward or taken us along yet",
        ),
        carried,
    );
    let against: Vec<PersonId> = t
        .managers()
        .map(|(id, _)| id)
        .filter(|&id| t.case.person(id).required && t.now(id).opposed)
        .collect();
    let names = t.names(&against);
    g.needs(
        4,
        against.is_empty(),
        said("没有经理站到对面", "No manager stands against it"),
        said(
            format!("{}站到了对面", names.zh),
            format!("Standing against it: {}", names.en),
        ),
        against
            .iter()
            .flat_map(|&id| t.people[id as usize].breaches.iter().map(|b| b.cite)),
    );
    g.level()
}
