//! What an author has done in his preview: kept so that it can be done again to the file he saves next.

use std::sync::Arc;

use crate::codebook::{Evidence, ReadAct};
use crate::scenario::{Case, PersonId};
use crate::session::{Entry, Header, Session, World};
use crate::sim::{Event, Gauge, Rule, VisitEnd};

/// One step of the preview.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// An entry, as a trainee makes it.
    Entry(Entry),
    /// The author put something where he wanted to see it.
    Jump(Jump),
}

/// Something an author may put elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jump {
    /// The calendar, from 1.
    Week(u8),
    /// A person's gauge.
    Gauge(PersonId, Gauge, i8),
}

/// The gauges an author may set, with their tops.
pub(super) const GAUGES: [(Gauge, i8); 5] = [
    (Gauge::Category, 4),
    (Gauge::Vendor, 4),
    (Gauge::Confidence, 3),
    (Gauge::Access, 5),
    (Gauge::Trust, 16),
];

/// Does the steps to a new deal; how many of them could be done comes back with it. The first that cannot be done any
/// more, because the person is gone or the visit has ended, is the last one tried.
pub(super) fn walk(world: World, header: Header, steps: &[Step]) -> (Session, usize) {
    let mut session = Session::new(world, header);
    let done = steps.iter().take_while(|step| take(&mut session, step));
    let count = done.count();
    (session, count)
}

/// Does one step; false where it cannot be done now.
pub(super) fn take(session: &mut Session, step: &Step) -> bool {
    match step {
        Step::Entry(entry) => session.apply(entry.clone()).is_ok(),
        Step::Jump(jump) => {
            let events = events(session, *jump);
            session.stage(&events);
            true
        }
    }
}

/// The events by which a jump is made.
fn events(session: &Session, jump: Jump) -> Vec<Event> {
    let mut events = Vec::new();
    match jump {
        Jump::Week(week) => {
            if let Some(visit) = session.state.visit {
                let (person, end) = (visit.person, VisitEnd::Continuation);
                events.push(Event::VisitEnded { person, end });
            }
            events.push(Event::WeekBegan { week });
        }
        Jump::Gauge(person, gauge, to) => {
            if gauge == Gauge::Access && to > 0 {
                // Somebody of whom nobody has heard cannot be gone to.
                events.push(Event::Named { person });
            }
            events.push(Event::Moved {
                person,
                gauge,
                from: session.state.gauge(person, gauge),
                to,
                rule: Rule::Dealt,
            });
        }
    }
    events
}

/// The same step in another version of the case: people and facts are found again by their identifiers. `None` where
/// the person is gone.
pub(super) fn carried(step: &Step, old: &Case, new: &Arc<Case>) -> Option<Step> {
    let person = |id: PersonId| new.find(&old.people.get(usize::from(id))?.id);
    let entry = match step {
        Step::Jump(Jump::Week(week)) => {
            return Some(Step::Jump(Jump::Week((*week).min(new.weeks))));
        }
        Step::Jump(Jump::Gauge(id, gauge, to)) => {
            return Some(Step::Jump(Jump::Gauge(person(*id)?, *gauge, *to)));
        }
        Step::Entry(entry) => entry,
    };
    Some(Step::Entry(match entry {
        Entry::Visit(id) => Entry::Visit(person(*id)?),
        Entry::Note(id, words) => Entry::Note(person(*id)?, words.clone()),
        Entry::Prepare(pattern, who) => Entry::Prepare(*pattern, who.and_then(person)),
        Entry::Say { words, acts } => Entry::Say {
            words: words.clone(),
            acts: acts.iter().map(|act| shown_anew(act, old, new)).collect(),
        },
        other => other.clone(),
    }))
}

/// What was claimed rests on the sheet as it is now.
fn shown_anew(act: &ReadAct, old: &Case, new: &Case) -> ReadAct {
    let mut act = act.clone();
    if let Evidence::Fact(number) = act.spoken.evidence {
        let id = old.facts.get(usize::from(number)).map(|f| &f.id);
        let found = new.facts.iter().position(|f| Some(&f.id) == id);
        act.spoken.evidence = found.map_or(Evidence::Unsupported, |i| Evidence::Fact(i as u8));
    }
    act
}
