"""Short replies around a learner's cases."""

from collections.abc import Mapping

from bot.base.i18n import Words
from bot.features.shared.buttons import (
    REPEAT,
    REPEAT_TOPIC,
    TOPIC,
    next_case,
    topics,
    what_next,
)
from bot.features.shared.messages import Button, in_rows, message, press
from bot.features.shared.texts import counted_before_forgetting, topic_name
from storage.outcome import OwedCall

MOST_TOPICS = 90  # buttons; Telegram takes no more than about a hundred under one message


def all_seen(chat_id: int, topic: str | None, to_repeat: int, words: Words) -> OwedCall:
    """Nothing new is left; what was not right may be tried again."""
    if topic is None:
        sentence = words.say("You have seen every case. New ones come with time.")
    else:
        sentence = words.say("You have seen every case on {topic}.", topic=topic_name(topic))
    keyboard: list[list[Button]] = []
    if to_repeat:
        sentence += " " + words.count(
            "{n} of those you have seen is not yet answered right.",
            "{n} of those you have seen are not yet answered right.",
            to_repeat,
        )
        again = REPEAT if topic is None else REPEAT_TOPIC + topic
        keyboard.append([press(words.say("Try one again"), again)])
    keyboard.append([topics(words)] if topic is None else [next_case(words), topics(words)])
    return message(chat_id, sentence, keyboard)


def all_right(chat_id: int, words: Words) -> OwedCall:
    """A wish to repeat, with nothing to repeat."""
    sentence = words.say("✅ Nothing to repeat: you answered every case you have seen right.")
    return message(chat_id, sentence, what_next(words))


def topic_list(chat_id: int, counts: Mapping[str, tuple[int, int]], words: Words) -> OwedCall:
    """The topics as buttons; each comes with how many of its cases are new, and how many it has.

    Of very many topics, those with the most cases.
    """
    shown = sorted(sorted(counts, key=lambda topic: -counts[topic][1])[:MOST_TOPICS])
    buttons = [
        press(f"{topic_name(topic)} ({counts[topic][0]}/{counts[topic][1]})", TOPIC + topic)
        for topic in shown
    ]
    if not buttons:
        return message(chat_id, words.say("There are no cases yet."))
    sentence = words.say("**Choose a topic.** In brackets: new to you / in all.")
    return message(chat_id, sentence, in_rows(buttons, 2))


def already_answered(chat_id: int, words: Words) -> OwedCall:
    """A second vote on a question of the same post."""
    return message(
        chat_id,
        words.say("You have already answered this question; your first answer counts."),
        what_next(words),
    )


def answered_before_forgetting(chat_id: int, words: Words) -> OwedCall:
    """A second vote on a question that was answered before `/forget`."""
    return message(chat_id, counted_before_forgetting(words), what_next(words))


def answer_stands(chat_id: int, words: Words) -> OwedCall:
    """A vote was taken back."""
    return message(
        chat_id,
        words.say("You took your vote back. Your first answer stays on record all the same."),
        what_next(words),
    )


def unknown_poll(chat_id: int, words: Words) -> OwedCall:
    """A vote whose poll nobody knows."""
    return message(
        chat_id,
        words.say(
            "I got your vote, but could not find out which question it was for. If I do, it will"
            " count. Meanwhile, here is more:"
        ),
        what_next(words),
    )


def case_refused(chat_id: int, words: Words, *, other: bool) -> OwedCall:
    """Telegram would not take a case; ``other``: another one follows."""
    if other:
        return message(chat_id, words.say("Telegram would not take that case. Here is another:"))
    sentence = words.say("Telegram would not take that case. Please try again later.")
    return message(chat_id, sentence, what_next(words))


def no_such_case(chat_id: int, words: Words) -> OwedCall:
    """A case or topic asked for by a name that the library does not know."""
    sentence = words.say(
        "I have no case and no topic of that name. /topics lists them all, and /case alone brings"
        " one you have not seen."
    )
    return message(chat_id, sentence, what_next(words))
