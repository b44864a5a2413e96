//! Which scenarios there are: the shipped ones, and whatever lies in the user's folder.
//!
//! A broken file stays in the list with its problems: an author who does not find his file again has no way to
//! learn what is wrong with it.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use serde::Deserialize;

use crate::scenario::Case;
use crate::scenario::decode::decode;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::source;
use crate::text::Text;

const SHIPPED: [(&str, &str); 9] = [
    (
        "bottle-of-water",
        include_str!("../scenarios/bottle-of-water.json"),
    ),
    (
        "office-supplies",
        include_str!("../scenarios/office-supplies.json"),
    ),
    (
        "fit-out-hardware",
        include_str!("../scenarios/fit-out-hardware.json"),
    ),
    (
        "small-ticket",
        include_str!("../scenarios/small-ticket.json"),
    ),
    (
        "smart-community",
        include_str!("../scenarios/smart-community.json"),
    ),
    (
        "departments-at-odds",
        include_str!("../scenarios/departments-at-odds.json"),
    ),
    (
        "clients-client",
        include_str!("../scenarios/clients-client.json"),
    ),
    ("old-friend", include_str!("../scenarios/old-friend.json")),
    ("which-is-it", include_str!("../scenarios/which-is-it.json")),
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
    pub text: Cow<'static, str>,
    /// What a list shows of it, where it can be played.
    pub head: Option<Head>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    case: OnceLock<Option<Arc<Case>>>,
}

impl Entry {
    /// The case, where it can be played. A shipped one is decoded when it is first asked for: the home screen shows nine
    /// of them and must not wait for any.
    pub fn case(&self) -> Option<&Arc<Case>> {
        let decoded = || decode(&self.text).0.map(Arc::new);
        self.case.get_or_init(decoded).as_ref()
    }
}

/// What a list shows of a case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// What it is called.
    pub title: Text,
    /// What it is about, in a sentence or two.
    #[serde(default)]
    pub summary: Text,
    /// What the trainee knows before the first visit.
    pub brief: Text,
}

impl Head {
    fn of(case: &Case) -> Head {
        Head {
            title: case.title.clone(),
            summary: case.summary.clone(),
            brief: case.brief.clone(),
        }
    }
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
        .map(|(id, text)| shipped(id, text))
        .collect();
    for mut own in files(&folder(data)) {
        let twin = own
            .head
            .is_some()
            .then(|| entries.iter_mut().find(|e| e.id == own.id))
            .flatten();
        match twin {
            Some(shipped) if shipped.source == Source::Shipped => *shipped = own,
            // Two files of one identifier: the second could never be asked for by name.
            Some(first) if first.head.is_some() => {
                own.head = None;
                own.case = OnceLock::from(None);
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

/// A case that is part of the program: known to be clean, so its head is enough for now.
fn shipped(id: &str, text: &'static str) -> Entry {
    match serde_json::from_str(text) {
        Ok(head) => Entry {
            id: id.to_owned(),
            source: Source::Shipped,
            text: text.into(),
            head: Some(head),
            problems: Vec::new(),
            case: OnceLock::new(),
        },
        // With comments in it, or in one language: what the list shows takes the whole decoder then.
        Err(_) => entry(id, Source::Shipped, text.into()),
    }
}

fn entry(name: &str, source: Source, text: Cow<'static, str>) -> Entry {
    let (case, problems) = decode(&text);
    let id = case
        .as_ref()
        .map_or_else(|| name.to_owned(), |c| c.id.clone());
    Entry {
        id,
        source,
        text,
        head: case.as_ref().map(Head::of),
        problems,
        case: OnceLock::from(case.map(Arc::new)),
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
        !hidden
            && path
                .extension()
                .is_some_and(|e| e == "json" || e == "jsonc")
    });
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Entry {
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(path, &error),
    };
    match source::text(bytes) {
        Ok(text) => entry(&name_of(path), Source::File(path.to_owned()), text.into()),
        // The text is kept as far as it goes, so that the place can be shown.
        Err((shown, problem)) => Entry {
            text: shown.into(),
            problems: vec![problem],
            ..blank(path)
        },
    }
}

/// The bytes of a file, and never many more than a scenario may have: a device or a film in the folder must not fill
/// the memory.
///
/// # Errors
/// Where the file cannot be read.
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = source::MAX_BYTES as u64 + 1;
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
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
        head: None,
        problems: Vec::new(),
        case: OnceLock::from(None),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::scratch::Scratch;
    use crate::text::Language;

    fn minimal(id: &str) -> String {
        let text = r#"{"zh":"甲","en":"a"}"#;
        let person = format!(r#"{{"id":"wang","name":{text},"role":"executive"}}"#);
        format!(
            r#"{{"id":"{id}","title":{text},"brief":{text},"category":{text},"client":{text},"people":[{person}],"decision_maker":"wang"}}"#
        )
    }

    #[test]
    fn a_content_hash_never_changes() {
        assert_eq!(content_hash(""), "cbf29ce484222325");
        assert_eq!(content_hash("a"), "af63dc4c8601ec8c");
        assert_eq!(content_hash("foobar"), "85944171f73967e8");
    }

    #[test]
    fn without_a_folder_there_are_the_shipped_ones_in_order() {
        let scratch = Scratch::new();
        let sources: Vec<Source> = list(scratch.path()).into_iter().map(|e| e.source).collect();
        assert_eq!(sources, vec![Source::Shipped; SHIPPED.len()]);
    }

    #[test]
    fn what_the_list_shows_of_a_shipped_case_is_what_the_case_says() {
        let scratch = Scratch::new();
        for entry in list(scratch.path()) {
            assert_eq!(decode(&entry.text).1, [], "{}", entry.id);
            let case = entry.case().expect("a shipped case can be played");
            assert_eq!(
                (&entry.id, entry.head.as_ref()),
                (&case.id, Some(&Head::of(case)))
            );
        }
    }

    #[test]
    fn broken_files_stay_in_the_list_and_say_what_is_wrong() {
        let scratch = Scratch::new();
        let folder = folder(scratch.path());
        fs::create_dir_all(folder.join("d-folder.json")).unwrap();
        fs::write(folder.join("a-torn.json"), "{\"id\":").unwrap();
        fs::write(folder.join("b-gbk.json"), b"{\"id\":\"\xb2\xc9\xb9\xba\"}").unwrap();
        fs::write(folder.join("c-good.json"), minimal("good")).unwrap();
        fs::write(folder.join("e-twin.json"), minimal("good")).unwrap();
        for ignored in [".#f.json", "notes.txt"] {
            fs::write(folder.join(ignored), "").unwrap();
        }
        let own = list(scratch.path()).split_off(SHIPPED.len());
        let ids: Vec<&str> = own.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, ["a-torn", "b-gbk", "good", "d-folder", "good"]);
        for entry in &own {
            let playable = entry.source == Source::File(folder.join("c-good.json"));
            assert_eq!(entry.case().is_some(), playable, "{:?}", entry.problems);
            assert_eq!(entry.problems.is_empty(), playable, "{}", entry.id);
            for problem in &entry.problems {
                assert!(!problem.render("f", &entry.text, Language::Zh).is_empty());
            }
        }
        assert_eq!(own[1].problems[0].expected, "UTF-8");
        assert_eq!(own[4].problems[0].code, Code::DuplicateId);
    }

    #[test]
    fn a_playable_file_takes_the_place_of_a_shipped_one_and_a_broken_one_does_not() {
        let scratch = Scratch::new();
        let folder = folder(scratch.path());
        fs::create_dir_all(&folder).unwrap();
        let mine = folder.join("mine.json");
        fs::write(&mine, minimal(SHIPPED[0].0)).unwrap();
        let entries = list(scratch.path());
        assert_eq!(
            (entries.len(), &entries[0].source),
            (SHIPPED.len(), &Source::File(mine.clone()))
        );
        fs::write(&mine, "{").unwrap();
        let entries = list(scratch.path());
        let (count, first) = (entries.len(), &entries[0].source);
        assert_eq!((count, first), (SHIPPED.len() + 1, &Source::Shipped));
    }
}
