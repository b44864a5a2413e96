//! A class: in one room with one projector ([`room`]), or on every laptop.
//!
//! On every laptop: trainees join a served class with the `ssh` client they have; the trainer sees where each
//! stands, stops, messages, lets things happen, and closes.
//!
//! A seat is the app a single trainee plays ([`crate::tui`]) with another writer: `update` and `view` are the same, and
//! each seat has a desk of its own that carries out its effects. Nothing a seat is told comes from another seat's folder.
//!
//! Rooms, in reading order: [`roll`] (a class on disk), [`code`] (join codes), [`keys`] (bytes of a far terminal),
//! [`seat`] (what a trainee sees), `desk` (its effects), [`hub`] (what all seats and the trainer share), [`server`]
//! (SSH), [`console`] (what the trainer sees), [`results`] (what it all came to).

mod boxed;
pub mod code;
pub mod console;
mod desk;
pub mod hub;
pub mod keys;
mod link;
pub mod results;
pub mod roll;
pub mod room;
pub mod seat;
pub mod server;

pub use hub::Hub;
pub use roll::{Plan, Roll};
