//! A visit that has just ended: how, what was agreed, what was not, what is due.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{desk, scrolled};
use crate::session::Turn;
use crate::sim::{Event, PromiseKind, Rule, VisitEnd};
use crate::tui::app::{App, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::view;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Ended {
    top: usize,
}

/// Shows how the visit ended.
pub fn enter(app: &mut App) {
    app.ended = Ended::default();
    app.screen = Screen::Ended;
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let area = view::body(app, view::whole(app));
    let limit = doc::limit(lines(app, area.width).len(), area.height);
    let page = isize::try_from(area.height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    match action {
        Action::PageUp => app.ended.top = scrolled(app.ended.top, -page, limit),
        Action::PageDown => app.ended.top = scrolled(app.ended.top, page, limit),
        Action::Confirm => {
            let over = app
                .session
                .as_ref()
                .is_some_and(|s| s.state.outcome.is_some());
            app.screen = if over { Screen::Rate } else { Screen::Desk };
        }
        _ => {}
    }
    Vec::new()
}

fn end_words(end: VisitEnd) -> &'static str {
    match end {
        VisitEnd::Order => "tui.end.order",
        VisitEnd::Advance => "tui.end.advance",
        VisitEnd::Continuation => "tui.end.continuation",
        VisitEnd::NoSale => "tui.end.no_sale",
    }
}

fn lines(app: &App, width: u16) -> Vec<Line<'static>> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let (theme, language) = (app.theme(), app.language());
    let mut doc = Doc::new(width, theme);
    let began = |turn: &Turn| {
        turn.events
            .iter()
            .any(|e| matches!(e, Event::VisitBegan { .. }))
    };
    let from = session
        .turns
        .iter()
        .rposition(began)
        .unwrap_or(session.turns.len());
    let events: Vec<&Event> = session.turns[from..]
        .iter()
        .flat_map(|t| &t.events)
        .collect();
    for event in &events {
        if let Event::VisitEnded { person, end } = event {
            let style = match end {
                VisitEnd::Order | VisitEnd::Advance => theme.good(),
                VisitEnd::Continuation => theme.warn(),
                VisitEnd::NoSale => theme.bad(),
            };
            let slots = [("name", app.name(*person)), ("end", end.name(language))];
            doc.para(&app.tr_with("tui.ended.how", &slots), style);
            doc.para(app.tr(end_words(*end)), theme.plain());
        }
    }
    if let Some(outcome) = session.state.outcome {
        doc.blank();
        doc.para(
            &app.tr_with("tui.ended.over", &[("outcome", outcome.name(language))]),
            theme.strong(),
        );
    }
    // The last words stay in the ear.
    if let Some(said) = session
        .turns
        .last()
        .and_then(|t| t.said.iter().rev().find(|s| s.by.is_some()))
    {
        doc.blank();
        let name = said
            .by
            .map_or("", |p| session.world.case.person(p).call.get(language));
        let lead = format!("{name}{}", app.tr("tui.colon"));
        doc.item_styled(
            &lead,
            theme.strong(),
            said.words.get(language),
            theme.plain(),
        );
    }
    let (agreed, declined) = agreements(app, &events);
    doc.heading(app.tr("tui.ended.agreed"));
    if agreed.is_empty() {
        doc.para(app.tr("tui.ended.nothing_agreed"), theme.dim());
    }
    for words in agreed {
        doc.item("+ ", &words, theme.good());
    }
    if !declined.is_empty() {
        doc.heading(app.tr("tui.ended.declined"));
        for words in declined {
            doc.item("- ", &words, theme.warn());
        }
    }
    desk::promises(app, session, &mut doc, None);
    doc.into_lines()
}

/// What both sides know was agreed, and what was declined.
fn agreements(app: &App, events: &[&Event]) -> (Vec<String>, Vec<String>) {
    let (mut agreed, mut declined) = (Vec::new(), Vec::new());
    for event in events {
        match **event {
            Event::Promised { person, kind, due } => {
                let key = if kind == PromiseKind::Page {
                    "tui.promise.own"
                } else {
                    "tui.promise.theirs"
                };
                let week = due.to_string();
                let slots = [
                    ("name", app.name(person)),
                    ("what", kind.name(app.language())),
                    ("week", &*week),
                ];
                agreed.push(app.tr_with(key, &slots));
            }
            Event::Moved {
                rule: Rule::IntroductionAgreed,
                ..
            } => agreed.push(app.tr("tui.ended.introduction").to_owned()),
            Event::Named { person } => {
                agreed.push(app.tr_with("tui.ended.named", &[("name", app.name(person))]))
            }
            Event::ProcessTold { .. } => agreed.push(app.tr("tui.ended.process").to_owned()),
            Event::CriteriaTold { .. } => agreed.push(app.tr("tui.ended.criteria").to_owned()),
            Event::StepProposed { agreed: false, .. } => {
                declined.push(app.tr("tui.ended.step_declined").to_owned())
            }
            Event::AccessRefused { .. } => {
                declined.push(app.tr("tui.ended.access_refused").to_owned())
            }
            _ => {}
        }
    }
    (once(agreed), once(declined))
}

/// Each sentence once, in the order of time.
fn once(mut sentences: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    sentences.retain(|words| seen.insert(words.clone()));
    sentences
}

/// Draws it.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    doc::draw(
        frame,
        area,
        &lines(app, area.width),
        app.ended.top,
        app.theme(),
    );
}
