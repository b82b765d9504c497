//! The socket under a request: lets a fault reset the connection, or see that the client has left.

use std::{
    io::{self, IoSlice},
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use futures_util::FutureExt;
use tokio::{
    io::{AsyncRead, AsyncWrite, Interest, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// Accepts connections and wraps each one in a [`Wire`].
pub struct WireListener(pub TcpListener);

impl Listener for WireListener {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.0).await;
        // A fault cuts at exact bytes: what is written must leave at once.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::warn!("TCP_NODELAY could not be set: {error}");
        }
        (Wire::new(stream), peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// One accepted connection. HTTP reads and writes it; the requests on it hold clones, through
/// which they can break it.
#[derive(Clone)]
pub struct Wire(Arc<Mutex<Connection>>);

struct Connection {
    /// `None` once the connection has been reset.
    stream: Option<TcpStream>,
    reset_once_flushed: bool,
}

impl Wire {
    fn new(stream: TcpStream) -> Self {
        Self(Arc::new(Mutex::new(Connection {
            stream: Some(stream),
            reset_once_flushed: false,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resets the connection now: the peer sees RST, not an orderly end.
    pub fn reset(&self) {
        self.lock().reset();
    }

    /// Resets the connection as soon as everything written so far has left.
    pub fn reset_once_flushed(&self) {
        self.lock().reset_once_flushed = true;
    }

    /// Whether the peer has closed or reset its side, even behind bytes that nobody has read.
    pub fn peer_is_gone(&self) -> bool {
        let connection = self.lock();
        let Some(stream) = &connection.stream else {
            return true;
        };
        match stream.ready(Interest::READABLE).now_or_never() {
            Some(Ok(ready)) => ready.is_read_closed(),
            Some(Err(_)) => true,
            None => false,
        }
    }
}

impl Connection {
    fn reset(&mut self) {
        if let Some(stream) = self.stream.take()
            && let Err(error) = stream.set_zero_linger()
        {
            tracing::warn!("the connection is closed, not reset: {error}");
        }
    }

    fn poll<T>(
        &mut self,
        poll: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match &mut self.stream {
            Some(stream) => poll(Pin::new(stream)),
            None => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.lock().poll(|stream| stream.poll_read(cx, buf))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.lock().poll(|stream| stream.poll_write(cx, buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.lock()
            .poll(|stream| stream.poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    // HTTP flushes only after its own buffer has been written out, so this is the moment at which
    // the bytes before a reset are on their way.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut connection = self.lock();
        if connection.reset_once_flushed {
            connection.reset();
        }
        connection.poll(|stream| stream.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.lock().poll(|stream| stream.poll_shutdown(cx))
    }
}

impl Connected<IncomingStream<'_, WireListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, WireListener>) -> Self {
        stream.io().clone()
    }
}
