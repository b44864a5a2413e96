//! `whybuy check`: what is wrong with scenario files.

use std::path::PathBuf;

use crate::locale::tr_with;
use crate::scenario::decode::decode;
use crate::text::Language;

/// Prints every problem of every file; true where there is none.
pub(super) fn run(files: &[PathBuf], language: Language) -> anyhow::Result<bool> {
    let mut clean = true;
    for path in files {
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!(
                    "{}",
                    tr_with(
                        language,
                        "cli.cannot_read",
                        &[("path", &name), ("why", &error.to_string())]
                    )
                );
                clean = false;
                continue;
            }
        };
        let (case, problems) = decode(&text);
        for problem in &problems {
            print!("{}", problem.render(&name, &text, language));
        }
        clean &= problems.is_empty();
        if let (Some(case), true) = (case, problems.is_empty()) {
            let counts =
                [case.people.len(), case.facts.len(), case.moves.len()].map(|n| n.to_string());
            let slots = [
                ("path", &*name),
                ("people", &*counts[0]),
                ("facts", &*counts[1]),
                ("moves", &*counts[2]),
            ];
            println!("{}", tr_with(language, "cli.checked", &slots));
        }
    }
    Ok(clean)
}
