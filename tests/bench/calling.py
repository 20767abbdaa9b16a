"""What a call of the Bot API costs over httpx and over aiohttp."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.telegram import bot_api
from bot.telegram.aiohttp_request import AiohttpRequest
from tests.bench.bench_sandbox import bench_sandbox
from tests.bench.report import Measurement, Section, middle
from tests.support.bot import TOKEN

CALLS = 400
AT_ONCE = (1, 16)
ROUNDS = 5

TOLD = f"""\
`sendMessage` with a text of 3,000 characters, one at a time and {AT_ONCE[-1]} at once, {CALLS}
calls in each of {ROUNDS} rounds in turns: processor time of the bot's process for a call. *httpx*:
as python-telegram-bot makes it. *aiohttp*: `AiohttpRequest` in its place. *aiohttp, bare*: the same
bytes with nothing around them; what lies between is python-telegram-bot's own. Telegram takes 30
messages a second. Most of httpx's time goes into its pool, which looks at every connection at every
call, and into looking for a module that is not installed, several times a call."""

Call = Callable[[], Awaitable[object]]


async def measure(_folder: Path) -> Section:
    """Milliseconds of the processor for a call, each way."""
    async with bench_sandbox(limits=False) as sandbox, AsyncExitStack() as stack:
        (person,) = await sandbox.order("people", 1)
        params = {"chat_id": person, "text": "word " * 600}
        most = AT_ONCE[-1]
        kept = await stack.enter_async_context(HTTPXRequest(connection_pool_size=most))
        quick = await stack.enter_async_context(AiohttpRequest(most))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        ways = {
            "httpx": _by(Bot(TOKEN, f"{sandbox.url}/bot", request=kept), params),
            "aiohttp": _by(Bot(TOKEN, f"{sandbox.url}/bot", request=quick), params),
            "aiohttp, bare": _bare(session, f"{sandbox.url}/bot{TOKEN}/sendMessage", params),
        }
        measurements = []
        for at_once in AT_ONCE:
            costs: dict[str, list[float]] = {name: [] for name in ways}
            for _ in range(ROUNDS):
                for name, call in ways.items():
                    costs[name].append(await _cost(call, at_once))
            measurements += _measurements(costs, at_once)
    return Section("Calling the Bot API", TOLD, measurements)


def _by(bot: Bot, params: dict[str, Any]) -> Call:
    return lambda: bot_api.call(bot, "sendMessage", params)


def _bare(session: aiohttp.ClientSession, url: str, params: dict[str, Any]) -> Call:
    async def call() -> None:
        async with session.post(url, data=params) as response:
            assert json.loads(await response.read())["ok"]

    return call


async def _cost(call: Call, at_once: int) -> float:
    """Milliseconds of this process's processor time for a call."""
    began = time.process_time()
    for _ in range(CALLS // at_once):
        await asyncio.gather(*(call() for _ in range(at_once)))
    return (time.process_time() - began) * 1000 / CALLS


def _measurements(costs: dict[str, list[float]], at_once: int) -> list[Measurement]:
    httpx, quick = costs["httpx"], costs["aiohttp"]
    less = middle(a / b for a, b in zip(httpx, quick, strict=True))
    shares = ", ".join(f"{middle(cost) * 30 / 1000:.1%}" for cost in (httpx, quick))
    return [
        *(Measurement(f"{at_once} at once: {k}", f"{middle(v):.2f} ms") for k, v in costs.items()),
        Measurement(f"{at_once} at once: httpx / aiohttp", f"{less:.1f}"),
        Measurement(f"{at_once} at once: share of a core at 30 a second, either way", shares),
    ]
