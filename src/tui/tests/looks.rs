//! Every screen at every size in both languages.

use super::*;
use crate::locale::tr;
use crate::tui::keymap::{Context, TABLE};
use crate::tui::view::title;

const SIZES: [(u16, u16); 5] = [(80, 24), (120, 40), (200, 60), (60, 16), (40, 12)];

/// Each screen, reached by keys.
fn all(mode: Mode, language: Language) -> Vec<(Screen, Play)> {
    let stations = [
        (Screen::Home, ""),
        (Screen::Brief, "<Enter>"),
        (Screen::Desk, "<Enter><Right><Enter>"),
        (Screen::Talk, "<Enter><Right><Enter><Enter>"),
        (Screen::Ended, "<Enter><Right><Enter><Enter><F4>"),
        (Screen::Rate, "<Enter><Right><Enter>xx"),
        (
            Screen::Debrief,
            "<Enter><Right><Enter><Enter><F4><Enter>xx123<Enter>",
        ),
        (
            Screen::Review,
            "<Enter><Right><Enter><Enter><F4><Enter>xx123<Enter>r<Tab>x",
        ),
        (Screen::Progress, "p"),
        (Screen::Drill, "d"),
    ];
    let reach = |(screen, keys): (Screen, &str)| {
        let mut play = Play::new(mode, language);
        play.keys(keys);
        (screen, play)
    };
    stations.into_iter().map(reach).collect()
}

#[test]
fn every_screen_stands_at_every_size() {
    for language in Language::ALL {
        for mode in [Mode::Free, Mode::Guided] {
            for (screen, mut play) in all(mode, language) {
                assert_eq!(play.app.screen, screen);
                for (columns, rows) in SIZES {
                    let (text, _) = play.draw(columns, rows);
                    if columns < 60 {
                        assert!(text.contains("60"), "{text}");
                        continue;
                    }
                    assert!(
                        text.contains(tr(language, title(screen))),
                        "{screen:?} at {columns}\n{text}"
                    );
                    for line in text.lines() {
                        assert!(width(line) <= usize::from(columns), "{line}");
                    }
                    for _ in 0..30 {
                        play.keys("<PgDn>");
                    }
                    play.draw(columns, rows);
                    play.keys("<F1>").draw(columns, rows);
                    play.keys("<PgDn><Esc>");
                }
            }
        }
    }
}

#[test]
fn nothing_on_a_screen_is_a_bare_key() {
    for language in Language::ALL {
        for (_, mut play) in all(Mode::Guided, language) {
            let (text, _) = play.draw(120, 40);
            assert!(!text.contains("tui."), "{text}");
        }
    }
}

#[test]
fn the_smallest_terminals_never_panic() {
    for (_, mut play) in all(Mode::Guided, Language::Zh) {
        for (columns, rows) in [(1, 1), (2, 1), (60, 2), (3, 40), (60, 15), (61, 16)] {
            play.draw(columns, rows);
            play.keys("<PgUp><PgDn>");
        }
    }
}

#[test]
fn four_offered_lines_can_be_walked_through_where_they_do_not_fit() {
    let mut play = Play::new(Mode::Guided, Language::En);
    play.keys("<Enter><Right><Enter><Enter>");
    for n in 1..=4 {
        let (text, _) = play.draw(60, 16);
        assert!(text.contains(&format!(">{n} ")), "{text}");
        play.keys("<Down>");
    }
}

#[test]
fn colour_is_never_the_only_carrier() {
    let mut play = Play::new(Mode::Free, Language::Zh);
    play.keys("<Enter><Right><Enter><Enter>好<Enter>");
    let (with, _) = play.draw(80, 24);
    play.app.colour = false;
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| view(&play.app, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    assert_eq!(screen_text(buffer), with);
    assert!(
        buffer
            .content
            .iter()
            .all(|cell| cell.fg == ratatui::style::Color::Reset)
    );
}

#[test]
fn every_binding_has_its_words() {
    for language in Language::ALL {
        for binding in TABLE {
            assert_ne!(tr(language, binding.words), binding.words);
            for key in binding.keys {
                assert!(!key.label(language).starts_with("tui."));
            }
        }
        for context in Context::ALL {
            assert_ne!(tr(language, context.name()), context.name());
            assert!(TABLE.iter().any(|b| b.context == context));
        }
    }
}

#[test]
fn no_key_means_two_things_in_one_place() {
    for (i, a) in TABLE.iter().enumerate() {
        for b in &TABLE[i + 1..] {
            let both = a.context == b.context || b.context == Context::Anywhere;
            assert!(
                !both || !a.keys.iter().any(|k| b.keys.contains(k)),
                "{a:?} {b:?}"
            );
        }
    }
}

#[test]
fn a_box_over_wide_characters_keeps_its_border() {
    for columns in 100..130 {
        let mut play = Play::new(Mode::Free, Language::Zh);
        let (text, _) = play.keys("<F1>").draw(columns, 24);
        // Between title bar and hint bar every row begins and ends with the box.
        for line in text.lines().skip(1).take(20) {
            let signs = line.matches(['│', '┌', '┐', '└', '┘']).count();
            assert_eq!(signs, 2, "{columns}\n{text}");
        }
    }
}
