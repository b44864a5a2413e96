//! `whybuy read --train`: makes the reader's model from the corpus in the source folder.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

use super::eval::{sums, table};
use crate::reader::train::{Example, Recipe, by_cues_alone, evaluate, train as fit};
use crate::text::Language;

/// Stands for the client's words where a scenario's move does not have them: he has said something, not known what.
const SOMETHING: &str = "…";

/// Trains both languages on the corpus under `folder` and writes the models there.
pub(in crate::cli) fn train(folder: &Path, extra: &[PathBuf]) -> anyhow::Result<()> {
    let corpus = corpus(folder, extra)?;
    let trained = each_language(|language| {
        let cues = cues(folder, language)?;
        Ok(fit(
            &corpus[language as usize],
            &cues,
            language,
            Recipe::WHOLE,
        )?)
    })?;
    for (language, trained) in Language::ALL.into_iter().zip(trained) {
        let path = reader_folder(folder).join(format!("model-{}.bin", language.code()));
        std::fs::write(&path, &trained.bytes).with_context(|| path.display().to_string())?;
        say!("{} on lines kept aside:", path.display());
        table(&trained.score);
        say!(
            "shown as sure: {:.0} % of acts read, {:.1} % of them right\n",
            trained.sure * 100.0,
            trained.sure_right * 100.0
        );
    }
    Ok(())
}

/// Compares methods and sizes of the corpus, on lines not trained on.
pub(in crate::cli) fn compare(folder: &Path) -> anyhow::Result<()> {
    let corpus = corpus(folder, &[])?;
    let whole = Recipe::WHOLE;
    let part = |share| Recipe { share, ..whole };
    let plain = Recipe {
        cues: false,
        pieces: false,
        sentences: false,
        share: 1.0,
    };
    let methods = [
        ("n-grams of the line", plain),
        (
            "+ pieces",
            Recipe {
                pieces: true,
                ..plain
            },
        ),
        (
            "+ sentences",
            Recipe {
                cues: false,
                ..whole
            },
        ),
        ("+ cues: all", whole),
        ("an eighth of the corpus", part(0.125)),
        ("a quarter", part(0.25)),
        ("half", part(0.5)),
    ];
    let tables = each_language(|language| {
        let examples = &corpus[language as usize];
        let cues = cues(folder, language)?;
        let mut rows = vec![(
            "cues as plain rules",
            sums(&by_cues_alone(examples, &cues)?),
        )];
        for (name, recipe) in methods {
            rows.push((name, sums(&evaluate(examples, &cues, language, recipe)?)));
        }
        Ok(rows)
    })?;
    for (language, rows) in Language::ALL.into_iter().zip(tables) {
        say!("{}", language.code());
        for (name, row) in rows {
            say!("  {name:24} {row}");
        }
    }
    Ok(())
}

/// Both languages side by side: a machine has two cores.
fn each_language<T: Send>(
    make: impl Fn(Language) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Vec<T>> {
    std::thread::scope(|scope| {
        let make = &make;
        let running: Vec<_> = Language::ALL
            .into_iter()
            .map(|language| scope.spawn(move || make(language)))
            .collect();
        let done = running
            .into_iter()
            .map(|r| r.join().expect("training does not panic"));
        done.collect()
    })
}

fn reader_folder(folder: &Path) -> PathBuf {
    folder.join("assets/reader")
}

fn cues(folder: &Path, language: Language) -> anyhow::Result<String> {
    read(&reader_folder(folder).join(format!("cues-{}.json", language.code())))
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// All labelled lines by language: the corpus, the moves offered in guided play, and what is given besides.
fn corpus(folder: &Path, extra: &[PathBuf]) -> anyhow::Result<[Vec<Example>; 2]> {
    let mut corpus: [Vec<Example>; 2] = Default::default();
    let mut lines = files(&reader_folder(folder).join("corpus"), "jsonl")?;
    lines.extend(extra.iter().cloned());
    for path in lines {
        for (number, line) in read(&path)?.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let example: Example = serde_json::from_str(line)
                .with_context(|| format!("{}:{}", path.display(), number + 1))?;
            corpus[Language::of_line(&example.utterance) as usize].push(example);
        }
    }
    let mut moves = vec![folder.join("assets/moves.json")];
    moves.extend(files(&folder.join("scenarios"), "json")?);
    for path in moves {
        let whole: Value =
            serde_json::from_str(&read(&path)?).with_context(|| path.display().to_string())?;
        let moves = whole.get("moves").unwrap_or(&whole);
        for said in moves.as_array().into_iter().flatten() {
            for language in Language::ALL {
                let Some(words) = said[language.code()].as_str() else {
                    continue;
                };
                let who = match language {
                    Language::Zh => "刘总",
                    Language::En => "Mr Liu",
                };
                corpus[language as usize].push(Example {
                    client_said: SOMETHING.to_owned(),
                    utterance: words.replace("{who}", who),
                    acts: serde_json::from_value(said["acts"].clone())?,
                    ..Example::default()
                });
            }
        }
    }
    Ok(corpus)
}
