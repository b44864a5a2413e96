//! What was said with one person, as lines: own words marked, and under a typed line what it was understood as.

use ratatui::text::Line;

use crate::codebook::ReadAct;
use crate::locale::coach;
use crate::reader::UNSURE;
use crate::scenario::PersonId;
use crate::session::{Entry, Turn};
use crate::sim::Event;
use crate::tui::app::App;
use crate::tui::doc::Doc;

/// All visits with the person the visit is with, the one that is on last.
pub fn lines(app: &App, width: u16) -> Vec<Line<'static>> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let Some(visit) = session.state.visit else {
        return Vec::new();
    };
    let theme = app.theme();
    let mut doc = Doc::new(width, theme);
    let mut week = 1;
    let mut with: Option<PersonId> = None;
    for (number, turn) in session.turns.iter().enumerate() {
        for event in &turn.events {
            match event {
                Event::WeekBegan { week: begun } => week = *begun,
                Event::VisitBegan { person, .. } => {
                    with = Some(*person);
                    if *person == visit.person {
                        doc.blank();
                        let words =
                            app.tr_with("tui.talk.visit_in_week", &[("week", &week.to_string())]);
                        doc.para(&words, theme.dim());
                    }
                }
                _ => {}
            }
        }
        if with == Some(visit.person) {
            add_turn(app, number, turn, &mut doc);
        }
        if turn
            .events
            .iter()
            .any(|e| matches!(e, Event::VisitEnded { .. }))
        {
            with = None;
        }
    }
    let hints = coach::hints(session, app.language());
    if !hints.is_empty() {
        doc.blank();
    }
    for hint in hints {
        let lead = format!("? {}{}", app.tr("hint.title"), app.tr("tui.colon"));
        doc.item(&lead, &hint, theme.warn());
    }
    doc.into_lines()
}

fn add_turn(app: &App, number: usize, turn: &Turn, doc: &mut Doc) {
    let (theme, language) = (app.theme(), app.language());
    if let Entry::Befall(incident) = turn.entry {
        let news = app.tr(crate::locale::news(incident));
        doc.item("! ", news, theme.warn());
    }
    for said in &turn.said {
        let words = said.words.get(language);
        match said.by {
            Some(person) => {
                let name = app
                    .session
                    .as_ref()
                    .map_or("", |s| s.world.case.person(person).call.get(language));
                doc.item_styled(
                    &format!("{name}{}", app.tr("tui.colon")),
                    theme.strong(),
                    words,
                    theme.plain(),
                );
            }
            None => {
                let lead = format!("> {}{}", app.tr("tui.talk.me"), app.tr("tui.colon"));
                doc.item(&lead, words, theme.own());
                if let Some(mark) = app.marks.get(&number) {
                    let words = format!("{} {}", mark.sign(), mark.name(language));
                    let style = if mark.is_bad() {
                        theme.warn()
                    } else {
                        theme.good()
                    };
                    doc.item("    ", words.trim_start(), style);
                }
                if let Entry::Say { acts, .. } = &turn.entry
                    && was_read(acts)
                {
                    doc.item("    ", &understood(app, acts), theme.dim());
                }
            }
        }
    }
}

/// A chosen line was not read: its acts are known, without a place in the words.
fn was_read(acts: &[ReadAct]) -> bool {
    acts.is_empty()
        || acts
            .iter()
            .any(|a| a.confidence < 1.0 || !a.span.is_empty())
}

/// *understood as …*: acts with their topics, unsure ones with a question mark.
pub fn understood(app: &App, acts: &[ReadAct]) -> String {
    let language = app.language();
    if acts.is_empty() {
        return app.tr("tui.talk.understood_nothing").to_owned();
    }
    let one = |read: &ReadAct| {
        let mut words = read.spoken.act.name(language).to_owned();
        let topics: Vec<&str> = read
            .spoken
            .topics
            .iter()
            .map(|t| t.name(language))
            .collect();
        if !topics.is_empty() {
            words = app.tr_with(
                "tui.talk.act_on",
                &[
                    ("act", &words),
                    ("topics", &topics.join(app.tr("tui.list"))),
                ],
            );
        }
        if read.confidence < UNSURE {
            words.push_str(app.tr("tui.talk.unsure"));
        }
        words
    };
    let all: Vec<String> = acts.iter().map(one).collect();
    app.tr_with(
        "tui.talk.understood",
        &[("acts", &all.join(app.tr("tui.list")))],
    )
}
