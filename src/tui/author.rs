//! An author's preview: the talk as a trainee sees it, and beside it what is wrong with the file and what goes on inside
//! the people. It follows every save: what was done so far is done again to the new file.
//!
//! A face around [`App`]: the App plays, on the screens it has; here its entries are kept in memory instead of on disk,
//! done again after a save, taken back one by one, or cut short by a jump to any week or stance.

mod panel;
mod trail;

use std::sync::Arc;
use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::app::{App, CaseRow, Screen, Setup};
use super::effect::Effect;
use super::keymap::{self, Action, Context};
use super::message::{Draft, Msg};
use super::runtime::Face;
use super::screen::talk;
use super::{update, view};
use crate::scenario::Case;
use crate::scenario::pack::Packs;
use crate::session::{Entry, Header, Session, World};
use crate::sim::Model;
use crate::text::harmless;
use trail::{GAUGES, Jump, Step};

/// How often the file is looked at: a save is seen before the author has changed windows.
const TICK: Duration = Duration::from_millis(250);
/// From so many columns the panel stands beside the talk, else below it.
const WIDE: u16 = 110;

/// What the panel shows where it has not room for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Problems,
    Xray,
}

/// What the author's preview starts with.
pub struct Start {
    /// What the interface starts with; its cases and sessions are not used.
    pub setup: Setup,
    /// The file's name, as the author gave it.
    pub name: String,
    /// The client's words where the case has none of its own.
    pub packs: Arc<Packs>,
    /// The magnitudes.
    pub model: Arc<Model>,
    /// The seed of the preview.
    pub seed: u64,
    /// A run to walk through.
    pub run: Vec<Entry>,
}

/// The model of the preview.
pub struct Author {
    app: App,
    name: String,
    packs: Arc<Packs>,
    model: Arc<Model>,
    seed: u64,
    /// The file as it was last read.
    draft: Draft,
    /// The last version that could be played; what is on the screen.
    case: Option<Arc<Case>>,
    steps: Vec<Step>,
    /// Steps taken back, the one to do next last; also a run to walk through.
    undone: Vec<Step>,
    /// How many steps the new file has lost.
    lost: usize,
    /// Columns and rows of the terminal.
    size: (u16, u16),
    page: Page,
    /// The keys act on the X-ray.
    inside: bool,
    /// The marked cell of the X-ray: person, and which of [`GAUGES`]; the week where there is no person.
    marked: Option<(usize, usize)>,
}

impl Author {
    /// The preview before the file has been read.
    pub fn new(start: Start) -> Author {
        let mut app = App::new(start.setup);
        app.authoring = true;
        app.cases.clear();
        app.sessions.clear();
        Author {
            app,
            name: harmless(&start.name),
            packs: start.packs,
            model: start.model,
            seed: start.seed,
            draft: Draft::default(),
            case: None,
            steps: Vec::new(),
            undone: start.run.into_iter().rev().map(Step::Entry).collect(),
            lost: 0,
            size: (80, 24),
            page: Page::Xray,
            inside: false,
            marked: None,
        }
    }

    /// The file has changed: the new version is shown where it can be played, with everything done so far.
    fn reload(&mut self, draft: Draft) {
        self.draft = draft;
        self.page = if self.draft.problems.is_empty() && self.draft.unreadable.is_none() {
            Page::Xray
        } else {
            Page::Problems
        };
        let Some(new) = self.draft.case.clone() else {
            return;
        };
        if let Some(old) = self.case.replace(new.clone()) {
            let carried = |step: &Step| trail::carried(step, &old, &new);
            let steps: Vec<Step> = self.steps.iter().map_while(carried).collect();
            self.lost = self.steps.len() - steps.len();
            self.steps = steps;
            let undone: Option<Vec<Step>> = self.undone.iter().map(carried).collect();
            self.undone = undone.unwrap_or_default();
        }
        self.app.cases = vec![CaseRow {
            id: new.id.clone(),
            title: new.title.clone(),
            summary: new.summary.clone(),
            brief: new.brief.clone(),
            playable: true,
            problems: String::new(),
        }];
        let before = self.steps.len();
        self.rebuild();
        self.lost += before - self.steps.len();
        let (done, of) = (self.steps.len(), self.steps.len() + self.lost);
        let counts = [done.to_string(), of.to_string()];
        let slots = [("done", &*counts[0]), ("of", &*counts[1])];
        let key = match self.lost {
            0 => "author.reloaded",
            _ => "author.reloaded_less",
        };
        if of > 0 {
            let words = self.app.tr_with(key, &slots);
            self.app.note(words);
        }
    }

    /// Does all steps anew; those that cannot be done any more are dropped.
    fn rebuild(&mut self) {
        let Some(case) = self.case.clone() else {
            return;
        };
        let header = Header {
            scenario: case.id.clone(),
            content: String::new(),
            model: self.model.version,
            seed: self.seed,
            language: self.app.language(),
            mode: self.app.settings.mode,
            exam: false,
            started: 0,
            past: Default::default(),
        };
        let world = World {
            case,
            packs: self.packs.clone(),
            model: self.model.clone(),
        };
        let (session, done) = trail::walk(world, header, &self.steps);
        self.steps.truncate(done);
        self.show(session);
    }

    /// Puts a deal on the screen without taking the line away that is being typed.
    fn show(&mut self, session: Session) {
        let (before, talk) = (self.app.screen, std::mem::take(&mut self.app.talk));
        self.app.open(session);
        // An author knows the brief: he has written it. It is one key away.
        if self.app.screen == Screen::Brief {
            self.app.screen = Screen::Desk;
        }
        if before == Screen::Talk && self.app.screen == Screen::Talk {
            self.app.talk = talk;
            talk::refresh(&mut self.app);
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Xray => {
                self.inside = !self.inside;
                self.page = Page::Xray;
            }
            Action::Panel => {
                self.inside = false;
                self.page = match self.page {
                    Page::Problems => Page::Xray,
                    Page::Xray => Page::Problems,
                };
            }
            Action::Undo => {
                self.undone.extend(self.steps.pop());
                self.rebuild();
            }
            Action::Redo => {
                // What can no longer be done is passed over by the rebuilding.
                self.steps.extend(self.undone.pop());
                self.rebuild();
            }
            Action::Restart => {
                let all = std::mem::take(&mut self.steps);
                self.undone.extend(all.into_iter().rev());
                self.rebuild();
            }
            Action::Reseed => {
                self.seed += 1;
                self.rebuild();
                let words = self
                    .app
                    .tr_with("author.reseeded", &[("seed", &self.seed.to_string())]);
                self.app.note(words);
            }
            _ => {}
        }
    }

    /// The keys within the X-ray: to another cell, or more or less of it.
    fn act_inside(&mut self, action: Action) {
        let people = self.case.as_ref().map_or(0, |case| case.people.len());
        let last = GAUGES.len() - 1;
        self.marked = match (action, self.marked) {
            (Action::Back, marked) => {
                self.inside = false;
                marked
            }
            (Action::More | Action::Less, marked) => {
                self.jump(if action == Action::More { 1 } else { -1 });
                marked
            }
            (Action::Up, Some((0, _))) => None,
            (Action::Up, Some((person, gauge))) => Some((person - 1, gauge)),
            (Action::Down, None) => Some((0, 0)),
            (Action::Down, Some((person, gauge))) => {
                Some(((person + 1).min(people.saturating_sub(1)), gauge))
            }
            (Action::Left, Some((person, gauge))) => Some((person, gauge.saturating_sub(1))),
            (Action::Right, Some((person, gauge))) => Some((person, (gauge + 1).min(last))),
            (_, marked) => marked,
        };
    }

    /// Puts the marked cell one higher or lower; trust moves in whole points.
    fn jump(&mut self, by: i8) {
        let Some(session) = &mut self.app.session else {
            return;
        };
        let jump = match self.marked {
            None => {
                let weeks = session.world.case.weeks;
                Jump::Week(session.state.week.saturating_add_signed(by).clamp(1, weeks))
            }
            Some((person, gauge)) => {
                let (gauge, top) = GAUGES[gauge];
                let by = if gauge == crate::sim::Gauge::Trust {
                    by * 4
                } else {
                    by
                };
                let now = session.state.gauge(person as u8, gauge);
                Jump::Gauge(person as u8, gauge, now.saturating_add(by).clamp(0, top))
            }
        };
        let step = Step::Jump(jump);
        let mut session = session.clone();
        if trail::take(&mut session, &step) {
            // A key held down is one jump, to where it ends.
            match self.steps.last_mut() {
                Some(Step::Jump(last)) if same_place(last, &jump) => *last = jump,
                _ => self.steps.push(step),
            }
            self.undone.clear();
            self.rebuild();
        }
    }

    /// What the App asks of the outside, done in memory.
    fn perform(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut out = Vec::new();
        for effect in effects {
            match effect {
                Effect::Append(entry) => {
                    self.steps.push(Step::Entry(entry));
                    self.undone.clear();
                    let more = update(&mut self.app, Msg::Appended(Ok(())));
                    out.extend(self.perform(more));
                }
                Effect::Begin { .. } => self.act(Action::Restart),
                // A preview jumps about: its turns are no deal to be annotated.
                Effect::Review(job) => {
                    let notes = Vec::new();
                    update(
                        &mut self.app,
                        Msg::Noted {
                            job,
                            total: 0,
                            notes,
                        },
                    );
                    let why = self.app.tr("tui.review.not_here").to_owned();
                    update(&mut self.app, Msg::Failed(why));
                }
                Effect::Family => {
                    update(&mut self.app, Msg::Family(Vec::new()));
                }
                Effect::List
                | Effect::Resume(_)
                | Effect::Listen
                | Effect::StopReview
                | Effect::Branch(_)
                | Effect::Mark(_) => {}
                // A preview never comes home, where these are asked for.
                Effect::Overview
                | Effect::Find { .. }
                | Effect::Rename { .. }
                | Effect::Delete(_)
                | Effect::Round
                | Effect::Grade { .. } => {}
                Effect::SaveSettings(_) | Effect::Look | Effect::Quit => out.push(effect),
            }
        }
        out
    }

    /// Talk and panel. Where there is no case to play, the panel is all there is.
    fn areas(&self) -> (Rect, Rect) {
        let whole = Rect::new(0, 0, self.size.0, self.size.1);
        if self.app.session.is_none() {
            return (Rect::default(), whole);
        }
        let (columns, rows) = self.size;
        if columns >= WIDE {
            let talk = (columns * 3 / 5).clamp(view::SMALLEST.0, 100);
            let panel = Rect {
                x: talk + 1,
                width: columns - talk - 1,
                ..whole
            };
            return (
                Rect {
                    width: talk,
                    ..whole
                },
                panel,
            );
        }
        // Inside the X-ray it is the panel that is worked with.
        let talk = if self.inside {
            view::SMALLEST.1.min(rows)
        } else {
            (rows * 2 / 3).max(view::SMALLEST.1).min(rows)
        };
        let panel = Rect {
            y: talk,
            height: rows - talk,
            ..whole
        };
        (
            Rect {
                height: talk,
                ..whole
            },
            panel,
        )
    }

    fn resized(&mut self) {
        let talk = self.areas().0;
        self.app.size = (talk.width, talk.height);
    }
}

fn same_place(a: &Jump, b: &Jump) -> bool {
    match (a, b) {
        (Jump::Week(_), Jump::Week(_)) => true,
        (Jump::Gauge(p, g, _), Jump::Gauge(q, h, _)) => (p, g) == (q, h),
        _ => false,
    }
}

impl Face for Author {
    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = match msg {
            Msg::Tick => vec![Effect::Look],
            Msg::File(draft) => {
                self.reload(*draft);
                Vec::new()
            }
            Msg::Resize(width, height) => {
                self.size = (width, height);
                // The first one comes before anything is drawn: nobody sees a preview of nothing.
                vec![Effect::Look]
            }
            Msg::Key(event) => {
                let own = keymap::action(Context::Author, &event).filter(|a| {
                    matches!(
                        a,
                        Action::Xray
                            | Action::Panel
                            | Action::Undo
                            | Action::Redo
                            | Action::Restart
                            | Action::Reseed
                    )
                });
                if let Some(action) = own {
                    self.app.notice = None;
                    self.act(action);
                    Vec::new()
                } else if let (true, Some(action)) =
                    (self.inside, keymap::action(Context::Xray, &event))
                    && keymap::action(Context::Anywhere, &event).is_none()
                {
                    self.app.notice = None;
                    self.act_inside(action);
                    Vec::new()
                } else if self.inside && keymap::action(Context::Anywhere, &event).is_none() {
                    // What is typed here would land in a line nobody looks at.
                    Vec::new()
                } else {
                    let effects = update(&mut self.app, Msg::Key(event));
                    self.perform(effects)
                }
            }
            other => {
                let effects = update(&mut self.app, other);
                self.perform(effects)
            }
        };
        self.resized();
        effects
    }

    fn view(&self, frame: &mut Frame) {
        let (talk, panel) = self.areas();
        if self.app.session.is_some() {
            view::draw(&self.app, frame, talk);
        }
        panel::draw(self, frame, panel);
    }

    fn tick(&self) -> Option<Duration> {
        Some(TICK)
    }
}

#[cfg(test)]
mod tests;
