//! What a case holds, and who reached it.
//!
//! A place nobody reached in *n* runs was **not seen in *n* runs**: that is all random play can say.

use std::collections::BTreeMap;

use crate::codebook::Topic;
use crate::scenario::{Line, PersonId, Reaction};
use crate::session::offer::Offer;
use crate::session::{Session, World};
use crate::sim::{Event, Worry};

/// Something in a case that can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A worry came on the table.
    Raised(PersonId, Topic),
    /// It was asked about.
    Probed(PersonId, Topic),
    /// It was let go.
    Closed(PersonId, Topic),
    /// A difficulty was admitted.
    Admitted(PersonId, Topic),
    /// A remedy was wanted.
    Wanted(PersonId, Topic),
    /// A hope was voiced.
    Hoped(PersonId, Topic),
    /// It became checkable.
    Measured(PersonId, Topic),
    /// A beat happened: its number in the file.
    Beat(u8),
    /// An authored line was said: its place in the file, and its beginning.
    Line {
        /// As in `people.wang.needs.total_cost.problem[0]`.
        place: String,
        /// The words.
        words: crate::text::Text,
    },
    /// One of the trainee's lines was offered: its place in `moves`, and the words.
    Move {
        /// Index in the file.
        index: usize,
        /// The words.
        words: crate::text::Text,
    },
}

/// A target with who reached it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// What.
    pub target: Target,
    /// Bit *n*: player *n* of [`crate::review::Player::ALL`]; the bit after them is guided play.
    pub by: u16,
    /// In how many runs.
    pub runs: u32,
}

impl Reached {
    /// Nobody got there.
    pub fn never(&self) -> bool {
        self.by == 0
    }
}

/// The targets one run reached, one bit each.
pub(super) type Marks = Vec<u64>;

/// All targets of a case, with the ways to find them again.
pub(super) struct Targets {
    all: Vec<Target>,
    /// Where the events' targets stand.
    places: BTreeMap<(u8, PersonId, Topic), usize>,
    /// Lines without slots, by who says them and their words.
    lines: BTreeMap<(PersonId, String), Vec<usize>>,
    /// Lines with slots: the pieces between them.
    slotted: Vec<(PersonId, Vec<String>, usize)>,
    moves: BTreeMap<String, Vec<usize>>,
    /// The beats' targets, in the order of the file.
    beats: Vec<usize>,
}

impl Targets {
    pub fn of(world: &World) -> Targets {
        let mut targets = Targets {
            all: Vec::new(),
            places: BTreeMap::new(),
            lines: BTreeMap::new(),
            slotted: Vec::new(),
            moves: BTreeMap::new(),
            beats: Vec::new(),
        };
        let case = &world.case;
        for id in 0..case.people.len() as PersonId {
            let person = case.person(id);
            for topic in person.concerns.iter().map(|c| c.topic) {
                targets.place(0, id, topic, Target::Raised(id, topic));
                targets.place(1, id, topic, Target::Probed(id, topic));
                targets.place(2, id, topic, Target::Closed(id, topic));
            }
            for topic in person.needs.iter().map(|n| n.topic) {
                targets.place(3, id, topic, Target::Admitted(id, topic));
                targets.place(4, id, topic, Target::Wanted(id, topic));
            }
            for topic in person.hopes.iter().map(|h| h.topic) {
                targets.place(5, id, topic, Target::Hoped(id, topic));
                targets.place(6, id, topic, Target::Measured(id, topic));
            }
            targets.person(world, id);
        }
        for (number, beat) in case.beats.iter().enumerate() {
            targets.beats.push(targets.all.len());
            targets.all.push(Target::Beat(number as u8));
            let at = format!("beats.{}.say", beat.id);
            targets.lines(world, beat.who, &at, &beat.say);
        }
        for (index, line) in case.moves.iter().enumerate() {
            let words = addressed(world, &line.text.zh);
            let at = targets.all.len();
            targets.moves.entry(words).or_default().push(at);
            let words = line.text.clone();
            targets.all.push(Target::Move { index, words });
        }
        targets
    }

    fn place(&mut self, kind: u8, id: PersonId, topic: Topic, target: Target) {
        self.places.insert((kind, id, topic), self.all.len());
        self.all.push(target);
    }

    fn person(&mut self, world: &World, id: PersonId) {
        let person = world.case.person(id);
        let name = &person.id;
        for need in &person.needs {
            let at = format!("people.{name}.needs.{}", need.topic.id());
            self.lines(world, id, &format!("{at}.problem"), &need.problem);
            self.lines(world, id, &format!("{at}.consequence"), &need.consequence);
            self.lines(world, id, &format!("{at}.want"), &need.want);
        }
        for concern in &person.concerns {
            let at = format!("people.{name}.concerns.{}", concern.topic.id());
            self.lines(world, id, &format!("{at}.raise"), &concern.raise);
            self.lines(world, id, &format!("{at}.reason"), &concern.reason);
            self.lines(world, id, &format!("{at}.settled"), &concern.settled);
            self.lines(world, id, &format!("{at}.recurs"), &concern.recurs);
        }
        for hope in &person.hopes {
            let at = format!("people.{name}.hopes.{}", hope.topic.id());
            self.lines(world, id, &format!("{at}.hope"), &hope.hope);
            self.lines(world, id, &format!("{at}.measure"), &hope.measure);
        }
        for (topic, lines) in &person.situation {
            let at = format!("people.{name}.situation.{}", topic.id());
            self.lines(world, id, &at, lines);
        }
        let fields = [
            ("criteria", &person.criteria),
            ("process", &person.process),
            ("steps", &person.steps),
            ("price", &person.price),
            ("settled", &person.settled),
        ];
        for (field, lines) in fields {
            self.lines(world, id, &format!("people.{name}.{field}"), lines);
        }
        for (reaction, lines) in &person.lines {
            let at = format!("people.{name}.lines.{}", reaction.id());
            self.lines(world, id, &at, lines);
        }
    }

    fn lines(&mut self, world: &World, id: PersonId, at: &str, lines: &[Line]) {
        for (i, line) in lines.iter().enumerate() {
            let number = self.all.len();
            let words =
                addressed(world, &line.text.zh).replace("{category}", &world.case.category.zh);
            if words.contains('{') {
                let pieces = words.split(['{', '}']).step_by(2).map(str::to_owned);
                self.slotted.push((id, pieces.collect(), number));
            } else {
                self.lines.entry((id, words)).or_default().push(number);
            }
            self.all.push(Target::Line {
                place: format!("{at}[{i}]"),
                words: line.text.clone(),
            });
        }
    }

    pub fn none_reached(&self) -> Vec<Reached> {
        let unseen = |target: &Target| Reached {
            target: target.clone(),
            by: 0,
            runs: 0,
        };
        self.all.iter().map(unseen).collect()
    }

    pub fn no_marks(&self) -> Marks {
        vec![0; self.all.len().div_ceil(64)]
    }

    /// Notes what happened.
    pub fn events(&self, marks: &mut Marks, events: &[Event]) {
        for event in events {
            let kind = |kind: u8, person: PersonId, topic: Topic| (kind, person, topic);
            let key = match *event {
                Event::Concern {
                    person, topic, to, ..
                } => match to {
                    Worry::Open | Worry::Recurred => kind(0, person, topic),
                    Worry::Closed => kind(2, person, topic),
                    Worry::Hidden | Worry::Answered => continue,
                },
                Event::Probed { person, topic } => kind(1, person, topic),
                Event::Need {
                    person,
                    topic,
                    level,
                    ..
                } => kind(if level == 2 { 4 } else { 3 }, person, topic),
                Event::Replied {
                    person,
                    reaction: Reaction::VoicesHope,
                    topic: Some(topic),
                } => kind(5, person, topic),
                Event::Replied {
                    person,
                    reaction: Reaction::AcceptsMeasure,
                    topic: Some(topic),
                } => kind(6, person, topic),
                Event::Beat { beat } => {
                    self.beats
                        .get(usize::from(beat))
                        .iter()
                        .for_each(|&&at| mark(marks, at));
                    continue;
                }
                _ => continue,
            };
            if let Some(&at) = self.places.get(&key) {
                mark(marks, at);
            }
        }
    }

    /// Notes what the clients said.
    pub fn words(&self, marks: &mut Marks, session: &Session) {
        for said in session.turns.iter().flat_map(|t| &t.said) {
            let Some(by) = said.by else { continue };
            if let Some(found) = self.lines.get(&(by, said.words.zh.clone())) {
                found.iter().for_each(|&at| mark(marks, at));
                continue;
            }
            let fits = |(id, pieces, _): &&(PersonId, Vec<String>, usize)| {
                *id == by && fits(pieces, &said.words.zh)
            };
            if let Some((_, _, at)) = self.slotted.iter().find(fits) {
                mark(marks, *at);
            }
        }
    }

    /// Notes what was offered.
    pub fn moves(&self, marks: &mut Marks, offered: &[Offer]) {
        for offer in offered {
            for &at in self.moves.get(&offer.words.zh).into_iter().flatten() {
                mark(marks, at);
            }
        }
    }

    /// Adds a run's marks to what a player reached.
    pub fn add(&self, reached: &mut [Reached], marks: &Marks, player: usize) {
        for (at, target) in reached.iter_mut().enumerate() {
            if marks[at / 64] & 1 << (at % 64) != 0 {
                target.by |= 1 << player;
                target.runs += 1;
            }
        }
    }
}

fn mark(marks: &mut Marks, at: usize) {
    marks[at / 64] |= 1 << (at % 64);
}

/// Words as the voice fills them in where it stands for the decision-maker.
fn addressed(world: &World, words: &str) -> String {
    let who = &world.case.person(world.case.decision_maker).call;
    words.replace("{who}", &who.zh)
}

/// Whether words are these pieces with anything between them.
fn fits(pieces: &[String], words: &str) -> bool {
    let Some((first, rest)) = pieces.split_first() else {
        return false;
    };
    let Some(mut left) = words.strip_prefix(first.as_str()) else {
        return false;
    };
    for (i, piece) in rest.iter().enumerate() {
        let last = i + 1 == rest.len();
        let at = if last {
            left.ends_with(piece.as_str())
                .then(|| left.len() - piece.len())
        } else {
            left.find(piece.as_str())
        };
        let Some(at) = at else { return false };
        left = &left[at + piece.len()..];
    }
    true
}
