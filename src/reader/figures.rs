//! Figures in a line: digits, Chinese numerals, English number words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A figure and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its value; "98 %" is 98.
    pub value: f64,
    /// Byte range in the line, with sign of per cent or unit word where it has one.
    pub span: Range<usize>,
}

/// All figures of a line, in order.
pub fn figures(line: &str) -> Vec<Figure> {
    // Cheap test first: most lines hold none, and this runs over every client line too.
    static ANY: LazyLock<Regex> = LazyLock::new(|| {
        let digits = r"[0-9０-９]+(?:,[0-9]{3})*(?:\.[0-9]+)?\s*[百千万亿]?\s*[%％]?";
        let han = r"百分之[零一二两三四五六七八九十百点]+|[零一二两三四五六七八九十百千万亿半]+";
        let words = r"(?i)\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half)\b[- ]?)+";
        Regex::new(&format!("{digits}|{han}|{words}")).expect("a literal pattern")
    });
    ANY.find_iter(line)
        .filter_map(|found| {
            let words = found.as_str().trim_end();
            let value = value(words)?;
            Some(Figure {
                value,
                span: found.start()..found.start() + words.len(),
            })
        })
        .collect()
}

fn value(words: &str) -> Option<f64> {
    if words.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        digits(words)
    } else if words.is_ascii() {
        english(words)
    } else if let Some(per_cent) = words.strip_prefix("百分之") {
        chinese(per_cent)
    } else {
        chinese(words)
    }
}

fn digits(words: &str) -> Option<f64> {
    let plain: String = words
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
            '0'..='9' | '.' => Some(c),
            _ => None,
        })
        .collect();
    let factor = words.chars().map(|c| match c {
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => 1.0,
    });
    Some(plain.parse::<f64>().ok()? * factor.product::<f64>())
}

/// "两千三百", "四十", "九十八点五", "半". A lone "一" is an article more often than a figure and is left out.
fn chinese(words: &str) -> Option<f64> {
    const DIGITS: &str = "零一二三四五六七八九";
    match words {
        "半" => return Some(0.5),
        "一" | "十" | "百" | "千" | "万" | "亿" | "零" => return None,
        _ => {}
    }
    let (whole, decimals) = words.split_once('点').unwrap_or((words, ""));
    let digit = |c: char| match c {
        '两' => Some(2),
        c => DIGITS.chars().position(|d| d == c),
    };
    let (mut total, mut section, mut number) = (0.0, 0.0, 0.0);
    for c in whole.chars() {
        match c {
            '十' | '百' | '千' => {
                let unit = [('十', 10.0), ('百', 100.0), ('千', 1000.0)]
                    .iter()
                    .find(|(u, _)| *u == c)?
                    .1;
                section += if number == 0.0 { unit } else { number * unit };
                number = 0.0;
            }
            '万' | '亿' => {
                total = (total + section + number) * if c == '万' { 1e4 } else { 1e8 };
                (section, number) = (0.0, 0.0);
            }
            '半' => number += 0.5,
            c => number = digit(c)? as f64,
        }
    }
    let fraction: f64 = decimals
        .chars()
        .filter_map(digit)
        .zip(1..)
        .map(|(d, place)| d as f64 / 10f64.powi(place))
        .sum();
    Some(total + section + number + fraction)
}

fn english(words: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let lower = words.to_ascii_lowercase();
    if lower == "one" {
        return None;
    }
    let (mut total, mut number) = (0.0, 0.0);
    for word in lower.split([' ', '-']).filter(|w| !w.is_empty()) {
        match word {
            "hundred" => number = if number == 0.0 { 100.0 } else { number * 100.0 },
            "thousand" => {
                total += if number == 0.0 {
                    1000.0
                } else {
                    number * 1000.0
                };
                number = 0.0;
            }
            "half" => number += 0.5,
            word => {
                number += match (
                    SMALL.iter().position(|w| *w == word),
                    TENS.iter().position(|w| *w == word),
                ) {
                    (Some(n), _) => n as f64,
                    (_, Some(n)) => (n as f64 + 2.0) * 10.0,
                    _ => return None,
                };
            }
        }
    }
    Some(total + number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &[f64]) {
        let found: Vec<f64> = figures(line).iter().map(|f| f.value).collect();
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn figures_are_read_in_both_scripts() {
        check("两千户,每百户从十一单到7单,98%", &[2000.0, 11.0, 7.0, 98.0]);
        check("百分之九十八点五,3.5万,1,200元", &[98.5, 35_000.0, 1200.0]);
        check("两千三百户,四十多单,半年", &[2300.0, 40.0, 0.5]);
        check(
            "twenty-five calls, two thousand flats, 98 %",
            &[25.0, 2000.0, 98.0],
        );
        check("一般没问题", &[]);
        check("每套2980，20套", &[2980.0, 20.0]);
    }
}
