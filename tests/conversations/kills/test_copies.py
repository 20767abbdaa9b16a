"""Two copies with one token: the one at work stays, and a second copy takes nothing from it."""

import asyncio
import logging
import random
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from bot.app import serve
from bot.base.clock import Clock
from bot.base.listen_address import ListenAddress
from bot.base.shutdown import Stop
from bot.base.time_units import HOUR_MS
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from bot.telegram.batches import OtherCopyError
from storage.lock import note_at_work
from tests.soak.copies import Contest, Plan, SecondCopyKind
from tests.support.bot import TOKEN, BotProcess, running_bot
from tests.support.database import query
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import given, is_poll, says, text_of
from tests.support.trouble import EXPLAINED, fast_clock, unconfirmed, until

log = logging.getLogger(__name__)


@pytest.fixture
def clock() -> Clock:
    """Eight times as fast: a second copy watches for four seconds, in which slow machines act."""
    return fast_clock(8)


@pytest.fixture
def other(settings: Settings) -> Settings:
    """A second copy, with an empty database of its own."""
    return replace(settings, database=settings.database.with_name("other.db"))


async def come_and_go(settings: Settings) -> None:
    """A copy that ends by itself."""
    async with asyncio.timeout(60):
        await serve(settings, TOKEN, Stop(settings.clock))


async def ask_telegram(settings: Settings, method: str, **params: object) -> Any:
    """Call the Bot API as any program with the token may."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{settings.api_url}/bot{TOKEN}/{method}", json=params)
        return answer.json()["result"]


async def welcomed(sandbox: SandboxClient, name: str = "Ada") -> Person:
    """Somebody served by a bot that has set its commands: from these a second copy knows it."""
    person = await sandbox.person(name, language_code="en")
    await person.send("/start")
    await person.wait_for(says("Good morning"))

    async def commands_are_set() -> bool:
        calls = await sandbox.traffic(method="setMyCommands")
        return any(call["params"]["scope"] == {"type": "all_private_chats"} for call in calls)

    await until(commands_are_set)
    return person


async def explained(person: Person, poll: Message) -> Message:
    return await person.wait_for(says(EXPLAINED), after=poll["message_id"])


def taken(settings: Settings) -> int:
    """How many updates a database has handled."""
    ((count,),) = query(settings.database, "SELECT count(*) FROM updates")
    return int(count)


@asynccontextmanager
async def talking(person: Person, clock: Clock) -> AsyncIterator[None]:
    """Somebody keeps writing, once a second."""

    async def talk() -> None:
        while True:
            await person.send("/help")
            await clock.sleep(1)

    talker = asyncio.create_task(talk())
    try:
        yield
    finally:
        talker.cancel()


async def methods(sandbox: SandboxClient, after: int = 0) -> list[str]:
    """What was called, in this order."""
    return [call["method"] for call in await sandbox.traffic(after=after, polling=True)]


async def called(sandbox: SandboxClient, method: str, after: int) -> None:
    """Wait until a method was called."""

    async def was() -> bool:
        return method in await methods(sandbox, after)

    await until(was)


async def nothing_waits(sandbox: SandboxClient) -> None:
    """Wait until all that came is confirmed, and the bot has heard so."""

    async def heard() -> bool:
        calls = await sandbox.traffic(method="getUpdates")
        return bool(calls) and calls[-1]["result"] == []

    await until(heard)


async def seq(sandbox: SandboxClient) -> int:
    """The number of the last call so far."""
    return int((await sandbox.traffic(polling=True))[-1]["seq"])


async def test_a_second_copy_ends_when_nothing_happens(
    sandbox: SandboxClient, bot: Settings, other: Settings
) -> None:
    """It is refused, says what to do, and has taken nothing; the one at work goes on."""
    ada = await welcomed(sandbox)
    for _ in range(3):
        with pytest.raises(OtherCopyError, match="End that one first"):
            await come_and_go(other)
    poll = await given(ada, "/case")
    await ada.vote(poll, [0])
    await explained(ada, poll)
    assert taken(other) == 0


async def test_a_second_copy_ends_amid_updates(
    sandbox: SandboxClient, bot: Settings, other: Settings
) -> None:
    """With updates waiting Telegram refuses nobody: the second copy sees them go, and ends."""
    ada = await welcomed(sandbox)
    async with talking(ada, bot.clock):
        with pytest.raises(OtherCopyError, match="End that one first"):
            await come_and_go(other)
    assert taken(other) == 0
    await given(ada, "/case")


async def test_a_copy_of_the_database_ends_too(
    sandbox: SandboxClient, bot: Settings, other: Settings
) -> None:
    """It has posts and so does not give way to whoever asks, but to whom takes updates; and until
    then it sends nothing that it owes.
    """
    ada = await welcomed(sandbox)
    await given(ada, "/case")
    for suffix in ("", "-wal"):
        shutil.copy(f"{bot.database}{suffix}", f"{other.database}{suffix}")
    await ada.send("/help")
    await ada.wait_for(says("/case"))
    handled, before = taken(other), await seq(sandbox)
    coming = asyncio.create_task(come_and_go(other))

    async def refused_twice() -> bool:
        calls = await sandbox.traffic(after=before, method="getUpdates")
        return [call["status"] for call in calls].count(409) >= 4

    await until(refused_twice)
    assert not coming.done()
    async with talking(ada, bot.clock):
        with pytest.raises(OtherCopyError, match="End that one first"):
            await coming
    assert taken(other) == handled
    await given(ada, "/case salicylate-acid-base")


async def test_the_first_start_of_a_new_bot_is_at_once(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """What people wrote before is answered without a wait: no copy has ever set commands."""
    ada = await sandbox.person("Ada", language_code="en")
    await ada.send("/start")
    async with running_bot(settings):
        await ada.wait_for(says("Good morning"))
    answered = (await methods(sandbox)).index("sendMessage")
    # One look; and perhaps the next question already, which confirms it.
    assert (await methods(sandbox))[:answered].count("getUpdates") <= 2


@pytest.mark.parametrize("waiting", [True, False])
async def test_a_restart_is_at_once(
    sandbox: SandboxClient, settings: Settings, waiting: bool
) -> None:
    """Whether anything came meanwhile or not, there is no doubt, and so no further question."""
    async with running_bot(settings):
        ada = await welcomed(sandbox)
        await nothing_waits(sandbox)
    before = await seq(sandbox)
    sent = await ada.send("/help") if waiting else None
    async with running_bot(settings):
        await called(sandbox, "setMyCommands", before)
        if sent is not None:
            await ada.wait_for(says("/case"), after=sent["message_id"])
    assert "getMyCommands" not in await methods(sandbox, before)


async def test_a_bot_that_was_long_away_waits_or_knows_itself_by_what_comes(
    sandbox: SandboxClient, server: SandboxServer, settings: Settings
) -> None:
    """While nothing waits it sees whether another copy is there; the next update settles it."""
    async with running_bot(settings):
        ada = await welcomed(sandbox)
        await given(ada, "/case")
        await nothing_waits(sandbox)
    note_at_work(settings.database, settings.clock.now() - HOUR_MS)
    before = await seq(sandbox)
    slow = replace(settings, clock=replace(settings.clock, speed=1.0))
    async with running_bot(slow):
        await called(sandbox, "getMyCommands", before)
        assert "setMyCommands" not in await methods(sandbox, before)
        # By its clock nothing but this can let it begin for half a minute to come.
        await given(ada, "/case salicylate-acid-base")
    assert unconfirmed(server) == 0


async def test_a_bot_that_was_long_away_is_not_ended_by_newcomers(
    sandbox: SandboxClient, settings: Settings, other: Settings
) -> None:
    """Refused because they ask too, it stays; they give way, and it begins."""
    async with running_bot(settings):
        ada = await welcomed(sandbox)
        await given(ada, "/case")
        await nothing_waits(sandbox)
    note_at_work(settings.database, settings.clock.now() - HOUR_MS)
    before = await seq(sandbox)
    async with running_bot(settings):
        await called(sandbox, "getMyCommands", before)
        with pytest.raises(OtherCopyError, match="End that one first"):
            await come_and_go(other)
        await called(sandbox, "setMyCommands", before)
    assert taken(other) == 0


async def test_another_database_begins_where_nobody_is(
    sandbox: SandboxClient, settings: Settings, other: Settings
) -> None:
    """After its watch, and it answers what came meanwhile."""
    async with running_bot(settings):
        ada = await welcomed(sandbox)
    sent = await ada.send("/start")
    async with running_bot(other):
        await ada.wait_for(says("Good morning"), after=sent["message_id"])
    assert taken(other) > 0


async def test_a_new_database_leaves_votes_to_the_one_that_posted(
    sandbox: SandboxClient, server: SandboxServer, settings: Settings, tmp_path: Path
) -> None:
    """A vote in another database's poll ends it, with 75 and a sentence; the vote still waits, and
    is answered by the database it belongs to.
    """
    async with running_bot(settings):
        ada = await welcomed(sandbox)
        poll = await given(ada, "/case")
    await ada.vote(poll, [0])
    copy = await BotProcess.start(settings.api_url, tmp_path, **by(settings, "other.db"))
    code, output = await copy.finished()
    assert (code, "run --fresh" in " ".join(output.split())) == (75, True)
    assert unconfirmed(server) >= 1
    async with running_bot(settings):
        await explained(ada, poll)


async def test_a_lost_database_can_be_begun_anew(
    sandbox: SandboxClient, server: SandboxServer, settings: Settings, tmp_path: Path
) -> None:
    """``run --fresh`` takes answers to what nobody knows any more; and so do later starts."""
    async with running_bot(settings):
        ada = await welcomed(sandbox)
        poll = await given(ada, "/case")
    await ada.vote(poll, [0])
    anew = by(settings, "anew.db")
    copy = await BotProcess.start(settings.api_url, tmp_path, None, "--fresh", **anew)

    async def all_taken() -> bool:
        return unconfirmed(server) == 0

    await until(all_taken)
    assert (await copy.end())[0] == 0
    ben = await sandbox.person("Ben", language_code="en")
    await ben.send("/start")
    copy = await BotProcess.start(settings.api_url, tmp_path, **anew)
    await ben.wait_for(says("Good morning"))
    assert (await copy.end())[0] == 0


@pytest.mark.parametrize("kind", [SecondCopyKind.EMPTY, SecondCopyKind.COPIED])
async def test_no_second_copy_takes_a_vote(tmp_path: Path, kind: SecondCopyKind) -> None:
    """Started again and again amid votes, while the copy at work is killed: a short form of what
    ``make soak`` does for long.
    """
    seed = random.SystemRandom().getrandbits(32)
    log.warning("seed %d", seed)
    books = await Contest(Plan(kind, 3, 20, seed), tmp_path).run()
    assert books.balanced, books
    assert (books.votes, books.lives > 0) == (60, True)


def by(settings: Settings, database: str) -> dict[str, str]:
    """The environment of a copy with a database of its own, by the same clock."""
    clock = settings.clock
    start = datetime.fromtimestamp(clock.start, UTC).isoformat()
    return {
        "MORNING_REPORT_DATABASE": str(settings.database.with_name(database)),
        "MORNING_REPORT_CLOCK": f"{start}x{clock.speed}@{clock.epoch}",
        "MORNING_REPORT_CONTENT": str(settings.content),
        "MORNING_REPORT_SHIPPED_CASES": "off",
    }


async def test_a_newcomer_with_a_webhook_looks_first(
    sandbox: SandboxClient, bot: Settings, other: Settings
) -> None:
    """It does not take the updates of the copy at work, which asks for them."""
    ada = await welcomed(sandbox)
    with pytest.raises(OtherCopyError, match="End that one first"):
        await come_and_go(posted_to(other))
    assert await sandbox.traffic(method="setWebhook") == []
    await given(ada, "/case")


async def test_administrators_are_told_of_a_webhook_that_somebody_set(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """Once, by the copy at work, which goes on as soon as it is gone; nobody's update is lost."""
    ada = await sandbox.person("Ada", language_code="en")
    async with running_bot(replace(settings, admins=frozenset({ada.id}))):
        await ada.send("/start")
        await ada.wait_for(says("Good morning"))
        # Nobody is there.
        await ask_telegram(settings, "setWebhook", url="http://127.0.0.1:9/elsewhere")
        await ada.wait_for(says("set or removed a webhook"))
        sent = await ada.send("/case")
        await ask_telegram(settings, "deleteWebhook")
        await ada.wait_for(is_poll, after=sent["message_id"])
    told = [message for message in await ada.messages() if "webhook" in text_of(message)]
    assert len(told) == 1


async def test_a_webhook_that_somebody_removed_is_set_again(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """The copy at work stays, and administrators hear of it."""
    ada = await sandbox.person("Ada", language_code="en")
    async with running_bot(posted_to(replace(settings, admins=frozenset({ada.id})))):
        await ada.send("/start")
        await ada.wait_for(says("Good morning"))
        await ask_telegram(settings, "deleteWebhook")
        sent = await ada.send("/case")
        await ada.wait_for(is_poll, after=sent["message_id"])
        await ada.wait_for(says("set or removed a webhook"))


def posted_to(settings: Settings) -> Settings:
    """The same copy, to which updates are posted."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    listen = ListenAddress("127.0.0.1", port)
    return replace(settings, webhook=f"http://{listen}/telegram", listen=listen)
