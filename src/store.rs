//! Sessions on disk: one log each, a JSON object a line, the header first.
//!
//! ```text
//! <data>/sessions/<id>.jsonl             the log; it is the truth
//! <data>/sessions/<id>.jsonl.vN           the log as an older whybuy left it, before this one wrote into it
//! <data>/sessions/<id>.jsonl.damaged-N   what could not be read of it, byte for byte
//! <data>/sessions/<id>.name              the trainee's own name for it
//! <data>/home.json                       who this home is, drawn once
//! <data>/drills.jsonl                    how cards were answered
//! <data>/index-1.sqlite                  an index; may be thrown away at any time
//! <data>/reviews/<id>.json               its review; can be made again from the log at any time
//! <data>/scenarios-played/<hash>.json    scenario texts that runs were played with
//! <data>/models/<version>-<hash>.json    magnitudes that runs were played with
//! ```
//!
//! An entry is on disk before its effect is shown, and nothing readable is ever thrown away. No clock here.

mod disk;
mod drills;
mod error;
mod home;
mod index;
mod log;
mod record;
mod review;
mod scan;
#[cfg(test)]
pub(crate) mod scratch;
mod shelf;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::library::content_hash;
use crate::locale::tr_with;
use crate::session::{Entry, Header};
use crate::text::{Language, harmless};
pub(crate) use disk::{replace, with_ending};
pub use error::StoreError;
pub(crate) use error::io_key;
pub use index::{Index, IndexError, phrases};
pub use log::Log;
pub use record::{entry_line, read_run, write_run};
use scan::Scan;

/// The folder of sessions. Holds no open file; copy it freely between seats.
#[derive(Debug, Clone)]
pub struct Store {
    data: PathBuf,
    sessions: PathBuf,
    scenarios: PathBuf,
    models: PathBuf,
    reviews: PathBuf,
}

/// What a list of sessions shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The session's identifier.
    pub id: String,
    /// What the run depends on.
    pub header: Header,
    /// How many entries can be read.
    pub entries: usize,
    /// The trainee gave up. Other ways to end are known only to the simulation.
    pub abandoned_or_over: bool,
    /// Something in the log cannot be read.
    pub damaged: bool,
}

/// A session as it was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// What the run depends on.
    pub header: Header,
    /// The scenario text it was played with.
    pub scenario: String,
    /// The model text it was played with.
    pub model: String,
    /// Every entry before the first damage.
    pub entries: Vec<Entry>,
    /// When each was put in, in seconds since 1970; `None` where the log does not say.
    pub at: Vec<Option<u64>>,
    /// What could not be read, if anything.
    pub set_aside: Option<SetAside>,
}

/// The part of a log from its first unreadable line on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where those bytes are: the log itself after [`Store::load`], a file of their own after [`Store::resume`].
    pub path: PathBuf,
    /// How many lines, a torn one included.
    pub lines: usize,
    /// What is wrong with the first of them.
    pub why: String,
}

impl SetAside {
    /// A sentence for the user.
    pub fn message(&self, language: Language) -> String {
        let path = harmless(&self.path.display().to_string());
        let slots = [
            ("lines", self.lines.to_string()),
            ("why", harmless(&self.why)),
            ("path", path),
        ];
        tr_with(
            language,
            "store.set_aside",
            &slots.each_ref().map(|(k, v)| (*k, v.as_str())),
        )
    }
}

impl Store {
    /// Opens the store under `data`, making its folders where they are missing. A store on a read-only disk opens
    /// too, so that old sessions can be looked at.
    ///
    /// # Errors
    /// Where a folder can be neither found nor made.
    pub fn open(data: &Path) -> Result<Store, StoreError> {
        let folder = |name| {
            let path = data.join(name);
            fs::create_dir_all(&path).map_err(StoreError::io(&path))?;
            Ok(path)
        };
        Ok(Store {
            data: data.to_owned(),
            sessions: folder("sessions")?,
            scenarios: folder("scenarios-played")?,
            models: folder("models")?,
            reviews: folder("reviews")?,
        })
    }

    /// A store for one seat of a class: its sessions lie in a folder of their own, out of everybody else's reach; texts
    /// are shared.
    ///
    /// # Errors
    /// Where the folder can be neither found nor made.
    pub fn seat(&self, number: u32) -> Result<Store, StoreError> {
        let sessions = self.sessions.join(format!("seat-{number:04}"));
        fs::create_dir_all(&sessions).map_err(StoreError::io(&sessions))?;
        Ok(Store {
            sessions,
            ..self.clone()
        })
    }

    /// Starts the log of a new deal, and keeps the texts it is played with.
    ///
    /// # Errors
    /// Where the disk refuses, or `header.content` is not the [`content_hash`] of `scenario`.
    pub fn begin(&self, header: &Header, scenario: &str, model: &str) -> Result<Log, StoreError> {
        let (text, model_content) = (content_hash(scenario), content_hash(model));
        if header.content != text {
            let header = header.content.clone();
            return Err(StoreError::Mismatch { header, text });
        }
        keep(&self.scenario_path(&text), scenario)?;
        keep(&self.model_path(header.model, &model_content), model)?;
        let stem = format!("{}-{}", header.started, slug(&header.scenario));
        let id = |n| match n {
            1 => stem.clone(),
            n => format!("{stem}-{n}"),
        };
        let (file, path) = disk::create_first_free(|n| self.path(&id(n)))
            .map_err(StoreError::io(&self.path(&stem)))?;
        let id = path
            .file_stem()
            .map_or(stem, |s| s.to_string_lossy().into_owned());
        let mut log = Log::take(id, path, file)?;
        if let Err(error) = log.line(&record::header_line(header, &model_content)) {
            let path = log.path().to_owned();
            drop(log);
            let _ = fs::remove_file(path);
            return Err(error);
        }
        disk::sync_folder(log.path());
        Ok(log)
    }

    /// Starts the log of a branch: a new deal whose first entries are those of another. All of them are on disk, or
    /// there is no such log.
    ///
    /// # Errors
    /// As [`Store::begin`].
    pub fn branch(
        &self,
        header: &Header,
        scenario: &str,
        model: &str,
        entries: &[Entry],
    ) -> Result<Log, StoreError> {
        let mut log = self.begin(header, scenario, model)?;
        let lines: String = entries.iter().map(|e| entry_line(e, None)).collect();
        if let Err(error) = log.line(&lines) {
            let path = log.path().to_owned();
            drop(log);
            let _ = fs::remove_file(path);
            return Err(error);
        }
        Ok(log)
    }

    /// Every session whose header can be read, newest first. For the rest see [`Store::unreadable`].
    pub fn sessions(&self) -> Vec<Summary> {
        let scanned = self.ids().into_iter().filter_map(|id| {
            let scan = self.scan(&id).ok()?;
            Some(Summary {
                id,
                header: scan.header,
                entries: scan.entries.len(),
                abandoned_or_over: scan.entries.contains(&Entry::Abandon),
                damaged: scan.bad.is_some(),
            })
        });
        let mut summaries: Vec<Summary> = scanned.collect();
        summaries.sort_by(|a, b| (b.header.started, &b.id).cmp(&(a.header.started, &a.id)));
        summaries
    }

    /// Logs that cannot be listed as sessions, with the reason: of a newer format, without a header, not allowed.
    pub fn unreadable(&self) -> Vec<(String, StoreError)> {
        let scanned = self.ids().into_iter().filter_map(|id| {
            let error = self.scan(&id).err()?;
            // An empty log is one that is being begun, or was when the power went: nothing was in it.
            let empty = fs::metadata(self.path(&id)).is_ok_and(|m| m.len() == 0);
            (!empty).then_some((id, error))
        });
        scanned.collect()
    }

    /// Reads a session and touches nothing; damage is only told.
    ///
    /// # Errors
    /// Where there is no such session, its header or a kept text is gone, or a newer whybuy wrote it.
    pub fn load(&self, id: &str) -> Result<Loaded, StoreError> {
        let scan = self.scan(id)?;
        let path = self.path(id);
        let set_aside = scan.bad.as_ref().map(|bad| bad.told(path));
        self.loaded(scan, set_aside)
    }

    /// Opens a session to go on with it. What cannot be read is first copied to a file of its own, then cut off.
    ///
    /// # Errors
    /// As [`Store::load`], and where another process is writing it or the disk refuses; then the log is as it was.
    pub fn resume(&self, id: &str) -> Result<(Log, Loaded), StoreError> {
        let path = self.known(id)?;
        let file = disk::writing().open(&path).map_err(|source| {
            let path = path.clone();
            if disk::is_shared_out(&source) {
                StoreError::Busy { path }
            } else {
                self.not_there(id, path, source)
            }
        })?;
        let mut log = Log::take(id.to_owned(), path.clone(), file)?;
        let bytes = log.read()?;
        let scan = Scan::of(&bytes, &path)?;
        let (good, rest) = bytes.split_at(scan.good);
        // The texts come first: a run that cannot be replayed is not to be cut either.
        let mut loaded = self.loaded(scan.clone(), None)?;
        if let Some(bad) = &scan.bad {
            let beside = |n| with_ending(&path, &format!(".damaged-{n}"));
            let aside = disk::create_whole(beside, rest).map_err(StoreError::io(&beside(1)))?;
            disk::sync_folder(&aside);
            log.cut(good.len())?;
            loaded.set_aside = Some(bad.told(aside));
        }
        log.older = (scan.version < record::VERSION).then_some(scan.version);
        if !good.ends_with(b"\n") {
            // Only the line break was lost; the entry is whole and the next must not run into it.
            log.line("\n")?;
        }
        Ok((log, loaded))
    }

    /// The folder everything is kept in.
    pub fn data(&self) -> &Path {
        &self.data
    }

    fn path(&self, id: &str) -> PathBuf {
        self.sessions.join(format!("{id}.jsonl"))
    }

    fn scenario_path(&self, hash: &str) -> PathBuf {
        self.scenarios.join(format!("{hash}.json"))
    }

    fn model_path(&self, version: u32, hash: &str) -> PathBuf {
        self.models.join(format!("{version}-{hash}.json"))
    }

    fn ids(&self) -> Vec<String> {
        let Ok(items) = fs::read_dir(&self.sessions) else {
            return Vec::new();
        };
        let names = items.filter_map(|item| item.ok()?.file_name().into_string().ok());
        let ids = names.filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned));
        let mut ids: Vec<String> = ids.filter(|id| is_id(id)).collect();
        ids.sort();
        ids
    }

    /// An identifier may come from a command line; it must not lead out of the folder.
    fn known(&self, id: &str) -> Result<PathBuf, StoreError> {
        if is_id(id) {
            return Ok(self.path(id));
        }
        Err(StoreError::Missing {
            id: id.to_owned(),
            folder: self.sessions.clone(),
        })
    }

    fn not_there(&self, id: &str, path: PathBuf, source: io::Error) -> StoreError {
        match source.kind() {
            ErrorKind::NotFound => StoreError::Missing {
                id: id.to_owned(),
                folder: self.sessions.clone(),
            },
            _ => StoreError::Io { path, source },
        }
    }

    fn scan(&self, id: &str) -> Result<Scan, StoreError> {
        let path = self.known(id)?;
        let bytes = fs::read(&path).map_err(|source| self.not_there(id, path.clone(), source))?;
        Scan::of(&bytes, &path)
    }

    fn loaded(&self, scan: Scan, set_aside: Option<SetAside>) -> Result<Loaded, StoreError> {
        let Scan {
            header,
            model_content,
            entries,
            at,
            ..
        } = scan;
        let scenario = kept(&self.scenario_path(&header.content), &header.content)?;
        let model = kept(
            &self.model_path(header.model, &model_content),
            &model_content,
        )?;
        Ok(Loaded {
            header,
            scenario,
            model,
            entries,
            at,
            set_aside,
        })
    }
}

/// Opens a file of lines that is nobody's session, or begins it: locked like a log, its whole lines, and a torn last one
/// cut off.
///
/// # Errors
/// Where another process has it, or the disk refuses.
pub(crate) fn open_lines(path: &Path) -> Result<(Log, Vec<String>), StoreError> {
    let file = disk::writing()
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(StoreError::io(path))?;
    disk::sync_folder(path);
    let mut log = Log::take(String::new(), path.to_owned(), file)?;
    let bytes = log.read()?;
    let whole = bytes
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |at| at + 1);
    if whole < bytes.len() {
        log.cut(whole)?;
    }
    let lines = bytes[..whole]
        .split(|&b| b == b'\n')
        .filter(|l| !l.is_empty());
    let lines = lines.map(|l| String::from_utf8_lossy(l).into_owned());
    Ok((log, lines.collect()))
}

/// Keeps a text under its hash; a text that is there already is left alone unless it was spoilt.
fn keep(path: &Path, text: &str) -> Result<(), StoreError> {
    if fs::read(path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(());
    }
    replace(path, text.as_bytes()).map_err(StoreError::io(path))
}

fn kept(path: &Path, hash: &str) -> Result<String, StoreError> {
    let text = fs::read_to_string(path).map_err(StoreError::io(path))?;
    if content_hash(&text) == hash {
        return Ok(text);
    }
    let path = path.to_owned();
    Err(StoreError::Changed { path })
}

fn is_id(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !id.is_empty() && id.bytes().all(plain)
}

/// A scenario's identifier as part of a file name: an author may write anything into it.
fn slug(scenario: &str) -> String {
    let plain = |c: char| {
        if is_id(c.encode_utf8(&mut [0; 4])) {
            c
        } else {
            '_'
        }
    };
    scenario.chars().take(40).map(plain).collect()
}
