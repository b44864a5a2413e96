//! One page for one deal or several: no script, nothing to fetch, both languages behind two buttons, made for A4.

use std::fmt::Write;

use jiff::tz::TimeZone;

use super::sheet::{Block, Item, Mark, Spoken, overview, sheet};
use super::{Deal, moment};
use crate::locale::tr;
use crate::text::{Language, harmless};

const STYLE: &str = include_str!("../../assets/report/page.css");

/// The page; `first` is the language it opens in, the other is one click away.
pub fn page(deals: &[Deal], first: Language, zone: &TimeZone) -> String {
    let title = match deals {
        [deal] => deal.title(first),
        _ => tr(first, "report.title"),
    };
    frame(title, first, |language, out| {
        if deals.len() > 1 {
            let _ = writeln!(out, "<h1>{}</h1>", escaped(tr(language, "report.title")));
            block(&overview(deals, language, zone), out);
        }
        for deal in deals {
            let _ = writeln!(
                out,
                "<article>\n<header><h1>{}</h1><p>{}</p></header>",
                escaped(deal.title(language)),
                escaped(&moment(deal.session.header.started, zone)),
            );
            for part in sheet(deal, language, zone) {
                block(&part, out);
            }
            out.push_str("</article>\n");
        }
    })
}

/// A page that is one sheet.
pub(super) fn whole(
    title: &str,
    first: Language,
    sheet: impl Fn(Language) -> Vec<Block>,
) -> String {
    frame(title, first, |language, out| {
        sheet(language).iter().for_each(|part| block(part, out));
    })
}

fn frame(title: &str, first: Language, body: impl Fn(Language, &mut String)) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"whybuy\">\n<title>{} · whybuy</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        lang(first),
        escaped(title),
    );
    // Two radio buttons choose by style alone, so that no script is needed and paper shows the chosen language.
    for language in Language::ALL {
        let (code, checked) = (
            language.code(),
            if language == first { " checked" } else { "" },
        );
        let _ = writeln!(
            out,
            "<input type=\"radio\" name=\"language\" id=\"in-{code}\"{checked}><label for=\"in-{code}\">{}</label>",
            tr(language, "tui.language_name")
        );
    }
    for language in Language::ALL {
        let _ = writeln!(
            out,
            "<main lang=\"{}\" class=\"{}\">",
            lang(language),
            language.code()
        );
        body(language, &mut out);
        out.push_str("</main>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn lang(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
}

fn block(block: &Block, out: &mut String) {
    let _ = match block {
        Block::Heading(words) => writeln!(out, "<h2>{}</h2>", escaped(words)),
        Block::Subheading(words) => writeln!(out, "<h3>{}</h3>", escaped(words)),
        Block::Para(words) => writeln!(out, "<p>{}</p>", escaped(words)),
        Block::Headline(words) => writeln!(out, "<p class=\"headline\">{}</p>", escaped(words)),
        Block::Aside(words) => writeln!(out, "<p class=\"aside\">{}</p>", escaped(words)),
        Block::Items(items) if items.is_empty() => Ok(()),
        Block::Items(items) => {
            out.push_str("<ul>\n");
            items.iter().for_each(|one| item(one, out));
            writeln!(out, "</ul>")
        }
        Block::Table(head, rows) => {
            let row = |cells: &[String], tag: &str| {
                let cells = cells
                    .iter()
                    .map(|c| format!("<{tag}>{}</{tag}>", escaped(c)));
                format!("<tr>{}</tr>\n", cells.collect::<String>())
            };
            let body: String = rows.iter().map(|cells| row(cells, "td")).collect();
            writeln!(
                out,
                "<table><thead>{}</thead><tbody>\n{body}</tbody></table>",
                row(head, "th")
            )
        }
        Block::Chart(svg) => writeln!(out, "<figure>{svg}</figure>"),
        Block::Talk(lines) => {
            out.push_str("<div class=\"talk\">\n");
            lines.iter().for_each(|line| spoken(line, out));
            writeln!(out, "</div>")
        }
    };
}

fn item(item: &Item, out: &mut String) {
    let (class, mark) = match item.mark {
        Mark::Plus => ("plus", "+"),
        Mark::Minus => ("minus", "−"),
        Mark::Note => ("note", "·"),
    };
    let _ = write!(
        out,
        "<li class=\"{class}\"><b>{mark}</b> {}",
        escaped(&item.words)
    );
    for quote in &item.quotes {
        let _ = write!(out, "<q>{}</q>", escaped(quote));
    }
    out.push_str("</li>\n");
}

fn spoken(line: &Spoken, out: &mut String) {
    let _ = match line {
        Spoken::Scene(words) => writeln!(out, "<h3>{}</h3>", escaped(words)),
        Spoken::Own(number, words, read) => writeln!(
            out,
            "<p class=\"own\"><i>{number}</i> {} <small>{}</small></p>",
            escaped(words),
            escaped(read)
        ),
        Spoken::Client(who, words) => {
            writeln!(out, "<p><b>{}</b> {}</p>", escaped(who), escaped(words))
        }
        Spoken::Did(number, words) => {
            writeln!(
                out,
                "<p class=\"did\"><i>{number}</i> {}</p>",
                escaped(words)
            )
        }
    };
}

/// Words as text within a page or an attribute; what could act on the reader's screen is made visible.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in harmless(words).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
