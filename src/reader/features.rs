//! What the model sees of a line: n-grams, cues and the client's words, each a number and a weight.

use std::ops::Range;

use super::cues::{CueTable, Group, Hit};
use super::token::Token;
use crate::text::Language;

/// A feature: its key and its value.
pub(super) type Feature = (u32, f32);

/// The client's words say what the line is about, not what it does: they weigh half.
const CLIENT: f32 = 0.5;
/// Cues are few beside n-grams and telling; measured on held-out lines, more than half loses.
const CUES: f32 = 0.5;
/// Cues of two classes belong together when no more tokens than these lie between them.
const NEAR: usize = 12;

/// Kinds of features; the number goes into the key.
#[derive(Clone, Copy)]
enum Kind {
    Words = 1,
    Skip,
    Letters,
    Client,
    ClientCue,
    Role,
    Cue,
    CueTwice,
    CueAsking,
    CuePair,
}

/// What is known of the situation, made once for all sentences of a line.
pub(super) struct Heard {
    words: Vec<u32>,
    cues: Vec<u32>,
}

/// What the client has said, and who he is.
pub(super) fn heard(said: &[Token], role: &str, cues: CueTable, language: Language) -> Heard {
    let longest = match language {
        Language::Zh => 3,
        Language::En => 2,
    };
    let mut words = Vec::new();
    for start in 0..said.len() {
        let mut key = Key::new(Kind::Client);
        for token in said[start..].iter().take(longest) {
            key = key.word(&token.word);
            words.push(key.finish());
        }
    }
    words.push(Key::new(Kind::Role).word(role).finish());
    let cues = cues
        .hits(said, Group::Topic)
        .iter()
        .map(|hit| Key::new(Kind::ClientCue).number(hit.list).finish())
        .collect();
    Heard { words, cues }
}

/// The features of one stretch of a line. `hits` are the cues of the whole line.
pub(super) fn features(
    line: &[Token],
    part: Range<usize>,
    hits: &[Vec<Hit>; Group::COUNT],
    heard: &Heard,
    language: Language,
) -> Vec<Feature> {
    let mut keys = Vec::with_capacity(512);
    match language {
        Language::Zh => grams(&line[part.clone()], 4, &mut keys),
        Language::En => {
            grams(&line[part.clone()], 3, &mut keys);
            skips(&line[part.clone()], &mut keys);
            letters(&line[part.clone()], &mut keys);
        }
    }
    let mut found = Vec::with_capacity(keys.len() + heard.words.len() + 64);
    block(&mut keys, 1.0, &mut found);
    keys.clear();
    keys.extend(&heard.words);
    block(&mut keys, CLIENT, &mut found);
    keys.clear();
    keys.extend(&heard.cues);
    cued(line, part, hits, &mut keys);
    block(&mut keys, CUES, &mut found);
    found
}

/// Adds the keys of one kind of evidence so that together they weigh `weight`, however many they are.
fn block(keys: &mut Vec<u32>, weight: f32, found: &mut Vec<Feature>) {
    keys.sort_unstable();
    keys.dedup();
    let each = weight / (keys.len().max(1) as f32).sqrt();
    found.extend(keys.iter().map(|&key| (key, each)));
}

fn grams(tokens: &[Token], longest: usize, keys: &mut Vec<u32>) {
    // The ends of a stretch are words of their own.
    let word = |i: usize| match i.checked_sub(1) {
        None => Some("^"),
        Some(i) if i == tokens.len() => Some("$"),
        Some(i) => tokens.get(i).map(|t| t.word.as_str()),
    };
    for start in 0..tokens.len() + 2 {
        let mut key = Key::new(Kind::Words);
        for next in (start..start + longest).map_while(word) {
            key = key.word(next);
            keys.push(key.finish());
        }
    }
}

fn skips(tokens: &[Token], keys: &mut Vec<u32>) {
    for around in tokens.windows(3) {
        let key = Key::new(Kind::Skip).word(&around[0].word);
        keys.push(key.word(&around[2].word).finish());
    }
}

/// Parts of longer words: typing errors and endings change only a few of them.
fn letters(tokens: &[Token], keys: &mut Vec<u32>) {
    let mut word = Vec::new();
    for token in tokens {
        word.clear();
        word.push('<');
        word.extend(token.word.chars());
        word.push('>');
        if word.len() <= 4 {
            continue;
        }
        for n in [4, 5] {
            for part in word.windows(n) {
                let key = part
                    .iter()
                    .fold(Key::new(Kind::Letters), |k, c| k.letter(*c));
                keys.push(key.finish());
            }
        }
    }
}

fn cued(line: &[Token], part: Range<usize>, hits: &[Vec<Hit>; Group::COUNT], keys: &mut Vec<u32>) {
    let asks = line[part.clone()].iter().any(|t| t.word == "?");
    for group in [Group::Topic, Group::Act, Group::Class] {
        let inside: Vec<&Hit> = hits[group as usize]
            .iter()
            .filter(|hit| part.contains(&hit.token))
            .collect();
        let mut lists: Vec<u16> = inside.iter().map(|hit| hit.list).collect();
        lists.sort_unstable();
        for same in lists.chunk_by(|a, b| a == b) {
            let list = same[0];
            keys.push(Key::new(Kind::Cue).number(list).finish());
            if same.len() > 1 {
                keys.push(Key::new(Kind::CueTwice).number(list).finish());
            }
            if group != Group::Topic {
                let key = Key::new(Kind::CueAsking).number(list);
                keys.push(key.number(u16::from(asks)).finish());
            }
        }
        if group == Group::Class {
            for pair in inside.windows(2) {
                if pair[1].token - pair[0].token < NEAR {
                    let key = Key::new(Kind::CuePair).number(pair[0].list);
                    keys.push(key.number(pair[1].list).finish());
                }
            }
        }
    }
}

/// A key in the making: FNV-1a over kind and words, mixed at the end. Stable over compilers and machines, as weights
/// trained once must be.
#[derive(Clone, Copy)]
pub(super) struct Key(u32);

impl Key {
    fn new(kind: Kind) -> Key {
        Key(0x811c_9dc5 ^ (kind as u32).wrapping_mul(0x9e37_79b1))
    }

    /// The key of a cue.
    pub fn cue() -> Key {
        Key(0x811c_9dc5)
    }

    fn byte(self, byte: u8) -> Key {
        Key((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    pub fn letter(self, letter: char) -> Key {
        let mut bytes = [0; 4];
        let bytes = letter.encode_utf8(&mut bytes).bytes();
        bytes.fold(self, Key::byte)
    }

    /// A word and the gap behind it.
    pub fn word(self, word: &str) -> Key {
        word.bytes().fold(self, Key::byte).byte(b' ')
    }

    fn number(self, number: u16) -> Key {
        number.to_le_bytes().into_iter().fold(self, Key::byte)
    }

    pub fn finish(self) -> u32 {
        let mut key = self.0;
        key ^= key >> 15;
        key = key.wrapping_mul(0x85eb_ca6b);
        key ^ (key >> 13)
    }
}
