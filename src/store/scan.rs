//! A log read from the top: header, entries, and where the damage begins.

use std::path::{Path, PathBuf};

use super::record::{self, Bad};
use super::{SetAside, StoreError};
use crate::session::{Entry, Header};

/// A log as far as it can be read.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    pub header: Header,
    /// Hash of the model's text.
    pub model_content: String,
    pub entries: Vec<Entry>,
    /// When each was written, where its line says.
    pub at: Vec<Option<u64>>,
    /// The newest version among the lines.
    pub version: u32,
    /// Bytes of readable lines.
    pub good: usize,
    pub bad: Option<Damage>,
}

/// What comes after the readable lines.
#[derive(Debug, Clone)]
pub(super) struct Damage {
    lines: usize,
    why: String,
}

impl Damage {
    pub fn told(&self, path: PathBuf) -> SetAside {
        SetAside {
            path,
            lines: self.lines,
            why: self.why.clone(),
        }
    }
}

impl Scan {
    /// Reads a log's bytes. A missing header or a newer line refuses it; anything else is kept up to the damage.
    pub fn of(bytes: &[u8], path: &Path) -> Result<Scan, StoreError> {
        let refused = |bad| {
            let path = path.to_owned();
            match bad {
                Bad::Newer(version) => StoreError::Newer { path, version },
                Bad::Unreadable(why) => StoreError::Headless { path, why },
            }
        };
        let mut lines = bytes.split_inclusive(|&b| b == b'\n');
        let first = lines.next().unwrap_or_default();
        let (header, model_content, version) = record::read_header(first).map_err(refused)?;
        let mut scan = Scan {
            header,
            model_content,
            entries: Vec::new(),
            at: Vec::new(),
            version,
            good: first.len(),
            bad: None,
        };
        for (at, line) in (2..).zip(lines) {
            match record::read_entry(line) {
                Ok((entry, at, version)) => {
                    scan.version = scan.version.max(version);
                    scan.entries.push(entry);
                    scan.at.push(at);
                }
                Err(newer @ Bad::Newer(_)) => return Err(refused(newer)),
                Err(Bad::Unreadable(why)) => {
                    let rest = bytes[scan.good..].split_inclusive(|&b| b == b'\n');
                    scan.bad = Some(Damage {
                        lines: rest.count(),
                        why: format!("line {at}: {why}"),
                    });
                    break;
                }
            }
            scan.good += line.len();
        }
        Ok(scan)
    }
}
