"""The sandbox as a server that runs inside the caller's event loop."""

from email.utils import formatdate
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.base.clock import SYSTEM_CLOCK, Clock
from bot.base.listen_address import ListenAddress
from bot.base.user_error import UserError
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
from bot.web.http_server import CannotListenError, HttpServer

PAGE: Final = Path(__file__).parent / "page"
PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class SandboxError(UserError):
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
        self._world = World(clock, Profile({"": bot_name}, "sandbox_bot"))
        self._connections = Connections()
        self._api = BotApi(self._world, self._connections, Limits(clock) if limits else None)
        place = ListenAddress(host, port)
        self._server = HttpServer(self._application(host), place, dated=False)
        self._connections.breaker = self._server.break_connection

    @property
    def url(self) -> str:
        """Where it listens; with port 0, known once started."""
        return f"http://{self._server.address}"

    async def start(self) -> None:
        """Return when listening. Raises SandboxError when the port cannot be had."""
        try:
            await self._server.start()
        except CannotListenError as error:
            raise SandboxError(f"{error}; choose another with --port") from error

    async def stop(self) -> None:
        """End at once what waits, let go of pages and pollers, and stop listening."""
        self._connections.closing.set()
        self._world.close()
        await self._server.stop()

    def _application(self, host: str) -> Starlette:
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
            middleware=[Middleware(Dated, clock=self._world.clock), Middleware(Guard, host=host)],
            exception_handlers={
                ApiError: _refuse,
                HTTPException: _refuse_http,
                ClientDisconnect: _nobody_listens,
            },
        )


class Dated:
    """Answers say by the sandbox's clock when they are from: to the bot that is Telegram's."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and put the Date on what is answered."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                now = formatdate(self._clock.now() / 1000, usegmt=True)
                MutableHeaders(scope=message)["Date"] = now
            await send(message)

        await self._app(scope, receive, dated)


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
