//! What several tests need: the shipped cases, and play by acts.

use std::sync::Arc;

use whybuy::codebook::{Act, Evidence, ReadAct, Scope, SpokenAct, Step, Topic, TopicSet};
use whybuy::scenario::decode::decode;
use whybuy::scenario::pack::Packs;
use whybuy::scenario::{Case, PersonId};
use whybuy::session::{Entry, Header, Mode, Session, World};
use whybuy::sim::{self, Event, Incident, Input, Model, State};
use whybuy::text::{Language, Text};

pub const FIT_OUT: &str = include_str!("../../scenarios/fit-out-hardware.json");
pub const WATER: &str = include_str!("../../scenarios/bottle-of-water.json");

pub fn case(json: &str) -> Case {
    let (case, problems) = decode(json);
    case.unwrap_or_else(|| panic!("a shipped case is broken: {problems:#?}"))
}

pub fn fit_out() -> Case {
    case(FIT_OUT)
}

pub fn world(case: Case) -> World {
    World {
        case: Arc::new(case),
        packs: Arc::new(Packs::shipped()),
        model: Arc::new(Model::shipped()),
    }
}

pub fn header(case: &Case, seed: u64) -> Header {
    Header {
        scenario: case.id.clone(),
        content: String::new(),
        model: 1,
        seed,
        language: Language::Zh,
        mode: Mode::Free,
        exam: false,
        started: 0,
        past: Default::default(),
    }
}

pub fn session(case: Case, seed: u64) -> Session {
    let header = header(&case, seed);
    Session::new(world(case), header)
}

/// A deal played by acts, for looking at states.
pub struct Deal {
    pub case: Case,
    pub model: Model,
    pub state: State,
    pub events: Vec<Event>,
}

impl Deal {
    pub fn new(case: Case, seed: u64) -> Deal {
        let model = Model::shipped();
        let mut events = Vec::new();
        let state = sim::begin(&case, &model, seed, &mut events);
        Deal {
            case,
            model,
            state,
            events,
        }
    }

    pub fn id(&self, name: &str) -> PersonId {
        self.case
            .find(name)
            .unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// Takes an input; the events it made. A refused one makes none.
    pub fn input(&mut self, input: Input) -> Vec<Event> {
        let mut events = Vec::new();
        let _ = sim::step(&self.case, &self.model, &mut self.state, input, &mut events);
        self.events.extend(&events);
        events
    }

    /// Sits with a person, letting weeks pass until there is a visit left and he can be met.
    pub fn visit(&mut self, name: &str) {
        let person = self.id(name);
        for _ in 0..20 {
            if self.state.visit.is_some_and(|v| v.person == person) {
                return;
            }
            if self.state.visit.is_some() {
                self.input(Input::Leave);
            }
            if self.state.visits_used >= self.case.visits_per_week {
                self.input(Input::NextWeek);
            }
            self.input(Input::Visit(person));
        }
        panic!("{name} could not be met in twenty tries");
    }

    pub fn say(&mut self, acts: &[SpokenAct]) -> Vec<Event> {
        self.input(Input::Say {
            acts,
            long: false,
            named: 0,
        })
    }

    /// Lets something happen from outside.
    pub fn befall(&mut self, number: usize) -> Vec<Event> {
        let incident = Incident::ALL[number % Incident::ALL.len()];
        self.input(Input::Befall(incident))
    }

    /// Says something to a person, beginning another visit where his patience has run out.
    pub fn tell(&mut self, name: &str, act: SpokenAct) -> Vec<Event> {
        self.visit(name);
        self.say(&[act])
    }

    pub fn person(&self, name: &str) -> &whybuy::sim::state::PersonState {
        self.state.person(self.id(name))
    }
}

/// One step of random play.
#[derive(Debug, Clone)]
pub struct Random {
    pub kind: u8,
    pub person: u8,
    pub act: u8,
    pub topic: u8,
    pub extra: u8,
}

impl Random {
    /// The acts of a spoken step.
    pub fn acts(&self, facts: usize) -> Vec<SpokenAct> {
        let topic = Topic::ALL[usize::from(self.topic) % Topic::ALL.len()];
        let mut spoken = SpokenAct::new(
            Act::ALL[usize::from(self.act) % Act::ALL.len()],
            if self.extra & 1 == 0 {
                TopicSet::one(topic)
            } else {
                TopicSet::NONE
            },
        );
        spoken.specific = self.extra & 2 != 0;
        spoken.step = [
            None,
            Some(Step::Small),
            Some(Step::Pilot),
            Some(Step::Decision),
        ][usize::from(self.extra >> 2 & 3)];
        spoken.scope = [None, Some(Scope::Category), Some(Scope::Vendor)]
            [usize::from(self.extra >> 4 & 3) % 3];
        if self.extra & 64 != 0 && facts > 0 {
            spoken.evidence = Evidence::Fact(self.extra % facts as u8);
        }
        vec![spoken]
    }

    /// Takes the step in a deal.
    pub fn play(&self, deal: &mut Deal) -> Vec<Event> {
        let person = self.person % deal.state.headcount;
        if deal.state.visit.is_none() {
            return match self.kind % 8 {
                0 => deal.input(Input::NextWeek),
                1 => deal.input(Input::Fulfil(self.extra % 8)),
                2 if self.extra.is_multiple_of(16) => deal.befall(usize::from(self.topic)),
                _ => {
                    let met = deal.input(Input::Visit(person));
                    if met.is_empty() {
                        deal.input(Input::NextWeek)
                    } else {
                        met
                    }
                }
            };
        }
        if self.kind.is_multiple_of(16) {
            return deal.input(Input::Leave);
        }
        let acts = self.acts(deal.case.facts.len());
        deal.input(Input::Say {
            acts: &acts,
            long: false,
            named: self.person,
        })
    }
}

/// An entry that says acts.
pub fn say(acts: &[SpokenAct]) -> Entry {
    let acts = acts
        .iter()
        .map(|&spoken| ReadAct {
            spoken,
            span: 0..0,
            confidence: 1.0,
        })
        .collect();
    Entry::Say {
        words: Text::same("…"),
        acts,
    }
}
