//! What each act is worth: the transition rules of a turn of talk.
//!
//! `turn` spends patience, resolves the acts one by one, lets the client speak up, and says what he answers. The acts are
//! grouped as the codebook groups them: `asking`, `listening`, `arguing`, `moving`, `missteps`.

mod arguing;
mod asking;
mod listening;
mod missteps;
mod moving;

use crate::codebook::{Act, Evidence, SpokenAct, Topic, TopicSet};
use crate::scenario::beat::BeatMoment;
use crate::scenario::{Gate, NeedClass, PersonId, Reaction};
use crate::sim::beat;
use crate::sim::dice::Purpose;
use crate::sim::event::{Event, Form, Gauge, Rule, VisitEnd, Worry};
use crate::sim::step::Run;
use crate::sim::visit;

/// The most answers one turn can collect; a line of more acts has its last ones unanswered.
const MAX_ANSWERS: usize = 8;
/// How many of them he says.
const SPOKEN: usize = 2;

/// One turn of talk.
pub(super) fn turn(run: &mut Run, acts: &[SpokenAct], named: u8) {
    let Some(on) = run.state.visit else { return };
    let person = on.person;
    run.emit(Event::TurnBegan {
        person,
        turn: on.turn + 1,
    });
    run.impatient(person, 1, Rule::TurnSpent);
    let mut talk = Talk {
        person,
        named,
        answers: [None; MAX_ANSWERS],
        count: 0,
    };
    for &act in acts {
        quote(run, &talk, act);
        resolve(run, &mut talk, act);
        if run.state.visit.is_none() || run.state.outcome.is_some() {
            break;
        }
    }
    if acts.is_empty() {
        talk.answer(1, Reaction::Puzzled, None);
    }
    run.enforce_caps();
    talk.say(run);
    if run.state.outcome.is_some() {
        return;
    }
    let Some(on) = run.state.visit else { return };
    if on.pressed >= 2 {
        run.reply(person, Reaction::EndsVisitPressured, None);
        run.emit(Event::VisitEnded {
            person,
            end: VisitEnd::NoSale,
        });
    } else if on.patience <= 0 {
        visit::run_out(run);
    } else {
        if talk.count <= 1 {
            speak_up(run, person, false);
        }
        beat::fire(run, BeatMoment::Visit);
    }
}

/// A turn in the making: to whom, and what he will answer.
struct Talk {
    person: PersonId,
    named: u8,
    answers: [Option<(u8, Reaction, Option<Topic>)>; MAX_ANSWERS],
    count: usize,
}

impl Talk {
    /// Collects an answer; the weightiest are said, in the order in which they came up.
    fn answer(&mut self, weight: u8, reaction: Reaction, topic: Option<Topic>) {
        let twice = self.answers[..self.count]
            .iter()
            .flatten()
            .any(|&(_, r, t)| (r, t) == (reaction, topic));
        if self.count < MAX_ANSWERS && !twice {
            self.answers[self.count] = Some((weight, reaction, topic));
            self.count += 1;
        }
    }

    fn say(&self, run: &mut Run) {
        let mut weights = [0u8; MAX_ANSWERS];
        for (slot, answer) in weights.iter_mut().zip(&self.answers) {
            *slot = answer.map_or(0, |(w, ..)| w);
        }
        weights.sort_unstable_by(|a, b| b.cmp(a));
        // Light answers ("fair enough") are dropped beside a weighty one; two weighty ones are both said.
        let floor = weights[SPOKEN - 1].max(if weights[0] >= 4 { 3 } else { weights[0] });
        let mut said = 0;
        for &(weight, reaction, topic) in self.answers.iter().flatten() {
            if weight >= floor && said < SPOKEN {
                said += 1;
                run.reply(self.person, reaction, topic);
            }
        }
    }
}

fn resolve(run: &mut Run, talk: &mut Talk, act: SpokenAct) {
    match act.act {
        Act::Rapport => listening::rapport(run, talk, act),
        Act::Agenda => listening::agenda(run, talk, act),
        Act::AskSituation => asking::situation(run, talk, act),
        Act::AskProblem => asking::problem(run, talk, act),
        Act::AskImplication => asking::implication(run, talk, act),
        Act::AskPayoff => asking::payoff(run, talk, act),
        Act::AskCriteria => asking::criteria(run, talk, act),
        Act::AskProcess => asking::process(run, talk, act),
        Act::Probe => listening::probe(run, talk, act),
        Act::Acknowledge => listening::acknowledge(run, talk, act),
        Act::Summarize => listening::summarize(run, talk, act),
        Act::CategoryCase => arguing::category(run, talk, act),
        Act::Quantify => arguing::quantify(run, talk, act),
        Act::Derisk => arguing::derisk(run, talk, act),
        Act::VendorCase => arguing::vendor(run, talk, act),
        Act::Proof => arguing::proof(run, talk, act),
        Act::PriceInfo => arguing::price(run, talk, act),
        Act::Discount => arguing::discount(run, talk, act),
        Act::AskAccess => moving::access(run, talk, act),
        Act::Equip => moving::equip(run, talk, act),
        Act::ProposeNext => moving::propose(run, talk, act),
        Act::Candor => listening::candor(run, talk, act),
        Act::Pressure => missteps::pressure(run, talk, act),
        Act::Bypass => missteps::bypass(run, talk, act),
        Act::Rebut => missteps::rebut(run, talk, act),
        Act::Improper => missteps::improper(run, talk, act),
    }
}

/// Notes what an act turned out to be. Every rule calls this once, before it moves anything.
fn resolved(run: &mut Run, talk: &Talk, act: SpokenAct, form: Form) {
    let premature = !run.accepted(talk.person)
        && matches!(
            (act.act, form),
            (Act::VendorCase, Form::BareFact | Form::Advantage)
                | (Act::Discount, _)
                | (Act::PriceInfo, Form::Unprompted)
        );
    run.emit(Event::Resolved {
        person: talk.person,
        act: act.act,
        form,
        topics: act.topics,
        evidence: act.evidence,
        premature,
    });
    if premature
        && run
            .state
            .person(talk.person)
            .premature
            .is_multiple_of(run.model.patience.vendor_every)
    {
        run.impatient(talk.person, 1, Rule::VendorTooEarly);
    }
}

/// A colleague's name in a line that is not about being introduced carries his words along.
fn quote(run: &mut Run, talk: &Talk, act: SpokenAct) {
    let carries = matches!(
        act.act,
        Act::Summarize
            | Act::Rebut
            | Act::CategoryCase
            | Act::Probe
            | Act::VendorCase
            | Act::Pressure
    );
    if !carries {
        return;
    }
    for about in run.state.everybody() {
        if about != talk.person
            && talk.named & (1 << about) != 0
            && run.state.person(about).visits > 0
        {
            run.emit(Event::Quoted {
                person: talk.person,
                about,
            });
        }
    }
}

/// Answers the worries this act can answer: those on its topics, or the one on the table where it names no topic.
/// Returns the topic of one that was answered.
fn answer_worries(run: &mut Run, talk: &mut Talk, act: SpokenAct) -> Option<Topic> {
    let person = talk.person;
    let topics = if act.topics.is_empty() {
        run.state
            .visit
            .and_then(|v| v.on_table)
            .map_or(TopicSet::NONE, TopicSet::one)
    } else {
        act.topics
    };
    if act.evidence == Evidence::Unsupported {
        return None;
    }
    let mut answered = None;
    for topic in topics.iter() {
        let Some(concern) = run.state.person(person).concern(topic) else {
            continue;
        };
        if !concern.is_open() || !Run::answers(act.act, concern.gate) {
            continue;
        }
        // An answer about ourselves reaches no worry of somebody who sees no use in the thing (law 1).
        let too_early = match concern.gate {
            Gate::Confidence => run.state.person(person).category < 2,
            Gate::Vendor => !run.accepted(person) && act.act != Act::PriceInfo,
            _ => false,
        };
        if too_early {
            continue;
        }
        run.worry(person, topic, Worry::Answered, Rule::ConcernAnswered);
        // An admitted limit is met as such, not as an explanation that falls short.
        if !concern.probed && act.act != Act::Candor {
            talk.answer(3, Reaction::HalfAnswered, Some(topic));
        }
        answered = Some(topic);
    }
    answered
}

/// The client speaks up by himself: with a worry that came back, one not yet voiced, a hope, the price, or what
/// is settled. At most one thing a turn, and after an answer only now and then.
pub(super) fn speak_up(run: &mut Run, person: PersonId, opening: bool) {
    let state = run.state.person(person);
    if opening {
        let returned = state.worries().find(|(_, c)| c.worry == Worry::Recurred);
        if let Some((topic, _)) = returned {
            run.worry(person, topic, Worry::Recurred, Rule::ConcernRecurred);
            run.reply(person, Reaction::ConcernRecurs, Some(topic));
            return;
        }
    }
    if !run.chance(
        Purpose::SpeakUp,
        u64::from(opening),
        run.model.raise.after_answer_per_cent,
    ) {
        return;
    }
    if opening
        && run.settled_from_start(person)
        && run.case.need_class == NeedClass::Nice
        && state.visits == 1
    {
        run.reply(person, Reaction::CategorySettled, None);
        return;
    }
    if state.worries().any(|(_, c)| c.is_open()) {
        return;
    }
    let category = state.category;
    let due = |gate: Gate| match gate {
        Gate::Category => category < 3,
        Gate::Engagement => opening,
        Gate::Vendor => category >= 3,
        Gate::Confidence | Gate::Process | Gate::Politics | Gate::Authority => category >= 2,
    };
    let own = run.case.person(person).concerns.iter();
    let next = own
        .filter(|c| !c.hidden && due(c.gate))
        .map(|c| c.topic)
        .find(|&t| state.concern(t).is_some_and(|c| c.worry == Worry::Hidden));
    if let Some(topic) = next {
        run.worry(person, topic, Worry::Open, Rule::ConcernRaised);
        run.reply(person, Reaction::RaisesConcern, Some(topic));
        return;
    }
    let vague = run
        .case
        .person(person)
        .hopes
        .iter()
        .position(|h| state.admitted().has(h.topic))
        .filter(|&i| category >= 2 && !state.hopes[i.min(3)][2]);
    if let Some(hope) = vague {
        let topic = run.case.person(person).hopes[hope].topic;
        run.reply(person, Reaction::VoicesHope, Some(topic));
    } else if state.vendor >= run.model.raise.price_question_vendor as i8
        && !state.price_asked
        && !state.price_told
        && !opening
    {
        run.emit(Event::PriceAsked { person, open: true });
        run.reply(person, Reaction::AsksPrice, None);
    }
}

/// Weighs an argument or a piece of evidence for the category on a topic he admits to have trouble with. Both
/// together convince him; either alone brings him no further than to admit the problem.
fn weigh(run: &mut Run, person: PersonId, topic: Topic, evidence: bool, rule: Rule) {
    run.emit(Event::Weighed {
        person,
        topic,
        evidence,
    });
    let state = run.state.person(person);
    let both = state.argued.has(topic) && state.evidenced.has(topic);
    let told_max = run.model.category.told_only_max as i8;
    if both {
        run.at_least(
            person,
            Gauge::Category,
            run.model.category.accepted as i8,
            rule,
        );
        category_won(run, person);
    } else if state.category < told_max {
        run.shift(person, Gauge::Category, 1, rule);
    }
}

/// Somebody who wants the thing no longer asks what it is for.
fn category_won(run: &mut Run, person: PersonId) {
    if !run.accepted(person) {
        return;
    }
    for &topic in Topic::ALL {
        let Some(concern) = run.state.person(person).concern(topic) else {
            continue;
        };
        let open = concern.is_open() || concern.worry == Worry::Answered;
        if open && concern.gate == Gate::Category {
            run.worry(person, topic, Worry::Closed, Rule::ConcernClosed);
        }
    }
}

/// The same again with nothing new in it.
fn repeated(run: &mut Run, talk: &mut Talk, reaction: Reaction, topic: Option<Topic>) {
    run.impatient(talk.person, run.model.patience.repeated, Rule::Repeated);
    talk.answer(2, reaction, topic);
}
