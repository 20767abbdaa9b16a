"""HTTP below python-telegram-bot: calls over aiohttp, as python-telegram-bot asks for them."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qs

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.telegram import bot_api
from bot.telegram.aiohttp_request import AiohttpRequest
from tests.support.answering import (
    CERTIFICATE,
    OK,
    SHORT,
    TOKEN,
    Answer,
    Server,
    abort,
    answering,
    bot_at,
    nonsense,
    saying,
)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with answering() as server:
        yield server


@pytest.fixture
async def way() -> AsyncIterator[AiohttpRequest]:
    """Two connections at most."""
    async with AiohttpRequest(2) as made:
        yield made


async def test_parameters_travel_as_a_form(server: Server, way: AiohttpRequest) -> None:
    """Texts as they are, the rest as JSON, over one connection."""
    bot = bot_at(server.url, way)
    params = {"chat_id": 7, "text": "é & +\n𝄞", "reply_markup": {"inline_keyboard": []}}
    for _ in range(2):
        assert await bot_api.call(bot, "sendMessage", params) == bot_api.Done(True)
    for asked in server.asked:
        assert asked.line == f"POST /bot{TOKEN}/sendMessage HTTP/1.1"
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        assert asked.headers["user-agent"].startswith("python-telegram-bot")
        assert parse_qs(asked.body.decode()) == {
            "chat_id": ["7"],
            "text": ["é & +\n𝄞"],
            "reply_markup": ['{"inline_keyboard": []}'],
        }
    assert server.connections == 1, "the connection is kept"


async def test_files_travel_as_parts(server: Server, way: AiohttpRequest) -> None:
    """Each with its name and type, whole, beside the parameters."""
    content = bytes(range(256)) * 8192  # 2 MB
    file = InputFile(content, filename='é, a "figure".png')
    bot = bot_at(server.url, way)
    reply = await bot_api.call(bot, "sendPhoto", {"chat_id": 7, "caption": "é"}, {"photo": file})
    assert reply == bot_api.Done(True)
    (asked,) = server.asked
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    body = message_from_bytes(head + asked.body, policy=HTTP)
    parts = {part["content-disposition"].params["name"]: part for part in body.iter_parts()}
    assert sorted(parts) == ["caption", "chat_id", "photo"]
    assert parts["caption"].get_payload(decode=True) == "é".encode()
    assert parts["photo"].get_payload(decode=True) == content
    assert parts["photo"].get_content_type() == "image/png"
    assert 'filename="é, a \\"figure\\".png"'.encode() in asked.body


async def test_large_answers_come_whole(server: Server, way: AiohttpRequest) -> None:
    """Four megabytes of updates are read as they are."""
    updates = [{"update_id": n, "text": "é" * 1000} for n in range(2000)]
    server.answer = saying(json.dumps({"ok": True, "result": updates}, ensure_ascii=False).encode())
    assert await bot_api.call(bot_at(server.url, way), "getUpdates", {}) == bot_api.Done(updates)


@pytest.mark.parametrize(
    ("status", "description", "reply"),
    [
        ("400 Bad Request", "Bad Request: chat not found", bot_api.Wrong("Chat not found")),
        ("401 Unauthorized", "Unauthorized", bot_api.BadToken()),
        (
            "403 Forbidden",
            "Forbidden: bot was kicked",
            bot_api.NotAllowed("Forbidden: bot was kicked"),
        ),
        ("409 Conflict", "Conflict: other", bot_api.UpdatesTaken("Conflict: other")),
        ("500 Internal Server Error", "Oops", bot_api.NoAnswer("Oops")),
    ],
)
async def test_refusals_are_understood(
    server: Server, way: AiohttpRequest, status: str, description: str, reply: bot_api.Reply
) -> None:
    """The code and the words of an answer that says no are given on."""
    server.answer = saying(json.dumps({"ok": False, "description": description}).encode(), status)
    assert await bot_api.call(bot_at(server.url, way), "sendMessage", {}) == reply


async def test_no_cookies_are_kept(server: Server, way: AiohttpRequest) -> None:
    """aiohttp is told to have no jar; one would keep cookies of a host with a name."""
    url = server.url.replace("127.0.0.1", "localhost")
    server.answer = saying(OK, "200 OK", "Set-Cookie: a=b")
    for _ in range(2):
        assert await bot_api.call(bot_at(url, way), "getMe", {}) == bot_api.Done(True)
    assert not any("cookie" in asked.headers for asked in server.asked)


async def test_no_redirect_is_followed(server: Server, way: AiohttpRequest) -> None:
    """The token goes to nobody else."""
    server.answer = saying(b"{}", "302 Found", f"Location: {server.url}/elsewhere")
    reply = await bot_api.call(bot_at(server.url, way), "sendMessage", {})
    assert reply == bot_api.NoAnswer("Found (302)")
    assert len(server.asked) == 1


@pytest.mark.parametrize("answer", [abort, nonsense, saying(OK, length=1000), saying(b"")])
async def test_a_broken_answer_is_a_network_error(
    server: Server, way: AiohttpRequest, answer: Answer
) -> None:
    """Reset, no HTTP, cut off or empty: asked once, perhaps done, and no word of the token."""
    server.answer = answer
    reply = await bot_api.call(bot_at(server.url, way), "sendMessage", {"text": "x"})
    assert isinstance(reply, bot_api.NoAnswer)
    assert "made-up" not in reply.description
    assert len(server.asked) == 1


async def test_a_kept_connection_that_was_cut_is_opened_anew(
    server: Server, way: AiohttpRequest
) -> None:
    """After a reset the next call but one at most gets through."""
    bot = bot_at(server.url, way)
    assert await bot_api.call(bot, "getMe", {}) == bot_api.Done(True)
    server.answer = abort
    assert isinstance(await bot_api.call(bot, "getMe", {}), bot_api.NoAnswer)
    server.answer = saying(OK)
    assert await bot_api.call(bot, "getMe", {}) == bot_api.Done(True)


async def test_nobody_there_is_a_network_error(way: AiohttpRequest) -> None:
    """A port where nobody listens."""
    closed = await asyncio.start_server(lambda *_: None, "127.0.0.1")
    url = f"http://127.0.0.1:{closed.sockets[0].getsockname()[1]}"
    closed.close()
    await closed.wait_closed()
    with pytest.raises(NetworkError, match="Connect") as raised:
        await way.do_request(f"{url}/bot{TOKEN}/getMe", "POST", **SHORT)
    assert "made-up" not in str(raised.value)


async def test_silence_is_a_timeout(server: Server, way: AiohttpRequest) -> None:
    """No byte within the limit for reading."""
    server.answer = server.silence
    with pytest.raises(TimedOut):
        await way.do_request(f"{server.url}/bot{TOKEN}/getMe", "POST", **SHORT)


async def test_who_does_not_read_is_given_up(way: AiohttpRequest) -> None:
    """An upload that nobody takes ends by the limits."""
    stuck = asyncio.Event()

    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert isinstance(writer.transport, asyncio.Transport)
        writer.transport.pause_reading()
        await stuck.wait()
        writer.transport.abort()

    server = await asyncio.start_server(accept, "127.0.0.1", limit=1024)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    file = InputFile(b"x" * 40_000_000, filename="a.png")
    async with asyncio.timeout(20):
        with pytest.raises(TimedOut):
            await bot_at(url, way).do_api_request("sendPhoto", {"photo": file}, **SHORT)
    stuck.set()
    server.close()


async def test_no_free_connection_is_a_timeout(server: Server, way: AiohttpRequest) -> None:
    """Whoever finds all connections taken does not wait for ever, and sends nothing."""
    server.answer = server.silence
    calls = [
        asyncio.create_task(
            way.do_request(f"{server.url}/{n}", "POST", **SHORT | {"read_timeout": 9})
        )
        for n in range(2)
    ]
    await server.heard(2)
    with pytest.raises(TimedOut):
        await way.do_request(f"{server.url}/third", "POST", **SHORT)
    assert len(server.asked) == 2
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


async def test_the_proxy_is_asked(server: Server) -> None:
    """A proxy gets the whole address; its name and password go to it alone."""
    proxy = server.url.replace("//", "//ada:secret@")
    async with AiohttpRequest(2, proxy) as way:
        code, _ = await way.do_request(f"http://far.invalid/bot{TOKEN}/getMe", "POST")
    assert code == 200
    (asked,) = server.asked
    assert asked.line == f"POST http://far.invalid/bot{TOKEN}/getMe HTTP/1.1"
    assert asked.headers["proxy-authorization"] == "Basic YWRhOnNlY3JldA=="
    assert "authorization" not in asked.headers


async def test_the_environment_is_not_asked(
    server: Server, way: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which proxy there is has been settled before: this machine's servers have none."""
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert await bot_api.call(bot_at(server.url, way), "getMe", {}) == bot_api.Done(True)


async def test_what_was_shut_down_can_be_opened_again(server: Server) -> None:
    """python-telegram-bot opens and closes its requests as often as it likes."""
    way = AiohttpRequest(2)
    for _ in range(2):
        async with way:
            assert await bot_api.call(bot_at(server.url, way), "getMe", {}) == bot_api.Done(True)
    with pytest.raises(RuntimeError, match="not initialized"):
        await way.do_request(server.url, "POST", RequestData())


async def test_dates_of_answers_are_told(server: Server) -> None:
    """As they come, with the seconds since the asking; an answer without one tells nothing."""
    told: list[tuple[str, float]] = []
    began = time.monotonic()
    async with AiohttpRequest(2, dated=lambda *each: told.append(each)) as way:
        for headers in ((), ("Date: Mon, 02 Mar 2026 00:00:00 GMT",)):
            server.answer = saying(OK, "200 OK", *headers)
            assert await bot_api.call(bot_at(server.url, way), "getMe", {}) == bot_api.Done(True)
    [(date, took_s)] = told
    assert date == "Mon, 02 Mar 2026 00:00:00 GMT"
    assert 0 < took_s < time.monotonic() - began


async def test_strangers_with_a_certificate_of_their_own_are_not_spoken_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Unless whoever runs the bot names it: then a Bot API server of theirs may speak TLS."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    async with answering(CERTIFICATE) as server:
        async with AiohttpRequest(2) as way:
            reply = await bot_api.call(bot_at(server.url, way), "getMe", {})
        assert isinstance(reply, bot_api.NoAnswer)
        assert "CERTIFICATE_VERIFY_FAILED" in reply.description
        assert not server.asked
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        async with AiohttpRequest(2) as way:
            assert await bot_api.call(bot_at(server.url, way), "getMe", {}) == bot_api.Done(True)
