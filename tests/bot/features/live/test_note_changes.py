"""Which rounds' screens hear of what was recorded."""

import pytest

from bot.features.live.note_changes import note
from bot.services import Services
from storage.facts import Fact, PersonForgotten, PersonLeft
from storage.live_facts import RoundJoined


@pytest.mark.parametrize("gone", [PersonForgotten(7), PersonLeft(7, 0)])
async def test_screens_hear_that_somebody_is_gone(services: Services, gone: Fact) -> None:
    """Perhaps nobody knows any more in which rounds they were: all look again, whoever else moves
    on.
    """
    with services.live.listening(1) as here, services.live.listening(2) as there:
        note(services, [RoundJoined(1, 7, 0)])
        assert (here.is_set(), there.is_set()) == (True, False)
        here.clear()
        note(services, [gone])
        assert (here.is_set(), there.is_set()) == (True, True)
