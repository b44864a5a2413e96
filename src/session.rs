//! A deal being played: inputs go in, the simulation steps, the client's words come out.
//!
//! The log is the truth: a session is the fold of its entries, so rebuilding one from its log gives the same
//! state, the same replies and the same score. Nothing here reads a file or a clock.

pub mod facts;
pub mod help;
pub mod map;
pub mod offer;
pub mod voice;

use std::sync::Arc;

use crate::codebook::{ReadAct, SpokenAct};
use crate::scenario::pack::Packs;
use crate::scenario::{Case, PersonId};
use crate::sim::{self, Event, Incident, Input, Model, Refusal, State};
use crate::text::{Language, Text};
pub use map::{Guess, Power};

/// Lines over this many characters are long: only their first acts are taken in.
const LONG_CHARACTERS: usize = 120;
/// Or over this many words, in languages that have them.
const LONG_WORDS: usize = 60;

/// How the trainee speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Chooses among lines.
    Guided,
    /// Types.
    Free,
}

impl Mode {
    /// The identifier used in logs.
    pub fn id(self) -> &'static str {
        match self {
            Mode::Guided => "guided",
            Mode::Free => "free",
        }
    }

    /// Looks an identifier up.
    pub fn from_id(id: &str) -> Option<Mode> {
        [Mode::Guided, Mode::Free]
            .into_iter()
            .find(|m| m.id() == id)
    }
}

/// What a run depends on beside its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The scenario's identifier.
    pub scenario: String,
    /// Hash of the scenario file, so that a run replays against the text it was played with.
    pub content: String,
    /// Version of the model's magnitudes.
    pub model: u32,
    /// The seed of all chance.
    pub seed: u64,
    /// Language at the start; it changes wording alone.
    pub language: Language,
    /// How the trainee speaks.
    pub mode: Mode,
    /// Without hints and rewinding.
    pub exam: bool,
    /// When the deal was begun, in seconds since 1970.
    pub started: u64,
    /// What it starts out from beside the case.
    pub past: Past,
}

/// What a deal starts out from beside the case: earlier deals leave something behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// The deal it branches off from; its first entries are that deal's.
    pub branch: Option<Branch>,
    /// The rule the trainee set himself at the end of an earlier deal.
    pub rule: Option<String>,
    /// Deals won before without help: with every two of them help fades by a step.
    pub unaided_wins: u8,
}

/// Where a deal branches off from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The identifier of that deal's log.
    pub of: String,
    /// How many of its turns are taken over.
    pub turns: usize,
}

/// Whether a deal counts: only what was done in the first go and alone does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// It does.
    Yes,
    /// It branches off after so many turns of another.
    Branched(usize),
    /// So many hints were taken.
    Hinted(usize),
}

/// The two expectations of the preparation card, and the trainee's own ratings after the deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Nobody needs such a thing yet.
    NotNeeded,
    /// It is wanted, and the top picks the brand.
    DecidedAbove,
    /// It must be bought anyway.
    MustBuy,
}

impl Pattern {
    /// All patterns.
    pub const ALL: [Pattern; 3] = [Pattern::NotNeeded, Pattern::DecidedAbove, Pattern::MustBuy];

    /// The identifier used in logs.
    pub fn id(self) -> &'static str {
        match self {
            Pattern::NotNeeded => "not_needed",
            Pattern::DecidedAbove => "decided_above",
            Pattern::MustBuy => "must_buy",
        }
    }

    /// Looks an identifier up.
    pub fn from_id(id: &str) -> Option<Pattern> {
        Pattern::ALL.into_iter().find(|p| p.id() == id)
    }
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Went to see somebody.
    Visit(PersonId),
    /// Said something.
    Say {
        /// The words as typed or chosen.
        words: Text,
        /// What they were read as, evidence checked.
        acts: Vec<ReadAct>,
    },
    /// Took his leave.
    Leave,
    /// Did what was promised.
    Fulfil(u8),
    /// Let the week end.
    NextWeek,
    /// Gave up.
    Abandon,
    /// Filled in the preparation card: which pattern, and who decides (a person, or nobody he knows).
    Prepare(Pattern, Option<PersonId>),
    /// Wrote a note on somebody; replaces the one before.
    Note(PersonId, String),
    /// Rated himself, 1–4: needs, order of argument, way to the top.
    Rate([u8; 3]),
    /// Took a hint: 1 which gate · 2 which act · 3 an example line.
    Hint(u8),
    /// Put somebody on his map; replaces what stood there.
    Map(PersonId, Guess),
    /// Set himself a rule for the next deal: if …, then ….
    Rule(String),
    /// Scored himself on the rule from the last deal: 1 not kept · 2 partly · 3 kept.
    RuleKept(u8),
    /// The trainer let something happen from outside.
    Befall(Incident),
}

/// A client's or trainee's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Who; `None` for the trainee.
    pub by: Option<PersonId>,
    /// In both languages; a typed line stands the same in both.
    pub words: Text,
}

/// One entry with what it made happen.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// What was put in.
    pub entry: Entry,
    /// What happened.
    pub events: Vec<Event>,
    /// What was said, the trainee first.
    pub said: Vec<Said>,
}

/// The things every session of a case shares.
#[derive(Debug, Clone)]
pub struct World {
    /// The case.
    pub case: Arc<Case>,
    /// The packs.
    pub packs: Arc<Packs>,
    /// The magnitudes.
    pub model: Arc<Model>,
}

/// A deal at one moment, with all that led to it.
#[derive(Debug, Clone)]
pub struct Session {
    /// Case, packs and magnitudes.
    pub world: World,
    /// What the run depends on.
    pub header: Header,
    /// State now.
    pub state: State,
    /// What the seed dealt.
    pub dealt: Vec<Event>,
    /// Everything so far.
    pub turns: Vec<Turn>,
    voice: voice::Voice,
}

impl Session {
    /// Deals a new deal.
    pub fn new(world: World, header: Header) -> Session {
        let mut dealt = Vec::new();
        let state = sim::begin(&world.case, &world.model, header.seed, &mut dealt);
        let voice = voice::Voice::new(header.seed);
        Session {
            world,
            header,
            state,
            dealt,
            turns: Vec::new(),
            voice,
        }
    }

    /// Rebuilds a deal from its log. Entries the simulation refuses end the replay; how many were taken is
    /// seen from [`Session::turns`].
    pub fn replay(
        world: World,
        header: Header,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Session {
        let mut session = Session::new(world, header);
        for entry in entries {
            if session.apply(entry).is_err() {
                break;
            }
        }
        session
    }

    /// Whether an entry is possible now. A face asks this, writes the entry to disk, and then applies it.
    ///
    /// # Errors
    /// The reason why it is not.
    pub fn check(&self, entry: &Entry) -> Result<(), Refusal> {
        let mut spoken = Vec::new();
        let Some(input) = self.input(entry, &mut spoken) else {
            return Ok(());
        };
        sim::step(
            &self.world.case,
            &self.world.model,
            &mut self.state.clone(),
            input,
            &mut Vec::new(),
        )
    }

    /// Takes an entry: what happened and what was said is the last of [`Session::turns`].
    ///
    /// # Errors
    /// Where it is not possible now; then nothing has changed.
    pub fn apply(&mut self, entry: Entry) -> Result<&Turn, Refusal> {
        let mut spoken = Vec::new();
        let mut events = Vec::new();
        if let Some(input) = self.input(&entry, &mut spoken) {
            let World { case, model, .. } = &self.world;
            let mut state = self.state.clone();
            sim::step(case, model, &mut state, input, &mut events)?;
            self.state = state;
        }
        let mut said = Vec::new();
        let mut heard = Text::default();
        if let Entry::Say { words, .. } = &entry {
            said.push(Said {
                by: None,
                words: words.clone(),
            });
            heard = words.clone();
        }
        self.voice
            .speak(&self.world, &self.state, &events, &heard, &mut said);
        self.turns.push(Turn {
            entry,
            events,
            said,
        });
        Ok(&self.turns[self.turns.len() - 1])
    }

    /// Puts the deal where an author wants to look at it: events that no entry led to. They are kept with the last turn,
    /// so that the state stays the fold of all events; a log of such a deal does not exist.
    pub fn stage(&mut self, events: &[Event]) {
        for event in events {
            self.state.apply(event);
        }
        let last = self.turns.last_mut().map(|t| &mut t.events);
        last.unwrap_or(&mut self.dealt).extend(events);
    }

    /// All events from the deal on, in order.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.dealt
            .iter()
            .chain(self.turns.iter().flat_map(|t| &t.events))
    }

    /// The trainee's note on a person.
    pub fn note(&self, person: PersonId) -> &str {
        let notes = self.turns.iter().rev().filter_map(|t| match &t.entry {
            Entry::Note(p, words) if *p == person => Some(words.as_str()),
            _ => None,
        });
        notes.into_iter().next().unwrap_or("")
    }

    /// The preparation card, once it is filled in.
    pub fn prepared(&self) -> Option<(Pattern, Option<PersonId>)> {
        self.turns.iter().find_map(|t| match t.entry {
            Entry::Prepare(pattern, who) => Some((pattern, who)),
            _ => None,
        })
    }

    /// The trainee's own ratings, once given.
    pub fn rated(&self) -> Option<[u8; 3]> {
        self.turns.iter().find_map(|t| match t.entry {
            Entry::Rate(levels) => Some(levels),
            _ => None,
        })
    }

    /// What the trainee put on his map about a person, and in which turn.
    pub fn guess(&self, person: PersonId) -> Option<(usize, Guess)> {
        let turns = self.turns.iter().enumerate().rev();
        turns.into_iter().find_map(|(i, t)| match t.entry {
            Entry::Map(who, guess) if who == person => Some((i, guess)),
            _ => None,
        })
    }

    /// The rule he set himself at the end of this deal; the last one holds.
    pub fn rule(&self) -> Option<&str> {
        self.turns.iter().rev().find_map(|t| match &t.entry {
            Entry::Rule(words) => Some(words.as_str()),
            _ => None,
        })
    }

    /// How he scored himself on the rule he came with.
    pub fn rule_kept(&self) -> Option<u8> {
        self.turns.iter().rev().find_map(|t| match t.entry {
            Entry::RuleKept(n) => Some(n),
            _ => None,
        })
    }

    /// Whether the deal counts for the trainee's progress.
    pub fn counts(&self) -> Counts {
        if let Some(branch) = &self.header.past.branch {
            return Counts::Branched(branch.turns);
        }
        let hints = self
            .turns
            .iter()
            .filter(|t| matches!(t.entry, Entry::Hint(_)));
        match hints.count() {
            0 => Counts::Yes,
            hints => Counts::Hinted(hints),
        }
    }

    /// Whether the trainee has said exactly this before in the deal.
    pub fn has_said(&self, line: &Text) -> bool {
        self.turns
            .iter()
            .any(|t| matches!(&t.entry, Entry::Say { words, .. } if words == line))
    }

    /// The client's last words in the visit that is on, for the reader and the face.
    pub fn last_heard(&self) -> Option<&Said> {
        self.state.visit?;
        self.turns
            .iter()
            .rev()
            .flat_map(|t| t.said.iter().rev())
            .find(|s| s.by.is_some())
    }

    /// An entry as the simulation takes it; `None` for what only the log keeps.
    pub(crate) fn input<'a>(
        &self,
        entry: &Entry,
        spoken: &'a mut Vec<SpokenAct>,
    ) -> Option<Input<'a>> {
        Some(match entry {
            Entry::Visit(person) => Input::Visit(*person),
            Entry::Say { words, acts } => {
                spoken.extend(acts.iter().map(|a| a.spoken));
                Input::Say {
                    acts: spoken,
                    long: is_long(&words.zh),
                    named: facts::mentions(&self.world.case, words),
                }
            }
            Entry::Leave => Input::Leave,
            Entry::Fulfil(promise) => Input::Fulfil(*promise),
            Entry::NextWeek => Input::NextWeek,
            Entry::Abandon => Input::Abandon,
            Entry::Befall(incident) => Input::Befall(*incident),
            Entry::Prepare(..)
            | Entry::Note(..)
            | Entry::Rate(..)
            | Entry::Hint(_)
            | Entry::Map(..)
            | Entry::Rule(_)
            | Entry::RuleKept(_) => return None,
        })
    }
}

fn is_long(words: &str) -> bool {
    words.chars().count() > LONG_CHARACTERS && Language::of_line(words) == Language::Zh
        || words.split_whitespace().count() > LONG_WORDS
}
