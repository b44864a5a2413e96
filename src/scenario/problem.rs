//! What is wrong with a file an author wrote: every problem has a code, a place, and a way out.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::codebook::vocabulary;
use crate::text::{Language, harmless};

vocabulary! {
    /// The kinds of problems; the identifiers are stable and may be quoted.
    Code {
        /// The text is no JSON.
        Syntax = "syntax", "不是合法的 JSON", "this is not valid JSON";
        /// The file is of a newer format.
        Newer = "newer-format", "文件格式比本程序新,请升级 whybuy", "this file is of a newer format; update whybuy";
        /// A key that has to be there is not.
        Missing = "missing-key", "缺少必需的键", "a required key is missing";
        /// A key nobody reads.
        UnknownKey = "unknown-key", "没有这个键", "there is no such key";
        /// A key stands twice.
        DuplicateKey = "duplicate-key", "同一个键写了两次", "this key stands twice";
        /// A value of another type than expected.
        WrongType = "wrong-type", "值的类型不对", "this value is of the wrong type";
        /// A word that is none of the allowed ones.
        UnknownValue = "unknown-value", "不是可用的值", "this is none of the allowed values";
        /// A number outside its range.
        OutOfRange = "out-of-range", "数值超出范围", "this number is out of range";
        /// A name that refers to nothing.
        Dangling = "dangling-reference", "引用的对象不存在", "this refers to nothing in the file";
        /// An identifier used twice.
        DuplicateId = "duplicate-id", "标识重复", "this identifier is used twice";
        /// Something that must not be empty.
        Empty = "empty", "不能为空", "this must not be empty";
        /// More than the program can hold.
        TooMany = "too-many", "数量超过上限", "there are too many of these";
        /// A text that is there in one language only.
        OneLanguage = "one-language", "缺少一种语言的文字", "one language of this text is missing";
    }
}

/// One problem in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What stands there.
    pub found: String,
    /// What should stand there instead.
    pub expected: String,
}

impl Problem {
    /// Line and column as an editor counts them, both from 1; columns count characters.
    pub fn place(&self, file: &str) -> (usize, usize) {
        let before = file.get(..self.at.start).unwrap_or(file);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// One sentence: what is wrong, and what to write.
    pub fn message(&self, language: Language) -> String {
        let mut words = self.code.name(language).to_owned();
        let (colon, instead) = match language {
            Language::Zh => (":", ";应为 "),
            Language::En => (": ", "; expected "),
        };
        if !self.found.is_empty() {
            words.push_str(colon);
            words.push_str(&harmless(&self.found));
        }
        if !self.expected.is_empty() {
            words.push_str(instead);
            words.push_str(&harmless(&self.expected));
        }
        words
    }

    /// Message, place and excerpt with a caret, as a compiler shows it.
    pub fn render(&self, path: &str, file: &str, language: Language) -> String {
        let (line, column) = self.place(file);
        let source = file.lines().nth(line - 1).unwrap_or("");
        let lead: String = source.chars().take(column - 1).collect();
        let rest = source.get(lead.len()..).unwrap_or("");
        let marked: String = rest
            .chars()
            .scan(0, |taken, c| {
                *taken += c.len_utf8();
                (*taken <= self.at.len().max(1)).then_some(c)
            })
            .collect();
        // The excerpt is cut around the place: a file on one endless line must not fill the screen.
        let start = lead.chars().count().saturating_sub(40);
        let lead: String = lead.chars().skip(start).collect();
        let shown: String = source.chars().skip(start).take(76).collect();
        let marked: String = marked.chars().take(36).collect();
        format!(
            "{path}:{line}:{column}: [{}] {}\n    {}\n    {}{}\n",
            self.code.id(),
            self.message(language),
            harmless(&shown),
            " ".repeat(harmless(&lead).width()),
            "^".repeat(harmless(&marked).width().max(1)),
        )
    }
}
