//! The program as a whole: process start to the first frame at a terminal, and its peak memory. At most 30 ms and 30 MB.
//!
//! A real terminal stands behind it: a pty that answers the cursor query a library may ask at the start. Criterion cannot
//! measure another process's first frame, so this counts by itself. `cargo bench --bench start`

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const WHYBUY: &str = env!("CARGO_BIN_EXE_whybuy");
const RUNS: usize = 30;
/// What the last row of the home screen holds in English: the frame is there when it is.
const LAST_WORDS: &str = "F2 中文";
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("start-{}", std::process::id()));
    std::fs::create_dir_all(&data).expect("a folder to work in");
    report("start to first frame, no deal yet", first_frames(&data));
    let peak = plain_deal(&data);
    println!("peak memory of a typed deal in plain mode: {peak} kB");
    report("start to first frame, one deal kept", first_frames(&data));
    let _ = std::fs::remove_dir_all(&data);
}

fn report(what: &str, mut runs: Vec<(Duration, u64)>) {
    runs.sort();
    let ((fastest, _), (median, peak)) = (runs[0], runs[runs.len() / 2]);
    println!("{what}: median {median:.1?}, fastest {fastest:.1?}; peak memory then {peak} kB");
}

fn first_frames(data: &Path) -> Vec<(Duration, u64)> {
    (0..RUNS).map(|_| first_frame(data)).collect()
}

/// How long until the home screen stands, and the most memory taken by then, in kB.
fn first_frame(data: &Path) -> (Duration, u64) {
    let size = PtySize {
        rows: 40,
        cols: 100,
        ..PtySize::default()
    };
    let pair = native_pty_system().openpty(size).expect("a pty");
    let mut command = CommandBuilder::new(WHYBUY);
    command.args(["--lang", "en"]);
    command.env("TERM", "xterm-256color");
    command.env("WHYBUY_DATA", data);
    let mut output = pair.master.try_clone_reader().expect("its output");
    let mut input = pair.master.take_writer().expect("its input");
    let begun = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program");
    drop(pair.slave);
    let mut screen = vt100::Parser::new(
        40.try_into().expect("not 0"),
        100.try_into().expect("not 0"),
        0,
    );
    let mut buffer = [0; 16 * 1024];
    let taken = loop {
        let n = output.read(&mut buffer).expect("it draws");
        assert!(n > 0 && begun.elapsed() < PATIENCE, "no first frame");
        if buffer[..n].windows(4).any(|w| w == b"\x1b[6n") {
            input.write_all(b"\x1b[1;1R").expect("it listens");
            input.flush().expect("it listens");
        }
        screen.process(&buffer[..n]);
        if screen.screen().contents().contains(LAST_WORDS) {
            break begun.elapsed();
        }
    };
    let peak = child.process_id().map_or(0, peak_of);
    let _ = child.kill();
    let _ = child.wait();
    (taken, peak)
}

/// Types the strong deal through the plain face; the most memory it took, in kB.
fn plain_deal(data: &Path) -> u64 {
    let typed: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/fixtures/strong-en.txt"]
        .iter()
        .collect();
    let typed = std::fs::read(typed).expect("the fixture is in the repository");
    let mut child = Command::new(WHYBUY)
        .args([
            "play",
            "fit-out-hardware",
            "--plain",
            "--lang",
            "en",
            "--seed",
            "7",
        ])
        .env("WHYBUY_DATA", data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("piped");
    let mut output = child.stdout.take().expect("piped");
    input.write_all(&typed).expect("it listens");
    input.flush().expect("it listens");
    // The input stays open after the last line: the program waits at its end and can be asked for its memory.
    let reader = std::thread::spawn(move || {
        let mut shown = Vec::new();
        let _ = output.read_to_end(&mut shown);
    });
    let mut peak = 0;
    while child.try_wait().expect("a child").is_none() {
        peak = peak.max(peak_of(child.id()));
        std::thread::sleep(Duration::from_millis(1));
    }
    let _ = reader.join();
    peak
}

/// The most memory a process has taken, in kB; 0 where the system does not tell.
fn peak_of(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .trim()
                .strip_suffix("kB")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0)
}
