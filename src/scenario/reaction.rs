//! What a client does with his next words: the keys under which lines are filed in packs and scenarios.

use crate::codebook::vocabulary;

vocabulary! {
    /// A client's answer by what it does; its wording comes from the scenario or a role pack.
    Reaction {
        /// Visit opens, we have not talked on this deal before (greeting + let's hear it).
        OpensFirst = "opens_first", "opens_first", "opens_first";
        /// Visit opens, later visit.
        OpensAgain = "opens_again", "opens_again", "opens_again";
        /// Visit opens, he did not agree to be visited (annoyed, why are you here).
        OpensCold = "opens_cold", "opens_cold", "opens_cold";
        /// Visit opens, a colleague introduced the trainee (`{who}` = the introducer's name).
        OpensIntroduced = "opens_introduced", "opens_introduced", "opens_introduced";
        /// Visit opens, trainee kept his promise (received the page; noted).
        OpensAfterKept = "opens_after_kept", "opens_after_kept", "opens_after_kept";
        /// Visit opens, trainee broke a promise.
        OpensAfterBroken = "opens_after_broken", "opens_after_broken", "opens_after_broken";
        /// Visit opens, he was gone round / is against (icy).
        OpensOpposed = "opens_opposed", "opens_opposed", "opens_opposed";
        /// Answers a greeting / small talk, first time.
        Greets = "greets", "greets", "greets";
        /// Small talk again: let's get to it.
        TiredOfSmallTalk = "tired_of_small_talk", "tired_of_small_talk", "tired_of_small_talk";
        /// Trainee states purpose/order of talk: go ahead.
        HearsAgenda = "hears_agenda", "hears_agenda", "hears_agenda";
        /// Answers a neutral fact question where nothing special is on file (`{topic}` = topic name).
        AnswersSituation = "answers_situation", "answers_situation", "answers_situation";
        /// Too many fact questions in a row.
        TiredOfQuestions = "tired_of_questions", "tired_of_questions", "tired_of_questions";
        /// Admits a difficulty with `{topic}`.
        AdmitsProblem = "admits_problem", "admits_problem", "admits_problem";
        /// Honestly: no trouble with `{topic}`.
        NoSuchProblem = "no_such_problem", "no_such_problem", "no_such_problem";
        /// Vague 'any problems?' to a person who sees no trouble: things run.
        AllFine = "all_fine", "all_fine", "all_fine";
        /// That was told/asked before.
        AlreadyTold = "already_told", "already_told", "already_told";
        /// Tells what the difficulty with `{topic}` leads to, costs, who bears it.
        TellsConsequence = "tells_consequence", "tells_consequence", "tells_consequence";
        /// Asked for consequences of something he sees no problem in.
        NothingFollows = "nothing_follows", "nothing_follows", "nothing_follows";
        /// Has already decided he wants it; now the pain is rubbed in again and he gets nervous.
        UneasyAgain = "uneasy_again", "uneasy_again", "uneasy_again";
        /// Says himself that he would want such a thing because of `{topic}` (the key moment: a want, in his words).
        VoicesWant = "voices_want", "voices_want", "voices_want";
        /// Asked what it would be worth: cannot see it yet.
        SeesNoValue = "sees_no_value", "sees_no_value", "sees_no_value";
        /// Says by what he/they would judge and accept.
        NamesCriteria = "names_criteria", "names_criteria", "names_criteria";
        /// Tells first half: who is involved.
        NamesProcess = "names_process", "names_process", "names_process";
        /// Tells second half: steps, who reviews, who signs, when.
        NamesSteps = "names_steps", "names_steps", "names_steps";
        /// Does not know / not his place to tell how it is decided.
        ProcessNotMine = "process_not_mine", "process_not_mine", "process_not_mine";
        /// Asked what is behind his worry about `{topic}`: tells the real reason.
        ExplainsConcern = "explains_concern", "explains_concern", "explains_concern";
        /// A second worry comes out that he had kept back (`{topic}`).
        RevealsHidden = "reveals_hidden", "reveals_hidden", "reveals_hidden";
        /// Asked whether there is something behind: no.
        NothingBehind = "nothing_behind", "nothing_behind", "nothing_behind";
        /// His worry was acknowledged: a bit softer.
        FeelsHeard = "feels_heard", "feels_heard", "feels_heard";
        /// Acknowledged again: fine, and?.
        WaitsForSubstance = "waits_for_substance", "waits_for_substance", "waits_for_substance";
        /// Yes, that is what I meant.
        ConfirmsSummary = "confirms_summary", "confirms_summary", "confirms_summary";
        /// No, I did not say that.
        CorrectsSummary = "corrects_summary", "corrects_summary", "corrects_summary";
        /// Trainee preached the category where he knows no problem: necessity objection (what for?).
        DoubtsCategory = "doubts_category", "doubts_category", "doubts_category";
        /// An argument for this kind of thing met a difficulty he has: there is something in it (`{topic}`).
        WarmsToCategory = "warms_to_category", "warms_to_category", "warms_to_category";
        /// Arguments alone do not take him further: show me / what does it bring me.
        HeardThatArgument = "heard_that_argument", "heard_that_argument", "heard_that_argument";
        /// It is settled that such a thing is bought; no need to argue (pattern 2 / must-buy).
        CategorySettled = "category_settled", "category_settled", "category_settled";
        /// Accepts `{figure}`/a measure as a fair test of the effect on `{topic}`.
        AcceptsMeasure = "accepts_measure", "accepts_measure", "accepts_measure";
        /// Takes the figure `{figure}` as right, thinks.
        AcceptsFigure = "accepts_figure", "accepts_figure", "accepts_figure";
        /// Where does that figure `{figure}` come from?.
        DoubtsFigure = "doubts_figure", "doubts_figure", "doubts_figure";
        /// A trial / guarantee / liability term answers his worry about `{topic}`.
        Relieved = "relieved", "relieved", "relieved";
        /// Why guarantee something I do not see the use of.
        GuaranteeTooEarly = "guarantee_too_early", "guarantee_too_early", "guarantee_too_early";
        /// That is not what worries me.
        NoRiskThere = "no_risk_there", "no_risk_there", "no_risk_there";
        /// Vendor strengths while he does not see why to have it at all: what use is your strength to me.
        ValueObjection = "value_objection", "value_objection", "value_objection";
        /// Bare facts while gate closed: sounds expensive / what does it cost.
        PriceQuestion = "price_question", "price_question", "price_question";
        /// Our strength meets exactly the thing he said he wants (`{topic}`).
        SeesBenefit = "sees_benefit", "sees_benefit", "sees_benefit";
        /// Strength tied to nothing he asked for.
        SoWhat = "so_what", "so_what", "so_what";
        /// A checkable case/report convinces (`{topic}`).
        AcceptsEvidence = "accepts_evidence", "accepts_evidence", "accepts_evidence";
        /// Claim without anything to check: which project, whom can I call.
        AsksForSource = "asks_for_source", "asks_for_source", "asks_for_source";
        /// Takes the price he asked for.
        TakesPrice = "takes_price", "takes_price", "takes_price";
        /// A price he did not ask for: too expensive.
        PriceObjection = "price_objection", "price_objection", "price_objection";
        /// Price concession he had asked for: noted.
        TakesDiscount = "takes_discount", "takes_discount", "takes_discount";
        /// Cheaper is no help while he sees no use.
        DiscountUseless = "discount_useless", "discount_useless", "discount_useless";
        /// Unprompted discount: then how much air was in it.
        PriceSuspicion = "price_suspicion", "price_suspicion", "price_suspicion";
        /// He himself now asks what it costs.
        AsksPrice = "asks_price", "asks_price", "asks_price";
        /// Agrees to take the trainee to `{who}`.
        AgreesToIntroduce = "agrees_to_introduce", "agrees_to_introduce", "agrees_to_introduce";
        /// Not yet: no reason / not enough trust.
        DeclinesIntroduction = "declines_introduction", "declines_introduction", "declines_introduction";
        /// Nothing there that `{who}` alone must settle.
        WhyGoUp = "why_go_up", "why_go_up", "why_go_up";
        /// Good, prepare me the page, I will report upward to `{who}`.
        AcceptsHelpToReport = "accepts_help_to_report", "accepts_help_to_report", "accepts_help_to_report";
        /// No, I will not report this.
        NoReportNeeded = "no_report_needed", "no_report_needed", "no_report_needed";
        /// Agrees to a specific small step (he does something, by a time).
        AgreesStep = "agrees_step", "agrees_step", "agrees_step";
        /// Agrees to a pilot / sample / trial.
        AgreesPilot = "agrees_pilot", "agrees_pilot", "agrees_pilot";
        /// Answer to a vague next step: sure, some time.
        Noncommittal = "noncommittal", "noncommittal", "noncommittal";
        /// The step proposed is too big for now.
        StepTooBig = "step_too_big", "step_too_big", "step_too_big";
        /// Trainee admitted a limit: appreciated.
        ValuesCandor = "values_candor", "values_candor", "values_candor";
        /// Admitted again: noted.
        CandorNoted = "candor_noted", "candor_noted", "candor_noted";
        /// Does not like being pushed.
        ResistsPressure = "resists_pressure", "resists_pressure", "resists_pressure";
        /// Pushed twice: that is enough for today.
        EndsVisitPressured = "ends_visit_pressured", "ends_visit_pressured", "ends_visit_pressured";
        /// Learns that the trainee went / will go over his head.
        OffendedByBypass = "offended_by_bypass", "offended_by_bypass", "offended_by_bypass";
        /// Contradicted / colleagues belittled.
        Bristles = "bristles", "bristles", "bristles";
        /// (said later) heard that his words were carried to a colleague.
        AnnoyedByQuote = "annoyed_by_quote", "annoyed_by_quote", "annoyed_by_quote";
        /// Personal favour offered: no; ends the talk.
        RefusesImproper = "refuses_improper", "refuses_improper", "refuses_improper";
        /// Did not understand what the trainee wants to say.
        Puzzled = "puzzled", "puzzled", "puzzled";
        /// Patience is over, ends the visit politely or not.
        OutOfTime = "out_of_time", "out_of_time", "out_of_time";
        /// Worry about `{topic}` settled: fine, that is done.
        ClosesConcern = "closes_concern", "closes_concern", "closes_concern";
        /// An answer to `{topic}` given without asking what was meant: hm, all right, but.
        HalfAnswered = "half_answered", "half_answered", "half_answered";
        /// The worry about `{topic}` comes back.
        ConcernRecurs = "concern_recurs", "concern_recurs", "concern_recurs";
        /// The brand is decided by `{who}`, truly not mine.
        NotMineToDecide = "not_mine_to_decide", "not_mine_to_decide", "not_mine_to_decide";
        /// Speaks up with a worry of his own (worded by the concern itself).
        RaisesConcern = "raises_concern", "raises_concern", "raises_concern";
        /// Says what he vaguely hopes for (worded by the hope itself).
        VoicesHope = "voices_hope", "voices_hope", "voices_hope";
        /// Asks: by how much / how would we know on `{topic}`.
        AsksFigure = "asks_figure", "asks_figure", "asks_figure";
        /// (decision-maker) decides: we do it with you.
        DecidesOrder = "decides_order", "decides_order", "decides_order";
        /// (decision-maker asked to decide) not convinced we need such a thing.
        NotReadyCategory = "not_ready_category", "not_ready_category", "not_ready_category";
        /// ... why you.
        NotReadyVendor = "not_ready_vendor", "not_ready_vendor", "not_ready_vendor";
        /// ... what if it fails.
        NotReadyConfidence = "not_ready_confidence", "not_ready_confidence", "not_ready_confidence";
        /// (decision-maker) my departments disagree, first settle that.
        DepartmentsSplit = "departments_split", "departments_split", "departments_split";
        /// (decision-maker, cold visit) take it to procurement.
        SendsBack = "sends_back", "sends_back", "sends_back";
        /// Visit ends with an agreed action.
        FarewellAdvance = "farewell_advance", "farewell_advance", "farewell_advance";
        /// Visit ends pleasantly with nothing agreed.
        FarewellContinuation = "farewell_continuation", "farewell_continuation", "farewell_continuation";
        /// Visit ends badly.
        FarewellNosale = "farewell_nosale", "farewell_nosale", "farewell_nosale";
    }
}
