"""The bot comes back into a chat, and changes hands: what was due is due, and somebody is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.membership.join_chat import (
    SeenChat,
    added_to_chat,
    ensure_contact,
    known_chat,
    leave,
    lose_rights,
    move,
)
from bot.features.membership.notices_view import ChatProblem
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.visitors import Visitor
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.chat_facts import ChatJoined, ChatSet
from storage.chats import Chat
from storage.facts import PersonLeft, PersonMet
from storage.outcome import NOTHING, Outcome
from tests.storage.samples import ADA, BEN, GROUP
from tests.support.served_chats import join, said, served, staffed
from tests.support.services import StillClock, commit, services_with_cases

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
    joined = ChatJoined(GROUP, "supergroup", "Ward 7", document, ADA, MONDAY - DAY_MS)
    due = ChatSet(GROUP, document, MONDAY + 7 * HOUR_MS + HOUR_MS // 2, MONDAY + 8 * HOUR_MS)
    await commit(services, Outcome((joined, due)))
    await commit(services, await leave(services, GROUP))
    services.clock = StillClock(at=MONDAY + 10 * HOUR_MS)


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
    assert chat.next_due == MONDAY + DAY_MS + 7 * HOUR_MS + HOUR_MS // 2
    assert chat.digest_due == MONDAY + 7 * DAY_MS + 8 * HOUR_MS
    assert ChatSettings.from_json(chat.settings) == SCHEDULE


async def test_a_chat_thought_lost_goes_on_too(services: Services) -> None:
    """Where somebody writes in a chat that was held for lost, its schedule is kept again."""
    await gone(services, SCHEDULE)
    words = services.languages.choose("en", None)
    seen = SeenChat(GROUP, "group", "Ward 8")
    chat, joined = await known_chat(services, seen, words)
    await commit(services, joined)
    assert chat == await kept(services)
    assert (chat.kind, chat.title) == ("group", "Ward 8")
    assert chat.next_due == MONDAY + DAY_MS + 7 * HOUR_MS + HOUR_MS // 2


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
    joined = ChatJoined(
        GROUP, "supergroup", "Ward 7", SCHEDULE.to_json(), added_by, MONDAY - DAY_MS
    )
    met = (PersonMet(ADA, "en", MONDAY), PersonMet(BEN, "en", MONDAY))
    await commit(services, Outcome((joined, *met)))
    words = services.languages.choose("en", None)
    for person_id in (None, CHLOE, BEN):
        chat = await kept(services)
        told = await ensure_contact(services, chat, person_id, words, in_private=False)
        await commit(services, told)
    assert (await kept(services)).added_by == owner
    assert ChatSettings.from_json((await kept(services)).settings) == SCHEDULE


def joined_facts(outcome: Outcome) -> list[ChatJoined]:
    """What an Outcome says of chats that the bot is in."""
    return [fact for fact in outcome.facts if isinstance(fact, ChatJoined)]


@pytest.mark.parametrize(
    ("kind", "added_by", "told"),
    [
        ("supergroup", BEN, GROUP),
        ("supergroup", None, GROUP),
        ("channel", BEN, BEN),
        ("channel", None, None),
    ],
)
async def test_a_newcomer_says_hello_once(
    services: Services, kind: str, added_by: int | None, told: int | None
) -> None:
    """In a group to all; of a channel to whoever added it, in private, if anybody is known."""
    seen = SeenChat(GROUP, kind, "Ward 7")
    outcome = await commit(
        services, await added_to_chat(services, seen, Visitor(BEN, "es"), added_by)
    )
    assert [call.chat_id for call in outcome.owed] == ([] if told is None else [told])
    chat = await kept(services)
    assert (chat.kind, chat.title, chat.added_by) == (kind, "Ward 7", added_by)
    chosen = ChatSettings.from_json(chat.settings)
    assert chosen.layout is (Layout.BUTTONS if kind == "channel" else Layout.POLL)
    assert chosen.language == "es"
    again = await added_to_chat(services, seen, Visitor(BEN, "es"), added_by)
    assert again == NOTHING, "it is there already: a change of its rights tells so too"


async def test_a_chat_met_by_its_messages_is_joined_on_the_fly(services: Services) -> None:
    """As the chat is seen; nobody is known to have brought the bot. Known, it is only read."""
    words = services.languages.choose("en", None)
    fresh, joined = await known_chat(services, SEEN, words)
    await commit(services, joined)
    assert fresh == await kept(services)
    assert fresh.added_by is None
    assert await known_chat(services, SEEN, words) == (fresh, NOTHING)


async def test_a_new_title_is_noted(services: Services) -> None:
    """Whoever had brought the bot, and what the chat had chosen, stay."""
    await commit(services, await added_to_chat(services, SEEN, Visitor(BEN, "en"), BEN))
    before = await kept(services)
    renamed = replace(SEEN, title="Ward 8")
    _, joined = await known_chat(services, renamed, services.languages.choose("es", None))
    await commit(services, joined)
    assert await kept(services) == replace(before, title="Ward 8")


@pytest.mark.parametrize(
    ("added_by", "by", "told"),
    [(ADA, None, True), (ADA, BEN, True), (ADA, ADA, False), (None, BEN, False)],
)
async def test_whoever_brought_the_bot_hears_that_it_is_out(
    services: Services, added_by: int | None, by: int | None, told: bool
) -> None:
    """Unless they put it out themselves, or nobody knows who they were; and once."""
    await join(services, SCHEDULE, added_by=added_by)
    outcome = await commit(services, await leave(services, GROUP, by))
    assert [call.chat_id for call in outcome.owed] == ([added_by] if told else [])
    assert (await kept(services)).gone_at == MONDAY
    assert (await leave(services, GROUP, by)).owed == ()
    assert (await leave(services, GROUP - 1, by)).owed == (), "a chat that nobody knows"


async def test_fewer_rights_are_told_to_whoever_brought_the_bot(services: Services) -> None:
    """In a chat that is known."""
    assert await lose_rights(services, GROUP, ChatProblem.DEMOTED) == NOTHING
    await join(services, SCHEDULE)
    await commit(services, Outcome((PersonMet(ADA, None, MONDAY),)))
    (told,) = (await lose_rights(services, GROUP, ChatProblem.DEMOTED)).owed
    assert told.chat_id == ADA
    assert "no longer an administrator" in said(told)


async def test_a_group_that_becomes_a_supergroup_keeps_everything(services: Services) -> None:
    """Under its new id."""
    await join(services, SCHEDULE)
    await commit(services, move(GROUP, GROUP - 1))
    moved = await served(services, GROUP - 1)
    assert (moved.settings, moved.chat.kind) == (SCHEDULE, "supergroup")
    assert await services.store.chats.get(GROUP) is None


@pytest.mark.parametrize(
    ("kind", "administers", "owner"),
    [
        ("channel", (BEN,), BEN),
        ("channel", (ADA, BEN), ADA),
        ("channel", None, ADA),
        ("supergroup", (BEN,), ADA),
    ],
    ids=["no longer an administrator", "still one", "Telegram does not say", "a group's member"],
)
async def test_a_channel_s_trouble_is_for_who_administers_it(
    services: Services, kind: str, administers: tuple[int, ...] | None, owner: int
) -> None:
    """Groups' members add the bot too; but channels are set up by administrators."""
    await join(services, SCHEDULE, kind=kind)
    await commit(services, Outcome((PersonMet(ADA, "en", MONDAY), PersonMet(BEN, "en", MONDAY))))
    staffed(services, *(administers or ()), silent=administers is None)
    words = services.languages.choose("en", None)
    chat = await kept(services)
    told = await ensure_contact(services, chat, BEN, words, in_private=False)
    await commit(services, told)
    assert (await kept(services)).added_by == owner


async def test_who_writes_in_private_can_be_told_there(services: Services) -> None:
    """Although the bot has not met them before: they are just writing to it."""
    await join(services, SCHEDULE, added_by=None)
    words, chat = services.languages.choose("en", None), await kept(services)
    assert await ensure_contact(services, chat, BEN, words, in_private=False) == NOTHING
    told = await ensure_contact(services, chat, BEN, words, in_private=True)
    assert [fact.added_by for fact in joined_facts(told)] == [BEN]


async def test_whoever_brought_the_bot_stays_whom_it_tells(services: Services) -> None:
    """They are at the settings themselves, whatever the bot knows of them."""
    await join(services, SCHEDULE)
    words, chat = services.languages.choose("en", None), await kept(services)
    assert await ensure_contact(services, chat, ADA, words, in_private=True) == NOTHING


async def test_who_blocked_the_bot_hears_nothing_any_more(services: Services) -> None:
    """Another administrator takes their place; they take nobody's."""
    await join(services, SCHEDULE)
    facts = (PersonMet(ADA, "en", MONDAY), PersonLeft(ADA, MONDAY), PersonMet(BEN, "en", MONDAY))
    await commit(services, Outcome(facts))
    words, chat = services.languages.choose("en", None), await kept(services)
    told = await ensure_contact(services, chat, BEN, words, in_private=False)
    assert [fact.added_by for fact in joined_facts(told)] == [BEN]
    await commit(services, told)
    told = await ensure_contact(services, await kept(services), ADA, words, in_private=False)
    assert told == NOTHING
