//! What all seats and the trainer of one server share: who may come in, who sits where, and how each one stands.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use tokio::sync::mpsc::UnboundedSender;

use super::code::{self, Wrong};
use super::roll::{Line, Plan, Roll, Seat};
use super::seat::{Goodbye, Order};
use crate::codebook::Act;
use crate::library;
use crate::reader::Reader;
use crate::scenario::PersonId;
use crate::scenario::pack::Packs;
use crate::session::{Entry, Session, World};
use crate::sim::{Incident, Model, Outcome};
use crate::store::{Store, StoreError};
use crate::text::harmless;
use crate::tui::Lazy;
use crate::tui::text::{fit, width};

/// Cells a name may take on anybody's screen.
const LONGEST_NAME: usize = 24;

/// How one deal stands, for the board.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// The week.
    pub week: u8,
    /// With whom the trainee sits.
    pub with: Option<PersonId>,
    /// Category and vendor of everybody, in the order of the case.
    pub stances: Vec<(i8, i8)>,
    /// Turns of talk.
    pub turns: u16,
    /// Vendor arguments to people who had not accepted the category.
    pub premature: u32,
    /// The act said last.
    pub last: Option<Act>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

impl Status {
    /// How a deal stands.
    pub fn of(session: &Session) -> Status {
        let state = &session.state;
        let people = || state.everybody().map(|id| state.person(id));
        let last = session.turns.iter().rev().find_map(|t| match &t.entry {
            Entry::Say { acts, .. } => acts.first().map(|a| a.spoken.act),
            _ => None,
        });
        Status {
            week: state.week,
            with: state.visit.map(|v| v.person),
            stances: people().map(|p| (p.category, p.vendor)).collect(),
            turns: state.turns,
            premature: people().map(|p| u32::from(p.premature)).sum(),
            last,
            outcome: state.outcome,
        }
    }
}

/// One row of the trainer's board.
#[derive(Debug, Clone)]
pub struct Row {
    /// The place.
    pub seat: Seat,
    /// Somebody is connected.
    pub online: bool,
    /// How long ago the last key came.
    pub idle: Option<Duration>,
    /// How the deal stands; nothing before he has come in on this server.
    pub status: Option<Status>,
}

/// What the trainer sees at one moment.
#[derive(Debug, Clone)]
pub struct Board {
    /// Seats by number.
    pub rows: Vec<Row>,
    /// The join code.
    pub code: String,
    /// All keys wait.
    pub frozen: bool,
    /// Wrong codes since the server began.
    pub wrong: u64,
    /// The screen of the seat that is watched.
    pub picture: Option<Arc<Buffer>>,
}

/// Why somebody may not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The code is wrong.
    Code,
    /// The name has no letter or digit.
    Name,
    /// The name is taken, and no code to come back by was given.
    Taken,
    /// The trainer removed him.
    Removed,
    /// There are no more places.
    Full,
    /// The class is over.
    Over,
    /// The disk refuses.
    Disk,
}

/// What a link knows of its seat.
pub(super) struct Taken {
    pub seat: Seat,
    pub frozen: bool,
    /// One link at a time: whoever holds it may open the seat's deals.
    pub turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Link {
    /// Tells one link from the next of the same seat.
    id: u64,
    orders: Option<UnboundedSender<Order>>,
    heard: Option<Instant>,
    status: Option<Status>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

struct Inner {
    roll: Roll,
    wrong: Wrong,
    links: BTreeMap<u32, Link>,
    next_link: u64,
    watched: Option<u32>,
    picture: Option<Arc<Buffer>>,
}

/// The shared part of a class server.
pub struct Hub {
    /// The scenario of the class.
    pub entry: library::Entry,
    /// Its case, with what every seat shares.
    pub world: World,
    /// The reader, one for all seats.
    pub reader: Lazy,
    /// The most seats.
    pub limit: usize,
    inner: Mutex<Inner>,
}

impl Hub {
    /// The hub of a class, on the scenario it is about; `None` where that cannot be played.
    pub fn new(roll: Roll, entry: library::Entry, limit: usize) -> Option<Hub> {
        let world = World {
            case: entry.case()?.clone(),
            packs: Arc::new(Packs::shipped()),
            model: Arc::new(Model::shipped()),
        };
        let reader = Lazy::default();
        // Now, and not when the first trainee waits for an answer.
        reader.get_or_init(Reader::shipped);
        let inner = Inner {
            roll,
            wrong: Wrong::default(),
            links: BTreeMap::new(),
            next_link: 0,
            watched: None,
            picture: None,
        };
        Some(Hub {
            entry,
            world,
            reader,
            limit,
            inner: Mutex::new(inner),
        })
    }

    /// What one panicked task was doing is at worst half of one row of the board; the class goes on.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the class is about.
    pub fn plan(&self) -> Plan {
        self.lock().roll.book.plan.clone()
    }

    /// The class's identifier.
    pub fn id(&self) -> String {
        self.lock().roll.id.clone()
    }

    /// Whether the class is over.
    pub fn is_closed(&self) -> bool {
        self.lock().roll.book.closed
    }

    /// The join code.
    pub fn code(&self) -> String {
        self.lock().roll.book.code.clone()
    }

    /// The store of one seat.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn seat_store(&self, seat: u32) -> Result<Store, StoreError> {
        self.lock().roll.store.seat(seat)
    }

    /// Somebody knocks, with a name, a join code, and a code to come back by where he has one. The number of his seat.
    ///
    /// # Errors
    /// Why he may not come in.
    pub fn knock(
        &self,
        name: &str,
        join: &str,
        back: Option<&str>,
        now: u64,
    ) -> Result<u32, Refused> {
        let mut inner = self.lock();
        if inner.roll.book.closed {
            return Err(Refused::Over);
        }
        if !code::matches(join, &inner.roll.book.code) {
            return Err(Refused::Code);
        }
        let name = clean(name).ok_or(Refused::Name)?;
        if let Some(seat) = inner.roll.book.seat_of(&name) {
            return match back {
                _ if seat.removed => Err(Refused::Removed),
                None => Err(Refused::Taken),
                Some(back) if code::matches(back, &seat.code) => Ok(seat.number),
                Some(_) => Err(Refused::Code),
            };
        }
        if inner.roll.book.seats.len() >= self.limit {
            return Err(Refused::Full);
        }
        let number = inner
            .roll
            .book
            .seats
            .keys()
            .next_back()
            .map_or(1, |last| last + 1);
        let seat = Seat {
            number,
            name,
            code: code::fresh(code::RETURN),
            joined: now,
            removed: false,
        };
        let written = inner.roll.write(Line::Join { seat });
        written.map(|()| number).map_err(|_| Refused::Disk)
    }

    /// Counts a wrong code; how long its answer has to wait.
    pub fn count_wrong(&self, from: IpAddr) -> Duration {
        self.lock().wrong.count(from, Instant::now())
    }

    /// A link takes a seat; whoever sat there is sent away. `None` where there is no such seat any more.
    pub(super) fn take(&self, seat: u32, orders: UnboundedSender<Order>) -> Option<(u64, Taken)> {
        let mut inner = self.lock();
        let record = inner
            .roll
            .book
            .seats
            .get(&seat)
            .filter(|s| !s.removed)?
            .clone();
        let frozen = inner.roll.book.frozen;
        inner.next_link += 1;
        let id = inner.next_link;
        let link = inner.links.entry(seat).or_default();
        if let Some(before) = link.orders.replace(orders) {
            let _ = before.send(Order::Go(Goodbye::Elsewhere));
        }
        link.id = id;
        link.heard = Some(Instant::now());
        let taken = Taken {
            seat: record,
            frozen,
            turn: link.turn.clone(),
        };
        Some((id, taken))
    }

    /// A link is gone.
    pub(super) fn left(&self, seat: u32, id: u64) {
        if let Some(link) = self.lock().links.get_mut(&seat).filter(|l| l.id == id) {
            link.orders = None;
        }
    }

    /// Keys came.
    pub(super) fn heard(&self, seat: u32) {
        if let Some(link) = self.lock().links.get_mut(&seat) {
            link.heard = Some(Instant::now());
        }
    }

    /// How a seat's deal stands now.
    pub(super) fn stands(&self, seat: u32, status: Status) {
        if let Some(link) = self.lock().links.get_mut(&seat) {
            link.status = Some(status);
        }
    }

    /// Whether the trainer looks at a seat.
    pub(super) fn is_watched(&self, seat: u32) -> bool {
        self.lock().watched == Some(seat)
    }

    /// What is on a seat's screen, for the trainer who looks at it.
    pub(super) fn shows(&self, seat: u32, picture: Buffer) {
        let mut inner = self.lock();
        if inner.watched == Some(seat) {
            inner.picture = Some(Arc::new(picture));
        }
    }

    /// What the trainer sees now.
    pub fn board(&self) -> Board {
        let inner = self.lock();
        let row = |seat: &Seat| {
            let link = inner.links.get(&seat.number);
            Row {
                seat: seat.clone(),
                online: link.is_some_and(|l| l.orders.is_some()),
                idle: link.and_then(|l| l.heard).map(|h| h.elapsed()),
                status: link.and_then(|l| l.status.clone()),
            }
        };
        Board {
            rows: inner.roll.book.seats.values().map(row).collect(),
            code: inner.roll.book.code.clone(),
            frozen: inner.roll.book.frozen,
            wrong: inner.wrong.total(),
            picture: inner.picture.clone(),
        }
    }

    /// Lets all keys wait, or no longer.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has changed.
    pub fn freeze(&self, on: bool) -> Result<(), StoreError> {
        let mut inner = self.lock();
        inner.roll.write(Line::Freeze { on })?;
        inner.order(None, &Order::Freeze(on));
        Ok(())
    }

    /// Shows words to a seat, or to all that are connected.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has been shown.
    pub fn message(&self, seat: Option<u32>, words: &str) -> Result<(), StoreError> {
        let words = harmless(words);
        let mut inner = self.lock();
        inner.roll.write(Line::Message {
            seat,
            words: words.clone(),
        })?;
        inner.order(seat, &Order::Message(words));
        Ok(())
    }

    /// Lets something happen to a seat, or to all that are connected; how many that are.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has happened.
    pub fn befall(&self, seat: Option<u32>, incident: Incident) -> Result<usize, StoreError> {
        let mut inner = self.lock();
        inner.roll.write(Line::Befall {
            seat,
            incident: incident.id().to_owned(),
        })?;
        Ok(inner.order(seat, &Order::Befall(incident)))
    }

    /// Removes a seat: whoever sits there goes, and nobody comes back by its code.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has changed.
    pub fn remove(&self, seat: u32) -> Result<(), StoreError> {
        let mut inner = self.lock();
        inner.roll.write(Line::Remove { seat })?;
        inner.order(Some(seat), &Order::Go(Goodbye::Removed));
        Ok(())
    }

    /// Gives a seat a fresh code to come back by, also where it was removed; the code.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has changed.
    pub fn let_in(&self, seat: u32) -> Result<String, StoreError> {
        let code = code::fresh(code::RETURN);
        let mut inner = self.lock();
        inner.roll.write(Line::LetIn {
            seat,
            code: code.clone(),
        })?;
        inner.order(Some(seat), &Order::Code(code.clone()));
        Ok(code)
    }

    /// Gives the class another join code; those who sit stay.
    ///
    /// # Errors
    /// Where the disk refuses; then the old one holds.
    pub fn change_code(&self) -> Result<(), StoreError> {
        let code = code::fresh(code::JOIN);
        self.lock().roll.write(Line::Code { code })
    }

    /// Looks at one seat, or at none.
    pub fn watch(&self, seat: Option<u32>) {
        let mut inner = self.lock();
        if let Some(before) = inner.watched {
            inner.order(Some(before), &Order::Watch(false));
        }
        (inner.watched, inner.picture) = (seat, None);
        if seat.is_some() {
            inner.order(seat, &Order::Watch(true));
        }
    }

    /// Ends the class: everybody goes, nobody comes in.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has changed.
    pub fn close(&self) -> Result<(), StoreError> {
        let mut inner = self.lock();
        inner.roll.write(Line::Close)?;
        inner.order(None, &Order::Go(Goodbye::Over));
        Ok(())
    }
}

impl Inner {
    /// Hands an order to a seat, or to all; how many got it.
    fn order(&self, seat: Option<u32>, order: &Order) -> usize {
        let wanted = |number: &u32| seat.is_none_or(|s| s == *number);
        let links = self.links.iter().filter(|(number, _)| wanted(number));
        links
            .filter_map(|(_, link)| link.orders.as_ref())
            .filter(|orders| orders.send(order.clone()).is_ok())
            .count()
    }
}

/// A name as it may stand on anybody's screen; `None` where nothing to read is left.
pub fn clean(name: &str) -> Option<String> {
    // A user name may be a kilobyte; what is read of it is what fits.
    let short: String = name.chars().take(200).collect();
    let words = harmless(&short).replace('\u{fffd}', "");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = fit(&words, LONGEST_NAME);
    (name.chars().any(char::is_alphanumeric) && width(&name) > 0).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_harmless_and_short() {
        assert_eq!(clean("  李  雷\n").as_deref(), Some("李 雷"));
        assert_eq!(clean("a\u{1b}[2Jb").as_deref(), Some("a[2Jb"));
        assert_eq!(clean("\u{202e}evil").as_deref(), Some("evil"));
        for nobody in ["", "   ", "\u{1b}", "!!!", "\u{200b}"] {
            assert_eq!(clean(nobody), None, "{nobody:?}");
        }
        let long = clean(&"长".repeat(5000)).unwrap();
        assert!(width(&long) <= LONGEST_NAME);
    }
}
