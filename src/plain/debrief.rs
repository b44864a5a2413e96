//! The debrief, spelled out.

use std::io::{self, Write};

use crate::locale::{tr, tr_with};
use crate::score::{Finding, Report, Standing};
use crate::session::{Entry, Session};
use crate::text::Language;

pub(super) fn print(
    out: &mut impl Write,
    session: &Session,
    report: &Report,
    language: Language,
) -> io::Result<()> {
    let case = &session.world.case;
    let call = |id| case.person(id).call.get(language);
    let t = |key| tr(language, key);
    writeln!(out, "== {} ==", t("plain.debrief"))?;
    if let Some(outcome) = report.outcome {
        writeln!(out, "{}: {}", t("plain.outcome"), outcome.name(language))?;
    }
    writeln!(out, "{}", t("plain.verdict_moved"))?;
    for moved in &report.moved {
        let (from, to) = (moved.category.0.to_string(), moved.category.1.to_string());
        let (vendor, premature) = (moved.vendor.to_string(), moved.premature.to_string());
        let slots = [
            ("who", call(moved.person)),
            ("from", &*from),
            ("to", &*to),
            ("vendor", &*vendor),
            ("premature", &*premature),
        ];
        writeln!(out, "  {}", tr_with(language, "plain.moved", &slots))?;
    }
    let met = report
        .reached
        .turn
        .map_or("plain.no_route", |_| "plain.met");
    let route = report.reached.route.map_or(t(met), |r| r.name(language));
    let access = report.reached.access.to_string();
    writeln!(
        out,
        "{}",
        tr_with(
            language,
            "plain.verdict_reached",
            &[("access", &access), ("route", route)]
        )
    )?;
    for &(person, standing) in &report.standings {
        let key = match standing {
            Standing::TooWeak => "plain.standing_weak",
            Standing::NotHisToDecide => "plain.standing_authority",
            Standing::Decides => "plain.standing_decides",
            Standing::Fine => "plain.standing_fine",
        };
        writeln!(
            out,
            "  {}",
            tr_with(language, key, &[("who", call(person))])
        )?;
    }
    writeln!(out, "{}", t("plain.visits"))?;
    for visit in &report.visits {
        let week = visit.week.to_string();
        let unended = if visit.turns > 0 {
            "plain.broken_off"
        } else {
            "plain.no_end"
        };
        let end = visit.end.map_or(t(unended), |e| e.name(language));
        writeln!(
            out,
            "  {}",
            tr_with(
                language,
                "plain.visit_row",
                &[("week", &week), ("who", call(visit.person)), ("end", end)]
            )
        )?;
    }
    writeln!(out, "{}", t("plain.turning_points"))?;
    for point in &report.turning_points {
        let mark = if point.gain { "+" } else { "-" };
        writeln!(
            out,
            "  {mark} {} ({})",
            point.rule.name(language),
            call(point.person)
        )?;
        for line in quoted(session, point.turn, language) {
            writeln!(out, "      {line}")?;
        }
    }
    let total = format!("{:.1}", report.total);
    writeln!(
        out,
        "{}",
        tr_with(language, "plain.total", &[("total", &total)])
    )?;
    for (cap, why) in &report.caps {
        let cap = format!("{cap:.1}");
        writeln!(
            out,
            "  {}",
            tr_with(
                language,
                "plain.cap",
                &[("cap", &cap), ("why", why.words.get(language))]
            )
        )?;
    }
    for level in &report.levels {
        let shown = level
            .level
            .map_or(t("plain.not_assessed").to_owned(), |l| format!("{l}/4"));
        writeln!(out, "{} {shown}", level.dimension.name(language))?;
        findings(out, session, "+", &level.met, language)?;
        findings(out, session, "→", &level.missed, language)?;
    }
    writeln!(out, "{}", t("plain.teaching_model"))
}

fn findings(
    out: &mut impl Write,
    session: &Session,
    mark: &str,
    found: &[Finding],
    language: Language,
) -> io::Result<()> {
    let mut quoted = None;
    for finding in found {
        let turns: Vec<String> = finding
            .cites
            .iter()
            .take(4)
            .map(|c| format!("#{}", c.turn + 1))
            .collect();
        writeln!(
            out,
            "  {mark} {} [{}]",
            finding.words.get(language),
            turns.join(" ")
        )?;
        let quote = finding
            .cites
            .iter()
            .find_map(|c| match &session.turns.get(c.turn)?.entry {
                Entry::Say { words, .. } => Some((c.turn, words.get(language))),
                _ => None,
            });
        // The same line is quoted once; a row of findings on one turn would drown in it.
        if let Some((turn, quote)) =
            quote.filter(|(turn, q)| !q.is_empty() && quoted != Some(*turn))
        {
            quoted = Some(turn);
            writeln!(out, "      «{quote}»")?;
        }
    }
    Ok(())
}

/// What was said in a turn, with the speakers spelled out.
fn quoted(session: &Session, turn: usize, language: Language) -> Vec<String> {
    let Some(turn) = session.turns.get(turn) else {
        return Vec::new();
    };
    let name = |by: Option<u8>| {
        by.map_or(tr(language, "plain.you"), |id| {
            session.world.case.person(id).call.get(language)
        })
    };
    turn.said
        .iter()
        .map(|said| format!("{}: {}", name(said.by), said.words.get(language)))
        .collect()
}
