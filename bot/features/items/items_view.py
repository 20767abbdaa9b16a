"""The list of items."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.items.items_press import ItemsPress
from bot.features.items.numbers_view import in_short
from bot.features.shared.case_names import question_of
from bot.features.shared.messages import ListPage, in_rows, message, pages, press
from bot.features.shared.written_words import in_brief
from content.markup import Run, parse, plain
from content.model import Case
from content.pages import Part
from content.reckoned_items import ReckonedItem
from storage.outcome import OwedCall

PAGE_LENGTH = 6  # items
_PROMPT = 90  # characters of a prompt in the list


class ListedItem(Struct, frozen=True):
    """An item that is asked now, at this position of its case."""

    case: Case
    position: int
    reckoned: ReckonedItem


class ListShown(Struct, frozen=True):
    """One page of ``total`` items; ``case``: the code of the case whose they are, if of one."""

    page: ListPage[ListedItem]
    total: int
    case: str = ""


def listed(chat_id: int, shown: ListShown, words: Words) -> OwedCall:
    """A page of the list, with a button for each item."""
    page, rows, of_case = shown.page, shown.page.items, shown.case
    everything = press(words.say("All questions"), str(ItemsPress()))
    if not rows:
        sentence = words.say("Nobody has answered these questions yet, as they are worded now.")
        return message(chat_id, sentence, [[everything]] if of_case else ())
    head = words.count(
        "**{n} question with answers**", "**{n} questions with answers**", shown.total
    )
    told = words.say("Those to look at come first, then the hardest.")
    first = page.number * PAGE_LENGTH + 1
    parts = [
        Part((*parse(head), (plain(told),))),
        *(_row(number, row, words) for number, row in enumerate(rows, first)),
    ]
    chosen = [
        press(str(number), str(ItemsPress(page.number, of_case, row.reckoned.key.code)))
        for number, row in enumerate(rows, first)
    ]
    turning = page.turning(lambda sign, to: press(sign, str(ItemsPress(to, of_case))), "◀▶")
    back = [[everything]] if of_case else []
    (call,) = pages(chat_id, parts, [*in_rows(chosen, PAGE_LENGTH), *turning, *back])
    return call


def _row(number: int, row: ListedItem, words: Words) -> Part:
    case, prompt = row.case, row.case.questions[row.position].prompt
    short = in_brief(prompt, _PROMPT)
    which = ""
    if len(case.questions) > 1:
        which = f" · {question_of(row.position + 1, len(case.questions), words)}"
    sign = "⚠️ " if row.reckoned.alarms else ""
    return Part(
        (
            (
                plain(f"{words.lead}{number}. {sign}"),
                Run(words.isolated(case.title), bold=True),
                plain(f"{which}\n{words.lead}"),
                Run(words.isolated(short), italic=True),
                plain(f"\n{in_short(row.reckoned.statistics, words)}"),
            ),
        )
    )


def counting(chat_id: int, words: Words) -> OwedCall:
    """It takes some seconds; what was asked for comes by itself."""
    return message(chat_id, being_counted(words))


def being_counted(words: Words) -> str:
    """The same over a message."""
    return words.say("I am counting all answers; the numbers come in some seconds.")


def cannot_be_counted(chat_id: int, words: Words) -> OwedCall:
    """There are no numbers this time."""
    return message(chat_id, words.say("The answers could not be counted this time; try again."))


def no_such_case(chat_id: int, words: Words) -> OwedCall:
    """What was written behind the command is no case."""
    return message(chat_id, words.say("I have no such case. /items alone lists all questions."))
