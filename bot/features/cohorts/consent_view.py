"""What somebody reads before they join a cohort. Whatever changes here makes a new version."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cohorts.approval_view import approver
from bot.features.cohorts.cohort_buttons import How, JoinPress
from bot.features.cohorts.cohort_names import called, headline
from bot.features.shared.messages import Keyboard, html_message, press, quoting
from content.markup import parse, plain, to_html
from storage.cohorts import Educator
from storage.outcome import OwedCall

TERMS_VERSION: Final = 1
"""Kept with who joins: which wording of ``terms`` they agreed to."""


class Invited(Struct, frozen=True):
    """What an invitation says: to which cohort, who teaches it, and what its buttons send back.

    ``name`` is that by which the reader would join; empty where they have none to show.
    """

    title: str
    educators: Sequence[Educator]
    shown: str
    token: str
    name: str


def consent(chat_id: int, invited: Invited, words: Words) -> OwedCall:
    """The invitation to join a cohort as a member."""
    keyboard = [
        [_press(words.say("Join under an alias"), How.ALIAS, invited)],
        [_press(words.say("No"), How.NO, invited)],
    ]
    if invited.name:
        label = words.say("Join as {name}", name=invited.name)
        keyboard.insert(0, [_press(label, How.NAMED, invited)])
    told = words.say("You are invited to join this cohort of learners. Its educators:")
    return _invitation(chat_id, invited, (told, terms(words)), words, keyboard)


def example(chat_id: int, invited: Invited, words: Words) -> OwedCall:
    """The same for an educator who opens the link of their own cohort."""
    note = words.say("You teach this cohort. Whoever opens the link reads this before they join:")
    return _invitation(chat_id, invited, (note, terms(words)), words, ())


def terms(words: Words) -> str:
    """What joining means, whoever teaches: the part that ``TERMS_VERSION`` counts."""
    return words.say(
        "Those who run this bot approved each of them; nothing more was checked.\n\n"
        "**They see,** by your name, which of the cases they assign to you are done, when, and"
        " whether you were right. Under an alias no line of a report is yours: the alias stands in"
        " the list of members, and what you do counts in totals of at least five people.\n\n"
        "**They never see** what you practise on your own, your reviews, how sure you say you are,"
        " the cases you save, or anything from before today.\n\n"
        "Whoever operates this bot can read its database. A cohort is for teaching, and not for"
        " decisions on employment.\n\n"
        "**You can leave at any time** by /cohorts: your line goes at once; totals that name"
        " nobody stay. When somebody else comes to teach the cohort, you are told."
    )


def teaching(chat_id: int, invited: Invited, words: Words, *, hands_over: bool) -> OwedCall:
    """The invitation to teach a cohort, to an educator."""
    if hands_over:
        sentence = words.say(
            "You are to take over this cohort: whoever made the link will teach it no more. Its"
            " members are told who teaches them now. Its educators:"
        )
    else:
        sentence = words.say(
            "You are invited to teach this cohort, and to see what its educators see. Its members"
            " are told your name. Its educators:"
        )
    keyboard = [
        [_press(words.say("Teach it"), How.TEACHING, invited)],
        [_press(words.say("No"), How.NO, invited)],
    ]
    return _invitation(chat_id, invited, (sentence,), words, keyboard)


def educator_lines(educators: Sequence[Educator], words: Words) -> str:
    """Who teaches, and who approved them, a line for each."""
    lines = (
        words.say(
            "{name}, approved by {approver}",
            name=called(one.name, one.username, words),
            approver=approver(one.approved_by, words),
        )
        for one in educators
    )
    return "\n".join(f"• {line}" for line in lines)


def listed_educators(educators: Sequence[Educator], words: Words) -> str:
    """The same below what they are."""
    return (
        words.count("Educator:", "Educators:", len(educators))
        + "\n"
        + educator_lines(educators, words)
    )


def _invitation(
    chat_id: int, invited: Invited, told: Sequence[str], words: Words, keyboard: Keyboard
) -> OwedCall:
    """What is told first stands above who teaches, the rest below."""
    head = (headline(invited.title, words), plain(f"\n{told[0]}"))
    educators = (plain(educator_lines(invited.educators, words)),)
    more = [paragraph for text in told[1:] for paragraph in parse(text)]
    call = html_message(chat_id, to_html([head, educators, *more]), keyboard)
    named = ((one.person_id, called(one.name, one.username, words)) for one in invited.educators)
    return quoting(call, *named)


def _press(text: str, how: How, invited: Invited) -> dict[str, str]:
    return press(text, str(JoinPress(how, invited.shown, invited.token)))
