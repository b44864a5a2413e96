//! A deal written out for others: a page to print, Markdown, a table, JSON, and learning records.
//!
//! Text in, text out: what a deal was and how it was scored comes in, a file's whole content goes out. The clock, the
//! disk and the identity of this home belong to the caller. What the forms hold stands in `assets/report/forms.md`.
//!
//! - [`html`]: one page without script that needs nothing beside itself, in both languages, for A4.
//! - [`markdown`]: the same words for a mail or a notebook.
//! - [`csv`]: a row for each turn.
//! - [`class`]: a whole class on one page, and the sheet of its observers.
//! - [`json`]: everything a program may ask for, versioned.
//! - [`xapi`]: statements for a learning record store.

pub mod class;
pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod xapi;

mod chart;
mod sheet;
mod steps;

use jiff::tz::TimeZone;

use crate::score::Report;
use crate::session::Session;
use crate::text::Language;

/// A deal to be written out.
#[derive(Debug, Clone, Copy)]
pub struct Deal<'a> {
    /// The session's identifier in the store.
    pub id: &'a str,
    /// What the trainee calls it; empty where he gave it no name.
    pub name: &'a str,
    /// The deal.
    pub session: &'a Session,
    /// How it was scored.
    pub report: &'a Report,
    /// When each turn was put in, in seconds since 1970; shorter than the turns where older logs did not say.
    pub at: &'a [Option<u64>],
}

impl Deal<'_> {
    /// The heading: the trainee's name for it, else the case's title.
    pub(crate) fn title(&self, language: Language) -> &str {
        match self.name {
            "" => self.session.world.case.title.get(language),
            name => name,
        }
    }

    /// When the last turn was put in, in seconds since 1970; the beginning where no turn says.
    pub fn ended(&self) -> u64 {
        let last = self.at.iter().rev().find_map(|at| *at);
        last.unwrap_or(self.session.header.started)
    }
}

/// A moment as a day and a time of the clock on the wall: `2026-11-24 09:30`.
pub(crate) fn moment(seconds: u64, zone: &TimeZone) -> String {
    written(seconds, zone, "%Y-%m-%d %H:%M")
}

fn written(seconds: u64, zone: &TimeZone, form: &str) -> String {
    let stamp = i64::try_from(seconds)
        .ok()
        .and_then(|s| jiff::Timestamp::from_second(s).ok());
    stamp.map_or_else(String::new, |s| {
        s.to_zoned_datetime(zone.clone()).strftime(form).to_string()
    })
}
