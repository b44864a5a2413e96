//! Which scenarios there are: the shipped ones, and whatever lies in the user's folder.
//!
//! A broken file stays in the list with its problems: an author who does not find his file again has no way to
//! learn what is wrong with it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use crate::scenario::Case;
use crate::scenario::decode::decode;
use crate::scenario::problem::{Code, Problem};

const SHIPPED: [(&str, &str); 2] = [
    (
        "bottle-of-water",
        include_str!("../scenarios/bottle-of-water.json"),
    ),
    (
        "fit-out-hardware",
        include_str!("../scenarios/fit-out-hardware.json"),
    ),
];

/// Where a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is part of the program.
    Shipped,
    /// The user's own file.
    File(PathBuf),
}

/// One scenario of the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The case's identifier; the file's name without its ending where there is no case.
    pub id: String,
    /// Where it comes from.
    pub source: Source,
    /// The text; empty where the file cannot be read.
    pub text: Arc<str>,
    /// The case, where it can be played.
    pub case: Option<Arc<Case>>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
}

/// The folder for the user's own scenarios.
pub fn folder(data: &Path) -> PathBuf {
    data.join("scenarios")
}

/// All scenarios: the shipped ones in teaching order, then the user's by file name.
///
/// A user's playable file with the identifier of a shipped one stands in its place; a broken one does not, so
/// that a slip of the pen never takes a shipped case away.
pub fn list(data: &Path) -> Vec<Entry> {
    let mut entries: Vec<Entry> = SHIPPED
        .into_iter()
        .map(|(id, text)| entry(id, Source::Shipped, text))
        .collect();
    for mut own in files(&folder(data)) {
        let twin = own
            .case
            .is_some()
            .then(|| entries.iter_mut().find(|e| e.id == own.id))
            .flatten();
        match twin {
            Some(shipped) if shipped.source == Source::Shipped => *shipped = own,
            // Two files of one identifier: the second could never be asked for by name.
            Some(first) if first.case.is_some() => {
                own.case = None;
                own.problems
                    .push(problem(Code::DuplicateId, 0, own.id.clone(), ""));
                entries.push(own);
            }
            _ => entries.push(own),
        }
    }
    entries
}

/// Names a text by its content: 16 hexadecimal digits.
///
/// FNV-1a, 64 bits, written out: std's hasher may change with the compiler, and these names lie on disk for years.
/// It keeps apart the versions of some files; it is no protection against somebody who wants a collision.
pub fn content_hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn entry(name: &str, source: Source, text: &str) -> Entry {
    let (case, problems) = decode(text);
    let id = case
        .as_ref()
        .map_or_else(|| name.to_owned(), |c| c.id.clone());
    Entry {
        id,
        source,
        text: text.into(),
        case: case.map(Arc::new),
        problems,
    }
}

fn files(folder: &Path) -> Vec<Entry> {
    let found = fs::read_dir(folder).and_then(|items| {
        let paths: io::Result<Vec<PathBuf>> = items.map(|item| Ok(item?.path())).collect();
        paths
    });
    let mut paths = match found {
        Ok(paths) => paths,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => return vec![unreadable(folder, &error)],
    };
    paths.retain(|path| {
        // Editors leave their locks and copies behind as hidden files.
        let hidden = name_of(path).starts_with('.');
        !hidden && path.extension().is_some_and(|e| e == "json")
    });
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Entry {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(path, &error),
    };
    match String::from_utf8(bytes) {
        Ok(text) => entry(&name_of(path), Source::File(path.to_owned()), &text),
        // Most likely saved as GBK. The text is kept, so that the place can be shown.
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = format!("0x{:02x}", error.as_bytes()[at]);
            Entry {
                text: String::from_utf8_lossy(error.as_bytes()).into(),
                problems: vec![problem(Code::Syntax, at, byte, "UTF-8")],
                ..blank(path)
            }
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Entry {
    Entry {
        problems: vec![problem(Code::Syntax, 0, error.to_string(), "")],
        ..blank(path)
    }
}

fn blank(path: &Path) -> Entry {
    Entry {
        id: name_of(path),
        source: Source::File(path.to_owned()),
        text: "".into(),
        case: None,
        problems: Vec::new(),
    }
}

fn name_of(path: &Path) -> String {
    path.file_stem()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn problem(code: Code, at: usize, found: String, expected: &str) -> Problem {
    Problem {
        code,
        at: at..at,
        found,
        expected: expected.to_owned(),
    }
}
