//! Playing a case by itself: the reference player and the bad ones.
//!
//! They act on what a trainee could know and on nothing else: what was said to them, the fact sheet, the calendar.
//! With them the model is tuned and a case is shown to be winnable, and only the right way.

mod advice;
mod losers;
pub mod players;
pub mod prove;
mod strong;

pub use advice::advise;
pub use players::{Played, Player, play, play_on};
