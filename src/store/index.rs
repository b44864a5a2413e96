//! An index of the sessions for lists, charts and search. The logs are the truth: this may be thrown away at any time.
//!
//! ```text
//! <data>/index-1.sqlite    the number is its form; another program's index is never touched
//! ```
//!
//! Which logs have changed is seen from their sizes and times; the caller rebuilds their rows and hands them in.

mod search;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row as Line, Transaction, params};

use crate::progress::{Miss, Mistake, Row, Score};
use crate::scenario::Gate;
use crate::score::Dimension;
use crate::sim::Outcome;
use crate::text::Text;
pub use search::phrases;

/// The form of the index; another form gets a file of its own.
const FORM: u32 = 1;

const SCHEMA: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS session (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, name TEXT NOT NULL, scenario TEXT NOT NULL,
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, outcome TEXT,
    done INTEGER NOT NULL, week INTEGER NOT NULL, total REAL NOT NULL, access INTEGER NOT NULL, levels TEXT NOT NULL,
    mistakes BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS session_by_time ON session (started DESC, id DESC);
CREATE INDEX IF NOT EXISTS session_open ON session (started DESC) WHERE done = 0;
CREATE TABLE IF NOT EXISTS miss (
    session INTEGER NOT NULL, turn INTEGER NOT NULL, mistake TEXT NOT NULL, gate TEXT NOT NULL,
    person_zh TEXT NOT NULL, person_en TEXT NOT NULL, client_zh TEXT NOT NULL, client_en TEXT NOT NULL,
    own_zh TEXT NOT NULL, own_en TEXT NOT NULL, PRIMARY KEY (session, turn, mistake)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS miss_by_gate ON miss (gate);
CREATE VIRTUAL TABLE IF NOT EXISTS said USING fts5(words, content = '', contentless_delete = 1);
";

/// The index, open.
#[derive(Debug)]
pub struct Index {
    base: Connection,
}

/// What went wrong with the index. It can be thrown away, so nobody has to mend it.
pub type IndexError = rusqlite::Error;

impl Index {
    /// Opens the index below `data`. One that is broken is made anew; where the disk refuses, it is kept in memory.
    ///
    /// # Errors
    /// Where not even memory can be had.
    pub fn open(data: &Path) -> Result<Index, IndexError> {
        let path = data.join(format!("index-{FORM}.sqlite"));
        Index::at(&path).or_else(|_| {
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(super::with_ending(&path, ending));
            }
            Index::at(&path).or_else(|_| Index::in_memory())
        })
    }

    /// An index that is gone when it is dropped.
    ///
    /// # Errors
    /// Where memory cannot be had.
    pub fn in_memory() -> Result<Index, IndexError> {
        Index::made(Connection::open_in_memory()?)
    }

    fn at(path: &Path) -> Result<Index, IndexError> {
        Index::made(Connection::open(path)?)
    }

    fn made(base: Connection) -> Result<Index, IndexError> {
        base.busy_timeout(std::time::Duration::from_secs(5))?;
        base.execute_batch(SCHEMA)?;
        // A file may open and still be spoilt: a look at every table tells most of it.
        for table in ["session", "miss", "said"] {
            let sql = format!("SELECT 1 FROM {table} LIMIT 1");
            base.query_row(&sql, [], |_| Ok(())).optional()?;
        }
        Ok(Index { base })
    }

    /// What is known: identifier and stamp (how the log looked when it was taken in).
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn stamps(&self) -> Result<HashMap<String, String>, IndexError> {
        let mut ask = self.base.prepare("SELECT id, stamp FROM session")?;
        let pairs = ask.query_map([], |line| Ok((line.get(0)?, line.get(1)?)))?;
        pairs.collect()
    }

    /// Takes rows in, replacing older ones of the same sessions: each with its stamp and the words it is found by.
    ///
    /// # Errors
    /// Where the index cannot be written; then nothing of it is taken.
    pub fn put<'r>(
        &mut self,
        rows: impl IntoIterator<Item = (&'r Row, &'r str, &'r [String])>,
    ) -> Result<(), IndexError> {
        let all = self.base.transaction()?;
        for (row, stamp, words) in rows {
            forget(&all, &row.id)?;
            put_one(&all, row, stamp, words)?;
        }
        all.commit()
    }

    /// Forgets sessions that are gone.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn forget<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>) -> Result<(), IndexError> {
        let all = self.base.transaction()?;
        for id in ids {
            forget(&all, id)?;
        }
        all.commit()
    }

    /// Sessions that hold every phrase of `query`, newest first: how many in all, and `count` of them after the first
    /// `from`. An empty query finds all. Misses are not filled in.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn find(
        &self,
        query: &str,
        from: usize,
        count: usize,
    ) -> Result<(usize, Vec<Row>), IndexError> {
        let wanted = phrases(query);
        let (by, total) = if wanted.is_empty() {
            let total = self
                .base
                .query_row("SELECT count(*) FROM session", [], |l| number(l, 0))?;
            ("", total)
        } else {
            let total = self.base.query_row(
                "SELECT count(*) FROM said WHERE said MATCH ?1",
                [&wanted],
                |l| number(l, 0),
            )?;
            (
                "WHERE number IN (SELECT rowid FROM said WHERE said MATCH ?3)",
                total,
            )
        };
        let sql =
            format!("SELECT * FROM session {by} ORDER BY started DESC, id DESC LIMIT ?1 OFFSET ?2");
        let mut ask = self.base.prepare(&sql)?;
        let (count, from) = (count as i64, from as i64);
        let rows = if wanted.is_empty() {
            ask.query_map(params![count, from], row)?
                .collect::<Result<_, _>>()?
        } else {
            ask.query_map(params![count, from, wanted], row)?
                .collect::<Result<_, _>>()?
        };
        Ok((total, rows))
    }

    /// The newest sessions that are not done, and the newest that are: at most `count` of each, for the home screen.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn newest(&self, count: usize) -> Result<Vec<Row>, IndexError> {
        let mut ask = self.base.prepare(
            "SELECT * FROM (SELECT * FROM session WHERE done = 0 ORDER BY started DESC, id DESC LIMIT ?1)
             UNION ALL SELECT * FROM (SELECT * FROM session WHERE done = 1 ORDER BY started DESC, id DESC LIMIT ?1)",
        )?;
        ask.query_map([count as i64], row)?.collect()
    }

    /// What the overview is made of: every session, oldest first, with the moment it ended instead of a day.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn scores(&self, day: impl Fn(u64) -> i64) -> Result<Vec<Score>, IndexError> {
        let mut ask = self.base.prepare(
            "SELECT scenario, title_zh, title_en, ended, outcome, total, levels, mistakes FROM session ORDER BY started, id",
        )?;
        let scores = ask.query_map([], |line| {
            let outcome: Option<String> = line.get(4)?;
            let (levels, mistakes): (String, Vec<u8>) = (line.get(6)?, line.get(7)?);
            Ok(Score {
                scenario: line.get(0)?,
                title: Text {
                    zh: line.get(1)?,
                    en: line.get(2)?,
                },
                day: day(line.get::<_, i64>(3)?.unsigned_abs()),
                outcome: outcome.as_deref().and_then(Outcome::from_id),
                total: line.get(5)?,
                levels: read_levels(&levels),
                mistakes: std::array::from_fn(|i| mistakes.get(i).copied().unwrap_or(0).into()),
            })
        })?;
        scores.collect()
    }

    /// How many mistakes were made at each gate.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn gates(&self) -> Result<Vec<(Gate, usize)>, IndexError> {
        let mut ask = self
            .base
            .prepare("SELECT gate, count(*) FROM miss GROUP BY gate")?;
        let pairs = ask.query_map([], |line| Ok((line.get::<_, String>(0)?, number(line, 1)?)))?;
        let known = pairs.filter_map(|pair| {
            pair.map(|(gate, count)| Gate::from_id(&gate).map(|g| (g, count)))
                .transpose()
        });
        known.collect()
    }

    /// The newest mistakes that were made with words, with the session each belongs to; at most `count`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn misses(&self, count: usize) -> Result<Vec<(String, Miss)>, IndexError> {
        let mut ask = self.base.prepare(
            "SELECT s.id, m.turn, m.mistake, m.gate, m.person_zh, m.person_en, m.client_zh, m.client_en, m.own_zh, m.own_en
             FROM miss m JOIN session s ON s.number = m.session WHERE m.own_zh <> ''
             ORDER BY s.started DESC, s.id DESC, m.turn LIMIT ?1",
        )?;
        let found = ask.query_map([count as i64], |line| {
            let pair = |at| -> Result<Text, IndexError> {
                Ok(Text {
                    zh: line.get(at)?,
                    en: line.get(at + 1)?,
                })
            };
            let (mistake, gate): (String, String) = (line.get(2)?, line.get(3)?);
            let known = Mistake::from_id(&mistake).zip(Gate::from_id(&gate));
            let Some((mistake, gate)) = known else {
                return Ok(None);
            };
            let miss = Miss {
                turn: number(line, 1)?,
                mistake,
                gate,
                person: pair(4)?,
                client: pair(6)?,
                own: pair(8)?,
            };
            Ok(Some((line.get(0)?, miss)))
        })?;
        found.filter_map(Result::transpose).collect()
    }
}

fn forget(all: &Transaction, id: &str) -> Result<(), IndexError> {
    let number: Option<i64> = all
        .prepare_cached("SELECT number FROM session WHERE id = ?1")?
        .query_row([id], |line| line.get(0))
        .optional()?;
    if let Some(number) = number {
        for sql in [
            "DELETE FROM session WHERE number = ?1",
            "DELETE FROM miss WHERE session = ?1",
            "DELETE FROM said WHERE rowid = ?1",
        ] {
            all.prepare_cached(sql)?.execute([number])?;
        }
    }
    Ok(())
}

fn put_one(all: &Transaction, row: &Row, stamp: &str, words: &[String]) -> Result<(), IndexError> {
    let levels: String = row
        .levels
        .iter()
        .map(|l| l.map_or('-', |n| char::from(b'0' + n.min(9))))
        .collect();
    let mut mistakes = [0_u8; Mistake::ALL.len()];
    for miss in &row.misses {
        let count = &mut mistakes[miss.mistake as usize];
        *count = count.saturating_add(1);
    }
    all.prepare_cached(
        "INSERT INTO session (id, stamp, name, scenario, title_zh, title_en, started, ended, outcome, done, week, total,
         access, levels, mistakes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        row.id,
        stamp,
        row.name,
        row.scenario,
        row.title.zh,
        row.title.en,
        row.started as i64,
        row.ended as i64,
        row.outcome.map(Outcome::id),
        row.done,
        row.week,
        row.total,
        row.access,
        levels,
        &mistakes[..],
    ])?;
    let number = all.last_insert_rowid();
    let mut put = all.prepare_cached(
        "INSERT OR IGNORE INTO miss VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for miss in &row.misses {
        put.execute(params![
            number,
            miss.turn as i64,
            miss.mistake.id(),
            miss.gate.id(),
            miss.person.zh,
            miss.person.en,
            miss.client.zh,
            miss.client.en,
            miss.own.zh,
            miss.own.en,
        ])?;
    }
    all.prepare_cached("INSERT INTO said (rowid, words) VALUES (?1, ?2)")?
        .execute(params![number, search::tokens(words)])?;
    Ok(())
}

fn row(line: &Line) -> Result<Row, IndexError> {
    let outcome: Option<String> = line.get("outcome")?;
    let levels: String = line.get("levels")?;
    Ok(Row {
        id: line.get("id")?,
        name: line.get("name")?,
        scenario: line.get("scenario")?,
        title: Text {
            zh: line.get("title_zh")?,
            en: line.get("title_en")?,
        },
        started: line.get::<_, i64>("started")?.unsigned_abs(),
        ended: line.get::<_, i64>("ended")?.unsigned_abs(),
        outcome: outcome.as_deref().and_then(Outcome::from_id),
        done: line.get("done")?,
        week: line.get("week")?,
        total: line.get("total")?,
        access: line.get("access")?,
        levels: read_levels(&levels),
        misses: Vec::new(),
    })
}

/// A count; SQLite knows only numbers with a sign.
fn number(line: &Line, column: usize) -> Result<usize, IndexError> {
    Ok(line.get::<_, i64>(column)?.unsigned_abs() as usize)
}

fn read_levels(levels: &str) -> [Option<u8>; Dimension::ALL.len()] {
    let mut digits = levels.bytes();
    std::array::from_fn(|_| digits.next().filter(u8::is_ascii_digit).map(|b| b - b'0'))
}
