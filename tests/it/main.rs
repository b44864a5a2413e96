//! All integration tests in one binary: linking is paid once.

mod author;
mod beats;
mod class;
mod export;
mod faults;
mod guided;
mod incidents;
mod invalid;
mod laws;
mod players;
mod prove;
mod pty;
mod requirements;
mod review;
mod schema;
mod support;
mod terminal;
mod tidy;
mod typed;
mod upward;
mod voices;
mod xapi;
