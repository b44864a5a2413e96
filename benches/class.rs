//! A full class on the real program: how long a key takes to become a frame, what a seat costs, with one who floods.
//!
//!     WHYBUY_SEATS=500 cargo bench --bench class
//!
//! Clients and server share the machine, so the figures are upper bounds.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use russh::client;
use russh::keys::PublicKeyOrCertificate;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Seconds of a key a second.
const SECONDS: u32 = 15;

struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

struct Laptop {
    _handle: client::Handle<Trusting>,
    read: ChannelReadHalf,
    write: ChannelWriteHalf<client::Msg>,
}

impl Laptop {
    async fn join(port: u16, name: String, code: String) -> Laptop {
        let config = Arc::new(client::Config {
            nodelay: true,
            ..client::Config::default()
        });
        let mut handle = loop {
            // The door lets only so many strangers in at once.
            match client::connect(config.clone(), ("127.0.0.1", port), Trusting).await {
                Ok(handle) => break handle,
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        };
        let answer = handle.authenticate_password(name, code).await;
        assert!(answer.unwrap().success());
        let channel = handle.channel_open_session().await.unwrap();
        let pty = channel.request_pty(true, "xterm", 80, 24, 0, 0, &[]);
        pty.await.unwrap();
        channel.request_shell(true).await.unwrap();
        let (read, write) = channel.split();
        let mut laptop = Laptop {
            _handle: handle,
            read,
            write,
        };
        laptop.quiet().await;
        // Past the welcome.
        laptop.write.data_bytes(&b"\r"[..]).await.unwrap();
        laptop.quiet().await;
        laptop
    }

    /// Reads until nothing has come for a while.
    async fn quiet(&mut self) {
        while timeout(Duration::from_millis(400), self.read.wait())
            .await
            .is_ok()
        {}
    }

    /// A key that changes what is shown, and how long until something of it arrives.
    async fn key(&mut self, right: bool) -> Duration {
        let key: &[u8] = if right { b"\x1b[C" } else { b"\x1b[D" };
        let start = Instant::now();
        self.write.data_bytes(key).await.unwrap();
        loop {
            match self.read.wait().await {
                Some(ChannelMsg::Data { .. }) => return start.elapsed(),
                Some(_) => {}
                None => panic!("a seat was closed"),
            }
        }
    }
}

fn started(seats: usize) -> (Child, u16, String) {
    let data = std::env::temp_dir().join(format!("whybuy-class-{}", std::process::id()));
    let mut server = Command::new(env!("CARGO_BIN_EXE_whybuy"))
        .args(["class", "serve", "--port", "0", "--bind", "127.0.0.1"])
        .args([
            "--lang",
            "en",
            "--seats",
            &(seats + 1).to_string(),
            "--data",
        ])
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut find = |lead: &str| {
        let mut lines = lines.by_ref().map(Result::unwrap);
        let line = lines.find(|l| l.starts_with(lead)).unwrap();
        line[lead.len()..].to_owned()
    };
    let port = find("ssh -p ");
    let port = port.split(' ').next().unwrap().parse().unwrap();
    (server, port, find("Join code "))
}

/// Resident memory in KiB, and processor time in seconds.
fn cost(pid: u32) -> (u64, f64) {
    let read =
        |file: &str| std::fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default();
    let status = read("status");
    let resident = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let resident = resident.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok());
    let stat = read("stat");
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .collect();
    let ticks = |n: usize| {
        fields
            .get(n)
            .and_then(|f| f.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (resident.unwrap_or(0), (ticks(11) + ticks(12)) / 100.0)
}

async fn round(laptops: Vec<Laptop>, what: &str) -> Vec<Laptop> {
    let mut all = JoinSet::new();
    let count = laptops.len() as u32;
    for (number, mut laptop) in laptops.into_iter().enumerate() {
        all.spawn(async move {
            // Spread over the second, as people are.
            sleep(Duration::from_secs(1) * number as u32 / count).await;
            let mut times = Vec::new();
            for second in 0..SECONDS {
                let took = laptop.key(second % 2 == 0).await;
                times.push(took);
                sleep(Duration::from_secs(1).saturating_sub(took)).await;
            }
            (laptop, times)
        });
    }
    let (mut laptops, mut times) = (Vec::new(), Vec::new());
    while let Some(done) = all.join_next().await {
        let (laptop, took) = done.unwrap();
        laptops.push(laptop);
        times.extend(took);
    }
    times.sort_unstable();
    let at = |per_cent: usize| times[(times.len() - 1) * per_cent / 100];
    println!(
        "{what}: key to frame p50 {:?}, p99 {:?}, worst {:?}",
        at(50),
        at(99),
        at(100)
    );
    laptops
}

#[tokio::main]
async fn main() {
    let seats = std::env::var("WHYBUY_SEATS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(20);
    let (mut server, port, code) = started(seats);
    let (empty, _) = cost(server.id());
    let start = Instant::now();
    let mut laptops = Vec::new();
    let mut joining = JoinSet::new();
    for number in 0..seats {
        while joining.len() >= 32 {
            laptops.extend(joining.join_next().await.map(Result::unwrap));
        }
        joining.spawn(Laptop::join(port, format!("Seat {number}"), code.clone()));
    }
    while let Some(joined) = joining.join_next().await {
        laptops.push(joined.unwrap());
    }
    let (full, before) = cost(server.id());
    println!(
        "{seats} seats joined in {:.1?}; {} KiB a seat",
        start.elapsed(),
        (full - empty) / seats as u64
    );
    let laptops = round(laptops, "all").await;
    let (_, after) = cost(server.id());
    println!(
        "processor: {:.0} % of a core",
        (after - before) / f64::from(SECONDS) * 100.0
    );
    // One seat more pastes without end and never reads.
    let flood = Laptop::join(port, "Flood".to_owned(), code).await;
    let flooding = tokio::spawn(async move {
        let Laptop {
            _handle,
            read: _read,
            write,
        } = flood;
        while write.data_bytes(vec![b'x'; 32_768]).await.is_ok() {}
    });
    let _laptops = round(laptops, "with one who floods").await;
    flooding.abort();
    let _ = server.kill();
    let _ = server.wait();
}
