//! The trainee rates himself before he reads what the report says.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::locale::debrief::level_word;
use crate::session::Entry;
use crate::tui::app::App;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::bar;
use crate::tui::update;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Rate {
    question: usize,
    levels: [Option<u8>; 3],
}

const QUESTIONS: [&str; 3] = ["tui.rate.needs", "tui.rate.order", "tui.rate.top"];

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rate = &mut app.rate;
    let level = &mut rate.levels[rate.question];
    match action {
        Action::Up => rate.question = rate.question.saturating_sub(1),
        Action::Down => rate.question = (rate.question + 1).min(2),
        Action::Left => *level = Some(level.unwrap_or(2).saturating_sub(1).max(1)),
        Action::Right => *level = Some((level.unwrap_or(0) + 1).min(4)),
        Action::Pick(n) => {
            *level = Some(n + 1);
            rate.question = (rate.question + 1).min(2);
        }
        Action::Confirm => {
            if let [Some(needs), Some(order), Some(top)] = rate.levels {
                return update::submit(app, Entry::Rate([needs, order, top]));
            }
            rate.question = rate.levels.iter().position(Option::is_none).unwrap_or(0);
            app.note(app.tr("tui.note.rate_all"));
        }
        Action::Back => return update::go_home(app),
        _ => {}
    }
    Vec::new()
}

/// Draws the questions.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let theme = app.theme();
    let mut doc = Doc::new(area.width, theme);
    if let Some(outcome) = app.session.as_ref().and_then(|s| s.state.outcome) {
        doc.para(
            &app.tr_with(
                "tui.ended.over",
                &[("outcome", outcome.name(app.language()))],
            ),
            theme.strong(),
        );
    }
    doc.para(app.tr("tui.rate.why"), theme.plain());
    doc.blank();
    for (i, question) in QUESTIONS.into_iter().enumerate() {
        let marked = i == app.rate.question;
        let lead = if marked { "> " } else { "  " };
        doc.item(
            lead,
            app.tr(question),
            if marked {
                theme.chosen()
            } else {
                theme.plain()
            },
        );
        let level = app.rate.levels[i];
        let words = level.map_or(app.tr("tui.rate.open"), |n| level_word(n, app.language()));
        let words = format!("{} {words}", bar(usize::from(level.unwrap_or(0)), 4));
        doc.line(Line::styled(format!("    {words}"), theme.own()));
    }
    doc::draw(frame, area, &doc.into_lines(), 0, theme);
}
