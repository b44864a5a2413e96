//! A round of cards: the question, the answer with its reason, and what the round came to.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui_textarea::TextArea;

use super::composer;
use crate::drill::{self, Card, Graded, Rating, Task};
use crate::locale::reading::summary;
use crate::reader::{Context, Reader};
use crate::scenario::Gate;
use crate::tui::app::{App, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::{text, update};

/// Rows of the editor.
const EDITOR: u16 = 3;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Drill {
    cards: Vec<Card>,
    /// The card shown.
    at: usize,
    began: u64,
    now: u64,
    chosen: usize,
    editor: Option<TextArea<'static>>,
    answer: Option<Answer>,
    /// How each answered card went.
    ratings: Vec<Rating>,
    /// A rating on its way to disk.
    pending: bool,
}

/// What was answered.
#[derive(Debug)]
struct Answer {
    rating: Rating,
    /// The words that were typed, and what they were understood as.
    reply: Option<(String, String, Graded)>,
    /// The trainee says that he meant it right.
    contested: bool,
}

impl Drill {
    fn card(&self) -> Option<&Card> {
        self.cards.get(self.at)
    }

    /// Whether a reply is being typed.
    pub fn is_typing(&self) -> bool {
        let reply = self
            .card()
            .is_some_and(|c| matches!(c.task, Task::Reply { .. }));
        reply && self.answer.is_none() && !self.is_over()
    }

    /// Whether an answer is being chosen.
    pub fn is_choosing(&self) -> bool {
        self.answer.is_none() && !self.is_over() && !self.is_typing()
    }

    /// Whether the trainee may say that his reply was meant right: the reader errs.
    pub fn is_contestable(&self) -> bool {
        let answer = self.answer.as_ref();
        answer.is_some_and(|a| a.reply.is_some() && a.rating < Rating::Good)
    }

    fn is_over(&self) -> bool {
        self.at >= self.cards.len() || self.answer.is_none() && self.seconds() >= drill::ROUND
    }

    fn seconds(&self) -> u64 {
        self.now.saturating_sub(self.began)
    }
}

/// Asks for a round.
pub fn enter(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Drill;
    app.drill = Drill::default();
    vec![Effect::Round]
}

/// Lays a round out; `now` in seconds since 1970.
pub fn laid_out(app: &mut App, cards: Vec<Card>, now: u64) {
    app.drill = Drill {
        cards,
        began: now,
        now,
        ..Drill::default()
    };
    show(app);
}

/// The rating is on disk, and so late it is now; or it is not.
pub fn graded(app: &mut App, result: Result<u64, String>) {
    app.drill.pending = false;
    match result {
        Ok(now) => {
            app.drill.now = now;
            if let Some(answer) = app.drill.answer.take() {
                app.drill.ratings.push(answer.rating);
                // What was not known is asked once more before the round ends.
                if answer.rating == Rating::Again
                    && let Some(card) = app.drill.card().cloned()
                {
                    app.drill.cards.push(card);
                }
            }
            app.drill.at += 1;
            show(app);
        }
        Err(why) => app.error(crate::text::harmless(&why)),
    }
}

fn show(app: &mut App) {
    app.drill.chosen = 0;
    app.drill.editor = app
        .drill
        .is_typing()
        .then(|| composer::composer(app.tr("tui.drill.type")));
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    if action == Action::Back {
        return update::go_home(app);
    }
    if app.drill.is_over() {
        return match action {
            Action::Confirm => enter(app),
            _ => Vec::new(),
        };
    }
    if app.drill.answer.is_some() {
        return act_answered(app, action);
    }
    let Some(card) = app.drill.card().cloned() else {
        return Vec::new();
    };
    let options = options(&card);
    match action {
        Action::Up => app.drill.chosen = app.drill.chosen.saturating_sub(1),
        Action::Down => {
            app.drill.chosen = (app.drill.chosen + 1).min(options.saturating_sub(1));
        }
        Action::Pick(n) if usize::from(n) < options => choose(app, &card, usize::from(n)),
        Action::Confirm if app.drill.is_typing() => reply(app, &card),
        Action::Confirm => choose(app, &card, app.drill.chosen),
        _ => {}
    }
    Vec::new()
}

fn act_answered(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(card) = app.drill.card().map(|c| c.id.clone()) else {
        return Vec::new();
    };
    let Some(answer) = &mut app.drill.answer else {
        return Vec::new();
    };
    match action {
        Action::Contest => {
            answer.rating = Rating::Good;
            answer.contested = true;
            Vec::new()
        }
        Action::Confirm if !app.drill.pending => {
            let (rating, contested) = (answer.rating, answer.contested);
            app.drill.pending = true;
            vec![Effect::Grade {
                card,
                rating,
                contested,
            }]
        }
        _ => Vec::new(),
    }
}

fn options(card: &Card) -> usize {
    match &card.task {
        Task::Gate(_) => Gate::ALL.len(),
        Task::Wrong { choices, .. } => choices.len(),
        Task::Reply { .. } => 0,
    }
}

fn choose(app: &mut App, card: &Card, n: usize) {
    let right = match &card.task {
        Task::Gate(gate) => Gate::ALL[n] == *gate,
        Task::Wrong {
            answer, choices, ..
        } => choices[n] == *answer,
        Task::Reply { .. } => return,
    };
    app.drill.chosen = n;
    app.drill.answer = Some(Answer {
        rating: if right { Rating::Good } else { Rating::Again },
        reply: None,
        contested: false,
    });
}

fn reply(app: &mut App, card: &Card) {
    let Task::Reply { gate, .. } = card.task else {
        return;
    };
    let words = app.drill.editor.as_ref();
    let words = words.map_or_else(String::new, |e| e.lines().join(" ").trim().to_owned());
    if words.is_empty() {
        return;
    }
    let language = app.language();
    let context = Context {
        client_said: card.client.get(language),
        ..Context::default()
    };
    let reading = app
        .reader
        .get_or_init(Reader::shipped)
        .read(&words, &context);
    let graded = drill::grade(gate, &reading.spoken());
    app.drill.answer = Some(Answer {
        rating: graded.rating,
        reply: Some((words, summary(&reading, language), graded)),
        contested: false,
    });
}

/// A key for the reply.
pub fn typed(app: &mut App, event: KeyEvent) {
    if let Some(editor) = &mut app.drill.editor {
        composer::type_into(editor, event);
    }
}

/// Words pasted into the reply.
pub fn pasted(app: &mut App, words: &str) {
    if let Some(editor) = &mut app.drill.editor {
        composer::paste_into(editor, words);
    }
}

/// Draws the card, its answer, or what the round came to.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let drill = &app.drill;
    let typing = drill.is_typing();
    let below = if typing { EDITOR + 1 } else { 0 };
    let [above, editor] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(area);
    let above = Rect {
        width: above.width.min(100),
        ..above
    };
    let lines = match drill.card() {
        _ if drill.cards.is_empty() => nothing(app, above.width),
        Some(card) if !drill.is_over() => shown(app, card, above.width),
        _ => over(app, above.width),
    };
    // Where not all of it fits, the end counts: the answer, or the question.
    let top = doc::limit(lines.len(), above.height);
    doc::draw(frame, above, &lines, top, app.theme());
    if let (true, Some(area)) = (typing, &drill.editor) {
        let [head, field] =
            Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(editor);
        let rule = "-".repeat(usize::from(head.width));
        frame.render_widget(Line::styled(rule, app.theme().border()), head);
        composer::draw(frame, field, area, app.layers.is_empty());
    }
}

fn nothing(app: &App, cells: u16) -> Vec<Line<'static>> {
    let mut doc = Doc::new(cells, app.theme());
    doc.para(app.tr("tui.drill.nothing_due"), app.theme().plain());
    doc.blank();
    doc.para(app.tr("tui.drill.honest"), app.theme().dim());
    doc.into_lines()
}

fn shown(app: &App, card: &Card, cells: u16) -> Vec<Line<'static>> {
    let (theme, language) = (app.theme(), app.language());
    let mut doc = Doc::new(cells, theme);
    let drill = &app.drill;
    let place = [
        ("at", &*(drill.at + 1).to_string()),
        (
            "seconds",
            &*drill::ROUND.saturating_sub(drill.seconds()).to_string(),
        ),
    ];
    doc.para(&app.tr_with("tui.drill.place", &place), theme.dim());
    doc.blank();
    let setting = card.setting.get(language);
    if card.own {
        doc.para(
            &app.tr_with("tui.drill.own", &[("name", setting)]),
            theme.warn(),
        );
    } else {
        doc.para(setting, theme.dim());
    }
    let client = card.client.get(language);
    if !client.is_empty() {
        let lead = app.tr("tui.drill.client");
        doc.item_styled(lead, theme.strong(), client, theme.plain());
    }
    if let Task::Wrong { own, .. } = &card.task {
        let lead = app.tr("tui.drill.trainee");
        doc.item_styled(lead, theme.own(), own.get(language), theme.own());
    }
    doc.blank();
    let ask = match card.task {
        Task::Gate(_) => "tui.drill.which_gate",
        Task::Wrong { .. } => "tui.drill.what_is_wrong",
        Task::Reply { .. } => "tui.drill.first_reply",
    };
    doc.para(app.tr(ask), theme.heading());
    let (names, right): (Vec<&str>, Option<usize>) = match &card.task {
        Task::Gate(gate) => (
            Gate::ALL.iter().map(|g| app.tr(gate_words(*g))).collect(),
            Gate::ALL.iter().position(|g| g == gate),
        ),
        Task::Wrong {
            answer, choices, ..
        } => (
            choices.iter().map(|c| c.name(language)).collect(),
            choices.iter().position(|c| c == answer),
        ),
        Task::Reply { .. } => (Vec::new(), None),
    };
    for (n, name) in names.iter().enumerate() {
        let marked = n == drill.chosen;
        let (mark, style) = match (drill.answer.is_some(), right == Some(n), marked) {
            (true, true, _) => ("+", theme.good()),
            (true, false, true) => ("-", theme.bad()),
            (true, false, false) => (" ", theme.dim()),
            (false, _, true) => (">", theme.chosen()),
            (false, _, false) => (" ", theme.plain()),
        };
        doc.item(&format!("{mark} {} ", n + 1), name, style);
    }
    if let Some(answer) = &drill.answer {
        answered(app, card, answer, &mut doc);
    }
    doc.into_lines()
}

fn answered(app: &App, card: &Card, answer: &Answer, doc: &mut Doc) {
    let (theme, language) = (app.theme(), app.language());
    doc.blank();
    if let Some((words, understood, graded)) = &answer.reply {
        doc.item_styled(app.tr("tui.drill.you"), theme.own(), words, theme.own());
        let understood = app.tr_with("tui.talk.understood", &[("acts", understood)]);
        doc.para(&understood, theme.dim());
        if let Task::Reply { gate, .. } = card.task {
            let gate = app.tr(gate_words(gate));
            doc.para(
                &app.tr_with("tui.drill.gate_was", &[("gate", gate)]),
                theme.plain(),
            );
        }
        let names = |acts: &[crate::codebook::Act]| {
            let names: Vec<&str> = acts.iter().map(|a| a.name(language)).collect();
            names.join(app.tr("tui.list"))
        };
        if !graded.served.is_empty() {
            let slots = [("acts", &*names(&graded.served))];
            doc.item("+ ", &app.tr_with("tui.drill.served", &slots), theme.good());
        }
        if !graded.harmed.is_empty() {
            let slots = [("acts", &*names(&graded.harmed))];
            doc.item("- ", &app.tr_with("tui.drill.harmed", &slots), theme.bad());
        }
    }
    let (mark, key, style) = match answer.rating {
        _ if answer.contested => ("+ ", "tui.drill.contested", theme.warn()),
        Rating::Again => ("- ", "tui.drill.again", theme.bad()),
        Rating::Hard => ("? ", "tui.drill.hard", theme.warn()),
        Rating::Good => ("+ ", "tui.drill.good", theme.good()),
        Rating::Easy => ("+ ", "tui.drill.easy", theme.good()),
    };
    doc.item(mark, app.tr(key), style);
    if let Task::Reply { strong, .. } = &card.task {
        let lead = app.tr("tui.drill.for_example");
        doc.item_styled(lead, theme.strong(), strong.get(language), theme.plain());
    }
    doc.para(card.why.get(language), theme.plain());
}

fn over(app: &App, cells: u16) -> Vec<Line<'static>> {
    let theme = app.theme();
    let mut doc = Doc::new(cells, theme);
    let ratings = &app.drill.ratings;
    let known = ratings.iter().filter(|r| **r >= Rating::Good).count();
    let slots = [
        ("known", &*known.to_string()),
        ("count", &*ratings.len().to_string()),
        ("seconds", &*app.drill.seconds().to_string()),
    ];
    doc.para(&app.tr_with("tui.drill.over", &slots), theme.strong());
    let share = if ratings.is_empty() {
        0
    } else {
        known * 20 / ratings.len()
    };
    doc.para(&text::bar(share, 20), theme.own());
    doc.blank();
    doc.para(app.tr("tui.drill.go_on"), theme.plain());
    doc.blank();
    doc.para(app.tr("tui.drill.honest"), theme.dim());
    doc.into_lines()
}

/// A gate as what somebody says who stands before it.
fn gate_words(gate: Gate) -> &'static str {
    match gate {
        Gate::Category => "tui.gate.category",
        Gate::Vendor => "tui.gate.vendor",
        Gate::Confidence => "tui.gate.confidence",
        Gate::Process => "tui.gate.process",
        Gate::Authority => "tui.gate.authority",
        Gate::Engagement => "tui.gate.engagement",
        Gate::Politics => "tui.gate.politics",
    }
}
