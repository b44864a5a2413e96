//! What a trainee's sessions come to: rows for lists and search, and the picture over time.
//!
//! Pure: a session comes in with what the store knows of it, a row goes out; rows come in, an overview goes out. What day
//! a moment falls on is the caller's to say.

pub mod mistake;
pub mod overview;
pub mod row;

pub use mistake::{Miss, Mistake};
pub use overview::{CaseLine, Overview, Score};
pub use row::{Row, row, search_words};
