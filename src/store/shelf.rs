//! What is done with whole sessions: how they look from outside, what they are called, and taking them away.
//!
//! ```text
//! <data>/sessions/<id>.name    the trainee's own name for it, plain text
//! ```

use std::fs;
use std::io::ErrorKind;
use std::time::UNIX_EPOCH;

use super::{Log, Store, StoreError, disk, is_id};
use crate::text::harmless;

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

impl Store {
    /// Every session with its stamp: how its log and its name look from outside. Another stamp means that something
    /// has changed. Newest first, as far as identifiers tell.
    pub fn stamps(&self) -> Vec<(String, String)> {
        let Ok(items) = fs::read_dir(&self.sessions) else {
            return Vec::new();
        };
        let mut logs: Vec<(String, String)> = Vec::new();
        let mut names: Vec<(String, String)> = Vec::new();
        for item in items.flatten() {
            let Ok(name) = item.file_name().into_string() else {
                continue;
            };
            let (list, id) = match (name.strip_suffix(".jsonl"), name.strip_suffix(".name")) {
                (Some(id), _) => (&mut logs, id),
                (_, Some(id)) => (&mut names, id),
                _ => continue,
            };
            if is_id(id)
                && let Ok(about) = item.metadata()
            {
                let changed = about.modified().ok();
                let changed = changed.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
                let changed = changed.map_or(0, |d| d.as_nanos());
                list.push((id.to_owned(), format!("{}-{changed}", about.len())));
            }
        }
        names.sort();
        for (id, stamp) in &mut logs {
            if let Ok(at) = names.binary_search_by(|(name, _)| name.cmp(id)) {
                stamp.push('+');
                stamp.push_str(&names[at].1);
            }
        }
        // Identifiers begin with the second the deal was begun; longer numbers are later.
        logs.sort_by(|(a, _), (b, _)| begun(b).cmp(&begun(a)).then(b.cmp(a)));
        logs
    }

    /// What the trainee calls a session; empty where he gave it no name.
    pub fn name(&self, id: &str) -> String {
        let path = self.name_path(id);
        let words = is_id(id).then(|| fs::read_to_string(path).ok()).flatten();
        words.map_or_else(String::new, |w| cut(&w))
    }

    /// Gives a session a name; an empty one takes it away.
    ///
    /// # Errors
    /// Where there is no such session, or the disk refuses.
    pub fn rename(&self, id: &str, name: &str) -> Result<(), StoreError> {
        let log = self.known(id)?;
        fs::metadata(&log).map_err(|source| self.not_there(id, log, source))?;
        let path = self.name_path(id);
        let name = cut(name);
        if name.is_empty() {
            return gone(fs::remove_file(&path)).map_err(StoreError::io(&path));
        }
        disk::replace(&path, name.as_bytes()).map_err(StoreError::io(&path))
    }

    /// Takes a session away for good, with its name and what could not be read of it. The texts it was played with stay:
    /// others may need them.
    ///
    /// # Errors
    /// Where there is no such session, somebody is playing it, or the disk refuses; then it is still there.
    pub fn delete(&self, id: &str) -> Result<(), StoreError> {
        let path = self.known(id)?;
        let file = disk::writing()
            .open(&path)
            .map_err(|source| self.not_there(id, path.clone(), source))?;
        // Held until the log is gone, so that nobody begins to write into it meanwhile.
        let log = Log::take(id.to_owned(), path.clone(), file)?;
        fs::remove_file(&path).map_err(StoreError::io(&path))?;
        drop(log);
        let name = self.name_path(id);
        gone(fs::remove_file(&name)).map_err(StoreError::io(&name))?;
        let damaged = format!("{id}.jsonl.");
        for item in fs::read_dir(&self.sessions).into_iter().flatten().flatten() {
            if item.file_name().to_string_lossy().starts_with(&damaged) {
                let path = item.path();
                gone(fs::remove_file(&path)).map_err(StoreError::io(&path))?;
            }
        }
        disk::sync_folder(&path);
        Ok(())
    }

    fn name_path(&self, id: &str) -> std::path::PathBuf {
        self.sessions.join(format!("{id}.name"))
    }
}

/// What is not there need not be taken away.
fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn begun(id: &str) -> u64 {
    let digits = id.split(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|d| d.parse().ok()).unwrap_or(0)
}

fn cut(name: &str) -> String {
    let name: String = harmless(name.trim()).chars().take(LONGEST_NAME).collect();
    name.trim().to_owned()
}
