"""Lost answers, refusals and outages: nothing is lost, and hardly anything comes twice."""

import asyncio
import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from bot.sandbox.server import SandboxServer
from bot.services import BotError
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.trouble import (
    CASE,
    CHOICE,
    EXPLAINED,
    PATIENCE_S,
    answers,
    arrive,
    ask,
    explained,
    is_poll,
    repeats,
    says,
    sends,
    settled,
    until,
)


@pytest.mark.parametrize("method", ["sendPoll", "sendMessage"])
@pytest.mark.parametrize(
    ("kind", "times", "most"),
    [("drop-response", 2, 2), ("timeout", 1, 1), ("500", 2, 0), ("429", 2, 0)],
)
async def test_trouble_with_sending_loses_nothing(
    sandbox: SandboxClient,
    learner: Person,
    bot: Settings,
    method: str,
    kind: str,
    times: int,
    most: int,
) -> None:
    """The case, the vote and the explanation survive; at most one extra for each lost answer."""
    await sandbox.fault(kind, method, times=times)
    poll = await ask(learner)
    await learner.vote(poll, [CHOICE])
    await explained(learner)
    await settled(bot.database)
    assert answers(bot.database) == [(learner.id, "association", f"[{CHOICE}]")]
    assert await repeats(learner) <= most


@pytest.mark.long
async def test_everything_at_once_loses_nothing(sandbox: SandboxClient, bot: Settings) -> None:
    """Eight people, with every kind of fault on any call: each is served to the end."""
    people = [await arrive(sandbox, f"Learner {n}") for n in range(8)]
    for kind in ("drop-response", "timeout", "500", "429", "409"):
        await sandbox.fault(kind, "getUpdates")
        for method in ("sendPoll", "sendMessage"):
            await sandbox.fault(kind, method, times=3)

    async def learn(person: Person) -> None:
        await person.send(f"/case {CASE}")
        poll = await person.wait_for(is_poll, timeout=60)
        await person.vote(poll, [CHOICE])
        await person.wait_for(says(EXPLAINED), timeout=60)

    await asyncio.gather(*map(learn, people))
    await settled(bot.database)
    assert sorted(answers(bot.database)) == [
        (person.id, "association", f"[{CHOICE}]") for person in people
    ]
    for person in people:
        lost = [call for call in await sends(sandbox, person) if call["status"] is None]
        assert await repeats(person) <= len(lost)


async def test_retry_after_is_obeyed(sandbox: SandboxClient, learner: Person) -> None:
    """No call goes to that chat before the time has passed; then everything does, in order."""
    before = (await sends(sandbox, learner))[-1]["seq"]
    await sandbox.fault("429", "sendMessage", retry_after=20)
    await learner.send("/help")
    await learner.send("/about")
    await learner.wait_for(says("Morning Report"))
    refused, *later = await sends(sandbox, learner, before)
    assert refused["status"] == 429
    assert later[0]["params"] == refused["params"]
    assert later[0]["time"] - refused["time"] >= 20_000
    assert [call["status"] for call in later] == [200, 200]


@pytest.mark.parametrize("kind", ["500", "409", "429", "403", "timeout", "drop-response"])
async def test_trouble_with_getting_updates_loses_nothing(
    sandbox: SandboxClient, learner: Person, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """What people wrote meanwhile is answered afterwards, once."""
    await sandbox.fault(kind, "getUpdates", times=1 if kind == "timeout" else 2)
    await learner.send("/help")
    await learner.send("/about")
    await learner.wait_for(says("Morning Report"))
    assert await repeats(learner) == 0
    if kind == "409":
        assert "This one stays at work" in caplog.text


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage", "getMe"])
async def test_a_refused_token_stops_the_bot(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings, method: str
) -> None:
    """401 wherever it comes: a sentence says what to do, and the token is not in it."""
    person = await sandbox.person("Ada")
    await person.send("/start")
    await sandbox.fault("401", method)
    with pytest.raises(BotError, match="Copy it again from BotFather") as stopped:
        async with asyncio.timeout(60), running_bot(settings, PATIENCE_S):
            await _refused_token(sandbox, method)
    assert "7007" not in str(stopped.value)
    async with running_bot(settings, PATIENCE_S):
        await person.wait_for(says("Good morning"))


async def _refused_token(sandbox: SandboxClient, method: str) -> None:
    async def refused() -> bool:
        return any(call["status"] == 401 for call in await sandbox.traffic(method=method))

    await until(refused)


@pytest.mark.parametrize("kind", ["500", "429", "drop-response", "409"])
async def test_trouble_at_the_start_is_waited_out(
    sandbox: SandboxClient, settings: Settings, kind: str
) -> None:
    """The bot begins as soon as it can; what was written before is answered."""
    person = await sandbox.person("Ada")
    await person.send("/start")
    await sandbox.fault(kind, "getMe", times=2, retry_after=5)
    async with running_bot(settings, PATIENCE_S):
        await person.wait_for(says("Good morning"))
    if kind == "429":
        tries = await sandbox.traffic(method="getMe")
        gaps = [b["time"] - a["time"] for a, b in pairwise(tries)]
        assert min(gaps) >= 5_000


async def test_no_telegram_at_the_start_does_not_delay_the_end(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """Asked to stop while the first call hangs, the bot stops at once."""
    await sandbox.fault("timeout", "getMe")
    async with running_bot(settings) as stop:
        await _called(sandbox, "getMe")
        began = asyncio.get_running_loop().time()
        stop.set()
    assert asyncio.get_running_loop().time() - began < 1


async def _called(sandbox: SandboxClient, method: str) -> None:
    async def called() -> bool:
        return bool(await sandbox.traffic(method=method, polling=True))

    await until(called)


async def test_a_blocked_bot_tries_once_and_comes_back(
    sandbox: SandboxClient, learner: Person, bot: Settings
) -> None:
    """Blocked while messages wait: one refusal, no more tries; let in again, it answers."""
    before = (await sends(sandbox, learner))[-1]["seq"]
    await sandbox.fault("429", "sendMessage", retry_after=10)
    await learner.send("/help")
    await learner.send("/about")
    await _refused(sandbox, learner, before, 429)
    await sandbox.fault("403", "sendMessage")
    await _refused(sandbox, learner, before, 403)
    await _settled_but_refused(bot)
    await learner.block()
    await learner.unblock()
    await learner.send("/about")
    await learner.wait_for(says("free software"))
    statuses = [call["status"] for call in await sends(sandbox, learner, before)]
    assert statuses == [429, 403, 200]
    assert query(bot.database, "SELECT blocked_at FROM people") == [(None,)]


async def _refused(sandbox: SandboxClient, person: Person, after: int, status: int) -> None:
    async def refused() -> bool:
        return any(call["status"] == status for call in await sends(sandbox, person, after))

    await until(refused)


async def _settled_but_refused(bot: Settings) -> None:
    async def settled() -> bool:
        return query(bot.database, "SELECT DISTINCT state FROM outbox") == [("refused",)]

    await until(settled)


async def test_a_figure_is_uploaded_once(sandbox: SandboxClient, settings: Settings) -> None:
    """The second person gets the figure by its file_id, also after a restart."""
    for name in ("Ada", "Ben"):
        async with running_bot(settings, PATIENCE_S):
            await ask(await arrive(sandbox, name))
    first, second = await sandbox.traffic(method="sendPoll")
    assert re.search("attach://", str(first["params"]["media"]))
    assert not re.search("attach://", str(second["params"]["media"]))


async def test_a_stale_file_id_costs_one_upload(settings: Settings) -> None:
    """A Telegram that no longer knows the file gets its bytes again; the learner sees nothing."""
    for name in ("Ada", "Ben"):
        server = SandboxServer(clock=settings.clock)
        await server.start()
        here = replace(settings, api_url=server.url)
        async with SandboxClient(server.url) as sandbox, running_bot(here, PATIENCE_S):
            poll = await ask(await arrive(sandbox, name))
            assert poll["poll"]["media"]["photo"]
            calls = await sandbox.traffic(method="sendPoll")
        await server.stop()
    assert [call["status"] for call in calls] == [400, 200]
