//! A finished deal, reviewed: the same log gives the same review, and the marks tell good from bad.

use whybuy::review::{Annotator, Choice, Mark, Note, Player, Review, play, xray};
use whybuy::session::{Entry, Session};
use whybuy::text::Language;

use crate::{support, typed};

fn played(player: Player, seed: u64) -> Session {
    let world = support::world(support::fit_out());
    play(&world.case, &world.model, seed, player).session(world)
}

fn notes(session: &Session) -> Vec<Note> {
    let annotator = Annotator::new(session);
    let moves = annotator.moves();
    moves
        .iter()
        .filter_map(|&turn| annotator.annotate(turn))
        .collect()
}

#[test]
fn the_same_log_gives_the_same_review_whatever_the_order_of_work() {
    let session = played(Player::Average, 5);
    let annotator = Annotator::new(&session);
    let forward = notes(&session);
    let mut backward: Vec<Note> = annotator
        .moves()
        .iter()
        .rev()
        .filter_map(|&turn| annotator.annotate(turn))
        .collect();
    // Half a review is a review of what is there; the other half changes nothing in it but adds to it.
    let half = Review::of(&session, &forward[..forward.len() / 2]);
    let first = Review::of(&session, &forward);
    assert_eq!(
        format!("{first:?}"),
        format!("{:?}", Review::of(&session, &backward))
    );
    assert!(
        half.moves
            .iter()
            .zip(&first.moves)
            .all(|(a, b)| a.note == b.note)
    );
    backward.extend(forward);
    assert_eq!(
        format!("{first:?}"),
        format!("{:?}", Review::of(&session, &backward))
    );
}

#[test]
fn the_reference_player_is_marked_well_and_old_habits_badly() {
    let bad = |player| {
        let notes = notes(&played(player, 3));
        let bad = notes.iter().filter(|n| n.mark.is_bad()).count();
        bad as f64 / notes.len() as f64
    };
    let (strong, average, old) = (
        bad(Player::Strong),
        bad(Player::Average),
        bad(Player::OldHabits),
    );
    assert!(
        strong < 0.05,
        "{strong} of the reference player's own moves"
    );
    assert!(average > 0.1 && old > average, "{strong} {average} {old}");
}

#[test]
fn advice_is_never_a_misstep_and_comes_with_words() {
    use whybuy::codebook::Act;
    let session = played(Player::OldHabits, 3);
    let review = Review::of(&session, &notes(&session));
    let missteps = [
        Act::Pressure,
        Act::Bypass,
        Act::Rebut,
        Act::Improper,
        Act::Discount,
    ];
    let (mut said, mut worded) = (0, 0);
    for one in &review.moves {
        let note = &one.note;
        assert_eq!(
            note.better.is_some(),
            note.mark.is_bad(),
            "turn {}",
            note.turn
        );
        assert!(note.before <= 64 && note.after <= 64 && note.best <= 64);
        if let Some(Choice::Say(acts)) = note.better.as_ref().filter(|_| !one.again) {
            assert!(acts.iter().all(|a| !missteps.contains(&a.act)), "{acts:?}");
            said += 1;
            worded += usize::from(one.example.is_some());
        }
    }
    assert!(said > 10, "{said}");
    assert!(
        worded * 10 >= said * 9,
        "only {worded} of {said} have an example line"
    );
    let points = &review.turning_points;
    assert!(points.len() <= 3 && points.is_sorted());
}

#[test]
fn only_moves_are_annotated() {
    let mut session = played(Player::Strong, 3);
    session.apply(Entry::Note(0, "怕担责".into())).unwrap();
    session.apply(Entry::Rate([2, 2, 2])).unwrap();
    let annotator = Annotator::new(&session);
    let last = session.turns.len() - 1;
    assert_eq!(annotator.annotate(last), None);
    assert_eq!(annotator.annotate(last + 1), None);
    assert!(!annotator.moves().contains(&last));
}

#[test]
fn the_x_ray_names_the_rule_behind_every_stance_that_moved() {
    let session = played(Player::Strong, 3);
    for turn in 0..session.turns.len() {
        let ray = xray::xray(&session, turn);
        let stances = |e: &whybuy::sim::Event| {
            use whybuy::sim::{Event, Gauge};
            matches!(e, Event::Moved { gauge, .. } if *gauge != Gauge::Patience)
        };
        let moved = session.turns[turn]
            .events
            .iter()
            .filter(|e| stances(e))
            .count();
        let shown = ray
            .moved
            .iter()
            .filter(|m| matches!(m.what, xray::What::Gauge(..)))
            .count();
        assert!(shown >= moved, "turn {turn}");
        assert_eq!(ray.people.len(), session.world.case.people.len());
    }
    let told = (0..session.turns.len()).any(|t| !xray::xray(&session, t).told.is_empty());
    assert!(told, "nobody reported upward behind closed doors");
}

#[test]
fn every_mark_has_a_name_and_its_own_sign() {
    let signs: Vec<&str> = Mark::ALL.iter().map(|m| m.sign()).collect();
    for (i, mark) in Mark::ALL.iter().enumerate() {
        assert!(Language::ALL.iter().all(|&l| !mark.name(l).is_empty()));
        assert!(!signs[..i].contains(&signs[i]));
    }
}

#[test]
fn replacing_blunders_wins_deals() {
    let (case, model) = (support::fit_out(), whybuy::sim::Model::shipped());
    let deals: Vec<_> = (0..6)
        .map(|seed| whybuy::review::evidence::replace_blunders(&case, &model, seed))
        .collect();
    let won = deals.iter().filter(|d| d.won).count();
    let without = deals.iter().filter(|d| d.won_without).count();
    assert!(without > won, "{won} before, {without} without blunders");
    assert!(deals.iter().all(|d| d.blunders > 0));
}

#[test]
fn help_fades_with_success_and_an_exam_has_none() {
    use whybuy::session::help;
    let mut session = support::session(support::fit_out(), 7);
    let steps = |session: &mut Session, wins| {
        session.header.past.unaided_wins = wins;
        help::steps(session)
    };
    let faded: Vec<u8> = (0..8).map(|wins| steps(&mut session, wins)).collect();
    assert_eq!(faded, [3, 3, 2, 2, 1, 1, 1, 1]);
    session.header.exam = true;
    assert_eq!(help::steps(&session), 0);
    assert_eq!(help::next(&session), Err(help::NoHint::Exam));
}

#[test]
fn a_family_is_found_from_any_of_its_members() {
    use whybuy::review::{Relative, whole::family};
    use whybuy::session::Branch;
    let relative = |id: &str, of: Option<&str>, started| {
        let mut session = support::session(support::fit_out(), 7);
        session.header.started = started;
        session.header.past.branch = of.map(|of| Branch {
            of: of.into(),
            turns: 3,
        });
        Relative {
            id: id.into(),
            session,
        }
    };
    let all = || {
        vec![
            relative("c", Some("b"), 4),
            relative("b", Some("a"), 2),
            relative("a", None, 1),
            relative("d", Some("a"), 3),
            relative("x", None, 5),
            relative("lost", Some("gone"), 6),
        ]
    };
    let names = |id| -> Vec<String> { family(id, all()).into_iter().map(|r| r.id).collect() };
    for id in ["a", "b", "c", "d"] {
        assert_eq!(names(id), ["a", "b", "c", "d"], "from {id}");
    }
    assert_eq!(names("x"), ["x"]);
    assert_eq!(names("lost"), ["lost"]);
    assert_eq!(names("nobody").len(), 0);
}

/// The two deals that were read critically: what was wrong in their reviews then must not come back.
#[test]
fn a_strong_deal_and_one_of_old_habits_are_reviewed_as_a_reader_expects() {
    let habits = typed::fixture(Language::Zh).with_file_name("habits-zh.txt");
    let strong = typed::typed(&typed::fixture(Language::Zh), Language::Zh);
    let habits = typed::typed(&habits, Language::Zh);
    let [strong, habits] = [strong, habits].map(|s| (Review::of(&s, &notes(&s)), s));
    // A deal won by the book is not picked to pieces; one of old habits is.
    let bad = |review: &Review| review.moves.iter().filter(|m| m.note.mark.is_bad()).count();
    assert!(
        bad(&strong.0) * 10 < strong.0.moves.len(),
        "{}",
        bad(&strong.0)
    );
    assert!(
        bad(&habits.0) * 3 > habits.0.moves.len(),
        "{}",
        bad(&habits.0)
    );
    // Its outlook falls, and it turned while there was something to lose.
    let curve = habits.0.curve();
    assert!(curve[0] > 40 && curve[curve.len() - 1] == 0, "{curve:?}");
    for &at in &habits.0.turning_points {
        let one = &habits.0.moves[at];
        assert!(!one.again, "turn {}", one.note.turn);
        if one.note.mark.is_bad() {
            assert!(one.note.before > 3 && one.note.after <= one.note.before);
        }
    }
    // Pushing, contradicting and going round somebody are always named; no words are proposed twice on end.
    let mut before: Option<&whybuy::text::Text> = None;
    for (i, one) in habits.0.moves.iter().enumerate() {
        use whybuy::codebook::Act;
        if let Entry::Say { acts, .. } = &habits.1.turns[one.note.turn].entry {
            let breach = [Act::Pressure, Act::Rebut, Act::Bypass];
            let pushed = acts.iter().any(|a| breach.contains(&a.spoken.act));
            assert!(
                !pushed || one.note.mark >= Mark::Mistake,
                "turn {}",
                one.note.turn
            );
        }
        // A turning point says it all once more, because it also stands by itself.
        if one.example.is_some() && !habits.0.turning_points.contains(&i) {
            assert_ne!(one.example.as_ref(), before, "turn {}", one.note.turn);
        }
        before = one.example.as_ref();
        // Letting a week go is no feat.
        let waits = matches!(habits.1.turns[one.note.turn].entry, Entry::NextWeek);
        assert!(!waits || one.note.mark >= Mark::Fine);
    }
}
