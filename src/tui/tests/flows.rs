//! What keys do.

use super::*;
use crate::session::{Guess, Pattern, Power};
use crate::sim::state::pair;
use crate::sim::{Event, Outcome, PromiseKind};

/// In a visit with the manager.
fn in_visit(mode: Mode, language: Language) -> Play {
    let mut play = Play::new(mode, language);
    play.keys("<Enter><Right><Enter><Enter>");
    assert_eq!(play.app.screen, Screen::Talk);
    play
}

#[test]
fn one_enter_starts_a_case_and_the_card_leads_to_the_desk() {
    let mut play = Play::new(Mode::Free, Language::Zh);
    play.shows("两个人的案子")
        .keys("<Enter>")
        .shows("访前准备卡")
        .shows("恒升电梯")
        .shows("20 万次");
    // Nobody answers the card by accident.
    play.keys("<Enter>").shows("先用左右键");
    assert!(play.disk.is_empty());
    play.keys("<Right><Right><Down><Right><Enter>");
    assert_eq!(play.disk, [Entry::Prepare(Pattern::DecidedAbove, Some(0))]);
    play.shows("第 1 周，共 3 周")
        .shows("王芳")
        .shows("行业展会")
        .lacks("陈总");
}

#[test]
fn a_line_is_on_disk_before_the_client_answers() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("去年的返修多不多？<Enter>")
        .shows("> 我：去年的返修多不多？")
        .shows("理解为：");
    assert!(
        matches!(play.disk.last(), Some(Entry::Say { words, .. }) if words.zh == "去年的返修多不多？")
    );
    assert!(super::super::screen::talk::line(&play.app).is_empty());
}

#[test]
fn where_writing_fails_nothing_is_said_and_nothing_is_lost() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    let turns = play.session().turns.len();
    play.full = true;
    play.keys("您好，王经理<Enter>")
        .shows("disk full")
        .shows("您好，王经理");
    assert_eq!(play.session().turns.len(), turns);
    assert_eq!(super::super::screen::talk::line(&play.app), "您好，王经理");
    play.full = false;
    play.keys("<Enter>").shows("> 我：您好，王经理");
}

#[test]
fn a_paste_cannot_send_lines_or_escapes() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    let entries = play.disk.len();
    play.send(Msg::Paste("第一行\r\n第二行\u{1b}[2J\u{202e}".into()));
    play.shows("第一行 第二行\u{fffd}[2J\u{fffd}");
    assert_eq!(play.disk.len(), entries);
    play.send(Msg::Paste("长".repeat(5000)));
    assert!(super::super::screen::talk::line(&play.app).chars().count() <= 1000);
    play.draw(60, 16);
}

#[test]
fn choosing_by_number_says_the_line_and_tab_switches() {
    let mut play = in_visit(Mode::Guided, Language::En);
    play.shows("Choose a line").keys("<Down>2");
    let Some(Entry::Say { words, acts }) = play.disk.last().cloned() else {
        panic!("{:?}", play.disk)
    };
    assert!(!acts.is_empty());
    // A chosen line was not read, so nothing is said about how it was understood.
    let start: String = words.en.chars().take(20).collect();
    play.shows(&format!("> I: {start}")).lacks("understood as");
    play.keys("<Tab>How many came back last year?<Enter>")
        .shows("understood as");
    play.keys("<Tab>").shows("Choose a line");
}

#[test]
fn an_unsent_line_survives_a_change_of_mode() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("还没说完<Tab>")
        .lacks("还没说完")
        .keys("1<Tab>")
        .shows("还没说完");
}

#[test]
fn leaving_sums_up_and_leads_back_to_the_desk_and_the_week_ends() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("<F4>")
        .shows("拜访小结")
        .shows("与王芳的拜访结束")
        .shows("没有约定任何事");
    play.keys("<Enter>")
        .shows("本周还能拜访 1 次")
        .shows("拜访 1 次");
    play.keys("w")
        .shows("第 2 周开始了")
        .keys("<Down>")
        .shows("第 2 周，共 3 周");
    // Visits are limited, and the refusal says what to do.
    play.keys("<Enter><C-g><Enter><Enter><C-g><Enter><Enter>")
        .shows("本周的拜访次数用完了");
}

#[test]
fn switching_the_language_changes_words_and_no_state() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("去年返修多吗？<Enter>");
    let (state, turns, entries) = (
        play.session().state.clone(),
        play.session().turns.clone(),
        play.disk.len(),
    );
    play.shows("拜访中")
        .keys("<F2>")
        .shows("In a visit")
        .shows("understood as")
        .lacks("理解为");
    play.keys("<C-l>").shows("理解为");
    assert_eq!(
        (
            &play.session().state,
            &play.session().turns,
            play.disk.len()
        ),
        (&state, &turns, entries)
    );
    assert!(
        play.effects
            .iter()
            .any(|e| matches!(e, Effect::SaveSettings(s) if s.language == Language::En))
    );
}

#[test]
fn a_deal_goes_on_where_it_was_left() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("去年返修多吗？<Enter>");
    let state = play.session().state.clone();
    play.send(Msg::Loaded(Err("gone".into())));
    play.shows("打不开：gone");
    play.keys("<F4><Enter><Esc>")
        .shows("接着做")
        .shows("第 1 周");
    play.keys("<Enter>");
    assert_eq!(play.app.screen, Screen::Desk);
    assert!(play.effects.contains(&Effect::Resume("s1".into())));
    // Dropped in the middle of a visit, it comes back into the visit.
    play.disk.pop();
    play.keys("<Esc><Enter>");
    assert_eq!(
        (play.app.screen, &play.session().state),
        (Screen::Talk, &state)
    );
    play.shows("去年返修多吗？");
}

#[test]
fn a_note_is_kept_or_dropped() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("<F4><Enter>n怕担责任<Enter>")
        .shows("备注：怕担责任");
    assert_eq!(play.disk.last(), Some(&Entry::Note(0, "怕担责任".into())));
    play.keys("n不要<Esc>").lacks("不要");
}

#[test]
fn giving_up_asks_twice_and_ends_with_rating_and_debrief() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("<F4><Enter>x")
        .shows("Give this deal up?")
        .keys("<Esc>");
    assert_eq!(play.session().state.outcome, None);
    play.keys("xx")
        .shows("Rate yourself first")
        .lacks("Verdict");
    assert_eq!(play.session().state.outcome, Some(Outcome::Abandoned));
    play.keys("<Enter>")
        .shows("Rate all three")
        .keys("324<Enter>");
    assert_eq!(play.disk.last(), Some(&Entry::Rate([3, 2, 4])));
    play.shows("Debrief")
        .shows("Verdict 1")
        .shows("teaching model")
        .lacks("probability");
    play.keys("<PgDn><PgDn><PgDn>")
        .shows("[##--] 2/4")
        .keys("<PgUp><PgUp><PgUp>")
        .shows("Verdict 1");
    play.keys("<Enter>").shows("Finished, debrief again");
}

#[test]
fn a_finished_deal_is_reviewed_move_by_move() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("We are number one!<Enter><F4><Enter>xx324<Enter>r")
        .shows("Outlook, move by move")
        .shows("100%|");
    assert_eq!(play.app.screen, Screen::Review);
    play.keys("<Tab><Down>")
        .shows("Outlook:")
        .shows("We are number one!");
    play.lacks("Where each stood")
        .keys("x<PgDn><PgDn>")
        .shows("Where each stood");
    // What has been reviewed is not reviewed again.
    play.keys("<Esc>").shows("Debrief").keys("r");
    let begun = |play: &Play| {
        let effects = play.effects.iter();
        effects.filter(|e| matches!(e, Effect::Review(_))).count()
    };
    assert_eq!(begun(&play), 1);
    // From the home screen it takes one key; a case that was not played has nothing to review.
    play.keys("<Esc><Esc>r").shows("when it is over");
    play.keys("<Down><Down><Down><Down>r")
        .shows("Outlook, move by move");
    assert_eq!(begun(&play), 2);
}

#[test]
fn notes_of_a_review_given_up_are_not_taken() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("<F4><Enter>xx324<Enter>r");
    let Some(Effect::Review(old)) = play.effects.last().cloned() else {
        panic!("{:?}", play.effects);
    };
    play.keys("<Esc><Esc><Enter>r");
    play.send(Msg::Noted {
        job: old,
        total: 500,
        notes: Vec::new(),
    });
    play.keys("<Tab>").lacks("500");
    assert!(!play.app.is_busy());
}

#[test]
fn a_case_with_problems_shows_them_and_does_not_start() {
    let mut play = Play::new(Mode::Free, Language::En);
    play.keys("<Down>")
        .shows("bad.json:1:1")
        .keys("<Enter>")
        .shows("cannot be played");
    assert!(play.effects.is_empty());
}

#[test]
fn layers_close_one_after_the_other() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("abc<F3>")
        .shows("200,000")
        .keys("<F1>")
        .shows("take leave")
        .keys("<Esc>")
        .shows("Brief and facts");
    play.keys("<F3>").shows("abc");
    assert!(play.app.layers.is_empty());
    let mut play = Play::new(Mode::Free, Language::En);
    play.keys("s").shows("Settings").keys("<Down><Enter>");
    assert_eq!(play.app.settings.mode, Mode::Guided);
    assert_eq!(play.app.layers, [Layer::Settings(1)]);
}

#[test]
fn quitting_with_a_line_unsent_asks_once() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("abc<C-c>").shows("has not been sent");
    assert!(!play.effects.contains(&Effect::Quit));
    play.keys("<C-c>");
    assert!(play.effects.contains(&Effect::Quit));
}

#[test]
fn the_caret_stands_where_the_next_character_lands() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    let (_, empty) = play.draw(80, 24);
    let empty = empty.expect("an empty composer has a caret");
    play.keys("中文");
    let (text, caret) = play.draw(80, 24);
    let caret = caret.unwrap();
    assert_eq!((caret.x, caret.y), (empty.x + 4, empty.y));
    play.keys("字");
    let (after, _) = play.draw(80, 24);
    let row = |text: &str| text.lines().nth(usize::from(caret.y)).unwrap().to_owned();
    assert_eq!(width(&row(&text)), usize::from(caret.x));
    assert_eq!(row(&after), format!("{}字", row(&text)));
    // Also after the line has wrapped, and with the editor scrolled.
    play.keys(&"很长的一句话".repeat(60));
    let (text, caret) = play.draw(80, 24);
    let caret = caret.unwrap();
    let line = text.lines().nth(usize::from(caret.y)).unwrap();
    assert_eq!(width(line), usize::from(caret.x), "{text}");
    // No caret where keys go to a layer.
    assert_eq!(play.keys("<F1>").draw(80, 24).1, None);
}

#[test]
fn the_map_shows_relations_once_seen_and_marks_the_decider_once_known() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("<F4><Enter>").lacks("支持").lacks("[拍板人]");
    let state = &mut play.app.session.as_mut().unwrap().state;
    state.people[1].named = true;
    state.relations_seen = pair(0, 1) | pair(1, 0);
    play.shows("王芳支持陈总")
        .shows("陈总与王芳不和")
        .lacks("[拍板人]");
    play.app.session.as_mut().unwrap().state.people[1].access = 1;
    play.shows("[拍板人]");
}

#[test]
fn a_week_without_a_visit_ends_only_when_asked_twice() {
    let mut play = Play::new(Mode::Free, Language::Zh);
    play.keys("<Enter><Right><Enter>w")
        .shows("再按一次 W")
        .keys("<Down>w")
        .shows("再按一次 W");
    assert_eq!(play.session().state.week, 1);
    play.keys("w").shows("第 2 周开始了");
    play.keys("wwww").shows("先给自己打分");
    assert_eq!(play.session().state.outcome, Some(Outcome::TimeOut));
}

#[test]
fn promises_stand_on_the_desk_and_are_kept_from_there() {
    let mut play = in_visit(Mode::Free, Language::Zh);
    play.keys("<F4><Enter>f").shows("没有要您兑现的承诺");
    let state = &mut play.app.session.as_mut().unwrap().state;
    state.apply(&Event::Promised {
        person: 0,
        kind: PromiseKind::Page,
        due: 1,
    });
    state.apply(&Event::Promised {
        person: 0,
        kind: PromiseKind::Pilot,
        due: 2,
    });
    play.shows("! 您答应给王芳").shows("- 王芳答应：");
    play.keys("f").shows("承诺兑现了");
    assert_eq!(play.disk.last(), Some(&Entry::Fulfil(0)));
    play.lacks("您答应给王芳").shows("王芳答应");
}

#[test]
fn a_hint_comes_after_an_attempt_and_stands_in_the_log() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("<F6>").shows("line of your own first");
    assert!(!play.disk.contains(&Entry::Hint(1)));
    play.keys("How are the returns?<Enter><F6>")
        .shows("? Hint: ");
    play.keys("<F6>").shows("Try: ");
    play.keys("<F6><F6>").shows("all there is for this line");
    let hints = play.disk.iter().filter(|e| matches!(e, Entry::Hint(_)));
    assert_eq!(hints.count(), 3);
    // The next line is another one: its hints begin anew.
    play.keys("I see.<Enter>").lacks("? Hint: ");
    play.keys("<F4><Enter>xx111<Enter>")
        .shows("3 hints were taken");
}

#[test]
fn what_was_put_on_the_map_is_held_against_the_truth() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("<F4><Enter>m").shows("What you make of");
    play.keys("<Down><Right><Down><Left><Enter>").shows("Map: ");
    let wanted = Guess {
        concern: None,
        power: Some(Power::Decides),
        stance: Some(4),
    };
    assert_eq!(play.disk.last(), Some(&Entry::Map(0, wanted)));
    play.keys("xx111<Enter>");
    let (text, _) = play.draw(110, 200);
    assert!(text.contains("Was your map right?"), "{text}");
    assert!(
        text.contains("- power: put down decides, in truth"),
        "{text}"
    );
}

#[test]
fn a_rule_is_written_at_the_end_of_the_debrief() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("<F4><Enter>xx111<Enter>w")
        .keys("If he doubts, then I ask<Enter>");
    let rule = Entry::Rule("If he doubts, then I ask".into());
    assert_eq!(play.disk.last(), Some(&rule));
    let (text, _) = play.draw(110, 200);
    assert!(text.contains("Your rule: If he doubts"), "{text}");
    // No rule was brought along, so that none can be scored.
    play.keys("2");
    assert_eq!(play.disk.last(), Some(&rule));
    play.keys("w<Esc><Esc>").shows("Finished, debrief again");
}

#[test]
fn a_branch_goes_on_from_a_turn_and_does_not_count() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("We are number one!<Enter><F4><Enter>xx324<Enter>r<Tab><Down>");
    play.shows("> ").keys("b");
    assert_eq!(play.app.screen, Screen::Talk);
    play.lacks("We are number one!");
    play.keys("What goes wrong most?<Enter><F4><Enter>xx111<Enter>")
        .shows("This is a branch");
    let (text, _) = play.draw(110, 200);
    assert!(text.contains("Side by side"), "{text}");
    assert!(
        text.contains("first go") && text.contains("from turn 3"),
        "{text}"
    );
    assert_eq!(play.first.len(), 6);
}

#[test]
fn an_exam_is_neither_helped_nor_branched() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("How are the returns?<Enter>");
    play.app.session.as_mut().unwrap().header.exam = true;
    play.keys("<F6>").shows("no hints in an exam");
    play.keys("<F4><Enter>xx111<Enter>r<Tab>b")
        .shows("cannot be branched");
    assert!(!play.effects.iter().any(|e| matches!(e, Effect::Branch(_))));
}

#[test]
fn a_beginner_sees_a_mark_under_his_line() {
    let mut play = in_visit(Mode::Free, Language::En);
    play.keys("We are number one!<Enter>");
    assert!(!play.effects.iter().any(|e| matches!(e, Effect::Mark(_))));
    play.app.settings.beginner = true;
    play.keys("We are the best!<Enter>")
        .shows("We are the best!");
    assert!(play.effects.contains(&Effect::Mark(3)));
    let mark = play.app.marks[&3];
    play.shows(mark.name(Language::En));
    // With success it fades.
    play.app.session.as_mut().unwrap().header.past.unaided_wins = 2;
    let before = play.effects.len();
    play.keys("We are great!<Enter>");
    assert!(
        !play.effects[before..]
            .iter()
            .any(|e| matches!(e, Effect::Mark(_)))
    );
}
