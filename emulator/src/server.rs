//! Starting and stopping.

use std::{error::Error, fmt, io, net::SocketAddr, path::PathBuf, sync::Arc};

use axum::{
    ServiceExt,
    extract::Request,
    http::{HeaderValue, header::CONNECTION},
    middleware::from_fn_with_state,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tower::{Layer, util::option_layer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{
    routes,
    space::{self, App, Settings},
    wire::{Wire, WireListener},
};

/// How an emulator is to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port; port 0 takes a free one.
    pub listen: String,
    /// The API key that clients must show.
    pub api_key: String,
    /// The folder for uploaded files, which stay there; `None` is a temporary one, removed at the
    /// end.
    pub files: Option<PathBuf>,
    /// The settings with which every space begins.
    pub settings: Settings,
    /// Whether a connection serves more than one request. Browsers repeat a request by themselves
    /// when a connection that had served before is reset, or answers 408: where a fault is to be met once, each request
    /// needs a connection of its own.
    pub keep_alive: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:9310".to_owned(),
            api_key: "emulator-key".to_owned(),
            files: None,
            settings: Settings::default(),
            keep_alive: true,
        }
    }
}

/// Why an emulator did not start; its text says how to mend it.
#[derive(Debug)]
pub enum StartError {
    /// The address cannot be listened on.
    Listen(String, io::Error),
    /// The folder for files cannot be made.
    Files(Option<PathBuf>, io::Error),
    /// A setting or the key makes no sense.
    Settings(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) if error.kind() == io::ErrorKind::AddrInUse => write!(
                f,
                "{address} is in use, perhaps by another emulator: stop that one, or take another \
                 port, as in --listen 127.0.0.1:0 for a free one"
            ),
            Self::Listen(address, error) => write!(
                f,
                "{address} cannot be listened on ({error}): give address and port, as in \
                 --listen 127.0.0.1:9310"
            ),
            Self::Files(Some(folder), error) => write!(
                f,
                "the folder {} cannot be made or written ({error}): give another by --files",
                folder.display()
            ),
            Self::Files(None, error) => write!(
                f,
                "no temporary folder can be made ({error}): give a folder by --files"
            ),
            Self::Settings(why) => f.write_str(why),
        }
    }
}

impl Error for StartError {}

/// A running emulator. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    server: JoinHandle<()>,
    _folder: Option<TempDir>,
}

impl Running {
    /// Where it listens, with the port that it really took.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Starts an emulator on the current Tokio runtime.
///
/// # Errors
///
/// A [`StartError`] when the address is taken or wrong, the folder for files cannot be made, or a
/// setting makes no sense.
pub async fn start(config: Config) -> Result<Running, StartError> {
    config.settings.check().map_err(StartError::Settings)?;
    if config.api_key.is_empty() {
        return Err(StartError::Settings("the API key is empty".to_owned()));
    }
    let listening = |error| StartError::Listen(config.listen.clone(), error);
    let listener = TcpListener::bind(&config.listen).await.map_err(listening)?;
    let address = listener.local_addr().map_err(listening)?;
    let (files, folder) = open_files(config.files)?;

    let app = Arc::new(App::new(config.api_key, files, address, config.settings));
    let service = from_fn_with_state(Arc::clone(&app), space::enter).layer(routes::all(app));
    let close = SetResponseHeaderLayer::overriding(CONNECTION, HeaderValue::from_static("close"));
    let service = option_layer((!config.keep_alive).then_some(close)).layer(service);
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<Wire>(service);
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(WireListener(listener), service).await {
            tracing::error!("the emulator has stopped: {error}");
        }
    });
    Ok(Running {
        address,
        server,
        _folder: folder,
    })
}

/// The folder for files, and the guard that removes it if it is a temporary one.
fn open_files(folder: Option<PathBuf>) -> Result<(PathBuf, Option<TempDir>), StartError> {
    if let Some(folder) = folder {
        return match std::fs::create_dir_all(&folder) {
            Ok(()) => Ok((folder, None)),
            Err(error) => Err(StartError::Files(Some(folder), error)),
        };
    }
    let folder =
        TempDir::with_prefix("divar-emulator-").map_err(|error| StartError::Files(None, error))?;
    Ok((folder.path().to_owned(), Some(folder)))
}
