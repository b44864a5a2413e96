//! A linear model over n-grams and over what the rules read: one score for each act, topic and attribute.
//!
//! The rules are features among others, so the training decides how far each cue is to be trusted. Weights are bytes,
//! laid out bucket by bucket and embedded as they are: loading costs nothing.

use crate::codebook::{Act, Reading, TOPICS, Topic};
use crate::text::Language;

/// Buckets the features are hashed into.
pub(super) const BUCKETS: usize = 1 << 16;
/// Acts, topics, *specific*, *vendor scope*.
pub(super) const LABELS: usize = Act::ALL.len() + TOPICS + 2;
/// Label of a specific next step.
pub(super) const SPECIFIC: usize = LABELS - 2;
/// Label of evidence, figures or guarantees of our own.
pub(super) const OURS: usize = LABELS - 1;

/// The label of a topic.
pub(super) fn topic_label(topic: Topic) -> usize {
    Act::ALL.len() + topic as usize
}

/// Trained weights: a scale and a bias for each label, then a byte for each bucket and label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Model {
    head: &'static [u8],
    weights: &'static [u8],
}

/// Bytes before the weights: scale and bias of each label.
pub(super) const HEAD: usize = LABELS * 8;

impl Model {
    /// The model shipped for a language; `None` where its file has another shape than this program expects.
    pub fn shipped(language: Language) -> Option<Model> {
        let bytes: &'static [u8] = match language {
            Language::Zh => include_bytes!("../../assets/reader/model-zh.bin"),
            Language::En => include_bytes!("../../assets/reader/model-en.bin"),
        };
        (bytes.len() == HEAD + BUCKETS * LABELS).then(|| {
            let (head, weights) = bytes.split_at(HEAD);
            Model { head, weights }
        })
    }

    /// Probability of each label, 0–1.
    pub fn probabilities(&self, features: &[u32]) -> [f32; LABELS] {
        let mut sums = [0i32; LABELS];
        for &feature in features {
            let at = feature as usize * LABELS;
            for (sum, &weight) in sums.iter_mut().zip(&self.weights[at..at + LABELS]) {
                *sum += i32::from(weight as i8);
            }
        }
        let norm = norm(features.len());
        std::array::from_fn(|label| {
            let (scale, bias) = (self.number(label * 2), self.number(label * 2 + 1));
            sigmoid(sums[label] as f32 * scale * norm + bias)
        })
    }

    fn number(&self, at: usize) -> f32 {
        let bytes = &self.head[at * 4..at * 4 + 4];
        f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

/// Long lines have more features; without this they would have surer readings.
pub(super) fn norm(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The features of a line: its n-grams, a few of the client's last words, and what the rules read.
pub(super) fn features(
    line: &str,
    client_said: &str,
    by_rule: &Reading,
    language: Language,
) -> Vec<u32> {
    let mut found = Vec::with_capacity(256);
    let line = plain(line);
    match language {
        Language::Zh => characters(&line, &mut found),
        Language::En => words(&line, &mut found),
    }
    for word in plain(client_said)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        let letters: Vec<char> = word.chars().collect();
        match language {
            Language::Zh => letters
                .windows(2)
                .for_each(|pair| found.push(hash("said", &pair.iter().collect::<String>()))),
            Language::En => found.push(hash("said", word)),
        }
    }
    let marks = line.matches('?').count().min(3);
    found.push(hash("marks", &marks.to_string()));
    // What the rules say weighs more than one n-gram among many.
    for read in &by_rule.acts {
        for copy in ["rule", "rule2", "rule3", "rule4"] {
            found.push(hash(copy, read.spoken.act.id()));
        }
        for topic in read.spoken.topics.iter() {
            for copy in ["topic", "topic2", "topic3", "topic4"] {
                found.push(hash(copy, topic.id()));
            }
        }
        if read.spoken.specific {
            found.push(hash("rule", "specific"));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Lower case, half-width marks, one space.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let c = match c {
            '，' | '、' => ',',
            '。' | '…' => '.',
            '？' => '?',
            '！' => '!',
            '：' => ':',
            '；' => ';',
            '’' => '\'',
            c => c,
        };
        // A figure is a figure: which one it is says nothing about the act.
        let c = if c.is_numeric() { '0' } else { c };
        if c.is_whitespace() && out.ends_with(' ') {
            continue;
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn characters(line: &str, found: &mut Vec<u32>) {
    let letters: Vec<char> = std::iter::once('^')
        .chain(line.chars().filter(|c| !c.is_whitespace()))
        .chain(['$'])
        .collect();
    for n in 1..=4 {
        for gram in letters.windows(n) {
            found.push(hash("c", &gram.iter().collect::<String>()));
        }
    }
}

fn words(line: &str, found: &mut Vec<u32>) {
    let tokens: Vec<&str> = line
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '?'))
        .filter(|w| !w.is_empty())
        .collect();
    let tokens: Vec<&str> = std::iter::once("^").chain(tokens).chain(["$"]).collect();
    for n in 1..=3 {
        for gram in tokens.windows(n) {
            found.push(hash("w", &gram.join(" ")));
        }
    }
    for token in tokens {
        let letters: Vec<char> = token.chars().collect();
        letters
            .windows(4)
            .for_each(|gram| found.push(hash("c", &gram.iter().collect::<String>())));
    }
}

/// FNV-1a, folded to a bucket: stable over compilers and machines, as weights trained once must be.
fn hash(kind: &str, words: &str) -> u32 {
    let bytes = kind.bytes().chain([0]).chain(words.bytes());
    let full = bytes.fold(0x811c_9dc5_u32, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    });
    (full ^ (full >> 16)) & (BUCKETS as u32 - 1)
}
