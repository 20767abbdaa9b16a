"""How the next wording of a question does that administrators decided on."""

from collections.abc import Iterator

from bot.base.i18n import Words
from bot.features.items.item_card_view import what_was_decided
from bot.features.items.item_values import Wording
from bot.features.items.item_view import beside
from bot.features.shared.messages import pages, quoting
from content.codes import case_code
from content.markup import Run, parse, plain
from content.pages import Part
from storage.item_cards import ItemCard
from storage.outcome import OwedCall


def next_wording(
    chat_id: int, decided: ItemCard, old: Wording, new: Wording, words: Words
) -> OwedCall:
    """Both wordings and their numbers, one beneath the other."""
    head = parse(words.say("🔎 **A question you decided on has been answered in new words.**"))
    which = words.say("Case {code}: {title}", code=case_code(new.case.id), title=new.case.title)
    said = (plain(what_was_decided(decided, words)),)
    parts = [
        Part((*head, (Run(which, bold=True),), said)),
        Part(tuple((plain(each),) for each in _prompts(old, new, words))),
        *beside(old, new, words),
    ]
    (call,) = pages(chat_id, parts)
    return quoting(call, (decided.decided_by, decided.decided_by_name))


def _prompts(old: Wording, new: Wording, words: Words) -> Iterator[str]:
    """Both, where the prompt was changed; else something else was."""
    before, after = old.question.prompt, new.question.prompt
    if before == after:
        yield after
    else:
        yield words.labelled(words.say("Before"), before)
        yield words.labelled(words.say("After"), after)
