//! Lines and what they are read as.

use super::*;

fn wrong(reader: &Reader, (line, said, expect): (&str, &str, &[Act])) -> Option<String> {
    let reading = reader.read(line, &Context { client_said: said });
    let mut got: Vec<Act> = reading.acts.iter().map(|a| a.spoken.act).collect();
    let mut expect = expect.to_vec();
    got.sort_unstable();
    expect.sort_unstable();
    (got != expect).then(|| format!("{line}\n  read {got:?}\n  not  {expect:?}"))
}

#[track_caller]
fn check(rows: &[(&str, &str, &[Act])]) {
    let reader = Reader::shipped();
    let wrong: Vec<String> = rows.iter().filter_map(|&row| wrong(&reader, row)).collect();
    assert!(
        // A first reader: two of three are read exactly, and what it gets wrong is listed, not hidden.
        wrong.len() * 3 <= rows.len(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

/// Whatever else is read into a line: a misstep that was denied, quoted or declined is never held against the trainee.
#[test]
fn missteps_that_were_not_made_are_not_read() {
    let reader = Reader::shipped();
    for line in [
        "我不是要绕开您去找刘总,想请您带我一起去。",
        "I'm not trying to go round you to Mr. Liu; I'd like you to take me along.",
        "«今天不定就涨价»这种话我不会跟您讲。",
        "I won't give you the «decide today or it goes up» line.",
        "降价我可以降,但您先说这东西该不该上。",
    ] {
        let missteps = [Act::Bypass, Act::Pressure, Act::Rebut, Act::Improper];
        let read = reader.read(line, &Context::default());
        assert!(
            read.acts.iter().all(|a| !missteps.contains(&a.spoken.act)),
            "{line}: {read:?}"
        );
    }
}

#[test]
fn any_line_is_read_and_always_the_same_way() {
    let reader = Reader::shipped();
    for line in [
        "",
        "？",
        "\u{1b}[2J",
        "a\u{301}\u{202e}",
        &"价".repeat(2_000),
        &"why ".repeat(500),
    ] {
        let context = Context { client_said: "…" };
        assert_eq!(reader.read(line, &context), reader.read(line, &context));
    }
}

/// The codebook's trap lines: negation, quotation, lists, tags, several acts in a line.
#[test]
fn trap_lines_are_read_as_the_codebook_says() {
    use Act::*;
    check(&[
        (
            "理解,您定不了品牌。那一般谁评、谁定?您上报我给您备一页纸。",
            "品牌得领导定",
            &[Acknowledge, AskProcess, Equip],
        ),
        (
            "I see you don't pick the brand. Who reviews, who decides? I'll prepare a page for your report.",
            "The bosses pick the brand.",
            &[Acknowledge, AskProcess, Equip],
        ),
        (
            "您说返工怕担责,我没理解错吧?除了这个还有别的吗?",
            "返工算谁的",
            &[Summarize, Probe],
        ),
        (
            "我不是要绕开您去找刘总,想请您带我一起去。",
            "",
            &[AskAccess],
        ),
        (
            "I'm not trying to go round you to Mr. Liu; I'd like you to take me along.",
            "",
            &[AskAccess],
        ),
        ("«今天不定就涨价»这种话我不会跟您讲。", "", &[]),
        (
            "I won't give you the «decide today or it goes up» line.",
            "",
            &[],
        ),
        (
            "我们品牌的优势先不谈,先说这类东西值不值。",
            "",
            &[CategoryCase],
        ),
        (
            "必要性、效果、成本、工期、售后,我们全能解决!",
            "",
            &[VendorCase],
        ),
        (
            "Need, effect, cost, schedule, service: we solve them all!",
            "",
            &[VendorCase],
        ),
        ("好的好的明白明白,理解理解。", "", &[Acknowledge]),
        ("请问几户?几栋?几层?谁设计?谁总包?", "", &[AskSituation]),
        ("价格是不低。", "太贵", &[Candor]),
    ]);
}
