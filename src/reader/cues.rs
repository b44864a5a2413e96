//! Cues: words and phrases that point at a topic, an act, or a class of words that tells acts apart.
//!
//! Written by hand, `assets/reader/cues-*.json`, and folded into the model's file when it is trained, so that a program
//! that only reads has nothing to parse.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::features::Key;
use super::token::{Token, tokens};
use crate::codebook::{Act, Topic};

/// What a list of cues points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// A topic of the codebook.
    Topic,
    /// An act of the codebook.
    Act,
    /// A class of words.
    Class,
    /// How much a proposed step asks: a pilot, a decision.
    Step,
}

impl Group {
    /// How many there are.
    pub const COUNT: usize = 4;
}

/// The list that names pilots.
pub(super) const PILOT: u16 = STEPS;
/// The list that names decisions.
pub(super) const DECISION: u16 = STEPS + 1;

const ACTS: u16 = 24;
const CLASSES: u16 = ACTS + 26;
/// Lists from here on are of [`Group::Step`]; classes are fewer than this.
const STEPS: u16 = 1_000;
/// Tokens of the longest cue; longer ones are refused when training.
const LONGEST: usize = 8;
/// A word ending in a star stands for all that begin like it, from so many letters on.
const SHORTEST_STEM: usize = 3;

/// A cue found in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its first token.
    pub token: usize,
    /// The list it stands in.
    pub list: u16,
}

/// A file of cues.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueFile {
    topics: BTreeMap<String, Vec<String>>,
    acts: BTreeMap<String, Vec<String>>,
    classes: BTreeMap<String, Vec<String>>,
    steps: BTreeMap<String, Vec<String>>,
}

/// Why a file of cues cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadCues {
    /// It is no JSON of the right form.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A list is named after nothing in the codebook.
    #[error("the codebook has no `{0}`")]
    Name(String),
    /// A cue cannot be found in any line.
    #[error("the cue `{0}` has no words, or more than 8")]
    Length(String),
}

/// Reads a file of cues into sorted pairs of key and list.
pub(super) fn compile(json: &str) -> Result<Vec<(u32, u16)>, BadCues> {
    let file: CueFile = serde_json::from_str(json)?;
    let mut pairs = Vec::new();
    let mut add = |list: u16, cues: &[String]| -> Result<(), BadCues> {
        for cue in cues {
            let words = tokens(cue.trim_end_matches('*'));
            if words.is_empty() || words.len() > LONGEST {
                return Err(BadCues::Length(cue.clone()));
            }
            let stem = cue.ends_with('*');
            let (last, before) = words.split_last().expect("not empty");
            let key = before.iter().fold(Key::cue(), |k, t| k.word(&t.word));
            let key = if stem {
                last.word.chars().fold(key, Key::letter).letter('*')
            } else {
                key.word(&last.word)
            };
            pairs.push((key.finish(), list));
        }
        Ok(())
    };
    for (id, cues) in &file.topics {
        let topic = Topic::from_id(id).ok_or_else(|| BadCues::Name(id.clone()))?;
        add(topic as u16, cues)?;
    }
    for (id, cues) in &file.acts {
        let act = Act::from_id(id).ok_or_else(|| BadCues::Name(id.clone()))?;
        add(ACTS + act as u16, cues)?;
    }
    for (number, cues) in file.classes.values().enumerate() {
        add(CLASSES + number as u16, cues)?;
    }
    for (name, cues) in &file.steps {
        let list = match name.as_str() {
            "pilot" => PILOT,
            "decision" => DECISION,
            _ => return Err(BadCues::Name(name.clone())),
        };
        add(list, cues)?;
    }
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// Compiled cues, as they lie in a model's file.
#[derive(Debug, Clone, Copy)]
pub(super) struct CueTable<'a> {
    /// Keys in rising order, four bytes each.
    pub keys: &'a [u8],
    /// The list of each key, two bytes each.
    pub lists: &'a [u8],
}

impl CueTable<'_> {
    /// The cues of a group in a line, the longest at each place.
    pub fn hits(&self, line: &[Token], group: Group) -> Vec<Hit> {
        let [topics, acts, classes, steps] = self.all_hits(line);
        match group {
            Group::Topic => topics,
            Group::Act => acts,
            Group::Class => classes,
            Group::Step => steps,
        }
    }

    /// The cues of all groups in a line.
    pub fn all_hits(&self, line: &[Token]) -> [Vec<Hit>; Group::COUNT] {
        let mut hits: [Vec<Hit>; Group::COUNT] = Default::default();
        // Where the next cue of a group may begin: the longest match swallows the shorter ones inside it.
        let mut free = [0; Group::COUNT];
        let mut lists = Vec::new();
        for start in 0..line.len() {
            let ahead = &line[start..line.len().min(start + LONGEST)];
            let mut before = [Key::cue(); LONGEST + 1];
            for (i, token) in ahead.iter().enumerate() {
                before[i + 1] = before[i].word(&token.word);
            }
            let mut taken = [0; Group::COUNT];
            for length in (1..=ahead.len()).rev() {
                lists.clear();
                self.find(before[length].finish(), &mut lists);
                self.find_stem(before[length - 1], &ahead[length - 1].word, &mut lists);
                for &list in &lists {
                    let group = group_of(list) as usize;
                    if start >= free[group] && (taken[group] == 0 || taken[group] == length) {
                        hits[group].push(Hit { token: start, list });
                        taken[group] = length;
                    }
                }
            }
            for (free, taken) in free.iter_mut().zip(taken) {
                *free = (*free).max(start + taken);
            }
        }
        hits
    }

    /// The longest stem that the word begins with.
    fn find_stem(&self, before: Key, word: &str, lists: &mut Vec<u16>) {
        if word.len() < SHORTEST_STEM || !word.is_ascii() {
            return;
        }
        let mut stems = [0u32; 24];
        let mut key = before;
        let mut count = 0;
        for (i, letter) in word.chars().take(stems.len()).enumerate() {
            key = key.letter(letter);
            if i + 1 >= SHORTEST_STEM {
                stems[count] = key.letter('*').finish();
                count += 1;
            }
        }
        let known = lists.len();
        for &stem in stems[..count].iter().rev() {
            self.find(stem, lists);
            if lists.len() > known {
                return;
            }
        }
    }

    fn find(&self, key: u32, lists: &mut Vec<u16>) {
        let count = self.keys.len() / 4;
        let at =
            |i: usize| u32::from_le_bytes(self.keys[i * 4..i * 4 + 4].try_into().expect("four"));
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            if at(middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while low < count && at(low) == key {
            let bytes = [self.lists[low * 2], self.lists[low * 2 + 1]];
            lists.push(u16::from_le_bytes(bytes));
            low += 1;
        }
    }
}

fn group_of(list: u16) -> Group {
    match list {
        _ if list < ACTS => Group::Topic,
        _ if list < CLASSES => Group::Act,
        _ if list < STEPS => Group::Class,
        _ => Group::Step,
    }
}
