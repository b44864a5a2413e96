//! A deal of the library on disk: found by its scenario, begun, taken up again, rebuilt.
//!
//! What every face with a disk behind it does: the command line for one trainee, a class for each of its seats.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::library;
use crate::locale::{tr, tr_with};
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::session::{Branch, Counts, Entry, Header, Mode, Past, Session, World};
use crate::sim::{Model, Outcome};
use crate::store::{Loaded, Log, Store};
use crate::text::Language;

/// The magnitudes as they are kept beside a log.
pub const MODEL: &str = include_str!("../assets/model.json");

/// Begins a deal of a scenario of the library.
///
/// # Errors
/// In the user's language, where the scenario cannot be played or the disk refuses.
pub fn begin(
    store: &Store,
    entry: &library::Entry,
    seed: u64,
    mode: Mode,
    language: Language,
    exam: bool,
    packs: Arc<Packs>,
) -> Result<(Log, Session), String> {
    let Some(case) = entry.case().cloned() else {
        return Err(broken(&entry.id, language));
    };
    let model = Arc::new(Model::parse(MODEL).map_err(|e| e.to_string())?);
    let header = Header {
        scenario: entry.id.clone(),
        content: library::content_hash(&entry.text),
        model: model.version,
        seed,
        language,
        mode,
        exam,
        started: now(),
        past: past(store, language),
    };
    let log = store
        .begin(&header, &entry.text, MODEL)
        .map_err(|e| e.message(language))?;
    Ok((log, Session::new(World { case, packs, model }, header)))
}

/// How many earlier deals a new one looks back on.
const REMEMBERED: usize = 40;

/// What earlier deals leave to a new one: the last rule the trainee set himself, and how often he has won alone.
fn past(store: &Store, language: Language) -> Past {
    let packs = Arc::new(Packs::empty());
    let mut past = Past::default();
    for summary in store.sessions().into_iter().take(REMEMBERED) {
        let loaded = store.load(&summary.id).ok();
        let Some(session) = loaded.and_then(|l| replay(l, language, packs.clone()).ok()) else {
            continue;
        };
        let alone =
            session.counts() == Counts::Yes && session.state.outcome == Some(Outcome::Order);
        past.unaided_wins = past.unaided_wins.saturating_add(u8::from(alone));
        if past.rule.is_none() {
            past.rule = session.rule().map(str::to_owned);
        }
    }
    past
}

/// Begins a branch: a new deal that shares the first `turns` turns of another.
///
/// # Errors
/// In the user's language, where the other deal is an exam or cannot be read, or the disk refuses.
pub fn branch(
    store: &Store,
    id: &str,
    turns: usize,
    language: Language,
    packs: Arc<Packs>,
) -> Result<(Log, Session), String> {
    let told = |e: crate::store::StoreError| e.message(language);
    let Loaded {
        header,
        scenario,
        model,
        mut entries,
        ..
    } = store.load(id).map_err(told)?;
    if header.exam {
        return Err(tr(language, "tui.error.exam_branch").to_owned());
    }
    entries.truncate(turns);
    let header = Header {
        started: now(),
        language,
        past: Past {
            branch: Some(Branch {
                of: id.to_owned(),
                turns: entries.len(),
            }),
            ..header.past
        },
        ..header
    };
    let log = store
        .branch(&header, &scenario, &model, &entries)
        .map_err(told)?;
    let loaded = Loaded {
        header,
        scenario,
        model,
        at: vec![None; entries.len()],
        entries,
        set_aside: None,
    };
    Ok((log, replay(loaded, language, packs)?))
}

/// Takes up a deal where it stood, with the texts it was played with; a warning where a part of its log cannot be read.
///
/// # Errors
/// In the user's language, where the log or its texts cannot be used.
pub fn resume(
    store: &Store,
    id: &str,
    language: Language,
    packs: Arc<Packs>,
) -> Result<(Log, Session, Option<String>), String> {
    let (log, loaded) = store.resume(id).map_err(|e| e.message(language))?;
    let warning = loaded
        .set_aside
        .as_ref()
        .map(|aside| aside.message(language));
    Ok((log, replay(loaded, language, packs)?, warning))
}

/// Writes an entry to the log of the deal that is open.
///
/// # Errors
/// In the user's language, where no deal is open or the disk refuses.
pub fn append(log: &mut Option<Log>, entry: &Entry, language: Language) -> Result<(), String> {
    match log {
        Some(log) => log.append_at(entry, now()).map_err(|e| e.message(language)),
        None => Err(tr(language, "cli.no_log").to_owned()),
    }
}

/// Rebuilds a deal from what was loaded.
///
/// # Errors
/// In the user's language, where the kept scenario or model cannot be used.
pub fn replay(loaded: Loaded, language: Language, packs: Arc<Packs>) -> Result<Session, String> {
    let Some(case) = decode(&loaded.scenario).0 else {
        return Err(broken(&loaded.header.scenario, language));
    };
    let model = Arc::new(Model::parse(&loaded.model).map_err(|e| e.to_string())?);
    let world = World {
        case: Arc::new(case),
        packs,
        model,
    };
    Ok(Session::replay(world, loaded.header, loaded.entries))
}

/// A scenario by its identifier.
///
/// # Errors
/// In the user's language, naming those there are.
pub fn find<'e>(
    entries: &'e [library::Entry],
    id: &str,
    language: Language,
) -> Result<&'e library::Entry, String> {
    entries.iter().find(|e| e.id == id).ok_or_else(|| {
        let ids: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
        tr_with(
            language,
            "cli.no_scenario",
            &[("id", id), ("ids", &ids.join(", "))],
        )
    })
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs())
}

/// A seed nobody chose; it stands in the log from then on.
pub fn fresh_seed() -> u64 {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos());
    // Short enough to be read out in class.
    (nanos ^ u128::from(std::process::id())) as u64 % 1_000_000
}

fn broken(id: &str, language: Language) -> String {
    tr_with(language, "cli.broken_scenario", &[("id", id)])
}
