//! What the reference player would do next in a deal somebody else is playing.

use crate::review::players::{Choice, View, remember};
use crate::review::strong::{self, Skill};
use crate::session::Session;

/// The reference player's next move. It looks at what was said and at nothing else.
pub fn advise(session: &Session) -> Choice {
    let mut memory = Default::default();
    for event in session.events() {
        remember(&mut memory, event);
    }
    let view = View::new(&session.world.case, &session.state, &memory);
    strong::choose(&view, Skill::FULL)
}
