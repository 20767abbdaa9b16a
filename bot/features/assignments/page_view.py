"""An assignment as its educators see it: its times, how far members are, what can be done."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.assignments.assignment_buttons import AssignmentVerb, run, task
from bot.features.assignments.time_words import moment
from bot.features.shared.buttons import cancel
from bot.features.shared.messages import Button, html_message, message, titled
from bot.features.shared.shown_names import shown_name
from content.markup import Paragraph, Run, plain, to_html
from storage.assignments import Assignment
from storage.cohorts import Cohort
from storage.outcome import OwedCall, Toast

_MOST_NAMES: Final = 30


class Turnout(Struct, frozen=True):
    """Named members by how far they are, by their names; and whether there are others."""

    finished: Sequence[str]
    begun: Sequence[str]
    to_begin: Sequence[str]
    others: bool


class PageShown(Struct, frozen=True):
    """An assignment of so many cases, and how far its members are."""

    assignment: Assignment
    cohort: Cohort
    cases: int
    turnout: Turnout
    now: int


def page(chat_id: int, shown: PageShown, words: Words) -> OwedCall:
    """All that is known of it, and what can be done."""
    one, cohort = shown.assignment, shown.cohort
    lines = [cohort.title, _kind(one, shown.cases, words), *_times(shown, words)]
    told: list[Paragraph] = [(Run(one.title, bold=True),), (plain("\n".join(lines)),)]
    if one.opened_at is not None and one.cancelled_at is None:
        told += _turnout(shown.turnout, words)
    return html_message(chat_id, to_html(told), _rows(shown, words))


def _kind(one: Assignment, cases: int, words: Words) -> str:
    count = words.count("{n} case", "{n} cases", cases)
    if one.mode == "study":
        return words.say("{cases}, study", cases=count)
    if one.explained == "at_once":
        return words.say("{cases}, exam, explained when it is handed in", cases=count)
    return words.say("{cases}, exam, explained when the assignment closes", cases=count)


def _times(shown: PageShown, words: Words) -> list[str]:
    one = shown.assignment

    def time(at: int) -> str:
        return moment(at, shown.now, shown.cohort.zone, words)

    if one.cancelled_at is not None:
        return [words.say("Cancelled: {time}", time=time(one.cancelled_at))]
    lines = [
        words.say("Opens: {time}", time=time(one.opens_at)),
        words.say("Due: {time}", time=time(one.due_at)),
    ]
    if one.closed_at is not None:
        return [*lines, words.say("Closed: {time}", time=time(one.closed_at))]
    if one.closes_at > one.due_at:
        lines.append(words.say("Closes: {time}", time=time(one.closes_at)))
    return lines


def _turnout(turnout: Turnout, words: Words) -> list[Paragraph]:
    groups = (
        (words.say("Finished"), turnout.finished),
        (words.say("Begun"), turnout.begun),
        (words.say("Not begun"), turnout.to_begin),
    )
    lines = [f"{label}: {len(names)}{_named(names, words)}" for label, names in groups]
    told: list[Paragraph] = [(plain("\n".join(lines)),)]
    if turnout.others:
        note = words.say("Members under an alias are not counted here.")
        told.append((Run(note, italic=True),))
    return told


def _named(names: Sequence[str], words: Words) -> str:
    shown = ", ".join(words.isolated(shown_name(name, words)) for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more > 0:
        shown += " " + words.count("… and {n} more", "… and {n} more", more)
    return f" ({shown})" if shown else ""


def _rows(shown: PageShown, words: Words) -> list[list[Button]]:
    one = shown.assignment
    back = [run(words.say("← All assignments"), f"assign {one.cohort_id}")]
    attempt = [task(words.say("Try it"), one.id, AssignmentVerb.TRY)]
    if one.cancelled_at is not None:
        return [back]
    if one.closed_at is not None:
        report = [run(words.say("Report"), f"report {one.cohort_id}")]
        return [attempt, report, back]
    minute = f"{one.due_at // 60_000:x}"
    more = [
        task(words.say("One day more"), one.id, AssignmentVerb.EXTEND, f"{minute}-1"),
        task(words.say("A week more"), one.id, AssignmentVerb.EXTEND, f"{minute}-7"),
        task(words.say("Date …"), one.id, AssignmentVerb.TYPED),
    ]
    others = [task(words.say("Cancel it"), one.id, AssignmentVerb.CANCEL)]
    if one.is_open:
        others.insert(0, task(words.say("Remind now"), one.id, AssignmentVerb.REMIND))
    return [attempt, more, others, back]


def sure_to_cancel(chat_id: int, one: Assignment, words: Words) -> OwedCall:
    """Before an assignment is cancelled."""
    text = words.say(
        "It then counts for nobody, what is under way in it ends, and members are told. This cannot"
        " be undone."
    )
    title = words.say("Cancel “{title}”?", title=one.title)
    rows = (
        (task(words.say("Cancel it"), one.id, AssignmentVerb.VOID),),
        (task(words.say("← Back"), one.id, AssignmentVerb.PAGE),),
    )
    return titled(chat_id, title, [text], rows)


def until_when(chat_id: int, place: str, words: Words) -> OwedCall:
    """The educator is to write until when there is more time."""
    sentence = words.say(
        "Until when? Write for example “24 Dec 18:00” or “Friday” (then 23:59), as clocks show it"
        " in {place}.",
        place=place,
    )
    return message(chat_id, sentence, ((cancel(words),),))


def no_longer(chat_id: int, words: Words) -> OwedCall:
    """A time was written that takes time away."""
    sentence = words.say("That is no later than it is due now. Write a later time.")
    return message(chat_id, sentence, ((cancel(words),),))


def nothing_to_extend(chat_id: int, words: Words) -> OwedCall:
    """A time was written for an assignment that is over, or of another's cohort."""
    sentence = words.say("That assignment is over, or you do not teach its cohort any more.")
    return message(chat_id, sentence, ((run("/assign", "assign"),),))


def extended(words: Words) -> Toast:
    """There is more time."""
    return Toast(words.say("Done. Who has not finished is told."))


def changed_meanwhile(words: Words) -> Toast:
    """A button of a page that shows an earlier time."""
    return Toast(words.say("It was changed meanwhile: look at how it is now."))


def reminded(words: Words) -> Toast:
    """Who has not finished is reminded."""
    return Toast(words.say("Who has not finished is reminded now."))


def reminded_today(words: Words) -> Toast:
    """Once a day is enough."""
    return Toast(words.say("They were reminded today: once a day is enough."), alert=True)


def is_over(words: Words) -> Toast:
    """Nothing can be changed any more."""
    return Toast(words.say("That assignment is over."), alert=True)


def not_yours(words: Words) -> Toast:
    """Of a cohort that is closed, or that somebody else teaches."""
    sentence = words.say("You do not teach that cohort any more, or it is closed.")
    return Toast(sentence, alert=True)


def closed(chat_id: int, one: Assignment, cohort: Cohort, words: Words) -> OwedCall:
    """To an educator: its numbers are final."""
    text = words.say("“{title}” is closed: its numbers are in the report.", title=one.title)
    rows = ((run(words.say("Report"), f"report {cohort.id}"),),)
    return titled(chat_id, cohort.title, [text], rows)


def case_gone(chat_id: int, one: Assignment, cohort: Cohort, words: Words) -> OwedCall:
    """To an educator: a case of it was taken out of the library."""
    text = words.say(
        "A case of “{title}” was taken out of the library. It counts for nobody there any more,"
        " and members are told.",
        title=one.title,
    )
    rows = ((task(words.say("See the assignment"), one.id, AssignmentVerb.PAGE),),)
    return titled(chat_id, cohort.title, [text], rows)
