"""The references of a case, whole."""

from bot.base.i18n import Words
from bot.features.shared.buttons import what_next
from bot.features.shared.messages import message, pages
from content.citation import cite, numbers_listed
from content.markup import Paragraph, Run, plain
from content.model import Case
from content.pages import Part
from storage.outcome import OwedCall


def whole(chat_id: int, case: Case, position: int, words: Words) -> list[OwedCall]:
    """Those that a question's explanation lists, as the AMA Manual of Style prints them."""
    head: Paragraph = (
        Run(words.say("References"), bold=True),
        plain(f" · {words.isolated(case.title)}"),
    )
    listed = [
        (plain(f"{number}. "), *cite(case.references[number - 1]))
        for number in numbers_listed(case, position)
    ]
    if not listed:
        listed = [(plain(words.say("None are listed.")),)]
    return pages(chat_id, [Part((head, *listed))])


def not_answered(chat_id: int, words: Words) -> OwedCall:
    """To somebody who has not answered the question, or any at all."""
    sentence = words.say("References come once you have answered: they can give the answer away.")
    return message(chat_id, sentence, what_next(words))
