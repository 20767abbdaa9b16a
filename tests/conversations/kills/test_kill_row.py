"""The power fails between the explanation and the end of the row of confidence under its poll."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.support.bot import BotProcess
from tests.support.database import query
from tests.support.practising import button, study
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import buttons, given, says
from tests.support.trouble import until

EDIT = "editMessageReplyMarkup"
OWED = f"SELECT count(*) FROM outbox WHERE method = '{EDIT}' AND broadcast"


async def a_case(person: Person) -> Message:
    """By its command."""
    return await given(person, "/case")


@pytest.mark.parametrize("asked", [a_case, study])
async def test_the_row_goes_though_a_kill_comes_between(
    sandbox: SandboxClient,
    settings: Settings,
    tmp_path: Path,
    asked: Callable[[Person], Awaitable[Message]],
) -> None:
    """The explanation came once, and the next life takes the row away."""
    environment = {
        "MORNING_REPORT_CONTENT": str(settings.content),
        "MORNING_REPORT_SHIPPED_CASES": "off",
    }
    bot = await BotProcess.start(settings.api_url, tmp_path, **environment)
    person = await sandbox.person("Ada", language_code="en")
    poll = await asked(person)
    await person.press(poll, button(poll, "Certain"))
    await person.wait_for(lambda m: "✓ Certain" in buttons(m))
    await sandbox.fault("500", EDIT, times=1000)
    await person.vote(poll, [0])

    async def owed() -> bool:
        return query(settings.database, OWED) == [(1,)]

    await until(owed)
    await bot.kill()
    await sandbox.clear_faults()
    bot = await BotProcess.start(settings.api_url, tmp_path, **environment)
    await person.wait_for(
        lambda m: m["message_id"] == poll["message_id"] and "reply_markup" not in m
    )
    explained = [m for m in await person.messages(poll["message_id"]) if says("You chose:")(m)]
    assert len(explained) == 1
    await bot.end()
