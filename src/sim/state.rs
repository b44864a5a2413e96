//! What is true at one moment of a deal. [`State::apply`] is the only place that changes it.
//!
//! Fixed arrays throughout: a state is cloned for every *what if* of guided play, review and proof, and a clone
//! must cost a memcpy.

mod person;

use crate::codebook::{Act, TOPICS, Topic, TopicSet};
use crate::scenario::{Case, Gate, MAX_PEOPLE, Mode, PersonId};
use crate::sim::dice::Moment;
use crate::sim::event::{Event, Gauge, Outcome, PromiseKind, Route, VisitEnd, Worry};

/// The most promises one deal keeps; further ones are declined as vague.
pub const MAX_PROMISES: usize = 32;

/// How far a difficulty has been voiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct NeedState {
    /// 0 not voiced · 1 implied: he admits a difficulty · 2 explicit: he says he wants a remedy.
    pub level: u8,
    /// How bad he has said it is, 0–2.
    pub severity: u8,
}

/// How a worry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConcernState {
    /// How far it has got.
    pub worry: Worry,
    /// What it blocks.
    pub gate: Gate,
    /// The trainee caused it.
    pub by_trainee: bool,
    /// It was asked about since it last came up.
    pub probed: bool,
    /// It has come back once; it does so no more by itself.
    pub recurred: bool,
    /// It was acknowledged in this visit.
    pub heard: bool,
}

impl ConcernState {
    /// Whether it stands in the way now.
    pub fn is_open(&self) -> bool {
        matches!(self.worry, Worry::Open | Worry::Recurred)
    }
}

/// One person's state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonState {
    /// 0 rejects · 1 doubts · 2 admits a problem · 3 wants such a thing · 4 argues for it inside.
    pub category: i8,
    /// 0 unknown · 1 aware · 2 listed · 3 preferred · 4 defends us.
    pub vendor: i8,
    /// 0 afraid · 1 unsure · 2 ready · 3 committed.
    pub confidence: i8,
    /// 0 none · 1 named · 2 process and criteria known · 3 introduction agreed · 4 met · 5 decided.
    pub access: i8,
    /// Trust in quarters of a point, 0–16.
    pub trust: i8,
    /// Turns he gives a visit.
    pub patience_start: i8,
    /// How he sees his situation.
    pub mode: Mode,
    /// He works against us.
    pub opposed: bool,
    /// He was gone round and nobody has mended it.
    pub breach: bool,
    /// The trainee knows that he exists.
    pub named: bool,
    /// The trainee has sat with him.
    pub visits: u8,
    /// Difficulties he really has in this run.
    pub live: TopicSet,
    /// Difficulties by topic.
    pub needs: [NeedState; TOPICS],
    /// Worries by topic.
    pub concerns: [Option<ConcernState>; TOPICS],
    /// Function, operation, effect known, for each of up to four hopes.
    pub hopes: [[bool; 3]; 4],
    /// Topics on which a category argument was heard.
    pub argued: TopicSet,
    /// Topics on which category evidence was accepted.
    pub evidenced: TopicSet,
    /// Topics to which our strengths were linked.
    pub linked: TopicSet,
    /// Our evidence was accepted.
    pub proven: bool,
    /// Topics on which a limit was admitted.
    pub candid: TopicSet,
    /// Wants of colleagues that reached him by a report.
    pub heard_wants: TopicSet,
    /// How much of the process he told, 0–2.
    pub process_told: u8,
    /// He told his criteria.
    pub criteria_told: bool,
    /// He asked for the price and got none yet.
    pub price_asked: bool,
    /// He was told the price; he does not ask again.
    pub price_told: bool,
    /// The trust for a first consequence has been given.
    pub seen_through: bool,
    /// He has met a vague question with *all fine*.
    pub brushed_off: bool,
    /// Vendor arguments he got before he had accepted the category.
    pub premature: u8,
    /// Steps of his that were too big.
    pub declined_steps: u8,
    /// Facts on topics he has told.
    pub situation_told: TopicSet,
    /// He reported upward.
    pub reported: bool,
}

/// One promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Promise {
    /// To or by whom.
    pub person: PersonId,
    /// What.
    pub kind: PromiseKind,
    /// Week by whose end it is due.
    pub due: u8,
    /// Kept or broken: over.
    pub settled: Option<bool>,
}

/// The visit that is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Visit {
    /// With whom.
    pub person: PersonId,
    /// By which road, where that matters.
    pub route: Option<Route>,
    /// Turns of talk so far.
    pub turn: u16,
    /// Turns he will still give.
    pub patience: i8,
    /// Questions asked.
    pub questions: u8,
    /// Fact questions in a row.
    pub situation_run: u8,
    /// Ultimatums.
    pub pressed: u8,
    /// Greetings and small talk.
    pub small_talk: u8,
    /// Refused introductions.
    pub access_refused: u8,
    /// A limit was admitted in this visit.
    pub candid: bool,
    /// The client agreed to do something.
    pub advance: bool,
    /// A worry was raised in the last turn, about this.
    pub on_table: Option<Topic>,
    /// The difficulty last talked about.
    pub last_need: Option<Topic>,
}

/// A deal at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// The seed of all chance.
    pub seed: u64,
    /// Week, from 1.
    pub week: u8,
    /// Visits tried this week.
    pub visits_used: u8,
    /// Desk tasks done this week.
    pub tasks_used: u8,
    /// Visits tried in the deal.
    pub visit_count: u16,
    /// Turns of talk in the deal.
    pub turns: u16,
    /// The visit that is on.
    pub visit: Option<Visit>,
    /// People, in the order of the case.
    pub people: [PersonState; MAX_PEOPLE],
    /// How many of them exist.
    pub headcount: u8,
    /// Promises.
    pub promises: [Option<Promise>; MAX_PROMISES],
    /// How many there are.
    pub promise_count: u8,
    /// Who was quoted to whom and has not heard of it: bit `to × 8 + about`.
    pub quotes: u64,
    /// Relations the trainee has seen: bit `from × 8 + to`.
    pub relations_seen: u64,
    /// How the last visit ended, by person.
    pub last_end: [Option<VisitEnd>; MAX_PEOPLE],
    /// A promise to this person was kept (`true`) or broken since the last visit.
    pub promise_news: [Option<bool>; MAX_PEOPLE],
    /// Beats of the case that have happened: bit *n* for number *n*.
    pub beats: u32,
    /// How the deal ended.
    pub outcome: Option<Outcome>,
}

impl State {
    /// The state before anything happened: openings of the case, nothing dealt yet.
    pub fn new(case: &Case, seed: u64) -> State {
        let people = std::array::from_fn(|i| {
            case.people
                .get(i)
                .map_or_else(PersonState::nobody, |person| {
                    let opening = person.opening;
                    let mut concerns = [None; TOPICS];
                    for concern in &person.concerns {
                        concerns[concern.topic as usize] = Some(ConcernState {
                            worry: Worry::Hidden,
                            gate: concern.gate,
                            by_trainee: false,
                            probed: false,
                            recurred: false,
                            heard: false,
                        });
                    }
                    PersonState {
                        category: opening.category as i8,
                        vendor: opening.vendor as i8,
                        confidence: opening.confidence as i8,
                        trust: opening.trust as i8 * 4,
                        mode: opening.mode,
                        named: person.known,
                        concerns,
                        ..PersonState::nobody()
                    }
                })
        });
        State {
            seed,
            week: 1,
            visits_used: 0,
            tasks_used: 0,
            visit_count: 0,
            turns: 0,
            visit: None,
            people,
            headcount: case.people.len() as u8,
            promises: [None; MAX_PROMISES],
            promise_count: 0,
            quotes: 0,
            relations_seen: 0,
            last_end: [None; MAX_PEOPLE],
            promise_news: [None; MAX_PEOPLE],
            beats: 0,
            outcome: None,
        }
    }

    /// The state after a run of events.
    pub fn fold<'a>(case: &Case, seed: u64, events: impl IntoIterator<Item = &'a Event>) -> State {
        let mut state = State::new(case, seed);
        events.into_iter().for_each(|event| state.apply(event));
        state
    }

    /// One person.
    pub fn person(&self, id: PersonId) -> &PersonState {
        &self.people[id as usize]
    }

    /// Everybody's indices.
    pub fn everybody(&self) -> impl Iterator<Item = PersonId> + use<> {
        0..self.headcount
    }

    /// The moment chance is thrown for.
    pub fn moment(&self) -> Moment {
        Moment {
            week: self.week,
            visit: self.visit_count,
            turn: self.visit.map_or(0, |v| v.turn),
        }
    }

    /// Promises that are not over, with their numbers.
    pub fn open_promises(&self) -> impl Iterator<Item = (u8, Promise)> + '_ {
        let made = &self.promises[..self.promise_count as usize];
        made.iter()
            .enumerate()
            .filter_map(|(i, p)| p.filter(|p| p.settled.is_none()).map(|p| (i as u8, p)))
    }

    /// The current value of a gauge.
    pub fn gauge(&self, id: PersonId, gauge: Gauge) -> i8 {
        let person = self.person(id);
        match gauge {
            Gauge::Category => person.category,
            Gauge::Vendor => person.vendor,
            Gauge::Confidence => person.confidence,
            Gauge::Access => person.access,
            Gauge::Trust => person.trust,
            Gauge::Patience => self.visit.map_or(0, |v| v.patience),
        }
    }

    /// Applies one event: the only place where a state changes.
    pub fn apply(&mut self, event: &Event) {
        match *event {
            Event::Cast {
                person,
                needs,
                concerns,
                patience,
            } => {
                let p = self.person_mut(person);
                (p.live, p.patience_start) = (needs, patience);
                for (i, concern) in p.concerns.iter_mut().enumerate() {
                    if !concerns.has(Topic::ALL[i]) {
                        *concern = None;
                    }
                }
            }
            Event::WeekBegan { week } => {
                (self.week, self.visits_used, self.tasks_used) = (week, 0, 0)
            }
            Event::VisitTried { .. } => {
                self.visits_used += 1;
                self.visit_count += 1;
            }
            Event::VisitBegan { person, route } => self.open_visit(person, route),
            Event::TurnBegan { turn, .. } => {
                self.turns += 1;
                if let Some(visit) = &mut self.visit {
                    visit.turn = turn;
                }
            }
            Event::Resolved {
                person,
                act,
                premature,
                ..
            } => self.count_act(person, act, premature),
            Event::Moved {
                person, gauge, to, ..
            } => self.set_gauge(person, gauge, to),
            Event::Need {
                person,
                topic,
                level,
                severity,
                rule: _,
            } => {
                self.person_mut(person).needs[topic as usize] = NeedState { level, severity };
                if let Some(visit) = &mut self.visit {
                    visit.last_need = Some(topic);
                }
            }
            Event::Concern {
                person,
                topic,
                gate,
                to,
                by_trainee,
                ..
            } => self.set_worry(person, topic, gate, to, by_trainee),
            Event::Probed { person, topic } => {
                if let Some(concern) = &mut self.person_mut(person).concerns[topic as usize] {
                    concern.probed = true;
                }
            }
            Event::Heard { person, topic } => {
                if let Some(concern) = &mut self.person_mut(person).concerns[topic as usize] {
                    concern.heard = true;
                }
            }
            Event::Hope {
                person, hope, part, ..
            } => self.person_mut(person).hopes[hope as usize][part as usize] = true,
            Event::Weighed {
                person,
                topic,
                evidence,
            } => {
                let p = self.person_mut(person);
                let set = if evidence {
                    &mut p.evidenced
                } else {
                    &mut p.argued
                };
                *set = set.with(topic);
            }
            Event::Linked { person, topic } => {
                let p = self.person_mut(person);
                match topic {
                    Some(topic) => p.linked = p.linked.with(topic),
                    None => p.proven = true,
                }
            }
            Event::SituationTold { person, topic } => {
                let p = self.person_mut(person);
                p.situation_told = p.situation_told.with(topic);
            }
            Event::Candid { person, topics } => {
                let p = self.person_mut(person);
                p.candid = p.candid.union(topics);
                if let Some(visit) = &mut self.visit {
                    visit.candid = true;
                }
            }
            Event::SeenThrough { person } => self.person_mut(person).seen_through = true,
            Event::BrushedOff { person } => self.person_mut(person).brushed_off = true,
            Event::ModeChanged { person, mode, .. } => self.person_mut(person).mode = mode,
            Event::Opposed { person, on, .. } => self.person_mut(person).opposed = on,
            Event::ProcessTold { person, level } => self.person_mut(person).process_told = level,
            Event::CriteriaTold { person } => self.person_mut(person).criteria_told = true,
            Event::Named { person } => self.person_mut(person).named = true,
            Event::RelationSeen { from, to } => self.relations_seen |= pair(from, to),
            Event::Promised { person, kind, due } => {
                self.promises[self.promise_count as usize] = Some(Promise {
                    person,
                    kind,
                    due,
                    settled: None,
                });
                self.promise_count += 1;
            }
            Event::Kept { promise } => self.settle(promise, true),
            Event::Broken { promise } => self.settle(promise, false),
            Event::Quoted { person, about } => self.quotes |= pair(person, about),
            Event::WantsHeard { person, topics } => {
                let p = self.person_mut(person);
                p.heard_wants = p.heard_wants.union(topics);
            }
            Event::Told { from, to, .. } => {
                self.person_mut(from).reported = true;
                self.quotes &= !pair(from, to);
            }
            Event::Breach { person, .. } => self.person_mut(person).breach = true,
            Event::Repaired { person } => self.person_mut(person).breach = false,
            Event::StepProposed { person, agreed, .. } => {
                if !agreed {
                    self.person_mut(person).declined_steps += 1;
                }
            }
            Event::Advanced { .. } => {
                if let Some(visit) = &mut self.visit {
                    visit.advance = true;
                }
            }
            Event::AccessRefused { .. } => {
                if let Some(visit) = &mut self.visit {
                    visit.access_refused += 1;
                }
            }
            Event::PriceAsked { person, open } => {
                let p = self.person_mut(person);
                p.price_asked = open;
                p.price_told |= !open;
            }
            Event::VisitEnded { person, end } => {
                self.visit = None;
                self.last_end[person as usize] = Some(end);
            }
            Event::TaskSpent => self.tasks_used += 1,
            Event::Beat { beat } => self.beats |= 1 << beat,
            Event::Replaced { person } => self.person_mut(person).replace(),
            Event::DealEnded { outcome } => self.outcome = Some(outcome),
            Event::NotMet { .. }
            | Event::Replied { .. }
            | Event::Confirmed { .. }
            | Event::Befell { .. } => {}
        }
    }

    fn person_mut(&mut self, id: PersonId) -> &mut PersonState {
        &mut self.people[id as usize]
    }

    fn open_visit(&mut self, person: PersonId, route: Option<Route>) {
        let p = self.person_mut(person);
        p.visits += 1;
        p.price_asked = false;
        for concern in p.concerns.iter_mut().flatten() {
            concern.heard = false;
        }
        let patience = p.patience_start;
        self.promise_news[person as usize] = None;
        self.visit = Some(Visit {
            person,
            route,
            turn: 0,
            patience,
            questions: 0,
            situation_run: 0,
            pressed: 0,
            small_talk: 0,
            access_refused: 0,
            candid: false,
            advance: false,
            on_table: None,
            last_need: None,
        });
    }

    fn count_act(&mut self, person: PersonId, act: Act, premature: bool) {
        if premature {
            let p = self.person_mut(person);
            p.premature = p.premature.saturating_add(1);
        }
        let Some(visit) = &mut self.visit else { return };
        visit.situation_run = if act == Act::AskSituation {
            visit.situation_run + 1
        } else {
            0
        };
        match act {
            Act::AskSituation
            | Act::AskProblem
            | Act::AskImplication
            | Act::AskPayoff
            | Act::AskCriteria
            | Act::AskProcess => {
                visit.questions = visit.questions.saturating_add(1);
            }
            Act::Rapport => visit.small_talk = visit.small_talk.saturating_add(1),
            Act::Pressure => visit.pressed = visit.pressed.saturating_add(1),
            _ => {}
        }
    }

    fn set_gauge(&mut self, person: PersonId, gauge: Gauge, to: i8) {
        if gauge == Gauge::Patience {
            if let Some(visit) = &mut self.visit {
                visit.patience = to;
            }
            return;
        }
        let p = self.person_mut(person);
        *match gauge {
            Gauge::Category => &mut p.category,
            Gauge::Vendor => &mut p.vendor,
            Gauge::Confidence => &mut p.confidence,
            Gauge::Access => &mut p.access,
            Gauge::Trust => &mut p.trust,
            Gauge::Patience => unreachable!("patience belongs to the visit and was set above"),
        } = to;
    }

    fn set_worry(
        &mut self,
        person: PersonId,
        topic: Topic,
        gate: Gate,
        to: Worry,
        by_trainee: bool,
    ) {
        let slot = &mut self.person_mut(person).concerns[topic as usize];
        let before = *slot;
        let again = matches!(to, Worry::Open | Worry::Recurred);
        *slot = Some(ConcernState {
            worry: to,
            gate,
            by_trainee: by_trainee || before.is_some_and(|c| c.by_trainee),
            // A worry that comes up again has to be understood again.
            probed: !again && before.is_some_and(|c| c.probed),
            recurred: to == Worry::Recurred || before.is_some_and(|c| c.recurred),
            heard: before.is_some_and(|c| c.heard),
        });
        if let Some(visit) = &mut self.visit {
            if again {
                visit.on_table = Some(topic);
            } else if visit.on_table == Some(topic) && to == Worry::Closed {
                visit.on_table = None;
            }
        }
    }

    fn settle(&mut self, promise: u8, kept: bool) {
        if let Some(promise) = &mut self.promises[promise as usize] {
            promise.settled = Some(kept);
            if promise.kind == PromiseKind::Page {
                self.promise_news[promise.person as usize] = Some(kept);
            }
        }
    }
}

/// The bit of an ordered pair of people.
pub fn pair(from: PersonId, to: PersonId) -> u64 {
    1 << (u64::from(from) * MAX_PEOPLE as u64 + u64::from(to))
}
