//! The one table of the trainer's keys in a room: bindings, hints and the help page. All of them leave the keys of the
//! one in the chair alone.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::locale::tr;
use crate::text::Language;
use crate::tui::keymap::Key;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Room,
    Voting,
    Comparing,
    Incidents,
    Reading,
}

impl Place {
    pub const ALL: [Place; 5] = [
        Place::Room,
        Place::Voting,
        Place::Comparing,
        Place::Incidents,
        Place::Reading,
    ];

    /// Locale key of its name in the help.
    pub fn name(self) -> &'static str {
        match self {
            Place::Room => "room.place.room",
            Place::Voting => "room.place.voting",
            Place::Comparing => "room.place.comparing",
            Place::Incidents => "class.place.incidents",
            Place::Reading => "class.place.help",
        }
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Freeze,
    Clock,
    Next,
    Big,
    Through,
    Incident,
    Bookmark,
    Bookmarks,
    Vote,
    Help,
    Up,
    Down,
    Again,
    Confirm,
    First,
    Second,
    Back,
}

type Row = (Place, &'static [Key], Action, &'static str);

const ENTER: Key = Key::Code(KeyCode::Enter);
const ESC: Key = Key::Code(KeyCode::Esc);
const UP: Key = Key::Code(KeyCode::Up);
const DOWN: Key = Key::Code(KeyCode::Down);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Place::Room, &[Key::Ctrl('f')], Action::Freeze, "class.do.freeze"),
    (Place::Room, &[Key::Ctrl('v')], Action::Vote, "room.do.vote"),
    (Place::Room, &[Key::Ctrl('o')], Action::Next, "room.do.next"),
    (Place::Room, &[Key::Ctrl('t')], Action::Clock, "room.do.clock"),
    (Place::Room, &[Key::Ctrl('e')], Action::Incident, "class.do.incident"),
    (Place::Room, &[Key::Ctrl('b')], Action::Bookmark, "room.do.bookmark"),
    (Place::Room, &[Key::Ctrl('r')], Action::Bookmarks, "room.do.bookmarks"),
    (Place::Room, &[Key::Ctrl('x')], Action::Through, "room.do.through"),
    (Place::Room, &[Key::Ctrl('p')], Action::Big, "room.do.big"),
    (Place::Room, &[Key::Code(KeyCode::F(12)), Key::Ctrl('k')], Action::Help, "room.do.help"),

    (Place::Voting, &[UP], Action::Up, "tui.do.choose"),
    (Place::Voting, &[DOWN], Action::Down, "tui.do.choose"),
    (Place::Voting, &[Key::Code(KeyCode::Tab)], Action::Again, "room.do.again"),
    (Place::Voting, &[ENTER], Action::Confirm, "room.do.both"),
    (Place::Voting, &[ESC], Action::Back, "tui.do.close"),

    (Place::Comparing, &[Key::Char('1'), Key::Code(KeyCode::Left)], Action::First, "room.do.first"),
    (Place::Comparing, &[Key::Char('2'), Key::Code(KeyCode::Right)], Action::Second, "room.do.second"),
    (Place::Comparing, &[Key::Ctrl('x')], Action::Through, "room.do.through"),
    (Place::Comparing, &[ESC], Action::Back, "tui.do.close"),

    (Place::Incidents, &[UP], Action::Up, "tui.do.choose"),
    (Place::Incidents, &[DOWN], Action::Down, "tui.do.choose"),
    (Place::Incidents, &[ENTER], Action::Confirm, "class.do.let_happen"),
    (Place::Incidents, &[ESC], Action::Back, "class.do.no"),

    (Place::Reading, &[UP], Action::Up, "tui.do.line"),
    (Place::Reading, &[DOWN], Action::Down, "tui.do.line"),
    (Place::Reading, &[ESC, ENTER, Key::Code(KeyCode::F(12))], Action::Back, "tui.do.close"),
];

/// What the key asks for in this place.
pub fn action(place: Place, event: &KeyEvent) -> Option<Action> {
    let bound = TABLE.iter().filter(|(at, ..)| *at == place);
    let mut found = bound.filter(|(_, keys, ..)| keys.iter().any(|k| k.is(event)));
    found.next().map(|(_, _, action, _)| *action)
}

/// Keys with their words for one place.
pub fn lines(place: Place, language: Language) -> Vec<(String, &'static str)> {
    let rows = TABLE.iter().filter(|(at, ..)| *at == place);
    let line = |(_, keys, _, words): &Row| {
        let labels: Vec<String> = keys.iter().map(|k| k.label(language)).collect();
        (labels.join("/"), tr(language, words))
    };
    rows.map(line).collect()
}
