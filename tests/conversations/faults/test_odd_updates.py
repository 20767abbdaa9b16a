"""Updates that cannot be parsed or handled, and a database that fails while others are."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiosqlite
import pytest
from msgspec.structs import replace

from bot.base.time_units import HOUR_MS
from bot.intake import unmatched_votes
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.database import FAIL, RECOVER, meddle, query
from tests.support.sandbox import Person, SandboxClient
from tests.support.trouble import (
    PATIENCE_S,
    answers,
    arrive,
    ask,
    explained,
    inject,
    repeats,
    says,
    settled,
    unconfirmed,
    until,
)


@pytest.fixture
async def admin(sandbox: SandboxClient) -> Person:
    """Whoever is told of trouble."""
    person = await sandbox.person("Root", language_code="en")
    await person.send("/start")
    return person


@pytest.fixture
async def bot(settings: Settings, admin: Person) -> AsyncIterator[Settings]:
    """The bot at work, with an administrator to tell."""
    settings = replace(settings, admins=frozenset({admin.id}))
    async with running_bot(settings, PATIENCE_S):
        await admin.wait_for(says("Good morning"))
        yield settings


def message(number: int, person: Person, text: str) -> dict[str, Any]:
    """A text as Telegram would deliver it."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_700_000_000,
            "chat": {"id": person.id, "type": "private", "first_name": "Ada"},
            "from": {"id": person.id, "is_bot": False, "first_name": "Ada"},
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        },
    }


GARBAGE: tuple[dict[str, Any], ...] = (
    {"message": {"message_id": "x"}},
    {"message": None, "poll": 5},
    {"poll_answer": {"poll_id": "9"}},
    {"poll_answer": {"poll_id": "9", "option_ids": [0], "user": {"id": 2**70, "is_bot": False,
                     "first_name": "Ada"}}},
    {"callback_query": {"id": "1", "from": {"id": "Ada"}}},
    {"message": "Ada Lovelace wrote this"},
    {"my_chat_member": []},
    {"Ada Lovelace": {"from": {"id": 10**30}}, "poll": 5},
)  # fmt: skip
HARMLESS: tuple[dict[str, Any], ...] = (
    {},
    {"a_kind_of_next_year": {"from": {"id": 7}}},
)


async def test_garbage_is_set_aside_and_the_rest_goes_on(
    server: SandboxServer, learner: Person, admin: Person, bot: Settings
) -> None:
    """Between odd updates a person is served; administrators hear what was set aside."""
    first = 5_000_000_000
    odd = [{"update_id": first + n, **body} for n, body in enumerate(GARBAGE)]
    more = [{"update_id": first + 300 + n, **body} for n, body in enumerate(HARMLESS)]
    batch = [*odd, message(first + 200, learner, "/help"), *more]
    inject(server, *batch)
    await learner.wait_for(says("/topics"))
    await admin.wait_for(says("could not be handled"))
    await until_confirmed(server)
    handled = {number for (number,) in query(bot.database, "SELECT id FROM updates")}
    assert {update["update_id"] for update in batch} <= handled
    aside = query(bot.database, "SELECT update_id, kind, error FROM set_aside ORDER BY update_id")
    assert {update["update_id"] for update in odd} <= {number for number, _, _ in aside}
    assert "Ada" not in str(aside)
    told = [
        m["text"] for m in await admin.messages() if "could not be handled" in m.get("text", "")
    ]
    assert len(told) == len(set(told))
    assert not any("Ada" in text for text in told)


async def until_confirmed(server: SandboxServer) -> None:
    """Wait until the bot has confirmed everything."""

    async def confirmed() -> bool:
        return unconfirmed(server) == 0

    await until(confirmed)


async def test_an_older_servers_vote_counts(
    server: SandboxServer, learner: Person, bot: Settings
) -> None:
    """A poll_answer without option_persistent_ids is recorded like any other."""
    poll = await ask(learner)
    voter = {"id": learner.id, "is_bot": False, "first_name": "Ada"}
    vote = {"poll_id": poll["poll"]["id"], "user": voter, "option_ids": [1]}
    inject(server, {"update_id": 5_000_000_000, "poll_answer": vote})
    await explained(learner)
    assert answers(bot.database) == [(learner.id, "association", "[1]")]


async def test_redelivered_reordered_and_lower_ids_are_each_handled_once(
    server: SandboxServer, learner: Person, bot: Settings
) -> None:
    """Whatever Telegram does with ids: an update counts once, and none is passed over."""
    high, low = 6_000_000_000, 7
    inject(
        server,
        message(high + 1, learner, "/help"),
        message(high, learner, "/about"),
        message(high + 1, learner, "/help"),
    )
    await learner.wait_for(says("/topics"))
    await learner.wait_for(says("Morning Report"))
    await until_confirmed(server)
    inject(server, message(low, learner, "/privacy"), message(high, learner, "/about"))
    await learner.wait_for(says("/forget"))
    await until_confirmed(server)
    assert await repeats(learner) == 0


@pytest.mark.parametrize("what", ["INSERT ON updates", "INSERT ON outbox", "INSERT ON answers"])
async def test_nothing_is_confirmed_while_the_database_fails(
    server: SandboxServer, learner: Person, admin: Person, bot: Settings, what: str
) -> None:
    """A round that cannot be written down comes again, is then recorded, and nobody is blamed."""
    poll = await ask(learner)
    await settled(bot.database)
    await until_confirmed(server)
    await asyncio.to_thread(meddle, bot.database, FAIL.format(what))
    await learner.vote(poll, [1])
    await asyncio.sleep(0.3)
    assert (unconfirmed(server) > 0, answers(bot.database)) == (True, [])
    await asyncio.to_thread(meddle, bot.database, RECOVER)
    await explained(learner)
    await until_confirmed(server)
    assert answers(bot.database) == [(learner.id, "association", "[1]")]
    assert query(bot.database, "SELECT * FROM set_aside") == []
    assert await repeats(learner) == 0


async def test_a_handler_that_cannot_read_is_not_to_blame(
    server: SandboxServer, sandbox: SandboxClient, learner: Person, bot: Settings
) -> None:
    """A storage failure inside one handler of a round holds up the round, and loses none of it."""
    other = await arrive(sandbox, "Ben")
    await until_confirmed(server)
    await asyncio.to_thread(meddle, bot.database, "ALTER TABLE people RENAME TO hidden")
    await learner.send("/help")
    await other.send("/help")
    await asyncio.sleep(0.3)
    assert unconfirmed(server) == 2
    await asyncio.to_thread(meddle, bot.database, "ALTER TABLE hidden RENAME TO people")
    for person in (learner, other):
        await person.wait_for(says("/topics"))
        assert await repeats(person) == 0
    assert query(bot.database, "SELECT * FROM set_aside") == []


async def test_a_locked_database_is_waited_for(
    server: SandboxServer, learner: Person, bot: Settings
) -> None:
    """While another program holds the file, nothing is confirmed; then everything is done once."""
    await until_confirmed(server)
    async with aiosqlite.connect(bot.database, isolation_level=None) as other:
        await other.execute("BEGIN IMMEDIATE")
        await learner.send("/help")
        await asyncio.sleep(0.3)
        assert unconfirmed(server) == 1
        await other.execute("ROLLBACK")
    await learner.wait_for(says("/topics"))
    assert await repeats(learner) == 0


async def test_trouble_of_one_kind_is_told_once(
    server: SandboxServer, learner: Person, admin: Person, bot: Settings
) -> None:
    """Administrators are not flooded; and told even if the first attempt to record it failed."""
    await until_confirmed(server)
    await asyncio.to_thread(meddle, bot.database, FAIL.format("INSERT ON set_aside"))
    inject(server, *({"update_id": 8_000_000_000 + n, "poll": 5} for n in range(5)))
    await asyncio.sleep(0.3)
    assert unconfirmed(server) == 5
    await asyncio.to_thread(meddle, bot.database, RECOVER)
    await admin.wait_for(says("could not be handled"))
    await until_confirmed(server)
    assert query(bot.database, "SELECT count(*) FROM set_aside") == [(5,)]
    texts = [m.get("text", "") for m in await admin.messages()]
    assert sum("could not be handled" in text for text in texts) == 1


@pytest.fixture
def news_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parked votes are looked at when there is news, and never because time has passed."""
    monkeypatch.setattr(unmatched_votes, "TELL_AFTER_MS", HOUR_MS)


async def test_a_parked_vote_is_adopted_soon_after_the_database_recovers(
    news_alone: None,
    sandbox: SandboxClient,
    learner: Person,
    bot: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A storage failure while a vote is being adopted delays it by seconds: it is tried again
    though nothing new is heard.
    """
    await sandbox.fault("drop-response", "sendPoll")
    await sandbox.fault("500", "sendPoll", times=2)
    poll = await ask(learner)
    await asyncio.to_thread(meddle, bot.database, FAIL.format("INSERT ON answers"))
    await learner.vote(poll, [1])

    async def last_news() -> bool:
        sent = await sandbox.traffic(method="sendPoll")
        return [call["status"] for call in sent] == [None, 500, 500, 200]

    async def tried_again() -> bool:
        return caplog.text.count("Parked votes must wait") > tries + 2

    await until(last_news)
    await settled(bot.database)
    tries = caplog.text.count("Parked votes must wait")
    await until(tried_again)
    assert answers(bot.database) == []
    await asyncio.to_thread(meddle, bot.database, RECOVER)
    await explained(learner)
    assert answers(bot.database) == [(learner.id, "association", "[1]")]
