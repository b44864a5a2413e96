//! What a trainee could not see: how everybody stood at one turn, which rule moved what, what was said without him.

use crate::codebook::{Topic, TopicSet};
use crate::scenario::{Mode, PersonId};
use crate::session::Session;
use crate::sim::{Event, Gauge, Rule, State, Worry};

/// One turn, seen through.
#[derive(Debug, Clone, PartialEq)]
pub struct XRay {
    /// How everybody stood after the turn.
    pub people: Vec<Inside>,
    /// What moved in it and by which rule, in order; the patience every turn costs is left out.
    pub moved: Vec<Moved>,
    /// What was said behind closed doors.
    pub told: Vec<Told>,
}

/// One person from inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Inside {
    /// Who.
    pub person: PersonId,
    /// Category 0–4, vendor 0–4, confidence 0–3, access 0–5, trust 0–16 in quarters.
    pub gauges: [(Gauge, i8); 5],
    /// How he sees his situation.
    pub mode: Mode,
    /// He works against us.
    pub opposed: bool,
    /// Difficulties he has and has not voiced.
    pub unvoiced: TopicSet,
    /// Difficulties he has admitted without wanting a remedy yet.
    pub admitted: TopicSet,
    /// What he has said that he wants.
    pub wants: TopicSet,
    /// Worries and how far each has got.
    pub worries: Vec<(Topic, Worry)>,
}

/// One thing that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// With whom.
    pub person: PersonId,
    /// What.
    pub what: What,
    /// Why.
    pub rule: Rule,
}

/// What can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A gauge, from and to.
    Gauge(Gauge, i8, i8),
    /// A difficulty: 1 admitted, 2 wanted away.
    Need(Topic, u8),
    /// A worry.
    Worry(Topic, Worry),
    /// A part of a hope became known: 0 function · 1 operation · 2 effect.
    Hope(Topic, u8),
    /// He turned against us (true) or no longer works against us.
    Opposed(bool),
    /// A breach of conduct.
    Breach,
}

/// One thing said without the trainee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// One reported to another.
    Reported {
        /// Who spoke.
        from: PersonId,
        /// To whom.
        to: PersonId,
        /// By which rule.
        rule: Rule,
    },
    /// What others want came to his ears.
    Heard {
        /// Who heard it.
        person: PersonId,
        /// What they want.
        topics: TopicSet,
    },
    /// Something behind his back touched him: a rival, a quote, colleagues against.
    Touched {
        /// Whom.
        person: PersonId,
        /// By which rule.
        rule: Rule,
    },
}

/// Looks through one turn of a deal.
pub fn xray(session: &Session, turn: usize) -> XRay {
    let case = &session.world.case;
    let mut state = State::fold(case, session.header.seed, &session.dealt);
    let turns = &session.turns[..session.turns.len().min(turn + 1)];
    let events = turns.iter().flat_map(|t| &t.events);
    events.for_each(|e| state.apply(e));
    let these = turns.last().map_or(&[][..], |t| &t.events);
    XRay {
        people: state.everybody().map(|id| inside(&state, id)).collect(),
        moved: these.iter().filter_map(|e| moved(session, e)).collect(),
        told: told(these),
    }
}

fn inside(state: &State, id: PersonId) -> Inside {
    let person = state.person(id);
    let gauges = [
        Gauge::Category,
        Gauge::Vendor,
        Gauge::Confidence,
        Gauge::Access,
        Gauge::Trust,
    ];
    let (admitted, wants) = (person.admitted(), person.wants());
    Inside {
        person: id,
        gauges: gauges.map(|g| (g, state.gauge(id, g))),
        mode: person.mode,
        opposed: person.opposed,
        unvoiced: TopicSet(person.live.0 & !admitted.0),
        admitted: TopicSet(admitted.0 & !wants.0),
        wants,
        worries: person.worries().map(|(t, c)| (t, c.worry)).collect(),
    }
}

fn moved(session: &Session, event: &Event) -> Option<Moved> {
    Some(match *event {
        Event::Moved {
            gauge: Gauge::Patience,
            rule: Rule::TurnSpent | Rule::VisitOpened,
            ..
        } => return None,
        Event::Moved {
            person,
            gauge,
            from,
            to,
            rule,
        } => Moved {
            person,
            what: What::Gauge(gauge, from, to),
            rule,
        },
        Event::Need {
            person,
            topic,
            level,
            rule,
            ..
        } => Moved {
            person,
            what: What::Need(topic, level),
            rule,
        },
        Event::Concern {
            person,
            topic,
            to,
            rule,
            ..
        } => Moved {
            person,
            what: What::Worry(topic, to),
            rule,
        },
        Event::Hope {
            person,
            hope,
            part,
            rule,
        } => {
            let hopes = &session.world.case.person(person).hopes;
            Moved {
                person,
                what: What::Hope(hopes.get(usize::from(hope))?.topic, part),
                rule,
            }
        }
        Event::Opposed { person, on, rule } => Moved {
            person,
            what: What::Opposed(on),
            rule,
        },
        Event::Breach { person, rule } => Moved {
            person,
            what: What::Breach,
            rule,
        },
        _ => return None,
    })
}

fn told(events: &[Event]) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for event in events {
        let next = match *event {
            Event::Told { from, to, rule } => Told::Reported { from, to, rule },
            Event::WantsHeard { person, topics } => Told::Heard { person, topics },
            Event::Moved { person, rule, .. }
            | Event::Concern { person, rule, .. }
            | Event::Opposed { person, rule, .. }
                if matches!(
                    rule,
                    Rule::RivalUndid
                        | Rule::QuoteCameBack
                        | Rule::ManagersAgainst
                        | Rule::DepartmentsSplit
                ) =>
            {
                Told::Touched { person, rule }
            }
            _ => continue,
        };
        if !told.contains(&next) {
            told.push(next);
        }
    }
    told
}
