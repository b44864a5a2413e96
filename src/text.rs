//! Words in two languages: the only place that knows which languages there are.

use serde::Deserialize;

/// A language whybuy plays in. State never depends on it; wording always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, simplified.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both languages, in the order a switch walks through them.
    pub const ALL: [Language; 2] = [Language::Zh, Language::En];

    /// The code used in files, logs and on the command line: `zh` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }

    /// Reads a code or a locale name such as `zh_CN.UTF-8`; `None` for other languages.
    pub fn from_code(code: &str) -> Option<Language> {
        let head = code.get(..2)?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|l| l.code() == head)
    }

    /// The other language.
    pub fn other(self) -> Language {
        match self {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        }
    }

    /// Guesses the language of a line: any Han character makes it Chinese.
    pub fn of_line(line: &str) -> Language {
        let han = line.chars().any(|c| {
            matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
        });
        if han { Language::Zh } else { Language::En }
    }
}

/// One thing said in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
pub struct Text {
    /// The Chinese wording.
    pub zh: String,
    /// The English wording.
    pub en: String,
}

impl Text {
    /// The same wording for both languages, as for a file written in one of them.
    pub fn same(words: impl Into<String>) -> Text {
        let words = words.into();
        Text {
            zh: words.clone(),
            en: words,
        }
    }

    /// The wording in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// Makes words from a file, a paste or a peer harmless: control and escape characters become visible
/// replacements, line breaks a space. Without this a scenario could repaint the user's terminal.
pub fn harmless(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            // Bidirectional overrides and invisible format characters can make text read as what it is not.
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_bytes_never_survive() {
        assert_eq!(
            harmless("a\u{1b}[2Jb\nc\u{202e}"),
            "a\u{fffd}[2Jb c\u{fffd}"
        );
    }

    #[test]
    fn a_line_with_one_han_character_is_chinese() {
        assert_eq!(Language::of_line("OK，王经理"), Language::Zh);
        assert_eq!(Language::of_line("fair enough"), Language::En);
    }
}
