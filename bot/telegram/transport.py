"""How calls reach Telegram: by httpx at first, as python-telegram-bot has it, then over aiohttp."""

import asyncio
import importlib
import logging
import ssl
from typing import Any

from telegram.request import BaseRequest, HTTPXRequest

log = logging.getLogger(__name__)

LOADED_AFTER = 50
"""Calls by httpx before aiohttp is loaded: about what they cost more is what loading costs. A start
makes twenty, and is waited for; python-telegram-bot has loaded httpx in any case."""


class Transport(BaseRequest):
    """HTTPXRequest for the first calls, then AiohttpRequest; both keep to the same settings.

    ``proxy`` is an address; the environment is not asked.
    """

    def __init__(self, connections: int, context: ssl.SSLContext, proxy: str | None) -> None:
        self._settings = connections, context, proxy
        self._first = HTTPXRequest(
            connection_pool_size=connections,
            proxy=proxy,
            httpx_kwargs={"trust_env": False, "verify": context},
        )
        self._second: BaseRequest | None = None
        self._loading: asyncio.Task[None] | None = None
        self._calls = 0
        self._under_way = 0  # by the first

    @property
    def read_timeout(self) -> float | None:
        """Seconds without a byte of an answer, where a call names none."""
        return self._first.read_timeout

    async def initialize(self) -> None:
        """Be ready for calls, anew after a shutdown."""
        await self._first.initialize()

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._loading is not None:
            await self._loading
            self._loading = None
        if self._second is not None:
            await self._second.shutdown()
            self._second = None
        self._calls = 0
        await self._first.shutdown()

    async def do_request(self, *asked: Any, **more: Any) -> tuple[int, bytes]:
        """One HTTP call, as BaseRequest describes it. Raises TimedOut, NetworkError."""
        if self._second is not None:
            return await self._second.do_request(*asked, **more)
        self._under_way += 1
        try:
            answer = await self._first.do_request(*asked, **more)
        finally:
            self._under_way -= 1
            await self._let_go()
        self._calls += 1
        if self._calls == LOADED_AFTER:
            self._loading = asyncio.create_task(self._load())
        return answer

    async def _load(self) -> None:
        try:
            module = await asyncio.to_thread(
                importlib.import_module, "bot.telegram.aiohttp_request"
            )
        except ImportError as error:
            log.warning("Calls go on by httpx, at several times the cost: %s", error)
            return
        second: BaseRequest = module.AiohttpRequest(*self._settings)
        await second.initialize()
        self._second = second
        await self._let_go()

    async def _let_go(self) -> None:
        """Close the first's connections once nothing will use them any more."""
        if self._second is not None and not self._under_way:
            await self._first.shutdown()
