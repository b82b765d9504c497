//! `cargo xtask demo`: the page and its edge function, in a real workerd, over the emulator.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;

use crate::console::{line, paint, step};
use crate::emulator::{Emulator, KEY, Profile};
use crate::package;
use crate::process::{cmd, pause, quiet};
use crate::server::{Server, free_port};
use crate::setup::{node, target_folder};

const EMULATOR_PORT: u16 = 9310;
const DEMO_PORT: u16 = 8787;

/// Builds everything, starts it, prints the address, and runs until Ctrl-C.
pub fn run(port: Option<u16>) -> Result<()> {
    if let Some(port) = port {
        ensure!(
            free_port(port)? == port,
            "port {port} is taken: choose another with --port"
        );
    }
    package::build()?;
    Profile::Debug.build()?;
    let mut emulator = Profile::Debug.start(EMULATOR_PORT, &[])?;
    let mut demo = start(&emulator, port.unwrap_or(DEMO_PORT))?;
    let address = format!("   The demo is up:  {}/", demo.url);
    let received = format!("{}/__emulator/", emulator.server.url);
    line(format!("\n{}", paint("1;32", &address)));
    line(format!("\n   What Divar would have received:  {received}"));
    line("   Ctrl-C stops both.\n");
    while pause().is_ok() {
        emulator.server.check()?;
        demo.check()?;
    }
    line("\nstopping");
    Ok(())
}

/// Bundles the page into `www/dist`.
pub fn build_page() -> Result<()> {
    step("building the demo's page", || {
        let vite = cmd!("npm run --silent build --workspace www");
        quiet(vite, Duration::from_mins(5)).map(drop)
    })
}

/// Builds the page, and starts the edge function on `port`, or on a free one when that is taken.
pub fn start(emulator: &Emulator, port: u16) -> Result<Server> {
    build_page()?;
    step("starting the demo's edge function in workerd", || {
        let port = free_port(port)?;
        let secrets = target_folder()?.join(format!("demo-{port}.env"));
        let url = &emulator.server.url;
        let lines = [
            format!("DIVAR_API_KEY={KEY}"),
            "DIVAR_ACCESS_TOKEN=emulated-access-token".to_owned(),
            format!("DIVAR_OPEN_API_URL={url}"),
            format!("DIVAR_CHAT_URL={url}"),
        ];
        fs::write(&secrets, lines.join("\n"))?;
        let mut dev = wrangler()?;
        dev.args(["dev", "--ip", "127.0.0.1", "--inspector-port", "0"]);
        dev.args(["--port", &port.to_string(), "--env-file"])
            .arg(secrets);
        // It would ask Cloudflare for an example of a visitor's properties.
        dev.env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
        Server::start("demo", dev, (port, "/"), Duration::from_mins(2))
    })
}

/// wrangler over the demo, in a Node that it runs on.
pub fn wrangler() -> Result<Command> {
    let launcher = fs::canonicalize("node_modules/wrangler/bin/wrangler.js")
        .context("npm has not installed wrangler: it is www's dependency")?;
    let node = node::for_wrangler()?;
    let mut wrangler = cmd!("{node} {launcher}");
    wrangler
        .current_dir("www")
        .env("WRANGLER_SEND_METRICS", "false");
    Ok(wrangler)
}
