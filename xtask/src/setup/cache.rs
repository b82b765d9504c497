//! The per-user folder that keeps what takes long to make, so that a fresh clone is quick too.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// `$XDG_CACHE_HOME/divar-chat-media`, or the same under `~/.cache`; made if it is missing.
pub fn folder() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|value| Path::new(value).is_absolute())
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("there is no home folder to keep built tools in: set HOME or XDG_CACHE_HOME")?;
    let folder = base.join("divar-chat-media");
    fs::create_dir_all(&folder)
        .with_context(|| format!("could not make the folder {}", folder.display()))?;
    Ok(folder)
}

/// The folder `name` of the cache, made by `make` when it is not there. `make` works in a temporary
/// folder that gets its name only when all is in it, so that a broken run leaves nothing half done.
pub fn made_once(name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let cache = folder()?;
    let finished = cache.join(name);
    if !finished.exists() {
        let draft = tempfile::Builder::new()
            .prefix("unfinished-")
            .tempdir_in(&cache)?;
        make(draft.path())?;
        put_in_place(draft.path(), &finished)?;
    }
    Ok(finished)
}

fn put_in_place(draft: &Path, finished: &Path) -> Result<()> {
    match fs::rename(draft, finished) {
        // Another run was quicker; what it made is the same.
        Err(_) if finished.exists() => Ok(()),
        result => result.with_context(|| format!("could not make {}", finished.display())),
    }
}
