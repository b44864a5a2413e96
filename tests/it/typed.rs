//! A strong deal typed freely, from the preparation card to the order, through the plain face.

use std::collections::BTreeSet;
use std::path::PathBuf;

use whybuy::codebook::{Act, Evidence, ReadAct, SpokenAct};
use whybuy::plain::{Ended, Plain};
use whybuy::reader::Reader;
use whybuy::review::advise;
use whybuy::scenario::PersonId;
use whybuy::session::{Entry, Header, Session, facts};
use whybuy::sim::Outcome;
use whybuy::text::{Language, Text};

use crate::support::{fit_out, header, world};

/// A deal typed line by line in plain mode, rebuilt from what was written.
pub fn typed(file: &std::path::Path, language: Language) -> Session {
    let typed = std::fs::read(file).expect("the fixture is in the repository");
    let mut written: Vec<Entry> = Vec::new();
    let mut append = |entry: &Entry| {
        written.push(entry.clone());
        Ok(())
    };
    let reader = Reader::shipped();
    let mut out = Vec::new();
    let face = Plain::new(
        deal(language),
        &mut append,
        &reader,
        typed.as_slice(),
        &mut out,
        language,
    );
    let ended = face.run().expect("a vector takes whatever is written");
    assert_eq!(ended, Ended::Over, "{}", String::from_utf8_lossy(&out));
    Session::replay(deal(language).world, deal(language).header, written)
}

/// The seed `.ci/run` plays, too.
pub const SEED: u64 = 7;

pub fn fixture(language: Language) -> PathBuf {
    let name = format!("tests/fixtures/strong-{}.txt", language.code());
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn deal(language: Language) -> Session {
    let case = fit_out();
    let header = Header {
        language,
        ..header(&case, SEED)
    };
    Session::new(world(case), header)
}

#[test]
fn a_strong_deal_typed_in_either_language_ends_in_an_order() {
    for language in Language::ALL {
        let typed = std::fs::read(fixture(language)).expect("the fixture is in the repository");
        let mut written: Vec<Entry> = Vec::new();
        let mut append = |entry: &Entry| {
            written.push(entry.clone());
            Ok(())
        };
        let mut out = Vec::new();
        let reader = Reader::shipped();
        let face = Plain::new(
            deal(language),
            &mut append,
            &reader,
            typed.as_slice(),
            &mut out,
            language,
        );
        assert_eq!(
            face.run().unwrap(),
            Ended::Over,
            "{}",
            String::from_utf8_lossy(&out)
        );
        // What was written is the deal: replaying it gives the order.
        let again = Session::replay(deal(language).world, deal(language).header, written);
        assert_eq!(again.state.outcome, Some(Outcome::Order));
        let turns = again.state.turns;
        assert!((15..=90).contains(&turns), "{turns} turns");
        let shown = String::from_utf8(out).unwrap();
        assert!(!shown.contains('\u{1b}'), "no escape codes in plain mode");
    }
}

/// Writes the fixtures anew: `cargo test --test it write_the_typed -- --ignored`. The words come from what the case lets
/// a trainee say; each is typed only if the reader understands it as what the reference player means to do.
#[test]
#[ignore = "writes tests/fixtures"]
fn write_the_typed_fixtures() {
    for language in Language::ALL {
        let reader = Reader::shipped();
        let mut deal = deal(language);
        let mut typed = vec!["1".to_owned(), "3".to_owned()];
        let mut heard = BTreeSet::new();
        for _ in 0..300 {
            if deal.state.outcome.is_some() {
                break;
            }
            let mut entry = advise(&deal).entry();
            if let Entry::Say { acts, .. } = &entry {
                let wanted: Vec<SpokenAct> = acts.iter().map(|a| a.spoken).collect();
                match words(&deal, &reader, &wanted, language, &heard) {
                    Some((line, acts)) => {
                        heard.extend(deal.state.visit.map(|v| (v.person, line.clone())));
                        entry = Entry::Say {
                            words: Text::same(&line),
                            acts,
                        };
                        typed.push(line);
                    }
                    // Out of words for it: he takes his leave and comes back to it another day.
                    None => {
                        entry = Entry::Leave;
                        typed.push("/leave".to_owned());
                    }
                }
            } else {
                let id = |p: u8| deal.world.case.person(p).id.clone();
                typed.push(match entry {
                    Entry::Visit(person) => format!("/visit {}", id(person)),
                    Entry::Leave => "/leave".to_owned(),
                    Entry::Fulfil(number) => format!("/do {}", number + 1),
                    Entry::NextWeek => "/week".to_owned(),
                    _ => unreachable!("the reference player does nothing else"),
                });
            }
            deal.apply(entry).expect("advice is possible");
        }
        assert_eq!(
            deal.state.outcome,
            Some(Outcome::Order),
            "{} after {} turns",
            language.code(),
            deal.state.turns
        );
        typed.extend(["3", "3", "3"].map(str::to_owned));
        std::fs::write(fixture(language), typed.join("\n") + "\n").unwrap();
    }
}

const MISSTEPS: [Act; 6] = [
    Act::Pressure,
    Act::Bypass,
    Act::Rebut,
    Act::Improper,
    Act::Discount,
    Act::PriceInfo,
];

/// The line that is read as what is wanted with the least beside it; `None` where every line says something else.
fn words(
    deal: &Session,
    reader: &Reader,
    wanted: &[SpokenAct],
    language: Language,
    heard: &BTreeSet<(PersonId, String)>,
) -> Option<(String, Vec<ReadAct>)> {
    let person = deal.state.visit?.person;
    let who = deal
        .world
        .case
        .person(deal.world.case.decision_maker)
        .call
        .get(language);
    let case = deal
        .world
        .case
        .moves
        .iter()
        .filter(|m| m.to.is_none_or(|to| to == person));
    // Of lines that are read alike the one that means it is taken, and the case's own before one for any case.
    let own = case.clone().count();
    let lines = case
        .chain(&deal.world.packs.moves)
        .enumerate()
        .map(|(at, m)| {
            let line = m.text.get(language).replace("{who}", who);
            let meant = wanted.iter().filter(|w| {
                let same = |a: &SpokenAct| {
                    a.act == w.act && (w.topics.is_empty() || a.topics.0 & w.topics.0 != 0)
                };
                m.acts.iter().any(same)
            });
            (line, (meant.count(), at < own))
        });
    let rate = |acts: &[ReadAct]| -> i32 {
        let met = wanted
            .iter()
            .map(|w| {
                // What is about something matters more than a greeting beside it.
                let weight = if w.topics.is_empty() { 1 } else { 2 };
                weight * acts.iter().map(|a| fit(w, a)).max().unwrap_or(0)
            })
            .sum::<i32>();
        let beside = acts
            .iter()
            .filter(|a| !wanted.iter().any(|w| w.act == a.spoken.act));
        met - beside
            .map(|a| {
                if MISSTEPS.contains(&a.spoken.act) {
                    40
                } else {
                    4
                }
            })
            .sum::<i32>()
    };
    // What this person has heard he is not told again; another may be asked the same.
    lines
        .filter(|(line, _)| !heard.contains(&(person, line.clone())))
        .map(|(line, worth)| {
            let acts = facts::read(deal, reader, &line);
            (line, acts, worth)
        })
        .max_by_key(|(_, acts, worth)| (rate(acts), *worth))
        .filter(|(_, acts, _)| rate(acts) > 0)
        .map(|(line, acts, _)| (line, acts))
}

/// How well an act that was read is the one that is wanted, 0–10.
fn fit(want: &SpokenAct, read: &ReadAct) -> i32 {
    let step = want.act != Act::ProposeNext || read.spoken.step == want.step;
    let supported = read.spoken.evidence != Evidence::Unsupported;
    if want.act != read.spoken.act || !step || !supported {
        return 0;
    }
    let about = want.topics.is_empty() || want.topics.iter().any(|t| read.spoken.topics.has(t));
    match (about, read.spoken.topics.is_empty()) {
        (true, _) => 10,
        // A line without a topic is about what is on the table.
        (false, true) => 7,
        (false, false) => 1,
    }
}
