//! What stands beside the talk in an author's preview: the file's problems, and the X-ray.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph};

use super::{Author, GAUGES, Page, WIDE};
use crate::codebook::Topic;
use crate::scenario::PersonId;
use crate::scenario::beat::Beat;
use crate::scenario::places::Places;
use crate::scenario::problem::Severity;
use crate::session::Session;
use crate::sim::{Event, Gauge, Rule};
use crate::text::harmless;
use crate::tui::doc::Doc;
use crate::tui::keymap::{self, Context};
use crate::tui::text::{fit, width};

/// Problems listed; a file with more has one cause for most of them.
const PROBLEMS: usize = 20;

/// Draws the panel: both parts where there is room, else the one that was asked for.
pub(super) fn draw(author: &Author, frame: &mut Frame, area: Rect) {
    if area.width < 20 || area.height < 3 {
        return;
    }
    let theme = author.app.theme();
    let wide = author.size.0 >= WIDE || author.app.session.is_none();
    let border = if wide && author.app.session.is_some() {
        Borders::LEFT | Borders::TOP
    } else {
        Borders::TOP
    };
    let block = Block::new()
        .borders(border)
        .border_style(theme.border())
        .title(Line::styled(
            fit(&title(author), usize::from(area.width)),
            theme.heading(),
        ));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let keys = keys(author, inner.width);
    let [body, foot] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(keys.len() as u16)]).areas(inner);
    frame.render_widget(Paragraph::new(keys), foot);
    let problems = problems(author, body.width);
    if wide {
        let most = (body.height / 2).max(4);
        let upper = match author.app.session {
            Some(_) => (problems.len() as u16).min(most),
            None => body.height,
        };
        let [above, below] =
            Layout::vertical([Constraint::Length(upper), Constraint::Fill(1)]).areas(body);
        frame.render_widget(Paragraph::new(problems), above);
        draw_xray(author, frame, below);
    } else if author.page == Page::Problems {
        frame.render_widget(Paragraph::new(problems), body);
    } else {
        draw_xray(author, frame, body);
    }
}

/// The file, and how it is.
fn title(author: &Author) -> String {
    let app = &author.app;
    let of = |severity| {
        let all = author.draft.problems.iter();
        all.filter(|p| p.code.severity() == severity)
            .count()
            .to_string()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let seed = author.seed.to_string();
    let slots = [
        ("file", &*author.name),
        ("errors", &*errors),
        ("warnings", &*warnings),
        ("seed", &*seed),
    ];
    let key = match (&author.draft.case, &author.case) {
        _ if author.draft.unreadable.is_some() => "author.title_gone",
        _ if author.draft.problems.is_empty() && author.draft.case.is_some() => {
            "author.title_clean"
        }
        (Some(_), _) => "author.title_playable",
        (None, Some(_)) => "author.title_before",
        (None, None) => "author.title_broken",
    };
    app.tr_with(key, &slots)
}

fn keys(author: &Author, width: u16) -> Vec<Line<'static>> {
    let context = if author.inside {
        Context::Xray
    } else {
        Context::Author
    };
    let theme = author.app.theme();
    let mut doc = Doc::new(width, theme);
    let words: Vec<String> = keymap::lines(context, author.app.language(), true)
        .into_iter()
        .map(|(keys, words)| format!("{keys} {words}"))
        .collect();
    doc.para(&words.join("  "), theme.dim());
    let mut lines = doc.into_lines();
    lines.truncate(3);
    lines
}

/// Every problem with its place, and what to write instead.
fn problems(author: &Author, columns: u16) -> Vec<Line<'static>> {
    let (app, draft) = (&author.app, &author.draft);
    let theme = app.theme();
    let mut doc = Doc::new(columns, theme);
    if let Some(why) = &draft.unreadable {
        doc.item("! ", &harmless(why), theme.bad());
    }
    let places = Places::new(&draft.text);
    for problem in draft.problems.iter().take(PROBLEMS) {
        let (line, column) = places.of(problem.at.start);
        let (mark, style) = match problem.code.severity() {
            Severity::Error => ("!", theme.bad()),
            Severity::Warning => ("?", theme.warn()),
        };
        let words = format!(
            "{} [{}]",
            problem.message(app.language()),
            problem.code.id()
        );
        doc.item_styled(
            &format!("{mark} {line}:{column} "),
            style,
            &words,
            theme.plain(),
        );
    }
    if draft.problems.len() > PROBLEMS {
        let more = (draft.problems.len() - PROBLEMS).to_string();
        doc.para(&app.tr_with("author.more", &[("n", &more)]), theme.dim());
    }
    if draft.problems.is_empty() && draft.unreadable.is_none() {
        doc.para(app.tr("author.no_problems"), theme.dim());
    }
    doc.into_lines()
}

fn draw_xray(author: &Author, frame: &mut Frame, area: Rect) {
    let Some(session) = &author.app.session else {
        return;
    };
    let (lines, marked) = xray(author, session, area.width);
    let height = usize::from(area.height);
    // The marked row stays in sight.
    let top = (marked + 2).saturating_sub(height).min(marked);
    let end = lines.len().min(top + height);
    frame.render_widget(Paragraph::new(lines[top..end].to_vec()), area);
}

/// Everything the trainee does not see; and the row of the marked cell.
fn xray(author: &Author, session: &Session, columns: u16) -> (Vec<Line<'static>>, usize) {
    let app = &author.app;
    let theme = app.theme();
    let mut doc = Doc::new(columns, theme);
    let mut at = 0;
    let week = session.state.week.to_string();
    let weeks = session.world.case.weeks.to_string();
    let words = app.tr_with("author.week", &[("week", &week), ("weeks", &weeks)]);
    let here = author.inside && author.marked.is_none();
    let mark = if here { "> " } else { "  " };
    doc.line(Line::styled(
        format!("{mark}{words}"),
        if here { theme.chosen() } else { theme.strong() },
    ));
    for id in session.state.everybody() {
        let marked = author
            .marked
            .filter(|(person, _)| author.inside && *person == usize::from(id))
            .map(|(_, gauge)| gauge);
        if marked.is_some() {
            at = doc.len() + 1;
        }
        person(author, session, id, marked, &mut doc);
    }
    let case = &session.world.case;
    if !case.beats.is_empty() {
        let one = |(number, beat): (usize, &Beat)| {
            let happened = session.state.beats & 1 << number != 0;
            format!("{}{}", if happened { "+ " } else { "- " }, beat.id)
        };
        let beats: Vec<String> = case.beats.iter().enumerate().map(one).collect();
        doc.item_styled(
            app.tr("author.beats"),
            theme.dim(),
            &beats.join(" · "),
            theme.plain(),
        );
    }
    just_now(author, session, &mut doc);
    (doc.into_lines(), at)
}

fn person(author: &Author, session: &Session, id: PersonId, marked: Option<usize>, doc: &mut Doc) {
    let app = &author.app;
    let (theme, language) = (app.theme(), app.language());
    let state = session.state.person(id);
    let who = session.world.case.person(id);
    let mut notes = vec![who.role.name(language).to_owned()];
    let flags = [
        (id == session.world.case.decision_maker, "author.decides"),
        (!state.named, "author.unknown"),
        (state.opposed, "author.opposed"),
        (state.breach, "author.breach"),
    ];
    notes.extend(
        flags
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, key)| app.tr(key).to_owned()),
    );
    notes.push(state.mode.name(language).to_owned());
    let name = format!(
        "{} ({})",
        who.name.get(language),
        notes.join(app.tr("tui.comma"))
    );
    doc.item("", &name, theme.heading());
    gauges(author, session, id, marked, doc);
    let mut topics = |key: &'static str, words: Vec<String>| {
        if !words.is_empty() {
            doc.item_styled(
                &format!("  {}", app.tr(key)),
                theme.dim(),
                &words.join(" · "),
                theme.plain(),
            );
        }
    };
    let need = |topic: Topic| {
        let need = state.need(topic);
        let key = match need.level {
            0 => "author.need_none",
            1 => "author.need_implied",
            _ => "author.need_explicit",
        };
        let severity = "!".repeat(usize::from(need.severity));
        format!("{} {}{severity}", topic.name(language), app.tr(key))
    };
    topics("author.needs", state.live.iter().map(need).collect());
    let worries = state.worries();
    let worry =
        worries.map(|(topic, c)| format!("{} {}", topic.name(language), c.worry.name(language)));
    topics("author.worries", worry.collect());
}

/// The five gauges in as many rows as they need; the marked one stands out.
fn gauges(author: &Author, session: &Session, id: PersonId, marked: Option<usize>, doc: &mut Doc) {
    let app = &author.app;
    let theme = app.theme();
    let columns = usize::from(doc.width());
    let mut spans: Vec<Span<'static>> = vec![Span::raw("  ")];
    let mut taken = 2;
    for (i, (gauge, top)) in GAUGES.into_iter().enumerate() {
        let now = session.state.gauge(id, gauge);
        let value = if gauge == Gauge::Trust {
            // Quarters, shown as the points an author writes.
            format!("{}/4", f32::from(now) / 4.0)
        } else {
            format!("{now}/{top}")
        };
        let words = format!("{} {value}", gauge.name(app.language()));
        let cell = width(&words) + 2;
        if taken + cell > columns && taken > 2 {
            doc.line(Line::from(std::mem::take(&mut spans)));
            spans.push(Span::raw("  "));
            taken = 2;
        }
        let style = if marked == Some(i) {
            theme.chosen()
        } else {
            Style::new()
        };
        spans.push(Span::styled(words, style));
        spans.push(Span::raw("  "));
        taken += cell;
    }
    doc.line(Line::from(spans));
}

/// What the last step made happen, with the rule behind it: why he answered as he did.
fn just_now(author: &Author, session: &Session, doc: &mut Doc) {
    let app = &author.app;
    let (theme, language) = (app.theme(), app.language());
    let Some(turn) = session.turns.last() else {
        return;
    };
    let name = |id: PersonId| session.world.case.person(id).call.get(language).to_owned();
    let told = |event: &Event| -> Option<String> {
        if let Event::Beat { beat } = *event {
            let beat = session.world.case.beats.get(usize::from(beat))?;
            return Some(app.tr_with("author.beat", &[("id", &beat.id)]));
        }
        let (who, what, rule): (PersonId, String, Rule) = match *event {
            Event::Moved {
                rule: Rule::TurnSpent | Rule::VisitOpened,
                ..
            } => return None,
            Event::Moved {
                person,
                gauge,
                from,
                to,
                rule,
            } => (
                person,
                format!("{} {from} > {to}", gauge.name(language)),
                rule,
            ),
            Event::Need {
                person,
                topic,
                level,
                rule,
                ..
            } => (person, format!("{} {level}/2", topic.name(language)), rule),
            Event::Concern {
                person,
                topic,
                to,
                rule,
                ..
            } => (
                person,
                format!("{} {}", topic.name(language), to.name(language)),
                rule,
            ),
            Event::ModeChanged { person, mode, rule } => {
                (person, mode.name(language).to_owned(), rule)
            }
            _ => return None,
        };
        Some(format!("{} {what} ({})", name(who), rule.name(language)))
    };
    let told: Vec<String> = turn.events.iter().filter_map(told).collect();
    if told.is_empty() {
        return;
    }
    doc.item("", app.tr("author.just_now"), theme.heading());
    for words in told {
        doc.item("  ", &words, theme.plain());
    }
}
