//! Lines and what they are read as.

use super::*;
use crate::codebook::{Act, Topic};

fn read(line: &str, said: &str) -> Reading {
    let context = Context {
        client_said: said,
        ..Context::default()
    };
    Reader::shipped().read(line, &context)
}

fn acts(line: &str, said: &str) -> Vec<Act> {
    let mut acts: Vec<Act> = read(line, said).acts.iter().map(|a| a.spoken.act).collect();
    acts.sort_unstable();
    acts
}

/// Whatever else is read into a line: a misstep that was denied, quoted or declined is never held against the trainee.
#[test]
fn missteps_that_were_not_made_are_not_read() {
    for line in [
        "我不是要绕开您去找刘总,想请您带我一起去。",
        "I'm not trying to go round you to Mr. Liu; I'd like you to take me along.",
        "«今天不定就涨价»这种话我不会跟您讲。",
        "I won't give you the «decide today or it goes up» line.",
        "降价我可以降,但您先说这东西该不该上。",
    ] {
        let missteps = [Act::Bypass, Act::Pressure, Act::Rebut, Act::Improper];
        let read = acts(line, "");
        assert!(
            read.iter().all(|a| !missteps.contains(a)),
            "{line}: {read:?}"
        );
    }
}

#[test]
fn any_line_is_read_and_always_the_same_way() {
    let reader = Reader::shipped();
    for line in [
        "",
        "？",
        "\u{1b}[2J",
        "a\u{301}\u{202e}",
        &"价".repeat(2_000),
        &"why ".repeat(500),
    ] {
        let context = Context {
            client_said: "…",
            ..Context::default()
        };
        assert_eq!(reader.read(line, &context), reader.read(line, &context));
    }
}

/// A list of everything is one boast and argues nothing, in either language and however long it is.
#[test]
fn a_list_of_topics_is_credited_with_none() {
    for line in [
        "必要性、效果、成本、工期、售后,我们全能解决!",
        "Need, effect, cost, schedule, service: we solve them all!",
        "成本,工期,质量,售后,付款,满意度,效率,品牌",
        "price, schedule, quality, liability, warranty, budget",
    ] {
        let read = read(line, "");
        let topics = read
            .acts
            .iter()
            .fold(0, |n, a| n + a.spoken.topics.iter().count());
        assert_eq!(topics, 0, "{line}: {read:?}");
        assert!(read.acts.len() <= 1, "{line}: {read:?}");
    }
}

#[test]
fn script_width_and_typography_change_no_reading() {
    let plain = acts("您这边报价最后谁签字?", "");
    assert_eq!(plain, acts("您這邊報價最後誰簽字？", ""));
    assert_eq!(plain, acts("  您这边报价最后谁签字？ ", ""));
    let plain = acts("Who signs it off, and don't you have a say?", "");
    assert_eq!(
        plain,
        acts("WHO SIGNS IT OFF, AND DON’T YOU HAVE A SAY?", "")
    );
}

/// Every span is a stretch of the line itself, so that a face can light it up.
#[test]
fn acts_rest_on_words_of_the_line() {
    let line = "明白,以前没有。去年交付那批,业主投诉最集中的是哪几项?";
    let read = read(line, "我们不需要这个");
    assert!(!read.acts.is_empty());
    for act in &read.acts {
        assert!(
            line.get(act.span.clone()).is_some_and(|w| !w.is_empty()),
            "{act:?}"
        );
    }
    let asked = read.acts.iter().find(|a| a.spoken.act == Act::AskProblem);
    let asked = asked.expect("a question about complaints");
    assert!(line[asked.span.clone()].contains("投诉"), "{asked:?}");
    assert!(
        asked.spoken.topics.has(Topic::CustomerSatisfaction),
        "{asked:?}"
    );
}

#[test]
fn a_long_paste_is_read_by_its_beginning() {
    let line = "谁签字?".repeat(30_000);
    let read = read(&line, "");
    assert!(read.acts.iter().all(|a| a.span.end <= 8_000), "{read:?}");
}

/// A contrast: the same words as an act and as none.
#[derive(serde::Deserialize)]
struct Contrast {
    lang: String,
    client_said: String,
    utterance: String,
    must: Vec<String>,
    must_not: Vec<String>,
}

/// The share of contrasts in a fixture that are read right: what must be read is, and what must not is not.
fn contrasts(lines: &str) -> (usize, usize, Vec<String>) {
    let reader = Reader::shipped();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for line in lines.lines() {
        let contrast: Contrast = serde_json::from_str(line).expect("a fixture line");
        let context = Context {
            client_said: &contrast.client_said,
            to_role: "",
            language: Language::from_code(&contrast.lang),
        };
        let read = reader.read(&contrast.utterance, &context);
        let has = |id: &String| read.acts.iter().any(|a| a.spoken.act.id() == id);
        all += 1;
        if contrast.must.iter().all(has) && !contrast.must_not.iter().any(has) {
            right += 1;
        } else {
            wrong.push(contrast.utterance);
        }
    }
    (right, all, wrong)
}

/// The lines were written apart from the corpus and are not trained on. The floor is what the shipped model reaches, less a
/// little: 95 of 100 is the aim, and it is not reached.
#[test]
fn contrasts_are_told_apart() {
    for (lines, floor) in [
        (include_str!("../../tests/fixtures/contrast/zh.jsonl"), 78),
        (include_str!("../../tests/fixtures/contrast/en.jsonl"), 82),
    ] {
        let (right, all, wrong) = contrasts(lines);
        println!("{right} of {all} contrasts read right; not: {wrong:#?}");
        assert!(right * 100 >= all * floor, "{right} of {all}");
    }
}
