"""Updates posted to the bot's own address, as Telegram does it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.base.clock import Clock
from bot.sandbox.errors import ApiError
from bot.sandbox.methods.get_updates import get_updates, set_webhook
from bot.sandbox.params import Params
from bot.sandbox.profile import Profile
from bot.sandbox.world import World
from tests.sandbox.conftest import RawBot, refused
from tests.sandbox.spec import problems_with
from tests.support.sandbox import Person, SandboxClient

Request = tuple[dict[str, str], dict[str, Any]]


class Address:
    """A server of the bot's own, which answers each update with the status set for it."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.under_way = 0
        self.most_at_once = 0
        self.answer: Callable[[dict[str, Any]], str] = lambda _update: "200 OK"
        self.body: tuple[str, bytes] = "text/plain", b""
        self._news = asyncio.Condition()
        self.hold = asyncio.Event()
        self.hold.set()
        self.url = ""

    async def serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        return server

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
                body = await reader.readexactly(int(headers["content-length"]))
                update = json.loads(body)
                async with self._news:
                    self.requests.append((headers, update))
                    self._news.notify_all()
                self.under_way += 1
                self.most_at_once = max(self.most_at_once, self.under_way)
                await self.hold.wait()
                self.under_way -= 1
                status = self.answer(update)
                kind, content = self.body
                lines = [f"HTTP/1.1 {status}", f"content-type: {kind}"]
                lines += [f"content-length: {len(content)}", "", ""]
                writer.write("\r\n".join(lines).encode() + content)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async def got(self, number: int) -> list[dict[str, Any]]:
        """The updates posted, as soon as there are so many."""
        async with asyncio.timeout(60), self._news:
            await self._news.wait_for(lambda: len(self.requests) >= number)
        return [update for _, update in self.requests]


@pytest.fixture
async def address() -> AsyncIterator[Address]:
    address = Address()
    server = await address.serve()
    yield address
    address.hold.set()
    server.close()


async def settled(bot: RawBot) -> dict[str, Any]:
    """What is known of the webhook once nothing waits any more."""
    async with asyncio.timeout(60):
        while True:
            info: dict[str, Any] = await bot("getWebhookInfo")
            if not info["pending_update_count"]:
                return info


async def test_updates_are_posted_with_the_secret(
    bot: RawBot, ada: Person, address: Address
) -> None:
    """Each update once, as specified, in order, with the secret in its header; then none waits."""
    assert await bot("setWebhook", url=address.url, secret_token="s3-cret_")
    for text in ("one", "two", "three"):
        await ada.send(text)
    posted = await address.got(3)
    assert [update["message"]["text"] for update in posted] == ["one", "two", "three"]
    assert [headers["x-telegram-bot-api-secret-token"] for headers, _ in address.requests] == [
        "s3-cret_"
    ] * 3
    assert [p for update in posted for p in problems_with("Update", update)] == []
    info = await settled(bot)
    assert (info["url"], info["max_connections"]) == (address.url, 40)
    assert "last_error_date" not in info


async def test_what_waited_is_posted_too(bot: RawBot, ada: Person, address: Address) -> None:
    """Setting a webhook loses nothing; leaving it loses nothing either."""
    await ada.send("early")
    await bot("setWebhook", url=address.url)
    assert [update["message"]["text"] for update in await address.got(1)] == ["early"]
    await settled(bot)
    await bot("deleteWebhook")
    await ada.send("late")
    assert [update["message"]["text"] for update in await bot.updates()] == ["late"]


async def test_a_failed_delivery_comes_again(bot: RawBot, ada: Person, address: Address) -> None:
    """Until it is taken, before anything newer of that chat; and the failure is on record."""
    answers = iter(["500 Oops", "200 OK", "200 OK"])
    address.answer = lambda _update: next(answers)
    await bot("setWebhook", url=address.url)
    await ada.send("one")
    await ada.send("two")
    posted = await address.got(3)
    assert [update["message"]["text"] for update in posted] == ["one", "one", "two"]
    info = await settled(bot)
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Oops"


async def test_people_do_not_wait_for_each_other(
    bot: RawBot, ada: Person, bob: Person, address: Address
) -> None:
    """Updates of different chats are under way together, those of one chat are not."""
    address.hold.clear()
    await bot("setWebhook", url=address.url)
    await ada.send("one")
    await ada.send("two")
    await bob.send("/start")
    await address.got(2)
    address.hold.set()
    await address.got(3)
    assert address.most_at_once == 2


KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}


@pytest.mark.parametrize(
    ("kind", "encode"),
    [
        ("application/json", json.dumps),
        (
            "application/json; charset=utf-8",
            lambda call: json.dumps(call | {"reply_markup": json.dumps(KEYBOARD)}),
        ),
        (
            "application/x-www-form-urlencoded",
            lambda call: urlencode(call | {"reply_markup": json.dumps(KEYBOARD)}),
        ),
    ],
)
async def test_an_answer_may_call_a_method(
    bot: RawBot,
    ada: Person,
    address: Address,
    client: SandboxClient,
    kind: str,
    encode: Callable[[dict[str, Any]], str],
) -> None:
    """What stands in the answer to an update is done, and stands in the traffic like any call."""
    call = {"method": "sendMessage", "chat_id": ada.id, "text": "hi", "reply_markup": KEYBOARD}
    address.body = kind, encode(call).encode()
    await bot("setWebhook", url=address.url)
    await ada.send("one")
    sent = await ada.wait_for(lambda message: message.get("text") == "hi")
    assert sent["reply_markup"] == KEYBOARD
    [made] = await client.traffic(method="sendMessage")
    assert made["status"] == 200
    assert made["params"] == {"chat_id": ada.id, "text": "hi", "reply_markup": KEYBOARD}


async def test_what_an_answer_cannot_call_or_is_refused_loses_no_update(
    bot: RawBot, ada: Person, address: Address, client: SandboxClient
) -> None:
    """A refused call is in the traffic; getMe, deleteWebhook and nonsense are not even tried."""
    await bot("setWebhook", url=address.url)
    as_json = "application/json"
    for number, body in enumerate(
        [
            ("text/html", b"thank you"),
            ("multipart/form-data", b"no boundary"),
            (as_json, b"{"),
            (as_json, b"\xff"),
            (as_json, b'{"method": "getMe"}'),
            (as_json, b'{"method": "deleteWebhook"}'),
            (as_json, b'{"method": "sendMessage", "chat_id": 1, "text": "x"}'),
            (as_json, b'{"method": "sendInvoice"}'),
        ],
        start=1,
    ):
        address.body = body
        await ada.send(str(number))
        await address.got(number)
        await settled(bot)
    assert (await bot("getWebhookInfo"))["url"] == address.url
    async with asyncio.timeout(60):
        while not await client.traffic(method="sendInvoice"):
            pass
    asked = {"getWebhookInfo", "setWebhook"}
    made = [call for call in await client.traffic() if call["method"] not in asked]
    assert [(call["method"], call["status"]) for call in made] == [
        ("sendMessage", 400),
        ("sendInvoice", 404),
    ]


async def test_asking_is_refused_while_a_webhook_is_set(bot: RawBot, address: Address) -> None:
    """getUpdates gets Telegram's 409 for it."""
    await bot("setWebhook", url=address.url)
    assert await refused(bot("getUpdates")) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
        " delete the webhook first",
    )


async def test_setting_a_webhook_ends_who_waits(address: Address) -> None:
    """A call that waits for updates then gets a 409 of its own."""
    world = World(Clock(), Profile({"": "Bot"}, "bot"))
    waiting = asyncio.create_task(get_updates(world, Params({"timeout": 20})))
    await asyncio.sleep(0)
    await set_webhook(world, Params({"url": address.url}))
    with pytest.raises(ApiError, match=r"^Conflict: terminated by setWebhook request$"):
        await waiting
    world.close()


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "https://example.com/hook"}, "its own computer only"),
        ({"url": "ftp://127.0.0.1/"}, "HTTPS URL must be provided"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "no spaces"}, "unallowed characters"),
    ],
)
async def test_a_bad_address_is_refused(bot: RawBot, params: dict[str, str], words: str) -> None:
    """What Telegram would not take, and what would leave this computer."""
    status, description = await refused(bot("setWebhook", **params))
    assert status == 400
    assert words in description
    assert (await bot("getWebhookInfo"))["url"] == ""
