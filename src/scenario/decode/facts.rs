//! The fact sheet: what the trainee may claim.

use std::collections::BTreeSet;

use super::fields::{Fields, Reader, place};
use super::{need_text, topic};
use crate::codebook::{Scope, Topic};
use crate::scenario::problem::Code;
use crate::scenario::{Fact, FactKind};

/// The most facts one case may have: evidence names its fact in one byte.
const MAX_FACTS: usize = 255;

/// Every fact; the list is there or not.
pub(super) fn facts(reader: &mut Reader, fields: &mut Fields) -> Vec<Fact> {
    let Some(value) = fields.get("facts") else {
        return Vec::new();
    };
    let items = reader.items(value);
    let (mut facts, mut ids) = (Vec::new(), BTreeSet::new());
    for item in items.iter().take(MAX_FACTS) {
        let Some(mut f) = reader.object(item) else {
            continue;
        };
        let fact = fact(reader, &mut f);
        if !ids.insert(fact.id.clone()) && !fact.id.is_empty() {
            reader.report(Code::DuplicateId, f.place_of("id"), fact.id.clone(), "");
        }
        facts.push(fact);
        f.finish(reader);
    }
    if let Some(first) = items.get(MAX_FACTS) {
        let found = items.len().to_string();
        reader.report(Code::TooMany, place(first), found, format!("≤ {MAX_FACTS}"));
    }
    let priced = facts.iter().any(|f: &Fact| f.kind == FactKind::Price);
    if !facts.is_empty() && !priced {
        let at = fields.place_of("facts");
        reader.report(Code::NoPrice, at, "", "{\"kind\": \"price\", …}");
    }
    facts
}

/// What cannot be read is reported and put down as anything: the case is refused, but nothing that refers to this
/// fact is reported as well.
fn fact(reader: &mut Reader, f: &mut Fields) -> Fact {
    Fact {
        id: reader.identifier(f),
        topic: topic(reader, f).unwrap_or(Topic::Necessity),
        kind: f
            .need(reader, "kind")
            .and_then(|v| reader.word(v, FactKind::ALL, FactKind::id))
            .unwrap_or(FactKind::Price),
        scope: f
            .need(reader, "scope")
            .and_then(|v| reader.word(v, &[Scope::Category, Scope::Vendor], Scope::id))
            .unwrap_or(Scope::Category),
        text: need_text(reader, f, "text"),
        values: match f.get("values") {
            Some(value) => reader
                .items(value)
                .iter()
                .filter_map(|v| reader.number(v))
                .collect(),
            None => Vec::new(),
        },
    }
}
