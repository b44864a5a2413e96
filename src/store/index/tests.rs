//! The index follows the logs, finds Chinese and English, and is made anew where it is spoilt.

use super::*;
use crate::store::scratch::Scratch;

fn row(id: &str, started: u64) -> Row {
    Row {
        id: id.to_owned(),
        name: String::new(),
        scenario: "fit-out".to_owned(),
        title: Text {
            zh: "精装".into(),
            en: "Fit-out".into(),
        },
        started,
        ended: started + 60,
        outcome: Some(Outcome::Order),
        done: true,
        week: 4,
        total: 3.25,
        access: 5,
        levels: [
            Some(1),
            None,
            Some(3),
            Some(4),
            None,
            Some(2),
            Some(1),
            Some(4),
        ],
        misses: vec![Miss {
            turn: 3,
            mistake: Mistake::Pressed,
            gate: Gate::Confidence,
            person: Text::same("刘总"),
            client: Text::same("再看看"),
            own: Text::same("今天就签吧"),
        }],
    }
}

fn filled(index: &mut Index) {
    let words = |words: &str| vec![words.to_owned()];
    let one = (row("1-a", 100), words("采购经理说预算没列 budget line"));
    let mut two = (
        row("2-b", 200),
        words("工程，采购都没意见 Site agrees 2026-11-24"),
    );
    two.0.done = false;
    two.0.outcome = None;
    let rows = [&one, &two].map(|(row, words)| (row, "stamp", words.as_slice()));
    index.put(rows).unwrap();
}

#[test]
fn rows_come_back_as_they_went_in() {
    let mut index = Index::in_memory().unwrap();
    filled(&mut index);
    let (total, rows) = index.find("", 0, 10).unwrap();
    let without = |row: Row| Row {
        misses: Vec::new(),
        ..row
    };
    assert_eq!((total, &rows[1]), (2, &without(row("1-a", 100))));
    let open: Vec<String> = index.newest(5).unwrap().into_iter().map(|r| r.id).collect();
    assert_eq!(open, ["2-b", "1-a"], "what goes on comes first");
    let misses = index.misses(9).unwrap();
    assert_eq!(
        misses[1],
        ("1-a".to_owned(), row("1-a", 100).misses.remove(0))
    );
    assert_eq!(index.gates().unwrap(), [(Gate::Confidence, 2)]);
    let scores = index.scores(|at| at as i64).unwrap();
    assert_eq!((scores[0].day, scores[0].levels), (160, row("", 0).levels));
    assert_eq!(scores[0].mistakes[Mistake::Pressed as usize], 1);
}

#[test]
fn every_phrase_must_be_there_in_either_language() {
    let mut index = Index::in_memory().unwrap();
    filled(&mut index);
    let found = |query: &str| {
        let rows = index.find(query, 0, 10).unwrap().1;
        rows.into_iter().map(|r| r.id).collect::<Vec<_>>().join(" ")
    };
    for (query, ids) in [
        ("采购", "2-b 1-a"),
        ("采购经理", "1-a"),
        ("购", "2-b 1-a"),
        ("见", "2-b"),
        ("工程采购", ""),
        ("BUD", "1-a"),
        ("site 采购", "2-b"),
        ("2026-11", "2-b"),
        ("2026-10", ""),
        ("\" OR * ( NEAR -", ""),
        ("预算 没有的词", ""),
    ] {
        let expected = if query == "\" OR * ( NEAR -" {
            found(query)
        } else {
            ids.to_owned()
        };
        assert_eq!(found(query), expected, "{query}");
    }
}

#[test]
fn a_row_is_replaced_and_forgotten_whole() {
    let mut index = Index::in_memory().unwrap();
    filled(&mut index);
    let words = ["全新的话".to_owned()];
    index.put([(&row("1-a", 300), "new", &words[..])]).unwrap();
    assert_eq!(index.find("预算", 0, 9).unwrap().0, 0);
    assert_eq!(index.find("全新", 0, 9).unwrap().0, 1);
    assert_eq!(index.stamps().unwrap()["1-a"], "new");
    index.forget(["1-a"]).unwrap();
    assert_eq!(index.find("", 0, 9).unwrap().0, 1);
    assert_eq!(index.find("全新", 0, 9).unwrap().0, 0);
    assert_eq!(index.misses(9).unwrap().len(), 1);
}

#[test]
fn a_spoilt_index_is_made_anew_and_a_strange_one_left_alone() {
    let scratch = Scratch::new();
    let path = scratch.path().join("index-1.sqlite");
    let strange = scratch.path().join("index-2.sqlite");
    std::fs::write(&path, b"SQLite format 3\0 and then nothing of the kind").unwrap();
    std::fs::write(&strange, b"a newer one").unwrap();
    let mut index = Index::open(scratch.path()).unwrap();
    filled(&mut index);
    drop(index);
    let again = Index::open(scratch.path()).unwrap();
    assert_eq!(again.stamps().unwrap().len(), 2, "it lasts");
    assert_eq!(std::fs::read(&strange).unwrap(), b"a newer one");
    // No folder to write into: it works from memory.
    let index = Index::open(&scratch.path().join("nowhere")).unwrap();
    assert!(index.stamps().unwrap().is_empty());
}
