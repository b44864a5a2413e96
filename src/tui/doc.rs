//! Long words on a screen: wrapped once into lines, of which the visible slice is drawn.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::text::{fit, width, wrap};
use super::theme::Theme;

/// Lines in the making, all at most `width` cells wide.
#[derive(Debug)]
pub struct Doc {
    width: usize,
    theme: Theme,
    lines: Vec<Line<'static>>,
}

impl Doc {
    /// An empty one.
    pub fn new(width: u16, theme: Theme) -> Doc {
        Doc {
            width: usize::from(width),
            theme,
            lines: Vec::new(),
        }
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// A line as it is, cut where it is too long: a drawing must not be wrapped.
    pub fn raw(&mut self, words: String, style: Style) {
        self.lines
            .push(Line::styled(fit(&words, self.width), style));
    }

    /// A heading with an empty line above.
    pub fn heading(&mut self, words: &str) {
        self.blank();
        self.item("", words, self.theme.heading());
    }

    /// A paragraph.
    pub fn para(&mut self, words: &str, style: Style) {
        self.item("", words, style);
    }

    /// Words after a lead; the lines that follow stand under the words.
    pub fn item(&mut self, lead: &str, words: &str, style: Style) {
        self.item_styled(lead, style, words, style);
    }

    /// The same with a style of its own for the lead.
    pub fn item_styled(&mut self, lead: &str, lead_style: Style, words: &str, style: Style) {
        let indent = width(lead);
        for (i, line) in wrap(words, self.width.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            let lead = if i == 0 {
                lead.to_owned()
            } else {
                " ".repeat(indent)
            };
            self.lines.push(Line::from(vec![
                Span::styled(lead, lead_style),
                Span::styled(line, style),
            ]));
        }
    }

    /// A finished line; the caller keeps it within the width.
    pub fn line(&mut self, line: Line<'static>) {
        self.lines.push(line);
    }

    /// Cells a line may take.
    pub fn width(&self) -> u16 {
        self.width as u16
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The lines.
    pub fn into_lines(self) -> Vec<Line<'static>> {
        self.lines
    }
}

/// The furthest `top` that [`draw`] can show.
pub fn limit(lines: usize, height: u16) -> usize {
    let height = usize::from(height);
    if lines <= height {
        0
    } else {
        lines - height.saturating_sub(1).max(1)
    }
}

/// Draws the lines from `top` on; where not all fit, the last row says where one is, in words.
pub fn draw(frame: &mut Frame, area: Rect, lines: &[Line], top: usize, theme: Theme) {
    let height = usize::from(area.height);
    if lines.len() <= height {
        frame.render_widget(Paragraph::new(lines.to_vec()), area);
        return;
    }
    let top = top.min(limit(lines.len(), area.height));
    let shown = height.saturating_sub(1).max(1);
    let end = (top + shown).min(lines.len());
    frame.render_widget(
        Paragraph::new(lines[top..end].to_vec()),
        Rect {
            height: shown as u16,
            ..area
        },
    );
    if height > 1 {
        let place = format!("{}-{}/{}  PgUp/PgDn", top + 1, end, lines.len());
        let foot = Rect {
            y: area.y + area.height - 1,
            height: 1,
            ..area
        };
        frame.render_widget(
            Paragraph::new(Line::styled(place, theme.dim())).right_aligned(),
            foot,
        );
    }
}
