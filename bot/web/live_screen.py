"""The page that stands on the projector of a live round: who holds its token sees it."""

import logging
from collections.abc import Mapping
from html import escape
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Final

import segno
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.base.i18n import Words
from bot.base.listen_address import LIVE
from bot.features.live.page_words_view import PageWords, gone_words, page_words
from bot.features.live.screen_values import Screen
from bot.services import Services
from bot.web.screen_streams import ScreenStreams, Showing
from storage.errors import StorageError

FILES: Final = Path(__file__).parent / "screen"
_KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
_LONGEST_TOKEN: Final = 100
"""Characters; ours are shorter, and nobody is to have longer ones looked up."""
_PNG: Final = b"\x89PNG"
log = logging.getLogger(__name__)


class LiveScreen:
    """Answers whoever has a screen's token."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._streams = ScreenStreams(services)

    def routes(self) -> list[Route]:
        """Where a server finds it. The page's own links are relative: it may lie behind a path."""
        return [
            Route(f"{LIVE}/files/{{name}}", _file),
            Route(f"{LIVE}/{{token}}", self._page),
            Route(f"{LIVE}/{{token}}/events", self._events),
            Route(f"{LIVE}/{{token}}/join.svg", self._join_code),
            Route(f"{LIVE}/{{token}}/figures/{{sha256}}", self._figure),
        ]

    def close(self) -> None:
        """Let all screens go: the server is about to stop."""
        self._streams.close()

    async def _page(self, request: Request) -> Response:
        try:
            found = await self._screen(request)
        except StorageError as error:
            return _failed(error)
        if found is None:
            words = self._services.languages.choose(None, _language(request))
            return _html("gone.html", words, gone_words(words), 404)
        words = self._services.languages.choose(found.language, None)
        return _html("screen.html", words, page_words(words))

    async def _events(self, request: Request) -> Response:
        token = _token(request)
        try:
            showing = None if token is None else await self._streams.showing(token)
        except StorageError as error:
            return _failed(error)
        if token is None or showing is None:
            return _nothing()
        if not self._streams.has_room(showing):
            return PlainTextResponse("too many screens", 503, _HEADERS | {"Retry-After": "10"})
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=_HEADERS)
        return _EventStream(self._streams, token, showing)

    async def _join_code(self, request: Request) -> Response:
        try:
            found = await self._screen(request)
        except StorageError as error:
            return _failed(error)
        if found is None or found.join is None:
            return _nothing()
        file = BytesIO()
        # Of high correction, since it is read from afar and at an angle; the page gives it room.
        segno.make_qr(found.join.link, error="q").save(file, kind="svg", border=2, omitsize=True)
        return Response(file.getvalue(), media_type="image/svg+xml", headers=_HEADERS)

    async def _figure(self, request: Request) -> Response:
        sha256 = request.path_params["sha256"]
        try:
            found = await self._screen(request)
            if found is None or sha256 not in {figure.sha256 for figure in found.figures}:
                return _nothing()
            kept = await self._services.store.figures.get([sha256])
        except StorageError as error:
            return _failed(error)
        if sha256 not in kept:
            return _nothing()
        content = kept[sha256].content
        kind = "image/png" if content.startswith(_PNG) else "image/jpeg"
        # It is named by what is in it; the browser may keep it for the hour.
        return Response(
            content, media_type=kind, headers=_HEADERS | {"Cache-Control": "private, max-age=3600"}
        )

    async def _screen(self, request: Request) -> Screen | None:
        token = _token(request)
        return None if token is None else await self._streams.screen(token)


class _EventStream(StreamingResponse):
    """All states of a round for one screen, as server-sent events."""

    def __init__(self, streams: ScreenStreams, token: str, showing: Showing) -> None:
        # A web server in front is to keep nothing back: neither to fill a buffer, nor, as Caddy's
        # `encode` does, a block to be compressed; that leaves alone what is encoded already.
        at_once = {"X-Accel-Buffering": "no", "Content-Encoding": "identity"}
        headers = _HEADERS | at_once
        super().__init__(showing.events(), media_type="text/event-stream", headers=headers)
        self._streams, self._token, self._showing = streams, token, showing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the round is over, the client leaves or the server stops."""
        with self._streams.watched(self._token, self._showing) as showing:
            self.body_iterator = showing.events()
            await super().__call__(scope, receive, send)


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    kind = _KINDS.get(Path(name).suffix)
    if kind is None or name not in {path.name for path in FILES.iterdir()}:
        return _nothing()
    # They change with the program, and are looked for again at each reload.
    return FileResponse(
        FILES / name, media_type=kind, headers=_HEADERS | {"Cache-Control": "no-cache"}
    )


def _token(request: Request) -> str | None:
    token: str = request.path_params["token"]
    return token if len(token) <= _LONGEST_TOKEN and token.isascii() else None


def _language(request: Request) -> str | None:
    """What the browser's owner reads first."""
    return request.headers.get("accept-language", "").partition(",")[0].partition(";")[0] or None


def _html(name: str, words: Words, said: PageWords, status: int = 200) -> Response:
    """A page in this language, with what it says itself put in."""
    template = Template((FILES / name).read_text("utf-8"))
    language = {"language": words.code, "direction": "rtl" if words.right_to_left else "ltr"}
    put_in = {place: escape(text) for place, text in {**said, **language}.items()}
    headers: Mapping[str, str] = _HEADERS
    return Response(
        template.substitute(put_in), status, headers, media_type="text/html; charset=utf-8"
    )


def _nothing() -> Response:
    """No such thing, or no longer: which of both is not told."""
    return PlainTextResponse("nothing here", 404, _HEADERS)


def _failed(error: StorageError) -> Response:
    log.warning("A live round's screen could not be read: %s", error)
    return PlainTextResponse("not now", 503, _HEADERS | {"Retry-After": "2"})
