//! Starting and stopping.

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};

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
    app::App,
    connection::socket::{Connection, ConnectionListener},
    middleware::space::enter_space,
    origins::AllowedOrigins,
    routes,
    settings::Settings,
};

/// The configuration of an emulator.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port; port 0 takes a free one.
    pub listen: String,
    /// The API key that clients must send.
    pub api_key: String,
    /// The folder for uploaded files, which stay there; `None` is a temporary one, removed at the
    /// end.
    pub files: Option<PathBuf>,
    /// The settings of a new space.
    pub settings: Settings,
    /// Whether a connection serves more than one request. Browsers repeat a request by themselves
    /// when a reused connection is reset or answers 408: for a fault to be met once, each request
    /// needs a connection of its own.
    pub keep_alive: bool,
    /// Origins whose pages may use the routes under `/__emulator/`, as browsers send them. Pages of
    /// this machine and the emulator's own may always.
    pub allowed_origins: Vec<String>,
    /// Bytes that uploaded files may take on disk. The oldest are deleted for new ones.
    pub disk_limit: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:9310".to_owned(),
            api_key: "emulator-key".to_owned(),
            files: None,
            settings: Settings::default(),
            keep_alive: true,
            allowed_origins: Vec::new(),
            disk_limit: 1_000_000_000,
        }
    }
}

/// Why an emulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens on the address.
    #[error(
        "{0} is in use, perhaps by another emulator: stop that one, or choose another port, as in \
         --listen 127.0.0.1:0 for a free one"
    )]
    AddressInUse(String),
    /// The address cannot be listened on.
    #[error(
        "{address} cannot be listened on ({source}): give address and port, as in --listen \
         127.0.0.1:9310"
    )]
    Listen {
        /// The address.
        address: String,
        /// The cause.
        source: io::Error,
    },
    /// The folder for files cannot be created.
    #[error("the folder {} cannot be created ({source}): choose another with --files", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// No temporary folder can be created.
    #[error("no temporary folder can be created ({0}): choose a folder with --files")]
    TemporaryFolder(#[source] io::Error),
    /// A setting or the key is out of range.
    #[error("{0}")]
    Settings(String),
}

/// A running emulator. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    server: JoinHandle<()>,
    _folder: Option<TempDir>,
}

impl Running {
    /// The address that it listens on, with the actual port.
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
/// setting is out of range.
pub async fn start(config: Config) -> Result<Running, StartError> {
    config.settings.check().map_err(StartError::Settings)?;
    if config.api_key.is_empty() {
        return Err(StartError::Settings("the API key is empty".to_owned()));
    }
    let allowed_origins =
        AllowedOrigins::new(config.allowed_origins).map_err(StartError::Settings)?;
    let listen_error = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::AddressInUse(config.listen.clone()),
        _ => StartError::Listen {
            address: config.listen.clone(),
            source,
        },
    };
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    let (files, folder) = open_files(config.files)?;

    let app = Arc::new(App::new(
        config.api_key,
        files,
        address,
        config.settings,
        allowed_origins,
        config.disk_limit,
    ));
    let service = from_fn_with_state(Arc::clone(&app), enter_space).layer(routes::all(app));
    let close = SetResponseHeaderLayer::overriding(CONNECTION, HeaderValue::from_static("close"));
    let service = option_layer((!config.keep_alive).then_some(close)).layer(service);
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<Connection>(service);
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(ConnectionListener::new(listener), service).await {
            tracing::error!("the emulator has stopped: {error}");
        }
    });
    Ok(Running {
        address,
        server,
        _folder: folder,
    })
}

/// The folder for files, and the guard that removes it if it is temporary.
fn open_files(folder: Option<PathBuf>) -> Result<(PathBuf, Option<TempDir>), StartError> {
    if let Some(folder) = folder {
        return match std::fs::create_dir_all(&folder) {
            Ok(()) => Ok((folder, None)),
            Err(source) => Err(StartError::Folder { folder, source }),
        };
    }
    let folder = TempDir::with_prefix("divar-emulator-").map_err(StartError::TemporaryFolder)?;
    Ok((folder.path().to_owned(), Some(folder)))
}
