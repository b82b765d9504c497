//! Writes all samples into a folder, for tests that are not in Rust: `divar-media-samples FOLDER`.

use std::{env, fs, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: divar-media-samples FOLDER");
        return ExitCode::FAILURE;
    };
    for (name, bytes) in divar_media_samples::all() {
        let path = folder.join(name);
        if let Err(error) = fs::write(&path, bytes) {
            eprintln!("{} could not be written: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
