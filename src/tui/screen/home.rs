//! Home: deals to go on with, cases to start, and the way to everything else.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{drill, progress};
use crate::tui::app::{App, Layer};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{pad, width};

/// What the home screen remembers.
#[derive(Debug, Default)]
pub struct Home {
    /// The marked row of [`rows`].
    chosen: usize,
    /// The deal that is being opened is to be reviewed at once.
    pub review: bool,
}

/// A row that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A deal to go on with: index among the sessions.
    Unfinished(usize),
    /// A case to start: index among the cases.
    Case(usize),
    /// A round of cards.
    Drill,
    /// The picture over time.
    Progress,
    /// A finished deal: index among the sessions.
    Finished(usize),
}

/// All rows: unfinished deals first, so that one Enter goes on where one left.
fn rows(app: &App) -> Vec<Row> {
    let sessions =
        |done: bool| (0..app.sessions.len()).filter(move |&i| app.sessions[i].done == done);
    let unfinished = sessions(false).map(Row::Unfinished);
    let finished = sessions(true).map(Row::Finished);
    unfinished
        .chain((0..app.cases.len()).map(Row::Case))
        .chain([Row::Drill, Row::Progress])
        .chain(finished)
        .collect()
}

/// Keeps the mark on a row that exists.
pub fn clamp(app: &mut App) {
    app.home.chosen = app.home.chosen.min(rows(app).len().saturating_sub(1));
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rows = rows(app);
    app.home.review = false;
    match action {
        Action::Up => app.home.chosen = app.home.chosen.saturating_sub(1),
        Action::Down => app.home.chosen = (app.home.chosen + 1).min(rows.len().saturating_sub(1)),
        Action::Drill => return drill::enter(app),
        Action::Progress => return progress::enter(app),
        Action::Settings => app.layers.push(Layer::Settings(0)),
        Action::Review => match rows.get(app.home.chosen) {
            Some(row @ Row::Finished(_)) => {
                app.home.review = true;
                return start(app, Some(*row));
            }
            _ => app.note(app.tr("tui.note.not_finished")),
        },
        Action::Confirm => return start(app, rows.get(app.home.chosen).copied()),
        _ => {}
    }
    Vec::new()
}

fn start(app: &mut App, row: Option<Row>) -> Vec<Effect> {
    match row {
        Some(Row::Unfinished(i) | Row::Finished(i)) => {
            vec![Effect::Resume(app.sessions[i].id.clone())]
        }
        Some(Row::Case(i)) if app.cases[i].playable => vec![Effect::Begin {
            case: app.cases[i].id.clone(),
            seed: app.seed,
            mode: app.settings.mode,
            language: app.settings.language,
        }],
        Some(Row::Drill) => drill::enter(app),
        Some(Row::Progress) => progress::enter(app),
        Some(Row::Case(_)) => {
            app.error(app.tr("tui.error.not_playable"));
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Draws the list, and beside or below it what the marked row is about.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let (list, about) = if area.width >= 110 {
        let [list, _, about] = Layout::horizontal([
            Constraint::Fill(1),
            Constraint::Length(3),
            Constraint::Fill(1),
        ])
        .areas(area);
        (list, about)
    } else {
        let below = (area.height / 3).clamp(3, 9);
        let [list, _, about] = Layout::vertical([
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Length(below),
        ])
        .areas(area);
        (list, about)
    };
    draw_list(app, frame, list);
    draw_about(app, frame, about);
}

fn draw_list(app: &App, frame: &mut Frame, area: Rect) {
    let (theme, language) = (app.theme(), app.language());
    let mut lines: Vec<Line> = Vec::new();
    // A long list would hide the row of the cards: what is due is told at the top.
    if app.due.0 > 0 {
        lines.push(Line::styled(format!("! {}", due(app)), theme.warn()));
    }
    let mut at = 0;
    let mut part = "";
    for (i, row) in rows(app).into_iter().enumerate() {
        let (heading, words, aside) = match row {
            Row::Unfinished(s) | Row::Finished(s) => {
                let session = &app.sessions[s];
                let week = app.tr_with("tui.home.week", &[("week", &session.week.to_string())]);
                let heading = if session.done {
                    "tui.home.finished"
                } else {
                    "tui.home.unfinished"
                };
                (
                    heading,
                    session.title.get(language),
                    if session.done { String::new() } else { week },
                )
            }
            Row::Case(c) => {
                let case = &app.cases[c];
                let aside = if case.playable {
                    ""
                } else {
                    app.tr("tui.home.broken")
                };
                ("tui.home.cases", case.title.get(language), aside.to_owned())
            }
            Row::Drill => ("tui.home.practice", app.tr("tui.title.drill"), due(app)),
            Row::Progress => (
                "tui.home.practice",
                app.tr("tui.title.progress"),
                String::new(),
            ),
        };
        if part != heading {
            part = heading;
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(app.tr(heading), theme.heading()));
        }
        let mark = if i == app.home.chosen { "> " } else { "  " };
        let room = usize::from(area.width).saturating_sub(2 + width(&aside) + 1);
        let words = format!("{mark}{} {aside}", pad(words, room));
        let style = if i == app.home.chosen {
            theme.chosen()
        } else {
            theme.plain()
        };
        if i == app.home.chosen {
            at = lines.len();
        }
        lines.push(Line::styled(words, style));
    }
    if lines.is_empty() {
        lines.push(Line::styled(app.tr("tui.home.empty"), theme.dim()));
    }
    let page = usize::from(area.height).saturating_sub(1).max(1);
    doc::draw(frame, area, &lines, (at + 1).saturating_sub(page), theme);
}

/// How many cards are due, or new.
fn due(app: &App) -> String {
    let (due, unseen) = app.due;
    let (key, count) = match due {
        0 => ("tui.home.unseen", unseen),
        _ => ("tui.home.due", due),
    };
    app.tr_with(key, &[("count", &count.to_string())])
}

fn draw_about(app: &App, frame: &mut Frame, area: Rect) {
    let (theme, language) = (app.theme(), app.language());
    let mut doc = Doc::new(area.width, theme);
    match rows(app).get(app.home.chosen) {
        Some(Row::Case(c)) => {
            let case = &app.cases[*c];
            doc.para(case.title.get(language), theme.strong());
            doc.para(case.summary.get(language), theme.plain());
            if case.problems.is_empty() {
                doc.para(case.brief.get(language), theme.dim());
            } else {
                for line in case.problems.lines() {
                    doc.para(&crate::text::harmless(line), theme.bad());
                }
            }
        }
        Some(Row::Drill) => {
            doc.para(app.tr("tui.home.drill"), theme.plain());
            doc.para(app.tr("tui.drill.honest"), theme.dim());
        }
        Some(Row::Progress) => doc.para(app.tr("tui.home.progress"), theme.plain()),
        Some(Row::Unfinished(_)) => doc.para(app.tr("tui.home.resume"), theme.plain()),
        Some(Row::Finished(_)) => doc.para(app.tr("tui.home.reread"), theme.plain()),
        None => {}
    }
    let mut lines = doc.into_lines();
    lines.truncate(usize::from(area.height));
    doc::draw(frame, area, &lines, 0, theme);
}
