//! What wasm-bindgen writes, made to read as if it had been written by hand.

use anyhow::{Result, bail};

use super::names::Names;

/// Type definitions without the lines that speak to linters, and without runs of empty lines.
pub fn without_header(definitions: &str) -> String {
    let mut text = String::with_capacity(definitions.len());
    let mut after_empty = true;
    for line in definitions.lines().map(str::trim_end) {
        let speaks_to_linter = matches!(line, "/* tslint:disable */" | "/* eslint-disable */");
        if speaks_to_linter || (line.is_empty() && after_empty) {
            continue;
        }
        after_empty = line.is_empty();
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The definitions of one of `pkg/`'s files as they stand in `dist/`, for those who call `require`.
pub fn for_require(definitions: &str) -> String {
    definitions
        .replace("\"./dist/index.js\"", "\"./types.js\"")
        .replace(".js\";", ".cjs\";")
}

/// Glue that imports the files of `pkg/` from where they are, which is `up`, in place of the copies
/// under `./snippets/CRATE-HASH/pkg/`.
pub fn with_own_files(glue: &str, up: &str) -> String {
    let lines = glue
        .lines()
        .map(|line| match line.split_once("./snippets/") {
            Some((before, copy)) => match copy.split_once("/pkg/") {
                Some((_, own)) => format!("{before}{up}{own}"),
                None => line.to_owned(),
            },
            None => line.to_owned(),
        });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Glue as a function that makes it, so that every instance of the module has glue of its own: its
/// state (the table of JavaScript's values above all) belongs to one memory, and a fresh instance
/// cannot take it over. Beside what the package calls it gives what the module imports.
///
/// # Errors
///
/// When an export is neither a plain function nor a class, as all that wasm-bindgen writes are.
pub fn as_factory(glue: &str, names: &Names) -> Result<String> {
    let (mut imports, mut body, mut called) = (Vec::new(), Vec::new(), Vec::new());
    let glue = names.shorten(glue);
    for line in glue.lines() {
        if line.starts_with("import ") {
            imports.push(line.to_owned());
        } else if let Some(exported) = line.strip_prefix("export ") {
            let name = exported_name(exported)?;
            if name == "__wbg_set_wasm" || !name.starts_with("__wb") {
                called.push(name);
            }
            body.push(exported.to_owned());
        } else {
            body.push(line.to_owned());
        }
    }
    let (imports, body, called) = (imports.join("\n"), body.join("\n"), called.join(", "));
    let needed = names.imports();
    Ok(format!(
        "{imports}\n\nexport function makeGlue() {{\n{body}\nreturn {{ imports: {{ a: {{ {needed} }} }}, {called} }};\n}}\n"
    ))
}

fn exported_name(declaration: &str) -> Result<&str> {
    let mut words = declaration.split([' ', '(']);
    match (words.next(), words.next()) {
        (Some("function" | "class"), Some(name)) => Ok(name),
        _ => bail!("the glue exports neither a function nor a class by {declaration:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_and_double_empty_lines_are_gone_and_the_rest_is_kept() {
        let given = "/* tslint:disable */\n/* eslint-disable */\n\n/** A. */\nexport type A = 1;\n\n\n\nexport type B = 2;\n";
        let wanted = "/** A. */\nexport type A = 1;\n\nexport type B = 2;\n";
        assert_eq!(without_header(given), wanted);
    }

    #[test]
    fn types_for_require_lie_side_by_side_and_import_their_own_kind() {
        let given = "export type { A } from \"./dist/index.js\";\nexport * from \"./queue.js\";\n";
        let wanted = "export type { A } from \"./types.cjs\";\nexport * from \"./queue.cjs\";\n";
        assert_eq!(for_require(given), wanted);
    }

    #[test]
    fn imports_of_copies_become_imports_of_the_files_themselves() {
        let given =
            "import { E } from './snippets/divar-chat-media-cb4ea99f/pkg/error.js';\nlet a;\n";
        assert_eq!(
            with_own_files(given, "../"),
            "import { E } from '../error.js';\nlet a;\n"
        );
    }

    #[test]
    fn the_factory_returns_what_was_exported() {
        let names = r#"{"imports": [["./g.js", "__wbg_h_1f", "A"], ["./e.js", "E", "B"]], "exports": [["a", "b"]]}"#;
        let names = Names::read(names).expect("names");
        let glue = "import { E } from '../error.js';\nexport function a(b) {\n    c = wasm.a;\n}\nlet c;\nexport function __wbg_h_1f() { return c; }\nexport class F {\n}\n";
        let wanted = "import { E } from '../error.js';\n\nexport function makeGlue() {\nfunction a(b) {\n    c = wasm.b;\n}\nlet c;\nfunction __wbg_h_1f() { return c; }\nclass F {\n}\nreturn { imports: { a: { A: __wbg_h_1f, B: E } }, a, F };\n}\n";
        assert_eq!(as_factory(glue, &names).expect("a factory"), wanted);
        assert!(as_factory("export const e = 1;\n", &names).is_err());
    }

    #[test]
    fn imports_from_outside_of_the_package_are_left_to_be_noticed() {
        let given = "import { E } from './snippets/other-1f/src/inline0.js';\n";
        assert_eq!(with_own_files(given, "../"), given);
    }
}
