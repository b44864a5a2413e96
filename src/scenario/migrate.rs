//! Old formats → the newest, step by step, with comments kept.
//!
//! A step is pure: it changes the tree of a file of one format into one of the next and knows nothing of any other.
//! So a file of any age takes the same road, and a step once shipped is never touched again.

use jsonc_parser::cst::{CstInputValue, CstObject, CstRootNode};

use super::FORMAT;
use super::decode::JSONC;

/// From which format, and what changes to reach the next.
pub type Step = (u32, fn(&CstObject));

/// All steps in order. Format 1 is the first there is, so nothing is to be done yet.
pub const STEPS: &[Step] = &[];

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Migrated {
    /// It is of the newest format.
    UpToDate,
    /// Its new text, and the format it had.
    Rewritten {
        /// The format before.
        from: u32,
        /// The text of the newest format.
        text: String,
    },
    /// It cannot be read, or is of a format nobody knows; `check` says why.
    Unreadable,
}

/// Brings a file to the newest format.
pub fn migrate(file: &str) -> Migrated {
    migrate_by(file, STEPS, FORMAT)
}

fn migrate_by(file: &str, steps: &[Step], newest: u32) -> Migrated {
    let body = file.strip_prefix('\u{feff}').unwrap_or(file);
    let root = CstRootNode::parse(body, &JSONC);
    let Some(object) = root.as_ref().ok().and_then(|root| root.object_value()) else {
        return Migrated::Unreadable;
    };
    let Some(from) = format_of(&object) else {
        return Migrated::Unreadable;
    };
    if from == newest {
        return Migrated::UpToDate;
    }
    for format in from..newest {
        let Some((_, step)) = steps.iter().find(|(of, _)| *of == format) else {
            return Migrated::Unreadable;
        };
        step(&object);
        set_format(&object, format + 1);
    }
    match root {
        Ok(root) if from < newest => Migrated::Rewritten {
            from,
            text: root.to_string(),
        },
        _ => Migrated::Unreadable,
    }
}

/// The format a file says it has; one that says nothing is of the first.
fn format_of(object: &CstObject) -> Option<u32> {
    let Some(property) = object.get("format") else {
        return Some(1);
    };
    property.value()?.to_string().parse().ok()
}

fn set_format(object: &CstObject, format: u32) {
    let value = CstInputValue::Number(format.to_string());
    match object.get("format") {
        Some(property) => property.set_value(value),
        None => {
            object.insert(0, "format", value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A format nobody ever had: people were called persons.
    const TEST_STEPS: &[Step] = &[(1, |object| {
        if let Some(property) = object.get("persons")
            && let Some(name) = property.name().and_then(|n| n.as_string_lit())
        {
            name.set_raw_value("\"people\"".to_owned());
        }
    })];

    #[test]
    fn a_step_keeps_comments_and_layout() {
        let old = "{ // mine\n \"format\": 1,\n \"persons\": [ /* none */ ],\n}\n";
        let new = "{ // mine\n \"format\": 2,\n \"people\": [ /* none */ ],\n}\n";
        let expect = Migrated::Rewritten {
            from: 1,
            text: new.to_owned(),
        };
        assert_eq!(migrate_by(old, TEST_STEPS, 2), expect);
        assert_eq!(migrate_by(new, TEST_STEPS, 2), Migrated::UpToDate);
    }

    #[test]
    fn what_has_no_road_is_left_alone() {
        assert_eq!(migrate("{\"format\": 1}"), Migrated::UpToDate);
        for file in [
            "{\"format\": 9}",
            "{\"format\": 0}",
            "{\"format\": \"x\"}",
            "[",
            "",
        ] {
            assert_eq!(migrate(file), Migrated::Unreadable, "{file}");
        }
    }

    #[test]
    fn the_steps_lead_to_the_newest_format_without_a_gap() {
        let from: Vec<u32> = STEPS.iter().map(|(from, _)| *from).collect();
        assert_eq!(from, (1..FORMAT).collect::<Vec<u32>>());
    }
}
