//! One full draw of the busiest screens at 200×60: a visit with a long transcript, and the desk. At most 1 ms each.

use std::hint::black_box;
use std::sync::{Arc, OnceLock};

use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use whybuy::codebook::ReadAct;
use whybuy::reader::{Context, Reader};
use whybuy::scenario::decode::decode;
use whybuy::scenario::pack::Packs;
use whybuy::score;
use whybuy::session::{Entry, Header, Mode, Session, World};
use whybuy::sim::Model;
use whybuy::text::{Language, Text};
use whybuy::tui::{App, Msg, Settings, Setup, update, view};

const SIZE: (u16, u16) = (200, 60);

/// A deal of many long visits with one person, in the middle of another.
fn deal(language: Language) -> Session {
    let (case, _) = decode(include_str!("../scenarios/fit-out-hardware.json"));
    let case = case.expect("the shipped case is clean");
    let header = Header {
        scenario: case.id.clone(),
        content: String::new(),
        model: 1,
        seed: 7,
        language,
        mode: Mode::Free,
        exam: false,
        started: 0,
        past: Default::default(),
    };
    let world = World {
        case: Arc::new(case),
        packs: Arc::new(Packs::shipped()),
        model: Arc::new(Model::shipped()),
    };
    let script = match language {
        Language::Zh => include_str!("../tests/fixtures/strong-zh.txt"),
        Language::En => include_str!("../tests/fixtures/strong-en.txt"),
    };
    let reader = Reader::shipped();
    let mut session = Session::new(world, header);
    let said = script.lines().filter(|line| line.chars().count() > 12);
    for line in said {
        while session.state.visit.is_none() {
            if session.apply(Entry::Visit(0)).is_err() {
                session.apply(Entry::NextWeek).expect("weeks are left");
            }
        }
        let acts: Vec<ReadAct> = reader.read(line, &Context::default()).acts;
        let words = Text::same(line);
        session
            .apply(Entry::Say { words, acts })
            .expect("a visit is on");
        if session.state.week >= session.world.case.weeks || session.state.outcome.is_some() {
            break;
        }
    }
    session
}

fn app(session: Session, language: Language) -> App {
    let settings = Settings {
        language,
        mode: Mode::Free,
        beginner: false,
    };
    let mut app = App::new(Setup {
        settings,
        cases: Vec::new(),
        sessions: Vec::new(),
        due: (0, 0),
        reader: Arc::new(OnceLock::new()),
        report: score::report,
        seed: None,
        colour: true,
    })
    .with_session(session);
    update(&mut app, Msg::Resize(SIZE.0, SIZE.1));
    app
}

fn screens(c: &mut Criterion) {
    for language in Language::ALL {
        let mut talking = deal(language);
        if talking.state.visit.is_none() {
            // The last visit may just have ended; the transcript is of all of them.
            let _ = talking.apply(Entry::Visit(0));
        }
        let turns = talking.turns.len();
        assert!(talking.state.visit.is_some() && turns > 30, "{turns} turns");
        let mut desk = talking.clone();
        desk.apply(Entry::Leave).expect("a visit can be left");
        let mut group =
            c.benchmark_group(format!("draw {}x{}, {}", SIZE.0, SIZE.1, language.code()));
        for (name, session) in [
            (format!("talk after {turns} turns"), talking),
            ("desk".to_owned(), desk),
        ] {
            let app = app(session, language);
            let mut terminal =
                Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a test backend");
            group.bench_function(name, |b| {
                b.iter(|| {
                    // The last frame is forgotten, so that every cell is compared and sent.
                    terminal.swap_buffers();
                    *terminal.current_buffer_mut() = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
                    terminal.swap_buffers();
                    terminal
                        .draw(|frame| view(&app, frame))
                        .expect("a test backend");
                    black_box(terminal.backend().buffer());
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, screens);
criterion_main!(benches);
