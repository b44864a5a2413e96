//! `whybuy check --prove`: the bench on the command line.

mod json;
mod words;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use unicode_width::UnicodeWidthStr;

use super::check;
use crate::library;
use crate::locale::{tr, tr_with};
use crate::review::prove::{self, Budget, Continue, Progress, Proof, Target};
use crate::scenario::Case;
use crate::scenario::pack::Packs;
use crate::scenario::places::Places;
use crate::session::{Header, Mode};
use crate::sim::{Gauge, Model};
use crate::store::write_run;
use crate::text::{Language, harmless};
use words::{failure_words, law_key, passage_words, rate_name, share, target_words, verdict_words};

/// Lines of one kind printed before the rest is only counted.
const SHOWN: usize = 12;
/// Signs of the progress bar.
const BAR: usize = 24;
/// Exit code of a program that Ctrl-C has ended, as shells know it.
const STOPPED: i32 = 130;

/// Proves every file; the exit code: problems where one has any, or does not pass, or the bench was stopped.
pub(super) fn run(
    files: &[PathBuf],
    options: &check::Options,
    language: Language,
) -> anyhow::Result<u8> {
    let json = options.json;
    let (model, packs) = (Model::shipped(), Packs::shipped());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let stop = stop_by_key()?;
    let mut exit = check::CLEAN;
    let mut all = Vec::new();
    for path in files {
        let Some(file) = check::read(path, language) else {
            exit = exit.max(check::USED_WRONGLY);
            continue;
        };
        let places = Places::new(&file.text);
        for problem in &file.problems {
            eprintln!("{}", problem.render_at(&file.name, &places, language));
        }
        let Some(case) = file.case else {
            exit = exit.max(check::PROBLEMS);
            continue;
        };
        let mut progress = |now: Progress| {
            tell(now, language);
            if stop.load(Ordering::Relaxed) {
                Continue::No
            } else {
                Continue::Yes
            }
        };
        let proof = prove::prove(&case, &model, &packs, Budget::full(threads), &mut progress);
        clear();
        if !proof.failures().is_empty() || !file.problems.is_empty() {
            exit = exit.max(check::PROBLEMS);
        }
        if json {
            all.push(json::of(&case, &proof));
        } else {
            print(&case, &proof, language);
        }
        if let (Some(path), Some(winning)) = (&options.save_run, &proof.winning) {
            let header = Header {
                scenario: case.id.clone(),
                content: library::content_hash(&file.text),
                model: model.version,
                seed: winning.seed,
                language,
                mode: Mode::Free,
                exam: false,
                started: 0,
                past: Default::default(),
            };
            let run = write_run(&header, &winning.entries);
            if let Err(error) = std::fs::write(path, run) {
                let (path, why) = (path.display().to_string(), error.to_string());
                let slots = [("path", &*path), ("why", &*why)];
                eprintln!("{}", tr_with(language, "check.cannot_write", &slots));
                exit = exit.max(check::USED_WRONGLY);
            }
        }
        if !proof.complete {
            break;
        }
    }
    if json {
        say!("{:#}", serde_json::Value::Array(all));
    }
    Ok(exit)
}

/// Set by the first Ctrl-C: what is proven until then is still shown. The second one ends the program at once.
fn stop_by_key() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let pressed = stop.clone();
    ctrlc::set_handler(move || {
        if pressed.swap(true, Ordering::Relaxed) {
            std::process::exit(STOPPED);
        }
    })?;
    Ok(stop)
}

/// One line on standard error that is written over; nothing where that is no terminal.
fn tell(now: Progress, language: Language) {
    let mut out = std::io::stderr();
    if !out.is_terminal() {
        return;
    }
    let of = now.of.max(1);
    let percent = (now.done * 100 / of).to_string();
    let full = (now.done as usize * BAR).div_ceil(of as usize).min(BAR);
    let bar = format!("[{}{}]", "#".repeat(full), "-".repeat(BAR - full));
    let slots = [("bar", &*bar), ("percent", &*percent)];
    let words = tr_with(language, "prove.progress", &slots);
    // A progress line that cannot be shown is no reason to stop the proof.
    let _ = write!(out, "\r\u{1b}[K{words}");
    let _ = out.flush();
}

fn clear() {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        let _ = write!(out, "\r\u{1b}[K");
        let _ = out.flush();
    }
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
    if let Some(stuck) = &proof.stuck {
        say("prove.stuck", &[("seed", &stuck.seed.to_string())]);
        for id in stuck.state.everybody() {
            let gauges = [
                Gauge::Category,
                Gauge::Vendor,
                Gauge::Confidence,
                Gauge::Access,
            ];
            let stands =
                gauges.map(|g| format!("{} {}", g.name(language), stuck.state.gauge(id, g)));
            let who = harmless(case.person(id).call.get(language));
            say!("  {who}  {}", stands.join(" · "));
        }
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
