"""Keeps other web sites out: the sandbox is for programs and pages of this computer.

A site in the user's browser may send requests to local addresses, openly or under a host name of
its own that it points here (DNS rebinding). Host, Origin and Sec-Fetch-Site tell.
"""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.errors import forbidden

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# What browsers say of a request that another page causes; of an image's or a link's it is all.
_FOREIGN: Final = frozenset({"cross-site", "same-site"})


def is_loopback(name: str) -> bool:
    """Whether a host name or address means this computer."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Guard:
    """Refuses what a foreign site sends. Where ``host`` is no loopback one, any name will do."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._any_name = not is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from here."""
        if scope["type"] == "http" and (said := self._objection(scope)) is not None:
            error = forbidden(said)
            await JSONResponse(error.to_json(), error.code)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _objection(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._any_name and not is_loopback(_name(host)):
            return f"the sandbox answers to loopback addresses alone, not to {host!r}"
        origin = headers.get("origin")
        changes = scope["method"] not in _READING or scope["path"].startswith("/bot")
        foreign = headers.get("sec-fetch-site") in _FOREIGN or (
            origin is not None and urlsplit(origin).netloc != host
        )
        if changes and foreign:
            return "another web site may not act here"
        return None


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
