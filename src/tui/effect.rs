//! Everything the interface may ask of the world outside.

use super::app::Settings;
use crate::drill::Rating;
use crate::session::{Entry, Mode};
use crate::text::Language;

/// A wish of [`super::update()`]; whoever runs the interface fulfils it and answers with messages.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Begin a deal: write its header to a new log, answer [`super::Msg::Begun`]. Later appends belong to it.
    Begin {
        /// The scenario's identifier.
        case: String,
        /// The seed; `None` lets the one who begins choose.
        seed: Option<u64>,
        /// How the trainee speaks.
        mode: Mode,
        /// In which language it starts.
        language: Language,
    },
    /// Rebuild the deal with this identifier from its log, answer [`super::Msg::Loaded`].
    Resume(String),
    /// Write the entry to the log of the deal that is open, answer [`super::Msg::Appended`].
    Append(Entry),
    /// Read the list of deals, answer [`super::Msg::Listed`] and [`super::Msg::Due`].
    List,
    /// Review the deal that is open, in the background; answer [`super::Msg::Noted`] with this number, again and again.
    Review(u32),
    /// Begin a branch of the deal that is open, with its first so many turns, and open it: answer
    /// [`super::Msg::Begun`].
    Branch(usize),
    /// Find the deal that is open and all that branched off with it; answer [`super::Msg::Family`].
    Family,
    /// Mark one turn of the deal that is open, in the background; answer [`super::Msg::Marked`].
    Mark(usize),
    /// Hand over what work in the background has come to.
    Listen,
    /// Give the review up.
    StopReview,
    /// Keep the settings; answer [`super::Msg::Failed`] where that fails, else nothing.
    SaveSettings(Settings),
    /// Look whether the author's file has changed, answer [`super::Msg::File`] where it has.
    Look,
    /// Make the picture over time, answer [`super::Msg::Overview`].
    Overview,
    /// Look for sessions, answer [`super::Msg::Found`].
    Find {
        /// What to look for; empty for all.
        query: String,
        /// How many to pass over.
        from: usize,
    },
    /// Give a session a name, answer [`super::Msg::Shelved`].
    Rename {
        /// The session.
        id: String,
        /// Its name; empty takes it away.
        name: String,
    },
    /// Delete a session, answer [`super::Msg::Shelved`].
    Delete(String),
    /// Lay out a round of cards, answer [`super::Msg::LaidOut`].
    Round,
    /// Keep how a card went, answer [`super::Msg::Graded`].
    Grade {
        /// The card.
        card: String,
        /// How well it was known.
        rating: Rating,
        /// The trainee contested what his reply was read as.
        contested: bool,
    },
    /// Leave the program.
    Quit,
}
