//! Seeded players over the fit-out case: only the right way wins.

use whybuy::review::{Player, play};
use whybuy::scenario::decode::decode;
use whybuy::score;
use whybuy::sim::Model;

use crate::support::{fit_out, world};

const SEEDS: u64 = 1_000;

fn wins(player: Player) -> f64 {
    let (case, model) = (fit_out(), Model::shipped());
    let won = (0..SEEDS)
        .filter(|&seed| play(&case, &model, seed, player).won())
        .count();
    won as f64 / SEEDS as f64
}

#[test]
fn the_reference_player_wins_four_of_five() {
    let share = wins(Player::Strong);
    assert!(share >= 0.80, "strong wins {share}");
}

/// Whom an author writes down first decides nothing: the reference player wins every shipped case in either order.
#[test]
fn the_order_of_people_decides_nothing() {
    let model = Model::shipped();
    let shipped = std::fs::read_dir("scenarios").expect("the library is in the repository");
    let paths = shipped.map(|entry| entry.expect("a readable folder").path());
    // The author's guide lies beside the cases.
    for path in paths.filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let mut file: serde_json::Value = serde_json::from_str(&text).expect("plain JSON");
        for _ in 0..2 {
            let (case, problems) = decode(&file.to_string());
            let case = case.unwrap_or_else(|| panic!("{}: {problems:?}", path.display()));
            let won = (0..100)
                .filter(|&seed| play(&case, &model, seed, Player::Strong).won())
                .count();
            assert!(won >= 95, "{}: {won} of 100", path.display());
            if let Some(people) = file["people"].as_array_mut() {
                people.reverse();
            }
        }
    }
}

#[test]
fn the_average_player_wins_some() {
    let share = wins(Player::Average);
    assert!((0.15..=0.60).contains(&share), "average wins {share}");
}

/// C13 for the first; the others are the ways people try instead.
#[test]
fn the_wrong_ways_lose() {
    for player in [
        Player::OldHabits,
        Player::Bypasser,
        Player::Silent,
        Player::YesMan,
        Player::QuestionSprayer,
    ] {
        let share = wins(player);
        assert!(share <= 0.05, "{player:?} wins {share}");
    }
}

#[test]
fn scores_are_ordered_as_the_players_are() {
    let (case, model) = (fit_out(), Model::shipped());
    let world = world(fit_out());
    let totals = |player| -> Vec<f64> {
        (0..SEEDS)
            .map(|seed| {
                score::report(&play(&case, &model, seed, player).session(world.clone())).total
            })
            .collect()
    };
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let variance = |of: &[f64]| {
        let m = mean(of);
        of.iter().map(|x| (x - m).powi(2)).sum::<f64>() / (of.len() - 1) as f64
    };
    let ranks = [Player::Strong, Player::Average, Player::OldHabits].map(totals);
    for pair in ranks.windows(2) {
        let pooled = ((variance(&pair[0]) + variance(&pair[1])) / 2.0).sqrt();
        let apart = mean(&pair[0]) - mean(&pair[1]);
        assert!(
            apart > pooled,
            "means {:.2} and {:.2} are not one pooled deviation ({pooled:.2}) apart",
            mean(&pair[0]),
            mean(&pair[1])
        );
    }
}
