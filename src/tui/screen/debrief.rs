//! The report: verdicts, turning points with the words quoted, and every dimension with what earned it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{rate, review, scrolled};
use crate::locale::reading::did;
use crate::score::{Cite, Finding, Level, Report, Standing};
use crate::session::Session;
use crate::sim::Outcome;
use crate::tui::app::App;
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::text::bar;
use crate::tui::{update, view};

/// Turns quoted under one finding.
const QUOTED: usize = 2;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Debrief {
    top: usize,
    report: Option<Report>,
}

/// Scores the deal that is open.
pub fn prepare(app: &mut App) {
    app.debrief = Debrief {
        top: 0,
        report: app.session.as_ref().map(app.report),
    };
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
        Action::Review => return review::enter(app),
        Action::Back => return update::go_home(app),
        _ => 0,
    };
    app.debrief.top = scrolled(app.debrief.top, by, limit);
    Vec::new()
}

/// Draws the report.
pub fn draw(app: &App, frame: &mut Frame, area: Rect) {
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
    let teaches = session.world.case.teaches.get(app.language());
    if !teaches.is_empty() {
        doc.heading(app.tr("tui.debrief.teaches"));
        doc.para(teaches, app.theme().plain());
    }
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
