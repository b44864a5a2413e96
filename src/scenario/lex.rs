//! JSON text with comments → tokens with places, also where the text is broken.
//!
//! The parser proper stops at the first thing it does not know; this one goes on, so that an author who typed with a
//! Chinese keyboard hears of all his full-width marks at once. Checker and formatter both read by it.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{` or `[`.
    Open(u8),
    /// `}` or `]`.
    Close(u8),
    Comma,
    Colon,
    String,
    /// A string that its line does not end.
    OpenString,
    /// A number or word, known or not.
    Word,
    LineComment,
    BlockComment,
    OpenComment,
    /// A full-width mark, with the one JSON knows.
    Wide(u8),
    /// A whole string between full-width quotation marks.
    WideString,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// Reads a text token by token. Every step takes at least one character, and none looks further than its line or
/// comment: the whole is linear.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Lexer<'t> {
        Lexer { text, at: 0 }
    }

    fn string(&self, start: usize) -> (Kind, usize) {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => return (Kind::String, at + 1),
                b'\n' | b'\r' => break,
                // What is escaped may be the first byte of a longer character; the rest of it is no quotation mark.
                b'\\'
                    if bytes
                        .get(at + 1)
                        .is_some_and(|b| !matches!(b, b'\n' | b'\r')) =>
                {
                    at += 2
                }
                _ => at += 1,
            }
        }
        (Kind::OpenString, at)
    }

    fn comment(&self, start: usize) -> Option<(Kind, usize)> {
        let rest = &self.text[start..];
        if rest.starts_with("//") {
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            Some((Kind::LineComment, start + end))
        } else {
            let inside = rest.strip_prefix("/*")?;
            Some(match inside.find("*/") {
                Some(end) => (Kind::BlockComment, start + end + 4),
                None => (Kind::OpenComment, self.text.len()),
            })
        }
    }

    /// A full-width mark, or the whole string that begins with one.
    fn wide(&self, start: usize, c: char) -> Option<(Kind, usize)> {
        let next = start + c.len_utf8();
        if is_wide_number(c) {
            return None;
        }
        if !is_wide_quote(c) {
            return Some((Kind::Wide(plain(c)?), next));
        }
        // Looks no further than it takes: a line of ten megabytes of such marks is not read once for each of them.
        let mut line = self.text[next..]
            .char_indices()
            .take_while(|(_, c)| !matches!(c, '\n' | '\r'));
        let end = line.find(|&(_, c)| is_wide_quote(c) || c == '"');
        Some(match end {
            Some((at, c)) => (Kind::WideString, next + at + c.len_utf8()),
            None => (Kind::Wide(b'"'), next),
        })
    }

    fn word(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"' | '/')
                || plain(c).is_some() && !is_wide_number(c)
        };
        let first = rest.chars().next().map_or(1, char::len_utf8);
        start
            + rest[first..]
                .find(ends)
                .map_or(rest.len(), |end| first + end)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let rest = self.text[self.at..].trim_start_matches(blank);
        let start = self.text.len() - rest.len();
        let c = rest.chars().next()?;
        let (kind, end) = match c {
            '{' | '[' => (Kind::Open(c as u8), start + 1),
            '}' | ']' => (Kind::Close(c as u8), start + 1),
            ',' => (Kind::Comma, start + 1),
            ':' => (Kind::Colon, start + 1),
            '"' => self.string(start),
            _ => self
                .comment(start)
                .or_else(|| self.wide(start, c))
                .unwrap_or_else(|| (Kind::Word, self.word(start))),
        };
        self.at = end;
        Some(Token {
            kind,
            at: start..end,
        })
    }
}

pub(super) fn is_wide_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '＂' | '„' | '「' | '」')
}

/// Full-width characters that make up a number; they belong into one word.
pub(super) fn is_wide_number(c: char) -> bool {
    matches!(c, '０'..='９' | '．' | '－')
}

/// The mark JSON knows for one that a Chinese keyboard gives.
pub(super) fn plain(c: char) -> Option<u8> {
    Some(match c {
        '：' => b':',
        '，' | '、' | '；' => b',',
        '｛' => b'{',
        '｝' => b'}',
        '［' | '【' => b'[',
        '］' | '】' => b']',
        '．' => b'.',
        '－' => b'-',
        '０'..='９' => b'0' + (c as u32 - '０' as u32) as u8,
        // Blanks that look like one and are none for JSON.
        '\u{3000}' | '\u{a0}' => b' ',
        c if is_wide_quote(c) => b'"',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(Kind, &str)]) {
        let found: Vec<(Kind, &str)> = Lexer::new(text).map(|t| (t.kind, &text[t.at])).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn tokens_have_their_places() {
        check(
            "{\"a\\\"\": -1.5} // 好\n",
            &[
                (Kind::Open(b'{'), "{"),
                (Kind::String, "\"a\\\"\""),
                (Kind::Colon, ":"),
                (Kind::Word, "-1.5"),
                (Kind::Close(b'}'), "}"),
                (Kind::LineComment, "// 好"),
            ],
        );
        check(
            "“名”：“王\"，[\"开\n/* x",
            &[
                (Kind::WideString, "“名”"),
                (Kind::Wide(b':'), "："),
                (Kind::WideString, "“王\""),
                (Kind::Wide(b','), "，"),
                (Kind::Open(b'['), "["),
                (Kind::OpenString, "\"开"),
                (Kind::OpenComment, "/* x"),
            ],
        );
    }
}
