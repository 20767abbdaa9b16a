"""A sandbox, someone in it, and a bot that speaks raw HTTP."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from PIL import Image

from bot.sandbox.server import SandboxServer
from tests.sandbox.spec import problems_with_result
from tests.support.answering import NO_TLS
from tests.support.sandbox import Chat, Person, RefusedError, SandboxClient

TOKEN = "4242:AA-bb_cc"


class RawBot:
    """Calls methods by HTTP; every answer is held against the specification."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"{url}/bot{token}/", timeout=30, verify=NO_TLS, trust_env=False
        )

    async def __call__(self, method: str, /, **params: Any) -> Any:
        """Call with a JSON body. Raises RefusedError."""
        return self.result(method, await self.http.post(method, json=params))

    async def upload(self, method: str, files: dict[str, Any], **params: Any) -> Any:
        """Call with a multipart body. Raises RefusedError."""
        return self.result(method, await self.http.post(method, data=params, files=files))

    def result(self, method: str, response: httpx.Response) -> Any:
        answer = response.json()
        if not answer["ok"]:
            assert answer["error_code"] == response.status_code
            raise RefusedError(response.status_code, answer["description"])
        assert response.status_code == 200
        assert problems_with_result(method, answer["result"]) == []
        return answer["result"]

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """The updates that wait, none confirmed."""
        return list(await self("getUpdates", **params))

    async def news(self) -> list[dict[str, Any]]:
        """The updates that wait, now confirmed."""
        waiting = await self.updates()
        if waiting:
            await self.updates(offset=waiting[-1]["update_id"] + 1)
        return waiting

    async def until(self, kind: str) -> dict[str, Any]:
        """The newest update, as soon as it is of this kind; nothing gets confirmed."""
        async with asyncio.timeout(60):
            while True:
                waiting = await self.updates()
                if waiting and kind in waiting[-1]:
                    return waiting[-1]
                await asyncio.sleep(0.01)


def picture(width: int = 200, height: int = 100, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """An image file."""
    target = io.BytesIO()
    Image.new(mode, (width, height)).save(target, kind)
    return target.getvalue()


async def refused(call: Any) -> tuple[int, str]:
    """Status and description of the refusal that a call meets."""
    with pytest.raises(RefusedError) as caught:
        await call
    return caught.value.status, caught.value.description


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    server = SandboxServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def http(sandbox: SandboxServer) -> AsyncIterator[httpx.AsyncClient]:
    """What a browser asks by, or anybody."""
    async with httpx.AsyncClient(base_url=sandbox.url, verify=NO_TLS, trust_env=False) as made:
        yield made


@pytest.fixture
async def client(sandbox: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.url) as client:
        yield client


@pytest.fixture
async def bot(sandbox: SandboxServer) -> AsyncIterator[RawBot]:
    bot = RawBot(sandbox.url)
    async with bot.http:
        yield bot


@pytest.fixture
async def ada(client: SandboxClient, bot: RawBot) -> Person:
    """Someone who has started the bot; that update is confirmed."""
    ada = await client.person("Ada", last_name="L", username="ada_l", language_code="en-GB")
    await ada.send("/start")
    await bot.updates(offset=-1)
    last = (await bot.updates())[-1]["update_id"]
    await bot.updates(offset=last + 1)
    return ada


@pytest.fixture
async def bob(client: SandboxClient) -> Person:
    """Someone who never wrote to the bot in private."""
    return await client.person("Bob")


@pytest.fixture
async def group(client: SandboxClient, bot: RawBot, ada: Person, bob: Person) -> Chat:
    """Ada's supergroup with Bob and the bot, an ordinary member; what it was told is confirmed."""
    group = await client.chat("supergroup", "Ward 3", members=[bob], admins=[ada])
    await bot.news()
    return group


@pytest.fixture
async def channel(client: SandboxClient, bot: RawBot, ada: Person, bob: Person) -> Chat:
    """Ada's channel, which Bob reads and the bot administers; what it was told is confirmed."""
    channel = await client.chat("channel", "Grand rounds", members=[bob], admins=[ada])
    await bot.news()
    return channel
