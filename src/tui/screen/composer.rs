//! The editor of one line: what may get into it, and where the terminal's caret stands.

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui_textarea::{TextArea, WrapMode};

use crate::text::harmless;

/// The longest line that can be typed or pasted, in characters.
const LONGEST: usize = 1000;

/// An empty one-line editor that wraps; the frame's real caret marks the place, not a painted cell.
pub fn composer(placeholder: &str) -> TextArea<'static> {
    let mut area = TextArea::default();
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_style(Style::new());
    area.set_cursor_line_style(Style::new());
    area.set_placeholder_text(placeholder);
    area
}

/// Hands a key to an editor, except those that would break the line.
pub fn type_into(area: &mut TextArea<'static>, event: KeyEvent) {
    let breaks = match event.code {
        KeyCode::Enter => true,
        KeyCode::Char('m' | 'j') => event.modifiers.contains(KeyModifiers::CONTROL),
        KeyCode::Char(c) => harmless(c.encode_utf8(&mut [0; 4])) != c.to_string(),
        _ => false,
    };
    let full = matches!(event.code, KeyCode::Char(_)) && length(area) >= LONGEST;
    if !breaks && !full {
        area.input(event);
    }
}

/// Puts pasted words into an editor: made harmless, on one line, cut where too long.
pub fn paste_into(area: &mut TextArea<'static>, words: &str) {
    let room = LONGEST.saturating_sub(length(area));
    // A line break of two bytes is one break, and one space.
    let words: String = harmless(&words.replace("\r\n", "\n"))
        .chars()
        .take(room)
        .collect();
    area.insert_str(words);
}

fn length(area: &TextArea) -> usize {
    area.lines().iter().map(|line| line.chars().count()).sum()
}

/// Draws an editor and sets the terminal's own caret where the next character lands: there a Chinese input method
/// shows what is being composed.
pub fn draw(frame: &mut Frame, area: Rect, editor: &TextArea, caret: bool) {
    frame.render_widget(editor, area);
    if !caret || area.width == 0 || area.height == 0 {
        return;
    }
    let cursor = editor.screen_cursor();
    let (top, left) = editor.scroll_offset();
    let x = (cursor.col as u16).saturating_sub(left).min(area.width - 1);
    let y = (cursor.row as u16).saturating_sub(top).min(area.height - 1);
    frame.set_cursor_position((area.x + x, area.y + y));
}
