"""The bot comes back into a chat, and changes hands: what was due is due, and somebody is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.membership.join_chat import (
    SeenChat,
    added_to_chat,
    ensure_contact,
    known_chat,
    leave,
)
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.visitors import Visitor
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.chat_facts import ChatJoined, ChatSet
from storage.chats import Chat
from storage.facts import PersonMet
from storage.outcome import Outcome
from storage.store import DAY
from tests.storage.samples import ADA, BEN, GROUP
from tests.support.services import StillClock, commit, services_with_cases

HOUR = 60 * 60 * 1000
MONDAY = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
SCHEDULE = ChatSettings(
    timetable=Timetable(EVERY_DAY, 7 * 60 + 30, "UTC"), digest=True, language="en"
)
SEEN = SeenChat(GROUP, "supergroup", "Ward 7")


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot at a Monday's midnight."""
    async with services_with_cases(tmp_path, MONDAY) as services:
        yield services


async def gone(services: Services, settings: ChatSettings) -> None:
    """The bot was in a group with these settings, and is so no more; ten hours pass."""
    document = settings.to_json()
    joined = ChatJoined(GROUP, "supergroup", "Ward 7", document, ADA, MONDAY - DAY)
    due = ChatSet(GROUP, document, MONDAY + 7 * HOUR + HOUR // 2, MONDAY + 8 * HOUR)
    await commit(services, Outcome((joined, due)))
    await commit(services, await leave(services, GROUP))
    services.clock = StillClock(at=MONDAY + 10 * HOUR)


async def kept(services: Services) -> Chat:
    """The group's record."""
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    return chat


async def test_let_in_again_the_schedule_goes_on(services: Services) -> None:
    """The next case and digest are due as the settings have it; what was missed is let go."""
    await gone(services, SCHEDULE)
    assert ((await kept(services)).next_due, (await kept(services)).digest_due) == (None, None)
    await commit(services, await added_to_chat(services, SEEN, Visitor(BEN, "en"), BEN))
    chat = await kept(services)
    assert (chat.gone_at, chat.added_by) == (None, BEN)
    assert chat.next_due == MONDAY + DAY + 7 * HOUR + HOUR // 2
    assert chat.digest_due == MONDAY + 7 * DAY + 8 * HOUR
    assert ChatSettings.from_json(chat.settings) == SCHEDULE


async def test_a_chat_thought_lost_goes_on_too(services: Services) -> None:
    """Where somebody writes in a chat that was held for lost, its schedule is kept again."""
    await gone(services, SCHEDULE)
    words = services.languages.choose("en", None)
    chat, joined = await known_chat(services, SEEN, words)
    await commit(services, joined)
    assert chat == await kept(services)
    assert chat.next_due == MONDAY + DAY + 7 * HOUR + HOUR // 2


async def test_what_was_paused_stays_so(services: Services) -> None:
    """Only what was switched on comes again."""
    await gone(services, replace(SCHEDULE, paused=True, digest=False))
    await commit(services, await added_to_chat(services, SEEN, Visitor(BEN, "en"), BEN))
    chat = await kept(services)
    assert (chat.next_due, chat.digest_due) == (None, None)


CHLOE = BEN + 1


@pytest.mark.parametrize(
    ("added_by", "owner"),
    [(None, BEN), (CHLOE, BEN), (ADA, ADA)],
    ids=["anonymous or erased", "cannot be written to", "hears of it"],
)
async def test_trouble_is_told_to_who_sets_the_chat_up_where_it_is_to_nobody_else(
    services: Services, added_by: int | None, owner: int
) -> None:
    """An administrator who may be written to takes the place of one who may not."""
    joined = ChatJoined(GROUP, "supergroup", "Ward 7", SCHEDULE.to_json(), added_by, MONDAY - DAY)
    met = (PersonMet(ADA, "en", MONDAY), PersonMet(BEN, "en", MONDAY))
    await commit(services, Outcome((joined, *met)))
    words = services.languages.choose("en", None)
    for person_id in (None, CHLOE, BEN):
        chat = await kept(services)
        told = await ensure_contact(services, chat, person_id, words, in_private=False)
        await commit(services, told)
    assert (await kept(services)).added_by == owner
    assert ChatSettings.from_json((await kept(services)).settings) == SCHEDULE
