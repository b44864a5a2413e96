//! Progress: the picture over time, and every session there is, by search.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use ratatui_textarea::TextArea;

use super::{composer, scrolled};
use crate::progress::{Overview, Row};
use crate::sim::Outcome;
use crate::tui::app::{App, Layer, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{bar, fit, pad, width};
use crate::tui::{chart, update, view};

/// Sessions asked for at a time.
pub const PAGE: usize = 100;
/// Rows of the curve.
const CURVE: usize = 6;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Progress {
    overview: Option<Overview>,
    /// Rows of the index that are out of date.
    left: usize,
    /// The sessions are shown, not the picture.
    listing: bool,
    top: usize,
    query: Option<TextArea<'static>>,
    found: Found,
    /// The marked session, counted over all that were found.
    chosen: usize,
    naming: Option<TextArea<'static>>,
}

/// What a search came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// What was looked for.
    pub query: String,
    /// How many there are in all.
    pub total: usize,
    /// The place of the first row among them.
    pub from: usize,
    /// Rows, each with the day it was begun.
    pub rows: Vec<(Row, String)>,
}

impl Progress {
    /// Whether sessions are still being taken into the index.
    pub fn is_busy(&self) -> bool {
        self.left > 0
    }

    /// Whether the sessions are listed.
    pub fn is_listing(&self) -> bool {
        self.listing
    }

    /// Whether a name is being typed.
    pub fn is_naming(&self) -> bool {
        self.naming.is_some()
    }

    fn marked(&self) -> Option<&(Row, String)> {
        let place = self.chosen.checked_sub(self.found.from)?;
        self.found.rows.get(place)
    }
}

/// Opens the screen.
pub fn enter(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Progress;
    app.progress = Progress::default();
    vec![Effect::Overview]
}

/// Takes the picture; `left` rows are still to come.
pub fn seen(app: &mut App, overview: Overview, left: usize) {
    app.progress.overview = Some(overview);
    app.progress.left = left;
}

/// More rows were taken in: asks for what is shown anew.
pub fn taken_in(app: &mut App, left: usize) -> Vec<Effect> {
    let before = std::mem::replace(&mut app.progress.left, left);
    if app.screen != Screen::Progress || before == 0 {
        return Vec::new();
    }
    // The picture is made of all sessions: made anew with every batch it would cost more than the batches.
    match (app.progress.listing, left) {
        (true, _) => vec![find(app, app.progress.found.from)],
        (false, 0) => vec![Effect::Overview],
        (false, _) => Vec::new(),
    }
}

/// Takes what a search came to.
pub fn found(app: &mut App, found: Found) {
    if found.query != query(app) {
        return;
    }
    let last = found.total.saturating_sub(1);
    app.progress.chosen = app.progress.chosen.min(last);
    app.progress.found = found;
}

/// A session was renamed or deleted, or could not be.
pub fn shelved(app: &mut App, result: Result<(), String>) -> Vec<Effect> {
    if let Err(why) = result {
        app.error(crate::text::harmless(&why));
    }
    vec![find(app, app.progress.found.from)]
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    if action == Action::Back {
        return update::go_home(app);
    }
    if action == Action::SwitchMode {
        return switch(app);
    }
    if app.progress.listing {
        return act_listing(app, action);
    }
    let area = view::body(app, view::whole(app));
    let limit = doc::limit(picture(app, area.width).len(), area.height);
    let by = paging(action, area.height);
    app.progress.top = scrolled(app.progress.top, by, limit);
    Vec::new()
}

fn paging(action: Action, height: u16) -> isize {
    let page = isize::try_from(height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page,
        Action::PageDown => page,
        _ => 0,
    }
}

fn switch(app: &mut App) -> Vec<Effect> {
    app.progress.listing = !app.progress.listing;
    if !app.progress.listing {
        return vec![Effect::Overview];
    }
    let placeholder = app.tr("tui.progress.search");
    app.progress
        .query
        .get_or_insert_with(|| composer::composer(placeholder));
    vec![find(app, 0)]
}

fn act_listing(app: &mut App, action: Action) -> Vec<Effect> {
    let area = view::body(app, view::whole(app));
    let by = paging(action, area.height.saturating_sub(3));
    if by != 0 {
        let limit = app.progress.found.total.saturating_sub(1);
        app.progress.chosen = scrolled(app.progress.chosen, by, limit);
        if app.progress.marked().is_none() && app.progress.found.total > 0 {
            return vec![find(app, app.progress.chosen.saturating_sub(PAGE / 2))];
        }
        return Vec::new();
    }
    let Some((row, _)) = app.progress.marked().cloned() else {
        return Vec::new();
    };
    match action {
        Action::Confirm => return vec![Effect::Resume(row.id)],
        Action::Rename => {
            let mut area = composer::composer(row.title.get(app.language()));
            area.insert_str(&row.name);
            app.progress.naming = Some(area);
        }
        Action::Delete => app.layers.push(Layer::Delete),
        _ => {}
    }
    Vec::new()
}

/// What the keys do while a name is typed.
pub fn act_naming(app: &mut App, action: Action) -> Vec<Effect> {
    let typed = app.progress.naming.take();
    match (action, typed, app.progress.marked()) {
        (Action::Confirm, Some(area), Some((row, _))) => vec![Effect::Rename {
            id: row.id.clone(),
            name: area.lines().join(" "),
        }],
        _ => Vec::new(),
    }
}

/// The marked session is to go, and the question has been answered.
pub fn delete(app: &App) -> Vec<Effect> {
    let marked = app.progress.marked();
    let effect = marked.map(|(row, _)| Effect::Delete(row.id.clone()));
    effect.into_iter().collect()
}

/// What the question before deleting is about.
pub fn about_to_go(app: &App) -> String {
    let marked = app.progress.marked();
    marked.map_or_else(String::new, |(row, day)| {
        format!("{day} {}", title(row, app))
    })
}

/// A key for the search or the name.
pub fn typed(app: &mut App, event: KeyEvent) -> Vec<Effect> {
    edit(app, |area| composer::type_into(area, event))
}

/// Pasted words for the search or the name.
pub fn pasted(app: &mut App, words: &str) -> Vec<Effect> {
    edit(app, |area| composer::paste_into(area, words))
}

fn edit(app: &mut App, change: impl FnOnce(&mut TextArea<'static>)) -> Vec<Effect> {
    if let Some(area) = &mut app.progress.naming {
        change(area);
        return Vec::new();
    }
    let before = query(app);
    if let Some(area) = &mut app.progress.query {
        change(area);
    }
    if query(app) == before {
        return Vec::new();
    }
    app.progress.chosen = 0;
    vec![find(app, 0)]
}

fn query(app: &App) -> String {
    let area = app.progress.query.as_ref();
    area.map_or_else(String::new, |q| q.lines().join(" "))
}

fn find(app: &App, from: usize) -> Effect {
    Effect::Find {
        query: query(app),
        from,
    }
}

fn title<'r>(row: &'r Row, app: &App) -> &'r str {
    match row.name.as_str() {
        "" => row.title.get(app.language()),
        name => name,
    }
}

/// Draws the screen.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    if app.progress.listing {
        draw_list(app, frame, area);
    } else {
        let lines = picture(app, area.width);
        doc::draw(frame, area, &lines, app.progress.top, app.theme());
    }
}

fn draw_list(app: &App, frame: &mut Frame, area: Rect) {
    let (theme, progress) = (app.theme(), &app.progress);
    let [search, count, list] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let naming = progress.naming.as_ref();
    let label = app.tr(match naming {
        Some(_) => "tui.progress.name",
        None => "tui.progress.look_for",
    });
    let [left, right] =
        Layout::horizontal([Constraint::Length(width(label) as u16), Constraint::Fill(1)])
            .areas(search);
    frame.render_widget(Line::styled(label, theme.heading()), left);
    if let Some(editor) = naming.or(progress.query.as_ref()) {
        composer::draw(frame, right, editor, app.layers.is_empty());
    }
    let mut words = app.tr_with(
        "tui.progress.found",
        &[("count", &progress.found.total.to_string())],
    );
    if progress.left > 0 {
        let left = progress.left.to_string();
        words = format!(
            "{words}  {}",
            app.tr_with("tui.progress.left", &[("count", &left)])
        );
    }
    frame.render_widget(Line::styled(words, theme.dim()), count);
    let height = usize::from(list.height).max(1);
    // The marked row stands in the middle of the list, except at its ends.
    let last = progress.found.total.saturating_sub(height);
    let top = progress.chosen.saturating_sub(height / 2).min(last);
    let lines = (top..(top + height).min(progress.found.total)).filter_map(|place| {
        let (row, day) = progress
            .found
            .rows
            .get(place.checked_sub(progress.found.from)?)?;
        let chosen = place == progress.chosen;
        let style = if chosen {
            theme.chosen()
        } else {
            theme.plain()
        };
        Some(Line::styled(line(app, row, day, chosen, list.width), style))
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), list);
}

fn line(app: &App, row: &Row, day: &str, chosen: bool, cells: u16) -> String {
    let outcome = row
        .outcome
        .map_or(app.tr("tui.debrief.unfinished"), |o| o.name(app.language()));
    let total = if row.outcome.is_some() {
        format!("{:.1}", row.total)
    } else {
        app.tr_with("tui.home.week", &[("week", &row.week.to_string())])
    };
    let mark = if chosen { ">" } else { " " };
    let tail = format!("{} {}", pad(outcome, 18), pad(&total, 8));
    let room = usize::from(cells).saturating_sub(width(mark) + 14 + width(&tail));
    let name = match row.name.as_str() {
        "" => row.title.get(app.language()).to_owned(),
        name => format!("{name} ({})", row.title.get(app.language())),
    };
    format!("{mark} {} {} {tail}", pad(day, 10), pad(&name, room))
}

fn picture(app: &App, cells: u16) -> Vec<Line<'static>> {
    let theme = app.theme();
    let mut doc = Doc::new(cells, theme);
    let Some(seen) = &app.progress.overview else {
        return Vec::new();
    };
    let number = |n: usize| n.to_string();
    if app.progress.left > 0 {
        let left = number(app.progress.left);
        doc.para(
            &app.tr_with("tui.progress.left", &[("count", &left)]),
            theme.warn(),
        );
    }
    if seen.sessions == 0 {
        doc.para(app.tr("tui.progress.nothing"), theme.plain());
        return doc.into_lines();
    }
    let slots = [
        ("sessions", &*number(seen.sessions)),
        ("finished", &*number(seen.finished)),
        ("orders", &*number(seen.orders)),
    ];
    doc.para(&app.tr_with("tui.progress.counts", &slots), theme.strong());
    let slots = [
        ("streak", &*number(seen.streak)),
        ("longest", &*number(seen.longest)),
        ("days", &*number(seen.days)),
    ];
    doc.para(&app.tr_with("tui.progress.streak", &slots), theme.plain());
    if !seen.totals.is_empty() {
        trends(app, seen, &mut doc, cells);
    }
    patterns(app, seen, &mut doc, cells);
    cases(app, seen, &mut doc, cells);
    doc.blank();
    doc.para(app.tr("tui.debrief.model"), theme.dim());
    doc.into_lines()
}

fn trends(app: &App, seen: &Overview, doc: &mut Doc, cells: u16) {
    let theme = app.theme();
    let count = seen.totals.len().to_string();
    doc.heading(&app.tr_with("tui.progress.totals", &[("count", &count)]));
    let share = |total: &f64| ((total - 1.0) / 3.0 * 100.0).round().clamp(0.0, 100.0) as u8;
    let values: Vec<u8> = seen.totals.iter().map(share).collect();
    for row in chart::scaled(&values, usize::from(cells), CURVE, ["4.0", "2.5", "1.0"]) {
        doc.line(Line::styled(row, theme.plain()));
    }
    doc.heading(app.tr("tui.progress.dimensions"));
    let wide = widest(seen.levels.iter().map(|(d, _)| d.name(app.language())));
    for (dimension, levels) in &seen.levels {
        let assessed: Vec<u8> = levels.iter().filter_map(|l| *l).collect();
        let Some((&latest, &best)) = assessed.last().zip(assessed.iter().max()) else {
            continue;
        };
        let slots = [
            ("latest", &*latest.to_string()),
            ("best", &*best.to_string()),
        ];
        let tail = app.tr_with("tui.progress.latest_best", &slots);
        let room = usize::from(cells).saturating_sub(wide + 10 + width(&tail));
        let digits: Vec<char> = levels
            .iter()
            .map(|l| l.map_or('.', |n| char::from(b'0' + n)))
            .collect();
        let strip: String = digits[digits.len().saturating_sub(room)..].iter().collect();
        doc.line(Line::from(vec![
            Span::styled(pad(dimension.name(app.language()), wide), theme.plain()),
            Span::styled(format!(" {} ", bar(usize::from(latest), 4)), theme.own()),
            Span::styled(format!("{tail}  "), theme.dim()),
            Span::styled(strip, theme.plain()),
        ]));
    }
}

fn patterns(app: &App, seen: &Overview, doc: &mut Doc, cells: u16) {
    let theme = app.theme();
    if !seen.mistakes.is_empty() {
        doc.heading(app.tr("tui.progress.patterns"));
    }
    let wide = widest(seen.mistakes.iter().map(|(m, _)| m.name(app.language())));
    for (mistake, counts) in &seen.mistakes {
        let sum: usize = counts.iter().map(|&n| usize::from(n)).sum();
        let room = usize::from(cells).saturating_sub(wide + 8);
        // Ten or more in one deal are as bad as can be shown.
        let sign = |n: &u16| match n {
            0 => '.',
            1..=9 => char::from(b'0' + *n as u8),
            _ => '+',
        };
        let signs: Vec<char> = counts.iter().map(sign).collect();
        let strip: String = signs[signs.len().saturating_sub(room)..].iter().collect();
        doc.line(Line::from(vec![
            Span::styled(pad(mistake.name(app.language()), wide), theme.plain()),
            Span::styled(format!(" {sum:>4}  "), theme.strong()),
            Span::styled(strip, theme.dim()),
        ]));
    }
    let most = seen.gates.iter().map(|(_, n)| *n).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    doc.heading(app.tr("tui.progress.gates"));
    let wide = widest(seen.gates.iter().map(|(g, _)| g.name(app.language())));
    for (gate, count) in &seen.gates {
        let room = usize::from(cells).saturating_sub(wide + 10).clamp(1, 40);
        let long = (count * room).div_ceil(most);
        doc.line(Line::from(vec![
            Span::styled(pad(gate.name(app.language()), wide), theme.plain()),
            Span::styled(format!(" {count:>5} "), theme.strong()),
            Span::styled("#".repeat(long), theme.own()),
        ]));
    }
}

fn cases(app: &App, seen: &Overview, doc: &mut Doc, cells: u16) {
    if seen.cases.is_empty() {
        return;
    }
    let theme = app.theme();
    doc.heading(app.tr("tui.progress.cases"));
    let order = Outcome::Order.name(app.language());
    for case in &seen.cases {
        let slots = [
            ("finished", &*case.finished.to_string()),
            ("orders", &*case.orders.to_string()),
            ("order", order),
            ("best", &*format!("{:.1}", case.best)),
            ("latest", &*format!("{:.1}", case.latest)),
        ];
        let tail = app.tr_with("tui.progress.case", &slots);
        let room = usize::from(cells).saturating_sub(width(&tail) + 2);
        let name = fit(case.title.get(app.language()), room);
        doc.line(Line::from(vec![
            Span::styled(pad(&name, room.min(40)), Style::new()),
            Span::styled(format!("  {tail}"), theme.dim()),
        ]));
    }
}

fn widest<'w>(names: impl Iterator<Item = &'w str>) -> usize {
    names.map(width).max().unwrap_or(0)
}
