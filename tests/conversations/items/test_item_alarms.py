"""A question with a wrong key alarms, by itself, as the bot's administrators meet it."""

from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from content.codes import case_code
from tests.support.bot import running_bot, settings_for
from tests.support.item_answers import fill
from tests.support.library import shipped_library
from tests.support.new_store import new_store
from tests.support.sandbox import SandboxClient
from tests.support.seeing import asked, buttons, says, text_of
from tests.support.trouble import fast_clock

MISKEYED = 3


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: it is looked for a minute after the start."""
    return fast_clock()


async def test_a_planted_wrong_key_is_found_and_retired(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """Its card comes within minutes of the start, once; votes are served meanwhile."""
    ada = await sandbox.person("Ada", language_code="en")
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    await (await new_store(settings.database, clock.now())).close()
    library = shipped_library()
    snapshots = [library.snapshot(case) for case in library.cases.values()]
    fill(settings.database, snapshots, 80, miskeyed={MISKEYED})
    code = case_code([*library.cases][MISKEYED])
    async with running_bot(settings):
        await asked(ada, "/start", "Good morning.")
        card = await ada.wait_for(says("Please look at this question.", f"Case {code}:"))
        assert "⚠️ Fewer are right than by guessing" in text_of(card)
        assert "80 first answers" in text_of(card)
        await ada.press(card, buttons(card)["Retire"])
        await asked(ada, f"/case {code}", f"Case {code} is withdrawn")
        told = [m for m in await ada.messages() if f"Case {code}:" in text_of(m)]
        assert len(told) == 1
