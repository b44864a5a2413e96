//! The JSON Schema of a scenario file, by which editors complete and explain while an author types.
//!
//! Written beside the decoder and not derived from it: what a key is for stands here in both languages. A test spoils a
//! full example in every place and holds the two against each other, so that neither knows a key the other does not.

mod parts;
mod person;

use serde_json::{Map, Value, json};

use super::beat::BeatMoment;
use super::{Band, FORMAT, FactKind, MAX_PEOPLE, Temper};
use crate::codebook::{Act, Scope, Step, Topic};
use parts::{
    both, choice, identifier, lines, list, number, object, refer, referred, said, text, texts,
    worded, words,
};
use person::{concern, hope, need, person};

/// The schema, draft 7: the newest that every editor knows.
pub fn schema() -> Value {
    let definitions = json!({
        "text": text(),
        "line": line(),
        "lines": {"type": "array", "items": refer("line")},
        "topic": words("话题", "topic", Topic::ALL, Topic::id, Topic::name),
        "person": person(),
        "need": need(),
        "concern": concern(),
        "hope": hope(),
        "relation": relation(),
        "fact": fact(),
        "event": event(),
        "act": act(),
        "move": a_move(),
        "beat": beat(),
        "effect": effect(),
    });
    let mut schema = case();
    schema.insert(
        "$schema".to_owned(),
        json!("http://json-schema.org/draft-07/schema#"),
    );
    schema.insert("title".to_owned(), json!("whybuy: 剧本 / scenario"));
    schema.insert("definitions".to_owned(), definitions);
    // Comments and trailing commas are allowed in files people write; VS Code asks for it by these two.
    schema.insert("allowComments".to_owned(), json!(true));
    schema.insert("allowTrailingCommas".to_owned(), json!(true));
    Value::Object(schema)
}

fn case() -> Map<String, Value> {
    let nice = [
        ("nice", "可买可不买", "nice to have"),
        ("must", "非买不可", "must buy"),
    ];
    object(
        &[
            "id",
            "title",
            "brief",
            "category",
            "client",
            "people",
            "decision_maker",
        ],
        vec![
            (
                "$schema",
                said(
                    "string",
                    "编辑器按它补全",
                    "where the editor finds this schema",
                ),
            ),
            (
                "format",
                number("格式版本", "format version", 1, i64::from(FORMAT)),
            ),
            (
                "language",
                choice(
                    "直接写的文字是哪种语言",
                    "language of plain strings",
                    &[("zh", "中文", "Chinese"), ("en", "英文", "English")],
                ),
            ),
            (
                "id",
                identifier(
                    "剧本名,与文件名一致为好",
                    "identifier of the case; best the file's name",
                ),
            ),
            ("title", texts("标题", "title")),
            ("summary", texts("列表里的一句话", "one line for the list")),
            (
                "brief",
                texts(
                    "学员开局前知道的",
                    "what the trainee knows before he starts",
                ),
            ),
            ("teaches", texts("这个剧本教什么", "what the case teaches")),
            ("industry", texts("行业", "industry")),
            (
                "category",
                texts("卖的是哪一类东西,写成名词", "the class of thing, as a noun"),
            ),
            ("client", texts("客户公司", "the client company")),
            ("ours", texts("我方公司和产品", "our company and product")),
            (
                "supply_mode",
                texts(
                    "怎么采购:甲供、甲指乙供、乙供……",
                    "how it is bought: by the owner, by the contractor, …",
                ),
            ),
            (
                "need_class",
                choice(
                    "非买不可,还是可买可不买",
                    "must they buy it, or is it nice to have",
                    &nice,
                ),
            ),
            (
                "amount",
                said(
                    "number",
                    "合同金额,元;不影响谁拍板",
                    "contract sum; it changes no authority",
                ),
            ),
            (
                "weeks",
                number("一共几周,默认 12", "length in weeks, default 12", 1, 52),
            ),
            (
                "visits_per_week",
                number("每周最多拜访几次,默认 2", "visits a week, default 2", 1, 7),
            ),
            (
                "decision_maker",
                said("string", "拍板的人的 id", "id of the one who decides"),
            ),
            (
                "people",
                json!({"type": "array", "items": refer("person"), "minItems": 1, "maxItems": MAX_PEOPLE, "description": both("客户方的人", "the people at the client")}),
            ),
            (
                "relations",
                list("人和人的关系", "how people stand to each other", "relation"),
            ),
            (
                "facts",
                list(
                    "事实表:学员能引用的数字和案例",
                    "the fact sheet: what the trainee may claim",
                    "fact",
                ),
            ),
            (
                "events",
                list(
                    "公开场合,能遇见谁",
                    "occasions where somebody can be met",
                    "event",
                ),
            ),
            (
                "moves",
                list(
                    "选句练习时学员可选的话",
                    "lines to choose from in guided play",
                    "move",
                ),
            ),
            (
                "beats",
                list(
                    "剧情:满足条件时说什么、发生什么",
                    "beats: when this holds, that is said and happens",
                    "beat",
                ),
            ),
        ],
    )
}

fn relation() -> Value {
    Value::Object(object(
        &["from", "to", "value"],
        vec![
            ("from", said("string", "谁(id)", "who (id)")),
            ("to", said("string", "对谁(id)", "to whom (id)")),
            (
                "value",
                number("-2 拆台 … 2 帮衬", "-2 undoes … 2 backs", -2, 2),
            ),
            ("why", texts("缘由", "why")),
        ],
    ))
}

fn fact() -> Value {
    Value::Object(object(
        &["id", "topic", "kind", "scope", "text"],
        vec![
            (
                "id",
                identifier("剧本内的标识", "identifier within the case"),
            ),
            ("topic", refer("topic")),
            (
                "kind",
                words(
                    "是什么",
                    "what it is",
                    FactKind::ALL,
                    FactKind::id,
                    FactKind::name,
                ),
            ),
            ("scope", scope()),
            ("text", texts("事实", "the fact")),
            (
                "values",
                json!({"type": "array", "items": {"type": "number"}, "description": both("可以引用的数", "the figures that may be quoted")}),
            ),
        ],
    ))
}

fn event() -> Value {
    Value::Object(object(
        &["week", "person", "text"],
        vec![
            (
                "kind",
                json!({"description": both("作者自用,程序不看", "for the author; not read")}),
            ),
            ("week", number("第几周", "week", 1, 52)),
            ("person", said("string", "能遇见谁(id)", "whom (id)")),
            ("text", texts("什么场合", "what it is")),
        ],
    ))
}

fn act() -> Value {
    Value::Object(object(
        &["act"],
        vec![
            (
                "act",
                words(
                    "做了什么",
                    "what the line does",
                    Act::ALL,
                    Act::id,
                    Act::name,
                ),
            ),
            ("topics", json!({"type": "array", "items": refer("topic")})),
            ("scope", scope()),
            (
                "specific",
                said("boolean", "有人、有事、有时间", "says who, what and when"),
            ),
            (
                "step",
                choice(
                    "多大的一步",
                    "how big a step",
                    &[
                        (Step::Small.id(), "小事", "small"),
                        (Step::Pilot.id(), "试点", "a trial"),
                        (Step::Decision.id(), "拍板", "the decision"),
                    ],
                ),
            ),
        ],
    ))
}

fn beat() -> Value {
    let moments = [
        (BeatMoment::Visit.id(), "拜访他时", "in a visit with him"),
        (
            BeatMoment::Week.id(),
            "一周开始时,他主动联系",
            "when a week begins: he gets in touch",
        ),
    ];
    let mut beat = object(
        &["id", "who"],
        vec![
            (
                "id",
                identifier("剧本内的标识", "identifier within the case"),
            ),
            (
                "who",
                said(
                    "string",
                    "谁的剧情(id):在拜访他时发生,由他说",
                    "whose (id): in whose visit it happens, who speaks",
                ),
            ),
            (
                "at",
                choice(
                    "什么时候看条件",
                    "when the condition is looked at",
                    &moments,
                ),
            ),
            (
                "when",
                said(
                    "string",
                    "条件,如 week >= 3 and he.category < 3;不写则一有机会就发生",
                    "condition, as in week >= 3 and he.category < 3; without one it happens at the first occasion",
                ),
            ),
            ("say", lines("他说的话,选一句", "what he says; one of them")),
            ("then", list("发生什么", "what happens", "effect")),
        ],
    );
    let one_of = ["say", "then"].map(|key| json!({"required": [key]}));
    beat.insert("anyOf".to_owned(), json!(one_of));
    Value::Object(beat)
}

fn effect() -> Value {
    let mut effect = object(
        &["person"],
        vec![
            ("person", said("string", "对谁(id)", "to whom (id)")),
            ("trust", number("信任加减几分", "points of trust", -2, 2)),
            ("confidence", number("信心加减", "confidence", -2, 1)),
            (
                "admits",
                referred(
                    "topic",
                    "承认一个他真有的难处",
                    "admits a difficulty he really has",
                ),
            ),
            (
                "worries",
                referred("topic", "提出一个他有的顾虑", "brings up a worry he has"),
            ),
            (
                "known",
                said("boolean", "学员知道了有这个人", "the trainee hears of him"),
            ),
        ],
    );
    let one_of = ["trust", "confidence", "admits", "worries", "known"];
    effect.insert(
        "anyOf".to_owned(),
        json!(one_of.map(|key| json!({"required": [key]}))),
    );
    Value::Object(effect)
}

fn a_move() -> Value {
    worded(
        &["acts"],
        vec![
            (
                "to",
                said("string", "只对谁说(id)", "only to this person (id)"),
            ),
            ("acts", list("这句话做了什么", "what the line does", "act")),
            (
                "fact",
                said("string", "依据哪条事实(id)", "the fact it rests on (id)"),
            ),
        ],
    )
}

fn scope() -> Value {
    choice(
        "哪家都行,还是我家",
        "any maker, or us",
        &[
            (Scope::Category.id(), "品类:不管谁家", "any maker"),
            (Scope::Vendor.id(), "厂商:我家", "us"),
        ],
    )
}

/// A line: words, or words with the circumstances in which they fit.
fn line() -> Value {
    let bands: Vec<(&str, &str, &str)> = Band::ALL
        .into_iter()
        .map(|band| match band {
            Band::Closed => (band.id(), "品类 0–1", "category 0–1"),
            Band::Open => (band.id(), "品类 2", "category 2"),
            Band::Won => (band.id(), "品类 3–4", "category 3–4"),
        })
        .collect();
    let circumstances = worded(
        &[],
        vec![
            (
                "temper",
                words(
                    "只有这种性情才这么说",
                    "only for this temper",
                    Temper::ALL,
                    Temper::id,
                    Temper::name,
                ),
            ),
            (
                "stance",
                choice("只有这种态度时才这么说", "only in this stance", &bands),
            ),
        ],
    );
    json!({"anyOf": [{"type": "string"}, circumstances]})
}
