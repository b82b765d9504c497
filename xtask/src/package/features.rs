//! Whether old browsers take the package's modules: the features that these use of WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use wasmparser::{Validator, WasmFeatures};

use super::literal;

/// All of them are in Chrome 92, as `RUST_FLAGS` and `WASM_OPT_FEATURES` have them.
const FEATURES: WasmFeatures = WasmFeatures::MVP
    .union(WasmFeatures::MUTABLE_GLOBAL)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT);

/// Checks every module below `folder`: the `.wasm` files, and those embedded in a `text.js`, from which
/// the bundles for `require` are made, too. Returns their paths.
pub fn check(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut checked = Vec::new();
    for path in files(folder)? {
        let module = if path.ends_with("text.js") {
            literal::bytes(&path)?
        } else if path
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            fs::read(&path)?
        } else {
            continue;
        };
        validate(&module).with_context(|| format!("an old browser refuses {}", path.display()))?;
        checked.push(path);
    }
    ensure!(
        !checked.is_empty(),
        "there is no module in {}",
        folder.display()
    );
    Ok(checked)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn validate(module: &[u8]) -> Result<()> {
    Validator::new_with_features(FEATURES).validate_all(module)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_module_of_old_features() {
        let module = r#"(module (memory 1) (global (export "g") (mut i32) (i32.const 1))
            (func (param f64) (result i32)
                (memory.fill (i32.const 0) (i32.const 0) (i32.const 1))
                (i32.extend8_s (i32.trunc_sat_f64_s (local.get 0)))))"#;
        validate(&wat::parse_str(module).unwrap()).unwrap();
    }

    #[test]
    fn rejects_newer_features() {
        for (feature, module) in [
            ("reference types", "(module (table 1 externref))"),
            ("tail calls", "(module (func $f return_call $f))"),
            ("exceptions", "(module (tag $t) (func (throw $t)))"),
            (
                "extended constants",
                "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))",
            ),
            ("several memories", "(module (memory 1) (memory 1))"),
            ("memory of 64 bits", "(module (memory i64 1))"),
            ("garbage collection", "(module (type (struct)))"),
        ] {
            let module = wat::parse_str(module).unwrap();
            assert!(validate(&module).is_err(), "{feature} passed");
        }
    }

    #[test]
    fn rejects_long_table_index_as_chrome_92_does() {
        validate(&calling(&[0])).unwrap();
        // What LLVM writes once it may use reference types.
        let refused = validate(&calling(&[0x80, 0])).unwrap_err().to_string();
        assert!(refused.contains("zero byte expected"), "{refused}");
    }

    /// A module that calls what is in its table, which has this number.
    fn calling(table: &[u8]) -> Vec<u8> {
        let function = [&[0, 0x41, 0, 0x11, 0], table, &[0x0b]].concat();
        let sections = [
            vec![1, 4, 1, 0x60, 0, 0],
            vec![3, 2, 1, 0],
            vec![4, 4, 1, 0x70, 0, 1],
            vec![10, length(&function) + 2, 1, length(&function)],
            function,
        ];
        [b"\0asm\x01\0\0\0".to_vec(), sections.concat()].concat()
    }

    fn length(bytes: &[u8]) -> u8 {
        u8::try_from(bytes.len()).unwrap()
    }

    #[test]
    fn rejects_newer_feature_in_embedded_module() {
        for (source, passes) in [("(module)", true), ("(module (table 1 externref))", false)] {
            let folder = tempfile::tempdir().unwrap();
            let page = folder.path().join("page");
            fs::create_dir(&page).unwrap();
            fs::write(page.join("package.json"), r#"{"type":"module"}"#).unwrap();
            let module = wat::parse_str(source).unwrap();
            fs::write(page.join("text.js"), literal::module(&module)).unwrap();
            assert_eq!(check(folder.path()).is_ok(), passes, "{source}");
        }
    }
}
