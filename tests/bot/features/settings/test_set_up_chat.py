"""Administrators at a chat's settings: who may, and what a press or a written wish comes to."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.set_up_chat import pressed, written
from bot.features.settings.settings_session import Asker
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.chat_settings import ChatSettings, Layout, Results
from bot.scheduling.timetable import EVERY_DAY, Timetable, due_after
from bot.services import Services
from storage.case_facts import CasePosted
from storage.chat_facts import ChatJoined, ChatLeft, ChatSet
from storage.facts import PersonLeft, PersonMet
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import (
    BUTTONS,
    POLLS,
    button_rows,
    end_all,
    join,
    later,
    said,
    served,
    staffed,
)
from tests.support.services import commit

DISCUSSION = GROUP - 1
TOPIC = 77
DAILY = replace(POLLS, timetable=Timetable(EVERY_DAY, 450, "UTC"))
IN_GROUP = SettingsMessage(GROUP, GROUP, 5)
IN_PRIVATE = SettingsMessage(GROUP, ADA, 5)


def asker(services: Services, person_id: int | None = ADA, language: str = "en") -> Asker:
    """Whoever is at the settings."""
    return Asker(person_id, services.languages.choose(language, None))


async def press(
    services: Services,
    field: Field,
    value: str = "",
    where: SettingsMessage = IN_GROUP,
    by: Asker | None = None,
) -> Outcome:
    """What comes of a press; it is on record."""
    who = by or asker(services)
    return await commit(services, await pressed(services, who, where, Change(field, value)))


async def write(
    services: Services,
    argument: str,
    where: SettingsMessage = IN_GROUP,
    by: Asker | None = None,
) -> Outcome:
    """What comes of `/settings` with this after it; it is on record."""
    chat = (await served(services)).chat
    who = by or asker(services)
    return await commit(services, await written(services, who, where, chat, argument))


async def chosen(services: Services) -> ChatSettings:
    """The chat's settings as they are on record now."""
    return (await served(services)).settings


def words(outcome: Outcome) -> str:
    """The one message."""
    (call,) = outcome.owed
    return said(call)


def toast(outcome: Outcome) -> str:
    """What is said over the chat, where nothing else comes of a press."""
    assert outcome.toast is not None
    assert outcome.toast.alert
    assert (outcome.facts, outcome.owed) == ((), ())
    return outcome.toast.text


async def test_a_press_sets_one_thing_and_shows_it(services: Services) -> None:
    """In the place of the message that was pressed."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await press(services, Field.LAYOUT, "buttons")
    assert await chosen(services) == replace(POLLS, layout=Layout.BUTTONS)
    (call,) = outcome.owed
    assert (call.method, call.params["message_id"]) == ("editMessageText", 5)
    assert outcome.toast is None


@pytest.mark.parametrize(
    ("people", "silent", "refused"),
    [
        ((BEN,), False, "Only administrators of the chat can do this."),
        ((), True, "Telegram does not tell me who administers the chat."),
        ((ADA,), False, None),
    ],
)
async def test_only_administrators_change_anything(
    services: Services, people: tuple[int, ...], silent: bool, refused: str | None
) -> None:
    """As Telegram says at each press and each command; where it does not say, nobody may."""
    await join(services, POLLS)
    staffed(services, *people, silent=silent)
    by_press = await press(services, Field.LEADERBOARD, "1")
    by_words = await write(services, "zone lima")
    if refused is None:
        assert await chosen(services) == replace(POLLS, leaderboard=True, zone="America/Lima")
    else:
        assert refused in toast(by_press)
        assert refused in words(by_words)
        assert by_words.facts == ()
        assert await chosen(services) == POLLS


async def test_the_chat_itself_may(services: Services) -> None:
    """Nobody but administrators can write in its name, so Telegram is not asked."""
    await join(services, POLLS)
    asked = staffed(services)
    await press(services, Field.LEADERBOARD, "1", by=asker(services, None))
    assert (await chosen(services)).leaderboard
    assert asked == []


@pytest.mark.parametrize("gone", [True, False])
async def test_where_the_bot_is_no_more_nothing_is_set_up(services: Services, gone: bool) -> None:
    """Or never was: an old button says so."""
    if gone:
        await join(services, POLLS)
        await commit(services, Outcome((ChatLeft(GROUP, NOW),)))
    staffed(services, ADA)
    assert "not in that chat any more" in toast(await press(services, Field.LEADERBOARD, "1"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.LAYOUT, "telepathy"),
        (Field.LAYOUT, "anonymous"),
        (Field.OPEN, "1"),
        (Field.GO, "nowhere"),
        (Field.TOPIC, "gone:1"),
        (Field.SKIP, "-1"),
    ],
)
async def test_a_button_of_another_time_says_that_it_works_no_longer(
    services: Services, field: Field, value: str
) -> None:
    """What was possible once, or what a client made up."""
    await join(services, POLLS)
    staffed(services, ADA)
    assert "no longer works" in toast(await press(services, field, value))
    assert await chosen(services) == POLLS


async def test_a_page_is_shown_without_changing_anything(services: Services) -> None:
    """In the same message."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await press(services, Field.GO, "layout")
    (call,) = outcome.owed
    assert (call.method, outcome.facts) == ("editMessageText", ())


@pytest.mark.parametrize(
    ("argument", "change"),
    [
        ("zone lima", {"zone": "America/Lima"}),
        ("time 8:00", {"timetable": Timetable(EVERY_DAY, 480, "UTC")}),
    ],
)
async def test_a_written_wish_sets_one_thing(
    services: Services, argument: str, change: dict[str, Any]
) -> None:
    """And shows it in a message of its own."""
    settings = DAILY if "timetable" in change else POLLS
    await join(services, settings)
    staffed(services, ADA)
    where = replace(IN_GROUP, message_id=None, thread_id=TOPIC)
    outcome = await write(services, argument, where)
    assert await chosen(services) == replace(settings, **change)
    (call,) = outcome.owed
    assert (call.method, call.params["message_thread_id"]) == ("sendMessage", TOPIC)


async def test_a_command_alone_shows_the_settings(services: Services) -> None:
    """With buttons, and nothing changed."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await write(services, "", replace(IN_GROUP, message_id=None))
    assert "Ward 7" in words(outcome)
    assert button_rows(outcome.owed[0])
    assert outcome.facts == ()


@pytest.mark.parametrize(
    ("settings", "argument", "answer"),
    [
        (POLLS, "make it so", "I did not understand that."),
        (POLLS, "from 2026-12-01", "There is no schedule yet"),
        (POLLS, "until 2026-12-01", "There is no schedule yet"),
        (DAILY, "until 1899-12-01", "I did not understand that."),
    ],
)
async def test_what_cannot_be_is_answered_and_changes_nothing(
    services: Services, settings: ChatSettings, argument: str, answer: str
) -> None:
    """In words, where it was written."""
    await join(services, settings)
    staffed(services, ADA)
    outcome = await write(services, argument)
    assert answer in words(outcome)
    assert outcome.facts == ()
    assert await chosen(services) == settings


async def test_of_several_zones_one_is_to_be_chosen(services: Services) -> None:
    """By buttons, that set it."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await write(services, "zone IST")
    data = [button["callback_data"] for row in button_rows(outcome.owed[0]) for button in row]
    assert "s::zone:Asia/Kolkata" in data
    assert outcome.facts == ()


async def test_a_schedule_cannot_end_before_it_begins(services: Services) -> None:
    """Nor can it begin after its end."""
    await join(services, DAILY)
    staffed(services, ADA)
    await write(services, "from 2026-12-01")
    outcome = await write(services, "until 2026-11-30")
    assert "cannot end before it begins" in words(outcome)
    timetable = (await chosen(services)).timetable
    assert timetable is not None
    assert timetable.end is None


@pytest.mark.parametrize(("where", "spoken"), [(IN_GROUP, "es"), (IN_PRIVATE, "en")])
async def test_a_new_language_is_the_chat_s_and_spoken_there_at_once(
    services: Services, where: SettingsMessage, spoken: str
) -> None:
    """In private, the settings go on in the administrator's own."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await press(services, Field.LANGUAGE, "es", where)
    assert (await chosen(services)).language == "es"
    shows = words(outcome) + str(button_rows(outcome.owed[0]))
    assert ("Idioma" in shows) is (spoken == "es")


async def test_a_refusal_is_in_the_words_of_whoever_pressed(services: Services) -> None:
    """The chat's language is for what stands in the chat."""
    await join(services, POLLS)
    staffed(services, ADA)
    spanish = asker(services, language="es")
    answer = toast(await press(services, Field.LAYOUT, "telepathy", by=spanish))
    assert answer == services.languages.words["es"].say(
        "This button no longer works. Open the settings anew."
    )


@pytest.mark.parametrize(
    ("linked", "silent", "bot_there", "answer"),
    [
        (None, True, True, "Telegram does not tell me"),
        (None, False, True, "no discussion group"),
        (DISCUSSION, False, None, "Add me to the channel's discussion group"),
        (DISCUSSION, False, False, "Add me to the channel's discussion group"),
        (DISCUSSION, False, True, None),
    ],
)
async def test_results_go_to_a_discussion_group_where_the_bot_is(
    services: Services, linked: int | None, silent: bool, bot_there: bool | None, answer: str | None
) -> None:
    """The one that is linked to the channel now."""
    if bot_there is not None:
        await join(services, POLLS, chat_id=DISCUSSION)
    if bot_there is False:
        await commit(services, Outcome((ChatLeft(DISCUSSION, NOW),)))
    await join(services, BUTTONS, kind="channel")
    staffed(services, ADA, linked=linked, silent=silent)
    by = asker(services, None) if silent else None
    outcome = await press(services, Field.RESULTS, Results.DISCUSSION, IN_PRIVATE, by)
    if answer is None:
        wanted = replace(BUTTONS, results=Results.DISCUSSION, discussion_id=DISCUSSION)
        assert await chosen(services) == wanted
    else:
        assert answer in toast(outcome)
        assert await chosen(services) == BUTTONS


async def test_the_case_that_was_shown_goes_out_once(services: Services) -> None:
    """A second press of the same button shows the next one instead."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await press(services, Field.POST, "0")
    assert any(isinstance(fact, CasePosted) for fact in outcome.facts)
    assert outcome.toast is not None
    assert outcome.toast.text == "It is on its way."
    assert outcome.owed[-1].method == "editMessageText"
    again = await press(services, Field.POST, "0")
    assert not any(isinstance(fact, CasePosted) for fact in again.facts)
    assert again.toast is not None
    assert again.toast.text.startswith("Another case went out meanwhile.")
    await end_all(services)
    third = await press(services, Field.POST, "1")
    assert any(isinstance(fact, CasePosted) for fact in third.facts)


async def test_where_no_case_fits_none_goes_out(services: Services) -> None:
    """The page says so again."""
    await join(services, replace(POLLS, levels=frozenset({"student"})))
    staffed(services, ADA)
    outcome = await press(services, Field.POST, "0")
    assert not any(isinstance(fact, CasePosted) for fact in outcome.facts)
    assert outcome.owed[0].method == "editMessageText"


@pytest.mark.parametrize(
    ("kind", "own", "may"),
    [
        ("channel", {"can_post_messages": True}, True),
        ("channel", {"can_post_messages": False}, False),
        ("channel", None, False),
        ("supergroup", None, True),
    ],
)
async def test_in_a_channel_the_bot_needs_the_right_to_post(
    services: Services, kind: str, own: dict[str, bool] | None, may: bool
) -> None:
    """In a group every member may write, as a rule; where Telegram does not say, it is tried."""
    await join(services, BUTTONS, kind=kind)
    staffed(services, ADA, own=own)
    outcome = await press(services, Field.POST, "0", IN_PRIVATE)
    if may:
        assert any(isinstance(fact, CasePosted) for fact in outcome.facts)
    else:
        assert "give me the right to post messages" in toast(outcome)


async def test_a_channel_of_which_telegram_says_nothing_is_posted_to(services: Services) -> None:
    """What is refused is told later."""
    await join(services, BUTTONS, kind="channel")
    staffed(services, silent=True)
    outcome = await press(services, Field.POST, "0", IN_PRIVATE, asker(services, None))
    assert any(isinstance(fact, CasePosted) for fact in outcome.facts)


async def test_a_change_sets_what_is_due(services: Services) -> None:
    """From now on, by what was chosen."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await press(services, Field.DAYS, "all")
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, ChatSet))
    assert fact.next_due is not None
    assert NOW < fact.next_due <= NOW + DAY_MS


@pytest.mark.parametrize(
    ("where", "met", "becomes"),
    [(IN_GROUP, True, BEN), (IN_GROUP, False, ADA), (SettingsMessage(GROUP, BEN, 5), False, BEN)],
)
async def test_trouble_is_told_to_who_sets_the_chat_up_where_it_is_to_nobody_else(
    services: Services, where: SettingsMessage, met: bool, becomes: int
) -> None:
    """Whoever brought the bot has blocked it; in private, whoever presses can be written to."""
    await join(services, POLLS)
    facts = [PersonMet(ADA, "en", NOW), PersonLeft(ADA, NOW)]
    await commit(services, Outcome((*facts, *([PersonMet(BEN, "en", NOW)] if met else []))))
    staffed(services, ADA, BEN)
    outcome = await press(services, Field.LEADERBOARD, "1", where, asker(services, BEN))
    assert (await served(services)).chat.added_by == becomes
    assert any(isinstance(fact, ChatJoined) for fact in outcome.facts) is (becomes == BEN)
    assert (await chosen(services)).leaderboard


@pytest.mark.parametrize(
    ("minute", "hours"), [(8 * 60, "22:00 and 07:00"), (6 * 60 + 30, "22:00 and 06:30"), (None, "")]
)
async def test_how_long_a_question_is_open_says_what_holds_at_night(
    services: Services, minute: int | None, hours: str
) -> None:
    """Where the chat has a schedule, by which its night is known."""
    timetable = None if minute is None else Timetable(EVERY_DAY, minute, "UTC")
    await join(services, replace(POLLS, timetable=timetable))
    staffed(services, ADA)
    outcome = await press(services, Field.GO, Page.OPEN)
    assert ("No next question of a case comes between" in words(outcome)) is bool(hours)
    assert hours in words(outcome)


async def test_a_skip_of_what_was_due_while_the_bot_was_down_tells_what_comes(
    services: Services,
) -> None:
    """The time that is passed over is the one due by the record, not the one after it."""
    assert DAILY.timetable is not None
    await join(services, DAILY, due=due_after(DAILY.timetable, services.clock.now()))
    staffed(services, ADA)
    later(services, DAY_MS)
    told = words(await press(services, Field.SKIP, "1"))
    assert "skipped before" not in told
    assert told == words(await press(services, Field.SKIP, "0"))
