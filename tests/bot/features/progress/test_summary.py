"""What a person's answers come to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.features.progress.summary import (
    DAYS,
    MOST_MONTHS,
    ActiveWeeks,
    MonthSummary,
    Rate,
    Reviews,
    Summary,
    summary,
)
from storage.progress import CountedAnswer

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
RIGHT = CountedAnswer("a", True, True, "case", None, int(NOW.timestamp() * 1000))
WRONG = replace(RIGHT, right=False)
REVIEW = replace(RIGHT, first=False, purpose="review")
TOPICS = {"a": ("cardiology",), "b": ("nephrology", "cardiology")}


def ago(answer: CountedAnswer, **span: float) -> CountedAnswer:
    """The same answer, given that long ago."""
    earlier = timedelta(**span) / timedelta(milliseconds=1)
    return replace(answer, answered_at=answer.answered_at - int(earlier))


def of(
    answers: Sequence[CountedAnswer], now: datetime = NOW, coming: Sequence[int] = (), due: int = 0
) -> Summary:
    """What they come to."""
    in_order = sorted(answers, key=lambda one: one.answered_at)
    return summary(in_order, Reviews(due, coming), 7, lambda case_id: TOPICS.get(case_id, ()), now)


def test_first_tries_alone_make_the_share() -> None:
    """Neither a review nor a case that came again."""
    again = replace(WRONG, first=False)
    shown = of([RIGHT, RIGHT, WRONG, REVIEW, again])
    assert shown.first == Rate(2, 3)
    assert (shown.answers, shown.seen) == (5, 7)


def test_nothing_is_made_of_no_answers() -> None:
    """No share of nothing, no week, no month."""
    shown = of([])
    assert (shown.first, shown.weeks, shown.certainty) == (None, None, {})
    assert (list(shown.topics), list(shown.months)) == ([], [])


def test_confidence_counts_wherever_it_was_said() -> None:
    """In reviews too; what was left unsaid is in none."""
    sure = replace(RIGHT, confidence="certain")
    shown = of([sure, replace(REVIEW, confidence="certain"), replace(WRONG, confidence="guess")])
    assert list(shown.certainty.items()) == [("certain", Rate(2, 2)), ("guess", Rate(0, 1))]


def test_topics_need_five_first_tries() -> None:
    """A case counts in each of its topics; of one that has left the library nothing is known."""
    both = replace(RIGHT, case_id="b")
    gone = replace(RIGHT, case_id="gone")
    shown = of([both] * 5 + [WRONG] * 5 + [gone] * 9)
    assert list(shown.topics) == [("nephrology", Rate(5, 5)), ("cardiology", Rate(5, 10))]
    assert [topic for topic, _ in of([both] * 4 + [WRONG]).topics] == ["cardiology"]


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ([0], None),  # begun this week: nothing to compare
        ([0, 8], ActiveWeeks(2, 2)),
        ([0, 20], ActiveWeeks(2, 3)),
        ([1, 8, 22, 300], ActiveWeeks(3, 4)),
        ([40, 300], None),  # none: nobody is told of it
    ],
)
def test_weeks_are_told_as_what_was_done(days: list[int], weeks: ActiveWeeks | None) -> None:
    """Of four at most, and of no more than there were since the first answer."""
    assert of([ago(RIGHT, days=day) for day in days]).weeks == weeks


def test_months_are_those_of_the_persons_clock() -> None:
    """From the first answer on, those without answers too."""
    edge = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    at = replace(RIGHT, answered_at=int(edge.timestamp() * 1000))
    december = replace(REVIEW, answered_at=at.answered_at - 40 * 86_400_000)
    shown = of([at, december]).months
    assert list(shown) == [
        MonthSummary(date(2025, 12, 1), None, Rate(1, 1)),
        MonthSummary(date(2026, 1, 1), Rate(1, 1), None),
        MonthSummary(date(2026, 2, 1), None, None),
        MonthSummary(date(2026, 3, 1), None, None),
    ]
    tokyo = of([at], NOW.astimezone(ZoneInfo("Asia/Tokyo"))).months
    assert tokyo[0] == MonthSummary(date(2026, 2, 1), Rate(1, 1), None)


def test_of_many_months_the_latest_are_shown() -> None:
    """Two years of them."""
    months = of([ago(RIGHT, days=1500), RIGHT]).months
    assert (len(months), months[-1].day) == (MOST_MONTHS, date(2026, 3, 1))
    assert months[0].day == date(2024, 4, 1)


def test_what_falls_due_is_counted_by_day() -> None:
    """Of the person's own time zone, today among them."""
    times = [datetime(2026, 3, 15, 23, tzinfo=UTC), datetime(2026, 3, 28, 1, tzinfo=UTC)]
    coming = [int(one.timestamp() * 1000) for one in times]
    assert of([], coming=coming).coming == [1, *[0] * 12, 1]
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    assert of([], tokyo, coming).coming == [0, 1, *[0] * 11, 1]


def _answers() -> st.SearchStrategy[list[CountedAnswer]]:
    return st.lists(
        st.builds(
            lambda days, **fields: ago(CountedAnswer(**fields), days=days),
            days=st.floats(-2, 1000),
            case_id=st.sampled_from(["a", "b", "gone"]),
            right=st.booleans(),
            first=st.booleans(),
            purpose=st.sampled_from(["case", "review", "sitting"]),
            confidence=st.sampled_from([None, "guess", "fairly", "certain"]),
            answered_at=st.just(RIGHT.answered_at),
        ),
        max_size=60,
    )


@given(_answers())
def test_whatever_was_answered_adds_up(answers: list[CountedAnswer]) -> None:
    """Also by a clock that was wrong for a while."""
    shown = of(answers)
    rates = [shown.first, *shown.certainty.values(), *(rate for _, rate in shown.topics)]
    rates += [rate for month in shown.months for rate in (month.first, month.reviews)]
    assert all(0 <= rate.right <= rate.of for rate in rates if rate is not None)
    firsts = sum(month.first.of for month in shown.months if month.first)
    assert firsts <= (shown.first.of if shown.first else 0)
    days = [month.day for month in shown.months]
    assert days == sorted(set(days))
    assert len(shown.coming) == DAYS
    assert shown.weeks is None or 1 <= shown.weeks.active <= shown.weeks.of <= 4
