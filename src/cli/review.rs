//! `whybuy review` and the reviewing behind the screen: moves are shared out among threads, notes come back one by one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{anyhow, bail};

use crate::deal;
use crate::locale::review::{Said, Tone, Words};
use crate::locale::{tr, tr_with};
use crate::review::{Annotator, Note, Relative, Review, whole, xray};
use crate::scenario::pack::Packs;
use crate::session::{Entry, Header, Session};
use crate::store::Store;
use crate::text::{Language, harmless};
use crate::tui::Msg;

/// How long notes are gathered before they are shown together.
const BATCH: Duration = Duration::from_millis(60);

/// Annotates every move; `each` gets a note as soon as it is there, in no certain order. `stop` ends it early.
pub(crate) fn annotate(session: &Session, stop: &AtomicBool, mut each: impl FnMut(Note)) {
    let annotator = Annotator::new(session);
    let moves = annotator.moves();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (sender, notes) = channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(moves.len()) {
            let sender = sender.clone();
            scope.spawn(|| {
                let sender = sender;
                while !stop.load(Ordering::Relaxed)
                    && let Some(&turn) = moves.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    if let Some(note) = annotator.annotate(turn)
                        && sender.send(note).is_err()
                    {
                        return;
                    }
                }
            });
        }
        drop(sender);
        notes.iter().for_each(&mut each);
    });
}

/// Reviews a deal in the background; notes go to `inbox` in batches until all are there or `stop` is set. What was
/// reviewed before comes from the disk.
pub(super) fn background(
    store: Store,
    id: String,
    session: Session,
    job: u32,
    stop: Arc<AtomicBool>,
    inbox: Sender<Msg>,
) {
    std::thread::spawn(move || {
        let total = Annotator::new(&session).moves().len();
        // Where nobody listens any more the program is ending.
        let send = |notes: Vec<Note>| {
            let _ = inbox.send(Msg::Noted { job, total, notes });
        };
        if let Some(notes) = kept(&store, &id, &session) {
            return send(notes);
        }
        let mut all = Vec::new();
        let mut batch = Vec::new();
        let mut sent: Option<Instant> = None;
        annotate(&session, &stop, |note| {
            all.push(note.clone());
            batch.push(note);
            if sent.is_none_or(|at| at.elapsed() > BATCH) {
                sent = Some(Instant::now());
                send(std::mem::take(&mut batch));
            }
        });
        if !stop.load(Ordering::Relaxed) {
            send(batch);
            keep(&store, &id, &session, &all);
        }
    });
}

/// Marks one turn in the background.
pub(super) fn mark(session: Session, turn: usize, inbox: Sender<Msg>) {
    std::thread::spawn(move || {
        if let Some(note) = Annotator::new(&session).annotate(turn) {
            let _ = inbox.send(Msg::Marked(note));
        }
    });
}

/// Finds a deal and its branches in the background: all logs have to be looked at for it.
pub(super) fn family(store: Store, id: String, language: Language, inbox: Sender<Msg>) {
    std::thread::spawn(move || {
        let _ = inbox.send(Msg::Family(relatives(&store, &id, language)));
    });
}

fn relatives(store: &Store, id: &str, language: Language) -> Vec<Relative> {
    let sessions = store.sessions();
    let Some(own) = sessions
        .iter()
        .find(|s| s.id == id)
        .map(|s| s.header.clone())
    else {
        return Vec::new();
    };
    let packs = Arc::new(Packs::empty());
    let same = |h: &Header| (h.seed, &h.content) == (own.seed, &own.content);
    let all = sessions
        .into_iter()
        .filter(|s| same(&s.header))
        .filter_map(|s| {
            let loaded = store.load(&s.id).ok()?;
            let session = deal::replay(loaded, language, packs.clone()).ok()?;
            Some(Relative { id: s.id, session })
        });
    whole::family(id, all.collect())
}

fn entries(session: &Session) -> Vec<Entry> {
    session.turns.iter().map(|t| t.entry.clone()).collect()
}

fn kept(store: &Store, id: &str, session: &Session) -> Option<Vec<Note>> {
    store.review(id, &session.header, &entries(session))
}

/// A review that cannot be kept is made again next time; that is no reason to say anything.
fn keep(store: &Store, id: &str, session: &Session, notes: &[Note]) {
    let _ = store.keep_review(id, &session.header, &entries(session), notes);
}

/// What the command line asks of a review.
pub(super) struct Asked<'a> {
    pub session: Option<&'a str>,
    pub list: bool,
    pub plain: bool,
    pub xray: bool,
}

/// Deals that are over, newest first, with their titles and how they ended.
fn finished(store: &Store, language: Language) -> Vec<(String, Session)> {
    let sessions = store.sessions().into_iter().filter_map(|summary| {
        let loaded = store.load(&summary.id).ok()?;
        let session = deal::replay(loaded, language, Arc::new(Packs::empty())).ok()?;
        session
            .state
            .outcome
            .is_some()
            .then_some((summary.id, session))
    });
    sessions.collect()
}

/// Lists the deals that can be reviewed.
pub(super) fn list(store: &Store, language: Language) {
    for (id, session) in finished(store, language) {
        let title = session.world.case.title.get(language);
        let outcome = session.state.outcome.map_or("", |o| o.name(language));
        say!("{id}  {title}  {outcome}");
    }
}

/// The deal asked for, or the newest finished one.
pub(super) fn wanted(
    store: &Store,
    asked: Option<&str>,
    language: Language,
) -> anyhow::Result<String> {
    if let Some(id) = asked {
        return Ok(id.to_owned());
    }
    let newest = finished(store, language).into_iter().next();
    newest
        .map(|(id, _)| id)
        .ok_or_else(|| anyhow!(tr(language, "cli.nothing_to_review")))
}

/// Prints a review line by line: the whole, then every move, with the X-ray of each where it is asked for.
pub(super) fn print(
    store: &Store,
    id: &str,
    language: Language,
    through: bool,
) -> anyhow::Result<()> {
    let loaded = store.load(id).map_err(|e| anyhow!(e.message(language)))?;
    let session =
        deal::replay(loaded, language, Arc::new(Packs::shipped())).map_err(|e| anyhow!(e))?;
    if session.state.outcome.is_none() {
        bail!(tr(language, "cli.not_over"));
    }
    let notes = kept(store, id, &session).unwrap_or_else(|| {
        let mut notes = Vec::new();
        annotate(&session, &AtomicBool::new(false), |note| notes.push(note));
        keep(store, id, &session, &notes);
        notes
    });
    let review = Review::of(&session, &notes);
    let words = Words {
        session: &session,
        language,
    };
    let title = session.world.case.title.get(language);
    say!(
        "== {} ==",
        tr_with(language, "plain.review.title", &[("title", title)])
    );
    show(words.weeks(&review));
    show(words.summary(&review));
    say!("");
    say!("== {} ==", tr(language, "plain.review.moves"));
    for one in &review.moves {
        say!("");
        say!("{}", harmless(&words.heading(one)));
        show(words.detail(one));
        if through {
            show(words.xray(&xray::xray(&session, one.note.turn)));
        }
    }
    Ok(())
}

fn show(lines: Vec<Said>) {
    for (tone, lead, words) in lines {
        if tone == Tone::Heading {
            say!("");
        }
        say!("{lead}{}", harmless(&words));
    }
}
