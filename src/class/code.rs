//! Join codes, and how wrong ones are slowed down. Time enters as an argument.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use rand::RngExt;

/// Letters and digits nobody mistakes for one another when they are dictated or read off a wall.
const ALPHABET: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// Characters of a class's join code: 900 million of them.
pub const JOIN: usize = 6;
/// Characters of the code by which a seat comes back.
pub const RETURN: usize = 5;
/// For so long a wrong code is held against an address.
const REMEMBERED: Duration = Duration::from_secs(600);
/// The longest a wrong code waits for its answer.
const SLOWEST: Duration = Duration::from_secs(8);
/// More addresses than this are not kept apart.
const ADDRESSES: usize = 10_000;

/// A fresh code, from the system's own source of chance.
pub fn fresh(length: usize) -> String {
    let mut rng = rand::rng();
    let one = |_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())]);
    (0..length).map(one).collect()
}

/// Whether what was typed is the code. Case and the spaces people put between groups do not matter; the time it takes
/// tells nothing about where the first difference is.
pub fn matches(typed: &str, code: &str) -> bool {
    let mut typed: Vec<u8> = typed
        .bytes()
        .filter(|b| !b.is_ascii_whitespace() && *b != b'-')
        .take(64)
        .collect();
    typed.make_ascii_uppercase();
    let differing = typed
        .iter()
        .zip(code.bytes())
        .fold(0, |d, (a, b)| d | (a ^ b));
    typed.len() == code.len() && differing == 0
}

/// Wrong codes by address.
#[derive(Debug, Default)]
pub struct Wrong {
    by_address: HashMap<IpAddr, (u32, Instant)>,
    total: u64,
}

impl Wrong {
    /// Counts a wrong code; how long its answer has to wait. A right one never waits, so that a classroom behind one
    /// address does not suffer from one who guesses.
    pub fn count(&mut self, from: IpAddr, now: Instant) -> Duration {
        self.total += 1;
        if self.by_address.len() >= ADDRESSES {
            self.by_address
                .retain(|_, (_, last)| now.duration_since(*last) < REMEMBERED);
        }
        if self.by_address.len() >= ADDRESSES && !self.by_address.contains_key(&from) {
            return SLOWEST;
        }
        let (count, last) = self.by_address.entry(from).or_insert((0, now));
        if now.duration_since(*last) >= REMEMBERED {
            *count = 0;
        }
        (*count, *last) = (*count + 1, now);
        // 1, 2, 4, 8 seconds.
        SLOWEST.min(Duration::from_secs(1 << (*count - 1).min(3)))
    }

    /// Wrong codes since the class began.
    pub fn total(&self) -> u64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_as_people_type_them() {
        assert!(matches("kx7 pt2\n", "KX7PT2") && matches("KX7-PT2", "KX7PT2"));
        for wrong in ["", "KX7PT", "KX7PT22", "KX7PT3", "王"] {
            assert!(!matches(wrong, "KX7PT2"), "{wrong}");
        }
    }

    #[test]
    fn fresh_codes_differ_and_avoid_what_is_mistaken() {
        let codes: std::collections::HashSet<String> = (0..1000).map(|_| fresh(JOIN)).collect();
        assert!(codes.len() > 995);
        assert!(
            codes
                .iter()
                .all(|c| c.len() == JOIN && !c.contains(['0', 'O', '1', 'I', 'L']))
        );
    }

    #[test]
    fn each_wrong_code_waits_longer_and_is_forgotten_in_the_end() {
        let (mut wrong, start) = (Wrong::default(), Instant::now());
        let here = IpAddr::from([10, 0, 0, 7]);
        let waits: Vec<u64> = (0..6).map(|_| wrong.count(here, start).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 8, 8]);
        assert_eq!(wrong.count(IpAddr::from([10, 0, 0, 8]), start).as_secs(), 1);
        assert_eq!(wrong.count(here, start + REMEMBERED).as_secs(), 1);
        assert_eq!(wrong.total(), 8);
    }
}
