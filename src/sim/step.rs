//! What an input makes happen: the one door into the simulation.

use crate::codebook::{Act, SpokenAct, Topic, TopicSet};
use crate::scenario::{Case, Gate, NeedClass, PersonId, Reaction};
use crate::sim::dice::{Purpose, below, chance, throw};
use crate::sim::event::{Event, Gauge, Incident, Outcome, PromiseKind, Rule, Worry};
use crate::sim::state::State;
use crate::sim::{Model, incident, rules, visit, week};

/// What a trainee does, as the simulation takes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input<'a> {
    /// Goes to see somebody.
    Visit(PersonId),
    /// Says something in the visit that is on.
    Say {
        /// What the line does.
        acts: &'a [SpokenAct],
        /// Over 120 characters or 60 words: only its first acts are taken in.
        long: bool,
        /// People mentioned: bit *n* for person *n*.
        named: u8,
    },
    /// Ends the visit.
    Leave,
    /// Does at the desk what was promised: number of the promise.
    Fulfil(u8),
    /// Lets the week end.
    NextWeek,
    /// Gives the deal up.
    Abandon,
    /// A trainer lets something happen from outside.
    Befall(Incident),
}

/// Why an input is not possible now; nothing has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The deal is over.
    #[error("the deal is over")]
    Over,
    /// A visit is on; it has to end first.
    #[error("a visit is on")]
    InVisit,
    /// No visit is on.
    #[error("no visit is on")]
    NotInVisit,
    /// No visits left this week.
    #[error("no visits left this week")]
    NoVisitsLeft,
    /// Nobody of that number, or nobody the trainee has heard of.
    #[error("nobody the trainee knows of")]
    Unknown,
    /// No desk time left this week.
    #[error("no desk time left this week")]
    NoTasksLeft,
    /// No open promise of the trainee's has that number.
    #[error("no such promise")]
    NoPromise,
}

/// Deals a new deal: the state before the first input and the events that led to it.
pub fn begin(case: &Case, model: &Model, seed: u64, events: &mut Vec<Event>) -> State {
    let mut state = State::new(case, seed);
    let mut run = Run {
        case,
        model,
        state: &mut state,
        events,
    };
    for id in run.state.everybody() {
        let person = case.person(id);
        let mut needs: TopicSet = person.needs.iter().map(|n| n.topic).collect();
        let of = |purpose| throw(seed, Default::default(), purpose, u64::from(id));
        // One of three or more difficulties may be absent in this run, so that a known case has to be diagnosed anew.
        if person.needs.len() >= 3
            && below(of(Purpose::DropNeed), 100) < u32::from(model.drop_need_per_cent)
        {
            let lost = below(
                of(Purpose::DropNeed).rotate_left(16),
                person.needs.len() as u32,
            );
            needs.0 &= !TopicSet::one(person.needs[lost as usize].topic).0;
        }
        let concerns = person.concerns.iter().map(|c| c.topic).collect();
        let spread = i32::from(model.patience.jitter);
        let jitter = below(of(Purpose::Patience), (2 * spread + 1) as u32) as i32 - spread;
        let patience = model.patience_of(person.role, person.temper) + jitter as i8;
        run.emit(Event::Cast {
            person: id,
            needs,
            concerns,
            patience,
        });
        if case.need_class == NeedClass::Must {
            run.moved(
                id,
                Gauge::Category,
                model.category.accepted as i8 + 1,
                Rule::Dealt,
            );
        }
    }
    run.emit(Event::WeekBegan { week: 1 });
    state
}

/// Takes one input. Events are appended to `events` and already applied to `state`.
///
/// # Errors
/// Where the input is not possible now; then nothing has changed.
pub fn step(
    case: &Case,
    model: &Model,
    state: &mut State,
    input: Input,
    events: &mut Vec<Event>,
) -> Result<(), Refusal> {
    if state.outcome.is_some() {
        return Err(Refusal::Over);
    }
    let in_visit = state.visit.is_some();
    let mut run = Run {
        case,
        model,
        state,
        events,
    };
    match input {
        Input::Visit(_) | Input::Fulfil(_) | Input::NextWeek if in_visit => Err(Refusal::InVisit),
        Input::Say { .. } | Input::Leave if !in_visit => Err(Refusal::NotInVisit),
        Input::Visit(person) => visit::open(&mut run, person),
        Input::Say { acts, long, named } => {
            let taken = if long {
                acts.len().min(model.talk.acts_of_long_line)
            } else {
                acts.len()
            };
            rules::turn(&mut run, &acts[..taken], named);
            Ok(())
        }
        Input::Leave => {
            visit::leave(&mut run);
            Ok(())
        }
        Input::Fulfil(promise) => fulfil(&mut run, promise),
        Input::NextWeek => {
            week::end(&mut run);
            Ok(())
        }
        Input::Befall(what) => {
            incident::happen(&mut run, what);
            Ok(())
        }
        Input::Abandon => {
            run.emit(Event::DealEnded {
                outcome: Outcome::Abandoned,
            });
            Ok(())
        }
    }
}

fn fulfil(run: &mut Run, number: u8) -> Result<(), Refusal> {
    let open = run
        .state
        .open_promises()
        .any(|(i, p)| i == number && p.kind == PromiseKind::Page);
    if !open {
        return Err(Refusal::NoPromise);
    }
    if run.state.tasks_used >= run.model.desk.tasks_a_week {
        return Err(Refusal::NoTasksLeft);
    }
    let person = run.state.promises[number as usize].map_or(0, |p| p.person);
    run.emit(Event::TaskSpent);
    run.emit(Event::Kept { promise: number });
    run.trust(
        person,
        run.model.trust.promise_kept_quarters,
        Rule::PromiseKept,
    );
    Ok(())
}

/// One step in the making: everything a rule may look at, and `emit`, the only way to make something happen.
pub(super) struct Run<'a> {
    pub case: &'a Case,
    pub model: &'a Model,
    pub state: &'a mut State,
    pub events: &'a mut Vec<Event>,
}

impl Run<'_> {
    pub fn emit(&mut self, event: Event) {
        self.state.apply(&event);
        self.events.push(event);
    }

    /// Moves a gauge to `to`, within its scale and the caps of the law; says nothing where nothing moves.
    pub fn moved(&mut self, person: PersonId, gauge: Gauge, to: i8, rule: Rule) {
        let from = self.state.gauge(person, gauge);
        let top = match gauge {
            Gauge::Category => self.category_cap(person),
            Gauge::Vendor => self.vendor_cap(person),
            Gauge::Confidence => self.confidence_cap(person),
            Gauge::Access => 5,
            Gauge::Trust => self.model.trust.max_quarters,
            Gauge::Patience => i8::MAX,
        };
        // A cap stops a rise; it does not undo what was reached before.
        let to = to.clamp(0, top.max(from).max(0));
        if to != from {
            self.emit(Event::Moved {
                person,
                gauge,
                from,
                to,
                rule,
            });
        }
    }

    /// Raises (or lowers) a gauge by `by`.
    pub fn shift(&mut self, person: PersonId, gauge: Gauge, by: i8, rule: Rule) {
        let to = self.state.gauge(person, gauge).saturating_add(by);
        self.moved(person, gauge, to, rule);
    }

    /// Adds quarters of trust.
    pub fn trust(&mut self, person: PersonId, quarters: i8, rule: Rule) {
        self.shift(person, Gauge::Trust, quarters, rule);
    }

    /// Takes turns of patience away.
    pub fn impatient(&mut self, person: PersonId, turns: i8, rule: Rule) {
        self.shift(person, Gauge::Patience, -turns, rule);
    }

    /// Raises a gauge to at least `to`.
    pub fn at_least(&mut self, person: PersonId, gauge: Gauge, to: i8, rule: Rule) {
        if self.state.gauge(person, gauge) < to {
            self.moved(person, gauge, to, rule);
        }
    }

    pub fn worry(&mut self, person: PersonId, topic: Topic, to: Worry, rule: Rule) {
        let Some(concern) = self.state.person(person).concern(topic) else {
            return;
        };
        self.emit(Event::Concern {
            person,
            topic,
            gate: concern.gate,
            to,
            by_trainee: false,
            rule,
        });
    }

    /// Opens a worry the trainee has caused; one that is on the table already stays as it is.
    pub fn cause_worry(&mut self, person: PersonId, topic: Topic, gate: Gate, rule: Rule) {
        let before = self.state.person(person).concern(topic);
        if before.is_some_and(|c| c.is_open()) {
            return;
        }
        let gate = before.map_or(gate, |c| c.gate);
        self.emit(Event::Concern {
            person,
            topic,
            gate,
            to: Worry::Open,
            by_trainee: true,
            rule,
        });
    }

    pub fn accepted(&self, person: PersonId) -> bool {
        self.state.person(person).category >= self.model.category.accepted as i8
    }

    pub fn chance(&self, purpose: Purpose, index: u64, per_cent: u8) -> bool {
        chance(
            self.state.seed,
            self.state.moment(),
            purpose,
            index,
            per_cent,
        )
    }

    pub fn is_decider(&self, person: PersonId) -> bool {
        person == self.case.decision_maker
    }

    /// Whether it was settled before the first word that such a thing is bought (pattern 2, or must-buy).
    pub fn settled_from_start(&self, person: PersonId) -> bool {
        self.case.need_class == NeedClass::Must
            || (!self.is_decider(person)
                && self.case.person(person).opening.category >= self.model.category.accepted)
    }

    /// Managers who stand against having such a thing.
    fn managers_against(&self) -> usize {
        let against = |id: &PersonId| {
            !self.is_decider(*id)
                && self.state.person(*id).category <= self.model.executive.against_at_most as i8
        };
        self.state.everybody().filter(against).count()
    }

    /// Whether required departments pull in different directions.
    pub fn split(&self) -> bool {
        let against = self.model.executive.against_at_most as i8;
        let mut required = self
            .state
            .everybody()
            .filter(|&id| !self.is_decider(id) && self.case.person(id).required)
            .map(|id| self.state.person(id));
        let (mut pro, mut contra, mut opposed) = (false, false, false);
        for person in &mut required {
            pro |= person.category >= self.model.category.accepted as i8;
            contra |= person.category <= against;
            opposed |= person.opposed;
        }
        opposed || (pro && contra)
    }

    fn category_cap(&self, person: PersonId) -> i8 {
        let held_back = self.is_decider(person)
            && self.case.need_class == NeedClass::Nice
            && self.managers_against() >= self.model.executive.managers_against as usize;
        if held_back {
            self.model.executive.category_max as i8
        } else {
            4
        }
    }

    fn vendor_cap(&self, person: PersonId) -> i8 {
        if !self.accepted(person) {
            self.model.vendor.shut_max as i8
        } else if self.state.person(person).has_open(Gate::Vendor) {
            self.model.vendor.with_open_concern_max as i8
        } else {
            self.model.vendor.linked_max as i8
        }
    }

    fn confidence_cap(&self, person: PersonId) -> i8 {
        let vague = !self.case.person(person).hopes.is_empty()
            && !self.state.person(person).has_concrete_hope();
        if vague {
            self.model.confidence.vague_hope_max as i8
        } else if self.is_decider(person) && self.split() {
            self.model.confidence.split_max as i8
        } else {
            3
        }
    }

    /// Lowers what a cap no longer allows: managers turned against, or departments split.
    pub fn enforce_caps(&mut self) {
        let decider = self.case.decision_maker;
        let (category, confidence) = (self.category_cap(decider), self.confidence_cap(decider));
        if self.state.person(decider).category > category {
            self.moved_down(decider, Gauge::Category, category, Rule::ManagersAgainst);
        }
        if self.state.outcome.is_none() && self.state.person(decider).confidence > confidence {
            self.moved_down(
                decider,
                Gauge::Confidence,
                confidence,
                Rule::DepartmentsSplit,
            );
        }
    }

    fn moved_down(&mut self, person: PersonId, gauge: Gauge, to: i8, rule: Rule) {
        let from = self.state.gauge(person, gauge);
        self.emit(Event::Moved {
            person,
            gauge,
            from,
            to,
            rule,
        });
    }

    pub fn reply(&mut self, person: PersonId, reaction: Reaction, topic: Option<Topic>) {
        self.emit(Event::Replied {
            person,
            reaction,
            topic,
        });
    }

    /// Whether `act` can answer a worry of this gate.
    pub fn answers(act: Act, gate: Gate) -> bool {
        match gate {
            Gate::Category => matches!(act, Act::CategoryCase | Act::Quantify | Act::Proof),
            Gate::Vendor => matches!(
                act,
                Act::VendorCase
                    | Act::Proof
                    | Act::Derisk
                    | Act::PriceInfo
                    | Act::Quantify
                    | Act::Candor
            ),
            Gate::Confidence => matches!(act, Act::Derisk | Act::Proof | Act::Quantify),
            Gate::Process => matches!(
                act,
                Act::Equip | Act::ProposeNext | Act::Derisk | Act::AskProcess | Act::Proof
            ),
            Gate::Authority => matches!(act, Act::AskProcess | Act::Equip | Act::AskAccess),
            Gate::Engagement => matches!(act, Act::Agenda | Act::ProposeNext | Act::Equip),
            Gate::Politics => matches!(
                act,
                Act::Equip | Act::Derisk | Act::AskCriteria | Act::ProposeNext
            ),
        }
    }
}
