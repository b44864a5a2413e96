//! The canonical layout of a scenario file: every word and comment stays, only the blanks between them change.
//!
//! What fits a line stands on one; what does not has one entry a line. Authors who share a file see each other's
//! changes and not each other's habits.

use unicode_width::UnicodeWidthStr;

use super::decode::decode;
use super::lex::{Kind, Lexer, Token};
use super::problem::{Code, Problem};

/// Cells a line may take before it is broken up; a Han character takes two.
const WIDTH: usize = 110;
const INDENT: &str = "  ";

/// Lays a file out.
///
/// # Errors
/// With all problems of the file where its shape is broken: nobody knows then what belongs together.
pub fn laid_out(file: &str) -> Result<String, Vec<Problem>> {
    let (case, problems) = decode(file);
    if problems.iter().any(|p| is_shape(p.code)) {
        return Err(problems);
    }
    let body = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut tree = Tree {
        text: body,
        tokens: Lexer::new(body),
        end: 0,
    };
    let (entries, tail) = tree.entries();
    let mut out = String::with_capacity(file.len());
    write_entries(&mut out, &entries, &tail, 0, false);
    let out = format!("{}\n", out.trim_start_matches('\n'));
    // A formatter that loses a word is worse than none; whoever changes this one hears of it here and not from an
    // author.
    let kept = [false, true]
        .into_iter()
        .all(|comments| words(&out, comments).eq(words(body, comments)));
    let kept = kept && decode(&out).0 == case;
    if kept { Ok(out) } else { Err(problems) }
}

/// Whether a problem is one of brackets and marks rather than of meaning.
fn is_shape(code: Code) -> bool {
    matches!(
        code,
        Code::Encoding
            | Code::TooLarge
            | Code::TooDeep
            | Code::FullWidth
            | Code::MissingComma
            | Code::Unclosed
            | Code::Syntax
            | Code::Newer
    )
}

/// Comments, or everything else but commas, in order. Compared apart, because a comment between a key and its value
/// moves before both.
fn words(text: &str, comments: bool) -> impl Iterator<Item = &str> {
    Lexer::new(text)
        .filter(move |t| t.kind != Kind::Comma && is_comment(t) == comments)
        .map(|t| text[t.at].trim_end())
}

fn is_comment(token: &Token) -> bool {
    matches!(token.kind, Kind::LineComment | Kind::BlockComment)
}

/// A comment, and whether it stood at the end of a line that held something else.
struct Comment<'t> {
    words: &'t str,
    trailing: bool,
}

/// A value with its key and whatever stands around it.
struct Entry<'t> {
    /// An empty line stood before it: authors part paragraphs so.
    parted: bool,
    before: Vec<Comment<'t>>,
    key: Option<&'t str>,
    value: Value<'t>,
    after: Vec<Comment<'t>>,
}

enum Value<'t> {
    Plain(&'t str),
    Group {
        open: u8,
        entries: Vec<Entry<'t>>,
        tail: Vec<Comment<'t>>,
    },
}

struct Tree<'t> {
    text: &'t str,
    tokens: Lexer<'t>,
    end: usize,
}

impl<'t> Tree<'t> {
    /// The entries up to the next closing bracket, which is taken, and the comments before it. Depth is bounded: a
    /// file nested more deeply than [`super::decode::MAX_DEPTH`] has a problem and never comes here.
    fn entries(&mut self) -> (Vec<Entry<'t>>, Vec<Comment<'t>>) {
        let mut entries: Vec<Entry> = Vec::new();
        let (mut before, mut key, mut parted) = (Vec::new(), None, false);
        while let Some(token) = self.tokens.next() {
            let gap = &self.text[self.end..token.at.start];
            parted |= gap.matches('\n').count() >= 2;
            let new_line = gap.contains('\n') || self.end == 0;
            self.end = token.at.end;
            let words = self.text[token.at].trim_end();
            let value = match token.kind {
                Kind::Close(_) => break,
                Kind::Comma | Kind::Colon => continue,
                Kind::LineComment | Kind::BlockComment => {
                    let comment = Comment {
                        words,
                        trailing: !new_line,
                    };
                    let closes = !new_line && before.is_empty() && key.is_none();
                    match entries.last_mut() {
                        Some(last) if closes => last.after.push(comment),
                        _ => before.push(comment),
                    }
                    continue;
                }
                Kind::String if key.is_none() && self.colon_follows() => {
                    key = Some(words);
                    continue;
                }
                Kind::Open(open) => {
                    let (entries, tail) = self.entries();
                    Value::Group {
                        open,
                        entries,
                        tail,
                    }
                }
                _ => Value::Plain(words),
            };
            entries.push(Entry {
                parted: std::mem::take(&mut parted) && !entries.is_empty(),
                before: std::mem::take(&mut before),
                key: key.take(),
                value,
                after: Vec::new(),
            });
        }
        (entries, before)
    }

    /// Whether the string just read is a key. Comments before its colon are rare and looked past.
    fn colon_follows(&self) -> bool {
        let mut rest = Lexer::new(&self.text[self.end..]);
        rest.find(|t| !is_comment(t)).map(|t| t.kind) == Some(Kind::Colon)
    }
}

fn write_entries(
    out: &mut String,
    entries: &[Entry],
    tail: &[Comment],
    depth: usize,
    commas: bool,
) {
    for (i, entry) in entries.iter().enumerate() {
        if entry.parted {
            out.push('\n');
        }
        for comment in &entry.before {
            new_line(out, depth);
            out.push_str(comment.words);
        }
        new_line(out, depth);
        if let Some(key) = entry.key {
            out.push_str(key);
            out.push_str(": ");
        }
        write_value(out, &entry.value, depth);
        if commas && i + 1 < entries.len() {
            out.push(',');
        }
        for comment in &entry.after {
            // A line comment ends its line; whatever follows it needs one of its own.
            if comment.trailing && !ends_in_line_comment(out) {
                out.push(' ');
            } else {
                new_line(out, depth);
            }
            out.push_str(comment.words);
        }
    }
    for comment in tail {
        new_line(out, depth);
        out.push_str(comment.words);
    }
}

fn write_value(out: &mut String, value: &Value, depth: usize) {
    let (open, entries, tail) = match value {
        Value::Plain(words) => return out.push_str(words),
        Value::Group {
            open,
            entries,
            tail,
        } => (*open, entries, tail),
    };
    let line = &out[out.rfind('\n').map_or(0, |at| at + 1)..];
    let room = WIDTH.saturating_sub(line.width() + 1);
    let close = if open == b'{' { '}' } else { ']' };
    let mut short = String::new();
    if fits(value, &mut short, room) {
        return out.push_str(&short);
    }
    out.push(char::from(open));
    write_entries(out, entries, tail, depth + 1, true);
    new_line(out, depth);
    out.push(close);
}

/// Writes a value on one line; false where it is too long for it or holds comments. Stops as soon as that is known,
/// so that a large group costs no more than a line at every level.
fn fits(value: &Value, out: &mut String, room: usize) -> bool {
    let (open, entries, tail) = match value {
        Value::Plain(words) => {
            out.push_str(words);
            return out.len() <= room * 4 && out.width() <= room;
        }
        Value::Group {
            open,
            entries,
            tail,
        } => (*open, entries, tail),
    };
    if !tail.is_empty() {
        return false;
    }
    out.push(char::from(open));
    for (i, entry) in entries.iter().enumerate() {
        if !entry.before.is_empty() || !entry.after.is_empty() || entry.parted {
            return false;
        }
        if i > 0 {
            out.push_str(", ");
        }
        if let Some(key) = entry.key {
            out.push_str(key);
            out.push_str(": ");
        }
        if !fits(&entry.value, out, room) {
            return false;
        }
    }
    out.push(if open == b'{' { '}' } else { ']' });
    out.width() <= room
}

fn ends_in_line_comment(out: &str) -> bool {
    let line = &out[out.rfind('\n').map_or(0, |at| at + 1)..];
    let last = Lexer::new(line).last();
    last.is_some_and(|t| t.kind == Kind::LineComment)
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str(INDENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let out = laid_out(text).unwrap_or_else(|p| panic!("{text}: {p:?}"));
        assert_eq!(out, expect);
        assert_eq!(laid_out(&out).as_deref(), Ok(expect), "not idempotent");
    }

    #[test]
    fn what_fits_a_line_stands_on_one() {
        check(
            "{ \"a\" :[1,2 , ],\n\"b\":{}}",
            "{\"a\": [1, 2], \"b\": {}}\n",
        );
        let long = "长".repeat(60);
        check(
            &format!("{{\"a\":\"{long}\",\"b\":[true]}}"),
            &format!("{{\n  \"a\": \"{long}\",\n  \"b\": [true]\n}}\n"),
        );
    }

    #[test]
    fn comments_and_paragraphs_stay() {
        check(
            "// head\n{\"a\":1, // one\n\n\n /* two */ \"b\" /* odd */ : // odd\n 2 /* x */ // y\n , // z\n}\n// end",
            "// head\n{\n  \"a\": 1, // one\n\n  /* two */\n  /* odd */\n  // odd\n  \"b\": 2 /* x */ // y\n  // z\n}\n// end\n",
        );
    }

    #[test]
    fn shipped_cases_keep_their_meaning() {
        let file = include_str!("../../scenarios/fit-out-hardware.json");
        let out = laid_out(file).expect("a shipped case has its shape");
        assert_eq!(decode(&out).0, decode(file).0);
        assert_eq!(laid_out(&out), Ok(out.clone()));
    }

    #[test]
    fn a_broken_shape_is_left_alone() {
        assert!(laid_out("{\"a\": 1").is_err());
        assert!(laid_out("{“a”: 1}").is_err());
    }
}
