//! The user's folder for what takes long to make, so that a fresh clone is quick, too.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fs_err as fs;

/// `$XDG_CACHE_HOME/divar-chat-media`, or the same under `~/.cache`; made if it is missing.
pub fn folder() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|value| Path::new(value).is_absolute())
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("there is no home folder to keep built tools in: set HOME or XDG_CACHE_HOME")?;
    let folder = base.join("divar-chat-media");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The folder `name` of the cache, made by `make` when it is missing. `make` works in a temporary folder,
/// which is renamed once all is in it, so that a run that fails leaves nothing incomplete.
pub fn made_once(name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let cache = folder()?;
    let finished = cache.join(name);
    if !finished.exists() {
        let draft = tempfile::Builder::new()
            .prefix("unfinished-")
            .tempdir_in(&cache)?;
        make(draft.path())?;
        match fs::rename(draft.path(), &finished) {
            // Another run was quicker and has made the same.
            Err(_) if finished.exists() => {}
            result => result?,
        }
    }
    Ok(finished)
}
