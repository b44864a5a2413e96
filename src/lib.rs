//! whybuy
#![forbid(unsafe_code)]
pub mod codebook;
pub mod scenario;
pub mod sim;
pub mod text;
