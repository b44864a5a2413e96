//! Arguments and commands; the only printer.

mod check;
pub(crate) mod read;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::locale;
use crate::text::Language;

/// Why buy at all, before why buy from us: a trainer for key-account selling.
#[derive(Debug, Parser)]
#[command(name = "whybuy", version, about)]
struct Arguments {
    /// Language of the interface and the talk: zh or en.
    #[arg(long, global = true, value_parser = language)]
    lang: Option<Language>,
    /// Where sessions, settings and your own scenarios are kept.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows how a line is read; without a line, reads standard input.
    Read {
        /// The line.
        line: Option<String>,
        /// JSON Lines in and out.
        #[arg(long)]
        json: bool,
    },
    /// Shows what is wrong with scenario files, all problems at once.
    Check {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "zh | en".to_owned())
}

/// Runs the command line: 0 done, 1 problems found, 2 used wrongly.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let language = arguments.lang.unwrap_or_else(locale::of_environment);
    let done = match &arguments.command {
        Some(Command::Read { line, json }) => read::run(line.as_deref(), *json, language).map(|()| true),
        Some(Command::Check { files }) => check::run(files, language),
        None => Ok(true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("whybuy: {error:#}");
            ExitCode::FAILURE
        }
    }
}
