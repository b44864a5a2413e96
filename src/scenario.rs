//! What an author writes, checked: the client company, its people, what they know and what they say.
//!
//! JSON text → [`decode::decode`] → ([`Case`], problems). A `Case` that exists is playable: every reference
//! holds, every person has what the simulation needs. No mood and no dice here.

pub mod beat;
pub mod decode;
pub mod explain;
pub mod layout;
mod lex;
pub mod migrate;
pub mod pack;
pub mod places;
pub mod problem;
pub mod reaction;
pub mod scaffold;
pub mod schema;
pub mod source;
pub mod stats;

use std::collections::BTreeMap;

use crate::codebook::{Scope, SpokenAct, Topic, vocabulary};
use crate::text::Text;
pub use reaction::Reaction;

/// The newest scenario format this program reads.
pub const FORMAT: u32 = 1;
/// The most people one case may have; the simulation keeps one fixed slot for each.
pub const MAX_PEOPLE: usize = 8;

/// Index of a person in [`Case::people`].
pub type PersonId = u8;

vocabulary! {
    /// A person's post at the client; picks the pack his lines fall back to.
    Role {
        /// Buys; wants rules kept and no blame.
        ProcurementManager = "procurement_manager", "采购经理", "procurement manager";
        /// Runs the site or project.
        ProjectManager = "project_manager", "项目经理", "project manager";
        /// Decides for the company.
        Executive = "executive", "高层", "executive";
        /// Heads any other department.
        DepartmentManager = "department_manager", "部门经理", "department manager";
    }
}

vocabulary! {
    /// How somebody talks, whatever he thinks.
    Temper {
        /// Short, wants the conclusion.
        Brisk = "brisk", "干脆", "brisk";
        /// Careful, afraid of blame.
        Cautious = "cautious", "谨慎", "cautious";
        /// Friendly, and gives nothing away.
        Warm = "warm", "随和", "warm";
        /// Stands on his rank and experience.
        Proud = "proud", "好面子", "proud";
    }
}

vocabulary! {
    /// How a person sees his own situation (Strategic Selling's response modes).
    Mode {
        /// Reaches for more: hopes open the talk.
        Growth = "growth", "求发展", "growth";
        /// Has trouble and knows it.
        Trouble = "trouble", "有麻烦", "trouble";
        /// Content: vague questions meet "all fine".
        EvenKeel = "even_keel", "求稳", "even keel";
        /// Thinks he is doing better than he is.
        Overconfident = "overconfident", "过于自信", "overconfident";
    }
}

vocabulary! {
    /// What a worry stands in the way of.
    Gate {
        /// Having such a thing at all.
        Category = "category", "品类", "category";
        /// Having it from us.
        Vendor = "vendor", "厂商", "vendor";
        /// Daring to decide.
        Confidence = "confidence", "信心", "confidence";
        /// Rules and steps.
        Process = "process", "流程", "process";
        /// Who may decide.
        Authority = "authority", "权限", "authority";
        /// Giving time to the talk.
        Engagement = "engagement", "投入", "engagement";
        /// Departments against each other.
        Politics = "politics", "内部关系", "politics";
    }
}

vocabulary! {
    /// How far a failure would reach.
    Reach {
        /// His own department.
        Department = "department", "本部门", "own department";
        /// The whole company.
        Company = "company", "全公司", "the whole company";
        /// The client's own clients.
        ClientsClient = "clients_client", "客户的客户", "the client's clients";
    }
}

vocabulary! {
    /// What a fact on the sheet is.
    FactKind {
        /// A figure of the client's or the market's.
        Figure = "figure", "数据", "figure";
        /// A project done elsewhere.
        Case = "case", "案例", "case";
        /// A report by somebody else.
        Report = "report", "报告", "report";
        /// Something that can be gone and seen.
        Visit = "visit", "可看现场", "site to visit";
        /// A price of ours.
        Price = "price", "价格", "price";
    }
}

/// Whether the client must buy this kind of thing anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedClass {
    /// Nice to have: the category gate exists.
    Nice,
    /// Must buy: everybody has accepted the category before the first word.
    Must,
}

/// One wording, with the circumstances in which it fits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The words.
    pub text: Text,
    /// Only for this temper.
    pub temper: Option<Temper>,
    /// Only in this stance band.
    pub band: Option<Band>,
}

/// A stance band: coarse category stance, for wording only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Category 0–1.
    Closed,
    /// Category 2.
    Open,
    /// Category 3–4.
    Won,
}

impl Band {
    /// All bands, from closed to won.
    pub const ALL: [Band; 3] = [Band::Closed, Band::Open, Band::Won];

    /// The identifier used in files.
    pub fn id(self) -> &'static str {
        match self {
            Band::Closed => "closed",
            Band::Open => "open",
            Band::Won => "won",
        }
    }

    /// Looks an identifier up.
    pub fn from_id(id: &str) -> Option<Band> {
        Band::ALL.into_iter().find(|b| b.id() == id)
    }

    /// The band of a category stance 0–4.
    pub fn of(category: u8) -> Band {
        match category {
            0 | 1 => Band::Closed,
            2 => Band::Open,
            _ => Band::Won,
        }
    }
}

/// Where a person stands before the first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Category stance, 0–4.
    pub category: u8,
    /// Vendor stance, 0–1.
    pub vendor: u8,
    /// Decision confidence, 0–3.
    pub confidence: u8,
    /// Trust, 0–4 in whole points.
    pub trust: u8,
    /// Response mode.
    pub mode: Mode,
}

/// A difficulty a person has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// What it is about.
    pub topic: Topic,
    /// Ways to admit it.
    pub problem: Vec<Line>,
    /// What it leads to.
    pub consequence: Vec<Line>,
    /// Ways to want a remedy.
    pub want: Vec<Line>,
}

/// A worry that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// What it is about.
    pub topic: Topic,
    /// What it blocks.
    pub gate: Gate,
    /// Comes out only when he is asked what is behind his worry.
    pub hidden: bool,
    /// Ways to raise it.
    pub raise: Vec<Line>,
    /// What is really behind it.
    pub reason: Vec<Line>,
    /// Ways to let it go.
    pub settled: Vec<Line>,
    /// Ways to bring it back.
    pub recurs: Vec<Line>,
}

/// A vague wish that must become a checkable result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hope {
    /// One of the person's needs.
    pub topic: Topic,
    /// The wish.
    pub hope: Vec<Line>,
    /// What he would take as proof that it came true.
    pub measure: Vec<Line>,
}

/// A half-true belief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misconception {
    /// What it is about.
    pub topic: Topic,
    /// How he says it.
    pub belief: Vec<Line>,
    /// What is true, for the debrief.
    pub truth: Text,
}

/// One person at the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Identifier within the case.
    pub id: String,
    /// Full name.
    pub name: Text,
    /// How the trainee addresses him.
    pub call: Text,
    /// Post as on the card.
    pub title: Text,
    /// Department.
    pub department: Text,
    /// What the trainee knows of him at the start.
    pub about: Text,
    /// Role.
    pub role: Role,
    /// Temper.
    pub temper: Temper,
    /// In the trainee's address book at the start.
    pub known: bool,
    /// Must be with us for an order.
    pub required: bool,
    /// May block.
    pub veto: bool,
    /// Where he starts.
    pub opening: Opening,
    /// Wants he must voice before he accepts the category, 1–2.
    pub threshold: u8,
    /// How far a failure would reach, in his words.
    pub fear: Option<(Reach, Text)>,
    /// Difficulties.
    pub needs: Vec<Need>,
    /// Worries.
    pub concerns: Vec<Concern>,
    /// Hopes.
    pub hopes: Vec<Hope>,
    /// A half-true belief.
    pub misconception: Option<Misconception>,
    /// Neutral facts by topic.
    pub situation: Vec<(Topic, Vec<Line>)>,
    /// By what he would judge.
    pub criteria: Vec<Line>,
    /// Who is involved.
    pub process: Vec<Line>,
    /// Which steps, who signs.
    pub steps: Vec<Line>,
    /// Asking what it costs.
    pub price: Vec<Line>,
    /// It is settled that such a thing is bought.
    pub settled: Vec<Line>,
    /// Own wording by reaction.
    pub lines: BTreeMap<Reaction, Vec<Line>>,
}

impl Person {
    /// His difficulty with `topic`, if he has one.
    pub fn need(&self, topic: Topic) -> Option<&Need> {
        self.needs.iter().find(|n| n.topic == topic)
    }

    /// His worry about `topic`, if he has one.
    pub fn concern(&self, topic: Topic) -> Option<&Concern> {
        self.concerns.iter().find(|c| c.topic == topic)
    }
}

/// How one person stands to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Who.
    pub from: PersonId,
    /// To whom.
    pub to: PersonId,
    /// −2 (blames) … +2 (backs).
    pub value: i8,
    /// Why.
    pub why: Text,
}

/// One entry of the fact sheet: what the trainee may claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Identifier within the case.
    pub id: String,
    /// What it is about.
    pub topic: Topic,
    /// What it is.
    pub kind: FactKind,
    /// Any maker, or us.
    pub scope: Scope,
    /// The fact.
    pub text: Text,
    /// The figures in it that may be quoted.
    pub values: Vec<f64>,
}

/// An occasion where somebody can be met in the open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Week, from 1.
    pub week: u8,
    /// Whom.
    pub person: PersonId,
    /// What it is.
    pub text: Text,
}

/// A line the trainee may choose in guided play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What it does.
    pub acts: Vec<SpokenAct>,
    /// Only to this person.
    pub to: Option<PersonId>,
    /// The words.
    pub text: Text,
}

/// A checked scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Identifier, the file's stem.
    pub id: String,
    /// Title.
    pub title: Text,
    /// One line for the list.
    pub summary: Text,
    /// What the trainee knows before he starts.
    pub brief: Text,
    /// What the case teaches.
    pub teaches: Text,
    /// Industry.
    pub industry: Text,
    /// The class of thing, as a noun.
    pub category: Text,
    /// The client company.
    pub client: Text,
    /// Our company and product.
    pub ours: Text,
    /// How the thing is bought: by the owner, named by the owner, or by the contractor.
    pub supply_mode: Text,
    /// Must-buy or nice-to-have.
    pub need_class: NeedClass,
    /// Contract sum in yuan. The simulation never reads it: amount changes no authority.
    pub amount: f64,
    /// Length of the deal in weeks, 1–52.
    pub weeks: u8,
    /// Visits a week, 1–7.
    pub visits_per_week: u8,
    /// Who decides.
    pub decision_maker: PersonId,
    /// The people.
    pub people: Vec<Person>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// The fact sheet.
    pub facts: Vec<Fact>,
    /// Occasions.
    pub occasions: Vec<Occasion>,
    /// The trainee's lines.
    pub moves: Vec<Move>,
    /// What happens beside the model.
    pub beats: Vec<beat::Beat>,
}

impl Case {
    /// The person with index `id`.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id as usize]
    }

    /// Index of the person called `id` in the file.
    pub fn find(&self, id: &str) -> Option<PersonId> {
        self.people
            .iter()
            .position(|p| p.id == id)
            .map(|i| i as PersonId)
    }

    /// How `from` stands to `to`: −2…+2, 0 where the file says nothing.
    pub fn relation(&self, from: PersonId, to: PersonId) -> i8 {
        self.relations
            .iter()
            .find(|r| (r.from, r.to) == (from, to))
            .map_or(0, |r| r.value)
    }
}
