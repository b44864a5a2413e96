//! A visit: what was said, how the client seems, and the line being made.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph};
use ratatui_textarea::TextArea;

use super::composer::{self, composer};
use super::{desk, facts, map, scrolled, transcript};
use crate::codebook::ReadAct;
use crate::locale::coach;
use crate::reader::Reader;
use crate::session::offer::{Offer, offers};
use crate::session::{Entry, Mode, Session, help};
use crate::text::{Text, harmless};
use crate::tui::app::App;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{bar, fit, width as cells};
use crate::tui::{update, view};

/// Signs in the patience bar.
const PATIENCE: usize = 6;

/// What a visit remembers.
#[derive(Debug)]
pub struct Talk {
    composer: TextArea<'static>,
    /// Lines scrolled back from the end.
    back: usize,
    offers: Vec<Offer>,
    chosen: usize,
}

impl Default for Talk {
    fn default() -> Talk {
        Talk {
            composer: composer(""),
            back: 0,
            offers: Vec::new(),
            chosen: 0,
        }
    }
}

/// The line being typed, without the spaces around it.
pub fn line(app: &App) -> String {
    app.talk.composer.lines().join(" ").trim().to_owned()
}

/// The lines to choose from.
pub fn offered(app: &App) -> &[Offer] {
    &app.talk.offers
}

/// A visit begins.
pub fn enter(app: &mut App) {
    app.talk = Talk::default();
    refresh(app);
}

/// A line was taken: it leaves the composer, and new lines are offered.
pub fn sent(app: &mut App) {
    if app.settings.mode == Mode::Free {
        app.talk.composer = composer("");
    }
    refresh(app);
}

/// New lines to choose from, where the trainee chooses.
pub fn refresh(app: &mut App) {
    app.talk.back = 0;
    app.talk.chosen = 0;
    app.talk.offers = match &app.session {
        Some(session) if app.settings.mode == Mode::Guided => offers(session),
        _ => Vec::new(),
    };
}

/// A key for the composer.
pub fn typed(app: &mut App, event: KeyEvent) {
    composer::type_into(&mut app.talk.composer, event);
}

/// Words pasted into the composer.
pub fn pasted(app: &mut App, words: &str) {
    composer::paste_into(&mut app.talk.composer, words);
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let free = app.settings.mode == Mode::Free;
    match action {
        Action::PageUp | Action::PageDown => {
            let at = areas(app, view::body(app, view::whole(app))).transcript;
            let limit = transcript::lines(app, at.width)
                .len()
                .saturating_sub(usize::from(at.height));
            let page = isize::try_from(at.height.saturating_sub(1))
                .unwrap_or(1)
                .max(1);
            let by = if action == Action::PageUp {
                page
            } else {
                -page
            };
            app.talk.back = scrolled(app.talk.back, by, limit);
        }
        Action::SwitchMode => {
            app.settings.mode = update::other(app.settings.mode);
            refresh(app);
        }
        Action::Leave => return update::submit(app, Entry::Leave),
        Action::Hint => return hint(app),
        Action::Up => app.talk.chosen = app.talk.chosen.saturating_sub(1),
        Action::Down => {
            app.talk.chosen = (app.talk.chosen + 1).min(app.talk.offers.len().saturating_sub(1))
        }
        Action::Pick(n) if usize::from(n) < app.talk.offers.len() => {
            app.talk.chosen = usize::from(n);
            return say_chosen(app);
        }
        Action::Confirm if free => return say_typed(app),
        Action::Confirm => return say_chosen(app),
        _ => {}
    }
    Vec::new()
}

/// Asks for the next step of the hint; it is in the log before it is shown.
fn hint(app: &mut App) -> Vec<Effect> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    match help::next(session) {
        Ok(step) => update::submit(app, Entry::Hint(step)),
        Err(why) => {
            app.note(app.tr(coach::no_hint(why)));
            Vec::new()
        }
    }
}

/// The hint is in the log: it stands at the end of the talk.
pub fn hinted(app: &mut App) {
    app.talk.back = 0;
}

fn say_chosen(app: &mut App) -> Vec<Effect> {
    let Some(offer) = app.talk.offers.get(app.talk.chosen) else {
        return Vec::new();
    };
    let read = |&spoken| ReadAct {
        spoken,
        span: 0..0,
        confidence: 1.0,
    };
    let entry = Entry::Say {
        words: offer.words.clone(),
        acts: offer.acts.iter().map(read).collect(),
    };
    update::submit(app, entry)
}

fn say_typed(app: &mut App) -> Vec<Effect> {
    let line = harmless(&line(app));
    let Some(session) = app.session.as_ref().filter(|_| !line.is_empty()) else {
        return Vec::new();
    };
    let reader = app.reader.get_or_init(Reader::shipped);
    let acts = crate::session::facts::read(session, reader, &line);
    update::submit(
        app,
        Entry::Say {
            words: Text::same(line),
            acts,
        },
    )
}

struct Areas {
    header: Rect,
    transcript: Rect,
    composer: Rect,
    side: Option<Rect>,
}

fn areas(app: &App, area: Rect) -> Areas {
    let (area, side) = if area.width >= 110 {
        let [main, _, side] = Layout::horizontal([
            Constraint::Fill(2),
            Constraint::Length(2),
            Constraint::Fill(1),
        ])
        .areas(area);
        (main, Some(side))
    } else {
        (area, None)
    };
    let composer = match app.settings.mode {
        Mode::Free if area.height < 16 => 3,
        Mode::Free => 4,
        Mode::Guided => {
            let lines = offer_lines(app, area.width).0.len() as u16 + 1;
            lines.clamp(2, (area.height / 2).max(3))
        }
    };
    let [header, transcript, composer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(composer),
    ])
    .areas(area);
    Areas {
        header,
        transcript,
        composer,
        side,
    }
}

/// The lines to choose, and at which of them the chosen one begins and ends.
fn offer_lines(app: &App, width: u16) -> (Vec<Line<'static>>, std::ops::Range<usize>) {
    let theme = app.theme();
    let mut doc = Doc::new(width, theme);
    let mut at = 0..0;
    for (i, offer) in app.talk.offers.iter().enumerate() {
        let chosen = i == app.talk.chosen;
        let from = doc.len();
        let lead = format!("{}{} ", if chosen { ">" } else { " " }, i + 1);
        let style = if chosen {
            theme.chosen()
        } else {
            theme.plain()
        };
        doc.item(&lead, offer.words.get(app.language()), style);
        if chosen {
            at = from..doc.len();
        }
    }
    if app.talk.offers.is_empty() {
        doc.para(app.tr("tui.talk.no_offers"), theme.dim());
    }
    (doc.into_lines(), at)
}

/// Draws the visit.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let Some(session) = &app.session else { return };
    let theme = app.theme();
    let at = areas(app, area);
    frame.render_widget(
        Paragraph::new(header(app, session, at.header.width)),
        at.header,
    );
    let lines = transcript::lines(app, at.transcript.width);
    let height = usize::from(at.transcript.height);
    let limit = lines.len().saturating_sub(height);
    let top = limit - app.talk.back.min(limit);
    frame.render_widget(
        Paragraph::new(lines[top..lines.len().min(top + height)].to_vec()),
        at.transcript,
    );

    let title = if app.settings.mode == Mode::Free {
        "tui.talk.type_here"
    } else {
        "tui.talk.choose_here"
    };
    let mut block = Block::new()
        .borders(Borders::TOP)
        .title(format!("{} ", app.tr(title)))
        .border_style(theme.border());
    if app.talk.back > 0 {
        block =
            block.title(Line::styled(app.tr("tui.talk.scrolled"), theme.warn()).right_aligned());
    }
    let inner = block.inner(at.composer);
    frame.render_widget(block, at.composer);
    match app.settings.mode {
        Mode::Free => composer::draw(frame, inner, &app.talk.composer, app.layers.is_empty()),
        Mode::Guided => {
            let (lines, chosen) = offer_lines(app, inner.width);
            let height = usize::from(inner.height);
            let top = chosen.end.saturating_sub(height).min(chosen.start);
            let end = lines.len().min(top + height);
            frame.render_widget(Paragraph::new(lines[top..end].to_vec()), inner);
        }
    }
    if let Some(side) = at.side {
        draw_side(app, session, frame, side);
    }
}

/// Name, title, trust as a word, patience as a bar with a word.
fn header(app: &App, session: &Session, width: u16) -> Line<'static> {
    let Some(visit) = session.state.visit else {
        return Line::default();
    };
    let (theme, language) = (app.theme(), app.language());
    let who = session.world.case.person(visit.person);
    let state = session.state.person(visit.person);
    let start = i32::from(state.patience_start.max(1));
    let left = i32::from(visit.patience.max(0)).min(start);
    let (word, style) = match left * 4 / start {
        3.. => ("tui.patience.plenty", theme.good()),
        2 => ("tui.patience.some", theme.plain()),
        1 => ("tui.patience.short", theme.warn()),
        _ => ("tui.patience.ending", theme.bad()),
    };
    let signs = ((left as usize * PATIENCE).div_ceil(start as usize)).min(PATIENCE);
    let mood = app.tr_with(
        "tui.talk.trust",
        &[("word", app.tr(map::trust_word(state.trust)))],
    );
    let patience = app.tr_with(
        "tui.talk.patience",
        &[("bar", &bar(signs, PATIENCE)), ("word", app.tr(word))],
    );
    let (name, title) = (who.name.get(language), who.title.get(language));
    let titled = format!("{name}{}{title}", app.tr("tui.comma"));
    // Where the row is narrow, the title goes first, then the bar: the words say it all.
    let all = usize::from(width);
    let taken = |patience: &str| cells(&mood) + cells(patience) + 4;
    let short = app
        .tr_with("tui.talk.patience", &[("bar", ""), ("word", app.tr(word))])
        .replace("  ", " ");
    let (name, patience) = if taken(&patience) + cells(&titled) <= all {
        (titled, patience)
    } else if taken(&patience) + cells(name) <= all {
        (name.to_owned(), patience)
    } else {
        (name.to_owned(), short)
    };
    let room = all.saturating_sub(taken(&patience));
    Line::from(vec![
        Span::styled(fit(&name, room), theme.heading()),
        Span::raw("  "),
        Span::styled(mood, theme.plain()),
        Span::raw("  "),
        Span::styled(patience, style),
    ])
}

/// Note, promises and fact sheet, where there is room beside the talk.
fn draw_side(app: &App, session: &Session, frame: &mut Frame, area: Rect) {
    let Some(visit) = session.state.visit else {
        return;
    };
    let theme = app.theme();
    let block = Block::new()
        .borders(Borders::LEFT)
        .border_style(theme.border());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let mut doc = Doc::new(inner.width.saturating_sub(1), theme);
    let about = session
        .world
        .case
        .person(visit.person)
        .about
        .get(app.language());
    if !about.is_empty() {
        doc.para(about, theme.plain());
    }
    let note = session.note(visit.person);
    if !note.is_empty() {
        doc.item_styled(app.tr("tui.desk.note"), theme.dim(), note, theme.own());
    }
    desk::promises(app, session, &mut doc, Some(visit.person));
    facts::facts(app, &mut doc);
    let mut lines = doc.into_lines();
    let height = usize::from(inner.height);
    if lines.len() > height {
        lines.truncate(height.saturating_sub(1));
        lines.push(Line::styled(app.tr("tui.talk.more_facts"), theme.dim()));
    }
    let inner = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(1),
        ..inner
    };
    doc::draw(frame, inner, &lines, 0, theme);
}
