"""Whoever brought the bot into a chat hears that something there needs them, once a day."""

import pytest

from bot.base.time_units import DAY_MS
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.warn_inviter import warn, warn_somebody
from bot.services import Services
from storage.chat_facts import ChatWarned
from storage.facts import LanguageChosen, PersonLeft, PersonMet
from storage.outcome import NOTHING, Outcome
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import join, later, said, served, staffed
from tests.support.services import commit

CLEO, DAN = BEN + 1, BEN + 2


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


async def somebody_warned(services: Services) -> list[int]:
    """Who is told of trouble in the group."""
    chat = (await served(services)).chat
    outcome = await warn_somebody(services, chat, ChatProblem.NO_POLLS)
    return [call.chat_id for call in outcome.owed]


@pytest.mark.parametrize(
    ("added_by", "blocked", "told"),
    [(ADA, False, ADA), (ADA, True, CLEO), (None, False, CLEO), (DAN, False, CLEO)],
    ids=["who brought it", "who brought it blocked it", "nobody knows", "who never wrote"],
)
async def test_an_administrator_hears_it_in_place_of_who_cannot(
    services: Services, added_by: int | None, blocked: bool, told: int
) -> None:
    """The first who has written to the bot and not blocked it."""
    for person in (ADA, BEN, CLEO):
        await commit(services, Outcome((PersonMet(person, "en", NOW),)))
    gone = (BEN, ADA) if blocked else (BEN,)
    await commit(services, Outcome(tuple(PersonLeft(one, NOW) for one in gone)))
    staffed(services, DAN, CLEO, BEN)
    await join(services, added_by=added_by)
    assert await somebody_warned(services) == [told]


@pytest.mark.parametrize("silent", [True, False])
async def test_where_nobody_can_be_told_who_brought_it_is_still_owed_it(
    services: Services, silent: bool
) -> None:
    """They read it should they come back; where Telegram does not say who else there is, too."""
    staffed(services, DAN, silent=silent)
    await join(services)
    assert await somebody_warned(services) == [ADA]
