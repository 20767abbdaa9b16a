"""What waits for a reviewer, and what they signed, as lists of buttons."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.reviewing.review_queue import WaitingCase
from bot.features.reviewing.reviewer_buttons import ReviewerVerb, reviewer_button
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import whole_date
from bot.features.shared.messages import Button, ListPage, html_message, message, quoting
from content.codes import case_code
from content.markup import Paragraph, parse, plain, to_html
from content.model import Case
from storage.outcome import OwedCall

PAGE_LENGTH = 8
_MOST = 90  # buttons; Telegram takes no more than about a hundred under one message


class QueueShown(Struct, frozen=True):
    """How many cases wait in each specialty, of all there are; and how many the reviewer signed."""

    person_id: int
    public_name: str
    waiting: Mapping[str, int]
    total: int
    signed: int


class SignedCase(Struct, frozen=True):
    """A case that a reviewer signed; ``holds``: it is as it was then."""

    case: Case
    holds: bool


def for_reviewers_alone(chat_id: int, words: Words) -> OwedCall:
    """To somebody who is no reviewer."""
    sentence = words.say(
        "**Cases are reviewed by clinicians** whom those who run this bot know: each gets a link"
        " from them. If you are a clinician and would like to review, please ask them for one."
    )
    return message(chat_id, sentence)


def queue(chat_id: int, shown: QueueShown, words: Words) -> OwedCall:
    """`/review_cases`: the specialties in which cases wait."""
    count = sum(shown.waiting.values())
    if count:
        head = words.count(
            "**{n} case waits for your review,** of {total} in use. Choose a specialty.",
            "**{n} cases wait for your review,** of {total} in use. Choose a specialty.",
            count,
            total=shown.total,
        )
    else:
        head = words.say("**No case waits for your review.**")
    told: list[Paragraph] = [*parse(head)]
    if shown.public_name:
        named = words.say("Learners read your name as: {name}.", name=shown.public_name)
        told.append((plain(named),))
    ranked = sorted(shown.waiting.items(), key=lambda one: topic_name(one[0], words))[:_MOST]
    keyboard = [
        [reviewer_button(f"{topic_name(specialty, words)} · {n}", ReviewerVerb.OF, specialty)]
        for specialty, n in ranked
    ]
    if shown.signed:
        label = words.count("You signed {n} case", "You signed {n} cases", shown.signed)
        keyboard.append([reviewer_button(label, ReviewerVerb.MINE)])
    keyboard.append([reviewer_button(words.say("Another name"), ReviewerVerb.NAME)])
    call = html_message(chat_id, to_html(told), keyboard)
    return quoting(call, (shown.person_id, shown.public_name))


def specialty_queue(
    chat_id: int, specialty: str, page: ListPage[WaitingCase], words: Words
) -> OwedCall:
    """The cases that wait in a specialty: first those that were signed before they changed."""
    head = words.say(
        "**{specialty}:** what waits for your review.", specialty=topic_name(specialty, words)
    )
    lines = [
        words.say(
            "{code} was signed on {on}, and has changed since.",
            code=case_code(one.case.id),
            on=whole_date(one.signed_on, words),
        )
        for one in page.items
        if one.signed_on is not None
    ]
    rows = [[_case_button(one.case, "✎ " if one.signed_on else "")] for one in page.items]
    rows += page.turning(
        lambda sign, number: reviewer_button(sign, ReviewerVerb.OF, specialty, page=number), "←→"
    )
    return _listed(chat_id, head, lines, [*rows, [_back(words)]])


def signed_cases(chat_id: int, page: ListPage[SignedCase], words: Words) -> OwedCall:
    """The cases that the reviewer signed, each a press away from taking it back."""
    head = words.say("**What you signed.** Open a case to take your signature back.")
    changed = [one for one in page.items if not one.holds]
    lines = [
        words.say(
            "{code} has changed since you signed it: your signature is off it, and holds again if"
            " the text returns.",
            code=case_code(one.case.id),
        )
        for one in changed
    ]
    rows = [[_case_button(one.case, "✓ " if one.holds else "✎ ")] for one in page.items]
    rows += page.turning(
        lambda sign, number: reviewer_button(sign, ReviewerVerb.MINE, page=number), "←→"
    )
    return _listed(chat_id, head, lines, [*rows, [_back(words)]])


def _listed(
    chat_id: int, head: str, lines: Iterable[str], keyboard: Sequence[Sequence[Button]]
) -> OwedCall:
    told = [*parse(head), *((plain(line),) for line in lines)]
    return html_message(chat_id, to_html(told), keyboard)


def _case_button(case: Case, sign: str) -> Button:
    return reviewer_button(f"{sign}{case.title}", ReviewerVerb.SHOW, case_code(case.id))


def _back(words: Words) -> Button:
    return reviewer_button(words.say("All specialties"), ReviewerVerb.QUEUE)
