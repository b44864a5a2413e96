//! A review of a deal of some 60 turns of talk on two threads, and the first mark of it.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use criterion::{Criterion, criterion_group, criterion_main};
use whybuy::review::{Annotator, Player, play};
use whybuy::scenario::decode::decode;
use whybuy::scenario::pack::Packs;
use whybuy::session::World;
use whybuy::sim::Model;

fn review(c: &mut Criterion) {
    let (case, _) = decode(include_str!("../scenarios/departments-at-odds.json"));
    let world = World {
        case: Arc::new(case.expect("the shipped case is clean")),
        packs: Arc::new(Packs::empty()),
        model: Arc::new(Model::shipped()),
    };
    let session = play(&world.case, &world.model, 7, Player::Strong).session(world);
    let annotator = Annotator::new(&session);
    let moves = annotator.moves();
    let mut group = c.benchmark_group("review");
    group.sample_size(10);
    let name = format!("{} turns of talk, two threads", session.state.turns);
    group.bench_function(&name, |b| {
        b.iter(|| {
            let next = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        while let Some(&turn) = moves.get(next.fetch_add(1, Ordering::Relaxed)) {
                            black_box(annotator.annotate(turn));
                        }
                    });
                }
            });
        });
    });
    group.bench_function("first mark", |b| {
        b.iter(|| {
            let annotator = Annotator::new(&session);
            black_box(annotator.annotate(annotator.moves()[0]))
        });
    });
    group.finish();
}

criterion_group!(benches, review);
criterion_main!(benches);
