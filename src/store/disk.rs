//! The few things files have to be asked for by name: whole or not at all, mine alone, never over another.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How a log is opened for writing.
///
/// Not in append mode: Windows then refuses to cut a file, and a torn line has to be cut.
pub fn writing() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        // Others may read, nobody else may write: the lock of that system, for free.
        const FILE_SHARE_READ: u32 = 1;
        options.share_mode(FILE_SHARE_READ);
    }
    options
}

/// Takes a log for this process; `false` where another has it. The lock goes when the file is closed, also by a
/// kill.
pub fn lock(file: &File) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(true),
            Err(Errno::WOULDBLOCK) => Ok(false),
            // Some network folders know no locks: writing without one beats not writing.
            Err(Errno::NOLCK | Errno::NOTSUP | Errno::NOSYS | Errno::INVAL) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(true)
    }
}

/// Whether an open failed because another process writes the file.
pub fn is_shared_out(error: &io::Error) -> bool {
    const ERROR_SHARING_VIOLATION: i32 = 32;
    cfg!(windows) && error.raw_os_error() == Some(ERROR_SHARING_VIOLATION)
}

/// Creates the first file of `name(1)`, `name(2)`, … that is not there yet.
///
/// Left to the file system to decide, so that two processes never get the same one.
pub fn create_first_free(name: impl Fn(u32) -> PathBuf) -> io::Result<(File, PathBuf)> {
    let mut number = 1;
    loop {
        let path = name(number);
        match writing().create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Writes a new file under the first free name, to the last byte or not at all.
pub fn create_whole(name: impl Fn(u32) -> PathBuf, bytes: &[u8]) -> io::Result<PathBuf> {
    let (mut file, path) = create_first_free(name)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    if let Err(error) = written {
        let _ = fs::remove_file(&path);
        return Err(error);
    }
    Ok(path)
}

/// Puts `bytes` where `path` is, so that a reader finds the old file or the new one and never half of either.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = |n| with_ending(path, &format!(".new-{n}"));
    let new = create_whole(beside, bytes)?;
    if let Err(error) = fs::rename(&new, path) {
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    sync_folder(path);
    Ok(())
}

/// The path with `ending` behind its whole name.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes a new name last through a power cut. Not every system lets a folder be synced; the bytes are safe anyway.
pub fn sync_folder(of: &Path) {
    if cfg!(unix)
        && let Some(folder) = of.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}
