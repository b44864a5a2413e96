//! The only file that touches the terminal: raw mode, events in, frames out.

use std::collections::VecDeque;
use std::io::{IsTerminal, stdin, stdout};
use std::time::Duration;

use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use ratatui::crossterm::execute;
use ratatui::{DefaultTerminal, Frame, restore, try_init};

use super::app::App;
use super::effect::Effect;
use super::message::Msg;
use super::{update, view};

/// What can be run at a terminal.
pub trait Face {
    /// Takes one message; what has to happen outside.
    fn update(&mut self, msg: Msg) -> Vec<Effect>;
    /// Draws everything.
    fn view(&self, frame: &mut Frame);
    /// How often it wants a [`Msg::Tick`] while no key comes; never where `None`.
    fn tick(&self) -> Option<Duration> {
        None
    }
}

impl Face for App {
    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        update(self, msg)
    }

    fn view(&self, frame: &mut Frame) {
        view(self, frame);
    }

    /// Only while something is under way: a terminal at rest must not wake the machine.
    fn tick(&self) -> Option<Duration> {
        self.is_busy().then_some(LISTEN)
    }
}

/// How often it is looked whether the terminal is still there.
const WATCH: Duration = Duration::from_secs(1);

/// How often it is looked for answers while something is under way in the background.
const LISTEN: Duration = Duration::from_millis(40);

/// Runs the interface until the user leaves. `perform` does what an effect asks for and returns the answers;
/// [`Effect::Quit`] never reaches it.
///
/// A terminal that vanishes ends the program quietly: every entry is on disk already.
///
/// # Errors
/// Where the terminal cannot be set up or drawn on.
pub fn run(face: impl Face, perform: impl FnMut(Effect) -> Vec<Msg>) -> std::io::Result<()> {
    watch_for_hangup();
    // Below ratatui's own hook, which restores the rest.
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let _ = execute!(stdout(), DisableBracketedPaste);
        before(panic);
    }));
    let mut terminal = match try_init() {
        Ok(terminal) => terminal,
        Err(error) => {
            restore();
            return Err(error);
        }
    };
    // A terminal without bracketed paste works all the same.
    let _ = execute!(stdout(), EnableBracketedPaste);
    let result = turn(&mut terminal, face, perform);
    let _ = execute!(stdout(), DisableBracketedPaste);
    restore();
    result
}

fn turn(
    terminal: &mut DefaultTerminal,
    mut face: impl Face,
    mut perform: impl FnMut(Effect) -> Vec<Msg>,
) -> std::io::Result<()> {
    let size = terminal.size()?;
    let mut queue = VecDeque::from([Msg::Resize(size.width, size.height)]);
    let mut shown = false;
    loop {
        while let Some(message) = queue.pop_front() {
            for effect in face.update(message) {
                if effect == Effect::Quit {
                    return Ok(());
                }
                queue.extend(perform(effect));
            }
        }
        // Where keys are waiting already, as after a paste without brackets, one frame for all of them is enough.
        if !matches!(event::poll(Duration::ZERO), Ok(true)) {
            terminal.draw(|frame| face.view(frame))?;
        }
        // What takes longer is asked for once something stands on the screen, and before any key is looked at.
        if !shown {
            shown = true;
            queue.push_back(Msg::Shown);
            continue;
        }
        if let Some(wait) = face.tick()
            && matches!(event::poll(wait), Ok(false))
        {
            queue.push_back(Msg::Tick);
            continue;
        }
        // A read that fails means that nobody is there any more.
        let Ok(event) = event::read() else {
            return Ok(());
        };
        queue.extend(match event {
            Event::Key(key) => Some(Msg::Key(key)),
            Event::Paste(words) => Some(Msg::Paste(words)),
            Event::Resize(width, height) => Some(Msg::Resize(width, height)),
            Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
        });
    }
}

/// Ends the program where the terminal hangs up and the signal for it is ignored (`nohup`): reading a terminal
/// that is gone would turn round for ever. Not started where standard input is no terminal to begin with.
fn watch_for_hangup() {
    if !stdin().is_terminal() {
        return;
    }
    let watch = || {
        while stdin().is_terminal() {
            std::thread::sleep(WATCH);
        }
        std::process::exit(0);
    };
    // Without the thread only that rare case is lost.
    let _ = std::thread::Builder::new()
        .name("whybuy-hangup".to_owned())
        .spawn(watch);
}
