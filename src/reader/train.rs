//! Training of the model, in this repository and in minutes: the same corpus gives the same bytes.
//!
//! Weights are fitted by stochastic gradient steps of falling size (AdaGrad) to whole lines and, each by itself, to the
//! stretches of words that the corpus says an act rests on. Thresholds and confidences are then set on lines that the
//! weights had not seen: five times a fifth of the corpus is kept aside, all replies to one line of a client together.

mod fit;
mod tune;

use std::collections::HashMap;

use serde::Deserialize;

use super::cues::{self, BadCues, CueTable, Group};
use super::features::{Feature, Key, features, heard};
use super::model::{self, LABELS, SPECIFIC, Scores, ours_label, topic_label};
use super::score::{Gold, Score};
use super::token::{sentences, tokens};
use super::{Line, joined};
use crate::codebook::{Act, Topic};
use crate::text::Language;
use fit::{Fitted, fit};

/// A labelled line.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Example {
    /// The client's last words.
    #[serde(default)]
    pub client_said: String,
    /// His role.
    #[serde(default)]
    pub to_role: String,
    /// The trainee's line.
    pub utterance: String,
    /// What it does.
    #[serde(default)]
    pub acts: Vec<Labelled>,
    /// Acts that only one of two readers gave.
    #[serde(default)]
    pub maybe: Vec<String>,
}

/// One act of a labelled line.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Labelled {
    /// The act's identifier.
    pub act: String,
    /// Topics' identifiers.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Topics that only one of two readers gave.
    #[serde(default)]
    pub topics_maybe: Vec<String>,
    /// `category` or `vendor`.
    #[serde(default)]
    pub scope: Option<String>,
    /// On a next step.
    #[serde(default)]
    pub specific: bool,
    /// The stretches of words it rests on, in bytes of the line.
    #[serde(default)]
    pub spans: Vec<[usize; 2]>,
}

impl Example {
    /// Its labels as gold to compare with.
    pub fn gold(&self) -> Gold {
        let topics = |of: fn(&Labelled) -> &Vec<String>| {
            let ids = self.acts.iter().flat_map(of);
            ids.filter_map(|t| Topic::from_id(t)).collect()
        };
        Gold {
            acts: self
                .acts
                .iter()
                .filter_map(|a| Act::from_id(&a.act))
                .collect(),
            maybe: self.maybe.iter().filter_map(|a| Act::from_id(a)).collect(),
            topics: topics(|a| &a.topics),
            topics_maybe: topics(|a| &a.topics_maybe),
        }
    }

    /// Each stretch of words with what it alone does; none where the line is of one piece.
    fn pieces(&self) -> Vec<Example> {
        let mut pieces: Vec<([usize; 2], Example)> = Vec::new();
        for act in &self.acts {
            for &[start, end] in &act.spans {
                let Some(words) = self.utterance.get(start..end) else {
                    continue;
                };
                let mut act = act.clone();
                act.spans.clear();
                match pieces.iter_mut().find(|(at, _)| *at == [start, end]) {
                    Some((_, piece)) => piece.acts.push(act),
                    None => pieces.push((
                        [start, end],
                        Example {
                            client_said: self.client_said.clone(),
                            to_role: self.to_role.clone(),
                            utterance: words.to_owned(),
                            acts: vec![act],
                            maybe: Vec::new(),
                        },
                    )),
                }
            }
        }
        if pieces.len() < 2 {
            pieces.clear();
        }
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }

    fn labels(&self) -> u64 {
        let mut labels = 0u64;
        for labelled in &self.acts {
            if let Some(act) = Act::from_id(&labelled.act) {
                labels |= 1 << act as usize;
                if labelled.scope.as_deref() == Some("vendor") {
                    labels |= ours_label(act).map_or(0, |l| 1 << l);
                }
            }
            for topic in labelled.topics.iter().filter_map(|t| Topic::from_id(t)) {
                labels |= 1 << topic_label(topic);
            }
            labels |= u64::from(labelled.specific) << SPECIFIC;
        }
        labels
    }
}

/// What of the method is used: all of it in the model that ships, less to see what each part is worth.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// Hand-written cues.
    pub cues: bool,
    /// Stretches of words as examples of their own.
    pub pieces: bool,
    /// Sentences scored beside the line.
    pub sentences: bool,
    /// The share of the corpus that is trained on, 0–1.
    pub share: f32,
}

impl Recipe {
    /// All of it.
    pub const WHOLE: Recipe = Recipe {
        cues: true,
        pieces: true,
        sentences: true,
        share: 1.0,
    };
}

/// A trained model and how good it is on lines it had not seen.
#[derive(Debug)]
pub struct Trained {
    /// The model's file.
    pub bytes: Vec<u8>,
    /// Its score.
    pub score: Score,
    /// Of the acts read, the share that would be shown as sure, 0–1.
    pub sure: f64,
    /// Of those shown as sure, the share that was right, 0–1.
    pub sure_right: f64,
}

/// Parts the corpus is cut into to be tested on lines not trained on.
const FOLDS: u32 = 5;
/// Rows the model may have: what weighs least is left out, so that two languages stay under 8 MB.
const ROWS: usize = 66_000;

/// Trains on `examples` with the cues of a file.
///
/// # Errors
/// Where the file of cues is broken.
pub fn train(
    examples: &[Example],
    cue_file: &str,
    language: Language,
    recipe: Recipe,
) -> Result<Trained, BadCues> {
    let corpus = Corpus::new(examples, cue_file, language, recipe)?;
    let seen = corpus.held_out();
    let head = tune::head(&corpus.labels(), &seen);
    let (score, sure, sure_right) = tune::judge(examples, &seen, &head);
    let fitted = corpus.fit(|_| true);
    let bytes = pressed(&fitted, head, &corpus.cues);
    Ok(Trained {
        bytes,
        score,
        sure,
        sure_right,
    })
}

/// The score of a method on lines it had not seen, without making a model of it.
///
/// # Errors
/// Where the file of cues is broken.
pub fn evaluate(
    examples: &[Example],
    cue_file: &str,
    language: Language,
    recipe: Recipe,
) -> Result<Score, BadCues> {
    let corpus = Corpus::new(examples, cue_file, language, recipe)?;
    let seen = corpus.held_out();
    let head = tune::head(&corpus.labels(), &seen);
    Ok(tune::judge(examples, &seen, &head).0)
}

/// The score of cues used as plain rules: an act or topic is read where one of its cues stands.
///
/// # Errors
/// Where the file of cues is broken.
pub fn by_cues_alone(examples: &[Example], cue_file: &str) -> Result<Score, BadCues> {
    let pairs = cues::compile(cue_file)?;
    let (keys, lists) = bytes_of(&pairs);
    let table = CueTable {
        keys: &keys,
        lists: &lists,
    };
    let mut score = Score::default();
    for example in examples {
        let hits = table.all_hits(&tokens(&example.utterance));
        let has = |group: Group, nth: usize| {
            let first = if group == Group::Act {
                Topic::ALL.len()
            } else {
                0
            };
            hits[group as usize]
                .iter()
                .any(|h| usize::from(h.list) == first + nth)
        };
        let acts: Vec<Act> = Act::ALL
            .iter()
            .copied()
            .filter(|a| has(Group::Act, *a as usize))
            .collect();
        let topics = Topic::ALL
            .iter()
            .copied()
            .filter(|t| has(Group::Topic, *t as usize))
            .collect();
        score.add(&example.gold(), &acts, topics);
    }
    Ok(score)
}

/// One thing to fit to.
struct Item {
    features: Vec<Feature>,
    labels: u64,
    fold: u32,
    /// It is a whole line, not a piece of one.
    whole: bool,
}

/// A whole line, to be scored when its fold is kept aside.
struct Whole {
    features: Vec<Feature>,
    sentences: Vec<Vec<Feature>>,
    labels: u64,
    fold: u32,
}

/// The corpus as numbers.
struct Corpus {
    items: Vec<Item>,
    lines: Vec<Whole>,
    cues: Vec<(u32, u16)>,
    share: f32,
}

impl Corpus {
    fn new(
        examples: &[Example],
        cue_file: &str,
        language: Language,
        recipe: Recipe,
    ) -> Result<Corpus, BadCues> {
        let mut cues = cues::compile(cue_file)?;
        if !recipe.cues {
            cues.clear();
        }
        let (keys, lists) = bytes_of(&cues);
        let table = CueTable {
            keys: &keys,
            lists: &lists,
        };
        let mut corpus = Corpus {
            items: Vec::new(),
            lines: Vec::new(),
            cues: Vec::new(),
            share: recipe.share,
        };
        for example in examples {
            let about = if example.client_said.is_empty() {
                &example.utterance
            } else {
                &example.client_said
            };
            let fold = Key::cue().word(about).finish() % FOLDS;
            let line = prepared(example, table, language);
            let whole = part(&line, line.whole());
            let alone = if recipe.sentences {
                sentences(&line.tokens)
                    .into_iter()
                    .map(|s| part(&line, s))
                    .collect()
            } else {
                Vec::new()
            };
            corpus.items.push(Item {
                features: whole.clone(),
                labels: example.labels(),
                fold,
                whole: true,
            });
            corpus.lines.push(Whole {
                features: whole,
                sentences: alone,
                labels: example.labels(),
                fold,
            });
            if recipe.pieces {
                for piece in example.pieces() {
                    let line = prepared(&piece, table, language);
                    corpus.items.push(Item {
                        features: part(&line, line.whole()),
                        labels: piece.labels(),
                        fold,
                        whole: false,
                    });
                }
            }
        }
        corpus.cues = cues;
        Ok(corpus)
    }

    /// Fits to the items of the folds asked for.
    fn fit(&self, folds: impl Fn(u32) -> bool) -> Fitted {
        let share = (self.share * 1_000.0) as u32;
        let items: Vec<&Item> = self
            .items
            .iter()
            .filter(|i| folds(i.fold))
            .enumerate()
            .filter(|(nth, _)| Key::cue().word(&nth.to_string()).finish() % 1_000 < share)
            .map(|(_, item)| item)
            .collect();
        fit(&items)
    }

    /// The scores of each line by weights that had not seen it.
    fn held_out(&self) -> Vec<Scores> {
        let mut seen = vec![[0f32; LABELS]; self.lines.len()];
        for fold in 0..FOLDS {
            let fitted = self.fit(|f| f != fold);
            for (scores, line) in seen.iter_mut().zip(&self.lines) {
                if line.fold == fold {
                    let alone: Vec<Scores> =
                        line.sentences.iter().map(|f| fitted.scores(f)).collect();
                    *scores = joined(&fitted.scores(&line.features), &alone);
                }
            }
        }
        seen
    }

    fn labels(&self) -> Vec<u64> {
        self.lines.iter().map(|line| line.labels).collect()
    }
}

fn prepared(example: &Example, table: CueTable, language: Language) -> Line {
    let words = tokens(&example.utterance);
    Line {
        hits: table.all_hits(&words),
        tokens: words,
        heard: heard(
            &tokens(&example.client_said),
            &example.to_role,
            table,
            language,
        ),
        language,
    }
}

fn part(line: &Line, part: std::ops::Range<usize>) -> Vec<Feature> {
    features(&line.tokens, part, &line.hits, &line.heard, line.language)
}

fn bytes_of(cues: &[(u32, u16)]) -> (Vec<u8>, Vec<u8>) {
    let keys = cues.iter().flat_map(|(key, _)| key.to_le_bytes()).collect();
    let lists = cues
        .iter()
        .flat_map(|(_, list)| list.to_le_bytes())
        .collect();
    (keys, lists)
}

/// Weights → a byte each: the rows that weigh most, scaled so that the largest weight of a label just fits.
fn pressed(fitted: &Fitted, mut head: model::Head, cues: &[(u32, u16)]) -> Vec<u8> {
    let mut rows: Vec<(u32, &[f32])> = fitted.rows().collect();
    let heft = |row: &[f32]| row.iter().map(|w| w * w).sum::<f32>();
    rows.sort_by(|a, b| heft(b.1).total_cmp(&heft(a.1)).then(a.0.cmp(&b.0)));
    rows.truncate(ROWS);
    rows.sort_unstable_by_key(|row| row.0);
    for label in 0..LABELS {
        let largest = rows.iter().map(|r| r.1[label].abs()).fold(1e-6, f32::max);
        head.scale[label] = largest / 127.0;
        head.bias[label] = fitted.bias[label];
    }
    let rows: Vec<(u32, [i8; LABELS])> = rows
        .into_iter()
        .map(|(key, row)| {
            let weights = std::array::from_fn(|l| (row[l] / head.scale[l]).round() as i8);
            (key, weights)
        })
        .collect();
    model::write(&head, cues, &rows)
}

/// How many lines hold each feature; a feature of one line alone teaches only that line.
fn common<'a>(items: impl Iterator<Item = &'a Item>) -> HashMap<u32, u32> {
    let mut lines = HashMap::new();
    for item in items.filter(|i| i.whole) {
        for (key, _) in &item.features {
            *lines.entry(*key).or_default() += 1;
        }
    }
    lines
}
