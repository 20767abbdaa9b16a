"""What a cohort came to in what was assigned: numbers that betray nobody. Pure.

Named members are counted from their rows as these are now; who has no name is in a total by one
aggregate an assignment, counted once at its closing (``content.disclosure``). A topic and a total
are sums over the same people as their questions, so that no difference of two numbers is about
fewer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.base.time_units import WEEK_MS
from bot.features.assignments.count_unnamed import UnnamedQuestion
from bot.features.reports.cohort_values import (
    AnswerCount,
    AssignmentNumbers,
    ClosedAssignment,
    CohortData,
    CohortNumbers,
    MemberNumbers,
    OpenNumbers,
    QuestionNumbers,
    WeekNumbers,
)
from content.disclosure import commonest_wrong, shareable
from content.snapshot import Snapshot
from storage.assignments import Assignment
from storage.cohort_results import CohortReport, MemberResult, QuestionCount
from storage.cohorts import CohortPerson

WEEKS = 4
"""How far back shares go: what was closed since."""


def cohort_numbers(data: CohortData) -> CohortNumbers:
    """All that a report says."""
    assignments, done, results, now = data.assignments, data.done, data.results, data.now
    members = [one for one in data.people if not one.teaches]
    named = [one for one in members if one.named]
    rows: defaultdict[int, dict[int, MemberResult]] = defaultdict(dict)
    for row in results.members:
        rows[row.assignment_id][row.person_id] = row
    theirs = {one.assignment.id: _of_named(one, named, rows) for one in done}
    told = [
        question
        for one in done
        for question in _questions(one, len(_finished(theirs[one.assignment.id])), results)
        if shareable(question.answered.people, closed=True)
    ]
    since = now - WEEKS * WEEK_MS
    recent = {one.assignment.id: one.assignment.closed_at or 0 for one in done}
    recent = {number: closed_at for number, closed_at in recent.items() if closed_at > since}
    shown = [one for one in told if one.assignment_id in recent]
    return CohortNumbers(
        len(members),
        len(named),
        len(data.week.named) + data.week.unnamed,
        len(named) + (data.week.of if data.week.unnamed else 0),
        tuple(
            _assignment(one, told, theirs[one.assignment.id])
            for one in sorted(done, key=lambda one: one.assignment.closed_at or 0, reverse=True)
        ),
        tuple(_open(one, named, rows) for one in assignments if one.is_open),
        _sum(one.answered for one in shown),
        _topics(shown),
        tuple(sorted(shown, key=lambda one: (one.answered.share, one.case_id, one.position))),
        tuple(_week(back, shown, recent, now) for back in range(WEEKS)),
        tuple(_member(one, assignments, rows) for one in named),
    )


def _of_named(
    done: ClosedAssignment,
    named: Sequence[CohortPerson],
    rows: Mapping[int, Mapping[int, MemberResult]],
) -> list[MemberResult]:
    """Who of the named had it to do: whoever had joined before it closed."""
    of_it, closed_at = rows.get(done.assignment.id, {}), done.assignment.closed_at or 0
    found = (of_it.get(one.person_id) for one in named if one.joined_at < closed_at)
    return [row for row in found if row is not None]


def _finished(theirs: Iterable[MemberResult]) -> list[MemberResult]:
    """Who of them is in the numbers."""
    return [row for row in theirs if row.finished_at is not None]


def _questions(
    done: ClosedAssignment, named: int, results: CohortReport
) -> Iterable[QuestionNumbers]:
    """Its questions, each answered by everybody who is in the numbers."""
    unnamed = {(one.case_id, one.position): one for one in done.unnamed.questions}
    people = named + done.unnamed.people
    for assigned in done.cases:
        if assigned.dropped_at is not None or not people:
            continue
        case = Snapshot.from_json(assigned.snapshot).case
        for position, question in enumerate(case.questions):
            which = (done.assignment.id, assigned.case_id, position)
            theirs = results.questions.get(which, QuestionCount(0, {}))
            others = unnamed.get(which[1:], UnnamedQuestion(assigned.case_id, position, 0, ()))
            right = theirs.right + others.right
            counts = Counter(theirs.choices) + Counter(dict(enumerate(others.choices)))
            # Of those without a name one may be counted otherwise: see ``clipped``.
            surely_wrong = people - right - (1 if done.unnamed.people else 0)
            yield QuestionNumbers(
                *which,
                len(case.questions),
                question,
                case.title,
                case.topics,
                AnswerCount(right, people, people),
                commonest_wrong(counts, question.correct, surely_wrong),
            )


def _assignment(
    done: ClosedAssignment,
    questions: Sequence[QuestionNumbers],
    theirs: Sequence[MemberResult],
) -> AssignmentNumbers:
    there = done.unnamed.people > 0
    on_time = sum((row.finished_at or 0) <= row.due_at for row in _finished(theirs))
    return AssignmentNumbers(
        done.assignment,
        on_time + done.unnamed.on_time,
        len(theirs) + (done.unnamed.of if there else 0),
        done.unnamed.of > 0 and not there,
        _sum(one.answered for one in questions if one.assignment_id == done.assignment.id),
    )


def _open(
    assignment: Assignment,
    named: Sequence[CohortPerson],
    rows: Mapping[int, Mapping[int, MemberResult]],
) -> OpenNumbers:
    of_it = rows.get(assignment.id, {})
    theirs = [row for one in named if (row := of_it.get(one.person_id))]
    begun = sum(row.begun_at is not None for row in theirs)
    return OpenNumbers(
        assignment, begun, sum(row.finished_at is not None for row in theirs), len(theirs)
    )


def _sum(answered: Iterable[AnswerCount]) -> AnswerCount | None:
    each = list(answered)
    if not each:
        return None
    return AnswerCount(
        sum(one.right for one in each),
        sum(one.answers for one in each),
        min(one.people for one in each),
    )


def _topics(shown: Sequence[QuestionNumbers]) -> tuple[tuple[str, AnswerCount], ...]:
    by_topic: defaultdict[str, list[AnswerCount]] = defaultdict(list)
    for one in shown:
        for topic in one.topics:
            by_topic[topic].append(one.answered)
    sums = [(topic, total) for topic, each in by_topic.items() if (total := _sum(each))]
    return tuple(sorted(sums, key=lambda one: (one[1].share, one[0])))


def _week(
    back: int, shown: Sequence[QuestionNumbers], closed: Mapping[int, int], now: int
) -> WeekNumbers:
    until = now - back * WEEK_MS
    there = {number for number, at in closed.items() if until - WEEK_MS < at <= until}
    return WeekNumbers(back, _sum(one.answered for one in shown if one.assignment_id in there))


def _member(
    person: CohortPerson,
    assignments: Sequence[Assignment],
    rows: Mapping[int, Mapping[int, MemberResult]],
) -> MemberNumbers:
    """Answers of what is closed alone: what is open tells only who has begun and finished."""
    theirs = [
        (one, row)
        for one in assignments
        if (row := rows.get(one.id, {}).get(person.person_id)) and one.cancelled_at is None
    ]
    over = [row for one, row in theirs if (one.closed_at or 0) > person.joined_at]
    still = [row for one, row in theirs if one.is_open]
    done = [row for row in over if row.finished_at is not None]
    last = [row.last_at for _, row in theirs if row.last_at is not None]
    return MemberNumbers(
        person,
        len(over),
        len(done),
        sum((row.finished_at or 0) <= row.due_at for row in done),
        sum(row.questions for row in done),
        sum(row.right for row in done),
        sum(row.begun_at is not None for row in still),
        sum(row.finished_at is not None for row in still),
        len(still),
        max(last, default=None),
    )
