//! The preview as an author uses it: keys in, saves in, and what stands on the screen.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::scenario::Role;
use crate::scenario::decode::decode;
use crate::scenario::scaffold::template;
use crate::score;
use crate::session::Mode;
use crate::sim::Gauge;
use crate::text::Language;
use crate::tui::tests::screen_text;
use crate::tui::{Settings, app};

fn draft(text: &str) -> Msg {
    let (case, problems) = decode(text);
    Msg::File(Box::new(Draft {
        text: text.to_owned(),
        case: case.map(Arc::new),
        problems,
        unreadable: None,
    }))
}

fn file(language: Language) -> String {
    template("mine", Role::ProcurementManager, language)
}

fn author(language: Language) -> Author {
    let setup = app::Setup {
        settings: Settings {
            language,
            mode: Mode::Guided,
            beginner: false,
        },
        cases: Vec::new(),
        sessions: Vec::new(),
        due: (0, 0),
        reader: Arc::default(),
        report: score::report,
        seed: None,
        colour: true,
    };
    let mut author = Author::new(Start {
        setup,
        name: "mine.json".to_owned(),
        packs: Arc::new(Packs::shipped()),
        model: Arc::new(Model::shipped()),
        seed: 0,
        run: Vec::new(),
    });
    author.update(Msg::Resize(120, 40));
    author
}

fn key(author: &mut Author, code: KeyCode) {
    let event = KeyEvent::new(code, KeyModifiers::NONE);
    assert_eq!(author.update(Msg::Key(event)), Vec::new());
}

fn ctrl(author: &mut Author, letter: char) {
    let event = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
    author.update(Msg::Key(event));
}

fn shown(author: &Author) -> String {
    let (columns, rows) = author.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| author.view(frame)).unwrap();
    screen_text(terminal.backend().buffer())
}

/// On a visit with the first person, one line said.
fn talking(language: Language) -> Author {
    let mut author = author(language);
    author.update(draft(&file(language)));
    key(&mut author, KeyCode::Enter);
    key(&mut author, KeyCode::Char('1'));
    assert_eq!(author.steps.len(), 2);
    author
}

#[test]
fn a_save_plays_the_same_steps_with_the_new_words() {
    let mut author = talking(Language::Zh);
    let before = author.app.session.as_ref().unwrap().state.clone();
    assert!(shown(&author).contains("今年没这笔预算"));
    author.update(draft(
        &file(Language::Zh).replace("今年没这笔预算", "这两年没这笔钱"),
    ));
    let text = shown(&author);
    assert!(
        text.contains("这两年没这笔钱") && !text.contains("今年没这笔预算"),
        "{text}"
    );
    assert!(text.contains("2 步都还在"), "{text}");
    assert_eq!(author.app.session.as_ref().unwrap().state, before);
}

#[test]
fn a_broken_save_shows_its_problems_beside_the_version_before() {
    let mut author = talking(Language::En);
    let broken = file(Language::En).replace("\"role\": \"executive\"", "\"role\": \"exectuive\"");
    author.update(draft(&broken));
    let text = shown(&author);
    assert!(text.contains("Oh, it is you"), "{text}");
    assert!(
        text.contains("[unknown-value]") && text.contains("1 errors"),
        "{text}"
    );
    author.update(draft(&file(Language::En)));
    assert!(shown(&author).contains("no problems"));
    assert_eq!(author.steps.len(), 2);
}

#[test]
fn steps_with_somebody_who_is_gone_are_dropped_and_told() {
    let mut author = talking(Language::Zh);
    let file = file(Language::Zh);
    let other = file
        .replace("\"he\"", "\"hu\"")
        .replace("he.wants", "hu.wants");
    author.update(draft(&other));
    assert_eq!((author.steps.len(), author.lost), (0, 2));
    assert!(
        shown(&author).contains("2 步里前 0 步"),
        "{}",
        shown(&author)
    );
}

#[test]
fn one_may_jump_to_any_stance_and_week_and_take_it_back() {
    let mut author = talking(Language::Zh);
    let state = |author: &Author| author.app.session.as_ref().unwrap().state.clone();
    let before = state(&author);
    ctrl(&mut author, 'x');
    key(&mut author, KeyCode::Down);
    for _ in 0..9 {
        key(&mut author, KeyCode::Char('+'));
    }
    assert_eq!(state(&author).gauge(0, Gauge::Category), 4);
    // Held down, it is one step.
    assert_eq!(author.steps.len(), 3);
    key(&mut author, KeyCode::Up);
    key(&mut author, KeyCode::PageUp);
    key(&mut author, KeyCode::PageUp);
    assert_eq!((state(&author).week, state(&author).visit), (3, None));
    assert!(
        shown(&author).contains("> 第 3 周 / 共 8 周"),
        "{}",
        shown(&author)
    );
    // To the executive, of whom nobody has heard yet.
    for code in [
        KeyCode::Down,
        KeyCode::Down,
        KeyCode::Right,
        KeyCode::Right,
        KeyCode::Right,
        KeyCode::Char('+'),
    ] {
        key(&mut author, code);
    }
    assert!(state(&author).person(1).named);
    key(&mut author, KeyCode::Esc);
    assert!(!author.inside);
    // The steps made on the way stand after a save as well.
    author.update(draft(&file(Language::Zh).replace("八周", "八个星期")));
    assert_eq!(state(&author).week, 3);
    for _ in 0..3 {
        ctrl(&mut author, 'z');
    }
    assert_eq!(author.steps.len(), 2);
    assert_eq!(state(&author), before);
    ctrl(&mut author, 'r');
    assert_eq!((author.steps.len(), author.app.screen), (0, Screen::Desk));
    // What was taken back can be walked through again, as can a run that was saved.
    ctrl(&mut author, 'y');
    ctrl(&mut author, 'y');
    assert_eq!(state(&author), before);
}

#[test]
fn a_line_being_typed_survives_a_save() {
    let mut author = talking(Language::Zh);
    key(&mut author, KeyCode::Tab);
    for letter in "您说呢".chars() {
        key(&mut author, KeyCode::Char(letter));
    }
    author.update(draft(&file(Language::Zh).replace("八周", "八个星期")));
    assert_eq!(talk::line(&author.app), "您说呢");
}

#[test]
fn before_the_first_good_version_there_are_only_problems() {
    let mut author = author(Language::En);
    author.update(draft("{\"id\": \"mine\""));
    let text = shown(&author);
    assert!(text.contains("[unclosed]"), "{text}");
    author.update(Msg::File(Box::new(Draft {
        unreadable: Some("gone".to_owned()),
        ..Draft::default()
    })));
    assert!(shown(&author).contains("! gone"));
}

#[test]
fn it_can_be_seen_at_every_size_in_both_languages() {
    for language in Language::ALL {
        let mut author = talking(language);
        let week = author
            .app
            .tr_with("author.week", &[("week", "1"), ("weeks", "8")]);
        for (columns, rows) in [(60, 16), (80, 24), (120, 40), (200, 60), (40, 12), (1, 1)] {
            author.update(Msg::Resize(columns, rows));
            let shown = shown(&author);
            assert_eq!(
                shown.contains(&week),
                columns >= 80,
                "{columns}x{rows}\n{shown}"
            );
        }
        // Below the talk there is little room: what is marked stays in sight.
        author.inside = true;
        author.marked = Some((1, 4));
        author.update(Msg::Resize(80, 24));
        let trust = Gauge::Trust.name(language);
        assert!(
            shown(&author).contains(&format!("{trust} 1/4")),
            "{}",
            shown(&author)
        );
    }
}
