"""The webhook: what is taken, what is refused, and when Telegram hears of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from telegram import Bot

from bot.base.clock import SYSTEM_CLOCK, Clock
from bot.base.shutdown import Stop
from bot.services import Services
from bot.telegram import bot_api
from bot.telegram.webhook import Webhook, secret_of
from bot.web.health import MAX_BODY, Web
from bot.web.metrics import Metrics
from storage.outbox import Backlog

TOKEN = "7007:a-made-up_token"
ADDRESS = "https://cases.example/telegram/here"
SECRET = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}


class FakeOutbox:
    async def backlog(self) -> Backlog:
        return Backlog(2, SYSTEM_CLOCK.now() - 5000)


@pytest.fixture
def stop() -> Stop:
    return Stop(SYSTEM_CLOCK)


@pytest.fixture
def webhook(stop: Stop) -> Webhook:
    bot = cast("Bot", SimpleNamespace(token=TOKEN))
    return Webhook(bot, SYSTEM_CLOCK, stop, ADDRESS)


@pytest.fixture
def store() -> SimpleNamespace:
    """A database that is well."""
    return SimpleNamespace(outbox=FakeOutbox(), takes=True)


@pytest.fixture
async def http(webhook: Webhook, store: SimpleNamespace) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the web server, without a network in between."""
    services = SimpleNamespace(
        store=store,
        library=SimpleNamespace(cases={"a": None}),
        clock=SYSTEM_CLOCK,
        settings=SimpleNamespace(webhook=ADDRESS),
    )
    web = Web(cast("Services", services), Metrics())
    web.metrics.source = webhook
    transport = httpx.ASGITransport(web.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


def post(http: httpx.AsyncClient, *numbers: int) -> list[asyncio.Task[httpx.Response]]:
    """Updates under way to the webhook."""
    return [
        asyncio.create_task(http.post("/telegram/here", json={"update_id": number}, headers=SECRET))
        for number in numbers
    ]


async def test_an_update_is_taken_once_it_is_on_record(
    webhook: Webhook, http: httpx.AsyncClient
) -> None:
    """What is posted together makes one batch, in order; 200 comes with the commit, not before."""
    posted = post(http, 1, 2, 3)
    await asyncio.sleep(0)
    batch = await webhook.fetch()
    assert batch is not None
    assert [update["update_id"] for update in batch.updates] == [1, 2, 3]
    assert not any(each.done() for each in posted)
    webhook.done(batch)
    assert [(await each).status_code for each in posted] == [200, 200, 200]


async def test_what_waits_together_is_heard_in_the_order_of_the_numbers(
    webhook: Webhook, http: httpx.AsyncClient
) -> None:
    """Telegram posts different people's updates at once: a later press may be here earlier."""
    posted = post(http, 3, 1, 2)
    await asyncio.sleep(0)
    batch = await webhook.fetch()
    assert batch is not None
    assert [update["update_id"] for update in batch.updates] == [1, 2, 3]
    webhook.done(batch)
    assert [(await each).status_code for each in posted] == [200, 200, 200]


async def test_what_could_not_be_recorded_is_to_come_again(
    webhook: Webhook, http: httpx.AsyncClient, stop: Stop
) -> None:
    """A batch that was not done is refused when the next is asked for, and at the end."""
    (first,) = post(http, 1)
    assert await webhook.fetch() is not None
    (second,) = post(http, 2)
    batch = await webhook.fetch()
    assert batch is not None
    assert [update["update_id"] for update in batch.updates] == [2]
    assert (await first).status_code == 503
    stop.set()
    assert await webhook.fetch() is None
    assert (await second).status_code == 503
    (late,) = post(http, 3)
    assert (await late).status_code == 503


async def test_a_webhook_that_was_changed_is_set_again(
    stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy at work stays, whoever removes its webhook or sets another; and that is told."""
    shown = [ADDRESS, "", ADDRESS, "https://other.example/", ADDRESS]
    done: list[str] = []

    async def call(_bot: object, method: str, params: Any, **_more: float) -> bot_api.Reply:
        if method == "setWebhook":
            done.append(params["url"])
            return bot_api.Done(True)
        url = shown.pop(0)
        if not shown:
            stop.set()
        return bot_api.Done({"url": url, "pending_update_count": 0})

    async def diverted() -> None:
        done.append("told")

    monkeypatch.setattr(bot_api, "call", call)
    bot = cast("Bot", SimpleNamespace(token=TOKEN))
    webhook = Webhook(bot, Clock(speed=1000), stop, ADDRESS)
    webhook.diverted = diverted
    async with asyncio.timeout(30):
        await webhook.keep()
    assert done == [ADDRESS, "told", ADDRESS, "told", ADDRESS]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'{"update_id": 1}', {}, 403),
        (b'{"update_id": 1}', {"X-Telegram-Bot-Api-Secret-Token": "guess"}, 403),
        (b'{"update_id": 1}', {"X-Telegram-Bot-Api-Secret-Token": "\u00e9".encode()}, 403),
        (b"x" * (MAX_BODY + 1), SECRET, 413),
        (b"x" * (MAX_BODY + 1), {}, 403),
        (b"{", SECRET, 400),
        (b"\xff\xfe\x00", SECRET, 400),
        (b"[" * 100_000, SECRET, 400),
        (b"[]", SECRET, 400),
        (b"null", SECRET, 400),
        (b'{"update_id": "1"}', SECRET, 400),
        (b'{"update_id": true}', SECRET, 400),
    ],
)
async def test_what_is_no_update_of_telegrams_is_refused(
    http: httpx.AsyncClient, body: bytes, headers: dict[str, Any], status: int
) -> None:
    """Without the secret, too large, not JSON, or no update: nothing of it reaches intake."""
    answer = await http.post("/telegram/here", content=body, headers=headers)
    assert answer.status_code == status


async def test_only_the_address_takes_updates(http: httpx.AsyncClient) -> None:
    """Another path is not found, and looking at the address gives nothing."""
    assert (await http.post("/", json={"update_id": 1}, headers=SECRET)).status_code == 404
    assert (await http.get("/telegram/here", headers=SECRET)).status_code == 405


async def test_health_and_metrics(
    webhook: Webhook, store: SimpleNamespace, http: httpx.AsyncClient
) -> None:
    """Alive at once; ready once Telegram was heard, and while the database takes what is written.

    Figures are as Prometheus reads them, and say the same.
    """
    assert (await http.get("/healthz")).status_code == 200
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()["telegram"]) == (503, False)
    (posted,) = post(http, 1)
    batch = await webhook.fetch()
    assert batch is not None
    webhook.done(batch)
    await posted
    ready = await http.get("/readyz")
    assert (ready.status_code, json.loads(ready.text)) == (
        200,
        {"telegram": True, "database": True, "cases": True},
    )
    metrics = (await http.get("/metrics")).text
    assert "morning_report_outbox_calls 2.0" in metrics
    assert "morning_report_outbox_oldest_seconds 5." in metrics
    assert "morning_report_cases 1.0" in metrics
    assert 'morning_report_ready{part="database"} 1.0' in metrics
    store.takes = False
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (503, False)
    assert 'morning_report_ready{part="database"} 0.0' in (await http.get("/metrics")).text
