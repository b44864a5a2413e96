//! A box over whatever is shown, as wide as its words may be and as high as they need.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::{Block, Clear};

use crate::tui::doc::{self, Doc};
use crate::tui::theme::Theme;

/// Columns of the widest box.
const WIDEST: u16 = 80;

/// An empty text for a box within `area`.
pub(super) fn text(area: Rect, theme: Theme) -> Doc {
    Doc::new(columns(area).saturating_sub(4), theme)
}

/// Draws a text made by [`text()`] in its box; `top` lines are scrolled away.
pub(super) fn draw(
    frame: &mut Frame,
    area: Rect,
    title: &str,
    text: Doc,
    top: usize,
    theme: Theme,
) {
    let lines = text.into_lines();
    let rows = (lines.len() as u16 + 2).min(area.height);
    let outer = area.centered(Constraint::Length(columns(area)), Constraint::Length(rows));
    // One column more: a wide character half under the box would swallow its border.
    let left = outer.x.saturating_sub(1);
    let cleared = Rect {
        x: left,
        width: (outer.right() - left).min(area.width),
        ..outer
    };
    frame.render_widget(Clear, cleared);
    let block = Block::bordered()
        .title(format!(" {title} "))
        .border_style(theme.heading());
    let inner = block.inner(outer);
    frame.render_widget(block, outer);
    let inner = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let top = top.min(doc::limit(lines.len(), inner.height));
    doc::draw(frame, inner, &lines, top, theme);
}

fn columns(area: Rect) -> u16 {
    area.width.saturating_sub(4).min(WIDEST)
}
