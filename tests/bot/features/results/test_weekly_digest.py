"""The week of a chat in a few lines: when it comes, and what it counts."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.i18n import Languages, hundredths
from bot.base.time_units import DAY_MS, WEEK_MS
from bot.features.results import results_view as views
from bot.features.results.results_view import Ranked, WeekOfChat
from bot.features.results.weekly_digest import digest, week
from bot.services import Services
from content.snapshot import Snapshot
from storage.chat_facts import DigestDone
from storage.chat_results import QuestionResult
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed
from tests.content.samples import case, question_data
from tests.storage.samples import ADA, BEN, NOW
from tests.support.served_chats import POLLS, answer, join, later, put, said, served
from tests.support.services import commit, services_with_cases

DUE = 1_772_438_400_000  # 2026-03-02, a Monday, 08:00 UTC
WEEKLY = replace(POLLS, digest=True)
RIGHT, WRONG = 1, 0


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot at the time when a group's digest is due."""
    async with services_with_cases(tmp_path, DUE) as services:
        yield services


async def closed(services: Services, name: str, ago: int, *right: int, wrong: int = 0) -> None:
    """A question that closed so many milliseconds ago; these were right, ``wrong`` others not."""
    question = await put(services, await served(services), services.library.cases[name])
    for person_id in right:
        await answer(services, question, person_id, RIGHT)
    for number in range(wrong):
        await answer(services, question, 1000 + number, WRONG)
    over = QuestionClosed(question.post_id, 0, services.clock.now() - ago)
    await commit(services, Outcome((over,)))


async def fall_due(services: Services) -> Outcome:
    """What comes of the digest now."""
    outcome = await digest(services, await served(services))
    await commit(services, outcome)
    (done,) = outcome.facts
    assert isinstance(done, DigestDone)
    return outcome


async def next_due(services: Services) -> int | None:
    """When the next digest is due."""
    return (await served(services)).chat.digest_due


async def test_the_week_comes_on_monday(services: Services) -> None:
    """How many cases and voters, the best and the worst; behind what people wait for.

    The best and the worst are among those with five answers, which tell on nobody.
    """
    await join(services, WEEKLY, digest_due=DUE)
    await closed(services, "made-0", 1, ADA, BEN, 3, 4, 5)
    await closed(services, "made-1", WEEK_MS, ADA, BEN, 3, wrong=3)
    await closed(services, "made-2", 1, ADA, wrong=3)
    (call,) = (await fall_due(services)).owed
    assert said(call).splitlines() == [
        "📅 <b>This week:</b> 3 cases · 8 voters",
        "",
        "Most often right: <i>Made case 0</i> · &gt; 95% ✓",
        "",
        "Least often right: <i>Made case 1</i> · 50% ✓",
    ]
    assert call.broadcast
    assert "message_thread_id" not in call.params
    assert await next_due(services) == DUE + WEEK_MS


async def test_what_closed_before_the_week_is_not_in_it(services: Services) -> None:
    """It was in the digest before; a week in which nothing closed is not told of."""
    await join(services, WEEKLY, digest_due=DUE)
    await closed(services, "made-0", WEEK_MS + 1, ADA)
    assert (await fall_due(services)).owed == ()
    assert await next_due(services) == DUE + WEEK_MS


@pytest.mark.parametrize(("late", "comes"), [(DAY_MS, True), (DAY_MS + 1, False)])
async def test_a_digest_missed_by_more_than_a_day_is_let_go(
    services: Services, late: int, comes: bool
) -> None:
    """The bot was down on Monday; the next one comes on the next."""
    await join(services, WEEKLY, digest_due=DUE)
    await closed(services, "made-0", 1, ADA)
    later(services, late)
    assert bool((await fall_due(services)).owed) is comes
    assert await next_due(services) == DUE + WEEK_MS


async def test_switched_off_it_comes_no_more(services: Services) -> None:
    """Although it was due."""
    await join(services, POLLS, digest_due=DUE)
    await closed(services, "made-0", 1, ADA)
    assert (await fall_due(services)).owed == ()
    assert await next_due(services) is None


async def test_a_clock_set_back_brings_no_second_digest(services: Services) -> None:
    """The next one is due a week after the one that was due."""
    await join(services, WEEKLY, digest_due=DUE)
    await closed(services, "made-0", 1, ADA)
    later(services, -3 * DAY_MS)
    await fall_due(services)
    assert await next_due(services) == DUE + WEEK_MS


async def test_one_that_is_due_without_a_time_looks_back_from_now(services: Services) -> None:
    """It was reset while it was being looked at."""
    await join(services, WEEKLY)
    await closed(services, "made-0", 1, ADA)
    assert len((await fall_due(services)).owed) == 1
    assert await next_due(services) == DUE + WEEK_MS


async def test_it_goes_to_the_chat_s_topic(services: Services) -> None:
    """As its cases do."""
    await join(services, replace(WEEKLY, thread_id=77), digest_due=DUE)
    await closed(services, "made-0", 1, ADA)
    (call,) = (await fall_due(services)).owed
    assert call.params["message_thread_id"] == 77


def result(title: str, right: int, voters: int, post: int = 1, **changes: Any) -> QuestionResult:
    """A question of a case with this title, as it was answered."""
    document = Snapshot(case(title=title), ()).to_json()
    counts = {RIGHT: right, WRONG: voters - right}
    plain = QuestionResult(post, 0, title, document, NOW, None, voters, right, counts)
    return replace(plain, **changes)


def test_cases_are_ranked_by_their_share_of_right_answers() -> None:
    """Over their questions, each as much as the other, however many answered it."""
    found = week([result("A", 10, 10, 1), result("A", 0, 5, 1), result("B", 4, 6, 2)], 12)
    assert (found.cases, found.voters, found.anonymous) == (2, 12, 0)
    assert (found.best, found.worst) == (Ranked("B", 4 / 6), Ranked("A", 0.5))


def test_one_case_alone_is_compared_with_none() -> None:
    """Nor are those that fewer than five answered the best, or the worst."""
    found = week([result("A", 2, 8, 1), result("B", 0, 4, 2), result("C", 4, 4, 3)], 8)
    assert (found.cases, found.best, found.worst) == (3, Ranked("A", 0.25), None)
    assert week([result("B", 0, 0)], 0).best is None
    assert ranks(found) == [("Answered right:", "A", 0, 25)]


ENGLISH = Languages.load().words["en"]
_LINE = re.compile(r"(.+:) <i>(.+)</i>(?: and (\d+) more)? · (.+)% ✓")
_ENDS = {"&lt; 5": 0, "&gt; 95": 100}


def ranks(found: WeekOfChat) -> list[tuple[str, str, int, int]]:
    """What the digest says of cases: label, title, how many more, percentage, ends as such."""
    _, *lines = filter(None, said(views.digest(1, found, ENGLISH)).splitlines())
    return [
        (line[1], line[2], int(line[3] or 0), int(_ENDS.get(line[4], line[4])))
        for line in map(_LINE.fullmatch, lines)
        if line is not None
    ]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(5, 60)), min_size=1, max_size=8))
@example([(5, 5), (5, 5)])
@example([(0, 5), (0, 9)])
@example([(1, 5), (0, 5)])
@example([(398, 400), (396, 400), (400, 400)])
def test_words_fit_the_figures(answered: list[tuple[int, int]]) -> None:
    """A case is called right most or least often where the figures beside it say so too; of cases
    answered alike none is, and how many they are is said.
    """
    counts = {
        f"Case {n}": (min(right, voters), voters) for n, (right, voters) in enumerate(answered)
    }
    asked = [result(title, *each, post=n) for n, (title, each) in enumerate(counts.items())]
    shown = {title: hundredths(right / voters) for title, (right, voters) in counts.items()}
    lines = ranks(week(asked, 1))
    labels = ["Most often right:", "Least often right:"]
    assert [line[0] for line in lines] == (
        labels if len({*shown.values()}) > 1 else ["Answered right:"]
    )
    for (_, title, others, percent), end in zip(lines, (max, min), strict=False):
        assert percent == shown[title] == end(shown.values())
        assert others + 1 == [*shown.values()].count(percent)


@pytest.mark.parametrize(("fewest", "told"), [(19, "&gt; 95%"), (20, "100%")])
def test_that_all_were_right_is_said_where_each_case_has_twenty_voters(
    fewest: int, told: str
) -> None:
    """What is said of one of those alike is said of the others too."""
    asked = [result("A", 30, 30, 1), result("A", 20, 20, 1), result("B", fewest, fewest, 2)]
    (line,) = said(views.digest(1, week(asked, 30), ENGLISH)).splitlines()[2:]
    assert line == f"Answered right: <i>A</i> and 1 more · {told} ✓"
    (line,) = said(views.digest(1, week(asked[:2], 30), ENGLISH)).splitlines()[2:]
    assert line == "Answered right: <i>A</i> · 100% ✓"


def test_anonymous_votes_are_counted_by_themselves() -> None:
    """Nobody knows how many people they are; nor, where several choices are right, who is."""
    choices = [{"text": text, "correct": text != "Fat"} for text in ("Fat", "Calcium", "Urate")]
    several = Snapshot(case(title="C", questions=[question_data(choices=choices)]), ()).to_json()
    found = week(
        [
            result("A", 0, 8, 1, totals=(2, 6, 0)),
            result("C", 0, 5, 2, totals=(2, 5, 4), snapshot=several),
            result("B", 3, 6, 3),
        ],
        2,
    )
    assert (found.voters, found.anonymous) == (2, 13)
    assert (found.best, found.worst) == (Ranked("A", 0.75), Ranked("B", 0.5))
