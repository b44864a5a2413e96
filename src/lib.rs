//! whybuy
#![forbid(unsafe_code)]
pub mod codebook;
pub mod locale;
pub mod reader;
pub mod scenario;
pub mod score;
pub mod session;
pub mod sim;
pub mod text;
pub mod tui;
