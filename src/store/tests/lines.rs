//! Lines of a log: whatever is written can be read again, and whatever is read never panics.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

fn any_entry() -> impl Strategy<Value = Entry> {
    let evidence = prop_oneof![
        Just(Evidence::None),
        Just(Evidence::Unsupported),
        any::<u8>().prop_map(Evidence::Fact),
    ];
    let scope = option::of(prop::sample::select(vec![Scope::Category, Scope::Vendor]));
    let step = option::of(prop::sample::select(vec![
        Step::Small,
        Step::Pilot,
        Step::Decision,
    ]));
    let topics = (0_u32..1 << 24).prop_map(TopicSet);
    let act = (
        prop::sample::select(Act::ALL),
        topics,
        scope,
        any::<bool>(),
        step,
        evidence,
    );
    let spoken = act.prop_map(|(act, topics, scope, specific, step, evidence)| SpokenAct {
        act,
        topics,
        scope,
        specific,
        step,
        evidence,
    });
    let read =
        (spoken, any::<(u16, u16)>(), 0_f32..=1.0).prop_map(|(spoken, (a, b), confidence)| {
            ReadAct {
                spoken,
                span: a.into()..b.into(),
                confidence,
            }
        });
    let pattern = prop::sample::select(Pattern::ALL.to_vec());
    prop_oneof![
        (any::<String>(), any::<String>(), vec(read, 0..4)).prop_map(|(zh, en, acts)| Entry::Say {
            words: Text { zh, en },
            acts
        }),
        (any::<u8>(), any::<String>()).prop_map(|(who, words)| Entry::Note(who, words)),
        (pattern, any::<Option<u8>>()).prop_map(|(pattern, who)| Entry::Prepare(pattern, who)),
        any::<[u8; 3]>().prop_map(Entry::Rate),
        any::<u8>().prop_map(Entry::Hint),
        any::<String>().prop_map(Entry::Rule),
        any::<u8>().prop_map(Entry::RuleKept),
        (
            any::<u8>(),
            option::of(prop::sample::select(Topic::ALL.to_vec())),
            option::of(prop::sample::select(Power::ALL.to_vec())),
            any::<Option<u8>>()
        )
            .prop_map(|(who, concern, power, stance)| {
                Entry::Map(
                    who,
                    Guess {
                        concern,
                        power,
                        stance,
                    },
                )
            }),
        any::<u8>().prop_map(Entry::Visit),
        any::<u8>().prop_map(Entry::Fulfil),
    ]
}

proptest! {
    #[test]
    fn any_entry_comes_back_from_its_line(entry in any_entry(), at in option::of(any::<u64>())) {
        let line = record::entry_line(&entry, at);
        prop_assert_eq!(line.matches('\n').count(), 1);
        prop_assert_eq!(record::read_entry(line.as_bytes()), Ok((entry, at, record::VERSION)));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in vec(any::<u8>(), 0..200)) {
        let mut log = record::header_line(&header(), "m").into_bytes();
        log.extend(&bytes);
        let scan = Scan::of(&log, Path::new("log"));
        prop_assert!(scan.is_ok_and(|s| s.good <= log.len() && (s.bad.is_some() == (s.good < log.len()))));
    }
}

#[test]
fn a_confidence_that_is_no_number_does_not_spoil_the_line() {
    let act = ReadAct {
        spoken: SpokenAct::bare(Act::Rapport),
        span: 0..1,
        confidence: f32::NAN,
    };
    let words = Text::same("a");
    let acts = vec![act];
    let line = record::entry_line(&Entry::Say { words, acts }, None);
    let Ok((Entry::Say { acts, .. }, None, _)) = record::read_entry(line.as_bytes()) else {
        panic!("{line}")
    };
    assert_eq!(acts[0].confidence, 0.0);
}
