//! What a class leaves behind: where the room lost the deal, by turn and rule; what each dimension looks like over all;
//! lines worth reading out; what to practise next. And the sheet its observers write on.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::sheet::{Block, Item, Mark};
use super::{Deal, html, moment};
use crate::locale::{tr, tr_with};
use crate::score::{Dimension, TurningPoint};
use crate::sim::{Outcome, Rule};
use crate::text::{Language, Text};

/// Lines read out of each kind.
const QUOTED: usize = 6;
/// Access from which the decision-maker has been met.
const MET: u8 = 4;
/// A dimension whose mean is below this is proposed for the next lesson.
const WEAK: f64 = 2.5;

/// A level that the trainer saw otherwise; the machine's stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Index into [`Class::deals`].
    pub deal: usize,
    /// Which dimension.
    pub dimension: Dimension,
    /// 1–4.
    pub level: u8,
    /// Why.
    pub reason: String,
}

/// A class to be written out. The name of each deal is what it may be called: a name or a number.
#[derive(Debug)]
pub struct Class<'a> {
    /// The case's title.
    pub title: &'a Text,
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// One deal for each seat that played.
    pub deals: &'a [Deal<'a>],
    /// Levels the trainer saw otherwise.
    pub overrides: &'a [Override],
    /// Totals are shown, the best first.
    pub leaderboard: bool,
}

/// The report of a class as a page to print, in both languages; `first` is the one it opens in.
pub fn page(class: &Class, first: Language, zone: &TimeZone) -> String {
    html::whole(class.title.get(first), first, |language| {
        sheet(class, language, zone)
    })
}

/// The observers' sheet as a page to print: one line of the list for each observer, with room for the words he heard.
pub fn observers(first: Language) -> String {
    html::whole(tr(first, "observers.title"), first, |language| {
        let t = |key| tr(language, key).to_owned();
        let lines = [
            ("A", "observers.a"),
            ("B", "observers.b"),
            ("C", "observers.c"),
            ("D", "observers.d"),
            ("E", "observers.e"),
            ("F", "observers.f"),
            ("G", "observers.g"),
        ];
        let head = ["observers.what", "observers.heard", "observers.turn"];
        // Room to write in: a row is as high as its lines.
        let row = |(letter, key): (&str, &'static str)| {
            vec![
                format!("{letter}  {}", t(key)),
                "\u{a0}".repeat(60),
                "\u{a0}".repeat(8),
            ]
        };
        vec![
            Block::Headline(t("observers.title")),
            Block::Para(t("observers.how")),
            Block::Para(t("observers.who")),
            Block::Table(head.map(t).to_vec(), lines.map(row).to_vec()),
            Block::Aside(t("observers.after")),
        ]
    })
}

fn sheet(class: &Class, language: Language, zone: &TimeZone) -> Vec<Block> {
    let t = |key| tr(language, key).to_owned();
    let mut out = vec![
        Block::Headline(class.title.get(language).to_owned()),
        Block::Aside(moment(class.began, zone)),
        Block::Para(verdicts(class, language)),
        seats(class, language),
        Block::Heading(t("lesson.lost")),
    ];
    let lost = lost(class, language);
    out.push(if lost.is_empty() {
        Block::Para(t("lesson.lost_nowhere"))
    } else {
        let head = ["lesson.rule", "lesson.deals", "lesson.times", "lesson.turn"];
        Block::Table(head.map(t).to_vec(), lost)
    });
    out.push(Block::Heading(t("lesson.dimensions")));
    out.push(dimensions(class, language));
    if !class.overrides.is_empty() {
        out.push(Block::Subheading(t("lesson.overrides")));
        out.push(Block::Items(overrides(class, language)));
    }
    for (gain, key) in [(true, "lesson.best"), (false, "lesson.instructive")] {
        let lines = lines(class, gain, language);
        if !lines.is_empty() {
            out.push(Block::Heading(t(key)));
            out.push(Block::Items(lines));
        }
    }
    out.push(Block::Heading(t("lesson.next")));
    out.push(Block::Items(next(class, language)));
    out
}

fn verdicts(class: &Class, language: Language) -> String {
    let count = |test: &dyn Fn(&Deal) -> bool| class.deals.iter().filter(|d| test(d)).count();
    let slots = [
        ("deals", class.deals.len().to_string()),
        (
            "moved",
            count(&|d| d.report.moved.iter().any(|m| m.accepted_at.is_some())).to_string(),
        ),
        (
            "reached",
            count(&|d| d.report.reached.access >= MET).to_string(),
        ),
        (
            "orders",
            count(&|d| d.report.outcome == Some(Outcome::Order)).to_string(),
        ),
        ("open", count(&|d| d.report.outcome.is_none()).to_string()),
    ];
    tr_with(
        language,
        "lesson.verdicts",
        &slots.each_ref().map(|(k, v)| (*k, v.as_str())),
    )
}

/// A row for each seat, in the order of joining; the best first where the trainer wants a leaderboard.
fn seats(class: &Class, language: Language) -> Block {
    let mut deals: Vec<&Deal> = class.deals.iter().collect();
    let mut head = vec![
        "lesson.seat",
        "lesson.week",
        "lesson.moved",
        "lesson.reached",
        "lesson.end",
    ];
    if class.leaderboard {
        head.push("lesson.total");
        deals.sort_by(|a, b| b.report.total.total_cmp(&a.report.total));
    }
    let yes = |is: bool| tr(language, if is { "lesson.yes" } else { "lesson.no" }).to_owned();
    let row = |deal: &&Deal| {
        let report = deal.report;
        let mut row = vec![
            deal.name.to_owned(),
            deal.session.state.week.to_string(),
            yes(report.moved.iter().any(|m| m.accepted_at.is_some())),
            yes(report.reached.access >= MET),
            report
                .outcome
                .map_or(tr(language, "lesson.going_on"), |o| o.name(language))
                .to_owned(),
        ];
        if class.leaderboard {
            row.push(format!("{:.1}", report.total));
        }
        row
    };
    let rows = deals.iter().map(row).collect();
    Block::Table(
        head.into_iter()
            .map(|k| tr(language, k).to_owned())
            .collect(),
        rows,
    )
}

/// By which rules deals went backwards: in how many, how often, typically first at which turn.
fn lost(class: &Class, language: Language) -> Vec<Vec<String>> {
    let mut by_rule: BTreeMap<Rule, (Vec<usize>, usize)> = BTreeMap::new();
    for deal in class.deals {
        let mut seen: BTreeMap<Rule, (usize, usize)> = BTreeMap::new();
        for (turn, rule) in setbacks(deal) {
            let (_, times) = seen.entry(rule).or_insert((turn, 0));
            *times += 1;
        }
        for (rule, (first, times)) in seen {
            let (firsts, all) = by_rule.entry(rule).or_default();
            firsts.push(first + 1);
            *all += times;
        }
    }
    let mut rows: Vec<(Rule, Vec<usize>, usize)> = by_rule
        .into_iter()
        .map(|(rule, (firsts, all))| (rule, firsts, all))
        .collect();
    rows.sort_by_key(|(_, firsts, all)| std::cmp::Reverse((firsts.len(), *all)));
    let row = |(rule, mut firsts, all): (Rule, Vec<usize>, usize)| {
        firsts.sort_unstable();
        vec![
            rule.name(language).to_owned(),
            format!("{}/{}", firsts.len(), class.deals.len()),
            all.to_string(),
            firsts[firsts.len() / 2].to_string(),
        ]
    };
    rows.into_iter().take(10).map(row).collect()
}

/// Every turn in which somebody moved back, and by which rule. Patience runs out by itself and is no loss.
fn setbacks<'a>(deal: &'a Deal) -> impl Iterator<Item = (usize, Rule)> + 'a {
    use crate::sim::{Event, Gauge};
    let turns = deal.session.turns.iter().enumerate();
    turns.flat_map(|(turn, t)| {
        t.events.iter().filter_map(move |event| match event {
            Event::Moved {
                gauge,
                from,
                to,
                rule,
                ..
            } if to < from && *gauge != Gauge::Patience => Some((turn, *rule)),
            Event::Breach { rule, .. } => Some((turn, *rule)),
            _ => None,
        })
    })
}

/// How many stand at each level of each dimension.
fn dimensions(class: &Class, language: Language) -> Block {
    let head = [
        "lesson.dimension",
        "lesson.level_1",
        "lesson.level_2",
        "lesson.level_3",
        "lesson.level_4",
        "lesson.not_assessed",
    ];
    let rows = Dimension::ALL.iter().map(|&dimension| {
        let mut counts = [0_usize; 5];
        for level in levels(class, dimension) {
            counts[level.map_or(4, |l| usize::from(l.clamp(1, 4)) - 1)] += 1;
        }
        let mut row = vec![dimension.name(language).to_owned()];
        row.extend(counts.iter().map(|count| match count {
            0 => "·".to_owned(),
            n => n.to_string(),
        }));
        row
    });
    let rows = rows.collect();
    Block::Table(head.map(|k| tr(language, k).to_owned()).to_vec(), rows)
}

fn levels<'a>(class: &'a Class, dimension: Dimension) -> impl Iterator<Item = Option<u8>> + 'a {
    let level = move |deal: &Deal| {
        let found = deal.report.levels.iter().find(|l| l.dimension == dimension);
        found.and_then(|l| l.level)
    };
    class.deals.iter().map(level)
}

fn overrides(class: &Class, language: Language) -> Vec<Item> {
    let item = |o: &Override| {
        let deal = class.deals.get(o.deal)?;
        let machine = levels(class, o.dimension).nth(o.deal).flatten();
        let machine = machine.map_or_else(|| "-".to_owned(), |l| l.to_string());
        let words = tr_with(
            language,
            "lesson.override",
            &[
                ("seat", deal.name),
                ("dimension", o.dimension.name(language)),
                ("machine", &machine),
                ("trainer", &o.level.to_string()),
                ("reason", &o.reason),
            ],
        );
        Some(Item {
            mark: Mark::Note,
            words,
            quotes: Vec::new(),
        })
    };
    class.overrides.iter().filter_map(item).collect()
}

/// What trainees said at turns on which deals hung, one line for each rule first. Nobody is named.
fn lines(class: &Class, gain: bool, language: Language) -> Vec<Item> {
    let mut found: Vec<(usize, Item)> = Vec::new();
    let mut times: BTreeMap<Rule, usize> = BTreeMap::new();
    for deal in class.deals {
        let points = deal.report.turning_points.iter().filter(|p| p.gain == gain);
        for TurningPoint { turn, rule, .. } in points {
            let said = deal
                .session
                .turns
                .get(*turn)
                .and_then(|t| t.said.iter().find(|s| s.by.is_none()));
            if let Some(said) = said {
                let times = times.entry(*rule).or_default();
                let item = Item {
                    mark: if gain { Mark::Plus } else { Mark::Minus },
                    words: rule.name(language).to_owned(),
                    quotes: vec![said.words.get(language).to_owned()],
                };
                found.push((*times, item));
                *times += 1;
            }
        }
    }
    found.sort_by_key(|(nth, _)| *nth);
    found
        .into_iter()
        .take(QUOTED)
        .map(|(_, item)| item)
        .collect()
}

/// The weakest dimensions, each with an exercise.
fn next(class: &Class, language: Language) -> Vec<Item> {
    let mut means: Vec<(f64, Dimension)> = Vec::new();
    for &dimension in Dimension::ALL {
        let assessed: Vec<f64> = levels(class, dimension).flatten().map(f64::from).collect();
        if !assessed.is_empty() {
            means.push((
                assessed.iter().sum::<f64>() / assessed.len() as f64,
                dimension,
            ));
        }
    }
    means.sort_by(|a, b| a.0.total_cmp(&b.0));
    let weak = means.iter().filter(|(mean, _)| *mean < WEAK).take(3);
    let mut items: Vec<Item> = weak
        .map(|(mean, dimension)| Item {
            mark: Mark::Note,
            words: format!("{} ({mean:.1})", dimension.name(language)),
            quotes: vec![tr(language, exercise(*dimension)).to_owned()],
        })
        .collect();
    if items.is_empty() {
        items.push(Item {
            mark: Mark::Plus,
            words: tr(language, "lesson.next_harder").to_owned(),
            quotes: Vec::new(),
        });
    }
    items
}

fn exercise(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::CategoryFirst => "lesson.exercise.category_first",
        Dimension::NeedDevelopment => "lesson.exercise.need_development",
        Dimension::ConcreteOutcome => "lesson.exercise.concrete_outcome",
        Dimension::VendorCase => "lesson.exercise.vendor_case",
        Dimension::Objections => "lesson.exercise.objections",
        Dimension::DecisionMaker => "lesson.exercise.decision_maker",
        Dimension::Conduct => "lesson.exercise.conduct",
        Dimension::Advance => "lesson.exercise.advance",
    }
}
