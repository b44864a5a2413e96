//! Breadth first over the reduced space, one topic at a time, then two, then all.

use std::collections::HashSet;

use crate::codebook::{Act, SpokenAct, Step, Topic};
use crate::review::prove::law::alphabet::{alphabet, is_vendor};
use crate::review::prove::law::space::{Key, Space};
use crate::review::prove::law::{Found, Law};
use crate::sim::state::PersonState;
use crate::sim::{Outcome, State};

/// Searches until everything is seen or the budget is used up.
pub(super) fn search(space: &Space, states: &[State], budget: usize) -> Found {
    let roots = roots(space, states);
    let topics = space.topics();
    let mut found = Found {
        states: 0,
        topics: 0,
        broken: Vec::new(),
    };
    let singles = topics.iter().map(|&t| vec![t]).collect::<Vec<_>>();
    let pairs = (0..topics.len())
        .flat_map(|i| (i + 1..topics.len()).map(move |j| (i, j)))
        .map(|(i, j)| vec![topics[i], topics[j]])
        .collect::<Vec<_>>();
    let all = vec![topics.clone()];
    // With one or two topics the last search would only say the same again.
    let mut levels = vec![(1, singles)];
    if topics.len() > 2 {
        levels.push((2, pairs));
    }
    levels.push((usize::MAX, all));
    for (count, sets) in levels {
        for set in &sets {
            let left = budget.saturating_sub(found.states);
            let end = one(space, &roots, set, left, &mut found);
            if !end {
                return found;
            }
        }
        found.topics = count;
    }
    found
}

/// Reduced states to start from, each with the number of its surroundings.
fn roots(space: &Space, states: &[State]) -> Vec<(State, u64)> {
    let mut roots = Vec::new();
    let mut kinds: Vec<u64> = Vec::new();
    let mut seen: HashSet<Key> = HashSet::new();
    let met = |s: &&State| s.visit.is_none_or(|v| v.person == space.person);
    for state in states.iter().filter(met) {
        for free in [true, false] {
            let root = space.root(state, free);
            let surroundings = space.surroundings(&root);
            let known = kinds.iter().position(|&k| k == surroundings);
            let kind = known.unwrap_or_else(|| {
                kinds.push(surroundings);
                kinds.len() - 1
            }) as u64;
            if seen.insert(space.key(&root, kind)) {
                roots.push((root, kind));
            }
        }
    }
    roots
}

struct Node {
    person: PersonState,
    root: u32,
    parent: u32,
    line: u32,
}

const NO_PARENT: u32 = u32::MAX;

/// One search; false where the budget ended it.
fn one(
    space: &Space,
    roots: &[(State, u64)],
    topics: &[Topic],
    budget: usize,
    found: &mut Found,
) -> bool {
    let case = &space.world.case;
    let lines = alphabet(case, topics);
    let vendor: Vec<bool> = lines.iter().map(|l| is_vendor(case, l)).collect();
    let accepted = space.world.model.category.accepted as i8;
    let at = space.person as usize;
    let decider = case.decision_maker as usize;
    let mut seen: HashSet<Key> = HashSet::new();
    let mut nodes: Vec<Node> = Vec::new();
    for (number, (root, kind)) in roots.iter().enumerate() {
        if seen.insert(space.key(root, *kind)) {
            nodes.push(Node {
                person: root.people[at].clone(),
                root: number as u32,
                parent: NO_PARENT,
                line: 0,
            });
        }
    }
    let mut events = Vec::new();
    let mut next = 0;
    while next < nodes.len() {
        if nodes.len() > budget {
            found.states += next;
            return false;
        }
        let (root, before) = (nodes[next].root, nodes[next].person.clone());
        let (mut state, kind) = roots[root as usize].clone();
        state.people[at] = before.clone();
        for (number, line) in lines.iter().enumerate() {
            for mut after in space.next(&state, line, &mut events) {
                let now = &after.people[at];
                let mut broken = [None; 2];
                if after.outcome == Some(Outcome::Order) {
                    let top = &after.people[decider];
                    let decided = at == decider
                        && top.access == 5
                        && line.act == Act::ProposeNext
                        && line.step == Some(Step::Decision);
                    if top.category < accepted {
                        broken[0] = Some(Law::CategoryFirst);
                    }
                    if !decided {
                        broken[1] = Some(Law::DecisionMaker);
                    }
                } else if vendor[number]
                    && before.category < accepted
                    && (now.category > before.category || now.vendor > before.vendor)
                {
                    broken[0] = Some(Law::VendorMovesNobody);
                }
                for law in broken.into_iter().flatten() {
                    if !found.broken.iter().any(|(l, _)| *l == law) {
                        found.broken.push((law, path(&nodes, &lines, next, number)));
                    }
                }
                if after.outcome.is_some() || after.visit.is_none() {
                    continue;
                }
                space.reduce(&mut after);
                if seen.insert(space.key(&after, kind)) {
                    nodes.push(Node {
                        person: after.people[at].clone(),
                        root,
                        parent: next as u32,
                        line: number as u32,
                    });
                }
            }
        }
        next += 1;
    }
    found.states += nodes.len();
    true
}

/// The lines that led to a node, and one more.
fn path(nodes: &[Node], lines: &[SpokenAct], mut at: usize, last: usize) -> Vec<SpokenAct> {
    let mut path = vec![lines[last]];
    while nodes[at].parent != NO_PARENT {
        path.push(lines[nodes[at].line as usize]);
        at = nodes[at].parent as usize;
    }
    path.reverse();
    path
}
