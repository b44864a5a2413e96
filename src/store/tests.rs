//! What must hold whatever happens to the disk: whole lines live, the rest is kept, nobody writes twice.

mod lines;
mod shelf;

use std::fs;

use super::scratch::Scratch;
use super::*;
use crate::codebook::{Act, Evidence, ReadAct, Scope, SpokenAct, Step, Topic, TopicSet};
use crate::session::{Branch, Guess, Mode, Pattern, Power};
use crate::sim::Incident;
use crate::text::Text;

const SCENARIO: &str = "{\"id\":\"water\"}";
const MODEL: &str = "{\"version\":3}";

fn header() -> Header {
    Header {
        scenario: "water".into(),
        content: content_hash(SCENARIO),
        model: 3,
        seed: u64::MAX,
        language: Language::En,
        mode: Mode::Guided,
        exam: true,
        started: 1_795_000_000,
        past: Default::default(),
    }
}

fn store(scratch: &Scratch) -> Store {
    Store::open(scratch.path()).unwrap()
}

fn begin(store: &Store) -> Log {
    store.begin(&header(), SCENARIO, MODEL).unwrap()
}

fn every_kind() -> Vec<Entry> {
    let act = SpokenAct::new(
        Act::ProposeNext,
        [Topic::Price, Topic::Timing].into_iter().collect(),
    )
    .scoped(Scope::Vendor)
    .step(Step::Pilot)
    .evidence(Evidence::Fact(7));
    let read = |spoken, span, confidence| ReadAct {
        spoken,
        span,
        confidence,
    };
    vec![
        Entry::Prepare(Pattern::NotNeeded, None),
        Entry::Prepare(Pattern::MustBuy, Some(2)),
        Entry::Visit(1),
        Entry::Say {
            words: Text {
                zh: "贵 12%\n\"x\"".into(),
                en: "12% dearer\u{1b}".into(),
            },
            acts: vec![
                read(act, 3..9, 0.25),
                read(
                    SpokenAct::bare(Act::Proof).evidence(Evidence::Unsupported),
                    0..0,
                    1.0,
                ),
            ],
        },
        Entry::Say {
            words: Text::same(""),
            acts: Vec::new(),
        },
        Entry::Note(1, "怕担责".into()),
        Entry::Leave,
        Entry::Fulfil(4),
        Entry::NextWeek,
        Entry::Rate([1, 4, 2]),
        Entry::Befall(Incident::RivalVisited),
        Entry::Abandon,
    ]
}

#[test]
fn after_each_append_a_fresh_load_sees_the_entry() {
    let scratch = Scratch::new();
    let mut log = begin(&store(&scratch));
    for (i, entry) in every_kind().iter().enumerate() {
        log.append(entry).unwrap();
        let loaded = store(&scratch).load(&log.id).unwrap();
        assert_eq!(loaded.entries, every_kind()[..=i]);
        assert_eq!((loaded.header, loaded.set_aside), (header(), None));
        assert_eq!(
            (loaded.scenario.as_str(), loaded.model.as_str()),
            (SCENARIO, MODEL)
        );
    }
}

#[test]
fn cut_at_any_byte_whole_lines_survive_and_the_rest_is_kept() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let mut log = begin(&store);
    for entry in every_kind() {
        log.append(&entry).unwrap();
    }
    let (id, path) = (log.id.clone(), log.path().to_owned());
    drop(log);
    let whole = fs::read(&path).unwrap();
    let header_end = whole.iter().position(|&b| b == b'\n').unwrap();
    for cut in 0..=whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        if cut < header_end {
            assert!(
                matches!(store.resume(&id), Err(StoreError::Headless { .. })),
                "{cut}"
            );
            assert_eq!(
                fs::read(&path).unwrap(),
                &whole[..cut],
                "a log without header is left alone"
            );
            continue;
        }
        // An entry whose line break alone is missing is whole.
        let lines = |bytes: &[u8]| bytes.iter().filter(|&&b| b == b'\n').count();
        let breaks = lines(&whole[..cut]) + usize::from(whole.get(cut) == Some(&b'\n'));
        let read_only = store.load(&id).unwrap();
        assert_eq!(
            fs::read(&path).unwrap(),
            &whole[..cut],
            "a load changes nothing"
        );
        let (mut log, loaded) = store.resume(&id).unwrap();
        assert_eq!(loaded.entries, every_kind()[..breaks - 1], "{cut}");
        assert_eq!(read_only.entries, loaded.entries);
        let torn = !whole[..cut].ends_with(b"\n") && whole.get(cut).is_some_and(|&b| b != b'\n');
        assert_eq!(
            (read_only.set_aside.is_some(), loaded.set_aside.is_some()),
            (torn, torn),
            "{cut}"
        );
        if let Some(aside) = &loaded.set_aside {
            let kept = [fs::read(&path).unwrap(), fs::read(&aside.path).unwrap()].concat();
            assert_eq!((kept.as_slice(), aside.lines), (&whole[..cut], 1), "{cut}");
        }
        log.append(&Entry::Leave).unwrap();
        let again = store.load(&id).unwrap();
        assert_eq!(
            (again.entries.len(), again.set_aside),
            (breaks, None),
            "{cut}"
        );
    }
}

#[test]
fn from_a_garbled_line_on_everything_is_kept_aside_and_never_overwritten() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let log = begin(&store);
    let (id, path) = (log.id.clone(), log.path().to_owned());
    drop(log);
    let rest = b"\xff\0garbage\n{\"v\":1,\"do\":\"leave\"}\n{\"v\":1,\"do\":\"dance\"}\n";
    for n in 1..=3 {
        let good = fs::read(&path).unwrap();
        fs::write(&path, [&good, &rest[..]].concat()).unwrap();
        assert!(store.sessions()[0].damaged);
        let told = store.load(&id).unwrap().set_aside.unwrap();
        assert_eq!((&told.path, told.lines), (&path, 3));
        let (mut log, loaded) = store.resume(&id).unwrap();
        let aside = loaded.set_aside.unwrap();
        assert!(
            aside
                .path
                .to_string_lossy()
                .ends_with(&format!("{id}.jsonl.damaged-{n}"))
        );
        assert!(aside.message(Language::Zh).contains("damaged"));
        assert_eq!(
            (fs::read(&aside.path).unwrap(), fs::read(&path).unwrap()),
            (rest.to_vec(), good)
        );
        log.append(&Entry::NextWeek).unwrap();
    }
    assert_eq!(store.load(&id).unwrap().entries.len(), 3);
}

#[test]
fn a_newer_line_refuses_the_log_and_leaves_it_whole() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let log = begin(&store);
    let (id, path) = (log.id.clone(), log.path().to_owned());
    drop(log);
    let text = fs::read_to_string(&path).unwrap() + "{\"v\":9,\"does\":[\"things\"]}\n";
    fs::write(&path, &text).unwrap();
    assert!(matches!(
        store.resume(&id),
        Err(StoreError::Newer { version: 9, .. })
    ));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert!(store.sessions().is_empty());
    assert_eq!(store.unreadable()[0].0, id);
}

#[test]
fn what_a_failed_write_left_behind_is_cut_before_the_next() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let mut log = begin(&store);
    log.append(&Entry::Visit(0)).unwrap();
    log.tear(
        b"{\"v\":1,\"do\":\"say\",\"zh\":\"and a long half of a line that is longer than the next",
    );
    log.append(&Entry::Leave).unwrap();
    let loaded = store.load(&log.id).unwrap();
    assert_eq!(
        (loaded.entries, loaded.set_aside),
        (vec![Entry::Visit(0), Entry::Leave], None)
    );
}

#[cfg(unix)]
#[test]
fn two_writers_never_have_one_log() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let log = begin(&store);
    let error = store.resume(&log.id).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert!(store.load(&log.id).is_ok());
    let id = log.id.clone();
    drop(log);
    assert!(store.resume(&id).is_ok());
}

#[test]
fn sessions_come_newest_first_and_never_share_a_name() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let older = Header {
        started: 5,
        scenario: "../外".into(),
        ..header()
    };
    let mut ids = vec![store.begin(&older, SCENARIO, MODEL).unwrap().id];
    for _ in 0..3 {
        ids.push(begin(&store).id);
    }
    store
        .resume(&ids[0])
        .unwrap()
        .0
        .append(&Entry::Abandon)
        .unwrap();
    let listed = store.sessions();
    ids.reverse();
    assert_eq!(
        listed.iter().map(|s| &s.id).collect::<Vec<_>>(),
        ids.iter().collect::<Vec<_>>()
    );
    let last = &listed[3];
    assert_eq!(
        (last.id.as_str(), last.entries, last.abandoned_or_over),
        ("5-____", 1, true)
    );
}

#[test]
fn an_identifier_never_leads_out_of_the_folder() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    for id in ["", "..", "../models/x", "no-such", "a/b", "C:x"] {
        assert!(
            matches!(store.load(id), Err(StoreError::Missing { .. })),
            "{id}"
        );
        assert!(
            matches!(store.resume(id), Err(StoreError::Missing { .. })),
            "{id}"
        );
    }
}

#[test]
fn a_changed_scenario_text_is_told_and_begin_mends_it() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let id = begin(&store).id;
    let path = scratch
        .path()
        .join(format!("scenarios-played/{}.json", content_hash(SCENARIO)));
    fs::write(path, "{}").unwrap();
    assert!(matches!(store.load(&id), Err(StoreError::Changed { .. })));
    begin(&store);
    assert_eq!(store.load(&id).unwrap().scenario, SCENARIO);
    let wrong = Header {
        content: "0".into(),
        ..header()
    };
    assert!(matches!(
        store.begin(&wrong, SCENARIO, MODEL),
        Err(StoreError::Mismatch { .. })
    ));
}

#[test]
fn a_place_that_cannot_be_is_an_error_with_a_way_out() {
    let scratch = Scratch::new();
    let file = scratch.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Store::open(&file.join("below")).unwrap_err();
    assert!(error.to_string().contains("below"));
    for language in Language::ALL {
        assert!(
            error.message(language).contains("--data"),
            "{}",
            error.message(language)
        );
    }
}

#[test]
fn each_trouble_of_a_disk_has_its_own_sentence() {
    let kinds = [
        (ErrorKind::StorageFull, "store.full"),
        (ErrorKind::PermissionDenied, "store.denied"),
        (ErrorKind::ReadOnlyFilesystem, "store.read_only"),
        (ErrorKind::NotADirectory, "store.other"),
    ];
    for (kind, key) in kinds {
        assert_eq!(io_key(&kind.into()), key);
        let error = StoreError::Io {
            path: "/d/s.jsonl".into(),
            source: kind.into(),
        };
        for language in Language::ALL {
            let message = error.message(language);
            assert!(
                message.contains("/d/s.jsonl") && !message.contains(['{', '}']),
                "{message}"
            );
        }
    }
}

#[test]
fn a_branch_is_on_disk_with_all_it_shares_or_not_at_all() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let entries = every_kind();
    let first = begin(&store).id;
    let mut header = header();
    header.past.branch = Some(Branch {
        of: first.clone(),
        turns: 3,
    });
    header.past.rule = Some("如果…就…".into());
    let log = store
        .branch(&header, SCENARIO, MODEL, &entries[..3])
        .unwrap();
    assert_ne!(log.id, first);
    let loaded = store.load(&log.id).unwrap();
    assert_eq!(loaded.header, header);
    assert_eq!(loaded.entries, entries[..3]);
    let wrong = "{}";
    assert!(store.branch(&header, wrong, MODEL, &entries).is_err());
    assert_eq!(store.sessions().len(), 2);
}

#[test]
fn a_review_comes_back_for_the_same_moves_only() {
    use crate::review::{Choice, Mark, Note};
    let scratch = Scratch::new();
    let store = store(&scratch);
    let id = begin(&store).id;
    let note = |turn, better| Note {
        turn,
        before: 64,
        after: 0,
        best: 3,
        cost: 10_000,
        mark: Mark::Blunder,
        better,
    };
    let say = SpokenAct::on(Act::Probe, Topic::Price);
    let notes = [
        note(1, Some(Choice::Say(vec![say]))),
        note(2, None),
        note(3, Some(Choice::Visit(2))),
    ];
    let moves = [Entry::Visit(1), Entry::Leave];
    assert_eq!(store.review(&id, &header(), &moves), None);
    store.keep_review(&id, &header(), &moves, &notes).unwrap();
    assert_eq!(store.review(&id, &header(), &moves).unwrap(), notes);
    // A rating added later changes nothing in it; another move does.
    let rated = [moves.to_vec(), vec![Entry::Rate([1, 2, 3])]].concat();
    assert_eq!(store.review(&id, &header(), &rated).unwrap(), notes);
    assert_eq!(store.review(&id, &header(), &moves[..1]), None);
    // The order in which notes came changes no byte.
    let path = scratch.path().join(format!("reviews/{id}.json"));
    let bytes = fs::read(&path).unwrap();
    let backward: Vec<Note> = notes.iter().rev().cloned().collect();
    store
        .keep_review(&id, &header(), &moves, &backward)
        .unwrap();
    assert_eq!(fs::read(&path).unwrap(), bytes);
    fs::write(&path, b"{\"v\":9}").unwrap();
    assert_eq!(store.review(&id, &header(), &moves), None);
    assert_eq!(store.review("../x", &header(), &moves), None);
}
