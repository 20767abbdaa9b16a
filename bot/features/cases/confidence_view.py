"""The row under a poll in private by which somebody says how sure they are, before they vote."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.messages import Keyboard, markup, press, with_buttons
from bot.features.shared.question_buttons import QuestionRef
from storage.outcome import OwedCall, Toast

SURE = "sure:"  # and then a level, and after a colon the question
LEVELS = ("guess", "fairly", "certain")


def with_row(calls: Iterable[OwedCall], words: Words) -> list[OwedCall]:
    """The same calls, with the row under each poll among them."""
    return [_with_row(call, words) for call in calls]


def _with_row(call: OwedCall, words: Words) -> OwedCall:
    if call.poll is None:
        return call
    ref = QuestionRef(call.poll.post_id, call.poll.position)
    return replace(call, params={**call.params, "reply_markup": markup(_row(ref, None, words))})


def _row(ref: QuestionRef, said: str | None, words: Words) -> Keyboard:
    labels = (words.say("Guess"), words.say("Fairly sure"), words.say("Certain"))
    return (
        [
            press(f"✓ {label}" if level == said else label, f"{SURE}{level}:{ref}")
            for level, label in zip(LEVELS, labels, strict=True)
        ],
    )


def marked(
    person_id: int, message_id: int, ref: QuestionRef, said: str | None, words: Words
) -> OwedCall:
    """The row once a level was said."""
    return with_buttons(person_id, message_id, _row(ref, said, words), f"{SURE}{ref}")


def without_row(person_id: int, message_id: int, ref: QuestionRef) -> OwedCall:
    """The poll after the vote; nobody waits for it."""
    return replace(with_buttons(person_id, message_id, (), f"{SURE}{ref}"), broadcast=True)


def noted(level: str, words: Words) -> Toast:
    """The answer to a press."""
    sentences = {
        "guess": words.say("Noted: a guess. Now vote."),
        "fairly": words.say("Noted: fairly sure. Now vote."),
        "certain": words.say("Noted: certain. Now vote."),
    }
    return Toast(sentences[level])


def too_late(words: Words) -> Toast:
    """The answer to a press after the vote."""
    return Toast(words.say("That counts only before the answer."))
