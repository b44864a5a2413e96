//! House rules over the sources: what a reviewer would otherwise have to look for every time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use whybuy::locale;

/// Past so many lines, before its tests, a file wants rooms of its own.
const LONGEST: usize = 600;
/// The one file that is longer, and may not grow.
const LONGER: [(&str, usize); 1] = [("src/scenario/decode.rs", 601)];

const PURE: [&str; 10] = [
    "codebook", "text", "scenario", "reader", "sim", "session", "score", "review", "progress",
    "drill",
];

struct Source {
    /// From the root of the repository, with slashes.
    path: String,
    text: String,
}

impl Source {
    /// The room of `src/sim/rules.rs` is `sim`.
    fn room(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below.split(['/', '.']).next().unwrap()
    }

    /// Test files may use what tests need.
    fn is_test(&self) -> bool {
        self.path.contains("/tests") || self.path.ends_with("/scratch.rs")
    }

    /// The part before its own tests, without comments: docs may name what code must not.
    fn code(&self) -> String {
        let lines = self.before_tests().lines();
        let code = lines.map(|line| {
            let comment = line.trim_start().starts_with("//");
            let end = line.find(" // ").unwrap_or(line.len());
            if comment { "" } else { &line[..end] }
        });
        code.collect::<Vec<&str>>().join("\n")
    }

    fn before_tests(&self) -> &str {
        let end = self.text.find("#[cfg(test)]\nmod tests {");
        &self.text[..end.unwrap_or(self.text.len())]
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join("src"), &mut paths);
    paths.sort();
    assert!(paths.len() > 50, "the sources are not where they were");
    let read = |path: &PathBuf| Source {
        path: path
            .strip_prefix(root())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/"),
        text: fs::read_to_string(path).unwrap(),
    };
    paths.iter().map(read).collect()
}

/// All that is wrong at once, a line for each.
#[track_caller]
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Brings `use crate::{a, b::c}` into one path each, and keeps every `crate::…` path written out.
fn uses(code: &str) -> BTreeSet<String> {
    let one = Regex::new(r"crate::((?:\w+::)*\w+)").unwrap();
    let many = Regex::new(r"crate::\{([^;]*)\}\s*;").unwrap();
    let mut found: BTreeSet<String> = one.captures_iter(code).map(|c| c[1].to_owned()).collect();
    for group in many.captures_iter(code) {
        let mut depth = 0;
        let mut name = String::new();
        for c in group[1].chars().chain([',']) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.insert(std::mem::take(&mut name));
                }
                c if depth == 0 && !c.is_whitespace() => name.push(c),
                _ => {}
            }
        }
    }
    found
}

#[test]
fn uses_are_found_in_every_form() {
    let code = "use crate::{cli, store::{self, Log}};\nlet x = crate::tui::view(y);";
    let found = uses(code);
    for wanted in ["cli", "store::", "tui::view"] {
        assert!(found.contains(wanted), "{wanted} in {found:?}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let silent = sources()
        .into_iter()
        .filter(|s| !s.text.starts_with("//! "))
        .map(|s| format!("{}: begins without `//!`", s.path));
    none(silent.collect());
}

#[test]
fn no_file_grows_too_long() {
    let long = sources().into_iter().filter_map(|s| {
        let lines = s.before_tests().lines().count();
        let longer = LONGER.iter().find(|(path, _)| *path == s.path);
        let limit = longer.map_or(LONGEST, |(_, lines)| *lines);
        (lines > limit).then(|| format!("{}: {lines} lines of at most {limit}", s.path))
    });
    none(long.collect());
}

#[test]
fn the_arrows_point_one_way() {
    let edges = ["store", "library", "deal", "config", "locale"];
    let faces = ["tui", "plain", "cli"];
    let outside = Regex::new(
        r"std::(fs|env|time|process|net)\b|std::\{[^;]*\b(fs|env|time|process|net)\b|\b(ratatui|crossterm|ratatui_textarea)::",
    )
    .unwrap();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let code = source.code();
        let room = source.room();
        let pure = PURE.contains(&room);
        let mut banned: Vec<&str> = Vec::new();
        if pure {
            banned.extend(edges.iter().chain(&faces));
            for found in outside.find_iter(&code) {
                wrong.push(format!("{}: {}", source.path, found.as_str()));
            }
        }
        match room {
            "reader" => banned.push("sim"),
            "tui" => banned.extend(["store", "library", "deal", "config"]),
            _ => {}
        }
        if !["cli", "main"].contains(&room) {
            banned.push("cli");
        }
        for used in uses(&code) {
            let head = used.split("::").next().unwrap();
            if banned.contains(&head) {
                wrong.push(format!("{}: crate::{used}", source.path));
            }
        }
    }
    none(wrong);
}

#[test]
fn nothing_is_unsafe_or_shared_behind_the_back() {
    let banned =
        Regex::new(r"static\s+mut\b|thread_local!|\bunsafe\s*(\{|fn|impl|extern)").unwrap();
    let mut wrong = Vec::new();
    for source in sources() {
        for found in banned.find_iter(&source.code()) {
            wrong.push(format!("{}: {}", source.path, found.as_str()));
        }
    }
    none(wrong);
}

/// Every key that is asked for has words, and all words are asked for by somebody.
#[test]
fn locale_keys_are_all_there_and_all_used() {
    let asked =
        Regex::new(r#"\b(?:tr|tr_with|tell|tell_with)\(\s*(?:[\w.*&()]+,\s*)?"([^"]+)""#).unwrap();
    let quoted = Regex::new(r#""([a-z_]+(?:\.[a-z0-9_]+)+)""#).unwrap();
    let known: BTreeSet<&str> = locale::keys().map(|(key, ..)| key).collect();
    let sources: Vec<Source> = sources().into_iter().filter(|s| !s.is_test()).collect();
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    let mut count = 0;
    for source in &sources {
        let code = source.code();
        for found in asked.captures_iter(&code) {
            count += 1;
            if !known.contains(&found[1]) {
                wrong.push(format!("{}: no words for {}", source.path, &found[1]));
            }
        }
        // A key may also wait in a table or a match; its first part tells it from a file name.
        let rooms: BTreeSet<&str> = known.iter().map(|k| k.split('.').next().unwrap()).collect();
        for found in quoted.captures_iter(&code) {
            let key = found.get(1).unwrap().as_str();
            if known.contains(key) {
                used.insert(key.to_owned());
            } else if rooms.contains(key.split('.').next().unwrap()) {
                wrong.push(format!("{}: no words for {key}", source.path));
            }
        }
    }
    assert!(
        count > 100,
        "only {count} keys seen: the pattern has gone stale"
    );
    for key in known {
        if !used.contains(key) {
            wrong.push(format!("assets/locale: nobody asks for {key}"));
        }
    }
    none(wrong);
}

/// A dependency that nobody can give a reason for is one too many, and one that nobody uses has none.
#[test]
fn every_dependency_says_why_and_is_used() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut code = String::new();
    for source in sources() {
        code.push_str(&source.code());
        code.push_str(&source.text);
    }
    let mut tests = code.clone();
    for folder in ["tests/it", "benches"] {
        for item in fs::read_dir(root().join(folder)).unwrap() {
            let path = item.unwrap().path();
            if path.is_file() {
                tests.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let line = Regex::new(r"^([\w-]+) = (.*)$").unwrap();
    let mut section = "";
    let mut before = "";
    let mut wrong = Vec::new();
    for text in manifest.lines() {
        if text.starts_with('[') {
            section = text;
        }
        if section.ends_with("dependencies]")
            && let Some(found) = line.captures(text)
        {
            let name = &found[1];
            if !before.starts_with("# ") && !found[2].contains(" # ") {
                wrong.push(format!("Cargo.toml: {name} does not say why"));
            }
            let path = Regex::new(&format!(r"\b{}(::|!|;)", name.replace('-', "_"))).unwrap();
            let searched = if section == "[dependencies]" {
                &code
            } else {
                &tests
            };
            if !path.is_match(searched) {
                wrong.push(format!("Cargo.toml: nobody uses {name}"));
            }
        }
        before = text;
    }
    none(wrong);
}
