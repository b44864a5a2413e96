//! Arguments and commands; the only printer.

/// Prints a line. Somebody who closes the pipe has seen enough: the program ends quietly instead of panicking.
macro_rules! say {
    ($($arg:tt)*) => {
        if std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($arg)*))).is_err() {
            std::process::exit(0);
        }
    };
}

/// The same without a line break.
macro_rules! say_part {
    ($($arg:tt)*) => {
        if std::io::Write::write_fmt(&mut std::io::stdout(), format_args!($($arg)*)).is_err() {
            std::process::exit(0);
        }
    };
}

mod archive;
mod author;
mod check;
mod class;
mod export;
mod play;
mod prove;
mod read;
mod review;
mod screen;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::{Parser, Subcommand};

use crate::config::{self, Settings};
use crate::library;
use crate::locale;
use crate::session::Mode;
use crate::store::Store;
use crate::text::Language;

/// Why buy at all, before why buy from us: a trainer for key-account selling.
#[derive(Debug, Parser)]
#[command(name = "whybuy", version, about)]
struct Arguments {
    /// Language of the interface and the talk: zh or en.
    #[arg(long, global = true, value_parser = language)]
    lang: Option<Language>,
    /// Where sessions, settings and your own scenarios are kept; also WHYBUY_DATA.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plays a deal; takes up an unfinished one where there is one and no seed is given.
    Play {
        /// The scenario, for example fit-out-hardware.
        scenario: Option<String>,
        /// The seed of all chance: the same seed and inputs give the same deal.
        #[arg(long)]
        seed: Option<u64>,
        /// Choose among four lines instead of typing.
        #[arg(long)]
        guided: bool,
        /// Line by line, without a screen; chosen by itself where there is no terminal.
        #[arg(long)]
        plain: bool,
        /// Without help.
        #[arg(long)]
        exam: bool,
    },
    /// Reviews a finished deal move by move: marks, better moves, example lines, turning points.
    Review {
        /// The deal, as `--list` names it; without it the newest finished one.
        session: Option<String>,
        /// Lists the deals that can be reviewed.
        #[arg(long)]
        list: bool,
        /// Line by line, without a screen; chosen by itself where there is no terminal.
        #[arg(long)]
        plain: bool,
        /// With every move what each person held and felt, and which rule moved what.
        #[arg(long)]
        xray: bool,
    },
    /// Shows how a line is read; without a line, reads standard input.
    Read {
        /// The line.
        line: Option<String>,
        /// JSON Lines in and out.
        #[arg(long)]
        json: bool,
        /// Compares with readings by people: the table of acts, micro and macro F1.
        #[arg(long, value_name = "GOLD")]
        eval: Option<PathBuf>,
        /// Trains the model on the corpus of this source folder and writes it there.
        #[arg(long, value_name = "FOLDER")]
        train: Option<PathBuf>,
        /// Further labelled lines to train on, for example a file of contests.
        #[arg(long, num_args = 1.., value_name = "FILE", requires = "train")]
        train_extra: Vec<PathBuf>,
        /// Compares methods and sizes of the corpus on lines not trained on.
        #[arg(long, value_name = "FOLDER")]
        compare: Option<PathBuf>,
    },
    /// Writes a scenario to begin with into your folder: a small case, or a copy of another.
    New(author::New),
    /// Opens a live preview of a scenario: its problems beside the talk, with every save.
    Author {
        /// The file, or the name of a scenario in your folder.
        file: PathBuf,
        /// The seed of all chance.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// A run to walk through: what `check --prove --save-run` wrote, or the log of a session.
        #[arg(long, value_name = "RUN", conflicts_with = "seed")]
        run: Option<PathBuf>,
    },
    /// A class: many trainees, one trainer.
    #[command(subcommand)]
    Class(class::Class),
    /// Prints the JSON Schema of scenarios, by which editors complete.
    Schema,
    /// Shows what is wrong with scenario files, all problems at once.
    Check(check::Options),
    /// Writes sessions out: a page to print, Markdown, a table, JSON.
    Export(export::Options),
    /// Explains a problem that check has found; without a code, lists all.
    Explain {
        /// The code, for example missing-comma.
        code: Option<String>,
    },
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "zh | en".to_owned())
}

/// Runs the command line: 0 done, 1 problems found, 2 used wrongly.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match command(&arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("whybuy: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &Arguments) -> anyhow::Result<u8> {
    let spoken = arguments.lang.unwrap_or_else(locale::of_environment);
    match &arguments.command {
        Some(Command::Read {
            train: Some(folder),
            train_extra,
            ..
        }) => read::train::train(folder, train_extra).map(|()| check::CLEAN),
        Some(Command::Read {
            compare: Some(folder),
            ..
        }) => read::train::compare(folder).map(|()| check::CLEAN),
        Some(Command::Read {
            eval: Some(gold), ..
        }) => read::eval::run(gold).map(|()| check::CLEAN),
        Some(Command::Read { line, json, .. }) => {
            read::run(line.as_deref(), *json, spoken).map(|()| check::CLEAN)
        }
        Some(Command::New(new)) => author::new(&places(arguments, spoken)?.data, new, spoken),
        Some(Command::Author { file, seed, run }) => {
            let file = found(arguments, file);
            author::preview(&file, *seed, run.as_deref(), spoken)
        }
        Some(Command::Class(class::Class::Room(room))) => {
            let asked = Asked {
                scenario: room.scenario.as_deref(),
                seed: room.seed,
                guided: true,
                room: Some(room.plan()),
                ..Asked::default()
            };
            open(arguments, spoken, asked).map(|()| check::CLEAN)
        }
        Some(Command::Class(asked)) => {
            let places = places(arguments, spoken)?;
            class::run(&places.data, asked, spoken).map(|()| check::CLEAN)
        }
        Some(Command::Schema) => {
            author::print_schema();
            Ok(check::CLEAN)
        }
        Some(Command::Check(options)) => {
            let files: Vec<PathBuf> = options.files.iter().map(|f| found(arguments, f)).collect();
            if options.prove {
                prove::run(&files, options, spoken)
            } else {
                check::run(options, &files, spoken)
            }
        }
        Some(Command::Export(options)) => {
            let Ground {
                language, store, ..
            } = ground(arguments, spoken)?;
            export::run(&store, options, language)
        }
        Some(Command::Explain { code }) => Ok(check::explained(code.as_deref(), spoken)),
        Some(Command::Play {
            scenario,
            seed,
            guided,
            plain,
            exam,
        }) => {
            let asked = Asked {
                scenario: scenario.as_deref(),
                seed: *seed,
                guided: *guided,
                plain: *plain,
                exam: *exam,
                room: None,
            };
            open(arguments, spoken, asked).map(|()| check::CLEAN)
        }
        Some(Command::Review {
            session,
            list,
            plain,
            xray,
        }) => {
            let asked = review::Asked {
                session: session.as_deref(),
                list: *list,
                plain: *plain || !play::at_terminal(),
                xray: *xray,
            };
            review_of(arguments, spoken, &asked).map(|()| check::CLEAN)
        }
        None => open(arguments, spoken, Asked::default()).map(|()| check::CLEAN),
    }
}

/// What was asked of `play`.
#[derive(Default)]
struct Asked<'a> {
    scenario: Option<&'a str>,
    seed: Option<u64>,
    guided: bool,
    plain: bool,
    exam: bool,
    room: Option<crate::class::room::Plan>,
}

/// The two folders, by flag, variable or platform.
fn places(arguments: &Arguments, spoken: Language) -> anyhow::Result<config::Places> {
    let env = std::env::var_os("WHYBUY_DATA");
    config::places(arguments.data.as_deref(), env).map_err(|e| anyhow!(e.message(spoken)))
}

/// A scenario's file, by path or by name.
fn found(arguments: &Arguments, file: &std::path::Path) -> PathBuf {
    let places = places(arguments, Language::Zh).ok();
    author::file(places.as_ref().map(|p| &*p.data), file)
}

/// What every command that keeps something starts with.
struct Ground {
    places: config::Places,
    settings: Settings,
    language: Language,
    store: Store,
}

fn ground(arguments: &Arguments, spoken: Language) -> anyhow::Result<Ground> {
    let places = places(arguments, spoken)?;
    let (settings, warning) = Settings::load(&places.config);
    let language = arguments
        .lang
        .or(settings.language)
        .unwrap_or_else(locale::of_environment);
    if let Some(warning) = warning {
        eprintln!("{}", warning.message(language));
    }
    let store = Store::open(&places.data).map_err(|e| anyhow!(e.message(language)))?;
    Ok(Ground {
        places,
        settings,
        language,
        store,
    })
}

fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn review_of(arguments: &Arguments, spoken: Language, asked: &review::Asked) -> anyhow::Result<()> {
    let Ground {
        places,
        settings,
        language,
        store,
    } = ground(arguments, spoken)?;
    if asked.list {
        review::list(&store, language);
        return Ok(());
    }
    let id = review::wanted(&store, asked.session, language)?;
    if asked.plain {
        return review::print(&store, &id, language, asked.xray);
    }
    let library = library::list(&places.data);
    let desk = screen::Desk::new(store, places.config, library, language, false);
    let mode = settings.mode.unwrap_or(Mode::Guided);
    play::reviewing(desk, &id, mode, colour())
}

fn open(arguments: &Arguments, spoken: Language, asked: Asked) -> anyhow::Result<()> {
    let Ground {
        places,
        settings,
        language,
        store,
    } = ground(arguments, spoken)?;
    let mode = if asked.guided {
        Mode::Guided
    } else {
        settings.mode.unwrap_or(Mode::Guided)
    };
    let library = library::list(&places.data);
    let beginner = settings.beginner.unwrap_or(false);
    if asked.room.is_some() && !play::at_terminal() {
        anyhow::bail!(locale::tr(language, "room.needs_terminal"));
    }
    if asked.plain || !play::at_terminal() {
        // Nobody chooses among lines in a pipe unless he says so.
        let mode = if asked.guided {
            Mode::Guided
        } else {
            Mode::Free
        };
        let wanted = play::Wanted {
            scenario: asked.scenario,
            seed: asked.seed,
            mode,
            beginner,
            exam: asked.exam,
            language,
        };
        return play::plain(&store, &library, &wanted);
    }
    let wanted = play::Wanted {
        scenario: asked.scenario,
        seed: asked.seed,
        mode,
        beginner,
        exam: asked.exam,
        language,
    };
    let desk = screen::Desk::new(store, places.config, library, language, asked.exam);
    play::screen(desk, &wanted, colour(), asked.room)
}
