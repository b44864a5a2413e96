//! `whybuy check`: what is wrong with scenario files; `whybuy explain`: what that means.

mod rewrite;
mod shown;

use std::path::PathBuf;

use crate::library;
use crate::locale::tr_with;
use crate::scenario::Case;
use crate::scenario::decode::decode;
use crate::scenario::explain::explain;
use crate::scenario::places::Places;
use crate::scenario::problem::{Code, Problem, Severity};
use crate::scenario::source;
use crate::text::Language;

/// No problem, or done.
pub(super) const CLEAN: u8 = 0;
/// Problems were found.
pub(super) const PROBLEMS: u8 = 1;
/// Used wrongly: a file that cannot be read, a code that does not exist.
pub(super) const USED_WRONGLY: u8 = 2;

/// What `whybuy check` can be asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The files, or names of scenarios in your folder.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The problems (with --prove the proofs) as JSON.
    #[arg(long)]
    pub json: bool,
    /// Plays and searches each case: winnable, and only the right way?
    #[arg(long, conflicts_with_all = ["stats", "fmt", "migrate"])]
    pub prove: bool,
    /// With --prove: writes the shortest winning run to this file; `whybuy author --run` walks through it.
    #[arg(long, value_name = "FILE", requires = "prove")]
    pub save_run: Option<PathBuf>,
    /// How many words each person has, and where one language is missing.
    #[arg(long, conflicts_with_all = ["json", "fmt", "migrate"])]
    stats: bool,
    /// Rewrites the files in the canonical layout; comments stay, the old file is kept as .bak.
    #[arg(long, conflicts_with_all = ["json", "migrate"])]
    fmt: bool,
    /// Rewrites files of an older format in the newest one; comments stay, the old file is kept as .bak.
    #[arg(long, conflicts_with = "json")]
    migrate: bool,
}

/// A file as far as it could be read.
pub(super) struct Checked {
    path: PathBuf,
    pub name: String,
    pub text: String,
    pub case: Option<Case>,
    pub problems: Vec<Problem>,
}

/// Checks every file and does with it what the options ask; the exit code.
pub(super) fn run(options: &Options, files: &[PathBuf], language: Language) -> anyhow::Result<u8> {
    let mut exit = CLEAN;
    let mut all = Vec::new();
    for path in files {
        let Some(file) = read(path, language) else {
            exit = exit.max(USED_WRONGLY);
            continue;
        };
        let done = if options.json {
            all.extend(shown::json(&file, language));
            verdict(&file)
        } else if options.fmt {
            rewrite::layout(&file, language)
        } else if options.migrate {
            rewrite::migrate(&file, language)
        } else {
            problems(&file, language);
            if let (true, Some(case)) = (options.stats, &file.case) {
                say_part!("{}", shown::stats(case, &file, language));
            }
            verdict(&file)
        };
        exit = exit.max(done);
    }
    if options.json {
        say!("{}", serde_json::to_string_pretty(&all)?);
    }
    Ok(exit)
}

/// Explains one code, or lists all; the exit code.
pub(super) fn explained(code: Option<&str>, language: Language) -> u8 {
    let Some(wanted) = code else {
        say_part!("{}", shown::codes(language));
        return CLEAN;
    };
    let Some(code) = Code::from_id(wanted) else {
        let ids: Vec<&str> = Code::ALL.iter().map(|c| c.id()).collect();
        let meant = crate::scenario::problem::meant(wanted, &ids);
        let slots = [("code", wanted), ("meant", &*meant)];
        eprintln!("{}", tr_with(language, "check.no_code", &slots));
        return USED_WRONGLY;
    };
    say_part!("{}", shown::explanation(code, explain(code), language));
    CLEAN
}

/// A file, read and decoded; `None`, and said why, where it cannot be opened.
pub(super) fn read(path: &std::path::Path, language: Language) -> Option<Checked> {
    let name = path.display().to_string();
    let bytes = match library::bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let slots = [("path", &*name), ("why", &error.to_string())];
            eprintln!("{}", tr_with(language, "cli.cannot_read", &slots));
            return None;
        }
    };
    let (text, (case, problems)) = match source::text(bytes) {
        Ok(text) => {
            let decoded = decode(&text);
            (text, decoded)
        }
        Err((shown, problem)) => (shown, (None, vec![problem])),
    };
    Some(Checked {
        path: path.to_owned(),
        name,
        text,
        case,
        problems,
    })
}

fn verdict(file: &Checked) -> u8 {
    if file.problems.is_empty() {
        CLEAN
    } else {
        PROBLEMS
    }
}

/// Prints every problem of a file, and how many there are.
fn problems(file: &Checked, language: Language) {
    let places = Places::new(&file.text);
    for problem in &file.problems {
        say!("{}", problem.render_at(&file.name, &places, language));
    }
    if let (Some(case), []) = (&file.case, &*file.problems) {
        let counts = [case.people.len(), case.facts.len(), case.moves.len()].map(|n| n.to_string());
        let slots = [
            ("path", &*file.name),
            ("people", &*counts[0]),
            ("facts", &*counts[1]),
            ("moves", &*counts[2]),
        ];
        say!("{}", tr_with(language, "cli.checked", &slots));
        return;
    }
    let of = |severity| {
        let found = file.problems.iter();
        found
            .filter(|p| p.code.severity() == severity)
            .count()
            .to_string()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let slots = [
        ("path", &*file.name),
        ("errors", &*errors),
        ("warnings", &*warnings),
        ("code", file.problems[0].code.id()),
    ];
    let key = match file.case {
        Some(_) => "check.found_playable",
        None => "check.found",
    };
    say!("{}", tr_with(language, key, &slots));
}
