"""Short replies around a learner's cases."""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.shared.buttons import (
    ANOTHER,
    ANY,
    GO_ON,
    ITEM_CARD,
    REPEAT,
    REPEAT_TOPIC,
    RUN,
    next_case,
    preferences,
    topics,
    what_next,
)
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import Button, html_message, message, press
from bot.features.shared.question_buttons import LATER, QuestionRef
from bot.features.shared.texts import counted_before_forgetting
from content.codes import case_code
from content.markup import plain, to_html
from content.model import Case
from storage.outcome import OwedCall, Toast


def all_seen(
    chat_id: int, topic: str | None, to_repeat: int, words: Words, *, assigned: bool = False
) -> OwedCall:
    """Nothing new is left; what was not right may be tried again.

    ``assigned``: what is new is to be met in an assignment.
    """
    if assigned:
        sentence = words.say("What is new to you here, your cohort has to do: see /cohorts.")
    elif topic is None:
        sentence = words.say("You have seen every case. New ones come with time.")
    else:
        sentence = words.say("You have seen every case on {topic}.", topic=topic_name(topic, words))
    keyboard: list[list[Button]] = []
    if to_repeat:
        sentence += " " + words.count(
            "{n} of those you have seen was not right the last time.",
            "{n} of those you have seen were not right the last time.",
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


def withdrawn(chat_id: int, case: Case, cards: Sequence[int], words: Words) -> OwedCall:
    """To an administrator: questions of it are retired, by the cards of these numbers."""
    sentence = words.say(
        "Case {code} is withdrawn: it comes by nothing while it holds a question that was retired.",
        code=case_code(case.id),
    )
    look = words.say("What was decided")
    return message(
        chat_id, sentence, [[press(look, f"{ITEM_CARD}show:{number:x}")] for number in cards[:5]]
    )


def not_open(words: Words) -> Toast:
    """The answer to a press that goes on with a case of which nothing waits any more."""
    return Toast(words.say("You have answered that one. /case brings another."), alert=True)


def exam_open(chat_id: int, words: Words) -> OwedCall:
    """Instead of a case or a review: an exam is open."""
    sentence = words.say("You have an exam open: /practice goes on with it.")
    return message(chat_id, sentence, ((press(words.say("Go on"), f"{RUN}practice"),),))


def in_an_exam(chat_id: int, words: Words) -> OwedCall:
    """A case asked for that an exam of the person's cohort asks, which is not explained yet."""
    sentence = words.say(
        "That case is in an exam of your cohort: it comes there alone until the exam is explained."
    )
    return message(chat_id, sentence, what_next(words))


def in_a_live_round(chat_id: int, words: Words) -> OwedCall:
    """What is asked for is worked through where the person is, and not explained yet."""
    sentence = words.say(
        "What you ask for is in the live round that you are in, and comes there alone until that is"
        " over."
    )
    return message(chat_id, sentence)


def explained_later(chat_id: int, ref: QuestionRef | None, words: Words) -> OwedCall:
    """Instead of the explanation: others work the case through where the person is."""
    sentence = words.say(
        "Your answer is on record. This case is in the live round that you are in: I explain it"
        " here once that is over."
    )
    button = () if ref is None else ((press(words.say("Explanation"), f"{LATER}{ref}"),),)
    return message(chat_id, sentence, button)


def round_not_over(words: Words) -> Toast:
    """That explanation, too early."""
    return Toast(words.say("The live round is not over yet; then I explain."), alert=True)


def one_is_open(chat_id: int, case: Case, words: Words) -> OwedCall:
    """Before another case: one waits for an answer."""
    sentence = words.say("You have one open: {title}", title=case.title)
    code = case_code(case.id)
    buttons = (
        (press(words.say("Go on"), GO_ON + code), press(words.say("Another"), ANOTHER + code)),
    )
    return html_message(chat_id, to_html([(plain(sentence),)]), buttons)


def none_as_preferred(chat_id: int, words: Words) -> OwedCall:
    """Nothing new fits the preferences; other cases are there."""
    sentence = words.say("You have seen every case that fits your preferences. There are others.")
    buttons = ((press(words.say("Any other case"), ANY),), (preferences(words), topics(words)))
    return message(chat_id, sentence, buttons)


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
