//! Hints, the map held against the truth, what counts, and branches side by side: in words, for every face alike.

use crate::locale::review::{Said, Tone, Words, why};
use crate::locale::{tr, tr_with};
use crate::review::{Choice, Relative, advise, example};
use crate::session::help::{self, NoHint};
use crate::session::{Counts, Session, map as people};
use crate::text::Language;

/// Why there is no hint now, as a locale key.
pub(crate) fn no_hint(why: NoHint) -> &'static str {
    match why {
        NoHint::Exam => "hint.no.exam",
        NoHint::NotInVisit => "hint.no.visit",
        NoHint::TryFirst => "hint.no.try_first",
        NoHint::NoMore { faded: false } => "hint.no.more",
        NoHint::NoMore { faded: true } => "hint.no.faded",
    }
}

/// The steps of the hint that were taken for the line that is due now, in words.
pub(crate) fn hints(session: &Session, language: Language) -> Vec<String> {
    let taken = help::taken(session);
    if taken == 0 || session.state.visit.is_none() {
        return Vec::new();
    }
    let words = Words { session, language };
    let choice = advise(session);
    let mut steps = vec![words.t(gate(&choice)).to_owned()];
    if taken > 1 {
        let what = words.choice(&choice);
        steps.push(words.with("hint.act", &[("what", &what)]));
    }
    if taken > 2 {
        let mut said = example::said(session, session.turns.len());
        let line = example::example(session, &session.state, &choice, &mut said);
        steps.push(match line {
            Some(line) => words.with("review.example", &[("words", line.get(language))]),
            None => words.t(why(&choice)).to_owned(),
        });
    }
    steps
}

/// Which gate the deal stands at, by what would serve now.
fn gate(choice: &Choice) -> &'static str {
    use crate::codebook::{Act, Scope};
    let Choice::Say(acts) = choice else {
        return "hint.gate.leave";
    };
    let Some(act) = acts.last() else {
        return "hint.gate.leave";
    };
    match act.act {
        Act::AskSituation | Act::AskProblem | Act::AskImplication | Act::AskPayoff => {
            "hint.gate.need"
        }
        Act::CategoryCase => "hint.gate.category",
        Act::Probe | Act::Acknowledge | Act::Summarize => "hint.gate.worry",
        Act::Quantify | Act::Derisk => "hint.gate.confidence",
        Act::Proof if act.scope == Some(Scope::Category) => "hint.gate.confidence",
        Act::VendorCase | Act::Proof | Act::PriceInfo | Act::Discount => "hint.gate.vendor",
        Act::AskCriteria | Act::AskProcess | Act::AskAccess | Act::Equip => "hint.gate.authority",
        Act::ProposeNext => "hint.gate.advance",
        _ => "hint.gate.trust",
    }
}

/// What was put on the map held against the truth; where nothing was, the truth alone.
pub(crate) fn map(session: &Session, language: Language) -> Vec<Said> {
    let words = Words { session, language };
    let all = people::check(session);
    let (mut right, mut of) = (0, 0);
    for one in &all {
        let (r, n) = one.right();
        (right, of) = (right + r, of + n);
    }
    let head = match of {
        _ if all.is_empty() => return Vec::new(),
        0 => (Tone::Dim, "", words.t("map.empty").to_owned()),
        _ => {
            let (right, of) = (right.to_string(), of.to_string());
            let slots = [("right", &*right), ("of", &*of)];
            (Tone::Plain, "", words.with("map.right", &slots))
        }
    };
    let mut out = vec![head];
    for one in &all {
        let name = words.call(one.person);
        let (_, n) = one.right();
        if n == 0 {
            let worries = words.topics(one.worries);
            let slots = [
                ("worries", &*worries),
                ("power", one.power.name(language)),
                ("stance", words.t(stance_key(one.stance))),
            ];
            let truth = words.with("map.truth", &slots);
            let slots = [("what", name), ("truth", &*truth)];
            out.push((Tone::Plain, "- ", words.with("map.unsaid", &slots)));
        } else {
            out.push((Tone::Plain, "- ", name.to_owned()));
            out.extend(checked(words, one));
        }
        let note = session.note(one.person);
        if !note.is_empty() {
            out.push((Tone::Own, "    ", words.with("map.note", &[("note", note)])));
        }
    }
    out
}

fn checked(words: Words, one: &people::Checked) -> [Said; 3] {
    let language = words.language;
    let guess = one.guess;
    let row = |key, noted: Option<(&str, bool)>, truth: &str| {
        let what = words.t(key);
        match noted {
            None => {
                let slots = [("what", what), ("truth", truth)];
                (Tone::Dim, "    ", words.with("map.unsaid", &slots))
            }
            Some((noted, right)) => {
                let slots = [("what", what), ("noted", noted), ("truth", truth)];
                let (tone, lead) = if right {
                    (Tone::Good, "  + ")
                } else {
                    (Tone::Bad, "  - ")
                };
                (tone, lead, words.with("map.row", &slots))
            }
        }
    };
    let concern = guess
        .concern
        .map(|c| (c.name(language), one.worries.has(c)));
    let power = guess.power.map(|p| (p.name(language), p == one.power));
    let stance = guess
        .stance
        .map(|s| (words.t(stance_key(s)), s.abs_diff(one.stance) <= 1));
    [
        row("map.concern", concern, &words.topics(one.worries)),
        row("map.power", power, one.power.name(language)),
        row("map.stance", stance, words.t(stance_key(one.stance))),
    ]
}

/// Locale key of a stance to the category, 0–4.
pub(crate) fn stance_key(stance: u8) -> &'static str {
    match stance {
        0 => "map.stance.0",
        1 => "map.stance.1",
        2 => "map.stance.2",
        3 => "map.stance.3",
        _ => "map.stance.4",
    }
}

/// Whether the deal counts, and why not; nothing where it does.
pub(crate) fn counts(session: &Session, language: Language) -> Option<String> {
    match session.counts() {
        Counts::Yes => None,
        Counts::Branched(turns) => {
            let turn = (turns + 1).to_string();
            Some(tr_with(language, "counts.branched", &[("turn", &turn)]))
        }
        Counts::Hinted(hints) => {
            let hints = hints.to_string();
            Some(tr_with(language, "counts.hinted", &[("hints", &hints)]))
        }
    }
}

/// A deal and its branches side by side: a row for each thing compared, a column for each deal, the first one named.
pub(crate) fn side_by_side(family: &[Relative], language: Language) -> Vec<Vec<String>> {
    let t = |key| tr(language, key).to_owned();
    let reports: Vec<_> = family
        .iter()
        .map(|r| crate::score::report(&r.session))
        .collect();
    let row = |name: String, cell: &dyn Fn(usize) -> String| {
        std::iter::once(name)
            .chain((0..family.len()).map(cell))
            .collect::<Vec<String>>()
    };
    let mut rows = vec![
        row(
            String::new(),
            &|i| match &family[i].session.header.past.branch {
                None => t("compare.first"),
                Some(branch) => {
                    let turn = (branch.turns + 1).to_string();
                    tr_with(language, "compare.branch", &[("turn", &turn)])
                }
            },
        ),
        row(t("compare.outcome"), &|i| {
            let outcome = family[i].session.state.outcome;
            outcome.map_or(t("compare.open"), |o| o.name(language).to_owned())
        }),
        row(t("compare.week"), &|i| {
            family[i].session.state.week.to_string()
        }),
        row(t("compare.talk"), &|i| {
            family[i].session.state.turns.to_string()
        }),
        row(t("compare.access"), &|i| {
            format!("{}/5", reports[i].reached.access)
        }),
        row(t("compare.accepted"), &|i| {
            let people = reports[i].moved.iter();
            people.filter(|m| m.category.1 >= 3).count().to_string()
        }),
        row(t("compare.total"), &|i| match family[i].session.counts() {
            Counts::Yes => format!("{:.1}", reports[i].total),
            _ => format!("({:.1})", reports[i].total),
        }),
    ];
    for (d, level) in reports
        .first()
        .map_or(&[][..], |r| &r.levels)
        .iter()
        .enumerate()
    {
        rows.push(row(level.dimension.name(language).to_owned(), &|i| {
            let level = reports[i].levels[d].level;
            level.map_or("-".to_owned(), |n| format!("{n}/4"))
        }));
    }
    rows
}
