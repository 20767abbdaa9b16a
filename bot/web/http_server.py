"""An HTTP server that runs inside the caller's event loop, and ends when told to."""

import asyncio
import errno
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.base.listen_address import ListenAddress

_KEEP_ALIVE_S: Final = 150
"""Real seconds that an idle connection is kept: longer than clients and proxies keep theirs, since
whoever writes into one that is just being closed never knows whether it was read.
"""
_ARRIVES_WITHIN_S = 30.0
"""Real seconds in which a request must have come whole; who takes longer is hung up on."""
_READS_WITHIN_S = 30.0
"""Real seconds in which a client must read some of what waits for it; else it is hung up on."""
_GRACE_S: Final = 1
"""Real seconds that requests under way have to end when the server stops."""


class CannotListenError(OSError):
    """The address cannot be had; the message says why."""


class HttpServer:
    """Serves one Starlette application at one address.

    With ``dated`` answers bear the system's time in a Date header; else the application sees to it.
    """

    def __init__(
        self, application: Starlette, address: ListenAddress, *, dated: bool = True
    ) -> None:
        self.address = address
        """Where it listens; a port 0 becomes the real one once started."""
        self._application = application
        self._dated = dated
        self._server: _Server | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return when listening. Raises CannotListenError."""
        listener = _listener(self.address)
        if self.address.path is None:
            self.address = ListenAddress(self.address.host, listener.getsockname()[1])
        config = uvicorn.Config(
            self._application,
            http=_Connection,
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            date_header=self._dated,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
        )
        self._server = _Server(config)
        self._running = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started:
            if self._running.done():
                await self._running
                raise CannotListenError("the server stopped while starting")
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        """Stop listening, and let requests under way end shortly."""
        if self._server is not None and self._running is not None:
            self._server.should_exit = True
            await self._running
            self._running = None
            if self.address.path is not None:
                self.address.path.unlink(missing_ok=True)

    def break_connection(self, client: tuple[str, int]) -> None:
        """Hang up on the client at an address, without an answer."""
        if self._server is not None:
            self._server.break_connection(client)


# What is touched of uvicorn's inside, here and below, pyproject.toml names where it bounds uvicorn.
class _Server(uvicorn.Server):
    """A server that leaves signals to whoever supervises it, and can hang up."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def break_connection(self, client: tuple[str, int]) -> None:
        for connection in self.server_state.connections:
            if isinstance(connection, H11Protocol) and connection.client == client:
                connection.transport.close()


class _Connection(H11Protocol):
    """A connection on which nobody can wait for ever without asking for anything, or reading."""

    _deadline: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        # Addresses may hold secrets; uvicorn would note each wherever a handler listens.
        self.access_log = False
        self._arriving(under_way=True)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        begun = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        self._arriving(under_way=begun or self.conn.their_state is h11.SEND_BODY)

    def connection_lost(self, exc: Exception | None) -> None:
        self._arriving(under_way=False)
        self._stop_watching()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reading(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        self._stop_watching()
        super().resume_writing()

    def _watch_reading(self, waits: int) -> None:
        """Look after a while whether less waits than these bytes."""

        def look() -> None:
            if (still := self.transport.get_write_buffer_size()) < waits:
                self._watch_reading(still)
            else:
                self.transport.abort()

        self._unread = self.loop.call_later(_READS_WITHIN_S, look)

    def _stop_watching(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _arriving(self, *, under_way: bool) -> None:
        """Begin, or go on, to wait for the rest of a request; or end that."""
        if not under_way and self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        elif under_way and self._deadline is None:
            self._deadline = self.loop.call_later(_ARRIVES_WITHIN_S, self.transport.close)


def _listener(address: ListenAddress) -> socket.socket:
    if address.path is not None:
        return _unix_listener(address.path)
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # asyncio answers without delay only on sockets that name their protocol.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
        # Of two that took a port at the same moment, only here one is refused.
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotListenError(
                f"port {address.port} on {address.host} is in use by another program"
            ) from error
        raise CannotListenError(f"cannot listen on {address}: {error.strerror}") from error
    return listener


def _unix_listener(path: Path) -> socket.socket:
    """A socket that its group may use too, since the web server in front is another user."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        # What a killed program left behind; a living one's socket would still answer.
        if path.exists() and stat.S_ISSOCK(path.stat().st_mode) and not _answers(path):
            path.unlink()
        listener.bind(os.fspath(path))
        path.chmod(0o660)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotListenError(f"the socket {path} is in use by another program") from error
        raise CannotListenError(f"cannot listen on {path}: {error.strerror or error}") from error
    return listener


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(1)
        try:
            client.connect(os.fspath(path))
        except OSError:
            return False
        return True
