//! whybuy: a trainer for key-account selling. *Why buy at all, before why buy from us.*
//!
//! It plays a client company: the trainee works the account over weeks of visits, and the log of what he did is scored on
//! whether each person was moved from *category* justification (why have such a thing) to *vendor* justification (why
//! from us), and whether the decision-maker was reached.
//!
//! # The rooms, in reading order
//!
//! Pure, the same input always gives the same output:
//! - [`codebook`]: the 26 acts and 24 topics a line is read into; [`text`]: words in two languages.
//! - [`scenario`]: what an author writes → a checked case, with all problems at once.
//! - [`reader`]: line + context → reading.
//! - [`sim`]: (state, acts) → events; a state is the fold of its events.
//! - [`session`]: glue: an entry goes in, the simulation steps, the client's words come out; offers for guided play.
//! - [`score`]: a session → a report in which every level cites its turns.
//! - [`progress`]: what many sessions come to; [`drill`]: cards, spaced.
//! - [`review`]: a session → every move with its mark and what would have served; players, good and bad, by which a
//!   case is tuned and proven.
//!
//! Edges:
//! - [`library`] finds scenarios, [`store`] keeps sessions, [`deal`] brings the two together, [`report`] writes them out
//!   for others, [`config`] knows places and settings, [`locale`] the interface's own words.
//!
//! Faces:
//! - [`tui`], [`plain`], [`class`], and [`cli`], the only printer.
//!
//! # What never happens
//!
//! - A pure room touches a file, a clock, ambient chance, a terminal, an edge or a face.
//! - The reader looks at a mood; a screen writes to disk (it returns effects).
//! - A stance changes without an event that names its rule, or an event happens without an input in the log.
//! - Anything reaches into [`cli`] but `main`.
//! - A mutable static: many seats share one process.
//!
//! # The life of a line
//!
//! A face reads it ([`reader::Reader::read`]), holds its figures against the fact sheet ([`session::facts::check`]), asks
//! whether it is possible now ([`session::Session::check`]), writes it to disk (`store::Log::append`, synced), and
//! only then lets the client answer ([`session::Session::apply`]).

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod class;
pub mod cli;
#[deny(clippy::disallowed_methods)]
pub mod codebook;
pub mod config;
pub mod deal;
#[deny(clippy::disallowed_methods)]
pub mod drill;
pub mod library;
pub mod locale;
#[deny(clippy::disallowed_methods)]
pub mod plain;
#[deny(clippy::disallowed_methods)]
pub mod progress;
#[deny(clippy::disallowed_methods)]
pub mod reader;
#[deny(clippy::disallowed_methods)]
pub mod report;
#[deny(clippy::disallowed_methods)]
pub mod review;
#[deny(clippy::disallowed_methods)]
pub mod scenario;
#[deny(clippy::disallowed_methods)]
pub mod score;
#[deny(clippy::disallowed_methods)]
pub mod session;
#[deny(clippy::disallowed_methods)]
pub mod sim;
pub mod store;
#[deny(clippy::disallowed_methods)]
pub mod text;
#[deny(clippy::disallowed_methods)]
pub mod tui;
