//! The cues of one language, compiled.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use crate::codebook::{Act, Topic, TopicSet};

/// A lexicon file: lists of regular expressions, each list one alternation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    question: Vec<String>,
    tag: Vec<String>,
    negation: Vec<String>,
    list: Vec<String>,
    ours: Vec<String>,
    acts: BTreeMap<String, Vec<String>>,
    specific: Vec<String>,
    vague: Vec<String>,
    step_pilot: Vec<String>,
    step_decision: Vec<String>,
    topics: BTreeMap<String, Vec<String>>,
}

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// It is no JSON of the right form.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A cue is no regular expression.
    #[error(transparent)]
    Cue(#[from] regex::Error),
    /// A name of the codebook is wrong.
    #[error("the codebook has no `{0}`")]
    Name(String),
}

#[derive(Debug)]
pub(super) struct Lexicon {
    question: Regex,
    pub tag: Regex,
    negation: Regex,
    pub list: Regex,
    pub ours: Regex,
    pub specific: Regex,
    pub vague: Regex,
    pub pilot: Regex,
    pub decision: Regex,
    acts: Vec<Option<Regex>>,
    topics: Vec<Option<Regex>>,
}

impl Lexicon {
    pub fn parse(json: &str) -> Result<Lexicon, Broken> {
        let file: File = serde_json::from_str(json)?;
        let any = |cues: &[String]| {
            Regex::new(
                &cues
                    .iter()
                    .map(|c| format!("(?:{c})"))
                    .collect::<Vec<_>>()
                    .join("|"),
            )
        };
        let mut acts = vec![None; Act::ALL.len()];
        for (id, cues) in &file.acts {
            let act = Act::from_id(id).ok_or_else(|| Broken::Name(id.clone()))?;
            acts[act as usize] = Some(any(cues)?);
        }
        let mut topics = vec![None; Topic::ALL.len()];
        for (id, cues) in &file.topics {
            let topic = Topic::from_id(id).ok_or_else(|| Broken::Name(id.clone()))?;
            topics[topic as usize] = Some(any(cues)?);
        }
        Ok(Lexicon {
            question: any(&file.question)?,
            tag: any(&file.tag)?,
            negation: any(&file.negation)?,
            list: any(&file.list)?,
            ours: any(&file.ours)?,
            specific: any(&file.specific)?,
            vague: any(&file.vague)?,
            pilot: any(&file.step_pilot)?,
            decision: any(&file.step_decision)?,
            acts,
            topics,
        })
    }

    /// Where the first cue of an act begins.
    pub fn find(&self, act: Act, words: &str) -> Option<usize> {
        self.acts[act as usize]
            .as_ref()?
            .find(words)
            .map(|m| m.start())
    }

    pub fn topics_in(&self, words: &str) -> TopicSet {
        let named = Topic::ALL.iter().filter(|&&t| {
            self.topics[t as usize]
                .as_ref()
                .is_some_and(|r| r.is_match(words))
        });
        named.copied().collect()
    }

    pub fn asks(&self, words: &str) -> bool {
        self.question.is_match(words)
    }

    /// Whether a negation stands before `at`, or around the cue that begins there.
    pub fn negated(&self, words: &str, at: usize) -> bool {
        self.negation
            .find(words)
            .is_some_and(|m| m.start() <= at || m.end() == words.len())
    }

    /// Whether the clause ends a sentence with a question mark.
    pub fn ends_sentence(&self, words: &str) -> bool {
        words.ends_with(['?', '？'])
    }

    /// Whether the line's first clause ends with a full stop of its own.
    pub fn ends_sentence_first(&self, line: &str) -> bool {
        line.find([',', '，', '.', '。', '!', '！', '?', '？'])
            .is_some_and(|i| !line[i..].starts_with([',', '，']))
    }
}
