//! `cargo xtask demo`: the page and its edge function, in a real workerd, over the emulator.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

use crate::console::{paint, step};
use crate::process::{interrupted, pause, quiet};
use crate::server::{Server, free_port};
use crate::setup::node;
use crate::{emulator, package};

const EMULATOR_PORT: u16 = 9310;
const DEMO_PORT: u16 = 8787;

/// Builds everything, starts it, prints the address, and stays until Ctrl-C.
pub fn run(port: Option<u16>) -> Result<()> {
    if let Some(port) = port {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} is taken: choose another with --port"))?;
    }
    package::build()?;
    let mut emulator = emulator::start(EMULATOR_PORT)?;
    build_page()?;
    let mut demo = Demo::start(&emulator, port.unwrap_or(DEMO_PORT))?;
    println!(
        "\n{}",
        paint("1;32", &format!("   The demo is up:  {}/", demo.server.url))
    );
    println!(
        "\n   What Divar would have received:  {}/__emulator/",
        emulator.url
    );
    println!("   Ctrl-C stops both.\n");
    while !interrupted() {
        emulator.check()?;
        demo.server.check()?;
        if pause().is_err() {
            break;
        }
    }
    println!("\nstopping");
    Ok(())
}

/// The page, bundled into `www/dist`.
pub fn build_page() -> Result<()> {
    step("building the demo's page", || {
        let mut vite = Command::new("npm");
        vite.args(["run", "--silent", "build", "--workspace", "www"]);
        quiet(vite, Duration::from_mins(5)).map(drop)
    })
}

/// The running demo.
pub struct Demo {
    /// Where the page is.
    pub server: Server,
    /// What the edge function is told in secret; removed with the demo.
    _secrets: NamedTempFile,
}

impl Demo {
    /// Starts the edge function on `port`, or on a free one when that is taken.
    pub fn start(emulator: &Server, port: u16) -> Result<Self> {
        step("starting the demo's edge function in workerd", || {
            let port = free_port(port)?;
            let secrets = secrets_for(emulator)?;
            let command = development(port, secrets.path())?;
            let server = Server::start("demo", command, port, "/", Duration::from_mins(2))?;
            Ok(Self {
                server,
                _secrets: secrets,
            })
        })
    }
}

/// A file that only its owner can read.
fn secrets_for(emulator: &Server) -> Result<NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix("divar-demo-")
        .suffix(".env")
        .tempfile()?;
    writeln!(file, "DIVAR_API_KEY={}", emulator::KEY)?;
    writeln!(file, "DIVAR_ACCESS_TOKEN=emulated-access-token")?;
    writeln!(file, "DIVAR_OPEN_API_URL={}", emulator.url)?;
    writeln!(file, "DIVAR_CHAT_URL={}", emulator.url)?;
    Ok(file)
}

fn development(port: u16, secrets: &Path) -> Result<Command> {
    let mut dev = wrangler()?;
    dev.args(["dev", "--ip", "127.0.0.1", "--inspector-port", "0"]);
    dev.args(["--port", &port.to_string(), "--env-file"])
        .arg(secrets);
    // It would ask Cloudflare for an example of a visitor's properties.
    dev.env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
    Ok(dev)
}

/// wrangler over the demo, in a Node that it runs on.
pub fn wrangler() -> Result<Command> {
    let launcher = Path::new("node_modules/wrangler/bin/wrangler.js").canonicalize();
    let launcher = launcher.context("npm has not installed wrangler: it is www's dependency")?;
    let mut wrangler = Command::new(node::for_wrangler()?);
    wrangler.arg(launcher).current_dir("www");
    wrangler.env("WRANGLER_SEND_METRICS", "false");
    Ok(wrangler)
}
