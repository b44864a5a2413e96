//! A line of the trainee → what it does, by lexicon and rules.
//!
//! Pure and total: any UTF-8 gives a reading, the same line in the same context always the same one. The cues stand in
//! `assets/reader/`; this file holds only the rules of the codebook that no cue can express: negation, quotation,
//! questions, lists, what wins over what. Nothing here knows a mood, a case or a score.

mod clause;
mod figures;
mod lexicon;
mod model;
pub mod train;

use std::ops::Range;

use crate::codebook::{Act, ReadAct, Reading, Scope, SpokenAct, Step, Topic, TopicSet};
use crate::text::Language;
use clause::Clause;
pub use figures::{Figure, figures};
use lexicon::Lexicon;
use model::Model;

/// Confidence of an act read from a cue.
const FROM_CUE: f32 = 0.8;
/// Confidence of an act read only from the shape of the line; below [`UNSURE`].
const FROM_SHAPE: f32 = 0.4;
/// Below this an act is shown as unsure.
pub const UNSURE: f32 = 0.5;

/// What was going on when the line was said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The client's last words, in any language; empty at the start.
    pub client_said: &'a str,
}

/// Reads lines in both languages.
#[derive(Debug)]
pub struct Reader {
    zh: Lexicon,
    en: Lexicon,
}

impl Reader {
    /// The reader this program ships with. Compiling the cues takes some tens of milliseconds: keep the reader.
    pub fn shipped() -> Reader {
        let load = |json| Lexicon::parse(json).expect("the shipped lexicons are tested to load");
        Reader {
            zh: load(include_str!("../assets/reader/lexicon-zh.json")),
            en: load(include_str!("../assets/reader/lexicon-en.json")),
        }
    }

    /// What the line was understood as. Never fails; a line that does nothing has no acts.
    pub fn read(&self, line: &str, context: &Context) -> Reading {
        let language = Language::of_line(line);
        let by_rules = self.by_rules(line, context);
        let Some(model) = Model::shipped(language) else {
            return by_rules;
        };
        // What is only quoted is not done, whatever it sounds like.
        let bare = clause::mask_quotations(line);
        let of = |words: &str, rules: &Reading| {
            model.probabilities(&model::features(
                words,
                context.client_said,
                rules,
                language,
            ))
        };
        let mut probabilities = of(&bare, &by_rules);
        // A line of several sentences does several things; each is looked at by itself, too.
        let sentences: Vec<&str> = clause::sentences(&bare);
        if sentences.len() > 1 {
            for sentence in sentences {
                let alone = of(sentence, &self.by_rules(sentence, context));
                for (all, one) in probabilities.iter_mut().zip(alone) {
                    *all = all.max(one * ALONE);
                }
            }
        }
        weighed(line, by_rules, &probabilities, self.lexicon(language))
    }

    fn lexicon(&self, language: Language) -> &Lexicon {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }

    /// What the rules alone make of it: the features of the model, and the reading where there is none.
    fn by_rules(&self, line: &str, context: &Context) -> Reading {
        let lexicon = self.lexicon(Language::of_line(line));
        // Same length in bytes, so that spans found in the lowered line hold in the original.
        let lowered = clause::mask_quotations(&line.to_ascii_lowercase());
        let clauses = clause::split(&lowered, lexicon);
        let mut found = Found::default();
        if lexicon.list.is_match(&lowered) {
            // "Need, cost, schedule: we solve it all" is one boast and argues nothing.
            found.add(SpokenAct::bare(Act::VendorCase), 0..line.len(), FROM_CUE);
            return found.reading();
        }
        let objected = !context.client_said.is_empty();
        for clause in &clauses {
            read_clause(lexicon, clause, objected, &mut found);
        }
        settle(lexicon, &lowered, &mut found);
        if found.acts.is_empty() {
            by_shape(lexicon, &clauses, &mut found);
        }
        found.reading()
    }
}

/// Probability from which an act counts as made.
const MADE: f32 = 0.4;
/// Probability from which an act the rules have found stands.
const CONFIRMED: f32 = 0.12;
/// A sentence without its neighbours is a little less telling.
const ALONE: f32 = 0.9;
/// Where nothing is surely made, the likeliest act is shown as unsure from here on.
const LIKELY: f32 = 0.2;

/// Joins rules and model: the model decides what was done and about what, the rules where it stands and the sizes of steps.
fn weighed(
    line: &str,
    by_rules: Reading,
    probabilities: &[f32; model::LABELS],
    lexicon: &Lexicon,
) -> Reading {
    let topics: TopicSet = Topic::ALL
        .iter()
        .copied()
        .filter(|&t| probabilities[model::topic_label(t)] >= MADE)
        .collect();
    let named = by_rules
        .acts
        .iter()
        .fold(TopicSet::NONE, |all, a| all.union(a.spoken.topics));
    let likeliest = Act::ALL
        .iter()
        .copied()
        .max_by(|a, b| probabilities[*a as usize].total_cmp(&probabilities[*b as usize]));
    let surest = likeliest.map_or(0.0, |act| probabilities[act as usize]);
    let found = by_rules
        .acts
        .iter()
        .any(|r| r.confidence >= UNSURE && probabilities[r.spoken.act as usize] >= CONFIRMED);
    let threshold = if surest >= MADE || found {
        MADE
    } else {
        surest.max(LIKELY)
    };
    let mut acts: Vec<ReadAct> = Vec::new();
    for &act in Act::ALL {
        let confidence = probabilities[act as usize];
        let by_rule = by_rules.acts.iter().find(|r| r.spoken.act == act);
        let confirmed = by_rule.is_some_and(|r| r.confidence >= UNSURE) && confidence >= CONFIRMED;
        if confidence < threshold && !confirmed {
            continue;
        }
        let lowered = line.to_ascii_lowercase();
        let mut spoken = by_rule.map_or_else(
            || dressed(lexicon, act, TopicSet::NONE, &lowered),
            |r| r.spoken,
        );
        spoken.topics = match act {
            Act::Rapport | Act::Agenda | Act::Acknowledge => TopicSet::NONE,
            // What a clause names by a word it names; the model adds what only the whole line says.
            _ if spoken.topics.is_empty() => topics.union(named),
            _ => spoken.topics,
        };
        match act {
            Act::Proof | Act::Quantify | Act::Derisk => {
                let ours = probabilities[model::OURS] >= MADE;
                spoken.scope = Some(if ours { Scope::Vendor } else { Scope::Category });
            }
            Act::ProposeNext => {
                spoken.specific |= probabilities[model::SPECIFIC] >= MADE;
                if spoken.specific && spoken.step.is_none() {
                    spoken.step = Some(Step::Small);
                }
            }
            _ => {}
        }
        let span = by_rule.map_or(0..line.len(), |r| r.span.clone());
        acts.push(ReadAct {
            spoken,
            span,
            confidence,
        });
    }
    acts.sort_by_key(|a| (a.span.start, a.spoken.act));
    Reading { acts }
}

/// Acts found so far; the same act twice counts once, its topics together.
#[derive(Default)]
struct Found {
    acts: Vec<ReadAct>,
}

impl Found {
    fn add(&mut self, spoken: SpokenAct, span: Range<usize>, confidence: f32) {
        let before = self.acts.iter_mut().find(|a| a.spoken.act == spoken.act);
        if let Some(before) = before {
            before.spoken.topics = before.spoken.topics.union(spoken.topics);
            before.spoken.specific |= spoken.specific;
            before.spoken.step = before.spoken.step.max(spoken.step);
            before.confidence = before.confidence.max(confidence);
        } else {
            self.acts.push(ReadAct {
                spoken,
                span,
                confidence,
            });
        }
    }

    fn has(&self, act: Act) -> bool {
        self.acts.iter().any(|a| a.spoken.act == act)
    }

    fn drop(&mut self, act: Act) {
        self.acts.retain(|a| a.spoken.act != act);
    }

    fn reading(self) -> Reading {
        Reading { acts: self.acts }
    }
}

/// Questions from the most to the least telling: a clause asks one thing.
const ASKING: [Act; 7] = [
    Act::Probe,
    Act::AskPayoff,
    Act::AskImplication,
    Act::AskProcess,
    Act::AskCriteria,
    Act::AskProblem,
    Act::AskSituation,
];
/// What can be said beside anything else.
const LISTENING: [Act; 3] = [Act::Acknowledge, Act::Summarize, Act::Candor];
/// Statements; an earlier one silences those it is listed with.
const STATING: [(Act, &[Act]); 12] = [
    (Act::Improper, &[Act::Discount, Act::VendorCase]),
    (Act::Bypass, &[Act::AskAccess, Act::ProposeNext]),
    (Act::Pressure, &[Act::ProposeNext, Act::VendorCase]),
    (Act::Rebut, &[Act::VendorCase, Act::CategoryCase]),
    (Act::AskAccess, &[Act::ProposeNext]),
    (
        Act::Discount,
        &[Act::PriceInfo, Act::VendorCase, Act::Quantify],
    ),
    (Act::PriceInfo, &[Act::Quantify, Act::VendorCase]),
    (Act::Equip, &[Act::VendorCase]),
    (Act::Derisk, &[Act::VendorCase, Act::CategoryCase]),
    (Act::Proof, &[Act::VendorCase, Act::CategoryCase]),
    (Act::VendorCase, &[Act::CategoryCase]),
    (Act::Agenda, &[]),
];
/// What a negation takes back. A negated derisk or candour ("we can't promise") is still made.
const UNDONE_BY_NEGATION: [Act; 9] = [
    Act::Pressure,
    Act::Bypass,
    Act::Discount,
    Act::VendorCase,
    Act::Improper,
    Act::PriceInfo,
    Act::Rebut,
    Act::AskAccess,
    Act::Rapport,
];

fn read_clause(lexicon: &Lexicon, clause: &Clause, objected: bool, found: &mut Found) {
    let topics = lexicon.topics_in(clause.words);
    let span = clause.span.clone();
    let cue = |act: Act| {
        let at = lexicon.find(act, clause.words)?;
        let undone = UNDONE_BY_NEGATION.contains(&act) && lexicon.negated(clause.words, at);
        (!undone).then_some(())
    };
    if clause.is_tag {
        return;
    }
    let mut silenced: Vec<Act> = Vec::new();
    let mut stated = false;
    for act in LISTENING {
        if cue(act).is_some()
            && !(act == Act::Summarize && clause.asks && !lexicon.ends_sentence(clause.words))
        {
            let topics = if act == Act::Acknowledge {
                TopicSet::NONE
            } else {
                topics
            };
            found.add(SpokenAct::new(act, topics), span.clone(), FROM_CUE);
            stated |= act != Act::Acknowledge;
        }
    }
    for (act, silences) in STATING {
        let only_told = matches!(
            act,
            Act::VendorCase | Act::Rebut | Act::PriceInfo | Act::Agenda | Act::Discount
        );
        if silenced.contains(&act) || clause.asks && only_told || cue(act).is_none() {
            continue;
        }
        silenced.extend(silences);
        stated = true;
        found.add(
            dressed(lexicon, act, topics, clause.words),
            span.clone(),
            FROM_CUE,
        );
    }
    let asked = ASKING
        .into_iter()
        .filter(|_| clause.asks)
        .find(|&act| (act != Act::Probe || objected) && cue(act).is_some());
    if let Some(act) = asked {
        found.add(SpokenAct::new(act, topics), span.clone(), FROM_CUE);
    } else if clause.asks && !stated && clause.words.chars().count() > 3 {
        found.add(
            SpokenAct::new(Act::AskSituation, topics),
            span.clone(),
            FROM_SHAPE,
        );
    }
    for act in [Act::Quantify, Act::CategoryCase, Act::ProposeNext] {
        let silent = silenced.contains(&act) || act == Act::CategoryCase && (clause.asks || stated);
        let asks_more = act == Act::ProposeNext && asked.is_some_and(|a| a != Act::AskSituation);
        if !silent && !asks_more && cue(act).is_some() {
            found.add(
                dressed(lexicon, act, topics, clause.words),
                span.clone(),
                FROM_CUE,
            );
        }
    }
    if !stated && asked.is_none() && cue(Act::Rapport).is_some() {
        found.add(SpokenAct::bare(Act::Rapport), span, FROM_CUE);
    }
}

/// A plain statement about something, in which no cue was found: an argument, for us or for the thing, but not surely.
fn by_shape(lexicon: &Lexicon, clauses: &[Clause], found: &mut Found) {
    let told = clauses
        .iter()
        .find(|c| !c.asks && !c.is_tag && !lexicon.topics_in(c.words).is_empty());
    let ours = clauses
        .iter()
        .find(|c| !c.asks && lexicon.ours.is_match(c.words));
    let Some(clause) = ours.or(told) else { return };
    if lexicon.negated(clause.words, clause.words.len()) {
        return;
    }
    let act = if ours.is_some() {
        Act::VendorCase
    } else {
        Act::CategoryCase
    };
    found.add(
        SpokenAct::new(act, lexicon.topics_in(clause.words)),
        clause.span.clone(),
        FROM_SHAPE,
    );
}

/// Adds the attributes an act carries.
fn dressed(lexicon: &Lexicon, act: Act, topics: TopicSet, words: &str) -> SpokenAct {
    let spoken = SpokenAct::new(act, topics);
    match act {
        Act::Proof | Act::Quantify | Act::Derisk => {
            let ours = act != Act::Quantify && (act == Act::Derisk || lexicon.ours.is_match(words));
            spoken.scoped(if ours { Scope::Vendor } else { Scope::Category })
        }
        Act::ProposeNext => {
            let step = match (
                lexicon.decision.is_match(words),
                lexicon.pilot.is_match(words),
            ) {
                (true, _) => Step::Decision,
                (false, true) => Step::Pilot,
                (false, false) => Step::Small,
            };
            let specific = lexicon.specific.is_match(words) && !lexicon.vague.is_match(words);
            if specific || step == Step::Decision {
                spoken.step(step)
            } else {
                spoken
            }
        }
        Act::Discount | Act::PriceInfo => SpokenAct::new(act, topics.with(Topic::Price)),
        _ => spoken,
    }
}

/// What only the whole line tells.
fn settle(lexicon: &Lexicon, line: &str, found: &mut Found) {
    // A greeting in front of real work is politeness, not an act (rule 7), unless it is a sentence of its own.
    if found.acts.len() > 1 && found.has(Act::Rapport) && !lexicon.ends_sentence_first(line) {
        found.drop(Act::Rapport);
    }
    if found.has(Act::Bypass) {
        found.drop(Act::AskAccess);
    }
    // A figure inside a price or a discount is no measured effect.
    if found.has(Act::Discount) || found.has(Act::PriceInfo) {
        found.drop(Act::Quantify);
    }
    // A question about what he just said that also names a fact question is the sharper of the two.
    if found
        .acts
        .iter()
        .any(|a| a.spoken.act != Act::AskSituation && a.spoken.act != Act::Acknowledge)
    {
        found
            .acts
            .retain(|a| a.spoken.act != Act::AskSituation || a.confidence >= UNSURE);
    }
}

#[cfg(test)]
mod tests;
