//! What the reference player would do next in a deal somebody else is playing.

use crate::review::players::{View, entry, remember};
use crate::review::strong::{self, Skill};
use crate::session::{Entry, Session};

/// The reference player's next entry; its words are empty. It looks at what was said and at nothing else.
pub fn advise(session: &Session) -> Entry {
    let mut memory = Default::default();
    for event in session.events() {
        remember(&mut memory, event);
    }
    let view = View::new(&session.world.case, &session.state, &memory);
    entry(strong::choose(&view, Skill::FULL))
}
