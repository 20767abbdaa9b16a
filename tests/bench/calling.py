"""What a call of the Bot API costs over httpx and over aiohttp, and what loading aiohttp costs."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.telegram import api
from bot.telegram.aiohttp_request import AiohttpRequest
from bot.telegram.transport import LOADED_AFTER
from tests.bench.report import Figure, Section, middle
from tests.bench.stage import staged
from tests.support.answering import NO_TLS
from tests.support.bot import ROOT, TOKEN

CALLS = 400
AT_ONCE = (1, 16)
ROUNDS = 5

TOLD = f"""\
`sendMessage` with a text of 3,000 characters, one at a time and {AT_ONCE[-1]} at once, {CALLS}
calls in each of {ROUNDS} rounds in turns: processor time of the bot's process for a call. *httpx*:
as python-telegram-bot makes it. *aiohttp*: `AiohttpRequest` in its place. *aiohttp, bare*: the same
bytes with nothing around them; what lies between is python-telegram-bot's own. Telegram takes 30
messages a second. Most of httpx's time goes into its pool, which looks at every connection at every
call, and into looking for a module that is not installed, several times a call.

*Loading*: processor time and memory that aiohttp adds to a bot that is loaded. That is much of a
start, so the first {LOADED_AFTER} calls go over httpx, and aiohttp is loaded beside the work."""

_LOADING = """
import time
from pathlib import Path
import bot.app

def held():
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

began, before = time.process_time(), held()
import bot.telegram.aiohttp_request
print(time.process_time() - began, held() - before)
"""

Call = Callable[[], Awaitable[object]]


async def measure(_folder: Path) -> Section:
    """Milliseconds of the processor for a call, each way, and for loading."""
    async with staged(limits=False) as stage, AsyncExitStack() as stack:
        (person,) = await stage.order("people", 1)
        params = {"chat_id": person, "text": "word " * 600}
        most = AT_ONCE[-1]
        kept = await stack.enter_async_context(HTTPXRequest(connection_pool_size=most))
        quick = await stack.enter_async_context(AiohttpRequest(most, NO_TLS, None))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        ways = {
            "httpx": _by(Bot(TOKEN, f"{stage.url}/bot", request=kept), params),
            "aiohttp": _by(Bot(TOKEN, f"{stage.url}/bot", request=quick), params),
            "aiohttp, bare": _bare(session, f"{stage.url}/bot{TOKEN}/sendMessage", params),
        }
        figures = []
        for at_once in AT_ONCE:
            costs: dict[str, list[float]] = {name: [] for name in ways}
            for _ in range(ROUNDS):
                for name, call in ways.items():
                    costs[name].append(await _cost(call, at_once))
            figures += _figures(costs, at_once)
    seconds, memory = zip(*(_loading() for _ in range(ROUNDS)), strict=True)
    loading = f"{middle(seconds) * 1000:.0f} ms, {middle(memory):.0f} MB"
    return Section("Calling the Bot API", TOLD, [*figures, Figure("loading aiohttp", loading)])


def _by(bot: Bot, params: dict[str, Any]) -> Call:
    return lambda: api.call(bot, "sendMessage", params)


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


def _figures(costs: dict[str, list[float]], at_once: int) -> list[Figure]:
    httpx, quick = costs["httpx"], costs["aiohttp"]
    less = middle(a / b for a, b in zip(httpx, quick, strict=True))
    shares = ", ".join(f"{middle(cost) * 30 / 1000:.1%}" for cost in (httpx, quick))
    return [
        *(Figure(f"{at_once} at once: {k}", f"{middle(v):.2f} ms") for k, v in costs.items()),
        Figure(f"{at_once} at once: httpx / aiohttp", f"{less:.1f}"),
        Figure(f"{at_once} at once: share of a core at 30 a second, either way", shares),
    ]


def _loading() -> tuple[float, float]:
    """Seconds of the processor, and MB (0 where the system does not tell)."""
    program = [sys.executable, "-c", _LOADING]
    done = subprocess.run(program, cwd=ROOT, check=True, capture_output=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory
