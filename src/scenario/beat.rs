//! Beats: what happens in a case that the model does not know of, as data. When this holds, that is said and happens.
//!
//! A beat may admit a difficulty somebody really has, bring up a worry he has, make somebody known, and move trust and
//! confidence. It moves no stance on category or vendor: those are won by talk, or the law would be whatever a file says.

use super::{Line, PersonId};
use crate::codebook::Topic;

/// The most beats one case may have: the state keeps a bit for each.
pub const MAX_BEATS: usize = 32;

/// One beat. It happens once in a deal at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// Identifier within the case.
    pub id: String,
    /// Whose it is: in whose visit it happens, who speaks.
    pub who: PersonId,
    /// When it is looked at.
    pub moment: BeatMoment,
    /// What has to hold.
    pub when: Condition,
    /// What he says; one of them.
    pub say: Vec<Line>,
    /// What happens, in order.
    pub then: Vec<Effect>,
}

/// When it is looked at whether a beat's condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeatMoment {
    /// At the end of each turn, and of the opening, of a visit with the beat's person.
    Visit,
    /// When a week begins: he gets in touch.
    Week,
}

impl BeatMoment {
    /// Both.
    pub const ALL: [BeatMoment; 2] = [BeatMoment::Visit, BeatMoment::Week];

    /// The identifier used in files.
    pub fn id(self) -> &'static str {
        match self {
            BeatMoment::Visit => "visit",
            BeatMoment::Week => "week",
        }
    }
}

/// What a beat makes happen to one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Trust, in whole points, −2…2.
    Trust(PersonId, i8),
    /// Confidence, −2…1, within the caps of the law.
    Confidence(PersonId, i8),
    /// He admits a difficulty he has.
    Admits(PersonId, Topic),
    /// He brings up a worry he has.
    Worries(PersonId, Topic),
    /// The trainee hears of him.
    Known(PersonId),
}

/// A condition on state and week. Reads, never assigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The week compares so.
    Week(Compare, i8),
    /// A person's level compares so.
    Level(PersonId, Level, Compare, i8),
    /// Something is true of a person.
    Is(PersonId, Is),
    /// The beat of this number has happened.
    Happened(u8),
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `==`
    Equal,
    /// `!=`
    Other,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Compare {
    /// All, the longer signs first.
    pub const ALL: [(&'static str, Compare); 6] = [
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("==", Compare::Equal),
        ("!=", Compare::Other),
        ("<", Compare::Less),
        (">", Compare::More),
    ];

    /// Whether `a` compares so with `b`.
    pub fn holds(self, a: i8, b: i8) -> bool {
        match self {
            Compare::Less => a < b,
            Compare::AtMost => a <= b,
            Compare::Equal => a == b,
            Compare::Other => a != b,
            Compare::AtLeast => a >= b,
            Compare::More => a > b,
        }
    }
}

/// A number kept of a person, as conditions name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 0–4.
    Category,
    /// 0–4.
    Vendor,
    /// 0–3.
    Confidence,
    /// 0–5.
    Access,
    /// Whole points 0–4.
    Trust,
    /// Visits so far.
    Visits,
    /// Wants he has voiced.
    Wants,
}

impl Level {
    /// All, with their names in conditions and the most they can be.
    pub const ALL: [(&'static str, Level, i8); 7] = [
        ("category", Level::Category, 4),
        ("vendor", Level::Vendor, 4),
        ("confidence", Level::Confidence, 3),
        ("access", Level::Access, 5),
        ("trust", Level::Trust, 4),
        ("visits", Level::Visits, 99),
        ("wants", Level::Wants, 24),
    ];
}

/// Something that is true of a person or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// The trainee knows of him.
    Known,
    /// He works against us.
    Opposed,
    /// He has admitted a difficulty with this.
    Admits(Topic),
    /// He wants a remedy for this.
    Wants(Topic),
    /// A worry about this is on the table.
    Worries(Topic),
    /// He has let go of a worry about this.
    Settled(Topic),
}
