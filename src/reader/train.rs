//! Training of the linear model, in this repository and in seconds: the same corpus gives the same bytes.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;
use serde::Deserialize;

use super::model::{BUCKETS, LABELS, OURS, SPECIFIC, features, norm, sigmoid, topic_label};
use super::{Context, Reader};
use crate::codebook::{Act, Topic};
use crate::text::Language;

/// A labelled line.
#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    /// The client's last words.
    #[serde(default)]
    pub client_said: String,
    /// The trainee's line.
    pub utterance: String,
    /// What it does.
    #[serde(default)]
    pub acts: Vec<Labelled>,
}

/// One act of a labelled line.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    /// The act's identifier.
    pub act: String,
    /// Topics' identifiers.
    #[serde(default)]
    pub topics: Vec<String>,
    /// `category` or `vendor`.
    #[serde(default)]
    pub scope: Option<String>,
    /// On a next step.
    #[serde(default)]
    pub specific: bool,
}

const EPOCHS: usize = 10;
const RATE: f32 = 0.3;
/// Squared gradients a weight is taken to have seen before its first: keeps first steps small.
const EARLY: f32 = 0.05;
const DECAY: f32 = 3e-4;
/// A label is rare: missing one costs more than inventing one.
const POSITIVE: f32 = 4.0;

/// Trains on `examples`; the bytes of a model file.
pub fn train(reader: &Reader, examples: &[Example], language: Language) -> Vec<u8> {
    let rows: Vec<(Vec<u32>, u64)> = examples.iter().map(|e| row(reader, e, language)).collect();
    let mut weights = vec![0f32; BUCKETS * LABELS];
    let mut steps = vec![EARLY; BUCKETS * LABELS];
    let mut bias = [-2f32; LABELS];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut chance = Pcg32::seed_from_u64(20_261_124);
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            order.swap(i, (chance.next_u64() % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let (features, labels) = &rows[i];
            let norm = norm(features.len());
            let mut sums = [0f32; LABELS];
            for &feature in features {
                let at = feature as usize * LABELS;
                sums.iter_mut()
                    .zip(&weights[at..at + LABELS])
                    .for_each(|(s, w)| *s += w);
            }
            let mut errors = [0f32; LABELS];
            for label in 0..LABELS {
                let is = labels >> label & 1 == 1;
                let error = sigmoid(sums[label] * norm + bias[label]) - f32::from(u8::from(is));
                errors[label] = if is { error * POSITIVE } else { error };
                bias[label] -= 0.02 * errors[label];
            }
            for &feature in features {
                let at = feature as usize * LABELS;
                for label in 0..LABELS {
                    let gradient = errors[label] * norm + DECAY * weights[at + label];
                    if gradient.abs() < 1e-6 {
                        continue;
                    }
                    let step = &mut steps[at + label];
                    *step += gradient * gradient;
                    weights[at + label] -= RATE * gradient / step.sqrt();
                }
            }
        }
    }
    quantised(&weights, &bias)
}

/// Features and labels of one line.
fn row(reader: &Reader, example: &Example, language: Language) -> (Vec<u32>, u64) {
    let by_rule = reader.by_rules(
        &example.utterance,
        &Context {
            client_said: &example.client_said,
        },
    );
    let mut labels = 0u64;
    for act in &example.acts {
        if let Some(known) = Act::from_id(&act.act) {
            labels |= 1 << known as usize;
        }
        for topic in act.topics.iter().filter_map(|t| Topic::from_id(t)) {
            labels |= 1 << topic_label(topic);
        }
        labels |= u64::from(act.specific) << SPECIFIC;
        labels |= u64::from(act.scope.as_deref() == Some("vendor")) << OURS;
    }
    (
        features(&example.utterance, &example.client_said, &by_rule, language),
        labels,
    )
}

/// A byte for each weight: scaled so that the largest of a label just fits.
fn quantised(weights: &[f32], bias: &[f32; LABELS]) -> Vec<u8> {
    let mut scales = [1e-6f32; LABELS];
    for (i, weight) in weights.iter().enumerate() {
        scales[i % LABELS] = scales[i % LABELS].max(weight.abs() / 127.0);
    }
    let head = (0..LABELS)
        .flat_map(|l| [scales[l], bias[l]])
        .flat_map(f32::to_le_bytes);
    let body = weights
        .iter()
        .enumerate()
        .map(|(i, w)| (w / scales[i % LABELS]).round() as i8 as u8);
    head.chain(body).collect()
}
