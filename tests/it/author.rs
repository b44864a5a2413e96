//! An author at the command line: from nothing to a case that is previewed, saved, broken, mended and proven.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use whybuy::text::Language;

use crate::pty::{Pty, Scratch, WHYBUY, packed};

const CTRL_X: &str = "\x18";
const CTRL_C: &str = "\x03";

fn whybuy(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(WHYBUY);
    command.args(["--lang", "zh", "--data"]).arg(data);
    command
        .args(arguments)
        .output()
        .expect("the program starts")
}

#[track_caller]
fn check(data: &Path, arguments: &[&str], code: i32, words: &str) -> String {
    let output = whybuy(data, arguments);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "{words} in {said}");
    said.into_owned()
}

#[test]
fn a_new_case_is_checked_and_played_by_its_name() {
    let scratch = Scratch::new("author");
    let data = scratch.path();
    check(data, &["new", "我的客户"], 0, "whybuy author 我的客户");
    check(data, &["new", "我的客户"], 2, "已经有");
    check(data, &["new", "../逃"], 2, "不能当剧本名");
    check(data, &["new", "fit-out-hardware"], 2, "已经有");
    check(data, &["new", "mine", "--from", "no-such"], 1, "no-such");
    check(data, &["check", "我的客户"], 0, "没有问题");
    for from in ["bottle-of-water", "which-is-it"] {
        let name = format!("copy-of-{from}");
        check(data, &["new", &name, "--from", from], 0, &name);
        check(data, &["check", &name], 0, "没有问题");
    }
    let written = fs::read_dir(data.join("scenarios")).unwrap().count();
    assert_eq!(written, 3, "nothing else was written");
    assert!(!data.join("逃.json").exists());
    let text = fs::read_to_string(data.join("scenarios/我的客户.json")).unwrap();
    let schema = data.join("scenarios").join("../scenario.schema.json");
    assert!(text.contains("\"../scenario.schema.json\""));
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let printed = whybuy(data, &["schema"]).stdout;
    assert_eq!(serde_json::from_slice::<Value>(&printed).unwrap(), schema);
}

/// What `new` writes passes the bench, so that an author who breaks it knows that it was he; and the run it finds can be
/// walked through.
#[test]
fn a_new_case_passes_the_bench_in_json_and_its_run_is_saved() {
    let scratch = Scratch::new("bench");
    let data = scratch.path();
    check(data, &["new", "mine"], 0, "mine");
    let run = data.join("run.jsonl");
    let run_name = run.to_str().unwrap();
    let output = whybuy(
        data,
        &["check", "--prove", "--json", "--save-run", run_name, "mine"],
    );
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let proof: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(proof[0]["passed"], true);
    let beats = proof[0]["reached"].as_array().unwrap();
    assert!(
        beats
            .iter()
            .any(|r| r["beat"] == "bump" && r["runs"].as_u64() > Some(0))
    );
    let text = fs::read_to_string(&run).unwrap();
    let (header, entries) = whybuy::store::read_run(&text).unwrap();
    assert_eq!(header.seed, proof[0]["winning"]["seed"].as_u64().unwrap());
    assert_eq!(
        entries.len(),
        proof[0]["winning"]["entries"].as_array().unwrap().len()
    );
}

#[test]
fn the_preview_follows_saves_also_by_renaming() {
    let scratch = Scratch::new("preview");
    let data = scratch.path();
    check(data, &["new", "mine"], 0, "mine");
    let path = data.join("scenarios/mine.json");
    let text = fs::read_to_string(&path).unwrap();
    let data_name = data.to_str().unwrap();
    let mut pty = Pty::whybuy(data, Language::Zh, &["--data", data_name, "author", "mine"]);
    pty.shows("没有问题");
    pty.send("\r");
    pty.shows("今年没这笔预算");
    fs::write(&path, text.replace("今年没这笔预算", "明年再谈")).unwrap();
    pty.shows("明年再谈");
    let fresh = data.join("scenarios/.mine.swp");
    fs::write(&fresh, text.replace("\"he\",", "\"hu\"")).unwrap();
    fs::rename(&fresh, &path).unwrap();
    pty.shows("missing-comma");
    // The version before stays on the screen.
    pty.until("the words before", |shown| {
        shown.contains(&packed("明年再谈"))
    });
    fs::write(&path, &text).unwrap();
    pty.shows("没有问题");
    pty.send(CTRL_X);
    pty.shows("从这里接着玩");
    pty.send(CTRL_C);
    assert!(pty.ended().success());
}
