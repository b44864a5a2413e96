//! One connected seat: bytes in, frames out, orders of the trainer in between.
//!
//! One task owns the seat. It never waits for output while it should read: frames go through a queue of one, and only
//! where there is room in it is the next one drawn, so that the latest state wins and one frame covers many keys.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use russh::server::Msg as ServerMsg;
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until, timeout};

use super::desk::Desk;
use super::hub::{Hub, Status, Taken};
use super::keys::Keys;
use super::seat::{Goodbye, Order, Seat};
use crate::locale::tr;
use crate::score;
use crate::session::Mode;
use crate::text::Language;
use crate::tui::{self, App, CaseRow, Effect, Msg, Setup};

/// The largest screen a seat is drawn on, in columns and rows: beyond it, a size is an attack on memory.
const LARGEST: (u32, u32) = (250, 100);
/// Somebody who has opened a channel and asks for no terminal is no trainee.
const OPENING: Duration = Duration::from_secs(20);
/// A terminal that takes no frame for so long is gone.
const SLOWEST: Duration = Duration::from_secs(30);
/// Without a key for so long a seat is given up; its owner may come back.
const IDLE: Duration = Duration::from_secs(3 * 3600);
/// After so long an `ESC` stood for itself.
const ESCAPE: Duration = Duration::from_millis(80);
/// Keys a seat may send at once, and how many a second are let through after that. Nobody types so fast; a flood waits.
const KEYS: (f64, f64) = (4000.0, 2000.0);
/// The least time between two entries of one seat: a held Enter must not keep the disk from the others.
const ENTRY: Duration = Duration::from_millis(20);
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[2J";
const LEAVE: &[u8] = b"\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[0m";

/// What the terminal draws into; taken away frame by frame.
#[derive(Clone, Default)]
struct Frames(Arc<Mutex<Vec<u8>>>);

impl Frames {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a terminal said of itself before the shell was asked for.
struct Asked {
    size: (u16, u16),
    language: Option<Language>,
}

/// Serves one channel of an admitted trainee until he leaves.
pub(super) async fn serve(hub: Arc<Hub>, seat: u32, channel: Channel<ServerMsg>) {
    let (mut read, write) = channel.split();
    let Ok(Some(asked)) = timeout(OPENING, opening(&mut read)).await else {
        let _ = timeout(SLOWEST, write.close()).await;
        return;
    };
    let (orders, mut ordered) = mpsc::unbounded_channel();
    let Some((id, taken)) = hub.take(seat, orders) else {
        let _ = timeout(SLOWEST, write.close()).await;
        return;
    };
    let (frames, queue) = mpsc::channel(1);
    let writer = tokio::spawn(write_frames(write, queue));
    let goodbye = sit(&hub, &taken, asked, &mut read, &frames, &mut ordered).await;
    hub.left(seat, id);
    if let Some((goodbye, language)) = goodbye {
        let mut last = LEAVE.to_vec();
        last.extend(format!("{}\r\n", tr(language, goodbye.words())).bytes());
        let _ = timeout(SLOWEST, frames.send(last)).await;
    }
    drop(frames);
    let _ = writer.await;
}

/// Waits until a shell is asked for.
async fn opening(read: &mut ChannelReadHalf) -> Option<Asked> {
    let mut asked = Asked {
        size: (80, 24),
        language: None,
    };
    loop {
        match read.wait().await? {
            ChannelMsg::RequestPty {
                col_width,
                row_height,
                ..
            } => asked.size = clamp(col_width, row_height),
            ChannelMsg::WindowChange {
                col_width,
                row_height,
                ..
            } => asked.size = clamp(col_width, row_height),
            ChannelMsg::SetEnv {
                variable_name,
                variable_value,
                ..
            } if matches!(&*variable_name, "LC_ALL" | "LC_MESSAGES" | "LANG") => {
                asked.language = asked.language.or(Language::from_code(&variable_value));
            }
            ChannelMsg::RequestShell { .. } => return Some(asked),
            ChannelMsg::Close | ChannelMsg::Eof | ChannelMsg::Exec { .. } => return None,
            _ => {}
        }
    }
}

fn clamp(columns: u32, rows: u32) -> (u16, u16) {
    (
        columns.clamp(1, LARGEST.0) as u16,
        rows.clamp(1, LARGEST.1) as u16,
    )
}

/// Sends frames, one at a time, until there are no more or nobody takes them.
async fn write_frames(write: ChannelWriteHalf<ServerMsg>, mut queue: mpsc::Receiver<Vec<u8>>) {
    while let Some(frame) = queue.recv().await {
        if !matches!(timeout(SLOWEST, write.data_bytes(frame)).await, Ok(Ok(()))) {
            break;
        }
    }
    // Closed before the goodbye: the seat must notice that nobody reads any more.
    drop(queue);
    let _ = timeout(SLOWEST, write.exit_status(0)).await;
    let _ = timeout(SLOWEST, write.close()).await;
}

/// One seat at its terminal: everything the loop needs.
struct Sitting {
    hub: Arc<Hub>,
    number: u32,
    seat: Seat,
    desk: Option<Desk>,
    last_entry: Instant,
}

/// Plays until somebody leaves; why, and in which language to say so. `None` where nobody is there to hear it.
async fn sit(
    hub: &Arc<Hub>,
    taken: &Taken,
    asked: Asked,
    read: &mut ChannelReadHalf,
    frames: &mpsc::Sender<Vec<u8>>,
    ordered: &mut UnboundedReceiver<Order>,
) -> Option<(Goodbye, Language)> {
    let plan = hub.plan();
    let of_class = Language::from_code(&plan.language).unwrap_or_default();
    let language = asked.language.unwrap_or(of_class);
    // Whoever sat here before lets go of the deal first.
    let Ok(_turn) = timeout(SLOWEST, taken.turn.lock()).await else {
        return Some((Goodbye::Broken, language));
    };
    let mode = if plan.guided {
        Mode::Guided
    } else {
        Mode::Free
    };
    let Some(mut sitting) = sit_down(hub, taken, language, mode).await else {
        return Some((Goodbye::Broken, language));
    };
    frames.send(ENTER.to_vec()).await.ok()?;

    let output = Frames::default();
    let mut size = asked.size;
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, size.0, size.1)),
    };
    let mut terminal =
        Terminal::with_options(CrosstermBackend::new(output.clone()), options).ok()?;
    sitting.take(Msg::Resize(size.0, size.1)).await;
    let mut drawn = size;
    let mut keys = Keys::default();
    let mut budget = Budget::new();
    let mut dirty = true;
    let mut watched = hub.is_watched(sitting.number);
    let mut heard = Instant::now();
    loop {
        let language = sitting.seat.language();
        tokio::select! {
            message = read.wait() => match message {
                None | Some(ChannelMsg::Close | ChannelMsg::Eof) => return None,
                Some(ChannelMsg::WindowChange { col_width, row_height, .. }) => {
                    // Only noted: a thousand sizes in a row cost one frame.
                    size = clamp(col_width, row_height);
                    sitting.take(Msg::Resize(size.0, size.1)).await;
                    dirty = true;
                }
                Some(ChannelMsg::Data { data }) => {
                    heard = Instant::now();
                    hub.heard(sitting.number);
                    for part in data.chunks(256) {
                        let read = keys.feed(part);
                        budget.spend(read.len()).await;
                        for key in read {
                            if let Some(goodbye) = sitting.take(key).await {
                                return Some((goodbye, sitting.seat.language()));
                            }
                        }
                        tokio::task::yield_now().await;
                    }
                    dirty = true;
                }
                Some(_) => {}
            },
            order = ordered.recv() => match order {
                None => return Some((Goodbye::Broken, language)),
                Some(Order::Go(goodbye)) => return Some((goodbye, language)),
                Some(Order::Watch(on)) => (watched, dirty) = (on, true),
                Some(order) => {
                    sitting.ordered(order).await;
                    dirty = true;
                }
            },
            room = frames.reserve(), if dirty => {
                let room = room.ok()?;
                if drawn != size {
                    drawn = size;
                    terminal.resize(Rect::new(0, 0, size.0, size.1)).ok()?;
                }
                let frame = terminal.draw(|frame| sitting.seat.view(frame)).ok()?;
                if watched {
                    hub.shows(sitting.number, frame.buffer.clone());
                }
                dirty = false;
                room.send(output.take());
            },
            () = sleep_until(Instant::now() + ESCAPE), if keys.is_waiting() => {
                if let Some(key) = keys.waited()
                    && let Some(goodbye) = sitting.take(key).await
                {
                    return Some((goodbye, sitting.seat.language()));
                }
                dirty = true;
            },
            () = sleep_until(heard + IDLE) => return Some((Goodbye::Idle, language)),
        }
    }
}

/// Opens the seat's deal; `None` where that cannot be.
async fn sit_down(
    hub: &Arc<Hub>,
    taken: &Taken,
    language: Language,
    mode: Mode,
) -> Option<Sitting> {
    let number = taken.seat.number;
    let opened = {
        let hub = hub.clone();
        spawn_blocking(move || {
            let mut desk = Desk::open(hub, number, language)?;
            let (session, again) = desk.deal(mode)?;
            Ok::<_, String>((desk, session, again))
        })
    };
    let (desk, session, again) = opened.await.ok()?.ok()?;
    let case = &hub.world.case;
    let row = CaseRow {
        id: hub.entry.id.clone(),
        title: case.title.clone(),
        summary: case.summary.clone(),
        brief: case.brief.clone(),
        playable: true,
        problems: String::new(),
    };
    let setup = Setup {
        settings: tui::Settings {
            language,
            mode,
            beginner: false,
        },
        cases: vec![row],
        sessions: Vec::new(),
        due: (0, 0),
        reader: hub.reader.clone(),
        report: score::report,
        seed: None,
        colour: true,
    };
    let status = Status::of(&session);
    let app = App::new(setup).with_session(session);
    hub.stands(number, status);
    let Taken { seat, frozen, .. } = taken;
    Some(Sitting {
        hub: hub.clone(),
        number,
        seat: Seat::new(app, seat.name.clone(), seat.code.clone(), !again, *frozen),
        desk: Some(desk),
        last_entry: Instant::now(),
    })
}

impl Sitting {
    /// Takes a message and does all it leads to; the goodbye, where it leads there.
    async fn take(&mut self, msg: Msg) -> Option<Goodbye> {
        let effects = self.seat.update(msg);
        self.perform(effects).await
    }

    async fn ordered(&mut self, order: Order) -> Option<Goodbye> {
        let effects = self.seat.ordered(order);
        self.perform(effects).await
    }

    async fn perform(&mut self, mut effects: Vec<Effect>) -> Option<Goodbye> {
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                if effect == Effect::Quit {
                    return Some(Goodbye::Own);
                }
                if matches!(effect, Effect::Append(_)) {
                    sleep_until(self.last_entry + ENTRY).await;
                    self.last_entry = Instant::now();
                }
                // A desk whose task panicked is gone, and with it the certainty of what is on disk.
                let mut desk = self.desk.take()?;
                let done = spawn_blocking(move || {
                    let answers = desk.perform(effect);
                    (desk, answers)
                });
                let Ok((desk, answers)) = done.await else {
                    return Some(Goodbye::Broken);
                };
                self.desk = Some(desk);
                for answer in answers {
                    next.extend(self.seat.update(answer));
                }
                if let Some(session) = &self.seat.app.session {
                    self.hub.stands(self.number, Status::of(session));
                }
            }
            effects = next;
        }
        None
    }
}

/// How many keys a seat may still send before it waits.
struct Budget {
    left: f64,
    since: Instant,
}

impl Budget {
    fn new() -> Budget {
        Budget {
            left: KEYS.0,
            since: Instant::now(),
        }
    }

    async fn spend(&mut self, keys: usize) {
        let now = Instant::now();
        let earned = (now - self.since).as_secs_f64() * KEYS.1;
        self.left = (self.left + earned).min(KEYS.0) - keys as f64;
        self.since = now;
        if self.left < 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(-self.left / KEYS.1)).await;
        }
    }
}
