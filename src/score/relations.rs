//! Dimensions 5–8: the people. Objections, the way to the decision-maker, conduct, and moving on.

use super::argument::claims_words;
use super::grading::{Grading, at_least, count, said};
use super::tally::{ACCEPTED, Objection, Tally, VisitTally};
use super::{Cite, Dimension, Level};
use crate::codebook::{Act, SpokenAct, Step};
use crate::scenario::PersonId;
use crate::sim::event::Event;
use crate::sim::{Gauge, Input, Rule, VisitEnd};

const NOT_YET: (&str, &str) = (
    "还没有谈过,这一项先不评",
    "Nothing has been said yet, so there is nothing to judge here",
);

/// D5: what was raised, whose doing it was, and what became of it.
pub(super) fn objections(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::Objections);
    let all: Vec<&Objection> = t.people.iter().flat_map(|p| &p.objections).collect();
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
    if all.is_empty() {
        return g.not_assessed(said(
            "还没有人提出异议",
            "Nobody has raised an objection yet",
        ));
    }
    let closed: Vec<Cite> = all.iter().filter_map(|o| o.closed).collect();
    let (n, raised) = (closed.len(), all.len());
    let fate = said(
        format!("提出了 {raised} 个异议,放下了 {n} 个"),
        format!(
            "{} raised, {n} let go",
            count(raised, "objection", "objections")
        ),
    );
    let shown: Vec<Cite> = all.iter().map(|o| o.closed.unwrap_or(o.raised)).collect();
    for (level, share) in [(2, 25), (3, 50), (4, 75)] {
        g.needs(
            level,
            at_least(n, raised, share),
            fate.clone(),
            fate.clone(),
            shown.clone(),
        );
    }
    let fought: Vec<Cite> = all
        .iter()
        .filter(|o| o.rebutted)
        .filter_map(|o| o.recurred)
        .collect();
    g.needs(
        2,
        fought.is_empty(),
        said("没有靠反驳压下异议", "No objection was fought down"),
        said(
            format!("反驳之后,有 {} 个异议又回来了", fought.len()),
            format!(
                "{} came back after being contradicted",
                count(fought.len(), "objection", "objections")
            ),
        ),
        fought,
    );
    // What went away unanswered, because a want grew, needed no probe; only answers can come too soon.
    let answered: Vec<&&Objection> = all.iter().filter(|o| o.answered.is_some()).collect();
    let probed = answered.iter().filter(|o| o.probed_first).count();
    let whole = answered.len();
    let first = said(
        format!("回答过的 {whole} 个异议里,{probed} 个先问清了才答"),
        format!(
            "Of {} answered, {probed} asked about first",
            count(whole, "objection", "objections")
        ),
    );
    let answers: Vec<Cite> = answered
        .iter()
        .flat_map(|o| [o.probed, o.answered])
        .flatten()
        .collect();
    for (level, share) in [(3, 50), (4, 75)] {
        g.needs(
            level,
            at_least(probed, whole, share),
            first.clone(),
            first.clone(),
            answers.clone(),
        );
    }
    let caused: Vec<Cite> = all.iter().flat_map(|o| o.caused.clone()).collect();
    let own = caused.len();
    for (level, most) in [(3, 2), (4, 1)] {
        let met = if own == 0 {
            said(
                "没有一个异议是我们自己引出来的",
                "None of the objections was of our own making",
            )
        } else {
            said(
                format!("自己引出来的异议只有 {own} 个"),
                format!(
                    "Only {} of our own making",
                    count(own, "objection", "objections")
                ),
            )
        };
        let missed = said(
            format!("有 {own} 个异议是我们自己引出来的"),
            format!(
                "{} of our own making",
                count(own, "objection", "objections")
            ),
        );
        g.needs(level, own <= most, met, missed, caused.clone());
    }
    let back: Vec<Cite> = all.iter().filter_map(|o| o.recurred).collect();
    g.needs(
        4,
        back.is_empty(),
        said("放下的异议没有再回来", "No objection came back"),
        said(
            format!("{} 个异议又回来了:答之前先问清,答完确认一句", back.len()),
            format!(
                "{} came back: ask before answering, and check afterwards",
                count(back.len(), "objection", "objections")
            ),
        ),
        back,
    );
    if t.case
        .people
        .iter()
        .any(|p| p.concerns.iter().any(|c| c.hidden))
    {
        let hidden: Vec<Cite> = all.iter().filter_map(|o| o.hidden).collect();
        g.needs(
            4,
            !hidden.is_empty(),
            said(
                format!("问出了 {} 个藏着的顾虑", hidden.len()),
                format!(
                    "{} brought into the open",
                    count(hidden.len(), "hidden worry", "hidden worries")
                ),
            ),
            said(
                "藏着的顾虑还没问出来:答完一个,再问一句还有没有别的",
                "A hidden worry has not come out: after one is settled, ask what else there is",
            ),
            hidden,
        );
    }
    g.level()
}

/// D6: who decides, how, and how he was reached.
pub(super) fn decision_maker(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::DecisionMaker);
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
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
            format!("越过了{},还没补救", hurt.zh),
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
                format!("找对了人:{}能定", boss.zh),
                format!("The right person was seen: {} decides", boss.en),
            ),
            said(
                format!("还没和能定的人({})谈过", boss.zh),
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
                "流程和标准都还没问,也没请能定的人定",
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
        said(
            "流程和标准都问到了",
            "How and by what it is decided is known",
        ),
        said(
            "还不清楚怎么评、怎么定:问流程,也问标准",
            "How it is decided is not known yet: ask for the steps, and by what they judge",
        ),
        steps.clone(),
    );
    // The simulation raises access past 2 by an introduction or an open occasion alone, never by a cold call.
    g.needs(
        3,
        access >= 3,
        said(
            format!("有人愿意引荐{}", boss.zh),
            format!("The way to {} was opened from inside", boss.en),
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
            "真正谈到自己的事的,还不到两个部门",
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
            "经理替我们往上说了话,或者带我们去见了",
            "A manager carried it upward, or took us along",
        ),
        said(
            "还没有经理往上汇报,也没有经理带着去见",
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

/// D7: what the talks did to trust.
pub(super) fn conduct(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::Conduct);
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
    g.needs(
        2,
        t.improper.is_empty(),
        said("没有许不当的好处", "No improper favour was offered"),
        said(
            "许了不当的好处:这条线不能碰",
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
            said(format!("施压、反驳或越级有 {n} 次没补救:说一句实在话,能挽回来"), format!("{} of pushing, contradicting or going round left unmended; candour would mend it", count(n, "case", "cases"))),
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
        said("至少和两个人的信任要长一分:问出后果、说实话、守承诺都长信任", "With two people trust should grow by a point: consequences asked, candour and kept promises build it"),
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

/// D8: whether the client did something after each visit.
pub(super) fn advance(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::Advance);
    if t.talk.is_empty() {
        return g.not_assessed(said(NOT_YET.0, NOT_YET.1));
    }
    // A visit that is on counts as soon as something is agreed in it; before that it is too soon to say.
    let counts = |v: &&VisitTally| v.row.end.is_some() || v.rank > 0;
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
    let agreed: Vec<Cite> = moved
        .iter()
        .map(|v| Cite {
            turn: v.last,
            rule: Some(Rule::StepAgreed),
        })
        .collect();
    let proposed: Vec<Cite> = t.proposals.iter().chain(&agreed).copied().collect();
    g.needs(
        2,
        !proposed.is_empty(),
        said("提出了具体的下一步", "A specific next step was proposed"),
        said(
            "还没提过具体的下一步:谁、做什么、哪天",
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
        format!("{all} 次拜访里,{n} 次客户答应了要做的事"),
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
        share.clone(),
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
    if let (Some(last), Some(more)) = (visits.last(), bigger_step(t)) {
        g.needs(
            4,
            !more,
            said(
                "最后一次拜访,要到了当时能要到的最大一步",
                "The last visit got the largest step it could have got",
            ),
            said(
                "最后一次拜访,当时还能要到更大的一步",
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
fn bigger_step(t: &Tally) -> Option<bool> {
    let state = t.at_parting.as_ref()?;
    let had = t.visits.iter().rev().find(|v| v.row.end.is_some())?.rank;
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
