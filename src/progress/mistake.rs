//! The patterns of what goes wrong, in deals and on cards, by the rule of the simulation that shows them.

use crate::codebook::vocabulary;
use crate::scenario::{Gate, PersonId};
use crate::session::Session;
use crate::sim::{Event, Rule, State, VisitEnd, Worry};
use crate::text::Text;

/// Category stance from which somebody wants such a thing.
const ACCEPTED: i8 = 3;

vocabulary! {
    /// What went wrong.
    Mistake {
        /// Argued for us before the category was accepted.
        VendorTooEarly = "vendor_too_early", "品类没认可，先讲自家", "arguing for us too early";
        /// Argued the category without a known need.
        CategoryUntimely = "category_untimely", "没问难点，先讲道理", "preaching before a trouble is known";
        /// Argued what was settled.
        CategoryWasted = "category_wasted", "已经定了要买，还在论证", "arguing what is settled already";
        /// Rubbed the pain in after acceptance.
        PainRepeated = "pain_repeated", "认可以后又戳痛处", "rubbing in the pain after a yes";
        /// A strength that met no want.
        AdvantageUnlinked = "advantage_unlinked", "优势没对上他要的", "a strength nobody asked for";
        /// A price or discount nobody asked for.
        DiscountUnasked = "discount_unasked", "没人问价就报价让价", "price or discount unasked";
        /// A claim nothing supports.
        Unsupported = "unsupported", "说法没有依据", "a claim nothing supports";
        /// Answered before asking what is behind it.
        AnsweredUnprobed = "answered_unprobed", "没问清就回答", "answering before asking";
        /// Contradicted or belittled.
        Rebutted = "rebutted", "反驳、贬低", "contradicting or belittling";
        /// Pushed.
        Pressed = "pressed", "施压催促", "pushing";
        /// Went over somebody's head.
        Bypassed = "bypassed", "越过他往上找", "going over his head";
        /// Put words into his mouth.
        PutWords = "put_words", "替他说他没说的话", "putting words into his mouth";
        /// Too many questions.
        QuestionOverload = "question_overload", "一连串背景问题", "a string of fact questions";
        /// The same again.
        Repeated = "repeated", "同样的话又讲一遍", "saying the same again";
        /// Asked for too much at once.
        StepTooBig = "step_too_big", "一步要得太大", "asking for too big a step";
        /// Parted without anything agreed.
        VagueNext = "vague_next", "没约定下一步", "parting with nothing agreed";
        /// Carried a colleague's words.
        Quoted = "quoted", "转述别人的话", "quoting a colleague";
        /// Broke a promise.
        PromiseBroken = "promise_broken", "答应的事没做", "breaking a promise";
        /// Offered a favour.
        Improper = "improper", "不当利益", "an improper favour";
        /// Answered another gate than the one that is shut; on cards alone.
        WrongGate = "wrong_gate", "答非所问：敲错了门", "knocking at the wrong gate";
        /// Claimed to solve everything; on cards alone.
        ListOfEverything = "list_of_everything", "一口气全包", "claiming to solve everything";
        /// Blamed the relationship where authority was missing; on cards alone.
        RelationshipBlamed = "relationship_blamed", "以为是关系没到位", "blaming the relationship";
    }
}

impl Mistake {
    /// The mistake a rule shows, if it shows one.
    pub fn of(rule: Rule) -> Option<Mistake> {
        Some(match rule {
            Rule::VendorTooEarly => Mistake::VendorTooEarly,
            Rule::CategoryUntimely => Mistake::CategoryUntimely,
            Rule::CategoryWasted => Mistake::CategoryWasted,
            Rule::PainRepeated => Mistake::PainRepeated,
            Rule::AdvantageUnlinked => Mistake::AdvantageUnlinked,
            Rule::DiscountUnprompted | Rule::PriceUnasked => Mistake::DiscountUnasked,
            Rule::Unsupported => Mistake::Unsupported,
            Rule::Rebutted => Mistake::Rebutted,
            Rule::Pressed => Mistake::Pressed,
            Rule::Bypassed => Mistake::Bypassed,
            Rule::SummaryWrong => Mistake::PutWords,
            Rule::QuestionOverload => Mistake::QuestionOverload,
            Rule::Repeated => Mistake::Repeated,
            Rule::StepTooBig => Mistake::StepTooBig,
            Rule::Quoted | Rule::QuoteCameBack => Mistake::Quoted,
            Rule::PromiseBroken => Mistake::PromiseBroken,
            Rule::ImproperOffer => Mistake::Improper,
            _ => return None,
        })
    }
}

/// One mistake of a deal, with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Index of the turn.
    pub turn: usize,
    /// What went wrong.
    pub mistake: Mistake,
    /// The gate that was shut with this person then.
    pub gate: Gate,
    /// With whom, as he is called.
    pub person: Text,
    /// What he had said last; empty where nothing.
    pub client: Text,
    /// What the trainee said; empty where he did it without words.
    pub own: Text,
}

/// Every mistake of a deal, each once a turn, in order.
pub fn misses(session: &Session) -> Vec<Miss> {
    let case = &session.world.case;
    let mut state = State::new(case, session.header.seed);
    session.dealt.iter().for_each(|event| state.apply(event));
    let mut found: Vec<Miss> = Vec::new();
    let mut heard = Text::default();
    for (index, turn) in session.turns.iter().enumerate() {
        for event in &turn.events {
            if let Some((mistake, person)) = shown(event, &state)
                && !found
                    .iter()
                    .any(|m| m.turn == index && m.mistake == mistake)
            {
                let own = turn.said.iter().find(|said| said.by.is_none());
                found.push(Miss {
                    turn: index,
                    mistake,
                    gate: gate(&state, person, case.decision_maker),
                    person: case.person(person).call.clone(),
                    client: heard.clone(),
                    own: own.map_or_else(Text::default, |said| said.words.clone()),
                });
            }
            state.apply(event);
            if matches!(event, Event::VisitBegan { .. }) {
                heard = Text::default();
            }
        }
        if let Some(said) = turn.said.iter().rev().find(|said| said.by.is_some()) {
            heard = said.words.clone();
        }
    }
    found
}

fn shown(event: &Event, before: &State) -> Option<(Mistake, PersonId)> {
    match *event {
        Event::Moved { person, rule, .. } | Event::Breach { person, rule } => {
            Some((Mistake::of(rule)?, person))
        }
        Event::Concern {
            person,
            to: Worry::Answered,
            topic,
            ..
        } => {
            let worry = before.person(person).concern(topic)?;
            (!worry.probed).then_some((Mistake::AnsweredUnprobed, person))
        }
        Event::Concern {
            person,
            by_trainee: true,
            rule,
            ..
        } => Some((Mistake::of(rule)?, person)),
        Event::StepProposed {
            person,
            agreed: false,
            ..
        } => Some((Mistake::StepTooBig, person)),
        Event::VisitEnded {
            person,
            end: VisitEnd::Continuation,
        } => Some((Mistake::VagueNext, person)),
        Event::Quoted { person, .. } => Some((Mistake::Quoted, person)),
        Event::Resolved {
            person,
            premature: true,
            ..
        } => Some((Mistake::VendorTooEarly, person)),
        _ => None,
    }
}

/// The gate that is shut with a person: the worry on the table, else the first of category, authority, vendor, confidence.
fn gate(state: &State, person: PersonId, decides: PersonId) -> Gate {
    let p = state.person(person);
    let on_table = state
        .visit
        .filter(|visit| visit.person == person)
        .and_then(|visit| p.concern(visit.on_table?));
    match on_table {
        Some(worry) if worry.is_open() => worry.gate,
        _ if p.category < ACCEPTED => Gate::Category,
        _ if person != decides => Gate::Authority,
        _ if p.vendor < ACCEPTED => Gate::Vendor,
        _ => Gate::Confidence,
    }
}
