//! The terminal face with a disk behind it: does what its effects ask for.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use crate::cli::archive::Archive;
use crate::cli::review;
use crate::config::Settings;
use crate::deal;
use crate::drill;
use crate::library;
use crate::locale;
use crate::scenario::pack::Packs;
use crate::score;
use crate::session::{Mode, Session};
use crate::store::{Log, Store, StoreError};
use crate::text::{Language, Text};
use crate::tui::runtime::Face;
use crate::tui::{self, App, CaseRow, Effect, Found, Msg, PAGE, SessionRow, Setup};

/// How many unfinished and how many finished deals the home screen shows; all are to be found under *progress*.
const SHOWN: usize = 12;
/// Sessions taken into the index before a screen is shown.
const AT_ONCE: usize = 64;
/// Sessions taken into the index at a time while a screen waits.
const BATCH: usize = 16;
/// For how long at a time: short enough for keys not to feel it.
const WORK: Duration = Duration::from_millis(40);

/// What stands behind the screen.
pub(super) struct Desk {
    pub store: Store,
    pub config: PathBuf,
    pub library: Vec<library::Entry>,
    /// Compiled when the first deal is begun: the home screen must not wait for it.
    pub packs: LazyLock<Arc<Packs>>,
    pub exam: bool,
    pub language: Language,
    pub log: Option<Log>,
    archive: Option<Archive>,
    /// Where work in the background puts its answers, and where they are taken out.
    answers: Sender<Msg>,
    inbox: Receiver<Msg>,
    /// Ends the review that is being made.
    reviewing: Option<Arc<AtomicBool>>,
}

impl Desk {
    pub fn new(
        store: Store,
        config: PathBuf,
        library: Vec<library::Entry>,
        language: Language,
        exam: bool,
    ) -> Desk {
        let packs = LazyLock::new((|| Arc::new(Packs::shipped())) as fn() -> Arc<Packs>);
        let (answers, inbox) = channel();
        let archive = Archive::open(store.clone()).ok();
        Desk {
            answers,
            inbox,
            reviewing: None,
            store,
            config,
            library,
            packs,
            exam,
            language,
            log: None,
            archive,
        }
    }

    /// What the interface starts with.
    pub fn setup(&self, mode: Mode, beginner: bool, seed: Option<u64>, colour: bool) -> Setup {
        let cases = self.library.iter().map(|entry| self.row(entry)).collect();
        Setup {
            settings: tui::Settings {
                language: self.language,
                mode,
                beginner,
            },
            cases,
            // Deals and cards are counted once the first frame stands.
            sessions: Vec::new(),
            due: (0, 0),
            reader: Arc::default(),
            report: score::report,
            seed,
            colour,
        }
    }

    fn row(&self, entry: &library::Entry) -> CaseRow {
        let render =
            |p: &crate::scenario::problem::Problem| p.render(&entry.id, &entry.text, self.language);
        let problems: String = entry.problems.iter().map(render).collect();
        match &entry.head {
            Some(head) => CaseRow {
                id: entry.id.clone(),
                title: head.title.clone(),
                summary: head.summary.clone(),
                brief: head.brief.clone(),
                playable: true,
                problems,
            },
            None => CaseRow {
                id: entry.id.clone(),
                title: Text::same(entry.id.clone()),
                problems,
                ..CaseRow::default()
            },
        }
    }

    /// The newest deals of the index, which is brought up with the logs first as far as that is quick.
    fn sessions(&mut self) -> Vec<SessionRow> {
        let packs = &self.packs;
        let rows = self.archive.as_mut().and_then(|archive| {
            archive.look().ok()?;
            if archive.left() > 0 {
                archive.take_in(AT_ONCE, packs).ok()?;
            }
            archive.newest(SHOWN).ok()
        });
        let shown = rows.unwrap_or_default().into_iter().map(|row| SessionRow {
            id: row.id,
            title: match row.name.is_empty() {
                true => row.title,
                false => Text::same(row.name),
            },
            week: row.week,
            done: row.done,
        });
        shown.collect()
    }

    /// Cards that are due, and cards never seen.
    fn due(&self) -> (usize, usize) {
        let cards = self.archive.as_ref().and_then(|a| a.cards().ok());
        let reviews = self.store.reviews().unwrap_or_default();
        drill::due(
            &cards.unwrap_or_default(),
            &drill::remember(&reviews),
            deal::now(),
        )
    }

    fn overview(&mut self) -> Result<Msg, String> {
        let archive = self.archive()?;
        archive.look().map_err(|e| e.to_string())?;
        let seen = archive.overview(deal::now()).map_err(|e| e.to_string())?;
        Ok(Msg::Overview(Box::new(seen), archive.left()))
    }

    fn find(&mut self, query: String, from: usize) -> Result<Msg, String> {
        let (total, rows) = self
            .archive()?
            .find(&query, from, PAGE)
            .map_err(|e| e.to_string())?;
        Ok(Msg::Found(Found {
            query,
            total,
            from,
            rows,
        }))
    }

    /// After a session was renamed or deleted: the index follows at once.
    fn shelved(&mut self, done: Result<(), StoreError>) -> Msg {
        let language = self.language;
        let packs = self.packs.clone();
        let done = done.map_err(|e| e.message(language)).and_then(|()| {
            let archive = self.archive()?;
            archive.look().map_err(|e| e.to_string())?;
            archive
                .take_in(AT_ONCE, &packs)
                .map_err(|e| e.to_string())?;
            Ok(())
        });
        Msg::Shelved(done)
    }

    fn round(&mut self) -> Result<Msg, String> {
        let language = self.language;
        let cards = self.archive()?.cards().map_err(|e| e.to_string())?;
        let reviews = self.store.reviews().map_err(|e| e.message(language))?;
        let now = deal::now();
        let round = drill::round(&cards, &drill::remember(&reviews), now, now);
        Ok(Msg::LaidOut(round, now))
    }

    fn archive(&mut self) -> Result<&mut Archive, String> {
        let language = self.language;
        self.archive
            .as_mut()
            .ok_or_else(|| locale::tr(language, "cli.no_index").to_owned())
    }

    /// What work in the background has come to; the index is brought up a little further.
    fn listen(&mut self) -> Vec<Msg> {
        let mut messages: Vec<Msg> = self.inbox.try_iter().collect();
        let Some(archive) = &mut self.archive else {
            return messages;
        };
        let began = Instant::now();
        let mut left = archive.left();
        while left > 0 && began.elapsed() < WORK {
            // An index that cannot be written is given up: the logs are there all the same.
            left = archive.take_in(BATCH, &self.packs).unwrap_or(0);
        }
        // Told also where nothing was left: the screen may believe that there is.
        messages.push(Msg::TakenIn(left));
        messages
    }

    /// Does what an effect asks for.
    pub fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Begin {
                case,
                seed,
                mode,
                language,
            } => {
                self.log = None;
                vec![Msg::Begun(
                    self.begin(&case, seed, mode, language).map(Box::new),
                )]
            }
            Effect::Resume(id) => {
                self.log = None;
                match deal::resume(&self.store, &id, self.language, self.packs.clone()) {
                    Ok((log, session, warning)) => {
                        self.log = Some(log);
                        let loaded = Msg::Loaded(Ok(Box::new(session)));
                        [Some(loaded), warning.map(Msg::Failed)]
                            .into_iter()
                            .flatten()
                            .collect()
                    }
                    Err(error) => vec![Msg::Loaded(Err(error))],
                }
            }
            Effect::Append(entry) => {
                let language = self.language;
                vec![Msg::Appended(deal::append(&mut self.log, &entry, language))]
            }
            Effect::Review(job) => match self.review(job) {
                Ok(()) => Vec::new(),
                Err(error) => vec![Msg::Failed(format!("{error:#}"))],
            },
            Effect::Listen => self.listen(),
            Effect::Branch(turns) => {
                let begun = self.branch(turns).map(Box::new);
                vec![Msg::Begun(begun.map_err(|e| format!("{e:#}")))]
            }
            Effect::Family => {
                if let Some(id) = self.log.as_ref().map(|l| l.id.clone()) {
                    review::family(self.store.clone(), id, self.language, self.answers.clone());
                    Vec::new()
                } else {
                    vec![Msg::Family(Vec::new())]
                }
            }
            Effect::Mark(turn) => {
                if let Ok((_, session)) = self.on_table() {
                    review::mark(session, turn, self.answers.clone());
                }
                Vec::new()
            }
            Effect::StopReview => {
                self.stop_review();
                Vec::new()
            }
            Effect::List => {
                let sessions = Msg::Listed(self.sessions());
                let (due, unseen) = self.due();
                vec![sessions, Msg::Due(due, unseen)]
            }
            Effect::Overview => vec![self.overview().unwrap_or_else(Msg::Failed)],
            Effect::Find { query, from } => {
                vec![self.find(query, from).unwrap_or_else(Msg::Failed)]
            }
            Effect::Rename { id, name } => {
                let done = self.store.rename(&id, &name);
                vec![self.shelved(done)]
            }
            Effect::Delete(id) => {
                let done = self.store.delete(&id);
                vec![self.shelved(done)]
            }
            Effect::Round => vec![self.round().unwrap_or_else(Msg::Failed)],
            Effect::Grade {
                card,
                rating,
                contested,
            } => {
                let at = deal::now();
                let review = drill::Review {
                    card,
                    rating,
                    at,
                    contested,
                };
                let kept = self.store.reviewed(&review);
                vec![Msg::Graded(
                    kept.map(|()| at).map_err(|e| e.message(self.language)),
                )]
            }
            Effect::SaveSettings(settings) => {
                self.language = settings.language;
                let kept = Settings {
                    language: Some(settings.language),
                    mode: Some(settings.mode),
                    beginner: Some(settings.beginner),
                };
                kept.save(&self.config)
                    .err()
                    .map(|e| Msg::Failed(e.message(self.language)))
                    .into_iter()
                    .collect()
            }
            Effect::Look | Effect::Quit => Vec::new(),
        }
    }

    /// Reviews the deal that is open, in the background.
    fn review(&mut self, job: u32) -> anyhow::Result<()> {
        self.stop_review();
        let (id, session) = self.on_table()?;
        let stop = Arc::new(AtomicBool::new(false));
        self.reviewing = Some(stop.clone());
        let (store, answers) = (self.store.clone(), self.answers.clone());
        review::background(store, id, session, job, stop, answers);
        Ok(())
    }

    /// The deal that is open, as it is on disk; without words of clients, which no rule asks for.
    fn on_table(&self) -> anyhow::Result<(String, Session)> {
        let language = self.language;
        let Some(log) = &self.log else {
            anyhow::bail!(locale::tr(language, "cli.no_log"));
        };
        let loaded = self
            .store
            .load(&log.id)
            .map_err(|e| anyhow::anyhow!(e.message(language)))?;
        let session = deal::replay(loaded, language, Arc::new(Packs::empty()))
            .map_err(|e| anyhow::anyhow!(e))?;
        Ok((log.id.clone(), session))
    }

    /// Begins a branch of the deal that is open, after so many of its turns.
    fn branch(&mut self, turns: usize) -> anyhow::Result<Session> {
        let language = self.language;
        let Some(id) = self.log.as_ref().map(|l| l.id.clone()) else {
            anyhow::bail!(locale::tr(language, "cli.no_log"));
        };
        let (log, session) = deal::branch(&self.store, &id, turns, language, self.packs.clone())
            .map_err(|e| anyhow::anyhow!(e))?;
        self.log = Some(log);
        Ok(session)
    }

    fn stop_review(&mut self) {
        if let Some(stop) = self.reviewing.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    fn begin(
        &mut self,
        case: &str,
        seed: Option<u64>,
        mode: Mode,
        language: Language,
    ) -> Result<Session, String> {
        let entry = deal::find(&self.library, case, language)?;
        let seed = seed.unwrap_or_else(deal::fresh_seed);
        let (log, session) = deal::begin(
            &self.store,
            entry,
            seed,
            mode,
            language,
            self.exam,
            self.packs.clone(),
        )?;
        self.log = Some(log);
        Ok(session)
    }
}

/// Opens the review of the deal that is on the table.
pub(super) fn run_reviewing(mut desk: Desk, mut app: App) -> anyhow::Result<()> {
    for effect in app.review() {
        for message in desk.perform(effect) {
            tui::update(&mut app, message);
        }
    }
    run(desk, app)
}

/// Opens the home screen, or a deal at once.
pub(super) fn run(mut desk: Desk, face: impl Face) -> anyhow::Result<()> {
    Ok(tui::run(face, |effect| desk.perform(effect))?)
}
