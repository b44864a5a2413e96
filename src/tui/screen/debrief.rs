//! The report on the screen: lays out the document of [`crate::locale::debrief`].

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Block;
use ratatui_textarea::TextArea;

use super::{composer, review, scrolled};
use crate::locale::coach;
use crate::locale::debrief::{BEST, Piece, Tone, document};
use crate::review::Relative;
use crate::score::Report;
use crate::session::{Entry, Session};
use crate::text::harmless;
use crate::tui::app::App;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{bar, pad, width as cells};
use crate::tui::theme::Theme;
use crate::tui::{update, view};

/// Long lines tire the eye: a wide terminal gets a column, not the whole width.
const COLUMN: u16 = 110;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Debrief {
    top: usize,
    report: Option<Report>,
    /// The deal and its branches, once they were looked for.
    family: Option<Vec<Relative>>,
    /// They are being looked for.
    pub looking: bool,
    /// The rule being written.
    pub rule: Option<TextArea<'static>>,
}

impl Debrief {
    /// Whether something is still being looked for.
    pub fn is_busy(&self) -> bool {
        self.looking
    }
}

/// Scores the deal that is open, and asks for what branched off with it.
pub fn prepare(app: &mut App) -> Vec<Effect> {
    app.debrief = Debrief {
        report: app.session.as_ref().map(app.report),
        looking: true,
        ..Debrief::default()
    };
    vec![Effect::Family]
}

/// Takes the family of the deal.
pub fn related(app: &mut App, family: Vec<Relative>) {
    app.debrief.looking = false;
    app.debrief.family = Some(family);
}

/// What the keys do while a rule is written.
pub fn act_ruling(app: &mut App, action: Action) -> Vec<Effect> {
    let words = app
        .debrief
        .rule
        .as_ref()
        .map(|r| harmless(r.lines().join(" ").trim()));
    match action {
        Action::Back => app.debrief.rule = None,
        Action::Confirm => match words {
            Some(words) if !words.is_empty() => return update::submit(app, Entry::Rule(words)),
            _ => app.debrief.rule = None,
        },
        _ => {}
    }
    Vec::new()
}

/// A key for the rule.
pub fn typed(app: &mut App, event: KeyEvent) {
    if let Some(rule) = &mut app.debrief.rule {
        composer::type_into(rule, event);
    }
}

/// Words pasted into the rule.
pub fn pasted(app: &mut App, words: &str) {
    if let Some(rule) = &mut app.debrief.rule {
        composer::paste_into(rule, words);
    }
}

fn write_rule(app: &mut App) {
    let mut area = composer::composer(app.tr("tui.rule.placeholder"));
    if let Some(rule) = app.session.as_ref().and_then(|s| s.rule()) {
        area.insert_str(rule);
    }
    app.debrief.rule = Some(area);
}

fn keep_score(app: &mut App, score: u8) -> Vec<Effect> {
    let asked = app
        .session
        .as_ref()
        .is_some_and(|s| s.header.past.rule.is_some());
    if asked {
        return update::submit(app, Entry::RuleKept(score));
    }
    Vec::new()
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
        Action::WriteRule => {
            write_rule(app);
            return Vec::new();
        }
        Action::Pick(n @ 0..=2) => return keep_score(app, n + 1),
        Action::Review => return review::enter(app),
        Action::Back => return update::go_home(app),
        _ => 0,
    };
    app.debrief.top = scrolled(app.debrief.top, by, limit);
    Vec::new()
}

/// Draws the report.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let area = match &app.debrief.rule {
        Some(rule) => {
            let [above, below] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length(4)]).areas(area);
            let block = Block::bordered().title(app.tr("tui.debrief.rule"));
            let inner = block.inner(below);
            frame.render_widget(block, below);
            composer::draw(frame, inner, rule, app.layers.is_empty());
            above
        }
        None => area,
    };
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
    if let Some(words) = coach::counts(session, app.language()) {
        doc.para(&words, theme.warn());
    }
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
    map(app, session, &mut doc);
    family(app, width, &mut doc);
    rule(app, session, &mut doc);
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

/// What was put on the map, held against the truth.
fn map(app: &App, session: &Session, doc: &mut Doc) {
    let lines = coach::map(session, app.language());
    if !lines.is_empty() {
        doc.heading(app.tr("tui.debrief.map"));
        review::add(app, doc, lines);
    }
}

/// The deal and its branches side by side, a column each, as many as fit.
fn family(app: &App, width: u16, doc: &mut Doc) {
    let Some(family) = app.debrief.family.as_ref().filter(|f| f.len() > 1) else {
        return;
    };
    let theme = app.theme();
    doc.heading(app.tr("tui.compare.title"));
    let rows = coach::side_by_side(family, app.language());
    let wide = |n: usize| rows.iter().filter_map(|r| r.get(n)).map(|c| cells(c)).max();
    let first = wide(0).unwrap_or(0).min(usize::from(width) / 3) + 2;
    let mut room = usize::from(width).saturating_sub(first);
    let columns: Vec<usize> = (1..=family.len())
        .filter_map(wide)
        .map(|w| w + 2)
        .take_while(|w| {
            let fits = *w <= room;
            room = room.saturating_sub(*w);
            fits
        })
        .collect();
    for (i, row) in rows.iter().enumerate() {
        let mut line = pad(&row[0], first);
        for (cell, wide) in row[1..].iter().zip(&columns) {
            line.push_str(&pad(cell, *wide));
        }
        let style = if i == 0 {
            theme.strong()
        } else {
            theme.plain()
        };
        doc.raw(line.trim_end().to_owned(), style);
    }
}

/// The rule from last time and how it was kept, and the one for next time.
fn rule(app: &App, session: &Session, doc: &mut Doc) {
    let theme = app.theme();
    doc.heading(app.tr("tui.debrief.rule"));
    if let Some(last) = &session.header.past.rule {
        let last = harmless(last);
        doc.para(
            &app.tr_with("tui.debrief.rule_last", &[("rule", &last)]),
            theme.own(),
        );
        match session.rule_kept() {
            Some(score) => {
                let score = app.tr(match score {
                    1 => "tui.kept.1",
                    2 => "tui.kept.2",
                    _ => "tui.kept.3",
                });
                let words = app.tr_with("tui.debrief.rule_scored", &[("score", score)]);
                doc.para(&words, theme.plain());
            }
            None => doc.para(app.tr("tui.debrief.rule_score"), theme.warn()),
        }
    }
    match session.rule() {
        Some(rule) => {
            let rule = harmless(rule);
            doc.para(
                &app.tr_with("tui.debrief.rule_is", &[("rule", &rule)]),
                theme.own(),
            );
        }
        None => doc.para(app.tr("tui.debrief.rule_none"), theme.plain()),
    }
}
