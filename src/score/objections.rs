//! D5: what was raised, whose doing it was, and what became of it.

use super::grading::{Grading, at_least, count, said, short_of};
use super::tally::{Objection, Tally};
use super::{Cite, Dimension, Level};

/// D5: what was raised, whose doing it was, and what became of it.
pub(super) fn objections(t: &Tally) -> Level {
    let mut g = Grading::new(t, Dimension::Objections);
    let all: Vec<&Objection> = t.people.iter().flat_map(|p| &p.objections).collect();
    if all.is_empty() {
        return g.not_assessed(said(
            "还没有人提出异议",
            "Nobody has raised an objection yet",
        ));
    }
    let closed: Vec<Cite> = all.iter().filter_map(|o| o.closed).collect();
    let (n, raised) = (closed.len(), all.len());
    let fate = said(
        format!("提出了 {raised} 个异议，放下了 {n} 个"),
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
            short_of(&fate, share),
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
            format!("反驳之后，有 {} 个异议又回来了", fought.len()),
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
        format!("回答过的 {whole} 个异议里，{probed} 个先问清了才答"),
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
    for (level, share) in [(3, 50), (4, 75)].into_iter().filter(|_| whole > 0) {
        g.needs(
            level,
            at_least(probed, whole, share),
            first.clone(),
            short_of(&first, share),
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
            format!("{} 个异议又回来了：答之前先问清，答完确认一句", back.len()),
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
                "藏着的顾虑还没问出来：答完一个，再问一句还有没有别的",
                "A hidden worry has not come out: after one is settled, ask what else there is",
            ),
            hidden,
        );
    }
    g.level()
}
