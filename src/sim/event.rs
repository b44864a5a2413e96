//! What happens, as data: a state is the fold of these, and nothing else moves it.

use crate::codebook::{Act, Evidence, Step, Topic, TopicSet, vocabulary};
use crate::scenario::{Gate, Mode, PersonId, Reaction};

vocabulary! {
    /// A number kept for each person.
    Gauge {
        /// Why have such a thing at all: 0 rejects · 1 doubts · 2 admits a problem · 3 wants it · 4 argues for it.
        Category = "category", "品类", "category";
        /// Why from us: 0 unknown · 1 aware · 2 listed · 3 preferred · 4 defends us.
        Vendor = "vendor", "厂商", "vendor";
        /// 0 afraid · 1 unsure · 2 ready · 3 committed.
        Confidence = "confidence", "信心", "confidence";
        /// 0 none · 1 named · 2 process and criteria known · 3 introduction agreed · 4 met · 5 decided.
        Access = "access", "通路", "access";
        /// Quarters, 0–16.
        Trust = "trust", "信任", "trust";
        /// Turns left in this visit.
        Patience = "patience", "耐心", "patience";
    }
}

vocabulary! {
    /// The rule by which something moved; names are shown in X-ray and debrief.
    Rule {
        /// The seed dealt this client's particulars.
        Dealt = "dealt", "开局设定", "dealt at the start";
        /// A visit began.
        VisitOpened = "visit_opened", "拜访开始", "a visit began";
        /// A turn of talk costs a turn of patience.
        TurnSpent = "turn_spent", "时间在走", "time passes";
        /// He admitted a problem he really has.
        ProblemAdmitted = "problem_admitted", "承认了难点", "he admitted a problem";
        /// Asked about trouble he does not have.
        NothingThere = "nothing_there", "问了没有的难点", "asked about trouble he does not have";
        /// He told what it leads to.
        ConsequenceTold = "consequence_told", "说出了后果", "he told what it leads to";
        /// He said that he wants it.
        WantVoiced = "want_voiced", "自己说想要", "he voiced a want";
        /// Pain repeated after acceptance.
        PainRepeated = "pain_repeated", "认可后又讲痛处", "the pain was rubbed in after he had accepted";
        /// The category was argued where no need is known.
        CategoryUntimely = "category_untimely", "没有需求就讲品类", "the category was preached without a known need";
        /// The category was argued on a need.
        CategoryArgued = "category_argued", "品类论证对上了需求", "the category was argued on a need he has";
        /// Category evidence was accepted.
        CategoryEvidenced = "category_evidenced", "品类证据被接受", "evidence for the category was accepted";
        /// Argued what was settled.
        CategoryWasted = "category_wasted", "论证已定之事", "argued what was settled already";
        /// Vendor argument before the category was accepted.
        VendorTooEarly = "vendor_too_early", "品类未认可先讲厂商", "a vendor argument before the category was accepted";
        /// A strength met a want.
        BenefitLinked = "benefit_linked", "优势对上了想要", "a strength met what he said he wants";
        /// A strength met nothing.
        AdvantageUnlinked = "advantage_unlinked", "优势没对上", "a strength tied to nothing he asked for";
        /// Vendor evidence was accepted.
        VendorEvidenced = "vendor_evidenced", "厂商证据被接受", "evidence for us was accepted";
        /// A price nobody asked for.
        PriceUnasked = "price_unasked", "没问就报价", "a price nobody asked for";
        /// A price he asked for.
        PriceAnswered = "price_answered", "回答了价格", "the price was answered";
        /// A discount nobody asked for.
        DiscountUnprompted = "discount_unprompted", "主动让价", "a discount nobody asked for";
        /// A discount he asked for.
        DiscountPrompted = "discount_prompted", "应要求让价", "a discount he asked for";
        /// A hope became checkable.
        EffectMeasured = "effect_measured", "效果可查了", "a hope became a checkable result";
        /// What it does became known.
        FunctionKnown = "function_known", "知道了能做什么", "he knows what it does";
        /// How it is worked became known.
        OperationKnown = "operation_known", "知道了怎么用", "he knows how it is worked";
        /// A figure no fact holds.
        Unsupported = "unsupported", "说法没有依据", "a claim no fact supports";
        /// A risk was covered.
        RiskLowered = "risk_lowered", "风险降了", "a risk was covered";
        /// A worry was raised.
        ConcernRaised = "concern_raised", "提出了顾虑", "he raised a worry";
        /// A worry was asked about.
        ConcernProbed = "concern_probed", "问清了顾虑", "a worry was asked about";
        /// A hidden worry surfaced.
        HiddenSurfaced = "hidden_surfaced", "藏着的顾虑说出来了", "a hidden worry surfaced";
        /// A worry was answered.
        ConcernAnswered = "concern_answered", "回答了顾虑", "a worry was answered";
        /// A worry was closed.
        ConcernClosed = "concern_closed", "顾虑放下了", "a worry was closed";
        /// A worry came back.
        ConcernRecurred = "concern_recurred", "顾虑又回来了", "a worry came back";
        /// Small talk.
        SmallTalk = "small_talk", "寒暄", "small talk";
        /// He felt heard.
        Heard = "heard", "被听到了", "he felt heard";
        /// A true limit was admitted.
        CandorShown = "candor_shown", "坦诚", "a limit was admitted";
        /// His words were played back right.
        SummaryRight = "summary_right", "复述对了", "played back rightly";
        /// Words were put into his mouth.
        SummaryWrong = "summary_wrong", "替他说话", "words were put into his mouth";
        /// Contradicted.
        Rebutted = "rebutted", "被反驳", "he was contradicted";
        /// Pushed.
        Pressed = "pressed", "被施压", "he was pushed";
        /// Said again.
        Repeated = "repeated", "重复", "the same again";
        /// Too many questions.
        QuestionOverload = "question_overload", "问题太多", "too many questions";
        /// A step was agreed.
        StepAgreed = "step_agreed", "约定了下一步", "a next step was agreed";
        /// A step was too big.
        StepTooBig = "step_too_big", "一步要得太大", "the step was too big";
        /// He told how it is decided.
        ProcessTold = "process_told", "说了决策流程", "he told how it is decided";
        /// He told by what they judge.
        CriteriaTold = "criteria_told", "说了评判标准", "he told by what they judge";
        /// He will report upward with our page.
        Equipped = "equipped", "备好了上报材料", "he was helped to report upward";
        /// He reported upward.
        ReportedUpward = "reported_upward", "向上汇报了", "he reported upward";
        /// He agreed to introduce.
        IntroductionAgreed = "introduction_agreed", "同意引荐", "he agreed to introduce";
        /// He refused to introduce.
        IntroductionRefused = "introduction_refused", "不肯引荐", "he would not introduce";
        /// Met by introduction.
        MetIntroduced = "met_introduced", "经引荐见到", "met by introduction";
        /// Met on an occasion in the open.
        MetPublicly = "met_publicly", "公开场合见到", "met on an open occasion";
        /// Gone over somebody's head.
        Bypassed = "bypassed", "越级", "somebody's head was gone over";
        /// A breach was mended.
        Repaired = "repaired", "补救了", "a breach was mended";
        /// A colleague was quoted.
        Quoted = "quoted", "转述了别人的话", "a colleague was quoted";
        /// The quote reached him.
        QuoteCameBack = "quote_came_back", "转述传回去了", "the quote reached him";
        /// A rival unsettled the decision-maker.
        RivalUndid = "rival_undid", "对头拆台", "a rival unsettled the decision-maker";
        /// Managers against hold the decision-maker back.
        ManagersAgainst = "managers_against", "经理们反对", "managers against hold him back";
        /// Departments are split.
        DepartmentsSplit = "departments_split", "部门意见不一", "the departments are split";
        /// A trial was run.
        TrialRun = "trial_run", "试过了", "a trial was run";
        /// A promise was made.
        Promised = "promised", "许诺", "a promise was made";
        /// A promise was kept.
        PromiseKept = "promise_kept", "守了诺", "a promise was kept";
        /// A promise was broken.
        PromiseBroken = "promise_broken", "失了约", "a promise was broken";
        /// A personal favour was offered.
        ImproperOffer = "improper_offer", "许了不当利益", "a personal favour was offered";
        /// The decision-maker decided.
        Decided = "decided", "拍板", "the decision-maker decided";
        /// The case's author made it happen.
        Beat = "beat", "剧情", "a turn of events";
        /// The budget was frozen.
        BudgetFrozen = "budget_frozen", "预算冻结", "the budget was frozen";
        /// Somebody else sits in the decision-maker's chair.
        BossReplaced = "boss_replaced", "换了领导", "the decision-maker was replaced";
        /// A competitor was there.
        RivalVisited = "rival_visited", "竞争对手来访", "a competitor called";
        /// It went wrong at a neighbour's.
        QualityIncident = "quality_incident", "同行出了质量事故", "it went wrong at a neighbour's";
        /// He saw that his trouble is real.
        TroubleSeen = "trouble_seen", "看到了麻烦", "he saw that he is in trouble";
    }
}

vocabulary! {
    /// How far a worry has got.
    Worry {
        /// Kept back.
        Hidden = "hidden", "未说", "kept back";
        /// On the table.
        Open = "open", "提出", "open";
        /// Answered, not yet let go.
        Answered = "answered", "已答", "answered";
        /// Let go.
        Closed = "closed", "放下", "closed";
        /// Back again.
        Recurred = "recurred", "复发", "came back";
    }
}

vocabulary! {
    /// What an act turned out to be, given the log.
    Form {
        /// Nothing special.
        Plain = "plain", "", "";
        /// Vendor case tied to nothing at all.
        BareFact = "bare_fact", "空讲产品", "bare fact";
        /// Vendor case on a topic he did not ask for.
        Advantage = "advantage", "优势", "advantage";
        /// Vendor case on what he said he wants.
        Benefit = "benefit", "利益", "benefit";
        /// Evidence the fact sheet holds.
        Supported = "supported", "有据", "supported";
        /// Evidence it does not hold.
        Unsupported = "unsupported", "无据", "unsupported";
        /// Asked for.
        Prompted = "prompted", "应要求", "prompted";
        /// Not asked for.
        Unprompted = "unprompted", "主动", "unprompted";
        /// He agrees.
        Consented = "consented", "同意", "consented";
        /// He refuses.
        Refused = "refused", "拒绝", "refused";
        /// Asking on against his refusal: a bypass.
        Bypass = "bypass", "越级", "bypass";
    }
}

vocabulary! {
    /// How a visit ended.
    VisitEnd {
        /// The decision-maker decided for us.
        Order = "order", "成交", "order";
        /// The client agreed to do something.
        Advance = "advance", "推进", "advance";
        /// Pleasant words, no action.
        Continuation = "continuation", "寒暄而散", "continuation";
        /// It ended badly.
        NoSale = "no_sale", "谈崩", "no sale";
    }
}

vocabulary! {
    /// How the deal ended.
    Outcome {
        /// Won.
        Order = "order", "签单", "order";
        /// The weeks ran out.
        TimeOut = "time_out", "时间用完", "time ran out";
        /// The trainee gave up.
        Abandoned = "abandoned", "放弃", "given up";
        /// Ended by an improper offer.
        Improper = "improper", "违规终止", "ended by an improper offer";
    }
}

vocabulary! {
    /// What a trainer may let happen to a deal from outside.
    Incident {
        /// No money until further notice.
        BudgetFrozen = "budget_frozen", "预算冻结", "budget frozen";
        /// The decision-maker leaves, another takes his chair.
        BossReplaced = "boss_replaced", "领导换人", "boss replaced";
        /// A competitor has called on everybody.
        RivalVisited = "rival_visited", "竞争对手来访", "a rival visits";
        /// Such a thing failed at a company next door.
        QualityIncident = "quality_incident", "同行出质量事故", "quality incident next door";
    }
}

vocabulary! {
    /// By which road the decision-maker was reached.
    Route {
        /// Introduced by a manager.
        Referral = "referral", "引荐", "introduction";
        /// On an open occasion.
        Public = "public", "公开场合", "open occasion";
        /// Without consent.
        Cold = "cold", "越级", "cold";
    }
}

vocabulary! {
    /// What was promised.
    PromiseKind {
        /// The trainee prepares a page for a report upward.
        Page = "page", "上报用的一页纸", "a page for his report";
        /// The client looks at or sends something.
        Small = "small", "一件小事", "a small step";
        /// The client tries it.
        Pilot = "pilot", "先试一处", "a trial";
    }
}

/// Something that happened. Every one belongs to the input in whose step it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields say what the variants' own docs name"
)]
pub enum Event {
    /// The seed dealt a person his live needs, worries and patience.
    Cast {
        person: PersonId,
        needs: TopicSet,
        concerns: TopicSet,
        patience: i8,
    },
    /// A week began.
    WeekBegan { week: u8 },
    /// A visit was tried.
    VisitTried { person: PersonId },
    /// He could not be met.
    NotMet { person: PersonId },
    /// A visit began.
    VisitBegan {
        person: PersonId,
        route: Option<Route>,
    },
    /// A turn of talk began.
    TurnBegan { person: PersonId, turn: u16 },
    /// An act was resolved.
    Resolved {
        person: PersonId,
        act: Act,
        form: Form,
        topics: TopicSet,
        evidence: Evidence,
        premature: bool,
    },
    /// A gauge moved.
    Moved {
        person: PersonId,
        gauge: Gauge,
        from: i8,
        to: i8,
        rule: Rule,
    },
    /// A need moved: level 0 none · 1 implied · 2 explicit.
    Need {
        person: PersonId,
        topic: Topic,
        level: u8,
        severity: u8,
        rule: Rule,
    },
    /// A worry moved.
    Concern {
        person: PersonId,
        topic: Topic,
        gate: Gate,
        to: Worry,
        by_trainee: bool,
        rule: Rule,
    },
    /// A worry was asked about.
    Probed { person: PersonId, topic: Topic },
    /// A part of a hope became known: 0 function · 1 operation · 2 effect.
    Hope {
        person: PersonId,
        hope: u8,
        part: u8,
        rule: Rule,
    },
    /// Evidence for the category on a topic was accepted, or an argument heard.
    Weighed {
        person: PersonId,
        topic: Topic,
        evidence: bool,
    },
    /// Our strength was linked to a topic, or our evidence accepted (no topic).
    Linked {
        person: PersonId,
        topic: Option<Topic>,
    },
    /// His mode changed.
    ModeChanged {
        person: PersonId,
        mode: Mode,
        rule: Rule,
    },
    /// He opposes, or no longer.
    Opposed {
        person: PersonId,
        on: bool,
        rule: Rule,
    },
    /// How much of process (0–2) he told.
    ProcessTold { person: PersonId, level: u8 },
    /// He told his criteria.
    CriteriaTold { person: PersonId },
    /// Somebody became known to the trainee.
    Named { person: PersonId },
    /// A relation became known.
    RelationSeen { from: PersonId, to: PersonId },
    /// A promise was made by the trainee (`Page`) or the client.
    Promised {
        person: PersonId,
        kind: PromiseKind,
        due: u8,
    },
    /// It was kept.
    Kept { promise: u8 },
    /// It was broken.
    Broken { promise: u8 },
    /// `about` was quoted to `person`.
    Quoted { person: PersonId, about: PersonId },
    /// Behind closed doors: `from` told `to` of the deal.
    Told {
        from: PersonId,
        to: PersonId,
        rule: Rule,
    },
    /// A breach of conduct.
    Breach { person: PersonId, rule: Rule },
    /// A breach was repaired.
    Repaired { person: PersonId },
    /// A step was proposed and what came of it.
    StepProposed {
        person: PersonId,
        step: Step,
        agreed: bool,
    },
    /// The client spoke.
    Replied {
        person: PersonId,
        reaction: Reaction,
        topic: Option<Topic>,
    },
    /// He confirmed a play-back.
    Confirmed { person: PersonId },
    /// A worry was acknowledged.
    Heard { person: PersonId, topic: Topic },
    /// He told a neutral fact.
    SituationTold { person: PersonId, topic: Topic },
    /// A limit was admitted on these topics.
    Candid { person: PersonId, topics: TopicSet },
    /// The trust for a first consequence was given.
    SeenThrough { person: PersonId },
    /// He met a vague question with *all fine*.
    BrushedOff { person: PersonId },
    /// A colleague's wants reached him by a report.
    WantsHeard { person: PersonId, topics: TopicSet },
    /// The client agreed to do something: this visit is an advance.
    Advanced { person: PersonId },
    /// He would not introduce.
    AccessRefused { person: PersonId },
    /// He asked for the price (`open`), or was told it.
    PriceAsked { person: PersonId, open: bool },
    /// A visit ended.
    VisitEnded { person: PersonId, end: VisitEnd },
    /// A desk task was spent.
    TaskSpent,
    /// A beat of the case happened: its number in the file.
    Beat { beat: u8 },
    /// Something came from outside.
    Befell { incident: Incident },
    /// Another sits in his chair now; nothing that was said with the one before holds.
    Replaced { person: PersonId },
    /// The deal ended.
    DealEnded { outcome: Outcome },
}
