//! Bytes of a far terminal → keys and pastes.
//!
//! The bytes come from a stranger, cut anywhere: nothing here grows without bound, and no sequence, however broken or
//! endless, stops what comes after it from being read.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::tui::Msg;

/// Bytes of a control sequence that are kept; a longer one is skipped.
const LONGEST_SEQUENCE: usize = 32;
/// Bytes of a string (a title, a colour report) that are skipped before it is given up as endless.
const LONGEST_STRING: usize = 4096;
/// Bytes of a paste that are kept; the editor takes a thousand characters anyway.
const LONGEST_PASTE: usize = 8192;
const PASTE_END: &[u8] = b"\x1b[201~";

/// A reader of keys; feed it whatever arrives.
#[derive(Debug, Default)]
pub struct Keys {
    state: State,
    /// What is kept of the sequence, the character or the paste that is being read.
    kept: Vec<u8>,
    /// Bytes of it that were skipped, or bytes of a character that are still to come.
    count: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    Escape,
    /// After `ESC O`.
    Single,
    /// After `ESC [`.
    Control,
    /// Within a string that nobody wants.
    Skipped,
    /// The same, after an `ESC` that may end it.
    SkippedEscape,
    /// Within a character of several bytes.
    Character,
    Paste,
}

impl Keys {
    /// Takes bytes; what they mean.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Msg> {
        let mut out = Vec::new();
        for &byte in bytes {
            self.byte(byte, &mut out);
        }
        out
    }

    /// Whether an `ESC` was read and nothing after it: a key of its own, unless more comes soon.
    pub fn is_waiting(&self) -> bool {
        self.state == State::Escape
    }

    /// Nothing more came: the `ESC` was the key.
    pub fn waited(&mut self) -> Option<Msg> {
        self.is_waiting().then(|| {
            self.state = State::Ground;
            key(KeyCode::Esc, KeyModifiers::NONE)
        })
    }

    fn begin(&mut self, state: State) {
        (self.state, self.count) = (state, 0);
        self.kept.clear();
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match self.state {
            State::Ground => self.ground(byte, KeyModifiers::NONE, out),
            State::Escape => match byte {
                b'[' => self.begin(State::Control),
                b'O' => self.begin(State::Single),
                b']' | b'P' | b'X' | b'^' | b'_' => self.begin(State::Skipped),
                0x1b => out.push(key(KeyCode::Esc, KeyModifiers::NONE)),
                _ => {
                    self.begin(State::Ground);
                    self.ground(byte, KeyModifiers::ALT, out);
                }
            },
            State::Single => {
                self.begin(State::Ground);
                match byte {
                    0x1b => self.begin(State::Escape),
                    b'M' => out.push(key(KeyCode::Enter, KeyModifiers::NONE)),
                    _ => out.extend(letter(byte).map(|code| key(code, KeyModifiers::NONE))),
                }
            }
            State::Control => self.control(byte, out),
            State::Skipped => match byte {
                0x07 => self.begin(State::Ground),
                0x1b => self.state = State::SkippedEscape,
                _ => {
                    self.count += 1;
                    if self.count > LONGEST_STRING {
                        self.begin(State::Ground);
                    }
                }
            },
            State::SkippedEscape if byte == b'\\' => self.begin(State::Ground),
            State::SkippedEscape => {
                self.begin(State::Escape);
                self.byte(byte, out);
            }
            State::Character if byte & 0xc0 == 0x80 => {
                self.kept.push(byte);
                self.count -= 1;
                if self.count == 0 {
                    let read = std::str::from_utf8(&self.kept).ok();
                    out.extend(
                        read.and_then(|s| s.chars().next())
                            .map(|c| key(KeyCode::Char(c), KeyModifiers::NONE)),
                    );
                    self.begin(State::Ground);
                }
            }
            State::Character => {
                self.begin(State::Ground);
                self.byte(byte, out);
            }
            State::Paste => self.paste(byte, out),
        }
    }

    fn ground(&mut self, byte: u8, held: KeyModifiers, out: &mut Vec<Msg>) {
        let ctrl = held | KeyModifiers::CONTROL;
        out.push(match byte {
            0x1b => return self.begin(State::Escape),
            b'\r' | b'\n' => key(KeyCode::Enter, held),
            b'\t' => key(KeyCode::Tab, held),
            0x08 | 0x7f => key(KeyCode::Backspace, held),
            0x00 => key(KeyCode::Char(' '), ctrl),
            0x01..=0x1a => key(KeyCode::Char(char::from(byte - 1 + b'a')), ctrl),
            0x1c..=0x1f => key(KeyCode::Char(char::from(byte - 0x1c + b'4')), ctrl),
            0x20..=0x7e => {
                let c = char::from(byte);
                let shift = if c.is_ascii_uppercase() {
                    KeyModifiers::SHIFT
                } else {
                    KeyModifiers::NONE
                };
                key(KeyCode::Char(c), held | shift)
            }
            0xc2..=0xf4 => {
                self.begin(State::Character);
                self.kept.push(byte);
                self.count = match byte {
                    0xc2..=0xdf => 1,
                    0xe0..=0xef => 2,
                    _ => 3,
                };
                return;
            }
            // A byte that begins no character.
            _ => return,
        });
    }

    fn control(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match byte {
            0x1b => self.begin(State::Escape),
            // The console of Linux sends F1 to F5 so.
            b'[' if self.kept.is_empty() => self.kept.push(byte),
            0x20..=0x3f if self.kept.len() < LONGEST_SEQUENCE => self.kept.push(byte),
            0x20..=0x3f => {
                self.count += 1;
                if self.count > LONGEST_STRING {
                    self.begin(State::Ground);
                }
            }
            0x40..=0x7e => {
                let whole = self.count == 0;
                let kept = std::mem::take(&mut self.kept);
                self.begin(State::Ground);
                if whole && kept == b"200" && byte == b'~' {
                    self.begin(State::Paste);
                } else if whole {
                    out.extend(sequence(&kept, byte));
                }
            }
            // A control character breaks it off.
            _ => {
                self.begin(State::Ground);
                self.byte(byte, out);
            }
        }
    }

    fn paste(&mut self, byte: u8, out: &mut Vec<Msg>) {
        // `count` is how much of the end mark has been seen; its first byte occurs in it once.
        if byte == PASTE_END[self.count] {
            self.count += 1;
            if self.count == PASTE_END.len() {
                let words = String::from_utf8_lossy(&self.kept).into_owned();
                self.begin(State::Ground);
                out.push(Msg::Paste(words));
            }
            return;
        }
        let seen = std::mem::replace(&mut self.count, usize::from(byte == PASTE_END[0]));
        self.keep(&PASTE_END[..seen]);
        if self.count == 0 {
            self.keep(&[byte]);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST_PASTE.saturating_sub(self.kept.len());
        self.kept.extend(&bytes[..bytes.len().min(room)]);
    }
}

fn key(code: KeyCode, held: KeyModifiers) -> Msg {
    Msg::Key(KeyEvent::new(code, held))
}

/// `ESC O x` and `ESC [ x`.
fn letter(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

fn sequence(kept: &[u8], last: u8) -> Option<Msg> {
    if kept == b"[" {
        let function = matches!(last, b'A'..=b'E').then(|| KeyCode::F(last - b'A' + 1));
        return function.map(|code| key(code, KeyModifiers::NONE));
    }
    let text = std::str::from_utf8(kept).ok()?;
    let mut numbers = text.split(';').map(|n| {
        // Kitty writes `97:65` where a key has a shifted form.
        let n = n.split(':').next().unwrap_or("");
        if n.is_empty() {
            Some(1)
        } else {
            n.parse::<u32>().ok()
        }
    });
    let first = numbers.next().flatten()?;
    let bits = numbers.next().flatten().unwrap_or(1).saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ] {
        if bits & bit != 0 {
            held |= modifier;
        }
    }
    let code = match last {
        b'Z' => KeyCode::BackTab,
        b'u' => match first {
            13 => KeyCode::Enter,
            9 => KeyCode::Tab,
            27 => KeyCode::Esc,
            127 => KeyCode::Backspace,
            code => KeyCode::Char(char::from_u32(code).filter(|c| !c.is_control())?),
        },
        b'~' => match first {
            1 | 7 => KeyCode::Home,
            2 => KeyCode::Insert,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            11..=15 => KeyCode::F((first - 10) as u8),
            17..=21 => KeyCode::F((first - 11) as u8),
            23 | 24 => KeyCode::F((first - 12) as u8),
            _ => return None,
        },
        // Where a cursor is, as an answer, looks like F3 with a modifier; only a first number of 1 is a key.
        _ if first == 1 => letter(last)?,
        _ => return None,
    };
    Some(key(code, held))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(messages: &[Msg]) -> Vec<String> {
        messages.iter().map(|m| format!("{m:?}")).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[(KeyCode, KeyModifiers)]) {
        let expected: Vec<Msg> = expected
            .iter()
            .map(|&(code, held)| key(code, held))
            .collect();
        assert_eq!(told(&Keys::default().feed(bytes)), told(&expected));
    }

    const NONE: KeyModifiers = KeyModifiers::NONE;

    #[test]
    fn keys_of_common_terminals_are_read() {
        check(
            b"a\r\x7f\t",
            &[
                (KeyCode::Char('a'), NONE),
                (KeyCode::Enter, NONE),
                (KeyCode::Backspace, NONE),
                (KeyCode::Tab, NONE),
            ],
        );
        check("王".as_bytes(), &[(KeyCode::Char('王'), NONE)]);
        check(b"\x03", &[(KeyCode::Char('c'), KeyModifiers::CONTROL)]);
        check(
            b"\x1b[A\x1bOB\x1b[1;5C",
            &[
                (KeyCode::Up, NONE),
                (KeyCode::Down, NONE),
                (KeyCode::Right, KeyModifiers::CONTROL),
            ],
        );
        check(
            b"\x1bOP\x1b[12~\x1b[[C\x1b[21~\x1b[24~",
            &[
                (KeyCode::F(1), NONE),
                (KeyCode::F(2), NONE),
                (KeyCode::F(3), NONE),
                (KeyCode::F(10), NONE),
                (KeyCode::F(12), NONE),
            ],
        );
        check(
            b"\x1b[5~\x1b[6~\x1b[Z",
            &[
                (KeyCode::PageUp, NONE),
                (KeyCode::PageDown, NONE),
                (KeyCode::BackTab, NONE),
            ],
        );
        check(b"\x1bx", &[(KeyCode::Char('x'), KeyModifiers::ALT)]);
    }

    #[test]
    fn answers_of_a_terminal_are_no_keys() {
        check(
            b"\x1b[24;80R\x1b[?62;c\x1b]11;rgb:0/0/0\x1b\\\x1bP1$r0m\x1b\\z",
            &[(KeyCode::Char('z'), NONE)],
        );
    }

    #[test]
    fn an_escape_alone_is_a_key_once_nothing_follows() {
        let mut keys = Keys::default();
        assert!(keys.feed(b"\x1b").is_empty() && keys.is_waiting());
        assert_eq!(
            told(&[keys.waited().unwrap()]),
            told(&[key(KeyCode::Esc, NONE)])
        );
        assert!(keys.waited().is_none());
    }

    #[test]
    fn a_paste_is_one_message_however_it_is_cut() {
        let bytes = "\x1b[200~先谈谈\x1b[20\x1b[201~x".as_bytes();
        for cut in 0..bytes.len() {
            let mut keys = Keys::default();
            let mut messages = keys.feed(&bytes[..cut]);
            messages.extend(keys.feed(&bytes[cut..]));
            let expected = [
                Msg::Paste("先谈谈\x1b[20".to_owned()),
                key(KeyCode::Char('x'), NONE),
            ];
            assert_eq!(told(&messages), told(&expected), "cut at {cut}");
        }
    }

    #[test]
    fn what_never_ends_is_given_up() {
        for begin in ["\x1b]0;", "\x1bP", "\x1b["] {
            let mut keys = Keys::default();
            keys.feed(begin.as_bytes());
            keys.feed(&vec![b'1'; 100_000]);
            assert!(keys.kept.len() <= LONGEST_SEQUENCE);
            keys.feed(b"\x07\x1b[A\r");
            let read = keys.feed(b"q");
            assert_eq!(
                told(&read),
                told(&[key(KeyCode::Char('q'), NONE)]),
                "{begin:?}"
            );
        }
        let mut keys = Keys::default();
        keys.feed(b"\x1b[200~");
        for _ in 0..1000 {
            keys.feed(&[b'x'; 1000]);
        }
        assert!(keys.kept.len() <= LONGEST_PASTE);
        assert!(
            matches!(&keys.feed(b"\x1b[201~")[..], [Msg::Paste(words)] if words.len() == LONGEST_PASTE)
        );
    }

    /// Ten million bytes, mostly of the kind that begins, continues and breaks sequences.
    #[test]
    fn any_bytes_are_read_in_bounded_room() {
        let alphabet = b"\x1b[]OP;0123456789~ABu\x07\\\r\n\x7f\xe7\x8e\x8b\xff\x80 az";
        let mut keys = Keys::default();
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut chunk = Vec::new();
        let mut read = 0_usize;
        for _ in 0..10_000 {
            chunk.clear();
            for _ in 0..1000 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let byte = if seed & 7 == 0 {
                    (seed >> 8) as u8
                } else {
                    alphabet[(seed >> 8) as usize % alphabet.len()]
                };
                chunk.push(byte);
            }
            read += keys.feed(&chunk).len();
            assert!(keys.kept.len() <= LONGEST_PASTE);
        }
        assert!(read > 100_000, "{read}");
    }
}
