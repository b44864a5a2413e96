use super::*;

#[track_caller]
fn check(line: &str, said: &str, expect: &[Act]) {
    let reading = Reader::shipped().read(line, &Context { client_said: said });
    let mut got: Vec<Act> = reading.acts.iter().map(|a| a.spoken.act).collect();
    let mut expect = expect.to_vec();
    got.sort_unstable();
    expect.sort_unstable();
    assert_eq!(got, expect, "{line}");
}
