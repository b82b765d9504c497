//! The modules: compiled by wasm-pack, made small by wasm-opt, and written as what `pkg/src` imports.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use fs_err as fs;

use super::literal;
use crate::console::{note, step};
use crate::process::{cmd, quiet};
use crate::setup::{for_wasm, target_folder};

const LIMIT: Duration = Duration::from_mins(20);
/// One name for all modules, each in its own folder.
const NAME: &str = "divar_chat_media";
const MODULE: &str = "divar_chat_media_bg.wasm";

/// Panics abort at once, without their texts and places (which would be paths of this machine), and
/// the instructions are those that Chrome 92 has. Generic code is compiled where it is used and inlined
/// before it reaches LLVM, which is 4 % smaller after compression.
const RUST_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
     -Zshare-generics=no -Zinline-mir=yes -Ctarget-cpu=mvp \
     -Ctarget-feature=+mutable-globals,+sign-ext,+bulk-memory,+nontrapping-fptoint";

/// For wasm-opt the same instructions: by default it writes some that no browser has.
const WASM_OPT: &[&str] = &[
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--converge",
    // Code that is inlined at its only call is smaller, but not after compression.
    "--one-caller-inline-max-function-size=20",
    // The first kilobyte of memory is empty: the linker puts nothing there.
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// wasm-bindgen's glue keeps its state (above all the table of JavaScript's values) at module level. As
/// the body of a function it is made once for each instance of the module, so that a new instance can
/// be started after a trap. The parameters stand before the globals of the same names.
const GLUE_HEAD: &str = "export function createGlue({ TextDecoder, TextEncoder }) {\n\
     let glueOfInstance;\n\
     const keep = (glue) => { glueOfInstance = glue; };";
const GLUE_TAIL: &str = "return glueOfInstance;\n}";
const ENTRY: &str = "import * as glue from \"./divar_chat_media_bg.js\";\nkeep(glue);\n";

/// A module.
pub struct Module {
    pub what: &'static str,
    /// The folder of its crate.
    pub krate: &'static str,
    /// Its folder in `pkg/wasm`.
    pub folder: &'static str,
    /// Further arguments for cargo.
    pub arguments: &'static [&'static str],
    /// Whether runtimes that compile what they import need it as a file, too.
    pub as_file: bool,
    pub optimised_for: Goal,
}

/// What wasm-opt optimises a module for. The compiler's own part of this is in Cargo.toml.
#[derive(Clone, Copy)]
pub enum Goal {
    Size,
    Speed,
}

const MODULES: &[Module] = &[
    Module {
        what: "the module for servers",
        krate: ".",
        folder: "server",
        arguments: &[],
        as_file: true,
        optimised_for: Goal::Size,
    },
    Module {
        what: "the module for pages, which cannot send the API key",
        krate: ".",
        folder: "page",
        arguments: &["--no-default-features"],
        as_file: false,
        optimised_for: Goal::Size,
    },
    Module {
        what: "the module that inspects and prepares pictures and documents",
        krate: "media/wasm",
        arguments: &["--no-default-features"],
        folder: "prepare-pictures",
        as_file: false,
        optimised_for: Goal::Size,
    },
    Module {
        what: "the module that inspects and prepares all files",
        krate: "media/wasm",
        folder: "prepare",
        arguments: &[],
        as_file: true,
        optimised_for: Goal::Size,
    },
    Module {
        what: "the module that decodes HEIC",
        krate: "heic",
        folder: "heic",
        arguments: &[],
        as_file: false,
        optimised_for: Goal::Speed,
    },
];

/// Builds the modules into `folder`, each into a folder of its own.
pub fn build(folder: &Path) -> Result<()> {
    for module in MODULES {
        step(format!("compiling {}", module.what), || {
            module.build(&folder.join(module.folder))
        })?;
    }
    Ok(())
}

impl Module {
    /// Compiles the module, and leaves what is imported of it in `folder`: `glue.js`, `text.js`, and the
    /// module itself where it is needed.
    pub fn build(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        let compiled = tempfile::tempdir()?;
        let compiled = compiled.path();
        self.compile(compiled)?;
        self.optimise(&compiled.join(MODULE))?;
        bundle_glue(compiled, &fs::canonicalize(folder)?.join("glue.js"))?;
        let module = fs::read(compiled.join(MODULE))?;
        note(format!("{}: {} bytes", self.what, module.len()));
        fs::write(folder.join("text.js"), literal::module(&module))?;
        if self.as_file {
            fs::write(folder.join(MODULE), module)?;
        }
        Ok(())
    }

    fn compile(&self, folder: &Path) -> Result<()> {
        let (krate, arguments) = (self.krate, self.arguments);
        let build = cmd!(
            "wasm-pack build {krate} --mode force --release --target bundler --out-name {NAME} --out-dir {folder} --no-pack -- -Zbuild-std-features=optimize_for_size {arguments...}"
        );
        let mut build = for_wasm(build, &[])?;
        // Other flags would make other builds start over: a target folder of its own.
        build.env("CARGO_TARGET_DIR", target_folder()?.join("package"));
        build.env("RUSTFLAGS", RUST_FLAGS);
        quiet(build, LIMIT).map(drop)
    }

    fn optimise(&self, module: &Path) -> Result<()> {
        let goal = match self.optimised_for {
            Goal::Size => "-Oz",
            Goal::Speed => "-O3",
        };
        let wasm_opt = cmd!("node_modules/.bin/wasm-opt {WASM_OPT...} {goal} {module} -o {module}");
        quiet(wasm_opt, LIMIT).map(drop)
    }
}

fn bundle_glue(compiled: &Path, glue: &Path) -> Result<()> {
    fs::write(compiled.join("entry.js"), ENTRY)?;
    let program = fs::canonicalize("node_modules/.bin/esbuild")?;
    let mut esbuild = cmd!(
        "{program} entry.js --outfile={glue} --bundle --format=esm --charset=utf8 --log-level=warning --banner:js={GLUE_HEAD} --footer:js={GLUE_TAIL}"
    );
    // The bundle names the files that are in it as they are called from here.
    esbuild.current_dir(compiled);
    quiet(esbuild, LIMIT).map(drop)
}
