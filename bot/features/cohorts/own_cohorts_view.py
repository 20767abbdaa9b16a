"""The cohorts that somebody is in, as they themselves see them; and leaving one."""

from collections.abc import Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.assignments.own_assignments import Listed
from bot.features.cohorts.cohort_buttons import CohortVerb, button
from bot.features.cohorts.cohort_names import day_of, headline
from bot.features.cohorts.consent_view import listed_educators
from bot.features.shared.buttons import what_next
from bot.features.shared.messages import html_message, message, pages, quoting
from content.markup import parse, plain, to_html
from content.pages import Part
from storage.cohorts import Cohort, CohortPerson, Educator
from storage.outcome import OwedCall


class OwnCohort(Struct, frozen=True):
    """A cohort, what one is in it, who teaches it, and what there is to do."""

    cohort: Cohort
    me: CohortPerson
    educators: Sequence[Educator]
    work: Listed = Listed((), ())


def none(chat_id: int, words: Words) -> OwedCall:
    """The person is in no cohort."""
    sentence = words.say(
        "You are in no cohort. An educator's link lets you join one; /cohort is for educators."
    )
    return message(chat_id, sentence, what_next(words))


def own_cohorts(chat_id: int, owned: Sequence[OwnCohort], words: Words) -> list[OwedCall]:
    """All of them, with a button to leave each."""
    parts = [
        Part(
            (
                (headline(one.cohort.title, words), plain("\n" + _about(one, words))),
                (plain(listed_educators(one.educators, words)),),
                *([(plain("\n".join(one.work.lines)),)] if one.work.lines else []),
            )
        )
        for one in owned
    ]
    sees = words.say(
        "Educators see which of the cases they assign to you are done, when, and whether you were"
        " right; under an alias in totals alone. They never see anything else."
    )
    leave = [
        [
            button(
                words.say("Leave {title}", title=one.cohort.title), CohortVerb.LEAVE, one.cohort.id
            )
        ]
        for one in owned
    ]
    work = [row for one in owned for row in one.work.rows]
    calls = pages(chat_id, [*parts, Part(parse(sees))], [*work, *leave])
    named = {one.person_id: one.name for each in owned for one in each.educators}
    return [quoting(call, *named.items()) for call in calls]


def leave_question(chat_id: int, cohort: Cohort, words: Words, *, teaches: bool) -> OwedCall:
    """Asks once."""
    if teaches:
        sentence = words.say(
            "**Teach this cohort no more?** You no longer see it; its other educators do."
        )
    else:
        sentence = words.say(
            "**Leave this cohort?** Your line goes at once, and nobody is told. What you did stays"
            " yours; what is assigned to you there is no longer asked of you."
        )
    keyboard = [
        [button(words.say("Leave"), CohortVerb.LEFT, cohort.id)],
        [button(words.say("Stay"), CohortVerb.STAY, cohort.id)],
    ]
    told = [(headline(cohort.title, words),), *parse(sentence)]
    return html_message(chat_id, to_html(told), keyboard)


def left(chat_id: int, name: str, words: Words) -> OwedCall:
    """It is done."""
    sentence = words.say("You left {title}: nothing of yours is there any more.", title=name)
    return html_message(chat_id, to_html([(plain(sentence),)]))


def stayed(chat_id: int, name: str, words: Words) -> OwedCall:
    """The person thought better of it."""
    sentence = words.say("You stay in {title}.", title=name)
    return html_message(chat_id, to_html([(plain(sentence),)]))


def not_in_it(words: Words) -> str:
    """A press about a cohort that the person is not in, or not any more."""
    return words.say("You are not in this cohort, or no more. /cohorts shows those you are in.")


def last_educator(words: Words) -> str:
    """The last who teaches a cohort cannot just leave."""
    return words.say("Nobody else teaches this cohort: hand it over, or close it.")


def _about(one: OwnCohort, words: Words) -> str:
    me, cohort = one.me, one.cohort
    date = day_of(me.joined_at, cohort.zone, words)
    if me.teaches:
        line = words.say("You teach it.")
    elif me.named:
        line = words.say(
            "You joined by name, as {name}, on {date} (terms {terms}).",
            name=me.name,
            date=date,
            terms=me.terms,
        )
    else:
        line = words.say(
            "You joined under the alias {name} on {date} (terms {terms}).",
            name=me.name,
            date=date,
            terms=me.terms,
        )
    if cohort.closed_at is not None:
        line += " " + words.say("It is closed.")
    return line
