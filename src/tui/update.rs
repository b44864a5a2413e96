//! What a message changes, and what has to happen outside. Never draws.

use ratatui::crossterm::event::{KeyEvent, KeyEventKind};

use super::app::{App, Layer, Screen};
use super::effect::Effect;
use super::keymap::{self, Action, Context};
use super::message::Msg;
use super::screen::{
    brief, debrief, desk, drill, ended, home, layers, progress, rate, review, talk,
};
use crate::session::{Entry, Mode, help};
use crate::sim::{Event, Incident, Outcome, PromiseKind, Refusal};
use crate::text::harmless;

/// Takes one message.
pub fn update(app: &mut App, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(event) if event.kind != KeyEventKind::Release => key(app, &event),
        Msg::Key(_) => Vec::new(),
        Msg::Paste(words) => {
            app.notice = None;
            paste(app, &words)
        }
        Msg::Resize(width, height) => {
            app.size = (width, height);
            Vec::new()
        }
        Msg::Begun(Ok(session)) | Msg::Loaded(Ok(session)) => {
            let mut out = app.open(*session);
            if std::mem::take(&mut app.home.review) {
                out.extend(review::enter(app));
            }
            out
        }
        Msg::Begun(Err(why)) | Msg::Loaded(Err(why)) => {
            let words = app.tr_with("tui.error.not_opened", &[("why", &harmless(&why))]);
            app.error(words);
            Vec::new()
        }
        Msg::Appended(Ok(())) => appended(app),
        Msg::Appended(Err(why)) => {
            app.pending = None;
            let words = app.tr_with("tui.error.not_saved", &[("why", &harmless(&why))]);
            app.error(words);
            Vec::new()
        }
        Msg::Shown if app.screen == Screen::Home => vec![Effect::List],
        Msg::Shown => Vec::new(),
        Msg::Listed(sessions) => {
            app.sessions = sessions;
            home::clamp(app);
            Vec::new()
        }
        Msg::Noted { job, total, notes } => {
            review::noted(app, job, total, notes);
            Vec::new()
        }
        Msg::Due(due, unseen) => {
            app.due = (due, unseen);
            Vec::new()
        }
        Msg::Overview(overview, left) => {
            progress::seen(app, *overview, left);
            Vec::new()
        }
        Msg::Found(found) => {
            progress::found(app, found);
            Vec::new()
        }
        Msg::TakenIn(left) => progress::taken_in(app, left),
        Msg::Shelved(result) => progress::shelved(app, result),
        Msg::LaidOut(cards, now) => {
            drill::laid_out(app, cards, now);
            Vec::new()
        }
        Msg::Graded(result) => {
            drill::graded(app, result);
            Vec::new()
        }
        Msg::Failed(why) => {
            app.error(harmless(&why));
            Vec::new()
        }
        Msg::Befall(incident) => {
            if app
                .session
                .as_ref()
                .is_some_and(|s| s.state.outcome.is_none())
            {
                submit(app, Entry::Befall(incident))
            } else {
                Vec::new()
            }
        }
        // Only an author's preview looks at a file.
        Msg::Family(family) => {
            debrief::related(app, family);
            Vec::new()
        }
        Msg::Marked(note) => {
            app.marking = app.marking.saturating_sub(1);
            app.marks.insert(note.turn, note.mark);
            Vec::new()
        }
        Msg::Tick => vec![Effect::Listen],
        Msg::File(_) => Vec::new(),
    }
}

fn key(app: &mut App, event: &KeyEvent) -> Vec<Effect> {
    app.notice = None;
    let context = app.context();
    let action = keymap::action(context, event);
    if action != Some(Action::Quit) {
        app.quit_asked = false;
    }
    match action {
        Some(Action::Quit) => quit(app),
        Some(Action::Language) => {
            app.settings.language = app.settings.language.other();
            vec![Effect::SaveSettings(app.settings)]
        }
        Some(Action::Help) => {
            layers::toggle(app, Layer::Help(0));
            Vec::new()
        }
        Some(Action::Facts) => {
            if app.session.is_some() {
                layers::toggle(app, Layer::Facts(0));
            } else {
                app.note(app.tr("tui.note.no_deal"));
            }
            Vec::new()
        }
        Some(action) => act(app, context, action),
        None => {
            match context {
                Context::Sessions | Context::Renaming => return progress::typed(app, *event),
                Context::Replying => drill::typed(app, *event),
                Context::Typing => talk::typed(app, *event),
                Context::Noting => desk::typed(app, *event),
                Context::Ruling => debrief::typed(app, *event),
                _ => {}
            }
            Vec::new()
        }
    }
}

fn act(app: &mut App, context: Context, action: Action) -> Vec<Effect> {
    match context {
        Context::Anywhere => Vec::new(),
        Context::Home => home::act(app, action),
        Context::Brief => brief::act(app, action),
        Context::Desk => desk::act(app, action),
        Context::Noting => desk::act_noting(app, action),
        Context::Ruling => debrief::act_ruling(app, action),
        Context::Typing | Context::Choosing => talk::act(app, action),
        Context::Ended => ended::act(app, action),
        Context::Rating => rate::act(app, action),
        Context::Debrief => debrief::act(app, action),
        Context::Review => review::act(app, action),
        Context::Progress | Context::Sessions => progress::act(app, action),
        Context::Renaming => progress::act_naming(app, action),
        Context::Card | Context::Replying | Context::Answered | Context::Contestable => {
            drill::act(app, action)
        }
        Context::Settings
        | Context::Map
        | Context::GivingUp
        | Context::Deleting
        | Context::Leaf => layers::act(app, action),
        // The preview takes its own keys before they come here.
        Context::Author | Context::Xray => Vec::new(),
    }
}

fn paste(app: &mut App, words: &str) -> Vec<Effect> {
    match app.context() {
        Context::Sessions | Context::Renaming => return progress::pasted(app, words),
        Context::Replying => drill::pasted(app, words),
        Context::Typing => talk::pasted(app, words),
        Context::Noting => desk::pasted(app, words),
        Context::Ruling => debrief::pasted(app, words),
        _ => {}
    }
    Vec::new()
}

/// Everything said is on disk, so leaving loses nothing; only a line not yet sent makes it ask.
fn quit(app: &mut App) -> Vec<Effect> {
    let unsent = app.screen == Screen::Talk && !talk::line(app).is_empty()
        || app.desk.note.is_some()
        || app.debrief.rule.is_some();
    if unsent && !app.quit_asked {
        app.quit_asked = true;
        app.note(app.tr("tui.note.unsent"));
        return Vec::new();
    }
    vec![Effect::Quit]
}

/// Asks for an entry to be written, where it is possible now.
pub(super) fn submit(app: &mut App, entry: Entry) -> Vec<Effect> {
    let Some(session) = app.session.as_ref().filter(|_| app.pending.is_none()) else {
        return Vec::new();
    };
    if let Err(refusal) = session.check(&entry) {
        app.error(app.tr(why_not(refusal)));
        return Vec::new();
    }
    app.pending = Some(entry.clone());
    vec![Effect::Append(entry)]
}

fn why_not(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Over => "tui.refusal.over",
        Refusal::InVisit => "tui.refusal.in_visit",
        Refusal::NotInVisit => "tui.refusal.not_in_visit",
        Refusal::NoVisitsLeft => "tui.refusal.no_visits_left",
        Refusal::Unknown => "tui.refusal.unknown",
        Refusal::NoTasksLeft => "tui.refusal.no_tasks_left",
        Refusal::NoPromise => "tui.refusal.no_promise",
    }
}

/// The entry is on disk: now the client may answer.
fn appended(app: &mut App) -> Vec<Effect> {
    let Some(entry) = app.pending.take() else {
        return Vec::new();
    };
    let Some(session) = &mut app.session else {
        return Vec::new();
    };
    let events = match session.apply(entry.clone()) {
        Ok(turn) => turn.events.clone(),
        Err(refusal) => {
            app.error(app.tr(why_not(refusal)));
            return Vec::new();
        }
    };
    let mut out = Vec::new();
    let visit_ended = events.iter().any(|e| matches!(e, Event::VisitEnded { .. }));
    let outcome = session.state.outcome;
    match entry {
        Entry::Say { .. } => {
            talk::sent(app);
            out = mark(app);
            if visit_ended || outcome.is_some() {
                ended::enter(app);
            }
        }
        Entry::Leave => ended::enter(app),
        Entry::Visit(person) => visited(app, person, &events),
        Entry::Fulfil(_) => app.note(app.tr("tui.note.fulfilled")),
        Entry::NextWeek => week_over(app, &events, outcome),
        Entry::Abandon => app.screen = Screen::Rate,
        Entry::Prepare(..) => app.screen = Screen::Desk,
        Entry::Note(..) => app.desk.note = None,
        Entry::Hint(_) => talk::hinted(app),
        Entry::Map(..) => {
            app.layers.pop();
        }
        Entry::Rule(_) => app.debrief.rule = None,
        Entry::RuleKept(_) => {}
        Entry::Befall(incident) => befell(app, incident, visit_ended),
        Entry::Rate(_) => {
            app.screen = Screen::Debrief;
            return debrief::prepare(app);
        }
    }
    out
}

/// A beginner is told after every line how good it was; that fades with success and is not done in an exam.
fn mark(app: &mut App) -> Vec<Effect> {
    let Some(session) = app.session.as_ref().filter(|_| app.settings.beginner) else {
        return Vec::new();
    };
    if !help::marks(session) {
        return Vec::new();
    }
    app.marking += 1;
    vec![Effect::Mark(session.turns.len() - 1)]
}

/// Something came from outside: it is told at once, wherever the trainee is.
fn befell(app: &mut App, incident: Incident, visit_ended: bool) {
    if visit_ended {
        ended::enter(app);
    } else if app.screen == Screen::Talk {
        talk::refresh(app);
    }
    app.error(app.tr(crate::locale::news(incident)));
}

fn visited(app: &mut App, person: u8, events: &[Event]) {
    if events.iter().any(|e| matches!(e, Event::VisitBegan { .. })) {
        app.screen = Screen::Talk;
        talk::enter(app);
    } else {
        let words = app.tr_with("tui.note.not_met", &[("name", app.name(person))]);
        app.note(words);
    }
}

fn week_over(app: &mut App, events: &[Event], outcome: Option<Outcome>) {
    if outcome.is_some() {
        app.screen = Screen::Rate;
        return;
    }
    let Some(session) = &app.session else { return };
    let promises = &session.state.promises;
    // A page the trainee owed is his own doing; what clients did with theirs he has to find out by asking.
    let broken = events.iter().find_map(|event| match event {
        Event::Broken { promise } => {
            promises[usize::from(*promise)].filter(|p| p.kind == PromiseKind::Page)
        }
        _ => None,
    });
    let week = session.state.week.to_string();
    if let Some(promise) = broken {
        let words = app.tr_with(
            "tui.note.promise_broken",
            &[("week", &week), ("name", app.name(promise.person))],
        );
        app.error(words);
    } else {
        let words = app.tr_with("tui.note.week", &[("week", &week)]);
        app.note(words);
    }
}

/// Goes home and asks for the list of deals.
pub(super) fn go_home(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Home;
    app.layers.clear();
    app.session = None;
    app.home = home::Home::default();
    vec![Effect::List]
}

/// The other way of speaking.
pub(super) fn other(mode: Mode) -> Mode {
    match mode {
        Mode::Guided => Mode::Free,
        Mode::Free => Mode::Guided,
    }
}
