"""A cohort that the newcomer teaches: invented members, work that is closed, and work half done."""

import secrets
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.base.ids import TimedIds
from bot.base.time_units import DAY_MS
from bot.demo.three_months import between
from bot.features.assignments.count_unnamed import Unnamed, UnnamedCount, count_unnamed
from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from content.library import Library
from content.model import Question
from content.snapshot import Snapshot
from storage.assignment_facts import (
    AssignedTo,
    AssignmentClosed,
    AssignmentMade,
    AssignmentOpened,
    CaseAssigned,
)
from storage.assignments import AssignedAnswer, AssignedCase
from storage.cohort_facts import (
    CohortJoined,
    CohortMade,
    CountsKept,
    LinkMade,
    RoleAsked,
    RoleDecided,
)
from storage.cohort_results import MemberResult
from storage.cohorts import EDUCATOR, MEMBER, OF_ASSIGNMENT
from storage.facts import AnswerGiven, CasePosted, Fact, PersonMet, SnapshotTaken
from storage.sitting_facts import ItemAdded, SittingBegun, SittingHandedIn

TITLE = "Internal medicine interns"
# Invented people; a name that nobody may tell is an alias.
STUDENTS = (
    ("Noor", True),
    ("Tomás", True),
    ("Ingrid", True),
    ("Kofi", True),
    ("Mei", True),
    ("Aleksander", True),
    ("Priya", True),
    ("Hana", True),
    ("Owl", False),
    ("Juniper", False),
    ("Blue Heron", False),
    ("Maple", False),
    ("Otter", False),
    ("Saffron", False),
)
_AGREED = 1  # the version of what they agreed to


class _Week(Struct, frozen=True):
    """An assignment: when it was given and is due, in days from now, and of which cases.

    ``done`` is the share of members who finish, ``right`` that of answers.
    """

    title: str
    mode: str
    opened: float
    due: float
    cases: slice
    done: float
    right: float

    @property
    def closed(self) -> bool:
        """Whether it is past."""
        return self.due < 0


_WEEKS = (
    _Week("Heart and lungs", "study", -24, -17, slice(0, 4), done=0.95, right=0.55),
    _Week("Labs that mislead", "exam", -16, -9, slice(4, 8), done=0.9, right=0.6),
    _Week("Nerves and skin", "study", -8, -2, slice(8, 12), done=0.9, right=0.72),
    _Week("At the bedside", "study", -1.5, 3, slice(12, 16), done=0.45, right=0.7),
)


class DemoCohort(Struct, frozen=True):
    """The cohort's number, its educator and its members."""

    number: int
    educator: int
    members: Sequence[int]


def teaching(
    library: Library, cohort: DemoCohort, educator_name: str, now: int
) -> Iterator[tuple[Fact, ...]]:
    """What is on record of them, commit after commit, as if they had been at it for four weeks.

    The same every time, but for the link.
    """
    yield (*_people(cohort, educator_name, now),)
    ids, cases = TimedIds(), [library.snapshot(case) for case in library.cases.values()]
    for number, week in enumerate(_WEEKS, start=1):
        yield (*_week(cohort, week, number, cases[week.cases], ids, now),)


def _people(cohort: DemoCohort, educator_name: str, now: int) -> Iterator[Fact]:
    made = now - 30 * DAY_MS
    you = cohort.educator
    yield RoleAsked(you, EDUCATOR, educator_name, None, made)
    yield RoleDecided(you, EDUCATOR, True, you, educator_name, made)
    yield CohortMade(cohort.number, TITLE, "UTC", made)
    until = now + 7 * DAY_MS
    yield LinkMade(secrets.token_urlsafe(16), cohort.number, MEMBER, False, you, made, until, 20)
    yield CohortJoined(
        cohort.number, you, EDUCATOR, educator_name, None, named=True, terms=0, joined_at=made
    )
    for person_id, (name, named) in zip(cohort.members, STUDENTS, strict=True):
        yield PersonMet(person_id, "en", made)
        yield CohortJoined(
            *(cohort.number, person_id, MEMBER, name, None),
            named=named,
            terms=_AGREED,
            joined_at=made + DAY_MS,
        )


def _week(  # noqa: PLR0913, PLR0917 - all that it is made of
    cohort: DemoCohort, week: _Week, number: int, cases: Sequence[Snapshot], ids: TimedIds, now: int
) -> Iterator[Fact]:
    opened, due = now + int(week.opened * DAY_MS), now + int(week.due * DAY_MS)
    yield AssignmentMade(
        *(number, cohort.number, cohort.educator, week.title, week.mode, "at_once"),
        late=False,
        made_at=opened,
        opens_at=opened,
        due_at=due,
        closes_at=due,
    )
    for place, snapshot in enumerate(cases):
        yield SnapshotTaken(snapshot.digest, snapshot.to_json(), opened)
        yield CaseAssigned(number, place, snapshot.case.id, snapshot.digest)
    yield AssignmentOpened(number, opened)
    results, answers = [], []
    for place, person_id in enumerate(cohort.members):
        yield AssignedTo(number, person_id, due, None)
        begins = between(f"begins {number} {place}")
        if begins > week.done + 0.15:
            continue
        work = _Work(person_id, place, number, week, finishes=begins <= week.done)
        facts = list(_done(work, cases, ids, opened))
        yield from facts
        given = [fact for fact in facts if isinstance(fact, AnswerGiven)]
        answers += [
            AssignedAnswer(
                *(person_id, one.case_id, one.position, one.choices, one.verdict, one.answered_at)
            )
            for one in given
        ]
        if work.finishes:
            at = max(one.answered_at for one in given)
            results.append(
                MemberResult(number, person_id, due, opened, len(given), len(given), 0, at, at)
            )
    if week.closed:
        yield CountsKept(
            *(cohort.number, OF_ASSIGNMENT, number),
            _unnamed(cohort, results, answers, cases).to_json(),
            due,
        )
        yield AssignmentClosed(number, due)


class _Work(Struct, frozen=True):
    """What a member does of an assignment; who does not finish does the first case alone."""

    person_id: int
    place: int
    number: int
    week: _Week
    finishes: bool


def _done(work: _Work, cases: Sequence[Snapshot], ids: TimedIds, opened: int) -> Iterator[Fact]:
    span = min(work.week.due, 0) - work.week.opened
    began = opened + int(span * DAY_MS * (0.1 + 0.7 * between(f"when {work.number} {work.place}")))
    sitting_id, place = ids.new(began), 0
    yield SittingBegun(
        *(sitting_id, work.person_id, work.week.mode, "{}", began), assignment_id=work.number
    )
    for snapshot in cases:
        post_id = ids.new(began)
        yield CasePosted(
            *(post_id, work.person_id, work.person_id, snapshot.case.id, snapshot.digest, began),
            purpose="sitting",
        )
        for position in range(len(snapshot.case.questions)):
            asked = PostedQuestion(snapshot, position, post_id)
            order = tuple(range(len(asked.question.choices)))
            yield ItemAdded(sitting_id, place, post_id, position, order)
            place += 1
            if snapshot is not cases[0] and not work.finishes:
                continue
            response = Response(_chosen(asked, work), began + place * 60_000, 60_000)
            yield graded_answer(work.person_id, asked, response, first=True)
    if work.finishes:
        yield SittingHandedIn(sitting_id, began + (place + 1) * 60_000, float(place))
    elif work.week.closed:
        yield SittingHandedIn(sitting_id, opened + int(span * DAY_MS), float(place))


def _chosen(asked: PostedQuestion, work: _Work) -> tuple[int, ...]:
    """Some questions are harder than others, and some members surer."""
    question, case_id = asked.question, asked.snapshot.case.id
    hard = 0.6 * (between(f"hard {case_id} {asked.position}") - 0.5)
    able = 0.4 * (between(f"able {work.place}") - 0.5)
    if between(f"right {case_id} {asked.position} {work.place}") < work.week.right - hard + able:
        return question.correct
    return (_tempting(question, between(f"wrong {case_id} {work.place}")),)


def _tempting(question: Question, chance: float) -> int:
    """Most who are wrong take the same choice."""
    wrong = [place for place in range(len(question.choices)) if place not in question.correct]
    return wrong[0] if chance < 0.6 else wrong[int(chance * len(wrong)) % len(wrong)]


def _unnamed(
    cohort: DemoCohort,
    results: Sequence[MemberResult],
    answers: Sequence[AssignedAnswer],
    cases: Sequence[Snapshot],
) -> UnnamedCount:
    unnamed = {
        person_id
        for person_id, (_, named) in zip(cohort.members, STUDENTS, strict=True)
        if not named
    }
    assigned = [
        AssignedCase(place, one.case.id, one.to_json(), None) for place, one in enumerate(cases)
    ]
    theirs = [one for one in answers if one.person_id in unnamed]
    return count_unnamed(Unnamed(unnamed, results, theirs), assigned, min)
