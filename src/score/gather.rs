//! The one pass over the log that fills the tally.
//!
//! A state is folded beside the events, so that an event is always judged by what was true just before it.

use super::tally::{Breach, Difficulty, PersonTally, Tally, VisitTally};
use super::{Cite, VisitRow};
use crate::codebook::Act;
use crate::scenario::{Case, Reaction};
use crate::session::Session;
use crate::sim::event::Event;
use crate::sim::{Gauge, PromiseKind, Route, Rule, State, VisitEnd};

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
                agreed: None,
                last: turn,
            }),
            Event::VisitBegan { person, route } if person == self.case.decision_maker => {
                let rule = match route {
                    None => Rule::VisitOpened,
                    Some(Route::Referral) => Rule::MetIntroduced,
                    Some(Route::Public) => Rule::MetPublicly,
                    Some(Route::Cold) => Rule::Bypassed,
                };
                self.met.get_or_insert((cite(Some(rule)), route));
                if route == Some(Route::Referral) {
                    self.met_by_referral.get_or_insert(cite(Some(rule)));
                }
            }
            Event::TurnBegan { person, .. } => {
                self.talk.push(here);
                self.people[person as usize].talked.push(here);
                if let Some(visit) = self.visits.last_mut() {
                    visit.row.turns += 1;
                }
            }
            Event::Resolved { .. } => self.resolved(here, event, before),
            Event::Moved {
                person,
                gauge,
                from,
                to,
                rule,
            } if gauge != Gauge::Patience => {
                self.moved(cite(Some(rule)), person, gauge, from, to, before);
            }
            // What the case made him admit is nobody's doing.
            Event::Need {
                rule: Rule::Beat, ..
            } => {}
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
            Event::Advanced { .. } => {
                let (rank, rule) = match self.last_act {
                    Some(Act::AskAccess) => (2, Rule::IntroductionAgreed),
                    Some(Act::Equip) => (1, Rule::Equipped),
                    _ => (1, Rule::StepAgreed),
                };
                self.rank(rank, cite(Some(rule)));
            }
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
                    self.rank(3, cite(Some(Rule::Decided)));
                }
                self.at_parting = Some(before.clone());
            }
            _ => {}
        }
    }
}
