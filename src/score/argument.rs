//! Dimensions 1–4: the argument. Category before vendor, needs, effects in figures, and why from us.

use super::grading::{Grading, at_least, count, said, shares};
use super::tally::{ACCEPTED, Difficulty, Objection, Tally};
use super::{Cite, Dimension, Level};
use crate::codebook::Act;
use crate::scenario::{Gate, PersonId};
use crate::sim::Gauge;
use crate::text::Text;

const NOT_YET: (&str, &str) = (
    "还没有谈过,这一项先不评",
    "Nothing has been said yet, so there is nothing to judge here",
);

/// D1: why such a thing comes before why ours.
pub(super) fn category_first(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::CategoryFirst);
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
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
            "这东西本来就得买,没有花时间讲为什么要买",
            "They must buy this anyway, and no time went into why they should",
        );
        let some = said(
            format!("这东西本来就得买,却讲了 {n} 次为什么要买({})", who.zh),
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
            "还没有人承认有什么难点:先问出一个他自己的难处",
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
        let arguments = if most == 1 && worst.len() == 1 {
            "vendor argument"
        } else {
            "vendor arguments"
        };
        let missed = match worst.as_slice() {
            [(id, n)] => said(
                format!(
                    "对{}过早讲了 {n} 次厂商:那时还没认可这类东西",
                    t.call(*id).zh
                ),
                format!(
                    "{n} {arguments} to {} before the category was accepted",
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
    let lacking: Vec<PersonId> = required
        .iter()
        .copied()
        .filter(|&id| !stands(id, ACCEPTED))
        .collect();
    let decider = t.case.decision_maker;
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
                "还差一步:{}和至少一位经理都想要这类东西",
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
            format!("对已经要买的人又讲了为什么要买({})", who.zh),
            format!(
                "Why to buy was argued with people who had settled that already ({})",
                who.en
            ),
        ),
        wasted_cites,
    );
    g.level()
}

/// D2: difficulties voiced, felt, and turned into wants.
pub(super) fn need_development(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::NeedDevelopment);
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
    let all: Vec<(PersonId, &Difficulty)> = t
        .everybody()
        .flat_map(|(id, p)| p.difficulties.iter().map(move |d| (id, d)))
        .collect();
    let wants: Vec<(PersonId, &Difficulty)> = all
        .iter()
        .copied()
        .filter(|(_, d)| d.want.is_some())
        .collect();
    let chains: Vec<&Difficulty> = wants
        .iter()
        .map(|(_, d)| *d)
        .filter(|d| d.consequence.is_some())
        .collect();
    let admitted = all.len();
    g.needs(
        2,
        admitted >= 2 || !chains.is_empty(),
        said(
            format!("问出了 {admitted} 个难点"),
            format!(
                "{} brought to light",
                count(admitted, "difficulty", "difficulties")
            ),
        ),
        said(
            format!("只问出 {admitted} 个难点,至少要两个"),
            format!(
                "{} brought to light; two at least are needed",
                count(admitted, "difficulty", "difficulties")
            ),
        ),
        all.iter().map(|(_, d)| d.admitted),
    );
    let full = chains.len();
    let chain_cites = |chains: &[&Difficulty]| -> Vec<Cite> {
        chains
            .iter()
            .flat_map(|d| [Some(d.admitted), d.consequence, d.want])
            .flatten()
            .collect()
    };
    let met = said(
        format!("{full} 条线从难点问到后果,再问到客户自己说想要"),
        format!(
            "{} followed from problem through consequence to a want in the client's own words",
            count(full, "line", "lines")
        ),
    );
    g.needs(
        3, full >= 1, met.clone(),
        said("难点还没问到底:接着问后果,再问解决了值多少,让客户自己说想要", "No difficulty was followed through yet: ask what it leads to, then what solving it would be worth"),
        if full > 0 { chain_cites(&chains) } else { all.iter().map(|(_, d)| d.consequence.unwrap_or(d.admitted)).collect() },
    );
    g.needs(
        4,
        full >= 2,
        met,
        said(
            format!("问到底的只有 {full} 条线,再多一条更稳"),
            format!(
                "{} followed to the end; a second would carry further",
                count(full, "line", "lines")
            ),
        ),
        chain_cites(&chains),
    );
    let wide = wants.iter().any(|(a, d)| {
        wants
            .iter()
            .any(|(b, e)| t.two_roles(*a, *b) && d.topic != e.topic)
    });
    let voiced: Vec<Cite> = wants.iter().filter_map(|(_, d)| d.want).collect();
    g.needs(
        4, wide,
        said("两种岗位的人各自说了想要的事,而且不是同一件", "People in two posts each voiced a want, and on different matters"),
        said("说想要的还只有一种岗位,或者是同一件事:换个部门,问他自己的难处", "The wants come from one post, or concern one matter: ask another department about its own trouble"),
        voiced,
    );
    let strings: Vec<Cite> = t
        .people
        .iter()
        .flat_map(|p| p.questionnaires.clone())
        .collect();
    g.needs(
        4,
        strings.is_empty(),
        said(
            "没有把现状问题连成一串",
            "Fact questions never came in a string",
        ),
        said(
            format!("现状问题连着问得太长,有 {} 处", strings.len()),
            format!(
                "Fact questions ran on too long, {}",
                count(strings.len(), "time", "times")
            ),
        ),
        strings,
    );
    let confirmed: Vec<Cite> = t.people.iter().flat_map(|p| p.confirmed.clone()).collect();
    g.needs(
        4,
        !confirmed.is_empty(),
        said(
            format!("复述得到了 {} 次确认", confirmed.len()),
            format!(
                "{} confirmed by the client",
                count(confirmed.len(), "play-back", "play-backs")
            ),
        ),
        said(
            "还没有一次复述得到客户确认:用客户自己的话说回去",
            "No play-back was confirmed yet: say it back in the client's own words",
        ),
        confirmed,
    );
    g.level()
}

/// D3: hopes that can be checked, and less to be afraid of.
pub(super) fn concrete_outcome(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::ConcreteOutcome);
    let hoped = t.case.people.iter().any(|p| !p.hopes.is_empty());
    let feared = t
        .case
        .people
        .iter()
        .any(|p| p.concerns.iter().any(|c| c.gate == Gate::Confidence));
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
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
        said("拿出了数字或证据,或者问了客户怎么算成功", "Figures or evidence were given, or it was asked what would count as success"),
        said("效果还停在空话:没有数字,也没问怎样才算成功", "The effect is still vague: no figure, and nobody was asked what would count as success"),
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
            "还没约定试用或验收条件:先做一小块,验过再铺开",
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

/// D4: why from us, to people who want such a thing.
pub(super) fn vendor_case(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::VendorCase);
    let reached = t.everybody().any(|(id, p)| {
        !p.talked.is_empty()
            && (p.accepted.is_some() || p.category >= ACCEPTED || t.now(id).category >= ACCEPTED)
    });
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
    if !reached {
        return g.not_assessed(said(
            "还没有人想要这类东西,谈不上为什么选我们",
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
        format!("讲了 {all} 次我们的优势,{n} 次对上了客户说过想要的事"),
        format!(
            "{} for us, {n} tied to something the client had said he wants",
            count(all, "argument", "arguments")
        ),
    );
    let none = said(
        "有人已经想要了,还没讲为什么选我们",
        "Somebody wants such a thing by now, and why ours has not been said yet",
    );
    let lacking = if all == 0 { none } else { share.clone() };
    g.needs(2, n >= 1, share.clone(), lacking, every.clone());
    g.needs(
        3,
        n >= 1 && at_least(n, all, 50),
        share.clone(),
        share.clone(),
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
                format!("还没{zh}的:{}", short.zh),
                format!("Those who do not yet {en}: {}", short.en),
            ),
            t.moves(Gauge::Vendor, |id| required.contains(&id)),
        );
    }
    g.needs(
        4,
        n >= 1 && at_least(n, all, 70),
        share.clone(),
        share,
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

fn unsupported(t: &Tally, g: &mut Grading) {
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
