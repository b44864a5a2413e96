//! `whybuy read`: how lines are read, for people and for programs.

use std::io::{self, BufRead, Write};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::codebook::{Act, ReadAct};
use crate::locale::reading::summary;
use crate::reader::{Context, Reader};
use crate::text::{Language, harmless};

pub(super) mod eval;
pub(super) mod train;

/// One line of input as JSON.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    to_role: String,
    #[serde(default)]
    client_said: String,
    utterance: String,
}

impl Asked {
    fn context(&self) -> Context<'_> {
        Context {
            client_said: &self.client_said,
            to_role: &self.to_role,
            language: self.lang.as_deref().and_then(Language::from_code),
        }
    }
}

/// Reads the argument, or standard input line by line.
pub(super) fn run(line: Option<&str>, as_json: bool, language: Language) -> anyhow::Result<()> {
    let reader = Reader::shipped();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if let Some(line) = line {
        show(
            &mut out,
            &reader,
            &Value::Null,
            line,
            &Context::default(),
            as_json,
            language,
        )?;
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
                &asked.id,
                &asked.utterance,
                &asked.context(),
                as_json,
                language,
            )?,
            Err(_) => show(
                &mut out,
                &reader,
                &Value::Null,
                line,
                &Context::default(),
                as_json,
                language,
            )?,
        }
    }
    Ok(out.flush()?)
}

fn show(
    out: &mut impl Write,
    reader: &Reader,
    id: &Value,
    line: &str,
    context: &Context,
    as_json: bool,
    language: Language,
) -> io::Result<()> {
    let reading = reader.read(line, context);
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
