//! A line of the trainee → what it does.
//!
//! Pure and total: any UTF-8 gives a reading, the same line in the same situation always the same one. A linear model
//! over n-grams and hand-written cues, trained in this repository ([`train`]), gives scores for the line and for each of its
//! sentences; `decide` turns them into acts. Nothing here knows a mood, a case or a score. How the corpus, the cues and
//! the model were made and measured: `assets/reader/README.md`.

mod cues;
mod decide;
mod features;
mod figures;
mod model;
pub mod score;
mod token;
pub mod train;

use std::ops::Range;

use crate::codebook::Reading;
use crate::text::Language;
use cues::{Group, Hit};
use features::{Heard, features, heard};
pub use figures::{Figure, figures};
use model::{Model, Scores};
use token::{Token, sentences, tokens};

/// An act with a confidence below this is shown as unsure: of those above, 95 of 100 were right on lines not trained on.
pub const UNSURE: f32 = 0.95;

/// What was going on when the line was said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The client's last words, in any language; empty at the start.
    pub client_said: &'a str,
    /// The identifier of the client's role, as in scenario files; empty where it is not known.
    pub to_role: &'a str,
    /// The language of the line; `None` to tell from its script.
    pub language: Option<Language>,
}

/// Reads lines in both languages. Cheap to make; holds nothing that a line changes.
#[derive(Debug)]
pub struct Reader {
    zh: Model,
    en: Model,
}

impl Reader {
    /// The reader this program ships with.
    pub fn shipped() -> Reader {
        Reader {
            zh: Model::shipped(Language::Zh),
            en: Model::shipped(Language::En),
        }
    }

    /// What the line was understood as. Never fails; a line that does nothing has no acts.
    pub fn read(&self, line: &str, context: &Context) -> Reading {
        let language = context.language.unwrap_or_else(|| Language::of_line(line));
        let model = match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        let words = tokens(line);
        if words.iter().all(Token::is_mark) {
            return Reading { acts: Vec::new() };
        }
        let heard = heard(
            &tokens(context.client_said),
            context.to_role,
            model.cues(),
            language,
        );
        let line = Line {
            hits: model.cues().all_hits(&words),
            tokens: words,
            heard,
            language,
        };
        decide::decide(model, &line)
    }
}

/// A line made ready for the model.
struct Line {
    tokens: Vec<Token>,
    hits: [Vec<Hit>; Group::COUNT],
    heard: Heard,
    language: Language,
}

impl Line {
    /// The scores of a stretch of it.
    fn scores(&self, model: &Model, part: Range<usize>) -> Scores {
        let part = features(&self.tokens, part, &self.hits, &self.heard, self.language);
        model.scores(&part)
    }

    fn whole(&self) -> Range<usize> {
        0..self.tokens.len()
    }
}

/// Joins the scores of a line with those of its sentences. A line of several sentences does several things: what one
/// sentence says clearly must not drown in the others.
fn joined(whole: &Scores, sentences: &[Scores]) -> Scores {
    if sentences.len() < 2 {
        return *whole;
    }
    std::array::from_fn(|label| {
        let clearest = sentences.iter().map(|s| s[label]).fold(f32::MIN, f32::max);
        f32::midpoint(whole[label], clearest)
    })
}

#[cfg(test)]
mod tests;
