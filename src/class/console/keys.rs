//! The one table of the trainer's keys: it makes the bindings, the hint bar and the help page.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::locale::tr;
use crate::text::Language;
use crate::tui::keymap::Key;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Board,
    Help,
    Incidents,
    Writing,
    Sure,
    Watching,
}

impl Place {
    pub const ALL: [Place; 6] = [
        Place::Board,
        Place::Incidents,
        Place::Writing,
        Place::Sure,
        Place::Watching,
        Place::Help,
    ];

    /// Locale key of its name in the help.
    pub fn name(self) -> &'static str {
        match self {
            Place::Board => "class.place.board",
            Place::Help => "class.place.help",
            Place::Incidents => "class.place.incidents",
            Place::Writing => "class.place.writing",
            Place::Sure => "class.place.sure",
            Place::Watching => "class.place.watching",
        }
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Up,
    Down,
    PageUp,
    PageDown,
    All,
    Freeze,
    Message,
    Incident,
    Watch,
    Remove,
    LetIn,
    Code,
    Close,
    Stop,
    Language,
    Help,
    Confirm,
    Back,
}

type Row = (Place, &'static [Key], Action, &'static str);

const ENTER: Key = Key::Code(KeyCode::Enter);
const ESC: Key = Key::Code(KeyCode::Esc);
const UP: Key = Key::Code(KeyCode::Up);
const DOWN: Key = Key::Code(KeyCode::Down);
const PAGE_UP: Key = Key::Code(KeyCode::PageUp);
const PAGE_DOWN: Key = Key::Code(KeyCode::PageDown);

const fn f(n: u8) -> Key {
    Key::Code(KeyCode::F(n))
}

const fn c(letter: char) -> Key {
    Key::Char(letter)
}

/// All of them. Letters have a function key beside them, because a Chinese input method swallows letters.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Place::Board, &[c('f'), f(4)], Action::Freeze, "class.do.freeze"),
    (Place::Board, &[c('m'), f(5)], Action::Message, "class.do.message"),
    (Place::Board, &[c('i'), f(6)], Action::Incident, "class.do.incident"),
    (Place::Board, &[Key::Code(KeyCode::Tab)], Action::All, "class.do.all"),
    (Place::Board, &[ENTER, f(7)], Action::Watch, "class.do.watch"),
    (Place::Board, &[UP], Action::Up, "class.do.mark"),
    (Place::Board, &[DOWN], Action::Down, "class.do.mark"),
    (Place::Board, &[PAGE_UP], Action::PageUp, "class.do.mark"),
    (Place::Board, &[PAGE_DOWN], Action::PageDown, "class.do.mark"),
    (Place::Board, &[c('l'), f(8)], Action::LetIn, "class.do.let_in"),
    (Place::Board, &[c('x')], Action::Remove, "class.do.remove"),
    (Place::Board, &[c('n')], Action::Code, "class.do.code"),
    (Place::Board, &[c('z'), f(10)], Action::Close, "class.do.close"),
    (Place::Board, &[f(2)], Action::Language, "tui.do.language"),
    (Place::Board, &[f(1), c('?')], Action::Help, "tui.do.help"),
    (Place::Board, &[c('q'), Key::Ctrl('c')], Action::Stop, "class.do.stop"),

    (Place::Incidents, &[UP], Action::Up, "tui.do.choose"),
    (Place::Incidents, &[DOWN], Action::Down, "tui.do.choose"),
    (Place::Incidents, &[ENTER], Action::Confirm, "class.do.let_happen"),
    (Place::Incidents, &[ESC], Action::Back, "class.do.no"),

    (Place::Writing, &[ENTER], Action::Confirm, "class.do.send"),
    (Place::Writing, &[ESC], Action::Back, "class.do.no"),

    (Place::Sure, &[ENTER, c('y')], Action::Confirm, "class.do.yes"),
    (Place::Sure, &[ESC, c('n')], Action::Back, "class.do.no"),

    (Place::Watching, &[ESC, ENTER, f(7)], Action::Back, "tui.do.close"),
    (Place::Watching, &[f(4)], Action::Freeze, "class.do.freeze"),

    (Place::Help, &[UP], Action::Up, "tui.do.line"),
    (Place::Help, &[DOWN], Action::Down, "tui.do.line"),
    (Place::Help, &[ESC, ENTER, f(1), c('q')], Action::Back, "tui.do.close"),
];

/// What the key asks for in this place.
pub fn action(place: Place, event: &KeyEvent) -> Option<Action> {
    let bound = TABLE.iter().filter(|(at, ..)| *at == place);
    let mut found = bound.filter(|(_, keys, ..)| keys.iter().any(|k| k.is(event)));
    found.next().map(|(_, _, action, _)| *action)
}

/// Keys with their words for one place; neighbours with the same words stand together.
pub fn lines(place: Place, language: Language, hints_only: bool) -> Vec<(String, &'static str)> {
    let mut out: Vec<(String, &'static str, &'static str)> = Vec::new();
    for (_, keys, _, words) in TABLE.iter().filter(|(at, ..)| *at == place) {
        let taken = if hints_only { 1 } else { keys.len() };
        let labels: Vec<String> = keys[..taken].iter().map(|k| k.label(language)).collect();
        let labels = labels.join("/");
        match out.last_mut() {
            Some((before, said, _)) if said == words => {
                if !hints_only || before.chars().count() < 3 {
                    before.push('/');
                    before.push_str(&labels);
                }
            }
            _ => out.push((labels, words, tr(language, words))),
        }
    }
    out.into_iter()
        .map(|(keys, _, words)| (keys, words))
        .collect()
}
