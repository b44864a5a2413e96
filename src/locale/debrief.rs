//! The debrief as a document: what is said, in which order, in what tone. Faces lay it out and decide nothing.

use super::reading::did;
use super::{tr, tr_with};
use crate::score::{Cite, Finding, Level, Report, Standing};
use crate::session::Session;
use crate::sim::Outcome;
use crate::text::Language;

/// Turns quoted under one finding.
const QUOTED: usize = 2;
/// The best level of a dimension.
pub(crate) const BEST: u8 = 4;

/// How a piece is meant; a face without colours loses nothing that is not in the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Strong,
    Good,
    Warn,
    Bad,
    /// The trainee's own words.
    Own,
    Dim,
}

/// One piece of the document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// What the next pieces are about.
    Heading(String),
    /// Words after a lead; further lines stand under the words.
    Item {
        lead: String,
        words: String,
        tone: Tone,
    },
    /// A dimension and how far it was done, 1–4, in words, too; `None` where it could not be seen.
    Level {
        name: &'static str,
        level: Option<u8>,
        words: String,
    },
}

/// The word for a level, 1–4.
pub(crate) fn level_word(level: u8, language: Language) -> &'static str {
    const LEVELS: [&str; BEST as usize] =
        ["tui.level.1", "tui.level.2", "tui.level.3", "tui.level.4"];
    tr(language, LEVELS[usize::from(level.clamp(1, BEST)) - 1])
}

/// The whole debrief of a deal, in order: outcome and total, the two verdicts, who stood where, turning points, visits, and
/// every dimension with what earned it.
pub(crate) fn document(session: &Session, report: &Report, language: Language) -> Vec<Piece> {
    let mut writer = Writer {
        session,
        report,
        language,
        pieces: Vec::new(),
    };
    writer.summary();
    writer.verdicts();
    writer.standings();
    writer.turning_points();
    writer.visits();
    writer.heading("tui.debrief.dimensions");
    for level in &report.levels {
        writer.dimension(level);
    }
    let teaches = session.world.case.teaches.get(language);
    if !teaches.is_empty() {
        writer.heading("tui.debrief.teaches");
        writer.item("", teaches, Tone::Plain);
    }
    writer.pieces
}

struct Writer<'a> {
    session: &'a Session,
    report: &'a Report,
    language: Language,
    pieces: Vec<Piece>,
}

impl<'a> Writer<'a> {
    fn tr(&self, key: &'static str) -> &'static str {
        tr(self.language, key)
    }

    fn with(&self, key: &'static str, slots: &[(&str, &str)]) -> String {
        tr_with(self.language, key, slots)
    }

    fn name(&self, person: u8) -> &'a str {
        self.session
            .world
            .case
            .person(person)
            .call
            .get(self.language)
    }

    fn heading(&mut self, key: &'static str) {
        let words = self.tr(key).to_owned();
        self.pieces.push(Piece::Heading(words));
    }

    fn item(&mut self, lead: &str, words: &str, tone: Tone) {
        self.pieces.push(Piece::Item {
            lead: lead.to_owned(),
            words: words.to_owned(),
            tone,
        });
    }

    fn summary(&mut self) {
        let report = self.report;
        let outcome = report
            .outcome
            .map_or(self.tr("tui.debrief.unfinished"), |o| o.name(self.language));
        let tone = match report.outcome {
            Some(Outcome::Order) => Tone::Good,
            _ => Tone::Warn,
        };
        let words = self.with("tui.debrief.outcome", &[("outcome", outcome)]);
        self.item("", &words, tone);
        // Where nothing could be assessed there is no mean.
        let shown = |total: f64| match total.is_finite() {
            true => format!("{total:.1}"),
            false => "-".to_owned(),
        };
        let words = self.with("tui.debrief.total", &[("total", &shown(report.total))]);
        self.item("", &words, Tone::Strong);
        if !report.caps.is_empty() {
            let slots = [("total", &*shown(report.uncapped))];
            let words = self.with("tui.debrief.uncapped", &slots);
            self.item("", &words, Tone::Plain);
        }
        for (cap, why) in &report.caps {
            let slots = [
                ("cap", &*shown(*cap)),
                ("why", why.words.get(self.language)),
            ];
            let words = self.with("tui.debrief.cap", &slots);
            self.item("! ", &words, Tone::Warn);
        }
        if let Some(levels) = self.session.rated() {
            let words = levels.map(|level| level_word(level, self.language));
            let slots = [("needs", words[0]), ("order", words[1]), ("top", words[2])];
            let words = self.with("tui.debrief.rated", &slots);
            self.item("", &words, Tone::Own);
        }
        self.item("", self.tr("tui.debrief.model"), Tone::Dim);
    }

    fn verdicts(&mut self) {
        self.heading("tui.debrief.moved");
        if self.report.moved.is_empty() {
            self.item("", self.tr("tui.debrief.nobody_met"), Tone::Dim);
        }
        for moved in &self.report.moved {
            let (before, after) = moved.category;
            let (mark, key, tone) = match moved.accepted_at {
                Some(_) => ("+ ", "tui.moved.yes", Tone::Good),
                None if before >= 3 => ("  ", "tui.moved.settled", Tone::Plain),
                None => ("- ", "tui.moved.no", Tone::Bad),
            };
            let turn = moved
                .accepted_at
                .map_or(String::new(), |turn| (turn + 1).to_string());
            let slots = [
                ("name", self.name(moved.person)),
                ("turn", &*turn),
                ("before", &*before.to_string()),
                ("after", &*after.to_string()),
                ("vendor", &*moved.vendor.to_string()),
            ];
            let words = self.with(key, &slots);
            self.item(mark, &words, tone);
            if moved.premature > 0 {
                let slots = [("count", &*moved.premature.to_string())];
                let words = self.with("tui.moved.premature", &slots);
                self.item("  ", &words, Tone::Warn);
            }
        }
        self.heading("tui.debrief.reached");
        let reached = &self.report.reached;
        let key = super::reading::reached_key(reached.access);
        let (mark, tone) = match reached.access >= 4 {
            true => ("+ ", Tone::Good),
            false => ("- ", Tone::Bad),
        };
        self.item(mark, self.tr(key), tone);
        if let (Some(route), Some(turn)) = (reached.route, reached.turn) {
            let slots = [
                ("route", route.name(self.language)),
                ("turn", &*(turn + 1).to_string()),
            ];
            let words = self.with("tui.reached.how", &slots);
            self.item("  ", &words, Tone::Plain);
        }
    }

    fn standings(&mut self) {
        if self.report.standings.is_empty() {
            return;
        }
        self.heading("tui.debrief.standings");
        for &(person, standing) in &self.report.standings {
            let key = match standing {
                Standing::TooWeak => "tui.standing.too_weak",
                Standing::NotHisToDecide => "tui.standing.not_his",
                Standing::Decides => "tui.standing.decides",
                Standing::Fine => "tui.standing.fine",
            };
            let words = self.with(key, &[("name", self.name(person))]);
            self.item("- ", &words, Tone::Plain);
        }
    }

    fn turning_points(&mut self) {
        self.heading("tui.debrief.turning_points");
        if self.report.turning_points.is_empty() {
            self.item("", self.tr("tui.debrief.no_turning_points"), Tone::Dim);
        }
        for point in &self.report.turning_points {
            let (mark, tone) = match point.gain {
                true => ("+ ", Tone::Good),
                false => ("- ", Tone::Bad),
            };
            let slots = [
                ("turn", &*(point.turn + 1).to_string()),
                ("name", self.name(point.person)),
                ("rule", point.rule.name(self.language)),
            ];
            let words = self.with("tui.debrief.turn", &slots);
            self.item(mark, &words, tone);
            let Some(turn) = self.session.turns.get(point.turn) else {
                continue;
            };
            if turn.said.is_empty() {
                let slots = [("what", self.tr(did(&turn.entry)))];
                let words = self.with("tui.debrief.did", &slots);
                self.item("    ", &words, Tone::Dim);
            }
            for said in &turn.said {
                let who = said
                    .by
                    .map_or(self.tr("tui.talk.me"), |person| self.name(person));
                let lead = format!("    {who}{}", self.tr("tui.colon"));
                let tone = match said.by {
                    None => Tone::Own,
                    Some(_) => Tone::Plain,
                };
                self.item(&lead, said.words.get(self.language), tone);
            }
        }
    }

    fn visits(&mut self) {
        if self.report.visits.is_empty() {
            return;
        }
        self.heading("tui.debrief.visits");
        for visit in &self.report.visits {
            let unended = match visit.turns {
                0 => "tui.debrief.not_met",
                _ => "tui.debrief.broken_off",
            };
            let end = visit
                .end
                .map_or(self.tr(unended), |end| end.name(self.language));
            let slots = [
                ("week", &*visit.week.to_string()),
                ("name", self.name(visit.person)),
                ("turns", &*visit.turns.to_string()),
                ("end", end),
            ];
            let words = self.with("tui.debrief.visit", &slots);
            self.item("- ", &words, Tone::Plain);
        }
    }

    fn dimension(&mut self, level: &Level) {
        let words = match level.level {
            Some(n) => format!("{n}/{BEST} {}", level_word(n, self.language)),
            None => self.tr("tui.debrief.not_assessed").to_owned(),
        };
        self.pieces.push(Piece::Level {
            name: level.dimension.name(self.language),
            level: level.level,
            words,
        });
        for finding in &level.met {
            self.finding("  + ", finding, Tone::Good);
        }
        for finding in &level.missed {
            self.finding("  - ", finding, Tone::Warn);
        }
    }

    fn finding(&mut self, mark: &str, finding: &Finding, tone: Tone) {
        self.item(mark, finding.words.get(self.language), tone);
        for &cite in finding.cites.iter().take(QUOTED) {
            let (lead, words) = self.quote(cite);
            self.item(&format!("      {lead} "), &words, Tone::Dim);
        }
    }

    /// The number of a turn and what the trainee said or did there.
    fn quote(&self, cite: Cite) -> (String, String) {
        let slots = [("turn", &*(cite.turn + 1).to_string())];
        let lead = self.with("tui.debrief.turn_number", &slots);
        let Some(turn) = self.session.turns.get(cite.turn) else {
            return (lead, String::new());
        };
        let own = turn.said.iter().find(|said| said.by.is_none());
        let words = match own {
            Some(said) => self.with("tui.quoted", &[("words", said.words.get(self.language))]),
            None => self.tr(did(&turn.entry)).to_owned(),
        };
        (lead, words)
    }
}
