//! How much a case says, by whom, and where words are thin or missing in one language.

use std::collections::BTreeMap;

use super::{Case, Line, Person, Reaction};
use crate::codebook::Topic;
use crate::text::Text;

/// How many words there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Wordings.
    pub lines: usize,
    /// Han characters in the Chinese ones.
    pub han: usize,
    /// Words in the English ones.
    pub words: usize,
    /// Wordings that read the same in both languages: one of them is not written yet.
    pub one_language: usize,
}

impl Amount {
    /// Counts one text.
    pub fn add(&mut self, text: &Text) {
        let is_han = |c: &char| ('\u{3400}'..='\u{9fff}').contains(c);
        self.lines += 1;
        self.han += text.zh.chars().filter(is_han).count();
        // Copied Chinese is no English.
        let english = text.en.split_whitespace();
        self.words += english
            .filter(|word| !word.chars().any(|c| is_han(&c)))
            .count();
        self.one_language +=
            usize::from(text.zh == text.en && text.zh.chars().any(char::is_alphabetic));
    }

    fn of(lines: &[Line]) -> Amount {
        let mut amount = Amount::default();
        for line in lines {
            amount.add(&line.text);
        }
        amount
    }

    fn plus(&mut self, other: Amount) {
        self.lines += other.lines;
        self.han += other.han;
        self.words += other.words;
        self.one_language += other.one_language;
    }
}

/// What one person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// His identifier.
    pub id: String,
    /// His name.
    pub name: Text,
    /// Everything.
    pub all: Amount,
    /// Lines for each difficulty.
    pub needs: Vec<(Topic, usize)>,
    /// Lines for each worry.
    pub concerns: Vec<(Topic, usize)>,
    /// Lines for each hope.
    pub hopes: Vec<(Topic, usize)>,
    /// Lines for each reaction he has own words for.
    pub reactions: Vec<(Reaction, usize)>,
}

/// A whole case in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// By person, in the case's order.
    pub people: Vec<Share>,
    /// The trainee's lines.
    pub moves: Amount,
    /// Brief, fact sheet, titles and the rest.
    pub other: Amount,
}

/// Counts a case.
pub fn stats(case: &Case) -> Stats {
    let (mut moves, mut other) = (Amount::default(), Amount::default());
    case.moves.iter().for_each(|m| moves.add(&m.text));
    let texts = [
        &case.title,
        &case.summary,
        &case.brief,
        &case.teaches,
        &case.industry,
        &case.category,
        &case.client,
        &case.ours,
        &case.supply_mode,
    ];
    let texts = texts
        .into_iter()
        .chain(case.relations.iter().map(|r| &r.why))
        .chain(case.facts.iter().map(|f| &f.text))
        .chain(case.occasions.iter().map(|o| &o.text))
        .chain(
            case.people
                .iter()
                .flat_map(|p| [&p.title, &p.department, &p.about]),
        );
    texts
        .filter(|t| **t != Text::default())
        .for_each(|t| other.add(t));
    let spoken = case.beats.iter().flat_map(|beat| &beat.say);
    spoken.for_each(|line| other.add(&line.text));
    Stats {
        people: case.people.iter().map(share).collect(),
        moves,
        other,
    }
}

fn share(person: &Person) -> Share {
    let mut all = Amount::default();
    let mut count = |groups: &[&[Line]]| {
        let mut lines = 0;
        for group in groups {
            all.plus(Amount::of(group));
            lines += group.len();
        }
        lines
    };
    let needs = person.needs.iter();
    let needs = needs
        .map(|n| (n.topic, count(&[&n.problem, &n.consequence, &n.want])))
        .collect();
    let concerns = person.concerns.iter();
    let concerns = concerns
        .map(|c| {
            let lines = count(&[&c.raise, &c.reason, &c.settled, &c.recurs]);
            (c.topic, lines)
        })
        .collect();
    let hopes = person.hopes.iter();
    let hopes = hopes
        .map(|h| (h.topic, count(&[&h.hope, &h.measure])))
        .collect();
    for (_, lines) in &person.situation {
        count(&[lines]);
    }
    let mut reactions: BTreeMap<Reaction, usize> = BTreeMap::new();
    for (reaction, lines) in &person.lines {
        *reactions.entry(*reaction).or_default() += count(&[lines]);
    }
    let own = [
        (Reaction::NamesCriteria, &person.criteria),
        (Reaction::NamesProcess, &person.process),
        (Reaction::NamesSteps, &person.steps),
        (Reaction::AsksPrice, &person.price),
        (Reaction::CategorySettled, &person.settled),
    ];
    for (reaction, lines) in own.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        *reactions.entry(reaction).or_default() += count(&[lines]);
    }
    if let Some((_, line)) = &person.fear {
        all.add(line);
    }
    Share {
        id: person.id.clone(),
        name: person.name.clone(),
        all,
        needs,
        concerns,
        hopes,
        reactions: reactions.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters_are_counted_apart() {
        let mut amount = Amount::default();
        amount.add(&Text {
            zh: "您好，王经理。".to_owned(),
            en: "Good morning, Mr Wang.".to_owned(),
        });
        amount.add(&Text::same("只有中文"));
        amount.add(&Text::same("……"));
        let expect = Amount {
            lines: 3,
            han: 9,
            words: 5,
            one_language: 1,
        };
        assert_eq!(amount, expect);
    }
}
