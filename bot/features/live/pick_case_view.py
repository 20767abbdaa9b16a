"""Which case an educator presents: what they read and choose from."""

from collections.abc import Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.finding.search import SeveralMatches
from bot.features.live.live_buttons import pick, take_over_button
from bot.features.shared.buttons import cancel
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import (
    MOST_DATA,
    Button,
    in_rows,
    list_page,
    message,
    quoting,
    titled,
)
from content.codes import case_code
from content.model import Case
from storage.live_rounds import LiveRound
from storage.outcome import OwedCall

_TOPICS: Final = 30  # on a page, two to a row
_CASES: Final = 10  # on a page


def for_educators(chat_id: int, words: Words) -> OwedCall:
    """To somebody who may not present, above how one comes to."""
    sentence = words.say(
        "**A live round** is a case worked through in a room or a call: everybody votes on their"
        " phone, and you see how the room answers. Educators present it, whom those who run this"
        " bot approve. To take part you need nothing but the code or the link on the screen."
    )
    return message(chat_id, sentence)


def which_case(chat_id: int, words: Words) -> OwedCall:
    """The next text is the case to present, unless a button is pressed."""
    sentence = words.say(
        "**Which case do you want to present?** Write its code, a topic or a word of its title, or"
        " choose. Nobody sees more than its title before you show it."
    )
    rows = [
        [
            pick(words.say("By topic"), "topics", "0"),
            pick(words.say("My saved cases"), "saved", "0"),
        ],
        [cancel(words)],
    ]
    return message(chat_id, sentence, rows)


def colleague(chat_id: int, live: LiveRound, title: str, name: str, words: Words) -> OwedCall:
    """A round under way that this person may take over; its presenter is called ``name``."""
    told = words.say("{name} presents this live round.", name=name)
    button = take_over_button(words.say("Take over"), live)
    call = titled(chat_id, words.lead + words.isolated(title), [told], [[button]])
    return quoting(call, (live.presenter, name))


def topics(chat_id: int, names: Sequence[str], number: int, words: Words) -> OwedCall:
    """The topics; a press brings the cases of one."""
    fitting = [one for one in names if len(_topic("", one)["callback_data"]) <= MOST_DATA]
    page = list_page(fitting, number, _TOPICS)
    rows = in_rows((_topic(topic_name(one, words), one) for one in page.items), 2)
    turn = page.turning(lambda sign, to: pick(sign, "topics", str(to)), "«»")
    return message(chat_id, words.say("**Which topic?**"), [*rows, *turn])


def cases(chat_id: int, listed: Sequence[Case], number: int, back: str, words: Words) -> OwedCall:
    """Cases by their titles; ``back`` is the part that lists them: saved, or those of a topic."""
    if not listed:
        return message(chat_id, words.say("There is no such case."), [[_all(words)]])
    page = list_page(listed, number, _CASES)
    part, _, value = back.partition(":")
    turn = page.turning(
        lambda sign, to: pick(sign, part, f"{value}:{to}" if value else str(to)), "«»"
    )
    rows = [*([_case(one)] for one in page.items), *turn, [_all(words)]]
    return message(chat_id, words.say("**Which case?**"), rows)


def several(chat_id: int, found: SeveralMatches, words: Words) -> OwedCall:
    """Topics and cases that may be meant by what was written."""
    topics = [[_topic(topic_name(one, words), one)] for one in found.topics]
    rows = [*topics, *([_case(one)] for one in found.cases)]
    sentence = (
        words.say("Nothing is called that. Do you mean one of these?")
        if found.near
        else words.say("**Which one?**")
    )
    return message(chat_id, sentence, [*rows[:_CASES], [_all(words)]])


def _topic(label: str, topic: str) -> Button:
    return pick(label, "topic", f"{topic}:0")


def _case(case: Case) -> Button:
    return pick(case.title, "case", case_code(case.id))


def _all(words: Words) -> Button:
    return pick(words.say("All topics"), "topics", "0")
