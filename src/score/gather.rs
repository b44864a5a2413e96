//! The one pass over the log that fills the tally.
//!
//! A state is folded beside the events, so that an event is always judged by what was true just before it.

use super::tally::{
    ACCEPTED, Breach, Difficulty, Objection, PersonTally, Swing, Tally, VisitTally,
};
use super::{Cite, VisitRow};
use crate::codebook::{Act, Evidence, Step, Topic};
use crate::scenario::{Case, Gate, PersonId, Reaction, Role};
use crate::session::Session;
use crate::sim::event::Event;
use crate::sim::{Form, Gauge, PromiseKind, Route, Rule, State, VisitEnd, Worry};

/// Most fact questions in a row before it is a questionnaire. The rubric's number, not the model's: a trainer who
/// tunes the simulation must not move the yardstick.
const SITUATION_RUN: u8 = 3;
/// The same with an executive.
const SITUATION_RUN_EXECUTIVE: u8 = 2;

/// What a breach weighs among turning points, in points.
const BREACH: f64 = 1.0;
/// What somebody turned against us weighs.
const OPPOSED: f64 = 3.0;

impl<'s> Tally<'s> {
    /// Goes over the log once.
    pub fn of(session: &'s Session) -> Tally<'s> {
        let case: &Case = &session.world.case;
        let mut state = State::new(case, session.header.seed);
        session.dealt.iter().for_each(|e| state.apply(e));
        let people = state.everybody().map(|id| PersonTally {
            category: state.person(id).category,
            trust: state.person(id).trust,
            ..PersonTally::default()
        });
        let mut tally = Tally {
            session,
            case,
            people: people.collect(),
            talk: Vec::new(),
            visits: Vec::new(),
            swings: Vec::new(),
            quantified: Vec::new(),
            proofs: Vec::new(),
            facts: Vec::new(),
            process: Vec::new(),
            criteria: Vec::new(),
            unsupported: Vec::new(),
            discounts: Vec::new(),
            proposals: Vec::new(),
            pilots: Vec::new(),
            reported: Vec::new(),
            broken: Vec::new(),
            improper: Vec::new(),
            met: None,
            met_by_referral: None,
            at_parting: None,
            week: 1,
            last_act: None,
        };
        for (index, turn) in session.turns.iter().enumerate() {
            tally.last_act = None;
            for event in &turn.events {
                tally.note(index, event, &state);
                state.apply(event);
            }
        }
        tally
    }

    /// Takes one event in; `before` is the state just before it.
    fn note(&mut self, turn: usize, event: &Event, before: &State) {
        let cite = |rule| Cite { turn, rule };
        let here = cite(None);
        if before.visit.is_some()
            && let Some(visit) = self.visits.last_mut()
        {
            visit.last = turn;
        }
        match *event {
            Event::WeekBegan { week } => self.week = week,
            Event::VisitTried { person } => self.visits.push(VisitTally {
                row: VisitRow {
                    week: self.week,
                    person,
                    end: None,
                    turns: 0,
                    began: turn,
                },
                rank: 0,
                last: turn,
            }),
            Event::VisitBegan { person, route } if person == self.case.decision_maker => {
                self.met
                    .get_or_insert((cite(Some(Rule::VisitOpened)), route));
                if route == Some(Route::Referral) {
                    self.met_by_referral
                        .get_or_insert(cite(Some(Rule::MetIntroduced)));
                }
            }
            Event::TurnBegan { person, .. } => {
                self.talk.push(here);
                self.people[person as usize].talked.push(here);
                if let Some(visit) = self.visits.last_mut() {
                    visit.row.turns += 1;
                }
            }
            Event::Resolved {
                person,
                act,
                form,
                evidence,
                premature,
                ..
            } => {
                self.resolved(here, person, act, form, evidence, premature, before);
            }
            Event::Moved {
                person,
                gauge,
                from,
                to,
                rule,
            } if gauge != Gauge::Patience => {
                self.moved(cite(Some(rule)), person, gauge, from, to, before);
            }
            Event::Need {
                person,
                topic,
                level,
                severity,
                rule,
            } => {
                let of = &mut self.people[person as usize];
                let cite = cite(Some(rule));
                of.own_topics.push(cite);
                match of.difficulties.iter_mut().find(|d| d.topic == topic) {
                    None => of.difficulties.push(Difficulty {
                        topic,
                        admitted: cite,
                        consequence: None,
                        want: None,
                    }),
                    Some(known) if level == 2 => known.want = known.want.or(Some(cite)),
                    Some(known) if severity > 0 => {
                        known.consequence = known.consequence.or(Some(cite));
                    }
                    Some(_) => {}
                }
            }
            Event::Concern {
                person,
                topic,
                gate,
                to,
                by_trainee,
                rule,
            } => {
                self.concern(cite(Some(rule)), person, topic, gate, to, by_trainee);
            }
            Event::Probed { person, topic } => {
                let of = &mut self.people[person as usize];
                let cite = cite(Some(Rule::ConcernProbed));
                if let Some(known) = of.objections.iter_mut().find(|o| o.topic == topic) {
                    known.probed = known.probed.or(Some(cite));
                    if known.caused.is_empty() {
                        of.own_topics.push(cite);
                    }
                }
            }
            Event::Hope {
                person,
                hope,
                part,
                rule,
            } => {
                self.people[person as usize]
                    .hopes
                    .push((hope, part, cite(Some(rule))));
            }
            Event::Opposed {
                person,
                on: true,
                rule,
            } => {
                self.swing(turn, person, rule, -OPPOSED, before);
            }
            Event::ProcessTold { .. } => self.process.push(cite(Some(Rule::ProcessTold))),
            Event::CriteriaTold { person } => {
                let cite = cite(Some(Rule::CriteriaTold));
                self.criteria.push(cite);
                self.people[person as usize].own_topics.push(cite);
            }
            // What the client promised and did not do is no breach of ours.
            Event::Broken { promise }
                if before.promises[promise as usize]
                    .is_some_and(|p| p.kind == PromiseKind::Page) =>
            {
                self.broken.push(cite(Some(Rule::PromiseBroken)));
            }
            Event::Told {
                rule: Rule::ReportedUpward,
                ..
            } => {
                self.reported.push(cite(Some(Rule::ReportedUpward)));
            }
            Event::Breach { person, rule } => {
                let cite = cite(Some(rule));
                if rule == Rule::ImproperOffer {
                    self.improper.push(cite);
                }
                self.people[person as usize].breaches.push(Breach {
                    rule,
                    cite,
                    repaired: false,
                });
                self.swing(turn, person, rule, -BREACH, before);
            }
            Event::Repaired { person } => {
                for breach in &mut self.people[person as usize].breaches {
                    breach.repaired |= breach.rule != Rule::ImproperOffer;
                }
            }
            Event::StepProposed {
                person,
                step,
                agreed,
            } => {
                self.proposed(
                    cite(agreed.then_some(Rule::StepAgreed)),
                    person,
                    step,
                    agreed,
                );
            }
            Event::Advanced { .. } => self.rank(if self.last_act == Some(Act::AskAccess) {
                2
            } else {
                1
            }),
            Event::AccessRefused { person } => self.people[person as usize].refused = true,
            Event::Confirmed { person } => {
                self.people[person as usize]
                    .confirmed
                    .push(cite(Some(Rule::SummaryRight)));
            }
            Event::Candid { person, .. } => {
                self.people[person as usize]
                    .candid
                    .push(cite(Some(Rule::CandorShown)));
            }
            Event::Replied {
                person, reaction, ..
            } => {
                let of = &mut self.people[person as usize];
                of.authority |= reaction == Reaction::NotMineToDecide;
                of.refused |= matches!(
                    reaction,
                    Reaction::NoReportNeeded
                        | Reaction::ProcessNotMine
                        | Reaction::DeclinesIntroduction
                );
            }
            Event::VisitEnded { end, .. } => {
                if let Some(visit) = self.visits.last_mut() {
                    visit.row.end = Some(end);
                }
                if end == VisitEnd::Order {
                    self.rank(3);
                }
                self.at_parting = Some(before.clone());
            }
            _ => {}
        }
    }

    fn resolved(
        &mut self,
        cite: Cite,
        person: PersonId,
        act: Act,
        form: Form,
        evidence: Evidence,
        premature: bool,
        before: &State,
    ) {
        self.last_act = Some(act);
        let role = self.case.person(person).role;
        let of = &mut self.people[person as usize];
        let with = |rule| Cite {
            rule: Some(rule),
            ..cite
        };
        if premature && of.premature.last().map(|c| c.turn) != Some(cite.turn) {
            of.premature.push(with(match act {
                Act::PriceInfo => Rule::PriceUnasked,
                Act::Discount if form == Form::Unprompted => Rule::DiscountUnprompted,
                _ => Rule::VendorTooEarly,
            }));
        }
        if evidence == Evidence::Unsupported {
            self.unsupported.push(with(Rule::Unsupported));
        }
        match act {
            Act::CategoryCase if of.lectures.last() != Some(&cite) => of.lectures.push(cite),
            Act::AskSituation => {
                let most = if role == Role::Executive {
                    SITUATION_RUN_EXECUTIVE
                } else {
                    SITUATION_RUN
                };
                if before.visit.is_some_and(|v| v.situation_run >= most) {
                    of.questionnaires.push(with(Rule::QuestionOverload));
                }
            }
            Act::Quantify => self.quantified.push(cite),
            Act::Proof => {
                self.proofs.push(cite);
                if matches!(evidence, Evidence::Fact(_)) {
                    self.facts.push(cite);
                }
            }
            // What he himself asked about us is an answer, no claim.
            Act::VendorCase if form != Form::Prompted => {
                let linked = form == Form::Benefit && evidence != Evidence::Unsupported;
                of.claims.push((
                    linked,
                    Cite {
                        rule: linked.then_some(Rule::BenefitLinked),
                        ..cite
                    },
                ));
            }
            Act::Discount if form == Form::Unprompted => {
                self.discounts.push(with(Rule::DiscountUnprompted));
            }
            Act::AskAccess => {
                of.asked_up |= person != self.case.decision_maker;
                of.refused |= form == Form::Bypass;
            }
            Act::Rebut => of.rebuts += 1,
            _ => {}
        }
    }

    fn moved(
        &mut self,
        cite: Cite,
        person: PersonId,
        gauge: Gauge,
        from: i8,
        to: i8,
        before: &State,
    ) {
        let Some(rule) = cite.rule else { return };
        let of = &mut self.people[person as usize];
        of.moves.push((gauge, cite));
        if gauge == Gauge::Category
            && to >= ACCEPTED
            && of.category < ACCEPTED
            && of.accepted.is_none()
        {
            of.accepted = Some(cite);
            of.premature_before = of.premature.len();
        }
        let scale = if gauge == Gauge::Trust {
            f64::from(self.session.world.model.trust.scale_quarters)
        } else {
            1.0
        };
        self.swing(
            cite.turn,
            person,
            rule,
            f64::from(to - from) / scale,
            before,
        );
    }

    fn concern(
        &mut self,
        cite: Cite,
        person: PersonId,
        topic: Topic,
        gate: Gate,
        to: Worry,
        caused: bool,
    ) {
        let of = &mut self.people[person as usize];
        of.authority |= gate == Gate::Authority && to == Worry::Open;
        let at = match of.objections.iter().position(|o| o.topic == topic) {
            Some(at) => at,
            None if matches!(to, Worry::Open | Worry::Recurred) => {
                of.objections.push(Objection {
                    topic,
                    gate,
                    raised: cite,
                    caused: Vec::new(),
                    probed: None,
                    answered: None,
                    probed_first: false,
                    by: None,
                    closed: None,
                    recurred: None,
                    rebutted: false,
                    hidden: None,
                    open: true,
                });
                of.objections.len() - 1
            }
            None => return,
        };
        let rebuts = of.rebuts;
        let known = &mut of.objections[at];
        known.open = matches!(to, Worry::Open | Worry::Recurred);
        match to {
            Worry::Hidden => {}
            Worry::Open => {
                known.closed = None;
                if caused {
                    known.caused.push(cite);
                }
                if cite.rule == Some(Rule::HiddenSurfaced) {
                    known.hidden = Some(cite);
                }
            }
            Worry::Answered => {
                known.probed_first |= known.answered.is_none() && known.probed.is_some();
                known.answered = known.answered.or(Some(cite));
                known.by = self.last_act;
            }
            Worry::Closed => known.closed = Some(cite),
            Worry::Recurred => {
                known.closed = None;
                known.recurred = known.recurred.or(Some(cite));
                known.rebutted |= rebuts > 0;
            }
        }
    }

    fn proposed(&mut self, cite: Cite, person: PersonId, step: Step, agreed: bool) {
        self.proposals.push(cite);
        let decides = person == self.case.decision_maker;
        let of = &mut self.people[person as usize];
        match step {
            Step::Decision => {
                of.decision_asked.push(cite);
                of.asked_up |= !decides;
            }
            Step::Small | Step::Pilot => of.refused |= !agreed,
        }
        if agreed && step == Step::Pilot {
            self.pilots.push(cite);
            self.rank(2);
        }
    }

    /// Notes how much the client agreed to in the visit that is on.
    fn rank(&mut self, rank: u8) {
        if let Some(visit) = self.visits.last_mut() {
            visit.rank = visit.rank.max(rank);
        }
    }

    fn swing(&mut self, turn: usize, person: PersonId, rule: Rule, size: f64, before: &State) {
        let visit = (self.visits.len(), before.visit.is_some());
        self.swings.push(Swing {
            turn,
            visit,
            person,
            rule,
            size,
        });
    }
}
