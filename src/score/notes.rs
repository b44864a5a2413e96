//! What single events add to the tally.

use super::Cite;
use super::tally::{ACCEPTED, Objection, Swing, Tally};
use crate::codebook::{Act, Evidence, Step, Topic};
use crate::scenario::{Gate, PersonId, Role};
use crate::sim::event::Event;
use crate::sim::{Form, Gauge, Rule, State, Worry};

/// Most fact questions in a row before it is a questionnaire. The rubric's number, not the model's: a trainer who
/// tunes the simulation must not move the yardstick.
const SITUATION_RUN: u8 = 3;
/// The same with an executive.
const SITUATION_RUN_EXECUTIVE: u8 = 2;

impl Tally<'_> {
    pub(super) fn resolved(&mut self, cite: Cite, event: &Event, before: &State) {
        let Event::Resolved {
            person,
            act,
            form,
            evidence,
            premature,
            ..
        } = *event
        else {
            return;
        };
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

    pub(super) fn moved(
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

    pub(super) fn concern(
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

    pub(super) fn proposed(&mut self, cite: Cite, person: PersonId, step: Step, agreed: bool) {
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
            self.rank(2, cite);
        }
    }

    /// Notes how much the client agreed to in the visit that is on.
    pub(super) fn rank(&mut self, rank: u8, cite: Cite) {
        if let Some(visit) = self.visits.last_mut()
            && rank > visit.rank
        {
            (visit.rank, visit.agreed) = (rank, Some(cite));
        }
    }

    pub(super) fn swing(
        &mut self,
        turn: usize,
        person: PersonId,
        rule: Rule,
        size: f64,
        before: &State,
    ) {
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
