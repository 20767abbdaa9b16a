"""What an educator reads of their cohorts, and the buttons by which they direct them."""

from collections.abc import Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cohorts.cohort_buttons import CohortVerb, button
from bot.features.cohorts.cohort_names import LONGEST_TITLE, day_of, headline, kept_closed
from bot.features.cohorts.consent_view import listed_educators
from bot.features.cohorts.links_view import LinkShown, link_lines
from bot.features.shared.buttons import RUN, cancel
from bot.features.shared.messages import Button, Keyboard, html_message, message, press, quoting
from content.markup import Paragraph, parse, plain, to_html
from storage.cohorts import Cohort, Educator
from storage.outcome import OwedCall
from storage.retention import CLOSED_COHORT_MS


class CohortShown(Struct, frozen=True):
    """A cohort as its page shows it; ``several``: the reader teaches more."""

    cohort: Cohort
    members: int
    educators: Sequence[Educator]
    link: LinkShown
    several: bool


def begin(chat_id: int, words: Words) -> OwedCall:
    """To an educator without a cohort."""
    sentence = words.say(
        "**You teach no cohort yet.** Make one, and give its link to your learners; each reads who"
        " you are and what you will see before they join."
    )
    return message(chat_id, sentence, [[button(words.say("Make a cohort"), CohortVerb.NEW)]])


def which_title(chat_id: int, words: Words) -> OwedCall:
    """The educator's next message is a cohort's title."""
    sentence = words.say(
        "**Write the cohort's title,** in {most} characters at most, as its members are to read"
        " it: “Interns 2027”.",
        most=LONGEST_TITLE,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def title_unfit(chat_id: int, words: Words) -> OwedCall:
    """Too long, or nothing of it can be seen."""
    sentence = words.say(
        "A title has 1 to {most} characters that can be seen. Please write another.",
        most=LONGEST_TITLE,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def too_many(words: Words) -> str:
    """The educator has so many cohorts that there is no other."""
    return words.say("You teach as many cohorts as you can. Close one that is over.")


def no_longer_yours(words: Words) -> str:
    """A press of somebody who does not teach the cohort, or no more; or there is none."""
    return words.say("You don't teach this cohort, or no more. /cohort shows those that you teach.")


def closed_already(words: Words) -> str:
    """A press that would change a closed cohort."""
    return words.say("This cohort is closed.")


def listed(chat_id: int, cohorts: Sequence[Cohort], words: Words) -> OwedCall:
    """All that an educator teaches."""
    rows = [[button(_name(one, words), CohortVerb.SHOW, one.id)] for one in cohorts]
    new = button(words.say("Make a cohort"), CohortVerb.NEW)
    return message(chat_id, words.say("**Your cohorts**"), [*rows, [new]])


def cohort_page(chat_id: int, shown: CohortShown, words: Words) -> OwedCall:
    """A cohort's page."""
    cohort = shown.cohort
    members = words.count("{n} member", "{n} members", shown.members)
    told: list[Paragraph] = [(headline(cohort.title, words), plain(f"\n{members}"))]
    if cohort.closed_at is not None:
        told.append((plain(_closed(cohort, words)),))
    else:
        told.append((plain(link_lines(shown.link, words)),))
    told.append((plain(listed_educators(shown.educators, words)),))
    call = html_message(chat_id, to_html(told), _keyboard(shown, words))
    return quoting(call, *((one.person_id, one.name) for one in shown.educators))


def close_question(chat_id: int, cohort: Cohort, words: Words) -> OwedCall:
    """Asks once."""
    sentence = words.say(
        "**Close this cohort?** Nobody joins any more, what is assigned and not yet over is"
        " cancelled, and its members are told. It can still be looked at for {days}, then it is"
        " deleted. This cannot be undone.",
        days=kept_closed(words),
    )
    yes = button(words.say("Close it"), CohortVerb.CLOSED, cohort.id)
    told = [(headline(cohort.title, words),), *parse(sentence)]
    return html_message(chat_id, to_html(told), [[yes], [_back(cohort, words)]])


def closed_told(chat_id: int, name: str, words: Words) -> OwedCall:
    """To a member: the cohort is closed."""
    sentence = words.say(
        "{title} is closed: nothing more is assigned there. What you did stays yours. It is deleted"
        " after {days}, or leave it now by /cohorts.",
        title=name,
        days=kept_closed(words),
    )
    return html_message(chat_id, to_html([(plain(sentence),)]))


def _keyboard(shown: CohortShown, words: Words) -> Keyboard:
    cohort = shown.cohort

    def does(text: str, verb: CohortVerb, number: int = 0) -> Button:
        return button(text, verb, cohort.id, number)

    report = press(words.say("Report"), f"{RUN}report {cohort.id}")
    people = does(words.say("Members"), CohortVerb.PEOPLE)
    last = [does(words.say("Leave"), CohortVerb.LEAVE)]
    if shown.several:
        last.append(button(words.say("All cohorts"), CohortVerb.LIST))
    else:
        last.append(button(words.say("Another cohort"), CohortVerb.NEW))
    if cohort.closed_at is not None:
        return [[report, people], last]
    assign = press(words.say("Assign"), f"{RUN}assign {cohort.id}")
    renew = does(words.say("New link"), CohortVerb.RENEW)
    on = cohort.report_due is not None
    monday = words.say("No report on Mondays") if on else words.say("Report each Monday")
    links, link = [[renew]], shown.link.link
    if link is not None and not shown.link.ended:
        most = words.say("May join: {n}", n=link.most)
        links = [
            [does(words.say("Link and QR code"), CohortVerb.LINK)],
            [renew, does(most, CohortVerb.MOST)],
        ]
    return [
        [assign, report],
        *links,
        [people, does(monday, CohortVerb.REPORT, int(not on))],
        [
            does(words.say("Add an educator"), CohortVerb.ADD),
            does(words.say("Hand over"), CohortVerb.HAND_OVER),
        ],
        [does(words.say("Rename"), CohortVerb.RENAME), does(words.say("Close"), CohortVerb.CLOSE)],
        last,
    ]


def _back(cohort: Cohort, words: Words) -> Button:
    return button(words.say("Back"), CohortVerb.SHOW, cohort.id)


def _name(cohort: Cohort, words: Words) -> str:
    if cohort.closed_at is None:
        return cohort.title
    return words.say("{title} (closed)", title=cohort.title)


def _closed(cohort: Cohort, words: Words) -> str:
    at = cohort.closed_at or 0
    return words.say(
        "Closed on {date}; it is deleted on {deleted}.",
        date=day_of(at, cohort.zone, words),
        deleted=day_of(at + CLOSED_COHORT_MS, cohort.zone, words),
    )
