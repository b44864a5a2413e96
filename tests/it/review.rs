//! A finished deal, reviewed: the same log gives the same review, and the marks tell good from bad.

use whybuy::review::{Annotator, Choice, Mark, Note, Player, Review, play, xray};
use whybuy::session::{Entry, Session};
use whybuy::text::Language;

use crate::support;

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
        if let Some(Choice::Say(acts)) = &note.better {
            assert!(acts.iter().all(|a| !missteps.contains(&a.act)), "{acts:?}");
            said += 1;
            worded += usize::from(one.example.is_some());
        }
    }
    assert!(said > 20, "{said}");
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
