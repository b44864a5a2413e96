//! A folder of broken files, one for each problem: what an author reads, in both languages.
//!
//! `INSTA_UPDATE=always cargo test --test it invalid` writes the messages anew.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use whybuy::codebook::{Act, Scope, SpokenAct, Step, Topic};
use whybuy::scenario::decode::decode;
use whybuy::scenario::explain::explain;
use whybuy::scenario::layout::laid_out;
use whybuy::scenario::places::Places;
use whybuy::scenario::problem::{Code, Problem};
use whybuy::scenario::source;
use whybuy::sim::Outcome;
use whybuy::text::Language;

use crate::support::{Deal, FIT_OUT, WATER, case};

fn read(path: &Path) -> (String, Vec<Problem>) {
    match source::text(fs::read(path).expect("a fixture can be read")) {
        Ok(text) => {
            let problems = decode(&text).1;
            (text, problems)
        }
        Err((shown, problem)) => (shown, vec![problem]),
    }
}

#[test]
fn every_problem_is_shown_in_both_languages() {
    insta::glob!("../fixtures/invalid", "*.json", |path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (text, problems) = read(path);
        let places = Places::new(&text);
        let mut shown = String::new();
        for language in Language::ALL {
            for problem in &problems {
                shown += &problem.render_at(&name, &places, language);
                shown.push('\n');
            }
        }
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn every_problem_has_a_file() {
    for code in Code::ALL {
        // Has a test of its own below.
        if *code == Code::TooLarge {
            continue;
        }
        let path = format!(
            "{}/tests/fixtures/invalid/{}.json",
            env!("CARGO_MANIFEST_DIR"),
            code.id()
        );
        let (_, problems) = read(Path::new(&path));
        assert!(problems.iter().any(|p| p.code == *code), "{path}");
    }
}

/// Its file is made here: ten megabytes of blanks lie in no folder.
#[test]
fn a_file_that_is_too_large_is_told_in_both_languages() {
    let bytes = vec![b' '; source::MAX_BYTES + 1];
    let (text, problem) = source::text(bytes).expect_err("it is too large");
    let shown = Language::ALL.map(|language| problem.render("too-large.json", &text, language));
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn problems_stand_in_file_order_and_one_mistake_is_one_problem() {
    let file = "{\"format\"：1, \"id\": \"x\", \"title\": \"x\", \"brief\": \"x\" \"category\": \"x\", \"client\": \"x\",\n\
        \"people\": [{\"id\": \"a\", \"name\": \"王\", \"role\": \"exectuive\", \"needs\": [{\"topik\": \"price\"}]}],\n\
        \"relations\": [{\"from\": \"a\", \"to\": \"b\", \"value\": 3, \"why\": \"?\"}],\n\
        \"decision_maker\": \"a\"}";
    let (case, problems) = decode(file);
    let codes: Vec<Code> = problems.iter().map(|p| p.code).collect();
    assert_eq!(case, None);
    assert_eq!(
        codes,
        [
            Code::FullWidth,
            Code::MissingComma,
            Code::UnknownValue,
            Code::Missing,
            Code::UnknownKey,
            Code::Dangling,
            Code::OutOfRange
        ]
    );
}

#[test]
fn the_caret_stands_under_what_is_meant_also_after_chinese() {
    let file = "{\"title\": \"王建平，采购\", \"rloe\": 1}";
    let (_, problems) = decode(file);
    let shown = problems
        .iter()
        .find(|p| p.code == Code::UnknownKey)
        .map(|p| p.render("f", file, Language::En))
        .unwrap_or_default();
    let line = |part: &str| {
        let line = shown.lines().find(|l| l.contains(part)).unwrap_or_default();
        let before = line.split(part).next().unwrap_or_default();
        unicode_width::UnicodeWidthStr::width(before)
    };
    assert_eq!(line("\"rloe\""), line("^^^^^^"), "{shown}");
}

const ONE_PERSON: &str = r#"{"format":1,"id":"x","title":"…","brief":"…","category":"…","client":"…",
    "people":[{"id":"a","name":"…","role":"executive"}],"decision_maker":"a"}"#;

/// A role and a name are enough, and what fills the gaps can be played to an order: the right way, by hand, because
/// the players know only companies in which somebody has to open the door.
#[test]
fn one_person_with_a_role_and_a_name_already_plays() {
    let (_, problems) = decode(ONE_PERSON);
    assert!(problems.is_empty(), "{problems:?}");
    for seed in 0..20 {
        let mut deal = Deal::new(case(ONE_PERSON), seed);
        let needs: Vec<Topic> = deal.case.people[0].needs.iter().map(|n| n.topic).collect();
        let decision = SpokenAct::bare(Act::ProposeNext).step(Step::Decision);
        deal.tell("a", decision);
        assert_eq!(deal.state.outcome, None, "nobody buys at once");
        for act in [Act::AskProblem, Act::AskImplication, Act::AskPayoff] {
            for topic in &needs {
                deal.tell("a", SpokenAct::on(act, *topic));
            }
        }
        let concern = deal.case.people[0].concerns[0].topic;
        deal.tell("a", SpokenAct::on(Act::Probe, concern));
        deal.tell(
            "a",
            SpokenAct::on(Act::Derisk, concern).scoped(Scope::Vendor),
        );
        let hope = deal.case.people[0].hopes[0].topic;
        deal.tell(
            "a",
            SpokenAct::on(Act::Quantify, hope).scoped(Scope::Category),
        );
        for topic in needs {
            deal.tell("a", SpokenAct::on(Act::VendorCase, topic));
        }
        deal.tell("a", decision);
        assert_eq!(deal.state.outcome, Some(Outcome::Order), "seed {seed}");
    }
}

#[test]
fn depth_and_size_are_refused_without_being_followed() {
    for file in [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(500_000),
        format!("{}{}", "[".repeat(64), "{".repeat(64)),
    ] {
        let (_, problems) = decode(&file);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code, Code::TooDeep);
    }
    let (_, problems) = decode(&" ".repeat(source::MAX_BYTES + 1));
    assert_eq!(problems[0].code, Code::TooLarge);
    let (_, problems) = decode(&format!("[{}]", "1,".repeat(4_000_000)));
    assert!(problems.iter().any(|p| p.code == Code::TooMany));
}

/// Figures by the hundred thousand in lines and on the sheet, conditions by the ten thousand: each is looked at once. Were
/// they held against each other one by one, this test would take hours.
#[test]
fn nothing_is_looked_for_among_everything_else() {
    let values = (0..700)
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join(",");
    let facts: Vec<String> = (0..250)
        .map(|n| {
            format!(r#"{{"id":"f{n}","topic":"price","kind":"price","scope":"vendor","text":"x","values":[{values}]}}"#)
        })
        .collect();
    let figures = (0..80)
        .map(|n| (7_000 + n).to_string())
        .collect::<Vec<_>>()
        .join(" ");
    let a_move = format!(r#"{{"acts":[{{"act":"proof"}}],"fact":"f1","text":"{figures}"}}"#);
    let moves = vec![a_move; 9_000].join(",");
    let beats: Vec<String> = (0..5_000)
        .map(|n| {
            format!(r#"{{"id":"b{n}","who":"a","when":"happened.zz or a.vendro > 3","say":["x"]}}"#)
        })
        .collect();
    let more = format!(
        r#","facts":[{}],"moves":[{moves}],"beats":[{}]}}"#,
        facts.join(","),
        beats.join(",")
    );
    let file = ONE_PERSON
        .trim_end()
        .strip_suffix('}')
        .unwrap_or_default()
        .to_owned()
        + &more;
    let (case, problems) = decode(&file);
    assert_eq!(case, None);
    let of = |code| problems.iter().filter(|p| p.code == code).count();
    assert!(
        of(Code::UnheldFigure) > 400 && of(Code::TooMany) == 1,
        "{}",
        problems.len()
    );
}

/// Everything the checker does to a file, none of which may panic.
fn chew(file: &str) {
    let (_, problems) = decode(file);
    let places = Places::new(file);
    for problem in &problems {
        let shown = problem.render_at("f", &places, Language::Zh);
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }
    if let Ok(out) = laid_out(file) {
        assert_eq!(laid_out(&out), Ok(out.clone()), "not idempotent");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(file in "\\PC{0,600}") {
        chew(&file);
    }

    #[test]
    fn any_marks_are_survived(file in r#"[{}\[\]:,"\\/* a1\-\n“”：，［｛１\u{1b}\u{feff}e.]{0,300}"#) {
        chew(&file);
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        if let Ok(text) = source::text(bytes) {
            chew(&text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_scenario_is_survived(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "\\PC{0,3}|[{}\\[\\]\",:“：\n]{0,2}"), 1..6)
    ) {
        let mut file = explain(Code::UnheldFigure).good_file();
        for (at, length, with) in &cuts {
            let at = at.index(file.len().max(1));
            spoil(&mut file, at, *length, with);
        }
        chew(&file);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_condition_is_survived(when in r#"(week|a\.trust|a\.wants\.price|happened\.b|not|and|or|\(|\)|[<>=!]=?|[0-9]{1,3}|（|＝| |\PC){0,60}"#) {
        let when = when.replace(['"', '\\'], " ");
        let beat = format!(r#","beats":[{{"id":"b","who":"a","when":"{when}","say":["x"]}}]}}"#);
        let file = ONE_PERSON.trim_end().strip_suffix('}').unwrap_or_default().to_owned() + &beat;
        chew(&file);
    }
}

#[test]
fn shipped_cases_cut_anywhere_are_survived() {
    for file in [WATER, FIT_OUT] {
        for part in 1..20 {
            decode(&file[..file.floor_char_boundary(file.len() * part / 20)]);
        }
    }
}

fn spoil(file: &mut String, at: usize, length: usize, with: &str) {
    let start = file.floor_char_boundary(at.min(file.len()));
    let end = file.floor_char_boundary((start + length).min(file.len()));
    file.replace_range(start..end.max(start), with);
}
