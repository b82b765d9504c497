//! Whether old browsers take the package's modules: the features that these use of WebAssembly.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use wasmparser::{Validator, WasmFeatures};

use super::literal;

/// All of them are in Chrome 92, as `RUST_FLAGS` and `WASM_OPT` have them.
const FEATURES: WasmFeatures = WasmFeatures::MVP
    .union(WasmFeatures::MUTABLE_GLOBAL)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT);

/// Checks every module below `folder`: the `.wasm` files, and those embedded in a `text.js`, from which
/// the bundles for `require` are made, too. Returns their paths.
pub fn check(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut checked = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            checked.extend(check(&path)?);
            continue;
        }
        let module = match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => fs::read(&path)?,
            Some("js") if path.ends_with("text.js") => literal::bytes(&path)?,
            _ => continue,
        };
        validate(&module).with_context(|| format!("an old browser refuses {}", path.display()))?;
        checked.push(path);
    }
    ensure!(!checked.is_empty(), "{} has no module", folder.display());
    Ok(checked)
}

fn validate(module: &[u8]) -> Result<()> {
    Validator::new_with_features(FEATURES).validate_all(module)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_module_of_old_features() -> Result<()> {
        let module = r#"(module (memory 1) (global (export "g") (mut i32) (i32.const 1))
            (func (param f64) (result i32)
                (memory.fill (i32.const 0) (i32.const 0) (i32.const 1))
                (i32.extend8_s (i32.trunc_sat_f64_s (local.get 0)))))"#;
        validate(&wat::parse_str(module)?)
    }

    #[test]
    fn rejects_newer_features() -> Result<()> {
        for module in [
            "(module (table 1 externref))",
            "(module (func $f return_call $f))",
            "(module (tag $t) (func (throw $t)))",
            "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))",
            "(module (memory 1) (memory 1))",
            "(module (memory i64 1))",
            "(module (type (struct)))",
        ] {
            assert!(validate(&wat::parse_str(module)?).is_err(), "{module}");
        }
        Ok(())
    }

    #[test]
    fn rejects_long_table_index_as_chrome_92_does() -> Result<()> {
        /// A module that calls what is in its table, which has this number.
        fn calling(table: &[u8]) -> Result<Vec<u8>> {
            let function = [&[0, 0x41, 0, 0x11, 0], table, &[0x0b]].concat();
            let length = u8::try_from(function.len())?;
            let head = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x04\x04\x01\x70\0\x01";
            let code = [10, length + 2, 1, length];
            Ok([head.as_slice(), &code, &function].concat())
        }
        validate(&calling(&[0])?)?;
        // What LLVM writes once it may use reference types.
        let refused = validate(&calling(&[0x80, 0])?).unwrap_err().to_string();
        assert!(refused.contains("zero byte expected"), "{refused}");
        Ok(())
    }

    #[test]
    fn rejects_newer_feature_in_embedded_module() -> Result<()> {
        for (source, passes) in [("(module)", true), ("(module (table 1 externref))", false)] {
            let folder = tempfile::tempdir()?;
            let page = folder.path().join("page");
            fs::create_dir(&page)?;
            fs::write(page.join("package.json"), r#"{"type":"module"}"#)?;
            let module = wat::parse_str(source)?;
            fs::write(page.join("text.js"), literal::module(&module))?;
            assert_eq!(check(folder.path()).is_ok(), passes, "{source}");
        }
        Ok(())
    }
}
