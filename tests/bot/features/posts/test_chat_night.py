"""By night a chat is left in peace: no second question is put, and no phone rings."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import HOUR_MS
from bot.features.posts.close_question import close
from bot.features.posts.post_case import post_case
from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.outcome import Outcome
from storage.questions import PutQuestion
from tests.support.served_chats import BUTTONS, POLLS, again, join, put, put_by, send_all, served
from tests.support.services import commit, only_case

MIDNIGHT = 1_772_427_600_000  # 2026-03-02, 00:00 in New York
ZONE = "America/New_York"
DAILY = replace(POLLS, zone=ZONE, timetable=Timetable(EVERY_DAY, 8 * 60, ZONE))


async def asked_at(services: Services, settings: ChatSettings, hour: float) -> PutQuestion:
    """The first question of two, put at an hour of that day."""
    services.clock = replace(services.clock, at=MIDNIGHT + int(hour * HOUR_MS))
    return await put(services, await join(services, settings))


async def ends(services: Services, asked: PutQuestion) -> Outcome:
    """What comes of its planned end."""
    services.clock = replace(services.clock, at=asked.closes_at)
    chat = await served(services)
    outcome = await commit(services, await close(services, chat, await again(services, asked)))
    await send_all(services)
    return outcome


def silent(outcome: Outcome) -> set[bool]:
    """Whether its messages come without a sound."""
    sends = [call for call in outcome.owed if call.method.startswith("send")]
    return {bool(call.params.get("disable_notification")) for call in sends}


@pytest.mark.parametrize(
    ("put_hour", "hours_open", "closing_hour"),
    [
        (8, 6, 14),
        (16, 6, 24 + 7),
        (18, 6, 24 + 7),
        (18, 12, 24 + 7),
        (18, 13, 24 + 7),
        (18, 14, 24 + 8),
        (20, 1.5, 21.5),
        (20, 48, 20 + 48),
        (23, 1, 24),
        (6.5, 24, 24 + 6.5),
        (21.75, 0.5, 22.25),
    ],
)
@pytest.mark.parametrize("settings", [DAILY, replace(DAILY, layout=BUTTONS.layout)])
async def test_a_first_question_does_not_end_at_night(
    services: Services,
    settings: ChatSettings,
    put_hour: float,
    hours_open: float,
    closing_hour: float,
) -> None:
    """From 22 to 7 o'clock; but where the chat is awake: asked at night, or briefly, in a room."""
    settings = replace(settings, open_for=int(hours_open * 3600))
    asked = await asked_at(services, settings, put_hour)
    assert (asked.closes_at - MIDNIGHT) / HOUR_MS == closing_hour
    outcome = await ends(services, asked)
    assert (await put_by(services, outcome)).put_at == asked.closes_at


async def test_a_poll_is_open_as_long_as_its_question(services: Services) -> None:
    """Telegram closes it, and says until when."""
    services.clock = replace(services.clock, at=MIDNIGHT + 18 * HOUR_MS)
    group = await join(services, replace(DAILY, open_for=6 * 3600))
    outcome = await post_case(services, group, services.library.cases["made-0"])
    assert outcome.owed[-1].params["open_period"] == 13 * 3600


async def test_what_ends_at_night_ends_without_a_sound(services: Services) -> None:
    """The last question as planned, with its results; by day they ring as ever."""
    asked = await asked_at(services, replace(DAILY, open_for=int(8.5 * 3600)), 8)
    by_day = await ends(services, asked)
    assert silent(by_day) == {False}
    last = await put_by(services, by_day)
    assert (last.closes_at - MIDNIGHT) / HOUR_MS == 25
    assert silent(await ends(services, last)) == {True}


async def test_a_single_question_ends_when_the_chat_chose(
    services: Services, tmp_path: Path
) -> None:
    """Nothing is asked after it."""
    only_case(services, tmp_path / "own")
    asked = await asked_at(services, replace(DAILY, open_for=6 * 3600), 18)
    assert (asked.closes_at - MIDNIGHT) / HOUR_MS == 24


async def test_the_night_ends_with_a_schedule_that_is_earlier(services: Services) -> None:
    """Who has a case at half past six is awake then; at the latest at seven."""
    early = replace(DAILY, timetable=Timetable(EVERY_DAY, 6 * 60 + 30, ZONE), open_for=6 * 3600)
    asked = await asked_at(services, early, 18)
    assert (asked.closes_at - MIDNIGHT) / HOUR_MS == 24 + 6.5
    assert silent(await ends(services, asked)) == {False}


async def test_a_chat_without_a_schedule_has_no_night(services: Services) -> None:
    """Nobody said where its people live."""
    asked = await asked_at(services, replace(DAILY, timetable=None, open_for=6 * 3600), 18)
    assert (asked.closes_at - MIDNIGHT) / HOUR_MS == 24
    assert silent(await ends(services, asked)) == {False}
