//! The store and its index together: keeps the index up with the logs, and answers from it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::drill::{self, Card};
use crate::progress::{self, Overview, Row};
use crate::scenario::Case;
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::session::{Session, World};
use crate::sim::Model;
use crate::store::{Index, IndexError, Loaded, Store};

/// How many of one's own misses become cards.
const OWN_CARDS: usize = 120;

/// The store with its index.
pub(super) struct Archive {
    store: Store,
    index: Index,
    zone: TimeZone,
    cases: BTreeMap<String, Arc<Case>>,
    model: Option<(String, Arc<Model>)>,
    /// Sessions whose rows are out of date: identifier and stamp, the newest last.
    behind: Vec<(String, String)>,
}

impl Archive {
    /// Opens the index of a store.
    pub fn open(store: Store) -> Result<Archive, IndexError> {
        Ok(Archive {
            index: Index::open(store.data())?,
            store,
            zone: TimeZone::system(),
            cases: BTreeMap::new(),
            model: None,
            behind: Vec::new(),
        })
    }

    /// Compares the logs with the index; rows of sessions that are gone are forgotten at once.
    pub fn look(&mut self) -> Result<(), IndexError> {
        let known: HashMap<String, String> = self.index.stamps()?;
        let there = self.store.stamps();
        let ids: HashSet<&str> = there.iter().map(|(id, _)| id.as_str()).collect();
        let gone = known
            .keys()
            .map(String::as_str)
            .filter(|id| !ids.contains(id));
        self.index.forget(gone.collect::<Vec<_>>())?;
        self.behind = there
            .into_iter()
            .filter(|(id, stamp)| known.get(id) != Some(stamp))
            .collect();
        self.behind.reverse();
        Ok(())
    }

    /// Brings at most `most` rows up to date, the newest sessions first; how many are left. What clients said comes from
    /// the packs.
    pub fn take_in(&mut self, most: usize, packs: &Arc<Packs>) -> Result<usize, IndexError> {
        let mut rows = Vec::new();
        for _ in 0..most {
            let Some((id, stamp)) = self.behind.pop() else {
                break;
            };
            if let Some((row, words)) = self.row(&id, packs) {
                rows.push((row, stamp, words));
            }
        }
        let refs = rows
            .iter()
            .map(|(row, stamp, words)| (row, stamp.as_str(), words.as_slice()));
        self.index.put(refs)?;
        Ok(self.behind.len())
    }

    /// How many rows are out of date.
    pub fn left(&self) -> usize {
        self.behind.len()
    }

    /// The newest unfinished and finished sessions.
    pub fn newest(&self, count: usize) -> Result<Vec<Row>, IndexError> {
        self.index.newest(count)
    }

    /// Sessions that hold every phrase, with the day each was begun.
    pub fn find(
        &self,
        query: &str,
        from: usize,
        count: usize,
    ) -> Result<(usize, Vec<(Row, String)>), IndexError> {
        let (total, rows) = self.index.find(query, from, count)?;
        let dated = rows.into_iter().map(|row| {
            let day = self.day(row.started);
            (row, day)
        });
        Ok((total, dated.collect()))
    }

    /// The picture over time, as of `now`.
    pub fn overview(&self, now: u64) -> Result<Overview, IndexError> {
        let scores = self.index.scores(|at| self.day_number(at))?;
        Ok(Overview::of(
            &scores,
            self.index.gates()?,
            self.day_number(now),
        ))
    }

    /// Every card: the library's and those of one's own misses.
    pub fn cards(&self) -> Result<Vec<Card>, IndexError> {
        let mut cards = drill::deck();
        let misses = self.index.misses(OWN_CARDS)?;
        for (session, miss) in &misses {
            let same = misses
                .iter()
                .filter(|(s, m)| s == session && m.turn == miss.turn);
            let same: Vec<_> = same.map(|(_, m)| m.mistake).collect();
            cards.extend(drill::of_miss(session, miss, &same));
        }
        Ok(cards)
    }

    fn row(&mut self, id: &str, packs: &Arc<Packs>) -> Option<(Row, Vec<String>)> {
        let loaded = self.store.load(id).ok()?;
        let ended = loaded.at.iter().rev().find_map(|at| *at);
        let ended = ended.unwrap_or(loaded.header.started);
        let session = self.session(loaded, packs.clone())?;
        let row = progress::row(id, &self.store.name(id), &session, ended);
        let words = progress::search_words(&row, &session, &self.day(row.started));
        Some((row, words))
    }

    fn session(&mut self, loaded: Loaded, packs: Arc<Packs>) -> Option<Session> {
        let case = match self.cases.get(&loaded.header.content) {
            Some(case) => case.clone(),
            None => {
                let case = Arc::new(decode(&loaded.scenario).0?);
                self.cases
                    .insert(loaded.header.content.clone(), case.clone());
                case
            }
        };
        let model = match &self.model {
            Some((text, model)) if *text == loaded.model => model.clone(),
            _ => {
                let model = Arc::new(Model::parse(&loaded.model).ok()?);
                self.model = Some((loaded.model.clone(), model.clone()));
                model
            }
        };
        let world = World { case, packs, model };
        Some(Session::replay(world, loaded.header, loaded.entries))
    }

    fn day(&self, at: u64) -> String {
        self.zoned(at)
            .map_or_else(String::new, |z| z.strftime("%Y-%m-%d").to_string())
    }

    /// Days since 1970 by the calendar on the wall.
    fn day_number(&self, at: u64) -> i64 {
        let offset = self
            .zoned(at)
            .map_or(0, |z| i64::from(z.offset().seconds()));
        (at as i64 + offset).div_euclid(86_400)
    }

    fn zoned(&self, at: u64) -> Option<jiff::ZonedDateTime> {
        let stamp = Timestamp::from_second(i64::try_from(at).ok()?).ok()?;
        Some(stamp.to_zoned_datetime(self.zone.clone()))
    }
}
