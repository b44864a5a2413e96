//! One log, open for writing: an entry is on disk whole, or not at all.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{StoreError, disk, record};
use crate::session::Entry;

/// A session's log, open for writing and locked against every other writer until it is dropped.
#[derive(Debug)]
pub struct Log {
    /// The session's identifier.
    pub id: String,
    path: PathBuf,
    file: File,
    /// Bytes of whole, synced lines.
    length: u64,
    /// The log was written by an older whybuy, in this version: the next line would make it unreadable there.
    pub(super) older: Option<u32>,
    /// A failed write left something behind `length` that could not be cut off at once.
    torn: bool,
}

impl Log {
    /// Puts an entry on disk: one line, one write, synced. After an error the log is as it was before.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.line(&record::entry_line(entry, None))
    }

    /// The same, with the moment beside it, in seconds since 1970.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn append_at(&mut self, entry: &Entry, at: u64) -> Result<(), StoreError> {
        self.line(&record::entry_line(entry, Some(at)))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes an open file as a log, if nobody else has it.
    pub(super) fn take(id: String, path: PathBuf, file: File) -> Result<Log, StoreError> {
        match disk::lock(&file).map_err(StoreError::io(&path))? {
            true => Ok(Log {
                id,
                path,
                file,
                length: 0,
                older: None,
                torn: false,
            }),
            false => Err(StoreError::Busy { path }),
        }
    }

    /// All bytes of the log, from the top.
    pub(super) fn read(&mut self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        self.file
            .read_to_end(&mut bytes)
            .map_err(StoreError::io(&self.path))?;
        self.length = bytes.len() as u64;
        Ok(bytes)
    }

    /// Cuts the log after so many bytes.
    pub(super) fn cut(&mut self, length: usize) -> Result<(), StoreError> {
        self.length = length as u64;
        self.file
            .set_len(self.length)
            .and_then(|()| self.file.sync_data())
            .map_err(StoreError::io(&self.path))
    }

    /// Puts a line on disk, its line break included.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), StoreError> {
        let error = match self.try_line(line) {
            Ok(()) => {
                self.length += line.len() as u64;
                return Ok(());
            }
            Err(error) => error,
        };
        // Also where only the sync failed: what the caller is told did not happen must not come back at replay.
        self.torn = self.file.set_len(self.length).is_err();
        Err(StoreError::io(&self.path)(error))
    }

    /// Puts a copy of an older log beside it, once, so that the whybuy that wrote it can go on from there.
    fn keep_as(&mut self, version: u32) -> io::Result<()> {
        let beside = disk::with_ending(&self.path, &format!(".v{version}"));
        if beside.exists() {
            return Ok(());
        }
        let mut bytes = vec![0; usize::try_from(self.length).unwrap_or(0)];
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_exact(&mut bytes)?;
        disk::replace(&beside, &bytes)
    }

    fn try_line(&mut self, line: &str) -> io::Result<()> {
        if let Some(version) = self.older {
            self.keep_as(version)?;
            self.older = None;
        }
        if self.torn {
            self.file.set_len(self.length)?;
            self.torn = false;
        }
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(line.as_bytes())?;
        self.file.sync_data()
    }
}

#[cfg(test)]
impl Log {
    /// Leaves half a line behind, as a write does that fails where cutting fails too.
    pub(super) fn tear(&mut self, half: &[u8]) {
        self.file.seek(SeekFrom::Start(self.length)).unwrap();
        self.file.write_all(half).unwrap();
        self.torn = true;
    }
}
