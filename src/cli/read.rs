//! `whybuy read`: how lines are read, for people and for programs.

use std::io::{self, BufRead, Write};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::codebook::{Act, ReadAct};
use crate::locale::reading::summary;
use crate::reader::{Context, Reader};
use crate::text::{Language, harmless};

/// One line of input as JSON.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    client_said: String,
    utterance: String,
}

/// Reads the argument, or standard input line by line.
pub(super) fn run(line: Option<&str>, as_json: bool, language: Language) -> anyhow::Result<()> {
    let reader = Reader::shipped();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if let Some(line) = line {
        show(&mut out, &reader, Value::Null, line, "", as_json, language)?;
        return Ok(out.flush()?);
    }
    // Bytes, not strings: a stray byte in one line must not end the reading of the rest.
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        // A line that is no JSON object is taken as the words themselves.
        match serde_json::from_str::<Asked>(line) {
            Ok(asked) => show(
                &mut out,
                &reader,
                asked.id,
                &asked.utterance,
                &asked.client_said,
                as_json,
                language,
            )?,
            Err(_) => show(&mut out, &reader, Value::Null, line, "", as_json, language)?,
        }
    }
    Ok(out.flush()?)
}

/// Stands for the client's words where a corpus does not have them: he has said something, and it is not known what.
const SOMETHING: &str = "…";

/// Trains the reader's model on a corpus: files or folders of JSON Lines, and scenarios, whose moves are labelled lines.
pub(super) fn train(sources: &[std::path::PathBuf], out: &std::path::Path) -> anyhow::Result<()> {
    use crate::reader::train::{Example, train};
    let mut corpus: [Vec<Example>; 2] = Default::default();
    for path in sources {
        let text = std::fs::read_to_string(path)
            .map_err(|e| anyhow::anyhow!("{}: {e}", path.display()))?;
        if path.extension().is_some_and(|e| e == "jsonl") {
            for line in text.lines().filter(|l| !l.trim().is_empty()) {
                let example: Example = serde_json::from_str(line)?;
                corpus[Language::of_line(&example.utterance) as usize].push(example);
            }
            continue;
        }
        let whole: Value = serde_json::from_str(&text)?;
        for line in whole
            .get("moves")
            .unwrap_or(&whole)
            .as_array()
            .into_iter()
            .flatten()
        {
            for language in Language::ALL {
                let Some(words) = line[language.code()].as_str() else {
                    continue;
                };
                let who = if language == Language::Zh {
                    "刘总"
                } else {
                    "Mr Liu"
                };
                let acts = serde_json::from_value(line["acts"].clone())?;
                let utterance = words.replace("{who}", who);
                corpus[language as usize].push(Example {
                    client_said: SOMETHING.to_owned(),
                    utterance,
                    acts,
                });
            }
        }
    }
    let reader = Reader::shipped();
    for language in Language::ALL {
        let examples = &corpus[language as usize];
        let path = out.join(format!("model-{}.bin", language.code()));
        std::fs::write(&path, train(&reader, examples, language))?;
        say!("{}: {} lines", path.display(), examples.len());
    }
    Ok(())
}

fn show(
    out: &mut impl Write,
    reader: &Reader,
    id: Value,
    line: &str,
    said: &str,
    as_json: bool,
    language: Language,
) -> io::Result<()> {
    let reading = reader.read(line, &Context { client_said: said });
    if as_json {
        let acts: Vec<Value> = reading.acts.iter().map(act_json).collect();
        writeln!(out, "{}", json!({ "id": id, "acts": acts }))
    } else {
        writeln!(out, "{}\n  {}", harmless(line), summary(&reading, language))
    }
}

fn act_json(read: &ReadAct) -> Value {
    let spoken = &read.spoken;
    let topics: Vec<&str> = spoken.topics.iter().map(|t| t.id()).collect();
    let mut act = json!({
        "act": spoken.act.id(),
        "topics": topics,
        "span": [read.span.start, read.span.end],
        "confidence": read.confidence,
    });
    if let Some(scope) = spoken.scope {
        act["scope"] = scope.id().into();
    }
    if spoken.act == Act::ProposeNext {
        act["specific"] = spoken.specific.into();
    }
    act
}
