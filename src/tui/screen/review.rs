//! The review of a finished deal: the curve and what it comes to, and every move with its mark, fuller on demand.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{debrief, scrolled};
use crate::locale::review::{Said, Tone, Words};
use crate::review::whole::per_cent;
use crate::review::{Mark, Note, Review, Reviewed, xray};
use crate::tui::app::{App, Screen};
use crate::tui::chart;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{fit, pad};
use crate::tui::theme::Theme;
use crate::tui::view;

/// Rows of the curve.
const CURVE: usize = 6;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Reviewing {
    /// The review that is being made; answers to an older one are dropped.
    job: u32,
    /// It is being made now.
    running: bool,
    notes: Vec<Note>,
    /// How many moves there are; `None` until the first note is there.
    total: Option<usize>,
    review: Option<Review>,
    /// Moves are listed; else the whole is shown.
    listing: bool,
    chosen: usize,
    /// What everybody held and felt is shown with the move.
    through: bool,
    top: usize,
}

/// Begins the review of the deal that is open, or shows it again.
pub fn enter(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Review;
    if app.review.is_whole() {
        return Vec::new();
    }
    app.review = Reviewing {
        job: app.review.job + 1,
        running: true,
        ..Reviewing::default()
    };
    vec![Effect::Review(app.review.job)]
}

/// Forgets the review: another deal is on the table.
pub fn forget(app: &mut App) {
    app.review = Reviewing {
        job: app.review.job + 1,
        ..Reviewing::default()
    };
}

/// Takes notes that have come in.
pub fn noted(app: &mut App, job: u32, total: usize, notes: Vec<Note>) {
    let Some(session) = app.session.as_ref().filter(|_| job == app.review.job) else {
        return;
    };
    app.review.total = Some(total);
    app.review.notes.extend(notes);
    app.review.review = Some(Review::of(session, &app.review.notes));
}

impl Reviewing {
    /// Whether notes are still to come.
    pub fn is_busy(&self) -> bool {
        self.running && !self.is_whole()
    }

    fn is_whole(&self) -> bool {
        self.total.is_some_and(|total| self.notes.len() >= total)
    }

    fn moves(&self) -> &[Reviewed] {
        self.review.as_ref().map_or(&[], |r| &r.moves)
    }
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let (_, detail) = areas(app, view::body(app, view::whole(app)));
    let limit = doc::limit(page(app, detail.width).len(), detail.height);
    let step = isize::try_from(detail.height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    let last = app.review.moves().len().saturating_sub(1);
    match action {
        Action::Up if app.review.listing => choose(app, app.review.chosen.saturating_sub(1)),
        Action::Down if app.review.listing => choose(app, (app.review.chosen + 1).min(last)),
        Action::Left => step_to_bad(app, false),
        Action::Right => step_to_bad(app, true),
        Action::Up => app.review.top = scrolled(app.review.top, -1, limit),
        Action::Down => app.review.top = scrolled(app.review.top, 1, limit),
        Action::PageUp => app.review.top = scrolled(app.review.top, -step, limit),
        Action::PageDown => app.review.top = scrolled(app.review.top, step, limit),
        Action::SwitchMode => {
            app.review.listing = !app.review.listing;
            app.review.top = 0;
        }
        Action::Through => {
            app.review.through = !app.review.through;
            app.review.listing = true;
            app.review.top = 0;
        }
        Action::Branch => return branch(app),
        Action::Back => {
            // Who has not rated himself yet does so before he reads the debrief.
            let rated = app.session.as_ref().is_some_and(|s| s.rated().is_some());
            app.screen = if rated { Screen::Debrief } else { Screen::Rate };
            let mut out = Vec::new();
            if app.review.is_busy() {
                forget(app);
                out.push(Effect::StopReview);
            }
            if rated {
                out.extend(debrief::prepare(app));
            }
            return out;
        }
        _ => {}
    }
    Vec::new()
}

/// Plays on from the move that is marked, as if it had not been made.
fn branch(app: &mut App) -> Vec<Effect> {
    let exam = app.session.as_ref().is_some_and(|s| s.header.exam);
    if exam {
        app.error(app.tr("tui.error.exam_branch"));
        return Vec::new();
    }
    if !app.review.listing {
        app.review.listing = true;
        return Vec::new();
    }
    let at = app.review.moves().get(app.review.chosen);
    at.map(|one| Effect::Branch(one.note.turn))
        .into_iter()
        .collect()
}

fn choose(app: &mut App, at: usize) {
    app.review.chosen = at;
    app.review.top = 0;
}

/// To the next move that went wrong, or the one before.
fn step_to_bad(app: &mut App, forward: bool) {
    let at = app.review.chosen;
    let bad = |i: &usize| app.review.moves()[*i].note.mark.is_bad();
    let moves = app.review.moves().len();
    let found = if forward {
        (at + 1..moves).find(bad)
    } else {
        (0..at.min(moves)).rev().find(bad)
    };
    if let Some(found) = found {
        app.review.listing = true;
        choose(app, found);
    }
}

/// The list, and what stands beside or below it.
fn areas(app: &App, area: Rect) -> (Rect, Rect) {
    if !app.review.listing {
        let whole = Rect {
            width: area.width.min(110),
            ..area
        };
        return (Rect::default(), whole);
    }
    if area.width >= 110 {
        let [list, _, detail] = Layout::horizontal([
            Constraint::Fill(2),
            Constraint::Length(2),
            Constraint::Fill(3),
        ])
        .areas(area);
        return (list, detail);
    }
    let [list, _, detail] = Layout::vertical([
        Constraint::Fill(2),
        Constraint::Length(1),
        Constraint::Fill(3),
    ])
    .areas(area);
    (list, detail)
}

/// Draws it.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let (list, detail) = areas(app, area);
    let lines = page(app, detail.width);
    doc::draw(frame, detail, &lines, app.review.top, app.theme());
    if app.review.listing {
        let rows = rows(app, list.width);
        let shown = usize::from(list.height).saturating_sub(1).max(1);
        let top = (app.review.chosen + 1 + shown / 2).saturating_sub(shown);
        doc::draw(frame, list, &rows, top, app.theme());
    }
}

fn words(app: &App) -> Option<Words<'_>> {
    let session = app.session.as_ref()?;
    Some(Words {
        session,
        language: app.language(),
    })
}

fn rows(app: &App, width: u16) -> Vec<Line<'static>> {
    let (theme, Some(words)) = (app.theme(), words(app)) else {
        return Vec::new();
    };
    let moves = app.review.moves().iter().enumerate();
    moves
        .map(|(i, one)| {
            let chosen = i == app.review.chosen;
            let style = if chosen {
                theme.chosen()
            } else {
                theme.plain()
            };
            let lead = if chosen { "> " } else { "  " };
            let sign = pad(one.note.mark.sign(), 3);
            let outlook = format!("{:>3}% ", per_cent(one.note.after));
            let number = format!("{:>3} ", one.note.turn + 1);
            let room = usize::from(width).saturating_sub(14);
            let made = fit(&words.made(one.note.turn).replace('\n', " "), room);
            Line::from(vec![
                Span::styled(format!("{lead}{number}"), style),
                Span::styled(sign, of_mark(theme, one.note.mark)),
                Span::styled(format!("{outlook}{made}"), style),
            ])
        })
        .collect()
}

fn of_mark(theme: Theme, mark: Mark) -> Style {
    match mark {
        Mark::Excellent | Mark::Good => theme.good(),
        Mark::Fine => theme.plain(),
        Mark::Missed => theme.warn(),
        Mark::Mistake | Mark::Blunder => theme.bad(),
    }
}

fn page(app: &App, width: u16) -> Vec<Line<'static>> {
    let mut doc = Doc::new(width, app.theme());
    let (Some(words), Some(review)) = (words(app), &app.review.review) else {
        doc.para(app.tr("tui.review.begun"), app.theme().dim());
        return doc.into_lines();
    };
    if app.review.is_busy() {
        let total = app.review.total.unwrap_or(0).to_string();
        let done = app.review.notes.len().to_string();
        let slots = [("done", &*done), ("total", &*total)];
        doc.para(&app.tr_with("tui.review.busy", &slots), app.theme().warn());
    }
    if !app.review.listing {
        doc.heading(app.tr("tui.review.curve"));
        let values: Vec<u8> = review.curve().into_iter().map(per_cent).collect();
        for row in chart::curve(&values, usize::from(width), CURVE) {
            doc.raw(row, app.theme().own());
        }
        add(app, &mut doc, words.weeks(review));
        add(app, &mut doc, words.summary(review));
        return doc.into_lines();
    }
    if let Some(one) = review.moves.get(app.review.chosen) {
        doc.para(&words.heading(one), app.theme().strong());
        add(app, &mut doc, words.detail(one));
        if let Some(session) = app.session.as_ref().filter(|_| app.review.through) {
            add(
                app,
                &mut doc,
                words.xray(&xray::xray(session, one.note.turn)),
            );
        }
    }
    doc.into_lines()
}

/// Puts lines of a review into a document, each in the style of its tone.
pub fn add(app: &App, doc: &mut Doc, lines: Vec<Said>) {
    let theme = app.theme();
    for (tone, lead, words) in lines {
        let style = match tone {
            Tone::Heading => {
                doc.heading(&words);
                continue;
            }
            Tone::Plain => theme.plain(),
            Tone::Dim => theme.dim(),
            Tone::Good => theme.good(),
            Tone::Bad => theme.bad(),
            Tone::Advice => theme.strong(),
            Tone::Own => theme.own(),
        };
        doc.item(lead, &words, style);
    }
}
