//! The author's bench: what passes, what is caught, and that the proof is always the same.

use whybuy::review::Player;
use whybuy::review::prove::{Breach, Budget, Continue, Failure, Law, Proof, Verdict, prove};
use whybuy::scenario::Case;
use whybuy::scenario::pack::Packs;
use whybuy::session::Session;
use whybuy::sim::{Model, Outcome};

use crate::support::{fit_out, header, world};

fn proof(case: &Case, model: &Model) -> Proof {
    prove(
        case,
        model,
        &Packs::shipped(),
        Budget::small(2),
        &mut |_| Continue::Yes,
    )
}

#[test]
fn the_fit_out_case_passes() {
    let proof = proof(&fit_out(), &Model::shipped());
    assert_eq!(proof.failures(), []);
    let rate = |player| proof.rate(player).map_or(0.0, |r| r.won);
    assert!(rate(Player::Strong) >= 0.80);
    assert!(rate(Player::CategoryLecturer) <= 0.05 && rate(Player::KeywordStuffer) <= 0.05);
    assert!(proof.difficulty.is_some_and(|d| (2..=4).contains(&d.level)));
}

#[test]
fn the_winning_run_replays_to_an_order() {
    let proof = proof(&fit_out(), &Model::shipped());
    let winning = proof.winning.expect("the case is winnable");
    let case = fit_out();
    let header = header(&case, winning.seed);
    let session = Session::replay(world(case), header, winning.entries.clone());
    assert_eq!(session.turns.len(), winning.entries.len());
    assert_eq!(session.state.outcome, Some(Outcome::Order));
}

/// With enough states the law is proven and not only unbroken. Two needs a person, for an unoptimized build to end soon;
/// `whybuy check --prove` does it with all of them.
#[test]
fn the_law_is_proven_for_the_fit_out_case() {
    let mut case = fit_out();
    for person in &mut case.people {
        person.needs.truncate(2);
        person.hopes.clear();
    }
    let budget = Budget {
        seeds: 4,
        scored: 0,
        guided: 0,
        states: 300_000,
        ..Budget::small(2)
    };
    let proof = prove(
        &case,
        &Model::shipped(),
        &Packs::shipped(),
        budget,
        &mut |_| Continue::Yes,
    );
    for (law, verdict) in &proof.laws {
        assert!(
            matches!(verdict, Verdict::Proven { .. }),
            "{law:?}: {verdict:?}"
        );
    }
}

/// A budget that is too small is said to be, and never taken for a proof.
#[test]
fn a_search_that_was_not_finished_is_unproven() {
    let budget = Budget {
        seeds: 4,
        scored: 0,
        guided: 0,
        states: 50,
        ..Budget::small(2)
    };
    let proof = prove(
        &fit_out(),
        &Model::shipped(),
        &Packs::shipped(),
        budget,
        &mut |_| Continue::Yes,
    );
    let unproven = |(_, verdict): &(Law, Verdict)| matches!(verdict, Verdict::Unproven { .. });
    assert_eq!(proof.laws.len(), Law::ALL.len());
    assert!(proof.laws.iter().all(unproven), "{:?}", proof.laws);
}

#[test]
fn a_case_that_cannot_be_won_fails() {
    let mut case = fit_out();
    let decider = case.decision_maker as usize;
    case.people[decider].needs.clear();
    case.people[decider].hopes.clear();
    for person in &mut case.people {
        person.needs.clear();
        person.hopes.clear();
    }
    let proof = proof(&case, &Model::shipped());
    let failures = proof.failures();
    assert!(
        failures.contains(&Failure::StrongLoses(0.0)),
        "{failures:?}"
    );
    assert!(failures.contains(&Failure::NoWinningRun), "{failures:?}");
    assert!(proof.winning.is_none());
}

/// An order that asks for no category is found by the search, with the lines that bring it.
#[test]
fn a_model_in_which_a_pitch_wins_is_caught() {
    let mut model = Model::shipped();
    model.order.category = 0;
    model.order.vendor = 0;
    model.order.confidence = 0;
    let proof = proof(&fit_out(), &model);
    let broken = Failure::LawBroken(Law::CategoryFirst);
    assert!(proof.failures().contains(&broken), "{:?}", proof.laws);
    let (_, verdict) = &proof.laws[0];
    assert!(
        matches!(verdict, Verdict::Broken(Breach::Visit { lines, .. }) if !lines.is_empty()),
        "{verdict:?}"
    );
}

#[test]
fn the_same_case_gets_the_same_proof() {
    let (case, model, packs) = (fit_out(), Model::shipped(), Packs::shipped());
    let with = |threads| {
        prove(&case, &model, &packs, Budget::small(threads), &mut |_| {
            Continue::Yes
        })
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn a_bench_that_is_stopped_says_so() {
    let mut asked = 0;
    let proof = prove(
        &fit_out(),
        &Model::shipped(),
        &Packs::shipped(),
        Budget::small(2),
        &mut |_| {
            asked += 1;
            if asked < 3 {
                Continue::Yes
            } else {
                Continue::No
            }
        },
    );
    assert!(!proof.complete && asked == 3);
    assert!(proof.failures().contains(&Failure::Stopped));
}
