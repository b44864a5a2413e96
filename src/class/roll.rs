//! A class on disk: who sits in it, and what the trainer did. One JSON object a line; a class is the fold of its lines.
//!
//! ```text
//! <data>/classes/host_key                     the server's key, readable by its owner alone
//! <data>/classes/<id>/roll.jsonl             the lines
//! <data>/classes/<id>/sessions/seat-0001/     the deals of seat 1
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::code;
use crate::store::{self, Log, Store, StoreError};

/// The file of a class's lines.
const LINES: &str = "roll.jsonl";

/// What a class is about; fixed when it begins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The scenario's identifier.
    pub scenario: String,
    /// The seed all seats share; `None` gives each one of its own.
    pub seed: Option<u64>,
    /// Without help.
    pub exam: bool,
    /// Choosing among lines at the start; a seat may switch.
    pub guided: bool,
    /// The language of the class, `zh` or `en`; a seat may switch.
    pub language: String,
}

/// One trainee's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its number, from 1.
    pub number: u32,
    /// The name given on joining, made harmless.
    pub name: String,
    /// The code by which its owner comes back.
    pub code: String,
    /// When it was taken, in seconds since 1970.
    pub joined: u64,
    /// Removed by the trainer.
    #[serde(default)]
    pub removed: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Line {
    /// The class began.
    Open {
        /// What it is about.
        plan: Plan,
        /// When, in seconds since 1970.
        at: u64,
    },
    /// It has another join code from here on.
    Code {
        /// The code.
        code: String,
    },
    /// A trainee joined.
    Join {
        /// His place.
        seat: Seat,
    },
    /// The trainer gave a seat a fresh code to come back by, and let it in again where it was removed.
    LetIn {
        /// Its number.
        seat: u32,
        /// The fresh code.
        code: String,
    },
    /// The trainer removed a seat.
    Remove {
        /// Its number.
        seat: u32,
    },
    /// All keys wait, or no longer.
    Freeze {
        /// Whether they wait.
        on: bool,
    },
    /// The trainer wrote to a seat, or to all.
    Message {
        /// Its number; all where there is none.
        seat: Option<u32>,
        /// The words.
        words: String,
    },
    /// The trainer let something happen to a seat, or to all.
    Befall {
        /// Its number; all where there is none.
        seat: Option<u32>,
        /// What.
        incident: String,
    },
    /// The trainer sees a level of a seat otherwise.
    Level {
        /// Its number.
        seat: u32,
        /// Identifier of the dimension.
        dimension: String,
        /// 1–4.
        level: u8,
        /// Why.
        reason: String,
    },
    /// The class is over.
    Close,
}

#[derive(Serialize, Deserialize)]
struct Versioned {
    v: u32,
    #[serde(flatten)]
    line: Line,
}

/// What the lines of a class amount to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// What it is about.
    pub plan: Plan,
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// The join code.
    pub code: String,
    /// Seats by number.
    pub seats: BTreeMap<u32, Seat>,
    /// All keys wait.
    pub frozen: bool,
    /// It is over.
    pub closed: bool,
    /// Levels the trainer saw otherwise, by seat and dimension: the level, 1–4, and why.
    pub levels: BTreeMap<(u32, String), (u8, String)>,
}

/// A class, open for writing and locked against every other server.
#[derive(Debug)]
pub struct Roll {
    /// Its identifier.
    pub id: String,
    /// What its lines amount to.
    pub book: Book,
    /// Where the deals lie.
    pub store: Store,
    log: Log,
}

/// The folder of classes.
pub fn folder(data: &Path) -> PathBuf {
    data.join("classes")
}

impl Roll {
    /// Begins a class.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn begin(data: &Path, plan: Plan, now: u64) -> Result<Roll, StoreError> {
        let name: String = plan
            .scenario
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .take(40)
            .collect();
        let free = (1..).map(|n| match n {
            1 => format!("{now}-{name}"),
            n => format!("{now}-{name}-{n}"),
        });
        let mut ids = free.skip_while(|id| folder(data).join(id).exists());
        let id = ids.next().unwrap_or_default();
        let mut roll = Roll::empty(data, &id)?;
        roll.write(Line::Open { plan, at: now })?;
        let code = code::fresh(code::JOIN);
        roll.write(Line::Code { code })?;
        Ok(roll)
    }

    /// Takes a class up again.
    ///
    /// # Errors
    /// Where another server has it, or the disk refuses.
    pub fn resume(data: &Path, id: &str) -> Result<Roll, StoreError> {
        Roll::empty(data, id)
    }

    fn empty(data: &Path, id: &str) -> Result<Roll, StoreError> {
        let path = folder(data).join(id);
        let store = Store::open(&path)?;
        let (log, lines) = store::open_lines(&path.join(LINES))?;
        let mut roll = Roll {
            id: id.to_owned(),
            book: Book::default(),
            store,
            log,
        };
        for line in read(&lines) {
            roll.book.take(line);
        }
        Ok(roll)
    }

    /// Puts a line on disk, and only then lets it be so.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing has changed.
    pub fn write(&mut self, line: Line) -> Result<(), StoreError> {
        let versioned = Versioned { v: 1, line };
        let mut json =
            serde_json::to_string(&versioned).expect("lines are plain strings and numbers");
        json.push('\n');
        self.log.line(&json)?;
        self.book.take(versioned.line);
        Ok(())
    }
}

impl Book {
    /// The book of a class, for looking at: nothing is locked, and a class that is being served may be looked at, too.
    ///
    /// # Errors
    /// Where there is no such class.
    pub fn look(data: &Path, id: &str) -> std::io::Result<Book> {
        let text = fs::read_to_string(folder(data).join(id).join(LINES))?;
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut book = Book::default();
        for line in read(&lines) {
            book.take(line);
        }
        Ok(book)
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Open { plan, at } => (self.plan, self.began) = (plan, at),
            Line::Code { code } => self.code = code,
            Line::Join { seat } => {
                self.seats.insert(seat.number, seat);
            }
            Line::LetIn { seat, code } => {
                if let Some(seat) = self.seats.get_mut(&seat) {
                    (seat.removed, seat.code) = (false, code);
                }
            }
            Line::Remove { seat } => {
                if let Some(seat) = self.seats.get_mut(&seat) {
                    seat.removed = true;
                }
            }
            Line::Freeze { on } => self.frozen = on,
            Line::Close => self.closed = true,
            Line::Level {
                seat,
                dimension,
                level,
                reason,
            } => {
                self.levels.insert((seat, dimension), (level, reason));
            }
            Line::Message { .. } | Line::Befall { .. } => {}
        }
    }

    /// The seat of a name; names differ by more than case.
    pub fn seat_of(&self, name: &str) -> Option<&Seat> {
        let wanted = name.to_lowercase();
        self.seats
            .values()
            .find(|s| s.name.to_lowercase() == wanted)
    }
}

/// All classes with their books, the newest first.
pub fn all(data: &Path) -> Vec<(String, Book)> {
    let items = fs::read_dir(folder(data)).into_iter().flatten().flatten();
    let ids = items.filter_map(|item| item.file_name().into_string().ok());
    let mut found: Vec<(String, Book)> = ids
        .filter_map(|id| Some((id.clone(), Book::look(data, &id).ok()?)))
        .filter(|(_, book)| book.began > 0)
        .collect();
    found.sort_by(|a, b| (b.1.began, &b.0).cmp(&(a.1.began, &a.0)));
    found
}

/// The newest class that is not over, with what it is about.
pub fn unfinished(data: &Path) -> Option<(String, Plan)> {
    let open = all(data).into_iter().find(|(_, book)| !book.closed);
    open.map(|(id, book)| (id, book.plan))
}

/// Deletes a class: names, lines typed, everything. Where it is being served, nothing is deleted.
///
/// # Errors
/// Where another process has it, it is not there, or the disk refuses.
pub fn delete(data: &Path, id: &str) -> Result<(), StoreError> {
    let path = folder(data).join(id);
    let told = StoreError::io(&path);
    if !path.join(LINES).exists() || id.contains(['/', '\\']) {
        return Err(told(std::io::ErrorKind::NotFound.into()));
    }
    let roll = Roll::resume(data, id)?;
    drop(roll);
    fs::remove_dir_all(&path).map_err(StoreError::io(&path))
}

/// Lines this program understands; a newer program's are passed over.
fn read(lines: &[String]) -> Vec<Line> {
    let read = |line: &String| serde_json::from_str::<Versioned>(line).ok();
    let known = lines.iter().filter_map(read).filter(|l| l.v == 1);
    known.map(|l| l.line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::scratch::Scratch;

    fn plan() -> Plan {
        Plan {
            scenario: "bottle-of-water".to_owned(),
            seed: Some(7),
            exam: false,
            guided: true,
            language: "en".to_owned(),
        }
    }

    fn seat(number: u32, name: &str) -> Line {
        Line::Join {
            seat: Seat {
                number,
                name: name.to_owned(),
                code: code::fresh(code::RETURN),
                joined: 5,
                removed: false,
            },
        }
    }

    #[test]
    fn a_class_is_the_fold_of_its_lines() {
        let scratch = Scratch::new();
        let mut roll = Roll::begin(scratch.path(), plan(), 5).unwrap();
        roll.write(seat(1, "李雷")).unwrap();
        roll.write(seat(2, "Ann")).unwrap();
        roll.write(Line::Remove { seat: 2 }).unwrap();
        roll.write(Line::Freeze { on: true }).unwrap();
        let (id, code, seats) = (
            roll.id.clone(),
            roll.book.code.clone(),
            roll.book.seats.clone(),
        );
        assert!(
            Roll::resume(scratch.path(), &id).is_err(),
            "one server at a time"
        );
        drop(roll);
        assert_eq!(unfinished(scratch.path()), Some((id.clone(), plan())));
        let mut again = Roll::resume(scratch.path(), &id).unwrap();
        assert_eq!(
            (&again.book.code, &again.book.seats, again.book.frozen),
            (&code, &seats, true)
        );
        assert_eq!(again.book.seat_of("ANN").map(|s| s.removed), Some(true));
        assert!(
            delete(scratch.path(), &id).is_err(),
            "not while it is being served"
        );
        again.write(Line::Close).unwrap();
        assert_eq!(unfinished(scratch.path()), None);
        assert!(delete(scratch.path(), "../classes").is_err());
        drop(again);
        delete(scratch.path(), &id).unwrap();
        assert!(all(scratch.path()).is_empty() && !folder(scratch.path()).join(&id).exists());
    }

    #[test]
    fn half_a_line_is_cut_off_and_the_next_one_is_whole() {
        let scratch = Scratch::new();
        let mut roll = Roll::begin(scratch.path(), plan(), 5).unwrap();
        roll.write(seat(1, "李雷")).unwrap();
        let id = roll.id.clone();
        drop(roll);
        let path = folder(scratch.path()).join(&id).join(LINES);
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("{\"v\":1,\"do\":\"joi");
        fs::write(&path, &text).unwrap();
        let mut roll = Roll::resume(scratch.path(), &id).unwrap();
        roll.write(seat(2, "Ann")).unwrap();
        drop(roll);
        assert_eq!(
            Roll::resume(scratch.path(), &id).unwrap().book.seats.len(),
            2
        );
    }
}
