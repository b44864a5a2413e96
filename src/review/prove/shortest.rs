//! A short winning run, written out.
//!
//! The shortest orders of the strong player (of the average one where he wins none) are made shorter by leaving inputs and acts out while the run still wins on its
//! seed (delta debugging). The result is the shortest **found**; a shorter one may exist.

use crate::codebook::{Evidence, SpokenAct};
use crate::review::players::{Player, play};
use crate::review::prove::Bench;
use crate::review::prove::rescue::input;
use crate::review::prove::share::share;
use crate::scenario::{Case, PersonId};
use crate::session::{Entry, Header, Mode, Said, Session, World};
use crate::sim::{self, Outcome};
use crate::text::{Language, Text};

/// Progress steps of this part.
pub(super) const PARTS: u32 = 1;

/// A run that ends in an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Winning {
    /// Its seed.
    pub seed: u64,
    /// What to put in, words included: replayed on the seed, it ends in an order.
    pub entries: Vec<Entry>,
    /// Weeks it takes.
    pub weeks: u8,
    /// Turns of talk.
    pub turns: u16,
    /// What was done and said.
    pub transcript: Vec<Passage>,
}

/// One passage of a transcript.
#[derive(Debug, Clone, PartialEq)]
pub enum Passage {
    /// A week began.
    Week(u8),
    /// Sat with somebody (`true`), or did not find him.
    Visit(PersonId, bool),
    /// Somebody said something.
    Said(Said),
    /// A promise to somebody was kept at the desk.
    Kept(PersonId),
    /// Took leave.
    Leave,
}

/// Shortens the shortest of the winning runs.
pub(super) fn find(world: &World, winners: &[(Player, u64)], bench: &mut Bench) -> Option<Winning> {
    if bench.stopped {
        return None;
    }
    let runs = &winners[..winners.len().min(bench.budget.shortened.max(1))];
    let short = share(bench.budget.threads, runs, |&(player, seed)| {
        let played = play(&world.case, &world.model, seed, player);
        (seed, shorten(world, seed, played.entries))
    });
    let best = short
        .into_iter()
        .min_by_key(|(seed, entries)| (size(entries), *seed));
    bench.step();
    best.and_then(|(seed, entries)| write_out(world, seed, &entries))
}

/// Inputs first, then acts: a short run is one a trainer can read out.
fn size(entries: &[Entry]) -> (usize, usize) {
    let acts = entries.iter().map(|e| match e {
        Entry::Say { acts, .. } => acts.len(),
        _ => 0,
    });
    (entries.len(), acts.sum())
}

fn shorten(world: &World, seed: u64, mut entries: Vec<Entry>) -> Vec<Entry> {
    loop {
        let before = size(&entries);
        let mut chunk = (entries.len() / 2).max(1);
        while chunk >= 1 {
            let mut at = 0;
            while at < entries.len() {
                let mut tried = entries.clone();
                tried.drain(at..(at + chunk).min(entries.len()));
                match wins(world, seed, &tried) {
                    Some(length) => {
                        tried.truncate(length);
                        entries = tried;
                    }
                    None => at += if chunk > 3 { chunk } else { 1 },
                }
            }
            chunk /= 2;
        }
        for at in 0..entries.len() {
            drop_acts(world, seed, &mut entries, at);
        }
        if size(&entries) == before {
            return entries;
        }
    }
}

fn drop_acts(world: &World, seed: u64, entries: &mut [Entry], at: usize) {
    let mut nth = 0;
    loop {
        let Entry::Say { acts, words } = &entries[at] else {
            return;
        };
        if nth >= acts.len() || acts.len() == 1 {
            return;
        }
        let mut fewer = acts.clone();
        fewer.remove(nth);
        let shorter = Entry::Say {
            words: words.clone(),
            acts: fewer,
        };
        let whole = std::mem::replace(&mut entries[at], shorter);
        if wins(world, seed, entries) != Some(entries.len()) {
            entries[at] = whole;
            nth += 1;
        }
    }
}

/// After how many inputs these win; `None` where one of them is not possible, or none brings the order.
fn wins(world: &World, seed: u64, entries: &[Entry]) -> Option<usize> {
    let (case, model) = (&world.case, &world.model);
    let mut events = Vec::new();
    let mut state = sim::begin(case, model, seed, &mut events);
    let mut spoken = Vec::new();
    for (nth, entry) in entries.iter().enumerate() {
        events.clear();
        let taken = input(case.decision_maker, entry, &mut spoken)?;
        sim::step(case, model, &mut state, taken, &mut events).ok()?;
        match state.outcome {
            Some(Outcome::Order) => return Some(nth + 1),
            Some(_) => return None,
            None => {}
        }
    }
    None
}

/// Gives the run its words and writes down what is said; `None` where it does not end in an order as a session.
fn write_out(world: &World, seed: u64, entries: &[Entry]) -> Option<Winning> {
    let header = Header {
        scenario: world.case.id.clone(),
        content: String::new(),
        model: world.model.version,
        seed,
        language: Language::Zh,
        mode: Mode::Free,
        exam: false,
        started: 0,
        past: Default::default(),
    };
    let mut session = Session::new(world.clone(), header);
    let mut transcript = vec![Passage::Week(1)];
    for entry in entries {
        let entry = worded(world, &session, entry);
        let week = session.state.week;
        session.apply(entry.clone()).ok()?;
        let on = session.state.visit.map(|v| v.person);
        match &entry {
            Entry::Visit(person) => {
                transcript.push(Passage::Visit(*person, on == Some(*person)));
            }
            Entry::Leave => transcript.push(Passage::Leave),
            Entry::Fulfil(promise) => {
                let to = session.state.promises[*promise as usize].map_or(0, |p| p.person);
                transcript.push(Passage::Kept(to));
            }
            _ => {}
        }
        let said = session.turns.last().map_or(&[][..], |turn| &turn.said);
        transcript.extend(said.iter().cloned().map(Passage::Said));
        if session.state.week != week {
            transcript.push(Passage::Week(session.state.week));
        }
    }
    (session.state.outcome == Some(Outcome::Order)).then(|| Winning {
        seed,
        entries: session.turns.iter().map(|t| t.entry.clone()).collect(),
        weeks: session.state.week,
        turns: session.state.turns,
        transcript,
    })
}

/// The entry with words: the case's own for exactly these acts, else what each act is and is about. Words that would
/// make anything else happen (they name a colleague, or are too long) are not taken.
fn worded(world: &World, session: &Session, entry: &Entry) -> Entry {
    let Entry::Say { acts, .. } = entry else {
        return entry.clone();
    };
    let person = session.state.visit.map(|v| v.person);
    let spoken: Vec<SpokenAct> = acts.iter().map(|a| a.spoken).collect();
    let with = |words: Text| Entry::Say {
        words,
        acts: acts.clone(),
    };
    let mut events = Vec::new();
    let mut after = session.state.clone();
    let mut buffer = Vec::new();
    if let Some(input) = input(world.case.decision_maker, entry, &mut buffer) {
        // A refusal is met again, and reported, when the entry is applied.
        let _ = sim::step(&world.case, &world.model, &mut after, input, &mut events);
    }
    let whole = own_words(world, session, person, &spoken);
    let by_act = || {
        let parts = spoken.iter().map(|act| {
            own_words(world, session, person, std::slice::from_ref(act))
                .unwrap_or_else(|| described(&world.case, act))
        });
        joined(parts)
    };
    let bare = joined(spoken.iter().map(|act| described(&world.case, act)));
    let fits = |words: &Text| {
        let mut tried = session.clone();
        tried
            .apply(with(words.clone()))
            .is_ok_and(|turn| turn.events == events)
    };
    let words = whole
        .filter(fits)
        .or_else(|| Some(by_act()).filter(fits))
        .unwrap_or(bare);
    with(words)
}

fn own_words(
    world: &World,
    session: &Session,
    person: Option<PersonId>,
    acts: &[SpokenAct],
) -> Option<Text> {
    let same = |a: &SpokenAct, b: &SpokenAct| {
        (a.act, a.topics, a.step, a.evidence) == (b.act, b.topics, b.step, b.evidence)
    };
    let who = &world.case.person(world.case.decision_maker).call;
    let own = world.case.moves.iter();
    own.filter(|m| m.to.is_none() || m.to == person)
        .chain(&world.packs.moves)
        .filter(|m| m.acts.len() == acts.len())
        .filter(|m| m.acts.iter().zip(acts).all(|(a, b)| same(a, b)))
        .map(|m| Text {
            zh: m.text.zh.replace("{who}", &who.zh),
            en: m.text.en.replace("{who}", &who.en),
        })
        .find(|words| !session.has_said(words))
}

fn joined(parts: impl Iterator<Item = Text>) -> Text {
    let mut whole = Text::default();
    for part in parts {
        if !whole.en.is_empty() {
            whole.en.push(' ');
        }
        whole.zh.push_str(&part.zh);
        whole.en.push_str(&part.en);
    }
    whole
}

/// An act in brackets, for want of words: what it is, what it is about, and the fact it rests on.
pub fn described(case: &Case, act: &SpokenAct) -> Text {
    let about = |language: Language| {
        let mut words = act.act.name(language).to_owned();
        let (colon, comma) = match language {
            Language::Zh => ("：", "、"),
            Language::En => (": ", ", "),
        };
        let mut topics: Vec<&str> = act.topics.iter().map(|t| t.name(language)).collect();
        if let Some(step) = act.step {
            topics.push(step.id());
        }
        if !topics.is_empty() {
            words += colon;
            words += &topics.join(comma);
        }
        if let Evidence::Fact(number) = act.evidence
            && let Some(fact) = case.facts.get(number as usize)
        {
            words += colon;
            words += &fact.id;
        }
        match language {
            Language::Zh => format!("［{words}］"),
            Language::En => format!("[{words}]"),
        }
    };
    Text {
        zh: about(Language::Zh),
        en: about(Language::En),
    }
}
