//! The one table of keys: it makes the bindings, the hint bar and the help.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::locale::tr;
use crate::text::Language;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Everywhere, after the place itself had its turn.
    Anywhere,
    /// The home screen.
    Home,
    /// The brief with the preparation card.
    Brief,
    /// The desk.
    Desk,
    /// A note being written.
    Noting,
    /// A visit, typing.
    Typing,
    /// A visit, choosing among lines.
    Choosing,
    /// A visit that has just ended.
    Ended,
    /// The trainee's own rating.
    Rating,
    /// The debrief.
    Debrief,
    /// The review.
    Review,
    /// The picture over time.
    Progress,
    /// All sessions, with a search.
    Sessions,
    /// A session's name being typed.
    Renaming,
    /// Asked whether to delete a session.
    Deleting,
    /// A card with answers to choose from.
    Card,
    /// A card with a reply to type.
    Replying,
    /// An answered card, or the end of a round.
    Answered,
    /// A typed reply that was read as not good enough.
    Contestable,
    /// A rule for the next deal being written.
    Ruling,
    /// What one makes of somebody.
    Map,
    /// The settings.
    Settings,
    /// Asked whether to give the deal up.
    GivingUp,
    /// Help and fact sheet over a screen.
    Leaf,
    /// An author's preview, whatever it shows.
    Author,
    /// The X-ray of an author's preview, where stances are set.
    Xray,
}

impl Context {
    /// All contexts of playing, in the order of the help; those of an author's preview stand before them there.
    pub const ALL: [Context; 24] = [
        Context::Anywhere,
        Context::Home,
        Context::Brief,
        Context::Desk,
        Context::Noting,
        Context::Typing,
        Context::Choosing,
        Context::Ended,
        Context::Rating,
        Context::Debrief,
        Context::Review,
        Context::Progress,
        Context::Sessions,
        Context::Renaming,
        Context::Deleting,
        Context::Card,
        Context::Replying,
        Context::Answered,
        Context::Contestable,
        Context::Ruling,
        Context::Map,
        Context::Settings,
        Context::GivingUp,
        Context::Leaf,
    ];

    /// Locale key of its name in the help.
    pub fn name(self) -> &'static str {
        match self {
            Context::Anywhere => "tui.context.anywhere",
            Context::Home => "tui.context.home",
            Context::Brief => "tui.context.brief",
            Context::Desk => "tui.context.desk",
            Context::Noting => "tui.context.noting",
            Context::Typing => "tui.context.typing",
            Context::Choosing => "tui.context.choosing",
            Context::Ended => "tui.context.ended",
            Context::Rating => "tui.context.rating",
            Context::Debrief => "tui.context.debrief",
            Context::Review => "tui.context.review",
            Context::Progress => "tui.context.progress",
            Context::Sessions => "tui.context.sessions",
            Context::Renaming => "tui.context.renaming",
            Context::Deleting => "tui.context.deleting",
            Context::Card => "tui.context.card",
            Context::Replying => "tui.context.replying",
            Context::Answered => "tui.context.answered",
            Context::Contestable => "tui.context.contestable",
            Context::Ruling => "tui.context.ruling",
            Context::Map => "tui.context.map",
            Context::Settings => "tui.context.settings",
            Context::GivingUp => "tui.context.giving_up",
            Context::Leaf => "tui.context.leaf",
            Context::Author => "tui.context.author",
            Context::Xray => "tui.context.xray",
        }
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Show all keys.
    Help,
    /// Switch the language.
    Language,
    /// Show what may be claimed.
    Facts,
    /// Leave the program.
    Quit,
    /// One up.
    Up,
    /// One down.
    Down,
    /// The one before.
    Left,
    /// The next one.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Take what is marked, go on.
    Confirm,
    /// Back to where one came from.
    Back,
    /// Open the settings.
    Settings,
    /// Do what was promised.
    Fulfil,
    /// Let the week end.
    NextWeek,
    /// Write a note.
    Note,
    /// Read the brief again.
    Brief,
    /// Give the deal up.
    GiveUp,
    /// End the visit.
    Leave,
    /// Type instead of choosing, or choose instead of typing.
    SwitchMode,
    /// Review the deal move by move.
    Review,
    /// Practise with cards.
    Drill,
    /// See the picture over time.
    Progress,
    /// Give a session a name.
    Rename,
    /// Delete a session.
    Delete,
    /// Say that a reply was meant right.
    Contest,
    /// Ask for a hint.
    Hint,
    /// Put down what one makes of somebody.
    Map,
    /// Play on from a turn of a finished deal.
    Branch,
    /// Write a rule for the next deal.
    WriteRule,
    /// See through a move: what everybody held and felt.
    Through,
    /// Take number *n*, from 0.
    Pick(u8),
    /// Take the last step back.
    Undo,
    /// Take the step again that was taken back.
    Redo,
    /// Begin the deal anew.
    Restart,
    /// Deal it with another seed.
    Reseed,
    /// Show problems instead of the X-ray, or the X-ray instead of problems.
    Panel,
    /// Into the X-ray, or out of it.
    Xray,
    /// One more.
    More,
    /// One less.
    Less,
}

/// A key, as pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A key without a letter.
    Code(KeyCode),
    /// A letter or digit; letters in either case.
    Char(char),
    /// A letter with Ctrl.
    Ctrl(char),
}

impl Key {
    /// Whether this is the key that went down.
    pub fn is(self, event: &KeyEvent) -> bool {
        let bare = !event
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match self {
            Key::Code(code) => bare && event.code == code,
            Key::Char(c) => {
                bare && matches!(event.code, KeyCode::Char(p) if p.to_ascii_lowercase() == c)
            }
            Key::Ctrl(c) => {
                let held = event.modifiers.contains(KeyModifiers::CONTROL);
                held && matches!(event.code, KeyCode::Char(p) if p.to_ascii_lowercase() == c)
            }
        }
    }

    /// What stands on the key.
    pub fn label(self, language: Language) -> String {
        match self {
            Key::Char(' ') => tr(language, "tui.key.space").to_owned(),
            Key::Char(c) => c.to_ascii_uppercase().to_string(),
            Key::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Key::Code(KeyCode::F(n)) => format!("F{n}"),
            Key::Code(KeyCode::Up) => tr(language, "tui.key.up").to_owned(),
            Key::Code(KeyCode::Down) => tr(language, "tui.key.down").to_owned(),
            Key::Code(KeyCode::Left) => tr(language, "tui.key.left").to_owned(),
            Key::Code(KeyCode::Right) => tr(language, "tui.key.right").to_owned(),
            Key::Code(KeyCode::PageUp) => "PgUp".to_owned(),
            Key::Code(KeyCode::PageDown) => "PgDn".to_owned(),
            Key::Code(KeyCode::Enter) => "Enter".to_owned(),
            Key::Code(KeyCode::Esc) => "Esc".to_owned(),
            Key::Code(KeyCode::Tab) => "Tab".to_owned(),
            Key::Code(code) => format!("{code:?}"),
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// Which keys.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// Locale key of the words; neighbours with the same words are shown as one.
    pub words: &'static str,
    /// Whether the hint bar shows it; the help shows all.
    pub hint: bool,
}

const ENTER: Key = Key::Code(KeyCode::Enter);
const ESC: Key = Key::Code(KeyCode::Esc);
const TAB: Key = Key::Code(KeyCode::Tab);
const UP: Key = Key::Code(KeyCode::Up);
const DOWN: Key = Key::Code(KeyCode::Down);
const LEFT: Key = Key::Code(KeyCode::Left);
const RIGHT: Key = Key::Code(KeyCode::Right);
const PAGE_UP: Key = Key::Code(KeyCode::PageUp);
const PAGE_DOWN: Key = Key::Code(KeyCode::PageDown);

const fn f(n: u8) -> Key {
    Key::Code(KeyCode::F(n))
}

const fn row(
    context: Context,
    keys: &'static [Key],
    action: Action,
    words: &'static str,
    hint: bool,
) -> Binding {
    Binding {
        context,
        keys,
        action,
        words,
        hint,
    }
}

/// All bindings, in the order of the hint bar and the help. Letters have a function key beside them, because a
/// Chinese input method swallows letters.
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    row(Context::Home, &[ENTER], Action::Confirm, "tui.do.start", true),
    row(Context::Home, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Home, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Home, &[Key::Char('d'), f(6)], Action::Drill, "tui.do.drill", true),
    row(Context::Home, &[Key::Char('p'), f(7)], Action::Progress, "tui.do.progress", true),
    row(Context::Home, &[Key::Char('r'), f(5)], Action::Review, "tui.do.review", true),
    row(Context::Home, &[Key::Char('s'), f(9)], Action::Settings, "tui.do.settings", true),
    row(Context::Home, &[Key::Char('q')], Action::Quit, "tui.do.quit", true),

    row(Context::Brief, &[ENTER], Action::Confirm, "tui.do.to_desk", true),
    row(Context::Brief, &[UP], Action::Up, "tui.do.question", true),
    row(Context::Brief, &[DOWN], Action::Down, "tui.do.question", true),
    row(Context::Brief, &[LEFT], Action::Left, "tui.do.answer", true),
    row(Context::Brief, &[RIGHT], Action::Right, "tui.do.answer", true),
    row(Context::Brief, &[PAGE_UP], Action::PageUp, "tui.do.scroll", false),
    row(Context::Brief, &[PAGE_DOWN], Action::PageDown, "tui.do.scroll", false),
    row(Context::Brief, &[ESC], Action::Back, "tui.do.back", true),

    row(Context::Desk, &[ENTER, Key::Char('v')], Action::Confirm, "tui.do.visit", true),
    row(Context::Desk, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Desk, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Desk, &[Key::Char('w'), f(8)], Action::NextWeek, "tui.do.next_week", true),
    row(Context::Desk, &[Key::Char('f'), f(7)], Action::Fulfil, "tui.do.fulfil", true),
    row(Context::Desk, &[Key::Char('n'), f(6)], Action::Note, "tui.do.note", true),
    row(Context::Desk, &[Key::Char('m'), f(4)], Action::Map, "tui.do.map", true),
    row(Context::Desk, &[Key::Char('b'), f(5)], Action::Brief, "tui.do.brief", true),
    row(Context::Desk, &[Key::Char('x'), f(10)], Action::GiveUp, "tui.do.give_up", false),
    row(Context::Desk, &[PAGE_UP], Action::PageUp, "tui.do.scroll", false),
    row(Context::Desk, &[PAGE_DOWN], Action::PageDown, "tui.do.scroll", false),
    row(Context::Desk, &[ESC], Action::Back, "tui.do.home", true),

    row(Context::Noting, &[ENTER], Action::Confirm, "tui.do.keep_note", true),
    row(Context::Noting, &[ESC], Action::Back, "tui.do.drop_note", true),

    row(Context::Typing, &[ENTER], Action::Confirm, "tui.do.say", true),
    row(Context::Typing, &[TAB], Action::SwitchMode, "tui.do.to_choosing", true),
    row(Context::Typing, &[f(4), Key::Ctrl('g')], Action::Leave, "tui.do.leave", true),
    row(Context::Typing, &[f(6)], Action::Hint, "tui.do.hint", true),
    row(Context::Typing, &[PAGE_UP], Action::PageUp, "tui.do.scroll", true),
    row(Context::Typing, &[PAGE_DOWN], Action::PageDown, "tui.do.scroll", true),

    row(Context::Choosing, &[ENTER], Action::Confirm, "tui.do.say", true),
    row(Context::Choosing, &[Key::Char('1')], Action::Pick(0), "tui.do.pick", true),
    row(Context::Choosing, &[Key::Char('2')], Action::Pick(1), "tui.do.pick", true),
    row(Context::Choosing, &[Key::Char('3')], Action::Pick(2), "tui.do.pick", true),
    row(Context::Choosing, &[Key::Char('4')], Action::Pick(3), "tui.do.pick", true),
    row(Context::Choosing, &[UP], Action::Up, "tui.do.choose", false),
    row(Context::Choosing, &[DOWN], Action::Down, "tui.do.choose", false),
    row(Context::Choosing, &[TAB], Action::SwitchMode, "tui.do.to_typing", true),
    row(Context::Choosing, &[f(4), Key::Ctrl('g')], Action::Leave, "tui.do.leave", true),
    row(Context::Choosing, &[f(6)], Action::Hint, "tui.do.hint", true),
    row(Context::Choosing, &[PAGE_UP], Action::PageUp, "tui.do.scroll", true),
    row(Context::Choosing, &[PAGE_DOWN], Action::PageDown, "tui.do.scroll", true),

    row(Context::Ended, &[ENTER, ESC], Action::Confirm, "tui.do.go_on", true),
    row(Context::Ended, &[UP, PAGE_UP], Action::PageUp, "tui.do.scroll", false),
    row(Context::Ended, &[DOWN, PAGE_DOWN], Action::PageDown, "tui.do.scroll", false),

    row(Context::Rating, &[ENTER], Action::Confirm, "tui.do.rate", true),
    row(Context::Rating, &[UP], Action::Up, "tui.do.question", true),
    row(Context::Rating, &[DOWN], Action::Down, "tui.do.question", true),
    row(Context::Rating, &[Key::Char('1')], Action::Pick(0), "tui.do.level", true),
    row(Context::Rating, &[Key::Char('2')], Action::Pick(1), "tui.do.level", true),
    row(Context::Rating, &[Key::Char('3')], Action::Pick(2), "tui.do.level", true),
    row(Context::Rating, &[Key::Char('4')], Action::Pick(3), "tui.do.level", true),
    row(Context::Rating, &[LEFT], Action::Left, "tui.do.less_more", false),
    row(Context::Rating, &[RIGHT], Action::Right, "tui.do.less_more", false),
    row(Context::Rating, &[ESC], Action::Back, "tui.do.home", false),

    row(Context::Debrief, &[PAGE_UP], Action::PageUp, "tui.do.scroll", true),
    row(Context::Debrief, &[PAGE_DOWN, Key::Char(' ')], Action::PageDown, "tui.do.scroll", true),
    row(Context::Debrief, &[UP], Action::Up, "tui.do.line", false),
    row(Context::Debrief, &[DOWN], Action::Down, "tui.do.line", false),
    row(Context::Debrief, &[Key::Char('r'), f(5)], Action::Review, "tui.do.review", true),
    row(Context::Debrief, &[Key::Char('w'), f(6)], Action::WriteRule, "tui.do.write_rule", true),
    row(Context::Debrief, &[Key::Char('1')], Action::Pick(0), "tui.do.rule_kept", false),
    row(Context::Debrief, &[Key::Char('2')], Action::Pick(1), "tui.do.rule_kept", false),
    row(Context::Debrief, &[Key::Char('3')], Action::Pick(2), "tui.do.rule_kept", false),
    row(Context::Debrief, &[ENTER, ESC], Action::Back, "tui.do.home", true),

    row(Context::Review, &[TAB], Action::SwitchMode, "tui.do.moves_or_whole", true),
    row(Context::Review, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Review, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Review, &[LEFT], Action::Left, "tui.do.to_mistake", true),
    row(Context::Review, &[RIGHT], Action::Right, "tui.do.to_mistake", true),
    row(Context::Review, &[Key::Char('x'), f(6)], Action::Through, "tui.do.through", true),
    row(Context::Review, &[Key::Char('b'), f(7)], Action::Branch, "tui.do.branch", true),
    row(Context::Review, &[PAGE_UP], Action::PageUp, "tui.do.scroll", true),
    row(Context::Review, &[PAGE_DOWN, Key::Char(' ')], Action::PageDown, "tui.do.scroll", true),
    row(Context::Review, &[ESC, ENTER], Action::Back, "tui.do.back", true),

    row(Context::Progress, &[TAB], Action::SwitchMode, "tui.do.to_sessions", true),
    row(Context::Progress, &[UP], Action::Up, "tui.do.line", false),
    row(Context::Progress, &[DOWN], Action::Down, "tui.do.line", false),
    row(Context::Progress, &[PAGE_UP], Action::PageUp, "tui.do.scroll", true),
    row(Context::Progress, &[PAGE_DOWN, Key::Char(' ')], Action::PageDown, "tui.do.scroll", true),
    row(Context::Progress, &[ESC, ENTER], Action::Back, "tui.do.home", true),

    row(Context::Sessions, &[ENTER], Action::Confirm, "tui.do.reopen", true),
    row(Context::Sessions, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Sessions, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Sessions, &[f(6)], Action::Rename, "tui.do.rename", true),
    row(Context::Sessions, &[f(8)], Action::Delete, "tui.do.delete", true),
    row(Context::Sessions, &[PAGE_UP], Action::PageUp, "tui.do.scroll", false),
    row(Context::Sessions, &[PAGE_DOWN], Action::PageDown, "tui.do.scroll", false),
    row(Context::Sessions, &[TAB], Action::SwitchMode, "tui.do.to_picture", true),
    row(Context::Sessions, &[ESC], Action::Back, "tui.do.home", true),

    row(Context::Renaming, &[ENTER], Action::Confirm, "tui.do.keep_name", true),
    row(Context::Renaming, &[ESC], Action::Back, "tui.do.drop_name", true),

    row(Context::Deleting, &[Key::Char('x'), f(8)], Action::Delete, "tui.do.really_delete", true),
    row(Context::Deleting, &[ESC, ENTER], Action::Back, "tui.do.keep_session", true),

    row(Context::Card, &[ENTER], Action::Confirm, "tui.do.answer_card", true),
    row(Context::Card, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Card, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Card, &[Key::Char('1')], Action::Pick(0), "tui.do.pick_answer", true),
    row(Context::Card, &[Key::Char('2')], Action::Pick(1), "tui.do.pick_answer", false),
    row(Context::Card, &[Key::Char('3')], Action::Pick(2), "tui.do.pick_answer", false),
    row(Context::Card, &[Key::Char('4')], Action::Pick(3), "tui.do.pick_answer", false),
    row(Context::Card, &[Key::Char('5')], Action::Pick(4), "tui.do.pick_answer", false),
    row(Context::Card, &[Key::Char('6')], Action::Pick(5), "tui.do.pick_answer", false),
    row(Context::Card, &[Key::Char('7')], Action::Pick(6), "tui.do.pick_answer", false),
    row(Context::Card, &[ESC], Action::Back, "tui.do.home", true),

    row(Context::Replying, &[ENTER], Action::Confirm, "tui.do.say", true),
    row(Context::Replying, &[ESC], Action::Back, "tui.do.home", true),

    row(Context::Answered, &[ENTER], Action::Confirm, "tui.do.next_card", true),
    row(Context::Answered, &[ESC], Action::Back, "tui.do.home", true),
    row(Context::Ruling, &[ENTER], Action::Confirm, "tui.do.keep_rule", true),
    row(Context::Ruling, &[ESC], Action::Back, "tui.do.back", true),

    row(Context::Map, &[UP], Action::Up, "tui.do.question", true),
    row(Context::Map, &[DOWN], Action::Down, "tui.do.question", true),
    row(Context::Map, &[LEFT], Action::Left, "tui.do.answer", true),
    row(Context::Map, &[RIGHT], Action::Right, "tui.do.answer", true),
    row(Context::Map, &[ENTER], Action::Confirm, "tui.do.keep_map", true),
    row(Context::Map, &[ESC], Action::Back, "tui.do.close", true),

    row(Context::Contestable, &[ENTER], Action::Confirm, "tui.do.next_card", true),
    row(Context::Contestable, &[Key::Char('r'), f(5)], Action::Contest, "tui.do.contest_card", true),
    row(Context::Contestable, &[ESC], Action::Back, "tui.do.home", true),

    row(Context::Settings, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Settings, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Settings, &[ENTER, LEFT, RIGHT], Action::Confirm, "tui.do.change", true),
    row(Context::Settings, &[ESC], Action::Back, "tui.do.close", true),

    row(Context::GivingUp, &[Key::Char('x'), f(10)], Action::GiveUp, "tui.do.really_give_up", true),
    row(Context::GivingUp, &[ESC, ENTER], Action::Back, "tui.do.keep_going", true),

    row(Context::Leaf, &[UP], Action::Up, "tui.do.line", true),
    row(Context::Leaf, &[DOWN], Action::Down, "tui.do.line", true),
    row(Context::Leaf, &[PAGE_UP], Action::PageUp, "tui.do.scroll", true),
    row(Context::Leaf, &[PAGE_DOWN, Key::Char(' ')], Action::PageDown, "tui.do.scroll", true),
    row(Context::Leaf, &[ESC, ENTER, Key::Char('q')], Action::Back, "tui.do.close", true),

    row(Context::Author, &[Key::Ctrl('x')], Action::Xray, "tui.do.xray", true),
    row(Context::Author, &[Key::Ctrl('p')], Action::Panel, "tui.do.panel", true),
    row(Context::Author, &[Key::Ctrl('z')], Action::Undo, "tui.do.undo", true),
    row(Context::Author, &[Key::Ctrl('y')], Action::Redo, "tui.do.redo", true),
    row(Context::Author, &[Key::Ctrl('r')], Action::Restart, "tui.do.restart", true),
    row(Context::Author, &[Key::Ctrl('n')], Action::Reseed, "tui.do.reseed", true),

    row(Context::Xray, &[UP], Action::Up, "tui.do.choose", true),
    row(Context::Xray, &[DOWN], Action::Down, "tui.do.choose", true),
    row(Context::Xray, &[LEFT], Action::Left, "tui.do.choose", true),
    row(Context::Xray, &[RIGHT], Action::Right, "tui.do.choose", true),
    row(Context::Xray, &[Key::Char('+'), Key::Char('='), PAGE_UP], Action::More, "tui.do.less_more", true),
    row(Context::Xray, &[Key::Char('-'), PAGE_DOWN], Action::Less, "tui.do.less_more", true),
    row(Context::Xray, &[ESC, ENTER], Action::Back, "tui.do.play_on", true),

    row(Context::Anywhere, &[f(3)], Action::Facts, "tui.do.facts", true),
    row(Context::Anywhere, &[f(1)], Action::Help, "tui.do.help", true),
    row(Context::Anywhere, &[f(2), Key::Ctrl('l')], Action::Language, "tui.do.language", true),
    row(Context::Anywhere, &[Key::Ctrl('c')], Action::Quit, "tui.do.quit", false),
];

/// What the key asks for in this place.
pub fn action(context: Context, event: &KeyEvent) -> Option<Action> {
    let within = |wanted: Context| {
        TABLE
            .iter()
            .find(|b| b.context == wanted && b.keys.iter().any(|k| k.is(event)))
            .map(|b| b.action)
    };
    within(context).or_else(|| within(Context::Anywhere))
}

/// Keys with their words for one context: `(Enter, start)`. Neighbours with the same words stand together.
pub fn lines(
    context: Context,
    language: Language,
    hints_only: bool,
) -> Vec<(String, &'static str)> {
    let mut out: Vec<(String, &'static str, &'static str)> = Vec::new();
    for binding in TABLE
        .iter()
        .filter(|b| b.context == context && (b.hint || !hints_only))
    {
        // The hint bar has room for the first key only; the help names them all.
        let taken = if hints_only { 1 } else { binding.keys.len() };
        let keys: Vec<String> = binding.keys[..taken]
            .iter()
            .map(|k| k.label(language))
            .collect();
        let keys = keys.join("/");
        match out.last_mut() {
            Some((before, words, _)) if *words == binding.words => {
                before.push('/');
                before.push_str(&keys);
            }
            _ => out.push((keys, binding.words, tr(language, binding.words))),
        }
    }
    out.into_iter()
        .map(|(keys, _, words)| (keys, words))
        .collect()
}
