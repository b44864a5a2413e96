//! The same sheet as Markdown, for a mail, a notebook or a repository.

use std::fmt::Write;

use jiff::tz::TimeZone;

use super::Deal;
use super::sheet::{Block, Mark, Spoken, overview, sheet};
use crate::locale::tr;
use crate::text::{Language, harmless};

/// The document, in one language.
pub fn document(deals: &[Deal], language: Language, zone: &TimeZone) -> String {
    let mut out = String::new();
    if deals.len() > 1 {
        let _ = writeln!(out, "# {}\n", escaped(tr(language, "report.title")));
        block(&overview(deals, language, zone), &mut out);
    }
    for deal in deals {
        let _ = writeln!(out, "# {}\n", escaped(deal.title(language)));
        for part in sheet(deal, language, zone) {
            block(&part, &mut out);
        }
    }
    out
}

fn block(block: &Block, out: &mut String) {
    let _ = match block {
        Block::Heading(words) => writeln!(out, "## {}\n", escaped(words)),
        Block::Subheading(words) => writeln!(out, "### {}\n", escaped(words)),
        Block::Para(words) => writeln!(out, "{}\n", escaped(words)),
        Block::Headline(words) => writeln!(out, "**{}**\n", escaped(words)),
        Block::Aside(words) => writeln!(out, "*{}*\n", escaped(words)),
        // The drawing's figures stand in words below it.
        Block::Chart(_) => Ok(()),
        Block::Items(items) => {
            for item in items {
                let mark = match item.mark {
                    Mark::Plus => "✓ ",
                    Mark::Minus => "✗ ",
                    Mark::Note => "",
                };
                let _ = writeln!(out, "- {mark}{}", escaped(&item.words));
                for quote in &item.quotes {
                    let _ = writeln!(out, "  > {}\n", escaped(quote));
                }
            }
            writeln!(out)
        }
        Block::Table(head, rows) => {
            let line = |cells: &[String]| {
                let cells: Vec<String> = cells.iter().map(|c| escaped(c)).collect();
                format!("| {} |\n", cells.join(" | "))
            };
            let rule = "| --- ".repeat(head.len());
            let rows: String = rows.iter().map(|cells| line(cells)).collect();
            writeln!(out, "{}{rule}|\n{rows}", line(head))
        }
        Block::Talk(lines) => {
            for line in lines {
                let _ = match line {
                    Spoken::Scene(words) => writeln!(out, "### {}\n", escaped(words)),
                    Spoken::Own(number, words, read) => {
                        writeln!(out, "**{number}** {} *{}*\n", escaped(words), escaped(read))
                    }
                    Spoken::Client(who, words) => {
                        writeln!(out, "**{}** {}\n", escaped(who), escaped(words))
                    }
                    Spoken::Did(number, words) => writeln!(out, "{number} {}\n", escaped(words)),
                };
            }
            Ok(())
        }
    };
}

/// Words as words: what a trainee typed must not become a heading, a link or a column.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in harmless(words).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
