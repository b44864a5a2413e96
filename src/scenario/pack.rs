//! What every case can fall back on: wording by role, wording by topic, what a trainee can say anywhere, and the
//! known objections with replies at three levels.

use std::collections::BTreeMap;

use super::decode::fields::{Fields, Reader};
use super::decode::{Sheet, by_reaction, lines_at, list, one_move, parse};
use super::problem::Problem;
use super::{Gate, Line, Move, Reaction, Role};
use crate::codebook::{TOPICS, Topic, vocabulary};
use crate::text::Text;

vocabulary! {
    /// How good a reply to an objection is.
    Level {
        /// Right gate, asks, ends with something checkable.
        Strong = "strong", "强", "strong";
        /// Right topic, tells instead of asking.
        Average = "average", "中", "average";
        /// Wrong gate, contradicts, discounts, pushes.
        Weak = "weak", "弱", "weak";
    }
}

/// How a topic is talked about where a case has no words of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicWords {
    /// How a client names it.
    pub name: Text,
    /// Admits a difficulty with it.
    pub problem: Vec<Line>,
    /// What that leads to.
    pub consequence: Vec<Line>,
    /// Wants a remedy.
    pub want: Vec<Line>,
    /// Raises it as a worry.
    pub objection: Vec<Line>,
    /// What is behind the worry.
    pub reason: Vec<Line>,
    /// Lets the worry go.
    pub settled: Vec<Line>,
    /// A neutral fact.
    pub situation: Vec<Line>,
}

/// A known objection.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// Its number in the pattern library: P1 … E12.
    pub id: String,
    /// Who says it.
    pub role: Role,
    /// What it stands in the way of.
    pub gate: Gate,
    /// What it is about.
    pub topic: Topic,
    /// The words.
    pub raise: Text,
    /// Replies.
    pub replies: Vec<(Level, Move)>,
}

/// All packs.
#[derive(Debug, Clone)]
pub struct Packs {
    anybody: BTreeMap<Reaction, Vec<Line>>,
    roles: Vec<BTreeMap<Reaction, Vec<Line>>>,
    topics: Vec<TopicWords>,
    /// Lines for guided play.
    pub moves: Vec<Move>,
    /// The pattern library.
    pub objections: Vec<Objection>,
}

impl Packs {
    /// No words at all, for deals whose state is wanted and whose talk is not.
    pub fn empty() -> Packs {
        Packs {
            anybody: BTreeMap::new(),
            roles: vec![BTreeMap::new(); Role::ALL.len()],
            topics: vec![TopicWords::default(); TOPICS],
            moves: Vec::new(),
            objections: Vec::new(),
        }
    }

    /// The packs this program ships with.
    pub fn shipped() -> Packs {
        let (packs, problems) = Packs::read();
        debug_assert!(
            problems.is_empty(),
            "a shipped pack is broken: {problems:?}"
        );
        packs
    }

    fn read() -> (Packs, Vec<(&'static str, Problem)>) {
        let mut problems = Vec::new();
        let anybody = read(
            include_str!("../../assets/roles/common.json"),
            &mut problems,
            "common",
            role_pack,
        );
        let roles = Role::ALL
            .iter()
            .map(|&role| read(role_file(role), &mut problems, role.id(), role_pack))
            .collect();
        let topics = read(
            include_str!("../../assets/topics.json"),
            &mut problems,
            "topics",
            topic_words,
        );
        let moves = read(
            include_str!("../../assets/moves.json"),
            &mut problems,
            "moves",
            |reader, value| {
                Some(
                    reader
                        .items(value)
                        .iter()
                        .filter_map(|item| {
                            let mut f = reader.object(item)?;
                            let found = one_move(reader, &mut f, &[], &Sheet::of(&[]));
                            f.finish(reader);
                            found
                        })
                        .collect(),
                )
            },
        );
        let objections = read(
            include_str!("../../assets/objections.json"),
            &mut problems,
            "objections",
            |reader, value| {
                Some(
                    reader
                        .items(value)
                        .iter()
                        .filter_map(|item| {
                            let mut f = reader.object(item)?;
                            let found = objection(reader, &mut f);
                            f.finish(reader);
                            found
                        })
                        .collect(),
                )
            },
        );
        (
            Packs {
                anybody,
                roles,
                topics,
                moves,
                objections,
            },
            problems,
        )
    }

    /// A role's lines for a reaction.
    pub fn role(&self, role: Role, reaction: Reaction) -> &[Line] {
        self.roles[role as usize]
            .get(&reaction)
            .map_or(&[], Vec::as_slice)
    }

    /// Lines anybody may say, whatever his role.
    pub fn anybody(&self, reaction: Reaction) -> &[Line] {
        self.anybody.get(&reaction).map_or(&[], Vec::as_slice)
    }

    /// The words for a topic.
    pub fn topic(&self, topic: Topic) -> &TopicWords {
        &self.topics[topic as usize]
    }
}

fn read<T: Default>(
    file: &str,
    problems: &mut Vec<(&'static str, Problem)>,
    name: &'static str,
    decode: impl FnOnce(&mut Reader, &jsonc_parser::ast::Value) -> Option<T>,
) -> T {
    let mut reader = Reader::new();
    let out = parse(file, &mut reader, decode);
    problems.extend(reader.problems.into_iter().map(|p| (name, p)));
    out.unwrap_or_default()
}

fn role_file(role: Role) -> &'static str {
    match role {
        Role::ProcurementManager => include_str!("../../assets/roles/procurement_manager.json"),
        Role::ProjectManager => include_str!("../../assets/roles/project_manager.json"),
        Role::Executive => include_str!("../../assets/roles/executive.json"),
        Role::DepartmentManager => include_str!("../../assets/roles/department_manager.json"),
    }
}

fn role_pack(
    reader: &mut Reader,
    value: &jsonc_parser::ast::Value,
) -> Option<BTreeMap<Reaction, Vec<Line>>> {
    let mut f = reader.object(value)?;
    f.get("role");
    let lines = f.need(reader, "lines").map(|v| by_reaction(reader, v));
    f.finish(reader);
    lines
}

fn topic_words(reader: &mut Reader, value: &jsonc_parser::ast::Value) -> Option<Vec<TopicWords>> {
    let mut words = vec![TopicWords::default(); TOPICS];
    let mut f = reader.object(value)?;
    for &topic in Topic::ALL {
        let Some(value) = f.need(reader, topic.id()) else {
            continue;
        };
        let Some(mut f) = reader.object(value) else {
            continue;
        };
        words[topic as usize] = TopicWords {
            name: f
                .need(reader, "name")
                .and_then(|v| reader.text(v))
                .unwrap_or_default(),
            problem: lines_at(reader, &mut f, "problem"),
            consequence: lines_at(reader, &mut f, "consequence"),
            want: lines_at(reader, &mut f, "want"),
            objection: lines_at(reader, &mut f, "objection"),
            reason: lines_at(reader, &mut f, "reason"),
            settled: lines_at(reader, &mut f, "settled"),
            situation: lines_at(reader, &mut f, "situation"),
        };
        f.finish(reader);
    }
    f.finish(reader);
    Some(words)
}

fn objection(reader: &mut Reader, f: &mut Fields) -> Option<Objection> {
    let replies = list(reader, f, "replies", |reader, f| {
        let level = f
            .need(reader, "level")
            .and_then(|v| reader.word(v, Level::ALL, Level::id));
        f.get("figures");
        Some((level?, one_move(reader, f, &[], &Sheet::of(&[]))?))
    });
    Some(Objection {
        id: f
            .need(reader, "id")
            .and_then(|v| reader.string(v))?
            .to_owned(),
        role: f
            .need(reader, "role")
            .and_then(|v| reader.word(v, Role::ALL, Role::id))?,
        gate: f
            .need(reader, "gate")
            .and_then(|v| reader.word(v, Gate::ALL, Gate::id))?,
        topic: f
            .need(reader, "topic")
            .and_then(|v| reader.word(v, Topic::ALL, Topic::id))?,
        raise: f.need(reader, "raise").and_then(|v| reader.text(v))?,
        replies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Temper;

    #[test]
    fn the_shipped_packs_have_no_problems() {
        let (packs, problems) = Packs::read();
        assert!(problems.is_empty(), "{problems:#?}");
        assert_eq!(packs.objections.len(), 37);
    }

    #[test]
    fn every_role_and_temper_has_six_wordings_for_every_reaction() {
        let packs = Packs::shipped();
        let worded_by_the_case = [Reaction::RaisesConcern, Reaction::VoicesHope];
        for &role in Role::ALL {
            for &reaction in Reaction::ALL
                .iter()
                .filter(|r| !worded_by_the_case.contains(r))
            {
                for &temper in Temper::ALL {
                    let lines = packs
                        .role(role, reaction)
                        .iter()
                        .chain(packs.anybody(reaction));
                    let usable =
                        lines.filter(|l| l.band.is_none() && l.temper.is_none_or(|t| t == temper));
                    let count = usable.count();
                    assert!(
                        count >= 6,
                        "{} has {count} lines for {} when {}",
                        role.id(),
                        reaction.id(),
                        temper.id()
                    );
                }
            }
        }
    }

    #[test]
    fn the_pattern_library_has_every_level_for_every_objection() {
        for objection in Packs::shipped().objections {
            for &level in Level::ALL {
                assert!(
                    objection.replies.iter().any(|(l, _)| *l == level),
                    "{} lacks a {} reply",
                    objection.id,
                    level.id()
                );
            }
        }
    }
}
