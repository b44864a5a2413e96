//! What a written debrief says, in order, before it is known whether it becomes a page or Markdown.

use jiff::tz::TimeZone;

use super::steps::{Step, opening, steps};
use super::{Deal, chart, moment};
use crate::codebook::Reading;
use crate::locale::reading::{did, reached_key, summary};
use crate::locale::{tr, tr_with};
use crate::score::{Cite, Finding, Level, Standing};
use crate::session::{Entry, Mode};
use crate::text::Language;

/// Turns quoted under one finding.
const QUOTED: usize = 2;

/// A piece of the sheet.
#[derive(Debug)]
pub enum Block {
    /// The name of a part.
    Heading(String),
    /// The name of a lesser part.
    Subheading(String),
    /// A paragraph.
    Para(String),
    /// The one thing to see first.
    Headline(String),
    /// A remark that may be passed over.
    Aside(String),
    /// What was found.
    Items(Vec<Item>),
    /// Rows under a head.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A drawing: SVG. What it shows stands in words beside it.
    Chart(String),
    /// The talk.
    Talk(Vec<Spoken>),
}

/// Whether a finding speaks for the trainee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It does.
    Plus,
    /// It does not.
    Minus,
    /// Neither.
    Note,
}

/// Something found, with the words that show it.
#[derive(Debug)]
pub struct Item {
    /// For or against.
    pub mark: Mark,
    /// What was found.
    pub words: String,
    /// Lines of the talk.
    pub quotes: Vec<String>,
}

impl Item {
    fn new(mark: Mark, words: String) -> Item {
        Item {
            mark,
            words,
            quotes: Vec::new(),
        }
    }
}

/// A line of the talk.
#[derive(Debug)]
pub enum Spoken {
    /// A visit begins, or a week.
    Scene(String),
    /// The trainee's words, the number of the turn, and what they were understood as.
    Own(usize, String, String),
    /// Somebody's words.
    Client(String, String),
    /// Something done without words.
    Did(usize, String),
}

/// The sheet of one deal.
pub fn sheet(deal: &Deal, language: Language, zone: &TimeZone) -> Vec<Block> {
    let say = Words { deal, language };
    let steps = steps(deal.session);
    let mut blocks = Vec::new();
    say.summary(zone, &mut blocks);
    say.verdicts(&steps, &mut blocks);
    say.standings(&mut blocks);
    say.turning_points(&mut blocks);
    say.visits(&mut blocks);
    say.dimensions(&mut blocks);
    let teaches = deal.session.world.case.teaches.get(language);
    if !teaches.is_empty() {
        blocks.push(Block::Heading(
            tr(language, "tui.debrief.teaches").to_owned(),
        ));
        blocks.push(Block::Para(teaches.to_owned()));
    }
    blocks.push(Block::Heading(tr(language, "report.talk").to_owned()));
    blocks.push(Block::Talk(say.talk(&steps)));
    blocks
}

/// One row for each deal, for a page that holds several.
pub fn overview(deals: &[Deal], language: Language, zone: &TimeZone) -> Block {
    let head = [
        "report.case",
        "report.begun",
        "report.outcome",
        "report.total",
        "report.access",
    ];
    let rows = deals.iter().map(|deal| {
        vec![
            deal.title(language).to_owned(),
            moment(deal.session.header.started, zone),
            outcome(deal, language).to_owned(),
            format!("{:.1}", deal.report.total),
            deal.report.reached.access.to_string(),
        ]
    });
    Block::Table(
        head.iter()
            .map(|key| tr(language, key).to_owned())
            .collect(),
        rows.collect(),
    )
}

fn outcome(deal: &Deal, language: Language) -> &'static str {
    let unfinished = tr(language, "tui.debrief.unfinished");
    deal.report.outcome.map_or(unfinished, |o| o.name(language))
}

struct Words<'a> {
    deal: &'a Deal<'a>,
    language: Language,
}

impl Words<'_> {
    fn tr(&self, key: &'static str) -> &'static str {
        tr(self.language, key)
    }

    fn with(&self, key: &'static str, slots: &[(&str, &str)]) -> String {
        tr_with(self.language, key, slots)
    }

    fn name(&self, person: u8) -> &str {
        let case = &self.deal.session.world.case;
        case.person(person).name.get(self.language)
    }

    fn call(&self, person: u8) -> &str {
        let case = &self.deal.session.world.case;
        case.person(person).call.get(self.language)
    }

    fn summary(&self, zone: &TimeZone, blocks: &mut Vec<Block>) {
        let Deal {
            session, report, ..
        } = self.deal;
        let case = &session.world.case;
        blocks.push(Block::Headline(self.with(
            "report.headline",
            &[
                ("outcome", outcome(self.deal, self.language)),
                ("total", &format!("{:.1}", report.total)),
            ],
        )));
        let capped = report.caps.iter().map(|(cap, why)| {
            let (cap, why) = (format!("{cap:.1}"), why.words.get(self.language));
            Item::new(
                Mark::Minus,
                self.with("tui.debrief.cap", &[("cap", &cap), ("why", why)]),
            )
        });
        let capped: Vec<Item> = capped.collect();
        if !capped.is_empty() {
            let before = format!("{:.1}", report.uncapped);
            blocks.push(Block::Para(
                self.with("tui.debrief.uncapped", &[("total", &before)]),
            ));
            blocks.push(Block::Items(capped));
        }
        if let Some(levels) = session.rated() {
            let [needs, order, top] = levels.map(|n| format!("{n}/4"));
            let slots = [("needs", &*needs), ("order", &*order), ("top", &*top)];
            blocks.push(Block::Para(self.with("tui.debrief.rated", &slots)));
        }
        let header = &session.header;
        let (seed, weeks) = (header.seed.to_string(), session.state.week.to_string());
        let mode = match (header.exam, header.mode) {
            (true, _) => "report.exam",
            (false, Mode::Guided) => "report.guided",
            (false, Mode::Free) => "report.free",
        };
        blocks.push(Block::Para(case.client.get(self.language).to_owned()));
        blocks.push(Block::Aside(self.with(
            "report.about",
            &[
                ("begun", &moment(header.started, zone)),
                ("weeks", &weeks),
                ("of", &case.weeks.to_string()),
                ("mode", self.tr(mode)),
                ("seed", &seed),
                ("id", self.deal.id),
            ],
        )));
        blocks.push(Block::Aside(self.tr("tui.debrief.model").to_owned()));
    }

    fn verdicts(&self, steps: &[Step], blocks: &mut Vec<Block>) {
        let report = self.deal.report;
        blocks.push(Block::Heading(self.tr("tui.debrief.moved").to_owned()));
        if report.moved.is_empty() {
            blocks.push(Block::Para(self.tr("tui.debrief.nobody_met").to_owned()));
        } else {
            blocks.push(Block::Chart(chart::stances(
                self.deal,
                &opening(self.deal.session),
                steps,
                self.language,
            )));
        }
        let mut items = Vec::new();
        for moved in &report.moved {
            let (before, after) = moved.category;
            let (mark, key) = match moved.accepted_at {
                Some(_) => (Mark::Plus, "tui.moved.yes"),
                None if before >= 3 => (Mark::Note, "tui.moved.settled"),
                None => (Mark::Minus, "tui.moved.no"),
            };
            let turn = moved.accepted_at.map_or(0, |t| t + 1).to_string();
            let slots = [
                ("name", self.name(moved.person)),
                ("turn", &*turn),
                ("before", &*before.to_string()),
                ("after", &*after.to_string()),
                ("vendor", &*moved.vendor.to_string()),
            ];
            items.push(Item::new(mark, self.with(key, &slots)));
            if moved.premature > 0 {
                let count = moved.premature.to_string();
                items.push(Item::new(
                    Mark::Minus,
                    self.with("tui.moved.premature", &[("count", &count)]),
                ));
            }
        }
        blocks.push(Block::Items(items));
        blocks.push(Block::Heading(self.tr("tui.debrief.reached").to_owned()));
        let reached = &report.reached;
        let mark = if reached.access >= 4 {
            Mark::Plus
        } else {
            Mark::Minus
        };
        let mut items = vec![Item::new(
            mark,
            self.tr(reached_key(reached.access)).to_owned(),
        )];
        if let (Some(route), Some(turn)) = (reached.route, reached.turn) {
            let slots = [
                ("route", route.name(self.language)),
                ("turn", &*(turn + 1).to_string()),
            ];
            items.push(Item::new(Mark::Note, self.with("tui.reached.how", &slots)));
        }
        blocks.push(Block::Items(items));
    }

    fn standings(&self, blocks: &mut Vec<Block>) {
        let item = |(person, standing): &(u8, Standing)| {
            let key = match standing {
                Standing::TooWeak => "tui.standing.too_weak",
                Standing::NotHisToDecide => "tui.standing.not_his",
                Standing::Decides => "tui.standing.decides",
                Standing::Fine => "tui.standing.fine",
            };
            Item::new(Mark::Note, self.with(key, &[("name", self.name(*person))]))
        };
        let items: Vec<Item> = self.deal.report.standings.iter().map(item).collect();
        if !items.is_empty() {
            blocks.push(Block::Heading(self.tr("tui.debrief.standings").to_owned()));
            blocks.push(Block::Items(items));
        }
    }

    fn turning_points(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading(
            self.tr("tui.debrief.turning_points").to_owned(),
        ));
        let points = &self.deal.report.turning_points;
        if points.is_empty() {
            blocks.push(Block::Para(
                self.tr("tui.debrief.no_turning_points").to_owned(),
            ));
        }
        let items = points.iter().map(|point| {
            let slots = [
                ("turn", &*(point.turn + 1).to_string()),
                ("name", self.name(point.person)),
                ("rule", point.rule.name(self.language)),
            ];
            let mark = if point.gain { Mark::Plus } else { Mark::Minus };
            let mut item = Item::new(mark, self.with("tui.debrief.turn", &slots));
            let said = self.deal.session.turns.get(point.turn);
            for said in said.iter().flat_map(|turn| &turn.said) {
                let who = said.by.map_or(self.tr("tui.talk.me"), |p| self.call(p));
                let words = said.words.get(self.language);
                item.quotes
                    .push(format!("{who}{}{words}", self.tr("tui.colon")));
            }
            item
        });
        blocks.push(Block::Items(items.collect()));
    }

    fn visits(&self, blocks: &mut Vec<Block>) {
        let rows = self.deal.report.visits.iter().map(|visit| {
            let unended = match visit.turns {
                0 => "tui.debrief.not_met",
                _ => "tui.debrief.broken_off",
            };
            let end = visit
                .end
                .map_or(self.tr(unended), |e| e.name(self.language));
            vec![
                visit.week.to_string(),
                self.name(visit.person).to_owned(),
                visit.turns.to_string(),
                end.to_owned(),
            ]
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            blocks.push(Block::Heading(self.tr("tui.debrief.visits").to_owned()));
            let head = ["report.week", "report.person", "report.turns", "report.end"];
            blocks.push(Block::Table(
                head.map(|key| self.tr(key).to_owned()).to_vec(),
                rows,
            ));
        }
    }

    fn dimensions(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading(self.tr("tui.debrief.dimensions").to_owned()));
        blocks.push(Block::Chart(chart::levels(self.deal.report, self.language)));
        for level in &self.deal.report.levels {
            blocks.push(Block::Subheading(self.level(level)));
            let met = level.met.iter().map(|f| self.finding(Mark::Plus, f));
            let missed = level.missed.iter().map(|f| self.finding(Mark::Minus, f));
            blocks.push(Block::Items(met.chain(missed).collect()));
        }
    }

    fn level(&self, level: &Level) -> String {
        let shown = level.level.map_or_else(
            || self.tr("tui.debrief.not_assessed").to_owned(),
            |n| format!("{n}/4"),
        );
        let name = level.dimension.name(self.language);
        format!("{name}{}{shown}", self.tr("tui.colon"))
    }

    fn finding(&self, mark: Mark, finding: &Finding) -> Item {
        let mut item = Item::new(mark, finding.words.get(self.language).to_owned());
        item.quotes = finding
            .cites
            .iter()
            .take(QUOTED)
            .map(|cite| self.quote(*cite))
            .collect();
        item
    }

    fn quote(&self, cite: Cite) -> String {
        let number = (cite.turn + 1).to_string();
        let lead = self.with("tui.debrief.turn_number", &[("turn", &number)]);
        let Some(turn) = self.deal.session.turns.get(cite.turn) else {
            return lead;
        };
        let words = match &turn.entry {
            Entry::Say { words, .. } => {
                self.with("tui.quoted", &[("words", words.get(self.language))])
            }
            entry => self.tr(did(entry)).to_owned(),
        };
        format!("{lead} {words}")
    }

    fn talk(&self, steps: &[Step]) -> Vec<Spoken> {
        let mut lines = Vec::new();
        let mut scene = (0, 0);
        for (number, step) in (1..).zip(steps) {
            if scene != (step.week, step.visit) {
                scene = (step.week, step.visit);
                let week = step.week.to_string();
                lines.push(Spoken::Scene(match step.person {
                    Some(person) => self.with(
                        "report.scene_visit",
                        &[("week", &week), ("name", self.name(person))],
                    ),
                    None => self.with("report.scene_desk", &[("week", &week)]),
                }));
            }
            match &step.turn.entry {
                Entry::Say { words, acts } => {
                    let reading = Reading { acts: acts.clone() };
                    lines.push(Spoken::Own(
                        number,
                        words.get(self.language).to_owned(),
                        summary(&reading, self.language),
                    ));
                }
                Entry::Note(person, words) => {
                    let words = format!("{}{}{words}", self.call(*person), self.tr("tui.colon"));
                    let what = self.tr(did(&step.turn.entry));
                    lines.push(Spoken::Did(number, format!("{what} · {words}")));
                }
                entry => lines.push(Spoken::Did(number, self.tr(did(entry)).to_owned())),
            }
            for said in step.turn.said.iter() {
                if let Some(person) = said.by {
                    lines.push(Spoken::Client(
                        self.call(person).to_owned(),
                        said.words.get(self.language).to_owned(),
                    ));
                }
            }
        }
        lines
    }
}
