//! Drawings as SVG: nothing but shapes and words, readable in black and white.
//!
//! Every drawing says in its `aria-label` what it shows; the figures stand in words beside it.

use std::fmt::Write;

use super::Deal;
use super::html::escaped;
use super::steps::{Stance, Step};
use crate::locale::{tr, tr_with};
use crate::score::Report;
use crate::text::Language;

/// Width of every drawing, in units of the view box.
const WIDTH: usize = 640;
/// Left of this stand the names.
const NAMES: usize = 190;

/// The levels of the dimensions as bars.
pub fn levels(report: &Report, language: Language) -> String {
    const ROW: usize = 24;
    let height = ROW * report.levels.len() + 22;
    let mut svg = open(height, tr(language, "report.chart_levels"));
    let step = (WIDTH - NAMES - 40) / 4;
    for n in 0..=4 {
        let x = NAMES + n * step;
        let bottom = height - 18;
        let _ = write!(
            svg,
            r#"<line x1="{x}" y1="2" x2="{x}" y2="{bottom}" class="grid"/><text x="{x}" y="{}" class="tick" text-anchor="middle">{n}</text>"#,
            height - 5
        );
    }
    for (row, level) in report.levels.iter().enumerate() {
        let y = row * ROW + 4;
        let name = escaped(level.dimension.name(language));
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}" text-anchor="end">{name}</text>"#,
            NAMES - 8,
            y + 13
        );
        let (wide, words) = match level.level {
            Some(n) => (usize::from(n) * step, n.to_string()),
            None => (0, tr(language, "report.not_assessed").to_owned()),
        };
        if wide > 0 {
            let _ = write!(
                svg,
                r#"<rect x="{NAMES}" y="{y}" width="{wide}" height="15" class="bar"/>"#
            );
        }
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}">{}</text>"#,
            NAMES + wide + 6,
            y + 13,
            escaped(&words)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Category and vendor stance of each person met, turn by turn; shaded where the visit was with him.
pub fn stances(deal: &Deal, opening: &[Stance], steps: &[Step], language: Language) -> String {
    const PANEL: usize = 78;
    const HIGH: usize = 56;
    let moved = &deal.report.moved;
    let height = PANEL * moved.len() + 42;
    let mut svg = open(height, tr(language, "report.chart_stances"));
    let wide = WIDTH - NAMES - 20;
    let x = |turn: usize| NAMES as f64 + wide as f64 * turn as f64 / steps.len().max(1) as f64;
    for (row, person) in moved.iter().map(|m| m.person).enumerate() {
        let top = (row * PANEL + 8) as f64;
        let y = |level: i8| top + HIGH as f64 * (1.0 - f64::from(level) / 4.0);
        let case = &deal.session.world.case;
        let _ = write!(
            svg,
            r#"<text x="{0}" y="{1:.1}" text-anchor="end">{2}</text><text x="{0}" y="{3:.1}" text-anchor="end" class="tick">{4}</text>"#,
            NAMES - 22,
            top + 24.0,
            escaped(case.person(person).call.get(language)),
            top + 40.0,
            escaped(case.person(person).role.name(language)),
        );
        for (turn, step) in steps.iter().enumerate() {
            if step.person == Some(person) {
                let _ = write!(
                    svg,
                    r#"<rect x="{:.1}" y="{top:.1}" width="{:.1}" height="{HIGH}" class="shade"/>"#,
                    x(turn),
                    x(turn + 1) - x(turn)
                );
            }
        }
        for level in 0..=4_i8 {
            let class = if level == 3 { "gate" } else { "grid" };
            let _ = write!(
                svg,
                r#"<line x1="{NAMES}" y1="{0:.1}" x2="{1}" y2="{0:.1}" class="{class}"/>"#,
                y(level),
                WIDTH - 20
            );
            if level % 2 == 0 {
                let _ = write!(
                    svg,
                    r#"<text x="{}" y="{:.1}" text-anchor="end" class="tick">{level}</text>"#,
                    NAMES - 6,
                    y(level) + 4.0
                );
            }
        }
        let who = usize::from(person);
        let mut line = |class: &str, of: &dyn Fn(&Stance) -> i8| {
            let mut path = format!("M{:.1} {:.1}", x(0), y(of(&opening[who])));
            for (turn, step) in steps.iter().enumerate() {
                let _ = write!(path, "H{:.1}V{:.1}", x(turn + 1), y(of(&step.after[who])));
            }
            let _ = write!(svg, r#"<path d="{path}" class="{class}"/>"#);
        };
        line("vendor", &|s| s.vendor);
        line("category", &|s| s.category);
    }
    let foot = height - 26;
    let turns = tr_with(
        language,
        "report.chart_turns",
        &[("count", &steps.len().to_string())],
    );
    let _ = write!(
        svg,
        r#"<path d="M{NAMES} {0}h26" class="category"/><text x="{1}" y="{2}">{3}</text><path d="M{4} {0}h26" class="vendor"/><text x="{5}" y="{2}">{6}</text><text x="{7}" y="{8}" text-anchor="end" class="tick">{9}</text></svg>"#,
        foot - 4,
        NAMES + 32,
        foot,
        escaped(tr(language, "report.category")),
        NAMES + 150,
        NAMES + 182,
        escaped(tr(language, "report.vendor")),
        WIDTH - 20,
        foot + 18,
        escaped(&turns),
    );
    svg
}

fn open(height: usize, label: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{}">"#,
        escaped(label)
    )
}
