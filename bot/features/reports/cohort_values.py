"""What a cohort's report is made of, and the numbers that it comes to: values."""

from collections.abc import Sequence

from msgspec import Struct

from bot.features.assignments.count_unnamed import UnnamedCount
from content.disclosure import End, Told, coded
from content.model import Question
from content.statistics import Interval, wilson
from storage.assignments import AssignedCase, Assignment
from storage.cohort_results import CohortReport
from storage.cohorts import CohortPerson


class ClosedAssignment(Struct, frozen=True):
    """An assignment that is closed, its cases, and its aggregate over people without a name."""

    assignment: Assignment
    cases: Sequence[AssignedCase]
    unnamed: UnnamedCount = UnnamedCount()


class AnswerCount(Struct, frozen=True):
    """So many right answers of so many, by at least so many ``people`` to each question."""

    right: int
    answers: int
    people: int

    @property
    def share(self) -> float:
        """Of one."""
        return self.right / self.answers

    @property
    def told(self) -> Told:
        """The same as it may be told."""
        return coded(self.share, self.people)

    @property
    def interval(self) -> Interval | None:
        """The share's; None where that would tell more than may be told."""
        return None if isinstance(self.told, End) else wilson(self.right, self.answers)


class QuestionNumbers(Struct, frozen=True):
    """How a question, one ``of`` so many of its case, was answered.

    ``wrong``: the wrong choice taken most, where it may be told.
    """

    assignment_id: int
    case_id: str
    position: int
    of: int
    question: Question
    title: str
    topics: tuple[str, ...]
    answered: AnswerCount
    wrong: int | None


class AssignmentNumbers(Struct, frozen=True):
    """How an assignment went.

    ``on_time`` of ``members`` were done by when it was due; ``named_alone``: nobody without a name
    is in any number. ``answered`` is None where it holds too few people.
    """

    assignment: Assignment
    on_time: int
    members: int
    named_alone: bool
    answered: AnswerCount | None


class MemberNumbers(Struct, frozen=True):
    """What a named member did of what was assigned and is closed, and what they have open."""

    person: CohortPerson
    assigned: int = 0
    finished: int = 0
    on_time: int = 0
    questions: int = 0
    right: int = 0
    begun_open: int = 0
    finished_open: int = 0
    open: int = 0
    last_at: int | None = None


class OpenNumbers(Struct, frozen=True):
    """An assignment under way: how many of the named have begun and finished, live."""

    assignment: Assignment
    begun: int
    finished: int
    named: int


class WeekNumbers(Struct, frozen=True):
    """What was closed in one of the last weeks, counted back from now: 0 is the latest."""

    back: int
    answered: AnswerCount | None


class CohortNumbers(Struct, frozen=True):
    """A report: ``members`` of whom ``named``; topics and questions weakest first."""

    members: int
    named: int
    active: int
    active_of: int
    done: tuple[AssignmentNumbers, ...]
    open: tuple[OpenNumbers, ...]
    total: AnswerCount | None
    topics: tuple[tuple[str, AnswerCount], ...]
    questions: tuple[QuestionNumbers, ...]
    weeks: tuple[WeekNumbers, ...]
    people: tuple[MemberNumbers, ...]


class ActiveLastWeek(Struct, frozen=True):
    """Who of the named was active in the last whole week, and of the others how many, if told.

    ``of``: how many there were who have no name.
    """

    named: frozenset[int]
    unnamed: int
    of: int


class CohortData(Struct, frozen=True):
    """What a report is made of; ``done`` are the closed ones, ``now`` is UTC milliseconds."""

    people: Sequence[CohortPerson]
    assignments: Sequence[Assignment]
    done: Sequence[ClosedAssignment]
    results: CohortReport
    week: ActiveLastWeek
    now: int
