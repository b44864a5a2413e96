//! The SSH side: who gets a channel, and that nobody gets anything else.
//!
//! A trainee is asked for his name and the join code before he gets a channel; he never gets a shell, a command, a
//! file, a forwarded port or an agent. Algorithms are the few that are good today.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, HashAlg, PrivateKey};
use russh::server::{Auth, ChannelOpenHandle, Config, Handler, Msg, Response, Session, run_stream};
use russh::{Channel, ChannelId, ChannelOpenFailure, MethodKind, MethodSet, Preferred, Pty};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::hub::{Hub, Refused};
use super::link;
use crate::deal::now;
use crate::locale::tr;
use crate::text::Language;

/// So long somebody may take to say who he is.
const GRACE: Duration = Duration::from_secs(90);
/// Connections from one address that have not yet said who they are.
const STRANGERS: usize = 64;
/// How often a silent connection is asked whether it is still there.
const ALIVE: Duration = Duration::from_secs(20);
/// The bytes a client may send ahead.
const WINDOW: u32 = 65_536;

/// The server's key: read from the file, or made and kept there, readable by its owner alone.
///
/// # Errors
/// Where the file cannot be read or written, or others may read it.
pub fn host_key(path: &Path) -> io::Result<PrivateKey> {
    match fs::read_to_string(path) {
        Ok(text) => {
            only_for_me(path)?;
            PrivateKey::from_openssh(&text).map_err(io::Error::other)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519)
                .map_err(io::Error::other)?;
            let text = key.to_openssh(LineEnding::LF).map_err(io::Error::other)?;
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

fn only_for_me(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path)?.permissions());
        if mode & 0o077 != 0 {
            let told = format!("{}: chmod 600", path.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, told));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// The key's fingerprint, as `ssh` shows it on the first visit.
pub fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

fn config(key: PrivateKey) -> Config {
    let preferred = Preferred {
        kex: Cow::Borrowed(&[
            russh::kex::MLKEM768X25519_SHA256,
            russh::kex::CURVE25519,
            russh::kex::CURVE25519_PRE_RFC_8731,
            russh::kex::EXTENSION_SUPPORT_AS_SERVER,
            russh::kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
        ]),
        key: Cow::Borrowed(&[Algorithm::Ed25519]),
        cipher: Cow::Borrowed(&[russh::cipher::CHACHA20_POLY1305, russh::cipher::AES_256_GCM]),
        mac: Cow::Borrowed(&[russh::mac::HMAC_SHA512_ETM, russh::mac::HMAC_SHA256_ETM]),
        compression: Cow::Borrowed(&[russh::compression::NONE]),
        ..Preferred::DEFAULT
    };
    let mut methods = MethodSet::empty();
    methods.push(MethodKind::KeyboardInteractive);
    methods.push(MethodKind::Password);
    Config {
        server_id: russh::SshId::Standard(Cow::Borrowed("SSH-2.0-whybuy")),
        methods,
        // Wrong codes are slowed by count and address.
        auth_rejection_time: Duration::ZERO,
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        preferred,
        max_auth_attempts: 6,
        window_size: WINDOW,
        maximum_packet_size: 32_768,
        channel_buffer_size: 16,
        inactivity_timeout: None,
        keepalive_interval: Some(ALIVE),
        keepalive_max: 3,
        nodelay: true,
        ..Config::default()
    }
}

/// Counts the connections that have not yet said who they are.
type Strangers = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// One of them; counted until it is dropped.
struct Stranger {
    all: Strangers,
    from: IpAddr,
}

impl Stranger {
    fn enter(all: &Strangers, from: IpAddr) -> Option<Stranger> {
        let mut counts = all.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(from).or_insert(0);
        if *count >= STRANGERS {
            return None;
        }
        *count += 1;
        let all = all.clone();
        Some(Stranger { all, from })
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let mut counts = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.from);
            }
        }
    }
}

/// Serves a class until the task is dropped.
pub async fn serve(hub: Arc<Hub>, listener: TcpListener, key: PrivateKey) {
    let config = Arc::new(config(key));
    let strangers = Strangers::default();
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                // Too many who say nothing: the door closes in their face, not in everybody's.
                if let Some(stranger) = Stranger::enter(&strangers, from.ip()) {
                    let (hub, config) = (hub.clone(), config.clone());
                    tokio::spawn(connection(hub, config, stream, from, stranger));
                }
            }
            // No descriptor left, for example: those who sit go on, and a place may become free.
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

async fn connection(
    hub: Arc<Hub>,
    config: Arc<Config>,
    stream: TcpStream,
    from: SocketAddr,
    stranger: Stranger,
) {
    let _ = stream.set_nodelay(true);
    let known = Arc::new(AtomicBool::new(false));
    let guest = Guest {
        hub,
        from: from.ip(),
        stage: Stage::Outside,
        known: known.clone(),
        seat: None,
        opened: false,
        terminal: false,
    };
    let Ok(Ok(session)) = timeout(GRACE, run_stream(config, stream, guest)).await else {
        return;
    };
    let handle = session.handle();
    tokio::pin!(session);
    if timeout(GRACE, &mut session).await.is_ok() {
        return;
    }
    if !known.load(Ordering::Relaxed) {
        let _ = handle
            .disconnect(
                russh::Disconnect::NoMoreAuthMethodsAvailable,
                String::new(),
                String::new(),
            )
            .await;
        return;
    }
    drop(stranger);
    let _ = session.await;
}

/// How far somebody has got in saying who he is.
enum Stage {
    Outside,
    /// Asked for his name and the join code.
    Asked,
    /// His name is taken: asked for the code by which its owner comes back.
    Back {
        name: String,
        join: String,
    },
}

/// One connection.
struct Guest {
    hub: Arc<Hub>,
    from: IpAddr,
    stage: Stage,
    known: Arc<AtomicBool>,
    seat: Option<u32>,
    opened: bool,
    terminal: bool,
}

impl Guest {
    async fn knock(&mut self, name: &str, join: &str, back: Option<&str>) -> Result<(), Refused> {
        let hub = self.hub.clone();
        let words = (name.to_owned(), join.to_owned(), back.map(str::to_owned));
        let knocked = spawn_blocking(move || {
            let (name, join, back) = words;
            hub.knock(&name, &join, back.as_deref(), now())
        });
        match knocked.await.unwrap_or(Err(Refused::Disk)) {
            Ok(seat) => {
                self.seat = Some(seat);
                self.known.store(true, Ordering::Relaxed);
                Ok(())
            }
            Err(refused) => {
                if refused == Refused::Code {
                    sleep(self.hub.count_wrong(self.from)).await;
                }
                Err(refused)
            }
        }
    }

    /// The first two questions, or the first two again with what was wrong.
    fn ask(&mut self, user: &str, refused: Option<Refused>) -> Auth {
        self.stage = Stage::Asked;
        let words = refused.map_or("class.ask.idea", |refused| match refused {
            Refused::Code => "class.ask.wrong",
            Refused::Name => "class.ask.name_wrong",
            Refused::Taken => "class.ask.taken",
            Refused::Removed => "class.ask.removed",
            Refused::Full => "class.ask.full",
            Refused::Over => "class.ask.over",
            Refused::Disk => "class.ask.disk",
        });
        let user = super::hub::clean(user).unwrap_or_default();
        let name = format!("姓名 Name [{user}]: ");
        Auth::Partial {
            name: Cow::Borrowed("whybuy"),
            instructions: Cow::Owned(both(words)),
            prompts: Cow::Owned(vec![
                (Cow::Owned(name), true),
                (Cow::Borrowed("加入码 Join code: "), true),
            ]),
        }
    }
}

/// Before somebody has said anything nobody knows his language.
fn both(key: &'static str) -> String {
    Language::ALL.map(|language| tr(language, key)).join("\n")
}

/// What a guest does ends at worst his own connection.
type Done = Result<(), russh::Error>;

impl Handler for Guest {
    type Error = russh::Error;

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, russh::Error> {
        let Some(response) = response else {
            return Ok(self.ask(user, None));
        };
        let mut answers = response
            .take(2)
            .map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).into_owned());
        let first = answers.next().unwrap_or_default();
        let second = answers.next().unwrap_or_default();
        let (name, join, back) = match std::mem::replace(&mut self.stage, Stage::Outside) {
            Stage::Outside => return Ok(self.ask(user, None)),
            Stage::Asked => {
                let name = if first.trim().is_empty() {
                    user.to_owned()
                } else {
                    first
                };
                (name, second, None)
            }
            Stage::Back { name, join } => (name, join, Some(first)),
        };
        match self.knock(&name, &join, back.as_deref()).await {
            Ok(()) => Ok(Auth::Accept),
            Err(Refused::Taken) => {
                self.stage = Stage::Back { name, join };
                Ok(Auth::Partial {
                    name: Cow::Borrowed("whybuy"),
                    instructions: Cow::Owned(both("class.ask.taken")),
                    prompts: Cow::Borrowed(&[(Cow::Borrowed("返回码 Return code: "), true)]),
                })
            }
            // A wrong code ends this try; the client begins another, as often as it may.
            Err(Refused::Code) => Ok(Auth::reject()),
            Err(refused) => Ok(self.ask(user, Some(refused))),
        }
    }

    /// The same for programs: the password is the join code, and after it the code to come back by.
    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, russh::Error> {
        let short: String = password.chars().take(256).collect();
        let mut codes = short.split_whitespace();
        let join = codes.next().unwrap_or_default();
        match self.knock(user, join, codes.next()).await {
            Ok(()) => Ok(Auth::Accept),
            Err(_) => Ok(Auth::reject()),
        }
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Done {
        match self.seat.filter(|_| !self.opened) {
            Some(seat) => {
                self.opened = true;
                reply.accept().await;
                tokio::spawn(link::serve(self.hub.clone(), seat, channel));
            }
            None => {
                reply
                    .reject(ChannelOpenFailure::AdministrativelyProhibited)
                    .await
            }
        }
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        _term: &str,
        _columns: u32,
        _rows: u32,
        _width: u32,
        _height: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Done {
        self.terminal = true;
        session.channel_success(channel)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        _name: &str,
        _value: &str,
        session: &mut Session,
    ) -> Done {
        session.channel_success(channel)
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        _columns: u32,
        _rows: u32,
        _width: u32,
        _height: u32,
        session: &mut Session,
    ) -> Done {
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Done {
        if self.terminal {
            return session.channel_success(channel);
        }
        session.channel_failure(channel)?;
        session.close(channel)
    }

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        _data: &[u8],
        session: &mut Session,
    ) -> Done {
        session.channel_failure(channel)?;
        session.close(channel)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _name: &str,
        session: &mut Session,
    ) -> Done {
        session.channel_failure(channel)?;
        session.close(channel)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _single: bool,
        _protocol: &str,
        _cookie: &str,
        _screen: u32,
        session: &mut Session,
    ) -> Done {
        session.channel_failure(channel)
    }

    async fn agent_request(
        &mut self,
        channel: ChannelId,
        session: &mut Session,
    ) -> Result<bool, russh::Error> {
        session.channel_failure(channel)?;
        Ok(false)
    }
}
