//! Line mode: the same session on standard input and output, roles spelled out, no escape codes.
//!
//! For screen readers, for pipes, and for whoever likes it. Commands begin with a slash and work in either language;
//! everything else typed in a visit is said to the client.

mod coach;
mod command;
mod debrief;

use std::io::{self, BufRead, Write};

use crate::codebook::Reading;
use crate::locale::reading::summary;
use crate::locale::{tr, tr_with};
use crate::reader::Reader;
use crate::scenario::PersonId;
use crate::session::offer::{Offer, offers};
use crate::session::{Entry, Mode, Pattern, Session, facts};
use crate::sim::{Event, PromiseKind, Refusal};
use crate::text::{Language, Text, harmless};
use command::Command;

/// Puts an entry on disk; the message says why it could not.
pub type Append<'a> = &'a mut dyn FnMut(&Entry) -> Result<(), String>;

/// One sitting.
pub struct Plain<'a, R, W> {
    session: Session,
    append: Append<'a>,
    reader: &'a Reader,
    input: R,
    out: W,
    language: Language,
    mode: Mode,
    offered: Vec<Offer>,
}

/// Why a sitting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The deal is over and was talked over.
    Over,
    /// The user left; the deal can be resumed.
    Left,
}

impl<'a, R: BufRead, W: Write> Plain<'a, R, W> {
    /// A sitting over `session`.
    pub fn new(
        session: Session,
        append: Append<'a>,
        reader: &'a Reader,
        input: R,
        out: W,
        language: Language,
    ) -> Self {
        let mode = session.header.mode;
        Plain {
            session,
            append,
            reader,
            input,
            out,
            language,
            mode,
            offered: Vec::new(),
        }
    }

    /// Runs until the deal is over, the user leaves, or the input ends.
    ///
    /// # Errors
    /// Where standard output cannot be written any more.
    pub fn run(mut self) -> io::Result<Ended> {
        self.brief()?;
        if self.session.prepared().is_none() && self.session.turns.is_empty() && !self.prepare()? {
            return Ok(Ended::Left);
        }
        self.situation()?;
        while self.session.state.outcome.is_none() {
            let Some(line) = self.ask()? else {
                return Ok(Ended::Left);
            };
            if line.is_empty() {
                continue;
            }
            if !self.obey(&line)? {
                return Ok(Ended::Left);
            }
        }
        self.rate()?;
        let report = crate::score::report(&self.session);
        debrief::print(&mut self.out, &self.session, &report, self.language)?;
        self.after_debrief()?;
        Ok(Ended::Over)
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "{words}")
    }

    fn tell(&mut self, key: &'static str) -> io::Result<()> {
        self.say(tr(self.language, key))
    }

    fn tell_with(&mut self, key: &'static str, slots: &[(&str, &str)]) -> io::Result<()> {
        let words = tr_with(self.language, key, slots);
        self.say(&words)
    }

    fn words<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.language)
    }

    /// One line of input, without control characters; `None` at the end of input.
    fn ask(&mut self) -> io::Result<Option<String>> {
        write!(self.out, "> ")?;
        self.out.flush()?;
        let mut line = Vec::new();
        // Bytes, not a string: a stray byte in a pipe must not end the deal.
        if self.input.read_until(b'\n', &mut line)? == 0 {
            writeln!(self.out)?;
            return Ok(None);
        }
        Ok(Some(harmless(String::from_utf8_lossy(&line).trim())))
    }

    fn brief(&mut self) -> io::Result<()> {
        let case = self.session.world.case.clone();
        self.say(&format!("== {} ==", self.words(&case.title)))?;
        let brief = self.words(&case.brief).to_owned();
        self.say(&brief)?;
        if let Some(rule) = self.session.header.past.rule.clone() {
            self.tell_with("plain.rule_last", &[("rule", &harmless(&rule))])?;
        }
        self.tell("plain.help_hint")
    }

    fn prepare(&mut self) -> io::Result<bool> {
        self.tell("plain.prepare_pattern")?;
        for (i, pattern) in Pattern::ALL.into_iter().enumerate() {
            self.say(&format!(
                "  {}. {}",
                i + 1,
                pattern_words(pattern, self.language)
            ))?;
        }
        let Some(pattern) = self.number(Pattern::ALL.len())? else {
            return Ok(false);
        };
        let Some(pattern) = pattern.map(|n| Pattern::ALL[n]) else {
            return Ok(true);
        };
        self.tell("plain.prepare_who")?;
        let known: Vec<PersonId> = self.people();
        for (i, &id) in known.iter().enumerate() {
            let person = self.session.world.case.person(id).clone();
            self.say(&format!(
                "  {}. {} ({})",
                i + 1,
                self.words(&person.call),
                self.words(&person.title)
            ))?;
        }
        self.say(&format!(
            "  {}. {}",
            known.len() + 1,
            tr(self.language, "plain.somebody_else")
        ))?;
        let Some(who) = self.number(known.len() + 1)? else {
            return Ok(false);
        };
        let who = who.and_then(|n| known.get(n).copied());
        self.put(Entry::Prepare(pattern, who))?;
        Ok(true)
    }

    /// A choice 1–`n`, counted from 0; the inner `None` is an empty line, the outer the end of input.
    fn number(&mut self, n: usize) -> io::Result<Option<Option<usize>>> {
        loop {
            let Some(line) = self.ask()? else {
                return Ok(None);
            };
            if line.is_empty() {
                return Ok(Some(None));
            }
            match line.parse::<usize>() {
                Ok(choice) if (1..=n).contains(&choice) => return Ok(Some(Some(choice - 1))),
                _ => self.tell_with("plain.pick_number", &[("n", &n.to_string())])?,
            }
        }
    }

    fn people(&self) -> Vec<PersonId> {
        let state = &self.session.state;
        state
            .everybody()
            .filter(|&id| state.person(id).named)
            .collect()
    }

    fn situation(&mut self) -> io::Result<()> {
        if let Some(visit) = self.session.state.visit {
            let call = self
                .words(&self.session.world.case.person(visit.person).call)
                .to_owned();
            self.tell_with("plain.in_visit", &[("who", &call)])?;
            if let Some(said) = self.session.last_heard() {
                let words = format!("{}: {}", call, said.words.get(self.language));
                self.say(&words)?;
            }
            return self.offer();
        }
        self.desk()
    }

    fn desk(&mut self) -> io::Result<()> {
        let case = self.session.world.case.clone();
        let state = &self.session.state;
        let left = case
            .visits_per_week
            .saturating_sub(state.visits_used)
            .to_string();
        let (week, weeks) = (state.week.to_string(), case.weeks.to_string());
        self.tell_with(
            "plain.desk",
            &[("week", &week), ("weeks", &weeks), ("left", &left)],
        )?;
        for (i, id) in self.people().into_iter().enumerate() {
            let person = case.person(id);
            let note = self.session.note(id);
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(" [{}]", harmless(note))
            };
            let last =
                self.session.state.last_end[id as usize].map_or("", |end| end.name(self.language));
            let last = if last.is_empty() {
                String::new()
            } else {
                format!(" — {last}")
            };
            self.say(&format!(
                "  {}. {} ({}){last}{note}",
                i + 1,
                self.words(&person.call),
                self.words(&person.title)
            ))?;
        }
        let promises: Vec<(u8, crate::sim::state::Promise)> =
            self.session.state.open_promises().collect();
        for (number, promise) in promises {
            let who = self.words(&case.person(promise.person).call).to_owned();
            let due = promise.due.to_string();
            let key = if promise.kind == PromiseKind::Page {
                "plain.promise_own"
            } else {
                "plain.promise_theirs"
            };
            let slots = [
                ("n", &*(number + 1).to_string()),
                ("what", promise.kind.name(self.language)),
                ("who", &*who),
                ("due", &*due),
            ];
            self.tell_with(key, &slots)?;
        }
        let occasions: Vec<Text> = case
            .occasions
            .iter()
            .filter(|o| o.week == self.session.state.week)
            .map(|o| o.text.clone())
            .collect();
        for text in occasions {
            let words = self.words(&text).to_owned();
            self.tell_with("plain.occasion", &[("what", &words)])?;
        }
        Ok(())
    }

    fn offer(&mut self) -> io::Result<()> {
        if self.mode != Mode::Guided || self.session.state.visit.is_none() {
            return Ok(());
        }
        self.offered = offers(&self.session);
        for i in 0..self.offered.len() {
            let line = format!("  {}. {}", i + 1, self.offered[i].words.get(self.language));
            self.say(&line)?;
        }
        Ok(())
    }

    /// Does what a line says; `false` when the user leaves.
    fn obey(&mut self, line: &str) -> io::Result<bool> {
        let in_visit = self.session.state.visit.is_some();
        match Command::parse(line) {
            Some(Command::Quit) => {
                self.tell("plain.left")?;
                return Ok(false);
            }
            Some(Command::Help) => self.tell("plain.help")?,
            Some(Command::Facts) => self.facts()?,
            Some(Command::People) => self.desk()?,
            Some(Command::Language) => {
                self.language = self.language.other();
                self.situation()?;
            }
            Some(Command::Mode) => {
                self.mode = if self.mode == Mode::Guided {
                    Mode::Free
                } else {
                    Mode::Guided
                };
                self.tell(if self.mode == Mode::Guided {
                    "plain.now_guided"
                } else {
                    "plain.now_free"
                })?;
                self.offer()?;
            }
            Some(Command::Visit(name)) => match self.find(name) {
                Some(person) => self.act(Entry::Visit(person))?,
                None => self.tell_with("plain.nobody", &[("name", name)])?,
            },
            Some(Command::Note(rest)) => {
                let (name, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                match self.find(name) {
                    Some(person) => {
                        self.put(Entry::Note(person, words.trim().to_owned()))?;
                        self.tell("plain.noted")?;
                    }
                    None => self.tell_with("plain.nobody", &[("name", name)])?,
                }
            }
            Some(Command::Map(rest)) => self.put_on_map(rest)?,
            Some(Command::Hint) => self.hint()?,
            Some(Command::Fulfil(number)) => match number
                .trim()
                .parse::<u8>()
                .ok()
                .and_then(|n| n.checked_sub(1))
            {
                Some(number) => self.act(Entry::Fulfil(number))?,
                None => self.tell("plain.which_promise")?,
            },
            Some(Command::Leave) => self.act(Entry::Leave)?,
            Some(Command::Week) => self.act(Entry::NextWeek)?,
            Some(Command::GiveUp) => {
                self.tell("plain.give_up_sure")?;
                if self.ask()?.is_some_and(|answer| {
                    matches!(answer.to_lowercase().as_str(), "y" | "yes" | "是" | "对")
                }) {
                    self.act(Entry::Abandon)?;
                }
            }
            Some(Command::Unknown(word)) => self.tell_with("plain.unknown", &[("word", word)])?,
            None if in_visit => self.speak(line)?,
            None => match self.find(line) {
                Some(person) => self.act(Entry::Visit(person))?,
                None => self.tell("plain.at_desk")?,
            },
        }
        Ok(true)
    }

    /// A person by number on the desk, identifier, or how he is called, in either language.
    fn find(&self, name: &str) -> Option<PersonId> {
        let name = name.trim();
        let people = self.people();
        if let Ok(number) = name.parse::<usize>() {
            return people.get(number.checked_sub(1)?).copied();
        }
        let lower = name.to_lowercase();
        let same = |text: &Text| text.zh == name || text.en.to_lowercase() == lower;
        people.into_iter().find(|&id| {
            let person = self.session.world.case.person(id);
            person.id == lower || same(&person.call) || same(&person.name)
        })
    }

    fn speak(&mut self, line: &str) -> io::Result<()> {
        if self.mode == Mode::Guided
            && let Some(offer) = line
                .parse::<usize>()
                .ok()
                .and_then(|n| self.offered.get(n.wrapping_sub(1)))
                .cloned()
        {
            let acts = offer
                .acts
                .iter()
                .map(|&spoken| crate::codebook::ReadAct {
                    spoken,
                    span: 0..0,
                    confidence: 1.0,
                })
                .collect();
            return self.act(Entry::Say {
                words: offer.words,
                acts,
            });
        }
        let acts = facts::read(&self.session, self.reader, line);
        self.act(Entry::Say {
            words: Text::same(line),
            acts,
        })
    }

    /// Writes an entry, applies it and tells what came of it.
    fn act(&mut self, entry: Entry) -> io::Result<()> {
        let before = (self.session.state.week, self.session.state.visit.is_some());
        if !self.put(entry)? {
            return Ok(());
        }
        let Some(turn) = self.session.turns.last().cloned() else {
            return Ok(());
        };
        let case = self.session.world.case.clone();
        for said in &turn.said {
            let words = said.words.get(self.language);
            match said.by {
                Some(id) => self.say(&format!(
                    "{}: {words}",
                    case.person(id).call.get(self.language)
                ))?,
                None => self.say(&format!("{}: {words}", tr(self.language, "plain.you")))?,
            }
            if let (None, Entry::Say { acts, .. }) = (said.by, &turn.entry) {
                let reading = Reading { acts: acts.clone() };
                let read_as = summary(&reading, self.language);
                self.tell_with("plain.understood", &[("acts", &read_as)])?;
            }
        }
        for event in &turn.events {
            match event {
                Event::NotMet { person } => {
                    let who = case.person(*person).call.get(self.language).to_owned();
                    self.tell_with("plain.not_met", &[("who", &who)])?;
                }
                Event::VisitEnded { end, .. } => {
                    self.tell_with("plain.visit_ended", &[("end", end.name(self.language))])?
                }
                Event::Kept { promise } => self.promise_over("plain.kept", *promise)?,
                Event::Broken { promise } => self.promise_over("plain.broken", *promise)?,
                _ => {}
            }
        }
        let after = (self.session.state.week, self.session.state.visit.is_some());
        match after {
            _ if self.session.state.outcome.is_some() => Ok(()),
            (_, true) => self.offer(),
            _ if after != before || matches!(turn.entry, Entry::Visit(_)) => self.desk(),
            _ => Ok(()),
        }
    }

    /// What became of the trainee's own promise; what clients did with theirs he has to find out by asking.
    fn promise_over(&mut self, key: &'static str, number: u8) -> io::Result<()> {
        let promise = self.session.state.promises[usize::from(number)];
        let Some(promise) = promise.filter(|p| p.kind == PromiseKind::Page) else {
            return Ok(());
        };
        let case = self.session.world.case.clone();
        let who = self.words(&case.person(promise.person).call);
        let slots = [("who", who), ("what", promise.kind.name(self.language))];
        self.tell_with(key, &slots)
    }

    /// Checks, puts on disk, applies; says why not. Nothing typed is lost: what could not be written is shown again.
    fn put(&mut self, entry: Entry) -> io::Result<bool> {
        if let Err(refusal) = self.session.check(&entry) {
            self.tell(refusal_key(refusal))?;
            return Ok(false);
        }
        if let Err(message) = (self.append)(&entry) {
            self.say(&message)?;
            if let Entry::Say { words, .. } = &entry {
                let words = words.get(self.language).to_owned();
                self.tell_with("plain.not_written", &[("words", &words)])?;
            }
            return Ok(false);
        }
        Ok(self.session.apply(entry).is_ok())
    }

    fn facts(&mut self) -> io::Result<()> {
        let case = self.session.world.case.clone();
        let ours = self.words(&case.ours).to_owned();
        self.say(&ours)?;
        for fact in &case.facts {
            self.say(&format!(
                "  - {}: {}",
                fact.kind.name(self.language),
                self.words(&fact.text)
            ))?;
        }
        Ok(())
    }

    fn rate(&mut self) -> io::Result<()> {
        if self.session.rated().is_some() {
            return Ok(());
        }
        self.tell("plain.rate")?;
        let mut levels = [0u8; 3];
        for (level, key) in
            levels
                .iter_mut()
                .zip(["plain.rate_needs", "plain.rate_order", "plain.rate_top"])
        {
            self.tell(key)?;
            match self.number(4)? {
                Some(Some(n)) => *level = n as u8 + 1,
                _ => return Ok(()),
            }
        }
        self.put(Entry::Rate(levels)).map(|_| ())
    }
}

fn pattern_words(pattern: Pattern, language: Language) -> &'static str {
    tr(
        language,
        match pattern {
            Pattern::NotNeeded => "plain.pattern_not_needed",
            Pattern::DecidedAbove => "plain.pattern_decided_above",
            Pattern::MustBuy => "plain.pattern_must_buy",
        },
    )
}

fn refusal_key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Over => "plain.refused_over",
        Refusal::InVisit => "plain.refused_in_visit",
        Refusal::NotInVisit => "plain.refused_not_in_visit",
        Refusal::NoVisitsLeft => "plain.refused_no_visits",
        Refusal::Unknown => "plain.refused_unknown",
        Refusal::NoTasksLeft => "plain.refused_no_tasks",
        Refusal::NoPromise => "plain.refused_no_promise",
    }
}
