//! Learning records: what the standard asks of a statement, stable identifiers, and a real store where there is one.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use uuid::Uuid;
use whybuy::report::Deal;
use whybuy::report::xapi::{BASE, Source, statements};
use whybuy::review::{Player, play};
use whybuy::score;
use whybuy::session::Session;

use crate::pty::{Scratch, wait_for};
use crate::support::{fit_out, header, world};

fn source() -> Source {
    Source {
        base: BASE.to_owned(),
        home: Uuid::from_u128(7),
        actor: None,
        group: Some("Class 3/甲".to_owned()),
    }
}

fn deal(player: Player, seed: u64) -> Session {
    let case = fit_out();
    let world = world(case.clone());
    let run = play(&case, &world.model, seed, player).session(world.clone());
    let entries: Vec<_> = run.turns.iter().map(|t| t.entry.clone()).collect();
    let mut header = header(&case, seed);
    header.content = "0123456789abcdef".to_owned();
    header.started = 1_700_000_000;
    Session::replay(world, header, entries)
}

fn written(sessions: &[Session], source: &Source) -> String {
    let reports: Vec<_> = sessions.iter().map(score::report).collect();
    let ids: Vec<String> = (0..sessions.len())
        .map(|n| format!("{n}-fit-out"))
        .collect();
    let deals: Vec<Deal> = (0..sessions.len())
        .map(|n| Deal {
            id: &ids[n],
            name: "",
            session: &sessions[n],
            report: &reports[n],
            at: &[Some(1_700_000_090)],
        })
        .collect();
    statements(&deals, source)
}

fn parsed(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_statement_is_what_the_standard_asks() {
    let mut unfinished = deal(Player::Strong, 7);
    let kept: Vec<_> = unfinished
        .turns
        .iter()
        .take(9)
        .map(|t| t.entry.clone())
        .collect();
    unfinished = Session::replay(unfinished.world.clone(), unfinished.header.clone(), kept);
    let sessions = [
        deal(Player::Strong, 7),
        deal(Player::OldHabits, 8),
        unfinished,
    ];
    let all = parsed(&written(&sessions, &source()));
    let verbs: Vec<&str> = all
        .iter()
        .map(|s| s["verb"]["id"].as_str().unwrap())
        .collect();
    assert!(verbs[0].ends_with("/passed"));
    assert_eq!(verbs.iter().filter(|v| v.ends_with("/failed")).count(), 1);
    assert!(verbs.iter().filter(|v| v.ends_with("/scored")).count() >= 12);
    let ids: BTreeSet<&str> = all.iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    let mut registrations = BTreeSet::new();
    for statement in &all {
        assert!(Uuid::parse_str(statement["id"].as_str().unwrap()).is_ok());
        let account = &statement["actor"]["account"];
        assert!(
            account["homePage"]
                .as_str()
                .unwrap()
                .starts_with("https://")
        );
        assert!(!account["name"].as_str().unwrap().contains('@'));
        let score = &statement["result"]["score"];
        let (scaled, raw) = (
            score["scaled"].as_f64().unwrap(),
            score["raw"].as_f64().unwrap(),
        );
        assert!((0.0..=1.0).contains(&scaled) && (1.0..=4.0).contains(&raw));
        assert!(((raw - 1.0) / 3.0 - scaled).abs() < 0.001);
        assert_eq!(statement["timestamp"], "2023-11-14T22:14:50Z");
        let context = &statement["context"];
        registrations.insert(context["registration"].as_str().unwrap());
        let group = context["contextActivities"]["grouping"][0]["id"]
            .as_str()
            .unwrap();
        assert!(group.ends_with("/groups/Class%203%2F%E7%94%B2"), "{group}");
        for id in [&statement["verb"]["id"], &statement["object"]["id"]] {
            let id = id.as_str().unwrap();
            assert!(id.starts_with("http") && !id.contains(' '), "{id}");
        }
    }
    assert_eq!(
        registrations.len(),
        2,
        "an unfinished deal is no attempt yet"
    );
    assert_eq!(all[0]["result"]["duration"], "PT90S");
    assert_eq!(
        (
            &all[0]["result"]["success"],
            &all[0]["result"]["completion"]
        ),
        (&true.into(), &true.into())
    );
    assert_eq!(
        all[0]["object"]["id"],
        format!("{BASE}/scenarios/fit-out-hardware/0123456789ab")
    );
}

#[test]
fn the_same_deal_gives_the_same_identifiers_and_another_home_others() {
    let sessions = [deal(Player::Strong, 7)];
    assert_eq!(written(&sessions, &source()), written(&sessions, &source()));
    let mut other = source();
    other.home = Uuid::from_u128(8);
    let ids = |source: &Source| -> BTreeSet<String> {
        let all = parsed(&written(&sessions, source));
        all.iter()
            .map(|s| s["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(ids(&source()).is_disjoint(&ids(&other)));
}

/// A learning record store on this machine, ended with the test.
struct Lrs {
    child: Child,
    at: SocketAddr,
    _folder: Scratch,
}

impl Drop for Lrs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Its file back end creates instead of appending unless it is told before the app is imported.
const SERVE: &str = "
import sys, uvicorn
from ralph.backends.lrs.fs import FSLRSBackend
from ralph.backends.data.base import BaseOperationType
FSLRSBackend.default_operation_type = BaseOperationType.APPEND
from ralph.api import app
uvicorn.run(app, host='127.0.0.1', port=int(sys.argv[1]), log_level='error')
";

impl Lrs {
    /// Starts it with a Python that has `ralph-malph`, `uvicorn` and `requests`.
    fn start(python: &str) -> Lrs {
        let folder = Scratch::new("lrs");
        // Any password will do for a store that lives as long as a test; its hash is made by what the store itself uses.
        let hash = "import bcrypt; print(bcrypt.hashpw(b'secret', bcrypt.gensalt(4)).decode())";
        let hash = Command::new(python).args(["-c", hash]).output().unwrap();
        let hash = String::from_utf8(hash.stdout).unwrap().trim().to_owned();
        let agent =
            serde_json::json!({ "account": { "homePage": "https://lrs.invalid", "name": "test" } });
        let user = serde_json::json!([{
            "username": "test", "hash": hash, "scopes": ["all"], "agent": agent,
        }]);
        std::fs::write(folder.path().join("auth.json"), user.to_string()).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = Command::new(python)
            .args(["-c", SERVE, &port.to_string()])
            .env("RALPH_APP_DIR", folder.path())
            .env("RALPH_AUTH_FILE", folder.path().join("auth.json"))
            .env("RALPH_RUNSERVER_BACKEND", "fs")
            .env(
                "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH",
                folder.path(),
            )
            .env(
                "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE",
                "statements.jsonl",
            )
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let at = SocketAddr::from(([127, 0, 0, 1], port));
        let lrs = Lrs {
            child,
            at,
            _folder: folder,
        };
        let up = wait_for(|| TcpStream::connect_timeout(&at, Duration::from_millis(200)).ok());
        up.expect("the store named by WHYBUY_LRS_PYTHON does not start");
        lrs
    }

    /// Posts statements; status and body of the answer.
    fn post(&self, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.at).unwrap();
        write!(
            stream,
            "POST /xAPI/statements HTTP/1.1\r\nHost: {}\r\nAuthorization: Basic dGVzdDpzZWNyZXQ=\r\n\
             X-Experience-API-Version: 1.0.3\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            self.at,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }
}

#[test]
fn a_real_learning_record_store_takes_them_and_taking_them_twice_changes_nothing() {
    let Ok(python) = std::env::var("WHYBUY_LRS_PYTHON") else {
        println!(
            "skipped: WHYBUY_LRS_PYTHON names no Python with ralph-malph, uvicorn and requests"
        );
        return;
    };
    let lrs = Lrs::start(&python);
    let body = written(
        &[deal(Player::Strong, 7), deal(Player::OldHabits, 8)],
        &source(),
    );
    let (status, answer) = lrs.post(&body);
    assert_eq!(status, 200, "{answer}");
    for statement in parsed(&body) {
        assert!(answer.contains(statement["id"].as_str().unwrap()));
    }
    // The same again is known already; the standard lets a store answer 200 or 204.
    let (again, answer) = lrs.post(&body);
    assert!(matches!(again, 200 | 204), "{again} {answer}");
    // The store does look: what is no statement is refused.
    let (bad, _) = lrs.post(&body.replace("\"verb\"", "\"word\""));
    assert!((400..500).contains(&bad), "{bad}");
}
