"""Topics as buttons."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.buttons import TOPIC, TOPICS_OF
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import Button, message, press
from storage.outcome import OwedCall

MOST_TOPICS = 90  # buttons; Telegram takes no more than about a hundred under one message


class Left(Struct, frozen=True):
    """What a topic has left for a person: so many of its cases are unseen.

    ``several``: it is a specialty, whose topics have a page of their own.
    """

    topic: str
    unseen: int
    total: int
    several: bool = False


def all_topics(chat_id: int, left: Sequence[Left], words: Words) -> OwedCall:
    """Topics or specialties. Of very many, those with the most cases."""
    if not left:
        return message(chat_id, words.say("There are no cases yet."))
    return message(chat_id, words.say("**Choose a topic.**"), _rows(left, words))


def specialty(chat_id: int, name: str, left: Sequence[Left], words: Words) -> OwedCall:
    """The topics of one specialty, and the way back."""
    sentence = words.say("**{specialty}.** Choose a topic.", specialty=topic_name(name, words))
    back = [press(words.say("← All topics"), TOPICS_OF)]
    return message(chat_id, sentence, [*_rows(left, words), back])


def _rows(left: Iterable[Left], words: Words) -> list[list[Button]]:
    most = sorted(left, key=lambda one: -one.total)[:MOST_TOPICS]
    shown = sorted(most, key=lambda one: topic_name(one.topic, words))
    return [[_button(one, words)] for one in shown]


def _button(one: Left, words: Words) -> Button:
    name = topic_name(one.topic, words)
    if one.unseen:
        told = words.say("{unseen} of {total} unseen", unseen=one.unseen, total=one.total)
    else:
        told = words.say("all seen")
    more = " …" if one.several else ""
    return press(f"{name} · {told}{more}", (TOPICS_OF if one.several else TOPIC) + one.topic)
