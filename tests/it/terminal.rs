//! The real binary at a real terminal: starts, plays to the end, survives kill, resize, paste and hang-up.

use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use whybuy::locale::{tr, tr_with};
use whybuy::session::{Entry, Pattern, Session};
use whybuy::sim::Outcome;
use whybuy::store::Store;
use whybuy::text::Language;

use crate::pty::{Pty, Scratch, WHYBUY, kill_9, packed, wait_for};
use crate::support::{fit_out, world};
use crate::typed::fixture;

const F4: &str = "\x1bOS";
const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const ENTER: &str = "\r";
const TAB: &str = "\t";
const CTRL_C: &str = "\x03";

/// The terminal, and beside it the same deal rebuilt from the log: it knows what the screen has to show.
struct Player {
    pty: Pty,
    store: Store,
    twin: Session,
    language: Language,
}

impl Player {
    fn start(data: &Path, language: Language) -> Player {
        let pty = Pty::whybuy(data, language, &["play", "fit-out-hardware", "--seed", "7"]);
        pty.shows(tr(language, "tui.title.brief"));
        let store = Store::open(data).unwrap();
        let header = store.sessions().remove(0).header;
        let twin = Session::new(world(fit_out()), header);
        Player {
            pty,
            store,
            twin,
            language,
        }
    }

    fn entries(&self) -> Vec<Entry> {
        let id = self.store.sessions().remove(0).id;
        self.store.load(&id).unwrap().entries
    }

    /// Presses keys that make one entry, and waits until it is on disk; the entry.
    #[track_caller]
    fn step(&mut self, keys: &str) -> Entry {
        let before = self.entries().len();
        self.pty.send(keys);
        let found = wait_for(|| self.entries().get(before).cloned());
        let entry =
            found.unwrap_or_else(|| panic!("nothing written after {keys:?}\n{}", self.pty.text()));
        self.twin.apply(entry.clone()).unwrap();
        entry
    }

    #[track_caller]
    fn titled(&self, key: &'static str) {
        let title = packed(tr(self.language, key));
        self.pty.until(key, |text| text.starts_with(&title));
    }

    fn prepare(&mut self, pattern: &str, who: &str) {
        let (pattern, who): (usize, usize) = (pattern.parse().unwrap(), who.parse().unwrap());
        let known: Vec<u8> = self
            .twin
            .state
            .everybody()
            .filter(|&id| self.twin.state.person(id).named)
            .collect();
        let named = known.get(who - 1).copied();
        let rights = named.map_or(0, |_| who);
        let keys = format!(
            "{}{DOWN}{}{ENTER}",
            RIGHT.repeat(pattern),
            RIGHT.repeat(rights)
        );
        let entry = self.step(&keys);
        assert_eq!(entry, Entry::Prepare(Pattern::ALL[pattern - 1], named));
        self.titled("tui.title.desk");
    }

    /// Keys that mark a person on the desk.
    fn mark(&self, person: u8) -> String {
        let state = &self.twin.state;
        let known = state.everybody().filter(|&id| state.person(id).named);
        let place = known.take_while(|&id| id != person).count();
        format!(
            "{}{}",
            UP.repeat(state.everybody().count()),
            DOWN.repeat(place)
        )
    }

    fn visit(&mut self, id: &str) {
        let person = self.twin.world.case.find(id).expect("the fixture's person");
        let keys = format!("{}{ENTER}", self.mark(person));
        assert_eq!(self.step(&keys), Entry::Visit(person));
        let language = self.language;
        let name = self
            .twin
            .world
            .case
            .person(person)
            .name
            .get(language)
            .to_owned();
        if self.twin.state.visit.is_none() {
            self.pty
                .shows(&tr_with(language, "tui.note.not_met", &[("name", &name)]));
            return;
        }
        self.titled("tui.title.talk");
        self.pty.shows(&name);
        let [choosing, typing] =
            ["tui.talk.choose_here", "tui.talk.type_here"].map(|key| packed(tr(language, key)));
        let mut guided = false;
        self.pty.until("one of the two ways to speak", |text| {
            guided = text.contains(&choosing);
            guided || text.contains(&typing)
        });
        if guided {
            self.pty.send(TAB);
        }
        self.pty.shows(tr(language, "tui.talk.type_here"));
    }

    fn say(&mut self, line: &str) {
        let entry = self.step(&format!("{line}{ENTER}"));
        assert!(
            matches!(&entry, Entry::Say { words, .. } if words.get(self.language) == line),
            "{entry:?}"
        );
        if self.twin.state.visit.is_none() {
            return self.ended();
        }
        // The own line, marked, and behind it what the client answers.
        let own = packed(&format!("> {}", tr(self.language, "tui.talk.me")));
        let own = own + &packed(tr(self.language, "tui.colon")) + &packed(line);
        let answer = packed(self.twin.last_heard().unwrap().words.get(self.language));
        self.pty.until(line, |text| {
            text.rfind(&own)
                .is_some_and(|at| text[at + own.len()..].contains(&answer))
        });
    }

    /// Reads how the visit went and goes on.
    fn ended(&mut self) {
        self.titled("tui.title.ended");
        self.pty.send(ENTER);
        if self.twin.state.outcome.is_some() {
            self.titled("tui.title.rate");
        } else {
            self.titled("tui.title.desk");
        }
    }

    fn week(&mut self) {
        if self.twin.state.visits_used == 0 {
            self.pty.send("w");
            self.pty.shows(tr(self.language, "tui.note.idle_week"));
        }
        assert_eq!(self.step("w"), Entry::NextWeek);
        if self.twin.state.outcome.is_some() {
            return self.titled("tui.title.rate");
        }
        let week = self.twin.state.week.to_string();
        let words = tr_with(self.language, "tui.desk.calendar", &[("week", &week)]);
        let words = words.split(['{', '共']).next().unwrap().to_owned();
        self.pty.shows(&words);
    }

    fn fulfil(&mut self, number: &str) {
        let number = number.parse::<u8>().unwrap() - 1;
        // As in plain mode, a promise that was never asked for is refused and the deal goes on.
        let Some(promise) = self.twin.state.promises[usize::from(number)] else {
            return;
        };
        let keys = format!("{}f", self.mark(promise.person));
        assert_eq!(self.step(&keys), Entry::Fulfil(number));
        self.pty.shows(tr(self.language, "tui.note.fulfilled"));
    }

    /// Does what a line of a fixture means, as `whybuy play --plain` would.
    fn play(&mut self, line: &str) {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("/visit", id) => self.visit(id),
            ("/week", _) => self.week(),
            ("/do", number) => self.fulfil(number),
            ("/leave", _) => {
                assert_eq!(self.step(F4), Entry::Leave);
                self.ended();
            }
            _ => self.say(line),
        }
    }
}

fn script(language: Language) -> Vec<String> {
    let text = std::fs::read_to_string(fixture(language)).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn plays_to_the_order(language: Language) {
    let scratch = Scratch::new("order");
    let mut player = Player::start(scratch.path(), language);
    let lines = script(language);
    let (middle, ratings) = lines.split_at(lines.len() - 3);
    player.prepare(&middle[0], &middle[1]);
    for line in &middle[2..] {
        player.play(line);
    }
    assert_eq!(player.twin.state.outcome, Some(Outcome::Order));
    let keys = format!("{}{ENTER}", ratings.concat());
    let levels: Vec<u8> = ratings.iter().map(|r| r.parse().unwrap()).collect();
    assert_eq!(
        player.step(&keys),
        Entry::Rate([levels[0], levels[1], levels[2]])
    );
    player.titled("tui.title.debrief");
    let order = Outcome::Order.name(language);
    player.pty.shows(&tr_with(
        language,
        "tui.debrief.outcome",
        &[("outcome", order)],
    ));
    player.pty.send(CTRL_C);
    assert_eq!(player.pty.ended().exit_code(), 0);
}

#[test]
fn a_strong_deal_is_typed_to_the_order_in_chinese() {
    plays_to_the_order(Language::Zh);
}

#[test]
fn a_strong_deal_is_typed_to_the_order_in_english() {
    plays_to_the_order(Language::En);
}

#[test]
fn it_starts_on_the_home_screen() {
    for language in Language::ALL {
        let scratch = Scratch::new("home");
        let pty = Pty::whybuy(scratch.path(), language, &[]);
        pty.shows(tr(language, "tui.title.home"));
        pty.shows(fit_out().title.get(language));
        assert!(pty.screen(|s| s.alternate_screen() && s.bracketed_paste()));
    }
}

/// Plays into the middle of the first visit.
fn in_visit(data: &Path, language: Language) -> Player {
    let mut player = Player::start(data, language);
    let lines = script(language);
    player.prepare(&lines[0], &lines[1]);
    for line in &lines[2..6] {
        player.play(line);
    }
    assert!(player.twin.state.visit.is_some());
    player
}

#[test]
fn after_kill_9_the_deal_goes_on_with_the_same_transcript() {
    for language in Language::ALL {
        let scratch = Scratch::new("killed");
        let mut player = in_visit(scratch.path(), language);
        let before = player.pty.settled();
        kill_9(player.pty.pid());
        player.pty.ended();

        let mut pty = Pty::whybuy(scratch.path(), language, &[]);
        pty.shows(tr(language, "tui.home.unfinished"));
        pty.send(ENTER);
        pty.shows(tr(language, "tui.talk.choose_here"));
        pty.send(TAB);
        pty.becomes(&before);
    }
}

#[test]
fn it_follows_the_size_of_the_terminal() {
    let language = Language::Zh;
    let scratch = Scratch::new("resized");
    let mut player = in_visit(scratch.path(), language);
    let before = player.pty.settled();
    let pty = &mut player.pty;
    pty.resize(60, 16);
    pty.until("a screen of 16 rows", |text| {
        text.starts_with(&packed(tr(language, "tui.title.talk")))
            && text.contains(&packed(tr(language, "tui.talk.type_here")))
    });
    pty.resize(40, 10);
    let sentence = tr_with(
        language,
        "tui.too_small",
        &[("columns", "60"), ("rows", "16")],
    );
    pty.until(&sentence, |text| text == packed(&sentence));
    pty.resize(100, 40);
    pty.becomes(&before);
}

#[test]
fn ctrl_c_leaves_the_terminal_as_it_was() {
    let scratch = Scratch::new("left");
    let mut pty = Pty::whybuy(scratch.path(), Language::En, &[]);
    pty.shows(tr(Language::En, "tui.title.home"));
    assert!(!pty.is_as_before(), "raw mode");
    pty.send(CTRL_C);
    assert_eq!(pty.ended().exit_code(), 0);
    pty.screen(|screen| {
        assert!(!screen.alternate_screen());
        assert!(!screen.hide_cursor());
        assert!(!screen.bracketed_paste());
    });
    assert!(pty.is_as_before());
}

#[test]
fn a_paste_cannot_reach_the_terminal() {
    let scratch = Scratch::new("paste");
    let mut player = in_visit(scratch.path(), Language::Zh);
    let entries = player.entries().len();
    player
        .pty
        .send("\x1b[200~第一行\r第二行\x1b]0;owned\x07\x1b[2J\u{9b}31m末\x1b[201~");
    player
        .pty
        // The vt100 screen leaves replacement characters out; they are among the bytes.
        .shows("第一行 第二行]0;owned[2J31m末");
    let bytes = player.pty.bytes();
    let sent = |wanted: &[u8]| bytes.windows(wanted.len()).any(|w| w == wanted);
    assert!(sent("\u{fffd}[2J".as_bytes()));
    assert!(!sent(b"\x1b]0;") && !sent(b"\x07") && !sent("\u{9b}".as_bytes()));
    assert_eq!(player.entries().len(), entries, "nothing was said by it");
    // A line not yet sent makes it ask once.
    player.pty.send(CTRL_C);
    player.pty.shows(tr(Language::Zh, "tui.note.unsent"));
    player.pty.send(CTRL_C);
    assert_eq!(player.pty.ended().exit_code(), 0);
}

#[test]
fn without_its_terminal_it_ends_and_the_log_is_whole() {
    let scratch = Scratch::new("hung-up");
    let player = in_visit(scratch.path(), Language::Zh);
    let said = player.entries();
    let mut child = player.pty.hang_up();
    assert!(wait_for(|| child.try_wait().unwrap()).is_some());
    whole_log(scratch.path(), &said);
}

/// Under `nohup` the signal does not come; it has to look for itself.
#[test]
fn without_its_terminal_it_ends_where_the_signal_is_ignored() {
    let scratch = Scratch::new("nohup");
    let mut command = CommandBuilder::new("sh");
    let play = format!("trap '' HUP; exec {WHYBUY} --lang zh play bottle-of-water --seed 1");
    command.args(["-c", &play]);
    let pty = Pty::run(command, scratch.path());
    pty.shows(tr(Language::Zh, "tui.title.brief"));
    let mut child = pty.hang_up();
    assert!(wait_for(|| child.try_wait().unwrap()).is_some());
    whole_log(scratch.path(), &[]);
}

#[track_caller]
fn whole_log(data: &Path, wanted: &[Entry]) {
    let store = Store::open(data).unwrap();
    let summary = store.sessions().remove(0);
    assert!(!summary.damaged);
    assert_eq!(store.resume(&summary.id).unwrap().1.entries, wanted);
}

#[test]
fn wrong_usage_is_2_and_an_unknown_scenario_is_1() {
    for wrong in [&["--bogus"][..], &["--lang", "fr"], &["read", "a", "b"]] {
        let output = Command::new(WHYBUY).args(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
    for language in Language::ALL {
        let scratch = Scratch::new("unknown");
        let output = Command::new(WHYBUY)
            .args(["play", "nowhere", "--lang", language.code(), "--data"])
            .arg(scratch.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let shipped = whybuy::library::list(scratch.path());
        let ids: Vec<&str> = shipped.iter().map(|e| e.id.as_str()).collect();
        let ids = ids.join(", ");
        let words = tr_with(
            language,
            "cli.no_scenario",
            &[("id", "nowhere"), ("ids", &ids)],
        );
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(&words), "{told}");
    }
}
