//! The magnitudes of the simulation, read from `assets/model.json`.
//!
//! Directions are sourced (`DOMAIN` 3.2); sizes are invented and kept in one file so that they can be tuned
//! and are never mistaken for measurements.

use serde::Deserialize;

use crate::scenario::{Mode, Role, Temper};

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)* }
    };
}

section! {
    /// Trust, counted in quarters of a point; 16 quarters are the top of the scale 0–4.
    Trust {
        /// Quarters to a point.
        scale_quarters: i8,
        /// Top of the scale.
        max_quarters: i8,
        /// First small talk of a visit.
        small_talk_quarters: i8,
        /// First acknowledgement of a visit.
        heard_quarters: i8,
        /// A true limit admitted, once a topic.
        candor_quarters: i8,
        /// First consequence he was helped to see, once a person.
        implication_quarters: i8,
        /// Contradicted.
        rebut_quarters: i8,
        /// Pushed.
        pressure_quarters: i8,
        /// Told that the trainee goes over his head.
        bypass_talk_quarters: i8,
        /// Asked for an introduction again after a refusal.
        press_for_access_quarters: i8,
        /// A figure no fact holds.
        unsupported_quarters: i8,
        /// Words put into his mouth.
        wrong_summary_quarters: i8,
        /// A price lowered unasked.
        unprompted_discount_quarters: i8,
        /// Heard his words repeated by a colleague.
        quoted_quarters: i8,
        /// A promise kept.
        promise_kept_quarters: i8,
        /// A promise broken.
        promise_broken_quarters: i8,
        /// Needed to accept help with a report.
        equip_from_quarters: i8,
        /// Needed to introduce.
        access_from_quarters: i8,
        /// Needed to tell how it is decided.
        process_from_quarters: i8,
        /// Needed to agree to a step.
        step_from_quarters: i8,
    }
}

section! {
    /// Patience, in turns of one visit.
    Patience {
        /// By role.
        procurement_manager: i8,
        /// By role.
        project_manager: i8,
        /// By role.
        executive: i8,
        /// By role.
        department_manager: i8,
        /// A visit he did not agree to.
        cold: i8,
        /// Added for temper.
        brisk: i8,
        /// Added for temper.
        cautious: i8,
        /// Added for temper.
        warm: i8,
        /// Added for temper.
        proud: i8,
        /// Seeded spread, ± turns.
        jitter: i8,
        /// Asked about a trouble he does not have.
        nothing_there: i8,
        /// Said again with nothing new.
        repeated: i8,
        /// Argued what is settled.
        waste: i8,
        /// Small talk again.
        small_talk: i8,
        /// A question too many.
        question_overload: i8,
        /// Every how many premature vendor claims one turn is lost.
        vendor_every: u8,
    }
}

section! {
    /// Limits within one visit.
    Talk {
        /// Questions before they tire.
        questions: u8,
        /// Fact questions in a row before they tire.
        situation_run: u8,
        /// The same with an executive.
        situation_run_executive: u8,
        /// Acts that count in a line of over 120 characters or 60 words.
        acts_of_long_line: usize,
    }
}

section! {
    /// The category gate.
    Category {
        /// Top by telling alone.
        told_only_max: u8,
        /// Top by an admitted problem.
        admitted_max: u8,
        /// From here he wants such a thing.
        accepted: u8,
        /// Top of severity.
        severity_max: u8,
        /// Severity from which a want can be voiced, by mode.
        severity_to_want: ByMode,
    }
}

section! {
    /// A number for each response mode.
    ByMode {
        /// Reaching for more.
        growth: u8,
        /// In trouble.
        trouble: u8,
        /// Content.
        even_keel: u8,
        /// Too sure.
        overconfident: u8,
    }
}

section! {
    /// The vendor gate.
    Vendor {
        /// Top while the category is not accepted (D1c).
        shut_max: u8,
        /// Top by links and proof.
        linked_max: u8,
        /// Top while a vendor worry is open.
        with_open_concern_max: u8,
    }
}

section! {
    /// The confidence gate.
    Confidence {
        /// Top while no hope is concrete (D2b).
        vague_hope_max: u8,
        /// Top for the decision-maker while departments are split.
        split_max: u8,
    }
}

section! {
    /// What holds an executive back.
    Executive {
        /// How many managers against.
        managers_against: u8,
        /// Category stance that counts as against.
        against_at_most: u8,
        /// His category stance is then at most this.
        category_max: u8,
        /// Category stance at most by a manager's report.
        report_max: u8,
    }
}

section! {
    /// Chances of being met, in per cent.
    Access {
        /// Introduced.
        introduced_per_cent: u8,
        /// Cold.
        cold_per_cent: u8,
        /// On an occasion in the open.
        public_per_cent: u8,
    }
}

section! {
    /// What an order takes of the decision-maker.
    Order {
        /// Category stance.
        category: u8,
        /// Vendor stance.
        vendor: u8,
        /// Vendor stance in a must-buy case.
        vendor_must: u8,
        /// Confidence.
        confidence: u8,
        /// Confidence in a must-buy case.
        confidence_must: u8,
        /// Access.
        access: u8,
    }
}

section! {
    /// Talk behind closed doors, in per cent a week.
    Corridor {
        /// A quote is repeated to somebody he is at odds with.
        repeat_enemy_per_cent: u8,
        /// To somebody neutral.
        repeat_neutral_per_cent: u8,
        /// To a friend.
        repeat_friend_per_cent: u8,
        /// A rival unsettles the decision-maker.
        rival_undo_per_cent: u8,
        /// A worry answered without asking comes back.
        recur_per_cent: u8,
    }
}

section! {
    /// The desk between visits.
    Desk {
        /// Tasks a week.
        tasks_a_week: u8,
        /// Weeks until a promise is due.
        promise_weeks: u8,
        /// Weeks a pilot takes.
        pilot_weeks: u8,
        /// A client does what he agreed to, in per cent.
        action_done_per_cent: u8,
    }
}

section! {
    /// When a client speaks up by himself.
    Raise {
        /// After an answer, in per cent.
        after_answer_per_cent: u8,
        /// Vendor stance from which he asks for the price.
        price_question_vendor: u8,
    }
}

section! {
    /// What an incident takes away.
    Incident {
        /// Steps of confidence it costs whom it unsettles.
        confidence: i8,
        /// A rival's visit lowers no vendor stance below this.
        vendor_left: i8,
        /// Access to the one who takes the decision-maker's chair.
        access_left: i8,
    }
}

impl Default for Incident {
    fn default() -> Incident {
        Incident {
            confidence: 1,
            vendor_left: 1,
            access_left: 1,
        }
    }
}

section! {
    /// All magnitudes.
    Model {
        /// Version, written into every log.
        version: u32,
        /// Trust.
        trust: Trust,
        /// Patience.
        patience: Patience,
        /// Limits within a visit.
        talk: Talk,
        /// The category gate.
        category: Category,
        /// The vendor gate.
        vendor: Vendor,
        /// The confidence gate.
        confidence: Confidence,
        /// The executive's caps.
        executive: Executive,
        /// Chances of being met.
        access: Access,
        /// What an order takes.
        order: Order,
        /// Behind closed doors.
        corridor: Corridor,
        /// Between visits.
        desk: Desk,
        /// Speaking up.
        raise: Raise,
        /// What comes from outside. Models kept beside older logs do not have it, and those logs hold no incident.
        #[serde(default)]
        incident: Incident,
        /// Chance that a seed takes one of three or more needs away, in per cent.
        drop_need_per_cent: u8,
    }
}

impl Model {
    /// The model this program ships with.
    pub fn shipped() -> Model {
        Model::parse(include_str!("../../assets/model.json"))
            .expect("the shipped model is tested to load")
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// Where the text is no JSON, a magnitude is missing, or one is there that no rule reads.
    pub fn parse(json: &str) -> Result<Model, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Turns of patience at the start of a visit, before the seeded spread.
    pub fn patience_of(&self, role: Role, temper: Temper) -> i8 {
        let p = &self.patience;
        let base = match role {
            Role::ProcurementManager => p.procurement_manager,
            Role::ProjectManager => p.project_manager,
            Role::Executive => p.executive,
            Role::DepartmentManager => p.department_manager,
        };
        base + match temper {
            Temper::Brisk => p.brisk,
            Temper::Cautious => p.cautious,
            Temper::Warm => p.warm,
            Temper::Proud => p.proud,
        }
    }

    /// Severity a need must have before he can say what a remedy is worth.
    pub fn severity_to_want(&self, mode: Mode) -> u8 {
        let by = &self.category.severity_to_want;
        match mode {
            Mode::Growth => by.growth,
            Mode::Trouble => by.trouble,
            Mode::EvenKeel => by.even_keel,
            Mode::Overconfident => by.overconfident,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_loads() {
        assert_eq!(Model::shipped().version, 1);
    }
}
