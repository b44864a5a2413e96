//! What stands on the lines of a log: types of their own, so that the domain may change without old logs dying.
//!
//! Every line carries `"v"`. A line of a newer version refuses the whole log: half of a run is another run.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::codebook::{Act, Evidence, ReadAct, Scope, SpokenAct, Step, Topic};
use crate::session::{Branch, Entry, Guess, Header, Mode, Past, Pattern, Power};
use crate::sim::Incident;
use crate::text::{Language, Text};

/// The version of the lines this program writes, and the newest it reads.
pub const VERSION: u32 = 2;

/// Why a line cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bad {
    /// A newer whybuy wrote it.
    Newer(u32),
    /// It is torn, garbled or says what nobody can mean.
    Unreadable(String),
}

/// The first line of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeaderRecord {
    scenario: String,
    content: String,
    model: u32,
    /// Hash of the model's text. Its version alone does not find the file again: a trainer may tune magnitudes.
    model_content: String,
    seed: u64,
    language: String,
    mode: String,
    exam: bool,
    started: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    branch: Option<BranchRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(default)]
    unaided_wins: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct BranchRecord {
    of: String,
    turns: usize,
}

/// Any later line of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum EntryRecord {
    Visit {
        person: u8,
    },
    Say {
        zh: String,
        en: String,
        acts: Vec<ActRecord>,
    },
    Leave,
    Fulfil {
        promise: u8,
    },
    NextWeek,
    Abandon,
    Prepare {
        pattern: String,
        decides: Option<u8>,
    },
    Note {
        person: u8,
        words: String,
    },
    Rate {
        needs: u8,
        order: u8,
        top: u8,
    },
    Hint {
        step: u8,
    },
    Map {
        person: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concern: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        power: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stance: Option<u8>,
    },
    Rule {
        words: String,
    },
    RuleKept {
        score: u8,
    },
    Befall {
        incident: String,
    },
}

/// One act of a reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActRecord {
    act: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    specific: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceRecord>,
    span: [usize; 2],
    confidence: f32,
}

/// Evidence, where there was any: `{"fact":3}` or `"unsupported"`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EvidenceRecord {
    Fact(u8),
    Unsupported,
}

#[derive(Serialize, Deserialize)]
struct Line<T> {
    v: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<u64>,
    #[serde(flatten)]
    record: T,
}

#[derive(Deserialize)]
struct VersionOnly {
    v: u32,
}

/// The first line, with its line break.
pub fn header_line(header: &Header, model_content: &str) -> String {
    let record = HeaderRecord {
        scenario: header.scenario.clone(),
        content: header.content.clone(),
        model: header.model,
        model_content: model_content.to_owned(),
        seed: header.seed,
        language: header.language.code().to_owned(),
        mode: header.mode.id().to_owned(),
        exam: header.exam,
        started: header.started,
        branch: header.past.branch.as_ref().map(|b| BranchRecord {
            of: b.of.clone(),
            turns: b.turns,
        }),
        rule: header.past.rule.clone(),
        unaided_wins: header.past.unaided_wins,
    };
    write(record, None)
}

/// A later line, with its line break; `at` is when, in seconds since 1970.
pub fn entry_line(entry: &Entry, at: Option<u64>) -> String {
    write(EntryRecord::from(entry), at)
}

/// Reads the first line: the header, the hash of the model's text, and the version.
///
/// # Errors
/// Where the line is no header this program understands.
pub fn read_header(line: &[u8]) -> Result<(Header, String, u32), Bad> {
    let Line { v, record, .. } = read::<HeaderRecord>(line)?;
    let model_content = record.model_content.clone();
    Ok((Header::try_from(record)?, model_content, v))
}

/// Reads a later line, when it was written where that stands there, and the version.
///
/// # Errors
/// Where the line is no entry this program understands.
pub fn read_entry(line: &[u8]) -> Result<(Entry, Option<u64>, u32), Bad> {
    let Line { v, at, record } = read::<EntryRecord>(line)?;
    Ok((Entry::try_from(record)?, at, v))
}

/// A whole run as a log holds it, for a file of its own.
pub fn write_run(header: &Header, entries: &[Entry]) -> String {
    let lines = entries.iter().map(|entry| entry_line(entry, None));
    std::iter::once(header_line(header, ""))
        .chain(lines)
        .collect()
}

/// Reads what [`write_run`] has written, or any log.
///
/// # Errors
/// With the number of the first line that cannot be taken, from 1.
pub fn read_run(text: &str) -> Result<(Header, Vec<Entry>), usize> {
    let mut lines = text.lines().enumerate();
    let first = lines.next().ok_or(1_usize)?.1;
    let (header, ..) = read_header(first.as_bytes()).map_err(|_| 1_usize)?;
    let entries = lines
        .map(|(i, line)| match read_entry(line.as_bytes()) {
            Ok((entry, ..)) => Ok(entry),
            Err(_) => Err(i + 1),
        })
        .collect::<Result<_, _>>()?;
    Ok((header, entries))
}

fn write(record: impl Serialize, at: Option<u64>) -> String {
    let line = Line {
        v: VERSION,
        at,
        record,
    };
    let mut json = serde_json::to_string(&line).expect("records are plain strings and numbers");
    json.push('\n');
    json
}

fn read<T: DeserializeOwned>(line: &[u8]) -> Result<Line<T>, Bad> {
    let unreadable = |e: serde_json::Error| Bad::Unreadable(e.to_string());
    // The version first, alone: the rest of a newer line may be of any shape.
    let VersionOnly { v } = serde_json::from_slice(line).map_err(unreadable)?;
    if v > VERSION {
        return Err(Bad::Newer(v));
    }
    serde_json::from_slice(line).map_err(unreadable)
}

fn known<T>(what: &str, word: &str, look_up: impl Fn(&str) -> Option<T>) -> Result<T, Bad> {
    look_up(word).ok_or_else(|| Bad::Unreadable(format!("{what} `{word}` is unknown")))
}

fn known_if_any<T>(
    what: &str,
    word: Option<&str>,
    look_up: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Bad> {
    word.map(|w| known(what, w, look_up)).transpose()
}

impl TryFrom<HeaderRecord> for Header {
    type Error = Bad;

    fn try_from(record: HeaderRecord) -> Result<Header, Bad> {
        let language = |code: &str| Language::ALL.into_iter().find(|l| l.code() == code);
        Ok(Header {
            language: known("language", &record.language, language)?,
            mode: known("mode", &record.mode, Mode::from_id)?,
            scenario: record.scenario,
            content: record.content,
            model: record.model,
            seed: record.seed,
            exam: record.exam,
            started: record.started,
            past: Past {
                branch: record.branch.map(|b| Branch {
                    of: b.of,
                    turns: b.turns,
                }),
                rule: record.rule,
                unaided_wins: record.unaided_wins,
            },
        })
    }
}

impl From<&Entry> for EntryRecord {
    fn from(entry: &Entry) -> EntryRecord {
        match entry {
            Entry::Visit(person) => EntryRecord::Visit { person: *person },
            Entry::Say { words, acts } => EntryRecord::Say {
                zh: words.zh.clone(),
                en: words.en.clone(),
                acts: acts.iter().map(ActRecord::from).collect(),
            },
            Entry::Leave => EntryRecord::Leave,
            Entry::Fulfil(promise) => EntryRecord::Fulfil { promise: *promise },
            Entry::NextWeek => EntryRecord::NextWeek,
            Entry::Abandon => EntryRecord::Abandon,
            Entry::Prepare(pattern, decides) => EntryRecord::Prepare {
                pattern: pattern.id().to_owned(),
                decides: *decides,
            },
            Entry::Note(person, words) => EntryRecord::Note {
                person: *person,
                words: words.clone(),
            },
            Entry::Rate([needs, order, top]) => EntryRecord::Rate {
                needs: *needs,
                order: *order,
                top: *top,
            },
            Entry::Hint(step) => EntryRecord::Hint { step: *step },
            Entry::Map(person, guess) => EntryRecord::Map {
                person: *person,
                concern: guess.concern.map(|c| c.id().to_owned()),
                power: guess.power.map(|p| p.id().to_owned()),
                stance: guess.stance,
            },
            Entry::Rule(words) => EntryRecord::Rule {
                words: words.clone(),
            },
            Entry::RuleKept(score) => EntryRecord::RuleKept { score: *score },
            Entry::Befall(incident) => EntryRecord::Befall {
                incident: incident.id().to_owned(),
            },
        }
    }
}

impl TryFrom<EntryRecord> for Entry {
    type Error = Bad;

    fn try_from(record: EntryRecord) -> Result<Entry, Bad> {
        Ok(match record {
            EntryRecord::Visit { person } => Entry::Visit(person),
            EntryRecord::Say { zh, en, acts } => Entry::Say {
                words: Text { zh, en },
                acts: acts
                    .into_iter()
                    .map(ReadAct::try_from)
                    .collect::<Result<_, _>>()?,
            },
            EntryRecord::Leave => Entry::Leave,
            EntryRecord::Fulfil { promise } => Entry::Fulfil(promise),
            EntryRecord::NextWeek => Entry::NextWeek,
            EntryRecord::Abandon => Entry::Abandon,
            EntryRecord::Prepare { pattern, decides } => {
                Entry::Prepare(known("pattern", &pattern, Pattern::from_id)?, decides)
            }
            EntryRecord::Note { person, words } => Entry::Note(person, words),
            EntryRecord::Rate { needs, order, top } => Entry::Rate([needs, order, top]),
            EntryRecord::Hint { step } => Entry::Hint(step),
            EntryRecord::Map {
                person,
                concern,
                power,
                stance,
            } => {
                let guess = Guess {
                    concern: known_if_any("topic", concern.as_deref(), Topic::from_id)?,
                    power: known_if_any("power", power.as_deref(), Power::from_id)?,
                    stance,
                };
                Entry::Map(person, guess)
            }
            EntryRecord::Rule { words } => Entry::Rule(words),
            EntryRecord::RuleKept { score } => Entry::RuleKept(score),
            EntryRecord::Befall { incident } => {
                Entry::Befall(known("incident", &incident, Incident::from_id)?)
            }
        })
    }
}

impl From<&ReadAct> for ActRecord {
    fn from(read: &ReadAct) -> ActRecord {
        let spoken = read.spoken;
        ActRecord {
            act: spoken.act.id().to_owned(),
            topics: spoken.topics.iter().map(|t| t.id().to_owned()).collect(),
            scope: spoken.scope.map(|s| s.id().to_owned()),
            specific: spoken.specific,
            step: spoken.step.map(|s| s.id().to_owned()),
            evidence: match spoken.evidence {
                Evidence::None => None,
                Evidence::Fact(fact) => Some(EvidenceRecord::Fact(fact)),
                Evidence::Unsupported => Some(EvidenceRecord::Unsupported),
            },
            span: [read.span.start, read.span.end],
            // JSON has no NaN: it would be written as `null`, and the line could never be read again.
            confidence: if read.confidence.is_finite() {
                read.confidence
            } else {
                0.0
            },
        }
    }
}

impl TryFrom<ActRecord> for ReadAct {
    type Error = Bad;

    fn try_from(record: ActRecord) -> Result<ReadAct, Bad> {
        let topics = record
            .topics
            .iter()
            .map(|t| known("topic", t, Topic::from_id));
        let spoken = SpokenAct {
            act: known("act", &record.act, Act::from_id)?,
            topics: topics.collect::<Result<_, _>>()?,
            scope: known_if_any("scope", record.scope.as_deref(), Scope::from_id)?,
            specific: record.specific,
            step: known_if_any("step", record.step.as_deref(), Step::from_id)?,
            evidence: match record.evidence {
                None => Evidence::None,
                Some(EvidenceRecord::Fact(fact)) => Evidence::Fact(fact),
                Some(EvidenceRecord::Unsupported) => Evidence::Unsupported,
            },
        };
        Ok(ReadAct {
            spoken,
            span: record.span[0]..record.span[1],
            confidence: record.confidence,
        })
    }
}
