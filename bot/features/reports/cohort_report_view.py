"""The report of a cohort in words: what was done, what is hard, who may need help, what to do."""

from collections.abc import Iterable, Iterator, Sequence
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
    OpenNumbers,
    QuestionNumbers,
)
from bot.features.shared.buttons import RUN
from bot.features.shared.case_names import question_of, topic_name
from bot.features.shared.dates import near_date, whole_date
from bot.features.shared.messages import Button, message, pages, press, quoting
from bot.features.shared.shown_names import shown_name
from bot.scheduling.wall_time import wall
from content.markup import Run, plain
from content.pages import Part
from storage.cohorts import Cohort
from storage.outcome import OwedCall

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


def report(chat_id: int, shown: Reported, words: Words) -> list[OwedCall]:
    """The message, in as many as it needs; its names go with whoever has themselves erased."""
    numbers = shown.numbers
    title = words.say("Report: {title}", title=shown.cohort.title)
    head = _under(title, _head(shown, words))
    lists = [
        (words.say("Under way"), [_open(one, shown, words) for one in numbers.open]),
        (
            words.say("Closed in the last four weeks"),
            [_done(one, words) for one in recent(shown)],
        ),
        (words.say("Weakest topics"), _topics(numbers, words)),
        (
            words.say("Most missed questions"),
            [_question(one, words) for one in numbers.questions[:MOST_LISTED]],
        ),
        (
            words.say("Of those named, these may need help"),
            [_help(one, words) for one in in_need(numbers)],
        ),
    ]
    sentence, buttons = to_do(shown, words)
    first = _under(words.say("One thing to do"), [sentence])
    parts = [head, first, *(_list(name, lines, words) for name, lines in lists if lines)]
    told = [words.say("In brackets: 95% intervals."), *notes(numbers, words)]
    parts.append(Part(((Run(" ".join(told), italic=True),),)))
    named = [(one.person.person_id, shown_name(one.person.name, words)) for one in numbers.people]
    calls = pages(
        chat_id, [part for part in parts if part.paragraphs], [buttons] if buttons else []
    )
    return [quoting(call, *named) for call in calls]


def choose(chat_id: int, cohorts: Sequence[Cohort], words: Words) -> OwedCall:
    """Of which cohort?"""
    rows = [[press(one.title, f"{RUN}report {one.id}")] for one in cohorts]
    return message(chat_id, words.say("The report of which cohort?"), rows)


def none_yet(chat_id: int, words: Words) -> OwedCall:
    """Whoever asks is an educator of no cohort."""
    sentence = words.say(
        "Reports are for educators of a cohort, and for administrators of a group: there /report is"
        " written in the group. How you are doing yourself is under /progress."
    )
    cohort = press(words.say("Make a cohort"), f"{RUN}cohort")
    return message(
        chat_id, sentence, [[cohort], [press(words.say("My progress"), f"{RUN}progress")]]
    )


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
        due = one.assignment.due_at
        if shown.now < due <= shown.now + _SOON_MS and one.finished * 2 < one.named:
            day = near_date(shown.day(due), words)
            sentence = words.say(
                "“{title}” is due on {day}, and most of those named have not finished: remind"
                " them.",
                title=one.assignment.title,
                day=day,
            )
            return sentence, [press(words.say("Assignments"), f"{RUN}assign {cohort_id}")]
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


def _head(shown: Reported, words: Words) -> Iterator[str]:
    numbers = shown.numbers
    yield whole_date(shown.day(shown.now), words)
    yield words.labelled(
        words.say("Members"),
        str(numbers.members)
        if numbers.named == numbers.members
        else words.say(
            "{members}, {named} of them named", members=numbers.members, named=numbers.named
        ),
    )
    active = words.say("{n} of {of}", n=numbers.active, of=numbers.active_of)
    if numbers.active_of < numbers.members:
        active = words.say("{n} of {of} named", n=numbers.active, of=numbers.active_of)
    yield words.labelled(words.say("Active last week"), active)
    if numbers.total is not None:
        yield words.labelled(words.say("Right, of what closed"), rate(numbers.total, words))
    change = _change(numbers, words)
    if change:
        yield words.labelled(words.say("By week, the latest last"), change)


def _change(numbers: CohortNumbers, words: Words) -> str:
    """Shares right by week of closing; nothing where there are not two to compare."""
    weeks = [one for one in reversed(numbers.weeks) if one.answered is not None]
    if len(weeks) < 2:
        return ""
    return " → ".join(words.percent(one.answered.told) for one in weeks if one.answered is not None)


def _list(name: str, lines: Sequence[str], words: Words) -> Part:
    return _under(name, [f"{words.lead}• {line}" for line in lines])


def _under(name: str, lines: Iterable[str]) -> Part:
    return Part(((Run(name, bold=True), plain("\n" + "\n".join(lines))),))


def _open(one: OpenNumbers, shown: Reported, words: Words) -> str:
    """Of the named alone, since it is live."""
    return words.say(
        "{title}, due {day}: {finished} of {named} named finished, {begun} begun",
        title=one.assignment.title,
        day=near_date(shown.day(one.assignment.due_at), words),
        finished=one.finished,
        named=one.named,
        begun=one.begun - one.finished,
    )


def _done(one: AssignmentNumbers, words: Words) -> str:
    whose = words.say("{n} of {of} on time", n=one.on_time, of=one.members)
    if one.named_alone:
        whose = words.say("{n} of {of} named on time", n=one.on_time, of=one.members)
    return words.say(
        "{title}: {on_time}; right {rate}",
        title=one.assignment.title,
        on_time=whose,
        rate=rate(one.answered, words),
    )


def _topics(numbers: CohortNumbers, words: Words) -> list[str]:
    return [
        words.labelled(topic_name(topic, words), rate(answered, words))
        for topic, answered in numbers.topics[:MOST_LISTED]
    ]


def _question(one: QuestionNumbers, words: Words) -> str:
    share = words.percent(one.answered.told)
    wrong = wrong_choice(one)
    if wrong is None:
        return words.say("{title}: {share} right", title=question_name(one, words), share=share)
    return words.say(
        "{title}: {share} right; the wrong choice taken most: “{choice}”",
        title=question_name(one, words),
        share=share,
        choice=wrong,
    )


def _help(one: MemberNumbers, words: Words) -> str:
    name = shown_name(one.person.name, words)
    said = words.say("{name}: finished {n} of {of}", name=name, n=one.finished, of=one.assigned)
    if not one.questions:
        return said
    right = words.say("{n} of {of} right", n=one.right, of=one.questions)
    return f"{said}, {right}"
