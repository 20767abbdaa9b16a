"""What a learner can write after `/daily`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.i18n import Languages
from bot.features.daily import daily_view as views
from bot.features.daily.typed_daily import (
    WEEKDAYS,
    AnyTopic,
    AskQuiet,
    AskTime,
    AskZone,
    At,
    NoClockShowsIt,
    Quiet,
    Resume,
    Show,
    StopDaily,
    Unclear,
    Wish,
    read_wish,
)
from bot.features.shared.buttons import CANCEL, DAILY
from bot.features.shared.messages import MOST_DATA
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import QuietHours
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.scheduling.zone_names import COMMON_ZONES, Region
from storage.outcome import OwedCall

HALF_PAST_SEVEN = 7 * 60 + 30
ENGLISH = Languages.load().choose("en", None)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Show()),
        ("  ", Show()),
        ("07:30", At(HALF_PAST_SEVEN, None)),
        ("7 30 am", At(HALF_PAST_SEVEN, None)),
        ("07:30 Europe/Berlin", At(HALF_PAST_SEVEN, "Europe/Berlin")),
        ("7:30 pm New York", At(19 * 60 + 30, "New York")),
        ("Lima", At(None, "Lima")),
        ("zone Lima", At(None, "Lima")),
        ("zone UTC+5", At(None, "UTC+5")),
        ("zone", AskZone(None, None)),
        ("region Asia", AskZone(Region.ASIA, None)),
        ("region Europe 07:30", AskZone(Region.EUROPE, HALF_PAST_SEVEN)),
        ("region Atlantis", Unclear()),
        ("OFF", StopDaily()),
        ("on", Resume()),
        ("weekdays", At(None, None, WEEKDAYS)),
        ("everyday", At(None, None, EVERY_DAY)),
        ("lima 07:30", At(HALF_PAST_SEVEN, "lima")),
        ("New York at 7:30 pm", At(19 * 60 + 30, "New York")),
        ("at 7:30", At(HALF_PAST_SEVEN, None)),
        ("at 7:30 in Lima", At(HALF_PAST_SEVEN, "Lima")),
        ("weekdays 07:30", At(HALF_PAST_SEVEN, None, WEEKDAYS)),
        ("7:30 on weekdays, Lima", At(HALF_PAST_SEVEN, "Lima", WEEKDAYS)),
        ("Monday to Friday at 7:30", At(HALF_PAST_SEVEN, None, WEEKDAYS)),
        ("every day 07:30 Lima", At(HALF_PAST_SEVEN, "Lima", EVERY_DAY)),
        ("cardiology", At(None, "cardiology")),
        ("cardiology weekdays 7:30", At(HALF_PAST_SEVEN, "cardiology", WEEKDAYS)),
        ("all topics", AnyTopic()),
        ("time", AskTime("")),
        ("time weekdays Lima", AskTime("weekdays Lima")),
        ("region Europe weekdays 07:30", AskZone(Region.EUROPE, HALF_PAST_SEVEN, WEEKDAYS)),
        ("at", Unclear()),
        ("quiet 22-7", Quiet(QuietHours(22 * 60, 7 * 60))),
        ("quiet 22:30 – 06:15", Quiet(QuietHours(22 * 60 + 30, 6 * 60 + 15))),
        ("quiet 10 pm to 7 am", Quiet(QuietHours(22 * 60, 7 * 60))),
        ("quiet off", Quiet(None)),
        ("quiet", AskQuiet()),
        ("quiet 7-7", Unclear()),
        ("quiet 22-7-9", Unclear()),
        ("quiet 22-25", NoClockShowsIt()),
        ("25:00", NoClockShowsIt()),
        ("25:00 Berlin", NoClockShowsIt()),
        ("?", Unclear()),
    ],
)
def test_a_wish_is_read_as_it_was_meant(text: str, wish: Wish) -> None:
    """Times, places, days and quiet hours; what cannot be a time is told from what is not one."""
    assert wish == read_wish(text)


@given(st.text(max_size=80))
def test_anything_can_be_written(text: str) -> None:
    """No text is an error."""
    read_wish(text)


def every_answer() -> list[OwedCall]:
    """Every message that has buttons, with the longest things in them."""
    longest = "America/Argentina/ComodRivadavia"
    plan = DailyPlan(Timetable(EVERY_DAY, HALF_PAST_SEVEN, longest))
    return [
        views.offer(1, ENGLISH),
        views.offer(1, ENGLISH, longest),
        views.running(1, plan, views.Coming(0, 0), ENGLISH),
        views.resting(1, plan, ENGLISH),
        views.offer(1, ENGLISH, longest, WEEKDAYS),
        views.running(1, plan, views.Coming(0, 0), ENGLISH, {"cardiology"}),
        views.which_quiet(1, ENGLISH),
        views.unclear(1, ENGLISH),
        views.which_region(1, "", ENGLISH),
        views.which_region(1, "weekdays 07:30", ENGLISH),
        views.several_zones(1, [longest], "weekdays 07:30", ENGLISH),
        *(
            views.which_city(1, region, so_far, ENGLISH)
            for region in Region
            for so_far in ("", "everyday 00:00")
        ),
        views.no_such_zone(1, [longest], "", ENGLISH),
    ]


def test_every_button_is_understood() -> None:
    """What a button sends back fits into 64 bytes and is a wish, never an unclear one."""
    for call in every_answer():
        for row in call.params["reply_markup"]["inline_keyboard"]:
            for button in row:
                data = button["callback_data"]
                assert len(data.encode()) <= MOST_DATA
                if data == CANCEL:
                    continue
                wish = read_wish(data.removeprefix(DAILY))
                assert not isinstance(wish, Unclear | NoClockShowsIt | Show)


def test_the_zones_offered_can_be_chosen() -> None:
    """Each zone on a keyboard is read as the zone that it is."""
    for zones in COMMON_ZONES.values():
        for zone in zones:
            assert At(HALF_PAST_SEVEN, zone) == read_wish(f"07:30 {zone}")
