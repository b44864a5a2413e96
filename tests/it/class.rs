//! A served class, over real connections: join, play, freeze, inject, message, drop, resume, remove, close; and what a
//! hostile guest tries.

use std::io::{BufRead, BufReader};
use std::num::NonZero;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use portable_pty::CommandBuilder;
use russh::client::{self, AuthResult, KeyboardInteractiveAuthResponse as Asked};
use russh::keys::PublicKeyOrCertificate;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::time::{Instant, sleep, timeout};
use whybuy::class::results::{Results, Shown};
use whybuy::class::roll::{self, Book, Plan, Roll};
use whybuy::class::{Hub, server};
use whybuy::deal;
use whybuy::library;
use whybuy::sim::Incident;
use whybuy::store::Store;
use whybuy::text::Language;

use crate::pty::{Pty, Scratch};

/// Other helpers of a build machine may be busy: what is waited for comes within this, or never.
const PATIENCE: Duration = Duration::from_secs(60);

/// A class being served on this machine, by a runtime that can be torn away.
struct Class {
    hub: Arc<Hub>,
    port: u16,
    server: Option<Runtime>,
    data: Option<Scratch>,
}

impl Drop for Class {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.shutdown_background();
        }
    }
}

fn plan(language: &str) -> Plan {
    Plan {
        scenario: "bottle-of-water".to_owned(),
        seed: Some(7),
        exam: false,
        guided: true,
        language: language.to_owned(),
    }
}

fn serve(data: Scratch, roll: Roll) -> Class {
    let entries = library::list(data.path());
    let entry = entries.iter().find(|e| e.id == roll.book.plan.scenario);
    let hub = Arc::new(Hub::new(roll, entry.unwrap().clone(), 40).unwrap());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let key = server::host_key(&data.path().join("classes/host_key")).unwrap();
    let server = Runtime::new().unwrap();
    let of_server = hub.clone();
    server.spawn(async move {
        let listener = TcpListener::from_std(listener).unwrap();
        server::serve(of_server, listener, key).await;
    });
    Class {
        hub,
        port,
        server: Some(server),
        data: Some(data),
    }
}

fn class(language: &str) -> Class {
    let data = Scratch::new("class");
    let roll = Roll::begin(data.path(), plan(language), deal::now()).unwrap();
    serve(data, roll)
}

impl Class {
    async fn knock(&self, user: &str, answers: &[&str]) -> Option<client::Handle<Trusting>> {
        knock(self.port, user, answers).await
    }

    async fn join(&self, name: &str) -> Laptop {
        let code = self.hub.code();
        let handle = self
            .knock(name, &["", &code])
            .await
            .unwrap_or_else(|| panic!("{name} cannot join"));
        Laptop::open(handle, 80, 24).await
    }

    async fn come_back(&self, name: &str) -> Laptop {
        let board = self.hub.board();
        let back = board
            .rows
            .iter()
            .find(|r| r.seat.name == name)
            .unwrap()
            .seat
            .code
            .clone();
        let handle = self.knock(name, &["", &board.code, &back]).await;
        Laptop::open(
            handle.unwrap_or_else(|| panic!("{name} cannot come back")),
            80,
            24,
        )
        .await
    }

    fn seat(&self, name: &str) -> u32 {
        let rows = self.hub.board().rows;
        rows.iter()
            .find(|r| r.seat.name == name)
            .unwrap()
            .seat
            .number
    }

    /// Everything a seat has on disk.
    fn entries(&self, name: &str) -> usize {
        let store = self.hub.seat_store(self.seat(name)).unwrap();
        store.sessions().iter().map(|s| s.entries).sum()
    }
}

/// Connects and answers the questions; what came of it.
async fn knock(port: u16, user: &str, answers: &[&str]) -> Option<client::Handle<Trusting>> {
    let config = Arc::new(client::Config::default());
    let mut handle = client::connect(config, ("127.0.0.1", port), Trusting)
        .await
        .ok()?;
    let mut told = handle
        .authenticate_keyboard_interactive_start(user, None)
        .await
        .ok()?;
    let mut answers = answers.iter().map(|a| (*a).to_owned());
    loop {
        told = match told {
            Asked::Success => return Some(handle),
            Asked::Failure { .. } => return None,
            Asked::InfoRequest { prompts, .. } => {
                let given: Vec<String> = answers.by_ref().take(prompts.len()).collect();
                if given.len() < prompts.len() {
                    return None;
                }
                handle
                    .authenticate_keyboard_interactive_respond(given)
                    .await
                    .ok()?
            }
        };
    }
}

struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(
        &mut self,
        _key: &PublicKeyOrCertificate,
    ) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

fn cells(count: u32) -> NonZero<u16> {
    NonZero::new(count.clamp(1, 200) as u16).unwrap()
}

/// A trainee's machine: an SSH client with a screen.
struct Laptop {
    handle: client::Handle<Trusting>,
    read: ChannelReadHalf,
    write: ChannelWriteHalf<client::Msg>,
    screen: vt100::Parser,
    gone: bool,
}

impl Laptop {
    async fn open(handle: client::Handle<Trusting>, columns: u32, rows: u32) -> Laptop {
        let channel = handle.channel_open_session().await.unwrap();
        channel
            .request_pty(true, "xterm-256color", columns, rows, 0, 0, &[])
            .await
            .unwrap();
        channel.request_shell(true).await.unwrap();
        let (read, write) = channel.split();
        Laptop {
            handle,
            read,
            write,
            screen: vt100::Parser::new(cells(rows), cells(columns), 0),
            gone: false,
        }
    }

    /// Reads until the screen satisfies; panics with the screen where it never does.
    #[track_caller]
    fn until<'a>(
        &'a mut self,
        what: &'a str,
        wanted: impl Fn(&str) -> bool + 'a,
    ) -> impl Future<Output = ()> + 'a {
        let place = std::panic::Location::caller();
        async move {
            let end = Instant::now() + PATIENCE;
            while !wanted(&self.text()) {
                let left = end.saturating_duration_since(Instant::now());
                let message = timeout(left, self.read.wait()).await;
                match message {
                    Ok(Some(ChannelMsg::Data { data })) => self.screen.process(&data),
                    Ok(Some(ChannelMsg::Close)) | Ok(None) => {
                        self.gone = true;
                        assert!(
                            wanted(&self.text()),
                            "{place}: closed before {what}:\n{}",
                            self.text()
                        );
                    }
                    Ok(Some(_)) => {}
                    Err(_) => panic!("{place}: never {what}:\n{}", self.text()),
                }
            }
        }
    }

    #[track_caller]
    fn see<'a>(&'a mut self, words: &'a str) -> impl Future<Output = ()> + 'a {
        self.until(words, move |text| text.contains(words))
    }

    /// Reads until the connection is closed from the other end.
    async fn closed(&mut self) {
        let end = Instant::now() + PATIENCE;
        while !self.gone {
            let left = end.saturating_duration_since(Instant::now());
            match timeout(left, self.read.wait()).await.expect("never closed") {
                Some(ChannelMsg::Data { data }) => self.screen.process(&data),
                Some(ChannelMsg::Close) | None => self.gone = true,
                Some(_) => {}
            }
        }
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    async fn press(&self, keys: &str) {
        self.write
            .data_bytes(keys.as_bytes().to_vec())
            .await
            .unwrap();
    }

    /// From the welcome to the first visit.
    async fn sit_with_somebody(&mut self) {
        self.see("Your return code").await;
        self.press("\r").await;
        self.until("the card", |t| {
            t.contains("not chosen yet") && !t.contains("Your return code")
        })
        .await;
        self.press("\x1b[C").await;
        self.until("an expectation", |t| !t.contains("not chosen yet"))
            .await;
        self.press("\r").await;
        self.see("ot visited yet").await;
        self.press("\r").await;
        self.see("Choose a line").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_join_play_are_stopped_and_go_on() {
    let class = class("en");
    let mut ann = class.join("Ann").await;
    let mut li = class.join("李雷").await;
    let mut bob = class.join("Bob").await;
    for laptop in [&mut ann, &mut li, &mut bob] {
        laptop.sit_with_somebody().await;
    }
    // A line is on disk before the client has answered.
    let before = class.entries("Ann");
    ann.press("1").await;
    ann.until("the client's answer", |t| t.matches("> I:").count() >= 1)
        .await;
    assert_eq!(class.entries("Ann"), before + 1);

    class.hub.freeze(true).unwrap();
    ann.see("Please look up").await;
    let frozen = class.entries("Ann");
    ann.press("2").await;
    // A frozen seat may still look things up, so that the key before has certainly been taken.
    ann.press("\x1bOP").await;
    ann.see(" Keys ").await;
    assert_eq!(class.entries("Ann"), frozen, "a frozen seat says nothing");
    ann.press("\x1bOP").await;
    class.hub.freeze(false).unwrap();
    ann.until("going on", |t| {
        !t.contains("Please look up") && !t.contains(" Keys ")
    })
    .await;

    class
        .hub
        .message(Some(class.seat("李雷")), "先想第一步\u{1b}[2J")
        .unwrap();
    li.see("第一步").await;
    assert!(
        !bob.text().contains("第一步"),
        "a message for one is for one"
    );
    li.press("\r").await;
    li.until("the message read", |t| !t.contains("第一步"))
        .await;

    assert_eq!(class.hub.befall(None, Incident::BudgetFrozen).unwrap(), 3);
    for laptop in [&mut ann, &mut li, &mut bob] {
        laptop.see("budget is frozen").await;
    }
    let board = class.hub.board();
    assert!(board.rows.iter().all(|r| r.online && r.status.is_some()));
    assert_eq!(board.rows[0].status.as_ref().unwrap().turns, 1);

    // What it came to, while it goes on: numbers by default, names where the trainer says so, a level seen otherwise.
    let (data, id) = (class.data.as_ref().unwrap().path(), class.hub.id());
    let read = |shown| Results::read(data, &id, shown, Language::En).unwrap();
    let anonymous = read(Shown::default());
    assert_eq!(anonymous.count(), 3);
    let page = anonymous.page(Shown::default(), Language::En);
    assert!(page.contains("3 deals") && page.contains("共 3 单") && page.contains("#2"));
    assert!(!page.contains("李雷") && !page.contains("Total"));
    let shown = Shown {
        names: true,
        leaderboard: true,
    };
    let page = read(shown).page(shown, Language::En);
    assert!(page.contains("李雷") && page.contains("Total"));
    let table = read(Shown::default()).table(Language::En);
    assert!(
        table
            .lines()
            .any(|row| row.contains("#1") && row.contains("said something"))
    );
}

/// The real program, killed in mid-class: whatever a screen had shown as said is there afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn killed_in_mid_class_everything_acknowledged_is_there() {
    let data = Scratch::new("killed");
    let mut said = 0;
    for round in 0..3 {
        let (mut server, port, code) = started(data.path());
        let id = roll::all(data.path())[0].0.clone();
        let book = || Book::look(data.path(), &id).unwrap();
        let mut laptops = Vec::new();
        for name in ["Ann", "Bob", "Carl"] {
            let back = book()
                .seats
                .values()
                .find(|s| s.name == name)
                .map(|s| s.code.clone());
            let mut answers = vec![String::new(), code.clone()];
            answers.extend(back);
            let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
            let handle = knock(port, name, &answers).await.unwrap();
            let mut laptop = Laptop::open(handle, 80, 60).await;
            if round == 0 {
                laptop.sit_with_somebody().await;
            }
            laptop
                .until("what was said before", |t| {
                    t.matches("> I:").count() >= round.min(1)
                })
                .await;
            laptop.press("1").await;
            laptops.push(laptop);
        }
        for laptop in &mut laptops {
            laptop
                .until("this round's line", |t| t.matches("> I:").count() > round)
                .await;
            said += 1;
        }
        crate::pty::kill_9(server.id());
        server.wait().unwrap();
        let results = Results::read(data.path(), &id, Shown::default(), Language::En).unwrap();
        let rows = results.table(Language::En);
        assert_eq!(
            rows.lines()
                .filter(|row| row.contains(",said something,"))
                .count(),
            said,
            "{rows}"
        );
    }
}

/// `whybuy class serve` without a trainer: the process, its port and the join code.
fn started(data: &Path) -> (Child, u16, String) {
    let mut server = Command::new(crate::pty::WHYBUY)
        .args([
            "class",
            "serve",
            "--scenario",
            "bottle-of-water",
            "--seed",
            "7",
        ])
        .args([
            "--port",
            "0",
            "--bind",
            "127.0.0.1",
            "--lang",
            "en",
            "--data",
        ])
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut find = |lead: &str| {
        let line = lines
            .by_ref()
            .map(Result::unwrap)
            .find(|l| l.starts_with(lead));
        line.unwrap()[lead.len()..].to_owned()
    };
    let port = find("ssh -p ");
    let port = port.split(' ').next().unwrap().parse().unwrap();
    (server, port, find("Join code "))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_seat_comes_back_at_its_last_line_and_nobody_else_does() {
    let class = class("en");
    let mut ann = class.join("Ann").await;
    ann.sit_with_somebody().await;
    ann.press("1").await;
    ann.until("the client's answer", |t| t.contains("> I:"))
        .await;
    let said = ann.text();
    drop(ann);
    // Another with her name and the class's code is asked for hers, and is slowed.
    let code = class.hub.code();
    assert!(class.knock("Ann", &["", &code, "AAAAA"]).await.is_none());
    assert!(class.knock("ann ", &["", &code, ""]).await.is_none());
    let mut ann = class.come_back("Ann").await;
    ann.see("> I:").await;
    let line = said.lines().find(|l| l.contains("> I:")).unwrap();
    assert!(ann.text().contains(line.trim()), "{line}");

    // She comes in from elsewhere: the first end closes, the second goes on.
    let mut elsewhere = class.come_back("Ann").await;
    elsewhere.see("> I:").await;
    ann.see("from elsewhere").await;
    ann.closed().await;

    // The server is torn away and started again: all is there.
    let before = class.entries("Ann");
    let mut class = class;
    let (id, data) = (class.hub.id(), class.data.take().unwrap());
    drop(class);
    let end = Instant::now() + PATIENCE;
    let roll = loop {
        match Roll::resume(data.path(), &id) {
            Ok(roll) => break roll,
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
        sleep(Duration::from_millis(20)).await;
    };
    let class = serve(data, roll);
    assert_eq!(class.entries("Ann"), before);
    let mut ann = class.come_back("Ann").await;
    ann.see("> I:").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trainer_removes_lets_in_changes_the_code_and_closes() {
    let class = class("en");
    let mut ann = class.join("Ann").await;
    let mut bob = class.join("Bob").await;
    ann.see("Your return code").await;
    bob.see("Your return code").await;
    let (seat, old) = (
        class.seat("Ann"),
        class.hub.board().rows[0].seat.code.clone(),
    );
    class.hub.remove(seat).unwrap();
    ann.see("removed this seat").await;
    ann.closed().await;
    let code = class.hub.code();
    assert!(
        class
            .knock("Ann", &["", &code, &old, "", &code])
            .await
            .is_none()
    );
    class.hub.let_in(seat).unwrap();
    let mut ann = class.come_back("Ann").await;
    ann.see("return code").await;

    class.hub.change_code().unwrap();
    assert_ne!(class.hub.code(), code);
    assert!(
        class.knock("Carl", &["", &code]).await.is_none(),
        "the old code is void"
    );

    class.hub.watch(Some(seat));
    let end = Instant::now() + PATIENCE;
    while class.hub.board().picture.is_none() {
        assert!(Instant::now() < end, "the trainer never sees the seat");
        sleep(Duration::from_millis(10)).await;
    }

    class.hub.close().unwrap();
    for laptop in [&mut ann, &mut bob] {
        laptop.see("class is over").await;
        laptop.closed().await;
    }
    let code = class.hub.code();
    assert!(
        class.knock("Dora", &["", &code]).await.is_none(),
        "nobody joins a class that is over"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_anything_but_a_seat() {
    let class = class("en");
    let code = class.hub.code();
    assert!(
        class.knock("", &["\u{1b}!!!\u{7}", &code]).await.is_none(),
        "a name of controls is no name"
    );
    let handle = class
        .knock("x\u{1b}[31mEve\u{202e}", &["", &code])
        .await
        .unwrap();
    assert_eq!(class.hub.board().rows[0].seat.name, "x[31mEve");

    let channel = handle.channel_open_session().await.unwrap();
    assert!(
        handle.channel_open_session().await.is_err(),
        "a second channel"
    );
    assert!(
        handle
            .channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1)
            .await
            .is_err()
    );
    assert!(
        handle
            .channel_open_direct_streamlocal("/tmp/x")
            .await
            .is_err()
    );
    assert!(handle.tcpip_forward("127.0.0.1", 0).await.is_err());
    assert!(handle.streamlocal_forward("/tmp/x").await.is_err());
    channel.agent_forward(true).await.unwrap();
    channel.exec(true, "id").await.unwrap();
    let (mut read, _write) = channel.split();
    let mut refused = 0;
    loop {
        match timeout(PATIENCE, read.wait()).await.unwrap() {
            Some(ChannelMsg::Failure) => refused += 1,
            Some(ChannelMsg::Success) => panic!("something was granted"),
            Some(ChannelMsg::Data { data }) => panic!("{}", String::from_utf8_lossy(&data)),
            Some(ChannelMsg::Close) | None => break,
            Some(_) => {}
        }
    }
    assert_eq!(refused, 2);

    for wanted in ["sftp", "shell"] {
        let name = format!("Eve {wanted}");
        let handle = class.knock(&name, &["", &code]).await.unwrap();
        let channel = handle.channel_open_session().await.unwrap();
        match wanted {
            "sftp" => channel.request_subsystem(true, "sftp").await.unwrap(),
            // A shell without a terminal.
            _ => channel.request_shell(true).await.unwrap(),
        }
        let (mut read, _write) = channel.split();
        let answer = timeout(PATIENCE, read.wait()).await.unwrap();
        assert!(
            matches!(answer, Some(ChannelMsg::Failure)),
            "{wanted}: {answer:?}"
        );
    }

    let config = Arc::new(client::Config::default());
    let mut handle = client::connect(config, ("127.0.0.1", class.port), Trusting)
        .await
        .unwrap();
    let start = Instant::now();
    let wrong = handle
        .authenticate_password("Mallory", "AAAAAA")
        .await
        .unwrap();
    assert!(matches!(wrong, AuthResult::Failure { .. }));
    assert!(
        start.elapsed() >= Duration::from_secs(1),
        "a wrong code waits"
    );
    assert!(
        handle
            .authenticate_password("Mallory", format!("{code} x"))
            .await
            .unwrap()
            .success()
    );
    assert_eq!(class.hub.board().wrong, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_floods_resizes_and_never_reads_harms_nobody() {
    let class = class("en");
    let mut ann = class.join("Ann").await;
    ann.sit_with_somebody().await;
    let code = class.hub.code();
    let flooder = class.knock("Flood", &["", &code]).await.unwrap();
    let flooder = Laptop::open(flooder, 4_000_000_000, 4_000_000_000).await;
    let Laptop {
        handle: _held,
        read: _never_read,
        write,
        ..
    } = flooder;
    let flood = tokio::spawn(async move {
        for n in 0..20_000_u32 {
            if write
                .window_change(n * 7919, n * 104_729, 0, 0)
                .await
                .is_err()
            {
                return;
            }
        }
        let paste = vec![b'\r'; 32_768];
        for _ in 0..640 {
            if write.data_bytes(paste.clone()).await.is_err() {
                return;
            }
        }
    });
    for round in 1..=3 {
        ann.press("1").await;
        ann.until("an answer", |t| t.contains("> I:")).await;
        ann.press("\x1bOP").await;
        ann.see(" Keys ").await;
        ann.press("\x1bOP").await;
        ann.until("the help closed", |t| !t.contains(" Keys "))
            .await;
        let _ = round;
    }
    flood.abort();
}

/// The client every trainee has.
#[test]
fn the_plain_ssh_client_joins() {
    if Command::new("ssh").arg("-V").output().is_err() {
        eprintln!("skipped: there is no ssh client on this machine");
        return;
    }
    let class = class("en");
    let (port, code) = (class.port.to_string(), class.hub.code());
    let mut command = CommandBuilder::new("ssh");
    command.args(["-F", "/dev/null", "-p", &port]);
    for file in [
        "UserKnownHostsFile=/dev/null",
        "GlobalKnownHostsFile=/dev/null",
        "StrictHostKeyChecking=no",
    ] {
        command.args(["-o", file]);
    }
    command.arg("Ann@127.0.0.1");
    let mut ssh = Pty::run(command, class.data.as_ref().unwrap().path());
    ssh.shows("Name [Ann]");
    ssh.send("\r");
    ssh.shows("Join code:");
    ssh.send(&format!("{code}\r"));
    ssh.shows("Your return code is");
    ssh.send("\r");
    ssh.shows("Preparation card");
    ssh.resize(120, 50);
    ssh.send("\x1bOQ");
    ssh.shows("返回码");
    ssh.send("\x03");
    ssh.shows("座位给你留着");
    assert!(ssh.ended().success());
    assert!(ssh.is_as_before());
}

/// A trainer's lesson on one projector: vote, revote, both branches, the one taken, an incident, the next in the chair.
#[test]
fn a_room_votes_tries_both_lines_and_goes_on_with_one() {
    let scratch = Scratch::new("room");
    let room = [
        "class",
        "room",
        "bottle-of-water",
        "--seed",
        "7",
        "--roster",
        "Ann,Bob",
    ];
    let mut pty = Pty::whybuy(scratch.path(), Language::En, &room);
    pty.shows("In the chair: Ann");
    pty.send("\x16");
    pty.shows("nothing to vote on");
    pty.send("\x1b[C");
    pty.until("an expectation", |text| !text.contains("notchosenyet"));
    pty.send("\r");
    pty.shows("not visited yet");
    pty.send("\r");
    pty.shows("office manager  week 1");
    // Mood and patience are not for the room.
    pty.until("no mood", |text| !text.contains("Patience"));
    let entries = || {
        let store = Store::open(scratch.path()).unwrap();
        store.sessions()[0].entries
    };
    let before = entries();
    pty.send("\x16");
    pty.shows("Which line next?");
    pty.send("7\x1b[B12\t");
    pty.shows("12 -> 0");
    pty.send("9\x1b[B15\r");
    pty.shows("Both, tried");
    assert_eq!(entries(), before, "what is only tried is not said");
    pty.send("\x18");
    pty.send("1");
    pty.shows("office manager  week 1");
    let found = crate::pty::wait_for(|| (entries() == before + 1).then_some(()));
    assert!(found.is_some(), "the line that was taken is said");
    pty.send("\x05\r");
    pty.shows("budget is frozen");
    pty.send("\x06");
    pty.shows("Stopped: discuss");
    pty.send("1\x06");
    pty.until("going on", |text| !text.contains("Stopped:discuss"));
    assert_eq!(entries(), before + 2, "a frozen room says nothing");
    pty.send("\x0f");
    pty.shows("In the chair: Bob");
    pty.send("\x03");
    assert!(pty.ended().success());
}
