//! The schema of a person and of what troubles him.

use serde_json::{Value, json};

use super::parts::{
    both, described, identifier, lines, list, number, object, refer, said, texts, words,
};
use crate::scenario::{Gate, Mode, Reach, Reaction, Role, Temper};

pub(super) fn person() -> Value {
    let opening = object(
        &[],
        vec![
            (
                "category",
                number(
                    "品类:0 排斥 1 怀疑 2 承认有难处 3 想要 4 主张",
                    "category: 0 rejects, 1 doubts, 2 admits a problem, 3 wants it, 4 argues for it",
                    0,
                    4,
                ),
            ),
            (
                "vendor",
                number("厂商:0 不知道 1 知道", "vendor: 0 unknown, 1 aware", 0, 1),
            ),
            (
                "confidence",
                number(
                    "信心:0 害怕 – 3 下了决心",
                    "confidence: 0 afraid … 3 committed",
                    0,
                    3,
                ),
            ),
            ("trust", number("信任 0–4", "trust 0–4", 0, 4)),
            (
                "mode",
                words(
                    "怎么看自己的处境",
                    "how he sees his situation",
                    Mode::ALL,
                    Mode::id,
                    Mode::name,
                ),
            ),
        ],
    );
    let misconception = object(
        &["topic", "truth"],
        vec![
            ("topic", refer("topic")),
            ("belief", lines("他怎么说", "how he says it")),
            (
                "truth",
                texts("实际是怎样,复盘时用", "what is true, for the debrief"),
            ),
        ],
    );
    let situation = object(
        &["topic"],
        vec![
            ("topic", refer("topic")),
            ("lines", lines("问到时怎么答", "what he answers when asked")),
        ],
    );
    let fear = object(
        &["reach", "line"],
        vec![
            (
                "reach",
                words(
                    "后果波及多远",
                    "how far a failure would reach",
                    Reach::ALL,
                    Reach::id,
                    Reach::name,
                ),
            ),
            ("line", texts("他的原话", "in his words")),
        ],
    );
    let reactions = Reaction::ALL
        .iter()
        .map(|r| (r.id(), refer("lines")))
        .collect();
    let mut own = object(&[], reactions);
    own.insert(
        "description".to_owned(),
        json!(both(
            "某种场合下他自己的话",
            "his own words for certain moments"
        )),
    );
    Value::Object(object(
        &["id", "name", "role"],
        vec![
            (
                "id",
                identifier("剧本内的标识", "identifier within the case"),
            ),
            ("name", texts("姓名", "full name")),
            (
                "call",
                texts("学员怎么称呼他", "how the trainee addresses him"),
            ),
            ("title", texts("职务", "post as on the card")),
            ("department", texts("部门", "department")),
            (
                "about",
                texts(
                    "学员开局时知道的",
                    "what the trainee knows of him at the start",
                ),
            ),
            (
                "role",
                words("角色", "role", Role::ALL, Role::id, Role::name),
            ),
            (
                "temper",
                words("性情", "temper", Temper::ALL, Temper::id, Temper::name),
            ),
            (
                "known",
                said(
                    "boolean",
                    "开局时学员是否认识,默认是",
                    "known to the trainee at the start; default true",
                ),
            ),
            (
                "required",
                said(
                    "boolean",
                    "签单是否必须有他,默认是",
                    "must be with us for an order; default true",
                ),
            ),
            (
                "veto",
                said("boolean", "能否否决,默认能", "may block; default true"),
            ),
            (
                "opening",
                described(opening, "开局时的态度", "where he stands at the start"),
            ),
            (
                "threshold",
                number(
                    "要说出几个想要才认可品类",
                    "wants he must voice before he accepts the category",
                    1,
                    2,
                ),
            ),
            (
                "fear",
                described(fear, "出事的后果", "what a failure would mean"),
            ),
            (
                "needs",
                list("真有的难处", "difficulties he really has", "need"),
            ),
            (
                "concerns",
                list("挡路的顾虑", "worries that stand in the way", "concern"),
            ),
            ("hopes", list("含糊的指望", "vague wishes", "hope")),
            (
                "misconception",
                described(misconception, "半对半错的看法", "a half-true belief"),
            ),
            (
                "situation",
                json!({"type": "array", "items": situation, "description": both("一般情况", "neutral facts by topic")}),
            ),
            (
                "criteria",
                lines("他按什么标准评", "by what he would judge"),
            ),
            ("process", lines("谁参与", "who is involved")),
            (
                "steps",
                lines("走哪些步骤,谁签字", "which steps, who signs"),
            ),
            ("price", lines("怎么问价", "asking what it costs")),
            (
                "settled",
                lines(
                    "说明要买已成定局",
                    "it is settled that such a thing is bought",
                ),
            ),
            ("lines", Value::Object(own)),
        ],
    ))
}

pub(super) fn need() -> Value {
    Value::Object(object(
        &["topic"],
        vec![
            ("topic", refer("topic")),
            ("problem", lines("承认有这个难处", "ways to admit it")),
            ("consequence", lines("会带来什么", "what it leads to")),
            ("want", lines("说出想要", "ways to want a remedy")),
        ],
    ))
}

pub(super) fn concern() -> Value {
    Value::Object(object(
        &["topic", "gate"],
        vec![
            ("topic", refer("topic")),
            (
                "gate",
                words(
                    "挡住哪一关",
                    "what it blocks",
                    Gate::ALL,
                    Gate::id,
                    Gate::name,
                ),
            ),
            (
                "hidden",
                said(
                    "boolean",
                    "追问才说",
                    "comes out only when asked what is behind",
                ),
            ),
            ("raise", lines("提出来", "ways to raise it")),
            ("reason", lines("背后的原因", "what is really behind it")),
            ("settled", lines("放下了", "ways to let it go")),
            ("recurs", lines("又提起来", "ways to bring it back")),
        ],
    ))
}

pub(super) fn hope() -> Value {
    Value::Object(object(
        &["topic"],
        vec![
            ("topic", refer("topic")),
            ("hope", lines("含糊的说法", "the wish")),
            (
                "measure",
                lines("拿什么算数", "what he would take as proof"),
            ),
        ],
    ))
}
