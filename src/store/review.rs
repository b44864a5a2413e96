//! Reviews on disk: what was worked out once is not worked out again. A file that cannot be read, or that belongs to
//! another state of the log, is as good as none.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::record::{EntryRecord, header_line};
use super::{Store, StoreError, is_id, replace};
use crate::library::content_hash;
use crate::review::annotate;
use crate::review::{Choice, Mark, Note};
use crate::session::{Entry, Header};

/// The version of these files.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct ReviewRecord {
    v: u32,
    /// The version of the reviewing: another one may come to other notes.
    annotator: u32,
    /// Hash of the part of the log the notes rest on.
    log: String,
    notes: Vec<NoteRecord>,
}

#[derive(Serialize, Deserialize)]
struct NoteRecord {
    turn: usize,
    before: u8,
    after: u8,
    best: u8,
    cost: u16,
    mark: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    better: Option<EntryRecord>,
}

impl Store {
    /// The notes kept for a session, if they belong to this state of its log.
    pub fn review(&self, id: &str, header: &Header, entries: &[Entry]) -> Option<Vec<Note>> {
        let bytes = fs::read(self.review_path(id)?).ok()?;
        let record: ReviewRecord = serde_json::from_slice(&bytes).ok()?;
        let same = (VERSION, annotate::VERSION, key(header, entries));
        if (record.v, record.annotator, record.log) != same {
            return None;
        }
        record.notes.into_iter().map(note).collect()
    }

    /// Keeps the notes of a session. The same notes give the same bytes.
    ///
    /// # Errors
    /// Where the disk refuses; nothing is lost then but the time to make them again.
    pub fn keep_review(
        &self,
        id: &str,
        header: &Header,
        entries: &[Entry],
        notes: &[Note],
    ) -> Result<(), StoreError> {
        let Some(path) = self.review_path(id) else {
            return Ok(());
        };
        let mut notes: Vec<&Note> = notes.iter().collect();
        notes.sort_by_key(|n| n.turn);
        let record = ReviewRecord {
            v: VERSION,
            annotator: annotate::VERSION,
            log: key(header, entries),
            notes: notes.into_iter().map(record).collect(),
        };
        let json = serde_json::to_vec(&record).expect("records are plain strings and numbers");
        replace(&path, &json).map_err(StoreError::io(&path))
    }

    fn review_path(&self, id: &str) -> Option<PathBuf> {
        is_id(id).then(|| self.reviews.join(format!("{id}.json")))
    }
}

/// What a review rests on: the header and every entry that is a move. A rating or a rule added later changes nothing.
fn key(header: &Header, entries: &[Entry]) -> String {
    let mut lines = header_line(header, "");
    for (turn, entry) in entries.iter().enumerate() {
        let is_move = matches!(
            entry,
            Entry::Visit(_)
                | Entry::Say { .. }
                | Entry::Leave
                | Entry::Fulfil(_)
                | Entry::NextWeek
                | Entry::Abandon
        );
        if is_move {
            lines.push_str(&format!("{turn} {}", super::entry_line(entry, None)));
        }
    }
    content_hash(&lines)
}

fn record(note: &Note) -> NoteRecord {
    NoteRecord {
        turn: note.turn,
        before: note.before,
        after: note.after,
        best: note.best,
        cost: note.cost,
        mark: note.mark.id().to_owned(),
        better: note.better.as_ref().map(|c| EntryRecord::from(&c.entry())),
    }
}

fn note(record: NoteRecord) -> Option<Note> {
    let better = match record.better {
        None => None,
        Some(better) => Some(Choice::of(&Entry::try_from(better).ok()?)?),
    };
    Some(Note {
        turn: record.turn,
        before: record.before,
        after: record.after,
        best: record.best,
        cost: record.cost,
        mark: Mark::from_id(&record.mark)?,
        better,
    })
}
