"""`/assign`: a cohort's assignments, and what is asked about a new one."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.assignments.assignment_buttons import DRAFT, AssignmentVerb, run, task
from bot.features.shared.buttons import cancel
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import (
    MOST_DATA,
    html_message,
    in_rows,
    list_page,
    message,
    press,
    titled,
)
from content.markup import plain, to_html
from storage.assignments import Assignment
from storage.cohorts import Cohort
from storage.outcome import OwedCall

MOST_LISTED: Final = 20  # assignments, or cohorts
ON_A_PAGE: Final = 30  # topics, two to a row


def no_cohort(chat_id: int, words: Words) -> OwedCall:
    """`/assign` of somebody who teaches no cohort that is open."""
    sentence = words.say("You teach no open cohort: /cohort makes one.")
    return message(chat_id, sentence, ((run("/cohort", "cohort"),),))


def which_cohort(chat_id: int, cohorts: Sequence[Cohort], words: Words) -> OwedCall:
    """`/assign` of somebody who teaches several."""
    rows = [[run(cohort.title, f"assign {cohort.id}")] for cohort in cohorts[:MOST_LISTED]]
    return message(chat_id, words.say("**Which cohort?**"), rows)


def assignments(
    chat_id: int, cohort: Cohort, listed: Sequence[Assignment], words: Words
) -> OwedCall:
    """What a cohort has and had to do."""
    head = words.say("Assignments")
    told = "" if listed else words.say("None yet.")
    rows = [
        [task(f"{_sign(one)} {one.title}", one.id, AssignmentVerb.PAGE)]
        for one in listed[:MOST_LISTED]
    ]
    new = press(words.say("New assignment"), f"{DRAFT}new:{cohort.id:x}")
    return titled(chat_id, cohort.title, [head, told], [*rows, [new]])


def _sign(one: Assignment) -> str:
    if one.cancelled_at is not None:
        return "✕"
    if one.closed_at is not None:
        return "✓"
    return "●" if one.is_open else "○"


def topics(chat_id: int, names: Sequence[str], page: int, words: Words) -> OwedCall:
    """The topics, a press on one of which leads back."""
    fitting = [one for one in names if len(f"{DRAFT}topic:{one}".encode()) <= MOST_DATA]
    shown = list_page(fitting, page, ON_A_PAGE)
    rows = in_rows((press(topic_name(one, words), f"{DRAFT}topic:{one}") for one in shown.items), 2)
    turn = shown.turning(lambda sign, to: press(sign, f"{DRAFT}topics:{to}"), "«»")
    every = [press(words.say("All topics"), f"{DRAFT}topic:")]
    return message(chat_id, words.say("**Which topic?**"), [every, *rows, *turn])


def cohorts_for_draft(chat_id: int, cohorts: Sequence[Cohort], words: Words) -> OwedCall:
    """Whom a draft may be for."""
    rows = [
        [press(cohort.title, f"{DRAFT}cohort:{cohort.id:x}")] for cohort in cohorts[:MOST_LISTED]
    ]
    return message(chat_id, words.say("**Which cohort?**"), rows)


def which_codes(chat_id: int, most: int, words: Words) -> OwedCall:
    """The educator is to write codes."""
    sentence = words.say(
        "Write the codes of cases, {n} at most, with spaces between them. A case's code ends the"
        " link that “Share” gives under its explanation.",
        n=most,
    )
    return message(chat_id, sentence, ((cancel(words),),))


def no_such_codes(chat_id: int, unknown: Iterable[str], words: Words) -> OwedCall:
    """Some of what was written is no case's code; it is asked for once more."""
    shown = ", ".join(words.isolated(one[:16]) for one in list(unknown)[:5])
    sentence = words.say("I know no case by: {codes}. Write all codes once more.", codes=shown)
    return html_message(chat_id, to_html([(plain(sentence),)]), ((cancel(words),),))


def which_time(chat_id: int, place: str, words: Words, *, due: bool) -> OwedCall:
    """The educator is to write a date."""
    if due:
        sentence = words.say(
            "By when is it due? Write for example “24 Dec 18:00” or “Friday”"
            " (then 23:59), as clocks show it in {place}.",
            place=place,
        )
    else:
        sentence = words.say(
            "When does it open? Write for example “24 Dec 18:00” or “Friday”"
            " (then 8:00), as clocks show it in {place}.",
            place=place,
        )
    return message(chat_id, sentence, ((cancel(words),),))
