//! A line as tokens: words, single Han characters, marks, and where each stands.

/// Characters of a line that are looked at. Longer lines are read by their beginning: nobody says more in one breath, and a
/// pasted book must not stop the program.
const MOST_CHARACTERS: usize = 2_000;

/// One token: its normal form, and the bytes of the line it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub word: String,
    pub start: usize,
    pub end: usize,
}

impl Token {
    /// It ends a sentence.
    pub fn ends_sentence(&self) -> bool {
        matches!(self.word.as_str(), "." | "?" | "!" | ";")
    }

    /// It is a mark, not a word.
    pub fn is_mark(&self) -> bool {
        !self.word.chars().any(char::is_alphanumeric)
    }
}

/// Cuts a line into tokens: lower case, half-width marks, simplified characters, any digits as one `0`.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(line.len() / 3);
    let mut in_word = false;
    for (at, original) in line.char_indices().take(MOST_CHARACTERS) {
        let c = normal(original);
        let end = at + original.len_utf8();
        if c.is_whitespace() || c.is_control() {
            in_word = false;
            continue;
        }
        let of_word = c == '\'' || c.is_alphanumeric() && !is_han(c);
        match found.last_mut() {
            Some(last) if of_word && in_word => {
                // "2,400" and "980" are figures alike; which one says nothing about the act.
                if !(c == '0' && last.word.ends_with('0')) {
                    last.word.push(c);
                }
                last.end = end;
            }
            _ => found.push(Token {
                word: String::from(c),
                start: at,
                end,
            }),
        }
        in_word = of_word;
    }
    without_quotations(found)
}

/// Words of a quotation from which on it is one, and not a word set off from others.
const QUOTATION: usize = 4;
/// Stands for a quotation.
const QUOTED: &str = "〃";

/// What is only quoted is not done (rule 1 of the codebook): a quotation becomes a single token, unless it is all there is.
fn without_quotations(tokens: Vec<Token>) -> Vec<Token> {
    let quotes: Vec<usize> = (0..tokens.len())
        .filter(|i| tokens[*i].word == "\"")
        .collect();
    let words = |part: &[Token]| part.iter().filter(|t| !t.is_mark()).count();
    let all = words(&tokens);
    let mut kept = Vec::with_capacity(tokens.len());
    let mut from = 0;
    for pair in quotes.chunks_exact(2) {
        let inside = &tokens[pair[0] + 1..pair[1]];
        let quoted = words(inside);
        if quoted < QUOTATION || quoted == all {
            continue;
        }
        kept.extend_from_slice(&tokens[from..=pair[0]]);
        kept.push(Token {
            word: QUOTED.to_owned(),
            start: inside[0].start,
            end: inside[inside.len() - 1].end,
        });
        from = pair[1];
    }
    kept.extend_from_slice(&tokens[from..]);
    kept
}

/// The tokens of each sentence, as ranges. A full stop inside "3.5" or "e.g." ends none.
pub(super) fn sentences(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    parts(tokens, |i| {
        let token = &tokens[i];
        let next = tokens.get(i + 1);
        // Words that follow without a space belong together: 3.5, co.uk.
        let glued = token.word == "." && next.is_some_and(|n| n.start == token.end && !n.is_mark());
        token.ends_sentence() && !(glued && token.end - token.start == 1)
    })
}

/// The tokens of each clause, as ranges: sentences cut again at commas and colons.
pub(super) fn clauses(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    parts(tokens, |i| {
        tokens[i].ends_sentence() || matches!(tokens[i].word.as_str(), "," | ":")
    })
}

fn parts(tokens: &[Token], ends: impl Fn(usize) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for i in 0..tokens.len() {
        let last_of_run = tokens.get(i + 1).is_none_or(|next| !next.is_mark());
        if i + 1 == tokens.len() || ends(i) && last_of_run {
            if tokens[start..=i].iter().any(|t| !t.is_mark()) {
                parts.push(start..i + 1);
            }
            start = i + 1;
        }
    }
    parts
}

fn normal(c: char) -> char {
    match c {
        '，' | '、' => ',',
        '。' | '…' => '.',
        '？' => '?',
        '！' => '!',
        '：' => ':',
        '；' => ';',
        '’' | '‘' => '\'',
        '“' | '”' | '「' | '」' | '『' | '』' | '«' | '»' => '"',
        '\u{ff01}'..='\u{ff5e}' => {
            // Full-width Latin letters and digits stand 0xfee0 above their usual places.
            normal(char::from_u32(c as u32 - 0xfee0).unwrap_or(c))
        }
        c if is_han(c) => simplified(c),
        c if c.is_numeric() => '0',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The simplified form of a character. The table is sorted by bytes, a pair a line: 報报.
fn simplified(c: char) -> char {
    const PAIRS: &[u8] = include_str!("../../assets/reader/traditional.txt").as_bytes();
    const LINE: usize = 7;
    let mut bytes = [0; 4];
    let wanted = c.encode_utf8(&mut bytes).as_bytes();
    let (mut low, mut high) = (0, PAIRS.len() / LINE);
    while low < high {
        let middle = low.midpoint(high);
        let pair = &PAIRS[middle * LINE..middle * LINE + 6];
        match pair[..3].cmp(wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let simple = std::str::from_utf8(&pair[3..]).ok();
                return simple.and_then(|s| s.chars().next()).unwrap_or(c);
            }
        }
    }
    c
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        tokens(line).into_iter().map(|t| t.word).collect()
    }

    #[test]
    fn one_form_for_what_means_the_same() {
        assert_eq!(words("OK，１２万"), ["ok", ",", "0", "万"]);
        assert_eq!(
            words("Don’t pay 2,400!"),
            ["don't", "pay", "0", ",", "0", "!"]
        );
        assert_eq!(words("報價"), words("报价"));
    }

    #[test]
    fn a_quotation_is_one_token() {
        assert_eq!(
            words("“今天不定就涨价”我不说"),
            ["\"", "〃", "\"", "我", "不", "说"]
        );
        assert_eq!(
            words("“试点”")[1..3],
            ["试", "点"],
            "a word set off is no quotation"
        );
        assert_eq!(
            words("«decide today or never»").len(),
            6,
            "nothing else was said"
        );
    }

    #[test]
    fn sentences_and_clauses() {
        let line = tokens("Fair, 3.5 days?! Who signs...");
        let cut = |ranges: Vec<std::ops::Range<usize>>| -> Vec<&str> {
            let line = "Fair, 3.5 days?! Who signs...";
            let tokens = tokens(line);
            ranges
                .into_iter()
                .map(|r| &line[tokens[r.start].start..tokens[r.end - 1].end])
                .collect()
        };
        assert_eq!(cut(sentences(&line)), ["Fair, 3.5 days?!", "Who signs..."]);
        assert_eq!(clauses(&line).len(), 4, "{:?}", cut(clauses(&line)));
    }
}
