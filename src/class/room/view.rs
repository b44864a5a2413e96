//! Draws the room. Decides nothing.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::keys::{self, Place};
use super::vote::{Branch, Vote};
use super::{Over, Room};
use crate::class::boxed;
use crate::locale::news;
use crate::sim::Incident;
use crate::tui;
use crate::tui::app::{Notice, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::text::{fit, pad, width};
use crate::tui::theme::Theme;

/// Draws everything.
pub fn draw(room: &Room, frame: &mut Frame) {
    let theme = Theme {
        colour: room.app.colour,
    };
    let whole = frame.area();
    if whole.height < 2 {
        return;
    }
    let above = Rect {
        height: whole.height - 1,
        ..whole
    };
    if room.is_big() {
        big(room, frame, above, theme);
    } else {
        tui::view::draw(&room.app, frame, above);
    }
    let bar = Rect {
        y: whole.bottom() - 1,
        height: 1,
        ..whole
    };
    draw_bar(room, frame, bar, theme);
    draw_over(room, frame, above, theme);
}

/// What the last row of the room can read: who speaks, the last words on both sides, the lines to choose from, air
/// between them. Mood and patience are not shown: the room has to judge for itself.
fn big(room: &Room, frame: &mut Frame, area: Rect, theme: Theme) {
    let Some(session) = &room.app.session else {
        return;
    };
    let language = room.app.language();
    let case = &session.world.case;
    let area = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(4),
        ..area
    };
    let mut text = Doc::new(area.width, theme);
    if let Some(visit) = session.state.visit {
        let person = case.person(visit.person);
        let slots = [
            ("name", person.name.get(language)),
            ("title", person.title.get(language)),
            ("week", &*session.state.week.to_string()),
        ];
        text.para(&room.tr_with("room.with", &slots), theme.heading());
    }
    let said: Vec<_> = session.turns.iter().flat_map(|t| &t.said).collect();
    // The last line of the one in the chair and all that was answered.
    let from = said
        .iter()
        .rposition(|s| s.by.is_none())
        .unwrap_or_else(|| said.len().saturating_sub(1));
    for said in &said[from..] {
        gap(&mut text);
        let words = said.words.get(language);
        match said.by {
            Some(person) => {
                let name = case.person(person).call.get(language);
                let lead = format!("{name}{}", room.tr("tui.colon"));
                text.item_styled(&lead, theme.strong(), words, theme.strong());
            }
            None => text.item("> ", words, theme.own()),
        }
    }
    // News, and who takes the chair.
    if let Some(Notice::Note(words) | Notice::Error(words)) = &room.app.notice {
        gap(&mut text);
        text.item("! ", words, theme.warn());
    }
    gap(&mut text);
    let mut lines = text.into_lines();
    let mut options = Doc::new(area.width, theme);
    for (number, offer) in room.app.offers().iter().enumerate() {
        options.item(
            &format!("{}  ", number + 1),
            offer.words.get(language),
            theme.plain(),
        );
        gap(&mut options);
    }
    let options = options.into_lines();
    // The lines to choose stand at the foot; of the talk as much as there is room for, its end.
    let height = usize::from(area.height);
    let room_above = height.saturating_sub(options.len());
    let cut = lines.len().saturating_sub(room_above);
    lines.drain(..cut);
    lines.resize(room_above, Line::default());
    lines.extend(options);
    frame.render_widget(Paragraph::new(lines), area);
}

/// A line of air, also after another one.
fn gap(text: &mut Doc) {
    text.line(Line::default());
}

fn draw_bar(room: &Room, frame: &mut Frame, area: Rect, theme: Theme) {
    let seconds = room.clock().as_secs();
    let clock = format!("{}:{:02}", seconds / 60, seconds % 60);
    let late = room.plan.minutes.is_some_and(|m| seconds >= m * 60);
    let chair = match room.sitting() {
        "" => String::new(),
        name if matches!(room.app.screen, Screen::Rate | Screen::Debrief) => {
            room.tr_with("room.speaks_first", &[("name", name)])
        }
        name => room.tr_with("room.in_chair", &[("name", name)]),
    };
    let state = if room.frozen {
        room.tr("room.frozen")
    } else {
        ""
    };
    let clock = if late {
        room.tr_with("room.time_over", &[("clock", &clock)])
    } else {
        clock
    };
    let parts = [state, &chair, &clock, room.tr("room.bar")];
    let words: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    let cells = usize::from(area.width);
    let words = pad(&fit(&format!(" {}", words.join("  ")), cells), cells);
    let style = if room.frozen || late {
        theme.chosen()
    } else {
        theme.dim()
    };
    frame.render_widget(Paragraph::new(Line::styled(words, style)), area);
}

fn draw_over(room: &Room, frame: &mut Frame, area: Rect, theme: Theme) {
    let language = room.app.language();
    let mut text = boxed::text(area, theme);
    let (title, top) = match &room.over {
        Over::Nothing => {
            if room.through {
                return through(room, frame, area, theme);
            }
            return;
        }
        Over::Help(top) => {
            text.para(room.tr("room.help"), theme.plain());
            for place in Place::ALL {
                text.heading(room.tr(place.name()));
                for (keys, words) in keys::lines(place, language) {
                    let lead = format!("  {}", pad(&keys, 16));
                    text.item_styled(&lead, theme.strong(), words, theme.plain());
                }
            }
            ("tui.title.help", *top)
        }
        Over::Incidents(at) => {
            for (number, incident) in Incident::ALL.iter().enumerate() {
                let (lead, style) = marked(number == *at, theme);
                text.item(lead, incident.name(language), style);
            }
            text.blank();
            text.para(room.tr(news(Incident::ALL[*at])), theme.dim());
            ("room.title.incident", 0)
        }
        Over::Voting(vote) => {
            voting(room, vote, &mut text, theme);
            ("room.title.vote", 0)
        }
        Over::Bookmarks(top) => {
            bookmarks(room, &mut text, theme);
            ("room.title.bookmarks", *top)
        }
        Over::Compare(branches) => return compare(room, branches, frame, area, theme),
    };
    boxed::draw(frame, area, room.tr(title), text, top, theme);
}

fn marked(is: bool, theme: Theme) -> (&'static str, Style) {
    if is {
        ("> ", theme.chosen())
    } else {
        ("  ", theme.plain())
    }
}

fn voting(room: &Room, vote: &Vote, text: &mut Doc, theme: Theme) {
    let language = room.app.language();
    for (number, offer) in vote.options.iter().enumerate() {
        let (lead, style) = marked(number == vote.at, theme);
        text.item(
            &format!("{lead}{}  ", number + 1),
            offer.words.get(language),
            style,
        );
        let hands: Vec<String> = vote
            .rounds
            .iter()
            .map(|round| round[number].to_string())
            .collect();
        let bar = "#".repeat(usize::from(vote.rounds.last().map_or(0, |r| r[number])).min(40));
        text.item(
            "       ",
            &format!("{}  {bar}", hands.join(" -> ")),
            theme.strong(),
        );
    }
    text.blank();
    let how = if vote.rounds.len() == 1 {
        "room.vote_how"
    } else {
        "room.vote_again"
    };
    text.para(room.tr(how), theme.dim());
}

fn bookmarks(room: &Room, text: &mut Doc, theme: Theme) {
    let language = room.app.language();
    let Some(session) = room
        .app
        .session
        .as_ref()
        .filter(|_| !room.bookmarks.is_empty())
    else {
        return text.para(room.tr("room.no_bookmarks"), theme.dim());
    };
    for turn in &room.bookmarks {
        let Some(turn_there) = session.turns.get(*turn) else {
            continue;
        };
        text.heading(&room.tr_with("room.turn", &[("turn", &(turn + 1).to_string())]));
        for said in &turn_there.said {
            let who = match said.by {
                Some(person) => session.world.case.person(person).call.get(language),
                None => room.tr("tui.talk.me"),
            };
            let lead = format!("{who}{}", room.tr("tui.colon"));
            text.item(&lead, said.words.get(language), theme.plain());
        }
    }
}

/// Both branches side by side; what moved inside the clients only where the trainer shows it.
fn compare(room: &Room, branches: &[Branch; 2], frame: &mut Frame, area: Rect, theme: Theme) {
    frame.render_widget(ratatui::widgets::Clear, area);
    let [head, body] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    let title = format!(" {}", room.tr("room.title.compare"));
    frame.render_widget(Paragraph::new(Line::styled(title, theme.heading())), head);
    let columns = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).spacing(3);
    let columns: [Rect; 2] = columns.areas(Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    });
    let language = room.app.language();
    let Some(session) = &room.app.session else {
        return;
    };
    let person = |id| session.world.case.person(id).call.get(language);
    for (branch, column) in branches.iter().zip(columns) {
        let mut text = Doc::new(column.width, theme);
        text.item(
            &format!("{}  ", branch.number + 1),
            branch.words.get(language),
            theme.own(),
        );
        for said in &branch.replies {
            gap(&mut text);
            let lead = format!("{}{}", said.by.map_or("", person), room.tr("tui.colon"));
            text.item_styled(
                &lead,
                theme.strong(),
                said.words.get(language),
                theme.plain(),
            );
        }
        gap(&mut text);
        for (id, gauge, from, to, rule) in branch.moved.iter().filter(|_| room.through) {
            let (mark, style) = if to > from {
                ("+ ", theme.good())
            } else {
                ("- ", theme.bad())
            };
            let words = format!(
                "{} {} {from} -> {to}  {}",
                person(*id),
                gauge.name(language),
                rule.name(language)
            );
            text.item(mark, &words, style);
        }
        doc::draw(frame, column, &text.into_lines(), 0, theme);
    }
}

/// What everybody holds now, for the trainer who has decided to show it.
fn through(room: &Room, frame: &mut Frame, area: Rect, theme: Theme) {
    let Some(session) = &room.app.session else {
        return;
    };
    let language = room.app.language();
    let mut text = boxed::text(area, theme);
    let gauges = crate::sim::Gauge::ALL
        .iter()
        .filter(|g| **g != crate::sim::Gauge::Patience);
    let gauges: Vec<_> = gauges.collect();
    let people = &session.world.case.people;
    let name = people
        .iter()
        .map(|p| width(p.call.get(language)))
        .max()
        .unwrap_or(0)
        + 2;
    let mut head = pad("", name);
    gauges
        .iter()
        .for_each(|g| head.push_str(&pad(g.name(language), 11)));
    text.para(&head, theme.dim());
    for id in session.state.everybody() {
        let mut row = pad(session.world.case.person(id).call.get(language), name);
        for gauge in &gauges {
            row.push_str(&pad(&session.state.gauge(id, **gauge).to_string(), 11));
        }
        text.para(row.trim_end(), theme.plain());
    }
    boxed::draw(frame, area, room.tr("room.title.through"), text, 0, theme);
}
