//! The interface's own words, in both languages, and which of them to speak.
//!
//! Keys are flat and dotted by room (`talk.hint`); a missing key is a test failure, never a runtime one.

pub(crate) mod coach;
pub(crate) mod debrief;
pub(crate) mod reading;
pub(crate) mod review;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::sim::Incident;
use crate::text::Language;

type Table = BTreeMap<String, String>;

fn table(language: Language) -> &'static Table {
    static TABLES: LazyLock<[Table; 2]> = LazyLock::new(|| {
        [
            include_str!("../assets/locale/zh.json"),
            include_str!("../assets/locale/en.json"),
        ]
        .map(|json| serde_json::from_str(json).expect("the shipped locales are tested to load"))
    });
    &TABLES[language as usize]
}

/// The words filed under `key`; the key itself where there are none.
pub fn tr(language: Language, key: &'static str) -> &'static str {
    table(language).get(key).map_or(key, String::as_str)
}

/// The same with `{slots}` filled.
pub fn tr_with(language: Language, key: &'static str, slots: &[(&str, &str)]) -> String {
    let mut words = tr(language, key).to_owned();
    for (slot, value) in slots {
        words = words.replace(&format!("{{{slot}}}"), value);
    }
    words
}

/// Locale key of how a trainee hears of an incident.
pub fn news(incident: Incident) -> &'static str {
    match incident {
        Incident::BudgetFrozen => "news.budget_frozen",
        Incident::BossReplaced => "news.boss_replaced",
        Incident::RivalVisited => "news.rival_visited",
        Incident::QualityIncident => "news.quality_incident",
    }
}

/// The language of the surroundings: what the user's system says, else Chinese.
pub fn of_environment() -> Language {
    sys_locale::get_locales()
        .find_map(|name| Language::from_code(&name))
        .unwrap_or_default()
}

/// All keys with their words in both languages, for tests and tools.
pub fn keys() -> impl Iterator<Item = (&'static str, Option<&'static str>, Option<&'static str>)> {
    let (zh, en) = (table(Language::Zh), table(Language::En));
    let all: std::collections::BTreeSet<&'static str> =
        zh.keys().chain(en.keys()).map(String::as_str).collect();
    all.into_iter().map(move |key| {
        (
            key,
            zh.get(key).map(String::as_str),
            en.get(key).map(String::as_str),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(words: &str) -> Vec<&str> {
        let mut found: Vec<&str> = words
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_key_has_both_languages_and_the_same_slots() {
        for (key, zh, en) in keys() {
            let (Some(zh), Some(en)) = (zh, en) else {
                panic!("{key} is missing in one language")
            };
            assert_eq!(slots(zh), slots(en), "{key}");
        }
    }
}
