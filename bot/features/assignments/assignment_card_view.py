"""An assignment as a member has it before them, and what they are told of it."""

from enum import StrEnum

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.assignments.assignment_buttons import AssignmentVerb, task
from bot.features.assignments.time_words import moment
from bot.features.shared.messages import Button, Keyboard, html_message
from content.markup import Run, plain, to_html
from storage.assignments import Assignment
from storage.cohorts import Cohort
from storage.outcome import OwedCall, Toast


class HowFar(StrEnum):
    """How far a member is."""

    SOON = "soon"
    TO_BEGIN = "to begin"
    BEGUN = "begun"
    FINISHED = "finished"
    MISSED = "missed"
    CANCELLED = "cancelled"


class News(StrEnum):
    """Why a member is told."""

    GIVEN = "given"
    ASKED = "asked"  # they looked themselves
    DUE_SOON = "due soon"
    MORE_TIME = "more time"
    CASE_GONE = "case gone"
    CANCELLED = "cancelled"


class AssignmentCard(Struct, frozen=True):
    """An assignment of so many cases and questions, as a member has it: until ``due_at``.

    ``last`` is until when something counts; times are UTC milliseconds.
    """

    assignment: Assignment
    cohort: Cohort
    cases: int
    minutes: int
    due_at: int
    last: int
    how_far: HowFar
    now: int


def card(chat_id: int, shown: AssignmentCard, news: News, words: Words) -> OwedCall:
    """What it is, until when, and the way into it."""
    one = shown.assignment
    head = _head(news, words)
    lines = [shown.cohort.title, *_lines(shown, words)]
    told = [*(((plain(head),),) if head else ()), (Run(one.title, bold=True),)]
    told.append((plain("\n".join(lines)),))
    return html_message(chat_id, to_html(told), buttons(shown, words))


def _head(news: News, words: Words) -> str:
    heads = {
        News.GIVEN: words.say("Your cohort has something to do:"),
        News.ASKED: "",
        News.DUE_SOON: words.say("⏰ Not finished yet:"),
        News.MORE_TIME: words.say("There is more time:"),
        News.CASE_GONE: words.say(
            "A case was taken out of the library, and counts no more. Scores are made again"
            " without it:"
        ),
        News.CANCELLED: words.say("Cancelled, and counts for nobody:"),
    }
    return heads[news]


def _lines(shown: AssignmentCard, words: Words) -> list[str]:
    one = shown.assignment
    if shown.how_far is HowFar.CANCELLED:
        return [words.say("Cancelled")]
    lines = [_kind(shown, words)]

    def time(at: int) -> str:
        return moment(at, shown.now, shown.cohort.zone, words)

    if shown.how_far is HowFar.SOON:
        lines.append(words.say("Opens: {time}", time=time(one.opens_at)))
    lines.append(words.say("Due: {time}", time=time(shown.due_at)))
    if shown.how_far in {HowFar.TO_BEGIN, HowFar.BEGUN}:
        if shown.now > shown.due_at and shown.last > shown.now:
            lines.append(words.say("Late, but taken until {time}", time=time(shown.last)))
        elif shown.now > shown.last:
            lines.append(words.say("What you answer now does not count any more."))
        elif shown.last > shown.due_at:
            lines.append(words.say("Late work is taken until {time}", time=time(shown.last)))
    if shown.how_far is HowFar.MISSED:
        lines.append(words.say("It is over, and you did not begin it."))
    if shown.how_far is HowFar.FINISHED:
        lines.append(words.say("Handed in"))
    return lines


def _kind(shown: AssignmentCard, words: Words) -> str:
    one = shown.assignment
    count = words.count("{n} case", "{n} cases", shown.cases)
    if one.mode == "study":
        return words.say("{cases}, study: each is explained at once", cases=count)
    time = words.count("{n} minute", "{n} minutes", shown.minutes)
    if one.explained == "at_once":
        return words.say(
            "{cases}, exam: {minutes}, one attempt, explained when you hand in",
            cases=count,
            minutes=time,
        )
    return words.say(
        "{cases}, exam: {minutes}, one attempt, explained to all when it closes",
        cases=count,
        minutes=time,
    )


def buttons(shown: AssignmentCard, words: Words) -> Keyboard:
    """The way into it; none where there is nothing to do or to see."""
    label = way_in(shown.how_far, words)
    return () if label is None else ((task(label, shown.assignment.id, AssignmentVerb.DO),),)


def way_in(how_far: HowFar, words: Words) -> str | None:
    """What the button into an assignment says."""
    match how_far:
        case HowFar.TO_BEGIN:
            return words.say("Start")
        case HowFar.BEGUN:
            return words.say("Go on")
        case HowFar.FINISHED:
            return words.say("Look again")
    return None


def in_list(shown: AssignmentCard, words: Words) -> str:
    """An assignment on a line of a list."""
    one = shown.assignment
    due = moment(shown.due_at, shown.now, shown.cohort.zone, words)
    opens = moment(one.opens_at, shown.now, shown.cohort.zone, words)
    match shown.how_far:
        case HowFar.SOON:
            told = words.say("opens {time}", time=opens)
        case HowFar.FINISHED:
            told = words.say("handed in")
        case HowFar.MISSED:
            told = words.say("over")
        case HowFar.CANCELLED:
            told = words.say("cancelled")
        case _:
            told = words.say("due {time}", time=due)
    return f"{words.isolated(one.title)} · {told}"


def list_button(shown: AssignmentCard) -> Button:
    """The way to its card."""
    return task(shown.assignment.title, shown.assignment.id, AssignmentVerb.SEE)


def not_assigned(words: Words) -> Toast:
    """Of a cohort that one has left, was taken out of, or never was in."""
    sentence = words.say("You do not have that to do: you are not, or no longer, in its cohort.")
    return Toast(sentence, alert=True)


def nothing_left(words: Words) -> Toast:
    """All cases were taken out of it."""
    return Toast(words.say("All its cases were taken out: there is nothing to do."), alert=True)
