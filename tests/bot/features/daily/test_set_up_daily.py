"""`/daily`: a case a day is set up, changed and stopped, in words or by buttons."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.daily.set_up_daily import daily
from bot.features.shared.preferences import Preferences
from bot.features.shared.visitors import Visitor, receive
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import QuietHours
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday
from bot.services import Services
from storage.chat_facts import NOTHING_LEFT, DailySet
from storage.flags import AwaitedCommand
from storage.outcome import Outcome
from tests.storage.samples import ADA
from tests.support.served_chats import button_rows, later, said
from tests.support.services import commit, services_with_cases

MONDAY = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
WORKDAYS = EVERY_DAY - {Weekday.SATURDAY, Weekday.SUNDAY}
PLAN = DailyPlan(Timetable(EVERY_DAY, 7 * 60 + 30, "UTC"))


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot on a Monday, eight hours after midnight in UTC."""
    async with services_with_cases(tmp_path, MONDAY + 8 * HOUR_MS) as services:
        yield services


async def wish(services: Services, text: str) -> Outcome:
    """What comes of Ada's `/daily` with this after it; it is on record."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = await commit(services, await daily(services, visit, text))
    assert visit.met in outcome.facts
    assert {call.chat_id for call in outcome.owed} == {ADA}
    return outcome


def words(outcome: Outcome) -> str:
    """The one message."""
    (call,) = outcome.owed
    return said(call)


async def plan_kept(services: Services) -> tuple[DailyPlan, int | None]:
    """Ada's plan as it is on record, and when the next case is due."""
    kept = await services.store.chats.daily(ADA)
    assert kept is not None
    return DailyPlan.from_json(kept.timetable, kept.quiet), kept.next_due


def changed(outcome: Outcome) -> bool:
    """Whether anything was set."""
    return any(isinstance(fact, DailySet) for fact in outcome.facts)


async def test_who_has_none_is_offered_one(services: Services) -> None:
    """With times to choose from; nothing is set by looking, nor by what needs a plan."""
    for text in ("", "on", "weekdays", "quiet 22-7", "resume"):
        outcome = await wish(services, text)
        assert words(outcome).startswith("<b>A case or a review a day.</b>")
        assert not changed(outcome)


async def test_a_time_and_a_place_set_it_up(services: Services) -> None:
    """By the clocks of the place; the first case comes at the next such time."""
    assert "every day at 07:30, Lima time" in words(await wish(services, "7:30 lima"))
    plan, due = await plan_kept(services)
    assert plan == DailyPlan(Timetable(EVERY_DAY, 7 * 60 + 30, "America/Lima"))
    assert due == MONDAY + 12 * HOUR_MS + HOUR_MS // 2


async def test_without_a_place_it_is_asked_for(services: Services) -> None:
    """The time is in the answer's buttons; so it is where a region was pressed."""
    for text in ("7:30", "region Europe 07:30"):
        outcome = await wish(services, text)
        assert not changed(outcome)
        data = [b["callback_data"] for row in button_rows(outcome.owed[0]) for b in row]
        assert all("07:30" in one for one in data if one != "cancel")
    assert "Where are you?" in words(await wish(services, "7:30"))
    assert "Whose time?" in words(await wish(services, "region Europe"))
    assert "Where are you?" in words(await wish(services, "zone"))


async def test_a_place_without_a_time_is_kept_for_the_choice_of_one(services: Services) -> None:
    """The times that are offered then are those of that place."""
    outcome = await wish(services, "lima")
    assert not changed(outcome)
    data = [b["callback_data"] for row in button_rows(outcome.owed[0]) for b in row]
    assert all(one.endswith(" America/Lima") for one in data)
    assert data[-1] == "daily:time America/Lima"


async def test_how_things_stand(services: Services) -> None:
    """The plan and when the next case comes; at rest, how it goes on; and that none is left."""
    await wish(services, "9:00 UTC")
    assert "The next one: today, 09:00." in words(await wish(services, ""))
    plan, due = await plan_kept(services)
    document = plan.timetable.to_json()
    nothing = DailySet(ADA, document, None, due, NOTHING_LEFT)
    await commit(services, Outcome((nothing,)))
    running, none = (await wish(services, "")).owed
    assert "The next one:" in said(running)
    assert "answered every case right" in said(none)
    await commit(services, Outcome((DailySet(ADA, document, None, None, NOTHING_LEFT),)))
    outcome = await wish(services, "")
    assert "rests" in words(outcome)
    assert not changed(outcome)


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("19:30", replace(PLAN, timetable=replace(PLAN.timetable, time=19 * 60 + 30))),
        ("weekdays", replace(PLAN, timetable=replace(PLAN.timetable, days=WORKDAYS))),
        ("everyday", PLAN),
        ("quiet 22-7", replace(PLAN, quiet=QuietHours(22 * 60, 7 * 60))),
        ("zone lima", replace(PLAN, timetable=replace(PLAN.timetable, zone="America/Lima"))),
        ("UTC-5", replace(PLAN, timetable=replace(PLAN.timetable, zone="Etc/GMT+5"))),
        (
            "19:30 lima",
            DailyPlan(Timetable(EVERY_DAY, 19 * 60 + 30, "America/Lima")),
        ),
    ],
)
async def test_each_thing_is_changed_by_itself(
    services: Services, text: str, plan: DailyPlan
) -> None:
    """The rest stays as it was; what is due follows from now on."""
    await wish(services, "7:30 UTC")
    later(services, HOUR_MS)
    assert changed(await wish(services, text))
    assert await plan_kept(services) == (plan, plan.due_after(services.clock.now()))


async def test_quiet_hours_go_as_they_came(services: Services) -> None:
    """A change of anything else keeps them."""
    await wish(services, "7:30 UTC")
    await wish(services, "quiet 22-7")
    await wish(services, "weekdays")
    assert (await plan_kept(services))[0].quiet == QuietHours(22 * 60, 7 * 60)
    await wish(services, "quiet off")
    assert (await plan_kept(services))[0].quiet is None


async def test_it_stops_and_goes_on_as_it_was(services: Services) -> None:
    """The plan is kept; cases that went unanswered before are forgiven."""
    await wish(services, "9:00 UTC")
    plan, due = await plan_kept(services)
    document = plan.timetable.to_json()
    await commit(services, Outcome((DailySet(ADA, document, None, due, 4),)))
    assert "rests" in words(await wish(services, "off"))
    assert await plan_kept(services) == (plan, None)
    later(services, 2 * DAY_MS)
    assert "The next one: today, 09:00." in words(await wish(services, "on"))
    assert await plan_kept(services) == (plan, MONDAY + 2 * DAY_MS + 9 * HOUR_MS)
    kept = await services.store.chats.daily(ADA)
    assert kept is not None
    assert kept.unanswered == 0


async def awaited(services: Services) -> str | None:
    """The command that Ada's next text completes."""
    found = await services.store.flags.awaited(ADA)
    return found.command if isinstance(found, AwaitedCommand) else None


@pytest.mark.parametrize(
    ("text", "command", "next_text"),
    [
        ("7:30", "daily 07:30", "Lima"),
        ("weekdays 7:30", "daily weekdays 07:30", "lima"),
        ("region Americas 07:30", "daily 07:30", "Lima"),
        ("7:30 atlantis", "daily 07:30", "Lima"),
        ("7:30 IST", "daily 07:30", "lima"),
        ("time America/Lima", "daily America/Lima", "7.30"),
        ("25:00", "daily", "7:30 lima"),
    ],
)
async def test_what_is_asked_can_be_written(
    services: Services, text: str, command: str, next_text: str
) -> None:
    """The next text completes what was wished for so far."""
    await wish(services, text)
    assert await awaited(services) == command
    done = command.removeprefix("daily").strip()
    assert "at 07:30, Lima time" in words(await wish(services, f"{done} {next_text}"))


async def test_zones_and_quiet_hours_of_a_plan_can_be_written_too(services: Services) -> None:
    """Each question awaits its own answer."""
    await wish(services, "7:30 UTC")
    assert "Where are you?" in words(await wish(services, "zone"))
    assert await awaited(services) == "daily zone"
    assert "Quiet hours:" in words(await wish(services, "quiet"))
    assert await awaited(services) == "daily quiet"
    assert "At what time?" in words(await wish(services, "time"))
    assert await awaited(services) == "daily"


async def test_a_topic_of_its_own(services: Services) -> None:
    """By name or synonym, with or without a time, until all topics are wanted again."""
    assert words(await wish(services, "rheum")).startswith("<b>A case or a review a day.</b>")
    told = words(await wish(services, "7:30 lima"))
    assert "every day at 07:30, Lima time" in told
    assert "Topic: Rheumatology." in told
    preferred = Preferences.from_json(await services.store.people.preferences(ADA))
    assert preferred == Preferences(daily=frozenset({"rheumatology"}))
    assert preferred.for_daily().wanted == {"rheumatology"}
    assert "Topic:" not in words(await wish(services, "all topics"))
    told = words(await wish(services, "joints weekdays 8:00"))
    assert "Monday to Friday at 08:00, Lima time" in told
    assert "Topic: Rheumatology." in told


async def test_what_never_began_cannot_be_stopped(services: Services) -> None:
    """It says so, and sets nothing."""
    outcome = await wish(services, "off")
    assert words(outcome) == "You have no daily case; /daily sets one up."
    assert not changed(outcome)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("25:99", "No clock shows that time."),
        ("?!", "I did not understand that."),
        ("quiet soon", "I did not understand that."),
        ("7:30 atlantis", "I know no time zone and no topic by that name."),
        ("atlantis", "I know no time zone and no topic by that name."),
        ("zone IST", "Which one?"),
        ("7:30 UTC+5:45", "Which one?"),
        ("zone UTC+13:37", "I know no time zone and no topic by that name."),
    ],
)
async def test_what_cannot_be_is_answered_and_changes_nothing(
    services: Services, text: str, answer: str
) -> None:
    """With a plan or without one."""
    for _ in range(2):
        outcome = await wish(services, text)
        assert answer in words(outcome)
        assert not changed(outcome)
        await wish(services, "7:30 UTC")
