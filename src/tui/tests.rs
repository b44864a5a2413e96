//! Flows as lists of keys, and every screen at every size, without a terminal.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;

use super::app::{App, CaseRow, Layer, Lazy, Screen, SessionRow, Settings, Setup};
use super::text::width;
use super::{Effect, Msg, update, view};
use crate::review::{Annotator, Relative};
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::score::{
    Cite, Dimension, Finding, Level, Moved, Reached, Report, Standing, TurningPoint, VisitRow,
};
use crate::session::{Branch, Entry, Header, Mode, Session, World};
use crate::sim::{Model, Route, Rule};
use crate::text::{Language, Text};

mod career;
mod flows;
mod looks;

const CASE: &str = include_str!("tests/two_people.json");

/// What stands on the screen, a line for each row; cells covered by a wide character are skipped.
pub(super) fn screen_text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut skip = 0;
        let mut line = String::new();
        for x in 0..buffer.area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn world() -> World {
    let (case, problems) = decode(CASE);
    let case = case.unwrap_or_else(|| panic!("{problems:?}"));
    World {
        case: Arc::new(case),
        packs: Arc::new(Packs::shipped()),
        model: Arc::new(Model::shipped()),
    }
}

fn header(mode: Mode, language: Language) -> Header {
    Header {
        scenario: "two-people".into(),
        content: String::new(),
        model: 1,
        seed: 7,
        language,
        mode,
        exam: false,
        started: 0,
        past: Default::default(),
    }
}

/// A report with something in every part.
fn report(session: &Session) -> Report {
    let cite = Cite {
        turn: session.turns.len().min(2),
        rule: Some(Rule::WantVoiced),
    };
    let finding = |zh: &str, en: &str| Finding {
        words: Text {
            zh: zh.into(),
            en: en.into(),
        },
        cites: vec![cite],
    };
    let met = finding("先问清了难点", "asked about the difficulty first");
    let missed = finding("没有把效果说成可查的数字", "no effect was made checkable");
    let levels = Dimension::ALL
        .iter()
        .enumerate()
        .map(|(i, &dimension)| Level {
            dimension,
            level: (i < 7).then_some(1 + i as u8 % 4),
            met: vec![met.clone()],
            missed: vec![missed.clone()],
        });
    Report {
        levels: levels.collect(),
        total: 2.0,
        uncapped: 2.6,
        caps: vec![(
            2.0,
            finding("没走到拍板人", "the one who decides was not reached"),
        )],
        moved: vec![Moved {
            person: 0,
            category: (1, 3),
            vendor: 1,
            accepted_at: Some(1),
            premature: 2,
        }],
        reached: Reached {
            access: 4,
            route: Some(Route::Referral),
            turn: Some(1),
        },
        visits: vec![VisitRow {
            week: 1,
            person: 0,
            end: None,
            turns: 3,
            began: 1,
        }],
        turning_points: vec![TurningPoint {
            turn: 1,
            gain: true,
            rule: Rule::WantVoiced,
            person: 0,
        }],
        standings: vec![(0, Standing::NotHisToDecide), (1, Standing::Decides)],
        outcome: session.state.outcome,
    }
}

/// An interface with a disk that is a list.
pub(super) struct Play {
    pub app: App,
    pub disk: Vec<Entry>,
    /// The first go, once a branch was begun.
    pub first: Vec<Entry>,
    pub effects: Vec<Effect>,
    /// Writing fails.
    pub full: bool,
    mode: Mode,
    language: Language,
}

impl Play {
    /// At the home screen with one case that can be played and one that cannot.
    pub fn new(mode: Mode, language: Language) -> Play {
        let case = world().case;
        let row = |id: &str, playable| CaseRow {
            id: id.into(),
            title: case.title.clone(),
            summary: case.summary.clone(),
            brief: case.brief.clone(),
            playable,
            problems: if playable {
                String::new()
            } else {
                "bad.json:1:1: [syntax]".into()
            },
        };
        let app = App::new(Setup {
            settings: Settings {
                language,
                mode,
                beginner: false,
            },
            cases: vec![row("two-people", true), row("bad", false)],
            sessions: Vec::new(),
            due: (0, 0),
            reader: Lazy::default(),
            report,
            seed: Some(7),
            colour: true,
        });
        Play {
            app,
            disk: Vec::new(),
            first: Vec::new(),
            effects: Vec::new(),
            full: false,
            mode,
            language,
        }
    }

    pub fn send(&mut self, message: Msg) {
        let mut queue = vec![message];
        while !queue.is_empty() {
            for effect in update(&mut self.app, queue.remove(0)) {
                self.effects.push(effect.clone());
                queue.extend(self.perform(effect));
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> Option<Msg> {
        let header = header(self.mode, self.language);
        match effect {
            Effect::Begin { .. } => Some(Msg::Begun(Ok(Box::new(Session::new(world(), header))))),
            Effect::Resume(_) => Some(Msg::Loaded(Ok(Box::new(Session::replay(
                world(),
                header,
                self.disk.clone(),
            ))))),
            Effect::Append(_) if self.full => Some(Msg::Appended(Err("disk full".into()))),
            Effect::Append(entry) => {
                self.disk.push(entry);
                Some(Msg::Appended(Ok(())))
            }
            Effect::List => {
                let done = self.disk.iter().any(|e| matches!(e, Entry::Rate(_)));
                let title = world().case.title.clone();
                Some(Msg::Listed(vec![SessionRow {
                    id: "s1".into(),
                    title,
                    week: 1,
                    done,
                }]))
            }
            Effect::Branch(turns) => {
                let mut header = header;
                header.past.branch = Some(Branch {
                    of: "s1".into(),
                    turns,
                });
                self.first = std::mem::take(&mut self.disk);
                self.disk = self.first[..turns].to_vec();
                let session = Session::replay(world(), header, self.disk.clone());
                Some(Msg::Begun(Ok(Box::new(session))))
            }
            Effect::Family => {
                let of = |id: &str, header, entries: &[Entry]| Relative {
                    id: id.into(),
                    session: Session::replay(world(), header, entries.to_vec()),
                };
                let mut family = vec![of("s1", header.clone(), &self.first)];
                if let Some(session) = &self.app.session {
                    family.push(of("s2", session.header.clone(), &self.disk));
                }
                family.retain(|r| !r.session.turns.is_empty());
                Some(Msg::Family(family))
            }
            Effect::Mark(turn) => {
                let session = Session::replay(world(), header, self.disk.clone());
                Annotator::new(&session).annotate(turn).map(Msg::Marked)
            }
            Effect::Review(job) => {
                let session = Session::replay(world(), header, self.disk.clone());
                let annotator = Annotator::new(&session);
                let moves = annotator.moves();
                let notes = moves.iter().filter_map(|&turn| annotator.annotate(turn));
                Some(Msg::Noted {
                    job,
                    total: moves.len(),
                    notes: notes.collect(),
                })
            }
            effect => career::perform(effect),
        }
    }

    /// Presses keys: names in angle brackets (`<Enter>`, `<C-l>`, `<F2>`), anything else as typed.
    pub fn keys(&mut self, keys: &str) -> &mut Play {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (event, taken) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, _)) => (named(name), name.len() + 2),
                None => (
                    KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE),
                    c.len_utf8(),
                ),
            };
            self.send(Msg::Key(event));
            rest = &rest[taken..];
        }
        self
    }

    /// The screen at this size, and where the caret stands.
    pub fn draw(&mut self, columns: u16, rows: u16) -> (String, Option<Position>) {
        self.send(Msg::Resize(columns, rows));
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| view(&self.app, frame)).unwrap();
        let text = screen_text(terminal.backend().buffer());
        let backend = terminal.backend_mut();
        let caret = backend.cursor_visible().then(|| backend.cursor_position());
        (text, caret)
    }

    #[track_caller]
    pub fn shows(&mut self, words: &str) -> &mut Play {
        let (text, _) = self.draw(80, 24);
        assert!(text.contains(words), "not on the screen: {words}\n{text}");
        self
    }

    #[track_caller]
    pub fn lacks(&mut self, words: &str) -> &mut Play {
        let (text, _) = self.draw(80, 24);
        assert!(!text.contains(words), "on the screen: {words}\n{text}");
        self
    }

    pub fn session(&self) -> &Session {
        self.app.session.as_ref().unwrap()
    }
}

fn named(name: &str) -> KeyEvent {
    if let Some(letter) = name.strip_prefix("C-") {
        return KeyEvent::new(
            KeyCode::Char(letter.chars().next().unwrap()),
            KeyModifiers::CONTROL,
        );
    }
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "BS" => KeyCode::Backspace,
        _ => KeyCode::F(name[1..].parse().unwrap()),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}
