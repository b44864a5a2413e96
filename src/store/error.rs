//! Why something could not be kept or found: where, what is wrong, what to do.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::locale::tr_with;
use crate::text::{Language, harmless};

/// What can go wrong with sessions on disk. `Display` is for logs; [`StoreError::message`] for the user.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process, or another seat of this one, writes the log.
    #[error("{}: another whybuy is writing this session", path.display())]
    Busy {
        /// The log.
        path: PathBuf,
    },
    /// A newer whybuy wrote it.
    #[error("{}: written in format {version}, newer than this program reads", path.display())]
    Newer {
        /// The log.
        path: PathBuf,
        /// The version on its line.
        version: u32,
    },
    /// The first line is gone, and without seed and scenario nothing can be replayed. The file is left alone.
    #[error("{}: the first line cannot be read: {why}", path.display())]
    Headless {
        /// The log.
        path: PathBuf,
        /// What the first line looks like.
        why: String,
    },
    /// There is no such session.
    #[error("there is no session `{id}` in {}", folder.display())]
    Missing {
        /// What was asked for.
        id: String,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The kept scenario or model is not the text the run was played with.
    #[error("{}: not the text this session was played with", path.display())]
    Changed {
        /// The kept text.
        path: PathBuf,
    },
    /// A caller's header names another scenario text than the one handed over.
    #[error("the header says scenario text {header}, the text handed over is {text}")]
    Mismatch {
        /// Hash in the header.
        header: String,
        /// Hash of the text.
        text: String,
    },
}

impl StoreError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.to_owned();
        |source| StoreError::Io { path, source }
    }

    /// One or two sentences for the user: where, what is wrong, what to do.
    pub fn message(&self, language: Language) -> String {
        let say = |key, path: &Path, why: &str| {
            let path = harmless(&path.display().to_string());
            tr_with(language, key, &[("why", &harmless(why)), ("path", &path)])
        };
        match self {
            StoreError::Io { path, source } => say(io_key(source), path, &source.to_string()),
            StoreError::Busy { path } => say("store.busy", path, ""),
            StoreError::Newer { path, version } => say("store.newer", path, &version.to_string()),
            StoreError::Headless { path, why } => say("store.headless", path, why),
            StoreError::Missing { id, folder } => say("store.missing", folder, id),
            StoreError::Changed { path } => say("store.changed", path, ""),
            StoreError::Mismatch { .. } => say("store.mismatch", Path::new(""), &self.to_string()),
        }
    }
}

/// The sentence for what the system said.
pub(crate) fn io_key(error: &io::Error) -> &'static str {
    match error.kind() {
        // The last is what a limit on the size of files looks like: a share that is used up, too.
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "store.full",
        ErrorKind::PermissionDenied => "store.denied",
        ErrorKind::ReadOnlyFilesystem => "store.read_only",
        _ => "store.other",
    }
}
