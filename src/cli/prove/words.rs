//! What the bench found, in words.

use crate::locale::{tr, tr_with};
use crate::review::Player;
use crate::review::prove::{
    Breach, Failure, LOSERS_AT_MOST, Law, Passage, Rate, STRONG_AT_LEAST, Target, Verdict,
    described,
};
use crate::scenario::{Case, PersonId};
use crate::text::{Language, harmless};

pub(super) fn target_words(case: &Case, target: &Target, language: Language) -> String {
    let (key, id, topic) = match target {
        Target::Raised(id, topic) => ("prove.what_raised", *id, *topic),
        Target::Probed(id, topic) => ("prove.what_probed", *id, *topic),
        Target::Closed(id, topic) => ("prove.what_closed", *id, *topic),
        Target::Admitted(id, topic) => ("prove.what_admitted", *id, *topic),
        Target::Wanted(id, topic) => ("prove.what_wanted", *id, *topic),
        Target::Hoped(id, topic) => ("prove.what_hoped", *id, *topic),
        Target::Measured(id, topic) => ("prove.what_measured", *id, *topic),
        Target::Beat(number) => {
            let id = &case.beats[usize::from(*number)].id;
            return tr_with(language, "prove.what_beat", &[("id", id)]);
        }
        Target::Line { place, words } => {
            let words = harmless(words.get(language));
            return tr_with(
                language,
                "prove.what_line",
                &[("place", place), ("words", &words)],
            );
        }
        Target::Move { index, words } => {
            let words = harmless(words.get(language));
            let slots = [("index", &*index.to_string()), ("words", &*words)];
            return tr_with(language, "prove.what_move", &slots);
        }
    };
    let slots = [
        ("topic", topic.name(language)),
        ("who", &*who(case, id, language)),
    ];
    tr_with(language, key, &slots)
}

pub(super) fn passage_words(case: &Case, passage: &Passage, language: Language) -> String {
    let with_who = |key, id| tr_with(language, key, &[("who", &who(case, id, language))]);
    match passage {
        Passage::Week(week) => tr_with(language, "prove.t_week", &[("week", &week.to_string())]),
        Passage::Visit(id, true) => with_who("prove.t_visit", *id),
        Passage::Visit(id, false) => with_who("prove.t_not_met", *id),
        Passage::Kept(id) => with_who("prove.t_kept", *id),
        Passage::Leave => tr(language, "prove.t_leave").to_owned(),
        Passage::Said(said) => {
            let words = harmless(said.words.get(language));
            match said.by {
                None => tr_with(language, "prove.t_you", &[("words", &words)]),
                Some(id) => {
                    let slots = [("who", &*who(case, id, language)), ("words", &*words)];
                    tr_with(language, "prove.t_client", &slots)
                }
            }
        }
    }
}

pub(super) fn failure_words(failure: &Failure, language: Language) -> String {
    match failure {
        Failure::StrongLoses(won) => {
            let slots = [("won", &*share(*won)), ("bound", &*share(STRONG_AT_LEAST))];
            tr_with(language, "prove.fail_strong", &slots)
        }
        Failure::LoserWins(player, won) => {
            let slots = [
                ("player", tr(language, player_key(*player))),
                ("won", &*share(*won)),
                ("bound", &*share(LOSERS_AT_MOST)),
            ];
            tr_with(language, "prove.fail_loser", &slots)
        }
        Failure::NoWinningRun => tr(language, "prove.fail_no_win").to_owned(),
        Failure::LawBroken(law) => {
            let words = tr(language, law_key(*law));
            tr_with(language, "prove.fail_law", &[("law", words)])
        }
        Failure::Stopped => tr(language, "prove.fail_stopped").to_owned(),
    }
}

pub(super) fn verdict_words(case: &Case, verdict: &Verdict, language: Language) -> String {
    match verdict {
        Verdict::Proven { states } => {
            tr_with(language, "prove.proven", &[("states", &states.to_string())])
        }
        Verdict::Unproven { states, topics } => {
            let slots = [
                ("states", &*states.to_string()),
                ("topics", &*topics.to_string()),
            ];
            tr_with(language, "prove.unproven", &slots)
        }
        Verdict::Broken(Breach::Visit { person, lines }) => {
            let lines: Vec<String> = lines
                .iter()
                .map(|act| described(case, act).get(language).to_owned())
                .collect();
            let slots = [
                ("lines", &*lines.join(" → ")),
                ("who", &*who(case, *person, language)),
            ];
            tr_with(language, "prove.broken_visit", &slots)
        }
        Verdict::Broken(Breach::Run { player, seed }) => {
            let slots = [
                ("player", tr(language, player_key(*player))),
                ("seed", &*seed.to_string()),
            ];
            tr_with(language, "prove.broken_run", &slots)
        }
    }
}

pub(super) fn who(case: &Case, id: PersonId, language: Language) -> String {
    harmless(case.person(id).call.get(language))
}

pub(super) fn share(of: f64) -> String {
    format!("{:.0} %", of * 100.0)
}

pub(super) fn rate_name(rate: &Rate, language: Language) -> &'static str {
    tr(
        language,
        rate.player.map_or("prove.player.guided", player_key),
    )
}

pub(super) fn law_key(law: Law) -> &'static str {
    match law {
        Law::CategoryFirst => "prove.law.category_first",
        Law::DecisionMaker => "prove.law.decision_maker",
        Law::VendorMovesNobody => "prove.law.vendor_moves_nobody",
    }
}

pub(super) fn player_key(player: Player) -> &'static str {
    match player {
        Player::Strong => "prove.player.strong",
        Player::Average => "prove.player.average",
        Player::OldHabits => "prove.player.old_habits",
        Player::Bypasser => "prove.player.bypasser",
        Player::Silent => "prove.player.silent",
        Player::YesMan => "prove.player.yes_man",
        Player::QuestionSprayer => "prove.player.question_sprayer",
        Player::KeywordStuffer => "prove.player.keyword_stuffer",
        Player::CategoryLecturer => "prove.player.category_lecturer",
    }
}
