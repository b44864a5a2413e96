//! Draws the trainer's console. Decides nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::keys::{self, Place};
use super::{Command, Console, Over};
use crate::class::boxed;
use crate::class::hub::{Row, Status};
use crate::scenario::Person;
use crate::sim::Incident;
use crate::tui::doc::{self, Doc};
use crate::tui::text::{fit, pad, width};
use crate::tui::theme::Theme;

/// Cells of the board beside stances and last act.
const FIXED: usize = 6 + 12 + 7 + 6 + 9;

/// Draws everything.
pub fn draw(console: &Console, frame: &mut Frame) {
    let theme = Theme {
        colour: console.colour,
    };
    let area = frame.area();
    let hints = hints(console, usize::from(area.width).saturating_sub(1), theme);
    let foot = hints.len() as u16;
    if console.over == Over::Watching {
        watched(
            console,
            frame,
            Rect {
                height: area.height.saturating_sub(1),
                ..area
            },
        );
        let line = Rect {
            y: area.bottom().saturating_sub(1),
            height: 1,
            ..area
        };
        frame.render_widget(Paragraph::new(hints), line);
        return;
    }
    let mut head = head(console, usize::from(area.width).saturating_sub(2), theme);
    head.push(Line::default());
    let top = (head.len() as u16).min(area.height);
    frame.render_widget(
        Paragraph::new(head),
        Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            height: top,
            ..area
        },
    );
    let body = Rect {
        x: area.x + 1,
        y: area.y + top,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(top + foot),
    };
    board(console, frame, body, theme);
    frame.render_widget(
        Paragraph::new(hints),
        Rect {
            y: area.bottom().saturating_sub(foot),
            height: foot.min(area.height),
            ..area
        },
    );
    over(console, frame, area, theme);
}

fn head(console: &Console, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let board = &console.board;
    let online = board.rows.iter().filter(|r| r.online).count();
    let slots = [
        ("online", online.to_string()),
        ("seats", board.rows.len().to_string()),
        ("wrong", board.wrong.to_string()),
    ];
    let slots = slots.each_ref().map(|(k, v)| (*k, v.as_str()));
    let title = console.case.title.get(console.language).to_owned();
    let mut first = vec![
        Span::styled(fit(&title, cells / 2), theme.heading()),
        Span::styled(
            format!("  {}", console.tr_with("class.count", &slots)),
            theme.dim(),
        ),
    ];
    if board.frozen {
        first.push(Span::styled(
            format!("  {}", console.tr("class.is_frozen")),
            theme.chosen(),
        ));
    }
    let mut lines = vec![Line::from(first)];
    for address in &console.door.addresses {
        lines.push(Line::from(vec![Span::styled(
            format!("ssh {}", address.replace("NAME", console.tr("class.name"))),
            theme.strong(),
        )]));
    }
    lines.push(Line::from(vec![
        Span::raw(console.tr("class.code")),
        Span::styled(spaced(&board.code), theme.strong()),
        Span::styled(
            format!(
                "   {}",
                fit(&console.door.fingerprint, cells.saturating_sub(28))
            ),
            theme.dim(),
        ),
    ]));
    lines
}

/// In two groups, as it is dictated.
fn spaced(code: &str) -> String {
    let half = code.len() / 2;
    match (code.get(..half), code.get(half..)) {
        (Some(first), Some(second)) => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}

fn board(console: &Console, frame: &mut Frame, area: Rect, theme: Theme) {
    if console.board.rows.is_empty() {
        let mut text = Doc::new(area.width, theme);
        text.para(console.tr("class.nobody"), theme.dim());
        doc::draw(frame, area, &text.into_lines(), 0, theme);
        return;
    }
    let cells = usize::from(area.width);
    let names: Vec<String> = (console.case.people.iter())
        .map(|p| pad(p.call.get(console.language), stance_cells(console, p)))
        .collect();
    let names = names.concat();
    let gates = width(&names).min(cells.saturating_sub(FIXED));
    let heads = [
        ("  #", 6),
        (console.tr("class.column.name"), 12),
        (console.tr("class.column.here"), 7),
        (console.tr("class.column.week"), 6),
        (console.tr("class.column.with"), 9),
        (&*names, gates),
        (
            console.tr("class.column.last"),
            cells.saturating_sub(FIXED + gates),
        ),
    ];
    let heading: String = heads
        .iter()
        .map(|(words, cells)| pad(words, *cells))
        .collect();
    let mut lines = vec![Line::styled(fit(&heading, cells), theme.dim())];
    let shown = usize::from(area.height).saturating_sub(1).max(1);
    let first = (console.at + 1).saturating_sub(shown);
    for (number, row) in console
        .board
        .rows
        .iter()
        .enumerate()
        .skip(first)
        .take(shown)
    {
        let marked = number == console.at;
        let line = row_line(console, row, marked, gates, cells);
        let style = if marked {
            theme.chosen()
        } else if row.online {
            theme.plain()
        } else {
            theme.dim()
        };
        lines.push(Line::styled(line, style));
    }
    frame.render_widget(Paragraph::new(lines), area);
}

fn row_line(console: &Console, row: &Row, marked: bool, gates: usize, cells: usize) -> String {
    let language = console.language;
    let here = match (row.seat.removed, row.online, row.idle) {
        (true, ..) => console.tr("class.removed").to_owned(),
        (_, false, _) => console.tr("class.away").to_owned(),
        (_, true, Some(idle)) if idle.as_secs() >= 60 => console.tr_with(
            "class.idle",
            &[("minutes", &(idle.as_secs() / 60).to_string())],
        ),
        _ => console.tr("class.here").to_owned(),
    };
    let mut out = String::from(if marked { "> " } else { "  " });
    out += &pad(&row.seat.number.to_string(), 4);
    out += &pad(&fit(&row.seat.name, 11), 12);
    out += &pad(&here, 7);
    let Some(status) = &row.status else {
        return pad(&out, cells);
    };
    out += &pad(&format!("{}/{}", status.week, console.case.weeks), 6);
    let with = status
        .with
        .and_then(|id| console.case.people.get(usize::from(id)));
    let with = with.map_or("-", |p| p.call.get(language));
    out += &pad(&fit(with, 8), 9);
    out += &pad(&stances(console, status), gates);
    let last = match (status.outcome, status.last) {
        (Some(outcome), _) => outcome.name(language).to_owned(),
        (None, Some(act)) => act.name(language).to_owned(),
        (None, None) => String::new(),
    };
    let early = if status.premature > 0 {
        format!("!{} ", status.premature)
    } else {
        String::new()
    };
    out += &early;
    out += &last;
    pad(&out, cells)
}

/// Cells for one person on the board: his name, or his two figures.
fn stance_cells(console: &Console, person: &Person) -> usize {
    width(person.call.get(console.language)).clamp(3, 10) + 1
}

/// Category and vendor of everybody, each under his name.
fn stances(console: &Console, status: &Status) -> String {
    let people = console.case.people.iter().zip(&status.stances);
    let one = |(person, (category, vendor)): (&Person, &(i8, i8))| {
        pad(
            &format!("{category}·{vendor}"),
            stance_cells(console, person),
        )
    };
    people.map(one).collect()
}

/// The seat's screen, as it is, from the upper left.
fn watched(console: &Console, frame: &mut Frame, area: Rect) {
    let Some(picture) = &console.board.picture else {
        let words = Paragraph::new(console.tr("class.no_picture"));
        return frame.render_widget(words, area);
    };
    let buffer = frame.buffer_mut();
    for y in 0..area.height.min(picture.area.height) {
        for x in 0..area.width.min(picture.area.width) {
            if let (Some(from), Some(to)) = (
                picture.cell((x, y)),
                buffer.cell_mut((area.x + x, area.y + y)),
            ) {
                *to = from.clone();
            }
        }
    }
}

fn over(console: &Console, frame: &mut Frame, area: Rect, theme: Theme) {
    let mut text = boxed::text(area, theme);
    let to = match console.target() {
        Some(Some(_)) => console
            .board
            .rows
            .get(console.at)
            .map_or("", |r| &r.seat.name)
            .to_owned(),
        _ => console.tr("class.all").to_owned(),
    };
    let mut top = 0;
    let title = match &console.over {
        Over::Nothing | Over::Watching => return,
        Over::Help(from) => {
            top = *from;
            text.para(console.tr("class.help"), theme.plain());
            for place in Place::ALL {
                text.heading(console.tr(place.name()));
                for (keys, words) in keys::lines(place, console.language, false) {
                    let lead = format!("  {}", pad(&keys, 16));
                    text.item_styled(&lead, theme.strong(), words, theme.plain());
                }
            }
            console.tr("tui.title.help").to_owned()
        }
        Over::Incidents(at) => {
            for (i, incident) in Incident::ALL.iter().enumerate() {
                let lead = if i == *at { "> " } else { "  " };
                let style = if i == *at {
                    theme.chosen()
                } else {
                    theme.plain()
                };
                text.item(lead, incident.name(console.language), style);
            }
            text.blank();
            text.para(
                console.tr(crate::locale::news(Incident::ALL[*at])),
                theme.dim(),
            );
            console.tr_with("class.title.incident", &[("to", &to)])
        }
        Over::Writing(words) => {
            text.para(&format!("{words}_"), theme.own());
            console.tr_with("class.title.writing", &[("to", &to)])
        }
        Over::Sure(command) => {
            let name = console
                .board
                .rows
                .get(console.at)
                .map_or("", |r| &r.seat.name);
            let key = match command {
                Command::Remove(_) => "class.sure.remove",
                Command::Code => "class.sure.code",
                Command::Close => "class.sure.close",
                _ => "class.sure.stop",
            };
            text.para(&console.tr_with(key, &[("name", name)]), theme.warn());
            console.tr("class.title.sure").to_owned()
        }
    };
    let above = Rect {
        height: area.height.saturating_sub(2),
        ..area
    };
    boxed::draw(frame, above, &title, text, top, theme);
}

/// The notice, or the hints: as many as fit on two lines.
fn hints(console: &Console, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    if let Some(words) = &console.notice {
        return vec![Line::styled(
            format!(" {}", fit(words, cells.saturating_sub(1))),
            theme.strong(),
        )];
    }
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
    let mut taken = 0;
    let mut hints = keys::lines(console.place(), console.language, true);
    if console.place() == Place::Board {
        let target = if console.all {
            "class.for_all"
        } else {
            "class.for_one"
        };
        hints.insert(0, (String::new(), console.tr(target)));
    }
    for (keys, words) in hints {
        let wide = width(&keys) + 1 + width(words);
        if taken > 0 && taken + 2 + wide > cells {
            lines.push(Vec::new());
            taken = 0;
        }
        if let Some(spans) = lines.last_mut() {
            spans.push(Span::raw(if taken > 0 { "  " } else { " " }));
            spans.push(Span::styled(keys, theme.strong()));
            spans.push(Span::styled(format!(" {words}"), theme.dim()));
        }
        taken += 2 + wide;
    }
    lines.into_iter().take(3).map(Line::from).collect()
}
