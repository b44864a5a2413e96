//! The debrief line by line: spells out the document of [`crate::locale::debrief`].

use std::io::{self, Write};

use crate::locale::debrief::{Piece, document};
use crate::locale::tr;
use crate::score::Report;
use crate::session::Session;
use crate::text::{Language, harmless};

pub(super) fn print(
    out: &mut impl Write,
    session: &Session,
    report: &Report,
    language: Language,
) -> io::Result<()> {
    writeln!(out, "== {} ==", tr(language, "plain.debrief"))?;
    for piece in document(session, report, language) {
        match piece {
            Piece::Heading(words) => writeln!(out, "-- {words} --")?,
            // What was typed is quoted; nothing of it may reach the terminal as a command.
            Piece::Item { lead, words, .. } => writeln!(out, "{lead}{}", harmless(&words))?,
            Piece::Level { name, words, .. } => writeln!(out, "{name}  {words}")?,
        }
    }
    Ok(())
}
