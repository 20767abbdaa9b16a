"""The report of a cohort as a message: what was done, what is hard, who may need help."""

from collections.abc import Iterable, Iterator, Sequence

from bot.base.i18n import Words
from bot.features.reports.cohort_values import (
    AssignmentNumbers,
    CohortNumbers,
    MemberNumbers,
    OpenNumbers,
    QuestionNumbers,
)
from bot.features.reports.cohort_words_view import (
    MOST_LISTED,
    Reported,
    in_need,
    notes,
    question_name,
    rate,
    recent,
    to_do,
    wrong_choice,
)
from bot.features.shared.buttons import RUN
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import near_date, whole_date
from bot.features.shared.messages import message, pages, press, quoting
from bot.features.shared.shown_names import shown_name
from content.markup import Run, plain
from content.pages import Part
from storage.cohorts import Cohort
from storage.outcome import OwedCall


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
    yield words.labelled(words.say("Answered assigned cases last week"), active)
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
    if one.answered is None:
        return words.say(
            "{title}: {on_time}; too few people to tell how many were right",
            title=one.assignment.title,
            on_time=whose,
        )
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
