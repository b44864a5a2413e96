//! The trainer's console: how to join, where everybody stands, and what the trainer may do about it.
//!
//! `update` decides and hands back commands, `view` draws; [`Trainer`] carries the commands out on the hub and is what
//! runs at the terminal.

mod keys;
mod view;

use std::sync::Arc;
use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::hub::{Board, Hub};
use crate::locale::{tr, tr_with};
use crate::scenario::Case;
use crate::sim::Incident;
use crate::store::StoreError;
use crate::text::{Language, harmless};
use crate::tui::runtime::Face;
use crate::tui::{Effect, Msg};
use keys::{Action, Place};

/// How often the board is looked at anew.
const TICK: Duration = Duration::from_millis(250);
/// Characters of a message.
const LONGEST: usize = 300;

/// What the trainer wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// All keys wait, or no longer.
    Freeze(bool),
    /// Show words to a seat, or to all.
    Message(Option<u32>, String),
    /// Let something happen to a seat, or to all.
    Befall(Option<u32>, Incident),
    /// Remove a seat.
    Remove(u32),
    /// Give a seat a fresh code to come back by.
    LetIn(u32),
    /// Give the class another join code.
    Code,
    /// Look at a seat, or at none.
    Watch(Option<u32>),
    /// End the class.
    Close,
    /// Stop serving; the class can be taken up again.
    Stop,
}

/// What lies over the board.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Over {
    Nothing,
    Help(usize),
    /// Choosing what happens.
    Incidents(usize),
    /// Writing a message.
    Writing(String),
    /// Really?
    Sure(Command),
    /// Looking at a seat.
    Watching,
}

/// How to join, as the trainer dictates it.
#[derive(Debug, Clone, Default)]
pub struct Door {
    /// What is typed after `ssh `, with a word for the name.
    pub addresses: Vec<String>,
    /// The host key's fingerprint.
    pub fingerprint: String,
}

/// The model.
pub struct Console {
    language: Language,
    door: Door,
    case: Arc<Case>,
    board: Board,
    /// The marked row.
    at: usize,
    /// What is done is done to all, not to the marked seat.
    all: bool,
    over: Over,
    notice: Option<String>,
    size: (u16, u16),
    colour: bool,
}

impl Console {
    /// A console.
    pub fn new(
        language: Language,
        door: Door,
        case: Arc<Case>,
        board: Board,
        colour: bool,
    ) -> Console {
        Console {
            language,
            door,
            case,
            board,
            at: 0,
            all: true,
            over: Over::Nothing,
            notice: None,
            size: (80, 24),
            colour,
        }
    }

    /// The board as it is now.
    pub fn look(&mut self, board: Board) {
        self.board = board;
        self.at = self.at.min(self.board.rows.len().saturating_sub(1));
    }

    /// Tells the trainer something.
    pub fn tell(&mut self, words: String) {
        self.notice = Some(words);
    }

    fn tr(&self, key: &'static str) -> &'static str {
        tr(self.language, key)
    }

    fn tr_with(&self, key: &'static str, slots: &[(&str, &str)]) -> String {
        tr_with(self.language, key, slots)
    }

    fn marked(&self) -> Option<u32> {
        self.board.rows.get(self.at).map(|r| r.seat.number)
    }

    /// Whom a message or an incident is for: all, or the marked seat; `None` where there is none.
    fn target(&self) -> Option<Option<u32>> {
        if self.all {
            Some(None)
        } else {
            self.marked().map(Some)
        }
    }

    fn place(&self) -> Place {
        match self.over {
            Over::Nothing => Place::Board,
            Over::Help(_) => Place::Help,
            Over::Incidents(_) => Place::Incidents,
            Over::Writing(_) => Place::Writing,
            Over::Sure(_) => Place::Sure,
            Over::Watching => Place::Watching,
        }
    }

    /// Takes one message; what the trainer wants done.
    pub fn update(&mut self, msg: &Msg) -> Vec<Command> {
        match msg {
            Msg::Resize(columns, rows) => self.size = (*columns, *rows),
            Msg::Paste(words) => self.write(&harmless(words)),
            Msg::Key(key) if key.kind != KeyEventKind::Release => return self.key(key),
            _ => {}
        }
        Vec::new()
    }

    fn write(&mut self, words: &str) {
        if let Over::Writing(line) = &mut self.over {
            let room = LONGEST.saturating_sub(line.chars().count());
            line.extend(words.chars().take(room));
        }
    }

    fn key(&mut self, key: &KeyEvent) -> Vec<Command> {
        self.notice = None;
        match keys::action(self.place(), key) {
            Some(action) => self.act(action),
            None => {
                self.typed(key);
                Vec::new()
            }
        }
    }

    fn typed(&mut self, key: &KeyEvent) {
        match key.code {
            KeyCode::Backspace => {
                if let Over::Writing(line) = &mut self.over {
                    line.pop();
                }
            }
            KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::CONTROL) => {
                self.write(&harmless(c.encode_utf8(&mut [0; 4])));
            }
            _ => {}
        }
    }

    fn act(&mut self, action: Action) -> Vec<Command> {
        let last = self.board.rows.len().saturating_sub(1);
        match action {
            Action::Up => self.step(-1, last),
            Action::Down => self.step(1, last),
            Action::PageUp => self.step(-10, last),
            Action::PageDown => self.step(10, last),
            Action::Language => self.language = self.language.other(),
            Action::Help => self.over = Over::Help(0),
            Action::All => self.all = !self.all,
            Action::Freeze => return vec![Command::Freeze(!self.board.frozen)],
            Action::Message => self.for_target(Over::Writing(String::new())),
            Action::Incident => self.for_target(Over::Incidents(0)),
            Action::Watch => {
                if let Some(seat) = self.marked() {
                    self.over = Over::Watching;
                    return vec![Command::Watch(Some(seat))];
                }
            }
            Action::Remove => self.sure(self.marked().map(Command::Remove)),
            Action::LetIn => return self.marked().map(Command::LetIn).into_iter().collect(),
            Action::Code => self.sure(Some(Command::Code)),
            Action::Close => self.sure(Some(Command::Close)),
            Action::Stop => self.sure(Some(Command::Stop)),
            Action::Back => {
                let before = std::mem::replace(&mut self.over, Over::Nothing);
                if before == Over::Watching {
                    return vec![Command::Watch(None)];
                }
            }
            Action::Confirm => return self.confirm(),
        }
        Vec::new()
    }

    fn step(&mut self, by: isize, last: usize) {
        match &mut self.over {
            Over::Help(top) => *top = top.saturating_add_signed(by).min(100),
            Over::Incidents(at) => {
                *at = at
                    .saturating_add_signed(by.signum())
                    .min(Incident::ALL.len() - 1);
            }
            _ => self.at = self.at.saturating_add_signed(by).min(last),
        }
    }

    fn for_target(&mut self, over: Over) {
        if self.target().is_some() {
            self.over = over;
        }
    }

    fn sure(&mut self, command: Option<Command>) {
        if let Some(command) = command {
            self.over = Over::Sure(command);
        }
    }

    fn confirm(&mut self) -> Vec<Command> {
        let target = self.target();
        match (std::mem::replace(&mut self.over, Over::Nothing), target) {
            (Over::Sure(command), _) => vec![command],
            (Over::Writing(words), Some(to)) if !words.trim().is_empty() => {
                vec![Command::Message(to, words.trim().to_owned())]
            }
            (Over::Incidents(at), Some(to)) => vec![Command::Befall(to, Incident::ALL[at])],
            (Over::Watching, _) => vec![Command::Watch(None)],
            _ => Vec::new(),
        }
    }

    /// Draws everything.
    pub fn view(&self, frame: &mut Frame) {
        view::draw(self, frame);
    }
}

/// The console with the hub behind it.
pub struct Trainer {
    console: Console,
    hub: Arc<Hub>,
}

impl Trainer {
    /// A trainer at his console.
    pub fn new(hub: Arc<Hub>, language: Language, door: Door, colour: bool) -> Trainer {
        let console = Console::new(language, door, hub.world.case.clone(), hub.board(), colour);
        Trainer { console, hub }
    }

    /// Does it; whether serving ends.
    fn carry_out(&mut self, command: Command) -> bool {
        let language = self.console.language;
        let mut told: Option<String> = None;
        let done: Result<(), StoreError> = match &command {
            Command::Freeze(on) => self.hub.freeze(*on),
            Command::Message(to, words) => self.hub.message(*to, words),
            Command::Befall(to, incident) => self.hub.befall(*to, *incident).map(|reached| {
                let slots = [
                    ("what", incident.name(language)),
                    ("count", &reached.to_string()),
                ];
                told = Some(tr_with(language, "class.told.befell", &slots));
            }),
            Command::Remove(seat) => self.hub.remove(*seat),
            Command::LetIn(seat) => self.hub.let_in(*seat).map(|code| {
                let name = self
                    .console
                    .board
                    .rows
                    .iter()
                    .find(|r| r.seat.number == *seat);
                let name = name.map_or("", |r| &r.seat.name);
                let slots = [("name", name), ("code", &*code)];
                told = Some(tr_with(language, "class.told.let_in", &slots));
            }),
            Command::Code => self.hub.change_code(),
            Command::Watch(seat) => {
                self.hub.watch(*seat);
                Ok(())
            }
            Command::Close => self.hub.close(),
            Command::Stop => Ok(()),
        };
        let ends = matches!(command, Command::Close | Command::Stop);
        match done {
            Ok(()) => {
                if let Some(words) = told {
                    self.console.tell(words);
                }
                ends
            }
            Err(error) => {
                self.console.tell(error.message(language));
                false
            }
        }
    }
}

impl Face for Trainer {
    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        for command in self.console.update(&msg) {
            if self.carry_out(command) {
                return vec![Effect::Quit];
            }
        }
        self.console.look(self.hub.board());
        Vec::new()
    }

    fn view(&self, frame: &mut Frame) {
        self.console.view(frame);
    }

    fn tick(&self) -> Option<Duration> {
        Some(TICK)
    }
}
