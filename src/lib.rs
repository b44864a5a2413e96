//! whybuy
#![forbid(unsafe_code)]
pub mod codebook;
pub mod text;
