//! Scores → acts with topics, attributes, and the words they rest on.

use std::ops::Range;

use super::cues::{DECISION, Group, PILOT};
use super::model::{LABELS, Model, SPECIFIC, Scores, ours_label, topic_label};
use super::token::clauses;
use super::{Line, joined, sentences};
use crate::codebook::{Act, ReadAct, Reading, Scope, SpokenAct, Step, Topic, TopicSet};

/// Items of a list of everything: so many short items in a row, all but one with a topic of its own, argue nothing.
const LIST: usize = 4;
/// Tokens of an item of such a list at the most.
const ITEM: usize = 5;
/// A topic that hangs on one sentence of a line is given to an act in another only if its score there is no worse than this.
const ELSEWHERE: f32 = 1.5;

/// What the line was understood as.
pub(super) fn decide(model: &Model, line: &Line) -> Reading {
    let sentences: Vec<Part> = sentences(&line.tokens)
        .into_iter()
        .map(|tokens| Part {
            scores: line.scores(model, tokens.clone()),
            tokens,
        })
        .collect();
    let whole = line.scores(model, line.whole());
    let alone: Vec<Scores> = sentences.iter().map(|s| s.scores).collect();
    let scores = joined(&whole, &alone);
    if is_list(line) {
        let boast = ReadAct {
            spoken: SpokenAct::bare(Act::VendorCase),
            span: span(line, &line.whole()),
            confidence: model.confidence(Act::VendorCase, scores[Act::VendorCase as usize]),
        };
        return Reading { acts: vec![boast] };
    }
    let made = |label: usize| scores[label] >= model.head.threshold[label];
    let topics: TopicSet = Topic::ALL
        .iter()
        .copied()
        .filter(|t| made(topic_label(*t)))
        .collect();
    let mut acts: Vec<ReadAct> = Act::ALL
        .iter()
        .copied()
        .filter(|act| made(*act as usize))
        .map(|act| {
            let place = place(&sentences, act);
            let spoken = dressed(model, line, &scores, act, topics, place);
            ReadAct {
                spoken,
                span: span(
                    line,
                    &place.map_or(line.whole(), |p| narrow(model, line, p, act)),
                ),
                confidence: model.confidence(act, scores[act as usize]),
            }
        })
        .collect();
    acts.sort_by_key(|a| (a.span.start, a.spoken.act));
    Reading { acts }
}

/// A stretch of a line and its scores.
struct Part {
    tokens: Range<usize>,
    scores: Scores,
}

/// The sentence an act rests on; `None` where the line has none but marks.
fn place(sentences: &[Part], act: Act) -> Option<&Part> {
    let label = act as usize;
    sentences
        .iter()
        .max_by(|a, b| a.scores[label].total_cmp(&b.scores[label]))
}

/// The clause of a sentence that an act rests on, or all of it where no clause says more than the whole does.
fn narrow(model: &Model, line: &Line, sentence: &Part, act: Act) -> Range<usize> {
    let label = act as usize;
    let all = clauses(&line.tokens[sentence.tokens.clone()]);
    if all.len() < 2 {
        return sentence.tokens.clone();
    }
    let from = sentence.tokens.start;
    all.into_iter()
        .map(|c| from + c.start..from + c.end)
        .map(|clause| (line.scores(model, clause.clone())[label], clause))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score >= sentence.scores[label])
        .map_or(sentence.tokens.clone(), |(_, clause)| clause)
}

/// Where tokens stand in the line, in bytes.
fn span(line: &Line, part: &Range<usize>) -> Range<usize> {
    let words = &line.tokens[part.clone()];
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// Gives an act the attributes it carries.
fn dressed(
    model: &Model,
    line: &Line,
    scores: &Scores,
    act: Act,
    topics: TopicSet,
    place: Option<&Part>,
) -> SpokenAct {
    let about = match act {
        Act::Rapport | Act::Agenda | Act::Acknowledge => TopicSet::NONE,
        Act::Discount | Act::PriceInfo => here(model, topics, place).with(Topic::Price),
        _ => here(model, topics, place),
    };
    let spoken = SpokenAct::new(act, about);
    // An attribute is learnt beside its act: it holds where its score does not fall far behind.
    let holds = |label: usize| scores[label] >= model.head.threshold[label];
    if let Some(ours) = ours_label(act) {
        let scope = if holds(ours) {
            Scope::Vendor
        } else {
            Scope::Category
        };
        return spoken.scoped(scope);
    }
    if act != Act::ProposeNext {
        return spoken;
    }
    let inside = |list: u16| {
        let hits = &line.hits[Group::Step as usize];
        let within = place.map_or(line.whole(), |p| p.tokens.clone());
        hits.iter()
            .any(|h| h.list == list && within.contains(&h.token))
    };
    let step = match (inside(DECISION), inside(PILOT)) {
        (true, _) => Step::Decision,
        (false, true) => Step::Pilot,
        (false, false) => Step::Small,
    };
    if holds(SPECIFIC) || step == Step::Decision {
        spoken.step(step)
    } else {
        spoken
    }
}

/// The topics of the line that are spoken of in this sentence; all where none is.
fn here(model: &Model, topics: TopicSet, place: Option<&Part>) -> TopicSet {
    let Some(place) = place else { return topics };
    let near: TopicSet = topics
        .iter()
        .filter(|t| {
            let label = topic_label(*t);
            place.scores[label] >= model.head.threshold[label] - ELSEWHERE
        })
        .collect();
    if near.is_empty() { topics } else { near }
}

/// "Need, cost, schedule: we solve it all" is one boast and argues nothing (rule 6 of the codebook).
fn is_list(line: &Line) -> bool {
    let topics = &line.hits[Group::Topic as usize];
    let (mut items, mut named) = (0, Vec::new());
    for clause in clauses(&line.tokens) {
        let words = line.tokens[clause.clone()].iter().filter(|t| !t.is_mark());
        if words.count() > ITEM {
            (items, named) = (0, Vec::new());
            continue;
        }
        items += 1;
        let topic = topics.iter().find(|h| clause.contains(&h.token));
        named.extend(
            topic
                .map(|hit| hit.list)
                .filter(|list| !named.contains(list)),
        );
        // One item may be a word that no cue knows.
        if items >= LIST && named.len() + 1 >= LIST {
            return line.tokens.iter().all(|t| t.word != "?");
        }
    }
    false
}

const _: () = assert!(LABELS == Act::ALL.len() + 24 + 4);
