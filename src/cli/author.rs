//! What an author begins with and works in: `whybuy new`, `whybuy schema`, `whybuy author`.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::anyhow;

use super::check;
use crate::deal::{self, MODEL};
use crate::library;
use crate::locale::{tr, tr_with};
use crate::scenario::decode::decode;
use crate::scenario::pack::Packs;
use crate::scenario::{Role, scaffold, schema, source};
use crate::score;
use crate::session::{Entry, Mode};
use crate::sim::Model;
use crate::store::read_run;
use crate::text::Language;
use crate::tui::author::Start;
use crate::tui::{self, Author, Draft, Effect, Msg, Setup};

/// What `whybuy new` can be asked for.
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The new scenario's name: letters, digits, - and _.
    name: String,
    /// Begin with a copy of this scenario, in one language.
    #[arg(long, value_name = "SCENARIO")]
    from: Option<String>,
    /// Begin with a small case whose first person has this role.
    #[arg(long, value_parser = role, conflicts_with = "from")]
    role: Option<Role>,
}

fn role(id: &str) -> Result<Role, String> {
    let ids: Vec<&str> = Role::ALL.iter().map(|r| r.id()).collect();
    Role::from_id(id).ok_or_else(|| ids.join(" | "))
}

/// Writes a new scenario into the user's folder, with the schema beside it; the exit code.
pub(super) fn new(data: &Path, new: &New, language: Language) -> anyhow::Result<u8> {
    let name = &*new.name;
    let refuse = |key: &'static str, slots: &[(&str, &str)]| {
        eprintln!("{}", tr_with(language, key, slots));
        Ok(check::USED_WRONGLY)
    };
    if !scaffold::is_name(name) {
        return refuse("new.bad_name", &[("name", name)]);
    }
    let library = library::list(data);
    if library.iter().any(|e| e.id == name) {
        return refuse("new.taken", &[("name", name)]);
    }
    let text = match &new.from {
        None => scaffold::template(name, new.role.unwrap_or(Role::ProcurementManager), language),
        Some(from) => {
            let entry = deal::find(&library, from, language).map_err(|e| anyhow!(e))?;
            let copy = scaffold::copy(&entry.text, name, language);
            copy.ok_or_else(|| anyhow!(tr_with(language, "cli.broken_scenario", &[("id", from)])))?
        }
    };
    let path = library::folder(data).join(format!("{name}.json"));
    let written =
        write_new(&path, &text).and_then(|()| fs::write(schema_path(data), schema_text()));
    if let Err(error) = written {
        let key = match error.kind() {
            ErrorKind::AlreadyExists => "new.taken",
            _ => "check.cannot_write",
        };
        let slots = [
            ("path", &*path.display().to_string()),
            ("why", &*error.to_string()),
            ("name", name),
        ];
        return refuse(key, &slots);
    }
    let slots = [("path", &*path.display().to_string()), ("name", name)];
    say!("{}", tr_with(language, "new.done", &slots));
    Ok(check::CLEAN)
}

/// Never over a file that is there.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Where the schema lies that a new scenario names: beside the folder of scenarios, so that it is not taken for one.
fn schema_path(data: &Path) -> PathBuf {
    data.join("scenario.schema.json")
}

fn schema_text() -> String {
    format!("{:#}\n", schema::schema())
}

/// Prints the schema.
pub(super) fn print_schema() {
    say_part!("{}", schema_text());
}

/// A file as the author names it: a path, or the name of a scenario in his folder.
pub(super) fn file(data: Option<&Path>, named: &Path) -> PathBuf {
    if named.exists() {
        return named.to_owned();
    }
    let own = data.map(|data| library::folder(data).join(named));
    let found = own.and_then(|own| {
        let endings = ["json", "jsonc"].into_iter();
        endings
            .map(|e| own.with_added_extension(e))
            .find(|p| p.exists())
    });
    found.unwrap_or_else(|| named.to_owned())
}

/// Opens the live preview of a file; the exit code.
pub(super) fn preview(
    path: &Path,
    seed: u64,
    run: Option<&Path>,
    language: Language,
) -> anyhow::Result<u8> {
    let name = path.display().to_string();
    if let Err(error) = fs::metadata(path) {
        let slots = [("path", &*name), ("why", &*error.to_string())];
        eprintln!("{}", tr_with(language, "cli.cannot_read", &slots));
        return Ok(check::USED_WRONGLY);
    }
    if !super::play::at_terminal() {
        eprintln!("{}", tr(language, "author.no_terminal"));
        return Ok(check::USED_WRONGLY);
    }
    let (seed, run) = match run.map(|run| read_run_at(run, language)) {
        None => (seed, Vec::new()),
        Some(Ok(run)) => run,
        Some(Err(words)) => {
            eprintln!("{words}");
            return Ok(check::USED_WRONGLY);
        }
    };
    let short = path.file_name().map(|n| n.to_string_lossy().into_owned());
    let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let face = Author::new(Start {
        setup: Setup {
            settings: tui::Settings {
                language,
                mode: Mode::Guided,
                beginner: false,
            },
            cases: Vec::new(),
            sessions: Vec::new(),
            due: (0, 0),
            reader: Arc::default(),
            report: score::report,
            seed: Some(seed),
            colour,
        },
        name: short.unwrap_or(name),
        packs: Arc::new(Packs::shipped()),
        model: Arc::new(Model::parse(MODEL)?),
        seed,
        run,
    });
    let mut watch = Watch {
        path: path.to_owned(),
        stamp: None,
        settled: false,
        hash: None,
        language,
    };
    tui::run(face, |effect| match effect {
        Effect::Look => watch.look().into_iter().collect(),
        Effect::SaveSettings(settings) => {
            watch.language = settings.language;
            Vec::new()
        }
        _ => Vec::new(),
    })?;
    Ok(check::CLEAN)
}

/// The seed and the entries of a run; else what is wrong with its file.
fn read_run_at(path: &Path, language: Language) -> Result<(u64, Vec<Entry>), String> {
    let name = path.display().to_string();
    let text = library::bytes(path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .map_err(|e| {
            tr_with(
                language,
                "cli.cannot_read",
                &[("path", &name), ("why", &e.to_string())],
            )
        })?;
    let (header, entries) = read_run(&text).map_err(|line| {
        let line = line.to_string();
        tr_with(
            language,
            "author.no_run",
            &[("path", &name), ("line", &line)],
        )
    })?;
    Ok((header.seed, entries))
}

/// Looks at a path again and again. The path and not the file: editors save by renaming a new file onto the old one.
struct Watch {
    path: PathBuf,
    stamp: Option<(u64, SystemTime)>,
    /// It was read once more after the last change: a save may be seen when only half of it is written.
    settled: bool,
    hash: Option<String>,
    language: Language,
}

impl Watch {
    fn look(&mut self) -> Option<Msg> {
        let stamp = fs::metadata(&self.path)
            .and_then(|m| Ok((m.len(), m.modified()?)))
            .ok();
        if stamp == self.stamp && self.settled {
            return None;
        }
        self.settled = stamp == self.stamp;
        self.stamp = stamp;
        let draft = self.read();
        let hash = match &draft.unreadable {
            Some(why) => why.clone(),
            None => library::content_hash(&draft.text),
        };
        if self.hash.as_ref() == Some(&hash) {
            return None;
        }
        // Between taking the old file away and bringing the new one there is none; only a second look is believed.
        if draft.unreadable.is_some() && self.hash.is_some() && !self.settled {
            return None;
        }
        self.hash = Some(hash);
        Some(Msg::File(Box::new(draft)))
    }

    fn read(&self) -> Draft {
        let bytes = match library::bytes(&self.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let path = self.path.display().to_string();
                let slots = [("path", &*path), ("why", &*error.to_string())];
                return Draft {
                    unreadable: Some(tr_with(self.language, "cli.cannot_read", &slots)),
                    ..Draft::default()
                };
            }
        };
        match source::text(bytes) {
            Ok(text) => {
                let (case, problems) = decode(&text);
                Draft {
                    text,
                    case: case.map(Arc::new),
                    problems,
                    unreadable: None,
                }
            }
            Err((text, problem)) => Draft {
                text,
                problems: vec![problem],
                ..Draft::default()
            },
        }
    }
}
