//! Changing an author's file: never without a copy, never by halves.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{CLEAN, Checked, PROBLEMS, USED_WRONGLY, problems};
use crate::locale::tr_with;
use crate::scenario::layout::laid_out;
use crate::scenario::migrate::{Migrated, migrate as migrated};
use crate::text::Language;

/// `--fmt`.
pub(super) fn layout(file: &Checked, language: Language) -> u8 {
    match laid_out(&file.text) {
        Ok(new) if new == file.text => {
            say!(
                "{}",
                tr_with(language, "check.laid_out", &[("path", &file.name)])
            );
            CLEAN
        }
        Ok(new) => write(file, &new, language),
        Err(_) => refused(file, language),
    }
}

/// `--migrate`.
pub(super) fn migrate(file: &Checked, language: Language) -> u8 {
    match migrated(&file.text) {
        Migrated::UpToDate => {
            say!(
                "{}",
                tr_with(language, "check.newest", &[("path", &file.name)])
            );
            CLEAN
        }
        Migrated::Rewritten { text, .. } => write(file, &text, language),
        Migrated::Unreadable => refused(file, language),
    }
}

fn refused(file: &Checked, language: Language) -> u8 {
    if !file.problems.is_empty() {
        problems(file, language);
    }
    eprintln!(
        "{}",
        tr_with(language, "check.left_alone", &[("path", &file.name)])
    );
    PROBLEMS
}

fn write(file: &Checked, new: &str, language: Language) -> u8 {
    match replace(&file.path, new) {
        Ok(backup) => {
            let backup = backup.display().to_string();
            let slots = [("path", &*file.name), ("backup", &*backup)];
            say!("{}", tr_with(language, "check.rewritten", &slots));
            CLEAN
        }
        Err(error) => {
            let slots = [("path", &*file.name), ("why", &error.to_string())];
            eprintln!("{}", tr_with(language, "check.cannot_write", &slots));
            USED_WRONGLY
        }
    }
}

/// Puts `new` in the place of a file; where the old one is kept.
///
/// The new text is on disk before the old one goes: an author whose battery dies has one of the two.
fn replace(path: &Path, new: &str) -> io::Result<PathBuf> {
    // Renaming onto a link would part it from its file.
    let path = fs::canonicalize(path)?;
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (backup, fresh) = (beside(".bak"), beside(".new"));
    fs::copy(&path, &backup)?;
    let written = write_new(&fresh, &path, new).and_then(|()| fs::rename(&fresh, &path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written.map(|()| backup)
}

fn write_new(fresh: &Path, like: &Path, words: &str) -> io::Result<()> {
    let mut file = fs::File::create(fresh)?;
    file.write_all(words.as_bytes())?;
    file.set_permissions(fs::metadata(like)?.permissions())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::scratch::Scratch;

    #[test]
    fn the_old_text_is_kept_beside_the_new() {
        let scratch = Scratch::new();
        let path = scratch.path().join("case.json");
        fs::write(&path, "old").unwrap();
        let backup = replace(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_to_string(backup).unwrap(), "old");
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 2);
    }
}
