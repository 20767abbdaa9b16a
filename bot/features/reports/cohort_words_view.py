"""What a cohort's numbers say, in the words of its message, its picture and its workbook."""

from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS, WEEK_MS
from bot.features.reports.cohort_numbers import WEEKS
from bot.features.reports.cohort_values import (
    AnswerCount,
    AssignmentNumbers,
    CohortNumbers,
    MemberNumbers,
    QuestionNumbers,
)
from bot.features.shared.buttons import RUN
from bot.features.shared.case_names import question_of
from bot.features.shared.dates import near_date
from bot.features.shared.messages import Button, press
from bot.scheduling.wall_time import wall
from storage.assignments import Assignment
from storage.cohorts import Cohort

MOST_LISTED = 5
_SOON_MS = 3 * DAY_MS
_HARD = 0.5  # a share right below this is worth talking about
_ENOUGH = 10  # questions, before somebody's share says anything


class Reported(Struct, frozen=True):
    """A cohort and its numbers, as of ``now`` (UTC milliseconds)."""

    cohort: Cohort
    numbers: CohortNumbers
    now: int

    def day(self, at_ms: int) -> date:
        """The day of an instant where the cohort is."""
        return wall(at_ms, ZoneInfo(self.cohort.zone)).date()


def rate(answered: AnswerCount | None, words: Words) -> str:
    """A share right with its interval, coded where few people stand behind it."""
    if answered is None:
        return words.say("too few people to tell")
    share, interval = words.percent(answered.told), answered.interval
    if interval is None:
        return share
    return words.say(
        "{share} ({low} to {high})",
        share=share,
        low=words.percent(interval.low),
        high=words.percent(interval.high),
    )


def recent(shown: Reported) -> list[AssignmentNumbers]:
    """What was closed in the weeks that a report tells of."""
    since = shown.now - WEEKS * WEEK_MS
    return [one for one in shown.numbers.done if (one.assignment.closed_at or 0) > since]


def in_need(numbers: CohortNumbers) -> list[MemberNumbers]:
    """Named members who did not finish what is closed, or missed more than half of it."""
    found = [one for one in numbers.people if one.finished < one.assigned or _misses(one)]
    found.sort(key=lambda one: (one.finished - one.assigned, one.right / max(1, one.questions)))
    return found[:MOST_LISTED]


def notes(numbers: CohortNumbers, words: Words) -> list[str]:
    """What must be known to read the numbers."""
    lines = [words.say("Shares are told of 5 people or more.")]
    if numbers.members > numbers.named:
        lines.append(
            words.say(
                "Members under an alias count in totals alone, and only where 5 or more of them"
                " are in it. Each such number may be off by one, so that nobody's answer can be"
                " worked out."
            )
        )
    return lines


def to_do(shown: Reported, words: Words) -> tuple[str, list[Button]]:
    """The one thing that would help most, and the buttons for it."""
    numbers, cohort_id = shown.numbers, shown.cohort.id
    if shown.cohort.closed_at is not None:
        return words.say("Keep this report if you need it: a closed cohort is deleted."), []
    assign = press(words.say("Assign cases"), f"{RUN}assign {cohort_id}")
    for one in numbers.open:
        if one.assignment.due_at <= shown.now + _SOON_MS and one.finished * 2 < one.named:
            assignments = press(words.say("Assignments"), f"{RUN}assign {cohort_id}")
            return _remind(one.assignment, shown, words), [assignments]
    hardest = next(iter(numbers.questions), None)
    if hardest is not None and hardest.answered.share < _HARD:
        sentence = words.say(
            "Talk “{title}” through together: {share} were right.",
            title=question_name(hardest, words),
            share=words.percent(hardest.answered.told),
        )
        return sentence, [assign]
    if not numbers.done and not numbers.open:
        return words.say("Nothing was assigned yet: assign a few cases."), [assign]
    if not numbers.open:
        return words.say("Nothing is under way: assign a few cases."), [assign]
    return words.say("Nothing stands out. What is under way can take its course."), [assign]


def _remind(one: Assignment, shown: Reported, words: Words) -> str:
    """Of what is due soon, or was, and is taken still."""
    day = near_date(shown.day(one.due_at), words)
    if shown.now < one.due_at:
        return words.say(
            "“{title}” is due on {day}, and most of those named have not finished: remind them.",
            title=one.title,
            day=day,
        )
    return words.say(
        "“{title}” was due on {day}, and most of those named have not finished. It is taken until"
        " {last}: remind them.",
        title=one.title,
        day=day,
        last=near_date(shown.day(one.closes_at), words),
    )


def question_name(one: QuestionNumbers, words: Words) -> str:
    """A question by the title of its case, and its place where there are several."""
    if one.of == 1:
        return one.title
    which = question_of(one.position + 1, one.of, words)
    return words.say("{title} · {which}", title=one.title, which=which)


def wrong_choice(one: QuestionNumbers) -> str | None:
    """The wrong choice that most took, where that may be told."""
    return None if one.wrong is None else one.question.choices[one.wrong].text


def _misses(one: MemberNumbers) -> bool:
    return one.questions >= _ENOUGH and one.right < one.questions * _HARD
