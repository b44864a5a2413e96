//! What can be typed with a slash, in either language.

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command<'a> {
    Visit(&'a str),
    Leave,
    Week,
    Fulfil(&'a str),
    Note(&'a str),
    Map(&'a str),
    Hint,
    Facts,
    People,
    Mode,
    Language,
    Help,
    GiveUp,
    Quit,
    Unknown(&'a str),
}

impl<'a> Command<'a> {
    /// `None` where the line is no command.
    pub fn parse(line: &'a str) -> Option<Command<'a>> {
        let rest = line.strip_prefix('/').or_else(|| line.strip_prefix('、'))?;
        let (word, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        Some(match word.to_lowercase().as_str() {
            "visit" | "see" | "见" | "拜访" => Command::Visit(argument),
            "leave" | "bye" | "走" | "告辞" => Command::Leave,
            "week" | "next" | "下周" => Command::Week,
            "do" | "办" | "兑现" => Command::Fulfil(argument),
            "note" | "备注" => Command::Note(argument),
            "map" | "判断" => Command::Map(argument),
            "hint" | "提示" => Command::Hint,
            "facts" | "资料" => Command::Facts,
            "people" | "desk" | "人物" | "案头" => Command::People,
            "guided" | "free" | "mode" | "选项" => Command::Mode,
            "lang" | "语言" => Command::Language,
            "help" | "?" | "帮助" => Command::Help,
            "giveup" | "give-up" | "放弃" => Command::GiveUp,
            "quit" | "exit" | "退出" => Command::Quit,
            _ => Command::Unknown(word),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_work_in_both_languages() {
        assert_eq!(Command::parse("/见 王经理"), Some(Command::Visit("王经理")));
        assert_eq!(Command::parse("/visit wang"), Some(Command::Visit("wang")));
        assert_eq!(Command::parse("、下周"), Some(Command::Week));
        assert_eq!(Command::parse("您好"), None);
        assert_eq!(
            Command::parse("/nonsense x"),
            Some(Command::Unknown("nonsense"))
        );
    }
}
