"""The other way to get updates: each is posted to the bot's address until it says that it took it.

As Telegram does it: updates of one chat or person in their order, of different ones at the same
time; after a failure again and again, more and more slowly, and no longer than updates are kept.
An answer may call a method, of whose result nobody hears.

The sandbox plays a local Bot API server, so http and any port will do.
"""

import asyncio
import ipaddress
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from msgspec import Struct

from bot.base.clock import Clock
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.params import Params, reply_params
from bot.sandbox.updates import KEPT_MS, Queued, Updates
from bot.sandbox.wire import Json

_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TIMEOUT: Final = aiohttp.ClientTimeout(total=60)
"""Real seconds for an answer."""
_FIRST_DELAY_S: Final = 1
_LONGEST_DELAY_S: Final = 60
"""Clock seconds between tries; the longest is drawn anew each time, up to twice as much."""
_LONGEST_RETRY_AFTER_S: Final = 3600
"""Clock seconds; a longer Retry-After is cut to this."""
_NOT_IN_ANSWERS: Final = re.compile(r"get|(?:(?:set|delete)webhook|close|logout)$", re.IGNORECASE)
"""Methods that an answer cannot call."""


class Address(Struct, frozen=True):
    """Where updates go. ``secret`` travels in a header, if there is one."""

    url: str
    secret: str = ""
    max_connections: int = 40


def address(url: str, secret: str, max_connections: int | None) -> Address:
    """Check what setWebhook was given. Raises ApiError.

    Unlike Telegram, the sandbox posts to its own computer alone.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise bad_request("bad webhook: URL is invalid") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
    if not _is_own(host):
        raise bad_request("bad webhook: this sandbox delivers to its own computer only")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return Address(url, secret, min(max(max_connections or 40, 1), 100))


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Line(Struct):
    """Updates of one chat or person wait for the first of them; times are the clock's."""

    busy: bool = False
    failures: int = 0
    delay: int = _FIRST_DELAY_S
    not_before: float = 0.0


class WebhookDelivery:
    """Delivers updates to one address, if there is one."""

    def __init__(self, updates: Updates, clock: Clock) -> None:
        self.address: Address | None = None
        self.last_error: tuple[int, str] | None = None
        """When the last delivery failed (UTC seconds), and how."""
        self.execute: Callable[[str, Params], Awaitable[None]] = _nobody
        """Calls a method that an answer asks for."""
        self._updates = updates
        self._clock = clock
        self._news = asyncio.Event()
        self._lines: dict[str, _Line] = {}
        self._working: asyncio.Task[None] | None = None

    def deliver_to(self, where: Address) -> None:
        """Post updates there from now on, instead of anywhere else."""
        self.close()
        self.address, self.last_error = where, None
        self._updates.watcher = self._news.set
        self._news.set()
        self._working = asyncio.create_task(self._work(where))

    def remove(self) -> None:
        """Back to getUpdates."""
        self.close()
        self.address = None

    def close(self) -> None:
        """Stop posting; what is under way is given up."""
        self._updates.watcher = None
        if self._working is not None:
            self._working.cancel()
            self._working = None
        self._lines.clear()

    async def _work(self, where: Address) -> None:
        connections = aiohttp.TCPConnector(limit=where.max_connections)
        async with (
            aiohttp.ClientSession(
                connector=connections, timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
            ) as http,
            asyncio.TaskGroup() as posts,
        ):
            while True:
                self._news.clear()
                for queued in self._ready(where.max_connections):
                    posts.create_task(self._post(http, where, queued))
                await self._wait()

    def _ready(self, most: int) -> list[Queued]:
        """The first update of each line that may go now; their lines are busy from here on."""
        now = self._clock.monotonic()
        room = most - sum(line.busy for line in self._lines.values())
        chosen: list[Queued] = []
        seen: set[str] = set()
        for queued in self._updates.waiting():
            if len(chosen) >= room:
                break
            key = _line_of(queued)
            if key not in seen:
                seen.add(key)
                line = self._lines.setdefault(key, _Line())
                if not line.busy and line.not_before <= now:
                    line.busy = True
                    chosen.append(queued)
        return chosen

    async def _wait(self) -> None:
        """Until something new has come, or a pause is over."""
        pauses = [line.not_before for line in self._lines.values() if not line.busy]
        within = None
        if pauses:
            within = max(0.0, self._clock.real(min(pauses) - self._clock.monotonic()))
        try:
            async with asyncio.timeout(within):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _post(self, http: aiohttp.ClientSession, where: Address, queued: Queued) -> None:
        headers = {_HEADER: where.secret} if where.secret else {}
        wish = 0
        try:
            async with http.post(
                where.url, json=queued.payload, headers=headers, allow_redirects=False
            ) as answer:
                body = await answer.read()
        except TimeoutError:
            trouble = "Read timeout expired"
        except aiohttp.ClientError:
            trouble = "Connection refused"
        else:
            trouble = ""
            if not 200 <= answer.status < 300:
                trouble = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                wish = _seconds(answer.headers.get("retry-after", ""))
        self._settle(queued, trouble, wish)
        self._news.set()
        if not trouble:
            await self._obey(answer.headers.get("content-type", ""), body)

    async def _obey(self, content_type: str, body: bytes) -> None:
        try:
            params = await reply_params(content_type, body)
        except ApiError:
            return
        method = params.text("method")
        if method and not _NOT_IN_ANSWERS.match(method):
            values = {name: value for name, value in params.values.items() if name != "method"}
            await self.execute(method, Params(values, params.uploads))

    def _settle(self, queued: Queued, trouble: str, wish: int) -> None:
        key = _line_of(queued)
        if not trouble:
            self._updates.took(queued)
            self._lines.pop(key, None)
            return
        self.last_error = self._clock.now() // 1000, trouble
        line = self._lines[key]
        line.busy = False
        if line.failures and not wish:
            longest = _LONGEST_DELAY_S + secrets.randbelow(_LONGEST_DELAY_S + 1)
            line.delay = min(longest, line.delay * 2)
        line.failures += 1
        pause = wish or line.delay
        if self._clock.now() + pause * 1000 > queued.at_ms + KEPT_MS:
            self._updates.took(queued)
            self._lines.pop(key, None)
        else:
            line.not_before = self._clock.monotonic() + pause


async def _nobody(_method: str, _params: Params) -> None:
    """Where no Bot API listens."""


def _seconds(header: str) -> int:
    return min(int(header), _LONGEST_RETRY_AFTER_S) if header.isascii() and header.isdigit() else 0


def _line_of(queued: Queued) -> str:
    """Whose updates keep their order: those of a chat, or else of a person or a poll."""
    _, about = queued.payload.items()
    content: Json = about[1]
    for where in ("chat", "from", "user", "voter_chat"):
        if where in content:
            return f"{where if where == 'chat' else 'person'} {content[where]['id']}"
    return f"poll {content.get('id')}"
