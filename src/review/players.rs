//! Seeded players, good and bad.

use crate::codebook::{Act, Evidence, ReadAct, Scope, SpokenAct, Step, Topic, TopicSet};
use crate::review::{losers, strong};
use crate::scenario::{Case, MAX_PEOPLE, PersonId, Reaction, Role};
use crate::session::{Entry, Header, Mode, Session, World};
use crate::sim::dice::{Purpose, below, throw};
use crate::sim::{self, Event, Input, Model, Outcome, PromiseKind, State};
use crate::text::{Language, Text};

/// Inputs after which a player is stopped; a deal of 12 weeks takes far fewer.
const MOST_INPUTS: usize = 600;

/// How somebody sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Player {
    /// Category first, asks, makes it checkable, equips, is introduced, asks for the decision.
    Strong,
    /// Means well, and tells where he should ask about as often as not.
    Average,
    /// Small talk, strengths, price: what sold hardware.
    OldHabits,
    /// Goes straight to the top.
    Bypasser,
    /// Says nothing to the point.
    Silent,
    /// Agrees with everything.
    YesMan,
    /// Asks whatever comes to mind.
    QuestionSprayer,
    /// Puts every word he has learnt into one line.
    KeywordStuffer,
    /// Lectures on the category, with figures and proof, and asks nothing.
    CategoryLecturer,
}

impl Player {
    /// All players.
    pub const ALL: [Player; 9] = [
        Player::Strong,
        Player::Average,
        Player::OldHabits,
        Player::Bypasser,
        Player::Silent,
        Player::YesMan,
        Player::QuestionSprayer,
        Player::KeywordStuffer,
        Player::CategoryLecturer,
    ];

    /// The identifier used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Player::Strong => "strong",
            Player::Average => "average",
            Player::OldHabits => "old_habits",
            Player::Bypasser => "bypasser",
            Player::Silent => "silent",
            Player::YesMan => "yes_man",
            Player::QuestionSprayer => "question_sprayer",
            Player::KeywordStuffer => "keyword_stuffer",
            Player::CategoryLecturer => "category_lecturer",
        }
    }
}

/// What a player does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// Goes to see somebody.
    Visit(PersonId),
    /// Says something.
    Say(Vec<SpokenAct>),
    /// Takes his leave.
    Leave,
    /// Does what was promised.
    Fulfil(u8),
    /// Lets the week end.
    NextWeek,
}

impl Choice {
    /// As an entry of a log; its words are empty.
    pub fn entry(&self) -> Entry {
        match self {
            Choice::Visit(person) => Entry::Visit(*person),
            Choice::Leave => Entry::Leave,
            Choice::Fulfil(promise) => Entry::Fulfil(*promise),
            Choice::NextWeek => Entry::NextWeek,
            Choice::Say(acts) => Entry::Say {
                words: Text::default(),
                acts: acts
                    .iter()
                    .map(|&spoken| ReadAct {
                        spoken,
                        span: 0..0,
                        confidence: 1.0,
                    })
                    .collect(),
            },
        }
    }

    /// What an entry chose; `None` for entries that are no move of the deal, and for giving it up.
    pub fn of(entry: &Entry) -> Option<Choice> {
        Some(match entry {
            Entry::Visit(person) => Choice::Visit(*person),
            Entry::Leave => Choice::Leave,
            Entry::Fulfil(promise) => Choice::Fulfil(*promise),
            Entry::NextWeek => Choice::NextWeek,
            Entry::Say { acts, .. } => Choice::Say(acts.iter().map(|a| a.spoken).collect()),
            _ => return None,
        })
    }
}

/// How a played deal ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// The state at the end.
    pub state: State,
    /// All events.
    pub events: Vec<Event>,
    /// What was put in, as a log holds it; words are empty.
    pub entries: Vec<Entry>,
}

impl Played {
    /// Whether it ended in an order.
    pub fn won(&self) -> bool {
        self.state.outcome == Some(Outcome::Order)
    }

    /// The same deal as a session, for the score.
    pub fn session(&self, world: World) -> Session {
        let header = Header {
            scenario: world.case.id.clone(),
            content: String::new(),
            model: world.model.version,
            seed: self.state.seed,
            language: Language::Zh,
            mode: Mode::Free,
            exam: false,
            started: 0,
            past: Default::default(),
        };
        Session::replay(world, header, self.entries.iter().cloned())
    }
}

/// Plays a case to its end.
pub fn play(case: &Case, model: &Model, seed: u64, player: Player) -> Played {
    let mut events = Vec::new();
    let state = sim::begin(case, model, seed, &mut events);
    play_on(case, model, state, events, player)
}

/// Plays on from a moment of a deal; `events` are all that led to it. The entries are those of the rest.
pub fn play_on(
    case: &Case,
    model: &Model,
    mut state: State,
    mut events: Vec<Event>,
    player: Player,
) -> Played {
    let mut entries = Vec::new();
    let mut refused = 0;
    let mut memory = Memory::default();
    let mut heard = 0;
    for _ in 0..MOST_INPUTS {
        if state.outcome.is_some() {
            break;
        }
        for event in &events[heard..] {
            remember(&mut memory, event);
        }
        heard = events.len();
        let view = View::new(case, &state, &memory);
        let choice = choose(player, &view);
        let named = match &choice {
            Choice::Say(acts) => mentions(case, acts),
            _ => 0,
        };
        let input = match &choice {
            Choice::Visit(person) => Input::Visit(*person),
            Choice::Say(acts) => Input::Say {
                acts,
                long: false,
                named,
            },
            Choice::Leave => Input::Leave,
            Choice::Fulfil(promise) => Input::Fulfil(*promise),
            Choice::NextWeek => Input::NextWeek,
        };
        if sim::step(case, model, &mut state, input, &mut events).is_err() {
            // A player that asks for the impossible lets the week go by instead of standing still.
            refused += 1;
            let way_out = if state.visit.is_some() {
                Input::Leave
            } else {
                Input::NextWeek
            };
            if refused > 60 || sim::step(case, model, &mut state, way_out, &mut events).is_err() {
                break;
            }
            entries.push(if way_out == Input::Leave {
                Entry::Leave
            } else {
                Entry::NextWeek
            });
            continue;
        }
        entries.push(choice.entry());
    }
    Played {
        state,
        events,
        entries,
    }
}

/// What a player has been told and keeps in mind.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    denied: [TopicSet; MAX_PEOPLE],
    doubted: [TopicSet; MAX_PEOPLE],
    /// Who put a decision off, and why, until he is seen again.
    put_off: Option<(PersonId, Reaction)>,
    /// What each person has been given an answer on since his visit began.
    answered: [TopicSet; MAX_PEOPLE],
}

pub(super) fn remember(memory: &mut Memory, event: &Event) {
    let (person, reaction, topic) = match *event {
        Event::VisitBegan { person, .. } => {
            memory.put_off = memory.put_off.filter(|&(who, _)| who != person);
            memory.answered[person as usize] = TopicSet::NONE;
            return;
        }
        Event::Resolved {
            person,
            act,
            topics,
            ..
        } if strong::answers(act) => {
            let answered = &mut memory.answered[person as usize];
            *answered = answered.union(topics);
            return;
        }
        Event::Replied {
            person,
            reaction,
            topic,
        } => (person, reaction, topic),
        _ => return,
    };
    let told = match reaction {
        Reaction::DepartmentsSplit | Reaction::NotReadyConfidence => {
            memory.put_off = Some((person, reaction));
            return;
        }
        Reaction::NoSuchProblem => &mut memory.denied[person as usize],
        Reaction::SeesNoValue => &mut memory.doubted[person as usize],
        _ => return,
    };
    *told = topic.map_or(*told, |topic| told.with(topic));
}

/// Players name nobody but the decision-maker, when they ask to be taken to him.
pub(super) fn mentions(case: &Case, acts: &[SpokenAct]) -> u8 {
    let access = acts.iter().any(|a| a.act == Act::AskAccess);
    if access { 1 << case.decision_maker } else { 0 }
}

/// What a trainee could know, and dice of his own.
pub(super) struct View<'a> {
    pub case: &'a Case,
    pub state: &'a State,
    /// Difficulties each person has said he does not have.
    pub denied: &'a [TopicSet; MAX_PEOPLE],
    /// Difficulties of which he could not see what solving them is worth.
    pub doubted: &'a [TopicSet; MAX_PEOPLE],
    /// Why the top put the decision off: his departments disagree, or he does not dare yet.
    pub put_off: Option<Reaction>,
    /// What each person has been given an answer on in this visit: one that did not help is not given twice.
    pub answered: &'a [TopicSet; MAX_PEOPLE],
    drawn: u64,
}

impl<'a> View<'a> {
    pub fn new(case: &'a Case, state: &'a State, memory: &'a Memory) -> View<'a> {
        View {
            case,
            state,
            denied: &memory.denied,
            doubted: &memory.doubted,
            put_off: memory.put_off.map(|(_, why)| why),
            answered: &memory.answered,
            drawn: state.turns.into(),
        }
    }

    /// Draws 0..`n`; `salt` tells apart draws at one moment.
    pub fn draw(&self, salt: u64, n: usize) -> usize {
        let index = self.drawn << 8 | salt;
        below(
            throw(self.state.seed, self.state.moment(), Purpose::Player, index),
            n as u32,
        ) as usize
    }

    /// True in `per_cent` of the draws.
    pub fn by_chance(&self, salt: u64, per_cent: usize) -> bool {
        self.draw(salt, 100) < per_cent
    }

    /// A fact on the sheet about `topic`.
    pub fn fact(&self, topic: Topic, scope: Scope) -> Evidence {
        let found = self
            .case
            .facts
            .iter()
            .position(|f| f.topic == topic && f.scope == scope);
        found.map_or(Evidence::None, |i| Evidence::Fact(i as u8))
    }

    /// Whether the top has said that his departments disagree.
    pub fn split(&self) -> bool {
        self.put_off == Some(Reaction::DepartmentsSplit)
    }

    /// Colleagues the trainee knows of, the decision-maker not among them.
    pub fn managers(&self) -> impl Iterator<Item = PersonId> + '_ {
        let decider = self.case.decision_maker;
        self.state
            .everybody()
            .filter(move |&id| id != decider && self.state.person(id).named)
    }

    pub fn visits_left(&self) -> bool {
        self.state.visits_used < self.case.visits_per_week
    }

    /// What the trainee has promised and not done.
    pub fn own_promise(&self) -> Option<u8> {
        self.state
            .open_promises()
            .find(|(_, p)| p.kind == PromiseKind::Page)
            .map(|(number, _)| number)
    }
}

/// Topics worth asking a role about, by common sense of the trade.
pub(super) fn topics_of(role: Role) -> &'static [Topic] {
    use Topic::*;
    match role {
        Role::ProcurementManager => &[
            TotalCost,
            AfterSales,
            DeliveryCapacity,
            InternalAlignment,
            QualityRisk,
            ProcessCompliance,
        ],
        Role::ProjectManager => &[
            SiteCoordination,
            Schedule,
            CustomerSatisfaction,
            QualityRisk,
            UsabilityMaintenance,
            Efficiency,
        ],
        Role::Executive => &[
            CustomerSatisfaction,
            EndCustomerValue,
            StrategicFit,
            TotalCost,
        ],
        Role::DepartmentManager => &[
            EndCustomerValue,
            QualityRisk,
            Efficiency,
            StrategicFit,
            AfterSales,
            UsabilityMaintenance,
            DeliveryCapacity,
        ],
    }
}

pub(super) fn choose(player: Player, view: &View) -> Choice {
    match player {
        Player::Strong => strong::choose(view, strong::Skill::FULL),
        Player::Average => strong::choose(view, strong::Skill::HALF),
        _ => match view.state.visit {
            None => at_desk(player, view),
            Some(_) => in_talk(player, view),
        },
    }
}

fn at_desk(player: Player, view: &View) -> Choice {
    if !view.visits_left() {
        return Choice::NextWeek;
    }
    let decider = view.case.decision_maker;
    let top = view.state.person(decider).named
        && (player == Player::Bypasser || view.state.person(decider).access >= 3);
    if top && view.draw(1, 3) > 0 {
        return Choice::Visit(decider);
    }
    let known: Vec<PersonId> = view
        .managers()
        .filter(|&id| view.case.person(id).known)
        .collect();
    match known.get(view.draw(2, known.len().max(1))) {
        Some(&person) => Choice::Visit(person),
        None => Choice::NextWeek,
    }
}

fn in_talk(player: Player, view: &View) -> Choice {
    let Some(visit) = view.state.visit else {
        return Choice::NextWeek;
    };
    let say = |acts: Vec<SpokenAct>| Choice::Say(acts);
    if visit.turn > 8 {
        return Choice::Leave;
    }
    let topics = Topic::ALL;
    let topic = topics[view.draw(3, topics.len())];
    let vendor_fact = || {
        let ours: Vec<usize> = (0..view.case.facts.len())
            .filter(|&i| view.case.facts[i].scope == Scope::Vendor)
            .collect();
        let fact = ours.get(view.draw(4, ours.len().max(1))).copied();
        let topic = fact.map_or(Topic::VendorTrackRecord, |i| view.case.facts[i].topic);
        let evidence = fact.map_or(Evidence::None, |i| Evidence::Fact(i as u8));
        SpokenAct::on(Act::Proof, topic)
            .scoped(Scope::Vendor)
            .evidence(evidence)
    };
    let decision = || SpokenAct::bare(Act::ProposeNext).step(Step::Decision);
    match player {
        Player::Strong | Player::Average => unreachable!("they choose by `strong`"),
        Player::KeywordStuffer => say(losers::keywords(view)),
        Player::CategoryLecturer => say(vec![losers::lecture(view)]),
        Player::OldHabits => say(vec![match view.draw(5, 9) {
            0 | 1 => SpokenAct::bare(Act::Rapport),
            2..=4 => SpokenAct::on(Act::VendorCase, topic),
            5 => vendor_fact(),
            6 => SpokenAct::on(Act::Discount, Topic::Price),
            7 => SpokenAct::on(Act::PriceInfo, Topic::Price)
                .evidence(view.fact(Topic::Price, Scope::Vendor)),
            _ => {
                if view.by_chance(6, 50) {
                    decision()
                } else {
                    SpokenAct::bare(Act::ProposeNext)
                }
            }
        }]),
        Player::Bypasser => say(vec![match view.draw(5, 8) {
            0 => SpokenAct::bare(Act::AskProcess),
            1 => SpokenAct::bare(Act::Bypass),
            2 => SpokenAct::bare(Act::AskAccess),
            3 => SpokenAct::on(Act::CategoryCase, topic),
            4 => SpokenAct::on(Act::VendorCase, topic),
            5 => vendor_fact(),
            6 => SpokenAct::on(Act::AskPayoff, topic),
            _ => decision(),
        }]),
        Player::Silent => say(match view.draw(5, 3) {
            0 => vec![],
            1 => vec![SpokenAct::bare(Act::Acknowledge)],
            _ => vec![SpokenAct::bare(Act::Rapport)],
        }),
        Player::YesMan => say(match view.draw(5, 6) {
            0 => vec![
                SpokenAct::bare(Act::Acknowledge),
                SpokenAct::bare(Act::Summarize),
            ],
            1 => vec![
                SpokenAct::bare(Act::Acknowledge),
                SpokenAct::on(Act::Discount, Topic::Price),
            ],
            2 => vec![
                SpokenAct::bare(Act::Acknowledge),
                SpokenAct::bare(Act::ProposeNext),
            ],
            3 => vec![
                SpokenAct::bare(Act::Acknowledge),
                SpokenAct::bare(Act::Equip),
            ],
            4 => vec![SpokenAct::bare(Act::Candor)],
            _ => vec![SpokenAct::bare(Act::Acknowledge), decision()],
        }),
        Player::QuestionSprayer => {
            const QUESTIONS: [Act; 7] = [
                Act::AskSituation,
                Act::AskProblem,
                Act::AskImplication,
                Act::AskPayoff,
                Act::AskCriteria,
                Act::AskProcess,
                Act::Probe,
            ];
            let mut acts: Vec<SpokenAct> = (0..3)
                .map(|i| {
                    SpokenAct::on(
                        QUESTIONS[view.draw(10 + i, 7)],
                        topics[view.draw(20 + i, topics.len())],
                    )
                })
                .collect();
            if view.by_chance(7, 15) {
                acts.push(decision());
            }
            say(acts)
        }
    }
}
