//! A row for each turn, with the mark of byte order by which spreadsheets know that Chinese follows.

use csv::{Terminator, WriterBuilder};
use jiff::tz::TimeZone;

use super::steps::steps;
use super::{Deal, written};
use crate::codebook::ReadAct;
use crate::locale::reading::did;
use crate::locale::tr;
use crate::session::Entry;
use crate::sim::Event;
use crate::text::Language;

/// The columns; their meaning stands in `assets/report/forms.md`. New ones are added at the end.
pub const COLUMNS: [&str; 20] = [
    "session",
    "name",
    "scenario",
    "seed",
    "turn",
    "time",
    "week",
    "visit",
    "person",
    "role",
    "entry",
    "words",
    "acts",
    "topics",
    "reply",
    "rules",
    "category",
    "vendor",
    "confidence",
    "access",
];

/// The table, in one language; UTF-8, comma, CRLF.
pub fn table(deals: &[Deal], language: Language, zone: &TimeZone) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    for deal in deals {
        rows.extend(turns(deal, language, zone));
    }
    for row in rows {
        writer
            .write_record(row)
            .expect("a row goes into memory, and all rows have as many columns");
    }
    let bytes = writer.into_inner().expect("memory takes everything");
    String::from_utf8(bytes).expect("every cell was a string")
}

fn turns(deal: &Deal, language: Language, zone: &TimeZone) -> Vec<[String; 20]> {
    let (session, case) = (deal.session, &deal.session.world.case);
    let row = |(index, step): (usize, super::steps::Step)| {
        let with = step
            .person
            .map(|id| (case.person(id), step.after[usize::from(id)]));
        let words = match &step.turn.entry {
            Entry::Say { words, .. } => words.get(language),
            Entry::Note(_, words) => words,
            _ => "",
        };
        let acts: &[ReadAct] = match &step.turn.entry {
            Entry::Say { acts, .. } => acts,
            _ => &[],
        };
        let topics = acts.iter().flat_map(|a| a.spoken.topics.iter());
        let replies = step.turn.said.iter().filter_map(|said| {
            let who = case.person(said.by?).call.get(language);
            Some(format!(
                "{who}{}{}",
                tr(language, "tui.colon"),
                said.words.get(language)
            ))
        });
        let rules = step.turn.events.iter().filter_map(|event| match event {
            Event::Moved { rule, .. } => Some(rule.id()),
            _ => None,
        });
        let stance = |of: fn(&super::steps::Stance) -> i8| {
            with.map_or(String::new(), |(_, s)| of(&s).to_string())
        };
        let time = deal.at.get(index).copied().flatten();
        [
            deal.id.to_owned(),
            cell(deal.name),
            cell(&session.header.scenario),
            session.header.seed.to_string(),
            (index + 1).to_string(),
            time.map_or(String::new(), |t| written(t, zone, "%Y-%m-%d %H:%M:%S")),
            step.week.to_string(),
            if step.visit > 0 {
                step.visit.to_string()
            } else {
                String::new()
            },
            with.map_or(String::new(), |(p, _)| cell(p.name.get(language))),
            with.map_or(String::new(), |(p, _)| p.role.id().to_owned()),
            tr(language, did(&step.turn.entry)).to_owned(),
            cell(words),
            ids(acts.iter().map(|a| a.spoken.act.id())),
            ids(topics.map(|t| t.id())),
            cell(&replies.collect::<Vec<_>>().join("\n")),
            ids(rules),
            stance(|s| s.category),
            stance(|s| s.vendor),
            stance(|s| s.confidence),
            stance(|s| s.access),
        ]
    };
    steps(session).into_iter().enumerate().map(row).collect()
}

/// Each once, in order, with spaces between.
fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen.join(" ")
}

/// Words that a spreadsheet must not take for a formula get an apostrophe before them.
fn cell(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}
