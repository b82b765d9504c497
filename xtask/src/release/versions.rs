//! The version of the package, which several files name.

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;
use fs_err as fs;
use semver::Version;
use serde_json::Value;

/// The version that all of them name.
///
/// # Errors
///
/// When they differ, or when it is none of Semantic Versioning.
pub fn agreed() -> Result<Version> {
    // It fails where Cargo.lock names another version than Cargo.toml.
    let options = ["--locked".to_owned()];
    let metadata = MetadataCommand::new().other_options(options).exec()?;
    let package = metadata
        .root_package()
        .context("Cargo.toml has a package")?;
    let json = |file| -> Result<Value> { Ok(serde_json::from_str(&fs::read_to_string(file)?)?) };
    let lock = json("package-lock.json")?;
    let named = [
        ("pkg/package.json", &json("pkg/package.json")?["version"]),
        ("package-lock.json", &lock["packages"]["pkg"]["version"]),
    ];
    for (file, version) in named {
        ensure_same(&package.version, file, version)?;
    }
    Ok(package.version.clone())
}

fn ensure_same(version: &Version, file: &str, other: &Value) -> Result<()> {
    ensure!(
        other.as_str() == Some(&version.to_string()),
        "they differ: Cargo.toml says {version}, {file} says {other}. Write the same into Cargo.toml and \
         pkg/package.json, then run `cargo update --workspace` and `npm install --package-lock-only`"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_an_error_that_names_both() {
        let ensure = |other| ensure_same(&Version::new(1, 2, 3), "a.json", &other);
        assert!(ensure("1.2.3".into()).is_ok());
        for other in [
            "1.2.4".into(),
            "v1.2.3".into(),
            "1.02.3".into(),
            Value::Null,
        ] {
            let error = ensure(other.clone()).unwrap_err().to_string();
            let wanted = format!("they differ: Cargo.toml says 1.2.3, a.json says {other}.");
            assert!(error.starts_with(&wanted), "{error}");
        }
    }
}
