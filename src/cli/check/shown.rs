//! What `check` and `explain` show beside the problems themselves.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Checked;
use crate::locale::{tr, tr_with};
use crate::scenario::Case;
use crate::scenario::explain::Explained;
use crate::scenario::places::Places;
use crate::scenario::problem::Code;
use crate::scenario::stats::{Amount, stats as count};
use crate::text::Language;

/// A problem for a program: lines and columns from 1, columns in characters; the end is the column after the last.
#[derive(Serialize)]
pub(super) struct Record {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    code: &'static str,
    severity: &'static str,
    message: String,
    found: String,
    expected: String,
}

/// The problems of a file as records.
pub(super) fn json(file: &Checked, language: Language) -> Vec<Record> {
    let places = Places::new(&file.text);
    let records = file.problems.iter().map(|problem| {
        let (line, column) = places.of(problem.at.start);
        let (end_line, end_column) = places.of(problem.at.end);
        Record {
            file: file.name.clone(),
            line,
            column,
            end_line,
            end_column,
            code: problem.code.id(),
            severity: problem.code.severity().id(),
            message: problem.message(language),
            found: problem.found.clone(),
            expected: problem.expected.clone(),
        }
    });
    records.collect()
}

/// Every code with its meaning.
pub(super) fn codes(language: Language) -> String {
    let widest = Code::ALL.iter().map(|c| c.id().len()).max().unwrap_or(0);
    Code::ALL.iter().fold(String::new(), |mut out, code| {
        let _ = writeln!(out, "{:widest$}  {}", code.id(), code.name(language));
        out
    })
}

/// One code with its examples.
pub(super) fn explanation(code: Code, explained: &Explained, language: Language) -> String {
    let indented = |example: &str| {
        example.lines().fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "    {}", line.trim_start());
            out
        })
    };
    format!(
        "{} ({})\n{}\n\n{}\n\n{}\n{}\n{}\n{}",
        code.id(),
        tr(language, severity_key(code)),
        code.name(language),
        textwrap::fill(explained.why.get(language), 100),
        tr(language, "check.bad"),
        indented(&explained.bad),
        tr(language, "check.good"),
        indented(&explained.good),
    )
}

fn severity_key(code: Code) -> &'static str {
    match code.severity() {
        crate::scenario::problem::Severity::Error => "check.error",
        crate::scenario::problem::Severity::Warning => "check.warning",
    }
}

/// A case in figures.
pub(super) fn stats(case: &Case, file: &Checked, language: Language) -> String {
    let stats = count(case);
    let mut out = String::new();
    let mut rows: Vec<(String, Amount)> = Vec::new();
    for person in &stats.people {
        let name = format!("{} ({})", person.name.get(language), person.id);
        rows.push((name, person.all));
    }
    rows.push((tr(language, "check.trainee").to_owned(), stats.moves));
    rows.push((tr(language, "check.other").to_owned(), stats.other));
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, amount) in &rows {
        let figures = [amount.lines, amount.han, amount.words, amount.one_language];
        let figures = figures.map(|n| n.to_string());
        let slots = [
            ("lines", &*figures[0]),
            ("han", &*figures[1]),
            ("words", &*figures[2]),
            ("one", &*figures[3]),
        ];
        let pad = " ".repeat(widest - name.width());
        let _ = writeln!(
            out,
            "  {name}{pad}  {}",
            tr_with(language, "check.amount", &slots)
        );
    }
    for person in &stats.people {
        let _ = writeln!(out, "  {} ({})", person.name.get(language), person.id);
        let topics = [
            ("check.needs", &person.needs),
            ("check.concerns", &person.concerns),
            ("check.hopes", &person.hopes),
        ];
        for (key, lines) in topics {
            let lines = lines.iter().map(|(topic, n)| (topic.name(language), *n));
            row(&mut out, tr(language, key), lines.collect());
        }
        let lines = person.reactions.iter().map(|(r, n)| (r.id(), *n));
        row(&mut out, tr(language, "check.reactions"), lines.collect());
    }
    let missing = file.problems.iter().filter(|p| p.code == Code::OneLanguage);
    let missing = missing.count().to_string();
    let _ = writeln!(
        out,
        "  {}",
        tr_with(language, "check.missing", &[("count", &missing)])
    );
    out
}

fn row(out: &mut String, name: &str, lines: Vec<(&str, usize)>) {
    let lines: Vec<String> = lines
        .iter()
        .map(|(what, n)| format!("{what} {n}"))
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "    {name}: {}", lines.join(" · "));
    }
}
