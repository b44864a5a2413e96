//! What a trainee of a served class sees: the app he would play alone, a line about his seat under it, and over it what
//! the trainer has to say. `update` decides, `view` draws; orders of the trainer are messages like keys.

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::boxed;
use crate::locale::{tr, tr_with};
use crate::sim::Incident;
use crate::text::Language;
use crate::tui::text::{fit, width};
use crate::tui::theme::Theme;
use crate::tui::{self, App, Effect, Msg};

/// What the trainer asks of a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// All keys wait, or no longer.
    Freeze(bool),
    /// Show these words until they are read.
    Message(String),
    /// Something happens from outside.
    Befall(Incident),
    /// The seat comes back by another code now.
    Code(String),
    /// Show the trainer every frame, or no longer.
    Watch(bool),
    /// Leave.
    Go(Goodbye),
}

/// Why a seat is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goodbye {
    /// The trainee went.
    Own,
    /// He has come in from elsewhere.
    Elsewhere,
    /// The trainer removed him.
    Removed,
    /// The class is over.
    Over,
    /// No key for a long time.
    Idle,
    /// His deal cannot be opened or written.
    Broken,
}

impl Goodbye {
    /// Locale key of what is said last.
    pub fn words(self) -> &'static str {
        match self {
            Goodbye::Own => "class.bye.own",
            Goodbye::Elsewhere => "class.bye.elsewhere",
            Goodbye::Removed => "class.bye.removed",
            Goodbye::Over => "class.bye.over",
            Goodbye::Idle => "class.bye.idle",
            Goodbye::Broken => "class.bye.broken",
        }
    }
}

/// One trainee's screen.
pub struct Seat {
    /// What he plays.
    pub app: App,
    name: String,
    code: String,
    /// He has not yet read what is kept of him.
    welcome: bool,
    frozen: bool,
    messages: Vec<String>,
}

impl Seat {
    /// A seat; `welcome` shows first what is kept and by which code to come back.
    pub fn new(app: App, name: String, code: String, welcome: bool, frozen: bool) -> Seat {
        Seat {
            app,
            name,
            code,
            welcome,
            frozen,
            messages: Vec::new(),
        }
    }

    /// Language of the seat.
    pub fn language(&self) -> Language {
        self.app.language()
    }

    /// Takes an order; what has to happen outside. [`Order::Watch`] and [`Order::Go`] are the link's business.
    pub fn ordered(&mut self, order: Order) -> Vec<Effect> {
        match order {
            Order::Freeze(on) => self.frozen = on,
            Order::Message(words) => self.messages.push(words),
            Order::Befall(incident) => return tui::update(&mut self.app, Msg::Befall(incident)),
            Order::Code(code) => self.code = code,
            Order::Watch(_) | Order::Go(_) => {}
        }
        Vec::new()
    }

    /// Takes one message of the terminal, or an answer to an effect.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Resize(columns, rows) => {
                let rows = rows.saturating_sub(1);
                tui::update(&mut self.app, Msg::Resize(columns, rows))
            }
            Msg::Key(key) if key.kind == KeyEventKind::Release => Vec::new(),
            Msg::Key(key) if self.is_covered() && !is_for_all(&key) => {
                if matches!(key.code, KeyCode::Enter | KeyCode::Esc) {
                    self.uncover();
                }
                Vec::new()
            }
            Msg::Key(key) if self.frozen && !is_for_all(&key) && !only_looks(&key) => Vec::new(),
            Msg::Paste(_) if self.is_covered() || self.frozen => Vec::new(),
            msg => tui::update(&mut self.app, msg),
        }
    }

    fn is_covered(&self) -> bool {
        self.welcome || !self.messages.is_empty()
    }

    fn uncover(&mut self) {
        if self.welcome {
            self.welcome = false;
        } else {
            self.messages.remove(0);
        }
    }

    fn tr(&self, key: &'static str) -> &'static str {
        tr(self.language(), key)
    }

    /// Draws everything.
    pub fn view(&self, frame: &mut Frame) {
        let whole = frame.area();
        if whole.height < 2 {
            return;
        }
        let above = Rect {
            height: whole.height - 1,
            ..whole
        };
        tui::view::draw(&self.app, frame, above);
        let bar = Rect {
            y: whole.bottom() - 1,
            height: 1,
            ..whole
        };
        self.draw_bar(frame, bar);
        if self.welcome {
            let key = if self.name.is_empty() {
                "class.welcome"
            } else {
                "class.welcome_name"
            };
            let words = tr_with(
                self.language(),
                key,
                &[("name", &self.name), ("code", &self.code)],
            );
            self.draw_box(frame, above, "class.title.welcome", &words);
        } else if let Some(words) = self.messages.first() {
            self.draw_box(frame, above, "class.title.message", words);
        }
    }

    fn draw_bar(&self, frame: &mut Frame, area: Rect) {
        let theme = self.theme();
        let cells = usize::from(area.width);
        let (words, style) = if self.frozen {
            (self.tr("class.frozen").to_owned(), theme.chosen())
        } else {
            let slots = [("name", &*self.name), ("code", &*self.code)];
            (tr_with(self.language(), "class.bar", &slots), theme.dim())
        };
        let words = fit(&format!(" {words}"), cells);
        let rest = " ".repeat(cells.saturating_sub(width(&words)));
        frame.render_widget(Paragraph::new(Line::styled(words + &rest, style)), area);
    }

    fn draw_box(&self, frame: &mut Frame, area: Rect, title: &'static str, words: &str) {
        let theme = self.theme();
        let mut text = boxed::text(area, theme);
        for line in words.lines() {
            text.para(line, theme.plain());
        }
        text.blank();
        text.para(self.tr("class.go_on"), theme.dim());
        boxed::draw(frame, area, self.tr(title), text, 0, theme);
    }

    fn theme(&self) -> Theme {
        Theme {
            colour: self.app.colour,
        }
    }
}

/// Leaving and switching the language are always possible.
fn is_for_all(key: &KeyEvent) -> bool {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::F(2) => true,
        KeyCode::Char('c' | 'l') => ctrl,
        _ => false,
    }
}

/// Keys that change nothing in the deal: those of help, facts and scrolling.
fn only_looks(key: &KeyEvent) -> bool {
    matches!(
        key.code,
        KeyCode::F(1 | 3) | KeyCode::PageUp | KeyCode::PageDown
    )
}
