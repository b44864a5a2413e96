//! Reviewing a deal, and playing one by itself.
//!
//! [`annotate`] marks every move by seeded continuations, [`whole`] puts the notes together, [`example`] finds words
//! for what would have served, [`mod@xray`] shows what the trainee could not see.
//!
//! The players, the reference and the bad ones, act on what a trainee could know and on nothing else: what was said to
//! them, the fact sheet, the calendar. With them the model is tuned and a case is shown to be winnable, and only the
//! right way.

mod advice;
pub mod annotate;
mod choices;
pub mod evidence;
pub mod example;
mod judge;
mod losers;
mod outlook;
pub mod players;
pub mod prove;
mod strong;
pub mod whole;
pub mod xray;

pub use advice::advise;
pub use annotate::{Annotator, Mark, Note};
pub use players::{Choice, Played, Player, play, play_on};
pub use whole::{Accuracy, Relative, Review, Reviewed};
