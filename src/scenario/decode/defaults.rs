//! What a person brings along of whom the author wrote only name and role.
//!
//! Topics and gates come from `assets/roles/defaults.json`, which is read by the same decoder as an author's file;
//! there are four needs because a seed may take one away and an order without any fact on the sheet takes three;
//! words for needs and concerns come from the topic pack when they are spoken, only hopes need their own.

use std::sync::LazyLock;

use super::fields::Reader;
use super::{parse, person};
use crate::codebook::Topic;
use crate::scenario::{Concern, Gate, Hope, Need, NeedClass, Role};
use crate::text::Text;

/// What troubles somebody.
pub(super) type Troubles = (Vec<Need>, Vec<Concern>, Vec<Hope>);

/// The post on the card of somebody without a title.
pub(super) fn title(role: Role) -> Text {
    use crate::text::Language::{En, Zh};
    Text {
        zh: role.name(Zh).to_owned(),
        en: role.name(En).to_owned(),
    }
}

/// Four needs, a concern and a hope.
pub(super) fn troubles(role: Role, need_class: NeedClass) -> Troubles {
    static BY_ROLE: LazyLock<Vec<Troubles>> = LazyLock::new(|| {
        let (troubles, problems) = read();
        debug_assert!(problems.is_empty(), "the defaults are broken: {problems:?}");
        troubles
    });
    let mut troubles = BY_ROLE.get(role as usize).cloned().unwrap_or_default();
    if need_class == NeedClass::Must {
        // Nobody asks what it is for where it has to be bought; he asks who comes when it breaks.
        for concern in &mut troubles.1 {
            (concern.topic, concern.gate) = (Topic::AfterSales, Gate::Vendor);
        }
    }
    troubles
}

fn read() -> (Vec<Troubles>, Vec<crate::scenario::problem::Problem>) {
    let mut reader = Reader::new();
    let file = include_str!("../../../assets/roles/defaults.json");
    let troubles = parse(file, &mut reader, |reader, value| {
        let mut f = reader.object(value)?;
        let mut all = Vec::new();
        for &role in Role::ALL {
            let value = f.need(reader, role.id())?;
            let mut own = reader.object(value)?;
            all.push(person::troubles(reader, &mut own));
            own.finish(reader);
        }
        f.finish(reader);
        Some(all)
    });
    (troubles.unwrap_or_default(), reader.problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_four_needs_a_concern_and_a_hope() {
        let (troubles, problems) = read();
        assert!(problems.is_empty(), "{problems:#?}");
        assert_eq!(troubles.len(), Role::ALL.len());
        for (needs, concerns, hopes) in troubles {
            assert_eq!((needs.len(), concerns.len(), hopes.len()), (4, 1, 1));
            assert!(
                hopes
                    .iter()
                    .all(|h| h.hope.len() >= 2 && h.measure.len() >= 2)
            );
        }
    }
}
