//! `whybuy read --eval`: the shipped reader beside readings by people.

use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use crate::codebook::{Act, TopicSet};
use crate::reader::score::Score;
use crate::reader::train::Example;
use crate::reader::{Context, Reader};
use crate::text::Language;

/// Confusions listed.
const WORST: usize = 10;

#[derive(Deserialize)]
struct GoldLine {
    #[serde(default)]
    lang: Option<String>,
    #[serde(flatten)]
    example: Example,
}

/// Reads each line of a file of gold readings (JSON Lines) and prints the table.
pub(in crate::cli) fn run(path: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let reader = Reader::shipped();
    let mut score = Score::default();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let gold: GoldLine = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", path.display(), number + 1))?;
        let reading = reader.read(
            &gold.example.utterance,
            &Context {
                client_said: &gold.example.client_said,
                to_role: &gold.example.to_role,
                language: gold.lang.as_deref().and_then(Language::from_code),
            },
        );
        let acts: Vec<Act> = reading.acts.iter().map(|a| a.spoken.act).collect();
        let topics = reading
            .acts
            .iter()
            .fold(TopicSet::NONE, |all, a| all.union(a.spoken.topics));
        score.add(&gold.example.gold(), &acts, topics);
    }
    table(&score);
    Ok(())
}

/// Prints the table by act, the worst confusions, and the sums.
pub(super) fn table(score: &Score) {
    let mut acts: Vec<Act> = Act::ALL.to_vec();
    acts.sort_by(|a, b| {
        let f1 = |act: &Act| score.acts[*act as usize].f1();
        f1(a).total_cmp(&f1(b))
    });
    for act in acts {
        let counts = score.acts[act as usize];
        say!(
            "{:16} in gold {:4}  F1 {:.2}  missed {:4}  invented {:4}",
            act.id(),
            counts.right + counts.missed,
            counts.f1(),
            counts.missed,
            counts.invented
        );
    }
    let mut confused: Vec<_> = score.confused.iter().collect();
    confused.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
    for ((was, read), times) in confused.into_iter().take(WORST) {
        say!("{times:4} × {} read as {}", was.id(), read.id());
    }
    say!("{}", sums(score));
}

/// One line: lines, micro and macro F1, exact lines, topics.
pub(super) fn sums(score: &Score) -> String {
    format!(
        "lines {}  acts micro-F1 {:.3}  macro-F1 {:.3}  exact {:.3}  topics micro-F1 {:.3}",
        score.lines,
        score.micro(),
        score.macro_mean(),
        score.exact_share(),
        score.topics.f1()
    )
}
