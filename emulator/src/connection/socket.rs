//! The socket under a request: a fault can reset it, or see that the client has disconnected.

use std::{
    io::{self, IoSlice},
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, Interest, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// Connections at once; more wait. Each may have a file open as well, and many systems allow a
/// process 1,024 open files.
const MAX_CONNECTIONS: usize = 480;

/// Accepts connections, each wrapped in a [`Connection`].
pub struct ConnectionListener {
    listener: TcpListener,
    permits: Arc<Semaphore>,
}

impl ConnectionListener {
    /// Accepts the connections of `listener`.
    pub fn new(listener: TcpListener) -> Self {
        Self {
            listener,
            permits: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
        }
    }
}

impl Listener for ConnectionListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // The semaphore is never closed, so there always is a permit.
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok();
        let (stream, peer) = Listener::accept(&mut self.listener).await;
        // A fault cuts at exact bytes: what is written must leave at once.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::warn!("TCP_NODELAY could not be set: {error}");
        }
        (Connection::new(stream, permit), peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// One accepted connection. hyper reads and writes it; the requests on it hold clones, through
/// which a fault can reset it.
#[derive(Clone)]
pub struct Connection(Arc<Mutex<Socket>>);

struct Socket {
    /// `None` once the connection has been reset.
    stream: Option<TcpStream>,
    reset_once_flushed: bool,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Connection {
    fn new(stream: TcpStream, permit: Option<OwnedSemaphorePermit>) -> Self {
        Self(Arc::new(Mutex::new(Socket {
            stream: Some(stream),
            reset_once_flushed: false,
            _permit: permit,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Socket> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resets the connection now: the peer sees RST, not an orderly end.
    pub fn reset(&self) {
        self.lock().reset();
    }

    /// Resets the connection once everything written so far has been flushed.
    pub fn reset_once_flushed(&self) {
        self.lock().reset_once_flushed = true;
    }

    /// Whether the peer has closed or reset its side, even behind unread bytes.
    pub fn peer_is_gone(&self) -> bool {
        let socket = self.lock();
        let Some(stream) = &socket.stream else {
            return true;
        };
        let ready = pin!(stream.ready(Interest::READABLE));
        match ready.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(ready)) => ready.is_read_closed(),
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        }
    }
}

impl Socket {
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

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.lock().poll(|stream| stream.poll_read(cx, buf))
    }
}

impl AsyncWrite for Connection {
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

    // hyper flushes after it has written its own buffer out, so all bytes before the reset have been
    // handed to the kernel.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut socket = self.lock();
        if socket.reset_once_flushed {
            socket.reset();
        }
        socket.poll(|stream| stream.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.lock().poll(|stream| stream.poll_shutdown(cx))
    }
}

impl Connected<IncomingStream<'_, ConnectionListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, ConnectionListener>) -> Self {
        stream.io().clone()
    }
}
