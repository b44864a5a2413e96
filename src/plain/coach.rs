//! What helps the trainee beside the deal: hints, the map, the rule for the next deal.

use std::io::{self, BufRead, Write};

use super::Plain;
use crate::codebook::Topic;
use crate::locale::{coach, tr};
use crate::session::help;
use crate::session::{Entry, Guess, Power};
use crate::text::{Language, harmless};

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// The next step of the hint, or why there is none.
    pub(super) fn hint(&mut self) -> io::Result<()> {
        let step = match help::next(&self.session) {
            Ok(step) => step,
            Err(why) => return self.tell(coach::no_hint(why)),
        };
        if self.put(Entry::Hint(step))?
            && let Some(words) = coach::hints(&self.session, self.language).pop()
        {
            self.tell_with("plain.hint_is", &[("words", &words)])?;
        }
        Ok(())
    }

    /// `NAME WORRY POWER STANCE`, each by its name in either language or its identifier, `-` where it is left open.
    pub(super) fn put_on_map(&mut self, rest: &str) -> io::Result<()> {
        let mut words = rest.split_whitespace();
        let person = words.next().and_then(|name| self.find(name));
        let [concern, power, stance] = [words.next(), words.next(), words.next()];
        let (Some(person), Ok(concern), Ok(power), Ok(stance)) = (
            person,
            named(concern, Topic::ALL, |t, w| {
                is_called(t.id(), |l| t.name(l), w)
            }),
            named(power, Power::ALL, |p, w| {
                is_called(p.id(), |l| p.name(l), w)
            }),
            named(stance, &[0, 1, 2, 3, 4], |&s: &u8, w| {
                is_called(&s.to_string(), |l| tr(l, coach::stance_key(s)), w)
            }),
        ) else {
            return self.tell("plain.map_usage");
        };
        let guess = Guess {
            concern,
            power,
            stance,
        };
        if self.put(Entry::Map(person, guess))? {
            self.tell("plain.map_kept")?;
        }
        Ok(())
    }

    /// The map, what counts, the rule from last time and the one for next time.
    pub(super) fn after_debrief(&mut self) -> io::Result<()> {
        if let Some(words) = coach::counts(&self.session, self.language) {
            self.say(&words)?;
        }
        let map = coach::map(&self.session, self.language);
        if !map.is_empty() {
            self.tell("plain.map_title")?;
        }
        for (_, lead, words) in map {
            self.say(&format!("{lead}{}", harmless(&words)))?;
        }
        self.tell("plain.review_hint")?;
        if let Some(rule) = self.session.header.past.rule.clone()
            && self.session.rule_kept().is_none()
        {
            self.tell_with("plain.rule_last", &[("rule", &harmless(&rule))])?;
            self.tell("plain.rule_score")?;
            match self.number(3)? {
                Some(Some(n)) => {
                    self.put(Entry::RuleKept(n as u8 + 1))?;
                }
                Some(None) => {}
                None => return Ok(()),
            }
        }
        if self.session.rule().is_none() {
            self.tell("plain.rule_ask")?;
            if let Some(words) = self.ask()?.filter(|w| !w.is_empty()) {
                self.put(Entry::Rule(words))?;
            }
        }
        Ok(())
    }
}

fn is_called(id: &str, name: impl Fn(Language) -> &'static str, word: &str) -> bool {
    let lower = word.to_lowercase();
    let in_words = |l: &Language| name(*l).replace(' ', "_").to_lowercase() == lower;
    id == lower || Language::ALL.iter().any(in_words)
}

/// The value a word names; `-` and nothing leave it open.
fn named<T: Copy>(
    word: Option<&str>,
    all: &[T],
    is: impl Fn(&T, &str) -> bool,
) -> Result<Option<T>, ()> {
    match word {
        None | Some("-") => Ok(None),
        Some(word) => all
            .iter()
            .find(|t| is(t, word))
            .copied()
            .map(Some)
            .ok_or(()),
    }
}
