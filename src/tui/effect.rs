//! Everything the interface may ask of the world outside.

use super::app::Settings;
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
    /// Read the list of deals, answer [`super::Msg::Listed`].
    List,
    /// Review the deal that is open, in the background; answer [`super::Msg::Noted`] with this number, again and again.
    Review(u32),
    /// Hand over what work in the background has come to.
    Listen,
    /// Give the review up.
    StopReview,
    /// Keep the settings; answer [`super::Msg::Failed`] where that fails, else nothing.
    SaveSettings(Settings),
    /// Look whether the author's file has changed, answer [`super::Msg::File`] where it has.
    Look,
    /// Leave the program.
    Quit,
}
