//! The desk: calendar, account map, notes, promises; from here one goes out.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph};
use ratatui_textarea::TextArea;

use super::{composer, layers, map, scrolled};
use crate::scenario::PersonId;
use crate::session::{Entry, Guess, Session};
use crate::sim::PromiseKind;
use crate::text::harmless;
use crate::tui::app::{App, Layer, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{bar, fit};
use crate::tui::{update, view};

/// Rows the calendar takes at most.
const CALENDAR: usize = 6;

/// What the desk remembers.
#[derive(Debug, Default)]
pub struct Desk {
    /// The marked person, among those known.
    chosen: usize,
    /// How far the card is scrolled.
    top: usize,
    /// The end of a week in which nobody was visited was asked for once.
    week_asked: bool,
    /// The note being written.
    pub note: Option<TextArea<'static>>,
}

fn chosen(app: &App) -> Option<PersonId> {
    let people = map::known(app.session.as_ref()?);
    people.get(app.desk.chosen).copied()
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let people = map::known(session);
    let area = areas(app, view::body(app, view::whole(app))).card;
    let limit = doc::limit(card(app, area.width).len(), area.height);
    let page = isize::try_from(area.height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    // A week is lost for good: one in which nobody was visited takes a second press.
    let idle = session.state.visits_used == 0;
    let asked = std::mem::replace(&mut app.desk.week_asked, action == Action::NextWeek && idle);
    match (action, chosen(app)) {
        (Action::NextWeek, _) if idle && !asked => app.note(app.tr("tui.note.idle_week")),
        (Action::Up, _) => (app.desk.chosen, app.desk.top) = (app.desk.chosen.saturating_sub(1), 0),
        (Action::Down, _) => {
            (app.desk.chosen, app.desk.top) =
                ((app.desk.chosen + 1).min(people.len().saturating_sub(1)), 0);
        }
        (Action::PageUp, _) => app.desk.top = scrolled(app.desk.top, -page, limit),
        (Action::PageDown, _) => app.desk.top = scrolled(app.desk.top, page, limit),
        (Action::Confirm, Some(person)) => return update::submit(app, Entry::Visit(person)),
        (Action::NextWeek, _) => {
            app.desk.week_asked = false;
            return update::submit(app, Entry::NextWeek);
        }
        (Action::Fulfil, person) => return fulfil(app, person),
        (Action::Note, Some(person)) => {
            let mut area = composer::composer(app.tr("tui.desk.note_placeholder"));
            area.insert_str(session.note(person));
            app.desk.note = Some(area);
        }
        (Action::Map, Some(person)) => {
            app.guess = session
                .guess(person)
                .map_or_else(Guess::default, |(_, g)| g);
            app.layers.push(Layer::Map(person, 0));
        }
        (Action::Brief, _) => app.screen = Screen::Brief,
        (Action::GiveUp, _) => app.layers.push(Layer::GiveUp),
        (Action::Back, _) => return update::go_home(app),
        _ => {}
    }
    Vec::new()
}

/// Does a page that was promised: the marked person's first, else whichever is due first.
fn fulfil(app: &mut App, person: Option<PersonId>) -> Vec<Effect> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let mut own: Vec<_> = session
        .state
        .open_promises()
        .filter(|(_, p)| p.kind == PromiseKind::Page)
        .collect();
    own.sort_by_key(|(_, p)| (Some(p.person) != person, p.due));
    match own.first() {
        Some((number, _)) => update::submit(app, Entry::Fulfil(*number)),
        None => {
            app.note(app.tr("tui.note.nothing_promised"));
            Vec::new()
        }
    }
}

/// What the keys do while a note is written.
pub fn act_noting(app: &mut App, action: Action) -> Vec<Effect> {
    match (action, chosen(app)) {
        (Action::Back, _) => app.desk.note = None,
        (Action::Confirm, Some(person)) => {
            let words = app
                .desk
                .note
                .as_ref()
                .map(|n| harmless(n.lines().join(" ").trim()))
                .unwrap_or_default();
            return update::submit(app, Entry::Note(person, words));
        }
        _ => {}
    }
    Vec::new()
}

/// A key for the note.
pub fn typed(app: &mut App, event: KeyEvent) {
    if let Some(note) = &mut app.desk.note {
        composer::type_into(note, event);
    }
}

/// Words pasted into the note.
pub fn pasted(app: &mut App, words: &str) {
    if let Some(note) = &mut app.desk.note {
        composer::paste_into(note, words);
    }
}

struct Areas {
    calendar: Rect,
    map: Rect,
    card: Rect,
    note: Rect,
}

fn areas(app: &App, area: Rect) -> Areas {
    let calendar_rows = u16::try_from(calendar(app, area.width).len())
        .unwrap_or(2)
        .min(CALENDAR as u16);
    let note_rows = if app.desk.note.is_some() { 3 } else { 0 };
    let [calendar, _, middle, note] = Layout::vertical([
        Constraint::Length(calendar_rows),
        Constraint::Length(u16::from(area.height > 14)),
        Constraint::Fill(1),
        Constraint::Length(note_rows),
    ])
    .areas(area);
    if area.width >= 110 {
        let [map, _, card] = Layout::horizontal([
            Constraint::Fill(3),
            Constraint::Length(2),
            Constraint::Fill(2),
        ])
        .areas(middle);
        return Areas {
            calendar,
            map,
            card,
            note,
        };
    }
    let roomy = middle.height >= map::wanted(app, true) + 8;
    let rows = map::wanted(app, roomy).min(middle.height * 3 / 5).max(1);
    let [map, _, card] = Layout::vertical([
        Constraint::Length(rows),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(middle);
    Areas {
        calendar,
        map,
        card,
        note,
    }
}

/// Week, visits left, what is on this week, what is due.
fn calendar(app: &App, width: u16) -> Vec<Line<'static>> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let (theme, state, case) = (app.theme(), &session.state, &session.world.case);
    let mut doc = Doc::new(width, theme);
    let words = app.tr_with(
        "tui.desk.calendar",
        &[
            ("week", &state.week.to_string()),
            ("weeks", &case.weeks.to_string()),
            (
                "bar",
                &bar(usize::from(state.week), usize::from(case.weeks)),
            ),
            (
                "visits",
                &case
                    .visits_per_week
                    .saturating_sub(state.visits_used)
                    .to_string(),
            ),
        ],
    );
    doc.para(&words, theme.strong());
    for occasion in &case.occasions {
        let soon = occasion.week == state.week || occasion.week == state.week + 1;
        if soon && state.person(occasion.person).named {
            let slots = [
                ("week", &*occasion.week.to_string()),
                ("what", occasion.text.get(app.language())),
            ];
            doc.para(&app.tr_with("tui.desk.occasion", &slots), theme.warn());
        }
    }
    // Whoever got in touch when the week began stays on the desk until it ends.
    let began = session
        .turns
        .iter()
        .rev()
        .find(|t| t.entry == Entry::NextWeek);
    for said in began.into_iter().flat_map(|t| &t.said) {
        let Some(by) = said.by else { continue };
        let lead = format!(
            "{}{}",
            case.person(by).call.get(app.language()),
            app.tr("tui.colon")
        );
        doc.item_styled(
            &lead,
            theme.strong(),
            said.words.get(app.language()),
            theme.plain(),
        );
    }
    let mut lines = doc.into_lines();
    lines.truncate(CALENDAR);
    lines
}

/// Promises, and the marked person: what is known, the note, relations in words.
fn card(app: &App, width: u16) -> Vec<Line<'static>> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let (theme, language) = (app.theme(), app.language());
    let mut doc = Doc::new(width, theme);
    promises(app, session, &mut doc, None);
    let Some(person) = chosen(app) else {
        return doc.into_lines();
    };
    let who = session.world.case.person(person);
    let parts = [
        who.name.get(language),
        who.title.get(language),
        who.department.get(language),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|w| !w.is_empty()).collect();
    doc.heading(&parts.join(app.tr("tui.comma")));
    if !who.about.get(language).is_empty() {
        doc.para(who.about.get(language), theme.plain());
    }
    doc.para(&map::seen(app, session, person), theme.dim());
    let note = session.note(person);
    let note = if note.is_empty() {
        app.tr("tui.desk.no_note")
    } else {
        note
    };
    doc.item_styled(app.tr("tui.desk.note"), theme.dim(), note, theme.own());
    if let Some((_, guess)) = session.guess(person) {
        let parts = layers::guessed(app, guess);
        let words: Vec<String> = parts
            .into_iter()
            .map(|(what, word)| format!("{what} {word}"))
            .collect();
        doc.item_styled(
            app.tr("tui.desk.guess"),
            theme.dim(),
            &words.join(app.tr("tui.list")),
            theme.own(),
        );
    }
    for (from, to, value) in map::relations(session) {
        if from == person || to == person {
            let key = if value > 0 {
                "tui.map.backs"
            } else {
                "tui.map.at_odds"
            };
            let words = app.tr_with(key, &[("from", app.name(from)), ("to", app.name(to))]);
            let lead = if value > 0 { "+ " } else { "- " };
            doc.item(
                lead,
                &words,
                if value > 0 { theme.good() } else { theme.bad() },
            );
        }
    }
    doc.into_lines()
}

/// Open promises, of one person or of all.
pub fn promises(app: &App, session: &Session, doc: &mut Doc, of: Option<PersonId>) {
    let theme = app.theme();
    let open: Vec<_> = session
        .state
        .open_promises()
        .map(|(_, p)| p)
        .filter(|p| of.is_none_or(|o| o == p.person))
        .collect();
    if open.is_empty() {
        return;
    }
    doc.heading(app.tr("tui.desk.promises"));
    for promise in open {
        let own = promise.kind == PromiseKind::Page;
        let key = if own {
            "tui.promise.own"
        } else {
            "tui.promise.theirs"
        };
        let slots = [
            ("name", app.name(promise.person)),
            ("what", promise.kind.name(app.language())),
            ("week", &*promise.due.to_string()),
        ];
        let pressing = own && promise.due <= session.state.week;
        let style = if pressing {
            theme.warn()
        } else {
            theme.plain()
        };
        doc.item(
            if pressing { "! " } else { "- " },
            &app.tr_with(key, &slots),
            style,
        );
    }
}

/// Draws the desk.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let theme = app.theme();
    let at = areas(app, area);
    frame.render_widget(
        Paragraph::new(calendar(app, at.calendar.width)),
        at.calendar,
    );
    map::draw(app, frame, at.map, app.desk.chosen);
    doc::draw(
        frame,
        at.card,
        &card(app, at.card.width),
        app.desk.top,
        theme,
    );
    if let (Some(note), Some(person)) = (&app.desk.note, chosen(app)) {
        let title = app.tr_with("tui.desk.note_on", &[("name", app.name(person))]);
        let title = fit(&title, usize::from(at.note.width.saturating_sub(4)));
        let block = Block::bordered()
            .title(format!(" {title} "))
            .border_style(theme.heading());
        let inner = block.inner(at.note);
        frame.render_widget(block, at.note);
        composer::draw(frame, inner, note, app.layers.is_empty());
    }
}
