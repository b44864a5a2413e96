//! What marks and outlook are worth: `evidence [DEALS]` over every shipped case that is not a tutorial.
//!
//! Prints the order rate of average deals as they are played and with every blunder replaced by the proposed move, and the
//! table of outlooks against what came of them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use whybuy::review::evidence::{Bin, Replaced, reliability, replace_blunders};
use whybuy::scenario::Case;
use whybuy::scenario::decode::decode;
use whybuy::sim::Model;

/// Moves between two moments that are looked at.
const EVERY: usize = 8;

/// Deals with the number of their case, and the tenths of the outlook.
type Found = (Vec<(usize, Replaced)>, [Bin; 10]);

fn main() {
    let deals = std::env::args().nth(1).and_then(|n| n.parse().ok());
    let deals: u64 = deals.unwrap_or(500);
    let model = Model::shipped();
    let cases: Vec<Case> = whybuy::library::list(std::path::Path::new("/nonexistent"))
        .into_iter()
        .filter_map(|entry| decode(&entry.text).0)
        .filter(|case| case.people.len() > 1)
        .collect();
    let next = AtomicU64::new(0);
    let found: Mutex<Found> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= deals {
                        break;
                    }
                    // The deals are shared out evenly among the cases.
                    let which = (n % cases.len() as u64) as usize;
                    let seed = n / cases.len() as u64;
                    let replaced = replace_blunders(&cases[which], &model, seed);
                    let mut bins = [Bin::default(); 10];
                    reliability(&cases[which], &model, seed, EVERY, &mut bins);
                    let mut found = found.lock().expect("no thread panics with it");
                    found.0.push((which, replaced));
                    for (sum, bin) in found.1.iter_mut().zip(bins) {
                        sum.moments += bin.moments;
                        sum.foretold += bin.foretold;
                        sum.won += bin.won;
                        sum.won_by_average += bin.won_by_average;
                    }
                }
            });
        }
    });
    let (replaced, bins) = found.into_inner().expect("no thread panics with it");
    for (which, case) in cases.iter().enumerate() {
        let of = replaced
            .iter()
            .filter(|(w, _)| *w == which)
            .map(|(_, r)| *r);
        print_rates(&case.id, &of.collect::<Vec<_>>());
    }
    print_rates("all", &replaced.iter().map(|(_, r)| *r).collect::<Vec<_>>());
    println!("outlook   moments  foretold  came true  by the average player himself");
    for (tenth, bin) in bins.iter().enumerate().filter(|(_, b)| b.moments > 0) {
        let n = f64::from(bin.moments);
        println!(
            "{:>3}-{:<3}% {:>8} {:>8.1}% {:>9.1}% {:>9.1}%",
            tenth * 10,
            tenth * 10 + 10,
            bin.moments,
            f64::from(bin.foretold) / 0.64 / n,
            f64::from(bin.won) * 100.0 / n,
            f64::from(bin.won_by_average) * 100.0 / n,
        );
    }
}

fn print_rates(name: &str, deals: &[Replaced]) {
    let n = deals.len().max(1) as f64;
    let count = |test: fn(&Replaced) -> bool| deals.iter().filter(|r| test(r)).count() as f64;
    let (before, after) = (count(|r| r.won), count(|r| r.won_without));
    let gained = count(|r| r.won_without && !r.won);
    let lost = count(|r| r.won && !r.won_without);
    let blunders: usize = deals.iter().map(|r| r.blunders).sum();
    // McNemar, with continuity: the same deals both ways.
    let chi = if gained + lost > 0.0 {
        ((gained - lost).abs() - 1.0).max(0.0).powi(2) / (gained + lost)
    } else {
        0.0
    };
    println!(
        "{name:<20} {:>4} deals  {:>5.1}% -> {:>5.1}%  gained {gained:>3} lost {lost:>3}  chi2 {chi:>6.1}  {:.1} blunders a deal",
        deals.len(),
        before * 100.0 / n,
        after * 100.0 / n,
        blunders as f64 / n,
    );
}
