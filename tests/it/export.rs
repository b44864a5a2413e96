//! Deals written out: every form holds the whole deal, in both languages, and no word of a trainee acts on the reader.

use jiff::tz::TimeZone;
use serde_json::Value;
use whybuy::report::{Deal, csv, html, json, markdown};
use whybuy::review::{Player, play};
use whybuy::score;
use whybuy::session::{Entry, Session};
use whybuy::text::{Language, Text};

use crate::support::{fit_out, header, world};

const HOSTILE: &str = "</p><script src=\"http://evil\">alert(1)</script> | [x](y) *b* \u{1b}[2J";

/// A won deal with a hostile line and note in it.
fn deal() -> Session {
    let case = fit_out();
    let world = world(case.clone());
    let run = play(&case, &world.model, 7, Player::Strong).session(world.clone());
    let mut entries: Vec<Entry> = run.turns.iter().map(|t| t.entry.clone()).collect();
    let said = entries.iter_mut().find(|e| matches!(e, Entry::Say { .. }));
    if let Some(Entry::Say { words, .. }) = said {
        *words = Text::same(HOSTILE);
    }
    entries.insert(0, Entry::Note(0, "=1+1".to_owned()));
    let session = Session::replay(world, header(&case, 7), entries.clone());
    assert_eq!(session.turns.len(), entries.len());
    assert!(session.state.outcome.is_some());
    session
}

/// Hands a written-out deal to `look`.
fn with(name: &str, look: impl FnOnce(&Deal)) {
    let session = deal();
    let report = score::report(&session);
    let at = [Some(1_700_000_000), None, Some(1_700_000_600)];
    look(&Deal {
        id: "1-fit-out",
        name,
        session: &session,
        report: &report,
        at: &at,
    });
}

#[test]
fn the_page_needs_nothing_and_nobody_types_into_it() {
    with(HOSTILE, |deal| {
        let page = html::page(&[*deal, *deal], Language::Zh, &TimeZone::UTC);
        let code = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for banned in [
            "<script", "http", "src=", "url(", "@import", "<link", "\u{1b}",
        ] {
            let found = code
                .find(banned)
                .map(|at| &code[at.saturating_sub(80)..at + 20]);
            // The hostile words stand there, as words.
            let as_words = found.is_some_and(|near| near.contains("&lt;script"));
            assert!(found.is_none() || as_words, "{banned}: {found:?}");
        }
        for language in Language::ALL {
            for level in &deal.report.levels {
                assert!(page.contains(level.dimension.name(language)));
            }
        }
        let svgs = page.matches("<svg").count();
        assert_eq!((svgs, page.matches("</svg>").count()), (8, 8));
        let said = deal.session.turns.iter().flat_map(|t| &t.said);
        for said in said.filter(|s| s.by.is_some()) {
            let words = said.words.zh.replace('"', "&quot;").replace('\'', "&#39;");
            assert!(page.contains(&words), "{words}");
        }
    });
}

#[test]
fn the_table_has_a_row_for_each_turn_and_no_formula() {
    with("+SUM(A1)", |deal| {
        let table = csv::table(&[*deal], Language::Zh, &TimeZone::UTC);
        let body = table
            .strip_prefix('\u{feff}')
            .expect("the mark comes first");
        assert!(body.contains("\r\n"));
        let mut reader = ::csv::Reader::from_reader(body.as_bytes());
        assert_eq!(reader.headers().unwrap(), csv::COLUMNS.to_vec());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), deal.session.turns.len());
        assert_eq!(&rows[0][1], "'+SUM(A1)");
        assert_eq!(
            (&rows[0][11], &rows[0][5]),
            ("'=1+1", "2023-11-14 22:13:20")
        );
        let last = rows.iter().rev().find(|row| !row[8].is_empty()).unwrap();
        assert_eq!((&last[9], &last[16], &last[17]), ("executive", "3", "3"));
        assert!(rows.iter().any(|row| &row[11] == HOSTILE));
    });
}

#[test]
fn json_holds_every_turn_and_the_report() {
    with("", |deal| {
        let value: Value = serde_json::from_str(&json::document(&[*deal])).unwrap();
        assert_eq!(
            (value["form"].as_str(), value["version"].as_u64()),
            (Some("whybuy.sessions"), Some(1))
        );
        let session = &value["sessions"][0];
        assert_eq!(
            session["turns"].as_array().unwrap().len(),
            deal.session.turns.len()
        );
        assert_eq!(session["outcome"], "order");
        assert_eq!(session["ended"], 1_700_000_600);
        assert_eq!(session["report"]["total"].as_f64(), Some(deal.report.total));
        let dimensions = session["report"]["dimensions"].as_array().unwrap();
        for (told, level) in dimensions.iter().zip(&deal.report.levels) {
            assert_eq!(told["level"].as_u64(), level.level.map(u64::from));
        }
        // What the last turn says of the decision-maker is what the moves add up to.
        let decider = session["decision_maker"].as_str().unwrap();
        let mut category = session["opening"][decider]["category"].as_i64();
        for moved in session["turns"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|t| t["moves"].as_array().unwrap())
        {
            if moved["person"] == decider && moved["gauge"] == "category" {
                assert_eq!(moved["from"].as_i64(), category);
                category = moved["to"].as_i64();
            }
        }
        let last = session["turns"].as_array().unwrap().last().unwrap();
        assert_eq!(last["after"][decider]["category"].as_i64(), category);
    });
}

#[test]
fn markdown_quotes_words_as_words() {
    with("", |deal| {
        for language in Language::ALL {
            let text = markdown::document(&[*deal], language, &TimeZone::UTC);
            assert!(text.starts_with("# "));
            let bare = text.replace("\\<", "").replace("\\[", "");
            assert!(!bare.contains("<script") && !bare.contains("[x"));
            assert!(text.contains("\\[x\\](y) \\*b\\*"));
            for level in &deal.report.levels {
                assert!(text.contains(level.dimension.name(language)));
            }
        }
    });
}

#[test]
fn the_same_deal_is_written_the_same() {
    with("n", |deal| {
        let page = || html::page(&[*deal], Language::En, &TimeZone::UTC);
        assert_eq!(page(), page());
        assert_eq!(json::document(&[*deal]), json::document(&[*deal]));
    });
}
