"""A network that is slow, and connections that are reset in the middle of anything."""

import random

import pytest
from msgspec.structs import replace

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.sandbox import SandboxClient
from tests.support.trouble import PATIENCE_S, answers, arrive, ask, explained, repeats, settled
from tests.support.wire import Wire


@pytest.mark.parametrize(("delay", "fragility"), [(0.2, 0.0), (0.02, 0.1)])
async def test_a_rough_wire_loses_nothing(
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    delay: float,
    fragility: float,
) -> None:
    """Cases, votes and explanations get through; at most one extra for each reset connection."""
    wire = Wire(int(server.url.rpartition(":")[2]), random.Random(6))
    await wire.open()
    async with running_bot(replace(settings, api_url=wire.url), PATIENCE_S):
        people = [await arrive(sandbox, name) for name in ("Ada", "Ben")]
        wire.delay, wire.fragility = delay, fragility
        for person in people:
            wire.cut()
            poll = await ask(person)
            await person.vote(poll, [1])
        for person in people:
            await explained(person)
        wire.mend()
        await settled(settings.database)
        for person in people:
            assert await repeats(person) <= wire.cuts
    await wire.close()
    assert sorted(answers(settings.database)) == [
        (person.id, "association", "[1]") for person in people
    ]
    assert query(settings.database, "PRAGMA integrity_check") == [("ok",)]
