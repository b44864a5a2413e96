//! Byte offsets → lines, columns and excerpts, for many problems of one file at a time.

use std::ops::Range;

use crate::text::harmless;

/// Every so many bytes the characters so far are noted down.
///
/// Without it, each problem on one endless line would count that line from its start again: a minified file of ten
/// megabytes with a thousand problems would take minutes.
const STRIDE: usize = 1024;

/// How many characters of a line are shown before and after a place.
const AROUND: usize = 60;

/// A file's lines.
///
/// Columns count characters (Unicode scalar values), as editors do for everything but emoji and rare Han: there VS
/// Code counts UTF-16 units and shows one more for each.
pub struct Places<'f> {
    file: &'f str,
    starts: Vec<usize>,
    counts: Vec<usize>,
}

/// Part of a line, fit to be shown.
pub(super) struct Excerpt {
    pub text: String,
    /// Byte range in `text`; never beyond its end.
    pub marked: Range<usize>,
}

impl<'f> Places<'f> {
    /// Reads the file once.
    pub fn new(file: &'f str) -> Places<'f> {
        let mut starts = vec![0];
        let mut counts = Vec::with_capacity(file.len() / STRIDE + 1);
        let mut characters = 0;
        for (at, byte) in file.bytes().enumerate() {
            if at % STRIDE == 0 {
                counts.push(characters);
            }
            // Bytes that go on with a character begin none.
            characters += usize::from(byte & 0xc0 != 0x80);
            if byte == b'\n' {
                starts.push(at + 1);
            }
        }
        Places {
            file,
            starts,
            counts,
        }
    }

    /// Line and column of a byte offset, both from 1. The byte order mark is no column.
    pub fn of(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.file.len());
        let line = self.starts.partition_point(|&start| start <= at);
        let start = self.starts[line - 1];
        let mark = usize::from(line == 1 && at > 0 && self.file.starts_with('\u{feff}'));
        (
            line,
            self.characters(at) - self.characters(start) + 1 - mark,
        )
    }

    fn characters(&self, at: usize) -> usize {
        let noted = (at / STRIDE).min(self.counts.len().saturating_sub(1));
        let Some(count) = self.counts.get(noted) else {
            return 0;
        };
        let rest = &self.file.as_bytes()[noted * STRIDE..at];
        count + rest.iter().filter(|b| *b & 0xc0 != 0x80).count()
    }

    /// The part of the line around a place, without anything a terminal would act on.
    pub(super) fn excerpt(&self, at: Range<usize>) -> Excerpt {
        let start = self.floor(at.start);
        let (line, _) = self.of(start);
        let from = self.starts[line - 1];
        let to = self
            .starts
            .get(line)
            .map_or(self.file.len(), |next| next - 1);
        let start = start.min(to);
        let end = self.floor(at.end).clamp(start, to);
        let lead = &self.file[from..start];
        let cut = lead
            .char_indices()
            .rev()
            .nth(AROUND - 1)
            .map_or(0, |(i, _)| i);
        let marked: String = clip(&self.file[start..end], AROUND);
        let after = (start + marked.len()).min(to);
        let tail = clip(&self.file[after..to], AROUND);
        let shown = marked.len() + tail.len();
        let dots = if cut > 0 { "…" } else { "" };
        let lead = format!(
            "{dots}{}",
            harmless(lead[cut..].trim_start_matches('\u{feff}'))
        );
        let (marked, tail) = (harmless(&marked), harmless(tail.trim_end_matches('\r')));
        let more = start + shown < to;
        let dots = if more { "…" } else { "" };
        Excerpt {
            marked: lead.len()..lead.len() + marked.len(),
            text: lead + &marked + &tail + dots,
        }
    }

    fn floor(&self, at: usize) -> usize {
        self.file.floor_char_boundary(at.min(self.file.len()))
    }
}

fn clip(words: &str, most: usize) -> String {
    words.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let places = Places::new("\u{feff}{\n \"名\": 王\n}");
        assert_eq!(places.of(0), (1, 1));
        assert_eq!(places.of(3), (1, 1));
        assert_eq!(places.of("\u{feff}{\n \"名\": ".len()), (2, 7));
        assert_eq!(places.of(9_999), (3, 2));
        assert_eq!(Places::new("").of(5), (1, 1));
    }

    #[test]
    fn long_lines_are_counted_and_cut() {
        let file = format!("{}x{}", "中".repeat(5_000), "文".repeat(5_000));
        let places = Places::new(&file);
        assert_eq!(places.of(15_000), (1, 5_001));
        let excerpt = places.excerpt(15_000..15_001);
        assert_eq!(&excerpt.text[excerpt.marked.clone()], "x");
        assert!(excerpt.text.chars().count() < 130);
    }
}
