//! The emulator in a terminal.

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser;
use divar_emulator::{Config, Settings, start};
use tokio::signal::{ctrl_c, unix};
use tracing_subscriber::filter::LevelFilter;

/// An emulator of Divar's chat API, for tests, the demo, and your own app.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Address and port; port 0 takes a free one
    #[arg(long, default_value_t = Config::default().listen)]
    listen: String,
    /// The API key that clients must send as x-api-key
    #[arg(long, default_value_t = Config::default().api_key)]
    api_key: String,
    /// Folder for uploaded files [default: a temporary one, removed at the end]
    #[arg(long)]
    files: Option<PathBuf>,
    /// Bytes in a megabyte: 1000000 or 1048576
    #[arg(long, default_value_t = Settings::default().megabyte)]
    megabyte: u64,
    /// Uploads that one upload token serves
    #[arg(long, default_value_t = Settings::default().token_uses)]
    token_uses: u32,
    /// Seconds that an upload token lives
    #[arg(long, value_name = "SECONDS", default_value_t = Settings::default().token_ttl_ms / 1000)]
    token_ttl: u64,
    /// Take buttons with icons that are not in Divar's published list
    #[arg(long)]
    allow_unknown_icons: bool,
    /// Bytes that uploaded files may take on disk; the oldest are deleted for new ones
    #[arg(long, value_name = "BYTES", default_value_t = Config::default().disk_limit)]
    disk_limit: u64,
    /// Let pages of this origin use /__emulator/, beside those of this machine; may be repeated
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    allowed_origins: Vec<String>,
    /// Answer each request on a connection of its own: on a kept one, browsers repeat by themselves
    /// a request that was reset
    #[arg(long)]
    no_keep_alive: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_max_level(LevelFilter::INFO)
        .with_target(false)
        .with_ansi(io::stderr().is_terminal())
        .init();
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The emulator did not start: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let config = Config {
        listen: options.listen,
        api_key: options.api_key,
        files: options.files,
        settings: Settings {
            token_ttl_ms: options.token_ttl.saturating_mul(1000),
            token_uses: options.token_uses,
            megabyte: options.megabyte,
            blocked: Vec::new(),
            allow_unknown_icons: options.allow_unknown_icons,
        },
        keep_alive: !options.no_keep_alive,
        allowed_origins: options.allowed_origins,
        disk_limit: options.disk_limit,
    };
    // Before the greeting is printed, since a reader of it may stop the program at once.
    let mut terminate = unix::signal(unix::SignalKind::terminate())?;
    let emulator = start(config.clone()).await?;
    println!(
        "{}",
        greeting(&format!("http://{}", emulator.address()), &config)
    );
    tokio::select! {
        result = ctrl_c() => result?,
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// The options in force, and the routes.
fn greeting(base: &str, config: &Config) -> String {
    let files = match &config.files {
        Some(folder) => folder.display().to_string(),
        None => "a temporary folder, removed at the end".to_owned(),
    };
    let Settings {
        token_ttl_ms,
        token_uses,
        megabyte,
        ..
    } = config.settings;
    format!(
        "\
The emulator listens on {base}

  API key       {key}
  files         {files}
  upload token  {token_uses} upload(s), {seconds} s
  megabyte      {megabyte} bytes

Point your app here, instead of both https://open-api.divar.ir and https://chat.divar.ir:
  token    POST {base}/experimental/open-platform/chat/upload
  upload   POST {base}/upload/{{image|video|voice|file}}
  message  POST {base}/v1/open-platform/chat/bot/conversations/{{conversation_id}}/messages
           POST {base}/v1/open-platform/chat/bot/users/{{user_id}}/messages
           POST {base}/v2/open-platform/conversations/{{conversation_id}}/messages
  read     GET  {base}/v1/open-platform/chat/conversations/{{conversation_id}}

What was received, and faults by script: {base}/__emulator/
Ctrl-C stops it.
",
        key = config.api_key,
        seconds = token_ttl_ms / 1000,
    )
}
