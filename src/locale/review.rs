//! A review in words, for every face alike: lines with a tone, which a face prints, styles or ignores.

use crate::codebook::{SpokenAct, TopicSet};
use crate::locale::{tr, tr_with};
use crate::review::whole::per_cent;
use crate::review::xray::{Inside, Moved, Told, What, XRay};
use crate::review::{Choice, Mark, Review, Reviewed};
use crate::scenario::PersonId;
use crate::session::{Entry, Session};
use crate::sim::{Gauge, Worry};
use crate::text::Language;

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Begins a part.
    Heading,
    /// Running words.
    Plain,
    /// May be passed over.
    Dim,
    /// What went well.
    Good,
    /// What went wrong.
    Bad,
    /// What would have served.
    Advice,
    /// The trainee's own words.
    Own,
}

/// One line: tone, what stands before it, words.
pub(crate) type Said = (Tone, &'static str, String);

/// Words of one review.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub session: &'a Session,
    pub language: Language,
}

impl Words<'_> {
    pub(super) fn t(&self, key: &'static str) -> &'static str {
        tr(self.language, key)
    }

    pub(super) fn with(&self, key: &'static str, slots: &[(&str, &str)]) -> String {
        tr_with(self.language, key, slots)
    }

    /// How a person is called.
    pub(super) fn call(&self, person: PersonId) -> &str {
        let person = self.session.world.case.person(person);
        person.call.get(self.language)
    }

    pub(super) fn topics(&self, topics: TopicSet) -> String {
        let names: Vec<&str> = topics.iter().map(|t| t.name(self.language)).collect();
        names.join(self.t("review.and"))
    }

    fn acts(&self, acts: &[SpokenAct]) -> String {
        let each = acts.iter().map(|a| {
            let name = a.act.name(self.language);
            let step = a.step.map(|s| {
                self.t(match s {
                    crate::codebook::Step::Small => "review.step.small",
                    crate::codebook::Step::Pilot => "review.step.pilot",
                    crate::codebook::Step::Decision => "review.step.decision",
                })
            });
            match (step, a.topics == TopicSet::NONE) {
                (Some(step), _) => self.with("review.about", &[("act", name), ("topic", step)]),
                (None, true) => name.to_owned(),
                (None, false) => {
                    let topics = self.topics(a.topics);
                    self.with("review.about", &[("act", name), ("topic", &topics)])
                }
            }
        });
        each.collect::<Vec<String>>().join(self.t("review.plus"))
    }

    /// What could have been done, in short.
    pub fn choice(&self, choice: &Choice) -> String {
        match choice {
            Choice::Say(acts) => self.acts(acts),
            Choice::Visit(person) => self.with("review.do.visit", &[("name", self.call(*person))]),
            Choice::Leave => self.t("review.do.leave").to_owned(),
            Choice::Fulfil(_) => self.t("review.do.fulfil").to_owned(),
            Choice::NextWeek => self.t("review.do.next_week").to_owned(),
        }
    }

    /// What was done in a turn, in short: the words where there were any.
    pub fn made(&self, turn: usize) -> String {
        match &self.session.turns[turn].entry {
            Entry::Say { words, acts } => {
                let words = words.get(self.language);
                if words.is_empty() {
                    let acts: Vec<SpokenAct> = acts.iter().map(|a| a.spoken).collect();
                    return self.acts(&acts);
                }
                words.to_owned()
            }
            Entry::Visit(person) => self.with("review.do.visit", &[("name", self.call(*person))]),
            Entry::Leave => self.t("review.do.leave").to_owned(),
            Entry::Fulfil(_) => self.t("review.do.fulfil").to_owned(),
            Entry::NextWeek => self.t("review.do.next_week").to_owned(),
            _ => self.t("review.do.abandon").to_owned(),
        }
    }

    /// Mark, number and what was done, on one line.
    pub fn heading(&self, one: &Reviewed) -> String {
        let turn = (one.note.turn + 1).to_string();
        let week = one.week.to_string();
        let made = self.made(one.note.turn);
        let slots = [("turn", &*turn), ("week", &*week), ("made", &*made)];
        self.with("review.move", &slots)
    }

    /// A mark with its sign: `?? blunder`.
    pub fn mark(&self, mark: Mark) -> String {
        match mark.sign() {
            "" => mark.name(self.language).to_owned(),
            sign => format!("{sign} {}", mark.name(self.language)),
        }
    }

    /// Everything on one move: mark, outlook, the answer it got, what would have served and why.
    pub fn detail(&self, one: &Reviewed) -> Vec<Said> {
        let note = &one.note;
        let tone = match note.mark {
            Mark::Excellent | Mark::Good => Tone::Good,
            Mark::Fine => Tone::Plain,
            Mark::Missed | Mark::Mistake | Mark::Blunder => Tone::Bad,
        };
        let mut out = vec![(tone, "", self.mark(note.mark))];
        let turn = &self.session.turns[note.turn];
        for said in &turn.said {
            let (tone, who) = match said.by {
                None => (Tone::Own, self.t("review.you")),
                Some(person) => (Tone::Plain, self.call(person)),
            };
            let words = said.words.get(self.language);
            if !words.is_empty() {
                out.push((
                    tone,
                    "  ",
                    self.with("review.said", &[("who", who), ("words", words)]),
                ));
            }
        }
        if let Entry::Say { acts, .. } = &turn.entry {
            let acts: Vec<SpokenAct> = acts.iter().map(|a| a.spoken).collect();
            let read = self.acts(&acts);
            let read = if read.is_empty() {
                self.t("review.nothing").to_owned()
            } else {
                read
            };
            out.push((
                Tone::Dim,
                "  ",
                self.with("review.read", &[("acts", &read)]),
            ));
        }
        let figures = [note.before, note.after].map(|n| per_cent(n).to_string());
        let slots = [("before", &*figures[0]), ("after", &*figures[1])];
        out.push((Tone::Plain, "", self.with("review.outlook", &slots)));
        if let Some(better) = &note.better {
            let best = per_cent(note.best).to_string();
            let what = self.choice(better);
            if one.again {
                out.push((
                    Tone::Advice,
                    "",
                    self.with("review.again", &[("what", &what)]),
                ));
                return out;
            }
            out.push((
                Tone::Advice,
                "",
                self.with("review.better", &[("what", &what)]),
            ));
            out.push((Tone::Plain, "  ", self.t(why(better)).to_owned()));
            if let Some(example) = &one.example {
                let words = example.get(self.language);
                out.push((
                    Tone::Own,
                    "  ",
                    self.with("review.example", &[("words", words)]),
                ));
            }
            // Less than that is chance, and would only raise questions.
            if note.best > note.after + 3 {
                out.push((
                    Tone::Dim,
                    "  ",
                    self.with("review.cost", &[("best", &best)]),
                ));
            }
        }
        out
    }

    /// The outlook at the end of every week, as a sentence: a curve for whoever cannot see one.
    pub fn weeks(&self, review: &Review) -> Vec<Said> {
        let mut ends: Vec<(u8, u8)> = Vec::new();
        for one in &review.moves {
            match ends.last_mut() {
                Some((week, outlook)) if *week == one.week => *outlook = one.note.after,
                _ => ends.push((one.week, one.note.after)),
            }
        }
        // Weeks in which nothing changed say nothing.
        ends.dedup_by_key(|(_, outlook)| per_cent(*outlook));
        let each: Vec<String> = ends
            .iter()
            .map(|(week, outlook)| {
                let (week, outlook) = (week.to_string(), per_cent(*outlook).to_string());
                self.with("review.week", &[("week", &week), ("outlook", &outlook)])
            })
            .collect();
        let start = review
            .moves
            .first()
            .map_or(0, |m| per_cent(m.note.before))
            .to_string();
        let weeks = each.join(self.t("review.and"));
        let slots = [("start", &*start), ("weeks", &*weeks)];
        vec![(Tone::Plain, "", self.with("review.weeks", &slots))]
    }

    /// Everything on the deal as a whole, without the curve.
    pub fn summary(&self, review: &Review) -> Vec<Said> {
        let mut out = Vec::new();
        let counts: Vec<String> = Mark::ALL
            .iter()
            .rev()
            .filter(|&&m| review.count(m) > 0)
            .map(|&m| format!("{} {}", self.mark(m), review.count(m)))
            .collect();
        out.push((Tone::Plain, "", counts.join(self.t("review.and"))));
        out.push((
            Tone::Heading,
            "",
            self.t("review.turning_points").to_owned(),
        ));
        if review.turning_points.is_empty() {
            out.push((Tone::Dim, "", self.t("review.no_turning_points").to_owned()));
        }
        for &at in &review.turning_points {
            let one = &review.moves[at];
            out.push((Tone::Plain, "- ", self.heading(one)));
            for (tone, lead, words) in self.detail(one) {
                let lead = if lead.is_empty() { "  " } else { "    " };
                if tone != Tone::Own || one.example.is_some() {
                    out.push((tone, lead, words));
                }
            }
        }
        out.push((Tone::Heading, "", self.t("review.accuracy").to_owned()));
        for (dimension, accuracy) in &review.accuracy {
            let (per_cent, moves) = (accuracy.per_cent.to_string(), accuracy.moves.to_string());
            let slots = [
                ("dimension", dimension.name(self.language)),
                ("per_cent", &*per_cent),
                ("moves", &*moves),
            ];
            out.push((Tone::Plain, "- ", self.with("review.accuracy_row", &slots)));
        }
        out.push((Tone::Dim, "", self.t("review.model").to_owned()));
        out
    }

    /// What the trainee could not see.
    pub fn xray(&self, ray: &XRay) -> Vec<Said> {
        let mut out = vec![(Tone::Heading, "", self.t("review.xray.moved").to_owned())];
        if ray.moved.is_empty() {
            out.push((Tone::Dim, "", self.t("review.xray.nothing").to_owned()));
        }
        out.extend(ray.moved.iter().map(|m| (Tone::Plain, "- ", self.moved(m))));
        if !ray.told.is_empty() {
            out.push((Tone::Heading, "", self.t("review.xray.told").to_owned()));
            out.extend(ray.told.iter().map(|t| (Tone::Plain, "- ", self.told(t))));
        }
        out.push((Tone::Heading, "", self.t("review.xray.inside").to_owned()));
        for one in &ray.people {
            out.extend(self.inside(one));
        }
        out
    }

    fn moved(&self, moved: &Moved) -> String {
        let rule = moved.rule.name(self.language);
        let (key, what, from, to) = match moved.what {
            What::Gauge(Gauge::Trust, from, to) => {
                let quarter = |n: i8| format!("{:.2}", f32::from(n) / 4.0);
                let name = Gauge::Trust.name(self.language).to_owned();
                ("review.xray.gauge", name, quarter(from), quarter(to))
            }
            What::Gauge(gauge, from, to) => {
                let name = gauge.name(self.language).to_owned();
                ("review.xray.gauge", name, from.to_string(), to.to_string())
            }
            What::Need(topic, level) => {
                let key = if level >= 2 {
                    "review.xray.want"
                } else {
                    "review.xray.need"
                };
                (
                    key,
                    topic.name(self.language).to_owned(),
                    String::new(),
                    String::new(),
                )
            }
            What::Worry(topic, to) => {
                let to = to.name(self.language).to_owned();
                (
                    "review.xray.worry",
                    topic.name(self.language).to_owned(),
                    String::new(),
                    to,
                )
            }
            What::Hope(topic, part) => {
                let part = self.t(match part {
                    0 => "review.xray.function",
                    1 => "review.xray.operation",
                    _ => "review.xray.effect",
                });
                (
                    "review.xray.hope",
                    topic.name(self.language).to_owned(),
                    String::new(),
                    part.to_owned(),
                )
            }
            What::Opposed(true) => (
                "review.xray.opposed",
                String::new(),
                String::new(),
                String::new(),
            ),
            What::Opposed(false) => (
                "review.xray.not_opposed",
                String::new(),
                String::new(),
                String::new(),
            ),
            What::Breach => (
                "review.xray.breach",
                String::new(),
                String::new(),
                String::new(),
            ),
        };
        let words = self.with(key, &[("what", &what), ("from", &from), ("to", &to)]);
        let slots = [
            ("name", self.call(moved.person)),
            ("what", &*words),
            ("rule", rule),
        ];
        self.with("review.xray.by_rule", &slots)
    }

    fn told(&self, told: &Told) -> String {
        match *told {
            Told::Reported { from, to, rule } => {
                let slots = [
                    ("from", self.call(from)),
                    ("to", self.call(to)),
                    ("rule", rule.name(self.language)),
                ];
                self.with("review.xray.reported", &slots)
            }
            Told::Heard { person, topics } => {
                let topics = self.topics(topics);
                let slots = [("name", self.call(person)), ("topics", &*topics)];
                self.with("review.xray.heard", &slots)
            }
            Told::Touched { person, rule } => {
                let slots = [
                    ("name", self.call(person)),
                    ("rule", rule.name(self.language)),
                ];
                self.with("review.xray.touched", &slots)
            }
        }
    }

    fn inside(&self, one: &Inside) -> Vec<Said> {
        let mut gauges = String::new();
        for (i, (gauge, value)) in one.gauges.iter().enumerate() {
            if i > 0 {
                gauges.push_str(self.t("review.and"));
            }
            let value = match gauge {
                Gauge::Trust => format!("{:.2}/4", f32::from(*value) / 4.0),
                Gauge::Confidence => format!("{value}/3"),
                Gauge::Access => format!("{value}/5"),
                _ => format!("{value}/4"),
            };
            gauges.push_str(gauge.name(self.language));
            gauges.push(' ');
            gauges.push_str(&value);
        }
        let slots = [("name", self.call(one.person)), ("gauges", &*gauges)];
        let mut out = vec![(Tone::Plain, "- ", self.with("review.xray.person", &slots))];
        let sets = [
            ("review.xray.wants", one.wants),
            ("review.xray.admitted", one.admitted),
            ("review.xray.unvoiced", one.unvoiced),
        ];
        for (key, topics) in sets {
            if topics != TopicSet::NONE {
                let topics = self.topics(topics);
                out.push((Tone::Dim, "    ", self.with(key, &[("topics", &topics)])));
            }
        }
        let worries: Vec<String> = one
            .worries
            .iter()
            .filter(|(_, w)| *w != Worry::Closed)
            .map(|(topic, worry)| {
                let slots = [
                    ("act", topic.name(self.language)),
                    ("topic", worry.name(self.language)),
                ];
                self.with("review.about", &slots)
            })
            .collect();
        if !worries.is_empty() {
            let worries = worries.join(self.t("review.and"));
            out.push((
                Tone::Dim,
                "    ",
                self.with("review.xray.worries", &[("worries", &worries)]),
            ));
        }
        if one.opposed {
            out.push((Tone::Bad, "    ", self.t("review.xray.opposed").to_owned()));
        }
        out
    }
}

/// Why an alternative serves: what it is that the moment asks for.
pub(super) fn why(choice: &Choice) -> &'static str {
    use crate::codebook::Act;
    let acts = match choice {
        Choice::Say(acts) => acts,
        Choice::Visit(_) => return "review.why.visit",
        Choice::Leave => return "review.why.leave",
        Choice::Fulfil(_) => return "review.why.fulfil",
        Choice::NextWeek => return "review.why.next_week",
    };
    match acts.last().map(|a| a.act) {
        Some(Act::AskSituation) => "review.why.ask_situation",
        Some(Act::AskProblem) => "review.why.ask_problem",
        Some(Act::AskImplication) => "review.why.ask_implication",
        Some(Act::AskPayoff) => "review.why.ask_payoff",
        Some(Act::AskCriteria) => "review.why.ask_criteria",
        Some(Act::AskProcess) => "review.why.ask_process",
        Some(Act::Probe) => "review.why.probe",
        Some(Act::Summarize) => "review.why.summarize",
        Some(Act::CategoryCase) => "review.why.category_case",
        Some(Act::Quantify) => "review.why.quantify",
        Some(Act::Derisk) => "review.why.derisk",
        Some(Act::VendorCase) => "review.why.vendor_case",
        Some(Act::Proof) => "review.why.proof",
        Some(Act::PriceInfo) => "review.why.price_info",
        Some(Act::AskAccess) => "review.why.ask_access",
        Some(Act::Equip) => "review.why.equip",
        Some(Act::ProposeNext) => "review.why.propose_next",
        Some(Act::Candor) => "review.why.candor",
        Some(Act::Acknowledge) => "review.why.acknowledge",
        _ => "review.why.opening",
    }
}
