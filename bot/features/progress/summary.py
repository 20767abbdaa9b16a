"""What a person's answers come to: pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo

from msgspec import Struct

from bot.base.time_units import WEEK_MS
from content.statistics import Interval, wilson
from storage.progress import CountedAnswer

LEVELS = ("certain", "fairly", "guess")
FEW = 10  # answers; a share of fewer is drawn hollow
FEWEST_OF_TOPIC = 5  # answers, below which a topic is left out
MOST_MONTHS = 24
DAYS = 14  # that are looked ahead, today among them; the views say "two weeks"
_WEEKS = 4


class Rate(Struct, frozen=True):
    """So many right answers of so many, one at least."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """Of one."""
        return self.right / self.of

    @property
    def interval(self) -> Interval:
        """Where the share of many more would probably lie."""
        return wilson(self.right, self.of)

    @property
    def few(self) -> bool:
        """Whether the share says little yet."""
        return self.of < FEW


class MonthSummary(Struct, frozen=True):
    """A month by its first day, and how its first tries and reviews went; None: there were none."""

    day: date
    first: Rate | None
    reviews: Rate | None


class ActiveWeeks(Struct, frozen=True):
    """In so many of the last ``of`` weeks the person answered something."""

    active: int
    of: int


class Summary(Struct, frozen=True):
    """All that a person is shown of their progress.

    ``first``, ``certainty`` and ``topics`` hold what was answered at all, ``topics`` the best
    first. ``due`` is what waits for review, ``coming`` what falls due on each of the next days,
    from ``today`` on.
    """

    seen: int
    answers: int
    first: Rate | None
    weeks: ActiveWeeks | None
    certainty: Mapping[str, Rate]
    topics: Sequence[tuple[str, Rate]]
    months: Sequence[MonthSummary]
    today: date
    due: int
    coming: Sequence[int]


class Reviews(Struct, frozen=True):
    """How many reviews are due, and when others fall due (UTC milliseconds)."""

    due: int
    coming: Sequence[int]


def summary(
    answers: Sequence[CountedAnswer],
    reviews: Reviews,
    seen: int,
    topics_of: Callable[[str], Iterable[str]],
    now: datetime,
) -> Summary:
    """Sum up answers, the earliest first, and reviews; ``now`` is in the person's time zone.

    ``seen`` is how many cases they have seen; ``topics_of`` tells a case's topics by its id.
    """
    zone = now.tzinfo or UTC
    first_tries = [answer for answer in answers if answer.first]
    return Summary(
        seen,
        len(answers),
        _rate(first_tries),
        _weeks(answers, now),
        {
            level: rate
            for level in LEVELS
            if (rate := _rate([one for one in answers if one.confidence == level]))
        },
        _topics(first_tries, topics_of),
        _months(answers, now.date(), zone),
        now.date(),
        reviews.due,
        _by_day(reviews.coming, now.date(), zone),
    )


def _rate(answers: Sequence[CountedAnswer]) -> Rate | None:
    right = sum(answer.right for answer in answers)
    return Rate(right, len(answers)) if answers else None


def _weeks(answers: Sequence[CountedAnswer], now: datetime) -> ActiveWeeks | None:
    """Of the weeks since the first answer; nothing is said of one alone, nor of none."""
    ago = [max(0, int(now.timestamp() * 1000) - one.answered_at) // WEEK_MS for one in answers]
    of = min(_WEEKS, max(ago, default=0) + 1)
    active = len({week for week in ago if week < of})
    return ActiveWeeks(active, of) if active and of > 1 else None


def _topics(
    answers: Sequence[CountedAnswer], topics_of: Callable[[str], Iterable[str]]
) -> list[tuple[str, Rate]]:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for answer in answers:
        for topic in topics_of(answer.case_id):
            of[topic] += 1
            right[topic] += answer.right
    rates = [(topic, Rate(right[topic], n)) for topic, n in of.items() if n >= FEWEST_OF_TOPIC]
    return sorted(rates, key=lambda one: (-one[1].share, -one[1].of, one[0]))


def _months(answers: Sequence[CountedAnswer], today: date, zone: tzinfo) -> list[MonthSummary]:
    """From the first answer's month to this one, the latest of them."""
    by_month: dict[date, list[CountedAnswer]] = {}
    for answer in answers:
        by_month.setdefault(_day(answer.answered_at, zone).replace(day=1), []).append(answer)
    months: list[MonthSummary] = []
    month = today.replace(day=1)
    while by_month and month >= min(by_month) and len(months) < MOST_MONTHS:
        given = by_month.get(month, [])
        first = _rate([one for one in given if one.first])
        months.append(
            MonthSummary(month, first, _rate([one for one in given if one.purpose == "review"]))
        )
        month = date(month.year - (month.month == 1), (month.month + 10) % 12 + 1, 1)
    return months[::-1]


def _by_day(times: Iterable[int], today: date, zone: tzinfo) -> list[int]:
    days = Counter((_day(at, zone) - today).days for at in times)
    return [days[day] for day in range(DAYS)]


def _day(at: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(at / 1000, zone).date()
