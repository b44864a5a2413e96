//! Names, deletion, stamps, and the reviews of cards.

use super::*;
use crate::drill::{Rating, Review};

fn review(card: &str, at: u64) -> Review {
    Review {
        card: card.to_owned(),
        rating: Rating::Hard,
        at,
        contested: at.is_multiple_of(2),
    }
}

#[test]
fn a_name_stays_and_a_deleted_session_leaves_nothing_of_itself() {
    let scratch = Scratch::new();
    let store = Store::open(scratch.path()).unwrap();
    let mut log = begin(&store);
    let id = log.id.clone();
    log.append(&Entry::Leave).unwrap();
    let before = store.stamps();
    assert_eq!(before[0].0, id);
    store.rename(&id, "  第一次\u{1b}[2J  ").unwrap();
    assert_eq!(store.name(&id), "第一次\u{fffd}[2J");
    assert_ne!(store.stamps(), before, "a new name is a change");
    store.rename(&id, "").unwrap();
    assert_eq!(store.name(&id), "");
    store.rename(&id, "好").unwrap();
    assert!(matches!(store.delete(&id), Err(StoreError::Busy { .. })));
    assert_eq!(store.sessions().len(), 1);
    drop(log);
    std::fs::write(
        scratch
            .path()
            .join(format!("sessions/{id}.jsonl.damaged-1")),
        "x",
    )
    .unwrap();
    store.delete(&id).unwrap();
    assert_eq!(
        std::fs::read_dir(scratch.path().join("sessions"))
            .unwrap()
            .count(),
        0
    );
    for id in [&*id, "../sessions", "no-such"] {
        assert!(
            matches!(store.delete(id), Err(StoreError::Missing { .. })),
            "{id}"
        );
        assert!(
            matches!(store.rename(id, "n"), Err(StoreError::Missing { .. })),
            "{id}"
        );
        assert_eq!(store.name(id), "");
    }
}

#[test]
fn reviews_survive_a_torn_line_and_a_newer_file_is_left_alone() {
    let scratch = Scratch::new();
    let store = Store::open(scratch.path()).unwrap();
    assert_eq!(store.reviews().unwrap(), []);
    store.reviewed(&review("gate-01", 5)).unwrap();
    let path = scratch.path().join("drills.jsonl");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend(b"{\"v\":1,\"at\":6,\"ca");
    std::fs::write(&path, &bytes).unwrap();
    store.reviewed(&review("wrong-02", 8)).unwrap();
    assert_eq!(
        store.reviews().unwrap(),
        [review("gate-01", 5), review("wrong-02", 8)]
    );
    let mut newer = std::fs::read(&path).unwrap();
    newer.extend(b"{\"v\":2,\"what\":\"nobody knows\"}\n");
    std::fs::write(&path, &newer).unwrap();
    assert!(matches!(
        store.reviewed(&review("gate-03", 9)),
        Err(StoreError::Newer { .. })
    ));
    assert_eq!(std::fs::read(&path).unwrap(), newer);
}

#[test]
fn an_older_log_is_copied_before_it_goes_on_and_not_for_a_look() {
    let scratch = Scratch::new();
    let store = store(&scratch);
    let mut log = begin(&store);
    let id = log.id.clone();
    log.append(&Entry::Leave).unwrap();
    let path = log.path().to_owned();
    drop(log);
    let older = fs::read_to_string(&path)
        .unwrap()
        .replace("{\"v\":1,", "{\"v\":0,");
    let older = older.replace(&format!("{{\"v\":{},", record::VERSION), "{\"v\":0,");
    fs::write(&path, &older).unwrap();
    let beside = disk::with_ending(&path, ".v0");
    let (mut log, loaded) = store.resume(&id).unwrap();
    assert_eq!(loaded.entries, [Entry::Leave]);
    assert!(!beside.exists());
    log.append(&Entry::NextWeek).unwrap();
    log.append(&Entry::Abandon).unwrap();
    assert_eq!(fs::read_to_string(&beside).unwrap(), older);
    drop(log);
    let (mut log, loaded) = store.resume(&id).unwrap();
    assert_eq!(loaded.entries.len(), 3);
    log.append(&Entry::Leave).unwrap();
    assert_eq!(
        fs::read_to_string(&beside).unwrap(),
        older,
        "the first copy stays"
    );
    assert_eq!(store.sessions().len(), 1, "a copy is no session");
}

#[test]
fn a_home_is_drawn_once_and_kept() {
    let scratch = Scratch::new();
    let home = store(&scratch).home().unwrap();
    assert_eq!(store(&scratch).home().unwrap(), home);
    let path = scratch.path().join("home.json");
    for (text, newer) in [("{", false), ("{\"v\":9,\"who\":1}", true)] {
        fs::write(&path, text).unwrap();
        let error = store(&scratch).home().unwrap_err();
        assert_eq!(matches!(error, StoreError::Newer { .. }), newer);
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "left alone");
    }
}
