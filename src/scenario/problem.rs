//! What is wrong with a file an author wrote: every problem has a code, a place, and a way out.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::places::Places;
use crate::codebook::vocabulary;
use crate::text::{Language, harmless};

vocabulary! {
    /// The kinds of problems; the identifiers are stable and may be quoted.
    Code {
        /// The bytes are no UTF-8.
        Encoding = "wrong-encoding", "文件不是 UTF-8 编码,请用编辑器另存为 UTF-8", "this file is not in UTF-8; save it as UTF-8 in your editor";
        /// The file is larger than any scenario.
        TooLarge = "too-large", "文件太大", "this file is too large";
        /// Brackets within brackets without end.
        TooDeep = "too-deep", "括号嵌套太深", "the brackets are nested too deeply";
        /// A mark from a Chinese keyboard outside of words.
        FullWidth = "full-width-mark", "这是中文输入法的全角符号,JSON 只认半角", "this is a full-width mark from a Chinese keyboard; JSON wants the plain one";
        /// Two values with nothing between them.
        MissingComma = "missing-comma", "这里少一个逗号", "a comma is missing here";
        /// A bracket, string or comment without its end.
        Unclosed = "unclosed", "开了头,没有收尾", "this is opened and never closed";
        /// The text is no JSON for any other reason.
        Syntax = "syntax", "不是合法的 JSON", "this is not valid JSON";
        /// The file is of a newer format.
        Newer = "newer-format", "文件格式比本程序新,请升级 whybuy", "this file is of a newer format; update whybuy";
        /// A key that has to be there is not.
        Missing = "missing-key", "缺少必需的键", "a required key is missing";
        /// A key nobody reads.
        UnknownKey = "unknown-key", "没有这个键", "there is no such key";
        /// A key stands twice.
        DuplicateKey = "duplicate-key", "同一个键写了两次,请删去一个", "this key stands twice; remove one of them";
        /// A value of another type than expected.
        WrongType = "wrong-type", "值的类型不对", "this value is of the wrong type";
        /// A word that is none of the allowed ones.
        UnknownValue = "unknown-value", "不是可用的值", "this is none of the allowed values";
        /// A number outside its range.
        OutOfRange = "out-of-range", "数值超出范围", "this number is out of range";
        /// A name that refers to nothing.
        Dangling = "dangling-reference", "引用的对象不存在", "this refers to nothing in the file";
        /// An identifier used twice.
        DuplicateId = "duplicate-id", "标识重复,请改一个名字", "this identifier is used twice; rename one of them";
        /// Something that must not be empty.
        Empty = "empty", "不能为空", "this must not be empty";
        /// More than the program can hold.
        TooMany = "too-many", "数量超过上限", "there are too many of these";
        /// A text that is there in one language only.
        OneLanguage = "one-language", "缺少一种语言的文字", "one language of this text is missing";
        /// Words that no play of the case can reach.
        NeverSaid = "never-said", "这些话在任何情况下都不会说出来", "these words can never be said";
        /// A slot that nothing fills.
        UnknownSlot = "unknown-slot", "没有这个占位符,会原样显示", "nothing fills this slot; it would be shown as it stands";
        /// A figure in the trainee's line that the fact sheet does not hold.
        UnheldFigure = "figure-without-fact", "事实表里没有这个数字", "no fact on the sheet holds this figure";
        /// A beat's condition that cannot be read.
        Condition = "bad-condition", "这个条件看不懂", "this condition cannot be read";
        /// A fact sheet without a price.
        NoPrice = "no-price", "事实表里没有报价,学员报价时无据可依", "the fact sheet holds no price, so the trainee has none to quote";
        /// A nice-to-have is decided below the top.
        Decider = "decider-not-executive", "可买可不买的东西由高层定,这里的决策人不是高层", "a nice-to-have is decided at the top, and this decision-maker is no executive";
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The case cannot be played.
    Error,
    /// It can; the author should look at it all the same.
    Warning,
}

impl Severity {
    /// The identifier used in `--json`.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Code {
    /// Whether a case with this problem can be played.
    pub fn severity(self) -> Severity {
        match self {
            Code::OneLanguage
            | Code::NeverSaid
            | Code::UnknownSlot
            | Code::UnheldFigure
            | Code::NoPrice
            | Code::Decider => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// One problem in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What stands there.
    pub found: String,
    /// What should stand there instead.
    pub expected: String,
}

impl Problem {
    /// Line and column from 1; columns count characters. For many problems of one file use [`Places`].
    pub fn place(&self, file: &str) -> (usize, usize) {
        Places::new(file).of(self.at.start)
    }

    /// One sentence: what is wrong, and what to write.
    pub fn message(&self, language: Language) -> String {
        let mut words = self.what(language);
        if let Some(instead) = self.instead(language) {
            words.push_str(match language {
                Language::Zh => ";",
                Language::En => "; ",
            });
            words.push_str(&instead);
        }
        words
    }

    /// Message, place and excerpt with a caret, as a compiler shows it.
    pub fn render(&self, path: &str, file: &str, language: Language) -> String {
        self.render_at(path, &Places::new(file), language)
    }

    /// The same for one of many problems in a file.
    pub fn render_at(&self, path: &str, places: &Places, language: Language) -> String {
        let level = match (self.code.severity(), language) {
            (Severity::Error, Language::Zh) => Level::ERROR.with_name("错误"),
            (Severity::Error, Language::En) => Level::ERROR,
            (Severity::Warning, Language::Zh) => Level::WARNING.with_name("提醒"),
            (Severity::Warning, Language::En) => Level::WARNING,
        };
        let (line, column) = places.of(self.at.start);
        let excerpt = places.excerpt(self.at.clone());
        let what = self.what(language);
        let label = self.instead(language);
        let title = level.primary_title(&*what).id(self.code.id());
        let mark = AnnotationKind::Primary.span(excerpt.marked.clone());
        let snippet = Snippet::source(&*excerpt.text)
            .line_start(line)
            .annotation(mark.label(label.as_deref()));
        // Plain: the same words go to a terminal, a pipe, a snapshot and a screen reader.
        let shown = Renderer::plain().render(&[title.element(snippet)]);
        let (title, excerpt) = shown.split_once('\n').unwrap_or((&shown, ""));
        // The place is written here because the renderer would count columns in the excerpt, and a long line is cut.
        let gutter = " ".repeat(line.to_string().len());
        format!(
            "{title}\n{gutter}--> {}:{line}:{column}\n{excerpt}\n",
            harmless(path)
        )
    }

    fn what(&self, language: Language) -> String {
        let name = self.code.name(language);
        let colon = match language {
            Language::Zh => ":",
            Language::En => ": ",
        };
        if self.found.is_empty() {
            return name.to_owned();
        }
        format!("{name}{colon}{}", harmless(wording(&self.found, language)))
    }

    fn instead(&self, language: Language) -> Option<String> {
        let lead = match language {
            Language::Zh => "应为",
            Language::En => "expected",
        };
        let expected = harmless(wording(&self.expected, language));
        (!expected.is_empty()).then(|| format!("{lead} {expected}"))
    }
}

/// The few words among `found` and `expected` that are not quoted from files.
fn wording(words: &str, language: Language) -> &str {
    match (words, language) {
        ("number", Language::Zh) => "数字",
        ("string", Language::Zh) => "文字",
        (words, _) => words,
    }
}

/// The word that was probably meant, else all there are.
pub fn meant(word: &str, among: &[&str]) -> String {
    super::decode::hints::choices(word, among)
}
