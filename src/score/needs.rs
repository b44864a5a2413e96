//! D2: difficulties found, felt, and turned into wants.

use super::grading::{Grading, count, said};
use super::tally::{Difficulty, Tally};
use super::{Cite, Dimension, Level};
use crate::scenario::PersonId;

/// D2: difficulties voiced, felt, and turned into wants.
pub(super) fn need_development(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::NeedDevelopment);
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
        match admitted {
            0 => said(
                "还没问出一个难点：先问具体的，别问“有什么困难”",
                "No difficulty has come to light yet: ask about something particular, not for problems in general",
            ),
            _ => said(
                "只问出 1 个难点，至少要两个",
                "1 difficulty brought to light; two at least are needed",
            ),
        },
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
        format!("{full} 条线从难点问到后果，再问到客户自己说想要"),
        format!(
            "{} followed from problem through consequence to a want in the client's own words",
            count(full, "line", "lines")
        ),
    );
    g.needs(
        3, full >= 1, met.clone(),
        said("难点还没问到底：接着问后果，再问解决了值多少，让客户自己说想要", "No difficulty was followed through yet: ask what it leads to, then what solving it would be worth"),
        if full > 0 { chain_cites(&chains) } else { all.iter().map(|(_, d)| d.consequence.unwrap_or(d.admitted)).collect() },
    );
    g.needs(
        4,
        full >= 2,
        met,
        said(
            format!("问到底的只有 {full} 条线，再多一条更稳"),
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
        said("两种岗位的人各自说了想要的事，而且不是同一件", "People in two posts each voiced a want, and on different matters"),
        said("说想要的还只有一种岗位，或者是同一件事：换个部门，问他自己的难处", "The wants come from one post, or concern one matter: ask another department about its own trouble"),
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
            format!("现状问题连着问得太长，有 {} 处", strings.len()),
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
            "还没有一次复述得到客户确认：用客户自己的话说回去",
            "No play-back was confirmed yet: say it back in the client's own words",
        ),
        confirmed,
    );
    g.level()
}
