//! Thresholds and confidences, set on lines the weights had not seen.

use super::Example;
use crate::codebook::{Act, Topic};
use crate::reader::UNSURE;
use crate::reader::model::{Head, LABELS, SPECIFIC, STEPS, Scores, ours_label, step, topic_label};
use crate::reader::score::Score;

/// How far the threshold of one label may lie from that of all: a rare label has too few lines to go further.
const LEEWAY: f32 = 0.6;
/// Thresholds tried.
const GRID: std::ops::Range<i16> = -45..25;
/// A tenth.
const TENTH: f32 = 0.1;

/// Thresholds and confidences for scores of lines with these labels. Scale and bias are left at 0.
pub(super) fn head(labels: &[u64], scores: &[Scores]) -> Head {
    let mut threshold = [0f32; LABELS];
    let acts: Vec<usize> = (0..Act::ALL.len()).collect();
    let topics: Vec<usize> = Topic::ALL.iter().map(|t| topic_label(*t)).collect();
    for group in [acts, topics] {
        let all = best(&group, labels, scores, |_| true);
        for &label in &group {
            let near = |t: f32| (t - all).abs() <= LEEWAY;
            threshold[label] = best(&[label], labels, scores, near);
        }
    }
    let with = |act: Act| -> (Vec<u64>, Vec<Scores>) {
        let rows = labels.iter().zip(scores);
        rows.filter(|(l, _)| **l >> act as usize & 1 == 1).unzip()
    };
    for (act, label) in Act::ALL
        .iter()
        .filter_map(|a| Some((*a, ours_label(*a)?)))
        .chain([(Act::ProposeNext, SPECIFIC)])
    {
        let (labels, scores) = with(act);
        threshold[label] = fairest(label, &labels, &scores);
    }
    Head {
        scale: [0.0; LABELS],
        bias: [0.0; LABELS],
        threshold,
        confidence: confidence(labels, scores, &threshold),
    }
}

fn grid() -> impl Iterator<Item = f32> {
    GRID.map(|t| f32::from(t) * TENTH)
}

/// The threshold with the highest F1 over some labels together.
fn best(group: &[usize], labels: &[u64], scores: &[Scores], fits: impl Fn(f32) -> bool) -> f32 {
    let f1 = |t: f32| {
        let (mut right, mut wrong) = (0u32, 0u32);
        for (is, scores) in labels.iter().zip(scores) {
            for &label in group {
                match (is >> label & 1 == 1, scores[label] >= t) {
                    (true, true) => right += 1,
                    (false, false) => {}
                    _ => wrong += 1,
                }
            }
        }
        f64::from(2 * right) / f64::from((2 * right + wrong).max(1))
    };
    grid()
        .filter(|t| fits(*t))
        .max_by(|a, b| f1(*a).total_cmp(&f1(*b)))
        .unwrap_or_default()
}

/// The threshold that puts most lines on the right side.
fn fairest(label: usize, labels: &[u64], scores: &[Scores]) -> f32 {
    let right = |t: f32| {
        let rows = labels.iter().zip(scores);
        rows.filter(|(is, s)| (*is >> label & 1 == 1) == (s[label] >= t))
            .count()
    };
    grid().max_by_key(|t| right(*t)).unwrap_or_default()
}

/// How often acts read so far over their thresholds were right; never falling with the score.
fn confidence(labels: &[u64], scores: &[Scores], threshold: &[f32; LABELS]) -> [f32; STEPS] {
    let mut counts = [(0f32, 0f32); STEPS];
    for (is, scores) in labels.iter().zip(scores) {
        for label in 0..Act::ALL.len() {
            let over = scores[label] - threshold[label];
            let (right, all) = &mut counts[step(over)];
            *right += f32::from(u8::from(is >> label & 1 == 1));
            *all += 1.0;
        }
    }
    // Neighbours that contradict the order are pooled (isotonic regression).
    let mut pools: Vec<(f32, f32, usize)> = Vec::new();
    for (right, all) in counts {
        pools.push((right, all, 1));
        while let [.., a, b] = pools[..]
            && a.0 * (b.1 + 1e-9) >= b.0 * (a.1 + 1e-9)
        {
            pools.truncate(pools.len() - 2);
            pools.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    let mut table = [0f32; STEPS];
    let mut at = 0;
    for (right, all, width) in pools {
        // One imagined wrong reading keeps a step with few lines from being sure.
        table[at..at + width].fill(right / (all + 1.0));
        at += width;
    }
    for i in 1..STEPS {
        table[i] = table[i].max(table[i - 1]);
    }
    table
}

/// The score with these thresholds, the share of acts shown as sure, and the share of those that is right.
pub(super) fn judge(examples: &[Example], scores: &[Scores], head: &Head) -> (Score, f64, f64) {
    let mut score = Score::default();
    let (mut read, mut sure, mut right) = (0u32, 0u32, 0u32);
    for (example, scores) in examples.iter().zip(scores) {
        let gold = example.gold();
        let made = |label: usize| scores[label] >= head.threshold[label];
        let acts: Vec<Act> = Act::ALL
            .iter()
            .copied()
            .filter(|a| made(*a as usize))
            .collect();
        for &act in &acts {
            read += 1;
            let over = scores[act as usize] - head.threshold[act as usize];
            if head.confidence[step(over)] >= UNSURE {
                sure += 1;
                right += u32::from(gold.acts.contains(&act));
            }
        }
        let topics = Topic::ALL
            .iter()
            .copied()
            .filter(|t| made(topic_label(*t)))
            .collect();
        score.add(&gold, &acts, topics);
    }
    let share = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    (score, share(sure, read), share(right, sure))
}
