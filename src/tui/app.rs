//! The model: everything the interface knows. Changed by [`super::update()`] alone.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::effect::Effect;
use super::keymap::Context;
use super::screen::{brief, debrief, desk, drill, ended, home, progress, rate, review, talk};
use super::theme::Theme;
use crate::locale::{tr, tr_with};
use crate::reader::Reader;
use crate::review::Mark;
use crate::scenario::PersonId;
use crate::score::Report;
use crate::session::offer::Offer;
use crate::session::{Entry, Guess, Mode, Session};
use crate::text::{Language, Text};

/// The reader, compiled when the first line is typed; share one among all seats of a process.
pub type Lazy = Arc<OnceLock<Reader>>;

/// One case of the library.
#[derive(Debug, Clone, Default)]
pub struct CaseRow {
    /// The scenario's identifier, handed back in [`super::Effect::Begin`].
    pub id: String,
    /// Its title.
    pub title: Text,
    /// One line on it.
    pub summary: Text,
    /// What the trainee knows before he starts.
    pub brief: Text,
    /// Whether it can be played.
    pub playable: bool,
    /// What is wrong with it, rendered; empty where nothing is.
    pub problems: String,
}

/// One deal on disk.
#[derive(Debug, Clone, Default)]
pub struct SessionRow {
    /// Its identifier, handed back in [`super::Effect::Resume`].
    pub id: String,
    /// The case's title.
    pub title: Text,
    /// The week it has got to.
    pub week: u8,
    /// Whether it is over and rated.
    pub done: bool,
}

/// What the user may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Language of the interface.
    pub language: Language,
    /// How the trainee speaks.
    pub mode: Mode,
    /// Marks after every line, for beginners.
    pub beginner: bool,
}

/// What the interface starts with; the caller fills it from disk.
#[derive(Debug)]
pub struct Setup {
    /// Language and mode.
    pub settings: Settings,
    /// The library, in the order to show.
    pub cases: Vec<CaseRow>,
    /// Deals on disk, newest first.
    pub sessions: Vec<SessionRow>,
    /// Cards that are due, and cards never seen.
    pub due: (usize, usize),
    /// The reader.
    pub reader: Lazy,
    /// The scoring: `score::report`.
    pub report: fn(&Session) -> Report,
    /// Seed of new deals; `None` leaves it to the one who begins them.
    pub seed: Option<u64>,
    /// False where `NO_COLOR` is set.
    pub colour: bool,
}

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Cases and deals.
    Home,
    /// What is known, and the preparation card.
    Brief,
    /// Calendar, account map, notes.
    Desk,
    /// A visit.
    Talk,
    /// A visit that has just ended.
    Ended,
    /// The trainee rates himself.
    Rate,
    /// The report.
    Debrief,
    /// Every move with its mark.
    Review,
    /// The picture over time, and all sessions.
    Progress,
    /// A round of cards.
    Drill,
}

/// What lies over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// All keys; scrolled down by so many lines.
    Help(usize),
    /// What may be claimed; scrolled down by so many lines.
    Facts(usize),
    /// The settings; the marked row.
    Settings(usize),
    /// Really give the deal up?
    GiveUp,
    /// Really delete the session?
    Delete,
    /// What the trainee makes of this person; the marked row.
    Map(PersonId, usize),
}

/// One message to the user; the next key clears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// For information.
    Note(String),
    /// Something did not work.
    Error(String),
}

/// The model.
pub struct App {
    /// Language and mode.
    pub settings: Settings,
    /// False where `NO_COLOR` is set.
    pub colour: bool,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The screen shown.
    pub screen: Screen,
    /// What lies over it, the topmost last.
    pub layers: Vec<Layer>,
    /// A message to the user.
    pub notice: Option<Notice>,
    /// The library.
    pub cases: Vec<CaseRow>,
    /// Deals on disk.
    pub sessions: Vec<SessionRow>,
    /// Cards that are due, and cards never seen.
    pub due: (usize, usize),
    /// The deal that is open.
    pub session: Option<Session>,
    /// An entry on its way to disk.
    pub pending: Option<Entry>,
    /// It stands within an author's preview, whose keys the help names as well.
    pub(super) authoring: bool,
    pub(super) reader: Lazy,
    pub(super) report: fn(&Session) -> Report,
    pub(super) seed: Option<u64>,
    /// Ctrl-C was pressed once with a line unsent.
    pub(super) quit_asked: bool,
    pub(super) home: home::Home,
    pub(super) brief: brief::Brief,
    pub(super) desk: desk::Desk,
    pub(super) talk: talk::Talk,
    pub(super) ended: ended::Ended,
    pub(super) rate: rate::Rate,
    pub(super) debrief: debrief::Debrief,
    pub(super) review: review::Reviewing,
    pub(super) progress: progress::Progress,
    pub(super) drill: drill::Drill,
    /// Marks given while playing, by turn.
    pub(super) marks: BTreeMap<usize, Mark>,
    /// Marks that were asked for and are not there yet.
    pub(super) marking: usize,
    /// What is put down about somebody at the moment.
    pub(super) guess: Guess,
}

impl App {
    /// The interface at its home screen.
    pub fn new(setup: Setup) -> App {
        let Setup {
            settings,
            cases,
            sessions,
            due,
            reader,
            report,
            seed,
            colour,
        } = setup;
        App {
            settings,
            colour,
            size: (80, 24),
            screen: Screen::Home,
            layers: Vec::new(),
            notice: None,
            cases,
            sessions,
            due,
            session: None,
            pending: None,
            authoring: false,
            reader,
            report,
            seed,
            quit_asked: false,
            home: home::Home::default(),
            brief: brief::Brief::default(),
            desk: desk::Desk::default(),
            talk: talk::Talk::default(),
            ended: ended::Ended::default(),
            rate: rate::Rate::default(),
            debrief: debrief::Debrief::default(),
            review: review::Reviewing::default(),
            progress: progress::Progress::default(),
            drill: drill::Drill::default(),
            marks: BTreeMap::new(),
            marking: 0,
            guess: Guess::default(),
        }
    }

    /// Whether something is under way in the background: then it is worth looking for answers between keys.
    pub fn is_busy(&self) -> bool {
        self.review.is_busy()
            || self.progress.is_busy()
            || self.debrief.is_busy()
            || self.marking > 0
    }

    /// The same with a deal already open, as `whybuy play SCENARIO` starts.
    #[must_use]
    pub fn with_session(mut self, session: Session) -> App {
        // Nobody is there yet to look for its branches.
        self.open(session);
        self.debrief.looking = false;
        self
    }

    /// Turns to the review of the deal that is open; what has to happen outside is for the caller to do.
    pub fn review(&mut self) -> Vec<Effect> {
        review::enter(self)
    }

    /// The lines that are offered now.
    pub(crate) fn offers(&self) -> &[Offer] {
        super::screen::talk::offered(self)
    }

    /// Tells the user something, until the next key.
    pub(crate) fn tell(&mut self, words: String) {
        self.note(words);
    }

    /// Language of the interface.
    pub fn language(&self) -> Language {
        self.settings.language
    }

    /// The interface's words for `key`.
    pub(super) fn tr(&self, key: &'static str) -> &'static str {
        tr(self.language(), key)
    }

    /// The same with slots filled.
    pub(super) fn tr_with(&self, key: &'static str, slots: &[(&str, &str)]) -> String {
        tr_with(self.language(), key, slots)
    }

    /// The styles.
    pub(super) fn theme(&self) -> Theme {
        Theme {
            colour: self.colour,
        }
    }

    /// Where the next key is pressed.
    pub fn context(&self) -> Context {
        match self.layers.last() {
            Some(Layer::Help(_) | Layer::Facts(_)) => Context::Leaf,
            Some(Layer::Settings(_)) => Context::Settings,
            Some(Layer::GiveUp) => Context::GivingUp,
            Some(Layer::Delete) => Context::Deleting,
            Some(Layer::Map(..)) => Context::Map,
            None => super::view::context_below(self),
        }
    }

    /// A person's full name; for screens that stand only with a deal open.
    pub(super) fn name(&self, person: PersonId) -> &str {
        self.session.as_ref().map_or("", |s| {
            s.world.case.person(person).name.get(self.language())
        })
    }

    pub(super) fn note(&mut self, words: impl Into<String>) {
        self.notice = Some(Notice::Note(words.into()));
    }

    pub(super) fn error(&mut self, words: impl Into<String>) {
        self.notice = Some(Notice::Error(words.into()));
    }

    /// Puts a deal on the table and shows where it stands.
    pub(super) fn open(&mut self, session: Session) -> Vec<Effect> {
        self.settings.mode = session.header.mode;
        self.layers.clear();
        self.pending = None;
        self.brief = brief::Brief::default();
        self.desk = desk::Desk::default();
        self.talk = talk::Talk::default();
        self.ended = ended::Ended::default();
        self.rate = rate::Rate::default();
        self.debrief = debrief::Debrief::default();
        review::forget(self);
        self.marks.clear();
        self.marking = 0;
        // The end of a deal comes first: one that ended badly may have ended in the middle of a visit.
        self.screen = if session.state.outcome.is_some() {
            if session.rated().is_some() {
                Screen::Debrief
            } else {
                Screen::Rate
            }
        } else if session.state.visit.is_some() {
            Screen::Talk
        } else if session.prepared().is_some() || !session.turns.is_empty() {
            Screen::Desk
        } else {
            Screen::Brief
        };
        self.session = Some(session);
        match self.screen {
            Screen::Talk => talk::refresh(self),
            Screen::Debrief => return debrief::prepare(self),
            _ => {}
        }
        Vec::new()
    }
}
