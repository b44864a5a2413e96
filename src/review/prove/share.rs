//! Work shared among threads, results in the order of the work.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does `work` on every item with at most `threads` threads. Which thread does what is chance; the order of the results
/// is not.
pub(super) fn share<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..threads.clamp(1, items.len().max(1)))
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(item) = items.get(at) else {
                            return mine;
                        };
                        mine.push((at, work(item)));
                    }
                })
            })
            .collect();
        hands
            .into_iter()
            .flat_map(|hand| {
                hand.join()
                    .unwrap_or_else(|why| std::panic::resume_unwind(why))
            })
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
