"""Whoever brought the bot into a chat hears that something there needs them, once a day."""

import pytest

from bot.base.time_units import DAY_MS
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.warn_inviter import warn
from bot.services import Services
from storage.chat_facts import ChatWarned
from storage.facts import LanguageChosen, PersonMet
from storage.outcome import NOTHING, Outcome
from tests.storage.samples import ADA, GROUP, NOW
from tests.support.served_chats import join, later, said, served
from tests.support.services import commit


async def warned(services: Services) -> Outcome:
    """What comes of trouble in the group now; it is on record."""
    chat = (await served(services)).chat
    return await commit(services, await warn(services, chat, ChatProblem.NO_POLLS))


async def test_it_is_told_in_private_and_in_their_language(services: Services) -> None:
    """With the chat's title."""
    await join(services)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW), LanguageChosen(ADA, "es"))))
    outcome = await warned(services)
    (call,) = outcome.owed
    assert call.chat_id == ADA
    assert "Ward 7" in said(call)
    assert "encuestas" in said(call)
    assert outcome.facts == (ChatWarned(GROUP, NOW),)


@pytest.mark.parametrize(("after", "again"), [(DAY_MS - 1, False), (DAY_MS, True)])
async def test_of_each_chat_once_a_day(services: Services, after: int, again: bool) -> None:
    """Whatever is wrong there: it may be refused every minute."""
    await join(services)
    assert (await warned(services)).owed
    later(services, after)
    outcome = await warned(services)
    assert bool(outcome.owed) is again
    assert outcome.owed or outcome == NOTHING


async def test_an_anonymous_administrator_cannot_be_written_to(services: Services) -> None:
    """Nobody knows who brought the bot: nothing is said, nor noted as said."""
    await join(services, added_by=None)
    assert await warned(services) == NOTHING
