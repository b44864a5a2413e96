//! Trained weights, as they lie in the program: looked up in place, so that loading costs nothing.
//!
//! A linear model over [`super::features`]: a score for each act, topic and attribute. Weights are bytes, a scale for each
//! label; thresholds and the table of confidences come from lines the weights had not seen.

use super::cues::CueTable;
use super::features::Feature;
use crate::codebook::{Act, TOPICS, Topic};
use crate::text::Language;

/// Acts, topics, a specific step, and *ours* for proof, figures and guarantees.
pub(super) const LABELS: usize = Act::ALL.len() + TOPICS + 4;
/// Label of a specific next step.
pub(super) const SPECIFIC: usize = Act::ALL.len() + TOPICS;

/// The label of a topic.
pub(super) fn topic_label(topic: Topic) -> usize {
    Act::ALL.len() + topic as usize
}

/// The label that says an act of this kind is about us; `None` for acts without a scope.
pub(super) fn ours_label(act: Act) -> Option<usize> {
    let nth = [Act::Proof, Act::Quantify, Act::Derisk]
        .iter()
        .position(|a| *a == act)?;
    Some(SPECIFIC + 1 + nth)
}

/// Scores of all labels; 0 is an even chance.
pub(super) type Scores = [f32; LABELS];

/// Steps of the table that turns a score into a confidence.
pub(super) const STEPS: usize = 24;
/// The scores at which the table begins and ends; between them it is even.
pub(super) const TABLE: std::ops::Range<f32> = -4.0..4.0;

/// What stands before the weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    /// A weight of 1 is this much, for each label.
    pub scale: [f32; LABELS],
    /// The score of nothing at all.
    pub bias: [f32; LABELS],
    /// From this score on a label counts.
    pub threshold: [f32; LABELS],
    /// How often an act read with a score over its threshold by so much was right, 0–1.
    pub confidence: [f32; STEPS],
}

const FORM: u32 = 0x5742_5232;
/// Form, cues, features; then the head's numbers.
const HEAD: usize = 12 + (LABELS * 3 + STEPS) * 4;
/// Keys are spread evenly: their upper bits find the place.
const SLOT_BITS: u32 = 14;

/// A trained model.
#[derive(Debug)]
pub(super) struct Model {
    pub head: Head,
    cue_keys: &'static [u8],
    cue_lists: &'static [u8],
    keys: &'static [u8],
    weights: &'static [u8],
    /// Where the keys with these upper bits begin.
    slots: Vec<u32>,
}

impl Model {
    /// The model shipped for a language.
    ///
    /// # Panics
    /// Where the embedded file has another form than this program expects; a test reads both.
    pub fn shipped(language: Language) -> Model {
        let bytes: &'static [u8] = match language {
            Language::Zh => include_bytes!("../../assets/reader/model-zh.bin"),
            Language::En => include_bytes!("../../assets/reader/model-en.bin"),
        };
        Model::open(bytes).expect("the embedded model is of this program's form: retrain it")
    }

    /// A model in the form [`write`] gives; `None` where it is not.
    pub fn open(bytes: &'static [u8]) -> Option<Model> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        if number(0)? != FORM {
            return None;
        }
        let (cues, features) = (number(4)? as usize, number(8)? as usize);
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let mut numbers = head[12..]
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes(b.try_into().expect("four bytes")));
        let mut take = || std::array::from_fn(|_| numbers.next().unwrap_or_default());
        let head = Head {
            scale: take(),
            bias: take(),
            threshold: take(),
            confidence: std::array::from_fn(|_| numbers.next().unwrap_or_default()),
        };
        let (cue_keys, rest) = rest.split_at_checked(cues * 4)?;
        let (cue_lists, rest) = rest.split_at_checked(cues * 2)?;
        let (keys, weights) = rest.split_at_checked(features * 4)?;
        if weights.len() != features * LABELS {
            return None;
        }
        let mut slots = vec![0u32; (1 << SLOT_BITS) + 1];
        for i in 0..features {
            let key = u32::from_le_bytes(keys[i * 4..i * 4 + 4].try_into().expect("four bytes"));
            slots[(key >> (32 - SLOT_BITS)) as usize + 1] += 1;
        }
        for i in 1..slots.len() {
            slots[i] += slots[i - 1];
        }
        Some(Model {
            head,
            cue_keys,
            cue_lists,
            keys,
            weights,
            slots,
        })
    }

    pub fn cues(&self) -> CueTable<'static> {
        CueTable {
            keys: self.cue_keys,
            lists: self.cue_lists,
        }
    }

    /// The scores of a stretch of words.
    pub fn scores(&self, features: &[Feature]) -> Scores {
        let mut sums = [0f32; LABELS];
        for &(key, value) in features {
            let Some(row) = self.row(key) else { continue };
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum += value * f32::from(weight as i8);
            }
        }
        std::array::from_fn(|l| sums[l] * self.head.scale[l] + self.head.bias[l])
    }

    fn row(&self, key: u32) -> Option<&'static [u8]> {
        let slot = (key >> (32 - SLOT_BITS)) as usize;
        let (from, to) = (self.slots[slot] as usize, self.slots[slot + 1] as usize);
        let keys = self.keys[from * 4..to * 4].chunks_exact(4);
        let nth = keys
            .map(|b| u32::from_le_bytes(b.try_into().expect("four bytes")))
            .position(|k| k == key)?;
        let at = (from + nth) * LABELS;
        Some(&self.weights[at..at + LABELS])
    }

    /// How often an act read with this score is right, 0–1.
    pub fn confidence(&self, act: Act, score: f32) -> f32 {
        let over = score - self.head.threshold[act as usize];
        self.head.confidence[step(over)]
    }
}

/// The step of the table of confidences for a score so much over its threshold.
pub(super) fn step(over: f32) -> usize {
    let share = (over - TABLE.start) / (TABLE.end - TABLE.start);
    ((share * STEPS as f32) as usize).min(STEPS - 1)
}

/// The bytes of a model. `rows` are sorted by key.
pub(super) fn write(head: &Head, cues: &[(u32, u16)], rows: &[(u32, [i8; LABELS])]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + cues.len() * 6 + rows.len() * (4 + LABELS));
    for number in [FORM, cues.len() as u32, rows.len() as u32] {
        bytes.extend(number.to_le_bytes());
    }
    let numbers = head.scale.iter().chain(&head.bias).chain(&head.threshold);
    for number in numbers.chain(&head.confidence) {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(cues.iter().flat_map(|(key, _)| key.to_le_bytes()));
    bytes.extend(cues.iter().flat_map(|(_, list)| list.to_le_bytes()));
    bytes.extend(rows.iter().flat_map(|(key, _)| key.to_le_bytes()));
    bytes.extend(rows.iter().flat_map(|(_, row)| row.map(|w| w as u8)));
    bytes
}
