//! The simulated client: (state, input) → events, and the state is the fold of its events.
//!
//! One room, five steps of reading: [`model`] holds every magnitude, [`state`] what is true now, [`event`] what can
//! happen, [`step`](mod@step) what an input makes happen, and `rules` what each act is worth. Nothing here knows a
//! language, a clock, a file or a screen; chance is [`dice`] of (seed, moment, purpose), so the same seed and
//! inputs give the same run anywhere.

mod beat;
pub mod dice;
pub mod event;
mod incident;
pub mod model;
mod rules;
pub mod state;
pub mod step;
mod visit;
mod week;

pub use event::{Event, Form, Gauge, Incident, Outcome, PromiseKind, Route, Rule, VisitEnd, Worry};
pub use model::Model;
pub use state::State;
pub use step::{Input, Refusal, begin, step};
