use whybuy::review::{Player, play};
use whybuy::scenario::decode::decode;
use whybuy::sim::{Event, Model};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let (case, problems) = decode(&std::fs::read_to_string(path).unwrap());
    println!("{problems:?}");
    let case = case.unwrap();
    let model = Model::shipped();
    for player in Player::ALL {
        let mut won = 0;
        let mut turns = 0;
        let mut weeks = 0;
        let mut outcomes = std::collections::BTreeMap::new();
        for seed in 0..1000 {
            let p = play(&case, &model, seed, player);
            won += p.won() as u32;
            turns += p.state.turns as u32;
            weeks += p.state.week as u32;
            *outcomes
                .entry(format!("{:?}", p.state.outcome))
                .or_insert(0) += 1;
        }
        println!(
            "{player:?}: {won}/1000 turns {} weeks {} {outcomes:?}",
            turns / 1000,
            weeks / 1000
        );
    }
    if let Some(seed) = std::env::args().nth(2) {
        let p = play(&case, &model, seed.parse().unwrap(), Player::Strong);
        for e in &p.events {
            match e {
                Event::Resolved {
                    person,
                    act,
                    form,
                    topics,
                    ..
                } => println!(
                    "  [{}] {:?} {:?} {:?}",
                    case.people[*person as usize].id,
                    act,
                    form,
                    topics.iter().map(|t| t.id()).collect::<Vec<_>>()
                ),
                Event::Replied {
                    reaction, topic, ..
                } => println!("        -> {reaction:?} {topic:?}"),
                Event::Moved {
                    gauge: whybuy::sim::Gauge::Patience,
                    ..
                } => {}
                e => println!("        . {e:?}"),
            }
        }
    }
}
