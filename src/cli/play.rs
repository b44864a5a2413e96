//! `whybuy play` and the home screen: from arguments to a deal on disk and a face to play it with.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{anyhow, bail};

use crate::cli::screen::Desk;
use crate::library;
use crate::locale::{tr, tr_with};
use crate::plain::Plain;
use crate::reader::Reader;
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::session::{Branch, Counts, Header, Mode, Past, Session, World};
use crate::sim::{Model, Outcome};
use crate::store::{Loaded, Log, Store};
use crate::text::{Language, harmless};
use crate::tui::App;
use crate::tui::app::Notice;

/// The magnitudes as they are kept beside a log.
pub(crate) const MODEL: &str = include_str!("../../assets/model.json");

/// How many earlier deals a new one looks back on.
const REMEMBERED: usize = 40;

/// What the command line asks of a deal.
pub(super) struct Wanted<'a> {
    pub scenario: Option<&'a str>,
    pub seed: Option<u64>,
    pub mode: Mode,
    pub beginner: bool,
    pub exam: bool,
    pub language: Language,
}

/// Begins a deal of a scenario of the library.
pub(crate) fn begin(
    store: &Store,
    entry: &library::Entry,
    seed: u64,
    mode: Mode,
    language: Language,
    exam: bool,
    packs: Arc<Packs>,
) -> anyhow::Result<(Log, Session)> {
    let Some(case) = entry.case().cloned() else {
        bail!(tr_with(
            language,
            "cli.broken_scenario",
            &[("id", &entry.id)]
        ));
    };
    let model = Arc::new(Model::parse(MODEL)?);
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
        .map_err(|e| anyhow!(e.message(language)))?;
    Ok((log, Session::new(World { case, packs, model }, header)))
}

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
pub(crate) fn branch(
    store: &Store,
    id: &str,
    turns: usize,
    language: Language,
    packs: Arc<Packs>,
) -> anyhow::Result<(Log, Session)> {
    let told = |e: crate::store::StoreError| anyhow!(e.message(language));
    let Loaded {
        header,
        scenario,
        model,
        mut entries,
        ..
    } = store.load(id).map_err(told)?;
    if header.exam {
        bail!(tr(language, "tui.error.exam_branch"));
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

/// Takes up a deal where it stood, with the texts it was played with.
pub(crate) fn resume(
    store: &Store,
    id: &str,
    language: Language,
    packs: Arc<Packs>,
) -> anyhow::Result<(Log, Session, Option<String>)> {
    let (log, loaded) = store.resume(id).map_err(|e| anyhow!(e.message(language)))?;
    let warning = loaded
        .set_aside
        .as_ref()
        .map(|aside| aside.message(language));
    Ok((log, replay(loaded, language, packs)?, warning))
}

/// Rebuilds a deal from what was loaded.
pub(crate) fn replay(
    loaded: Loaded,
    language: Language,
    packs: Arc<Packs>,
) -> anyhow::Result<Session> {
    let Some(case) = decode(&loaded.scenario).0 else {
        bail!(tr_with(
            language,
            "cli.broken_scenario",
            &[("id", &loaded.header.scenario)]
        ));
    };
    let model = Arc::new(Model::parse(&loaded.model)?);
    let world = World {
        case: Arc::new(case),
        packs,
        model,
    };
    Ok(Session::replay(world, loaded.header, loaded.entries))
}

/// The deal the command line asks for: an unfinished one, unless a seed asks for a new one.
fn deal(
    store: &Store,
    library: &[library::Entry],
    wanted: &Wanted,
    packs: Arc<Packs>,
) -> anyhow::Result<(Log, Session, Option<String>)> {
    let language = wanted.language;
    let going_on = wanted
        .seed
        .is_none()
        .then(|| unfinished(store, wanted.scenario, &packs, language))
        .flatten();
    if let Some(id) = going_on {
        let (log, session, warning) = resume(store, &id, language, packs)?;
        return Ok((
            log,
            session,
            Some(warning.unwrap_or_else(|| tr(language, "cli.resumed").to_owned())),
        ));
    }
    let entry = find(
        library,
        wanted.scenario.unwrap_or("bottle-of-water"),
        language,
    )?;
    let seed = wanted.seed.unwrap_or_else(fresh_seed);
    let (log, session) = begin(
        store,
        entry,
        seed,
        wanted.mode,
        language,
        wanted.exam,
        packs,
    )?;
    Ok((log, session, None))
}

/// Plays line by line.
pub(super) fn plain(
    store: &Store,
    library: &[library::Entry],
    wanted: &Wanted,
) -> anyhow::Result<()> {
    let language = wanted.language;
    let (mut log, session, note) = deal(store, library, wanted, Arc::new(Packs::shipped()))?;
    if let Some(note) = note {
        say!("{note}");
    }
    let reader = Reader::shipped();
    let mut append = |entry: &_| log.append_at(entry, now()).map_err(|e| e.message(language));
    let face = Plain::new(
        session,
        &mut append,
        &reader,
        io::stdin().lock(),
        io::stdout().lock(),
        language,
    );
    match face.run() {
        Ok(_) => Ok(()),
        // Somebody who closes the pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Plays on the screen: the home screen, or the deal that was asked for.
pub(super) fn screen(mut desk: Desk, wanted: &Wanted, colour: bool) -> anyhow::Result<()> {
    let setup = desk.setup(wanted.mode, wanted.beginner, wanted.seed, colour);
    let mut app = App::new(setup);
    if wanted.scenario.is_some() {
        let (log, session, note) = deal(&desk.store, &desk.library, wanted, desk.packs.clone())?;
        desk.log = Some(log);
        app = app.with_session(session);
        // Said before the first key: that the deal goes on, or what could not be read of it.
        app.notice = note.map(|words| Notice::Note(harmless(&words)));
    }
    super::screen::run(desk, app)
}

/// Shows the review of a finished deal on the screen.
pub(super) fn reviewing(mut desk: Desk, id: &str, mode: Mode, colour: bool) -> anyhow::Result<()> {
    let setup = desk.setup(mode, false, None, colour);
    let (log, session, note) = resume(&desk.store, id, desk.language, desk.packs.clone())?;
    if session.state.outcome.is_none() {
        bail!(tr(desk.language, "cli.not_over"));
    }
    desk.log = Some(log);
    let mut app = App::new(setup).with_session(session);
    app.notice = note.map(|words| Notice::Note(harmless(&words)));
    super::screen::run_reviewing(desk, app)
}

/// The newest deal that is not over, of one scenario or of any.
fn unfinished(
    store: &Store,
    scenario: Option<&str>,
    packs: &Arc<Packs>,
    language: Language,
) -> Option<String> {
    store
        .sessions()
        .into_iter()
        .filter(|s| !s.abandoned_or_over && scenario.is_none_or(|id| id == s.header.scenario))
        .find(|s| {
            let loaded = store.load(&s.id).ok();
            let session = loaded.and_then(|l| replay(l, language, packs.clone()).ok());
            session.is_some_and(|s| s.state.outcome.is_none())
        })
        .map(|s| s.id)
}

/// A scenario by its identifier, with the nearest one named where there is none.
pub(crate) fn find<'e>(
    entries: &'e [library::Entry],
    id: &str,
    language: Language,
) -> anyhow::Result<&'e library::Entry> {
    entries.iter().find(|e| e.id == id).ok_or_else(|| {
        let ids: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
        anyhow!(tr_with(
            language,
            "cli.no_scenario",
            &[("id", id), ("ids", &ids.join(", "))]
        ))
    })
}

/// Whether both ends are a terminal somebody sits at.
pub(super) fn at_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs())
}

/// A seed nobody chose; it stands in the log from then on.
pub(crate) fn fresh_seed() -> u64 {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos());
    // Short enough to be read out in class.
    (nanos ^ u128::from(std::process::id())) as u64 % 1_000_000
}
