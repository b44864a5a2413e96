//! `whybuy check --prove`: the bench on the command line.

mod json;
mod words;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use crate::locale::{tr, tr_with};
use crate::review::prove::{self, Budget, Continue, Progress, Proof, Target};
use crate::scenario::Case;
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::sim::Model;
use crate::text::{Language, harmless};
use words::{failure_words, law_key, passage_words, rate_name, share, target_words, verdict_words};

/// Lines of one kind printed before the rest is only counted.
const SHOWN: usize = 12;

/// Proves every file; true where each is without problems and passes.
pub(super) fn run(files: &[PathBuf], json: bool, language: Language) -> anyhow::Result<bool> {
    let (model, packs) = (Model::shipped(), Packs::shipped());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut passed = true;
    for path in files {
        let Some(case) = load(path, language) else {
            passed = false;
            continue;
        };
        // Nothing is written, so Ctrl-C may simply end the process.
        let mut progress = |now: Progress| {
            tell(now, language);
            Continue::Yes
        };
        let proof = prove::prove(&case, &model, &packs, Budget::full(threads), &mut progress);
        passed &= proof.failures().is_empty();
        if json {
            say!("{}", json::of(&case, &proof));
        } else {
            print(&case, &proof, language);
        }
    }
    Ok(passed)
}

/// The case in a file; `None`, with everything that is wrong printed, where it cannot be proven.
fn load(path: &Path, language: Language) -> Option<Case> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(why) => {
            let slots = [("path", &*name), ("why", &*why.to_string())];
            eprintln!("{}", tr_with(language, "cli.cannot_read", &slots));
            return None;
        }
    };
    let (case, problems) = decode(&text);
    for problem in &problems {
        eprint!("{}", problem.render(&name, &text, language));
    }
    case
}

/// One line on standard error that is written over; nothing where that is no terminal.
fn tell(now: Progress, language: Language) {
    let mut out = std::io::stderr();
    if !out.is_terminal() {
        return;
    }
    let percent = (now.done * 100 / now.of.max(1)).to_string();
    let words = tr_with(language, "prove.progress", &[("percent", &percent)]);
    // A progress line that cannot be shown is no reason to stop the proof.
    let _ = if now.done >= now.of {
        write!(out, "\r\u{1b}[K")
    } else {
        write!(out, "\r\u{1b}[K{words}")
    };
    let _ = out.flush();
}

fn print(case: &Case, proof: &Proof, language: Language) {
    let say = |key, slots: &[(&str, &str)]| say!("{}", tr_with(language, key, slots));
    let title = harmless(case.title.get(language));
    say("prove.title", &[("title", &title), ("id", &case.id)]);
    say!("");
    players(proof, language);
    say!("");
    say("prove.laws", &[]);
    for (law, verdict) in &proof.laws {
        say!("  {}", tr(language, law_key(*law)));
        say!("    {}", verdict_words(case, verdict, language));
    }
    say!("");
    rescue(proof, language);
    if let Some(d) = proof.difficulty {
        let figures = [
            d.level.to_string(),
            d.points.to_string(),
            format!("{:.0}", d.turns),
            format!("{:.1}", d.weeks),
            d.hidden.to_string(),
            d.required.to_string(),
        ];
        let names = ["level", "points", "turns", "weeks", "hidden", "required"];
        let slots: Vec<(&str, &str)> = names
            .into_iter()
            .zip(figures.iter().map(String::as_str))
            .collect();
        say!("");
        say("prove.difficulty", &slots);
    }
    say!("");
    unseen(case, proof, language);
    if let Some(winning) = &proof.winning {
        let figures = [winning.seed, winning.turns.into(), winning.weeks.into()];
        let [seed, turns, weeks] = figures.map(|n: u64| n.to_string());
        say!("");
        let slots = [("seed", &*seed), ("turns", &*turns), ("weeks", &*weeks)];
        say("prove.winning", &slots);
        for passage in &winning.transcript {
            say!("  {}", passage_words(case, passage, language));
        }
    }
    say!("");
    let failures = proof.failures();
    if failures.is_empty() {
        say("prove.passed", &[]);
        return;
    }
    say("prove.failed", &[]);
    for failure in &failures {
        say!("  {}", failure_words(failure, language));
    }
}

fn players(proof: &Proof, language: Language) {
    let runs = proof.rates.first().map_or(0, |r| r.runs).to_string();
    say!("{}", tr_with(language, "prove.players", &[("runs", &runs)]));
    let heads = [
        "prove.col_player",
        "prove.col_won",
        "prove.col_turns",
        "prove.col_weeks",
        "prove.col_scores",
    ];
    row(&heads.map(|key| tr(language, key).to_owned()));
    for rate in &proof.rates {
        let scores = rate.scores.map_or(String::new(), |s| {
            s.map(|total| format!("{total:.2}")).join(" / ")
        });
        row(&[
            rate_name(rate, language).to_owned(),
            share(rate.won),
            format!("{:.0}", rate.turns),
            format!("{:.1}", rate.weeks),
            scores,
        ]);
    }
}

/// One row of the table. Widths are counted in cells: a Han character takes two.
fn row(cells: &[String; 5]) {
    let widths = [20, 8, 7, 7, 0];
    let mut line = String::from("  ");
    for (cell, width) in cells.iter().zip(widths) {
        line += cell;
        line += &" ".repeat(usize::saturating_sub(width, cell.width()));
    }
    say!("{}", line.trim_end());
}

fn rescue(proof: &Proof, language: Language) {
    let rescue = &proof.rescue;
    if rescue.runs == 0 {
        say!("{}", tr(language, "prove.rescue_none"));
        return;
    }
    let runs = rescue.runs.to_string();
    say!("{}", tr_with(language, "prove.rescue", &[("runs", &runs)]));
    let weeks: Vec<String> = rescue
        .by_week
        .iter()
        .enumerate()
        .map(|(i, &won)| {
            let slots = [("week", &*(i + 1).to_string()), ("won", &*share(won))];
            tr_with(language, "prove.rescue_week", &slots)
        })
        .collect();
    for line in weeks.chunks(6) {
        say!("  {}", line.join(" · "));
    }
    for example in &rescue.examples {
        let seed = example.seed.to_string();
        let words = match example.last {
            None => tr_with(language, "prove.rescue_never", &[("seed", &seed)]),
            Some(last) => tr_with(
                language,
                "prove.rescue_last",
                &[
                    ("seed", &seed),
                    ("inputs", &example.inputs.to_string()),
                    ("last", &last.to_string()),
                    ("week", &example.week.to_string()),
                ],
            ),
        };
        say!("  {words}");
    }
}

fn unseen(case: &Case, proof: &Proof, language: Language) {
    let never: Vec<&Target> = proof
        .reached
        .iter()
        .filter(|r| r.never())
        .map(|r| &r.target)
        .collect();
    if never.is_empty() {
        say!("{}", tr(language, "prove.unseen_none"));
        return;
    }
    say!("{}", tr(language, "prove.unseen"));
    for kind in 0..3 {
        let of_kind = |t: &&&Target| {
            kind == match t {
                Target::Line { .. } => 1,
                Target::Move { .. } => 2,
                _ => 0,
            }
        };
        let these: Vec<&&Target> = never.iter().filter(of_kind).collect();
        for target in these.iter().take(SHOWN) {
            let what = target_words(case, target, language);
            let runs = proof.runs.of(target).to_string();
            let slots = [("runs", &*runs), ("what", &*what)];
            say!("  {}", tr_with(language, "prove.unseen_line", &slots));
        }
        if these.len() > SHOWN {
            let n = (these.len() - SHOWN).to_string();
            say!("  {}", tr_with(language, "prove.unseen_more", &[("n", &n)]));
        }
    }
}
