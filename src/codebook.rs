//! The acts and topics a line is read into: the vocabulary that reader, simulation and score share.
//!
//! The identifiers are the ones used in files, logs and reports; the names are what a trainee sees.

use std::ops::Range;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value, in codebook order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The identifier used in files, logs and reports.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// Looks an identifier up; `None` where there is no such value.
            pub fn from_id(id: &str) -> Option<$name> {
                match id { $($id => Some($name::$variant),)* _ => None }
            }

            /// The name a user sees.
            pub fn name(self, language: $crate::text::Language) -> &'static str {
                match (self, language) {
                    $(($name::$variant, $crate::text::Language::Zh) => $zh, ($name::$variant, $crate::text::Language::En) => $en,)*
                }
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// What a trainee does with a line, by the surface of his words.
    Act {
        /// Greeting, small talk.
        Rapport = "rapport", "寒暄", "small talk";
        /// States purpose or order of this talk.
        Agenda = "agenda", "说明来意", "stating the purpose";
        /// Asks a neutral fact.
        AskSituation = "ask_situation", "问现状", "asking for facts";
        /// Asks about a difficulty.
        AskProblem = "ask_problem", "问难点", "asking about a difficulty";
        /// Asks what a difficulty leads to.
        AskImplication = "ask_implication", "问后果", "asking what it leads to";
        /// Asks what solving it would be worth.
        AskPayoff = "ask_payoff", "问价值", "asking what solving it is worth";
        /// Asks how he would judge.
        AskCriteria = "ask_criteria", "问标准", "asking how it is judged";
        /// Asks who decides and by which steps.
        AskProcess = "ask_process", "问流程", "asking who decides";
        /// Asks what an objection really means.
        Probe = "probe", "追问异议", "asking what is behind a worry";
        /// Says that his position is heard.
        Acknowledge = "acknowledge", "认可", "acknowledging";
        /// Plays back what he said.
        Summarize = "summarize", "复述确认", "playing back";
        /// Argues for this kind of thing, whoever makes it.
        CategoryCase = "category_case", "品类论证", "arguing the category";
        /// Makes an effect concrete with a figure or target.
        Quantify = "quantify", "量化", "putting a figure to it";
        /// Trial, guarantee, liability terms.
        Derisk = "derisk", "降险", "lowering the risk";
        /// Strengths of our product or company.
        VendorCase = "vendor_case", "厂商论证", "arguing for us";
        /// Evidence that can be checked.
        Proof = "proof", "举证", "giving proof";
        /// States a price.
        PriceInfo = "price_info", "报价", "quoting a price";
        /// Lowers the price.
        Discount = "discount", "让价", "giving a discount";
        /// Asks to be taken to somebody.
        AskAccess = "ask_access", "请求引荐", "asking for an introduction";
        /// Prepares him to argue inside.
        Equip = "equip", "助其汇报", "helping him report";
        /// Proposes what happens after this talk.
        ProposeNext = "propose_next", "提下一步", "proposing a next step";
        /// Admits a limit.
        Candor = "candor", "坦诚", "being candid";
        /// Ultimatum, false urgency.
        Pressure = "pressure", "施压", "pushing";
        /// Goes round the person.
        Bypass = "bypass", "越级", "going over his head";
        /// Contradicts or belittles.
        Rebut = "rebut", "反驳", "contradicting";
        /// Personal favour.
        Improper = "improper", "不当利益", "an improper favour";
    }
}

vocabulary! {
    /// What an act is about.
    Topic {
        /// Need for such a thing at all.
        Necessity = "necessity", "品类必要性", "whether it is needed";
        /// Value to the client's own customers.
        EndCustomerValue = "end_customer_value", "终端客户价值", "value to your own customers";
        /// Working efficiency.
        Efficiency = "efficiency", "工作效率", "working efficiency";
        /// Budget, project approval.
        Budget = "budget", "预算立项", "budget";
        /// Quality, batch failure.
        QualityRisk = "quality_risk", "质量风险", "quality risk";
        /// Schedule.
        Schedule = "schedule", "工期", "schedule";
        /// Interfaces, standards.
        Compatibility = "compatibility", "兼容", "compatibility";
        /// Service response.
        AfterSales = "after_sales", "售后", "after-sales service";
        /// Cases, qualifications.
        VendorTrackRecord = "vendor_track_record", "资质案例", "track record";
        /// Process, listing, compliance.
        ProcessCompliance = "process_compliance", "流程合规", "process and compliance";
        /// Who decides.
        Authority = "authority", "决策权", "who decides";
        /// Uncertain effect.
        EffectUncertainty = "effect_uncertainty", "效果不确定", "uncertain effect";
        /// Satisfaction and complaints.
        CustomerSatisfaction = "customer_satisfaction", "满意度与投诉", "satisfaction and complaints";
        /// Strategy and brand fit.
        StrategicFit = "strategic_fit", "战略契合", "strategic fit";
        /// Total cost.
        TotalCost = "total_cost", "总成本", "total cost";
        /// Price.
        Price = "price", "价格", "price";
        /// Payment terms.
        PaymentTerms = "payment_terms", "付款", "payment terms";
        /// Who is to blame.
        Liability = "liability", "责任", "liability";
        /// Site coordination, rework.
        SiteCoordination = "site_coordination", "现场返工", "site coordination and rework";
        /// Operation, maintenance.
        UsabilityMaintenance = "usability_maintenance", "操作维护", "operation and maintenance";
        /// Supply capacity.
        DeliveryCapacity = "delivery_capacity", "供货", "supply capacity";
        /// Present supplier, substitutes.
        Incumbent = "incumbent", "现有供应商", "the present supplier";
        /// Departments disagree.
        InternalAlignment = "internal_alignment", "部门意见", "departments agreeing";
        /// Timing, priority.
        Timing = "timing", "时机", "timing";
    }
}

/// How many topics there are; the width of a [`TopicSet`] and of every per-topic table.
pub const TOPICS: usize = 24;

/// A set of topics: one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct TopicSet(pub u32);

impl TopicSet {
    /// No topic.
    pub const NONE: TopicSet = TopicSet(0);

    /// The set that holds one topic.
    pub fn one(topic: Topic) -> TopicSet {
        TopicSet(1 << topic as u32)
    }

    /// Whether `topic` is in the set.
    pub fn has(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u32) != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// This set with `topic` added.
    #[must_use]
    pub fn with(self, topic: Topic) -> TopicSet {
        TopicSet(self.0 | 1 << topic as u32)
    }

    /// All topics of both sets.
    #[must_use]
    pub fn union(self, other: TopicSet) -> TopicSet {
        TopicSet(self.0 | other.0)
    }

    /// The topics, in codebook order.
    pub fn iter(self) -> impl Iterator<Item = Topic> {
        let mut bits = self.0 & ((1 << TOPICS) - 1);
        std::iter::from_fn(move || {
            if bits == 0 {
                return None;
            }
            let at = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(Topic::ALL[at])
        })
    }
}

impl FromIterator<Topic> for TopicSet {
    fn from_iter<I: IntoIterator<Item = Topic>>(topics: I) -> TopicSet {
        topics.into_iter().fold(TopicSet::NONE, TopicSet::with)
    }
}

/// Whose evidence, figure or guarantee it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Holds for any maker.
    Category,
    /// Holds for us.
    Vendor,
}

impl Scope {
    /// The identifier used in files and logs.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Category => "category",
            Scope::Vendor => "vendor",
        }
    }

    /// Looks an identifier up.
    pub fn from_id(id: &str) -> Option<Scope> {
        [Scope::Category, Scope::Vendor]
            .into_iter()
            .find(|s| s.id() == id)
    }
}

/// How much a proposed next step asks of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Sends data, looks at something, sets a date.
    Small,
    /// Sample, trial, one block first.
    Pilot,
    /// Decides, signs, orders.
    Decision,
}

impl Step {
    /// The identifier used in files and logs.
    pub fn id(self) -> &'static str {
        match self {
            Step::Small => "small",
            Step::Pilot => "pilot",
            Step::Decision => "decision",
        }
    }

    /// Looks an identifier up.
    pub fn from_id(id: &str) -> Option<Step> {
        [Step::Small, Step::Pilot, Step::Decision]
            .into_iter()
            .find(|s| s.id() == id)
    }
}

/// What became of the figures and references in an act when they were held against the scenario's fact sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Evidence {
    /// Nothing that could be checked was stated.
    #[default]
    None,
    /// The fact sheet holds it: index into the case's facts.
    Fact(u8),
    /// Stated, and no fact holds it.
    Unsupported,
}

/// One act as it was read, before anything is known of what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpokenAct {
    /// What was done.
    pub act: Act,
    /// What it was about.
    pub topics: TopicSet,
    /// Category or vendor, on `proof`, `quantify`, `derisk`.
    pub scope: Option<Scope>,
    /// On `propose_next`: the client does something, with a time or an object.
    pub specific: bool,
    /// On `propose_next`: how much it asks.
    pub step: Option<Step>,
    /// Figures and references held against the fact sheet.
    pub evidence: Evidence,
}

impl SpokenAct {
    /// An act with topics and nothing else.
    pub fn new(act: Act, topics: TopicSet) -> SpokenAct {
        SpokenAct {
            act,
            topics,
            scope: None,
            specific: false,
            step: None,
            evidence: Evidence::None,
        }
    }

    /// An act about one topic.
    pub fn on(act: Act, topic: Topic) -> SpokenAct {
        SpokenAct::new(act, TopicSet::one(topic))
    }

    /// An act about nothing in particular.
    pub fn bare(act: Act) -> SpokenAct {
        SpokenAct::new(act, TopicSet::NONE)
    }

    /// The same act with a scope.
    #[must_use]
    pub fn scoped(self, scope: Scope) -> SpokenAct {
        SpokenAct {
            scope: Some(scope),
            ..self
        }
    }

    /// The same act as a specific next step of this size.
    #[must_use]
    pub fn step(self, step: Step) -> SpokenAct {
        SpokenAct {
            specific: true,
            step: Some(step),
            ..self
        }
    }

    /// The same act with checked evidence.
    #[must_use]
    pub fn evidence(self, evidence: Evidence) -> SpokenAct {
        SpokenAct { evidence, ..self }
    }
}

/// One act of a reading: what was read, where in the line, and how sure the reader is.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadAct {
    /// The act itself.
    pub spoken: SpokenAct,
    /// Byte range in the line on which the act rests; empty where it rests on the whole line.
    pub span: Range<usize>,
    /// 0–1; below the reader's threshold the act is shown as unsure.
    pub confidence: f32,
}

/// What a line was understood as.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The acts, in order of appearance; empty where the line does nothing.
    pub acts: Vec<ReadAct>,
}

impl Reading {
    /// The acts alone, as the simulation takes them.
    pub fn spoken(&self) -> Vec<SpokenAct> {
        self.acts.iter().map(|a| a.spoken).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codebook_has_26_acts_and_24_topics() {
        assert_eq!((Act::ALL.len(), Topic::ALL.len()), (26, TOPICS));
        for &act in Act::ALL {
            assert_eq!(Act::from_id(act.id()), Some(act));
        }
        for (i, &topic) in Topic::ALL.iter().enumerate() {
            assert_eq!(
                (topic as usize, Topic::from_id(topic.id())),
                (i, Some(topic))
            );
        }
    }

    #[test]
    fn a_topic_set_gives_back_what_went_in() {
        let topics = [Topic::Price, Topic::Necessity, Topic::Timing];
        let set: TopicSet = topics.into_iter().collect();
        assert!(topics.into_iter().all(|t| set.has(t)));
        assert_eq!(set.iter().count(), 3);
    }
}
