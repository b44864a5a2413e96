//! One room, one projector: the app in the middle, and around it what a trainer needs to make a lesson of it. No network.
//!
//! A face around [`App`]: whatever it asks of the disk is asked for as if somebody played alone, so that the deal is an
//! ordinary session and can be reviewed and written out like one. Votes, clock and roster are the room's own.

mod keys;
mod view;
mod vote;

use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::locale::{tr, tr_with};
use crate::session::{Entry, Mode};
use crate::sim::{Event, Incident};
use crate::tui::app::Screen;
use crate::tui::runtime::Face;
use crate::tui::{self, App, Effect, Msg};
use keys::{Action, Place};
use vote::{Branch, Vote};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(500);

/// Who plays, and for how long.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Names, in the order of taking the chair; empty where nobody wants to be named.
    pub roster: Vec<String>,
    /// The chair goes round after so many lines; after each visit where there is none.
    pub every: Option<u16>,
    /// How long somebody has before the clock says so.
    pub minutes: Option<u64>,
}

/// What lies over the talk.
#[derive(Debug, Clone)]
enum Over {
    Nothing,
    Help(usize),
    Incidents(usize),
    Voting(Vote),
    /// Two ways to go on, as they would have been answered.
    Compare(Box<[Branch; 2]>),
    Bookmarks(usize),
}

/// The model.
pub struct Room {
    app: App,
    plan: Plan,
    /// Who sits in the chair: an index into the roster.
    chair: usize,
    /// Lines since he took it.
    lines: u16,
    since: Instant,
    /// How long the clock had run when it was stopped.
    stopped: Option<Duration>,
    frozen: bool,
    /// Stances are shown.
    through: bool,
    /// Words that can be read from the last row.
    big: bool,
    /// Turns the trainer wants to come back to.
    bookmarks: Vec<usize>,
    over: Over,
    size: (u16, u16),
}

impl Room {
    /// A room; the app may have a deal open already.
    pub fn new(app: App, plan: Plan) -> Room {
        Room {
            app,
            plan,
            chair: 0,
            lines: 0,
            since: Instant::now(),
            stopped: None,
            frozen: false,
            through: false,
            big: true,
            bookmarks: Vec::new(),
            over: Over::Nothing,
            size: (80, 24),
        }
    }

    fn tr(&self, key: &'static str) -> &'static str {
        tr(self.app.language(), key)
    }

    fn tr_with(&self, key: &'static str, slots: &[(&str, &str)]) -> String {
        tr_with(self.app.language(), key, slots)
    }

    /// Who sits in the chair.
    fn sitting(&self) -> &str {
        self.plan.roster.get(self.chair).map_or("", String::as_str)
    }

    /// How long he has sat there; the clock stands while the room is frozen.
    fn clock(&self) -> Duration {
        self.stopped.unwrap_or_else(|| self.since.elapsed())
    }

    fn freeze(&mut self, on: bool) {
        self.frozen = on;
        if on {
            self.stopped = Some(self.clock());
        } else if let Some(run) = self.stopped.take() {
            self.since = Instant::now().checked_sub(run).unwrap_or_else(Instant::now);
        }
    }

    fn next_in_chair(&mut self) {
        self.chair = (self.chair + 1) % self.plan.roster.len().max(1);
        self.lines = 0;
        self.since = Instant::now();
        self.stopped = self.frozen.then_some(Duration::ZERO);
        if !self.plan.roster.is_empty() {
            let words = self.tr_with("room.next", &[("name", self.sitting())]);
            self.app.tell(words);
        }
    }

    fn place(&self) -> Place {
        match self.over {
            Over::Nothing => Place::Room,
            Over::Help(_) | Over::Bookmarks(_) => Place::Reading,
            Over::Incidents(_) => Place::Incidents,
            Over::Voting(_) => Place::Voting,
            Over::Compare(_) => Place::Comparing,
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        if let Some(action) = keys::action(self.place(), &key) {
            return self.act(action);
        }
        match &mut self.over {
            Over::Nothing if self.frozen && !leaves(&key) => Vec::new(),
            Over::Nothing => self.hand_on(Msg::Key(key)),
            Over::Voting(vote) => {
                vote.typed(key.code);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Freeze => self.freeze(!self.frozen),
            Action::Clock => {
                self.since = Instant::now();
                self.stopped = self.frozen.then_some(Duration::ZERO);
            }
            Action::Next => self.next_in_chair(),
            Action::Big => self.big = !self.big,
            Action::Through => self.through = !self.through,
            Action::Incident => self.over = Over::Incidents(0),
            Action::Bookmark => self.bookmark(),
            Action::Bookmarks => self.over = Over::Bookmarks(0),
            Action::Help => self.over = Over::Help(0),
            Action::Vote => self.vote(),
            Action::Back => self.over = Over::Nothing,
            Action::Up | Action::Down => self.step(action == Action::Down),
            Action::Again => {
                if let Over::Voting(vote) = &mut self.over {
                    vote.again();
                }
            }
            Action::Confirm => return self.confirm(),
            Action::First | Action::Second => {
                return self.go_on(usize::from(action == Action::Second));
            }
        }
        Vec::new()
    }

    fn step(&mut self, down: bool) {
        let moved = |at: usize, last: usize| {
            if down {
                (at + 1).min(last)
            } else {
                at.saturating_sub(1)
            }
        };
        match &mut self.over {
            Over::Help(at) | Over::Bookmarks(at) => *at = moved(*at, 200),
            Over::Incidents(at) => *at = moved(*at, Incident::ALL.len() - 1),
            Over::Voting(vote) => vote.at = moved(vote.at, vote.options.len() - 1),
            Over::Nothing | Over::Compare(_) => {}
        }
    }

    fn bookmark(&mut self) {
        let turns = self.app.session.as_ref().map_or(0, |s| s.turns.len());
        if turns > 0 && self.bookmarks.last() != Some(&(turns - 1)) {
            self.bookmarks.push(turns - 1);
        }
        let words = self.tr_with(
            "room.bookmarked",
            &[("count", &self.bookmarks.len().to_string())],
        );
        self.app.tell(words);
    }

    /// A vote on the lines that are offered; there is none where nothing is.
    fn vote(&mut self) {
        let options: Vec<_> = self.app.offers().to_vec();
        if self.app.screen == Screen::Talk && options.len() > 1 {
            self.over = Over::Voting(Vote::on(options));
        } else {
            self.app.tell(self.tr("room.no_vote").to_owned());
        }
    }

    fn confirm(&mut self) -> Vec<Effect> {
        match std::mem::replace(&mut self.over, Over::Nothing) {
            Over::Incidents(at) => self.hand_on(Msg::Befall(Incident::ALL[at])),
            Over::Voting(vote) => {
                if let Some(session) = &self.app.session {
                    let (first, second) = vote.leaders();
                    let branches =
                        [first, second].map(|n| Branch::of(session, n, &vote.options[n]));
                    self.over = Over::Compare(Box::new(branches));
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Goes on with one of two branches: from here on it is what was said.
    fn go_on(&mut self, which: usize) -> Vec<Effect> {
        let Over::Compare(branches) = std::mem::replace(&mut self.over, Over::Nothing) else {
            return Vec::new();
        };
        let number = branches[which].number as u8;
        let digit = KeyCode::Char(char::from(b'1' + number));
        self.hand_on(Msg::Key(KeyEvent::new(digit, KeyModifiers::NONE)))
    }

    /// Lets the app take it, and counts what was said.
    fn hand_on(&mut self, msg: Msg) -> Vec<Effect> {
        let before = self.app.session.as_ref().map_or(0, |s| s.turns.len());
        let effects = tui::update(&mut self.app, msg);
        let Some(session) = &self.app.session else {
            return effects;
        };
        let mut visit_over = false;
        for turn in session.turns.iter().skip(before) {
            self.lines += u16::from(matches!(turn.entry, Entry::Say { .. }));
            visit_over |= turn
                .events
                .iter()
                .any(|e| matches!(e, Event::VisitEnded { .. }));
        }
        let due = match self.plan.every {
            Some(every) => self.lines >= every,
            None => visit_over,
        };
        // The chair is not taken from anybody at the very end: he speaks first at the debrief.
        if session.turns.len() > before && due && session.state.outcome.is_none() {
            self.next_in_chair();
        }
        effects
    }

    /// Whether the words for the last row are drawn: in a visit, among lines.
    fn is_big(&self) -> bool {
        self.big
            && self.app.screen == Screen::Talk
            && self.app.settings.mode == Mode::Guided
            && self.app.layers.is_empty()
    }
}

/// Leaving and the language are always possible.
fn leaves(key: &KeyEvent) -> bool {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    matches!(key.code, KeyCode::F(2)) || ctrl && matches!(key.code, KeyCode::Char('c' | 'l'))
}

impl Face for Room {
    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Resize(columns, rows) => {
                self.size = (columns, rows);
                self.hand_on(Msg::Resize(columns, rows.saturating_sub(1)))
            }
            Msg::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            Msg::Key(_) => Vec::new(),
            Msg::Paste(_) if self.frozen || self.place() != Place::Room => Vec::new(),
            Msg::Tick if !self.app.is_busy() => Vec::new(),
            msg => self.hand_on(msg),
        }
    }

    fn view(&self, frame: &mut Frame) {
        view::draw(self, frame);
    }

    fn tick(&self) -> Option<Duration> {
        Some(self.app.tick().unwrap_or(TICK))
    }
}
