//! The brief, and the preparation card: what the trainee expects before he goes out.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::{facts, scrolled};
use crate::scenario::PersonId;
use crate::session::{Entry, Pattern, Session};
use crate::tui::app::{App, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::{update, view};

/// What the brief remembers.
#[derive(Debug, Default)]
pub struct Brief {
    top: usize,
    /// 0 pattern · 1 decision-maker.
    question: usize,
    /// Not chosen at first: a default would be an answer nobody gave.
    pattern: Option<usize>,
    /// 0 somebody not met · *n* the *n*th person known.
    decides: usize,
}

fn known(session: &Session) -> Vec<PersonId> {
    session
        .state
        .everybody()
        .filter(|&id| session.world.case.person(id).known)
        .collect()
}

fn pattern_words(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::NotNeeded => "tui.pattern.not_needed",
        Pattern::DecidedAbove => "tui.pattern.decided_above",
        Pattern::MustBuy => "tui.pattern.must_buy",
    }
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let filled_in = session.prepared().is_some();
    let people = known(session);
    let area = areas(app, view::body(app, view::whole(app)))[0];
    let limit = doc::limit(lines(app, area.width).len(), area.height);
    let page = isize::try_from(area.height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    let brief = &mut app.brief;
    match action {
        Action::PageUp => brief.top = scrolled(brief.top, -page, limit),
        Action::PageDown => brief.top = scrolled(brief.top, page, limit),
        Action::Back if filled_in => app.screen = Screen::Desk,
        Action::Back => return update::go_home(app),
        Action::Confirm if filled_in => app.screen = Screen::Desk,
        Action::Confirm => {
            let Some(pattern) = brief.pattern else {
                brief.question = 0;
                app.note(app.tr("tui.note.choose_pattern"));
                return Vec::new();
            };
            let decides = brief.decides.checked_sub(1).map(|i| people[i]);
            return update::submit(app, Entry::Prepare(Pattern::ALL[pattern], decides));
        }
        _ if filled_in => {}
        Action::Up => brief.question = 0,
        Action::Down => brief.question = 1,
        Action::Left | Action::Right => {
            let by = if action == Action::Left { -1 } else { 1 };
            if brief.question == 0 {
                let before = brief
                    .pattern
                    .map_or(if by > 0 { -1 } else { 0 }, |p| p as isize);
                brief.pattern =
                    Some((before + by).rem_euclid(Pattern::ALL.len() as isize) as usize);
            } else {
                brief.decides =
                    (brief.decides as isize + by).rem_euclid(people.len() as isize + 1) as usize;
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Brief above, card below.
fn areas(app: &App, area: Rect) -> [Rect; 2] {
    let card = u16::try_from(card(app, area.width).len())
        .unwrap_or(6)
        .min(area.height / 2);
    let [brief, _, card] = Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(card),
    ])
    .areas(area);
    [brief, card]
}

fn lines(app: &App, width: u16) -> Vec<ratatui::text::Line<'static>> {
    let mut doc = Doc::new(width, app.theme());
    let rule = app
        .session
        .as_ref()
        .and_then(|s| s.header.past.rule.as_ref());
    if let Some(rule) = rule {
        let rule = crate::text::harmless(rule);
        let words = app.tr_with("tui.brief.rule", &[("rule", &rule)]);
        doc.para(&words, app.theme().own());
        doc.blank();
    }
    facts::brief(app, &mut doc);
    doc.into_lines()
}

fn card(app: &App, width: u16) -> Vec<ratatui::text::Line<'static>> {
    let Some(session) = &app.session else {
        return Vec::new();
    };
    let theme = app.theme();
    let mut doc = Doc::new(width, theme);
    doc.heading(app.tr("tui.prepare.heading"));
    let people = known(session);
    let somebody =
        |id: Option<PersonId>| id.map_or(app.tr("tui.prepare.unknown"), |id| app.name(id));
    let answers = match session.prepared() {
        Some((pattern, who)) => [app.tr(pattern_words(pattern)), somebody(who)],
        None => [
            app.brief.pattern.map_or(app.tr("tui.prepare.open"), |i| {
                app.tr(pattern_words(Pattern::ALL[i]))
            }),
            somebody(app.brief.decides.checked_sub(1).map(|i| people[i])),
        ],
    };
    let questions = [app.tr("tui.prepare.pattern"), app.tr("tui.prepare.decides")];
    for (i, (question, answer)) in questions.into_iter().zip(answers).enumerate() {
        let marked = session.prepared().is_none() && app.brief.question == i;
        let mark = if marked { "> " } else { "  " };
        let style = if marked {
            theme.chosen()
        } else {
            theme.strong()
        };
        let words = if marked {
            format!("< {answer} >")
        } else {
            answer.to_owned()
        };
        doc.item(mark, question, theme.plain());
        doc.item_styled("    ", theme.plain(), &words, style);
    }
    doc.into_lines()
}

/// Draws both.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let [above, below] = areas(app, area);
    doc::draw(
        frame,
        above,
        &lines(app, above.width),
        app.brief.top,
        app.theme(),
    );
    doc::draw(frame, below, &card(app, below.width), 0, app.theme());
}
