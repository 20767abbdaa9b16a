"""python-telegram-bot's HTTP layer over aiohttp."""

import functools
import io
import os
import ssl
import time
from collections.abc import Callable

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# python-telegram-bot's own, which hold where a call names none.
_READ_S = _WRITE_S = _CONNECT_S = 5.0
_WRITE_FILES_S = 20.0
_POOL_S = 1.0
# Seconds that an idle connection is kept: one that the server closes just when a call is written
# loses the call.
_KEEP_ALIVE_S = 5.0


class AiohttpRequest(BaseRequest):
    """What HTTPXRequest is, for less than half the processor time (tests/bench/RESULTS.md).

    ``proxy`` is an address; the environment is not asked. ``dated`` is given the Date header of
    each answer that has one, and how many seconds ago it was asked for. The four time limits
    together bound a whole call, and writing has no other: aiohttp has no limit for each piece that
    is written.
    """

    def __init__(
        self,
        connections: int,
        proxy: str | None = None,
        dated: Callable[[str, float], None] = lambda _date, _took_s: None,
    ) -> None:
        self._connections = connections
        self._proxy = proxy
        self._dated = dated
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte of an answer, where a call names none."""
        return _READ_S

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, ssl=trusting(), keepalive_timeout=_KEEP_ALIVE_S
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - BaseRequest's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One HTTP call. Raises TimedOut, NetworkError, and RuntimeError without a session."""
        if self._session is None:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        form, files = (None, False) if request_data is None else _form(request_data)
        limits = _limits(
            _seconds(read_timeout, _READ_S),
            _seconds(write_timeout, _WRITE_FILES_S if files else _WRITE_S),
            _seconds(connect_timeout, _CONNECT_S),
            _seconds(pool_timeout, _POOL_S),
        )
        asked = time.monotonic()
        try:
            async with self._session.request(
                method, url, data=form, timeout=limits, allow_redirects=False
            ) as response:
                if date := response.headers.get("Date"):
                    self._dated(date, time.monotonic() - asked)
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"aiohttp.{_told(error)}") from None


def trusting() -> ssl.SSLContext:
    """Whom to believe: whom the environment names, else whom browsers do, on any machine alike."""
    return _believing(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@functools.cache
def _believing(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Read once for all connections: hundreds of certificates take longer than many calls."""
    return ssl.create_default_context(cafile=None if file or folder else certifi.where())


def _form(data: RequestData) -> tuple[aiohttp.FormData, bool]:
    """The parameters as a form, and whether there are files in it."""
    # Telegram shows a file's name as it comes: no space is to be "%20".
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    files = data.multipart_data
    for name, (file_name, content, kind) in files.items():
        # aiohttp writes a stream by pieces; of large bytes it warns.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=kind)
    return form, bool(files)


def _seconds(given: object, usual: float) -> float | None:
    if given is BaseRequest.DEFAULT_NONE:
        return usual
    return given if isinstance(given, int | float) else None


def _limits(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """As aiohttp counts: its ``connect`` is the wait for a free connection or a new one."""
    parts = (read, write, connect, pool)
    bounded = [seconds for seconds in parts if seconds is not None]
    return aiohttp.ClientTimeout(
        total=sum(bounded) if len(bounded) == len(parts) else None,
        connect=None if connect is None or pool is None else connect + pool,
        sock_connect=connect,
        sock_read=read,
    )


def _told(error: aiohttp.ClientError) -> str:
    """The kind of error, and no more of its words than cannot hold the address with the token."""
    kind = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"{kind}: {error.os_error.strerror or 'no connection'}"
    return kind
