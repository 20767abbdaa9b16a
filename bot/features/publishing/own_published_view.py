"""What an author sees of the cases that they published."""

from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cases.explanation_parts_view import reviewed_by
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.publishing.published_buttons import (
    PublishedVerb,
    own_cases_button,
    published_button,
)
from bot.features.shared.buttons import case_button, items_of_case
from bot.features.shared.messages import ListPage, html_message, in_rows, message, quoting
from bot.features.shared.written_words import in_brief
from content.markup import Paragraph, Run, parse, plain, to_html
from content.signing import Reviewed
from storage.outcome import OwedCall

CASES_AT_ONCE: Final = 8
_LONGEST: Final = 80  # characters


class OwnCase(Struct, frozen=True):
    """A published case by its number and title, and its reviews; ``in_use``: learners meet it."""

    number: int
    case_id: str
    title: str
    withdrawn: bool
    in_use: bool
    reviews: tuple[Reviewed, ...] = ()


def own_cases(chat_id: int, page: ListPage[OwnCase], words: Words) -> OwedCall:
    """A page of them, each with its number."""
    drafts = [draft_button(words.say("My drafts"), DraftVerb.LIST)]
    if not page.items:
        return message(chat_id, words.say("You have not published a case yet."), [drafts])
    numbered = list(enumerate(page.items, page.number * CASES_AT_ONCE + 1))
    lines = [
        words.say("{n}. {name}", n=number, name=words.isolated(_name(one)))
        + (f" ({state})" if (state := _state(one, words)) else "")
        for number, one in numbered
    ]
    head = parse(words.say("**Cases that you published:**"))
    told: list[Paragraph] = [*head, (plain("\n".join(lines)),)]
    buttons = [
        published_button(str(number), PublishedVerb.CARD, one.number) for number, one in numbered
    ]
    rows = in_rows(buttons, 4)
    rows += page.turning(lambda sign, to: published_button(sign, PublishedVerb.LIST, to), "◀▶")
    return html_message(chat_id, to_html(told), [*rows, drafts])


def own_case(chat_id: int, one: OwnCase, words: Words) -> OwedCall:
    """What can be done with one."""
    state = _state(one, words) or words.say("in use")
    told: list[Paragraph] = [
        (Run(words.lead + words.isolated(_name(one)), bold=True),),
        (plain(words.labelled(words.say("State"), state)),),
    ]
    if one.in_use:
        told.append((plain(reviewed_by(one.reviews, words)),))
    if one.withdrawn:
        told += parse(words.say("To publish it again, send me its file after /write."))
    rows = []
    if one.in_use:
        rows.append([case_button(one.case_id, words.say("See it as learners do"))])
        rows.append([items_of_case(one.case_id, words)])
    if not one.withdrawn:
        rows.append(
            [
                published_button(words.say("Change"), PublishedVerb.CHANGE, one.number),
                published_button(words.say("Withdraw"), PublishedVerb.WITHDRAW, one.number),
            ]
        )
    rows.append([own_cases_button(words)])
    call = html_message(chat_id, to_html(told), rows)
    signed = [(by.person_id, by.name) for by in one.reviews if by.person_id is not None]
    return quoting(call, *signed) if signed else call


def withdraw_question(chat_id: int, one: OwnCase, words: Words) -> OwedCall:
    """Asks once, and says what stays."""
    sentence = words.say(
        "**Withdraw this case?** Learners do not meet it any more, nor in reviews or assignments."
        " What was sent of it stays as it was, with its explanation, and answers stay counted. You"
        " get its file, with which you can publish it again."
    )
    told: list[Paragraph] = [(plain(words.lead + words.isolated(_name(one))),), *parse(sentence)]
    keyboard = [
        [published_button(words.say("Withdraw it"), PublishedVerb.WITHDRAWN, one.number)],
        [published_button(words.say("Keep it"), PublishedVerb.CARD, one.number)],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def withdrawing(chat_id: int, words: Words) -> OwedCall:
    """It is on record, and will be done."""
    return message(chat_id, words.say("It is being withdrawn. I tell you once that is done."))


def _state(one: OwnCase, words: Words) -> str:
    if one.withdrawn:
        return words.say("withdrawn")
    return "" if one.in_use else words.say("not in use")


def _name(one: OwnCase) -> str:
    return in_brief(one.title, _LONGEST)
