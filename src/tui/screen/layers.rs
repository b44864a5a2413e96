//! What lies over a screen: help, fact sheet, settings, and the question before giving up.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear};

use super::{facts, progress, scrolled, talk};
use crate::codebook::Topic;
use crate::locale::coach;
use crate::session::{Entry, Guess, Mode, Power};
use crate::tui::app::{App, Layer, Screen};
use crate::tui::doc::{self, Doc};
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::text::width;
use crate::tui::{update, view};

/// Opens a layer, or closes it where it is the topmost already.
pub fn toggle(app: &mut App, layer: Layer) {
    let same = |l: &Layer| std::mem::discriminant(l) == std::mem::discriminant(&layer);
    if app.layers.last().is_some_and(same) {
        app.layers.pop();
    } else {
        app.layers.retain(|l| !same(l));
        app.layers.push(layer);
    }
}

/// What the keys do.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(layer) = app.layers.last().copied() else {
        return Vec::new();
    };
    if action == Action::Back {
        app.layers.pop();
        return Vec::new();
    }
    match layer {
        Layer::Help(top) | Layer::Facts(top) => {
            let inner = inner(app, layer, view::whole(app));
            let limit = doc::limit(lines(app, layer, inner.width).len(), inner.height);
            let page = isize::try_from(inner.height.saturating_sub(2))
                .unwrap_or(1)
                .max(1);
            let by = match action {
                Action::Up => -1,
                Action::Down => 1,
                Action::PageUp => -page,
                Action::PageDown => page,
                _ => 0,
            };
            let top = scrolled(top, by, limit);
            let moved = if matches!(layer, Layer::Help(_)) {
                Layer::Help(top)
            } else {
                Layer::Facts(top)
            };
            replace(app, moved);
        }
        Layer::Settings(row) => match action {
            Action::Up => replace(app, Layer::Settings(row.saturating_sub(1))),
            Action::Down => replace(app, Layer::Settings((row + 1).min(2))),
            Action::Confirm => {
                if row == 0 {
                    app.settings.language = app.settings.language.other();
                } else if row == 2 {
                    app.settings.beginner = !app.settings.beginner;
                } else {
                    app.settings.mode = update::other(app.settings.mode);
                    if app.screen == Screen::Talk {
                        talk::refresh(app);
                    }
                }
                return vec![Effect::SaveSettings(app.settings)];
            }
            _ => {}
        },
        Layer::GiveUp if action == Action::GiveUp => {
            app.layers.pop();
            return update::submit(app, Entry::Abandon);
        }
        Layer::Delete if action == Action::Delete => {
            app.layers.pop();
            return progress::delete(app);
        }
        Layer::GiveUp | Layer::Delete => {}
        Layer::Map(person, row) => match action {
            Action::Up => replace(app, Layer::Map(person, row.saturating_sub(1))),
            Action::Down => replace(app, Layer::Map(person, (row + 1).min(2))),
            Action::Left => turn(&mut app.guess, row, -1),
            Action::Right => turn(&mut app.guess, row, 1),
            Action::Confirm => return update::submit(app, Entry::Map(person, app.guess)),
            _ => {}
        },
    }
    Vec::new()
}

/// The next answer in a row of the map, or the one before; between the last and the first it is left open.
fn turn(guess: &mut Guess, row: usize, by: isize) {
    fn next<T: Copy + PartialEq>(all: &[T], now: Option<T>, by: isize) -> Option<T> {
        let at = now.and_then(|n| all.iter().position(|a| *a == n));
        let at = at.map_or(0, |i| i as isize + 1) + by;
        let at = at.rem_euclid(all.len() as isize + 1);
        at.checked_sub(1).and_then(|i| all.get(i as usize).copied())
    }
    match row {
        0 => guess.concern = next(Topic::ALL, guess.concern, by),
        1 => guess.power = next(Power::ALL, guess.power, by),
        _ => guess.stance = next(&[0, 1, 2, 3, 4], guess.stance, by),
    }
}

/// What is put down about somebody, row by row.
pub fn guessed(app: &App, guess: Guess) -> [(&'static str, &'static str); 3] {
    let open = app.tr("map.open");
    let language = app.language();
    [
        (
            app.tr("map.concern"),
            guess.concern.map_or(open, |c| c.name(language)),
        ),
        (
            app.tr("map.power"),
            guess.power.map_or(open, |p| p.name(language)),
        ),
        (
            app.tr("map.stance"),
            guess.stance.map_or(open, |s| app.tr(coach::stance_key(s))),
        ),
    ]
}

fn map(app: &App, row: usize, doc: &mut Doc) {
    let theme = app.theme();
    doc.para(app.tr("tui.map.why"), theme.plain());
    doc.blank();
    for (i, (what, word)) in guessed(app, app.guess).into_iter().enumerate() {
        let marked = i == row;
        let lead = format!(
            "{}{what}{}",
            if marked { "> " } else { "  " },
            app.tr("tui.colon")
        );
        let words = if marked {
            format!("< {word} >")
        } else {
            word.to_owned()
        };
        let style = if marked { theme.chosen() } else { theme.own() };
        doc.item_styled(&lead, theme.plain(), &words, style);
    }
}

fn replace(app: &mut App, layer: Layer) {
    if let Some(last) = app.layers.last_mut() {
        *last = layer;
    }
}

/// The box of a layer: long ones take the whole body, short ones what they need.
fn outer(app: &App, layer: Layer, whole: Rect) -> Rect {
    let body = view::body(app, whole);
    let width = body.width.min(100);
    let outer = Rect {
        x: body.x + (body.width - width) / 2,
        width,
        ..body
    };
    if matches!(layer, Layer::Help(_) | Layer::Facts(_)) {
        return outer;
    }
    let needed = lines(app, layer, width.saturating_sub(4)).len() as u16 + 2;
    let height = needed.min(body.height);
    Rect {
        y: body.y + (body.height - height) / 2,
        height,
        ..outer
    }
}

fn inner(app: &App, layer: Layer, whole: Rect) -> Rect {
    let block = Block::bordered().inner(outer(app, layer, whole));
    Rect {
        x: block.x + 1,
        width: block.width.saturating_sub(2),
        ..block
    }
}

fn lines(app: &App, layer: Layer, cells: u16) -> Vec<Line<'static>> {
    let mut doc = Doc::new(cells, app.theme());
    match layer {
        Layer::Help(_) => help(app, &mut doc),
        Layer::Facts(_) => facts::brief(app, &mut doc),
        Layer::Settings(row) => settings(app, row, &mut doc),
        Layer::Delete => {
            doc.para(&progress::about_to_go(app), app.theme().strong());
            doc.para(app.tr("tui.delete.sure"), app.theme().warn());
        }
        Layer::Map(_, row) => map(app, row, &mut doc),
        Layer::GiveUp => doc.para(app.tr("tui.give_up.sure"), app.theme().warn()),
    }
    doc.into_lines()
}

/// All bindings from the one table; the place one is in comes first.
fn help(app: &App, doc: &mut Doc) {
    let theme = app.theme();
    doc.para(app.tr("tui.help.idea"), theme.plain());
    let here = view::context_below(app);
    let others = Context::ALL
        .into_iter()
        .filter(|c| *c != here && *c != Context::Anywhere);
    let own: &[Context] = if app.authoring {
        &[Context::Author, Context::Xray]
    } else {
        &[]
    };
    let first = own.iter().copied().chain([here, Context::Anywhere]);
    for context in first.chain(others) {
        doc.heading(app.tr(context.name()));
        for (keys, words) in keymap::lines(context, app.language(), false) {
            let lead = format!(
                "  {keys}{}",
                " ".repeat(16usize.saturating_sub(width(&keys)).max(1))
            );
            doc.item_styled(&lead, theme.strong(), words, theme.plain());
        }
    }
}

fn settings(app: &App, row: usize, doc: &mut Doc) {
    let theme = app.theme();
    let mode = match app.settings.mode {
        Mode::Guided => "tui.mode.guided",
        Mode::Free => "tui.mode.free",
    };
    let rows = [
        ("tui.settings.language", "tui.language_name"),
        ("tui.settings.mode", mode),
        (
            "tui.settings.beginner",
            if app.settings.beginner {
                "tui.settings.on"
            } else {
                "tui.settings.off"
            },
        ),
    ];
    for (i, (name, value)) in rows.into_iter().enumerate() {
        let marked = i == row;
        let lead = format!(
            "{}{}{}",
            if marked { "> " } else { "  " },
            app.tr(name),
            app.tr("tui.colon")
        );
        let style = if marked {
            theme.chosen()
        } else {
            theme.plain()
        };
        doc.item_styled(&lead, theme.plain(), app.tr(value), style);
    }
    doc.blank();
    doc.para(app.tr("tui.settings.about"), theme.dim());
}

/// Draws one layer.
pub fn draw(app: &App, layer: Layer, frame: &mut Frame) {
    let (title, top) = match layer {
        Layer::Help(top) => ("tui.title.help", top),
        Layer::Facts(top) => ("tui.title.facts", top),
        Layer::Settings(_) => ("tui.title.settings", 0),
        Layer::GiveUp => ("tui.title.give_up", 0),
        Layer::Delete => ("tui.title.delete", 0),
        Layer::Map(..) => ("tui.title.map", 0),
    };
    let name = match layer {
        Layer::Map(person, _) => app.name(person),
        _ => "",
    };
    let whole = view::whole(app);
    let outer = outer(app, layer, whole);
    let inner = inner(app, layer, whole);
    // One column more: a wide character half under the box would swallow its border.
    let cleared = Rect {
        x: outer.x.saturating_sub(1),
        width: outer.width + 1,
        ..outer
    };
    frame.render_widget(Clear, cleared);
    let block = Block::bordered()
        .title(format!(" {} ", app.tr_with(title, &[("name", name)])))
        .border_style(app.theme().heading());
    frame.render_widget(block, outer);
    doc::draw(
        frame,
        inner,
        &lines(app, layer, inner.width),
        top,
        app.theme(),
    );
}
