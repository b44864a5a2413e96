//! Draws the model. Decides nothing and changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::app::{App, Notice, Screen};
use super::keymap::{self, Context};
use super::screen::{
    brief, debrief, desk, drill, ended, home, layers, progress, rate, review, talk,
};
use super::text::{fit, width, wrap};
use crate::session::Mode;

/// The smallest terminal the screens are made for.
pub const SMALLEST: (u16, u16) = (60, 16);

/// Draws everything.
pub fn view(app: &App, frame: &mut Frame) {
    draw(app, frame, frame.area());
}

/// Draws everything into the upper left part of the terminal, of which [`App::size`] is the size.
pub(crate) fn draw(app: &App, frame: &mut Frame, area: Rect) {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(app, frame, area);
        return;
    }
    draw_title(app, frame, Rect { height: 1, ..area });
    let body = body(app, area);
    match app.screen {
        Screen::Home => home::draw(app, frame, body),
        Screen::Brief => brief::draw(app, frame, body),
        Screen::Desk => desk::draw(app, frame, body),
        Screen::Talk => talk::draw(app, frame, body),
        Screen::Ended => ended::draw(app, frame, body),
        Screen::Rate => rate::draw(app, frame, body),
        Screen::Debrief => debrief::draw(app, frame, body),
        Screen::Review => review::draw(app, frame, body),
        Screen::Progress => progress::draw(app, frame, body),
        Screen::Drill => drill::draw(app, frame, body),
    }
    for layer in &app.layers {
        layers::draw(app, *layer, frame);
    }
    let foot = Rect {
        y: body.bottom(),
        height: area.bottom() - body.bottom(),
        ..area
    };
    draw_foot(app, frame, foot);
}

fn too_small(app: &App, frame: &mut Frame, area: Rect) {
    let (columns, rows) = SMALLEST;
    let words = app.tr_with(
        "tui.too_small",
        &[
            ("columns", &columns.to_string()),
            ("rows", &rows.to_string()),
        ],
    );
    let lines: Vec<Line> = wrap(&words, usize::from(area.width))
        .into_iter()
        .map(Line::from)
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// The whole terminal, as last heard.
pub(super) fn whole(app: &App) -> Rect {
    Rect::new(0, 0, app.size.0, app.size.1)
}

/// What is left for a screen between title and hint bar, with a column free on either side.
pub(super) fn body(app: &App, area: Rect) -> Rect {
    let foot = foot_lines(app, area.width).len() as u16;
    Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(1 + foot),
    }
}

/// Where one would be without the topmost layer.
pub(super) fn context_below(app: &App) -> Context {
    match app.screen {
        Screen::Home => Context::Home,
        Screen::Brief => Context::Brief,
        Screen::Desk if app.desk.note.is_some() => Context::Noting,
        Screen::Desk => Context::Desk,
        Screen::Talk if app.settings.mode == Mode::Free => Context::Typing,
        Screen::Talk => Context::Choosing,
        Screen::Ended => Context::Ended,
        Screen::Rate => Context::Rating,
        Screen::Debrief if app.debrief.rule.is_some() => Context::Ruling,
        Screen::Debrief => Context::Debrief,
        Screen::Review => Context::Review,
        Screen::Progress if app.progress.is_naming() => Context::Renaming,
        Screen::Progress if app.progress.is_listing() => Context::Sessions,
        Screen::Progress => Context::Progress,
        Screen::Drill if app.drill.is_typing() => Context::Replying,
        Screen::Drill if app.drill.is_choosing() => Context::Card,
        Screen::Drill if app.drill.is_contestable() => Context::Contestable,
        Screen::Drill => Context::Answered,
    }
}

/// Locale key of a screen's title.
pub fn title(screen: Screen) -> &'static str {
    match screen {
        Screen::Home => "tui.title.home",
        Screen::Brief => "tui.title.brief",
        Screen::Desk => "tui.title.desk",
        Screen::Talk => "tui.title.talk",
        Screen::Ended => "tui.title.ended",
        Screen::Rate => "tui.title.rate",
        Screen::Debrief => "tui.title.debrief",
        Screen::Review => "tui.title.review",
        Screen::Progress => "tui.title.progress",
        Screen::Drill => "tui.title.drill",
    }
}

fn draw_title(app: &App, frame: &mut Frame, area: Rect) {
    let theme = app.theme();
    let title = app.tr(title(app.screen));
    let right = app.tr("tui.language_name");
    let case = app
        .session
        .as_ref()
        .map_or("", |s| s.world.case.title.get(app.language()));
    let room = usize::from(area.width).saturating_sub(width(title) + width(right) + 6);
    let line = Line::from(vec![
        Span::raw(" "),
        Span::styled(title, theme.heading()),
        Span::raw("  "),
        Span::styled(fit(case, room), theme.dim()),
    ]);
    frame.render_widget(Paragraph::new(line), area);
    let right = Line::styled(format!("{right} "), theme.dim()).right_aligned();
    frame.render_widget(right, area);
}

/// The notice, or else the hints. The notice takes no fewer rows than the hints, so that nothing jumps.
fn foot_lines(app: &App, columns: u16) -> Vec<Line<'static>> {
    let theme = app.theme();
    let cells = usize::from(columns).saturating_sub(2);
    let hints = hint_lines(app, cells);
    let Some(notice) = &app.notice else {
        return hints;
    };
    let (words, style) = match notice {
        Notice::Note(words) => (words.clone(), theme.strong()),
        Notice::Error(words) => (format!("! {words}"), theme.bad()),
    };
    let lines = wrap(&words, cells)
        .into_iter()
        .take(4)
        .map(|l| Line::styled(format!(" {l}"), style));
    let mut lines: Vec<Line> = lines.collect();
    lines.resize(lines.len().max(hints.len()), Line::default());
    lines
}

/// As many hints as fit on three lines.
fn hint_lines(app: &App, cells: usize) -> Vec<Line<'static>> {
    let theme = app.theme();
    let mut hints = keymap::lines(app.context(), app.language(), true);
    // Facts help nobody before a deal is open.
    let everywhere = keymap::lines(Context::Anywhere, app.language(), true);
    hints.extend(
        everywhere
            .into_iter()
            .skip(usize::from(app.session.is_none())),
    );
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
    let mut taken = 0;
    for (keys, words) in hints {
        let wide = width(&keys) + 1 + width(words);
        if taken > 0 && taken + 2 + wide > cells {
            lines.push(Vec::new());
            taken = 0;
        }
        let Some(spans) = lines.last_mut() else {
            continue;
        };
        spans.push(Span::raw(if taken > 0 { "  " } else { " " }));
        spans.push(Span::styled(keys, theme.strong()));
        spans.push(Span::styled(format!(" {words}"), theme.dim()));
        taken += if taken > 0 { 2 } else { 0 } + wide;
    }
    lines.into_iter().take(3).map(Line::from).collect()
}

fn draw_foot(app: &App, frame: &mut Frame, area: Rect) {
    frame.render_widget(Paragraph::new(foot_lines(app, area.width)), area);
}
