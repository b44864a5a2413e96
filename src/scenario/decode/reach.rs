//! Which of a person's words no play of the case can reach: only what is certain, never what is unlikely.

use crate::scenario::{Band, Concern, Hope, NeedClass, Opening, Reaction};

/// What of the whole case decides which of a person's words can be reached.
pub(super) struct Deal<'a> {
    pub need_class: NeedClass,
    pub decision_maker: &'a str,
}

/// The lowest stance band a person can be seen in, as far as it is certain.
///
/// Where the thing must be bought, everybody has accepted it before the first word. Otherwise a category stance only
/// rises, except the decision-maker's, whom managers who turn against it pull down.
pub(super) fn lowest_band(deal: &Deal, decides: bool, opening: Opening) -> Band {
    match deal.need_class {
        NeedClass::Must => Band::Won,
        NeedClass::Nice if decides => Band::Closed,
        NeedClass::Nice => Band::of(opening.category),
    }
}

/// Reactions this person never has, and what would have to be otherwise.
pub(super) fn out_of_place(
    decides: bool,
    concerns: &[Concern],
    hopes: &[Hope],
) -> Vec<(Reaction, &'static str)> {
    use Reaction as R;
    let mut never = Vec::new();
    if decides {
        never.push((R::NotMineToDecide, "decision_maker ≠"));
    } else {
        let deciding = [
            R::DecidesOrder,
            R::NotReadyCategory,
            R::NotReadyVendor,
            R::NotReadyConfidence,
            R::DepartmentsSplit,
        ];
        never.extend(deciding.map(|reaction| (reaction, "decision_maker")));
    }
    if hopes.is_empty() {
        never.push((R::VoicesHope, "\"hopes\": [{…}]"));
    }
    if concerns.is_empty() {
        never.push((R::RaisesConcern, "\"concerns\": [{…}]"));
    }
    never
}
