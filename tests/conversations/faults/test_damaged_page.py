"""A page of the database is damaged while the bot rests: it serves on, or says what to do."""

import asyncio
import shutil

import pytest
from msgspec.structs import replace

from bot.app import serve
from bot.base.shutdown import Stop
from bot.services import BotError
from bot.settings import Settings
from tests.support.bot import TOKEN, running_bot
from tests.support.damage import damage
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.trouble import PATIENCE_S, answers, arrive, ask, explained, says, settled

BOUND_S = 60.0


async def lived(sandbox: SandboxClient, settings: Settings) -> tuple[Person, Person]:
    """Two people whom the bot has met, one of them with an answer; the bot has ended."""
    async with running_bot(settings, PATIENCE_S):
        ada, admin = await arrive(sandbox), await arrive(sandbox, "Grace")
        await ada.vote(await ask(ada), [1])
        await explained(ada)
        await settled(settings.database)
    return ada, admin


async def test_what_needs_the_damaged_part_fails_and_everybody_is_served(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """Administrators are told at the start; one `/mydata` fails, restarts included; votes count."""
    ada, admin = await lived(sandbox, settings)
    damage(settings.database, "flags_by_person")
    administered = replace(settings, admins=frozenset({admin.id}))
    for _ in range(2):
        since = (await admin.messages())[-1]["message_id"]
        async with running_bot(administered, PATIENCE_S):
            told = await admin.wait_for(says("damaged in a part (flags)"), after=since)
            assert "Restore the last backup" in told["text"]
            await ada.send("/mydata")
            await admin.wait_for(says("could not be handled and was set aside"), after=since)
            newcomer = await arrive(sandbox, "Ben")
            await newcomer.vote(await ask(newcomer), [2])
            await explained(newcomer)
            await settled(settings.database)
    assert len(answers(settings.database)) == 3
    assert query(settings.database, "SELECT kind FROM set_aside") == [("message",), ("message",)]


@pytest.mark.parametrize("part", ["answers_once", "outbox"])
async def test_damage_where_votes_are_written_ends_the_bot(
    sandbox: SandboxClient, settings: Settings, part: str
) -> None:
    """With the sentence about restoring, by itself, though nobody has met the page yet."""
    await lived(sandbox, settings)
    damage(settings.database, part)
    async with asyncio.timeout(BOUND_S):
        with pytest.raises(BotError, match=r"damaged in .* Restore the last backup"):
            await serve(settings, TOKEN, Stop(settings.clock), PATIENCE_S)


async def test_who_meets_the_page_first_loses_nothing(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """A vote that cannot be judged is not confirmed: it counts once the backup is restored."""
    ada, _ = await lived(sandbox, settings)
    backup = settings.database.with_name("backup.db")
    async with running_bot(settings, PATIENCE_S):
        poll = await ask(ada)
        await settled(settings.database)
    query(settings.database, "PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(settings.database, backup)
    damage(settings.database, "answers_by_wording")
    await ada.vote(poll, [0])
    async with asyncio.timeout(BOUND_S):
        with pytest.raises(BotError, match="Restore the last backup"):
            await serve(settings, TOKEN, Stop(settings.clock), PATIENCE_S)
    shutil.copy(backup, settings.database)
    async with running_bot(settings, PATIENCE_S):
        await explained(ada, poll["message_id"])
        await settled(settings.database)
    assert len(answers(settings.database)) == 2
