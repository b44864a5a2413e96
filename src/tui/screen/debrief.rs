//! The report: verdicts, turning points with the words quoted, and every dimension with what earned it.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Block;
use ratatui_textarea::TextArea;

use super::{composer, rate, review, scrolled};
use crate::locale::coach;
use crate::locale::reading::did;
use crate::review::Relative;
use crate::score::{Cite, Finding, Level, Report, Standing};
use crate::session::{Entry, Session};
use crate::sim::Outcome;
use crate::text::harmless;
use crate::tui::app::App;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::{bar, pad, width as cells};
use crate::tui::{update, view};

/// Turns quoted under one finding.
const QUOTED: usize = 2;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Debrief {
    top: usize,
    report: Option<Report>,
    /// The deal and its branches, once they were looked for.
    family: Option<Vec<Relative>>,
    /// They are being looked for.
    pub looking: bool,
    /// The rule being written.
    pub rule: Option<TextArea<'static>>,
}

impl Debrief {
    /// Whether something is still being looked for.
    pub fn is_busy(&self) -> bool {
        self.looking
    }
}

/// Scores the deal that is open, and asks for what branched off with it.
pub fn prepare(app: &mut App) -> Vec<Effect> {
    app.debrief = Debrief {
        report: app.session.as_ref().map(app.report),
        looking: true,
        ..Debrief::default()
    };
    vec![Effect::Family]
}

/// Takes the family of the deal.
pub fn related(app: &mut App, family: Vec<Relative>) {
    app.debrief.looking = false;
    app.debrief.family = Some(family);
}

/// What the keys do while a rule is written.
pub fn act_ruling(app: &mut App, action: Action) -> Vec<Effect> {
    let words = app
        .debrief
        .rule
        .as_ref()
        .map(|r| harmless(r.lines().join(" ").trim()));
    match action {
        Action::Back => app.debrief.rule = None,
        Action::Confirm => match words {
            Some(words) if !words.is_empty() => return update::submit(app, Entry::Rule(words)),
            _ => app.debrief.rule = None,
        },
        _ => {}
    }
    Vec::new()
}

/// A key for the rule.
pub fn typed(app: &mut App, event: KeyEvent) {
    if let Some(rule) = &mut app.debrief.rule {
        composer::type_into(rule, event);
    }
}

/// Words pasted into the rule.
pub fn pasted(app: &mut App, words: &str) {
    if let Some(rule) = &mut app.debrief.rule {
        composer::paste_into(rule, words);
    }
}

fn write_rule(app: &mut App) {
    let mut area = composer::composer(app.tr("tui.rule.placeholder"));
    if let Some(rule) = app.session.as_ref().and_then(|s| s.rule()) {
        area.insert_str(rule);
    }
    app.debrief.rule = Some(area);
}

fn keep_score(app: &mut App, score: u8) -> Vec<Effect> {
    let asked = app
        .session
        .as_ref()
        .is_some_and(|s| s.header.past.rule.is_some());
    if asked {
        return update::submit(app, Entry::RuleKept(score));
    }
    Vec::new()
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let area = view::body(app, view::whole(app));
    let limit = doc::limit(lines(app, area.width).len(), area.height);
    let page = isize::try_from(area.height.saturating_sub(2))
        .unwrap_or(1)
        .max(1);
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page,
        Action::PageDown => page,
        Action::WriteRule => {
            write_rule(app);
            return Vec::new();
        }
        Action::Pick(n @ 0..=2) => return keep_score(app, n + 1),
        Action::Review => return review::enter(app),
        Action::Back => return update::go_home(app),
        _ => 0,
    };
    app.debrief.top = scrolled(app.debrief.top, by, limit);
    Vec::new()
}

/// Draws the report.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
    let area = match &app.debrief.rule {
        Some(rule) => {
            let [above, below] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length(4)]).areas(area);
            let block = Block::bordered().title(app.tr("tui.debrief.rule"));
            let inner = block.inner(below);
            frame.render_widget(block, below);
            composer::draw(frame, inner, rule, app.layers.is_empty());
            above
        }
        None => area,
    };
    // Long lines tire the eye: a wide terminal gets a column, not the whole width.
    let area = Rect {
        width: area.width.min(110),
        ..area
    };
    doc::draw(
        frame,
        area,
        &lines(app, area.width),
        app.debrief.top,
        app.theme(),
    );
}

fn lines(app: &App, width: u16) -> Vec<Line<'static>> {
    let (Some(session), Some(report)) = (&app.session, &app.debrief.report) else {
        return Vec::new();
    };
    let mut doc = Doc::new(width.min(110), app.theme());
    summary(app, session, report, &mut doc);
    verdicts(app, report, &mut doc);
    standings(app, report, &mut doc);
    turning_points(app, session, report, &mut doc);
    visits(app, report, &mut doc);
    doc.heading(app.tr("tui.debrief.dimensions"));
    for level in &report.levels {
        dimension(app, session, level, &mut doc);
    }
    map(app, session, &mut doc);
    family(app, width, &mut doc);
    let teaches = session.world.case.teaches.get(app.language());
    if !teaches.is_empty() {
        doc.heading(app.tr("tui.debrief.teaches"));
        doc.para(teaches, app.theme().plain());
    }
    rule(app, session, &mut doc);
    doc.into_lines()
}

fn summary(app: &App, session: &Session, report: &Report, doc: &mut Doc) {
    let theme = app.theme();
    let outcome = report
        .outcome
        .map_or(app.tr("tui.debrief.unfinished"), |o| o.name(app.language()));
    let style = if report.outcome == Some(Outcome::Order) {
        theme.good()
    } else {
        theme.warn()
    };
    doc.para(
        &app.tr_with("tui.debrief.outcome", &[("outcome", outcome)]),
        style,
    );
    if let Some(words) = coach::counts(session, app.language()) {
        doc.para(&words, theme.warn());
    }
    // Where nothing could be assessed there is no mean.
    let total = if report.total.is_finite() {
        format!("{:.1}", report.total)
    } else {
        "-".to_owned()
    };
    doc.para(
        &app.tr_with("tui.debrief.total", &[("total", &total)]),
        theme.strong(),
    );
    if !report.caps.is_empty() {
        let before = format!("{:.1}", report.uncapped);
        doc.para(
            &app.tr_with("tui.debrief.uncapped", &[("total", &before)]),
            theme.plain(),
        );
        for (cap, why) in &report.caps {
            let cap = format!("{cap:.1}");
            let why = why.words.get(app.language());
            doc.item(
                "! ",
                &app.tr_with("tui.debrief.cap", &[("cap", &cap), ("why", why)]),
                theme.warn(),
            );
        }
    }
    if let Some(levels) = session.rated() {
        let words = levels.map(|n| app.tr(rate::level_word(n)));
        let slots = [("needs", words[0]), ("order", words[1]), ("top", words[2])];
        doc.para(&app.tr_with("tui.debrief.rated", &slots), theme.own());
    }
    doc.para(app.tr("tui.debrief.model"), theme.dim());
}

/// What was put on the map, held against the truth.
fn map(app: &App, session: &Session, doc: &mut Doc) {
    let lines = coach::map(session, app.language());
    if !lines.is_empty() {
        doc.heading(app.tr("tui.debrief.map"));
        review::add(app, doc, lines);
    }
}

/// The deal and its branches side by side, a column each, as many as fit.
fn family(app: &App, width: u16, doc: &mut Doc) {
    let Some(family) = app.debrief.family.as_ref().filter(|f| f.len() > 1) else {
        return;
    };
    let theme = app.theme();
    doc.heading(app.tr("tui.compare.title"));
    let rows = coach::side_by_side(family, app.language());
    let wide = |n: usize| rows.iter().filter_map(|r| r.get(n)).map(|c| cells(c)).max();
    let first = wide(0).unwrap_or(0).min(usize::from(width) / 3) + 2;
    let mut room = usize::from(width).saturating_sub(first);
    let columns: Vec<usize> = (1..=family.len())
        .filter_map(wide)
        .map(|w| w + 2)
        .take_while(|w| {
            let fits = *w <= room;
            room = room.saturating_sub(*w);
            fits
        })
        .collect();
    for (i, row) in rows.iter().enumerate() {
        let mut line = pad(&row[0], first);
        for (cell, wide) in row[1..].iter().zip(&columns) {
            line.push_str(&pad(cell, *wide));
        }
        let style = if i == 0 {
            theme.strong()
        } else {
            theme.plain()
        };
        doc.raw(line.trim_end().to_owned(), style);
    }
}

/// The rule from last time and how it was kept, and the one for next time.
fn rule(app: &App, session: &Session, doc: &mut Doc) {
    let theme = app.theme();
    doc.heading(app.tr("tui.debrief.rule"));
    if let Some(last) = &session.header.past.rule {
        let last = harmless(last);
        doc.para(
            &app.tr_with("tui.debrief.rule_last", &[("rule", &last)]),
            theme.own(),
        );
        match session.rule_kept() {
            Some(score) => {
                let score = app.tr(match score {
                    1 => "tui.kept.1",
                    2 => "tui.kept.2",
                    _ => "tui.kept.3",
                });
                let words = app.tr_with("tui.debrief.rule_scored", &[("score", score)]);
                doc.para(&words, theme.plain());
            }
            None => doc.para(app.tr("tui.debrief.rule_score"), theme.warn()),
        }
    }
    match session.rule() {
        Some(rule) => {
            let rule = harmless(rule);
            doc.para(
                &app.tr_with("tui.debrief.rule_is", &[("rule", &rule)]),
                theme.own(),
            );
        }
        None => doc.para(app.tr("tui.debrief.rule_none"), theme.plain()),
    }
}

fn verdicts(app: &App, report: &Report, doc: &mut Doc) {
    let theme = app.theme();
    doc.heading(app.tr("tui.debrief.moved"));
    if report.moved.is_empty() {
        doc.para(app.tr("tui.debrief.nobody_met"), theme.dim());
    }
    for moved in &report.moved {
        let (before, after) = moved.category;
        let (mark, key, style) = match moved.accepted_at {
            Some(_) => ("+ ", "tui.moved.yes", theme.good()),
            None if before >= 3 => ("  ", "tui.moved.settled", theme.plain()),
            None => ("- ", "tui.moved.no", theme.bad()),
        };
        let slots = [
            ("name", app.name(moved.person)),
            (
                "turn",
                &*moved
                    .accepted_at
                    .map_or(String::new(), |t| (t + 1).to_string()),
            ),
            ("before", &*before.to_string()),
            ("after", &*after.to_string()),
            ("vendor", &*moved.vendor.to_string()),
        ];
        doc.item(mark, &app.tr_with(key, &slots), style);
        if moved.premature > 0 {
            let count = moved.premature.to_string();
            doc.item(
                "  ",
                &app.tr_with("tui.moved.premature", &[("count", &count)]),
                theme.warn(),
            );
        }
    }
    doc.heading(app.tr("tui.debrief.reached"));
    let reached = &report.reached;
    let key = match reached.access {
        0 => "tui.reached.0",
        1 => "tui.reached.1",
        2 => "tui.reached.2",
        3 => "tui.reached.3",
        4 => "tui.reached.4",
        _ => "tui.reached.5",
    };
    let (mark, style) = if reached.access >= 4 {
        ("+ ", theme.good())
    } else {
        ("- ", theme.bad())
    };
    doc.item(mark, app.tr(key), style);
    if let (Some(route), Some(turn)) = (reached.route, reached.turn) {
        let slots = [
            ("route", route.name(app.language())),
            ("turn", &*(turn + 1).to_string()),
        ];
        doc.item("  ", &app.tr_with("tui.reached.how", &slots), theme.plain());
    }
}

fn standings(app: &App, report: &Report, doc: &mut Doc) {
    if report.standings.is_empty() {
        return;
    }
    let theme = app.theme();
    doc.heading(app.tr("tui.debrief.standings"));
    for (person, standing) in &report.standings {
        let key = match standing {
            Standing::TooWeak => "tui.standing.too_weak",
            Standing::NotHisToDecide => "tui.standing.not_his",
            Standing::Decides => "tui.standing.decides",
            Standing::Fine => "tui.standing.fine",
        };
        doc.item(
            "- ",
            &app.tr_with(key, &[("name", app.name(*person))]),
            theme.plain(),
        );
    }
}

fn turning_points(app: &App, session: &Session, report: &Report, doc: &mut Doc) {
    let theme = app.theme();
    doc.heading(app.tr("tui.debrief.turning_points"));
    if report.turning_points.is_empty() {
        doc.para(app.tr("tui.debrief.no_turning_points"), theme.dim());
    }
    for point in &report.turning_points {
        let (mark, style) = if point.gain {
            ("+ ", theme.good())
        } else {
            ("- ", theme.bad())
        };
        let slots = [
            ("turn", &*(point.turn + 1).to_string()),
            ("name", app.name(point.person)),
            ("rule", point.rule.name(app.language())),
        ];
        doc.item(mark, &app.tr_with("tui.debrief.turn", &slots), style);
        let Some(turn) = session.turns.get(point.turn) else {
            continue;
        };
        if turn.said.is_empty() {
            doc.item(
                "    ",
                &app.tr_with("tui.debrief.did", &[("what", app.tr(did(&turn.entry)))]),
                theme.dim(),
            );
        }
        for said in &turn.said {
            let who = said.by.map_or(app.tr("tui.talk.me"), |p| {
                session.world.case.person(p).call.get(app.language())
            });
            let lead = format!("    {who}{}", app.tr("tui.colon"));
            let style = if said.by.is_none() {
                theme.own()
            } else {
                theme.plain()
            };
            doc.item(&lead, said.words.get(app.language()), style);
        }
    }
}

fn visits(app: &App, report: &Report, doc: &mut Doc) {
    if report.visits.is_empty() {
        return;
    }
    let theme = app.theme();
    doc.heading(app.tr("tui.debrief.visits"));
    for visit in &report.visits {
        let end = visit
            .end
            .map_or(app.tr("tui.debrief.no_end"), |e| e.name(app.language()));
        let slots = [
            ("week", &*visit.week.to_string()),
            ("name", app.name(visit.person)),
            ("turns", &*visit.turns.to_string()),
            ("end", end),
        ];
        doc.item(
            "- ",
            &app.tr_with("tui.debrief.visit", &slots),
            theme.plain(),
        );
    }
}

fn dimension(app: &App, session: &Session, level: &Level, doc: &mut Doc) {
    let theme = app.theme();
    doc.blank();
    let words = match level.level {
        Some(n) => format!(
            "{} {n}/4 {}",
            bar(usize::from(n), 4),
            app.tr(rate::level_word(n))
        ),
        None => app.tr("tui.debrief.not_assessed").to_owned(),
    };
    let name = level.dimension.name(app.language());
    doc.item_styled(&format!("{name}  "), theme.strong(), &words, theme.plain());
    for finding in &level.met {
        add_finding(app, session, "+ ", finding, doc);
    }
    for finding in &level.missed {
        add_finding(app, session, "- ", finding, doc);
    }
}

fn add_finding(app: &App, session: &Session, mark: &str, finding: &Finding, doc: &mut Doc) {
    let theme = app.theme();
    let style = if mark.starts_with('+') {
        theme.good()
    } else {
        theme.warn()
    };
    doc.item(
        &format!("  {mark}"),
        finding.words.get(app.language()),
        style,
    );
    for cite in finding.cites.iter().take(QUOTED) {
        let (lead, words) = quote(app, session, *cite);
        doc.item(&format!("      {lead} "), &words, theme.dim());
    }
}

/// The number of a turn and what the trainee said or did there.
fn quote(app: &App, session: &Session, cite: Cite) -> (String, String) {
    let lead = app.tr_with(
        "tui.debrief.turn_number",
        &[("turn", &(cite.turn + 1).to_string())],
    );
    let Some(turn) = session.turns.get(cite.turn) else {
        return (lead, String::new());
    };
    let own = turn.said.iter().find(|s| s.by.is_none());
    let words = match own {
        Some(said) => app.tr_with("tui.quoted", &[("words", said.words.get(app.language()))]),
        None => app.tr(did(&turn.entry)).to_owned(),
    };
    (lead, words)
}
