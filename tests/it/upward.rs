//! The way up: reports, introductions, and what pressing for one costs.

use whybuy::codebook::{Act, SpokenAct, Topic};
use whybuy::sim::{Event, Input, PromiseKind, Rule};

use crate::support::{Deal, fit_out};

/// A deal in which Ms Zhou, for whom the category is settled, takes a page upward.
fn report_of_zhou(wants: bool) -> Deal {
    let mut case = fit_out();
    let zhou = case.find("zhou").expect("she is in the case") as usize;
    case.people[zhou].known = true;
    case.people[zhou].opening.trust = 4;
    // Two managers against would hold the top back, whatever is reported.
    for name in ["wang", "chen"] {
        let doubter = case.find(name).expect("he is in the case") as usize;
        case.people[doubter].opening.category = 2;
    }
    let mut deal = Deal::new(case, 1);
    if wants {
        let topic = deal.person("zhou").live.iter().next().expect("she has one");
        for act in [Act::AskProblem, Act::AskImplication, Act::AskPayoff] {
            deal.tell("zhou", SpokenAct::on(act, topic));
        }
        assert!(deal.person("zhou").wants().has(topic));
    }
    deal.tell("zhou", SpokenAct::bare(Act::Equip));
    deal.input(Input::Leave);
    let page = deal
        .state
        .open_promises()
        .find(|(_, p)| p.kind == PromiseKind::Page)
        .expect("she takes the page");
    deal.input(Input::Fulfil(page.0));
    deal.input(Input::NextWeek);
    assert!(deal.person("zhou").reported);
    deal
}

/// Law 3: a page in which nobody's want stands tells the top of a problem and no more.
#[test]
fn a_report_without_a_want_does_not_carry_the_top_to_accepted() {
    assert_eq!(report_of_zhou(false).person("liu").category, 2);
    assert_eq!(report_of_zhou(true).person("liu").category, 3);
}

/// And a report, however good, is no substitute for meeting him.
#[test]
fn a_report_earns_no_standing_for_us() {
    let deal = report_of_zhou(true);
    let opening = deal.case.person(deal.case.decision_maker).opening;
    let liu = deal.person("liu");
    assert_eq!(
        (liu.vendor, liu.confidence, liu.trust),
        (
            opening.vendor as i8,
            opening.confidence as i8,
            opening.trust as i8 * 4
        )
    );
    assert!(liu.access < 3);
}

#[test]
fn pressing_for_an_introduction_is_a_breach_that_candour_mends() {
    let mut deal = Deal::new(fit_out(), 1);
    let breaches = |events: &[Event]| {
        events
            .iter()
            .filter(|e| {
                matches!(
                    e,
                    Event::Breach {
                        rule: Rule::Bypassed,
                        ..
                    }
                )
            })
            .count()
    };
    let asked = deal.tell("wang", SpokenAct::bare(Act::AskAccess));
    assert_eq!(breaches(&asked), 0, "asking once is no breach");
    let pressed = deal.tell("wang", SpokenAct::bare(Act::AskAccess));
    assert_eq!(breaches(&pressed), 1);
    assert!(deal.person("wang").breach);
    deal.tell("wang", SpokenAct::on(Act::Candor, Topic::AfterSales));
    assert!(!deal.person("wang").breach);
}
