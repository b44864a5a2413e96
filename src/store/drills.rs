//! The reviews of cards: one file, a JSON object a line, each on disk before the next card is shown.
//!
//! ```text
//! <data>/drills.jsonl
//! ```

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Store, StoreError, disk};
use crate::drill::{Rating, Review};

/// The version of the lines this program writes, and the newest it reads.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Record {
    v: u32,
    at: u64,
    card: String,
    rating: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    contested: bool,
}

#[derive(Deserialize)]
struct VersionOnly {
    v: u32,
}

impl Store {
    /// Every review, in the order they were made. A line that cannot be read is passed over: the others are worth as
    /// much without it.
    ///
    /// # Errors
    /// Where the file cannot be read, or a newer whybuy wrote in it.
    pub fn reviews(&self) -> Result<Vec<Review>, StoreError> {
        let path = self.drills();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
        let mut reviews = Vec::new();
        for line in bytes.split(|&b| b == b'\n') {
            let Ok(VersionOnly { v }) = serde_json::from_slice(line) else {
                continue;
            };
            if v > VERSION {
                return Err(StoreError::Newer { path, version: v });
            }
            let record: Option<Record> = serde_json::from_slice(line).ok();
            let review = record.and_then(|r| {
                Some(Review {
                    rating: Rating::from_id(&r.rating)?,
                    card: r.card,
                    at: r.at,
                    contested: r.contested,
                })
            });
            reviews.extend(review);
        }
        Ok(reviews)
    }

    /// Puts a review on disk: one line, one write, synced. A file that holds a newer line is left alone.
    ///
    /// # Errors
    /// Where the disk refuses, or a newer whybuy wrote in the file.
    pub fn reviewed(&self, review: &Review) -> Result<(), StoreError> {
        self.reviews()?;
        let record = Record {
            v: VERSION,
            at: review.at,
            card: review.card.clone(),
            rating: review.rating.id().to_owned(),
            contested: review.contested,
        };
        let mut line = serde_json::to_string(&record).expect("a record is plain");
        line.push('\n');
        let path = self.drills();
        let write = || {
            let mut options = disk::writing();
            let mut file = options.create(true).truncate(false).open(&path)?;
            let end = std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0))?;
            // A line that was torn by a power cut must not swallow this one.
            let torn = end > 0 && !fs::read(&path)?.ends_with(b"\n");
            let line = if torn {
                format!("\n{line}")
            } else {
                line.clone()
            };
            file.write_all(line.as_bytes())?;
            file.sync_data()
        };
        write().map_err(StoreError::io(&path))
    }

    fn drills(&self) -> PathBuf {
        self.data.join("drills.jsonl")
    }
}
