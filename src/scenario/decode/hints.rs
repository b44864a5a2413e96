//! Did you mean: which of some words somebody was about to write.

/// What should stand there instead of `word`: the word that was probably meant, else all there are.
pub(in crate::scenario) fn choices(word: &str, among: &[&str]) -> String {
    if let Some(meant) = nearest(word, among) {
        return meant.to_owned();
    }
    let mut all = String::new();
    for choice in among {
        // The list is cut by the one who reports; it must not grow beyond that here.
        if all.len() > 1_000 {
            break;
        }
        if !all.is_empty() {
            all.push_str(" | ");
        }
        all.push_str(&clipped(choice, 60));
    }
    all
}

fn nearest<'w>(word: &str, among: &[&'w str]) -> Option<&'w str> {
    // Likeness costs the product of both lengths.
    if word.len() > 64 {
        return None;
    }
    among
        .iter()
        .copied()
        .filter(|candidate| candidate.len() <= 64)
        .map(|candidate| {
            let likeness = strsim::normalized_damerau_levenshtein(word, candidate);
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// At most so many characters.
pub(super) fn clipped(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
