"""The control interface: people, presses, faults, limits, traffic, events, the page."""

import asyncio
import hashlib
import json
import time

import httpx
import pytest

from bot.base.clock import Clock
from bot.sandbox.limits import Limits
from bot.sandbox.server import SandboxError, SandboxServer
from tests.sandbox.conftest import RawBot, picture, refused
from tests.sandbox.spec import problems_with
from tests.support.sandbox import Person, SandboxClient

BUTTON = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}


async def test_people_are_listed_with_their_state(client: SandboxClient, ada: Person) -> None:
    """Started and blocked show in the list."""
    await client.person("Bob")
    await ada.block()
    assert [
        (one["first_name"], one["started"], one["blocked"]) for one in await client.people()
    ] == [
        ("Ada", True, True),
        ("Bob", False, False),
    ]


@pytest.mark.parametrize(
    ("method", "path", "body", "description"),
    [
        ("POST", "/people", {}, "Bad Request: first_name: Field required"),
        ("POST", "/chats", {"type": "group", "title": "A", "age": 3}, "Bad Request: age: Extra"),
        ("POST", "/people/9/block", None, "Bad Request: user not found"),
        ("POST", "/people/x/block", None, "Bad Request: person must be a whole number, not 'x'"),
        ("POST", "/faults", {"kind": "418"}, "Bad Request: kind: Input should be '429'"),
        ("GET", "/chats/9/messages", None, "Bad Request: chat not found"),
        ("GET", "/files/none", None, "Not Found"),
        ("GET", "/nowhere", None, "Not Found"),
    ],
)
async def test_mistakes_are_named(
    client: SandboxClient, method: str, path: str, body: object, description: str
) -> None:
    """What is wrong with a request is said in the Bot API's error object."""
    _, said = await refused(client.ask(method, path, body))
    assert said.startswith(description)


async def test_malformed_json_is_named(http: httpx.AsyncClient) -> None:
    """A body that is no JSON is a mistake, not a failure."""
    answer = await http.post("/sandbox/people", content=b"{")
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


async def test_messages_are_those_after(ada: Person) -> None:
    """`after` leaves out what was seen, in rising order."""
    sent = [await ada.send(text) for text in "abc"]
    seen = await ada.messages(after=sent[0]["message_id"])
    assert [message["text"] for message in seen] == ["b", "c"]


async def test_person_sends_a_photo(bot: RawBot, ada: Person) -> None:
    """A photo goes to the bot as an update, and can be sent again by its id."""
    sent = await ada.send_photo(picture())
    await ada.send_photo(sent["photo"][-1]["file_id"])
    updates = await bot.updates()
    assert [update["message"]["photo"] for update in updates] == [sent["photo"]] * 2
    assert problems_with("Message", sent) == []
    assert (await refused(ada.send_photo("no image!")))[0] == 400


async def test_press_brings_the_answer(bot: RawBot, ada: Person) -> None:
    """The bot's answer to a press comes back to the one who pressed."""
    sent = await bot("sendMessage", chat_id=ada.id, text="x", reply_markup=BUTTON)
    pressing = asyncio.create_task(ada.press(sent, "d"))
    [update] = await bot.updates(timeout=10)
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("d", sent["message_id"])
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Yes", show_alert=True)
    assert await pressing == {"text": "Yes", "show_alert": True}


async def test_old_buttons_can_be_pressed_and_others_not(bot: RawBot, ada: Person) -> None:
    """An old keyboard may still be on a screen; what was never there cannot be pressed."""
    sent = await bot("sendMessage", chat_id=ada.id, text="x", reply_markup=BUTTON)
    await bot("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="y")
    pressing = asyncio.create_task(ada.press(sent, "d"))
    [update] = await bot.updates(timeout=10)
    await bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    assert await pressing == {}
    assert (await refused(ada.press(sent, "e")))[0] == 400


async def test_unanswered_press_ends_and_a_late_answer_is_refused(
    bot: RawBot, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many seconds the press gives up, and so does Telegram."""
    monkeypatch.setattr("bot.sandbox.people.ANSWER_WITHIN_S", 0.2)
    monkeypatch.setattr("bot.sandbox.methods.callbacks.ANSWER_WITHIN_S", 0.2)
    sent = await bot("sendMessage", chat_id=ada.id, text="x", reply_markup=BUTTON)
    assert await ada.press(sent, "d") is None
    query = (await bot.updates())[-1]["callback_query"]
    call = bot("answerCallbackQuery", callback_query_id=query["id"])
    assert await refused(call) == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


async def test_a_press_waits_as_long_whatever_the_clock_does() -> None:
    """At a clock that is so fast that minutes pass meanwhile its answer still comes."""
    sandbox = SandboxServer(clock=Clock(1_750_000_000, 3600, time.time()))
    await sandbox.start()
    bot = RawBot(sandbox.url)
    async with SandboxClient(sandbox.url) as client, bot.http:
        ada = await client.person("Ada")
        await ada.send("/start")
        sent = await bot("sendMessage", chat_id=ada.id, text="x", reply_markup=BUTTON)
        pressing = asyncio.create_task(ada.press(sent, "d"))
        await asyncio.wait([pressing], timeout=0.1)
        query = (await bot.updates(timeout=10))[-1]["callback_query"]
        await bot("answerCallbackQuery", callback_query_id=query["id"], text="Yes")
        assert await pressing == {"text": "Yes"}
    await sandbox.stop()


@pytest.mark.parametrize(
    ("kind", "status", "description"),
    [
        ("429", 429, "Too Many Requests: retry after 7"),
        ("500", 500, "Internal Server Error"),
        ("401", 401, "Unauthorized"),
        ("403", 403, "Forbidden: bot was blocked by the user"),
        (
            "409",
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot"
            " instance is running",
        ),
    ],
)
async def test_faults_refuse_as_ordered(
    bot: RawBot, ada: Person, client: SandboxClient, kind: str, status: int, description: str
) -> None:
    """A fault meets its method as often as ordered, and nothing is done."""
    await client.fault(kind, "sendmessage", times=2, retry_after=7)
    for _ in range(2):
        assert (await bot("getMe"))["is_bot"] is True
        assert await refused(bot("sendMessage", chat_id=ada.id, text="x")) == (status, description)
    await bot("sendMessage", chat_id=ada.id, text="y")
    assert [message["text"] for message in (await ada.messages())[1:]] == ["y"]


async def test_dropped_response_is_done_and_a_timeout_is_not(
    bot: RawBot, ada: Person, client: SandboxClient
) -> None:
    """The client hears of neither; the traffic knows."""
    await client.fault("drop-response", "sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=ada.id, text="dropped")
    await client.fault("timeout")
    short = httpx.Timeout(20, read=0.2)
    with pytest.raises(httpx.ReadTimeout):
        await bot.http.post("sendMessage", json={"chat_id": ada.id, "text": "t"}, timeout=short)
    assert [message["text"] for message in (await ada.messages())[1:]] == ["dropped"]
    calls = await client.traffic(method="sendMessage")
    assert [(call["status"], call["result"] is None) for call in calls] == [
        (None, False),
        (None, True),
    ]


async def test_faults_can_be_called_off(bot: RawBot, client: SandboxClient) -> None:
    """After clearing, all is well."""
    await client.fault("500", times=100)
    await client.clear_faults()
    assert (await bot("getMe"))["is_bot"] is True


async def test_traffic_keeps_calls_decoded_and_without_token(
    bot: RawBot, ada: Person, client: SandboxClient
) -> None:
    """Parameters are JSON, files are their hashes, getUpdates comes only on request."""
    before = len(await client.traffic(polling=True))
    data = picture()
    await bot.upload("sendPhoto", {"photo": ("a.png", data)}, chat_id=str(ada.id), caption="1")
    call = bot("sendMessage", chat_id=0, text="x")
    await refused(call)
    photo, message = await client.traffic(after=before)
    assert photo["params"] == {
        "chat_id": ada.id,
        "caption": "1",
        "photo": {
            "name": "a.png",
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        },
    }
    assert (photo["seq"], photo["status"], photo["result"]["caption"]) == (before + 1, 200, "1")
    assert message["result"] == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: chat not found",
    }
    assert abs(message["time"] / 1000 - time.time()) < 60
    everything = json.dumps(await client.traffic(polling=True))
    assert ("getUpdates" in everything, "AA-bb_cc" in everything) == (True, False)


class _Hands(Clock, frozen=True):
    """A clock that stands still until it is set."""

    at = 0.0

    def monotonic(self) -> float:
        return self.at


@pytest.mark.parametrize(
    ("chat_id", "group", "at_once", "retry_after"),
    [(None, False, 30, 1), (1, False, 3, 1)],
)
def test_limits_allow_a_burst(
    chat_id: int | None, group: bool, at_once: int, retry_after: int
) -> None:
    """Thirty at once overall, three in one chat; then it says how long to wait."""
    limits = Limits(_Hands())
    assert [limits.spend(chat_id, group=group) for _ in range(at_once)] == [None] * at_once
    refusal = limits.spend(chat_id, group=group)
    assert refusal is not None
    assert refusal.parameters == {"retry_after": retry_after}


def test_group_takes_twenty_in_any_minute() -> None:
    """The twenty-first passes a minute after the first."""
    clock = _Hands()
    limits = Limits(clock)
    try:
        for second in range(20):
            type(clock).at = float(second * 2)
            assert limits.spend(-1, group=True) is None
        type(clock).at = 40.0
        refusal = limits.spend(-1, group=True)
        assert refusal is not None
        assert refusal.parameters == {"retry_after": 20}
        type(clock).at = 60.0
        assert limits.spend(-1, group=True) is None
    finally:
        type(clock).at = 0.0


async def test_limits_refuse_over_http_and_cost_nothing_else() -> None:
    """With limits on, the fourth message at once is told to wait; other calls are free."""
    sandbox = SandboxServer(limits=True)
    await sandbox.start()
    bot = RawBot(sandbox.url)
    async with SandboxClient(sandbox.url) as client, bot.http:
        ada = await client.person("Ada")
        await ada.send("/start")
        answers = [
            await bot.http.post("sendMessage", json={"chat_id": ada.id, "text": "x"})
            for _ in range(4)
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].json()["parameters"] == {"retry_after": 1}
        assert await bot("sendChatAction", chat_id=ada.id, action="typing")
    await sandbox.stop()


async def test_events_tell_of_changes(bot: RawBot, ada: Person, http: httpx.AsyncClient) -> None:
    """A page that watches hears what changes, in order."""
    seen = []
    async with http.stream("GET", "/sandbox/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": welcome"
        sent = await bot("sendMessage", chat_id=ada.id, text="x")
        where = {"chat_id": ada.id, "message_id": sent["message_id"]}
        await bot("editMessageText", text="y", **where)
        await bot("sendChatAction", chat_id=ada.id, action="typing")
        await bot("deleteMessage", **where)
        async for line in lines:
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: ")))
            if len(seen) == 4:
                break
    assert [event["kind"] for event in seen] == ["message", "edit", "action", "delete"]
    assert [event["seq"] - seen[0]["seq"] for event in seen] == [0, 1, 2, 3]
    assert (seen[0]["message_id"], seen[2]["action"]) == (sent["message_id"], "typing")


async def test_page_is_served_from_here_alone(http: httpx.AsyncClient) -> None:
    """The page is never cached and may load nothing from elsewhere."""
    answer = await http.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert answer.headers["cache-control"] == "no-store"


async def test_bot_comes_with_the_clock(client: SandboxClient) -> None:
    """Pages tell time by the sandbox's clock: where it stands and how fast it runs."""
    answer = await client.ask("GET", "/bot")
    assert abs(answer["clock"]["now"] / 1000 - time.time()) < 60
    assert (answer["clock"]["speed"], answer["user"]) == (1, None)


async def test_taken_port_is_a_clear_error(sandbox: SandboxServer) -> None:
    """Two sandboxes cannot share a port; the second says so."""
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(SandboxError, match=f"port {port} on 127.0.0.1 is in use"):
        await SandboxServer(port=port).start()


async def test_people_are_made_as_outside_tools_make_them(client: SandboxClient) -> None:
    """Short user names, underscores in a language and a User's other keys are taken."""
    made = await client.ask(
        "POST",
        "/people",
        {
            "first_name": "Bob",
            "username": "bob",
            "language_code": "pt_BR",
            "is_premium": True,
        },
    )
    assert (made["username"], made["language_code"]) == ("bob", "pt_BR")
    await client.ask("POST", "/faults", {"kind": 429, "times": 1})
