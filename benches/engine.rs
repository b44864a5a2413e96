//! Turns per second with log, and the fold of a long log. Compare ratios within one run: machines are noisy.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use whybuy::codebook::{Act, SpokenAct, Topic};
use whybuy::reader::{Context, Reader};
use whybuy::review::{Player, play};
use whybuy::scenario::decode::decode;
use whybuy::sim::{self, Input, Model, State};

fn engine(c: &mut Criterion) {
    let (case, _) = decode(include_str!("../scenarios/fit-out-hardware.json"));
    let case = case.expect("the shipped case is clean");
    let model = Model::shipped();

    let lines: Vec<[SpokenAct; 2]> = (0..12)
        .map(|i| {
            let ask = [
                Act::AskProblem,
                Act::AskImplication,
                Act::AskPayoff,
                Act::VendorCase,
            ][i % 4];
            [
                SpokenAct::bare(Act::Acknowledge),
                SpokenAct::on(ask, Topic::ALL[i]),
            ]
        })
        .collect();
    let mut group = c.benchmark_group("engine");
    group.throughput(Throughput::Elements(lines.len() as u64));
    group.bench_function("turns with log", |b| {
        let mut dealt = Vec::new();
        let start = sim::begin(&case, &model, 7, &mut dealt);
        b.iter(|| {
            let mut state = start.clone();
            let mut events = Vec::with_capacity(512);
            let _ = sim::step(&case, &model, &mut state, Input::Visit(0), &mut events);
            for acts in &lines {
                let _ = sim::step(
                    &case,
                    &model,
                    &mut state,
                    Input::Say {
                        acts,
                        long: false,
                        named: 0,
                    },
                    &mut events,
                );
            }
            black_box((state.turns, events.len()))
        });
    });
    group.finish();

    let played = play(&case, &model, 7, Player::Strong);
    let mut group = c.benchmark_group("log");
    group.throughput(Throughput::Elements(u64::from(played.state.turns)));
    group.bench_function("fold of a whole deal", |b| {
        b.iter(|| black_box(State::fold(&case, 7, &played.events)))
    });
    group.bench_function("a whole deal played by the reference player", |b| {
        b.iter(|| black_box(play(&case, &model, 7, Player::Strong)))
    });
    group.finish();

    let reader = Reader::shipped();
    c.bench_function("read a line of two acts", |b| {
        b.iter(|| {
            black_box(reader.read(
                "明白,以前没有。去年交付那批,业主投诉最集中的是哪几项?",
                &Context {
                    client_said: "我们不需要这个",
                    ..Context::default()
                },
            ))
        });
    });
    let long = "说白了您这边工期紧,返工一次谁来担? ".repeat(100);
    c.bench_function("read a line of 2,000 characters", |b| {
        b.iter(|| black_box(reader.read(&long, &Context::default())));
    });
    c.bench_function("load the reader", |b| {
        b.iter(|| black_box(Reader::shipped()))
    });
}

criterion_group!(benches, engine);
criterion_main!(benches);
