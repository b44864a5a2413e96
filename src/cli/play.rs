//! `whybuy play` and the home screen: from arguments to a deal on disk and a face to play it with.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use crate::class::room::{self, Room};
use crate::cli::screen::Desk;
use crate::deal::{self, begin, find, fresh_seed, now, replay};
use crate::library;
use crate::locale::tr;
use crate::plain::Plain;
use crate::reader::Reader;
use crate::scenario::pack::Packs;
use crate::session::{Mode, Session};
use crate::store::{Log, Store};
use crate::text::{Language, harmless};
use crate::tui::App;
use crate::tui::app::Notice;

/// What the command line asks of a deal.
pub(super) struct Wanted<'a> {
    pub scenario: Option<&'a str>,
    pub seed: Option<u64>,
    pub mode: Mode,
    pub beginner: bool,
    pub exam: bool,
    pub language: Language,
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
        let (log, session, warning) =
            deal::resume(store, &id, language, packs).map_err(|e| anyhow!(e))?;
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
    )
    .map_err(|e| anyhow!(e))?;
    let seed = wanted.seed.unwrap_or_else(fresh_seed);
    let (log, session) = begin(
        store,
        entry,
        seed,
        wanted.mode,
        language,
        wanted.exam,
        packs,
    )
    .map_err(|e| anyhow!(e))?;
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
///
/// With a room around it where a trainer plays it with a class.
pub(super) fn screen(
    mut desk: Desk,
    wanted: &Wanted,
    colour: bool,
    room: Option<room::Plan>,
) -> anyhow::Result<()> {
    let setup = desk.setup(wanted.mode, wanted.beginner, wanted.seed, colour);
    let mut app = App::new(setup);
    if wanted.scenario.is_some() {
        let (log, session, note) = deal(&desk.store, &desk.library, wanted, desk.packs.clone())?;
        desk.log = Some(log);
        app = app.with_session(session);
        // Said before the first key: that the deal goes on, or what could not be read of it.
        app.notice = note.map(|words| Notice::Note(harmless(&words)));
    }
    if let Some(plan) = room {
        return super::screen::run(desk, Room::new(app, plan));
    }
    super::screen::run(desk, app)
}

/// Shows the review of a finished deal on the screen.
pub(super) fn reviewing(mut desk: Desk, id: &str, mode: Mode, colour: bool) -> anyhow::Result<()> {
    let setup = desk.setup(mode, false, None, colour);
    let (log, session, note) =
        deal::resume(&desk.store, id, desk.language, desk.packs.clone()).map_err(|e| anyhow!(e))?;
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

/// Whether both ends are a terminal somebody sits at.
pub(super) fn at_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}
