//! The shape of a file, before its meaning: marks, brackets, commas, depth.
//!
//! What can be put right without guessing is put right for the reading that follows, at the same length, so that
//! every later place still holds: an author hears of a full-width colon and of the misspelt key behind it in one go.

use std::borrow::Cow;
use std::ops::Range;

use crate::scenario::decode::fields::Reader;
use crate::scenario::lex::{Kind, Lexer, Token, is_wide_number, is_wide_quote, plain};
use crate::scenario::problem::Code;
use crate::scenario::source::{MAX_BYTES, too_large};

/// The deepest nesting that is read. A shipped case needs seven.
pub const MAX_DEPTH: usize = 64;
/// The most values that are read. A tree of them takes some hundred bytes each; this keeps it under 200 MB.
const MAX_VALUES: usize = 500_000;

/// Reports what is wrong with the shape of `text`; gives back what can be parsed, where that is possible.
pub(super) fn scan<'t>(text: &'t str, reader: &mut Reader) -> Option<Cow<'t, str>> {
    if text.len() > MAX_BYTES {
        reader.problems.push(too_large());
        return None;
    }
    let mut shape = Shape {
        text,
        reader,
        mended: Cow::Borrowed(text),
        open: Vec::new(),
        want: Want::Value,
        previous: 0..0,
        values: 0,
        lost: false,
    };
    for token in Lexer::new(text) {
        if !shape.take(token) {
            return None;
        }
    }
    shape.end()
}

/// What may stand next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    /// A value; after a comma in a list also its end.
    Value,
    /// A key or the end of the object.
    Key,
    Colon,
    /// A comma or the end of what is open.
    Comma,
    /// Nothing more: the value of the file is complete.
    Nothing,
}

struct Shape<'t, 'r> {
    text: &'t str,
    reader: &'r mut Reader,
    mended: Cow<'t, str>,
    open: Vec<(u8, usize)>,
    want: Want,
    previous: Range<usize>,
    values: usize,
    /// The shape is lost: only marks are still looked for, everything else would be a consequence.
    lost: bool,
}

impl<'t> Shape<'t, '_> {
    /// Takes a token; false where reading on would be of no use.
    fn take(&mut self, token: Token) -> bool {
        let at = token.at.clone();
        match token.kind {
            Kind::LineComment | Kind::BlockComment => return true,
            Kind::OpenComment => {
                self.reader
                    .report(Code::Unclosed, at.start..at.start + 2, "/*", "*/");
                self.lost = true;
                return true;
            }
            Kind::OpenString => self.open_string(at),
            Kind::Wide(b' ') => self.wide(at, b' '),
            Kind::Wide(b'"') => {
                self.wide(at, b'"');
                self.lost = true;
            }
            Kind::Wide(mark) => {
                self.wide(at.clone(), mark);
                let kind = match mark {
                    b'{' | b'[' => Kind::Open(mark),
                    b'}' | b']' => Kind::Close(mark),
                    b':' => Kind::Colon,
                    _ => Kind::Comma,
                };
                return self.step(kind, at);
            }
            Kind::WideString => {
                self.wide_string(at.clone());
                return self.step(Kind::String, at);
            }
            Kind::Word => {
                self.word(at.clone());
                return self.step(Kind::Word, at);
            }
            kind => return self.step(kind, at),
        }
        true
    }

    fn step(&mut self, kind: Kind, at: Range<usize>) -> bool {
        let (deep, many) = (self.open.len() >= MAX_DEPTH, self.values >= MAX_VALUES);
        if matches!(kind, Kind::Open(_)) && deep && !self.lost {
            let found = (MAX_DEPTH + 1).to_string();
            self.reader
                .report(Code::TooDeep, at, found, format!("≤ {MAX_DEPTH}"));
            return false;
        }
        if many {
            let found = (MAX_VALUES + 1).to_string();
            self.reader
                .report(Code::TooMany, at, found, format!("≤ {MAX_VALUES}"));
            return false;
        }
        if !self.lost {
            self.fit(kind, at.clone());
        }
        self.previous = at;
        true
    }

    fn fit(&mut self, kind: Kind, at: Range<usize>) {
        let begins = matches!(kind, Kind::Open(_) | Kind::String | Kind::Word);
        if begins && self.want == Want::Comma {
            // The parser is told to forgive this, so that what follows is read as well.
            let end = self.previous.end;
            self.reader.report(Code::MissingComma, end..end, "", ",");
            self.want = self.inside();
        }
        self.values += usize::from(begins);
        match (kind, self.want) {
            (Kind::String, Want::Key) => self.want = Want::Colon,
            (Kind::Colon, Want::Colon) => self.want = Want::Value,
            (Kind::Comma, Want::Comma) => self.want = self.inside(),
            (Kind::Open(mark), Want::Value) => {
                self.open.push((mark, at.start));
                self.want = self.inside();
            }
            (Kind::String | Kind::Word, Want::Value) => self.want = self.after(),
            (Kind::Close(mark), want) if self.closes(mark, want) => {
                self.open.pop();
                self.want = self.after();
            }
            (Kind::Close(mark), _) if self.open.last().is_some_and(|o| o.0 != opener(mark)) => {
                self.unclosed();
            }
            (_, want) => {
                let expected = match want {
                    Want::Value => "\"…\" | 12 | true | {…} | […]",
                    Want::Key => "\"…\": …",
                    Want::Colon => ":",
                    Want::Comma => ",",
                    Want::Nothing => "",
                };
                let found = self.text[at.clone()].to_owned();
                self.reader.report(Code::Syntax, at, found, expected);
                self.lost = true;
            }
        }
    }

    /// What stands first in whatever is open.
    fn inside(&self) -> Want {
        match self.open.last() {
            Some((b'{', _)) => Want::Key,
            _ => Want::Value,
        }
    }

    fn after(&self) -> Want {
        if self.open.is_empty() {
            Want::Nothing
        } else {
            Want::Comma
        }
    }

    fn closes(&self, mark: u8, want: Want) -> bool {
        let in_list = self.open.last().is_some_and(|o| o.0 == b'[');
        let complete = matches!(want, Want::Comma | Want::Key) || want == Want::Value && in_list;
        complete && self.open.last().is_some_and(|o| o.0 == opener(mark))
    }

    fn unclosed(&mut self) {
        if let Some((mark, at)) = self.open.pop() {
            let (found, expected) = if mark == b'{' { ("{", "}") } else { ("[", "]") };
            self.reader
                .report(Code::Unclosed, at..at + 1, found, expected);
        }
        self.lost = true;
    }

    fn wide(&mut self, at: Range<usize>, mark: u8) {
        let found = match &self.text[at.clone()] {
            // A blank shows only by its name.
            blank if mark == b' ' => {
                format!("U+{:04X}", blank.chars().next().map_or(0, u32::from))
            }
            shown => shown.to_owned(),
        };
        self.reader.report(
            Code::FullWidth,
            at.clone(),
            found,
            char::from(mark).to_string(),
        );
        self.mend(at.start..at.end, &char::from(mark).to_string());
    }

    fn wide_string(&mut self, at: Range<usize>) {
        let words: &'t str = &self.text[at.clone()];
        let first = words.chars().next().map_or(1, char::len_utf8);
        let last = words.chars().next_back().map_or(1, char::len_utf8);
        let (head, tail) = (at.start..at.start + first, at.end - last..at.end);
        self.reader.report(
            Code::FullWidth,
            head.clone(),
            &self.text[head.clone()],
            "\"",
        );
        self.mend(head, &format!("{}\"", " ".repeat(first - 1)));
        if last > 1 {
            self.reader.report(
                Code::FullWidth,
                tail.clone(),
                &self.text[tail.clone()],
                "\"",
            );
        }
        self.mend(tail, "\"");
    }

    fn open_string(&mut self, at: Range<usize>) {
        let words: &'t str = &self.text[at.clone()];
        // What was meant to close it is the likely culprit: the keyboard was still set to Chinese.
        match words.char_indices().find(|(_, c)| is_wide_quote(*c)) {
            Some((quote, c)) if !self.lost => {
                let start = at.start + quote;
                self.wide(start..start + c.len_utf8(), b'"');
            }
            _ if !self.lost => {
                self.reader
                    .report(Code::Unclosed, at.start..at.start + 1, "\"", "\"")
            }
            _ => {}
        }
        self.lost = true;
    }

    fn word(&mut self, at: Range<usize>) {
        let words: &'t str = &self.text[at.clone()];
        if words.contains(is_wide_number) {
            let narrow = |c: char| plain(c).map_or(c, char::from);
            let narrow: String = words.chars().map(narrow).collect();
            self.reader
                .report(Code::FullWidth, at.clone(), words, narrow.clone());
            self.mend(at, &narrow);
            return;
        }
        let known = matches!(words, "true" | "false" | "null") || is_number(words);
        if known || self.lost {
            return;
        }
        let before: &'t str = &self.text[self.previous.clone()];
        let quote = before.char_indices().find(|(_, c)| is_wide_quote(*c));
        match quote {
            // "name”: "王" closes at the third mark only; the second one is what has to be changed.
            Some((quote, c)) if self.previous.end == at.start && before.starts_with('"') => {
                let start = self.previous.start + quote;
                self.wide(start..start + c.len_utf8(), b'"');
            }
            _ => {
                let expected = format!("\"{words}\"");
                self.reader.report(Code::Syntax, at, words, expected);
            }
        }
        self.lost = true;
    }

    /// Puts ASCII in the place of something longer.
    fn mend(&mut self, at: Range<usize>, with: &str) {
        let padding = " ".repeat(at.len().saturating_sub(with.len()));
        self.mended
            .to_mut()
            .replace_range(at, &format!("{with}{padding}"));
    }

    fn end(mut self) -> Option<Cow<'t, str>> {
        if !self.lost && !self.open.is_empty() {
            self.unclosed();
        }
        (!self.lost).then_some(self.mended)
    }
}

fn opener(close: u8) -> u8 {
    if close == b'}' { b'{' } else { b'[' }
}

/// As JSON writes numbers: no plus, no leading zeros, no bare points.
fn is_number(words: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let body = words.strip_prefix('-').unwrap_or(words);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}
