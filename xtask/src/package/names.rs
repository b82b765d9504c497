//! The short names that wasm-opt gives to what a module imports and exports: wasm-bindgen's have a
//! hash each, which no compression makes smaller.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// What was called how.
#[derive(Deserialize)]
pub struct Names {
    /// Module, name, and the short name.
    imports: Vec<(String, String, String)>,
    /// Name, and the short name.
    exports: Vec<(String, String)>,
}

impl Names {
    /// Reads what wasm-opt prints.
    pub fn read(printed: &str) -> Result<Self> {
        let names: Self = serde_json::from_str(printed)
            .with_context(|| format!("wasm-opt told no names, but {printed:?}"))?;
        let starts = names.export("__wbindgen_start") != "__wbindgen_start";
        ensure!(
            !starts,
            "the module has a start of its own, which no one calls"
        );
        Ok(names)
    }

    /// What the module imports, as an object's fields by the short names.
    pub fn imports(&self) -> String {
        let fields = self
            .imports
            .iter()
            .map(|(_, name, short)| format!("{short}: {name}"));
        fields.collect::<Vec<_>>().join(", ")
    }

    /// The lines by which the glue imports what the module takes as it is, without any of the glue.
    pub fn import_lines(&self) -> String {
        let direct = self
            .imports
            .iter()
            .filter(|(from, ..)| from.contains("/snippets/"));
        let lines = direct.map(|(from, name, _)| format!("import {{ {name} }} from '{from}';\n"));
        lines.collect()
    }

    /// The glue, calling the module by the short names.
    pub fn shorten(&self, glue: &str) -> String {
        let mut short = String::with_capacity(glue.len());
        let mut rest = glue;
        while let Some((before, after)) = rest.split_once("wasm.") {
            let end = after
                .find(|letter: char| !is_part(letter))
                .unwrap_or(after.len());
            let (name, beyond) = after.split_at(end);
            short.push_str(before);
            short.push_str("wasm.");
            short.push_str(self.export(name));
            rest = beyond;
        }
        short + rest
    }

    fn export<'a>(&'a self, name: &'a str) -> &'a str {
        let known = self.exports.iter().find(|(known, _)| known == name);
        known.map_or(name, |(_, short)| short)
    }
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_calls_the_module_by_the_names_that_it_got() {
        let names = r#"{"imports": [["./glue.js", "long_1f", "a"], ["./snippets/b/pkg/c.js", "direct", "b"]],
            "exports": [["memory", "$"], ["upload", "c"]]}"#;
        let names = Names::read(names).expect("names");
        assert_eq!(names.imports(), "a: long_1f, b: direct");
        assert_eq!(
            names.shorten("wasm.memory.buffer; wasm.upload(1); wasm.other; swasm"),
            "wasm.$.buffer; wasm.c(1); wasm.other; swasm"
        );
        assert_eq!(
            names.import_lines(),
            "import { direct } from './snippets/b/pkg/c.js';\n"
        );
    }
}
