//! What a seat's effects do: its own deals, in its own folder. Blocking; the link calls it where blocking is allowed.

use std::sync::Arc;

use super::hub::Hub;
use crate::deal;
use crate::library::content_hash;
use crate::locale;
use crate::scenario::pack::Packs;
use crate::session::{Mode, Session, World};
use crate::store::{Loaded, Log, Store};
use crate::text::Language;
use crate::tui::{Effect, Msg, SessionRow};

/// One seat's disk.
pub(super) struct Desk {
    hub: Arc<Hub>,
    store: Store,
    log: Option<Log>,
    language: Language,
}

impl Desk {
    /// The disk of a seat.
    pub fn open(hub: Arc<Hub>, seat: u32, language: Language) -> Result<Desk, String> {
        let store = hub.seat_store(seat).map_err(|e| e.message(language))?;
        Ok(Desk {
            hub,
            store,
            log: None,
            language,
        })
    }

    /// The deal to go on with: the newest one that is not over and rated, else a new one. Says whether it was taken up.
    pub fn deal(&mut self, mode: Mode) -> Result<(Session, bool), String> {
        let newest = self.store.sessions().into_iter().next();
        if let Some(summary) = newest {
            let session = self.resume(&summary.id)?;
            if session.state.outcome.is_none() || session.rated().is_none() {
                return Ok((session, true));
            }
            self.log = None;
        }
        let language = self.language;
        Ok((self.begin(mode, language)?, false))
    }

    /// Does what an effect asks for.
    pub fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Begin { mode, language, .. } => {
                vec![Msg::Begun(self.begin(mode, language).map(Box::new))]
            }
            Effect::Resume(id) => vec![Msg::Loaded(self.resume(&id).map(Box::new))],
            Effect::Append(entry) => {
                let language = self.language;
                vec![Msg::Appended(deal::append(&mut self.log, &entry, language))]
            }
            Effect::List => vec![Msg::Listed(self.rows())],
            // A seat's language lasts as long as the seat is taken; the trainer's settings are not its own.
            Effect::SaveSettings(settings) => {
                self.language = settings.language;
                Vec::new()
            }
            // A review keeps two cores busy for seconds; thirty at once would stop the class.
            Effect::Review(job) => vec![
                Msg::Noted {
                    job,
                    total: 0,
                    notes: Vec::new(),
                },
                Msg::Failed(locale::tr(self.language, "class.no_review").to_owned()),
            ],
            // Cards and progress belong to a home; a seat has none, and another's is not its own.
            Effect::Overview
            | Effect::Find { .. }
            | Effect::Rename { .. }
            | Effect::Delete(_)
            | Effect::Round
            | Effect::Grade { .. }
            // A branch would be a second deal in a seat that shows one.
            | Effect::Branch(_) => {
                vec![Msg::Failed(
                    locale::tr(self.language, "class.not_here").to_owned(),
                )]
            }
            Effect::Family => vec![Msg::Family(Vec::new())],
            Effect::Listen
            | Effect::StopReview
            | Effect::Look
            | Effect::Mark(_)
            | Effect::Quit => Vec::new(),
        }
    }

    fn begin(&mut self, mode: Mode, language: Language) -> Result<Session, String> {
        self.log = None;
        let plan = self.hub.plan();
        let seed = plan.seed.unwrap_or_else(deal::fresh_seed);
        let packs = self.hub.world.packs.clone();
        let (log, session) = deal::begin(
            &self.store,
            &self.hub.entry,
            seed,
            mode,
            language,
            plan.exam,
            packs,
        )?;
        self.log = Some(log);
        Ok(session)
    }

    fn resume(&mut self, id: &str) -> Result<Session, String> {
        self.log = None;
        let language = self.language;
        let (log, loaded) = self.store.resume(id).map_err(|e| e.message(language))?;
        self.log = Some(log);
        self.replay(loaded)
    }

    /// Seats that play the case of the class share it; a case that was changed meanwhile is played as it was.
    fn replay(&self, loaded: Loaded) -> Result<Session, String> {
        let same = loaded.header.content == content_hash(&self.hub.entry.text)
            && loaded.model == deal::MODEL;
        if same {
            let world = self.hub.world.clone();
            return Ok(Session::replay(world, loaded.header, loaded.entries));
        }
        deal::replay(loaded, self.language, self.hub.world.packs.clone())
    }

    fn rows(&self) -> Vec<SessionRow> {
        let mut rows = Vec::new();
        for summary in self.store.sessions() {
            let Ok(session) = self.store.load(&summary.id).map_err(drop).and_then(|l| {
                // Where a deal stands needs no words.
                let world = World {
                    packs: Arc::new(Packs::empty()),
                    ..self.hub.world.clone()
                };
                let same = l.header.content == content_hash(&self.hub.entry.text);
                same.then(|| Session::replay(world, l.header, l.entries))
                    .ok_or(())
            }) else {
                continue;
            };
            rows.push(SessionRow {
                id: summary.id,
                title: session.world.case.title.clone(),
                week: session.state.week,
                done: session.state.outcome.is_some() && session.rated().is_some(),
            });
        }
        rows
    }
}
