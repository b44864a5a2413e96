//! The real binary at a terminal: a pty with a vt100 screen behind it. Everything waits with a deadline.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use whybuy::text::Language;

/// The program under test.
pub const WHYBUY: &str = env!("CARGO_BIN_EXE_whybuy");

/// Long enough for a debug build on a machine that does something else at the same time.
pub const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// A folder of one test, gone when the test is.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{name}-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Waits until `look` finds what it looks for; `None` where the deadline passes first.
pub fn wait_for<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() > deadline {
            return None;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Words without their spaces and line breaks: wrapping must not matter.
pub fn packed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Ends a process at once, without a word to it.
pub fn kill_9(pid: u32) {
    let pid = pid.to_string();
    assert!(
        Command::new("kill")
            .args(["-9", &pid])
            .status()
            .unwrap()
            .success()
    );
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

struct Seen {
    parser: Mutex<vt100::Parser>,
    bytes: Mutex<Vec<u8>>,
    stop: AtomicBool,
}

/// The program at its terminal.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    seen: Arc<Seen>,
    reader: Option<JoinHandle<()>>,
    before: String,
}

impl Pty {
    /// `whybuy` with these arguments, in a terminal of 100 columns and 40 rows.
    pub fn whybuy(data: &Path, language: Language, arguments: &[&str]) -> Pty {
        let mut command = CommandBuilder::new(WHYBUY);
        command.args(["--lang", language.code()]);
        command.args(arguments);
        Pty::run(command, data)
    }

    /// Any command, with the surroundings of a plain terminal.
    pub fn run(mut command: CommandBuilder, data: &Path) -> Pty {
        let (rows, cols) = (40, 100);
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "xterm-256color");
        command.env("WHYBUY_DATA", data);
        let before = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let seen = Arc::new(Seen {
            parser: Mutex::new(vt100::Parser::new(cells(rows), cells(cols), 0)),
            bytes: Mutex::default(),
            stop: AtomicBool::new(false),
        });
        let kept = seen.clone();
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // A terminal whose other end is closed reads as an error on Linux.
            while let Ok(n @ 1..) = output.read(&mut buffer) {
                kept.parser.lock().unwrap().process(&buffer[..n]);
                kept.bytes.lock().unwrap().extend(&buffer[..n]);
                if kept.stop.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        Pty {
            child,
            master: pair.master,
            writer,
            seen,
            reader: Some(reader),
            before,
        }
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// What stands on the screen, without the spaces at the ends of its rows: written or not, they look alike.
    pub fn text(&self) -> String {
        let text = self.screen(|screen| screen.contents());
        let rows: Vec<&str> = text.lines().map(str::trim_end).collect();
        rows.join("\n")
    }

    pub fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.seen.parser.lock().unwrap().screen())
    }

    /// Every byte the program has sent.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.bytes.lock().unwrap().clone()
    }

    /// Waits until the screen's words, without their spaces, are as wanted.
    #[track_caller]
    pub fn until(&self, wanted: &str, mut look: impl FnMut(&str) -> bool) {
        let found = wait_for(|| look(&packed(&self.text())).then_some(()));
        assert!(
            found.is_some(),
            "never on the screen: {wanted}\n{}",
            self.text()
        );
    }

    #[track_caller]
    pub fn shows(&self, words: &str) {
        let wanted = packed(words);
        self.until(words, |text| text.contains(&wanted));
    }

    /// Waits until the screen is the same, row by row.
    #[track_caller]
    pub fn becomes(&self, wanted: &str) {
        let found = wait_for(|| (self.text() == wanted).then_some(()));
        assert!(found.is_some(), "wanted\n{wanted}\nfound\n{}", self.text());
    }

    /// The screen when nothing has come for a while: a frame may arrive in pieces.
    pub fn settled(&self) -> String {
        let (mut last, mut quiet) = (self.bytes().len(), 0);
        let found = wait_for(|| {
            let now = self.bytes().len();
            quiet = if now == last { quiet + 1 } else { 0 };
            last = now;
            (quiet > 60).then(|| self.text())
        });
        found.expect("it never stops drawing")
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.seen
            .parser
            .lock()
            .unwrap()
            .screen_mut()
            .set_size(cells(rows), cells(cols));
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        self.master.resize(size).unwrap();
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits until the program is gone and all it said is on the screen.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let status = wait_for(|| self.child.try_wait().unwrap());
        let status = status.unwrap_or_else(|| panic!("still there:\n{}", self.text()));
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        status
    }

    /// Whether the terminal echoes and edits lines as it did before.
    pub fn is_as_before(&self) -> bool {
        self.before == format!("{:?}", self.master.get_termios())
    }

    /// The terminal goes away, and the program is left behind.
    pub fn hang_up(mut self) -> Box<dyn Child + Send + Sync> {
        self.seen.stop.store(true, Ordering::SeqCst);
        // The reader holds the terminal open until it has read once more: F1 draws the help.
        self.send("\x1bOP");
        self.reader.take().unwrap().join().unwrap();
        let gone = Gone;
        std::mem::replace(&mut self.child, Box::new(gone))
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            kill_9(self.pid());
            let _ = self.child.wait();
        }
    }
}

/// Stands in the place of a program that was handed on.
#[derive(Debug)]
struct Gone;

impl portable_pty::ChildKiller for Gone {
    fn kill(&mut self) -> std::io::Result<()> {
        Ok(())
    }

    fn clone_killer(&self) -> Box<dyn portable_pty::ChildKiller + Send + Sync> {
        Box::new(Gone)
    }
}

impl Child for Gone {
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>> {
        Ok(Some(ExitStatus::with_exit_code(0)))
    }

    fn wait(&mut self) -> std::io::Result<ExitStatus> {
        Ok(ExitStatus::with_exit_code(0))
    }

    fn process_id(&self) -> Option<u32> {
        None
    }
}
