//! The screens: each file says what its keys do and how it is drawn. None touches disk, clock or terminal.

pub mod brief;
pub mod composer;
pub mod debrief;
pub mod desk;
pub mod drill;
pub mod ended;
pub mod facts;
pub mod home;
pub mod layers;
pub mod map;
pub mod progress;
pub mod rate;
pub mod review;
pub mod talk;
pub mod transcript;

/// A scroll position after moving by `by`, kept within `0..=limit`.
pub fn scrolled(top: usize, by: isize, limit: usize) -> usize {
    top.min(limit).saturating_add_signed(by).min(limit)
}
