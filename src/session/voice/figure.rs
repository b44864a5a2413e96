//! The figure a client may take up from what he has just heard.

use crate::reader;
use crate::text::{Language, Text};

const HAN_UNITS: [&str; 19] = [
    "小时", "个月", "个点", "分钟", "单", "户", "台", "天", "元", "年", "月", "周", "套", "条",
    "次", "层", "栋", "倍", "万",
];
const ENGLISH_UNITS: [&str; 14] = [
    " per cent",
    " percent",
    " hours",
    " minutes",
    " days",
    " weeks",
    " months",
    " years",
    " yuan",
    " flats",
    " calls",
    " units",
    " points",
    " times",
];

/// The last figure of the line with its unit, in each language; `None` where either language has none in digits. The last
/// one is what it comes to ("from 11 to 7"); "one" and "two" in passing are no figures to hold on to.
pub(super) fn taken_up(heard: &Text) -> Option<Text> {
    Some(Text {
        zh: last(&heard.zh)?,
        en: last(&heard.en)?,
    })
}

fn last(words: &str) -> Option<String> {
    let spans = reader::figures(words).into_iter().map(|f| f.span);
    let span = spans
        .rev()
        .find(|span| words[span.clone()].contains(char::is_numeric))?;
    let rest = &words[span.end..];
    let units: &[&str] = match Language::of_line(words) {
        Language::Zh => &HAN_UNITS,
        Language::En => &ENGLISH_UNITS,
    };
    let unit = units.iter().find(|unit| rest.starts_with(**unit));
    Some(format!("{}{}", &words[span], unit.unwrap_or(&"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zh: &str, en: &str, expect: Option<(&str, &str)>) {
        let text = |zh: &str, en: &str| Text {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        let expect = expect.map(|(zh, en)| text(zh, en));
        assert_eq!(taken_up(&text(zh, en)), expect, "{zh}");
    }

    #[test]
    fn a_client_takes_up_what_it_comes_to() {
        check(
            "每百户投诉从11单降到7单，两家的货都有。",
            "Complaints per hundred fell from 11 to 7, with two makers.",
            Some(("7单", "7")),
        );
        check(
            "96%的报修4小时内到场",
            "96% of calls attended within 4 hours",
            Some(("4小时", "4 hours")),
        );
        check("先记两个数，前后一比", "let's record two figures", None);
        check("一户5600元", "five thousand six hundred a flat", None);
    }
}
