//! How words become what the index searches: pairs of neighbouring Han characters, and whole words of other scripts.
//!
//! Chinese has no spaces to cut at. With pairs, any run of two or more characters is found wherever it stands, and a
//! single character as the beginning of a pair.

/// Every token of `words` with spaces between; a sign that no phrase can hold keeps two texts apart.
pub(super) fn tokens(words: &[String]) -> String {
    let mut out = String::new();
    for words in words {
        for token in cut(words, true) {
            out.push_str(&token);
            out.push(' ');
        }
        out.push_str("zzzz ");
    }
    out
}

/// What is asked of the index for what a user typed: every word or run must be there, in any order. Empty where there
/// is nothing to look for.
pub fn phrases(query: &str) -> String {
    let phrase = |word: &str| {
        let joined = cut(word, false).join(" ");
        // What is typed may still be growing: its last word counts as a beginning.
        (!joined.is_empty()).then(|| format!("\"{joined}\" *"))
    };
    let all: Vec<String> = query.split_whitespace().filter_map(phrase).collect();
    all.join(" AND ")
}

/// Cuts words; `whole` adds the last character of a run, so that it is found alone.
fn cut(words: &str, whole: bool) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut latin = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in words.chars().chain([' ']) {
        if is_han(c) {
            flush_latin(&mut latin, &mut tokens);
            run.push(c);
            continue;
        }
        flush_run(&mut run, whole, &mut tokens);
        if c.is_alphanumeric() {
            latin.extend(c.to_lowercase());
        } else {
            flush_latin(&mut latin, &mut tokens);
        }
    }
    tokens
}

fn flush_latin(latin: &mut String, tokens: &mut Vec<String>) {
    if !latin.is_empty() {
        tokens.push(std::mem::take(latin));
    }
}

fn flush_run(run: &mut Vec<char>, whole: bool, tokens: &mut Vec<String>) {
    tokens.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
    if let Some(last) = run.last()
        && (whole || run.len() == 1)
    {
        tokens.push(last.to_string());
    }
    run.clear();
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_cut_in_pairs_and_the_rest_in_words() {
        let cut = |words: &str| tokens(&[words.to_owned()]);
        assert_eq!(cut("采购经理"), "采购 购经 经理 理 zzzz ");
        assert_eq!(cut("按BOM-2 报价"), "按 bom 2 报价 价 zzzz ");
    }

    #[test]
    fn a_query_asks_for_every_word() {
        assert_eq!(
            phrases("  采购经理 Budget "),
            "\"采购 购经 经理\" * AND \"budget\" *"
        );
        assert_eq!(phrases("2026-11"), "\"2026 11\" *");
        assert_eq!(phrases("价"), "\"价\" *");
        assert_eq!(phrases(" \"*( "), "");
    }
}
