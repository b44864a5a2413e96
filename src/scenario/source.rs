//! Bytes of a file → text: encodings and size, before anything is read.
//!
//! Files come from Chinese Windows as often as from an editor for programmers: GBK and UTF-16 are named as what they
//! are, instead of as "invalid JSON at byte 3".

use super::problem::{Code, Problem};

/// The largest file that is read, in bytes. The longest shipped case has a fortieth of it.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The text of a file, or what is wrong with its bytes.
///
/// # Errors
/// With the text as far as it can be shown, and the one problem that keeps it from being read. A byte order mark is
/// kept; [`super::decode::decode`] knows it.
pub fn text(bytes: Vec<u8>) -> Result<String, (String, Problem)> {
    if bytes.len() > MAX_BYTES {
        return Err((String::new(), too_large()));
    }
    if let Some(name) = utf16(&bytes) {
        return Err((String::new(), encoding(0, name)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let found = if is_gbk(&bytes[at..]) {
            "GBK".to_owned()
        } else {
            format!("0x{:02x}", bytes[at])
        };
        let shown = String::from_utf8_lossy(bytes).into_owned();
        (shown, encoding(at, found))
    })
}

/// How much larger is not said: nobody reads such a file to its end.
pub(super) fn too_large() -> Problem {
    Problem {
        code: Code::TooLarge,
        at: 0..0,
        found: format!("> {} MB", MAX_BYTES / 1024 / 1024),
        expected: format!("≤ {} MB", MAX_BYTES / 1024 / 1024),
    }
}

fn encoding(at: usize, found: impl Into<String>) -> Problem {
    Problem {
        code: Code::Encoding,
        at: at..at,
        found: found.into(),
        expected: "UTF-8".to_owned(),
    }
}

/// UTF-16 by its mark, or by the zero bytes that every brace and quotation mark brings.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [_, 0, _, 0, ..] => Some("UTF-16 LE"),
        [0xfe, 0xff, ..] | [0, _, 0, _, ..] => Some("UTF-16 BE"),
        _ => None,
    }
}

/// Whether every byte from here on fits GBK (or GB 18030, which holds it). Only a guess: it names the likely cause.
fn is_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7f, tail @ ..] => tail,
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, tail @ ..] => tail,
            [
                0x81..=0xfe,
                0x30..=0x39,
                0x81..=0xfe,
                0x30..=0x39,
                tail @ ..,
            ] => tail,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], code: Code, found: &str, at: usize) {
        let (_, problem) = text(bytes.to_vec()).expect_err("these bytes are no UTF-8");
        assert_eq!((problem.code, &*problem.found), (code, found));
        assert_eq!(problem.at.start, at);
    }

    #[test]
    fn wrong_encodings_are_named() {
        check(b"{\"a\":\"\xb2\xc9\xb9\xba\"}", Code::Encoding, "GBK", 6);
        check(b"\xff\xfe{\0}\0", Code::Encoding, "UTF-16 LE", 0);
        check(b"\xfe\xff\0{\0}", Code::Encoding, "UTF-16 BE", 0);
        check(b"{\0}\0", Code::Encoding, "UTF-16 LE", 0);
        check(b"{\"caf\xe9\"}", Code::Encoding, "0xe9", 5);
    }

    #[test]
    fn a_byte_order_mark_is_no_problem_and_too_much_is_one() {
        assert_eq!(
            text(b"\xef\xbb\xbf{}".to_vec()).as_deref(),
            Ok("\u{feff}{}")
        );
        check(&vec![b' '; MAX_BYTES + 1], Code::TooLarge, "> 10 MB", 0);
    }
}
