//! What was understood, in the user's words.

use crate::codebook::Reading;
use crate::session::Entry;
use crate::text::Language;

/// A reading in the user's words: acts with their topics, unsure ones marked.
pub(crate) fn summary(reading: &Reading, language: Language) -> String {
    let acts: Vec<String> = reading
        .acts
        .iter()
        .map(|read| {
            let unsure = if read.confidence < crate::reader::UNSURE {
                "?"
            } else {
                ""
            };
            let topics: Vec<&str> = read
                .spoken
                .topics
                .iter()
                .map(|t| t.name(language))
                .collect();
            match (topics.is_empty(), language) {
                (true, _) => format!("{}{unsure}", read.spoken.act.name(language)),
                (false, Language::Zh) => format!(
                    "{}({}){unsure}",
                    read.spoken.act.name(language),
                    topics.join("、")
                ),
                (false, Language::En) => format!(
                    "{} ({}){unsure}",
                    read.spoken.act.name(language),
                    topics.join(", ")
                ),
            }
        })
        .collect();
    match (acts.is_empty(), language) {
        (true, Language::Zh) => "没有可办的事".to_owned(),
        (true, Language::En) => "nothing to act on".to_owned(),
        (false, _) => acts.join(" · "),
    }
}

/// Locale key of what an entry is, in a word or two.
pub(crate) fn did(entry: &Entry) -> &'static str {
    match entry {
        Entry::Visit(_) => "tui.entry.visit",
        Entry::Say { .. } => "tui.entry.say",
        Entry::Leave => "tui.entry.leave",
        Entry::Fulfil(_) => "tui.entry.fulfil",
        Entry::NextWeek => "tui.entry.next_week",
        Entry::Abandon => "tui.entry.abandon",
        Entry::Prepare(..) => "tui.entry.prepare",
        Entry::Note(..) => "tui.entry.note",
        Entry::Rate(_) => "tui.entry.rate",
        Entry::Hint(_) => "tui.entry.hint",
        Entry::Map(..) => "tui.entry.map",
        Entry::Rule(_) | Entry::RuleKept(_) => "tui.entry.rule",
        Entry::Befall(incident) => super::news(*incident),
    }
}

/// Locale key of how near the decision-maker was reached; access 0–5.
pub(crate) fn reached_key(access: u8) -> &'static str {
    match access {
        0 => "tui.reached.0",
        1 => "tui.reached.1",
        2 => "tui.reached.2",
        3 => "tui.reached.3",
        4 => "tui.reached.4",
        _ => "tui.reached.5",
    }
}
