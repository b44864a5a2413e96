//! Widths, wrapping and cutting: the only place that knows how many cells words take.

use textwrap::{Options, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells the words take.
pub fn width(words: &str) -> usize {
    words.width()
}

/// The words in lines of at most `cells`; Chinese punctuation never starts a line. At least one line.
pub fn wrap(words: &str, cells: usize) -> Vec<String> {
    // Below two cells a Han character has no room at all.
    let options = Options::new(cells.max(2)).wrap_algorithm(WrapAlgorithm::FirstFit);
    let lines: Vec<String> = words
        .lines()
        .flat_map(|line| textwrap::wrap(line, &options))
        .map(|line| line.into_owned())
        .collect();
    if lines.is_empty() {
        vec![String::new()]
    } else {
        lines
    }
}

/// The words cut to `cells`; what was cut off is marked by two dots.
pub fn fit(words: &str, cells: usize) -> String {
    if width(words) <= cells {
        return words.to_owned();
    }
    let room = cells.saturating_sub(2);
    let mut out = String::new();
    for grapheme in words.graphemes(true) {
        if width(&out) + width(grapheme) > room {
            break;
        }
        out.push_str(grapheme);
    }
    out.push_str(&".."[..cells.min(2)]);
    out
}

/// The words cut or filled up to exactly `cells`.
pub fn pad(words: &str, cells: usize) -> String {
    let mut out = fit(words, cells);
    out.push_str(&" ".repeat(cells.saturating_sub(width(&out))));
    out
}

/// A level as a bar of signs every terminal draws alike: `[###-]`.
pub fn bar(level: usize, of: usize) -> String {
    let level = level.min(of);
    format!("[{}{}]", "#".repeat(level), "-".repeat(of - level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_punctuation_never_starts_a_line() {
        for cells in 4..30 {
            for line in wrap(
                "我们先把去年的投诉数据看一遍，再谈要不要换。您看行吗？",
                cells,
            ) {
                assert!(!line.starts_with(['，', '。', '？']), "{cells}: {line}");
                assert!(width(&line) <= cells, "{cells}: {line}");
            }
        }
    }

    #[test]
    fn cutting_never_halves_a_wide_character() {
        assert_eq!(fit("采购经理", 5), "采..");
        assert_eq!(pad("采购", 6), "采购  ");
        assert_eq!(fit("采购", 1), ".");
        assert_eq!(bar(2, 4), "[##--]");
    }
}
