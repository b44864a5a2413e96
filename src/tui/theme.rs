//! Styles by name of use. Colour is never the only carrier of a meaning: every use has a word or a mark beside it.

use ratatui::style::{Color, Modifier, Style};

/// Styles of the whole interface.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// False where `NO_COLOR` is set: then only bold, dim and reverse are used.
    pub colour: bool,
}

impl Theme {
    fn tinted(self, colour: Color) -> Style {
        if self.colour {
            Style::new().fg(colour)
        } else {
            Style::new()
        }
    }

    /// Running words.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// Names of screens and parts.
    pub fn heading(self) -> Style {
        self.tinted(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What may be passed over.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What stands out within running words.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The trainee's own words.
    pub fn own(self) -> Style {
        self.tinted(Color::Cyan)
    }

    /// What went well; stands beside a `+`.
    pub fn good(self) -> Style {
        self.tinted(Color::Green)
    }

    /// What went wrong; stands beside a `-` or a word.
    pub fn bad(self) -> Style {
        self.tinted(Color::Red)
    }

    /// What is due or unsure; stands beside a `!` or `?`.
    pub fn warn(self) -> Style {
        self.tinted(Color::Yellow)
    }

    /// The line the keys act on; stands beside a `>`.
    pub fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Lines of boxes and of the map.
    pub fn border(self) -> Style {
        self.dim()
    }
}
