//! The report on the screen: lays out the document of [`crate::locale::debrief`].

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::{review, scrolled};
use crate::locale::debrief::{BEST, Piece, Tone, document};
use crate::score::Report;
use crate::tui::app::App;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::bar;
use crate::tui::theme::Theme;
use crate::tui::{update, view};

/// Long lines tire the eye: a wide terminal gets a column, not the whole width.
const COLUMN: u16 = 110;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Debrief {
    top: usize,
    report: Option<Report>,
}

/// Scores the deal that is open.
pub fn prepare(app: &mut App) {
    app.debrief = Debrief {
        top: 0,
        report: app.session.as_ref().map(app.report),
    };
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let area = view::body(app, view::whole(app));
    let limit = doc::limit(lines(app, area.width).len(), area.height);
    let page = isize::try_from(area.height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page,
        Action::PageDown => page,
        Action::Review => return review::enter(app),
        Action::Back => return update::go_home(app),
        _ => 0,
    };
    app.debrief.top = scrolled(app.debrief.top, by, limit);
    Vec::new()
}

/// Draws the report.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let area = Rect {
        width: area.width.min(COLUMN),
        ..area
    };
    doc::draw(
        frame,
        area,
        &lines(app, area.width),
        app.debrief.top,
        app.theme(),
    );
}

fn lines(app: &App, width: u16) -> Vec<Line<'static>> {
    let (Some(session), Some(report)) = (&app.session, &app.debrief.report) else {
        return Vec::new();
    };
    let theme = app.theme();
    let mut doc = Doc::new(width.min(COLUMN), theme);
    for piece in document(session, report, app.language()) {
        match piece {
            Piece::Heading(words) => doc.heading(&words),
            Piece::Item { lead, words, tone } => doc.item(&lead, &words, style(theme, tone)),
            Piece::Level { name, level, words } => {
                doc.blank();
                let drawn = level.map_or(String::new(), |level| {
                    format!("{} ", bar(level.into(), BEST.into()))
                });
                let words = format!("{drawn}{words}");
                doc.item_styled(&format!("{name}  "), theme.strong(), &words, theme.plain());
            }
        }
    }
    doc.into_lines()
}

fn style(theme: Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain => theme.plain(),
        Tone::Strong => theme.strong(),
        Tone::Good => theme.good(),
        Tone::Warn => theme.warn(),
        Tone::Bad => theme.bad(),
        Tone::Own => theme.own(),
        Tone::Dim => theme.dim(),
    }
}
