"""Calls go by httpx at first and then over aiohttp, by the proxy that the environment names."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from telegram.request import RequestData

from bot.base.errors import UserError
from bot.telegram import api, transport
from bot.telegram.aiohttp_request import AiohttpRequest
from bot.telegram.proxy import proxy_for
from bot.telegram.transport import Transport
from tests.support.answering import NO_TLS, OK, Asked, Server, answering, bot_at, saying
from tests.support.bot import ROOT


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with answering() as server:
        yield server


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"https_proxy": "http://p:1"}, "http://p:1"),
        ({"https_proxy": "p:1"}, "http://p:1"),
        ({"http_proxy": "http://p:1"}, None),
        ({"all_proxy": "http://p:1"}, "http://p:1"),
        ({"all_proxy": "http://p:1", "https_proxy": "http://q:2"}, "http://q:2"),
        ({"https_proxy": "http://p:1", "no_proxy": "telegram.org"}, None),
        ({"https_proxy": "http://p:1", "no_proxy": "*"}, None),
        ({"https_proxy": "http://p:1", "no_proxy": "example.org"}, "http://p:1"),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], proxy: str | None
) -> None:
    """By the address's scheme, else the one for all, unless the host is excepted."""
    name_proxies(monkeypatch, environment)
    assert proxy_for("https://api.telegram.org") == proxy


@pytest.mark.parametrize("kind", ["socks5", "socks5h", "socks", "SOCKS4", "ftp"])
def test_a_proxy_that_does_not_speak_http_is_refused(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """In a sentence, without its password; one that is not asked does no harm."""
    named = {"all_proxy": f"{kind}://ada:hush@p:1"}
    name_proxies(monkeypatch, named)
    with pytest.raises(UserError, match=rf"a {kind}:// proxy.*NO_PROXY=api\.telegram\.org") as told:
        proxy_for("https://api.telegram.org")
    assert "hush" not in str(told.value)
    name_proxies(monkeypatch, named | {"no_proxy": "api.telegram.org"})
    assert proxy_for("https://api.telegram.org") is None
    name_proxies(monkeypatch, named | {"https_proxy": "http://q:2"})
    assert proxy_for("https://api.telegram.org") == "http://q:2"


def name_proxies(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """Let the environment name these and no others."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_a_start_does_without_aiohttp() -> None:
    """It would take a quarter of the time that a bare bot needs to start."""
    program = "import sys, bot.app; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


async def test_calls_change_over_to_aiohttp(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first calls go by httpx; those under way when aiohttp is there come to their end."""
    monkeypatch.setattr(transport, "LOADED_AFTER", 2)
    waiting = asyncio.Event()

    async def later(writer: asyncio.StreamWriter) -> None:
        await waiting.wait()
        await saying(OK)(writer)

    async with Transport(4, NO_TLS, None) as way:
        bot = bot_at(server.url, way)
        assert await api.call(bot, "getMe", {}) == api.Done(True)
        server.answer = later
        last = asyncio.create_task(api.call(bot, "getMe", {}))
        await server.heard(2)
        server.answer = saying(OK)
        async with asyncio.timeout(20):
            while "aiohttp" not in {_speaker(asked) for asked in server.asked}:
                assert await api.call(bot, "getMe", {}) == api.Done(True)
        assert not last.done()
        waiting.set()
        assert await last == api.Done(True)
        speakers = [_speaker(asked) for asked in server.asked]
        assert speakers == sorted(speakers, reverse=True), "never back again"
        await server.left(2)
        assert server.connections == 3, "two of httpx, which are closed, and one of aiohttp"


async def test_without_aiohttp_calls_go_on_by_httpx(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, when it is found out."""
    monkeypatch.setattr(transport, "LOADED_AFTER", 1)
    monkeypatch.setitem(sys.modules, "bot.telegram.aiohttp_request", None)
    async with Transport(4, NO_TLS, None) as way:
        async with asyncio.timeout(20):
            while not caplog.messages:
                assert await api.call(bot_at(server.url, way), "getMe", {}) == api.Done(True)
        assert await api.call(bot_at(server.url, way), "getMe", {}) == api.Done(True)
    assert [message.partition(",")[0] for message in caplog.messages] == ["Calls go on by httpx"]
    assert {_speaker(asked) for asked in server.asked} == {"httpx"}


async def test_what_was_shut_down_can_be_opened_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """python-telegram-bot opens and closes its requests as often as it likes."""
    monkeypatch.setattr(transport, "LOADED_AFTER", 1)
    way = Transport(4, NO_TLS, None)
    for _ in range(2):
        async with way:
            assert await api.call(bot_at(server.url, way), "getMe", {}) == api.Done(True)
    for request in (way, AiohttpRequest(2, NO_TLS, None)):
        with pytest.raises(RuntimeError, match="not initialized"):
            await request.do_request(server.url, "POST", RequestData())


def _speaker(asked: Asked) -> str:
    """Who made a request: httpx says that the connection is to be kept, aiohttp does not."""
    return "httpx" if "connection" in asked.headers else "aiohttp"
