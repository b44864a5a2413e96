//! What a class has come to: the deals of its seats, read from disk without a lock, so that a class that is being served
//! can be looked at as well.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::roll::{Book, Seat, folder};
use crate::deal;
use crate::report::class::{Class, Override};
use crate::report::{self, Deal};
use crate::scenario::pack::Packs;
use crate::score::{self, Dimension, Report};
use crate::session::Session;
use crate::store::Store;
use crate::text::{Language, Text};

/// One seat's deal: the one with most in it.
struct Played {
    seat: Seat,
    label: String,
    id: String,
    session: Session,
    report: Report,
    at: Vec<Option<u64>>,
}

/// Everything a class has come to.
pub struct Results {
    book: Book,
    title: Text,
    played: Vec<Played>,
}

/// What may be seen of a class by whoever reads its report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// Names; else seats are numbers.
    pub names: bool,
    /// Totals, the best first.
    pub leaderboard: bool,
}

impl Results {
    /// Reads a class. Seats nobody has played at are left out.
    ///
    /// # Errors
    /// In the user's language, where the class cannot be read.
    pub fn read(
        data: &Path,
        id: &str,
        shown: Shown,
        language: Language,
    ) -> Result<Results, String> {
        let path = folder(data).join(id);
        let book = Book::look(data, id).map_err(|e| format!("{}: {e}", path.display()))?;
        let store = Store::open(&path).map_err(|e| e.message(language))?;
        let packs = Arc::new(Packs::shipped());
        let mut played = Vec::new();
        for seat in book.seats.values() {
            let store = store.seat(seat.number).map_err(|e| e.message(language))?;
            let Some(most) = store.sessions().into_iter().max_by_key(|s| s.entries) else {
                continue;
            };
            let loaded = store.load(&most.id).map_err(|e| e.message(language))?;
            let at = loaded.at.clone();
            let session = deal::replay(loaded, language, packs.clone())?;
            let label = if shown.names {
                seat.name.clone()
            } else {
                format!("#{}", seat.number)
            };
            played.push(Played {
                seat: seat.clone(),
                label,
                id: most.id,
                report: score::report(&session),
                session,
                at,
            });
        }
        let title = played.first().map_or_else(
            || Text::same(book.plan.scenario.clone()),
            |p| p.session.world.case.title.clone(),
        );
        Ok(Results {
            book,
            title,
            played,
        })
    }

    fn deals(&self) -> Vec<Deal<'_>> {
        self.played.iter().map(deal_of).collect()
    }

    /// The report as a page to print.
    pub fn page(&self, shown: Shown, language: Language) -> String {
        let deals = self.deals();
        let seen = |((seat, dimension), (level, reason)): (&(u32, String), &(u8, String))| {
            Some(Override {
                deal: self.played.iter().position(|p| p.seat.number == *seat)?,
                dimension: Dimension::from_id(dimension)?,
                level: *level,
                reason: reason.clone(),
            })
        };
        let overrides: Vec<Override> = self.book.levels.iter().filter_map(seen).collect();
        let class = Class {
            title: &self.title,
            began: self.book.began,
            deals: &deals,
            overrides: &overrides,
            leaderboard: shown.leaderboard,
        };
        report::class::page(&class, language, &TimeZone::system())
    }

    /// A row for each turn of each seat.
    pub fn table(&self, language: Language) -> String {
        report::csv::table(&self.deals(), language, &TimeZone::system())
    }

    /// How many seats have played.
    pub fn count(&self) -> usize {
        self.played.len()
    }
}

fn deal_of(played: &Played) -> Deal<'_> {
    Deal {
        id: &played.id,
        name: &played.label,
        session: &played.session,
        report: &played.report,
        at: &played.at,
    }
}
