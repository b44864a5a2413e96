//! What a trainee claims, held against the scenario's fact sheet; and whom he mentions.

use crate::codebook::{Act, Evidence, ReadAct};
use crate::reader::{self, Context, Reader};
use crate::scenario::{Case, FactKind, PersonId};
use crate::session::Session;
use crate::text::{Language, Text};

/// What a typed line does in this deal now: its reading, with what it claims held against the fact sheet.
pub fn read(session: &Session, reader: &Reader, line: &str) -> Vec<ReadAct> {
    let said = session.last_heard();
    let role = said.and_then(|said| said.by).map_or("", |person| {
        session.world.case.people[person as usize].role.id()
    });
    let context = Context {
        client_said: said.map_or("", |said| said.words.get(Language::of_line(line))),
        to_role: role,
        language: None,
    };
    let mut acts = reader.read(line, &context).acts;
    check(session, line, &mut acts);
    acts
}

/// Fills in the evidence of every act that claims something.
///
/// A figure counts as supported where a fact holds it, or where the client himself has said it; a reference where
/// a fact's own name stands in the line. What is proposed (terms, targets) is no claim and stays unchecked.
pub fn check(session: &Session, words: &str, acts: &mut [ReadAct]) {
    let case = &session.world.case;
    let figures: Vec<f64> = reader::figures(words).iter().map(|f| f.value).collect();
    for read in acts {
        let act = &mut read.spoken;
        let claims = matches!(
            act.act,
            Act::Proof | Act::Quantify | Act::CategoryCase | Act::VendorCase | Act::Derisk
        );
        if !claims {
            continue;
        }
        let holds = |i: &usize| {
            case.facts[*i]
                .values
                .iter()
                .any(|v| figures.iter().any(|f| same(*v, *f)))
        };
        let named = |i: &usize| is_named(&case.facts[*i].text, words);
        let about = |i: &usize| act.topics.has(case.facts[*i].topic);
        let all = 0..case.facts.len();
        let found = all
            .clone()
            .find(|i| holds(i) && about(i))
            .or_else(|| all.clone().find(|i| named(i) && about(i)))
            .or_else(|| all.clone().find(holds))
            .or_else(|| all.clone().find(|i| act.act == Act::Proof && named(i)));
        let said_by_client = figures.iter().any(|f| said_before(session, *f));
        act.evidence = match found {
            Some(fact) if act.act != Act::VendorCase || holds(&fact) => Evidence::Fact(fact as u8),
            None if !figures.is_empty()
                && !said_by_client
                && matches!(act.act, Act::Proof | Act::CategoryCase | Act::VendorCase) =>
            {
                Evidence::Unsupported
            }
            _ => Evidence::None,
        };
    }
}

fn same(a: f64, b: f64) -> bool {
    // "98 %" may be read as 98 or 0.98; both mean the figure on the sheet.
    let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(1.0);
    close(a, b) || close(a, b * 100.0) || close(a * 100.0, b)
}

fn said_before(session: &Session, figure: f64) -> bool {
    session
        .turns
        .iter()
        .flat_map(|t| &t.said)
        .filter(|s| s.by.is_some())
        .any(|s| {
            reader::figures(&s.words.zh)
                .iter()
                .any(|f| same(f.value, figure))
        })
}

/// Whether a name that stands in the fact stands in the line: four Han characters in a row, or a capitalised word.
fn is_named(fact: &Text, line: &str) -> bool {
    let han: Vec<char> = fact.zh.chars().collect();
    let in_chinese = han.windows(4).any(|w| {
        let all_han = w.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        all_han && line.contains(&w.iter().collect::<String>())
    });
    in_chinese
        || fact
            .en
            .split(|c: char| !c.is_alphanumeric())
            .skip(1)
            .any(|word| {
                word.chars().count() >= 4
                    && word.chars().next().is_some_and(char::is_uppercase)
                    && line.contains(word)
            })
}

/// People mentioned in a line: bit *n* for person *n*. "Your boss" means the decision-maker.
pub fn mentions(case: &Case, words: &Text) -> u8 {
    let mut named = 0;
    for (i, person) in case.people.iter().enumerate() {
        let spellings = [&person.name, &person.call];
        let stands = |line: &str, language: &dyn Fn(&Text) -> &str| {
            spellings
                .iter()
                .any(|s| !language(s).is_empty() && line.contains(language(s)))
        };
        let boss = i as PersonId == case.decision_maker && speaks_of_the_boss(&words.zh);
        let zh = stands(&words.zh, &|t| &t.zh) || stands(&words.zh, &|t| &t.en);
        if zh || boss || stands(&words.en, &|t| &t.en) {
            named |= 1 << i;
        }
    }
    named
}

fn speaks_of_the_boss(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "老板",
        "领导",
        "老总",
        "your boss",
        "the boss",
        "top management",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

/// Facts a trainee can show rather than tell: cases, reports and places.
pub fn checkable(kind: FactKind) -> bool {
    matches!(kind, FactKind::Case | FactKind::Report | FactKind::Visit)
}
