//! What a client's reaction sounds like: picks the wording, never decides anything.
//!
//! Wording depends on the seed, the moment and what was said before, so a replayed log speaks the same words. One
//! choice picks both languages at once; switching the language changes no word's turn.

mod figure;

use std::collections::BTreeMap;

use crate::codebook::Topic;
use crate::scenario::{Band, Line, Person, PersonId, Reaction};
use crate::session::{Said, World};
use crate::sim::dice::{Moment, Purpose, below, throw};
use crate::sim::{Event, Rule, State};
use crate::text::{Language, Text};

/// Remembers what was said, so that nobody repeats himself within a visit and seldom within a deal.
#[derive(Debug, Clone)]
pub struct Voice {
    seed: u64,
    /// How often each wording was used by each person, and in which visit last.
    used: BTreeMap<(PersonId, Text), (u32, u16)>,
    /// Who agreed to introduce the trainee.
    introducer: Option<PersonId>,
    moment: Moment,
    /// Replies at this moment so far; tells their throws apart.
    nth: u64,
}

impl Voice {
    /// A voice that has said nothing.
    pub fn new(seed: u64) -> Voice {
        Voice {
            seed,
            used: BTreeMap::new(),
            introducer: None,
            moment: Moment::default(),
            nth: 0,
        }
    }

    /// Words every reply among `events`, in order.
    pub fn speak(
        &mut self,
        world: &World,
        state: &State,
        events: &[Event],
        heard: &Text,
        said: &mut Vec<Said>,
    ) {
        self.nth = 0;
        let figure = figure::taken_up(heard);
        for event in events {
            match *event {
                Event::VisitBegan { .. } => {
                    self.moment = Moment {
                        week: state.week,
                        visit: state.visit_count,
                        turn: 0,
                    }
                }
                Event::TurnBegan { turn, .. } => self.moment.turn = turn,
                Event::Moved {
                    rule: Rule::IntroductionAgreed,
                    ..
                } => {
                    self.introducer = events.iter().find_map(|e| match e {
                        Event::Advanced { person } => Some(*person),
                        _ => None,
                    });
                }
                Event::Beat { beat } => said.extend(self.beat(world, state, beat)),
                Event::Replied {
                    person,
                    reaction,
                    topic,
                } => {
                    let words = self.word(world, state, person, reaction, topic, figure.as_ref());
                    said.push(Said {
                        by: Some(person),
                        words,
                    });
                }
                _ => {}
            }
        }
    }

    fn word(
        &mut self,
        world: &World,
        state: &State,
        id: PersonId,
        reaction: Reaction,
        topic: Option<Topic>,
        figure: Option<&Text>,
    ) -> Text {
        let person = world.case.person(id);
        let band = Band::of(state.person(id).category.max(0) as u8);
        let fits = |line: &&Line| {
            line.temper.is_none_or(|t| t == person.temper)
                && line.band.is_none_or(|b| b == band)
                && (topic.is_some() || !line.text.zh.contains("{topic}"))
                && (figure.is_some() || !line.text.zh.contains("{figure}"))
        };
        let visit = self.moment.visit;
        let fresh = |voice: &Voice, line: &&Line| {
            voice
                .used
                .get(&(id, line.text.clone()))
                .is_none_or(|&(_, last)| last != visit)
        };
        let packs = &world.packs;
        let tiers: [[&[Line]; 2]; 5] = [
            [own_lines(person, reaction, topic), &[]],
            [
                person.lines.get(&reaction).map_or(&[][..], Vec::as_slice),
                &[],
            ],
            [topic_lines(world, reaction, topic), &[]],
            [packs.role(person.role, reaction), packs.anybody(reaction)],
            // Nobody is so rich in words: he falls back to what can be said at any time.
            [
                packs.anybody(Reaction::WaitsForSubstance),
                packs.anybody(Reaction::Noncommittal),
            ],
        ];
        let mut pool: Vec<&Line> = Vec::new();
        for tier in tiers {
            pool.extend(
                tier.into_iter()
                    .flatten()
                    .filter(fits)
                    .filter(|l| fresh(self, l)),
            );
            // The most specific words that are left are the ones to use.
            if !pool.is_empty() {
                break;
            }
        }
        let rarest = pool.iter().map(|l| self.times(id, l)).min().unwrap_or(0);
        pool.retain(|l| self.times(id, l) == rarest);
        self.nth += 1;
        let pick = below(
            throw(
                self.seed,
                self.moment,
                Purpose::Wording,
                self.nth << 8 | u64::from(id),
            ),
            pool.len() as u32,
        );
        let Some(line) = pool.get(pick as usize) else {
            return Text::same("……");
        };
        let count = self
            .used
            .entry((id, line.text.clone()))
            .or_insert((0, visit));
        *count = (count.0 + 1, visit);
        self.fill(world, &line.text, reaction, topic, figure)
    }

    /// What the person of a beat says; nothing where the author gave him no words that fit.
    fn beat(&mut self, world: &World, state: &State, number: u8) -> Option<Said> {
        let beat = world.case.beats.get(usize::from(number))?;
        let person = world.case.person(beat.who);
        let band = Band::of(state.person(beat.who).category.max(0) as u8);
        let fits = |line: &&Line| {
            line.temper.is_none_or(|t| t == person.temper) && line.band.is_none_or(|b| b == band)
        };
        let pool: Vec<&Line> = beat.say.iter().filter(fits).collect();
        // Beats of a week have a moment of their own, so that they take no throw from the talk before.
        let moment = Moment {
            week: state.week,
            ..self.moment
        };
        let index = 1 << 32 | u64::from(number);
        let throw = throw(self.seed, moment, Purpose::Wording, index);
        let line = pool.get(below(throw, pool.len().max(1) as u32) as usize)?;
        let words = self.fill(world, &line.text, Reaction::Greets, None, None);
        Some(Said {
            by: Some(beat.who),
            words,
        })
    }

    fn times(&self, id: PersonId, line: &Line) -> u32 {
        self.used
            .get(&(id, line.text.clone()))
            .map_or(0, |&(times, _)| times)
    }

    fn fill(
        &self,
        world: &World,
        text: &Text,
        reaction: Reaction,
        topic: Option<Topic>,
        figure: Option<&Text>,
    ) -> Text {
        let who = match reaction {
            Reaction::OpensIntroduced => self.introducer.unwrap_or(world.case.decision_maker),
            _ => world.case.decision_maker,
        };
        let fill = |language: Language| {
            let words = text.get(language);
            if !words.contains('{') {
                return words.to_owned();
            }
            let topic = topic.map_or("", |t| world.packs.topic(t).name.get(language));
            words
                .replace("{topic}", topic)
                .replace("{figure}", figure.map_or("", |f| f.get(language)))
                .replace("{who}", world.case.person(who).call.get(language))
                .replace("{category}", world.case.category.get(language))
        };
        Text {
            zh: fill(Language::Zh),
            en: fill(Language::En),
        }
    }
}

/// The case's words for what this reaction is about.
fn own_lines(person: &Person, reaction: Reaction, topic: Option<Topic>) -> &[Line] {
    let need = topic.and_then(|t| person.need(t));
    let concern = topic.and_then(|t| person.concern(t));
    let hope = topic.and_then(|t| person.hopes.iter().find(|h| h.topic == t));
    let lines = match reaction {
        Reaction::AdmitsProblem => need.map(|n| &n.problem),
        Reaction::TellsConsequence => need.map(|n| &n.consequence),
        Reaction::VoicesWant => need.map(|n| &n.want),
        Reaction::RaisesConcern | Reaction::RevealsHidden => concern.map(|c| &c.raise),
        Reaction::ExplainsConcern => concern.map(|c| &c.reason),
        Reaction::ClosesConcern => concern.map(|c| &c.settled),
        Reaction::ConcernRecurs => concern.map(|c| &c.recurs),
        Reaction::VoicesHope => hope.map(|h| &h.hope),
        Reaction::AcceptsMeasure => hope.map(|h| &h.measure),
        Reaction::AnswersSituation => person
            .situation
            .iter()
            .find(|(t, _)| Some(*t) == topic)
            .map(|(_, lines)| lines),
        Reaction::NamesCriteria => Some(&person.criteria),
        Reaction::NamesProcess => Some(&person.process),
        Reaction::NamesSteps => Some(&person.steps),
        Reaction::AsksPrice => Some(&person.price),
        Reaction::CategorySettled => Some(&person.settled),
        _ => None,
    };
    lines.map_or(&[], Vec::as_slice)
}

/// The words any client has for a topic.
fn topic_lines(world: &World, reaction: Reaction, topic: Option<Topic>) -> &[Line] {
    let Some(topic) = topic else { return &[] };
    let words = world.packs.topic(topic);
    match reaction {
        Reaction::AdmitsProblem => &words.problem,
        Reaction::TellsConsequence => &words.consequence,
        Reaction::VoicesWant => &words.want,
        Reaction::RaisesConcern | Reaction::RevealsHidden | Reaction::ConcernRecurs => {
            &words.objection
        }
        Reaction::ExplainsConcern => &words.reason,
        Reaction::ClosesConcern => &words.settled,
        _ => &[],
    }
}
