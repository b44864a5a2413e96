//! Drills: cards of a deal's moments, in rounds of two minutes, spaced so that what is shaky comes back sooner.
//!
//! Three kinds: *which gate?* (what stands in the way here), *what is wrong here?* (a line that went wrong), *first reply*
//! (typed, and read like any line). Spacing trains recognition; it proves nothing about leading a conversation, and the
//! screen says so. Pure: time comes in as seconds, chance as a seed.

pub mod card;
pub mod grade;
pub mod memory;

pub use card::{Card, Task, deck, of_miss};
pub use grade::{Graded, grade};
pub use memory::{Memory, Rating, Review};

use std::collections::HashMap;

/// Length of a round, in seconds. A card that is begun may be finished.
pub const ROUND: u64 = 120;
/// Cards laid out for a round; more than anybody answers in two minutes.
const LAID_OUT: usize = 24;
/// Cards never seen before that one round brings in, at most.
const FRESH: usize = 8;

/// What every card's reviews add up to.
pub type Memories = HashMap<String, Memory>;

/// Folds reviews, in the order they were made.
pub fn remember<'r>(reviews: impl IntoIterator<Item = &'r Review>) -> Memories {
    let mut memories = Memories::new();
    for review in reviews {
        let before = memories.get(&review.card);
        let after = Memory::after(before, review.rating, review.at);
        memories.insert(review.card.clone(), after);
    }
    memories
}

/// How many of the cards are due, and how many have never been seen.
pub fn due(cards: &[Card], memories: &Memories, now: u64) -> (usize, usize) {
    let seen = cards.iter().filter_map(|card| memories.get(&card.id));
    let seen: Vec<&Memory> = seen.collect();
    let due = seen.iter().filter(|memory| memory.due <= now).count();
    (due, cards.len() - seen.len())
}

/// The cards of a round: what is due, the longest overdue first; then new ones, one's own misses before the library's,
/// the kinds mixed.
pub fn round(cards: &[Card], memories: &Memories, now: u64, seed: u64) -> Vec<Card> {
    let mut due: Vec<(&Memory, &Card)> = cards
        .iter()
        .filter_map(|card| Some((memories.get(&card.id)?, card)))
        .filter(|(memory, _)| memory.due <= now)
        .collect();
    due.sort_by(|(a, x), (b, y)| (a.due, &x.id).cmp(&(b.due, &y.id)));
    let mut fresh: Vec<&Card> = cards
        .iter()
        .filter(|card| !memories.contains_key(&card.id))
        .collect();
    fresh.sort_by_key(|card| (!card.own, shuffled(&card.id, seed)));
    let fresh = spread(fresh).into_iter().take(FRESH);
    let due = due.into_iter().map(|(_, card)| card);
    due.take(LAID_OUT - FRESH).chain(fresh).cloned().collect()
}

/// Takes from each kind in turn, so that no round is all of one kind.
fn spread(cards: Vec<&Card>) -> Vec<&Card> {
    let mut piles: [Vec<&Card>; 3] = Default::default();
    for card in cards.into_iter().rev() {
        piles[card.task.kind()].push(card);
    }
    let mut out = Vec::new();
    while piles.iter().any(|pile| !pile.is_empty()) {
        out.extend(piles.iter_mut().filter_map(Vec::pop));
    }
    out
}

/// A place in the pack that depends on the seed and the card alone.
pub(crate) fn shuffled(id: &str, seed: u64) -> u64 {
    let start = seed ^ 0xcbf2_9ce4_8422_2325;
    let mixed = id.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The last bytes must reach the high bits, or neighbours stay neighbours.
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

#[cfg(test)]
mod tests;
