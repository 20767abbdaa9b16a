"""The sandbox as a server that runs inside the caller's event loop."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.clock import SYSTEM_CLOCK, Clock
from bot.sandbox.api import BotApi
from bot.sandbox.connection import Connections
from bot.sandbox.control import Control
from bot.sandbox.control_chats import ChatControl
from bot.sandbox.errors import ApiError
from bot.sandbox.events import Events
from bot.sandbox.guard import Guard
from bot.sandbox.limits import Limits
from bot.sandbox.notes import Notes
from bot.sandbox.profile import Profile
from bot.sandbox.world import World

PAGE: Final = Path(__file__).parent / "page"
PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


_TICK: Final = 1.0
"""Real seconds between refreshes of the date in the answers' headers."""
_GRACE: Final = 1.0
_GRACE_STEPS: Final = 500
"""Real seconds that requests under way have to end when the sandbox stops, and looks meanwhile."""


class SandboxError(OSError):
    """The sandbox cannot start; the message says why and what to do."""


class SandboxServer:
    """A local Bot API server with its control interface and page. Limits are Telegram's or none."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock = SYSTEM_CLOCK,
        limits: bool = False,
        bot_name: str = "Sandbox Bot",
    ) -> None:
        self._address = host, port
        self.url = f"http://{host}:{port}"
        """Where it listens; with port 0, known once started."""
        self._world = World(clock, Profile({"": bot_name}, "sandbox_bot"))
        self._connections = Connections()
        self._api = BotApi(self._world, self._connections, Limits(clock) if limits else None)
        self._server: _Server | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return when listening. Raises SandboxError when the port cannot be had."""
        listener = _listener(*self._address)
        host, port = listener.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        config = uvicorn.Config(
            self._application(),
            http=H11Protocol,
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
        )
        self._server = server = _Server(config)
        self._connections.breaker = server.break_connection
        self._running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            if self._running.done():
                await self._running
                raise SandboxError("the sandbox stopped while starting")
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        """End at once what waits, let go of pages and pollers, and stop listening."""
        self._connections.closing.set()
        self._world.close()
        if self._server is not None and self._running is not None:
            self._server.ask_to_stop()
            await self._running
            self._running = None

    def _application(self) -> Starlette:
        control = Control(self._world, self._api, self._connections)
        return Starlette(
            routes=[
                Route("/", _index),
                Mount("/page", _PageFiles(directory=PAGE, check_dir=False)),
                Route("/sandbox/events", Events(self._world.live).__call__),
                *control.routes(),
                *ChatControl(self._world).routes(),
                *Notes(self._world.live).routes(),
                Route("/bot{token}/{method}", self._api.call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._api.download),
            ],
            middleware=[Middleware(Guard, host=self._address[0])],
            exception_handlers={
                ApiError: _refuse,
                HTTPException: _refuse_http,
                ClientDisconnect: _nobody_listens,
            },
        )


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever supervises it, and stops without uvicorn's pauses."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._asked_to_stop = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def ask_to_stop(self) -> None:
        self.should_exit = True
        self._asked_to_stop.set()

    async def main_loop(self) -> None:
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK):
                    await self._asked_to_stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        state = self.server_state
        for listener in (*self.servers, *(sockets or ())):
            listener.close()
        for connection in [*state.connections]:
            connection.shutdown()
        for _ in range(_GRACE_STEPS):
            if not (state.connections or state.tasks):
                return
            await asyncio.sleep(_GRACE / _GRACE_STEPS)
        for task in state.tasks:
            task.cancel()

    def break_connection(self, client: tuple[str, int]) -> None:
        for connection in self.server_state.connections:
            if isinstance(connection, H11Protocol) and connection.client == client:
                connection.transport.close()


class _PageFiles(StaticFiles):
    """The page's files, never cached: they change with the program."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.get_response(self.get_path(scope), scope)
        response.headers.update(PAGE_HEADERS)
        await response(scope, receive, send)


async def _index(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


async def _refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, ApiError):
        raise error
    return JSONResponse(error.to_json(), error.code)


async def _nobody_listens(_request: Request, _error: Exception) -> Response:
    """The client left in the middle of its request, as a bot does that is killed."""
    return Response(status_code=400)


async def _refuse_http(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse(ApiError(error.status_code, error.detail).to_json(), error.status_code)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio answers without delay only on sockets that name their protocol.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise SandboxError(
                f"port {port} on {host} is in use by another program; choose another with --port"
            ) from error
        raise SandboxError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    return listener
