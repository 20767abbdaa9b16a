"""The system's clock is set while the bot works, forwards and back."""

import pytest
from msgspec.structs import replace

from bot.base.time_units import HOUR_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import SandboxClient
from tests.support.seeing import is_poll, says
from tests.support.stepped_clock import SteppedClock
from tests.support.trouble import CASE, PATIENCE_S, ask, explained, settled


@pytest.fixture
def clock(server: SandboxServer) -> SteppedClock:
    """The bot's; that of the sandbox is right all the time."""
    right = server._world.clock
    return SteppedClock(right.start, right.speed, right.epoch)


async def test_jumps_neither_lose_nor_repeat_anything(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings, clock: SteppedClock
) -> None:
    """People are served whatever the clock shows, and no question closes early for that."""
    settings = replace(settings, clock=clock)
    ada = await sandbox.person("Ada", language_code="en")
    group = await sandbox.chat("supergroup", "Ward", admins=[ada])
    await set_up_chats(settings, group, ChatSettings(open_for=3600))
    async with running_bot(settings, PATIENCE_S):
        await ada.send("/start")
        await ada.wait_for(says("Good morning"))
        await group.send(ada, f"/case {CASE}")
        first = await group.wait_for(ada, is_poll)
        await group.vote(ada, first, [1])
        last = 0
        for step in (-HOUR_MS, 26 * HOUR_MS, -25 * HOUR_MS):
            clock.steps.append(step)
            poll = await ask(ada, last)
            await ada.vote(poll, [0])
            last = (await explained(ada, poll["message_id"]))["message_id"]
        await group.send(ada, "/case")
        await group.wait_for(ada, is_poll, after=first["message_id"])
        await settled(settings.database)
    said = [message.get("text", "") for message in await group.messages(ada)]
    assert not any("Time is up." in text for text in said)
    assert query(settings.database, "SELECT count(*) FROM answers") == [(4,)]
    assert query(settings.database, "SELECT count(*) FROM answers WHERE time_taken < 0") == [(0,)]
    assert query(settings.database, "SELECT * FROM set_aside") == []
    assert query(settings.database, "PRAGMA integrity_check") == [("ok",)]
