//! Fitting of the weights.

use std::collections::HashMap;

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use super::{Item, common};
use crate::reader::features::Feature;
use crate::reader::model::{LABELS, Scores};

/// Times each item is gone over.
const ROUNDS: usize = 10;
/// Size of the first steps.
const RATE: f32 = 0.3;
/// Squared gradients a weight is taken to have seen before its first: keeps first steps small.
const EARLY: f32 = 0.05;
/// Pull of every weight towards nothing.
const DECAY: f32 = 3e-4;
/// A label is rare: missing one costs more than inventing one.
const MISSED: f32 = 2.0;
/// Size of the steps of a bias.
const BIAS_RATE: f32 = 0.02;
/// Lines a feature must stand in.
const LINES: u32 = 2;

/// Fitted weights.
pub(super) struct Fitted {
    places: HashMap<u32, u32>,
    weights: Vec<f32>,
    pub bias: [f32; LABELS],
}

impl Fitted {
    /// The scores of features.
    pub fn scores(&self, features: &[Feature]) -> Scores {
        let mut sums = self.bias;
        for (key, value) in features {
            if let Some(&place) = self.places.get(key) {
                let at = place as usize * LABELS;
                for (sum, weight) in sums.iter_mut().zip(&self.weights[at..at + LABELS]) {
                    *sum += value * weight;
                }
            }
        }
        sums
    }

    /// Keys and weights, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[f32])> {
        self.places.iter().map(|(key, place)| {
            let at = *place as usize * LABELS;
            (*key, &self.weights[at..at + LABELS])
        })
    }
}

/// Fits weights to items.
pub(super) fn fit(items: &[&Item]) -> Fitted {
    let mut keys: Vec<u32> = common(items.iter().copied())
        .into_iter()
        .filter(|(_, lines)| *lines >= LINES)
        .map(|(key, _)| key)
        .collect();
    keys.sort_unstable();
    let places: HashMap<u32, u32> = keys.iter().copied().zip(0..).collect();
    let rows: Vec<(Vec<Feature>, u64)> = items
        .iter()
        .map(|item| {
            let known = item.features.iter();
            let known = known.filter_map(|(key, value)| Some((*places.get(key)?, *value)));
            (known.collect(), item.labels)
        })
        .collect();
    let mut weights = vec![0f32; keys.len() * LABELS];
    let mut steps = vec![EARLY; keys.len() * LABELS];
    let mut bias = [-2f32; LABELS];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut chance = Pcg32::seed_from_u64(20_261_124);
    for _ in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            order.swap(i, (chance.next_u64() % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let (features, labels) = &rows[i];
            let mut sums = bias;
            for (place, value) in features {
                let at = *place as usize * LABELS;
                for (sum, weight) in sums.iter_mut().zip(&weights[at..at + LABELS]) {
                    *sum += value * weight;
                }
            }
            let mut errors = [0f32; LABELS];
            for label in 0..LABELS {
                let is = labels >> label & 1 == 1;
                let error = sigmoid(sums[label]) - f32::from(u8::from(is));
                errors[label] = if is { error * MISSED } else { error };
                bias[label] -= BIAS_RATE * errors[label];
            }
            for (place, value) in features {
                let at = *place as usize * LABELS;
                let weights = &mut weights[at..at + LABELS];
                let steps = &mut steps[at..at + LABELS];
                for ((weight, step), error) in weights.iter_mut().zip(steps).zip(&errors) {
                    let gradient = error * value + DECAY * *weight;
                    *step += gradient * gradient;
                    *weight -= RATE * gradient / step.sqrt();
                }
            }
        }
    }
    Fitted {
        places,
        weights,
        bias,
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
