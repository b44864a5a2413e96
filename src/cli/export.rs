//! `whybuy export`: sessions of the store, written out for others.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::ValueEnum;
use jiff::tz::TimeZone;

use super::check::CLEAN;
use crate::deal;
use crate::locale::{tr, tr_with};
use crate::report::xapi::Source;
use crate::report::{self, Deal};
use crate::scenario::pack::Packs;
use crate::score::{self, Report};
use crate::session::Session;
use crate::store::{Store, Summary};
use crate::text::{Language, harmless};

/// Exit code where the command is used wrongly.
const MISUSED: u8 = 2;

/// How sessions can be written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// One page to read and print, both languages in it.
    Html,
    /// Markdown.
    Md,
    /// A row for each turn, for spreadsheets.
    Csv,
    /// Everything, for programs.
    Json,
    /// Statements for a learning record store; of deals that are over.
    Xapi,
}

/// What `export` is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Sessions by identifier or its beginning; `last` is the newest. Without any, lists what there is.
    #[arg(value_name = "SESSION")]
    pub sessions: Vec<String>,
    /// The form.
    #[arg(long = "as", value_name = "FORM", default_value = "html")]
    pub form: Form,
    /// Every session there is.
    #[arg(long, conflicts_with = "sessions")]
    pub all: bool,
    /// With xapi: whose records these are, a name the store knows; else this home's own.
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// With xapi: the class or course they belong to.
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// With xapi: where identifiers begin.
    #[arg(long, value_name = "IRI", default_value = report::xapi::BASE)]
    pub base: String,
    /// Where to; without it, to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// A session as it came from the store, with its report.
struct Kept {
    id: String,
    name: String,
    session: Session,
    report: Report,
    at: Vec<Option<u64>>,
}

/// Writes the sessions out.
pub(super) fn run(store: &Store, options: &Options, language: Language) -> anyhow::Result<u8> {
    let known = store.sessions();
    if options.sessions.is_empty() && !options.all {
        eprintln!(
            "{}",
            tr(
                language,
                if known.is_empty() {
                    "export.no_sessions"
                } else {
                    "export.none"
                }
            )
        );
        for summary in &known {
            eprintln!("  {}", harmless(&summary.id));
        }
        return Ok(MISUSED);
    }
    let ids: Vec<String> = if options.all {
        known.iter().map(|s| s.id.clone()).collect()
    } else {
        let found = options
            .sessions
            .iter()
            .map(|word| find(&known, word, language));
        found.collect::<anyhow::Result<_>>()?
    };
    let packs = Arc::new(Packs::shipped());
    let kept = ids.into_iter().map(|id| load(store, id, &packs, language));
    let kept: Vec<Kept> = kept.collect::<anyhow::Result<_>>()?;
    let deals: Vec<Deal> = kept
        .iter()
        .map(|kept| Deal {
            id: &kept.id,
            name: &kept.name,
            session: &kept.session,
            report: &kept.report,
            at: &kept.at,
        })
        .collect();
    let zone = TimeZone::system();
    let text = match options.form {
        Form::Html => report::html::page(&deals, language, &zone),
        Form::Md => report::markdown::document(&deals, language, &zone),
        Form::Csv => report::csv::table(&deals, language, &zone),
        Form::Json => report::json::document(&deals),
        Form::Xapi => {
            for deal in deals.iter().filter(|deal| deal.report.outcome.is_none()) {
                let id = harmless(deal.id);
                eprintln!("{}", tr_with(language, "export.not_over", &[("id", &id)]));
            }
            report::xapi::statements(&deals, &source(store, options, language)?)
        }
    };
    match &options.out {
        Some(path) => write(path, &text, deals.len(), language)?,
        None => {
            if std::io::stdout().write_all(text.as_bytes()).is_err() {
                return Ok(CLEAN);
            }
        }
    }
    Ok(CLEAN)
}

fn source(store: &Store, options: &Options, language: Language) -> anyhow::Result<Source> {
    // A person must not be named by what reaches him: the standard's accounts are for that.
    if options
        .actor
        .as_ref()
        .is_some_and(|name| name.contains('@'))
    {
        return Err(anyhow!(tr(language, "export.no_mail").to_owned()));
    }
    Ok(Source {
        base: options.base.trim_end_matches('/').to_owned(),
        home: store.home().map_err(|e| anyhow!(e.message(language)))?,
        actor: options.actor.clone(),
        group: options.group.clone(),
    })
}

fn write(path: &Path, text: &str, count: usize, language: Language) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| path.display().to_string())?;
    let slots = [
        ("path", &*harmless(&path.display().to_string())),
        ("count", &*count.to_string()),
    ];
    eprintln!("{}", tr_with(language, "export.wrote", &slots));
    Ok(())
}

/// The session a word means: its whole identifier, the beginning of just one, or `last`.
fn find(known: &[Summary], word: &str, language: Language) -> anyhow::Result<String> {
    let fits: Vec<&str> = match word {
        "last" => known.iter().take(1).map(|s| s.id.as_str()).collect(),
        word => {
            let ids = known.iter().map(|s| s.id.as_str());
            let exact: Vec<&str> = ids.clone().filter(|id| *id == word).collect();
            if exact.is_empty() {
                ids.filter(|id| id.starts_with(word)).collect()
            } else {
                exact
            }
        }
    };
    match fits.as_slice() {
        [one] => Ok((*one).to_owned()),
        // The store says what is missing, and where it looked.
        [] => Ok(word.to_owned()),
        several => Err(anyhow!(tr_with(
            language,
            "export.ambiguous",
            &[("id", &harmless(word)), ("ids", &several.join(", "))]
        ))),
    }
}

fn load(store: &Store, id: String, packs: &Arc<Packs>, language: Language) -> anyhow::Result<Kept> {
    let loaded = store.load(&id).map_err(|e| anyhow!(e.message(language)))?;
    if let Some(aside) = &loaded.set_aside {
        eprintln!("{}", aside.message(language));
    }
    let at = loaded.at.clone();
    let session = deal::replay(loaded, language, packs.clone()).map_err(|e| anyhow!(e))?;
    let report = score::report(&session);
    let name = store.name(&id);
    Ok(Kept {
        id,
        name,
        session,
        report,
        at,
    })
}
