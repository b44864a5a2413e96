//! The terminal face with a disk behind it: does what its effects ask for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock};

use crate::cli::{play, review};
use crate::config::Settings;
use crate::library;
use crate::locale;
use crate::scenario::Case;
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::score;
use crate::session::{Mode, Session, World};
use crate::sim::Model;
use crate::store::{Log, Store};
use crate::text::{Language, Text};
use crate::tui::{self, App, CaseRow, Effect, Msg, SessionRow, Setup};

/// How many deals the home screen shows; older ones stay on disk.
const SHOWN: usize = 30;

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
    cases: BTreeMap<String, Arc<Case>>,
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
            cases: BTreeMap::new(),
        }
    }

    /// What the interface starts with.
    pub fn setup(&mut self, mode: Mode, seed: Option<u64>, colour: bool) -> Setup {
        let cases = self.library.iter().map(|entry| self.row(entry)).collect();
        Setup {
            settings: tui::Settings {
                language: self.language,
                mode,
            },
            cases,
            sessions: self.sessions(),
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

    fn sessions(&mut self) -> Vec<SessionRow> {
        let model = Arc::new(Model::shipped());
        let mut rows = Vec::new();
        for summary in self.store.sessions().into_iter().take(SHOWN) {
            let Ok(loaded) = self.store.load(&summary.id) else {
                continue;
            };
            let known = self.cases.get(&loaded.header.content).cloned();
            let decoded = || decode(&loaded.scenario).0.map(Arc::new);
            let Some(case) = known.or_else(decoded) else {
                continue;
            };
            self.cases
                .insert(loaded.header.content.clone(), case.clone());
            let title = case.title.clone();
            // Where a deal stands needs no words: an empty pack keeps the home screen quick.
            let world = World {
                case,
                packs: Arc::new(Packs::empty()),
                model: model.clone(),
            };
            let session = Session::replay(world, loaded.header, loaded.entries);
            let done = session.state.outcome.is_some() && session.rated().is_some();
            rows.push(SessionRow {
                id: summary.id,
                title,
                week: session.state.week,
                done,
            });
        }
        rows
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
                    self.begin(&case, seed, mode, language)
                        .map(Box::new)
                        .map_err(|e| format!("{e:#}")),
                )]
            }
            Effect::Resume(id) => {
                self.log = None;
                match play::resume(&self.store, &id, self.language, self.packs.clone()) {
                    Ok((log, session, warning)) => {
                        self.log = Some(log);
                        let loaded = Msg::Loaded(Ok(Box::new(session)));
                        [Some(loaded), warning.map(Msg::Failed)]
                            .into_iter()
                            .flatten()
                            .collect()
                    }
                    Err(error) => vec![Msg::Loaded(Err(format!("{error:#}")))],
                }
            }
            Effect::Append(entry) => {
                let language = self.language;
                let written = match &mut self.log {
                    Some(log) => log
                        .append_at(&entry, play::now())
                        .map_err(|e| e.message(language)),
                    None => Err(locale::tr(language, "cli.no_log").to_owned()),
                };
                vec![Msg::Appended(written)]
            }
            Effect::Review(job) => match self.review(job) {
                Ok(()) => Vec::new(),
                Err(error) => vec![Msg::Failed(format!("{error:#}"))],
            },
            Effect::Listen => self.inbox.try_iter().collect(),
            Effect::StopReview => {
                self.stop_review();
                Vec::new()
            }
            Effect::List => vec![Msg::Listed(self.sessions())],
            Effect::SaveSettings(settings) => {
                self.language = settings.language;
                let kept = Settings {
                    language: Some(settings.language),
                    mode: Some(settings.mode),
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
        let language = self.language;
        let id = match &self.log {
            Some(log) => log.id.clone(),
            None => anyhow::bail!(locale::tr(language, "cli.no_log")),
        };
        let loaded = self
            .store
            .load(&id)
            .map_err(|e| anyhow::anyhow!(e.message(language)))?;
        let session = play::replay(loaded, language, Arc::new(Packs::empty()))?;
        let stop = Arc::new(AtomicBool::new(false));
        self.reviewing = Some(stop.clone());
        review::background(session, job, stop, self.answers.clone());
        Ok(())
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
    ) -> anyhow::Result<Session> {
        let entry = play::find(&self.library, case, language)?;
        let seed = seed.unwrap_or_else(play::fresh_seed);
        let (log, session) = play::begin(
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
pub(super) fn run(mut desk: Desk, app: App) -> anyhow::Result<()> {
    Ok(tui::run(app, |effect| desk.perform(effect))?)
}
