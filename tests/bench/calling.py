"""What a call of the Bot API costs by python-telegram-bot's HTTP layer, and by another one."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest

from bot import api
from tests.bench.report import Figure, Section, middle
from tests.bench.stage import staged
from tests.support.bot import TOKEN

CALLS = 400
AT_ONCE = 16
ROUNDS = 5

TOLD = f"""\
`sendMessage` with a text of 3,000 characters, {AT_ONCE} at once, {CALLS} calls in each of {ROUNDS}
rounds in turns: processor time of the bot's process for a call. *python-telegram-bot*: as the bot
calls, over httpx. *aiohttp*: the same bytes with nothing around them, so the most that another
transport could save. Telegram takes 30 messages a second."""

Call = Callable[[], Awaitable[object]]


async def measure(_folder: Path) -> Section:
    """Milliseconds of the processor for a call, either way."""
    async with staged(limits=False) as stage:
        (person,) = await stage.order("people", 1)
        params = {"chat_id": person, "text": "word " * 600}
        url = f"{stage.url}/bot{TOKEN}/sendMessage"
        request = HTTPXRequest(connection_pool_size=AT_ONCE)
        bot = Bot(TOKEN, f"{stage.url}/bot", request=request)
        async with bot, aiohttp.ClientSession() as session:

            async def bare() -> None:
                async with session.post(url, data=params) as response:
                    assert json.loads(await response.read())["ok"]

            usual, other = [], []
            for _ in range(ROUNDS):
                usual.append(await _cost(lambda: api.call(bot, "sendMessage", params)))
                other.append(await _cost(bare))
    share = middle(usual) * 30 / 1000
    return Section(
        "Calling the Bot API",
        TOLD,
        [
            Figure("python-telegram-bot", f"{middle(usual):.2f} ms"),
            Figure("aiohttp, bare", f"{middle(other):.2f} ms"),
            Figure("share of a core at 30 calls a second, python-telegram-bot", f"{share:.1%}"),
        ],
    )


async def _cost(call: Call) -> float:
    """Milliseconds of this process's processor time for a call."""
    began = time.process_time()
    for _ in range(CALLS // AT_ONCE):
        await asyncio.gather(*(call() for _ in range(AT_ONCE)))
    return (time.process_time() - began) * 1000 / CALLS
