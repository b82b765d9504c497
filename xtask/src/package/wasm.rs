//! The modules: compiled by wasm-pack, made small by wasm-opt, and written as what `pkg/src` imports.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::literal;
use crate::console::{note, step};
use crate::process::quiet;
use crate::setup::{Workbench, node, target_folder};

const LIMIT: Duration = Duration::from_mins(20);
/// One name for all modules, each in its own folder.
const NAME: &str = "divar_chat_media";
const MODULE: &str = "divar_chat_media_bg.wasm";
/// What wasm-pack writes beside the module; the glue is bundled into `glue.js`.
const UNUSED: &[&str] = &[
    "divar_chat_media.js",
    "divar_chat_media.d.ts",
    "divar_chat_media_bg.js",
    "divar_chat_media_bg.wasm.d.ts",
    "entry.js",
];

/// Panics abort at once, without their texts and places (which would be paths of this machine), and
/// the instructions are those that Chrome 92 has.
const RUST_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
     -Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals,+sign-ext,+bulk-memory,+nontrapping-fptoint";

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

/// One of the modules.
struct Module {
    what: &'static str,
    /// The folder of its crate.
    krate: &'static str,
    /// Further arguments for cargo.
    arguments: &'static [&'static str],
    /// Its folder in `pkg/wasm`.
    folder: &'static str,
    /// Whether runtimes that compile what they import need it as a file, too.
    as_file: bool,
    /// What wasm-opt optimises for.
    optimised_for: Goal,
}

/// What wasm-opt optimises a module for.
#[derive(Clone, Copy)]
enum Goal {
    Size,
    /// The compiler's own part of this is in the workspace's Cargo.toml.
    Speed,
}

impl Goal {
    fn argument(self) -> &'static str {
        match self {
            Self::Size => "-Oz",
            Self::Speed => "-O3",
        }
    }
}

const MODULES: &[Module] = &[
    Module {
        what: "the module for servers",
        krate: ".",
        arguments: &[],
        folder: "server",
        as_file: true,
        optimised_for: Goal::Size,
    },
    Module {
        what: "the module for pages, which cannot send the API key",
        krate: ".",
        arguments: &["--no-default-features"],
        folder: "page",
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
        arguments: &[],
        folder: "prepare",
        as_file: true,
        optimised_for: Goal::Size,
    },
    Module {
        what: "the module that decodes HEIC",
        krate: "heic",
        arguments: &[],
        folder: "heic",
        as_file: false,
        optimised_for: Goal::Speed,
    },
];

/// Builds the modules into `folder`, each into a folder of its own.
pub fn build(workbench: &Workbench, folder: &Path) -> Result<()> {
    for module in MODULES {
        let folder = folder.join(module.folder);
        fs::create_dir(&folder)?;
        let folder = folder.canonicalize()?;
        step(format!("compiling {}", module.what), || {
            module.compile(workbench, &folder)?;
            optimise(&folder.join(MODULE), module.optimised_for)?;
            module.write_imports(&folder)
        })?;
    }
    Ok(())
}

impl Module {
    fn compile(&self, workbench: &Workbench, folder: &Path) -> Result<()> {
        let mut build = workbench.command("wasm-pack");
        build.args(["build", self.krate, "--release", "--target", "bundler"]);
        build.args(["--out-name", NAME, "--out-dir"]).arg(folder);
        // The .gitignore that it writes would make `npm pack` leave everything out.
        build.args(["--no-pack", "--no-gitignore", "--"]);
        build.args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ]);
        build.args(self.arguments);
        // Other flags would make other builds start over: a target folder of its own.
        build.env("CARGO_TARGET_DIR", target_folder()?.join("package"));
        build
            .env("RUSTFLAGS", RUST_FLAGS)
            .env("RUSTC_BOOTSTRAP", "1");
        quiet(build, LIMIT).map(drop)
    }

    /// Writes `glue.js` and `text.js`, and removes what nothing imports.
    fn write_imports(&self, folder: &Path) -> Result<()> {
        bundle_glue(folder)?;
        let path = folder.join(MODULE);
        let module = fs::read(&path)?;
        note(format!("{}: {} bytes", self.what, module.len()));
        fs::write(folder.join("text.js"), literal::module(&module))?;
        if !self.as_file {
            fs::remove_file(path)?;
        }
        for file in UNUSED {
            fs::remove_file(folder.join(file))?;
        }
        Ok(())
    }
}

fn bundle_glue(folder: &Path) -> Result<()> {
    let entry = folder.join("entry.js");
    fs::write(&entry, ENTRY)?;
    let mut esbuild = node::program("esbuild");
    esbuild.arg(entry).args([
        "--bundle",
        "--format=esm",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    esbuild
        .arg(format!("--banner:js={GLUE_HEAD}"))
        .arg(format!("--footer:js={GLUE_TAIL}"))
        .arg(format!("--outfile={}", folder.join("glue.js").display()));
    quiet(esbuild, LIMIT).map(drop)
}

fn optimise(module: &Path, goal: Goal) -> Result<()> {
    let mut wasm_opt = node::program("wasm-opt");
    wasm_opt.args(WASM_OPT).arg(goal.argument());
    wasm_opt.arg(module).arg("-o").arg(module);
    quiet(wasm_opt, LIMIT).map(drop)
}
