//! What goes wrong outside: broken files, torn logs, full disks, stray bytes, kills.

use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use portable_pty::CommandBuilder;
use serde_json::Value;
use whybuy::locale::{tr, tr_with};
use whybuy::session::Entry;
use whybuy::store::Store;
use whybuy::text::Language;

use crate::pty::{Pty, Scratch, WHYBUY, kill_9};
use crate::support::WATER;

/// `whybuy` in this language with these arguments.
fn whybuy(data: &Path, language: Language, arguments: &[&str]) -> Command {
    let mut command = Command::new(WHYBUY);
    command
        .args(["--lang", language.code(), "--data"])
        .arg(data);
    command.args(arguments);
    command
}

/// Runs a command with this on its standard input.
fn fed(mut command: Command, input: impl AsRef<[u8]>) -> Output {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that ends before it has read everything is no fault of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    child.wait_with_output().unwrap()
}

fn water(data: &Path, language: Language, input: impl AsRef<[u8]>) -> Output {
    fed(
        whybuy(data, language, &["play", "bottle-of-water", "--plain"]),
        input,
    )
}

#[track_caller]
fn told(bytes: &[u8], words: &str) {
    let shown = String::from_utf8(bytes.to_vec()).expect("only UTF-8 goes out");
    assert!(shown.contains(words), "not told: {words}\n{shown}");
}

/// Nothing in it moves a cursor, rings a bell or changes a colour.
#[track_caller]
fn harmless(bytes: &[u8]) {
    let shown = String::from_utf8(bytes.to_vec()).expect("only UTF-8 goes out");
    if let Some(at) = shown.find(|c: char| c.is_control() && c != '\n') {
        let from = shown[..at].rfind('\n').map_or(0, |n| n + 1);
        let line = shown[from..].lines().next().unwrap();
        panic!("control character in {line:?}");
    }
}

fn log(data: &Path) -> PathBuf {
    let store = Store::open(data).unwrap();
    let id = store.sessions().remove(0).id;
    data.join("sessions").join(format!("{id}.jsonl"))
}

const FIRST_VISIT: &str = "1\n1\n/visit 1\n您平时渴了怎么办？\nWhat do you drink at work?\n";

#[test]
fn a_broken_scenario_is_named_and_the_others_can_be_played() {
    for language in Language::ALL {
        let scratch = Scratch::new("broken");
        let folder = scratch.path().join("scenarios");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("mine.json");
        std::fs::write(&file, "{ \"format\": 1, \"id\": \"mine\", \"wekes\": 3 }").unwrap();

        let output = fed(
            whybuy(scratch.path(), language, &["play", "mine", "--plain"]),
            "",
        );
        assert_eq!(output.status.code(), Some(1));
        told(
            &output.stderr,
            &tr_with(language, "cli.broken_scenario", &[("id", "mine")]),
        );
        let mut check = Command::new(WHYBUY);
        check.args(["--lang", language.code(), "check"]).arg(&file);
        let output = check.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        told(&output.stdout, "mine.json:1:");
        told(&output.stdout, "wekes");
        let output = water(scratch.path(), language, "");
        assert_eq!(output.status.code(), Some(0));

        // On the screen: in the list, with its problem, and Enter says what to do.
        let other = Scratch::new("broken-screen");
        std::fs::create_dir_all(other.path().join("scenarios")).unwrap();
        std::fs::copy(&file, other.path().join("scenarios/mine.json")).unwrap();
        let mut pty = Pty::whybuy(other.path(), language, &[]);
        pty.shows(tr(language, "tui.home.broken"));
        // The user's own file stands below the shipped ones.
        let shipped = whybuy::library::list(&other.path().join("none")).len();
        pty.send(&"\x1b[B".repeat(shipped));
        pty.shows("wekes");
        pty.send("\r");
        pty.shows(tr(language, "tui.error.not_playable"));
        pty.send("\x1b[A\r");
        pty.shows(tr(language, "tui.title.brief"));
    }
}

/// A log cut off in the middle of a line; its whole lines, and the rest.
fn torn(data: &Path, language: Language) -> (PathBuf, Vec<u8>, Vec<u8>) {
    assert!(water(data, language, FIRST_VISIT).status.success());
    let path = log(data);
    let bytes = std::fs::read(&path).unwrap();
    let last = bytes[..bytes.len() - 1]
        .iter()
        .rposition(|&b| b == b'\n')
        .unwrap()
        + 1;
    let cut = last + (bytes.len() - last) / 2;
    std::fs::write(&path, &bytes[..cut]).unwrap();
    (path, bytes[..last].to_vec(), bytes[last..cut].to_vec())
}

fn aside(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}.damaged-1", path.display()))
}

#[track_caller]
fn put_aside(path: &Path, whole: &[u8], rest: &[u8]) {
    assert_eq!(std::fs::read(path).unwrap(), whole);
    assert_eq!(std::fs::read(aside(path)).unwrap(), rest);
}

#[test]
fn of_a_torn_log_the_whole_lines_live_and_the_rest_is_kept() {
    for language in Language::ALL {
        let scratch = Scratch::new("torn");
        let (path, whole, rest) = torn(scratch.path(), language);
        let output = water(scratch.path(), language, "");
        assert!(output.status.success());
        told(&output.stdout, &aside(&path).display().to_string());
        let words = tr_with(language, "store.set_aside", &[("lines", "1")]);
        told(&output.stdout, words.split("{why}").next().unwrap());
        put_aside(&path, &whole, &rest);
    }
}

#[test]
fn the_screen_says_so_too() {
    for arguments in [&[][..], &["play", "bottle-of-water"]] {
        let (language, scratch) = (Language::Zh, Scratch::new("torn-screen"));
        let (path, whole, rest) = torn(scratch.path(), language);
        let mut pty = Pty::whybuy(scratch.path(), language, arguments);
        if arguments.is_empty() {
            pty.shows(tr(language, "tui.home.unfinished"));
            pty.send("\r");
        }
        pty.shows(".damaged-1");
        drop(pty);
        put_aside(&path, &whole, &rest);
    }
}

#[test]
fn a_data_folder_that_cannot_be_made_is_told() {
    for language in Language::ALL {
        let scratch = Scratch::new("below-a-file");
        let file = scratch.path().join("file");
        std::fs::write(&file, "").unwrap();
        let output = water(&file.join("data"), language, "");
        assert_eq!(output.status.code(), Some(1));
        told(&output.stderr, &file.join("data").display().to_string());
        told(&output.stderr, "--data");
        assert!(output.stdout.is_empty());
    }
}

/// As a user the system knows nothing of. Needs root to become one; everybody else has a home.
#[cfg(unix)]
#[test]
fn without_a_home_it_asks_for_a_folder() {
    use std::os::unix::process::CommandExt;
    let me = Command::new("id").arg("-u").output().unwrap().stdout;
    if me != b"0\n" {
        eprintln!("skipped: only root can become a user without a home");
        return;
    }
    for language in Language::ALL {
        let mut command = Command::new(WHYBUY);
        command
            .args(["--lang", language.code(), "play", "--plain"])
            .env_clear()
            .uid(54_321);
        let output = match command.stdin(Stdio::null()).output() {
            Ok(output) => output,
            Err(error) => {
                return eprintln!("skipped: such a user cannot reach the program: {error}");
            }
        };
        assert_eq!(output.status.code(), Some(1));
        told(&output.stderr, tr(language, "config.no_home"));
    }
}

/// No disk can be filled here, but a limit on a file's size refuses a write in the middle of a line all the same.
#[cfg(unix)]
#[test]
fn where_the_disk_is_full_nothing_typed_is_lost() {
    for language in Language::ALL {
        let scratch = Scratch::new("full");
        let limited = |blocks: u64, input: &str| {
            let mut command = Command::new("sh");
            let play = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$@\"");
            command.args([
                "-c",
                &play,
                "sh",
                WHYBUY,
                "--lang",
                language.code(),
                "--data",
            ]);
            command
                .arg(scratch.path())
                .args(["play", "bottle-of-water", "--plain"]);
            fed(command, input)
        };
        // A deal that cannot be begun leaves nothing behind.
        let output = limited(1, FIRST_VISIT);
        assert_eq!(output.status.code(), Some(1));
        let full = tr(language, "store.full").split("{why}").next().unwrap();
        let full = full.trim_end_matches(['(', '（']);
        told(&output.stderr, full.trim_start_matches("{path}"));
        for folder in ["sessions", "scenarios-played", "models"] {
            let left = std::fs::read_dir(scratch.path().join(folder)).unwrap();
            assert_eq!(
                left.filter(|f| f.as_ref().unwrap().metadata().unwrap().len() > 1024)
                    .count(),
                0
            );
        }
        assert!(Store::open(scratch.path()).unwrap().sessions().is_empty());

        // One in the middle goes on as far as there is room, and says of every line whether it was kept.
        assert!(
            water(scratch.path(), language, FIRST_VISIT)
                .status
                .success()
        );
        let path = log(scratch.path());
        let before = std::fs::read(&path).unwrap();
        let words = "您多久买一次水？".repeat(40);
        let output = limited(before.len() as u64 / 512 + 1, &format!("{words}\n"));
        assert_eq!(output.status.code(), Some(0));
        told(&output.stdout, full.trim_start_matches("{path}"));
        told(
            &output.stdout,
            &tr_with(language, "plain.not_written", &[("words", &words)]),
        );
        assert_eq!(std::fs::read(&path).unwrap(), before);
        let output = water(scratch.path(), language, format!("{words}\n"));
        assert!(output.status.success());
        assert!(std::fs::read(&path).unwrap().len() > before.len());
    }
}

/// Escapes in a line, a name, a note, a command; half a character; both kinds of bell.
const NASTY: &str = "\x1b[2J\x1b]0;owned\x07\u{9b}31m\x08\u{202e}\x7f";

#[test]
fn no_control_byte_that_is_typed_comes_out_again() {
    for language in Language::ALL {
        let scratch = Scratch::new("typed-bytes");
        let input = format!(
            "{NASTY}\n1\n1\n{NASTY}\n/visit {NASTY}\n/{NASTY}\n/note 1 {NASTY}\n/people\n/visit 1\n{NASTY}\n\
             How much {NASTY} do you drink?\n/facts\n/lang\n/mode\n/mode\n/leave\n/do {NASTY}\n/giveup\nyes\n2\n2\n2\n"
        );
        let output = water(scratch.path(), language, input);
        assert!(output.status.success());
        harmless(&output.stdout);
        harmless(&output.stderr);
    }
    for language in ["zh", "en"] {
        let mut read = Command::new(WHYBUY);
        read.args(["read", "--lang", language]);
        harmless(&fed(read, format!("{NASTY}\nhow {NASTY} much\n")).stdout);
    }
}

/// A scenario that somebody sent: every text of it tries to repaint the terminal.
#[test]
fn no_control_byte_of_a_scenario_comes_out() {
    fn spoil(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(words) if key == "zh" || key == "en" => words.push_str(NASTY),
                        value => spoil(value),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(spoil),
            _ => {}
        }
    }
    let mut case: Value = serde_json::from_str(WATER).unwrap();
    spoil(&mut case);
    case["id"] = "sent".into();
    for language in Language::ALL {
        let scratch = Scratch::new("sent");
        let folder = scratch.path().join("scenarios");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("sent.json"), case.to_string()).unwrap();
        let input = "1\n1\n/people\n/facts\n/visit 1\nHow often do you drink?\n您怎么看？\n/mode\n1\n2\n/lang\n\
                     /leave\n/week\n/people\n/visit 1\n1\n/giveup\nyes\n2\n2\n2\n";
        let output = fed(
            whybuy(scratch.path(), language, &["play", "sent", "--plain"]),
            input,
        );
        assert!(output.status.success(), "it can be played");
        harmless(&output.stdout);
        harmless(&output.stderr);
        let mut check = Command::new(WHYBUY);
        check
            .args(["--lang", language.code(), "check"])
            .arg(folder.join("sent.json"));
        let output = check.output().unwrap();
        harmless(&output.stdout);
        harmless(&output.stderr);

        let mut pty = Pty::whybuy(scratch.path(), language, &[]);
        pty.shows(tr(language, "tui.home.cases"));
        let shipped = whybuy::library::list(&scratch.path().join("none")).len();
        pty.send(&"\x1b[B".repeat(shipped));
        pty.settled();
        pty.send("\r\x1b[C\r\r");
        pty.settled();
        let bytes = pty.bytes();
        for sent in ["\x1b]0;", "\x07", "\u{9b}", "\u{202e}"] {
            assert!(
                !bytes.windows(sent.len()).any(|w| w == sent.as_bytes()),
                "{sent:?}"
            );
        }
    }
}

#[test]
fn stray_bytes_do_not_end_a_deal() {
    for language in Language::ALL {
        let scratch = Scratch::new("stray");
        let mut input = b"1\n1\n/visit 1\n\xff\xfe\xc4\xe3\xba\xc3\n".to_vec();
        input.extend("您平时渴了怎么办？\n/quit\n".as_bytes());
        let output = water(scratch.path(), language, input);
        assert!(output.status.success());
        harmless(&output.stdout);
        told(&output.stdout, tr(language, "plain.left"));
        let store = Store::open(scratch.path()).unwrap();
        let id = store.sessions().remove(0).id;
        let said = store.load(&id).unwrap().entries;
        assert!(
            matches!(&said.last(), Some(Entry::Say { words, .. }) if words.zh == "您平时渴了怎么办？")
        );

        let mut read = Command::new(WHYBUY);
        read.args(["read", "--lang", language.code()]);
        let output = fed(read, b"\xff\xfe\nhow much?\n");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        told(&output.stdout, "how much?");
    }
}

/// The colours that were set: every parameter of every `CSI … m`.
fn colours(bytes: &[u8]) -> Vec<u16> {
    let shown = String::from_utf8_lossy(bytes);
    let sequences = shown.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let codes = sequences.flat_map(|s| {
        s.split(';')
            .filter_map(|n| n.parse().ok())
            .collect::<Vec<u16>>()
    });
    codes
        .filter(|n| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107))
        .collect()
}

#[test]
fn no_color_means_no_colour() {
    for no_color in [true, false] {
        let scratch = Scratch::new("no-color");
        let mut command = CommandBuilder::new(WHYBUY);
        command.args(["--lang", "en", "play", "bottle-of-water", "--seed", "1"]);
        if no_color {
            command.env("NO_COLOR", "1");
        } else {
            command.env_remove("NO_COLOR");
        }
        let language = Language::En;
        let mut pty = Pty::run(command, scratch.path());
        pty.shows(tr(language, "tui.title.brief"));
        pty.send("\x1b[C\r");
        pty.shows(
            tr(language, "tui.note.week")
                .split("{week}")
                .next()
                .unwrap(),
        );
        pty.send("\r");
        pty.shows(tr(language, "tui.talk.choose_here"));
        pty.send("1");
        pty.shows(&format!("> {}", tr(language, "tui.talk.me")));
        pty.send("\x1bOP");
        pty.shows(tr(language, "tui.context.choosing"));
        let set = colours(&pty.bytes());
        assert_eq!(set.is_empty(), no_color, "{set:?}");
    }
}

/// A talk in a pipe that tells what was acknowledged: answered, with the next prompt shown.
struct Talk {
    child: std::process::Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Talk {
    fn start(data: &Path, seed: &str) -> Talk {
        let arguments = ["play", "bottle-of-water", "--plain", "--seed", seed];
        let mut command = whybuy(data, Language::Zh, &arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut talk = Talk { child, output };
        talk.answer();
        talk
    }

    fn send(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Everything up to the next prompt.
    fn answer(&mut self) -> String {
        let mut heard = Vec::new();
        let mut byte = [0];
        while heard != b"> " && !heard.ends_with(b"\n> ") {
            self.output
                .read_exact(&mut byte)
                .expect("it is still there");
            heard.push(byte[0]);
        }
        String::from_utf8(heard).unwrap()
    }
}

#[test]
fn fifty_kills_lose_no_acknowledged_line() {
    let understood = tr(Language::Zh, "plain.understood")
        .split("{acts}")
        .next()
        .unwrap()
        .trim();
    let mut chance: u32 = 20_261;
    let mut below = |n: u32| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (chance >> 16) % n
    };
    let mut acknowledged_in_all = 0;
    for round in 0..50 {
        let scratch = Scratch::new("kills");
        let mut talk = Talk::start(scratch.path(), &round.to_string());
        let mut acknowledged = Vec::new();
        for line in ["1", "1", "/visit 1"] {
            talk.send(line);
            talk.answer();
        }
        let number = |n: u32| format!("您一天大概喝几杯水？第{n}次问");
        let answered = below(5);
        for n in 0..answered {
            talk.send(&number(n));
            if talk.answer().contains(understood) {
                acknowledged.push(number(n));
            }
        }
        // One more on its way, and the end comes somewhere between its arrival and its answer.
        talk.send(&number(answered));
        std::thread::sleep(Duration::from_micros(u64::from(below(12_000))));
        kill_9(talk.child.id());
        talk.child.wait().unwrap();

        let store = Store::open(scratch.path()).unwrap();
        let id = store.sessions().remove(0).id;
        let (_, loaded) = store.resume(&id).unwrap();
        let said: Vec<&str> = loaded
            .entries
            .iter()
            .filter_map(|e| match e {
                Entry::Say { words, .. } => Some(words.zh.as_str()),
                _ => None,
            })
            .collect();
        assert!(
            said.len() >= acknowledged.len() && said.len() <= acknowledged.len() + 1,
            "round {round}: acknowledged {acknowledged:?}, kept {said:?}"
        );
        assert_eq!(said[..acknowledged.len()], acknowledged, "round {round}");
        acknowledged_in_all += acknowledged.len();
    }
    assert!(
        acknowledged_in_all > 40,
        "only {acknowledged_in_all} lines were said"
    );
}
