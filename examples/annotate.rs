//! Prints how a player's moves in a case are marked: `annotate CASE PLAYER SEED`.

use std::sync::Arc;
use whybuy::review::{Annotator, Player, play};
use whybuy::scenario::{decode::decode, pack::Packs};
use whybuy::session::World;
use whybuy::sim::Model;
use whybuy::text::Language;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (case, _) = decode(&std::fs::read_to_string(&a[1]).unwrap());
    let world = World {
        case: Arc::new(case.unwrap()),
        packs: Arc::new(Packs::empty()),
        model: Arc::new(Model::shipped()),
    };
    let player = Player::ALL.into_iter().find(|p| p.id() == a[2]).unwrap();
    let played = play(&world.case, &world.model, a[3].parse().unwrap(), player);
    let session = played.session(world);
    let t = std::time::Instant::now();
    let annotator = Annotator::new(&session);
    let mut n = 0;
    for turn in annotator.moves() {
        let note = annotator.annotate(turn).unwrap();
        n += 1;
        let acts = match &session.turns[turn].entry {
            whybuy::session::Entry::Say { acts, .. } => acts
                .iter()
                .map(|a| {
                    format!(
                        "{}{:?}",
                        a.spoken.act.name(Language::En),
                        a.spoken.topics.iter().map(|t| t.id()).collect::<Vec<_>>()
                    )
                })
                .collect::<Vec<_>>()
                .join(" + "),
            e => format!("{e:?}"),
        };
        let better = note.better.map(|b| match b {
            whybuy::review::Choice::Say(acts) => acts
                .iter()
                .map(|a| {
                    format!(
                        "{}{:?}",
                        a.act.name(Language::En),
                        a.topics.iter().map(|t| t.id()).collect::<Vec<_>>()
                    )
                })
                .collect::<Vec<_>>()
                .join(" + "),
            e => format!("{e:?}"),
        });
        println!(
            "{turn:3} {:2}->{:2} best {:2} cost {:3} {:2} {acts}   | {}",
            note.before,
            note.after,
            note.best,
            note.cost,
            note.mark.sign(),
            better.unwrap_or_default()
        );
    }
    eprintln!("{n} moves {:?}", t.elapsed());
}
