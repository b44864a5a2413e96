//! Cards: the library's, and those made of one's own misses.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::shuffled;
use crate::progress::{Miss, Mistake};
use crate::scenario::Gate;
use crate::text::Text;

/// How many answers a card of *what is wrong here?* offers.
pub const CHOICES: usize = 4;

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Stable: the reviews of years hang on it.
    pub id: String,
    /// Made of a deal of one's own.
    pub own: bool,
    /// Who, and how things stand.
    pub setting: Text,
    /// What the client says; may be empty on a card of one's own.
    pub client: Text,
    /// What is asked.
    pub task: Task,
    /// Why the answer is right.
    pub why: Text,
}

/// What a card asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Which gate is shut?
    Gate(Gate),
    /// What is wrong with the trainee's line?
    Wrong {
        /// The line.
        own: Text,
        /// What is wrong with it.
        answer: Mistake,
        /// What is offered, the answer among them.
        choices: [Mistake; CHOICES],
    },
    /// Say something; the gate that is shut, and one good reply.
    Reply {
        /// The gate.
        gate: Gate,
        /// The reply.
        strong: Text,
    },
}

impl Task {
    /// 0 which gate · 1 what is wrong · 2 first reply.
    pub fn kind(&self) -> usize {
        match self {
            Task::Gate(_) => 0,
            Task::Wrong { .. } => 1,
            Task::Reply { .. } => 2,
        }
    }
}

/// A card as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    setting: Text,
    client: Text,
    #[serde(default)]
    gate: Option<String>,
    #[serde(default)]
    own: Option<Text>,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    others: Vec<String>,
    #[serde(default)]
    strong: Option<Text>,
    why: Text,
}

/// The library, and for each mistake a word of advice.
#[derive(Deserialize)]
struct Library {
    cards: Vec<Raw>,
    advice: BTreeMap<String, Text>,
}

fn library() -> Library {
    let json = include_str!("../../assets/drill/cards.json");
    serde_json::from_str(json).expect("the shipped cards are tested to load")
}

/// The cards of the library, in the order of their file.
pub fn deck() -> Vec<Card> {
    library().cards.into_iter().filter_map(made).collect()
}

fn made(raw: Raw) -> Option<Card> {
    let gate = raw.gate.as_deref().and_then(Gate::from_id);
    let task = match (gate, raw.own, raw.strong) {
        (Some(gate), None, None) => Task::Gate(gate),
        (Some(gate), None, Some(strong)) => Task::Reply { gate, strong },
        (None, Some(own), None) => {
            let answer = Mistake::from_id(raw.answer.as_deref()?)?;
            let others = raw.others.iter().filter_map(|id| Mistake::from_id(id));
            let choices = choices(&raw.id, answer, others)?;
            Task::Wrong {
                own,
                answer,
                choices,
            }
        }
        _ => return None,
    };
    Some(Card {
        id: raw.id,
        own: false,
        setting: raw.setting,
        client: raw.client,
        task,
        why: raw.why,
    })
}

/// The card of a miss of one's own: the same line, and what was wrong with it. `None` where nothing was said, or other
/// mistakes of the same turn leave too few answers that are surely not true.
pub fn of_miss(session: &str, miss: &Miss, same_turn: &[Mistake]) -> Option<Card> {
    if miss.own.zh.is_empty() || miss.mistake == Mistake::VagueNext {
        return None;
    }
    let id = format!("own:{session}:{}:{}", miss.turn + 1, miss.mistake.id());
    let mut others: Vec<Mistake> = PLAIN_TO_SEE
        .into_iter()
        .filter(|m| *m != miss.mistake && !same_turn.contains(m))
        .collect();
    others.sort_by_key(|m| shuffled(m.id(), shuffled(&id, 0)));
    let choices = choices(&id, miss.mistake, others.into_iter())?;
    let advice = library().advice.remove(miss.mistake.id())?;
    Some(Card {
        own: true,
        setting: miss.person.clone(),
        client: miss.client.clone(),
        task: Task::Wrong {
            own: miss.own.clone(),
            answer: miss.mistake,
            choices,
        },
        why: advice,
        id,
    })
}

/// Mistakes whose absence anybody can see in a line, fit to stand beside the true one.
const PLAIN_TO_SEE: [Mistake; 8] = [
    Mistake::Pressed,
    Mistake::Bypassed,
    Mistake::DiscountUnasked,
    Mistake::Improper,
    Mistake::Quoted,
    Mistake::QuestionOverload,
    Mistake::Rebutted,
    Mistake::VendorTooEarly,
];

/// The answer among three others, in an order of the card's own.
fn choices(
    id: &str,
    answer: Mistake,
    others: impl Iterator<Item = Mistake>,
) -> Option<[Mistake; CHOICES]> {
    let mut all = vec![answer];
    for other in others {
        if !all.contains(&other) && all.len() < CHOICES {
            all.push(other);
        }
    }
    all.sort_by_key(|m| shuffled(m.id(), shuffled(id, 1)));
    all.try_into().ok()
}
