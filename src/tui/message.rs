//! Everything that can reach the interface.

use std::sync::Arc;

use ratatui::crossterm::event::KeyEvent;

use super::app::SessionRow;
use super::screen::progress::Found;
use crate::drill::Card;
use crate::progress::Overview;
use crate::review::{Note, Relative};
use crate::scenario::Case;
use crate::scenario::problem::Problem;
use crate::session::Session;
use crate::sim::Incident;

/// What happened outside; the only way anything changes in [`super::App`].
#[derive(Debug)]
pub enum Msg {
    /// A key went down.
    Key(KeyEvent),
    /// Words were pasted.
    Paste(String),
    /// The terminal has this many columns and rows; sent once at the start.
    Resize(u16, u16),
    /// The first frame stands.
    Shown,
    /// Answer to [`super::Effect::Begin`]: the new deal, already on disk, or why it could not be begun.
    Begun(Result<Box<Session>, String>),
    /// Answer to [`super::Effect::Resume`]: the deal rebuilt from its log, or why it could not be.
    Loaded(Result<Box<Session>, String>),
    /// Answer to [`super::Effect::Append`]: the entry is on disk, or why it is not.
    Appended(Result<(), String>),
    /// Answer to [`super::Effect::List`]: the deals on disk, newest first.
    Listed(Vec<SessionRow>),
    /// Answers to [`super::Effect::Review`], as they come.
    Noted {
        /// The number given there.
        job: u32,
        /// How many moves there are in all.
        total: usize,
        /// Some of the notes, in no certain order.
        notes: Vec<Note>,
    },
    /// Cards that are due, and cards never seen.
    Due(usize, usize),
    /// Answer to [`super::Effect::Overview`]: the picture, and how many sessions are still to be taken in.
    Overview(Box<Overview>, usize),
    /// Answer to [`super::Effect::Find`].
    Found(Found),
    /// More sessions were taken into the index in the background; so many are left.
    TakenIn(usize),
    /// Answer to [`super::Effect::Rename`] and [`super::Effect::Delete`].
    Shelved(Result<(), String>),
    /// Answer to [`super::Effect::Round`]: the cards, and what time it is, in seconds since 1970.
    LaidOut(Vec<Card>, u64),
    /// Answer to [`super::Effect::Grade`]: what time it is, or why the rating is not on disk.
    Graded(Result<u64, String>),
    /// Answer to [`super::Effect::Family`]: the first go, then its branches; only itself where there are none.
    Family(Vec<Relative>),
    /// Answer to [`super::Effect::Mark`].
    Marked(Note),
    /// Something else went wrong, in the user's language.
    Failed(String),
    /// The trainer of a class let something happen from outside.
    Befall(Incident),
    /// Time for whoever asked for it ([`super::runtime::Face::tick`]) to look round.
    Tick,
    /// Answer to [`super::Effect::Look`]: the author's file as it is now. Nothing is answered where it has not changed.
    File(Box<Draft>),
}

/// An author's file at one moment.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Its text; empty where it cannot be read.
    pub text: String,
    /// The case, where it can be played.
    pub case: Option<Arc<Case>>,
    /// What is wrong with it, in file order.
    pub problems: Vec<Problem>,
    /// Why it cannot be read, in the user's language.
    pub unreadable: Option<String>,
}
