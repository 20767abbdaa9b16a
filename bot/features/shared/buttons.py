"""The buttons under messages, and what they send back."""

from functools import cache

from bot.base.i18n import Words
from bot.features.shared.messages import Button, Keyboard, press

# Old buttons stay on people's screens: a word once used keeps its meaning.
NEXT = "next"
REPEAT = "repeat"
REPEAT_TOPIC = "repeat:"
TOPICS = "topics"
TOPIC = "topic:"
LANGUAGE = "lang:"
FORGET = "forget:"


def next_case(words: Words) -> Button:
    """Brings an unseen case."""
    return press(words.say("Next case"), NEXT)


def topics(words: Words) -> Button:
    """Lists the topics."""
    return press(words.say("Another topic"), TOPICS)


@cache
def what_next(words: Words) -> Keyboard:
    """The buttons under an explanation."""
    return ((next_case(words), topics(words)),)


CASE_LINK = "case_"  # a deep link's payload is this and a code or id
