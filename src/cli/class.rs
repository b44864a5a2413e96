//! `whybuy class`: a class in one room, or on every laptop.

use std::io::IsTerminal;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use tokio::net::TcpListener;

use crate::class::console::{Door, Trainer};
use crate::class::results::{Results, Shown};
use crate::class::roll::{self, Plan, Roll};
use crate::class::{Hub, room, server};
use crate::deal;
use crate::library;
use crate::locale::{tr, tr_with};
use crate::report;
use crate::score::Dimension;
use crate::text::{Language, harmless};
use crate::tui;

/// Where the report of a class lies that was ended at the console.
const REPORT: &str = "results.html";
/// Files a server needs beside those of its seats.
const SPARE_FILES: u64 = 64;

#[derive(Debug, Subcommand)]
pub(super) enum Class {
    /// Serves a class: trainees join with the ssh client they have; takes up one that was not closed.
    Serve(Serve),
    /// A class in one room, on one projector, without a network: votes, clock, roster, incidents, X-ray.
    Room(RoomOptions),
    /// Writes what a class has come to: a page to print, or a row for each turn. Seats are numbers unless --names is given.
    Report {
        /// The class by identifier or its beginning; without it, the newest.
        class: Option<String>,
        /// The form.
        #[arg(long = "as", value_name = "FORM", default_value = "html")]
        form: Form,
        /// Calls the seats by their names.
        #[arg(long)]
        names: bool,
        /// Shows totals, the best first.
        #[arg(long)]
        leaderboard: bool,
        /// Where to; without it, to standard output.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Keeps a level of a seat as the trainer sees it, beside the machine's.
    Level {
        /// The number of the seat.
        seat: u32,
        /// The dimension, for example objections.
        dimension: String,
        /// 1 to 4.
        #[arg(value_parser = clap::value_parser!(u8).range(1..=4))]
        level: u8,
        /// Why.
        reason: String,
        /// The class; without it, the newest.
        #[arg(long)]
        class: Option<String>,
    },
    /// Writes the observers' sheet, a page to print in both languages.
    Observers {
        /// Where to; without it, to standard output.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Lists the classes there are.
    List,
    /// Deletes a class with all names and lines.
    Delete {
        /// The class, its identifier whole.
        class: String,
    },
}

/// How a class can be written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// One page to read and print, both languages in it.
    Html,
    /// A row for each turn, for spreadsheets.
    Csv,
}

/// Does what is asked.
pub(super) fn run(data: &Path, asked: &Class, language: Language) -> anyhow::Result<()> {
    match asked {
        Class::Serve(serve) => self::serve(data, serve, language),
        // Opened like a deal of one's own, in cli.rs.
        Class::Room(_) => Ok(()),
        Class::Report {
            class,
            form,
            names,
            leaderboard,
            out,
        } => {
            let shown = Shown {
                names: *names,
                leaderboard: *leaderboard,
            };
            let id = find(data, class.as_deref(), language)?;
            let results = Results::read(data, &id, shown, language).map_err(|e| anyhow!(e))?;
            let text = match form {
                Form::Html => results.page(shown, language),
                Form::Csv => results.table(language),
            };
            write(out.as_deref(), &text, results.count(), language)
        }
        Class::Level {
            seat,
            dimension,
            level,
            reason,
            class,
        } => {
            let id = find(data, class.as_deref(), language)?;
            if Dimension::from_id(dimension).is_none() {
                let known: Vec<&str> = Dimension::ALL.iter().map(|d| d.id()).collect();
                bail!("{dimension}: {}", known.join(", "));
            }
            let mut roll = Roll::resume(data, &id).map_err(|e| anyhow!(e.message(language)))?;
            if !roll.book.seats.contains_key(seat) {
                let slots = [("seat", &*seat.to_string())];
                bail!(tr_with(language, "class.error.no_seat", &slots));
            }
            let line = roll::Line::Level {
                seat: *seat,
                dimension: dimension.clone(),
                level: *level,
                reason: harmless(reason),
            };
            roll.write(line).map_err(|e| anyhow!(e.message(language)))
        }
        Class::Observers { out } => write(
            out.as_deref(),
            &report::class::observers(language),
            1,
            language,
        ),
        Class::List => {
            for (id, book) in roll::all(data) {
                let state = if book.closed {
                    "class.closed"
                } else {
                    "class.open"
                };
                say!("{id}  {}  {}", book.seats.len(), tr(language, state));
            }
            Ok(())
        }
        Class::Delete { class } => {
            roll::delete(data, class).map_err(|e| anyhow!(e.message(language)))?;
            say!("{}", tr(language, "class.deleted"));
            Ok(())
        }
    }
}

fn write(out: Option<&Path>, text: &str, count: usize, language: Language) -> anyhow::Result<()> {
    let Some(path) = out else {
        say_part!("{text}");
        return Ok(());
    };
    std::fs::write(path, text).with_context(|| path.display().to_string())?;
    let slots = [
        ("path", &*harmless(&path.display().to_string())),
        ("count", &*count.to_string()),
    ];
    eprintln!("{}", tr_with(language, "export.wrote", &slots));
    Ok(())
}

/// The class a word means: the beginning of its identifier; the newest without one.
fn find(data: &Path, word: Option<&str>, language: Language) -> anyhow::Result<String> {
    let all = roll::all(data);
    let mut fits = all
        .iter()
        .filter(|(id, _)| word.is_none_or(|w| id.starts_with(w)));
    match (fits.next(), word.and(fits.next())) {
        (Some((id, _)), None) => Ok(id.clone()),
        (found, _) => {
            let key = if found.is_some() {
                "class.error.ambiguous"
            } else {
                "class.error.none"
            };
            bail!("{}", tr(language, key))
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct RoomOptions {
    /// The scenario; goes on with an unfinished deal where no seed is given.
    pub scenario: Option<String>,
    /// The seed of all chance.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Names in the order of taking the chair, with commas between.
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    roster: Vec<String>,
    /// The chair goes round after so many lines; without it, after each visit.
    #[arg(long, value_name = "LINES", value_parser = clap::value_parser!(u16).range(1..))]
    every: Option<u16>,
    /// Minutes in the chair before the clock says so.
    #[arg(long)]
    minutes: Option<u64>,
}

impl RoomOptions {
    /// Who plays, and for how long.
    pub fn plan(&self) -> room::Plan {
        let names = self.roster.iter().map(|name| harmless(name.trim()));
        room::Plan {
            roster: names.filter(|name| !name.is_empty()).collect(),
            every: self.every,
            minutes: self.minutes,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The scenario everybody plays.
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<String>,
    /// The same client for everybody; without it each seat meets one of its own.
    #[arg(long)]
    seed: Option<u64>,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 2222)]
    port: u16,
    /// The address to listen on.
    #[arg(long, default_value = "0.0.0.0")]
    bind: IpAddr,
    /// Without help.
    #[arg(long)]
    exam: bool,
    /// Trainees type from the start instead of choosing among lines.
    #[arg(long)]
    typed: bool,
    /// The most seats.
    #[arg(long, default_value_t = 60)]
    seats: usize,
    /// Begins a new class even where one was not closed.
    #[arg(long)]
    new: bool,
}

/// Runs a class until the trainer ends it; where nobody sits at a terminal, until the process is told to end.
fn serve(data: &Path, asked: &Serve, language: Language) -> anyhow::Result<()> {
    let roll = class(data, asked, language)?;
    let library = library::list(data);
    let entry = deal::find(&library, &roll.book.plan.scenario, language).map_err(|e| anyhow!(e))?;
    let again = !roll.book.seats.is_empty();
    let hub = Hub::new(roll, entry.clone(), asked.seats).ok_or_else(|| {
        anyhow!(tr_with(
            language,
            "cli.broken_scenario",
            &[("id", &entry.id)]
        ))
    })?;
    let hub = Arc::new(hub);
    let key_file = roll::folder(data).join("host_key");
    let key = server::host_key(&key_file).map_err(|e| {
        let slots = [
            ("path", &*key_file.display().to_string()),
            ("why", &*e.to_string()),
        ];
        anyhow!(tr_with(language, "class.error.host_key", &slots))
    })?;
    make_room(asked.seats);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let address = SocketAddr::new(asked.bind, asked.port);
    let listener = runtime.block_on(TcpListener::bind(address)).map_err(|e| {
        let slots = [("address", &*address.to_string()), ("why", &*e.to_string())];
        anyhow!(tr_with(language, "class.error.listen", &slots))
    })?;
    let port = listener.local_addr()?.port();
    let door = Door {
        addresses: vec![dictated(asked.bind, port)],
        fingerprint: server::fingerprint(&key),
    };
    runtime.spawn(server::serve(hub.clone(), listener, key));
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let trainer = Trainer::new(hub.clone(), language, door, colour);
        tui::run(trainer, |_| Vec::new())?;
    } else {
        say!(
            "{}",
            tr(
                language,
                if again {
                    "class.serving_again"
                } else {
                    "class.serving"
                }
            )
        );
        say!("{}", door.fingerprint);
        for address in &door.addresses {
            say!("ssh {address}");
        }
        say!("{}{}", tr(language, "class.code"), hub.code());
        let (done, ended) = std::sync::mpsc::channel();
        ctrlc::set_handler(move || {
            let _ = done.send(());
        })?;
        let _ = ended.recv();
    }
    // A moment for the last words to reach everybody.
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    if hub.is_closed() {
        let shown = Shown::default();
        let path = roll::folder(data).join(hub.id()).join(REPORT);
        let results = Results::read(data, &hub.id(), shown, language).map_err(|e| anyhow!(e))?;
        write(
            Some(&path),
            &results.page(shown, language),
            results.count(),
            language,
        )?;
    }
    Ok(())
}

/// The class that was not closed, where it is the one asked for; else a new one.
fn class(data: &Path, asked: &Serve, language: Language) -> anyhow::Result<Roll> {
    let fits = |plan: &Plan| {
        asked.scenario.as_ref().is_none_or(|s| *s == plan.scenario)
            && asked.seed.is_none_or(|s| plan.seed == Some(s))
            && asked.exam <= plan.exam
    };
    let open = if asked.new {
        None
    } else {
        roll::unfinished(data)
    };
    if let Some((id, _)) = open.filter(|(_, plan)| fits(plan)) {
        return Roll::resume(data, &id).map_err(|e| anyhow!(e.message(language)));
    }
    let plan = Plan {
        scenario: asked
            .scenario
            .clone()
            .unwrap_or_else(|| "fit-out-hardware".to_owned()),
        seed: asked.seed,
        exam: asked.exam,
        guided: !asked.typed,
        language: language.code().to_owned(),
    };
    // Looked up before anything is written: a class on a misspelt scenario would be taken up for ever.
    deal::find(&library::list(data), &plan.scenario, language).map_err(|e| anyhow!(e))?;
    Roll::begin(data, plan, deal::now()).map_err(|e| anyhow!(e.message(language)))
}

/// What a trainee types after `ssh `.
fn dictated(bind: IpAddr, port: u16) -> String {
    let host = if bind.is_unspecified() {
        own_address().unwrap_or(bind)
    } else {
        bind
    };
    if port == 22 {
        format!("NAME@{host}")
    } else {
        format!("-p {port} NAME@{host}")
    }
}

/// The address of this machine on its network. Nothing is sent: a datagram socket only looks up the way.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_unspecified())
}

/// Each seat takes a connection and a log: many systems let a process open no more than a thousand.
fn make_room(seats: usize) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let needed = seats as u64 * 2 + SPARE_FILES;
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current.is_some_and(|now| now < needed) {
            limit.current = Some(limit.maximum.map_or(needed, |most| most.min(needed)));
            // Where it is refused, the seats that fit are served.
            let _ = setrlimit(Resource::Nofile, limit);
        }
    }
    #[cfg(not(unix))]
    let _ = (seats, SPARE_FILES);
}
