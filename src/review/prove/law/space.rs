//! The reduced space: a person in a visit, made so small that it can be searched.
//!
//! Every simplification either keeps what the law's rules read, or takes away something that only holds a client back.

use crate::codebook::{SpokenAct, TOPICS, Topic, TopicSet};
use crate::review::players::{Player, play};
use crate::review::prove::rescue::input;
use crate::scenario::{Gate, Mode, PersonId};
use crate::session::World;
use crate::sim::dice::{Moment, Purpose, chance};
use crate::sim::state::{NeedState, PersonState, Visit};
use crate::sim::{self, Event, Input, Rule, State, Worry};

/// Seeds whose deals and runs give states to start from.
const SEEDS: u64 = 2;
/// Players whose runs do.
const PLAYERS: [Player; 4] = [
    Player::Strong,
    Player::Average,
    Player::OldHabits,
    Player::CategoryLecturer,
];

/// States to start from: the opening as two seeds deal it, and the beginnings of visits in played runs.
pub(super) fn roots(world: &World) -> Vec<State> {
    let (case, model) = (&world.case, &world.model);
    let mut roots = Vec::new();
    for seed in 0..SEEDS {
        let opening = sim::begin(case, model, seed, &mut Vec::new());
        for player in PLAYERS {
            let mut state = opening.clone();
            let mut spoken = Vec::new();
            for entry in &play(case, model, seed, player).entries {
                let Some(input) = input(case.decision_maker, entry, &mut spoken) else {
                    continue;
                };
                let began = matches!(input, Input::Visit(_));
                if sim::step(case, model, &mut state, input, &mut Vec::new()).is_err() {
                    break;
                }
                if began && state.visit.is_some() {
                    roots.push(state.clone());
                }
            }
        }
        roots.push(opening);
    }
    roots
}

/// The visits with one person.
pub(super) struct Space<'a> {
    pub world: &'a World,
    pub person: PersonId,
    /// Seeds on which a client speaks up at the one moment there is, and on which he does not.
    speaks: u64,
    keeps_quiet: u64,
    /// The mode in which a want needs the least severity.
    mode: Mode,
}

/// What tells two reduced states apart: exact, so that no state is ever taken for another.
pub(super) type Key = [u64; 4];

impl Space<'_> {
    pub fn new(world: &World, person: PersonId) -> Space<'_> {
        let model = &world.model;
        let moment = Moment {
            week: 1,
            visit: 2,
            turn: 1,
        };
        let spoken = |seed: u64| {
            let per_cent = model.raise.after_answer_per_cent;
            chance(seed, moment, Purpose::SpeakUp, 0, per_cent)
        };
        // With 0 or 100 per cent one of the two does not exist; then both are the same.
        let first = |wanted: bool| (0..1_000).find(|&seed| spoken(seed) == wanted).unwrap_or(0);
        let mode = Mode::ALL
            .iter()
            .copied()
            .min_by_key(|&m| model.severity_to_want(m));
        Space {
            world,
            person,
            speaks: first(true),
            keeps_quiet: first(false),
            mode: mode.unwrap_or(Mode::Trouble),
        }
    }

    /// Topics this person has a stake in: his needs, his worries that matter here, and what he may hear from others.
    pub fn topics(&self) -> Vec<Topic> {
        let case = &self.world.case;
        let person = case.person(self.person);
        let mut topics: TopicSet = person.needs.iter().map(|n| n.topic).collect();
        for concern in &person.concerns {
            if matters(concern.gate) {
                topics = topics.with(concern.topic);
            }
        }
        for hope in &person.hopes {
            topics = topics.with(hope.topic);
        }
        topics.iter().collect()
    }

    /// A state as the beginning of a visit with this person, reduced.
    ///
    /// The others stand still in one visit and are read for the decision-maker alone: whether departments are split, two
    /// managers are against, or somebody with a veto is. All of it only holds him back, so `free` sets it aside.
    pub fn root(&self, state: &State, free: bool) -> State {
        let mut root = state.clone();
        let case = &self.world.case;
        let decider = case.decision_maker;
        for id in root.everybody() {
            let person = &mut root.people[id as usize];
            person.named = true;
            if id == self.person {
                // No seed takes a difficulty away: the more he has, the more there is to talk him into.
                person.live = case.person(id).needs.iter().map(|n| n.topic).collect();
            } else if free {
                (person.category, person.opposed) = (4, false);
            }
        }
        if self.person == decider {
            // Everything his managers could tell him, they have told him.
            let all = case.people.iter().flat_map(|p| &p.needs);
            root.people[decider as usize].heard_wants = all.map(|n| n.topic).collect();
        } else {
            root.people[decider as usize].access = 3;
        }
        self.reduce(&mut root);
        root
    }

    /// What of the others is read in this visit, as bits; nothing of them for anybody but the decision-maker.
    pub fn surroundings(&self, state: &State) -> u64 {
        let case = &self.world.case;
        if self.person != case.decision_maker {
            return 0;
        }
        let others = state.everybody().filter(|&id| id != self.person);
        others.fold(0, |all, id| {
            let person = state.person(id);
            let stance = person.category.clamp(0, 3) as u64;
            let against = stance <= u64::from(self.world.model.executive.against_at_most);
            let pro = stance >= u64::from(self.world.model.category.accepted);
            all << 3 | u64::from(against) << 2 | u64::from(pro) << 1 | u64::from(person.opposed)
        })
    }

    /// Makes a state canonical.
    pub fn reduce(&self, state: &mut State) {
        (state.seed, state.week, state.visit_count) = (0, 1, 2);
        (state.visits_used, state.tasks_used, state.turns) = (0, 0, 0);
        state.promises = Default::default();
        state.promise_count = 0;
        (state.quotes, state.relations_seen) = (0, 0);
        // A beat admits a difficulty or opens a worry of his own, as talk does, or moves what is at its best already: it
        // leads to no state that is not reached without it.
        state.beats = u32::MAX;
        state.last_end = Default::default();
        state.promise_news = Default::default();
        // Patience without end and nothing counted: nobody is stopped by being tired.
        state.visit = Some(Visit {
            person: self.person,
            route: None,
            turn: 0,
            patience: 100,
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
        let accepted = self.world.model.category.accepted as i8;
        let to_want = self.world.model.severity_to_want(self.mode);
        let person = &mut state.people[self.person as usize];
        person.trust = self.world.model.trust.max_quarters;
        if self.person == self.world.case.decision_maker {
            person.access = 4;
        }
        person.mode = self.mode;
        (person.visits, person.patience_start) = (1, 10);
        (person.premature, person.declined_steps) = (0, 0);
        (person.seen_through, person.brushed_off) = (true, true);
        // He can be asked for process and price, and be given the same strength, again and again.
        (person.process_told, person.criteria_told) = (0, false);
        (person.price_told, person.proven) = (false, false);
        person.linked = TopicSet::NONE;
        (person.candid, person.situation_told) = (TopicSet::NONE, TopicSet::NONE);
        (person.breach, person.reported) = (person.opposed, false);
        // He dares everything: hopes and risks move confidence and nothing else the law speaks of.
        person.confidence = 3;
        person.hopes = [[true; 3]; 4];
        for need in &mut person.needs {
            // More severity than a want takes changes nothing.
            *need = match need.level {
                2 => NeedState {
                    level: 2,
                    severity: to_want,
                },
                level => NeedState {
                    level,
                    severity: need.severity.min(to_want),
                },
            };
        }
        let open = if person.category >= accepted {
            TopicSet::NONE
        } else {
            person.admitted()
        };
        (person.argued.0, person.evidenced.0) =
            (person.argued.0 & open.0, person.evidenced.0 & open.0);
        for slot in &mut person.concerns {
            let Some(concern) = slot else { continue };
            if !matters(concern.gate) {
                *slot = None;
                continue;
            }
            concern.worry = match concern.worry {
                Worry::Hidden => Worry::Hidden,
                Worry::Open | Worry::Recurred => Worry::Open,
                // What is closed can be opened less easily than what is answered.
                Worry::Answered | Worry::Closed => Worry::Answered,
            };
            (concern.probed, concern.recurred, concern.heard) = (true, false, false);
            // Who caused it decides only how an answer is called.
            concern.by_trainee = false;
        }
    }

    /// What tells this reduced state apart; `surroundings` is a number below 256 for those of [`Space::surroundings`].
    pub fn key(&self, state: &State, surroundings: u64) -> Key {
        let person: &PersonState = state.person(self.person);
        let mut needs = 0;
        let mut concerns = 0;
        for i in 0..TOPICS {
            let need = person.needs[i];
            // Severity is at most 1 unless the model asks for more; level 2 implies it.
            let value = match need.level {
                0 => 0,
                1 => 1 + u64::from(need.severity.min(1)),
                _ => 3,
            };
            needs |= value << (2 * i);
            let concern = person.concerns[i].map_or(0, |c| match c.worry {
                Worry::Hidden => 1,
                Worry::Open => 2,
                _ => 3,
            });
            concerns |= concern << (2 * i);
        }
        let gauges = [person.category, person.vendor]
            .iter()
            .fold(0, |all, &g| all << 4 | g as u64);
        let flags = [person.opposed, person.price_asked]
            .iter()
            .fold(gauges, |all, &f| all << 1 | u64::from(f));
        // A severity of 2 is told apart where the model needs it for a want.
        let severe = person.needs.iter().enumerate().fold(0, |all, (i, n)| {
            all | u64::from(n.level == 1 && n.severity > 1) << i
        });
        [
            needs | surroundings << 48,
            concerns | flags << 48,
            u64::from(person.argued.0),
            u64::from(person.evidenced.0) | severe << 32,
        ]
    }

    /// Everything a line can lead to: once as if the client speaks up, and where he did, once as if he does not.
    pub fn next(&self, state: &State, line: &SpokenAct, events: &mut Vec<Event>) -> Vec<State> {
        let mut after = vec![self.step(state, line, self.speaks, events)];
        let spoke = events.iter().any(|e| {
            matches!(
                e,
                Event::Concern {
                    rule: Rule::ConcernRaised,
                    ..
                } | Event::PriceAsked { open: true, .. }
            )
        });
        if spoke {
            after.push(self.step(state, line, self.keeps_quiet, events));
        }
        after
    }

    fn step(&self, state: &State, line: &SpokenAct, seed: u64, events: &mut Vec<Event>) -> State {
        let mut after = State {
            seed,
            ..state.clone()
        };
        events.clear();
        let input = Input::Say {
            acts: std::slice::from_ref(line),
            long: false,
            named: 0,
        };
        // A visit is on in every reduced state, so a line is never refused.
        let _ = sim::step(
            &self.world.case,
            &self.world.model,
            &mut after,
            input,
            events,
        );
        after
    }
}

/// The gate whose worries a rule reads for what is searched: an open vendor worry caps the vendor stance.
fn matters(gate: Gate) -> bool {
    gate == Gate::Vendor
}
