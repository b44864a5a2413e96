//! The account map as a picture: who has been found, and how they stand to each other as far as it was seen.
//!
//! Only what the trainee can have seen: never a stance. The people stand below each other; relations run in a channel
//! beside them, leaving on a person's first row and arriving with a `<` on his second.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Paragraph};

use crate::scenario::{Case, PersonId};
use crate::session::Session;
use crate::sim::state::pair;
use crate::tui::app::App;
use crate::tui::text::{fit, pad, width};

/// The widest a person's place gets: a picture falls apart where its parts are far from each other.
const WIDEST: u16 = 68;
/// Cells one relation takes in the channel.
const LANE: u16 = 3;

/// People the trainee knows of, in the order of the case.
pub fn known(session: &Session) -> Vec<PersonId> {
    session
        .state
        .everybody()
        .filter(|&id| session.state.person(id).named)
        .collect()
}

/// Relations the trainee has seen.
pub fn relations(session: &Session) -> Vec<(PersonId, PersonId, i8)> {
    let case: &Case = &session.world.case;
    let seen = |from, to| session.state.relations_seen & pair(from, to) != 0;
    let all = case
        .relations
        .iter()
        .filter(|r| r.value != 0 && seen(r.from, r.to));
    all.map(|r| (r.from, r.to, r.value)).collect()
}

/// Whether the trainee has learned that this is the one who decides.
pub fn decides(session: &Session, person: PersonId) -> bool {
    person == session.world.case.decision_maker && session.state.person(person).access >= 1
}

/// Locale key of the word for a person's trust, in quarters 0–16.
pub fn trust_word(quarters: i8) -> &'static str {
    match quarters {
        ..4 => "tui.trust.guarded",
        4..8 => "tui.trust.polite",
        8..12 => "tui.trust.open",
        _ => "tui.trust.trusting",
    }
}

/// What is seen of a person: mood once met, visits, how the last one ended.
pub fn seen(app: &App, session: &Session, person: PersonId) -> String {
    let state = session.state.person(person);
    if state.visits == 0 {
        return app.tr("tui.map.not_visited").to_owned();
    }
    let mut parts = vec![
        app.tr(trust_word(state.trust)).to_owned(),
        app.tr_with("tui.map.visits", &[("count", &state.visits.to_string())]),
    ];
    if let Some(end) = session.state.last_end[usize::from(person)] {
        parts.push(app.tr_with("tui.map.last", &[("end", end.name(app.language()))]));
    }
    parts.join(app.tr("tui.comma"))
}

/// How many rows each person gets: a box, two rows, or one.
fn rows_each(people: usize, area: Rect) -> u16 {
    let fits = |rows: u16| people as u16 * rows <= area.height;
    if area.width >= 50 && fits(4) {
        4
    } else if fits(2) {
        2
    } else {
        1
    }
}

/// Rows the map would like to have.
pub fn wanted(app: &App, roomy: bool) -> u16 {
    let people = app.session.as_ref().map_or(0, |s| known(s).len()) as u16;
    people * if roomy { 4 } else { 2 }
}

/// Draws the map with one person marked.
pub fn draw(app: &App, frame: &mut Frame, area: Rect, marked: usize) {
    let Some(session) = &app.session else { return };
    if area.height == 0 {
        return;
    }
    let people = known(session);
    let rows = rows_each(people.len(), area);
    let shown = usize::from(area.height / rows).max(1);
    let first = (marked + 1).saturating_sub(shown);
    let relations = relations(session);
    let channel =
        (relations.len() as u16 * LANE + 3).min(area.width / 3) * u16::from(!relations.is_empty());
    let boxes = (area.width - channel).min(WIDEST);
    for (i, &person) in people.iter().enumerate().skip(first).take(shown) {
        let y = area.y + (i - first) as u16 * rows;
        let place = Rect {
            x: area.x,
            y,
            width: boxes,
            height: rows.min(area.bottom().saturating_sub(y)),
        };
        draw_person(app, session, frame, place, person, i == marked);
    }
    let row_of = |person: PersonId| {
        let i = people.iter().position(|&p| p == person)?;
        (i >= first && i < first + shown).then(|| area.y + (i - first) as u16 * rows)
    };
    for (lane, (from, to, value)) in relations.into_iter().enumerate() {
        let x = area.x + boxes + 3 + lane as u16 * LANE;
        if let (Some(from), Some(to)) = (row_of(from), row_of(to))
            && x < area.right()
        {
            let inner = u16::from(rows == 4);
            let arrives = to + inner + u16::from(rows > 1);
            draw_relation(
                app,
                frame,
                (area.x + boxes, x),
                (from + inner, arrives),
                value,
            );
        }
    }
}

fn draw_person(
    app: &App,
    session: &Session,
    frame: &mut Frame,
    area: Rect,
    person: PersonId,
    marked: bool,
) {
    let (theme, language) = (app.theme(), app.language());
    let who = session.world.case.person(person);
    let mark = if marked { "> " } else { "  " };
    let mut name = who.name.get(language).to_owned();
    if decides(session, person) {
        name = format!("{name} {}", app.tr("tui.map.decides"));
    }
    let title = who.title.get(language);
    let named = if title.is_empty() {
        name.clone()
    } else {
        format!("{name}{}{title}", app.tr("tui.comma"))
    };
    let seen = seen(app, session, person);
    let style = if marked {
        theme.chosen()
    } else {
        theme.strong()
    };
    let cells = usize::from(area.width);
    let line = |words: &str, style: Style| Paragraph::new(words.to_owned()).style(style);
    match area.height {
        0 => {}
        1 => {
            let room = cells.saturating_sub(width(mark) + width(&named) + 2);
            frame.render_widget(
                line(
                    &pad(&format!("{mark}{named}  {}", fit(&seen, room)), cells),
                    style,
                ),
                area,
            );
        }
        2 | 3 => {
            let [first, second] = [
                Rect { height: 1, ..area },
                Rect {
                    y: area.y + 1,
                    height: 1,
                    ..area
                },
            ];
            frame.render_widget(line(&pad(&format!("{mark}{named}"), cells), style), first);
            frame.render_widget(
                line(&fit(&format!("    {seen}"), cells), theme.dim()),
                second,
            );
        }
        _ => {
            let block = Block::bordered().border_style(if marked {
                theme.heading()
            } else {
                theme.border()
            });
            let inner = block.inner(area);
            frame.render_widget(block, area);
            let [first, second] = [
                Rect { height: 1, ..inner },
                Rect {
                    y: inner.y + 1,
                    height: 1,
                    ..inner
                },
            ];
            let cells = usize::from(inner.width);
            frame.render_widget(line(&pad(&format!("{mark}{named}"), cells), style), first);
            frame.render_widget(line(&fit(&format!("  {seen}"), cells), theme.dim()), second);
        }
    }
}

/// A line from the first row to the second by way of column `x.1`, with its sign where it leaves.
fn draw_relation(app: &App, frame: &mut Frame, x: (u16, u16), y: (u16, u16), value: i8) {
    let theme = app.theme();
    let style = if value > 0 { theme.good() } else { theme.bad() };
    let (left, lane) = x;
    let (leaves, arrives) = y;
    let buffer = frame.buffer_mut();
    let mut put = |x: u16, y: u16, sign: &str| {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            // Where two relations cross, both have to be followed.
            let crosses = matches!((cell.symbol(), sign), ("│", "─") | ("─", "│") | ("┼", _));
            cell.set_symbol(if crosses { "┼" } else { sign })
                .set_style(style);
        }
    };
    for column in left..lane {
        put(column, leaves, "─");
        put(column, arrives, "─");
    }
    for row in leaves.min(arrives) + 1..leaves.max(arrives) {
        put(lane, row, "│");
    }
    let down = arrives > leaves;
    put(lane, leaves, if down { "┐" } else { "┘" });
    put(lane, arrives, if down { "┘" } else { "┐" });
    put(lane - 1, leaves, if value > 0 { "+" } else { "-" });
    put(left, arrives, "<");
}
