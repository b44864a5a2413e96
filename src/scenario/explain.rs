//! What each problem means, with a wrong and a right example.
//!
//! The words lie in `assets/explain.json`; a test holds every example against the checker, so that what is explained
//! is what is found.

use std::sync::LazyLock;

use serde::Deserialize;

use super::problem::Code;
use super::source::MAX_BYTES;
use crate::text::Text;

/// An explained problem.
#[derive(Debug, Clone, Deserialize)]
pub struct Explained {
    code: String,
    frame: Frame,
    /// Why it is one, and what to do.
    pub why: Text,
    /// A part of a file that has it.
    pub bad: String,
    /// The same part without it.
    pub good: String,
}

/// What has to be around an example to make a file of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Frame {
    /// Nothing.
    File,
    /// The example stands among the case's keys.
    Case,
    /// The example is the list of people.
    People,
    /// The example stands among a person's keys.
    Wang,
    /// As `Case`; the bad one is saved as UTF-16.
    Utf16,
    /// As `Case`; the bad one has blanks up to the limit behind it.
    Padded,
}

impl Explained {
    /// The file in which the bad example stands, as bytes.
    pub fn bad_file(&self) -> Vec<u8> {
        let file = self.file(&self.bad);
        match self.frame {
            Frame::Utf16 => file.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Frame::Padded => {
                let mut bytes = file.into_bytes();
                bytes.resize(MAX_BYTES + 1, b' ');
                bytes
            }
            _ => file.into_bytes(),
        }
    }

    /// The file in which the good example stands.
    pub fn good_file(&self) -> String {
        self.file(&self.good)
    }

    fn file(&self, example: &str) -> String {
        let wang = r#""id": "wang", "name": "王强", "role": "executive""#;
        let (people, more) = match self.frame {
            Frame::File => return example.to_owned(),
            Frame::People => (example.to_owned(), String::new()),
            Frame::Wang => (format!("{{{wang}, {example}}}"), String::new()),
            Frame::Case | Frame::Utf16 | Frame::Padded => {
                (format!("{{{wang}}}"), format!(",\n  {example}"))
            }
        };
        format!(
            r#"{{"format": 1, "id": "x", "title": "x", "brief": "x", "category": "x", "client": "x",
  "people": [{people}],
  "decision_maker": "wang"{more}
}}
"#
        )
    }
}

/// The explanation of a code.
///
/// # Panics
/// Never with a code of this program: a test explains every one.
pub fn explain(code: Code) -> &'static Explained {
    static ALL: LazyLock<Vec<Explained>> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../assets/explain.json"))
            .expect("the shipped explanations are tested to load")
    });
    ALL.iter()
        .find(|explained| explained.code == code.id())
        .expect("every code is tested to be explained")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::decode::decode;
    use crate::scenario::problem::Problem;
    use crate::scenario::source;

    fn problems(bytes: Vec<u8>) -> Vec<Problem> {
        match source::text(bytes) {
            Ok(text) => decode(&text).1,
            Err((_, problem)) => vec![problem],
        }
    }

    #[test]
    fn every_bad_example_has_its_problem_alone_and_every_good_one_none() {
        for &code in Code::ALL {
            let explained = explain(code);
            let bad = problems(explained.bad_file());
            assert!(!bad.is_empty(), "{}: nothing found", code.id());
            assert!(
                bad.iter().all(|p| p.code == code),
                "{}: {bad:#?}",
                code.id()
            );
            let good = problems(explained.good_file().into_bytes());
            assert!(good.is_empty(), "{}: {good:#?}", code.id());
        }
    }
}
