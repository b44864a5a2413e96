//! All integration tests in one binary: linking is paid once.

mod guided;
mod invalid;
mod laws;
mod players;
mod prove;
mod requirements;
mod support;
mod typed;
