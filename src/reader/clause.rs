//! Cutting a line into clauses, and blanking out what is only quoted.

use std::ops::Range;

use super::lexicon::Lexicon;

/// One clause of a line.
pub(super) struct Clause<'a> {
    /// The words, lowered, without the mark that ends them but for a question mark.
    pub words: &'a str,
    /// Where they stand in the line.
    pub span: Range<usize>,
    /// It asks.
    pub asks: bool,
    /// It is a bare tag: "right?".
    pub is_tag: bool,
}

/// Cuts at every mark; a question mark stays with the clause it ends.
pub(super) fn split<'a>(line: &'a str, lexicon: &Lexicon) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let words = line[start..end].trim();
        if words.chars().any(char::is_alphanumeric) {
            let at = start + (line[start..end].len() - line[start..end].trim_start().len());
            let is_tag = lexicon.tag.is_match(words);
            clauses.push(Clause {
                words,
                span: at..at + words.len(),
                asks: !is_tag && lexicon.asks(words),
                is_tag,
            });
        }
    };
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        // A comma or dot between digits belongs to the figure.
        let inside_figure = matches!(c, ',' | '.')
            && previous.is_ascii_digit()
            && line[end..].starts_with(|c: char| c.is_ascii_digit());
        let abbreviation = c == '.'
            && ["mr", "ms", "mrs", "dr"]
                .iter()
                .any(|a| line[start..at].trim_end().ends_with(a));
        match c {
            '?' | '？' => {
                push(start, end);
                start = end;
            }
            ',' | '，' | '.' | '。' | '!' | '！' | ';' | '；' | ':' | '：' | '\n' | '…'
                if !inside_figure && !abbreviation =>
            {
                push(start, at);
                start = end;
            }
            _ => {}
        }
        previous = c;
    }
    push(start, line.len());
    clauses
}

/// The sentences of a line, those with something in them.
pub(super) fn sentences(line: &str) -> Vec<&str> {
    line.split_inclusive(['。', '！', '!', '？', '?', ';', '；', '\n'])
        .flat_map(|part| part.split_inclusive(". "))
        .filter(|part| part.chars().filter(|c| c.is_alphanumeric()).count() >= 2)
        .collect()
}

/// Blanks quoted words: what is only quoted is not done. A line that is nothing but a quotation is left alone.
pub(super) fn mask_quotations(line: &str) -> String {
    const PAIRS: [(char, char); 5] = [
        ('«', '»'),
        ('“', '”'),
        ('「', '」'),
        ('『', '』'),
        ('"', '"'),
    ];
    let mut masked = line.to_owned();
    for (open, close) in PAIRS {
        let mut from = 0;
        while let Some(start) = masked[from..].find(open).map(|i| from + i) {
            let inner = start + open.len_utf8();
            let Some(end) = masked[inner..].find(close).map(|i| inner + i) else {
                break;
            };
            let rest = masked[..start]
                .chars()
                .chain(masked[end..].chars().skip(1))
                .filter(|c| c.is_alphanumeric())
                .count();
            if rest > 0 {
                masked.replace_range(inner..end, &" ".repeat(end - inner));
            }
            from = end + close.len_utf8();
        }
    }
    masked
}
