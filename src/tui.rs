//! The terminal face: what a trainee sees, and how his keys become entries of a deal.
//!
//! `update(&mut App, Msg) -> Vec<Effect>` decides, `view(&App, &mut Frame)` draws, and [`runtime`] is the only file
//! that touches the terminal. Nothing else here reads a disk, a clock or a terminal: what has to happen outside is
//! handed back as an [`effect::Effect`] and answered by a [`message::Msg`].
//!
//! An entry is on disk before the client answers: Enter checks it and asks for [`effect::Effect::Append`]; only
//! [`message::Msg::Appended`] with `Ok` lets the deal take it. Where writing fails, the line stays in the composer.
//!
//! Rooms, in reading order: [`message`], [`effect`], [`app`] (the model), [`update`](mod@update), [`keymap`] (the one table of
//! keys), [`view`](mod@view), `screen` (one file for each screen: what its keys do, how it is drawn), `text` (widths and
//! wrapping), `theme`, `doc`, `chart`. [`author`] is a face around this one: the same screens beside an author's problems
//! and the X-ray.

pub mod app;
pub mod author;
mod chart;
pub(crate) mod doc;
pub mod effect;
pub mod keymap;
pub mod message;
pub mod runtime;
mod screen;
pub(crate) mod text;
pub(crate) mod theme;
pub mod update;
pub mod view;

pub use app::{App, CaseRow, Lazy, SessionRow, Settings, Setup};
pub use author::Author;
pub use effect::Effect;
pub use message::{Draft, Msg};
pub use runtime::run;
pub use screen::progress::{Found, PAGE};
pub use update::update;
pub use view::view;

#[cfg(test)]
mod tests;
